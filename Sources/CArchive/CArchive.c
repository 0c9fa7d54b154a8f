// libarchive is loaded when the first of its objects is made, and not with the program: it brings libxml2 and ICU, which cost the start
// of every command 3.5 ms, and most commands read no tar. Hence each function that is used stands here once, and passes its call on.

// The functions are for this program alone: libarchive's calls of its own ones must not come here.
#pragma GCC visibility push(hidden)
#include "CArchive.h"
#pragma GCC visibility pop

#include <dlfcn.h>
#include <pthread.h>

typedef struct archive *Archive;
typedef struct archive_entry *Entry;

// Count of parameters, result, name, parameters. Those without parameters are the constructors.
#define FUNCTIONS(F) \
    F(1, Entry, archive_entry_clear, Entry)                                                                                  \
    F(2, void, archive_entry_copy_hardlink, Entry, const char *)                                                             \
    F(2, void, archive_entry_copy_pathname, Entry, const char *)                                                             \
    F(2, void, archive_entry_copy_symlink, Entry, const char *)                                                              \
    F(1, mode_t, archive_entry_filetype, Entry)                                                                              \
    F(1, void, archive_entry_free, Entry)                                                                                    \
    F(1, la_int64_t, archive_entry_gid, Entry)                                                                               \
    F(1, const char *, archive_entry_hardlink, Entry)                                                                        \
    F(1, int, archive_entry_is_encrypted, Entry)                                                                             \
    F(1, time_t, archive_entry_mtime, Entry)                                                                                 \
    F(1, long, archive_entry_mtime_nsec, Entry)                                                                              \
    F(0, Entry, archive_entry_new)                                                                                           \
    F(1, unsigned int, archive_entry_nlink, Entry)                                                                           \
    F(1, const char *, archive_entry_pathname, Entry)                                                                        \
    F(1, mode_t, archive_entry_perm, Entry)                                                                                  \
    F(1, dev_t, archive_entry_rdevmajor, Entry)                                                                              \
    F(1, dev_t, archive_entry_rdevminor, Entry)                                                                              \
    F(2, void, archive_entry_set_filetype, Entry, unsigned int)                                                              \
    F(2, void, archive_entry_set_gid, Entry, la_int64_t)                                                                     \
    F(2, void, archive_entry_set_ino64, Entry, la_int64_t)                                                                   \
    F(3, void, archive_entry_set_mtime, Entry, time_t, long)                                                                 \
    F(2, void, archive_entry_set_nlink, Entry, unsigned int)                                                                 \
    F(2, void, archive_entry_set_perm, Entry, mode_t)                                                                        \
    F(2, void, archive_entry_set_rdevmajor, Entry, dev_t)                                                                    \
    F(2, void, archive_entry_set_rdevminor, Entry, dev_t)                                                                    \
    F(2, void, archive_entry_set_size, Entry, la_int64_t)                                                                    \
    F(2, void, archive_entry_set_uid, Entry, la_int64_t)                                                                     \
    F(1, la_int64_t, archive_entry_size, Entry)                                                                              \
    F(1, int, archive_entry_sparse_count, Entry)                                                                             \
    F(3, int, archive_entry_sparse_next, Entry, la_int64_t *, la_int64_t *)                                                  \
    F(1, int, archive_entry_sparse_reset, Entry)                                                                             \
    F(1, const char *, archive_entry_symlink, Entry)                                                                         \
    F(1, la_int64_t, archive_entry_uid, Entry)                                                                               \
    F(4, void, archive_entry_xattr_add_entry, Entry, const char *, const void *, size_t)                                     \
    F(4, int, archive_entry_xattr_next, Entry, const char **, const void **, size_t *)                                       \
    F(1, int, archive_entry_xattr_reset, Entry)                                                                              \
    F(1, int, archive_errno, Archive)                                                                                        \
    F(1, const char *, archive_error_string, Archive)                                                                        \
    F(2, la_int64_t, archive_filter_bytes, Archive, int)                                                                     \
    F(2, int, archive_read_append_filter, Archive, int)                                                                      \
    F(4, int, archive_read_data_block, Archive, const void **, size_t *, la_int64_t *)                                       \
    F(1, int, archive_read_data_skip, Archive)                                                                               \
    F(1, int, archive_read_free, Archive)                                                                                    \
    F(1, la_int64_t, archive_read_header_position, Archive)                                                                  \
    F(0, Archive, archive_read_new)                                                                                          \
    F(2, int, archive_read_next_header, Archive, Entry *)                                                                    \
    F(1, int, archive_read_open1, Archive)                                                                                   \
    F(6, int, archive_read_open2, Archive, void *, archive_open_callback *, archive_read_callback *, archive_skip_callback *, archive_close_callback *)\
    F(2, int, archive_read_set_callback_data, Archive, void *)                                                               \
    F(2, int, archive_read_set_format, Archive, int)                                                                         \
    F(2, int, archive_read_set_read_callback, Archive, archive_read_callback *)                                              \
    F(2, int, archive_read_set_seek_callback, Archive, archive_seek_callback *)                                              \
    F(2, int, archive_read_set_skip_callback, Archive, archive_skip_callback *)                                              \
    F(1, int, archive_read_support_format_7zip, Archive)                                                                     \
    F(1, int, archive_read_support_format_cab, Archive)                                                                      \
    F(1, int, archive_read_support_format_cpio, Archive)                                                                     \
    F(1, int, archive_read_support_format_iso9660, Archive)                                                                  \
    F(1, int, archive_read_support_format_lha, Archive)                                                                      \
    F(1, int, archive_read_support_format_rar, Archive)                                                                      \
    F(1, int, archive_read_support_format_rar5, Archive)                                                                     \
    F(1, int, archive_read_support_format_xar, Archive)                                                                      \
    F(1, int, archive_read_support_format_zip, Archive)                                                                      \
    F(1, int, archive_write_close, Archive)                                                                                  \
    F(3, la_ssize_t, archive_write_data, Archive, const void *, size_t)                                                      \
    F(1, int, archive_write_fail, Archive)                                                                                   \
    F(1, int, archive_write_free, Archive)                                                                                   \
    F(2, int, archive_write_header, Archive, Entry)                                                                          \
    F(0, Archive, archive_write_new)                                                                                         \
    F(6, int, archive_write_open2, Archive, void *, archive_open_callback *, archive_write_callback *, archive_close_callback *, archive_free_callback *)\
    F(2, int, archive_write_set_bytes_per_block, Archive, int)                                                               \
    F(1, int, archive_write_set_format_cpio_newc, Archive)                                                                   \
    F(1, int, archive_write_set_format_mtree, Archive)                                                                       \
    F(1, int, archive_write_set_format_pax_restricted, Archive)                                                              \
    F(2, int, archive_write_set_options, Archive, const char *)

