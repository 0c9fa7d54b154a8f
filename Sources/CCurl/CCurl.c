// libcurl is loaded when the first request is made, and not with the program: it brings a score of libraries, which cost the start of every
// command milliseconds, and hardly a command asks a plugin.

#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#define FUNCTIONS(F)        \
    F(curl_easy_cleanup)    \
    F(curl_easy_getinfo)    \
    F(curl_easy_init)       \
    F(curl_easy_perform)    \
    F(curl_easy_setopt)     \
    F(curl_easy_strerror)   \
    F(curl_global_init)     \
    F(curl_slist_append)    \
    F(curl_slist_free_all)

#if LIBCURL_VERSION_NUM >= 0x075500
#define CURLOPT_PROTOCOLS_BY_NAME
#endif

// The header checks what is given to these by macros of the same names.
#undef curl_easy_setopt
#undef curl_easy_getinfo

#define SLOT(NAME) __typeof__(&NAME) NAME;
static struct {
    FUNCTIONS(SLOT)
} bound;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *load_error;

const int ccurl_ok = CURLE_OK;
const int ccurl_cannot_connect = CURLE_COULDNT_CONNECT;
const int ccurl_timed_out = CURLE_OPERATION_TIMEDOUT;
const int ccurl_sink_refused = CURLE_WRITE_ERROR;
const int ccurl_not_loaded = -1;

static void load(void) {
    // 4 since curl 7.16. It stays loaded.
    void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
    if (library == NULL) {
        load_error = dlerror();
        return;
    }
#define BIND(NAME) \
    if ((*(void **)&bound.NAME = dlsym(library, #NAME)) == NULL) load_error = "it has no function " #NAME;
    FUNCTIONS(BIND)
    // Nothing of TLS: what is spoken here is HTTP over sockets of the host.
    if (load_error == NULL && bound.curl_global_init(CURL_GLOBAL_NOTHING) != CURLE_OK) load_error = "it cannot be set up";
}

struct answer {
    ccurl_sink sink;
    void *context;
};

static size_t take(char *bytes, size_t size, size_t count, void *context) {
    const struct answer *answer = context;
    return answer->sink(answer->context, bytes, size * count);
}

static struct curl_slist *headers(const struct ccurl_request *request) {
    static const char *const forms[] = {"Accept: %s", "Content-Type: %s"};
    struct curl_slist *list = NULL;
    char line[256];
    for (size_t place = 0; place < sizeof forms / sizeof *forms; place++) {
        snprintf(line, sizeof line, forms[place], request->media_type);
        struct curl_slist *longer = bound.curl_slist_append(list, line);
        if (longer == NULL) break;
        list = longer;
    }
    // A server that knows nothing of "100 Continue" would be waited for.
    struct curl_slist *longer = bound.curl_slist_append(list, "Expect:");
    return longer != NULL ? longer : list;
}

int ccurl_post(const struct ccurl_request *request, ccurl_sink sink, void *context, long *status, char *message) {
    message[0] = '\0';
    *status = 0;
    if (pthread_once(&once, load) != 0 || load_error != NULL) {
        snprintf(message, CCURL_MESSAGE_BYTE_COUNT, "libcurl cannot be loaded (%s)", load_error != NULL ? load_error : "");
        return ccurl_not_loaded;
    }
    CURL *curl = bound.curl_easy_init();
    if (curl == NULL) {
        snprintf(message, CCURL_MESSAGE_BYTE_COUNT, "out of memory");
        return CURLE_OUT_OF_MEMORY;
    }
    struct curl_slist *list = headers(request);
    struct answer answer = {sink, context};
    CURLcode code = CURLE_OK;
    // The first that fails ends it: a request without one of its fences is none.
#define SET(OPTION, VALUE) \
    if (code == CURLE_OK) code = bound.curl_easy_setopt(curl, OPTION, VALUE)
    SET(CURLOPT_ERRORBUFFER, message);
    SET(CURLOPT_URL, request->url);
    SET(CURLOPT_UNIX_SOCKET_PATH, request->socket_path);
#ifdef CURLOPT_PROTOCOLS_BY_NAME
    SET(CURLOPT_PROTOCOLS_STR, "http");
#else
    SET(CURLOPT_PROTOCOLS, (long)CURLPROTO_HTTP);
#endif
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_CONNECTTIMEOUT_MS, request->connect_milliseconds);
    SET(CURLOPT_TIMEOUT_MS, request->milliseconds);
    SET(CURLOPT_HTTPHEADER, list);
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_byte_count);
    SET(CURLOPT_COPYPOSTFIELDS, (const char *)request->body);
    SET(CURLOPT_WRITEFUNCTION, take);
    SET(CURLOPT_WRITEDATA, &answer);
    if (code == CURLE_OK) code = bound.curl_easy_perform(curl);
    if (code == CURLE_OK) code = bound.curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    if (code != CURLE_OK && message[0] == '\0') {
        snprintf(message, CCURL_MESSAGE_BYTE_COUNT, "%s", bound.curl_easy_strerror(code));
    }
    bound.curl_easy_cleanup(curl);
    bound.curl_slist_free_all(list);
    return code;
}
