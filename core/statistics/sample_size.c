/* How many to look at. */
#include <math.h>

#include "statistics/statistics.h"

/* A probability that is the limit but for rounding keeps it. */
static bool is_within(double probability, double limit)
{
    return probability <= limit * (1 + 1e-12);
}

/* C(size - faults, sample) / C(size, sample), as the shorter of its two products; once it is below
 * the limit the rest of it does not matter but to who asks for all. */
static double missed_by(uint64_t size, uint64_t faults, uint64_t sample, double least)
{
    const uint64_t fewer = sample < faults ? sample : faults;
    const uint64_t more = sample < faults ? faults : sample;
    double         missed = 1;

    if (sample > size - faults)
        return 0;
    for (uint64_t i = 0; i < fewer && missed > least; i++)
        missed *= (double)(size - more - i) / (double)(size - i);
    return missed;
}

statistics_sample statistics_discovery(uint64_t size, uint64_t faults, double sure)
{
    const double limit = 1 - sure;
    uint64_t     least = 0, most = size;

    if (size == 0)
        return (statistics_sample){.reason = STATISTICS_NOTHING};
    if (faults == 0 || faults > size || !(sure < 1))
        return (statistics_sample){.reason = STATISTICS_NEVER};
    if (size > (uint64_t)1 << 40)
        return (statistics_sample){.reason = STATISTICS_TOO_LARGE};
    while (least < most) {
        const uint64_t middle = least + (most - least) / 2;
        if (is_within(missed_by(size, faults, middle, limit / 2), limit))
            most = middle;
        else
            least = middle + 1;
    }
    return (statistics_sample){.sample = least, .missed = missed_by(size, faults, least, 0)};
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
