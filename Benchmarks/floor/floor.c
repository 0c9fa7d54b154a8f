// floor [-s] TARGET LIST
// floor headers LIST
// floor names DIRECTORY
//
// The least that a loader must do, and nothing more: inflate, SHA-256 and untar each layer, by two workers. LIST has a line for each
// layer, `plain|gzip|zstd OFFSET SIZE FILE`; layer N goes into TARGET/N with its owners, modes, times and whiteouts as overlayfs has
// them. -s waits for the disk at the end (syncfs). Largest layers go first; one that is larger than all others together is hashed
// (and inflated) by one worker while the other unpacks it. Nothing is checked, kept for later, or safe against a hostile archive.
//
// `headers` passes over the bodies, as a history must; `names` asks for the status of every name, as a look at what is there or at what has
// changed must: by two workers as well.
//
// gzip by isa-l (-DWITH_ISAL, -lisal) or else by zlib; zstd by libzstd; SHA-256 by OpenSSL, which uses the processor's instructions.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source.h"
#include "untar.h"
#include "walk.h"

enum { SLOTS = 32, LAYERS = 1024 };

static struct layer layers[LAYERS];
static int layer_count, target;
static atomic_int taken;

// What one worker inflates and hashes, for the other to unpack.
static struct {
    uint8_t *slots[SLOTS];
    size_t counts[SLOTS];
    const uint8_t *found[SLOTS];
    size_t made, used;
    int is_done;
    pthread_mutex_t lock;
    pthread_cond_t moved;
} ring = {.lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};

static void by_one(struct layer *layer) {
    static _Thread_local struct unpacker u;
    static _Thread_local uint8_t chunk[CHUNK];
    struct source source;
    const uint8_t *found;
    size_t count;
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
    open_source(&source, layer);
    open_unpacker(&u, target, layer->number);
    while ((count = next_chunk(&source, chunk, &found))) {
        EVP_DigestUpdate(hash, found, count);
        push(&u, found, count);
    }
    EVP_DigestFinal_ex(hash, layer->digest, NULL);
    EVP_MD_CTX_free(hash);
    close_unpacker(&u);
    close_source(&source);
}

static void hash_half(struct layer *layer) {
    struct source source;
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
    open_source(&source, layer);
    for (size_t count = 1; count;) {
        pthread_mutex_lock(&ring.lock);
        while (ring.made - ring.used == SLOTS) pthread_cond_wait(&ring.moved, &ring.lock);
        size_t slot = ring.made % SLOTS;
        pthread_mutex_unlock(&ring.lock);
        if (!ring.slots[slot] && layer->codec[0] != 'p') ring.slots[slot] = malloc(CHUNK);
        count = next_chunk(&source, ring.slots[slot], &ring.found[slot]);
        EVP_DigestUpdate(hash, ring.found[slot], count);
        ring.counts[slot] = count;
        pthread_mutex_lock(&ring.lock);
        if (count) ring.made++;
        else ring.is_done = 1;
        pthread_cond_signal(&ring.moved);
        pthread_mutex_unlock(&ring.lock);
    }
    EVP_DigestFinal_ex(hash, layer->digest, NULL);
    EVP_MD_CTX_free(hash);
}

static void unpack_half(struct layer *layer) {
    static struct unpacker u;
    open_unpacker(&u, target, layer->number);
    for (;;) {
        pthread_mutex_lock(&ring.lock);
        while (ring.made == ring.used && !ring.is_done) pthread_cond_wait(&ring.moved, &ring.lock);
        int is_over = ring.made == ring.used;
        size_t slot = ring.used % SLOTS;
        pthread_mutex_unlock(&ring.lock);
        if (is_over) break;
        push(&u, ring.found[slot], ring.counts[slot]);
        pthread_mutex_lock(&ring.lock);
        ring.used++;
        pthread_cond_signal(&ring.moved);
        pthread_mutex_unlock(&ring.lock);
    }
    close_unpacker(&u);
}

static int is_split;

static void *work(void *argument) {
    if (is_split) (argument ? hash_half : unpack_half)(&layers[0]);
    for (int next; (next = atomic_fetch_add(&taken, 1)) < layer_count;) by_one(&layers[next]);
    return NULL;
}

static atomic_size_t header_count;

static void *go_through(void *argument) {
    for (int next; (next = atomic_fetch_add(&taken, 1)) < layer_count;) atomic_fetch_add(&header_count, count_headers(&layers[next]));
    return argument;
}

static int larger_first(const void *one, const void *other) {
    size_t a = ((const struct layer *)one)->size, b = ((const struct layer *)other)->size;
    return (a < b) - (a > b);
}

static void read_list(const char *path) {
    FILE *list = fopen(path, "r");
    if (!list) die(path);
    struct layer *layer = layers;
    while (layer_count < LAYERS && fscanf(list, "%7s %zu %zu %4095[^\n]", layer->codec, &layer->offset, &layer->size, layer->path) == 4)
        layer->number = layer_count++, layer++;
    fclose(list);
    qsort(layers, (size_t)layer_count, sizeof *layers, larger_first);
}

static void by_two(void *(*body)(void *)) {
    pthread_t other;
    if (pthread_create(&other, NULL, body, &layers)) die("pthread_create");
    body(NULL);
    pthread_join(other, NULL);
}

int main(int count, char **words) {
    if (count == 3 && !strcmp(words[1], "names")) return printf("%zu\n", count_names(words[2])) < 0;
    if (count == 3 && !strcmp(words[1], "headers")) {
        read_list(words[2]);
        by_two(go_through);
        return printf("%zu\n", (size_t)header_count) < 0;
    }
    int waits = count > 1 && !strcmp(words[1], "-s");
    if (count - waits != 3) return fputs("usage: floor [-s] TARGET LIST | headers LIST | names DIRECTORY\n", stderr), 2;
    umask(0);
    if (mkdir(words[1 + waits], 0755) && errno != EEXIST) die(words[1 + waits]);
    if ((target = open(words[1 + waits], O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) die(words[1 + waits]);
    read_list(words[2 + waits]);
    size_t total = 0;
    for (int at = 0; at < layer_count; at++) total += layers[at].size;
    is_split = layer_count && layers[0].size > total - layers[0].size;
    taken = is_split;
    by_two(work);
    if (waits && syncfs(target)) die("syncfs");
    for (int at = 0; at < layer_count; at++) {
        printf("%d ", layers[at].number);
        for (int byte = 0; byte < 32; byte++) printf("%02x", layers[at].digest[byte]);
        putchar('\n');
    }
    return 0;
}
