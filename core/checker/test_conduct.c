/* test_conduct.c - what a measure does beside answering: nothing, and how long it takes. */
#include <dirent.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "checker/batches.h"
#include "checker/confine.h"

/* One measure's records laid out once, so that nothing but the measure runs between. */
typedef struct {
    sample *made;
    layout  held;
    int32_t (*run)(const struct assay_batch *, const struct assay_results *);
} bench;

static void take_down(bench *work)
{
    if (work->run != NULL)
        layout_free(&work->held);
    sample_free(work->made);
}

static bool set_up(bench *work, checking *at, size_t measure, size_t count)
{
    const struct assay_measure *built = check_built(at, measure);

    *work = (bench){0};
    work->made =
        sample_make(check_declared(at, measure), count, SAMPLE_ORDINARY, check_seed(at, measure));
    if (work->made == NULL || !layout_make(&work->held, work->made, NULL, count, LAYOUT_PLAIN)) {
        take_down(work);
        return check_no_memory(at);
    }
    work->run = built->run;
    return true;
}

static void run_bench(const bench *work, int times)
{
    for (int t = 0; t < times; ++t)
        work->run(work->held.batch, work->held.results);
}

/* ---- System calls ------------------------------------------------------------------ */

/* All measures after one another: from the first on the process can do nothing else. */
static bool only_computes(checking *at)
{
    if (check_has_own_threads())
        return check_skip(at, "not under ThreadSanitizer, which makes system calls of its own");
    /* The allocator of AddressSanitizer reads the clock. */
    const bool clockless = !check_is_sanitized() && confine_clock();
    if (!confine_system_calls(at->verdict))
        return check_skip(at, "this kernel filters no system calls: %s", strerror(errno));
    for (size_t m = 0; m < at->declared->measure_count; ++m) {
        sample *made =
            sample_make(check_declared(at, m), CHECK_RECORDS, SAMPLE_ORDINARY, check_seed(at, m));
        answers    given = {0};
        const bool ran = made != NULL && answers_make(&given, CHECK_RECORDS) &&
                         batches_run(at, m, made, NULL, CHECK_RECORDS, LAYOUT_PLAIN, &given);
        answers_free(&given);
        sample_free(made);
        if (!ran)
            return check_no_memory(at);
    }
    if (!clockless)
        buffer_string(&at->detail, "the clock could not be taken away: a measure may have read it");
    return true;
}

const check_test check_system_calls = {
    .name = "system_calls",
    .rule = "while it runs it makes no system call but for memory, and asks no clock",
    .whole = only_computes,
    .opens = true,
    .runs = true,
};

/* ---- Memory ------------------------------------------------------------------------ */

#if defined(__GLIBC__)
/* Bytes given out, in every arena and in mappings. */
static size_t allocated(void)
{
    const struct mallinfo2 all = mallinfo2();
    return all.uordblks + all.hblkhd;
}
static const bool is_measurable = true;
#else
static size_t allocated(void)
{
    return 0;
}
static const bool is_measurable = false;
#endif

static bool can_measure_memory(checking *at)
{
    if (check_is_sanitized())
        return check_skip(at, "not under a sanitizer, which has an allocator of its own");
    return is_measurable ||
           check_skip(at, "only the GNU C library says how much memory is allocated");
}

/* A first run on a new thread. The first malloc() of a thread gives it a store of freed
 * pieces, which stays until the thread ends: so an allocation shows even where it is freed. */
typedef struct {
    const bench *work;
    bool         grew;
} first_run;

static void *run_first(void *user)
{
    first_run   *self = user;
    const size_t before = allocated();

    run_bench(self->work, 1);
    self->grew = allocated() != before;
    return NULL;
}

static bool allocates_nothing(checking *at, size_t measure)
{
    bench     work;
    pthread_t thread;
    bool      good = can_measure_memory(at);

    if (!good || !set_up(&work, at, measure, CHECK_RECORDS))
        return false;
    first_run run = {&work, false};
    if (pthread_create(&thread, NULL, run_first, &run) != 0)
        good = check_skip(at, "the system gave no thread; close other programs");
    else
        pthread_join(thread, NULL);
    if (good && run.grew)
        good = check_fail(at,
                          "measure \"%s\" allocates memory, for %d records; use the arrays of "
                          "the batch and variables of its own; repeat with --seed %llu",
                          check_declared(at, measure)->name, CHECK_RECORDS,
                          (unsigned long long)at->seed);
    take_down(&work);
    return good;
}

