#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int cl_listen_local(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening == -1) return -1;
    if (bind(listening, (struct sockaddr *)&address, sizeof address) == 0 && listen(listening, 1) == 0) return listening;
    int code = errno;
    close(listening);
    errno = code;
    return -1;
}

int cl_receive_descriptor(int listening) {
    int connection = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
    if (connection == -1) return -1;
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    char text[4096];
    struct iovec part = {.iov_base = text, .iov_len = sizeof text};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes,
    };
    ssize_t count;
    do count = recvmsg(connection, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    while (count == -1 && errno == EINTR);
    int code = errno, received = -1;
    struct cmsghdr *header = count == -1 ? NULL : CMSG_FIRSTHDR(&message);
    if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
        header->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(&received, CMSG_DATA(header), sizeof(int));
    close(connection);
    errno = count == -1 ? code : EPROTO;
    return received;
}
