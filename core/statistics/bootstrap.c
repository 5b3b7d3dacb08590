/* Resampling of units. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_rng.h>

#include "statistics/distribution.h"
#include "statistics/sample.h"

typedef struct {
    const sample *held;
    gsl_rng      *chance;
    uint32_t     *order;    /* the groups by what they are, not by where they stood */
    uint32_t     *group_of; /* of each rated unit: its place in `order` */
    uint32_t     *drawn;    /* how often each group is */
    double       *sums;
    double       *values; /* of the resamples in which there is one */
    uint32_t      found;
} resampling;

static void resampling_close(resampling *made)
{
    if (made->chance)
        gsl_rng_free(made->chance);
    free(made->order);
    free(made->group_of);
    free(made->drawn);
    free(made->sums);
    free(made->values);
}

/* mt19937 takes 32 bits of a seed. */
static unsigned long seed_of(uint64_t seed)
{
    return (uint32_t)(seed ^ (seed >> 32));
}

/* ---- The order of the units ---------------------------------------------------------------- */

/* Whether the raters of a table are to be exchanged: of a table and its mirror image the same one is
 * resampled. */
static bool is_mirrored(const statistics_table *table)
{
    const size_t q = table->categories;

    for (size_t r = 0; r < q; r++)
        for (size_t c = r + 1; c < q; c++) {
            const uint64_t above = table->cells[r * q + c], below = table->cells[c * q + r];
            if (above != below)
                return above < below;
        }
    return false;
}

static int by_counts(const void *a, const void *b, void *user)
{
    const sample   *held = user;
    const uint32_t *one = held->counts->counts + *(const uint32_t *)a * held->categories;
    const uint32_t *other = held->counts->counts + *(const uint32_t *)b * held->categories;

    for (size_t c = 0; c < held->categories; c++)
        if (one[c] != other[c])
            return one[c] > other[c] ? -1 : 1;
    return 0;
}

/* Of the same units the same interval, in whatever order they or the two raters were given. */
static void put_in_order(resampling *made)
{
    const sample *held = made->held;
    const size_t  q = held->categories;
    const bool    turn = held->table && is_mirrored(held->table);

    for (size_t g = 0; g < held->groups; g++)
        made->order[g] = (uint32_t)(turn ? g % q * q + g / q : g);
    if (held->counts)
        qsort_r(made->order, held->groups, sizeof *made->order, by_counts, (void *)held);
}

/* ---- Drawing ------------------------------------------------------------------------------- */

static bool resampling_open(resampling *made, const sample *held, uint32_t times, uint64_t seed)
{
    size_t unit = 0;

    *made = (resampling){.held = held};
    distribution_begin();
    made->chance = gsl_rng_alloc(gsl_rng_mt19937);
    made->order = malloc(held->groups * sizeof *made->order);
    made->group_of = malloc(held->units * sizeof *made->group_of);
    made->drawn = malloc(held->groups * sizeof *made->drawn);
    made->sums = malloc(held->length * sizeof *made->sums);
    made->values = malloc(times * sizeof *made->values);
    if (!made->chance || !made->order || !made->group_of || !made->drawn || !made->sums ||
        !made->values)
        return false;
    gsl_rng_set(made->chance, seed_of(seed));
    put_in_order(made);
    for (size_t place = 0; place < held->groups; place++)
        for (uint64_t s = sample_size_of(held, made->order[place]); s > 0; s--)
            made->group_of[unit++] = (uint32_t)place;
    return true;
}

/* Groups are added in their order, whatever the order they were drawn in. */
static void resample(resampling *made)
{
    const sample *held = made->held;

    memset(made->drawn, 0, held->groups * sizeof *made->drawn);
    memset(made->sums, 0, held->length * sizeof *made->sums);
    for (uint64_t u = 0; u < held->units; u++)
        made->drawn[made->group_of[gsl_rng_uniform_int(made->chance, held->units)]]++;
    for (size_t place = 0; place < held->groups; place++)
        if (made->drawn[place] > 0)
            sample_add(held, made->order[place], made->drawn[place], made->sums);
    const statistics_estimate one = sample_value(held, made->sums);
    if (one.reason == STATISTICS_FINE)
        made->values[made->found++] = one.value;
}

/* ---- The interval -------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Where the middle of the resamples lies: half of those that are as the value count as below it, as
 * figures of few units have many alike. */
static double bias_of(const resampling *made, double value)
{
    const double n = made->found;
    double       below = 0;

    for (uint32_t i = 0; i < made->found; i++) {
        const double apart = made->values[i] - value;
        below += fabs(apart) <= 1e-12 ? 0.5 : apart < 0;
    }
    return normal_at(fmin(fmax(below, 0.5), n - 0.5) / n);
}

