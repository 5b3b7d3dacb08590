/* What the bands of a criterion make of every number that its measure can give. */
#include <math.h>
#include <stdlib.h>

#include "proof/trial.h"

/* The numbers that a measure gives. */
typedef struct {
    double least;
    double greatest;
    bool   whole; /* whole numbers alone */
} number_range;

/* From 1 January of the year 1 to 31 December 9999: the dates that a record may have. */
enum { DAYS_MAX = 3652058 };

static number_range range_of(const criterion *asked)
{
    switch (asked->kind) {
    case MEASURE_DAYS:
        return (number_range){0, DAYS_MAX, true};
    case MEASURE_WORKING_DAYS: {
        const struct assay_calendar *table = &asked->calendar->table;
        const int32_t                most = table->working_days != NULL
                                                ? table->working_days[table->last - table->first]
                                                : DAYS_MAX;
        return (number_range){0, most, true};
    }
    case MEASURE_PLUGIN:
        if (asked->plugin != NULL)
            return (number_range){asked->plugin->measures[asked->plugin_measure].minimum,
                                  asked->plugin->measures[asked->plugin_measure].maximum, false};
        return (number_range){-HUGE_VAL, HUGE_VAL, false};
    default:
        return (number_range){0, HUGE_VAL, false}; /* grading.md 3: a number has no sign */
    }
}

static int by_size(const void *a, const void *b)
{
    const double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static bool takes(const band *tried, double number)
{
    switch (tried->condition) {
    case BAND_AT_MOST:
        return number <= tried->bound;
    case BAND_UNDER:
        return number < tried->bound;
    case BAND_AT_LEAST:
        return number >= tried->bound;
    case BAND_OVER:
        return number > tried->bound;
    case BAND_ALWAYS:
        return true;
    }
    return false;
}

static size_t band_of(const criterion *asked, double number)
{
    for (size_t b = 0; b < asked->band_count; b++)
        if (takes(&asked->bands[b], number))
            return b;
    return SIZE_MAX;
}

/* A number over `low` and under `high`, a whole one where there is any. False where the measure gives
 * none there. */
static bool sample_between(number_range range, double low, double high, double *sample)
{
    /* the first whole number, then any */
    double whole = isinf(low) ? (isinf(high) ? 0 : ceil(high) - 1) : floor(low) + 1;
    if (whole < range.least)
        whole = ceil(range.least);
    if (whole > low && whole < high && whole <= range.greatest) {
        *sample = whole;
        return true;
    }
    if (range.whole)
        return false;
    const double from = low > range.least ? low : range.least;
    const double to = high < range.greatest ? high : range.greatest;
    *sample = from + (to - from) / 2;
    return *sample > low && *sample < high && from <= to;
}

static size_t add_piece(const criterion *asked, double sample, number_piece *out, size_t count)
{
    out[count] = (number_piece){
        .sample = sample,
        .whole = sample == floor(sample),
        .band = band_of(asked, sample),
    };
    return count + 1;
}

size_t number_pieces(const criterion *asked, number_piece *out)
{
    const number_range range = range_of(asked);
    double            *bounds = calloc(asked->band_count + 1, sizeof *bounds);
    size_t             bound_count = 0, count = 0;
    double             sample, low = -HUGE_VAL;

    if (bounds == NULL)
        return 0;
    for (size_t b = 0; b < asked->band_count; b++)
        if (asked->bands[b].condition != BAND_ALWAYS)
            bounds[bound_count++] = asked->bands[b].bound;
    qsort(bounds, bound_count, sizeof *bounds, by_size);
    for (size_t i = 0; i < bound_count; i++) {
        const double bound = bounds[i];
        if (i > 0 && bound == bounds[i - 1])
            continue;
        if (sample_between(range, low, bound, &sample))
            count = add_piece(asked, sample, out, count);
        if (bound >= range.least && bound <= range.greatest &&
            (!range.whole || bound == floor(bound)))
            count = add_piece(asked, bound, out, count);
        low = bound;
    }
    if (sample_between(range, low, HUGE_VAL, &sample))
        count = add_piece(asked, sample, out, count);
    free(bounds);
    return count;
}

unsigned levels_given(const rubric *held, const criterion *asked)
{
    unsigned      levels = 0;
    number_piece *pieces;

    if (asked->gives_flag)
        return 1u << asked->yes | 1u << asked->no;
    if (asked->band_count == 0)
        return (1u << held->scale.count) - 1;
    pieces = calloc(2 * asked->band_count + 1, sizeof *pieces);
    if (pieces == NULL)
        return (1u << held->scale.count) - 1;
    const size_t count = number_pieces(asked, pieces);
    for (size_t i = 0; i < count; i++)
        if (pieces[i].band != SIZE_MAX)
            levels |= 1u << asked->bands[pieces[i].band].gives;
    free(pieces);
    return levels;
}
