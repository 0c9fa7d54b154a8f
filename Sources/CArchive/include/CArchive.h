#ifndef CARCHIVE_H
#define CARCHIVE_H

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

// Loads libarchive if that is still to be done; whether it could be says the next function.
void carchive_load(void);

// Why libarchive cannot be loaded; NULL as long as that was not tried, or when it could.
const char *carchive_load_error(void);

// libarchive ends the process ("No memory") when a name cannot be converted for the locale while errno says ENOMEM, and a name that
// ends within a character leaves errno as it was: it may be from any call before. Hence both calls begin with a clean one.

static inline int carchive_read_next_header(struct archive *archive, struct archive_entry **entry) {
    errno = 0;
    return archive_read_next_header(archive, entry);
}

static inline int carchive_write_header(struct archive *archive, struct archive_entry *entry) {
    errno = 0;
    return archive_write_header(archive, entry);
}

#endif
