#include "statistics/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t length_of(statistics_kind kind, size_t categories)
{
    if (kind == STATISTICS_COHEN || kind == STATISTICS_ALPHA || kind == STATISTICS_ALPHA_WEIGHTED)
        return categories * categories;
    return SUM_SHARES + categories;
}

static statistics_reason check(const statistics_measure *measure, size_t categories)
{
    if (measure->kind != STATISTICS_ALPHA)
        return measure->weights->categories == categories ? STATISTICS_FINE
                                                          : STATISTICS_WEIGHTS_SIZE;
    if (measure->metric == STATISTICS_RATIOS && measure->values)
        for (size_t c = 0; c < categories; c++)
            if (!(measure->values[c] >= 0))
                return STATISTICS_METRIC_VALUES;
    return STATISTICS_FINE;
}

static statistics_reason add_all(sample *opened)
{
    for (size_t g = 0; g < opened->groups; g++) {
        const uint64_t size = sample_size_of(opened, g);
        if (size > 0)
            sample_add(opened, g, (double)size, opened->sums);
        opened->units += size;
    }
    return opened->units > 0 ? STATISTICS_FINE : STATISTICS_NOTHING;
}

statistics_reason sample_open(sample *opened, const statistics_measure *measure,
                              const statistics_counts *counts, const statistics_table *table)
{
    const size_t categories = counts ? counts->categories : table->categories;

    *opened = (sample){.measure = measure,
                       .counts = counts,
                       .table = table,
                       .categories = categories,
                       .groups = counts ? counts->units : categories * categories,
                       .length = length_of(measure->kind, categories)};
    statistics_reason reason = check(measure, categories);
    if (reason == STATISTICS_FINE && measure->kind == STATISTICS_COHEN && counts)
        reason = STATISTICS_TWO_RATERS;
    if (reason == STATISTICS_FINE && table && statistics_table_total(table) == UINT64_MAX)
        reason = STATISTICS_TOO_LARGE;
    if (reason == STATISTICS_FINE && (categories == 0 || opened->groups == 0))
        reason = STATISTICS_NOTHING;
    if (reason != STATISTICS_FINE)
        return reason;
    opened->sums = calloc(opened->length, sizeof *opened->sums);
    if (!opened->sums)
        return STATISTICS_NO_MEMORY;
    reason = add_all(opened);
    if (reason != STATISTICS_FINE)
        sample_close(opened);
    return reason;
}

void sample_close(sample *opened)
{
    free(opened->sums);
    *opened = (sample){0};
}

static uint64_t ratings_of(const uint32_t *row, size_t categories)
{
    uint64_t ratings = 0;

    for (size_t c = 0; c < categories; c++)
        ratings += row[c];
    return ratings;
}

uint64_t sample_size_of(const sample *held, size_t group)
{
    if (held->table)
        return held->table->cells[group];
    return ratings_of(held->counts->counts + group * held->categories, held->categories) > 0;
}

bool sample_is_quick(const sample *held, uint64_t times)
{
    return (double)held->length * (double)times <= 3e8;
}

/* ---- One unit ------------------------------------------------------------------------------ */

/* Its pairs of ratings, each counted 1 / (ratings - 1): Krippendorff's coincidences. */
static void add_coincidences(const uint32_t *row, size_t categories, double times, double *sums)
{
    const uint64_t ratings = ratings_of(row, categories);

    if (ratings < 2)
        return;
    const double each = times / (double)(ratings - 1);
    for (size_t c = 0; c < categories; c++)
        for (size_t k = 0; row[c] > 0 && k < categories; k++)
            if (row[k] > 0)
                sums[c * categories + k] += each * row[c] * ((double)row[k] - (c == k));
}

static void add_counted(const sample *held, const uint32_t *row, double times, double *sums)
{
    const size_t   q = held->categories;
    const double  *weights = held->measure->weights->cells;
    const uint64_t ratings = ratings_of(row, q);
    const double   n = (double)ratings;
    double         pairs = -n;

    if (ratings == 0)
        return;
    for (size_t c = 0; c < q; c++) {
        sums[SUM_SHARES + c] += times * row[c] / n;
        for (size_t k = 0; row[c] > 0 && k < q; k++)
            pairs += weights[c * q + k] * row[c] * row[k];
    }
    sums[SUM_RATED] += times;
    if (ratings < 2)
        return;
    sums[SUM_TWICE_RATED] += times;
    sums[SUM_AGREED] += times * pairs / (n * (n - 1));
}

static void add_pair(const sample *held, size_t cell, double times, double *sums)
{
    const size_t q = held->categories;
    const size_t first = cell / q, second = cell % q;

    switch (held->measure->kind) {
    case STATISTICS_COHEN:
        sums[cell] += times;
        return;
    case STATISTICS_ALPHA:
    case STATISTICS_ALPHA_WEIGHTED:
        sums[cell] += 2 * times; /* its mirror with it, so that weights may tell the raters apart */
        return;
    default:
        sums[SUM_RATED] += times;
        sums[SUM_TWICE_RATED] += times;
        sums[SUM_AGREED] += times * held->measure->weights->cells[cell];
        sums[SUM_SHARES + first] += times / 2;
        sums[SUM_SHARES + second] += times / 2;
    }
}

