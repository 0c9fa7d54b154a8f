/* crashpoint: runs a command, numbers the system calls of its whole process tree, and does harm at one of them.
 *
 *   crashpoint [OPTIONS] -c -- COMMAND…             only counts
 *   crashpoint [OPTIONS] -k N -- COMMAND…           kills all processes instead of call N
 *   crashpoint [OPTIONS] -K N -- COMMAND…           kills all processes when call N has returned
 *   crashpoint [OPTIONS] -e ERRNO -n N -- COMMAND…  call N fails with ERRNO, a name or a number; with -s all later ones too
 *   crashpoint [OPTIONS] -b BYTES -n N -- COMMAND…  call N reads or writes at most BYTES; with -s all later ones too
 *
 *   -w CLASSES  which calls count: change,open,read,look,lock (change alone unless said; with -b only those that move bytes)
 *   -p PREFIX   only calls on paths that begin so
 *   -o REPORT   a file that gets "total COUNT" and "hit NAME PATH" ("missed" when there was no call N)
 *   -l          each call into the report as well
 *   -t SECONDS  kills all processes after that time: status 124
 *
 * Under -s what frees something goes on working: unlink, rmdir, umount, chmod, flock. Status: the command's; 137 where it was killed.
 * Threads and children are followed from their first instruction. x86-64 Linux. cc -O2 -o crashpoint crashpoint.c calls.c
 */
#define _GNU_SOURCE
#include "calls.h"

#include <errno.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __x86_64__
#error "crashpoint knows the registers of x86-64 only"
#endif

enum harm { COUNT, KILL_BEFORE, KILL_AFTER, FAIL, SHORTEN };

static struct {
    enum harm harm;
    long number;
    int is_sticky, error, is_listing, seconds;
    unsigned long byte_count;
    unsigned classes;
    const char *prefix;
    FILE *report;
} settings = {.classes = CALL_CHANGE};

/* A thread that is followed, and what is to happen when its call returns. */
struct task {
    pid_t id;
    enum { NOTHING, FAILS, RESTORES, KILLS } pending;
    struct user_regs_struct registers;
};

static struct task *tasks;
static size_t task_count, task_capacity;
static long count;
static int is_killed, is_late;
static char hit[PATH_MAX * 2 + 64];

static struct task *task(pid_t id) {
    for (size_t i = 0; i < task_count; i++)
        if (tasks[i].id == id) return &tasks[i];
    if (task_count == task_capacity) {
        task_capacity = task_capacity * 2 + 16;
        tasks = realloc(tasks, task_capacity * sizeof *tasks);
        if (!tasks) _exit(125);
    }
    tasks[task_count] = (struct task){.id = id};
    return &tasks[task_count++];
}

static void forget(pid_t id) {
    for (size_t i = 0; i < task_count; i++)
        if (tasks[i].id == id) tasks[i] = tasks[--task_count];
}

static void kill_all(void) {
    is_killed = 1;
    for (size_t i = 0; i < task_count; i++) kill(tasks[i].id, SIGKILL);
}

/* Lets a call do nothing. */
static void cancel(struct task *task) {
    struct user_regs_struct registers = task->registers;
    registers.orig_rax = -1;
    ptrace(PTRACE_SETREGS, task->id, 0, &registers);
}

/* Lets a call move fewer bytes; the register is the program's again when it returns. */
static void shorten(struct task *task, const struct call *call) {
    struct user_regs_struct registers = task->registers;
    unsigned long long *arguments[] = {&registers.rdi, &registers.rsi, &registers.rdx, &registers.r10, &registers.r8};
    if (*arguments[call->length] > settings.byte_count) *arguments[call->length] = settings.byte_count;
    ptrace(PTRACE_SETREGS, task->id, 0, &registers);
}

static int is_freeing(const char *name) {
    static const char *const names[] = {"unlink", "unlinkat", "rmdir", "umount2", "flock", "chmod", "fchmod", "fchmodat", "fchmodat2"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], name)) return 1;
    return 0;
}

