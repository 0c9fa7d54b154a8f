#define _GNU_SOURCE
#include "untar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "source.h"

static uint64_t number(const uint8_t *field, size_t width) {
    uint64_t value = 0;
    if (field[0] & 0x80) {
        for (size_t at = 1; at < width; at++) value = value << 8 | field[at];
        return value;
    }
    for (size_t at = 0; at < width; at++)
        if (field[at] >= '0' && field[at] <= '7') value = value * 8 + (uint64_t)(field[at] - '0');
    return value;
}

// Opens the directory that a path lies in, which is most often that of the path before, and gives the last component.
static const char *enter_parent(struct unpacker *u, char *path) {
    char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (u->parent >= 0 && strlen(u->parent_path) == length && !memcmp(u->parent_path, path, length)) return name;
    if (u->parent >= 0 && u->parent != u->root) close(u->parent);
    memcpy(u->parent_path, path, length), u->parent_path[length] = 0;
    u->parent = length ? openat(u->root, u->parent_path, O_PATH | O_DIRECTORY | O_CLOEXEC) : u->root;
    if (u->parent >= 0) return name;
    for (char *at = u->parent_path; (at = strchr(at, '/')); *at++ = '/') *at = 0, mkdirat(u->root, u->parent_path, 0755);
    mkdirat(u->root, u->parent_path, 0755);
    u->parent = openat(u->root, u->parent_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (u->parent < 0) die(u->parent_path);
    return name;
}

static void keep_directory(struct unpacker *u) {
    if (u->count == u->room) u->directories = realloc(u->directories, (u->room = u->room * 2 + 64) * sizeof *u->directories);
    u->directories[u->count++] = (struct directory){strdup(u->name), u->time};
}

static void set_attributes(struct unpacker *u, int file) {
    for (int at = 0; at < u->attribute_count; at++)
        if (fsetxattr(file, u->attributes[at].name, u->attributes[at].value, u->attributes[at].length, 0)) die(u->name);
}

static void end_file(struct unpacker *u) {
    struct timespec times[2] = {u->time, u->time};
    if ((u->uid || u->gid) && fchown(u->file, u->uid, u->gid)) die(u->name);
    if (u->mode & 07000 && fchmod(u->file, u->mode)) die(u->name);
    set_attributes(u, u->file);
    if (futimens(u->file, times)) die(u->name);
    close(u->file);
    u->file = -1;
}

static void end_special(struct unpacker *u, const char *name) {
    struct timespec times[2] = {u->time, u->time};
    if ((u->uid || u->gid) && fchownat(u->parent, name, u->uid, u->gid, AT_SYMLINK_NOFOLLOW)) die(u->name);
    if (u->mode & 07000 && u->kind != '2' && fchmodat(u->parent, name, u->mode, 0)) die(u->name);
    if (utimensat(u->parent, name, times, AT_SYMLINK_NOFOLLOW)) die(u->name);
}

static int make(struct unpacker *u, const char *name) {
    mode_t devices[] = {['3' - '3'] = S_IFCHR, ['4' - '3'] = S_IFBLK, ['6' - '3'] = S_IFIFO};
    char *target = u->link;
    switch (u->kind) {
    case '1':
        while (*target == '.' && target[1] == '/') target += 2;
        return linkat(u->root, target + (*target == '/'), u->parent, name, 0);
    case '2': return symlinkat(u->link, u->parent, name);
    case '5': return mkdirat(u->parent, name, u->mode | 0700);
    case '3': case '4': case '6':
        return mknodat(u->parent, name, devices[u->kind - '3'] | u->mode,
                       makedev(number(u->header + 329, 8), number(u->header + 337, 8)));
    default: return u->file = openat(u->parent, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, u->mode), u->file < 0 ? -1 : 0;
    }
}

static int is_whiteout(struct unpacker *u, const char *name) {
    if (strncmp(name, ".wh.", 4)) return 0;
    if (!strcmp(name, ".wh..wh..opq")) {
        int directory = u->parent_path[0] ? openat(u->root, u->parent_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : dup(u->root);
        // A file system that keeps no such attribute (tmpfs of old kernels) is no reason to stop.
        if (fsetxattr(directory, "trusted.overlay.opaque", "y", 1, 0) && errno != ENOTSUP) die(u->name);
        close(directory);
    } else if (strncmp(name, ".wh..wh.", 8) && mknodat(u->parent, name + 4, S_IFCHR, 0) && errno != EEXIST) die(u->name);
    return 1;
}

static void begin_entry(struct unpacker *u) {
    size_t length = strlen(u->name);
    while (length && u->name[length - 1] == '/') u->name[--length] = 0;
    if (!length || !strcmp(u->name, ".")) return;
    const char *name = enter_parent(u, u->name);
    if (is_whiteout(u, name)) return;
    if (make(u, name)) {
        if (errno == EEXIST && u->kind == '5') return;
        if (errno != EEXIST || unlinkat(u->parent, name, 0) || make(u, name)) die(u->name);
    }
    if (u->file >= 0) return;
    if (u->kind == '5') keep_directory(u);
    if (u->kind != '1') end_special(u, name);
}

static void read_pax(struct unpacker *u) {
    char *at = u->meta, *end = u->meta + u->size_of_meta;
    while (at < end) {
        char *text, *equals;
        size_t length = strtoul(at, &text, 10);
        if (!length || at + length > end || !(equals = memchr(text, '=', length))) break;
        char *value = equals + 1, *stop = at + length - 1;
        *equals = 0, *stop = 0;
        text++;
        if (!strcmp(text, "path")) snprintf(u->long_name, sizeof u->long_name, "%s", value);
        if (!strcmp(text, "linkpath")) snprintf(u->long_link, sizeof u->long_link, "%s", value);
        if (!strcmp(text, "size")) u->pax_size = strtoull(value, NULL, 10);
        if (!strcmp(text, "mtime")) {
            char *dot = strchr(value, '.'), digits[10] = "000000000";
            u->has_pax_time = 1;
            u->pax_time = (struct timespec){strtoll(value, NULL, 10), 0};
            if (dot) memcpy(digits, dot + 1, strnlen(dot + 1, 9)), u->pax_time.tv_nsec = strtol(digits, NULL, 10);
        }
        if (!strncmp(text, "SCHILY.xattr.", 13) && u->attribute_count < 8 && stop - value <= 512) {
            snprintf(u->attributes[u->attribute_count].name, 256, "%s", text + 13);
            memcpy(u->attributes[u->attribute_count].value, value, (size_t)(stop - value));
            u->attributes[u->attribute_count++].length = (size_t)(stop - value);
        }
        at += length;
    }
}

static void end_body(struct unpacker *u) {
    if (u->kind == 'L') snprintf(u->long_name, sizeof u->long_name, "%.*s", (int)u->size_of_meta, u->meta);
    if (u->kind == 'K') snprintf(u->long_link, sizeof u->long_link, "%.*s", (int)u->size_of_meta, u->meta);
    if (u->kind == 'x') read_pax(u);
    if (u->file >= 0) end_file(u);
    if (!strchr("LKxg", u->kind)) {
        u->long_name[0] = u->long_link[0] = 0;
        u->pax_size = 0, u->has_pax_time = u->attribute_count = 0;
    }
    free(u->meta);
    u->meta = NULL;
}

static void begin_header(struct unpacker *u) {
    const uint8_t *header = u->header;
    if (!header[0]) return;
    u->kind = header[156] == 0 || header[156] == '7' ? '0' : (char)header[156];
    u->left = u->pax_size && !strchr("LKxg", u->kind) ? u->pax_size : number(header + 124, 12);
    u->padding = (BLOCK - u->left % BLOCK) % BLOCK;
    if (strchr("LKxg", u->kind)) {
        u->meta = malloc(u->left + 1), u->size_of_meta = 0;
    } else {
        int has_prefix = !memcmp(header + 257, "ustar", 6) && header[345];
        if (u->long_name[0]) strcpy(u->name, u->long_name);
        else if (has_prefix) snprintf(u->name, sizeof u->name, "%.155s/%.100s", header + 345, header);
        else snprintf(u->name, sizeof u->name, "%.100s", header);
        if (u->long_link[0]) strcpy(u->link, u->long_link);
        else snprintf(u->link, sizeof u->link, "%.100s", header + 157);
        size_t skip = 0;
        while (u->name[skip] == '/' || (u->name[skip] == '.' && u->name[skip + 1] == '/')) skip++;
        memmove(u->name, u->name + skip, strlen(u->name + skip) + 1);
        u->mode = (mode_t)number(header + 100, 8) & 07777;
        u->uid = (uid_t)number(header + 108, 8), u->gid = (gid_t)number(header + 116, 8);
        u->time = u->has_pax_time ? u->pax_time : (struct timespec){(time_t)number(header + 136, 12), 0};
        begin_entry(u);
    }
    if (!u->left) end_body(u);
}

static void write_all(struct unpacker *u, const uint8_t *bytes, size_t count) {
    while (count) {
        ssize_t written = write(u->file, bytes, count);
        if (written < 0) die(u->name);
        bytes += written, count -= (size_t)written;
    }
}

void push(struct unpacker *u, const uint8_t *bytes, size_t count) {
    while (count) {
        size_t part;
        if (u->left) {
            part = count < u->left ? count : u->left;
            if (u->meta) memcpy(u->meta + u->size_of_meta, bytes, part), u->size_of_meta += part;
            else if (u->file >= 0) write_all(u, bytes, part);
            if (!(u->left -= part)) end_body(u);
        } else if (u->padding) {
            part = count < u->padding ? count : u->padding;
            u->padding -= part;
        } else {
            part = count < BLOCK - u->have ? count : BLOCK - u->have;
            memcpy(u->header + u->have, bytes, part);
            if ((u->have += part) == BLOCK) u->have = 0, begin_header(u);
        }
        bytes += part, count -= part;
    }
}

void open_unpacker(struct unpacker *u, int target, int place) {
    char name[16];
    snprintf(name, sizeof name, "%d", place);
    memset(u, 0, sizeof *u);
    u->parent = u->file = -1;
    if (mkdirat(target, name, 0755)) die(name);
    if ((u->root = openat(target, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) die(name);
}

// A directory's time is set when nothing more is made in it.
void close_unpacker(struct unpacker *u) {
    for (size_t at = 0; at < u->count; at++) {
        struct timespec times[2] = {u->directories[at].time, u->directories[at].time};
        if (utimensat(u->root, u->directories[at].path, times, AT_SYMLINK_NOFOLLOW)) die(u->directories[at].path);
        free(u->directories[at].path);
    }
    free(u->directories);
    if (u->parent >= 0 && u->parent != u->root) close(u->parent);
    close(u->root);
}
