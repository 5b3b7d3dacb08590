/* folder.c - the INI files of a folder, in the same order on every file system. */
#define _POSIX_C_SOURCE 200809L

#include "rubric/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char ending[] = ".ini";
static const char gates[] = ".gates.ini"; /* of a baseline, which may be kept beside its rubric */

/* "folder/name" in memory that the caller frees, or NULL. An empty name gives the folder. */
static char *join(const char *folder, const char *name)
{
    const size_t size = strlen(folder) + strlen(name) + 2;
    const bool   slash = *name != '\0' && *folder != '\0' && folder[strlen(folder) - 1] != '/';
    char        *path = malloc(size);

    if (path != NULL)
        snprintf(path, size, "%s%s%s", folder, slash ? "/" : "", name);
    return path;
}

static bool is_ini(const char *name)
{
    const size_t size = strlen(name);
    const size_t end = sizeof ending - 1, other = sizeof gates - 1;

    return name[0] != '.' && size > end && strcmp(name + size - end, ending) == 0 &&
           !(size > other && strcmp(name + size - other, gates) == 0);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Keeps `path`, which is freed with the list. */
static bool keep(folder_files *out, char *path)
{
    if (out->count == out->capacity) {
        const size_t capacity = out->capacity * 2 + 16;
        char       **paths = realloc(out->paths, capacity * sizeof *paths);
        if (paths == NULL)
            return false;
        out->paths = paths;
        out->capacity = capacity;
    }
    out->paths[out->count++] = path;
    return true;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool cannot_read(const char *path, error_list *errors)
{
    error_add(errors, FAULT_RUBRIC, path, 0, 0,
              "the folder cannot be read: %s; check the path and who may read it", strerror(errno));
    return false;
}

static bool list_open(folder_files *out, DIR *listing, const char *path, error_list *errors)
{
    errno = 0;
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL; errno = 0) {
        if (!is_ini(entry->d_name))
            continue;
        char *file = join(path, entry->d_name);
        if (file == NULL)
            return error_memory(errors);
        if (is_folder(file)) {
            free(file);
        } else if (!keep(out, file)) {
            free(file);
            return error_memory(errors);
        }
    }
    return errno == 0 || cannot_read(path, errors);
}

bool folder_list(folder_files *out, const char *folder, const char *inner, error_list *errors)
{
    char *path = join(folder, inner);
    if (path == NULL)
        return error_memory(errors);
    DIR *listing = opendir(path);
    bool listed = true;
    if (listing != NULL) {
        listed = list_open(out, listing, path, errors);
        closedir(listing);
    } else if (errno != ENOENT) {
        listed = cannot_read(path, errors);
    }
    free(path);
    if (listed && out->count > 0)
        qsort(out->paths, out->count, sizeof *out->paths, compare_paths);
    return listed;
}

void folder_clear(folder_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        free(files->paths[i]);
    free(files->paths);
    *files = (folder_files){0};
}
