#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <locale.h>
#include <malloc.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

// One number on all machines; the C library's headers may be older than the kernel. Source: include/uapi/asm-generic/unistd.h.
enum {
    nr_open_tree = 428,
    nr_move_mount = 429,
    nr_fsopen = 430,
    nr_fsconfig = 431,
    nr_fsmount = 432,
    nr_close_range = 436,
    nr_openat2 = 437,
};

const int cl_o_path = O_PATH;
const int cl_o_tmpfile = O_TMPFILE;
const int cl_o_noatime = O_NOATIME;
const uint64_t cl_resolve_beneath = RESOLVE_BENEATH;
const uint64_t cl_resolve_in_root = RESOLVE_IN_ROOT;
const uint64_t cl_resolve_no_magiclinks = RESOLVE_NO_MAGICLINKS;
const uint64_t cl_resolve_no_symlinks = RESOLVE_NO_SYMLINKS;
const uint64_t cl_resolve_no_xdev = RESOLVE_NO_XDEV;
const int cl_at_empty_path = AT_EMPTY_PATH;
const unsigned cl_rename_noreplace = RENAME_NOREPLACE;
const unsigned cl_rename_exchange = RENAME_EXCHANGE;
const int cl_seek_data = SEEK_DATA;
const int cl_seek_hole = SEEK_HOLE;
const int cl_fallocate_keep_size = FALLOC_FL_KEEP_SIZE;
const int cl_fallocate_punch_hole = FALLOC_FL_PUNCH_HOLE;
const int cl_clone_newns = CLONE_NEWNS;
const int cl_clone_newuser = CLONE_NEWUSER;
const unsigned cl_close_range_cloexec = 4;
const unsigned cl_fsconfig_set_flag = 0;
const unsigned cl_fsconfig_set_string = 1;
const unsigned cl_fsconfig_set_fd = 5;
const unsigned cl_fsconfig_cmd_create = 6;
const unsigned cl_fsopen_cloexec = 1;
const unsigned cl_fsmount_cloexec = 1;
const unsigned cl_mount_attr_rdonly = 1;
const unsigned cl_mount_attr_nosuid = 2;
const unsigned cl_mount_attr_nodev = 4;
const unsigned cl_move_mount_f_empty_path = 4;
const unsigned cl_move_mount_t_empty_path = 0x40;
const unsigned long cl_ms_rdonly = MS_RDONLY;
const unsigned long cl_ms_nosuid = MS_NOSUID;
const unsigned long cl_ms_nodev = MS_NODEV;
const unsigned long cl_ms_rec = MS_REC;
const unsigned long cl_ms_slave = MS_SLAVE;
const int cl_mnt_detach = MNT_DETACH;
const int cl_umount_nofollow = UMOUNT_NOFOLLOW;

int cl_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = {.flags = flags, .mode = mode, .resolve = resolve};
    return (int)syscall(nr_openat2, directory, path, &how, sizeof how);
}

static int put_status(int result, const struct stat *from, struct cl_status *to) {
    if (result != 0) return result;
    *to = (struct cl_status){
        .device = from->st_dev,
        .inode = from->st_ino,
        .link_count = from->st_nlink,
        .byte_count = from->st_size,
        .allocated_byte_count = (int64_t)from->st_blocks * 512,
        .modification_seconds = from->st_mtim.tv_sec,
        .change_seconds = from->st_ctim.tv_sec,
        .modification_nanoseconds = (uint32_t)from->st_mtim.tv_nsec,
        .change_nanoseconds = (uint32_t)from->st_ctim.tv_nsec,
        .mode = from->st_mode,
        .uid = from->st_uid,
        .gid = from->st_gid,
        .node_major = major(from->st_rdev),
        .node_minor = minor(from->st_rdev),
    };
    return 0;
}

int cl_fstatat(int directory, const char *path, int flags, struct cl_status *status) {
    struct stat found;
    return put_status(fstatat(directory, path, &found, flags), &found, status);
}

int cl_fstat(int descriptor, struct cl_status *status) {
    struct stat found;
    return put_status(fstat(descriptor, &found), &found, status);
}

