/* library.c - a shared object, loaded from a descriptor.
 *
 * dlopen() takes names, not descriptors, so the name is /proc/self/fd/N: what was checked is what
 * is loaded. But the dynamic linker knows what is loaded by name first, and hands it out
 * again without a look at the file. So N must not come to mean another file while the linker
 * may still know the name: a file is loaded once in a process however often it is opened, and
 * its descriptor stays open until the linker has let go of it. */
#include "loader/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_SIZE = 40 }; /* "/proc/self/fd/" and an int */

struct library {
    library *next;
    int      file;
    dev_t    device;
    ino_t    number;
    void    *handle; /* NULL where nobody uses it and the linker kept it all the same */
    size_t   users;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static library        *loaded; /* guarded by the lock */

static void name_of(int file, char name[NAME_SIZE])
{
    snprintf(name, NAME_SIZE, "/proc/self/fd/%d", file);
}

/* What the dynamic linker says went wrong, without the name that means nothing to a reader. */
static void report(const char *name, const char *path, error_list *errors)
{
    const char *said = dlerror();
    if (said == NULL)
        said = "no reason given";
    if (strncmp(said, name, strlen(name)) == 0 && strncmp(said + strlen(name), ": ", 2) == 0)
        said += strlen(name) + 2;
    error_add(errors, FAULT_PLUGIN, path, 0, 0,
              "cannot be loaded: %s; rebuild the plugin on this system", said);
}

static library *find(const struct stat *status)
{
    library *at = loaded;
    while (at != NULL && (at->device != status->st_dev || at->number != status->st_ino))
        at = at->next;
    return at;
}

library *library_open(int file, const char *path, error_list *errors)
{
    char        name[NAME_SIZE];
    struct stat status;
    library    *opened = NULL;

    pthread_mutex_lock(&lock);
    if (fstat(file, &status) == 0)
        opened = find(&status);
    if (opened != NULL) {
        close(file);
    } else {
        opened = calloc(1, sizeof *opened);
        if (opened == NULL) {
            close(file);
            error_memory(errors);
            goto done;
        }
        *opened = (library){loaded, file, status.st_dev, status.st_ino, NULL, 0};
        loaded = opened;
    }

    name_of(opened->file, name);
    if (opened->handle == NULL)
        opened->handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (opened->handle == NULL) {
        report(name, path, errors);
        loaded = opened->next;
        close(opened->file);
        free(opened);
        opened = NULL;
        goto done;
    }
    ++opened->users;
done:
    pthread_mutex_unlock(&lock);
    return opened;
}

/* True where the linker has let go of the name: some libraries are never unloaded. */
static bool is_gone(const library *opened)
{
    char name[NAME_SIZE];
    name_of(opened->file, name);
    void *kept = dlopen(name, RTLD_NOLOAD | RTLD_NOW);
    if (kept != NULL)
        dlclose(kept);
    return kept == NULL;
}

void library_close(library *opened)
{
    pthread_mutex_lock(&lock);
    if (--opened->users == 0) {
        dlclose(opened->handle);
        opened->handle = NULL;
        if (is_gone(opened)) {
            struct library **at = &loaded;
            while (*at != opened)
                at = &(*at)->next;
            *at = opened->next;
            close(opened->file);
            free(opened);
        }
    }
    pthread_mutex_unlock(&lock);
}

void *library_symbol(const library *opened, const char *name)
{
    return dlsym(opened->handle, name);
}
