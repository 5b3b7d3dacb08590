#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the database keeps beside a file while it is in use. */
static const char *const endings[] = {"", "-wal", "-shm", "-journal"};

enum { ENDINGS = sizeof endings / sizeof endings[0] };

/* ---- For the owner alone ------------------------------------------------------------ */

static bool tighten_all(const char *path, error_list *errors)
{
    for (size_t e = 0; e < ENDINGS; e++) {
        char       *name = NULL;
        struct stat status;
        if (asprintf(&name, "%s%s", path, endings[e]) < 0)
            return error_memory(errors);
        const bool open = lstat(name, &status) == 0 && S_ISREG(status.st_mode) &&
                          (status.st_mode & (S_IRWXG | S_IRWXO));
        const bool closed = !open || chmod(name, S_IRUSR | S_IWUSR) == 0;
        free(name);
        if (!closed) {
            error_add(
                errors, FAULT_INPUT, path, 0, 0,
                "other users can read it, and that could not be ended (%s); keep it where its "
                "permissions can be 0600",
                strerror(errno));
            return false;
        }
    }
    return true;
}

bool file_is_ours(const char *path, error_list *errors)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        if (errno == ENOENT)
            error_add(errors, FAULT_INPUT, path, 0, 0,
                      "there is no store; make one with assay store init, or name it with --store");
        else
            error_add(errors, FAULT_INPUT, path, 0, 0, "cannot be opened: %s", strerror(errno));
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        error_add(errors, FAULT_INPUT, path, 0, 0, "is not a file; name the file of a store");
        return false;
    }
    if (status.st_uid != geteuid()) {
        error_add(errors, FAULT_INPUT, path, 0, 0,
                  "belongs to another user; a store is for its owner alone");
        return false;
    }
    return true;
}

bool file_tighten(const char *path, error_list *errors)
{
    struct stat status;

    if (stat(path, &status) != 0 || !(status.st_mode & (S_IRWXG | S_IRWXO)))
        return true; /* what is not there is told by who opens it */
    if (!tighten_all(path, errors))
        return false;
    error_add(errors, FAULT_NOTICE, path, 0, 0,
              "other users could read it; it is for its owner alone now (0600)");
    return true;
}

/* ---- Names ---------------------------------------------------------------------------- */

/* Makes every folder of the path that is not there. */
static bool make_folders(const char *path, error_list *errors)
{
    for (size_t size = 1; path[0] && path[size]; size++) {
        if (path[size] != '/')
            continue;
        char *folder = strndup(path, size);
        if (!folder)
            return error_memory(errors);
        const bool made = mkdir(folder, S_IRWXU) == 0 || errno == EEXIST;
        if (!made)
            error_add(errors, FAULT_OUTPUT, folder, 0, 0, "the folder cannot be made: %s",
                      strerror(errno));
        free(folder);
        if (!made)
            return false;
    }
    return true;
}

char *file_beside(const char *path, error_list *errors)
{
    char *name = NULL;

    if (!*path) {
        error_add(errors, FAULT_USAGE, NULL, 0, 0, "the file has no name; name it");
        return NULL;
    }
    if (!make_folders(path, errors))
        return NULL;
    if (asprintf(&name, "%s.new-XXXXXX", path) < 0) {
        error_memory(errors);
        return NULL;
    }
    const int file = mkostemp(name, O_CLOEXEC); /* 0600, whatever the umask */
    if (file >= 0 && close(file) == 0)
        return name;
    error_add(errors, FAULT_OUTPUT, path, 0, 0, "cannot be written: %s", strerror(errno));
    free(name);
    return NULL;
}

/* The folder's own entry is on the disk too. */
static bool sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    const int  handle = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    const bool synced = handle >= 0 && fsync(handle) == 0;

    if (handle >= 0)
        close(handle);
    free(folder);
    return synced;
}

bool file_settle(const char *temporary, const char *path, bool replace, error_list *errors)
{
    const int named = replace ? rename(temporary, path) : link(temporary, path);

    if (named != 0 && errno == EEXIST) {
        error_add(errors, FAULT_USAGE, path, 0, 0,
                  "there is a file already; name another, or move it away first");
        return false;
    }
    if (named != 0 || !sync_folder(path)) {
        error_add(errors, FAULT_OUTPUT, path, 0, 0, "cannot be written: %s", strerror(errno));
        return false;
    }
    if (!replace)
        unlink(temporary);
    return true;
}

bool file_move(const char *path, const char *to, error_list *errors)
{
    for (size_t e = 0; e < ENDINGS; e++) {
        char *from_name = NULL, *to_name = NULL;
        bool  moved = asprintf(&from_name, "%s%s", path, endings[e]) >= 0 &&
                     asprintf(&to_name, "%s%s", to, endings[e]) >= 0;
        if (!moved)
            error_memory(errors);
        else if (renameat2(AT_FDCWD, from_name, AT_FDCWD, to_name, RENAME_NOREPLACE) != 0 &&
                 (e == 0 || errno != ENOENT)) {
            error_add(errors, FAULT_OUTPUT, path, 0, 0, "cannot be moved to %s: %s", to_name,
                      strerror(errno));
            moved = false;
        }
        free(from_name);
        free(to_name);
        if (!moved)
            return false;
    }
    return true;
}

void file_remove(const char *path)
{
    for (size_t e = 0; e < ENDINGS; e++) {
        char *name = NULL;
        if (asprintf(&name, "%s%s", path, endings[e]) < 0)
            return;
        unlink(name);
        free(name);
    }
}
