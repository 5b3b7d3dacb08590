/* runner.c - batches to a plugin, in this process or in a worker, and what to do when it crashes. */
#include "loader/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* When a plugin is given up: it has answered for no record at all, or so many records have ended
 * their worker that a run would never end. */
enum { TRIES_WITHOUT_ANSWER = 8, TRIES_HUNG = 60, TRIES = 4000 };

plugin_runner *plugin_runner_new(plugin *opened)
{
    plugin_runner *made = calloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    made->plugin = opened;
    pthread_mutex_lock(&opened->mutex);
    /* a worker dies with the thread that started it (worker/sandbox.c) */
    if (opened->spare != NULL && pthread_equal(opened->spare_owner, pthread_self())) {
        made->worker = opened->spare;
        opened->spare = NULL;
    }
    pthread_mutex_unlock(&opened->mutex);
    return made;
}

static void forget_why(plugin_runner *runner)
{
    for (size_t r = 0; r < runner->room; r++) {
        free(runner->why[r]);
        runner->why[r] = NULL;
    }
}

void plugin_runner_free(plugin_runner *runner)
{
    if (runner == NULL)
        return;
    worker_end(runner->worker);
    forget_why(runner);
    free(runner->why);
    free(runner);
}

bool plugin_runner_lacks_system(const plugin_runner *runner)
{
    return runner->system_failed;
}

const char *plugin_runner_why(const plugin_runner *runner, size_t record)
{
    if (runner->stopped[0] != '\0')
        return runner->stopped;
    return record < runner->room && runner->why[record] != NULL ? runner->why[record]
                                                                : "out of memory";
}

/* ---- Workers come and go ----------------------------------------------------------- */

static plugin_outcome stop(plugin_runner *runner, const char *why)
{
    snprintf(runner->stopped, sizeof runner->stopped, "plugin %s: %s",
             runner->plugin->manifest->id, why);
    return PLUGIN_STOPPED;
}

static bool ensure_worker(plugin_runner *runner)
{
    error_list errors = {0};

    if (runner->worker == NULL) {
        runner->worker = worker_start(runner->plugin, &errors);
        if (runner->worker == NULL) {
            stop(runner, errors.count > 0 ? errors.items[errors.count - 1].text
                                          : "out of memory");
            runner->system_failed = error_exit_status(&errors) == 3 || errors.count == 0;
        }
        error_clear(&errors);
    }
    return runner->worker != NULL;
}

/* Whether one more worker may be tried, after a record has ended one. */
static bool may_try_again(plugin_runner *runner, turn_end end)
{
    plugin_record *record = &runner->plugin->record;
    const unsigned replaced = atomic_fetch_add(&record->replaced, 1) + 1;
    const unsigned hung = atomic_fetch_add(&record->hung, end == TURN_HUNG) + (end == TURN_HUNG);
    char why[160];

    if (replaced < TRIES && hung < TRIES_HUNG &&
        (replaced < TRIES_WITHOUT_ANSWER || atomic_load(&record->answered) > 0))
        return true;
    snprintf(why, sizeof why,
             "it crashed or hung %u times and was stopped; ask whoever made the plugin", replaced);
    stop(runner, why);
    return false;
}

/* ---- Finding the record at fault ------------------------------------------------------ */

/* One record takes a small part of what a batch of hundreds may. */
static unsigned limit_of_one(const plugin_runner *runner)
{
    const unsigned limit = runner->plugin->isolation->time_limit / 4;
    return limit > 0 ? limit : 1;
}

static void blame(plugin_runner *runner, const plugin_call *calls, size_t call, size_t record,
                  turn_end end)
{
    const manifest *declared = runner->plugin->manifest;
    char how[80];

    if (end == TURN_HUNG)
        snprintf(how, sizeof how, "no answer within %u ms", limit_of_one(runner));
    else
        worker_death(runner->worker, how, sizeof how);
    if (asprintf(&runner->why[record], "plugin %s: %s in measure %s", declared->id, how,
                 declared->measures[calls[call].measure].name) < 0)
        runner->why[record] = NULL;
}

/* Makes the worker begin behind what the last one was at. */
static void resume(plugin_runner *runner, const plugin_call *calls, size_t count, size_t call,
                   size_t record)
{
    worker_memory *memory = worker_shared(runner->worker);
    const uint32_t records = calls[0].batch.count;
    char *skip = (char *)memory + runner->skip;

    for (size_t r = 0; r < records; r++)
        skip[r] = runner->why[r] != NULL;
    memory->one_by_one = 1;
    memory->first_call = (uint32_t)call;
    memory->first_record = (uint32_t)record;
    /* a call whose records are through begins the next */
    if (record >= records && call + 1 < count) {
        memory->first_call = (uint32_t)call + 1;
        memory->first_record = 0;
    }
}

