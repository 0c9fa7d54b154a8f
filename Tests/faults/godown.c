/* godown: stops a file system as a power cut would. Nothing of it reaches the disk any more, every call fails with EIO until it is
 * unmounted; mounted again it is what the disk had.
 *
 *   godown MOUNTPOINT            ext4 or xfs; what is in memory of the journal is lost as well
 *   godown --flush MOUNTPOINT    the journal is written first
 *
 * cc -O2 -o godown godown.c
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

/* Source: linux/fs/xfs/libxfs/xfs_fs.h, XFS_IOC_GOINGDOWN; ext4 took number and flags over. */
#define GOING_DOWN _IOR('X', 125, uint32_t)
enum { LOG_FLUSH = 1, NO_LOG_FLUSH = 2 };

int main(int argument_count, char **arguments) {
    int is_flushing = argument_count == 3 && !strcmp(arguments[1], "--flush");
    if (argument_count != 2 + is_flushing) {
        fputs("usage: godown [--flush] MOUNTPOINT\n", stderr);
        return 2;
    }
    const char *path = arguments[argument_count - 1];
    uint32_t how = is_flushing ? LOG_FLUSH : NO_LOG_FLUSH;
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || ioctl(descriptor, GOING_DOWN, &how)) {
        perror(path);
        return 1;
    }
    return 0;
}
