#define _GNU_SOURCE
#include "calls.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FD(name, class, argument, length) {SYS_##name, #name, class, AT_DESCRIPTOR, argument, length}
#define PATH(name, class, argument) {SYS_##name, #name, class, AT_PATH, argument, -1}
#define DIR(name, class, argument) {SYS_##name, #name, class, AT_DIRECTORY_AND_PATH, argument, -1}

/* Of calls with two paths the one that they make or change. */
static const struct call calls[] = {
    FD(write, CALL_CHANGE, 0, 2), FD(pwrite64, CALL_CHANGE, 0, 2), FD(writev, CALL_CHANGE, 0, -1),
    FD(pwritev, CALL_CHANGE, 0, -1), FD(pwritev2, CALL_CHANGE, 0, -1), FD(copy_file_range, CALL_CHANGE, 2, 4),
    FD(sendfile, CALL_CHANGE, 0, 3), FD(splice, CALL_CHANGE, 2, 4), FD(fallocate, CALL_CHANGE, 0, -1),
    FD(ftruncate, CALL_CHANGE, 0, -1), PATH(truncate, CALL_CHANGE, 0),
    FD(fsync, CALL_CHANGE, 0, -1), FD(fdatasync, CALL_CHANGE, 0, -1), FD(syncfs, CALL_CHANGE, 0, -1),
    FD(sync_file_range, CALL_CHANGE, 0, -1),
    PATH(rename, CALL_CHANGE, 1), DIR(renameat, CALL_CHANGE, 2), DIR(renameat2, CALL_CHANGE, 2),
    PATH(link, CALL_CHANGE, 1), DIR(linkat, CALL_CHANGE, 2), PATH(symlink, CALL_CHANGE, 1), DIR(symlinkat, CALL_CHANGE, 1),
    PATH(unlink, CALL_CHANGE, 0), DIR(unlinkat, CALL_CHANGE, 0), PATH(rmdir, CALL_CHANGE, 0),
    PATH(mkdir, CALL_CHANGE, 0), DIR(mkdirat, CALL_CHANGE, 0), PATH(mknod, CALL_CHANGE, 0), DIR(mknodat, CALL_CHANGE, 0),
    PATH(creat, CALL_CHANGE, 0), PATH(open, CALL_OPEN, 0), DIR(openat, CALL_OPEN, 0), DIR(openat2, CALL_OPEN, 0),
    PATH(chmod, CALL_CHANGE, 0), FD(fchmod, CALL_CHANGE, 0, -1), DIR(fchmodat, CALL_CHANGE, 0),
    {452, "fchmodat2", CALL_CHANGE, AT_DIRECTORY_AND_PATH, 0, -1},
    PATH(chown, CALL_CHANGE, 0), PATH(lchown, CALL_CHANGE, 0), FD(fchown, CALL_CHANGE, 0, -1), DIR(fchownat, CALL_CHANGE, 0),
    DIR(utimensat, CALL_CHANGE, 0), PATH(setxattr, CALL_CHANGE, 0), PATH(lsetxattr, CALL_CHANGE, 0),
    FD(fsetxattr, CALL_CHANGE, 0, -1), PATH(removexattr, CALL_CHANGE, 0), PATH(lremovexattr, CALL_CHANGE, 0),
    FD(fremovexattr, CALL_CHANGE, 0, -1), {463, "setxattrat", CALL_CHANGE, AT_DIRECTORY_AND_PATH, 0, -1},
    {466, "removexattrat", CALL_CHANGE, AT_DIRECTORY_AND_PATH, 0, -1},
    FD(ioctl, CALL_CHANGE, 0, -1), PATH(mount, CALL_CHANGE, 1), PATH(umount2, CALL_CHANGE, 0),
    DIR(move_mount, CALL_CHANGE, 2), DIR(mount_setattr, CALL_CHANGE, 0),
    FD(read, CALL_READ, 0, 2), FD(pread64, CALL_READ, 0, 2), FD(readv, CALL_READ, 0, -1), FD(preadv, CALL_READ, 0, -1),
    FD(preadv2, CALL_READ, 0, -1),
    FD(getdents64, CALL_LOOK, 0, -1), FD(fstat, CALL_LOOK, 0, -1), DIR(newfstatat, CALL_LOOK, 0), DIR(statx, CALL_LOOK, 0),
    PATH(stat, CALL_LOOK, 0), PATH(lstat, CALL_LOOK, 0), PATH(readlink, CALL_LOOK, 0), DIR(readlinkat, CALL_LOOK, 0),
    PATH(getxattr, CALL_LOOK, 0), PATH(lgetxattr, CALL_LOOK, 0), FD(fgetxattr, CALL_LOOK, 0, -1),
    PATH(listxattr, CALL_LOOK, 0), PATH(llistxattr, CALL_LOOK, 0), FD(flistxattr, CALL_LOOK, 0, -1),
    FD(flock, CALL_LOCK, 0, -1),
};

