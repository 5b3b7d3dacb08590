/* safety.c - files that no other user can have changed. */
#include "loader/safety.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *safety_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* Group writing counts as others': an access list shows there too, and who is in a group
 * is more than a file can tell. */
static bool is_ours(const struct stat *status, const char *path, const char *what,
                    const char *plugin, error_list *errors)
{
    if (status->st_uid != 0 && status->st_uid != geteuid()) {
        error_add(errors, FAULT_PLUGIN, plugin, 0, 0,
                  "%s %s belongs to another user (%lu); if you trust it, run: chown %lu %s", what,
                  path, (unsigned long)status->st_uid, (unsigned long)geteuid(), path);
        return false;
    }
    if ((status->st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        error_add(errors, FAULT_PLUGIN, plugin, 0, 0,
                  "%s %s can be written by other users; if you trust it, run: chmod go-w %s", what,
                  path, path);
        return false;
    }
    return true;
}

int safety_open_folder(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

bool safety_check_folder(int folder, const char *path, const char *plugin, error_list *errors)
{
    struct stat status;
    if (fstat(folder, &status) != 0) {
        error_add(errors, FAULT_PLUGIN, plugin, 0, 0,
                  "the folder %s cannot be read: %s; look at its permissions", path,
                  strerror(errno));
        return false;
    }
    return is_ours(&status, path, "the folder", plugin, errors);
}

/* O_NONBLOCK: opening a FIFO that nobody writes would wait for ever. */
int safety_open_file(int folder, const char *path, const char *what, error_list *errors)
{
    const int file = openat(folder, safety_file_name(path),
                            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0) {
        if (errno == ELOOP)
            error_add(errors, FAULT_PLUGIN, path, 0, 0,
                      "%s is a link; put the file itself into the folder", what);
        else
            error_add(errors, FAULT_PLUGIN, path, 0, 0,
                      "%s cannot be read: %s; look at its permissions", what, strerror(errno));
        return -1;
    }

    struct stat status;
    bool        safe = false;
    if (fstat(file, &status) != 0)
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "%s cannot be read: %s; look at its permissions", what, strerror(errno));
    else if (!S_ISREG(status.st_mode))
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "%s is not a regular file; remove it from the folder", what);
    else
        safe = is_ours(&status, path, what, path, errors);
    if (safe)
        return file;
    close(file);
    return -1;
}
