/* loader.h - finding, checking and opening plugins. */
#pragma once

#include <assay/plugin.h>

#include "base/error.h"
#include "base/spelling.h"

/* ---- Manifests: what a plugin declares, as data --------------------------- */

enum { MANIFEST_INPUTS_MAX = 64 }; /* of one measure */

/* Strings and tables live as long as the plugin_set. Read-only. */
typedef struct {
    const char           *name;
    const char           *help;
    enum assay_type       type;
    bool                  required;
    const char *const    *choices; /* ASSAY_CHOICE: "cp|child protection", ended by NULL */
    const spelling_table *spellings; /* of the choices; NULL for other types */
} manifest_input;

typedef struct {
    const char     *name;
    const char     *help;
    const char     *unit;
    enum assay_type type; /* ASSAY_NUMBER or ASSAY_FLAG */
    double          standard;
    double          minimum;
    double          maximum;
} manifest_parameter;

typedef struct {
    const char               *name;
    const char               *help;
    const char               *unit;
    enum assay_type           result; /* ASSAY_NUMBER or ASSAY_FLAG */
    double                    minimum;
    double                    maximum;
    bool                      uses_calendar;
    const manifest_input     *inputs;
    size_t                    input_count;
    const manifest_parameter *parameters;
    size_t                    parameter_count;
} manifest_measure;

typedef struct {
    const char             *id;
    const char             *version;
    const char             *practice_area;
    const char             *summary;
    unsigned                abi;
    const char             *path;   /* of the manifest */
    const char             *binary; /* of the .so beside it */
    const manifest_measure *measures;
    size_t                  measure_count;
    const char             *refusal; /* why it will not be opened, with the remedy; NULL: fine */
} manifest;

/* The measure of that name, or NULL. */
const manifest_measure *manifest_find(const manifest *manifest, text name);

/* ---- The plugins that were found ------------------------------------------ */

typedef struct plugin_set plugin_set;

/* Reads the manifest of every plugin in `folders` (in this order; folders that are not there
 * are passed over); opens none. What is wrong with one plugin (a manifest at fault, an id
 * found twice, a file or folder that other users can write, an ABI out of range) is its
 * refusal, and the others stay usable. NULL only where memory is out. Free with
 * loader_free(), which closes what was opened. */
plugin_set     *loader_search(const char *const *folders, size_t count, error_list *errors);
void            loader_free(plugin_set *plugins);
size_t          loader_count(const plugin_set *plugins);
const manifest *loader_manifest(const plugin_set *plugins, size_t index);
/* The plugin of that id, refused or not, or NULL. */
const manifest *loader_find(const plugin_set *plugins, text id);

/* ---- Plugins that are open ------------------------------------------------ */

typedef struct plugin plugin;

/* Opens a plugin of the set, or gives it again where it is open: checks that the file is safe,
 * loads it, calls its entry, and holds its tables against the manifest. NULL and `errors`
 * filled where it is refused. Thread-safe. The set keeps it; there is nothing to free. */
plugin *loader_open(plugin_set *plugins, const manifest *manifest, error_list *errors);

/* Runs one measure (index in the manifest) on a batch: a batch goes out, a column comes back.
 * False where the plugin says that it failed. Checks what comes back: a status that is none,
 * a number out of the declared range or not finite becomes PLUGIN_ANSWER_INVALID for that record.
 * A required input that is missing or not applicable makes the result so. Thread-safe. */
bool plugin_run(const plugin *plugin, size_t measure, const struct assay_batch *batch,
                const struct assay_results *results);

/* In a results status: the plugin gave an answer that it did not declare. */
enum { PLUGIN_ANSWER_INVALID = 255 };

/* The text of the status ASSAY_FAULT + `fault`, or NULL where there is none. */
const char *plugin_fault_text(const plugin *plugin, size_t measure, unsigned fault);

/* The ABI versions that this host takes. */
enum { LOADER_OLDEST_ABI = 1, LOADER_NEWEST_ABI = ASSAY_ABI };
