/* Intervals of a share. */
#include <math.h>

#include "statistics/distribution.h"

static const interval NOTHING_KNOWN = {0, 1};

static bool is_asked_well(uint64_t count, uint64_t of, double level)
{
    return of > 0 && count <= of && level > 0 && level < 1;
}

/* At the ends the formulas give 0 and 1, and rounding would miss them by a little. */
static interval with_ends(uint64_t count, uint64_t of, interval found)
{
    found.low = count == 0 ? 0 : fmax(found.low, 0);
    found.high = count == of ? 1 : fmin(found.high, 1);
    return found;
}

interval statistics_wilson(uint64_t count, uint64_t of, double level)
{
    if (!is_asked_well(count, of, level))
        return NOTHING_KNOWN;
    const double n = (double)of, z = normal_quantile(level);
    const double share = (double)count / n;
    const double middle = share + z * z / (2 * n);
    const double half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    const double scaled = 1 + z * z / n;

    return with_ends(count, of, (interval){(middle - half) / scaled, (middle + half) / scaled});
}

interval statistics_wilson_corrected(uint64_t count, uint64_t of, double level)
{
    if (!is_asked_well(count, of, level))
        return NOTHING_KNOWN;
    const double n = (double)of, z = normal_quantile(level);
    const double p = (double)count / n, q = 1 - p;
    const double below = z * sqrt(z * z - 2 - 1 / n + 4 * p * (n * q + 1));
    const double above = z * sqrt(z * z + 2 - 1 / n + 4 * p * (n * q - 1));
    const double scaled = 2 * (n + z * z);

    return with_ends(count, of,
                     (interval){(2 * n * p + z * z - 1 - below) / scaled,
                                (2 * n * p + z * z + 1 + above) / scaled});
}

interval statistics_clopper_pearson(uint64_t count, uint64_t of, double level)
{
    if (!is_asked_well(count, of, level))
        return NOTHING_KNOWN;
    const double x = (double)count, rest = (double)(of - count), tail = (1 - level) / 2;
    interval     found = {0, 1};

    if (count > 0)
        found.low = beta_quantile(tail, x, rest + 1);
    if (count < of)
        found.high = beta_quantile(1 - tail, x + 1, rest);
    return found;
}

statistics_belief statistics_posterior(uint64_t count, uint64_t of, double a, double b,
                                       double level)
{
    if (count > of || !(level > 0 && level < 1) || !(a > 0) || !(b > 0))
        return (statistics_belief){0.5, NOTHING_KNOWN};
    const double after_a = a + (double)count, after_b = b + (double)(of - count);
    const double tail = (1 - level) / 2;

    return (statistics_belief){
        .mean = after_a / (after_a + after_b),
        .sure = {beta_quantile(tail, after_a, after_b), beta_quantile(1 - tail, after_a, after_b)}};
}

double statistics_posterior_bound(uint64_t count, uint64_t of, double a, double b, double level)
{
    if (count > of || !(level > 0 && level < 1) || !(a > 0) || !(b > 0))
        return 0;
    return beta_quantile(1 - level, a + (double)count, b + (double)(of - count));
}

double statistics_posterior_above(uint64_t count, uint64_t of, double a, double b, double share)
{
    if (count > of || !(a > 0) || !(b > 0))
        return 0;
    return beta_above(a + (double)count, b + (double)(of - count), share);
}

interval statistics_newcombe(uint64_t count1, uint64_t of1, uint64_t count2, uint64_t of2,
                             double level)
{
    if (!is_asked_well(count1, of1, level) || !is_asked_well(count2, of2, level))
        return (interval){-1, 1};
    const double   p1 = (double)count1 / (double)of1, p2 = (double)count2 / (double)of2;
    const interval one = statistics_wilson(count1, of1, level);
    const interval two = statistics_wilson(count2, of2, level);

    return (interval){fmax(-1, p1 - p2 - hypot(p1 - one.low, two.high - p2)),
                      fmin(1, p1 - p2 + hypot(one.high - p1, p2 - two.low))};
}
