#include "CISAL.h"

#include <isa-l/igzip_lib.h>
#include <stdlib.h>

const int CISAL_IN_PROGRESS = 0;
const int CISAL_MEMBER_END = 1;
const int CISAL_INVALID_HEADER = ISAL_INVALID_WRAPPER;
const int CISAL_UNSUPPORTED_METHOD = ISAL_UNSUPPORTED_METHOD;
const int CISAL_INCORRECT_CHECKSUM = ISAL_INCORRECT_CHECKSUM;

struct cisal_inflate {
    struct inflate_state state;
    // Kept from call to call: isal_inflate forgets between two inputs what it has read of a header, and then reads the rest wrong.
    struct isal_gzip_header header;
};

static void expect_header(cisal_inflate *decoder) {
    decoder->state.crc_flag = ISAL_GZIP;
    isal_gzip_header_init(&decoder->header);
}

cisal_inflate *cisal_inflate_create(void) {
    cisal_inflate *decoder = malloc(sizeof *decoder);
    if (decoder == NULL) return NULL;
    isal_inflate_init(&decoder->state);
    expect_header(decoder);
    return decoder;
}

void cisal_inflate_free(cisal_inflate *decoder) { free(decoder); }

void cisal_inflate_restart(cisal_inflate *decoder) {
    isal_inflate_reset(&decoder->state);
    expect_header(decoder);
}

// isa-l counts in 32 bits.
static uint32_t clamped(size_t count) { return count > 1u << 30 ? 1u << 30 : (uint32_t)count; }

int cisal_inflate_step(cisal_inflate *decoder, const void *input, size_t input_count, size_t *consumed,
                       void *output, size_t output_capacity, size_t *produced) {
    struct inflate_state *state = &decoder->state;
    const uint32_t available = clamped(input_count), room = clamped(output_capacity);
    state->next_in = (uint8_t *)(uintptr_t)input;
    state->avail_in = available;
    state->next_out = output;
    state->avail_out = room;
    int status = state->wrapper_flag ? ISAL_DECOMP_OK : isal_read_gzip_header(state, &decoder->header);
    if (status == ISAL_DECOMP_OK) status = isal_inflate(state);
    *consumed = available - state->avail_in;
    *produced = room - state->avail_out;
    if (status < 0) return status;
    return state->block_state == ISAL_BLOCK_FINISH ? CISAL_MEMBER_END : CISAL_IN_PROGRESS;
}
