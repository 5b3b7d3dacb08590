/* checking.h - what one test has to work with. Private to this room. */
#pragma once

#include "checker/checker.h"
#include "checker/incident.h"
#include "checker/subject.h"

/* In the process of the test. */
typedef struct {
    plugin_set     *plugins;
    const manifest *declared;
    subject         subject; /* open where the test wants that */
    incident       *incident;
    int             verdict; /* the pipe that the outcome is written to */
    uint64_t        seed;    /* of the records under way */
    unsigned        seconds;
    bool            hunting; /* the test crashed before: run each record alone first, so that the
                                one at fault is known */
    check_outcome   outcome; /* CHECK_PASSED until said otherwise */
    buffer          detail;
} checking;

/* One test. Either runs once, or for each measure until one is false. Both return false where
 * they said that the test failed or is skipped. */
typedef struct {
    const char *name;
    const char *rule;
    bool (*whole)(checking *at);
    bool (*each)(checking *at, size_t measure);
    bool opens; /* the plugin is opened first, with the usual host */
    bool runs;  /* it runs measures: of no use where one does not end */
    bool timed; /* it may take the seconds of the options beside its limit */
} check_test;

extern const check_test check_manifest, check_exports, check_services, check_longer_host,
    check_newer_host, check_older_host;
extern const check_test check_bounds, check_inputs_kept, check_empty, check_random;
extern const check_test check_answers, check_required, check_extremes, check_all_missing,
    check_not_applicable, check_one_record, check_parameters;
extern const check_test check_twice, check_rubbish, check_halves, check_shuffled, check_one_by_one,
    check_threads, check_locale, check_time_zone, check_folder;
extern const check_test check_system_calls, check_allocation, check_leaks, check_threads_left,
    check_time;

/* How many records the tests make of each measure. */
enum { CHECK_RECORDS = 96 };

/* Say what became of the test; `format` as of printf(). Return false. */
bool check_fail(checking *at, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool check_skip(checking *at, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool check_no_memory(checking *at);

/* A failure with all of the faults, a line each. Returns false. */
bool check_fail_with(checking *at, const error_list *errors);

/* The measure as its manifest declares it, and as it is built. */
const manifest_measure     *check_declared(const checking *at, size_t measure);
const struct assay_measure *check_built(const checking *at, size_t measure);

/* The seed of a measure's records: another one for each. */
uint64_t check_seed(const checking *at, size_t measure);

/* Under AddressSanitizer or ThreadSanitizer: memory is not the C library's. */
bool check_is_sanitized(void);
/* Under ThreadSanitizer: it has threads of its own. */
bool check_has_own_threads(void);