unsigned parse_classes(const char *words) {
    static const struct { const char *word; unsigned class; } names[] = {
        {"change", CALL_CHANGE}, {"open", CALL_OPEN}, {"read", CALL_READ}, {"look", CALL_LOOK}, {"lock", CALL_LOCK},
    };
    unsigned set = 0;
    while (*words) {
        size_t length = strcspn(words, ","), i;
        for (i = 0; i < sizeof names / sizeof *names; i++)
            if (strlen(names[i].word) == length && !strncmp(words, names[i].word, length)) break;
        if (i == sizeof names / sizeof *names) return 0;
        set |= names[i].class;
        words += length + (words[length] == ',');
    }
    return set;
}

size_t list_calls(unsigned classes, unsigned *numbers, size_t limit) {
    size_t count = 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls && count < limit; i++) {
        /* Whether an open changes something is told by its flags. */
        unsigned possible = calls[i].classes == CALL_OPEN ? CALL_CHANGE | CALL_OPEN : calls[i].classes;
        if (possible & classes) numbers[count++] = (unsigned)calls[i].number;
    }
    return count;
}

/* Reads a string of a thread; what cannot be read is empty. */
static void read_string(pid_t thread, uint64_t address, char *text, size_t size) {
    size_t done = 0;
    while (done < size - 1) {
        /* Up to the end of a page: what lies behind it may be nobody's. */
        size_t part = 4096 - ((address + done) & 4095);
        if (part > size - 1 - done) part = size - 1 - done;
        struct iovec here = {text + done, part}, there = {(void *)(address + done), part};
        ssize_t count = process_vm_readv(thread, &here, 1, &there, 1, 0);
        if (count <= 0) break;
        if (memchr(text + done, 0, count)) return;
        done += count;
    }
    text[done] = 0;
}

static void read_link(const char *link, char *path, size_t size) {
    ssize_t length = readlink(link, path, size - 1);
    path[length < 0 ? 0 : length] = 0;
}

static void read_descriptor(pid_t thread, int descriptor, char *path, size_t size) {
    char link[64];
    if (descriptor == AT_FDCWD) snprintf(link, sizeof link, "/proc/%d/cwd", thread);
    else snprintf(link, sizeof link, "/proc/%d/fd/%d", thread, descriptor);
    read_link(link, path, size);
}

/* Puts the directory in front of a relative path, and follows /proc/self/fd/N, by which a descriptor is named. */
static void make_absolute(pid_t thread, int directory, const char *name, char *path, size_t size) {
    static const char *const own[] = {"/proc/self/fd/", "/proc/thread-self/fd/"};
    for (int i = 0; i < 2; i++) {
        size_t length = strlen(own[i]);
        if (strncmp(name, own[i], length)) continue;
        char *rest;
        read_descriptor(thread, (int)strtol(name + length, &rest, 10), path, size);
        length = strlen(path);
        snprintf(path + length, size - length, "%s", rest);
        return;
    }
    if (*name == '/') {
        snprintf(path, size, "%s", name);
        return;
    }
    read_descriptor(thread, directory, path, size);
    size_t length = strlen(path);
    if (*name) snprintf(path + length, size - length, "/%s", name);
}

/* Whether an open makes or empties a file. */
static int is_making(pid_t thread, uint64_t number, const uint64_t *arguments) {
    uint64_t flags = number == SYS_open ? arguments[1] : arguments[2];
    if (number == SYS_openat2) {
        struct iovec here = {&flags, sizeof flags}, there = {(void *)arguments[2], sizeof flags};
        if (process_vm_readv(thread, &here, 1, &there, 1, 0) != sizeof flags) return 0;
    }
    return flags & (O_CREAT | O_TRUNC) || (flags & O_TMPFILE) == O_TMPFILE;
}

const struct call *find_call(pid_t thread, uint64_t number, const uint64_t *arguments, char *path, size_t size) {
    static struct call making;
    const struct call *call = NULL;
    for (size_t i = 0; i < sizeof calls / sizeof *calls && !call; i++)
        if ((uint64_t)calls[i].number == number) call = &calls[i];
    if (!call) return NULL;
    if (number == SYS_ioctl && arguments[1] != FICLONE && arguments[1] != FICLONERANGE) return NULL;
    if (call->classes == CALL_OPEN && is_making(thread, number, arguments)) {
        making = *call;
        making.classes = CALL_CHANGE | CALL_OPEN;
        call = &making;
    }
    char name[PATH_MAX];
    switch (call->place) {
    case AT_DESCRIPTOR: read_descriptor(thread, (int)arguments[call->argument], path, size); break;
    case AT_PATH:
        read_string(thread, arguments[call->argument], name, sizeof name);
        make_absolute(thread, AT_FDCWD, name, path, size);
        break;
    case AT_DIRECTORY_AND_PATH:
        read_string(thread, arguments[call->argument + 1], name, sizeof name);
        make_absolute(thread, (int)arguments[call->argument], name, path, size);
    }
    return call;
}
