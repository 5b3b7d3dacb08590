/* The fate of every mutant: first whether records notice it, on all cores; then, of those that none
 * does, whether any could. */
#include "mutation/mutation.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mutation/known.h"
#include "mutation/made.h"
#include "mutation/row.h"

enum { WATCHES_MAX = 2, THREADS_MAX = 256 };

typedef struct {
    mutation               *out;
    const mutation_options *options;
    watch                   watches[WATCHES_MAX];
    size_t                  watch_count;
    mutant_result          *results;
    atomic_size_t           next; /* the mutant that no thread has taken */
    atomic_bool             failed;
    size_t                 *first; /* [mutant]: watch * records + record that noticed it first */
    watch                  *seen;  /* [made]: each made record by itself */
    made_case              *made;
    size_t                  made_count;
    row_form                form;
    error_list             *errors;
} mutation_work;

/* ---- By the records ------------------------------------------------------------------------ */

typedef struct {
    mutation_work *work;
    bool           failed;
} mutation_thread;

static bool count_mutant(mutation_work *work, watcher *watchers, size_t m)
{
    mutant_result *result = &work->results[m];

    for (size_t w = 0; w < work->watch_count; w++) {
        uint64_t noticed;
        size_t   first = 0;
        if (!watcher_count(&watchers[w], &work->out->mutants.items[m], &noticed, &first))
            return false;
        if (noticed > 0 && result->noticed == 0)
            work->first[m] = first * WATCHES_MAX + w;
        result->noticed += noticed;
    }
    result->fate = result->noticed > 0 ? FATE_KILLED : FATE_SURVIVED;
    return true;
}

static void *count_mutants(void *user)
{
    mutation_work *work = user;
    watcher        watchers[WATCHES_MAX] = {0};
    bool           fine = true;

    for (size_t w = 0; fine && w < work->watch_count; w++)
        fine = watcher_init(&watchers[w], &work->watches[w]);
    for (size_t m; fine && (m = atomic_fetch_add(&work->next, 1)) < work->out->mutants.count;)
        fine = count_mutant(work, watchers, m);
    for (size_t w = 0; w < work->watch_count; w++)
        watcher_free(&watchers[w]);
    if (!fine)
        atomic_store(&work->failed, true);
    return NULL;
}

static bool count_all(mutation_work *work)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned   wanted = work->options->grader.threads;
    pthread_t  others[THREADS_MAX];
    unsigned   started = 0;

    if (wanted == 0)
        wanted = processors > 0 ? (unsigned)processors : 1;
    /* A thread that cannot be started is one core less, not a failure. */
    while (started + 1 < wanted && started < THREADS_MAX &&
           pthread_create(&others[started], NULL, count_mutants, work) == 0)
        started++;
    count_mutants(work);
    for (unsigned t = 0; t < started; t++)
        pthread_join(others[t], NULL);
    return !atomic_load(&work->failed) || error_memory(work->errors);
}

static bool name_killers(mutation_work *work)
{
    for (size_t m = 0; m < work->out->mutants.count; m++) {
        mutant_result *result = &work->results[m];
        result->by = result->why = "";
        result->made = SIZE_MAX;
        if (result->fate == FATE_KILLED)
            result->by = watch_name(&work->watches[work->first[m] % WATCHES_MAX],
                                    work->first[m] / WATCHES_MAX, &work->out->memory);
        if (!result->by)
            return error_memory(work->errors);
    }
    return true;
}

/* ---- By records that are made ------------------------------------------------------------------ */

/* Whether a record that was made for another mutant notices this one. */
static bool find_made(mutation_work *work, const mutant *edit, size_t *made)
{
    for (size_t i = 0; i < work->made_count; i++) {
        watcher    again;
        uint64_t   noticed = 0;
        size_t     first;
        const bool fine =
            watcher_init(&again, &work->seen[i]) && watcher_count(&again, edit, &noticed, &first);
        watcher_free(&again);
        if (!fine)
            return error_memory(work->errors);
        if (noticed > 0) {
            *made = i;
            return true;
        }
    }
    return true;
}

static bool make_for(mutation_work *work, making *by, size_t m)
{
    const mutant  *edit = &work->out->mutants.items[m];
    mutant_result *result = &work->results[m];
    made_record    record = {0};
    made_answer    answer = MADE_UNDECIDED;
    watch         *seen = &work->seen[work->made_count];

    if (!making_notice(by, edit, &answer, &result->why, &record, seen))
        return false;
    result->fate = answer == MADE_RECORD       ? FATE_SURVIVED
                   : answer == MADE_EQUIVALENT ? FATE_EQUIVALENT
                                               : FATE_UNDECIDED;
    if (answer != MADE_RECORD)
        return true;
    result->why = "";
    result->made = work->made_count;
    const bool fine = row_write(&work->form, edit, &record, seen, &work->made[work->made_count++],
                                &work->out->memory);
    made_record_free(&record);
    return fine || error_memory(work->errors);
}

