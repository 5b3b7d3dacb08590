/* estimate.c - the three figures, from the audits as given. */
#include "estimate/estimate.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/precision.h"
#include "statistics/statistics.h"

const char *estimate_reason_text(estimate_reason reason)
{
    static const char *const texts[] = {
#define X(name, text) [name] = text,
        ESTIMATE_REASONS(X)
#undef X
    };
    return texts[reason];
}

static bool is_level(level given, size_t levels)
{
    return given == LEVEL_NONE || given < levels;
}

static bool check_question(const estimate_question *question, error_list *errors)
{
    if (question->levels < 2 || question->levels > LEVELS_MAX || question->good < 1 ||
        question->good >= question->levels)
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "a scale has 2 to %d levels, and good or better is one of them but not the "
                  "lowest; look at the scale of the rubric",
                  (int)LEVELS_MAX);
    else if (!(question->confidence >= 0.5 && question->confidence <= 0.999))
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "the confidence of an interval is between 50%% and 99.9%%; 95%% is usual");
    else
        return true;
    return false;
}

static bool check_audits(const estimate_audit *audits, size_t count, size_t levels,
                         error_list *errors)
{
    const size_t before = error_count(errors);
    for (size_t i = 0; i < count; i++) {
        const estimate_audit *audit = &audits[i];
        if (!(audit->inclusion >= 0 && audit->inclusion <= 1))
            error_add(errors, FAULT_USAGE, NULL, 0, 0,
                      "audit %zu: the probability of being picked is not between 0 and 1; "
                      "look at how the picks were drawn",
                      i + 1);
        if (!is_level(audit->auditor, levels) || !is_level(audit->tool, levels) ||
            !is_level(audit->moderator, levels))
            error_add(errors, FAULT_USAGE, NULL, 0, 0,
                      "audit %zu: a level is not on the scale, which has %zu; "
                      "look at the rubric it was graded by",
                      i + 1, levels);
    }
    return error_count(errors) == before;
}

static int compare(const void *a, const void *b)
{
    const estimate_audit *x = a;
    const estimate_audit *y = b;

#define BY(field)                                                                                  \
    if (x->field != y->field)                                                                      \
    return x->field < y->field ? -1 : 1
    BY(stratum);
    BY(auditor);
    BY(tool);
    BY(moderator);
    BY(triggered);
    BY(inclusion);
#undef BY
    return 0;
}

/* A copy in an order of its own, so that sums come out the same to the last bit. */
static estimate_audit *sorted_copy(const estimate_audit *audits, size_t count, arena *memory)
{
    estimate_audit *copy = arena_array(memory, count + 1, sizeof *copy);
    if (copy == NULL || count == 0)
        return copy;
    memcpy(copy, audits, count * sizeof *copy);
    qsort(copy, count, sizeof *copy, compare);
    return copy;
}

static void count_share(size_t has, size_t of, double confidence, estimate_share *out)
{
    const double   share = (double)has / (double)of;
    const interval wilson = statistics_wilson(has, of, confidence);
    *out = (estimate_share){.share = share,
                            .low = fmin(wilson.low, share),
                            .high = fmax(wilson.high, share),
                            .standard_error = sqrt(share * (1 - share) / (double)of),
                            .effective = (double)of};
}

/* Of so many audits of each level; `nobody` is why there is no figure where there are none. */
static void counted_figure(const size_t counts[LEVELS_MAX], const estimate_question *question,
                           estimate_reason nobody, estimate_figure *out)
{
    size_t of = 0;
    size_t good = 0;

    for (size_t l = 0; l < question->levels; l++) {
        of += counts[l];
        good += l >= question->good ? counts[l] : 0;
    }
    if (of == 0) {
        out->reason = nobody;
        return;
    }
    count_share(good, of, question->confidence, &out->good);
    for (size_t l = 0; l < question->levels; l++)
        count_share(counts[l], of, question->confidence, &out->levels[l]);
}

static void auditors_figures(const estimate_audit *audits, size_t count, const frame *of,
                             const estimate_question *question, estimate_result *result)
{
    size_t                all[LEVELS_MAX] = {0};
    const estimate_reason nobody = count == 0 ? ESTIMATE_NO_AUDITS : ESTIMATE_NO_LEVELS;
    /* Where audits have levels and none of them is covered, it is why there is no correction. */
    const bool uncovered = result->covered == 0 && count > 0;

    for (size_t i = 0; i < count; i++)
        if (audits[i].auditor != LEVEL_NONE)
            all[audits[i].auditor]++;
    counted_figure(all, question, nobody, &result->auditors);
    counted_figure(of->auditors, question, uncovered ? of->reason : nobody,
                   &result->auditors_covered);
}

static bool weighed_figures(frame *of, double confidence, estimate_result *result, arena *memory)
{
    calibration by;

    if (!calibrate_to_number(of, &by, memory) ||
        !precision_of(of, &by, confidence, &result->moderated, memory) ||
        !calibrate(of, &by, memory) ||
        !precision_of(of, &by, confidence, &result->corrected, memory))
        return false;
    result->calibrated_on = by.columns - 1;
    result->uses_tool = by.uses_tool;
    return true;
}

bool estimate_decides(const estimate_result *result)
{
    return result->corrected.reason == ESTIMATE_GIVEN &&
           result->not_covered * 100 <= result->audits * ESTIMATE_OUTSIDE_MOST;
}

bool estimate_is_hint(const estimate_result *result)
{
    return result->corrected.reason == ESTIMATE_GIVEN && result->picked > 0 &&
           result->covered > result->settled + result->picked && result->picked < ESTIMATE_HINT;
}

/* GSL ends the program where a matrix cannot be factored, unless told to return. */
static void spare_the_program(void)
{
    gsl_set_error_handler_off();
}

bool estimate_shares(const estimate_audit *audits, size_t count, const estimate_question *question,
                     estimate_result *result, error_list *errors)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    arena memory = {0};
    frame made;
    bool  done = false;

    *result = (estimate_result){0};
    if (!check_question(question, errors) || !check_audits(audits, count, question->levels, errors))
        return false;
    pthread_once(&once, spare_the_program);

    const estimate_audit *sorted = sorted_copy(audits, count, &memory);
    if (sorted == NULL || !frame_make(&made, sorted, count, question, result, &memory))
        goto done;
    auditors_figures(sorted, count, &made, question, result);
    result->corrected.reason = result->moderated.reason = made.reason;
    done = made.reason != ESTIMATE_GIVEN ||
           weighed_figures(&made, question->confidence, result, &memory);
done:
    if (!done)
        error_memory(errors);
    arena_free(&memory);
    return done;
}
