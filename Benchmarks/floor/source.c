#define _GNU_SOURCE
#include "source.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static void start_gzip(struct source *source) {
#ifdef WITH_ISAL
    isal_inflate_init(&source->gzip);
    source->gzip.crc_flag = ISAL_GZIP;
#else
    memset(&source->gzip, 0, sizeof source->gzip);
    if (inflateInit2(&source->gzip, 31) != Z_OK) die("inflateInit2");
#endif
}

void open_source(struct source *source, const struct layer *layer) {
    int file = open(layer->path, O_RDONLY | O_CLOEXEC);
    if (file < 0) die(layer->path);
    size_t page = layer->offset & ~(size_t)4095;
    memset(source, 0, sizeof *source);
    source->layer = layer;
    source->mapped = layer->offset - page + layer->size;
    source->map = mmap(NULL, source->mapped, PROT_READ, MAP_PRIVATE, file, (off_t)page);
    if (source->map == MAP_FAILED) die(layer->path);
    madvise(source->map, source->mapped, MADV_SEQUENTIAL);
    close(file);
    source->bytes = source->map + (layer->offset - page);
    source->left = layer->size;
    if (layer->codec[0] == 'g') start_gzip(source);
    if (layer->codec[0] == 'z') source->zstd = ZSTD_createDStream();
}

// Inflates into a chunk until it is full or the layer ends; gives what there is.
static size_t inflate_chunk(struct source *source, uint8_t *chunk) {
    size_t made = 0;
    while (made < CHUNK && source->left) {
        size_t taken, given;
        if (source->zstd) {
            ZSTD_inBuffer in = {source->bytes, source->left, 0};
            ZSTD_outBuffer out = {chunk + made, CHUNK - made, 0};
            if (ZSTD_isError(ZSTD_decompressStream(source->zstd, &out, &in))) errno = EBADMSG, die(source->layer->path);
            taken = in.pos, given = out.pos;
        } else {
            uint32_t in = source->left < (1u << 30) ? (uint32_t)source->left : 1u << 30, out = (uint32_t)(CHUNK - made);
            source->gzip.next_in = source->bytes, source->gzip.avail_in = in;
            source->gzip.next_out = chunk + made, source->gzip.avail_out = out;
#ifdef WITH_ISAL
            int failed = isal_inflate(&source->gzip), ended = source->gzip.block_state == ISAL_BLOCK_FINISH;
#else
            int status = inflate(&source->gzip, Z_NO_FLUSH), ended = status == Z_STREAM_END, failed = !ended && status != Z_OK;
#endif
            if (failed) errno = EBADMSG, die(source->layer->path);
            taken = in - source->gzip.avail_in, given = out - source->gzip.avail_out;
            if (ended && taken < source->left) start_gzip(source);
        }
        if (!taken && !given) break;
        source->bytes += taken, source->left -= taken, made += given;
    }
    return made;
}

size_t next_chunk(struct source *source, uint8_t *chunk, const uint8_t **found) {
    if (source->layer->codec[0] != 'p') return *found = chunk, inflate_chunk(source, chunk);
    size_t count = source->left < CHUNK ? source->left : CHUNK;
    *found = source->bytes;
    source->bytes += count, source->left -= count;
    return count;
}

void close_source(struct source *source) {
    munmap(source->map, source->mapped);
    if (source->zstd) ZSTD_freeDStream(source->zstd);
}