int cl_renameat2(int from, const char *name, int to, const char *new_name, unsigned flags) {
    return renameat2(from, name, to, new_name, flags);
}

int cl_mknodat(int directory, const char *name, uint32_t mode, uint32_t major, uint32_t minor) {
    return mknodat(directory, name, mode, makedev(major, minor));
}

long cl_readlinkat(int directory, const char *name, char *target, size_t byte_count) {
    return readlinkat(directory, name, target, byte_count);
}

long cl_getdents64(int directory, void *buffer, size_t byte_count) {
    return syscall(SYS_getdents64, directory, buffer, byte_count);
}

int cl_futimens(int descriptor, int64_t seconds, uint32_t nanoseconds) {
    struct timespec time = {.tv_sec = seconds, .tv_nsec = nanoseconds};
    struct timespec times[2] = {time, time};
    return futimens(descriptor, times);
}

int cl_utimensat_nofollow(int directory, const char *name, int64_t seconds, uint32_t nanoseconds) {
    struct timespec time = {.tv_sec = seconds, .tv_nsec = nanoseconds};
    struct timespec times[2] = {time, time};
    return utimensat(directory, name, times, AT_SYMLINK_NOFOLLOW);
}

int cl_fchmodat_nofollow(int directory, const char *name, uint32_t mode) {
    return fchmodat(directory, name, mode, AT_SYMLINK_NOFOLLOW);
}

long cl_fgetxattr(int descriptor, const char *name, void *value, size_t byte_count) {
    return fgetxattr(descriptor, name, value, byte_count);
}

long cl_flistxattr(int descriptor, char *names, size_t byte_count) {
    return flistxattr(descriptor, names, byte_count);
}

int cl_fsetxattr(int descriptor, const char *name, const void *value, size_t byte_count) {
    return fsetxattr(descriptor, name, value, byte_count, 0);
}

int cl_fremovexattr(int descriptor, const char *name) {
    return fremovexattr(descriptor, name);
}

// The calls setxattrat(2) and its like came with Linux 6.13. Before, a path through the directory's own link in /proc does
// the same: that link is followed, being no last component, and the file's own name is not, the calls being those with "l".
enum { xattr_path_byte_count = 512 };

static int put_path(char *path, int directory, const char *file) {
    int count = snprintf(path, xattr_path_byte_count, "/proc/self/fd/%d/%s", directory, file);
    if (count < 0 || count >= xattr_path_byte_count) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return 0;
}

// One number on all machines; older headers do not know them. Source: include/uapi/asm-generic/unistd.h.
enum { getxattrat_number = 464, listxattrat_number = 465 };

// The argument of getxattrat(2). Source: include/uapi/linux/xattr.h.
struct xattr_argument {
    uint64_t value __attribute__((aligned(8)));
    uint32_t byte_count, flags;
};

// Whether the kernel has the calls: where it has not, one try tells. Old seccomp filters answer EPERM to calls that they do not know,
// which is no answer that these calls give of themselves for a file that was just listed.
static _Atomic int has_xattrat = 1;

static int is_missing(long result) {
    if (result != -1 || (errno != ENOSYS && errno != EPERM)) return 0;
    has_xattrat = 0;
    return 1;
}

long cl_getxattrat(int directory, const char *file, const char *name, void *value, size_t byte_count) {
    if (has_xattrat) {
        struct xattr_argument argument = {.value = (uint64_t)(uintptr_t)value, .byte_count = (uint32_t)byte_count};
        long count = syscall(
            getxattrat_number, directory, file, AT_SYMLINK_NOFOLLOW, name, &argument, sizeof argument);
        if (!is_missing(count)) return count;
    }
    char path[xattr_path_byte_count];
    if (put_path(path, directory, file) != 0) return -1;
    return lgetxattr(path, name, value, byte_count);
}

long cl_listxattrat(int directory, const char *file, char *names, size_t byte_count) {
    if (has_xattrat) {
        long count = syscall(listxattrat_number, directory, file, AT_SYMLINK_NOFOLLOW, names, byte_count);
        if (!is_missing(count)) return count;
    }
    char path[xattr_path_byte_count];
    if (put_path(path, directory, file) != 0) return -1;
    return llistxattr(path, names, byte_count);
}

