/* An input, graded by all cores: each worker takes a chunk, grades and renders it, and puts it down.
 * Whoever puts down the one that is next in input order delivers it and those that wait
 * behind it. A worker that is too far ahead waits, so memory is bounded. */
#include <stdlib.h>
#include <unistd.h>

#include "grading/batch.h"

enum { THREADS_MAX = 256, CHUNK_WORTH_A_THREAD = 64 << 10, WAITING_EACH = 4 };

/* A chunk that was graded. */
typedef struct {
    bool         waits;
    void        *rendered;
    grade_totals totals;
} graded_chunk;

typedef struct {
    grade_plan       plan;
    const grade_sink *sink;
    pthread_mutex_t  lock; /* guards all below */
    pthread_cond_t   turned;
    graded_chunk    *waiting; /* [sequence % room] */
    size_t           room;
    uint64_t         turn;    /* the sequence of the chunk that is delivered next */
    bool             delivering;
    bool             failed;
    grade_totals     totals;
    error_list       errors;
} grade_run;

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

static void discard(const grade_run *run, void *rendered)
{
    if (rendered && run->sink->discard)
        run->sink->discard(run->sink->user, rendered);
}

static void fail(grade_run *run)
{
    pthread_mutex_lock(&run->lock);
    run->failed = true;
    pthread_cond_broadcast(&run->turned);
    pthread_mutex_unlock(&run->lock);
}

/* Delivers what is next, and what waits behind it. Called with the lock held, which it lets go of
 * while the sink works. */
static bool deliver_waiting(grade_run *run, error_list *errors)
{
    bool taken = true;

    run->delivering = true;
    while (taken && !run->failed && run->waiting[run->turn % run->room].waits) {
        graded_chunk *next = &run->waiting[run->turn % run->room];
        const graded_chunk held = *next;

        next->waits = false;
        pthread_mutex_unlock(&run->lock);
        taken = !run->sink->deliver || run->sink->deliver(run->sink->user, held.rendered, errors);
        pthread_mutex_lock(&run->lock);
        if (taken) {
            add_totals(&run->totals, &held.totals);
            run->turn++;
        }
        pthread_cond_broadcast(&run->turned);
    }
    run->delivering = false;
    return taken;
}

/* Puts chunk `sequence` down. False where the run has failed. */
static bool put_down(grade_run *run, uint64_t sequence, const graded_chunk *graded,
                     error_list *errors)
{
    pthread_mutex_lock(&run->lock);
    while (sequence >= run->turn + run->room && !run->failed)
        pthread_cond_wait(&run->turned, &run->lock);

    bool fine = !run->failed;
    if (fine) {
        run->waiting[sequence % run->room] = *graded;
        if (!run->delivering)
            fine = deliver_waiting(run, errors);
    } else {
        discard(run, graded->rendered);
    }
    pthread_mutex_unlock(&run->lock);
    return fine;
}

/* Grades and hands on the chunk that the worker holds. */
static bool work_on_chunk(grade_run *run, batch_work *work, error_list *errors)
{
    const grade_sink *sink = run->sink;
    graded_batch batch;
    graded_chunk graded = {.waits = true};

    if (!batch_grade(work, &batch))
        return error_memory(errors);
    graded.totals = count_statuses(&batch);
    if (sink->render) {
        graded.rendered = sink->render(sink->user, &batch);
        if (!graded.rendered)
            return error_memory(errors);
    }
    return put_down(run, work->chunk->sequence, &graded, errors);
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

/* A title above the headings is read as the headings. */
static bool headed_by_a_title(const records *input)
{
    size_t named = 0;
    for (size_t c = 0; c < records_column_count(input); c++)
        named += records_heading(input, c)[0] != '\0';
    return named <= 1;
}

static void tell(const grade_run *run, error_list *errors)
{
    const uint64_t line = records_windows_1252_line(run->plan.records);

    error_append(errors, &run->errors);
    error_append(errors, &run->plan.errors);
    if (run->totals.rows > 0 && run->totals.rejected == run->totals.rows &&
        headed_by_a_title(run->plan.records))
        error_add(errors, FAULT_NOTICE, records_name(run->plan.records), 0, 0,
                  "its headings name only one column; if that is a title, delete the lines above "
                  "the headings");
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
    run.room = (others.wanted + 1) * WAITING_EACH;
    run.waiting = calloc(run.room, sizeof *run.waiting);
    if (!run.waiting) {
        plan_free(&run.plan);
        return error_memory(errors);
    }
    pthread_mutex_init(&run.lock, NULL); /* neither can fail with default attributes */
    pthread_cond_init(&run.turned, NULL);

    work_through(&run, start_threads, &others);
    for (size_t t = 0; t < others.started; t++)
        pthread_join(others.threads[t], NULL);

    for (size_t w = 0; w < run.room; w++) /* of a run that failed */
        if (run.waiting[w].waits)
            discard(&run, run.waiting[w].rendered);
    free(run.waiting);
    tell(&run, errors);
    add_totals(totals, &run.totals);
    pthread_cond_destroy(&run.turned);
    pthread_mutex_destroy(&run.lock);
    plan_free(&run.plan);
    error_clear(&run.errors);
    return !run.failed;
}
