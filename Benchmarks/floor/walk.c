#define _GNU_SOURCE
#include "walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, PROBE = 4096 };

static size_t octal(const uint8_t *field, size_t width) {
    size_t value = 0;
    for (size_t at = 0; at < width && field[at] >= '0' && field[at] <= '7'; at++) value = value * 8 + (size_t)(field[at] - '0');
    return value;
}

// Where the next header stands when every body is passed over. What is read doubles as long as headers follow each other closely.
size_t count_headers(const struct layer *layer) {
    static _Thread_local uint8_t window[CHUNK];
    size_t at = layer->offset, end = layer->offset + layer->size, start = 0, stop = 0, wanted = PROBE, found = 0;
    int file = open(layer->path, O_RDONLY | O_CLOEXEC);
    if (file < 0) die(layer->path);
    while (at + BLOCK <= end) {
        if (at < start || at + BLOCK > stop) {
            if (at > stop) wanted = PROBE;
            ssize_t count = pread(file, window, wanted < end - at ? wanted : end - at, (off_t)at);
            if (count < BLOCK) die(layer->path);
            start = at, stop = at + (size_t)count;
            if (wanted < CHUNK) wanted *= 2;
        }
        const uint8_t *header = window + (at - start);
        at += BLOCK;
        if (!header[0]) continue;
        found++;
        at += (octal(header + 124, 11) + BLOCK - 1) & ~(size_t)(BLOCK - 1);
    }
    close(file);
    return found;
}

// The directories that nobody has looked into, and how many are being looked into.
static struct {
    char **paths;
    size_t count, room, busy, names;
    pthread_mutex_t lock;
    pthread_cond_t moved;
} waiting = {.lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};

static void offer(const char *parent, const char *name) {
    char *path;
    if (asprintf(&path, "%s/%s", parent, name) < 0) die(parent);
    pthread_mutex_lock(&waiting.lock);
    if (waiting.count == waiting.room) waiting.paths = realloc(waiting.paths, (waiting.room = waiting.room * 2 + 64) * sizeof *waiting.paths);
    waiting.paths[waiting.count++] = path;
    pthread_cond_signal(&waiting.moved);
    pthread_mutex_unlock(&waiting.lock);
}

static size_t look_into(const char *path) {
    size_t found = 0;
    struct stat status;
    DIR *directory = opendir(path);
    if (!directory) die(path);
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (fstatat(dirfd(directory), entry->d_name, &status, AT_SYMLINK_NOFOLLOW)) die(entry->d_name);
        if (S_ISDIR(status.st_mode)) offer(path, entry->d_name);
        found++;
    }
    closedir(directory);
    return found;
}

static void *look(void *argument) {
    pthread_mutex_lock(&waiting.lock);
    for (;;) {
        while (!waiting.count && waiting.busy) pthread_cond_wait(&waiting.moved, &waiting.lock);
        if (!waiting.count) break;
        char *path = waiting.paths[--waiting.count];
        waiting.busy++;
        pthread_mutex_unlock(&waiting.lock);
        size_t found = look_into(path);
        free(path);
        pthread_mutex_lock(&waiting.lock);
        waiting.busy--;
        waiting.names += found;
        pthread_cond_broadcast(&waiting.moved);
    }
    pthread_mutex_unlock(&waiting.lock);
    return argument;
}

size_t count_names(const char *root) {
    pthread_t other;
    offer(root, ".");
    if (pthread_create(&other, NULL, look, NULL)) die("pthread_create");
    look(NULL);
    pthread_join(other, NULL);
    return waiting.names;
}
