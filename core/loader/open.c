/* open.c - a plugin from its file to a table that can be trusted to be what it says. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loader/agree.h"
#include "loader/elf.h"
#include "loader/isolated.h"
#include "loader/plugin_set.h"
#include "loader/safety.h"
#include "loader/worker.h"
#include "trust/trust.h"

typedef const struct assay_plugin *(*entry_function)(const struct assay_host *);

/* Version 1 of the ABI defines no service. */
static const void *no_service(const char *name)
{
    (void)name;
    return NULL;
}

static const struct assay_host host = {
    .struct_size = sizeof host,
    .oldest_abi = LOADER_OLDEST_ABI,
    .newest_abi = LOADER_NEWEST_ABI,
    .version = ASSAY_VERSION,
    .service = no_service,
};

/* "1", or "1 to 2". */
static void describe_range(char *out, size_t size)
{
    const unsigned oldest = LOADER_OLDEST_ABI;
    const unsigned newest = LOADER_NEWEST_ABI;
    if (oldest == newest)
        snprintf(out, size, "%u", newest);
    else
        snprintf(out, size, "%u to %u", oldest, newest);
}

void plugin_refuse_abi(const char *path, unsigned abi, error_list *errors)
{
    char range[32];
    describe_range(range, sizeof range);
    error_add(errors, FAULT_PLUGIN, path, 0, 0, "built for plugin ABI %u, this assay takes %s; %s",
              abi, range,
              abi > LOADER_NEWEST_ABI ? "update assay or rebuild the plugin"
                                      : "rebuild the plugin");
}

/* Calls the entry and checks the head of what it returns: the size and the ABI stand first
 * in every version, and nothing else is looked at before them. */
static const struct assay_plugin *enter(const library *loaded, const char *path, error_list *errors)
{
    void          *symbol = library_symbol(loaded, "assay_plugin_entry");
    entry_function entry;
    char           range[32];

    if (symbol == NULL) {
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "exports no assay_plugin_entry; define it with ASSAY_PLUGIN_EXPORT before it");
        return NULL;
    }
    memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from data to function */

    const struct assay_plugin *table = entry(&host);
    describe_range(range, sizeof range);
    if (table == NULL) {
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "refuses to work with this assay, which takes plugin ABI %s; ask whoever made "
                  "the plugin for one that fits",
                  range);
        return NULL;
    }
    if (table->struct_size < offsetof(struct assay_plugin, id)) {
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "its table is %u bytes, too short to say its ABI; rebuild the plugin",
                  table->struct_size);
        return NULL;
    }
    if (!manifest_abi_is_taken(table->abi)) {
        plugin_refuse_abi(path, table->abi, errors);
        return NULL;
    }
    if (table->struct_size < AGREE_PLUGIN_SIZE) {
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "its table is %u bytes, plugin ABI %u has %d; rebuild the plugin",
                  table->struct_size, table->abi, AGREE_PLUGIN_SIZE);
        return NULL;
    }
    return table;
}

static plugin *new_plugin(const manifest *declared)
{
    plugin *made = calloc(1, sizeof *made);

    if (made == NULL)
        return NULL;
    made->manifest = declared;
    made->binary = -1;
    pthread_mutex_init(&made->mutex, NULL); /* cannot fail with default attributes */
    return made;
}

static bool open_here(plugin *made, int binary, error_list *errors)
{
    made->library = library_open(binary, made->manifest->binary, errors);
    if (made->library != NULL)
        made->table = enter(made->library, made->manifest->binary, errors);
    return made->table != NULL && agree_check(made->manifest, made->table, errors);
}

plugin *plugin_open_binary(const manifest *declared, int binary, error_list *errors)
{
    plugin *made = new_plugin(declared);

    if (made == NULL) {
        close(binary);
        error_memory(errors);
        return NULL;
    }
    if (open_here(made, binary, errors))
        return made;
    plugin_close(made);
    return NULL;
}

static plugin *open_plugin(const plugin_set *plugins, const found_plugin *found,
                           error_list *errors)
{
    const manifest *declared = &found->manifest;
    const int sealed = plugin_trusted_bytes(plugins, declared, errors);

    if (sealed < 0)
        return NULL;
    if (plugins->isolation.mode == ISOLATION_OFF)
        return plugin_open_binary(declared, sealed, errors);

    plugin *made = new_plugin(declared);
    if (made == NULL) {
        close(sealed);
        error_memory(errors);
        return NULL;
    }
    made->isolation = &plugins->isolation;
    made->binary = sealed;
    made->source = found->source;
    made->source_size = found->source_size;
    if (isolated_open(made, errors))
        return made;
    plugin_close(made);
    return NULL;
}

void plugin_close(plugin *opened)
{
    if (opened == NULL)
        return;
    if (opened->library != NULL)
        library_close(opened->library);
    if (opened->binary >= 0)
        close(opened->binary);
    worker_end(opened->spare);
    free(opened->fault_texts);
    free(opened->first_faults);
    pthread_mutex_destroy(&opened->mutex);
    free(opened);
}

plugin *loader_open(plugin_set *plugins, const manifest *declared, error_list *errors)
{
    if (declared->refusal != NULL) {
        error_add(errors, FAULT_PLUGIN, declared->binary, 0, 0, "%s", declared->refusal);
        return NULL;
    }

    found_plugin *found = NULL;
    for (size_t p = 0; p < plugins->count && found == NULL; ++p)
        if (&plugins->found[p]->manifest == declared)
            found = plugins->found[p];
    if (found == NULL) {
        error_add(errors, FAULT_PLUGIN, declared->binary, 0, 0,
                  "the manifest is of another search; open it with the set that found it");
        return NULL;
    }

    pthread_mutex_lock(&plugins->mutex);
    if (found->open == NULL)
        found->open = open_plugin(plugins, found, errors);
    plugin *opened = found->open;
    pthread_mutex_unlock(&plugins->mutex);
    return opened;
}

const plugin *loader_opened(plugin_set *plugins, size_t index)
{
    pthread_mutex_lock(&plugins->mutex);
    const plugin *opened = plugins->found[index]->open;
    pthread_mutex_unlock(&plugins->mutex);
    return opened;
}
