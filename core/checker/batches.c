/* batches.c - running a measure on made records, and holding its answers against others. */
#include "checker/batches.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checker/words.h"

bool answers_make(answers *out, size_t count)
{
    *out = (answers){.count = count};
    out->status = malloc(count + 1);
    out->bits = calloc(count + 1, sizeof *out->bits);
    if (out->status == NULL || out->bits == NULL) {
        answers_free(out);
        return false;
    }
    memset(out->status, LAYOUT_UNANSWERED, count + 1);
    return true;
}

void answers_free(answers *held)
{
    free(held->status);
    free(held->bits);
    *held = (answers){0};
}

/* ---- Running --------------------------------------------------------------------- */

static void collect(const layout *held, enum assay_type type, const uint32_t *picks, size_t count,
                    answers *into)
{
    const size_t size = plugin_value_size(type);

    for (size_t i = 0; i < count; ++i) {
        const size_t record = picks != NULL ? picks[i] : i;
        into->status[record] = held->results->status[i];
        into->bits[record] = 0;
        memcpy(&into->bits[record], (const uint8_t *)held->results->values + i * size, size);
    }
}

/* Says what is being done, for the one who waits should it end badly. */
static void announce(checking *at, size_t measure, const sample *from, size_t count,
                     const uint32_t *alone)
{
    buffer line = {0};

    buffer_format(&line, "measure \"%s\", ", check_declared(at, measure)->name);
    if (alone != NULL)
        words_record(from, *alone, &line);
    else
        buffer_format(&line, "%zu record%s", count, count == 1 ? "" : "s");
    if (buffer_end(&line))
        snprintf(at->incident->doing, sizeof at->incident->doing, "%s", line.bytes);
    at->incident->seed = at->seed;
    buffer_free(&line);
}

static bool run_once(const checking *at, size_t measure, const sample *from, const uint32_t *picks,
                     size_t count, layout_kind kind, answers *into)
{
    layout held;

    if (!layout_make(&held, from, picks, count, kind))
        return false;
    if (kind != LAYOUT_PLAIN)
        incident_watch(held.regions, held.region_count);
    const int32_t returned = check_built(at, measure)->run(held.batch, held.results);
    if (kind != LAYOUT_PLAIN)
        incident_watch(NULL, 0);
    if (into->returned == 0)
        into->returned = returned;
    collect(&held, check_declared(at, measure)->result, picks, count, into);
    layout_free(&held);
    return true;
}

bool batches_run(checking *at, size_t measure, const sample *from, const uint32_t *picks,
                 size_t count, layout_kind kind, answers *into)
{
    for (size_t i = 0; at->hunting && i < count; ++i) {
        const uint32_t alone = picks != NULL ? picks[i] : (uint32_t)i;
        announce(at, measure, from, 1, &alone);
        if (!run_once(at, measure, from, &alone, 1, kind, into))
            return check_no_memory(at);
    }
    announce(at, measure, from, count, NULL);
    return run_once(at, measure, from, picks, count, kind, into) || check_no_memory(at);
}

bool batches_ask(const checking *at, size_t measure, const sample *from, const uint32_t *picks,
                 size_t count, answers *into)
{
    return run_once(at, measure, from, picks, count, LAYOUT_PLAIN, into);
}

/* ---- Judging --------------------------------------------------------------------- */

static bool fail_at(checking *at, size_t measure, const sample *from, size_t record,
                    const char *what)
{
    buffer line = {0};

    words_record(from, record, &line);
    if (buffer_end(&line))
        check_fail(at, "measure \"%s\", %s: %s; repeat with --seed %llu",
                   check_declared(at, measure)->name, line.bytes, what,
                   (unsigned long long)at->seed);
    else
        check_no_memory(at);
    buffer_free(&line);
    return false;
}

bool batches_compare(checking *at, size_t measure, const sample *from, const answers *first,
                     const char *usual, const answers *second, const char *how)
{
    if (first->returned != second->returned)
        return check_fail(at, "measure \"%s\" returns %d %s and %d %s; repeat with --seed %llu",
                          check_declared(at, measure)->name, first->returned, usual,
                          second->returned, how, (unsigned long long)at->seed);
    for (size_t i = 0; i < first->count; ++i) {
        if (sample_is_masked(from, i) ||
            (first->status[i] == second->status[i] &&
             (first->status[i] != ASSAY_VALUE || first->bits[i] == second->bits[i])))
            continue;

        const struct assay_measure *built = check_built(at, measure);
        buffer                      what = {0};
        buffer_string(&what, "the answer is ");
        words_answer(built, first->status[i], first->bits[i], &what);
        buffer_format(&what, " %s, and ", usual);
        words_answer(built, second->status[i], second->bits[i], &what);
        buffer_format(&what, " %s", how);
        if (buffer_end(&what))
            fail_at(at, measure, from, i, what.bytes);
        else
            check_no_memory(at);
        buffer_free(&what);
        return false;
    }
    return true;
}

static bool is_as_declared(const struct assay_measure *built, uint8_t status, uint64_t bits)
{
    double number;

    if (status != ASSAY_VALUE)
        return status <= ASSAY_NOT_DUE ||
               (status >= ASSAY_FAULT && status < ASSAY_FAULT + built->fault_count);
    if (built->result == ASSAY_FLAG)
        return bits <= 1;
    memcpy(&number, &bits, sizeof number);
    return number >= built->minimum && number <= built->maximum; /* which no NaN is */
}

bool batches_judge(checking *at, size_t measure, const sample *from, const answers *given)
{
    const struct assay_measure *built = check_built(at, measure);

    if (given->returned != 0)
        return check_fail(at,
                          "measure \"%s\" returns %d and not 0: no record would be graded with "
                          "it; repeat with --seed %llu",
                          built->name, given->returned, (unsigned long long)at->seed);
    for (size_t i = 0; i < given->count; ++i) {
        if (sample_is_masked(from, i) || is_as_declared(built, given->status[i], given->bits[i]))
            continue;

        buffer what = {0};
        buffer_string(&what, "expected ");
        words_expected(built, given->status[i], &what);
        buffer_string(&what, ", got ");
        words_answer(built, given->status[i], given->bits[i], &what);
        if (buffer_end(&what))
            fail_at(at, measure, from, i, what.bytes);
        else
            check_no_memory(at);
        buffer_free(&what);
        return false;
    }
    return true;
}

bool batches_try(checking *at, size_t measure, sample *from, layout_kind kind)
{
    answers given = {0};
    bool    good;

    if (from == NULL || !answers_make(&given, from->count))
        good = check_no_memory(at);
    else
        good = batches_run(at, measure, from, NULL, from->count, kind, &given) &&
               batches_judge(at, measure, from, &given);
    answers_free(&given);
    sample_free(from);
    return good;
}
