#pragma once
#include <stddef.h>
#include <stdint.h>

// A gzip decoder. The state of isa-l is 90 KiB of tables; it stays behind this handle so that Swift never copies it.
typedef struct cisal_inflate cisal_inflate;

// What cisal_inflate_step returns besides the negative errors below.
extern const int CISAL_IN_PROGRESS;
extern const int CISAL_MEMBER_END;

extern const int CISAL_INVALID_HEADER;
extern const int CISAL_UNSUPPORTED_METHOD;
extern const int CISAL_INCORRECT_CHECKSUM;

// Gives a decoder that stands before the header of a member, or NULL when memory is short.
cisal_inflate *cisal_inflate_create(void);
void cisal_inflate_free(cisal_inflate *decoder);

// Makes the decoder stand before the header of another member.
void cisal_inflate_restart(cisal_inflate *decoder);

// Decodes from `input` to `output`, as far as both reach; the checksum and the length in the trailer are verified.
int cisal_inflate_step(cisal_inflate *decoder, const void *input, size_t input_count, size_t *consumed,
                       void *output, size_t output_capacity, size_t *produced);
