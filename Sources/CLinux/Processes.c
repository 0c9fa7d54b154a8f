#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// One number on all machines. Source: include/uapi/asm-generic/unistd.h.
enum {
    nr_pidfd_send_signal = 424,
    nr_pidfd_open = 434,
};

// Between a fork and what follows it, only calls that are safe after a fork of a process with threads. Source: man 7 signal-safety.

int cl_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC);
}

int cl_set_environment(const char *name, const char *value) {
    return setenv(name, value, 1);
}

int cl_fork(void) {
    return fork();
}

void cl_exit_at_once(int status) {
    _exit(status);
}

int cl_poll_mounts(int descriptor) {
    // A change is told by POLLERR, which needs not be asked for, and POLLPRI. Source: man 5 proc_pid_mounts.
    struct pollfd item = {.fd = descriptor, .events = POLLPRI};
    return poll(&item, 1, -1);
}

int cl_set_process_name(const char *name) {
    return prctl(PR_SET_NAME, name);
}

static void close_from(unsigned first) {
    if (cl_close_range(first, ~0U, 0) == 0) return;
    // Before Linux 5.9: what was opened here closes by itself at exec, and strangers mostly have small numbers.
    for (unsigned descriptor = first; descriptor < 1024; descriptor++) close((int)descriptor);
}

// Signals as a program expects them: those that are ignored or blocked stay so over exec. Source: man 7 signal.
static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

// Waits for a child and tells its errno: 0 when it ended well.
static int await_errno(pid_t child) {
    int status = cl_wait(child);
    if (status == 0 || status == -1) return status;
    // A child that a signal or a seccomp filter ended has no errno.
    errno = status < 128 ? status : EPERM;
    return -1;
}

int cl_fork_keeper(int kept) {
    pid_t child = fork();
    if (child == -1) return -1;
    // The child between ends at once, so that its own child belongs to init and leaves nothing to wait for.
    if (child > 0) return await_errno(child) == 0 ? 1 : -1;
    if (setsid() == -1) _exit(errno);
    pid_t keeper = fork();
    if (keeper == -1) _exit(errno);
    if (keeper > 0) _exit(0);
    if (chdir("/") != 0) _exit(errno);
    if (dup2(kept, 3) == -1) _exit(errno);
    close_from(4);
    int null = open("/dev/null", O_RDWR);
    for (int stream = 0; stream <= 2; stream++)
        if (null == -1 || dup2(null, stream) == -1) close(stream);
    if (null > 2) close(null);
    fcntl(3, F_SETFD, FD_CLOEXEC);
    reset_signals();
    signal(SIGPIPE, SIG_IGN);
    return 0;
}