static bool is_over(const struct timespec *ends)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > ends->tv_sec || (now.tv_sec == ends->tv_sec && now.tv_nsec > ends->tv_nsec);
}

static bool make_records(mutation_work *work)
{
    making          by;
    struct timespec ends;
    bool fine = making_init(&by, work->out->rubric, &work->options->grader, work->out->score_seen,
                            work->options->milliseconds, work->errors);

    clock_gettime(CLOCK_MONOTONIC, &ends);
    ends.tv_sec += work->options->milliseconds / 1000;
    for (size_t m = 0; fine && m < work->out->mutants.count; m++) {
        mutant_result *result = &work->results[m];
        if (result->fate != FATE_SURVIVED)
            continue;
        fine = find_made(work, &work->out->mutants.items[m], &result->made);
        if (!fine || result->made != SIZE_MAX)
            continue;
        if (is_over(&ends)) {
            result->fate = FATE_UNDECIDED;
            result->why = "not tried in the time given";
        } else {
            fine = make_for(work, &by, m);
        }
    }
    making_free(&by);
    return fine;
}

static size_t survivors(const mutation_work *work)
{
    size_t count = 0;
    for (size_t m = 0; m < work->out->mutants.count; m++)
        count += work->results[m].fate == FATE_SURVIVED;
    return count;
}

/* ---- All of it -------------------------------------------------------------------------------------- */

static bool open_watches(mutation_work *work)
{
    const mutation_options *asked = work->options;

    if (asked->cases && !watch_records(&work->watches[work->watch_count++], work->out->rubric, NULL,
                                       asked->cases, &asked->grader, work->errors))
        return false;
    work->out->score_seen = !asked->cases;
    if (asked->inputs.count > 0) {
        watch *others = &work->watches[work->watch_count++];
        if (!watch_records(others, work->out->rubric, &asked->inputs, NULL, &asked->grader,
                           work->errors) ||
            (asked->baseline && !watch_known(others, asked->baseline, work->errors)))
            return false;
    }
    for (size_t w = 0; w < work->watch_count; w++)
        work->out->records += work->watches[w].held.batch.count;
    return true;
}

static bool make_room(mutation_work *work, size_t survived)
{
    arena *memory = &work->out->memory;

    work->made = arena_array(memory, survived, sizeof *work->made);
    work->seen = arena_array(memory, survived + 1, sizeof *work->seen);
    return work->made && work->seen &&
           row_form_make(&work->form, work->out->rubric, work->options->cases, memory);
}

static bool find_fates(mutation_work *work)
{
    mutation *out = work->out;

    if (!mutants_make(&out->mutants, out->rubric))
        return error_memory(work->errors);
    work->results = arena_array(&out->memory, out->mutants.count, sizeof *work->results);
    work->first = arena_array(&out->memory, out->mutants.count, sizeof *work->first);
    if (!work->results || !work->first)
        return error_memory(work->errors);
    if (!open_watches(work) || !count_all(work) || !name_killers(work))
        return false;
    const size_t survived = survivors(work);
    if (!make_room(work, survived))
        return error_memory(work->errors);
    if (survived > 0 && !make_records(work))
        return false;
    for (size_t m = 0; m < out->mutants.count; m++)
        out->fates[work->results[m].fate]++;
    out->results = work->results;
    out->heading = work->form.heading;
    out->whole = !work->options->cases;
    out->made = work->made;
    out->made_count = work->made_count;
    return true;
}

bool mutation_run(mutation *out, const rubric *held, const mutation_options *options,
                  error_list *errors)
{
    mutation_work work = {.out = out, .options = options, .errors = errors};

    *out = (mutation){.rubric = held};
    const bool fine = find_fates(&work);
    for (size_t w = 0; w < work.watch_count; w++)
        watch_free(&work.watches[w]);
    for (size_t i = 0; i < work.made_count; i++)
        watch_free(&work.seen[i]);
    return fine;
}

void mutation_free(mutation *unwanted)
{
    mutants_free(&unwanted->mutants);
    arena_free(&unwanted->memory);
    *unwanted = (mutation){0};
}
