#include "moderation/forecast_report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "moderation/estimate_report.h"
#include "moderation/scales.h"

typedef struct {
    const forecast_request *asked;
    moderation_forecast    *out;
    moderation_cases        cases;
    const char             *levels;
    forecast_month         *months; /* by month */
    size_t                  count;
    error_list             *errors;
} forecast_work;

/* ---- The target ------------------------------------------------------------------------ */

/* The scale's levels as ids, in `memory`; NULL where memory is out. */
static const char **level_ids(const char *levels, arena *memory)
{
    const size_t count = scale_count(levels);
    const char **ids = arena_array(memory, count + 1, sizeof *ids);

    for (size_t l = 0; ids && l < count; l++) {
        const text id = scale_level(levels, l);
        ids[l] = arena_text(memory, id.at, id.size);
        if (!ids[l])
            return NULL;
    }
    return ids;
}

static bool read_target(forecast_work *work)
{
    const char **ids = level_ids(work->levels, &work->cases.memory);

    if (!ids)
        return error_memory(work->errors);
    snprintf(work->out->target_words, sizeof work->out->target_words, "%s", work->asked->target);
    return forecast_target_read(text_of(work->asked->target), ids, scale_count(work->levels),
                                &work->out->target, work->errors);
}

/* ---- Months ------------------------------------------------------------------------------ */

static bool month_of(const moderation_case *one, int32_t *month)
{
    int32_t day, year, number;

    if (!date_read(one->audit_date, strlen(one->audit_date), &day))
        return false;
    date_month(day, &year, &number);
    *month = year * 12 + number - 1;
    return true;
}

static forecast_month *month_at(forecast_work *work, int32_t month)
{
    for (size_t m = work->count; m-- > 0;)
        if (work->months[m].month == month)
            return &work->months[m];
    work->months[work->count] = (forecast_month){.month = month};
    return &work->months[work->count++];
}

static bool is_of_month(const moderation_case *one, const void *user)
{
    int32_t month;
    return month_of(one, &month) && month == *(const int32_t *)user;
}

/* What moderation makes of the month, where enough of its audits were moderated. */
static bool correct(forecast_work *work, forecast_month *month)
{
    estimate_result reckoned;

    if (!moderation_estimate_over(&work->cases, work->levels, (level)work->out->target.level,
                                  is_of_month, &month->month, &reckoned, work->errors))
        return false;
    month->corrected = reckoned.corrected.reason == ESTIMATE_GIVEN;
    month->share = reckoned.corrected.good.share;
    month->standard_error = reckoned.corrected.good.standard_error;
    return true;
}

static bool could_be_picked(const moderation_case *one, const void *user)
{
    (void)user;
    return one->draw > 0 && one->inclusion > 0;
}

/* The log-odds of a share among `audits`; half an audit is added to either side, as it may be 0 or 1. */
static double odds_of(double share, size_t audits)
{
    const double number = (double)audits;
    return log((share * number + 0.5) / ((1 - share) * number + 0.5));
}

/* What moderation makes of all audits that were in a draw, whichever month: for the months with too few
 * picks of their own. How unsure it is is read off the interval, which knows that a share is not
 * beyond 0 or 1. */
static bool pool(forecast_work *work, forecast_correction *out, bool *pooled)
{
    static const double across = 2 * 1.959963984540054; /* standard errors in a 95% interval */
    estimate_result     reckoned;

    *pooled = false;
    if (!moderation_estimate_over(&work->cases, work->levels, (level)work->out->target.level,
                                  could_be_picked, NULL, &reckoned, work->errors))
        return false;
    if (reckoned.corrected.reason != ESTIMATE_GIVEN || reckoned.auditors.reason != ESTIMATE_GIVEN)
        return true;
    const estimate_share *share = &reckoned.corrected.good;
    const size_t          audits = reckoned.covered;
    out->shift = odds_of(share->share, audits) - odds_of(reckoned.auditors.good.share, audits);
    out->standard_error = (odds_of(share->high, audits) - odds_of(share->low, audits)) / across;
    *pooled = true;
    return true;
}

static bool read_months(forecast_work *work)
{
    bool fine = true;

    work->months = calloc(work->cases.count + 1, sizeof *work->months);
    if (!work->months)
        return error_memory(work->errors);
    for (size_t c = 0; c < work->cases.count; c++) {
        const moderation_case *one = &work->cases.items[c];
        const int              grade = store_level(one->levels, one->auditor_grade);
        int32_t                month;
        if (strcmp(one->levels, work->levels) != 0) {
            work->out->other_scale++;
            continue;
        }
        if (grade < 0 || !month_of(one, &month))
            continue;
        forecast_month *counted = month_at(work, month);
        counted->audits++;
        counted->good += (size_t)grade >= work->out->target.level;
    }
    for (size_t m = 0; fine && m < work->count; m++)
        fine = correct(work, &work->months[m]);
    return fine;
}

/* ---- The forecast ---------------------------------------------------------------------------- */

static bool make(forecast_work *work)
{
    const forecast_request *asked = work->asked;
    int32_t                *boards = calloc(asked->date_count + 1, sizeof *boards);
    bool                    fine = boards != NULL;
    bool                    pooled = false;
    forecast_correction     correction;

    for (size_t d = 0; fine && d < asked->date_count; d++) {
        int32_t year, number;
        date_month(asked->dates[d], &year, &number);
        boards[d] = year * 12 + number - 1;
    }
    if (!fine)
        error_memory(work->errors);
    fine = fine && pool(work, &correction, &pooled);
    const forecast_question question = {.target = work->out->target.share,
                                        .confidence = 0.95,
                                        .dates = boards,
                                        .date_count = asked->date_count,
                                        .pooled = pooled ? &correction : NULL,
                                        .correction_wanted = true};
    fine = fine &&
           forecast_make(work->months, work->count, &question, &work->out->made, work->errors) &&
           forecast_test(work->months, work->count, 1, 0.95, &work->out->held, work->errors);
    free(boards);
    return fine;
}

bool moderation_forecast_read(store *from, const forecast_request *request,
                              moderation_forecast *out, error_list *errors)
{
    forecast_work work = {.asked = request, .out = out, .errors = errors};

    *out = (moderation_forecast){.dates = request->dates};
    bool fine = moderation_cases_read(from, &request->filter, &work.cases, errors);
    if (fine) {
        work.levels = scale_usual(&work.cases, false);
        if (!*work.levels)
            work.levels = "inadequate|requires_improvement|good|outstanding";
        fine = read_target(&work) && read_months(&work) && make(&work);
    }
    free(work.months);
    moderation_cases_free(&work.cases);
    return fine;
}

void moderation_forecast_free(moderation_forecast *told)
{
    forecast_free(&told->made);
}
