/* forecast.c - the forecast, from the months as given. */
#include "forecast/forecast.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "forecast/begin.h"
#include "forecast/model.h"

enum { YEAR = 12 };

const char *forecast_reason_text(forecast_reason reason)
{
    static const char *const texts[] = {
#define X(name, text) [name] = text,
        FORECAST_REASONS(X)
#undef X
    };
    return texts[reason];
}

static bool check_question(const forecast_question *question, error_list *errors)
{
    if (question->pooled != NULL &&
        !(isfinite(question->pooled->shift) && question->pooled->standard_error >= 0 &&
          isfinite(question->pooled->standard_error))) {
        error_add(
            errors, FAULT_USAGE, NULL, 0, 0,
            "a correction and its standard error are numbers; look at how they were reckoned");
        return false;
    }
    if (question->target > 0 && question->target < 1)
        return confidence_check(question->confidence, errors);
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "a target is over 0%% and under 100%%; write for example: good or better >= 70%%");
    return false;
}

/* How far a forecast may reach: as many months as the audits reach back. */
typedef struct {
    int32_t first, last, furthest;
} reach;

static reach reach_of(const readings *of)
{
    const int32_t first = of->items[0].month;
    const int32_t last = of->items[of->count - 1].month;
    return (reach){first, last, last + (last - first + 1)};
}

static forecast_reason date_reason(const reach *within, int32_t month)
{
    if (month < within->last)
        return FORECAST_PAST;
    return month > within->furthest ? FORECAST_TOO_FAR : FORECAST_GIVEN;
}

/* The last month to forecast: that of the last date within reach, and one at least. */
static int32_t last_point(const reach *within, const forecast_question *question)
{
    int32_t until = within->last + 1;
    for (size_t i = 0; i < question->date_count; i++)
        if (date_reason(within, question->dates[i]) == FORECAST_GIVEN && question->dates[i] > until)
            until = question->dates[i];
    return until;
}

static void fill_point(const mixture *of, double confidence, forecast_point *out)
{
    out->share = share_of_odds(mixture_quantile(of, 0.5));
    out->low = share_of_odds(mixture_quantile(of, 0.5 - confidence / 2));
    out->high = share_of_odds(mixture_quantile(of, 0.5 + confidence / 2));
}

static bool fill_points(const readings *of, const model *by, double confidence, mixture_part *parts,
                        forecast *out)
{
    forecast_point *points = arena_array(&out->memory, by->months, sizeof *points);
    if (points == NULL)
        return false;
    for (size_t m = 0, r = 0; m < by->months; m++) {
        const int32_t month = by->first + (int32_t)m;
        const mixture here = model_month(by, month, parts);
        points[m].month = month;
        fill_point(&here, confidence, &points[m]);
        if (r < of->count && of->items[r].month == month) {
            points[m].has_audits = true;
            points[m].recorded = of->items[r].own;
            points[m].has_correction = of->corrected + of->moved > 0;
            if (points[m].has_correction)
                points[m].corrected = reading_share(of, &of->items[r]);
            r++;
        }
    }
    out->points = points;
    out->point_count = by->months;
    return true;
}

static void fill_date(const forecast *made, const model *by, const reach *within,
                      const forecast_question *question, mixture_part *parts, forecast_date *out)
{
    const double target = question->target;
    out->reason = date_reason(within, out->month);
    if (out->reason == FORECAST_GIVEN && question->correction_wanted &&
        made->months_corrected + made->months_moved == 0)
        out->reason = FORECAST_UNCORRECTED;
    if (out->reason != FORECAST_GIVEN)
        return;
    const mixture         here = model_month(by, out->month, parts);
    const forecast_point *now = &made->points[within->last - within->first];
    const forecast_point *then = &made->points[out->month - within->first];

    out->share = then->share;
    out->low = then->low;
    out->high = then->high;
    out->chance = 1 - mixture_below(&here, log_odds(target));
    out->gain_applies = out->month > within->last;
    if (out->gain_applies)
        out->gain_needed = 100 * (target - now->share) / (double)(out->month - within->last);
}

/* What is said of the months as a whole. */
static void fill_summary(const readings *of, const model *by, const reach *within, forecast *out)
{
    const size_t last = (size_t)(within->last - within->first);
    double       good = 0;
    double       audits = 0;
    double       noise = 0;

    out->gain = 100 * (out->points[last + 1].share - out->points[last].share);
    for (size_t i = 0; i < of->count; i++) {
        good += of->items[i].good;
        audits += of->items[i].audits;
    }
    for (size_t c = 0; c < by->count; c++) {
        const model_fit *fit = &by->fits[c];
        noise += fit->weight * fit->noise;
        out->chance_up +=
            fit->weight * gsl_cdf_ugaussian_P(fit->rise_mean / sqrt(fit->rise_variance));
    }
    const double share = (good + 0.5) / (audits + 1);
    const double others = fmax((double)out->audits / (double)out->months - 1, 0);
    out->overdispersion = 1 + others * noise * share * (1 - share);
}

static bool fill(const readings *of, const forecast_question *question, forecast_date *dates,
                 forecast *out)
{
    const reach   within = reach_of(of);
    const int32_t until = last_point(&within, question);
    const int32_t year_before = within.last + 1 - YEAR;
    const int32_t from = year_before > within.first ? year_before : within.first;
    arena         memory = {0};
    model         by;
    bool          done = false;

    if (!model_make(of, within.first, (size_t)(until - within.first) + 1, from, within.last + 1,
                    &by, &memory))
        goto done;
    mixture_part *parts = arena_array(&memory, by.count, sizeof *parts);
    if (parts == NULL || !fill_points(of, &by, question->confidence, parts, out))
        goto done;
    for (size_t i = 0; i < question->date_count; i++)
        fill_date(out, &by, &within, question, parts, &dates[i]);
    fill_summary(of, &by, &within, out);
    done = true;
done:
    arena_free(&memory);
    return done;
}

bool forecast_make(const forecast_month *months, size_t count, const forecast_question *question,
                   forecast *out, error_list *errors)
{
    readings of;

    *out = (forecast){0};
    if (!check_question(question, errors) || !months_check(months, count, errors))
        return false;
    forecast_begin();

    forecast_date *dates = arena_array(&out->memory, question->date_count + 1, sizeof *dates);
    if (dates == NULL || !readings_make(months, count, question->pooled, &of, &out->memory))
        return error_memory(errors);
    out->reason = readings_reason(&of);
    out->months = of.count;
    out->months_left_out = of.left_out;
    out->months_corrected = of.corrected;
    out->months_moved = of.moved;
    out->audits = of.audits;
    out->mean_correction = 100 * of.correction;
    for (size_t i = 0; i < question->date_count; i++)
        dates[i] = (forecast_date){.month = question->dates[i], .reason = out->reason};
    out->dates = dates;
    out->date_count = question->date_count;
    if (out->reason == FORECAST_GIVEN && !fill(&of, question, dates, out))
        return error_memory(errors);
    return true;
}

void forecast_free(forecast *made)
{
    arena_free(&made->memory);
    *made = (forecast){0};
}
