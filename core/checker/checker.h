/* checker.h - whether a plugin keeps the rules of assay/plugin.h: what its author runs to be told
 * that they are done. */
#pragma once

#include "base/error.h"
#include "loader/loader.h"
#include "writing/buffer.h"

typedef enum { CHECK_PASSED, CHECK_FAILED, CHECK_SKIPPED } check_outcome;

/* What became of one test. */
typedef struct {
    const char   *name; /* "bounds" */
    const char   *rule; /* "it reads and writes nothing beyond its arrays" */
    check_outcome outcome;
    const char   *detail; /* why it failed or was skipped; of one that passed, what it has to say
                             or "". Lines are separated by '\n' */
    unsigned      milliseconds;
} check_result;

typedef struct {
    uint64_t seed;    /* of the made records: the same seed makes the same ones */
    unsigned seconds; /* how long random columns are tried; one round at least */
    unsigned limit;   /* seconds that any other test may take */
} check_options;

/* Of one plugin. */
typedef struct {
    plugin_set     *plugins; /* those of the plugin's folder */
    const manifest *declared;
    check_options   options;
    check_result   *results;
    size_t          count;
    size_t          tally[CHECK_SKIPPED + 1]; /* how many results have each outcome */
} check_report;

/* Runs every test on the plugin in `file`, each in a process of its own: the plugin's code never
 * runs in this one. NULL with faults in `errors` where there is no such file or memory is out; a
 * plugin that cannot be opened is a failed test. Forks, so it is to be called where no
 * other thread of the process holds a lock for long. Free with checker_free(). */
check_report *checker_run(const char *file, const check_options *options, error_list *errors);
void          checker_free(check_report *report);

/* Writes the report as "text", "json" or "junit"; checker_knows() tells whether a name is one of
 * these. */
bool checker_knows(const char *format);
void checker_write(const check_report *report, const char *format, buffer *out);
