#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

// A POST over a socket of the host; texts end with a NUL.
struct ccurl_request {
    const char *socket_path;
    const char *url;
    // Stands in Accept and Content-Type.
    const char *media_type;
    const void *body;
    size_t body_byte_count;
    // For the connection, and for all of it.
    long connect_milliseconds;
    long milliseconds;
};

// Takes bytes of the answer's body; returns how many, anything else ends the request.
typedef size_t (*ccurl_sink)(void *context, const void *bytes, size_t count);

enum { CCURL_MESSAGE_BYTE_COUNT = 256 };

// libcurl's codes that are told apart.
extern const int ccurl_ok;
extern const int ccurl_cannot_connect;
extern const int ccurl_timed_out;
extern const int ccurl_sink_refused;
// It is not libcurl's: that cannot be loaded.
extern const int ccurl_not_loaded;

// Sends it; returns libcurl's code, with the answer's status where there is one and the reason in `message` where that is not `ccurl_ok`.
int ccurl_post(const struct ccurl_request *request, ccurl_sink sink, void *context, long *status, char *message);

#endif
