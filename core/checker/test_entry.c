/* test_entry.c - the file, its manifest and its entry. */
#include "checker/checking.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "checker/region.h"
#include "checker/symbols.h"

static const char entry_name[] = "assay_plugin_entry";

/* ---- The manifest ---------------------------------------------------------------- */

static bool manifest_agrees(checking *at)
{
    error_list errors = {0};
    bool       opened = loader_open(at->plugins, at->declared, &errors) != NULL;

    if (!opened)
        check_fail_with(at, &errors);
    error_clear(&errors);
    return opened;
}

const check_test check_manifest = {
    .name = "manifest",
    .rule = "it opens, and its manifest and its binary say the same",
    .whole = manifest_agrees,
};

/* ---- Exports --------------------------------------------------------------------- */

/* Names with two underscores in front are the compiler's: its tools put them there. */
static bool take_symbol(void *user, const char *name)
{
    checking *at = user;

    if (strcmp(name, entry_name) == 0 || strncmp(name, "__", 2) == 0)
        return true;
    return check_fail(
        at, "it exports \"%s\" too; make it static, or build with -fvisibility=hidden", name);
}

static bool exports_entry_alone(checking *at)
{
    if (!symbols_exported(at->declared->binary, take_symbol, at))
        return check_skip(at, "the file has no section with its dynamic symbols; do not strip it "
                              "with sstrip");
    return at->outcome == CHECK_PASSED;
}

const check_test check_exports = {
    .name = "exports",
    .rule = "it exports assay_plugin_entry and nothing else",
    .whole = exports_entry_alone,
};

/* ---- Hosts ----------------------------------------------------------------------- */

enum { BEHIND = 64 }; /* bytes of a later version, behind the host's table */

static char asked[80]; /* the last service that the entry asked for */

static const void *remember_service(const char *name)
{
    if (name != NULL)
        strncpy(asked, name, sizeof asked - 1);
    return NULL;
}

/* Opens the plugin with a host whose table ends at a guard: who reads more than its struct_size
 * says is found out. */
static bool open_with(checking *at, uint32_t oldest, uint32_t newest, size_t behind,
                      subject *opened)
{
    error_list errors = {0};
    region     table;

    if (!region_make(&table, sizeof(struct assay_host) + behind, PLACE_BEFORE_GUARD,
                     "the host's table", ""))
        return check_no_memory(at);

    struct assay_host *host = (struct assay_host *)(void *)table.at;
    *host = *subject_host();
    host->struct_size = (uint32_t)table.size;
    host->oldest_abi = oldest;
    host->newest_abi = newest;
    host->service = remember_service;
    region_lock(&table);
    incident_watch(&table, 1);
    const bool loaded = subject_open(opened, at->declared->binary, host, &errors);
    if (!loaded)
        check_fail_with(at, &errors);
    incident_watch(NULL, 0);
    error_clear(&errors);
    /* The host stays valid until the plugin is closed, which is at the end of this process. */
    return loaded;
}

static bool works_without_services(checking *at)
{
    subject opened;

    if (!open_with(at, LOADER_OLDEST_ABI, LOADER_NEWEST_ABI, 0, &opened))
        return false;
    if (opened.table == NULL)
        return check_fail(at,
                          "its entry refuses a host that has no service%s%s%s; do without, for no "
                          "host of ABI %u has any",
                          asked[0] != '\0' ? " \"" : "", asked, asked[0] != '\0' ? "\"" : "",
                          ASSAY_ABI);
    subject_close(&opened);
    return true;
}

const check_test check_services = {
    .name = "services",
    .rule = "it works where the host has none of the services it asks for",
    .whole = works_without_services,
};

static bool works_with_longer_host(checking *at)
{
    subject opened;

    if (!open_with(at, LOADER_OLDEST_ABI, LOADER_NEWEST_ABI + 1, BEHIND, &opened))
        return false;
    if (opened.table == NULL)
        return check_fail(at,
                          "its entry refuses a later host, which takes ABI %u to %u and whose "
                          "table has %d bytes more; compare ranges, and struct_size with >=",
                          LOADER_OLDEST_ABI, LOADER_NEWEST_ABI + 1, BEHIND);
    subject_close(&opened);
    return true;
}

const check_test check_longer_host = {
    .name = "longer_host",
    .rule = "it works where the host's table is longer and its range of ABIs goes further",
    .whole = works_with_longer_host,
};

/* NULL, or a table that says how long it is. */
static bool answers_host(checking *at, uint32_t oldest, uint32_t newest)
{
    subject opened;

    if (!open_with(at, oldest, newest, 0, &opened))
        return false;
    if (opened.table != NULL && opened.table->struct_size < offsetof(struct assay_plugin, id))
        return check_fail(at,
                          "for a host of ABI %u to %u its entry returns a table of %u bytes; "
                          "return NULL to refuse",
                          oldest, newest, opened.table->struct_size);
    subject_close(&opened);
    return true;
}

static bool answers_newer_host(checking *at)
{
    return answers_host(at, LOADER_NEWEST_ABI + 1, UINT32_MAX);
}

static bool answers_older_host(checking *at)
{
    return answers_host(at, 0, LOADER_OLDEST_ABI - 1);
}

const check_test check_newer_host = {
    .name = "newer_host",
    .rule = "it refuses or takes a host of later ABIs alone, and does not crash",
    .whole = answers_newer_host,
};

const check_test check_older_host = {
    .name = "older_host",
    .rule = "it refuses or takes a host of earlier ABIs alone, and does not crash",
    .whole = answers_older_host,
};