void sample_add(const sample *held, size_t group, double times, double *sums)
{
    const statistics_kind kind = held->measure->kind;

    if (held->table) {
        add_pair(held, group, times, sums);
        return;
    }
    const uint32_t *row = held->counts->counts + group * held->categories;
    if (kind == STATISTICS_ALPHA || kind == STATISTICS_ALPHA_WEIGHTED)
        add_coincidences(row, held->categories, times, sums);
    else
        add_counted(held, row, times, sums);
}

/* ---- The figure ---------------------------------------------------------------------------- */

static double weighted(const statistics_weights *weights, const double *first, const double *second)
{
    const size_t q = weights->categories;
    double       sum = 0;

    for (size_t k = 0; k < q; k++)
        for (size_t l = 0; l < q; l++)
            sum += weights->cells[k * q + l] * first[k] * second[l];
    return sum;
}

static double sum_of(const statistics_weights *weights)
{
    double sum = 0;

    for (size_t i = 0; i < weights->categories * weights->categories; i++)
        sum += weights->cells[i];
    return sum;
}

double expected_of(const statistics_measure *measure, const double *first, const double *second,
                   const double *shares)
{
    const statistics_weights *weights = measure->weights;
    const double              q = (double)weights->categories;
    double                    spread = 0;

    switch (measure->kind) {
    case STATISTICS_COHEN:
        return weighted(weights, first, second);
    case STATISTICS_FLEISS:
        return weighted(weights, shares, shares);
    case STATISTICS_GWET:
        for (size_t k = 0; k < weights->categories; k++)
            spread += shares[k] * (1 - shares[k]);
        return q < 2 ? 1 : sum_of(weights) * spread / (q * (q - 1));
    case STATISTICS_BRENNAN_PREDIGER:
        return sum_of(weights) / (q * q);
    default:
        return 0;
    }
}

statistics_estimate corrected(size_t categories, double agreed, double expected)
{
    statistics_estimate found = {.agreed = agreed, .expected = expected};

    if (1 - expected < 1e-14)
        found.reason = categories == 1 ? STATISTICS_ONE_CATEGORY : STATISTICS_NO_VARIATION;
    else
        found.value = (agreed - expected) / (1 - expected);
    if (!isfinite(found.value) || !isfinite(agreed))
        found = (statistics_estimate){.reason = STATISTICS_TOO_LARGE};
    return found;
}

static statistics_estimate cohen_of(const sample *held, const double *cells)
{
    const size_t        q = held->categories;
    const double       *weights = held->measure->weights->cells;
    statistics_estimate found = {.reason = STATISTICS_NO_MEMORY};
    double             *shares = calloc(2 * q, sizeof *shares);
    double              total = 0, agreed = 0;

    if (!shares)
        return found;
    for (size_t i = 0; i < q * q; i++)
        total += cells[i];
    for (size_t i = 0; i < q * q && total > 0; i++) {
        agreed += weights[i] * cells[i] / total;
        shares[i / q] += cells[i] / total;
        shares[q + i % q] += cells[i] / total;
    }
    if (total > 0)
        found = corrected(q, agreed, expected_of(held->measure, shares, shares + q, NULL));
    else
        found.reason = STATISTICS_NOTHING;
    free(shares);
    return found;
}

static statistics_estimate counted_of(const sample *held, const double *sums)
{
    const size_t        q = held->categories;
    statistics_estimate found = {.reason = STATISTICS_NO_MEMORY};

    if (sums[SUM_TWICE_RATED] < 0.5) { /* whole numbers, but for rounding */
        found.reason = STATISTICS_NO_PAIRS;
        return found;
    }
    double *shares = calloc(q, sizeof *shares);
    if (!shares)
        return found;
    for (size_t k = 0; k < q; k++)
        shares[k] = sums[SUM_SHARES + k] / sums[SUM_RATED];
    found = corrected(q, sums[SUM_AGREED] / sums[SUM_TWICE_RATED],
                      expected_of(held->measure, shares, shares, shares));
    free(shares);
    return found;
}

statistics_estimate sample_value(const sample *held, const double *sums)
{
    switch (held->measure->kind) {
    case STATISTICS_COHEN:
        return cohen_of(held, sums);
    case STATISTICS_ALPHA:
    case STATISTICS_ALPHA_WEIGHTED:
        return alpha_of(held->measure, held->categories, sums);
    default:
        return counted_of(held, sums);
    }
}

interval around(double value, double error, double quantile)
{
    return (interval){value - quantile * error, fmin(1, value + quantile * error)};
}