/* A thread is about to make a call. */
static void enter_call(struct task *task, const struct __ptrace_syscall_info *info) {
    char path[PATH_MAX * 2];
    uint64_t arguments[6];
    memcpy(arguments, info->seccomp.args, sizeof arguments);
    const struct call *call = find_call(task->id, info->seccomp.nr, arguments, path, sizeof path);
    if (!call || !(call->classes & settings.classes) || *path != '/') return;
    if (settings.harm == SHORTEN && call->length < 0) return;
    if (settings.prefix && strncmp(path, settings.prefix, strlen(settings.prefix))) return;
    count++;
    if (settings.is_listing && settings.report) fprintf(settings.report, "%ld %s %s\n", count, call->name, path);
    int is_later = settings.is_sticky && count > settings.number && !is_freeing(call->name);
    if (settings.harm == COUNT || (count != settings.number && !is_later)) return;
    if (count == settings.number) snprintf(hit, sizeof hit, "%s %s", call->name, path);
    ptrace(PTRACE_GETREGS, task->id, 0, &task->registers);
    switch (settings.harm) {
    case COUNT: break;
    case KILL_BEFORE: cancel(task); kill_all(); break;
    case KILL_AFTER: task->pending = KILLS; break;
    case FAIL: cancel(task); task->pending = FAILS; break;
    case SHORTEN: shorten(task, call); task->pending = RESTORES; break;
    }
}

/* A call of a thread has returned. */
static void leave_call(struct task *task) {
    struct user_regs_struct registers;
    switch (task->pending) {
    case NOTHING: return;
    case KILLS: kill_all(); break;
    case FAILS:
        registers = task->registers;
        registers.rax = -settings.error;
        ptrace(PTRACE_SETREGS, task->id, 0, &registers);
        break;
    case RESTORES:
        ptrace(PTRACE_GETREGS, task->id, 0, &registers);
        task->registers.rax = registers.rax;
        ptrace(PTRACE_SETREGS, task->id, 0, &task->registers);
    }
    task->pending = NOTHING;
}

/* A thread has stopped: looks why, and lets it go on. */
static void handle_stop(pid_t id, int status) {
    struct task *stopped = task(id);
    int signal = WSTOPSIG(status), event = status >> 16;
    if (is_killed) {
        kill(id, SIGKILL);
        return;
    }
    if (event == PTRACE_EVENT_SECCOMP || signal == (SIGTRAP | 0x80)) {
        struct __ptrace_syscall_info info = {0};
        if (ptrace(PTRACE_GET_SYSCALL_INFO, id, sizeof info, &info) > 0) {
            if (info.op == PTRACE_SYSCALL_INFO_SECCOMP) enter_call(stopped, &info);
            else if (info.op == PTRACE_SYSCALL_INFO_EXIT) leave_call(stopped);
        }
        /* Only a call that is harmed has to stop once more, when it returns. */
        if (!is_killed) ptrace(stopped->pending == NOTHING ? PTRACE_CONT : PTRACE_SYSCALL, id, 0, 0);
    } else if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) {
        ptrace(PTRACE_LISTEN, id, 0, 0);
    } else {
        ptrace(PTRACE_CONT, id, 0, event ? 0 : signal);
    }
}

/* Follows all of a command's processes to their end; the status of the first. */
static int follow(pid_t root) {
    int status, result = 0;
    for (;;) {
        pid_t id = waitpid(-1, &status, __WALL);
        if (id < 0 && errno != EINTR) return result;
        if (is_late && !is_killed) kill_all();
        if (id < 0) continue;
        if (WIFSTOPPED(status)) {
            handle_stop(id, status);
        } else {
            if (id == root) result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            forget(id);
        }
    }
}

static void ring(int signal) { is_late = signal; }