const check_test check_allocation = {
    .name = "allocation",
    .rule = "it allocates no memory",
    .each = allocates_nothing,
    .opens = true,
    .runs = true,
};

enum { WARM_UP = 4, LEAK_RUNS = 64 };

static bool leaves_nothing(checking *at, size_t measure)
{
    bench work;

    if (!can_measure_memory(at) || !set_up(&work, at, measure, CHECK_RECORDS))
        return false;
    run_bench(&work, WARM_UP);
    const size_t before = allocated();
    run_bench(&work, LEAK_RUNS);
    const size_t after = allocated();
    take_down(&work);
    if (after <= before)
        return true;
    return check_fail(at,
                      "measure \"%s\" keeps about %zu bytes a run of %d records; free what it "
                      "allocates, or better allocate nothing; repeat with --seed %llu",
                      check_declared(at, measure)->name, (after - before) / LEAK_RUNS,
                      CHECK_RECORDS, (unsigned long long)at->seed);
}

const check_test check_leaks = {
    .name = "leaks",
    .rule = "no memory is left allocated after a run",
    .each = leaves_nothing,
    .opens = true,
    .runs = true,
};

/* ---- Threads ----------------------------------------------------------------------- */

/* Of this process; 0 where the system does not say. */
static size_t thread_count(void)
{
    DIR   *tasks = opendir("/proc/self/task");
    size_t count = 0;

    if (tasks == NULL)
        return 0;
    for (const struct dirent *entry; (entry = readdir(tasks)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(tasks);
    return count;
}

/* A thread that has been waited for may still be listed for a moment. */
static bool threads_remain(size_t before)
{
    const struct timespec moment = {0, 10000000};
    enum { MOMENTS = 20 };

    for (int m = 0; m < MOMENTS && thread_count() > before; ++m)
        nanosleep(&moment, NULL);
    return thread_count() > before;
}

static bool leaves_no_thread(checking *at)
{
    error_list   errors = {0};
    bench        work;
    const size_t before = thread_count();

    if (before == 0)
        return check_skip(at, "the system does not list the threads of a process");
    if (check_has_own_threads())
        return check_skip(at, "not under ThreadSanitizer, which has threads of its own");
    if (!subject_open(&at->subject, at->declared->binary, subject_host(), &errors)) {
        check_fail_with(at, &errors);
        error_clear(&errors);
        return false;
    }
    if (threads_remain(before))
        return check_fail(at, "a thread runs after the entry has returned; start none");
    for (size_t m = 0; at->subject.table != NULL && m < at->declared->measure_count; ++m) {
        if (!set_up(&work, at, m, CHECK_RECORDS))
            return false;
        run_bench(&work, 1);
        take_down(&work);
        if (threads_remain(before))
            return check_fail(at, "measure \"%s\" leaves a thread running; start none",
                              check_declared(at, m)->name);
    }
    return true;
}

const check_test check_threads_left = {
    .name = "threads_left",
    .rule = "no thread is left running",
    .whole = leaves_no_thread,
    .runs = true,
};

/* ---- Time -------------------------------------------------------------------------- */

enum { TIMED_RECORDS = 4096, TIMED_ROUNDS = 8 };

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* The quickest of some rounds: what else the machine did is not the measure's. */
static bool tells_time(checking *at, size_t measure)
{
    uint64_t least = UINT64_MAX;
    bench    work;

    if (!set_up(&work, at, measure, TIMED_RECORDS))
        return false;
    run_bench(&work, 1);
    for (int r = 0; r < TIMED_ROUNDS; ++r) {
        const uint64_t begun = now();
        run_bench(&work, 1);
        const uint64_t taken = now() - begun;
        least = taken < least ? taken : least;
    }
    take_down(&work);
    buffer_format(&at->detail, "%s%s: %llu ns a record", measure > 0 ? "\n" : "",
                  check_declared(at, measure)->name,
                  (unsigned long long)((least + TIMED_RECORDS / 2) / TIMED_RECORDS));
    return true;
}

const check_test check_time = {
    .name = "time",
    .rule = "how long each measure takes; no time is too long",
    .each = tells_time,
    .opens = true,
    .runs = true,
};
