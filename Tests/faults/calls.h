/* Which system calls crashpoint counts, and what each is made on. */
#ifndef CALLS_H
#define CALLS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* What a call does; -w names sets of these. */
enum call_class {
    CALL_CHANGE = 1, /* alters a file system, or waits until the disk has it */
    CALL_OPEN = 2,   /* opens what is there; what makes a file is both */
    CALL_READ = 4,   /* reads bytes */
    CALL_LOOK = 8,   /* reads attributes, names, link targets */
    CALL_LOCK = 16,  /* waits for a lock */
};

/* Where the arguments say what a call is made on. */
enum call_place { AT_DESCRIPTOR, AT_PATH, AT_DIRECTORY_AND_PATH };

struct call {
    long number;
    const char *name;
    unsigned classes;
    enum call_place place;
    int argument; /* of the descriptor or the path; a path beside a directory is the next one */
    int length;   /* the argument that counts bytes; -1 for none */
};

/* The call that a thread is about to make, or NULL for one that is never counted. Writes to `path` what it is made on, absolute. */
const struct call *find_call(pid_t thread, uint64_t number, const uint64_t *arguments, char *path, size_t size);

/* The numbers of the calls that can be of these classes; at most `limit` of them. Returns how many. */
size_t list_calls(unsigned classes, unsigned *numbers, size_t limit);

/* The set that "change,open,read,look,lock" names; 0 for words that are none. */
unsigned parse_classes(const char *words);

#endif
