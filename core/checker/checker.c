/* checker.c - every test on one plugin, one after another. */
#include "checker/checker.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "checker/process.h"

/* In the order in which an author wants to know: what stops a plugin from being used at all, then
 * what harms others, then what is wrong with an answer. */
static const check_test *const tests[] = {
    &check_manifest,       &check_exports,      &check_services,   &check_longer_host,
    &check_newer_host,     &check_older_host,   &check_answers,    &check_bounds,
    &check_inputs_kept,    &check_empty,        &check_one_record, &check_all_missing,
    &check_not_applicable, &check_required,     &check_extremes,   &check_parameters,
    &check_twice,          &check_rubbish,      &check_halves,     &check_shuffled,
    &check_one_by_one,     &check_threads,      &check_locale,     &check_time_zone,
    &check_folder,         &check_system_calls, &check_allocation, &check_leaks,
    &check_threads_left,   &check_random,       &check_time,
};

enum { TESTS = sizeof tests / sizeof *tests };

static const char ending[] = ".so";

/* ---- The plugin ------------------------------------------------------------------- */

/* The id that a file's name stands for, as a text within it. Empty where it is no plugin's. */
static text id_of(const char *file)
{
    const char  *slash = strrchr(file, '/');
    const char  *name = slash != NULL ? slash + 1 : file;
    const size_t size = strlen(name);
    const size_t tail = strlen(ending);

    if (size <= tail || strcmp(name + size - tail, ending) != 0)
        return (text){name, 0};
    return (text){name, size - tail};
}

/* Reads the manifests of the file's folder; runs nothing. What is wrong with others is no matter,
 * and what is wrong with this one is its refusal. */
static bool find_plugin(check_report *report, const char *file, error_list *errors)
{
    const text  id = id_of(file);
    struct stat status;
    error_list  ignored = {0};

    if (id.size == 0) {
        error_add(errors, FAULT_USAGE, file, 0, 0,
                  "is not the name of a plugin's file; give the path of its .so");
        return false;
    }
    if (stat(file, &status) != 0) {
        error_add(errors, FAULT_INPUT, file, 0, 0, "cannot be read: %s; give the path of a plugin",
                  strerror(errno));
        return false;
    }
    char *folder = id.at == file ? strdup(".") : strndup(file, (size_t)(id.at - file));
    if (folder != NULL)
        report->plugins = loader_search((const char *const *)&folder, 1, &ignored);
    free(folder);
    error_clear(&ignored);
    if (report->plugins == NULL)
        return error_memory(errors);
    report->declared = loader_find(report->plugins, id);
    if (report->declared == NULL)
        error_add(errors, FAULT_INPUT, file, 0, 0,
                  "its folder cannot be read; look at its permissions");
    return report->declared != NULL;
}

/* ---- The tests --------------------------------------------------------------------- */

static unsigned since(const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned)((now.tv_sec - begun->tv_sec) * 1000 +
                      (now.tv_nsec - begun->tv_nsec) / 1000000);
}

/* Once more after a crash or a hang, to find the record: if that goes well, the first word
 * stands. */
static void hunt(const check_test *test, checking *at, unsigned limit, uint64_t seed,
                 check_result *result)
{
    check_result found = *result;
    uint64_t     ignored;

    at->hunting = true;
    at->seed = seed;
    const process_end end = process_run(test, at, limit, &found, &ignored);
    if ((end == PROCESS_CRASHED || end == PROCESS_HUNG) && found.detail != NULL) {
        free((char *)result->detail);
        *result = found;
    } else if (end != PROCESS_NOT_RUN) {
        free((char *)found.detail);
    }
}

/* False where the system gives no process, or memory is out. */
static bool run_one(check_report *report, const check_test *test, process_end *end)
{
    checking        at = {.plugins = report->plugins,
                          .declared = report->declared,
                          .seed = report->options.seed,
                          .seconds = report->options.seconds};
    const unsigned  limit = report->options.limit + (test->timed ? report->options.seconds : 0);
    check_result   *result = &report->results[report->count];
    struct timespec begun;
    uint64_t        seed;

    *result = (check_result){.name = test->name, .rule = test->rule};
    clock_gettime(CLOCK_MONOTONIC, &begun);
    *end = process_run(test, &at, limit, result, &seed);
    if ((*end == PROCESS_CRASHED || *end == PROCESS_HUNG) && test->runs && test->opens)
        hunt(test, &at, limit, seed, result);
    result->milliseconds = since(&begun);
    return *end != PROCESS_NOT_RUN && result->detail != NULL;
}

static bool skip_one(check_report *report, const check_test *test, const char *why)
{
    char *detail = strdup(why);
    report->results[report->count] = (check_result){
        .name = test->name, .rule = test->rule, .outcome = CHECK_SKIPPED, .detail = detail};
    return detail != NULL;
}

/* A plugin that the loader refused unopened: its reason is that of the first test. */
static bool refuse(check_report *report)
{
    char *detail = strdup(report->declared->refusal);
    report->results[0] = (check_result){
        .name = tests[0]->name, .rule = tests[0]->rule, .outcome = CHECK_FAILED, .detail = detail};
    return detail != NULL;
}

static bool run_all(check_report *report, error_list *errors)
{
    const char *skipping = NULL; /* why the rest is not run */

    for (size_t t = 0; t < TESTS; ++t) {
        process_end end = PROCESS_ANSWERED;
        errno = 0;
        const bool done = skipping != NULL ? skip_one(report, tests[t], skipping)
                          : t == 0 && report->declared->refusal != NULL
                              ? refuse(report)
                              : run_one(report, tests[t], &end);
        if (!done) {
            error_add(errors, FAULT_MEMORY, NULL, 0, 0,
                      "the test \"%s\" cannot be run: %s; close other programs", tests[t]->name,
                      errno != 0 ? strerror(errno) : "no memory left");
            return false;
        }
        const check_outcome outcome = report->results[report->count++].outcome;
        ++report->tally[outcome];
        if (t == 0 && outcome == CHECK_FAILED)
            skipping = "the plugin cannot be opened: see manifest";
        else if (end == PROCESS_HUNG && tests[t]->runs)
            skipping = "not run, because a measure does not end: see the failure above";
    }
    return true;
}

check_report *checker_run(const char *file, const check_options *options, error_list *errors)
{
    check_report *report = calloc(1, sizeof *report);
    if (report != NULL)
        report->results = calloc(TESTS, sizeof *report->results);
    if (report == NULL || report->results == NULL) {
        free(report);
        error_memory(errors);
        return NULL;
    }
    report->options = *options;
    if (find_plugin(report, file, errors) && run_all(report, errors))
        return report;
    checker_free(report);
    return NULL;
}

void checker_free(check_report *report)
{
    if (report == NULL)
        return;
    for (size_t r = 0; r < TESTS; ++r)
        free((char *)report->results[r].detail);
    free(report->results);
    loader_free(report->plugins);
    free(report);
}
