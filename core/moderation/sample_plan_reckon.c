#include "moderation/sample_plan_reckon.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "statistics/statistics.h"

static const double ALPHA = 0.05, POWER = 0.80, SURE_TAIL = 0.975;

double plan_half_width(double share, double sample, uint64_t size)
{
    const double all = (double)size;

    if (!(sample > 0))
        return 0.5;
    if (size > 0 && sample >= all)
        return 0;
    const double z = gsl_cdf_ugaussian_Pinv(SURE_TAIL);
    const double counts = size > 0 ? sample * (all - 1) / (all - sample) : sample;
    if (!(counts > 0)) /* less than one audit of one */
        return 0.5;
    return z / (1 + z * z / counts) *
           sqrt(share * (1 - share) / counts + z * z / (4 * counts * counts));
}

uint64_t plan_sample_for_share(double share, double within, uint64_t size)
{
    uint64_t low = 0, high = size > 0 ? size : 1;

    while (size == 0 && plan_half_width(share, (double)high, 0) > within)
        high *= 2;
    /* The interval narrows with every audit. */
    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        if (plan_half_width(share, (double)middle, size) <= within)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

double plan_power(plan_pattern pattern, uint64_t sample)
{
    const double differ = pattern.lowered + pattern.raised;
    double       power = 0;

    if (!(differ > 0))
        return 0;
    for (uint64_t m = 1; m <= sample; m++) {
        const statistics_power given =
            statistics_binomial_power(m, 0.5, pattern.lowered / differ, ALPHA);
        if (given.reason == STATISTICS_FINE)
            power +=
                given.power * gsl_ran_binomial_pdf((unsigned)m, fmin(differ, 1), (unsigned)sample);
    }
    return fmin(power, 1);
}

plan_pattern plan_biased(double bias, double raised)
{
    /* No more than all can differ: lowered + raised <= 1, and lowered - raised = bias. */
    const double most = fmax(0, (1 - bias) / 2);
    const double kept = fmin(raised, most);

    return (plan_pattern){.lowered = fmin(bias + kept, 1), .raised = kept};
}

uint64_t plan_sample_for_bias(double bias, double raised)
{
    /* Power rises with the sample, but for small falls where the test's threshold moves on. */
    enum { STAYS_FOR = 10 };
    const plan_pattern pattern = plan_biased(bias, raised);
    uint64_t           since = 0;

    if (!(bias > 0)) /* what is not there is noticed by chance alone */
        return 0;
    for (uint64_t sample = 1; sample <= PLAN_SAMPLE_MOST; sample++) {
        if (plan_power(pattern, sample) < POWER)
            since = 0;
        else if (since == 0)
            since = sample;
        if (since > 0 && sample - since == STAYS_FOR)
            return since;
    }
    return 0;
}

unsigned plan_noticeable(double raised, uint64_t sample)
{
    unsigned low = 1, high = 101;

    if (sample > PLAN_SAMPLE_MOST)
        sample = PLAN_SAMPLE_MOST;
    /* The greater the bias the more is lowered, and the less of what differs is raised. */
    while (low < high) {
        const unsigned middle = low + (high - low) / 2;
        if (plan_power(plan_biased(middle / 100.0, raised), sample) >= POWER)
            high = middle;
        else
            low = middle + 1;
    }
    return low > 100 ? 0 : low;
}
