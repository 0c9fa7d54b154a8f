// What comes in: the bytes of one layer's tar, in chunks.
#pragma once
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>
#ifdef WITH_ISAL
#include <isa-l/igzip_lib.h>
#else
#include <zlib.h>
#endif

enum { CHUNK = 256 << 10 };

static inline void die(const char *what) {
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

struct layer {
    char codec[8], path[4096];
    size_t offset, size;
    int number;
    unsigned char digest[32];
};

struct source {
    const struct layer *layer;
    uint8_t *map, *bytes;
    size_t mapped, left;
    ZSTD_DStream *zstd;
#ifdef WITH_ISAL
    struct inflate_state gzip;
#else
    z_stream gzip;
#endif
};

void open_source(struct source *source, const struct layer *layer);
void close_source(struct source *source);

// The next bytes: of the file itself, or inflated into `chunk`; 0 when the layer has ended.
size_t next_chunk(struct source *source, uint8_t *chunk, const uint8_t **found);
