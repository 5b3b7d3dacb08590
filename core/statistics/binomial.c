#include <math.h>

#include "statistics/distribution.h"

/* P(X <= k) = P(Y >= p) of the beta distribution with k + 1, n - k. */
double statistics_at_most(uint64_t k, uint64_t of, double p)
{
    return k >= of ? 1 : beta_above((double)k + 1, (double)(of - k), p);
}

double statistics_at_least(uint64_t k, uint64_t of, double p)
{
    if (k == 0 || k > of)
        return k == 0 ? 1 : 0;
    return beta_below((double)k, (double)(of - k) + 1, p);
}

/* How many results from one end up to the mean are as unlikely as `limit`, which is a logarithm:
 * as in R, alike are those that differ by a ten millionth. `rising`: from 0 up, else from the top
 * down. */
static uint64_t count_unlikely(uint64_t of, double p, double limit, bool rising)
{
    const double alike = limit + 1e-7;
    const double mean = (double)of * p;
    uint64_t     least = 0;
    uint64_t     most = rising ? (uint64_t)floor(mean) + 1 : of + 1 - (uint64_t)ceil(mean);

    while (least < most) { /* likelihood rises to the mode */
        const uint64_t middle = least + (most - least) / 2;
        const uint64_t k = rising ? middle : of - middle;
        if (binomial_log(k, of, p) <= alike)
            least = middle + 1;
        else
            most = middle;
    }
    return least;
}

static double two_sided(uint64_t count, uint64_t of, double p)
{
    if (p <= 0 || p >= 1)
        return (p <= 0 ? count == 0 : count == of) ? 1 : 0;
    const double mean = (double)of * p, x = (double)count;
    const double likelihood = binomial_log(count, of, p);
    double       both = 1;

    if (x < mean) {
        const uint64_t above = count_unlikely(of, p, likelihood, false);
        both = statistics_at_most(count, of, p) +
               (above > 0 ? statistics_at_least(of - above + 1, of, p) : 0);
    } else if (x > mean) {
        const uint64_t below = count_unlikely(of, p, likelihood, true);
        both = statistics_at_least(count, of, p) +
               (below > 0 ? statistics_at_most(below - 1, of, p) : 0);
    }
    return fmin(1, both);
}

double statistics_binomial_test(uint64_t count, uint64_t of, double p, statistics_side side)
{
    if (of == 0 || count > of)
        return 1;
    if (side == STATISTICS_GREATER)
        return statistics_at_least(count, of, p);
    if (side == STATISTICS_LESS)
        return statistics_at_most(count, of, p);
    return two_sided(count, of, p);
}

/* The least k with P(X >= k) <= alpha. */
static uint64_t critical_above(uint64_t of, double p, double alpha)
{
    uint64_t least = 0, most = of + 1;

    while (least < most) {
        const uint64_t middle = least + (most - least) / 2;
        if (statistics_at_least(middle, of, p) <= alpha)
            most = middle;
        else
            least = middle + 1;
    }
    return least;
}

statistics_power statistics_binomial_power(uint64_t of, double p, double truth, double alpha)
{
    statistics_power found = {0};
    const bool       above = truth >= p;

    if (of == 0)
        return (statistics_power){.reason = STATISTICS_NOTHING};
    /* Below p it is the same with failures counted. */
    const uint64_t critical = critical_above(of, above ? p : 1 - p, alpha);
    if (critical > of)
        return (statistics_power){.reason = STATISTICS_NO_REGION};
    found.critical = above ? critical : of - critical;
    found.size =
        above ? statistics_at_least(critical, of, p) : statistics_at_most(found.critical, of, p);
    found.power = above ? statistics_at_least(critical, of, truth)
                        : statistics_at_most(found.critical, of, truth);
    return found;
}

double statistics_sign_test(uint64_t higher, uint64_t lower)
{
    const uint64_t fewer = higher < lower ? higher : lower;

    if (higher == lower)
        return 1;
    return fmin(1, 2 * statistics_at_most(fewer, higher + lower, 0.5));
}
