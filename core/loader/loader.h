/* loader.h - finding, checking and opening plugins. */
#pragma once

#include <assay/plugin.h>

#include "base/error.h"
#include "base/spelling.h"
#include "trust/trust.h"

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

/* ---- Trust ---------------------------------------------------------------- */

/* From now on only plugins that the lock allows are opened; NULL, as at first: any. The lock must
 * outlive the set. Before loader_open(). */
void loader_use_lock(plugin_set *plugins, const trust_lock *lock);

/* The bytes of a plugin's file, once the file is safe and can be a plugin at all: sealed
 * (trust_seal()), with their hash, and not loaded. A descriptor for the caller to close, or -1 with a
 * fault. Thread-safe. */
int loader_seal(const manifest *manifest, uint8_t hash[TRUST_HASH_SIZE], error_list *errors);

/* ---- Isolation ------------------------------------------------------------ */

typedef enum {
    ISOLATION_OFF,    /* in this process: for debugging a plugin of one's own */
    ISOLATION_ON,     /* each plugin in worker processes, with all the protection there is */
    ISOLATION_REQUIRE /* likewise, and refused where any protection is lacking */
} isolation_mode;

typedef struct {
    isolation_mode mode;
    const char    *program;    /* assay-worker; outlives the set */
    unsigned       time_limit; /* milliseconds that a batch may take */
} isolation_settings;

enum { ISOLATION_TIME_LIMIT = 10000 };

/* How the plugins of the set will run; ISOLATION_OFF before it is called. Before loader_open(). */
void loader_isolate(plugin_set *plugins, const isolation_settings *settings);

/* ---- Plugins that are open ------------------------------------------------ */

typedef struct plugin plugin;

/* Opens a plugin of the set, or gives it again where it is open: checks that the file is safe,
 * reads it once, loads what was read, calls its entry, and holds its tables against the manifest;
 * all but the first two in a worker process where plugins are isolated. NULL and `errors`
 * filled where it is refused. Thread-safe. The set keeps it; there is nothing to free. */
plugin *loader_open(plugin_set *plugins, const manifest *manifest, error_list *errors);

/* The plugin of loader_manifest(plugins, index) where it is open, else NULL. Thread-safe. */
const plugin *loader_opened(plugin_set *plugins, size_t index);

/* What was really applied to the plugin's worker, in words: "seccomp, Landlock 7, ..."; or that it
 * runs in the program's own process. */
void plugin_isolation(const plugin *plugin, char *out, size_t size);

/* The text of ASSAY_FAULT + k, or NULL where there is none. */
const char *plugin_fault_text(const plugin *plugin, size_t measure, unsigned fault);

/* Bytes of one value of a column of that type (enum assay_type); of one date of a list. */
size_t plugin_value_size(enum assay_type type);

/* ---- Running measures ------------------------------------------------------- */

/* One measure (index in the manifest) to run on a batch: a batch goes out, a column comes back. */
typedef struct {
    size_t               measure;
    struct assay_batch   batch; /* every call of a run has the same count */
    struct assay_results results;
    bool                 failed; /* set by plugin_run(): the measure says that it failed as a
                                    whole; the results mean nothing */
} plugin_call;

/* In a results status. */
enum {
    PLUGIN_RECORD_FAILED = 254, /* the plugin crashed or hung on this record */
    PLUGIN_ANSWER_INVALID = 255 /* it gave an answer that it did not declare */
};

/* One thread's way to a plugin: its worker process. */
typedef struct plugin_runner plugin_runner;

/* NULL where memory is out. The plugin must outlive it. Takes NULL to free. */
plugin_runner *plugin_runner_new(plugin *plugin);
void           plugin_runner_free(plugin_runner *runner);

typedef enum {
    PLUGIN_RAN,
    PLUGIN_STOPPED,  /* it failed too often, or cannot be started again: plugin_runner_why() */
    PLUGIN_NO_MEMORY
} plugin_outcome;

/* Runs the calls. Where the plugin crashes or hangs, its worker is replaced, the record at fault is
 * found and gets PLUGIN_RECORD_FAILED, and all others get their answers. Answers are
 * checked: a status that is none, a number out of the declared range or not finite
 * becomes PLUGIN_ANSWER_INVALID. A required input that is missing or not applicable makes the
 * result so. Runners of one plugin may run at the same time. */
plugin_outcome plugin_run(plugin_runner *runner, plugin_call *calls, size_t count);

/* After PLUGIN_STOPPED: true where the system would not give it a process, which is no fault of the
 * plugin's. */
bool plugin_runner_lacks_system(const plugin_runner *runner);

/* After PLUGIN_STOPPED: why; else why `record` of the last batch has PLUGIN_RECORD_FAILED: "signal 11
 * in measure plans.drift". Valid until the next plugin_run(). */
const char *plugin_runner_why(const plugin_runner *runner, size_t record);

/* The ABI versions that this host takes. */
enum { LOADER_OLDEST_ABI = 1, LOADER_NEWEST_ABI = ASSAY_ABI };
