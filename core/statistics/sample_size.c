/* How many to look at. */
#include <math.h>

#include "statistics/statistics.h"

/* A probability that is the limit but for rounding keeps it. */
static bool is_within(double probability, double limit)
{
    return probability <= limit * (1 + 1e-12);
}

statistics_sample statistics_discovery(uint64_t size, uint64_t faults, double sure)
{
    const double limit = 1 - sure;
    double       missed = 1;

    if (size == 0)
        return (statistics_sample){.reason = STATISTICS_NOTHING};
    if (faults == 0 || faults > size || !(sure < 1))
        return (statistics_sample){.reason = STATISTICS_NEVER};
    if (size > (uint64_t)1 << 32)
        return (statistics_sample){.reason = STATISTICS_TOO_LARGE};
    uint64_t sample = 0;
    while (!is_within(missed, limit)) {
        const uint64_t sound = size - faults;
        missed = sample >= sound ? 0 : missed * (double)(sound - sample) / (double)(size - sample);
        sample++;
    }
    return (statistics_sample){.sample = sample, .missed = missed};
}

statistics_sample statistics_zero_failures(double reliability, double sure)
{
    const double limit = 1 - sure;

    if (!(reliability < 1) || !(sure < 1) || reliability < 0)
        return (statistics_sample){.reason = STATISTICS_NEVER};
    if (is_within(1, limit) || reliability <= 0)
        return (statistics_sample){.sample = is_within(1, limit) ? 0 : 1,
                                   .missed = is_within(1, limit) ? 1 : 0};
    const double trials = ceil(log(limit) / log(reliability));
    if (!(trials < 9e15))
        return (statistics_sample){.reason = STATISTICS_TOO_LARGE};
    /* The quotient of logarithms may be off by its last digit either way. */
    uint64_t sample = trials < 1 ? 1 : (uint64_t)trials;
    while (sample > 1 && is_within(pow(reliability, (double)sample - 1), limit))
        sample--;
    while (!is_within(pow(reliability, (double)sample), limit))
        sample++;
    return (statistics_sample){.sample = sample, .missed = pow(reliability, (double)sample)};
}