int cl_setxattrat(int directory, const char *file, const char *name, const void *value, size_t byte_count) {
    char path[xattr_path_byte_count];
    if (put_path(path, directory, file) != 0) return -1;
    return lsetxattr(path, name, value, byte_count, 0);
}

int cl_removexattrat(int directory, const char *file, const char *name) {
    char path[xattr_path_byte_count];
    if (put_path(path, directory, file) != 0) return -1;
    return lremovexattr(path, name);
}

int cl_mark(int descriptor) {
    struct flock lock = {.l_type = F_RDLCK, .l_whence = SEEK_SET};
    return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int cl_is_marked(int descriptor) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(descriptor, F_OFD_GETLK, &lock) == -1) return -1;
    return lock.l_type != F_UNLCK;
}

int cl_reopen(int descriptor, int flags) {
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    return open(path, flags | O_CLOEXEC);
}

int cl_open_closed_streams(void) {
    for (int descriptor = 0; descriptor <= 2; descriptor++) {
        if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
        // The lowest free number is taken, which is this one: those below it are open. Not close-on-exec: children need them too.
        if (open("/dev/null", O_RDWR) == -1) return -1;
    }
    return 0;
}

int64_t cl_copy_file_range(int from, int64_t from_offset, int to, int64_t to_offset, size_t byte_count) {
    off64_t in = from_offset, out = to_offset;
    return copy_file_range(from, &in, to, &out, byte_count, 0);
}

int cl_ficlone(int to, int from) {
    return ioctl(to, FICLONE, from);
}

int cl_fallocate(int descriptor, int mode, int64_t offset, int64_t byte_count) {
    return fallocate(descriptor, mode, offset, byte_count);
}

int cl_forget_content(int descriptor) {
    return posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
}

int cl_syncfs(int descriptor) {
    return syncfs(descriptor);
}

int cl_mount_number(int descriptor, uint64_t *number) {
    // STATX_MNT_ID_UNIQUE, and STATX_MNT_ID for older kernels, which pass over the first: both fill the same field.
    const unsigned unique = 0x4000, any = 0x1000;
    struct statx found;
    if (statx(descriptor, "", AT_EMPTY_PATH, unique | any, &found) != 0) return -1;
    *number = found.stx_mnt_id;
    return 0;
}

int cl_fstatfs(int descriptor, struct cl_file_system *facts) {
    struct statfs found;
    if (fstatfs(descriptor, &found) != 0) return -1;
    *facts = (struct cl_file_system){
        .type = (uint32_t)found.f_type,
        .block_byte_count = (uint64_t)found.f_bsize,
        .block_count = found.f_blocks,
        .free_block_count = found.f_bfree,
        .available_block_count = found.f_bavail,
        .inode_count = found.f_files,
        .free_inode_count = found.f_ffree,
    };
    return 0;
}

int cl_unshare(int flags) {
    return unshare(flags);
}

int cl_setns(int descriptor, int flags) {
    return setns(descriptor, flags);
}

int cl_may_mount(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};
    if (syscall(SYS_capget, &header, data) != 0) return 0;
    return data[CAP_TO_INDEX(CAP_SYS_ADMIN)].effective & CAP_TO_MASK(CAP_SYS_ADMIN) ? 1 : 0;
}

int cl_try_user_namespace(void) {
    pid_t child = fork();
    if (child == -1) return -1;
    if (child == 0) {
        // Only calls that are safe after a fork of a process with threads. That namespaces can be made does not say that anything
        // may be done in them (AppArmor), so a harmless change is made.
        if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) _exit(errno);
        if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) _exit(errno);
        _exit(0);
    }
    int status;
    while (waitpid(child, &status, 0) == -1)
        if (errno != EINTR) return -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
    // A child that a seccomp filter ended has no errno.
    errno = WIFEXITED(status) ? WEXITSTATUS(status) : EPERM;
    return -1;
}

int cl_close_range(unsigned first, unsigned last, unsigned flags) {
    return (int)syscall(nr_close_range, first, last, flags);
}