/* Runs the calls record by record: a worker that ends says by its progress which record it was. The
 * answers so far are taken before it is replaced. */
static plugin_outcome run_one_by_one(plugin_runner *runner, plugin_call *calls, size_t count)
{
    const size_t records = calls[0].batch.count;
    const worker_progress bounds = {(uint32_t)count, (uint32_t)records};
    size_t call = 0, record = 0;

    for (;;) {
        if (!ensure_worker(runner))
            return PLUGIN_STOPPED;
        if (!shared_put(runner, calls, count)) /* with the answers so far */
            return stop(runner, "the batch is too large for its worker");
        resume(runner, calls, count, call, record);
        const turn_end end = worker_run(runner->worker, limit_of_one(runner), &bounds);
        const worker_progress at = worker_at(runner->worker);
        const size_t at_call = at.call, at_record = at.record;

        shared_take(runner, calls, count);
        if (end == TURN_DONE)
            return PLUGIN_RAN;
        /* never back: or a plugin that writes over its progress would be run for ever */
        if (at_call >= count || at_record >= records || at_call < call ||
            (at_call == call && at_record < record) || runner->why[at_record] != NULL)
            return stop(runner, "it wrote over memory that is not its own");
        blame(runner, calls, at_call, at_record, end);
        if (at_call != call || at_record != record)
            atomic_fetch_add(&runner->plugin->record.answered, 1);
        call = at_call;
        record = at_record + 1;
        worker_end(runner->worker);
        runner->worker = NULL;
        if (!may_try_again(runner, end))
            return PLUGIN_STOPPED;
    }
}

/* ---- A batch ---------------------------------------------------------------------------- */

static bool make_room(plugin_runner *runner, size_t records)
{
    forget_why(runner);
    if (records <= runner->room)
        return true;
    char **why = realloc(runner->why, records * sizeof *why);
    if (why == NULL)
        return false;
    memset(why, 0, records * sizeof *why);
    runner->why = why;
    runner->room = records;
    return true;
}

static plugin_outcome run_isolated(plugin_runner *runner, plugin_call *calls, size_t count)
{
    const uint32_t records = calls[0].batch.count;

    if (!ensure_worker(runner))
        return PLUGIN_STOPPED;
    if (!shared_put(runner, calls, count))
        return stop(runner, "the batch is too large for its worker");
    const turn_end end =
        worker_run(runner->worker, runner->plugin->isolation->time_limit, NULL);
    if (end == TURN_DONE) {
        shared_take(runner, calls, count);
        atomic_fetch_add(&runner->plugin->record.answered, records);
        return PLUGIN_RAN;
    }
    worker_end(runner->worker);
    runner->worker = NULL;
    return run_one_by_one(runner, calls, count);
}

/* A record on which one measure failed has no answer of the others either. */
static void mark_failed(const plugin_runner *runner, plugin_call *calls, size_t count)
{
    for (size_t r = 0; r < calls[0].batch.count; r++)
        for (size_t c = 0; runner->why[r] != NULL && c < count; c++)
            calls[c].results.status[r] = PLUGIN_RECORD_FAILED;
}

plugin_outcome plugin_run(plugin_runner *runner, plugin_call *calls, size_t count)
{
    const plugin *opened = runner->plugin;
    plugin_outcome outcome = PLUGIN_RAN;

    if (runner->stopped[0] != '\0')
        return PLUGIN_STOPPED;
    if (count == 0)
        return PLUGIN_RAN;
    if (!make_room(runner, calls[0].batch.count))
        return PLUGIN_NO_MEMORY;
    for (size_t c = 0; c < count; c++) {
        run_clear(opened, &calls[c]);
        calls[c].failed = false;
    }
    for (size_t c = 0; opened->table != NULL && c < count; c++)
        calls[c].failed = !run_in_process(opened, &calls[c]);
    for (size_t c = 0; opened->table == NULL && outcome == PLUGIN_RAN && c < count;
         c += WORKER_CALLS_MAX)
        outcome = run_isolated(runner, calls + c,
                               count - c < WORKER_CALLS_MAX ? count - c : WORKER_CALLS_MAX);
    for (size_t c = 0; outcome == PLUGIN_RAN && c < count; c++)
        run_check(opened, &calls[c]);
    if (outcome == PLUGIN_RAN && opened->table == NULL)
        mark_failed(runner, calls, count);
    return outcome;
}
