// The allocator of glibc, counted. A program that defines these functions has all libraries use them (glibc manual, "Replacing malloc");
// the work is still done by glibc, whose own names for it these are.
#include "HeapMeter.h"

#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

static _Atomic int64_t count, live, start, peak;

static void grow(int64_t bytes) {
    int64_t now = atomic_fetch_add_explicit(&live, bytes, memory_order_relaxed) + bytes;
    int64_t known = atomic_load_explicit(&peak, memory_order_relaxed);
    while (now > known && !atomic_compare_exchange_weak_explicit(&peak, &known, now, memory_order_relaxed, memory_order_relaxed)) {}
}

static void *counted(void *block) {
    if (!block) return block;
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
    grow((int64_t)malloc_usable_size(block));
    return block;
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }
void *calloc(size_t number, size_t size) { return counted(__libc_calloc(number, size)); }
void *memalign(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }
void *aligned_alloc(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size)); }

int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    void *block = counted(__libc_memalign(alignment, size));
    if (!block) return ENOMEM;
    *result = block;
    return 0;
}

void *realloc(void *block, size_t size) {
    int64_t before = block ? (int64_t)malloc_usable_size(block) : 0;
    void *moved = __libc_realloc(block, size);
    // Where it fails the block stays as it is; but a size of 0 frees it.
    if (moved || size == 0) atomic_fetch_sub_explicit(&live, before, memory_order_relaxed);
    return counted(moved);
}

void free(void *block) {
    if (!block) return;
    atomic_fetch_sub_explicit(&live, (int64_t)malloc_usable_size(block), memory_order_relaxed);
    __libc_free(block);
}

void heap_meter_start(void) {
    atomic_store(&count, 0);
    atomic_store(&start, atomic_load(&live));
    atomic_store(&peak, atomic_load(&start));
}

int64_t heap_meter_count(void) { return atomic_load(&count); }

int64_t heap_meter_peak(void) { return atomic_load(&peak) - atomic_load(&start); }
