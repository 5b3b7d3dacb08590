/* sealed.c - a plugin's bytes, from a file that is safe into memory that nobody can change. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loader/elf.h"
#include "loader/plugin_set.h"
#include "loader/safety.h"

/* The folder of a file, in memory that the caller frees; NULL where memory is out. */
static char *folder_of(const char *path)
{
    const size_t size = (size_t)(safety_file_name(path) - path);
    char        *folder = size > 0 ? strndup(path, size) : strdup(".");
    if (folder != NULL && size > 1)
        folder[size - 1] = '\0'; /* the slash, but for that of the root */
    return folder;
}

/* The descriptor of the plugin's file, which is safe; -1 with a fault. */
static int open_file(const char *path, error_list *errors)
{
    char *name = folder_of(path);
    if (name == NULL) {
        error_memory(errors);
        return -1;
    }
    int       file = -1;
    const int folder = safety_open_folder(name);
    if (folder < 0) {
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "the folder %s cannot be read: %s; look at its permissions", name,
                  strerror(errno));
    } else {
        if (safety_check_folder(folder, name, path, errors))
            file = safety_open_file(folder, path, "the plugin", errors);
        close(folder);
    }
    free(name);
    return file;
}

int loader_seal(const manifest *declared, uint8_t hash[TRUST_HASH_SIZE], error_list *errors)
{
    if (declared->refusal != NULL) {
        error_add(errors, FAULT_PLUGIN, declared->binary, 0, 0, "%s", declared->refusal);
        return -1;
    }
    const int file = open_file(declared->binary, errors);
    if (file < 0)
        return -1;
    const int sealed = trust_seal(file, declared->binary, hash, errors);
    close(file);
    if (sealed >= 0 && !elf_check(sealed, declared->binary, errors)) {
        close(sealed);
        return -1;
    }
    return sealed;
}

void loader_use_lock(plugin_set *plugins, const trust_lock *lock)
{
    plugins->lock = lock;
}

int plugin_trusted_bytes(const plugin_set *plugins, const manifest *declared, error_list *errors)
{
    uint8_t   hash[TRUST_HASH_SIZE];
    const int sealed = loader_seal(declared, hash, errors);

    if (sealed >= 0 && plugins->lock != NULL &&
        !trust_lock_allows_plugin(plugins->lock, declared->id, declared->version, hash, sealed,
                                  declared->binary, errors)) {
        close(sealed);
        return -1;
    }
    return sealed;
}
