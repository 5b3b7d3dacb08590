#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/distribution.h"
#include "statistics/sample.h"

double *sample_without(const sample *held)
{
    double *values = malloc(held->groups * sizeof *values);
    double *sums = malloc(held->length * sizeof *sums);

    for (size_t g = 0; values && sums && g < held->groups; g++) {
        values[g] = INFINITY;
        if (sample_size_of(held, g) == 0)
            continue;
        memcpy(sums, held->sums, held->length * sizeof *sums);
        sample_add(held, g, -1, sums);
        const statistics_estimate one = sample_value(held, sums);
        if (one.reason == STATISTICS_FINE)
            values[g] = one.value;
    }
    if (!sums) {
        free(values);
        values = NULL;
    }
    free(sums);
    return values;
}

/* One unit that carries the whole figure leaves none behind, and no error can be told. */
static statistics_spread spread_of(const sample *held, const double *values, double level)
{
    const double      n = (double)held->units;
    statistics_spread found = {0};
    double            mean = 0, squares = 0;

    for (size_t g = 0; g < held->groups; g++) {
        const double size = (double)sample_size_of(held, g);
        if (size > 0 && !isfinite(values[g]))
            return (statistics_spread){.reason = STATISTICS_UNSTABLE, .refused = 1};
        if (size > 0)
            mean += size / n * values[g];
    }
    for (size_t g = 0; g < held->groups; g++) {
        const double size = (double)sample_size_of(held, g);
        if (size > 0)
            squares += size * (values[g] - mean) * (values[g] - mean);
    }
    found.error = sqrt((n - 1) / n * squares);
    const double value = sample_value(held, held->sums).value;
    found.sure = around(value, found.error, student_quantile(level, n - 1));
    return found;
}

statistics_spread sample_jackknife(const sample *held, double level)
{
    if (held->units < 2)
        return (statistics_spread){.reason = STATISTICS_ONE_UNIT};
    if (!sample_is_quick(held, held->groups))
        return (statistics_spread){.reason = STATISTICS_TOO_LARGE};

    double *values = sample_without(held);
    if (!values)
        return (statistics_spread){.reason = STATISTICS_NO_MEMORY};
    const statistics_spread found = spread_of(held, values, level);
    free(values);
    return found;
}

static statistics_spread jackknife(const statistics_measure *measure,
                                   const statistics_counts *counts, const statistics_table *table,
                                   double level)
{
    sample            held;
    statistics_spread found = {.reason = sample_open(&held, measure, counts, table)};

    if (found.reason != STATISTICS_FINE)
        return found;
    found.reason = sample_value(&held, held.sums).reason;
    if (found.reason == STATISTICS_FINE)
        found = sample_jackknife(&held, level);
    sample_close(&held);
    return found;
}

statistics_spread statistics_jackknife(const statistics_measure *measure,
                                       const statistics_counts *counts, double level)
{
    return jackknife(measure, counts, NULL, level);
}

statistics_spread statistics_table_jackknife(const statistics_measure *measure,
                                             const statistics_table *table, double level)
{
    return jackknife(measure, NULL, table, level);
}
