/* An input, graded by all cores: each worker takes a chunk, grades and renders it, and hands it on
 * when its turn in input order comes. */
#include <stdlib.h>
#include <unistd.h>

#include "grading/batch.h"

typedef struct {
    grade_plan       plan;
    const grade_sink *sink;
    pthread_mutex_t  lock; /* guards all below */
    pthread_cond_t   turned;
    uint64_t         turn; /* the sequence of the chunk that is delivered next */
    bool             failed;
    grade_totals     totals;
    error_list       errors;
} grade_run;

enum { THREADS_MAX = 256, CHUNK_WORTH_A_THREAD = 64 << 10 };

static void add_totals(grade_totals *totals, const grade_totals *more)
{
    totals->rows += more->rows;
    totals->graded += more->graded;
    totals->insufficient += more->insufficient;
    totals->rejected += more->rejected;
}

static grade_totals count_statuses(const graded_batch *batch)
{
    grade_totals totals = {.rows = batch->count};

    for (size_t i = 0; i < batch->count; i++) {
        totals.graded += batch->status[i] == STATUS_GRADED;
        totals.insufficient += batch->status[i] == STATUS_INSUFFICIENT;
        totals.rejected += batch->status[i] == STATUS_REJECTED;
    }
    return totals;
}

static void fail(grade_run *run)
{
    pthread_mutex_lock(&run->lock);
    run->failed = true;
    pthread_cond_broadcast(&run->turned);
    pthread_mutex_unlock(&run->lock);
}

/* Waits for the turn of chunk `sequence`. False where the run has failed meanwhile. */
static bool await_turn(grade_run *run, uint64_t sequence)
{
    pthread_mutex_lock(&run->lock);
    while (run->turn != sequence && !run->failed)
        pthread_cond_wait(&run->turned, &run->lock);
    const bool ours = !run->failed;
    pthread_mutex_unlock(&run->lock);
    return ours;
}

static void end_turn(grade_run *run, const grade_totals *more)
{
    pthread_mutex_lock(&run->lock);
    add_totals(&run->totals, more);
    run->turn++;
    pthread_cond_broadcast(&run->turned);
    pthread_mutex_unlock(&run->lock);
}

/* Grades and hands on the chunk that the worker holds. */
static bool work_on_chunk(grade_run *run, batch_work *work, error_list *errors)
{
    const grade_sink *sink = run->sink;
    graded_batch batch;
    void *rendered = NULL;

    if (!batch_grade(work, &batch))
        return error_memory(errors);
    const grade_totals totals = count_statuses(&batch);
    if (sink->render) {
        rendered = sink->render(sink->user, &batch);
        if (!rendered)
            return error_memory(errors);
    }
    if (!await_turn(run, work->chunk->sequence)) {
        if (rendered && sink->discard)
            sink->discard(sink->user, rendered);
        return false;
    }
    if (sink->deliver && !sink->deliver(sink->user, rendered, errors))
        return false;
    end_turn(run, &totals);
    return true;
}

static void keep_errors(grade_run *run, error_list *errors)
{
    pthread_mutex_lock(&run->lock);
    error_append(&run->errors, errors);
    pthread_mutex_unlock(&run->lock);
    error_clear(errors);
}

/* What one thread does until the input ends. `started` (may be NULL) is called once the
 * first chunk turns out to be worth more threads. */
static void work_through(grade_run *run, void (*start_others)(void *), void *others)
{
    batch_work work = {0};
    error_list errors = {0};
    records_state state = RECORDS_FAILED;

    if (batch_init(&work, &run->plan, &errors))
        while ((state = records_next(run->plan.records, work.chunk, &errors)) == RECORDS_MORE) {
            if (start_others && work.chunk->size >= CHUNK_WORTH_A_THREAD) {
                start_others(others);
                start_others = NULL;
            }
            if (!work_on_chunk(run, &work, &errors)) {
                state = RECORDS_FAILED;
                break;
            }
        }
    if (state == RECORDS_FAILED)
        fail(run);
    batch_free(&work);
    keep_errors(run, &errors);
}

typedef struct {
    grade_run *run;
    pthread_t  threads[THREADS_MAX];
    size_t     wanted;
    size_t     started;
} worker_threads;

static void *worker(void *run)
{
    work_through(run, NULL, NULL);
    return NULL;
}

/* A thread that cannot be started is one core less, not a failure. */
static void start_threads(void *user)
{
    worker_threads *all = user;
    while (all->started < all->wanted &&
           pthread_create(&all->threads[all->started], NULL, worker, all->run) == 0)
        all->started++;
}

static size_t threads_wanted(const grade_options *options)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t wanted = options->threads ? options->threads : processors > 0 ? (size_t)processors : 1;

    return wanted < THREADS_MAX ? wanted : THREADS_MAX;
}

static void tell(const grade_run *run, error_list *errors)
{
    const uint64_t line = records_windows_1252_line(run->plan.records);

    error_append(errors, &run->errors);
    error_append(errors, &run->plan.errors);
    if (line)
        error_add(errors, FAULT_NOTICE, records_name(run->plan.records), line, 0,
                  "some cells are not UTF-8 and were read as Windows-1252; save the file as "
                  "\"CSV UTF-8\" to be sure of every letter");
}

bool grade_input(records *input, const grade_options *options, const grade_sink *sink,
                 grade_totals *totals, error_list *errors)
{
    grade_run run = {.sink = sink};
    worker_threads others = {.run = &run, .wanted = threads_wanted(options) - 1};

    if (!plan_make(&run.plan, input, options, errors)) {
        plan_free(&run.plan);
        return false;
    }
    pthread_mutex_init(&run.lock, NULL); /* neither can fail with default attributes */
    pthread_cond_init(&run.turned, NULL);

    work_through(&run, start_threads, &others);
    for (size_t t = 0; t < others.started; t++)
        pthread_join(others.threads[t], NULL);

    tell(&run, errors);
    add_totals(totals, &run.totals);
    pthread_cond_destroy(&run.turned);
    pthread_mutex_destroy(&run.lock);
    plan_free(&run.plan);
    error_clear(&run.errors);
    return !run.failed;
}
