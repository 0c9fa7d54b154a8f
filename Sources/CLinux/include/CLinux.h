#pragma once

// System calls and constants of Linux that Swift's Glibc module does not show.
//
// No _GNU_SOURCE and no libc header here: either breaks the build next to another C module ("`fds_bits` not present in
// definition of `fd_set`"). Calls follow libc's convention: -1 and errno on failure.

#include <stddef.h>
#include <stdint.h>

// open(2), openat2(2)
extern const int cl_o_path;
extern const int cl_o_tmpfile;
extern const int cl_o_noatime;
extern const uint64_t cl_resolve_beneath;
extern const uint64_t cl_resolve_in_root;
extern const uint64_t cl_resolve_no_magiclinks;
extern const uint64_t cl_resolve_no_symlinks;
extern const uint64_t cl_resolve_no_xdev;
int cl_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

// What is known of a file, in one form for all machines. Flags are AT_ flags; the path may be empty with cl_at_empty_path.
struct cl_status {
    uint64_t device, inode, link_count;
    int64_t byte_count, allocated_byte_count;
    int64_t modification_seconds, change_seconds;
    uint32_t modification_nanoseconds, change_nanoseconds;
    uint32_t mode, uid, gid;
    uint32_t node_major, node_minor;
};
extern const int cl_at_empty_path;
int cl_fstatat(int directory, const char *path, int flags, struct cl_status *status);
int cl_fstat(int descriptor, struct cl_status *status);

// Names
extern const unsigned cl_rename_noreplace;
extern const unsigned cl_rename_exchange;
int cl_renameat2(int from, const char *name, int to, const char *new_name, unsigned flags);
int cl_mknodat(int directory, const char *name, uint32_t mode, uint32_t major, uint32_t minor);
long cl_readlinkat(int directory, const char *name, char *target, size_t byte_count);
long cl_getdents64(int directory, void *buffer, size_t byte_count);

// Attributes. Both times of a file are set to the one given.
int cl_futimens(int descriptor, int64_t seconds, uint32_t nanoseconds);
int cl_utimensat_nofollow(int directory, const char *name, int64_t seconds, uint32_t nanoseconds);
int cl_fchmodat_nofollow(int directory, const char *name, uint32_t mode);

// xattr(7). The forms with a directory and a name never follow a link in the last component.
long cl_fgetxattr(int descriptor, const char *name, void *value, size_t byte_count);
long cl_flistxattr(int descriptor, char *names, size_t byte_count);
int cl_fsetxattr(int descriptor, const char *name, const void *value, size_t byte_count);
int cl_fremovexattr(int descriptor, const char *name);
long cl_getxattrat(int directory, const char *file, const char *name, void *value, size_t byte_count);
long cl_listxattrat(int directory, const char *file, char *names, size_t byte_count);
int cl_setxattrat(int directory, const char *file, const char *name, const void *value, size_t byte_count);
int cl_removexattrat(int directory, const char *file, const char *name);

// fcntl_locking(2): marks a file by a lock for reading on its open file description, and tells whether another has marked it: 1, 0 or -1.
int cl_mark(int descriptor);
int cl_is_marked(int descriptor);

// Opens again what a descriptor shows, through /proc.
int cl_reopen(int descriptor, int flags);

// Opens /dev/null under each of the numbers 0 to 2 that is not open.
int cl_open_closed_streams(void);

// Content
extern const int cl_seek_data;
extern const int cl_seek_hole;
extern const int cl_fallocate_keep_size;
extern const int cl_fallocate_punch_hole;
int64_t cl_copy_file_range(int from, int64_t from_offset, int to, int64_t to_offset, size_t byte_count);
int cl_ficlone(int to, int from);
int cl_fallocate(int descriptor, int mode, int64_t offset, int64_t byte_count);
int cl_syncfs(int descriptor);
// Lets the kernel forget what it has in memory of a file's content, as far as that is on the disk: 0, or an errno.
int cl_forget_content(int descriptor);
// The number of the mount that a file was opened in: one that no later mount gets where Linux has such numbers (6.8).
int cl_mount_number(int descriptor, uint64_t *number);

// statfs(2)
struct cl_file_system {
    uint64_t type;
    uint64_t block_byte_count, block_count, free_block_count, available_block_count;
    uint64_t inode_count, free_inode_count;
};
int cl_fstatfs(int descriptor, struct cl_file_system *facts);

// Namespaces
extern const int cl_clone_newns;
extern const int cl_clone_newuser;
extern const unsigned cl_close_range_cloexec;
int cl_unshare(int flags);
int cl_setns(int descriptor, int flags);
int cl_close_range(unsigned first, unsigned last, unsigned flags);
// Lets a child make a user and a mount namespace and change a mount there: 0, or -1 and the errno that the child met.
int cl_try_user_namespace(void);

