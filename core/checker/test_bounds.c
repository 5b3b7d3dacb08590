/* test_bounds.c - a measure stays within its arrays, and leaves its inputs as they were. */
#include <time.h>

#include "checker/batches.h"

static bool run_laid_out(checking *at, size_t measure, size_t count, layout_kind kind)
{
    sample *made =
        sample_make(check_declared(at, measure), count, SAMPLE_ORDINARY, check_seed(at, measure));
    answers given = {0};
    bool    ran;

    if (made == NULL || !answers_make(&given, count))
        ran = check_no_memory(at);
    else
        ran = batches_run(at, measure, made, NULL, count, kind, &given);
    answers_free(&given);
    sample_free(made);
    return ran;
}

static bool stays_within(checking *at, size_t measure)
{
    return run_laid_out(at, measure, CHECK_RECORDS, LAYOUT_BEFORE_GUARD) &&
           run_laid_out(at, measure, CHECK_RECORDS, LAYOUT_BEHIND_GUARD);
}

const check_test check_bounds = {
    .name = "bounds",
    .rule = "it touches nothing before or behind the arrays of its inputs and results",
    .each = stays_within,
    .opens = true,
    .runs = true,
};

static bool keeps_inputs(checking *at, size_t measure)
{
    return run_laid_out(at, measure, CHECK_RECORDS, LAYOUT_LOCKED);
}

const check_test check_inputs_kept = {
    .name = "inputs_kept",
    .rule = "it writes to nothing but its results",
    .each = keeps_inputs,
    .opens = true,
    .runs = true,
};

static bool takes_no_records(checking *at, size_t measure)
{
    return batches_try(at, measure,
                       sample_make(check_declared(at, measure), 0, SAMPLE_ORDINARY, at->seed),
                       LAYOUT_LOCKED);
}

const check_test check_empty = {
    .name = "empty",
    .rule = "a batch of no records is taken, and nothing of it is touched",
    .each = takes_no_records,
    .opens = true,
    .runs = true,
};

/* ---- Random columns ---------------------------------------------------------------- */

static bool try_round(checking *at, layout_kind kind)
{
    for (size_t m = 0; m < at->declared->measure_count; ++m) {
        const uint64_t seed = check_seed(at, m);
        sample        *made = sample_make(check_declared(at, m), CHECK_RECORDS, SAMPLE_MIXED, seed);
        if (made != NULL)
            sample_vary_parameters(made, seed);
        if (!batches_try(at, m, made, kind))
            return false;
    }
    return true;
}

/* Milliseconds. */
static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* Round after round, each with the next seed: the first round with a seed repeats it. */
static bool survives_random_columns(checking *at)
{
    const uint64_t end = now() + at->seconds * (uint64_t)1000;
    uint64_t       rounds = 0;

    do {
        if (!try_round(at, rounds % 2 == 0 ? LAYOUT_BEFORE_GUARD : LAYOUT_LOCKED))
            return false;
        ++rounds;
        ++at->seed;
    } while (now() < end && !at->hunting);
    buffer_format(&at->detail, "%llu rounds of %d records a measure", (unsigned long long)rounds,
                  CHECK_RECORDS);
    return true;
}

const check_test check_random = {
    .name = "random",
    .rule = "any records and parameters get an answer that it declares",
    .whole = survives_random_columns,
    .opens = true,
    .runs = true,
    .timed = true,
};