int cl_wait(int child) {
    int status;
    while (waitpid(child, &status, 0) == -1)
        if (errno != EINTR) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static volatile sig_atomic_t forwarding_child;

static void forward(int number, siginfo_t *info, void *context) {
    (void)context;
    // What the kernel sends comes from the terminal, which sends it to all processes of the group.
    if (info->si_code == SI_KERNEL) return;
    int code = errno;
    kill((pid_t)forwarding_child, number);
    errno = code;
}

int cl_wait_forwarding(int child) {
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCONT, SIGWINCH};
    enum { count = sizeof numbers / sizeof numbers[0] };
    struct sigaction old[count], action = {.sa_sigaction = forward, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    forwarding_child = child;
    sigset_t wanted, before;
    sigemptyset(&wanted);
    for (int place = 0; place < count; place++) {
        sigaction(numbers[place], &action, &old[place]);
        sigaddset(&wanted, numbers[place]);
    }
    // Whoever started this program may have left them blocked.
    sigprocmask(SIG_UNBLOCK, &wanted, &before);
    int status = cl_wait(child);
    int code = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    // The number may be another's from here on.
    for (int place = 0; place < count; place++) sigaction(numbers[place], &old[place], NULL);
    errno = code;
    return status;
}

void cl_ignore_requests(void) {
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    for (unsigned place = 0; place < sizeof numbers / sizeof numbers[0]; place++) signal(numbers[place], SIG_IGN);
}

static volatile sig_atomic_t remembered_request;

static void remember(int number) {
    remembered_request = number;
}

void cl_remember_requests(void) {
    static const int numbers[] = {SIGHUP, SIGINT, SIGTERM};
    // Calls that wait go on: what they are a part of is to end by itself.
    struct sigaction action = {.sa_handler = remember, .sa_flags = SA_RESTART}, old;
    sigemptyset(&action.sa_mask);
    sigset_t wanted;
    sigemptyset(&wanted);
    for (unsigned place = 0; place < sizeof numbers / sizeof numbers[0]; place++) {
        // What the caller ignores, as under nohup(1), stays ignored.
        if (sigaction(numbers[place], NULL, &old) == 0 && old.sa_handler == SIG_IGN) continue;
        sigaction(numbers[place], &action, NULL);
        sigaddset(&wanted, numbers[place]);
    }
    // Whoever started this program may have left them blocked.
    sigprocmask(SIG_UNBLOCK, &wanted, NULL);
}

int cl_remembered_request(void) {
    return remembered_request;
}

int cl_become_subreaper(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

int cl_poll_any(const int *descriptors, int count) {
    struct pollfd items[8] = {0};
    if (count < 1 || count > 8) {
        errno = EINVAL;
        return -1;
    }
    for (int place = 0; place < count; place++)
        items[place] = (struct pollfd){.fd = descriptors[place], .events = POLLIN};
    if (poll(items, (nfds_t)count, -1) == -1) return -1;
    for (int place = 0; place < count; place++)
        if (items[place].revents != 0) return place;
    errno = EAGAIN;
    return -1;
}

static _Noreturn void become(const struct cl_program *program, int failures) {
    // The streams are moved out of each other's way first: one may stand where another belongs.
    for (int stream = 0; stream <= 2; stream++) {
        int wanted = program->streams[stream];
        if (wanted == -1) continue;
        int moved = fcntl(wanted, F_DUPFD_CLOEXEC, 4);
        if (moved == -1 || dup2(moved, stream) == -1) goto failed;
    }
    if (program->directory != -1 && fchdir(program->directory) != 0) goto failed;
    if (failures != 3) {
        if (dup2(failures, 3) == -1) goto failed;
        failures = 3;
    }
    fcntl(failures, F_SETFD, FD_CLOEXEC);
    close_from(4);
    reset_signals();
    execv(program->path, program->arguments);
failed:;
    int code = errno;
    ssize_t written = write(failures, &code, sizeof code);
    _exit(written == sizeof code ? 127 : 126);
}

int cl_spawn(const struct cl_program *program) {
    int ends[2], code = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        // None of the streams, and not the place where the pipe goes.
        int failures = fcntl(ends[1], F_DUPFD_CLOEXEC, 4);
        if (failures == -1) _exit(126);
        become(program, failures);
    }
    if (child == -1) code = errno;
    close(ends[1]);
    ssize_t count = 0;
    if (child != -1)
        do count = read(ends[0], &code, sizeof code);
        while (count == -1 && errno == EINTR);
    close(ends[0]);
    if (child == -1 || count > 0) {
        if (child != -1) cl_wait(child);
        errno = code;
        return -1;
    }
    return child;
}

int cl_execute(const char *path, char *const *arguments) {
    cl_close_range(3, ~0U, cl_close_range_cloexec);
    // Only what this program changed: that nohup(1) ignores SIGHUP is to stay.
    signal(SIGPIPE, SIG_DFL);
    return execv(path, arguments);
}

int cl_pidfd_open(int process) {
    return (int)syscall(nr_pidfd_open, process, 0);
}

int cl_pidfd_signal(int descriptor, int number) {
    return (int)syscall(nr_pidfd_send_signal, descriptor, number, NULL, 0);
}

int cl_pidfd_wait(int descriptor, int milliseconds) {
    struct pollfd item = {.fd = descriptor, .events = POLLIN};
    return poll(&item, 1, milliseconds);
}

int cl_unmount_beside(int process_descriptor, const char *place, int flags) {
    pid_t child = fork();
    if (child == -1) return -1;
    if (child == 0) {
        if (setns(process_descriptor, CLONE_NEWUSER | CLONE_NEWNS) != 0) _exit(errno);
        if (umount2(place, flags) != 0) _exit(errno);
        _exit(0);
    }
    return await_errno(child);
}

long cl_user_name(uint32_t uid, char *name, size_t byte_count) {
    struct passwd entry, *found = NULL;
    char buffer[16384];
    int code = getpwuid_r(uid, &entry, buffer, sizeof buffer, &found);
    if (code != 0 || found == NULL) {
        errno = code != 0 ? code : ENOENT;
        return -1;
    }
    size_t length = strlen(found->pw_name);
    if (length > byte_count) {
        errno = ERANGE;
        return -1;
    }
    memcpy(name, found->pw_name, length);
    return (long)length;
}
