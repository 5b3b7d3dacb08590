/* manifest_read.h - a manifest from bytes. Private to the loader. */
#pragma once

#include "base/arena.h"
#include "base/ini.h"
#include "loader/loader.h"

/* What a manifest owns. Start with {0}; freed by manifest_release(). */
typedef struct {
    arena            arena;
    spelling_table **tables; /* of the choices */
    size_t           table_count;
    size_t           table_capacity;
} manifest_memory;

/* Reads the manifest in `bytes`, which messages call `path`, for the plugin in the file `id`.so.
 * False where it has any fault; all of them are in `errors`. `out` has what could be read, and no
 * string in it is NULL; id, path and binary are the caller's. A manifest for an ABI
 * that this host does not take is read no further than [plugin], and is no fault here. */
bool manifest_read(manifest *out, manifest_memory *memory, const char *path, const char *id,
                   const char *bytes, size_t size, error_list *errors);
void manifest_release(manifest_memory *memory);

/* True for an ABI version that this host takes. */
bool manifest_abi_is_taken(unsigned abi);