/* Lets this process and its children stop at the calls that may count, and at no others: a stop costs more than most calls. */
static int stop_at_calls(unsigned classes) {
    enum { HEAD = 4, LIMIT = 200 };
    unsigned numbers[LIMIT];
    size_t count = list_calls(classes, numbers, LIMIT), length = 0;
    struct sock_filter filter[HEAD + LIMIT + 2] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    };
    for (length = HEAD; length < HEAD + count; length++)
        filter[length] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, numbers[length - HEAD], HEAD + count - length, 0);
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    struct sock_fprog program = {(unsigned short)length, filter};
    if (!syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)) return 0;
    /* One without privileges has to renounce more of them first. */
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

/* Starts the command, which waits until it is followed. */
static pid_t start(char **words) {
    int gate[2];
    if (pipe(gate)) return -1;
    pid_t id = fork();
    if (id == 0) {
        char byte;
        close(gate[1]);
        if (read(gate[0], &byte, 1) < 0) _exit(127);
        close(gate[0]);
        if (stop_at_calls(settings.classes)) perror("seccomp"), _exit(125);
        execvp(*words, words);
        perror(*words);
        _exit(127);
    }
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
        PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL;
    if (id > 0 && (ptrace(PTRACE_SEIZE, id, 0, options) || ptrace(PTRACE_INTERRUPT, id, 0, 0))) id = -1;
    close(gate[0]);
    close(gate[1]);
    return id;
}

static int parse_error(const char *text) {
    static const struct { const char *name; int number; } errors[] = {
        {"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EDQUOT", EDQUOT}, {"EROFS", EROFS}, {"EMFILE", EMFILE}, {"ENFILE", ENFILE},
        {"EINTR", EINTR}, {"ENOMEM", ENOMEM}, {"EACCES", EACCES}, {"EPERM", EPERM}, {"EOPNOTSUPP", EOPNOTSUPP},
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (!strcmp(errors[i].name, text)) return errors[i].number;
    return atoi(text);
}

static void choose(enum harm harm, const char *number) {
    settings.harm = harm;
    if (number) settings.number = atol(number);
}

static int usage(void) {
    fputs("usage: crashpoint [-w CLASSES] [-p PREFIX] [-o REPORT] [-l] [-t SECONDS] -c|-k N|-K N|-e ERRNO -n N [-s]|-b BYTES -n N [-s] "
          "-- COMMAND\n", stderr);
    return 125;
}

int main(int argument_count, char **arguments) {
    int option;
    while ((option = getopt(argument_count, arguments, "+ck:K:e:b:n:sw:p:o:lt:")) != -1) switch (option) {
        case 'c': choose(COUNT, NULL); break;
        case 'k': choose(KILL_BEFORE, optarg); break;
        case 'K': choose(KILL_AFTER, optarg); break;
        case 'e': choose(FAIL, NULL); settings.error = parse_error(optarg); break;
        case 'b': choose(SHORTEN, NULL); settings.byte_count = strtoul(optarg, NULL, 10); break;
        case 'n': settings.number = atol(optarg); break;
        case 's': settings.is_sticky = 1; break;
        case 'w': if (!(settings.classes = parse_classes(optarg))) return usage(); break;
        case 'p': settings.prefix = optarg; break;
        case 'o': if (!(settings.report = fopen(optarg, "we"))) return perror(optarg), 125; break;
        case 'l': settings.is_listing = 1; break;
        case 't': settings.seconds = atoi(optarg); break;
        default: return usage();
        }
    if (optind >= argument_count || (settings.harm == FAIL && settings.error <= 0)) return usage();
    pid_t root = start(arguments + optind);
    if (root < 0) return perror("crashpoint: the command cannot be followed"), 125;
    task(root);
    struct sigaction action = {.sa_handler = ring};
    sigaction(SIGALRM, &action, NULL);
    /* Again and again: the first may come just before the wait that it is to end. */
    struct itimerval timer = {.it_interval.tv_sec = 1, .it_value.tv_sec = settings.seconds};
    setitimer(ITIMER_REAL, &timer, NULL);
    int result = follow(root);
    if (settings.report) fprintf(settings.report, "total %ld\n%s %s\n", count, *hit ? "hit" : "missed", hit);
    return is_late ? 124 : is_killed ? 137 : result;
}
