/* plugin_set.h - what search.c finds, open.c opens and run.c runs. Private to the loader. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "loader/library.h"
#include "loader/manifest_read.h"

/* What a plugin's runners share, whichever thread they run on. */
typedef struct {
    atomic_uint  replaced; /* workers that crashed or hung */
    atomic_uint  hung;
    atomic_ulong answered; /* records that came back */
} plugin_record;

/* An open plugin. Read-only once open, but for `record` and `spare`. */
struct plugin {
    const manifest            *manifest;
    const isolation_settings  *isolation;
    int                        binary; /* the bytes that were checked, sealed; -1: none */
    const char                *source; /* the manifest's bytes */
    size_t                     source_size;
    library                   *library; /* in this process */
    const struct assay_plugin *table;   /* likewise; agrees with the manifest, entry by entry */
    char                      *fault_texts;  /* of an isolated one: each measure's, then "" */
    const char               **first_faults; /* [measure]: in fault_texts */
    unsigned                   protections;  /* WORKER_ bits that hold */
    unsigned                   landlock;
    plugin_record              record;
    pthread_mutex_t            mutex;
    struct worker             *spare; /* started to open the plugin; guarded by the mutex */
    pthread_t                  spare_owner;
};

/* One AREA.so in a folder, with its manifest. */
typedef struct {
    manifest        manifest;
    manifest_memory memory;
    const char     *source; /* the manifest's bytes */
    size_t          source_size;
    plugin         *open; /* NULL until it is opened; guarded by the set's mutex */
} found_plugin;

struct plugin_set {
    pthread_mutex_t mutex;
    const trust_lock *lock; /* NULL: any plugin may be opened */
    isolation_settings isolation;
    found_plugin  **found; /* each stays where it is: manifests are known by their address */
    size_t          count;
    size_t          capacity;
};

/* Opens the plugin whose bytes are in `binary`, in this process: loads it, calls its entry and holds
 * its tables against the manifest. Takes the descriptor over. NULL with faults in `errors`. */
plugin *plugin_open_binary(const manifest *declared, int binary, error_list *errors);

/* The bytes of a plugin that is safe, can be a plugin, and is allowed by the set's lock: sealed, to be
 * loaded from this descriptor alone. -1 with a fault. */
int plugin_trusted_bytes(const plugin_set *plugins, const manifest *declared, error_list *errors);

/* Closes a plugin; takes NULL. */
void plugin_close(plugin *plugin);

/* Adds the fault of an ABI that this host does not take, with the cure. */
void plugin_refuse_abi(const char *path, unsigned abi, error_list *errors);