#define SLOT(COUNT, RESULT, NAME, ...) __typeof__(&NAME) NAME;
static struct {
    FUNCTIONS(SLOT)
} bound;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *load_error;

static void load(void) {
    // 13 since libarchive 3.0. It stays loaded.
    void *library = dlopen("libarchive.so.13", RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL) {
        load_error = dlerror();
        return;
    }
#define BIND(COUNT, RESULT, NAME, ...) \
    if ((*(void **)&bound.NAME = dlsym(library, #NAME)) == NULL) load_error = "it has no function " #NAME;
    FUNCTIONS(BIND)
}

const char *carchive_load_error(void) { return load_error; }

static int is_loaded(void) { return pthread_once(&once, load) == 0 && load_error == NULL; }

void carchive_load(void) { is_loaded(); }

// Whoever calls another function than a constructor has an object of one, so the library is there.
#define FORWARD_0(RESULT, NAME) \
    RESULT NAME(void) { return is_loaded() ? bound.NAME() : NULL; }
#define FORWARD_1(RESULT, NAME, A) \
    RESULT NAME(A a) { return bound.NAME(a); }
#define FORWARD_2(RESULT, NAME, A, B) \
    RESULT NAME(A a, B b) { return bound.NAME(a, b); }
#define FORWARD_3(RESULT, NAME, A, B, C) \
    RESULT NAME(A a, B b, C c) { return bound.NAME(a, b, c); }
#define FORWARD_4(RESULT, NAME, A, B, C, D) \
    RESULT NAME(A a, B b, C c, D d) { return bound.NAME(a, b, c, d); }
#define FORWARD_6(RESULT, NAME, A, B, C, D, E, G) \
    RESULT NAME(A a, B b, C c, D d, E e, G g) { return bound.NAME(a, b, c, d, e, g); }
#define FORWARD(COUNT, ...) FORWARD_##COUNT(__VA_ARGS__)
FUNCTIONS(FORWARD)