/* Efron (1987), (6.6): the skewness of the values without one unit. */
static double acceleration_of(const sample *held)
{
    double *values = sample_without(held);
    double  n = 0, mean = 0, squares = 0, cubes = 0;

    if (!values)
        return 0;
    for (size_t g = 0; g < held->groups; g++) {
        const double size = isfinite(values[g]) ? (double)sample_size_of(held, g) : 0;
        if (size > 0) {
            n += size;
            mean += size * values[g];
        }
    }
    mean = n > 0 ? mean / n : 0;
    for (size_t g = 0; g < held->groups; g++) {
        if (!isfinite(values[g]))
            continue;
        const double apart = mean - values[g], size = (double)sample_size_of(held, g);
        squares += size * apart * apart;
        cubes += size * apart * apart * apart;
    }
    free(values);
    return squares > 0 ? cubes / (6 * pow(squares, 1.5)) : 0;
}

/* The value below which a share of the resamples lies, between two of them where need be. */
static double at(const resampling *made, double share)
{
    const double place = share * (made->found + 1.0) - 1;
    const double last = made->found - 1.0;

    if (place <= 0 || place >= last)
        return made->values[place <= 0 ? 0 : made->found - 1];
    const size_t below = (size_t)place;
    const double part = place - (double)below;
    return made->values[below] + part * (made->values[below + 1] - made->values[below]);
}

static double share_of(double bias, double acceleration, double z)
{
    return normal_below(bias + (bias + z) / (1 - acceleration * (bias + z)));
}

static statistics_spread spread_of(resampling *made, double value, double level)
{
    const double      n = made->found, z = normal_quantile(level);
    const double      bias = bias_of(made, value), acceleration = acceleration_of(made->held);
    statistics_spread found = {0};
    double            mean = 0, squares = 0;

    for (uint32_t i = 0; i < made->found; i++)
        mean += made->values[i] / n;
    for (uint32_t i = 0; i < made->found; i++)
        squares += (made->values[i] - mean) * (made->values[i] - mean);
    found.error = sqrt(squares / (n - 1));
    if (found.error <= 1e-12)
        return (statistics_spread){.reason = STATISTICS_NO_SPREAD};
    qsort(made->values, made->found, sizeof *made->values, by_size);
    found.sure.low = at(made, share_of(bias, acceleration, -z));
    found.sure.high = at(made, share_of(bias, acceleration, z));
    return found;
}

static statistics_spread resampled(const sample *held, double level, uint32_t times, uint64_t seed)
{
    statistics_spread         found = {.reason = STATISTICS_NO_MEMORY};
    const statistics_estimate whole = sample_value(held, held->sums);
    resampling                made;

    if (whole.reason != STATISTICS_FINE)
        return (statistics_spread){.reason = whole.reason};
    if (held->units < 2)
        return (statistics_spread){.reason = STATISTICS_ONE_UNIT};
    if (held->units > UINT32_MAX / 2 || !sample_is_quick(held, (uint64_t)times + held->groups))
        return (statistics_spread){.reason = STATISTICS_TOO_LARGE};
    if (resampling_open(&made, held, times, seed)) {
        for (uint32_t i = 0; i < times; i++)
            resample(&made);
        const uint32_t refused = times - made.found;
        found = refused > times / 20 ? (statistics_spread){.reason = STATISTICS_UNSTABLE}
                                     : spread_of(&made, whole.value, level);
        found.refused = refused;
    }
    resampling_close(&made);
    return found;
}

static statistics_spread bootstrap(const statistics_measure *measure,
                                   const statistics_counts *counts, const statistics_table *table,
                                   double level, uint32_t times, uint64_t seed)
{
    sample            held;
    statistics_spread found = {.reason = sample_open(&held, measure, counts, table)};

    if (found.reason != STATISTICS_FINE)
        return found;
    found = resampled(&held, level, times, seed);
    sample_close(&held);
    return found;
}

statistics_spread statistics_bootstrap(const statistics_measure *measure,
                                       const statistics_counts *counts, double level,
                                       uint32_t times, uint64_t seed)
{
    return bootstrap(measure, counts, NULL, level, times, seed);
}

statistics_spread statistics_table_bootstrap(const statistics_measure *measure,
                                             const statistics_table *table, double level,
                                             uint32_t times, uint64_t seed)
{
    return bootstrap(measure, NULL, table, level, times, seed);
}
