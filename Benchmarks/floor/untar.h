// Where it goes: a tar that is pushed in and becomes files.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

enum { BLOCK = 512 };

struct directory {
    char *path;
    struct timespec time;
};

struct unpacker {
    int root, parent, file;
    char parent_path[4096], name[4096], link[4096], long_name[4096], long_link[4096];
    uint8_t header[BLOCK];
    size_t have, left, padding, size_of_meta;
    char *meta, kind;
    struct timespec time, pax_time;
    int has_pax_time;
    uint64_t pax_size;
    struct directory *directories;
    size_t count, room;
    struct { char name[256], value[512]; size_t length; } attributes[8];
    int attribute_count;
    mode_t mode;
    uid_t uid;
    gid_t gid;
};

// Begins a layer in the directory `place` of `target`.
void open_unpacker(struct unpacker *u, int target, int place);

// Takes the next bytes of the tar, however many.
void push(struct unpacker *u, const uint8_t *bytes, size_t count);
void close_unpacker(struct unpacker *u);
