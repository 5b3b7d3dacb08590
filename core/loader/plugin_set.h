/* plugin_set.h - what search.c finds, open.c opens and run.c runs. Private to the loader. */
#pragma once

#include <pthread.h>

#include "loader/library.h"
#include "loader/manifest_read.h"

/* An open plugin. Read-only once open; so that it can live elsewhere than in this process,
 * nothing but open.c and run.c looks at `table`. */
struct plugin {
    const manifest            *manifest;
    library                   *library;
    const struct assay_plugin *table; /* agrees with the manifest, entry by entry */
};

/* One AREA.so in a folder, with its manifest. */
typedef struct {
    manifest        manifest;
    manifest_memory memory;
    plugin         *open; /* NULL until it is opened; guarded by the set's mutex */
} found_plugin;

struct plugin_set {
    pthread_mutex_t mutex;
    found_plugin  **found; /* each stays where it is: manifests are known by their address */
    size_t          count;
    size_t          capacity;
};

/* Closes a plugin; takes NULL. */
void plugin_close(plugin *plugin);

/* Adds the fault of an ABI that this host does not take, with the cure. */
void plugin_refuse_abi(const char *path, unsigned abi, error_list *errors);
