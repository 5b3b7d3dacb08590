#include <math.h>
#include <stdlib.h>

#include "statistics/statistics.h"

/* How far two categories are apart: by rank, and by value. */
typedef struct {
    double rank;
    double value;
    double sum; /* of the two values */
} apart;

static double weigh(statistics_weights_form form, apart pair, apart ends, double low, double high)
{
    const double d = pair.value, greatest = ends.value;

    switch (form) {
    case STATISTICS_IDENTITY:
        return 0;
    case STATISTICS_LINEAR:
        return 1 - d / greatest;
    case STATISTICS_QUADRATIC:
        return 1 - d * d / (greatest * greatest);
    case STATISTICS_RADICAL:
        return 1 - sqrt(d) / sqrt(greatest);
    case STATISTICS_ORDINAL:
        return 1 - (pair.rank + 1) * pair.rank / ((ends.rank + 1) * ends.rank);
    case STATISTICS_RATIO:
        return 1 - pow(d / pair.sum, 2) / pow(greatest / ends.sum, 2);
    case STATISTICS_CIRCULAR:
        return pow(sin(M_PI * d / (greatest + 1)), 2);
    case STATISTICS_BIPOLAR:
        return d * d / ((pair.sum - 2 * low) * (2 * high - pair.sum));
    }
    return 0;
}

/* Circular and bipolar weights: what is there are distances, to be set against their greatest. */
static void turn_around(statistics_weights *weights)
{
    const size_t q = weights->categories;
    double       greatest = 0;

    for (size_t i = 0; i < q * q; i++)
        if (i % (q + 1) != 0)
            greatest = fmax(greatest, weights->cells[i]);
    for (size_t i = 0; i < q * q; i++)
        if (i % (q + 1) != 0)
            weights->cells[i] = 1 - weights->cells[i] / greatest;
}

static double value_of(const double *values, size_t category)
{
    return values ? values[category] : (double)(category + 1);
}

static void fill(statistics_weights_form form, const double *values, statistics_weights *weights)
{
    const size_t q = weights->categories;
    double       low = value_of(values, 0), high = low;

    for (size_t k = 1; k < q; k++) {
        low = fmin(low, value_of(values, k));
        high = fmax(high, value_of(values, k));
    }
    const apart ends = {(double)(q - 1), high - low, high + low};

    for (size_t k = 0; k < q; k++)
        for (size_t l = 0; l < q; l++) {
            const double x = value_of(values, k), y = value_of(values, l);
            const apart  pair = {fabs((double)k - (double)l), fabs(x - y), x + y};
            weights->cells[k * q + l] = k == l ? 1 : weigh(form, pair, ends, low, high);
        }
    if (form == STATISTICS_CIRCULAR || form == STATISTICS_BIPOLAR)
        turn_around(weights);
}

statistics_reason statistics_weights_make(statistics_weights_form form, size_t categories,
                                          const double *values, statistics_weights *weights)
{
    *weights = (statistics_weights){.categories = categories};
    if (categories == 0)
        return STATISTICS_NOTHING;
    if (categories > STATISTICS_CATEGORIES)
        return STATISTICS_TOO_LARGE;
    weights->cells = calloc(categories * categories, sizeof *weights->cells);
    if (!weights->cells)
        return STATISTICS_NO_MEMORY;
    fill(form, values, weights);
    if (statistics_weights_check(weights) == STATISTICS_FINE)
        return STATISTICS_FINE;
    statistics_weights_free(weights);
    return STATISTICS_WEIGHTS_VALUES;
}

statistics_reason statistics_weights_check(const statistics_weights *weights)
{
    const size_t q = weights->categories;
    const double rounding = 1e-12;

    for (size_t i = 0; i < q * q; i++) {
        const double one = weights->cells[i];
        const bool   diagonal = i % (q + 1) == 0;
        if (!(one >= -rounding && one <= 1 + rounding) || (diagonal && one < 1 - rounding))
            return STATISTICS_WEIGHTS_RANGE;
    }
    return STATISTICS_FINE;
}

void statistics_weights_free(statistics_weights *weights)
{
    free(weights->cells);
    *weights = (statistics_weights){0};
}
