/* readings.c - counts and corrections as one kind of thing. */
#include "forecast/readings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MONTH_FURTHEST = 1000000, AUDITS_MOST = 1000000000 };

double log_odds(double share)
{
    return log(share / (1 - share));
}

double share_of_odds(double odds)
{
    return 1 / (1 + exp(-odds));
}

static bool check_month(const forecast_month *month, error_list *errors)
{
    const size_t before = error_count(errors);
    if (month->month < -MONTH_FURTHEST || month->month > MONTH_FURTHEST)
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "month %d is out of range; count months as year x 12 + month", month->month);
    if (month->audits > AUDITS_MOST || month->good > month->audits)
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "month %d: more audits are good or better than there are, or there are over %d; "
                  "look at how they were counted",
                  month->month, (int)AUDITS_MOST);
    if (month->corrected && !(month->share >= 0 && month->share <= 1 &&
                              month->standard_error >= 0 && month->standard_error <= 1))
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "month %d: a corrected share and its standard error are between 0 and 1; "
                  "look at how they were reckoned",
                  month->month);
    return error_count(errors) == before;
}

static int compare(const void *a, const void *b)
{
    const forecast_month *x = a;
    const forecast_month *y = b;
    return x->month < y->month ? -1 : x->month > y->month;
}

/* The months with audits, by month. NULL where memory is out. */
static forecast_month *with_audits(const forecast_month *months, size_t count, size_t *kept,
                                   arena *memory)
{
    forecast_month *sorted = arena_array(memory, count + 1, sizeof *sorted);
    *kept = 0;
    for (size_t i = 0; i < count && sorted != NULL; i++)
        if (months[i].audits > 0)
            sorted[(*kept)++] = months[i];
    if (*kept > 0)
        qsort(sorted, *kept, sizeof *sorted, compare);
    return sorted;
}

bool months_check(const forecast_month *months, size_t count, error_list *errors)
{
    const size_t before = error_count(errors);
    for (size_t i = 0; i < count; i++)
        check_month(&months[i], errors);

    arena           memory = {0};
    size_t          kept = 0;
    forecast_month *sorted = with_audits(months, count, &kept, &memory);
    if (sorted == NULL)
        error_memory(errors);
    for (size_t i = 1; i < kept; i++)
        if (sorted[i].month == sorted[i - 1].month)
            error_add(errors, FAULT_USAGE, NULL, 0, 0,
                      "month %d is given twice; give each month once", sorted[i].month);
    arena_free(&memory);
    return error_count(errors) == before;
}

/* A share that is neither 0 nor 1: half an audit is added to either side. */
static double inside(double share, double audits)
{
    return (share * audits + 0.5) / (audits + 1);
}

static double own_share(const forecast_month *month)
{
    return inside((double)month->good / (double)month->audits, (double)month->audits);
}

static double corrected_share(const forecast_month *month)
{
    return inside(month->share, (double)month->audits);
}

/* The mean of what moderation changed, each month by how sure it is, and how unsure the mean is: more
 * than that where months differ by more than chance. */
static void mean_shift(const forecast_month *months, size_t count, readings *out)
{
    double weights = 0;
    double mean = 0;

    for (size_t i = 0; i < count; i++) {
        if (!months[i].corrected)
            continue;
        const double share = corrected_share(&months[i]);
        const double error = fmax(months[i].standard_error, 1e-3) / (share * (1 - share));
        const double weight = 1 / (error * error);
        weights += weight;
        mean += weight * (log_odds(share) - log_odds(own_share(&months[i])));
        out->corrected++;
    }
    if (out->corrected == 0)
        return;
    out->shift = mean / weights;

    double spread = 0;
    for (size_t i = 0; i < count; i++) {
        if (!months[i].corrected)
            continue;
        const double share = corrected_share(&months[i]);
        const double error = fmax(months[i].standard_error, 1e-3) / (share * (1 - share));
        spread += pow((log_odds(share) - log_odds(own_share(&months[i])) - out->shift) / error, 2);
    }
    const double excess = out->corrected > 1 ? spread / (double)(out->corrected - 1) : 1;
    out->shift_variance = fmax(excess, 1) / weights;
}

/* A correction's own uncertainty takes weight from the month: as many audits as are as unsure as the
 * month's audits and the correction together. */
static reading read_month(const forecast_month *month, bool shifts)
{
    const double audits = (double)month->audits;
    if (!month->corrected)
        return (reading){.month = month->month,
                         .audits = audits,
                         .good = (double)month->good,
                         .own = (double)month->good / audits,
                         .shifted = shifts};
    const double share = corrected_share(month);
    const double spread = share * (1 - share);
    const double weight =
        spread / (spread / audits + month->standard_error * month->standard_error);
    return (reading){.month = month->month,
                     .audits = weight,
                     .good = month->share * weight,
                     .own = (double)month->good / audits};
}

/* In points, over all months that are corrected or moved. */
static double mean_correction(const readings *of)
{
    double sum = 0;
    for (size_t i = 0; i < of->count; i++)
        sum += reading_share(of, &of->items[i]) - of->items[i].own;
    return of->corrected + of->moved > 0 ? sum / (double)of->count : 0;
}

bool readings_make(const forecast_month *months, size_t count, const forecast_correction *pooled,
                   readings *out, arena *memory)
{
    size_t          kept = 0;
    forecast_month *sorted = with_audits(months, count, &kept, memory);
    *out = (readings){0};
    if (sorted == NULL)
        return false;

    /* The latest months, by the calendar: a gap does not bring older ones in. */
    size_t first = 0;
    while (first < kept && sorted[kept - 1].month - sorted[first].month >= FORECAST_MONTHS_MOST)
        first++;
    out->left_out = first;
    out->count = kept - first;
    mean_shift(sorted + first, out->count, out);
    if (pooled != NULL) {
        out->shift = pooled->shift;
        out->shift_variance = pooled->standard_error * pooled->standard_error;
    }
    const bool shifts = out->corrected > 0 || pooled != NULL;
    out->moved = shifts ? out->count - out->corrected : 0;

    reading *items = arena_array(memory, out->count + 1, sizeof *items);
    if (items == NULL)
        return false;
    for (size_t i = 0; i < out->count; i++) {
        items[i] = read_month(&sorted[first + i], shifts);
        out->audits += sorted[first + i].audits;
    }
    out->items = items;
    out->correction = mean_correction(out);
    return true;
}

forecast_reason readings_reason(const readings *of)
{
    if (of->count == 0)
        return FORECAST_NO_AUDITS;
    if (of->count < FORECAST_MONTHS_FEWEST)
        return FORECAST_TOO_FEW_MONTHS;
    return of->audits < FORECAST_AUDITS_FEWEST ? FORECAST_TOO_FEW_AUDITS : FORECAST_GIVEN;
}

double reading_share(const readings *of, const reading *month)
{
    const double share = month->good / month->audits;
    if (!month->shifted || of->shift == 0)
        return share;
    return share_of_odds(log_odds(inside(share, month->audits)) + of->shift);
}
