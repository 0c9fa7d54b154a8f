// meter DESCRIPTOR [-u UID:GID] COMMAND [ARGUMENT]...
//
// Runs a command and writes to an open descriptor what it took: exit status (128 and the number of a signal), nanoseconds on the clock,
// microseconds of CPU as user and in the kernel, and the most memory that it or a child of it had resident, in KiB. It is small
// and linked statically: what wait4 tells of memory begins with the memory of whoever started the command.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static long long microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

static int become(const char *who) {
    unsigned user, group;
    if (sscanf(who, "%u:%u", &user, &group) != 2) {
        errno = EINVAL;
        return -1;
    }
    return setgroups(0, NULL) || setgid(group) || setuid(user) ? -1 : 0;
}

int main(int count, char **words) {
    int result = count > 1 ? atoi(words[1]) : -1;
    if (count > 4 && !strcmp(words[2], "-u")) {
        if (become(words[3])) {
            perror("meter: -u");
            return 2;
        }
        words += 2, count -= 2;
    }
    if (count < 3 || fcntl(result, F_SETFD, FD_CLOEXEC)) {
        fputs("usage: meter DESCRIPTOR [-u UID:GID] COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    long long start = nanoseconds();
    pid_t child;
    errno = posix_spawnp(&child, words[2], NULL, NULL, words + 2, environ);
    if (errno) {
        perror(words[2]);
        return 2;
    }
    struct rusage usage;
    int status;
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    long long end = nanoseconds();
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    dprintf(result, "%d %lld %lld %lld %ld\n", code, end - start, microseconds(usage.ru_utime), microseconds(usage.ru_stime),
            usage.ru_maxrss);
    return 0;
}
