// uring MODE TREE TARGET
//
// Whether io_uring makes files faster: the regular files of TREE are created in TARGET with their sizes (zeros) and times, and the seconds
// that it took are printed. Directories are made before the clock starts. MODE is
//   calls    openat, write, futimens, close by one thread
//   threads  the same by two threads, each with every other directory
//   ring     openat, write and close as one linked chain of io_uring for each file, 32 files at once; the time by utimensat, for which
//            io_uring has no operation (nor for owners and modes)
//
// cc -O2 -o uring uring.c -luring -lpthread
#define _GNU_SOURCE
#include <fcntl.h>
#include <ftw.h>
#include <liburing.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 32, LARGEST = 1 << 20 };

static struct file {
    char *directory, *name;
    size_t size;
    struct timespec time;
} *files;
static size_t file_count, room, root_length;
static int target;
static char zeros[LARGEST];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int found(const char *path, const struct stat *status, int kind, struct FTW *at) {
    const char *inside = path[root_length] ? path + root_length + 1 : ".";
    if (kind == FTW_D && at->level && mkdirat(target, inside, 0755)) die(inside);
    if (kind != FTW_F || !S_ISREG(status->st_mode) || !at->level) return 0;
    if (file_count == room && !(files = realloc(files, (room = room * 2 + 1024) * sizeof *files))) die("realloc");
    char *directory = strdup(inside);
    directory[at->base > (int)root_length + 1 ? at->base - (int)root_length - 2 : 0] = 0;
    size_t size = (size_t)status->st_size;
    files[file_count++] = (struct file){directory, strdup(path + at->base), size < LARGEST ? size : LARGEST, status->st_mtim};
    return 0;
}

static int enter(const struct file *file, int parent, const struct file *before) {
    if (before && !strcmp(before->directory, file->directory)) return parent;
    if (parent >= 0) close(parent);
    parent = openat(target, file->directory[0] ? file->directory : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (parent < 0) die(file->directory);
    return parent;
}

static void by_calls(int part, int parts) {
    int parent = -1, number = -1;
    const struct file *before = NULL;
    for (struct file *file = files; file < files + file_count; file++) {
        if (file == files || strcmp(file[-1].directory, file->directory)) number++;
        if (number % parts != part) continue;
        parent = enter(file, parent, before), before = file;
        struct timespec times[2] = {file->time, file->time};
        int made = openat(parent, file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (made < 0 || (file->size && write(made, zeros, file->size) < 0) || futimens(made, times)) die(file->name);
        close(made);
    }
}

static void *second(void *unused) {
    by_calls(1, 2);
    return unused;
}

static void by_threads(void) {
    pthread_t other;
    if (pthread_create(&other, NULL, second, NULL)) die("thread");
    by_calls(0, 2);
    pthread_join(other, NULL);
}

static void by_ring(void) {
    struct io_uring ring;
    if (io_uring_queue_init(BATCH * 4, &ring, IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_COOP_TASKRUN)) die("io_uring");
    if (io_uring_register_files_sparse(&ring, BATCH)) die("register");
    int parents[BATCH];
    for (size_t start = 0; start < file_count; start += BATCH) {
        unsigned count = file_count - start < BATCH ? (unsigned)(file_count - start) : BATCH, waited = 0;
        for (unsigned slot = 0; slot < count; slot++) {
            struct file *file = files + start + slot;
            int same = slot && !strcmp(file[-1].directory, file->directory);
            parents[slot] = same ? parents[slot - 1] : enter(file, -1, NULL);
            struct io_uring_sqe *open = io_uring_get_sqe(&ring);
            io_uring_prep_openat_direct(open, parents[slot], file->name, O_WRONLY | O_CREAT | O_EXCL, 0644, slot);
            open->flags |= IOSQE_IO_LINK;
            if (file->size) {
                struct io_uring_sqe *write = io_uring_get_sqe(&ring);
                io_uring_prep_write(write, (int)slot, zeros, (unsigned)file->size, 0);
                write->flags |= IOSQE_IO_LINK | IOSQE_FIXED_FILE;
                waited++;
            }
            io_uring_prep_close_direct(io_uring_get_sqe(&ring), slot);
            waited += 2;
        }
        io_uring_submit_and_wait(&ring, waited);
        for (unsigned done = 0; done < waited; done++) {
            struct io_uring_cqe *result;
            if (io_uring_wait_cqe(&ring, &result) || result->res < 0) die("completion");
            io_uring_cqe_seen(&ring, result);
        }
        for (unsigned slot = 0; slot < count; slot++) {
            struct file *file = files + start + slot;
            struct timespec times[2] = {file->time, file->time};
            if (utimensat(parents[slot], file->name, times, AT_SYMLINK_NOFOLLOW)) die(file->name);
            if (slot + 1 == count || parents[slot] != parents[slot + 1]) close(parents[slot]);
        }
    }
    io_uring_queue_exit(&ring);
}

int main(int count, char **words) {
    if (count != 4) return fprintf(stderr, "uring calls|threads|ring TREE TARGET\n"), 2;
    struct timespec start, end;
    root_length = strlen(words[2]);
    if (mkdir(words[3], 0755) || (target = open(words[3], O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) die(words[3]);
    if (nftw(words[2], found, 64, FTW_PHYS)) die(words[2]);
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (!strcmp(words[1], "ring")) by_ring();
    else if (!strcmp(words[1], "threads")) by_threads();
    else by_calls(0, 1);
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
    printf("%s %zu files %.3f s\n", words[1], file_count, seconds);
}