// Whether CAP_SYS_ADMIN is effective in the calling thread.
int cl_may_mount(void);

// Processes
int cl_pipe(int ends[2]);
int cl_set_environment(const char *name, const char *value);
// Makes a child with the same memory and only the calling thread.
int cl_fork(void);
// Makes a child of init: in a session of its own, in /, without any descriptor but /dev/null for the streams and, as 3, the one given.
// Gives 0 there, and 1 to the caller.
int cl_fork_keeper(int kept);
_Noreturn void cl_exit_at_once(int status);
// Waits until what is mounted changes; the descriptor is an open mountinfo.
int cl_poll_mounts(int descriptor);
// What ps shows of the process, up to 15 bytes.
int cl_set_process_name(const char *name);
// The status that a child ended with: 128 + the signal's number when one ended it.
int cl_wait(int child);
// A program to run: lists end with NULL; the directory and the streams may be -1 for those of the caller.
struct cl_program {
    const char *path;
    char *const *arguments;
    int directory;
    int streams[3];
};
// Runs a program in a child, which has no other descriptors and no signal ignored or blocked: its number, or -1 and the errno that it met.
int cl_spawn(const struct cl_program *program);
// Becomes another program.
int cl_execute(const char *path, char *const *arguments);
// Waits for a child as cl_wait does, and gives it the signals that others send to the caller: what a terminal sends it has already.
int cl_wait_forwarding(int child);
// A socket of this machine at a path, which must not be there.
int cl_listen_local(const char *path);
// Takes the descriptor that somebody has sent through such a socket already; EAGAIN when nobody has.
int cl_receive_descriptor(int listening);
// Ignores the signals that ask a process to end.
void cl_ignore_requests(void);
// From now on those signals end nothing, and are remembered.
void cl_remember_requests(void);
// The number of the signal that was remembered last; 0 for none.
int cl_remembered_request(void);
// From now on children whose parents end are the caller's.
int cl_become_subreaper(void);
// Waits until one of the descriptors can be read, or has no writer any more: its place among them. -1 as a descriptor is passed over.
int cl_poll_any(const int *descriptors, int count);
int cl_pidfd_open(int process);
int cl_pidfd_signal(int descriptor, int signal);
// Waits until a process has ended: 1, or 0 when the time is over.
int cl_pidfd_wait(int descriptor, int milliseconds);
// Unmounts a place of the mount namespace of another process, of whose user namespace the caller is the owner.
int cl_unmount_beside(int process_descriptor, const char *place, int flags);
// The name of a user: its length, or -1 when there is none.
long cl_user_name(uint32_t uid, char *name, size_t byte_count);

// mount(2), umount2(2)
extern const unsigned long cl_ms_rdonly, cl_ms_nosuid, cl_ms_nodev, cl_ms_rec, cl_ms_slave;
extern const int cl_mnt_detach, cl_umount_nofollow;
int cl_mount(const char *source, const char *place, const char *type, unsigned long flags, const char *options);
int cl_unmount(const char *place, int flags);

// The mount calls of Linux 5.2
extern const unsigned cl_fsconfig_set_flag;
extern const unsigned cl_fsconfig_set_string;
extern const unsigned cl_fsconfig_set_fd;
extern const unsigned cl_fsconfig_cmd_create;
extern const unsigned cl_fsopen_cloexec;
extern const unsigned cl_fsmount_cloexec;
extern const unsigned cl_mount_attr_rdonly, cl_mount_attr_nosuid, cl_mount_attr_nodev;
extern const unsigned cl_move_mount_f_empty_path;
extern const unsigned cl_move_mount_t_empty_path;
int cl_fsopen(const char *type, unsigned flags);
int cl_fsconfig(int context, unsigned command, const char *key, const void *value, int auxiliary);
int cl_fsmount(int context, unsigned flags, unsigned attributes);
// A copy of the mount whose root the descriptor shows, standing nowhere.
int cl_clone_mount(int root);
int cl_move_mount(int from, const char *from_path, int to, const char *to_path, unsigned flags);

// The host
int cl_processor_count(void);
int cl_terminal_column_count(int descriptor);
long cl_getrandom(void *buffer, size_t byte_count);
int cl_local_offset(int64_t seconds, int32_t *offset);
int cl_use_utf8_names(void);
void cl_return_large_blocks(int byte_count);
int cl_ignore_broken_pipe(void);
int64_t cl_peak_resident_byte_count(void);
// The processor time of this process so far, in microseconds: in its programs, and in the kernel for it.
void cl_processor_time(int64_t *user, int64_t *system);
int cl_poll_readable(int descriptor);
enum { cl_uname_byte_count = 65 };
int cl_uname(char *system, char *release, char *machine);

// The text of an error number, in English: in the buffer or a constant.
const char *cl_error_text(int code, char *buffer, size_t byte_count);