int cl_mount(const char *source, const char *place, const char *type, unsigned long flags, const char *options) {
    return mount(source, place, type, flags, options);
}

int cl_unmount(const char *place, int flags) {
    return umount2(place, flags);
}

int cl_fsopen(const char *type, unsigned flags) {
    return (int)syscall(nr_fsopen, type, flags);
}

int cl_fsconfig(int context, unsigned command, const char *key, const void *value, int auxiliary) {
    return (int)syscall(nr_fsconfig, context, command, key, value, auxiliary);
}

int cl_fsmount(int context, unsigned flags, unsigned attributes) {
    return (int)syscall(nr_fsmount, context, flags, attributes);
}

int cl_clone_mount(int root) {
    enum { open_tree_clone = 1 };
    return (int)syscall(nr_open_tree, root, "", open_tree_clone | O_CLOEXEC | AT_EMPTY_PATH);
}

int cl_move_mount(int from, const char *from_path, int to, const char *to_path, unsigned flags) {
    return (int)syscall(nr_move_mount, from, from_path, to, to_path, flags);
}

int cl_processor_count(void) {
    // The kernel refuses a set smaller than its own: grow until it fits. Source: man 2 sched_getaffinity.
    for (int count = 1024; count <= 1 << 20; count *= 4) {
        cpu_set_t *set = CPU_ALLOC(count);
        if (set == NULL) return -1;
        size_t byte_count = CPU_ALLOC_SIZE(count);
        int result = sched_getaffinity(0, byte_count, set);
        int usable = result == 0 ? CPU_COUNT_S(byte_count, set) : 0;
        int code = errno;
        CPU_FREE(set);
        if (result == 0) return usable;
        if (code != EINVAL) {
            errno = code;
            return -1;
        }
    }
    errno = EINVAL;
    return -1;
}

int cl_terminal_column_count(int descriptor) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
    return size.ws_col;
}

long cl_getrandom(void *buffer, size_t byte_count) {
    return getrandom(buffer, byte_count, 0);
}

int cl_local_offset(int64_t seconds, int32_t *offset) {
    time_t moment = seconds;
    struct tm local;
    if (localtime_r(&moment, &local) == NULL) return -1;
    *offset = (int32_t)local.tm_gmtoff;
    return 0;
}

int cl_use_utf8_names(void) {
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
    for (size_t index = 0; index < sizeof names / sizeof *names; index++)
        if (setlocale(LC_CTYPE, names[index]) != NULL) return 0;
    errno = ENOENT;
    return -1;
}

void cl_return_large_blocks(int byte_count) {
    mallopt(M_MMAP_THRESHOLD, byte_count);
}

int cl_ignore_broken_pipe(void) {
    return signal(SIGPIPE, SIG_IGN) == SIG_ERR ? -1 : 0;
}

int64_t cl_peak_resident_byte_count(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return -1;
    return (int64_t)usage.ru_maxrss * 1024;
}

void cl_processor_time(int64_t *user, int64_t *system) {
    struct rusage usage = {0};
    // Nothing that it could fail for is given to it.
    getrusage(RUSAGE_SELF, &usage);
    *user = (int64_t)usage.ru_utime.tv_sec * 1000000 + usage.ru_utime.tv_usec;
    *system = (int64_t)usage.ru_stime.tv_sec * 1000000 + usage.ru_stime.tv_usec;
}

int cl_poll_readable(int descriptor) {
    struct pollfd item = {.fd = descriptor, .events = POLLIN};
    return poll(&item, 1, -1);
}

_Static_assert(sizeof((struct utsname){0}.machine) == cl_uname_byte_count, "the names of uname have another length");

int cl_uname(char *system, char *release, char *machine) {
    struct utsname found;
    if (uname(&found) != 0) return -1;
    memcpy(system, found.sysname, cl_uname_byte_count);
    memcpy(release, found.release, cl_uname_byte_count);
    memcpy(machine, found.machine, cl_uname_byte_count);
    return 0;
}

const char *cl_error_text(int code, char *buffer, size_t byte_count) {
    return strerror_r(code, buffer, byte_count);
}
