/* The permutation distribution of the sum of scores of those that succeed, by adding one group
 * after the other: how likely each number of successes and sum of scores is so far. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_randist.h>

#include "statistics/distribution.h"
#include "statistics/trend.h"

/* Beyond this many steps the exact test takes longer than a person waits. */
static const double MOST_STEPS = 2e8;

/* The most that GSL's hypergeometric distribution takes. */
static const uint64_t MOST_TRIALS = UINT32_MAX;

enum { PARTS = 1000 }; /* scores are counted in thousandths */

typedef struct {
    size_t    groups;
    uint64_t *of;
    uint32_t *scores; /* whole, the least 0 */
    uint64_t  total;
    uint64_t  successes;
    uint64_t  sum; /* of the scores of those that succeeded */
    uint32_t  greatest;
    double   *now; /* (successes + 1) x (successes * greatest + 1) */
    double   *next;
} permutations;

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b > 0) {
        const uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Scores in their largest common part. False where thousandths do not do. */
static bool scale_scores(const double *scores, permutations *made)
{
    double   least = INFINITY;
    uint64_t divisor = 0;

    for (size_t i = 0; i < made->groups; i++)
        least = fmin(least, scores[i]);
    for (size_t i = 0; i < made->groups; i++) {
        const double parts = (scores[i] - least) * PARTS;
        if (parts > 1e9 || fabs(parts - round(parts)) > 1e-6)
            return false;
        made->scores[i] = (uint32_t)round(parts);
        divisor = common_divisor(divisor, made->scores[i]);
    }
    for (size_t i = 0; i < made->groups && divisor > 0; i++) {
        made->scores[i] = (uint32_t)(made->scores[i] / divisor);
        if (made->scores[i] > made->greatest)
            made->greatest = made->scores[i];
    }
    return true;
}

/* Those that failed have the same distribution, turned around: the fewer are counted. */
static bool count_fewer(const uint64_t *counts, permutations *made)
{
    uint64_t total = 0, successes = 0;

    for (size_t i = 0; i < made->groups; i++) {
        if (made->of[i] > MOST_TRIALS - total)
            return false;
        total += made->of[i];
        successes += counts[i];
    }
    const bool turned = successes > total - successes;
    made->total = total;
    made->successes = turned ? total - successes : successes;
    for (size_t i = 0; i < made->groups; i++)
        made->sum += made->scores[i] * (turned ? made->of[i] - counts[i] : counts[i]);
    return true;
}

static size_t width_of(const permutations *made)
{
    return (size_t)(made->successes * made->greatest + 1);
}

static bool can_be_done(const permutations *made)
{
    const double m = (double)made->successes;
    return m * m / 2 * (m * made->greatest + 1) * (double)made->groups <= MOST_STEPS;
}

/* Of `rest` units not yet looked at, the first of[g] are this group: how likely each number of its
 * successes is, where `before` have been counted. */
static void add_group(permutations *made, size_t g, uint64_t rest)
{
    const size_t width = width_of(made);

    for (uint64_t before = 0; before <= made->successes; before++) {
        const uint64_t left = made->successes - before;
        for (uint64_t x = 0; x <= left && x <= made->of[g]; x++) {
            const double chance = gsl_ran_hypergeometric_pdf(
                (unsigned)x, (unsigned)made->of[g], (unsigned)(rest - made->of[g]), (unsigned)left);
            const double *from = made->now + before * width;
            double       *to = made->next + (before + x) * width + x * made->scores[g];
            const size_t  most = width - (size_t)(x * made->scores[g]);
            for (size_t t = 0; chance > 0 && t < most; t++)
                to[t] += chance * from[t];
        }
    }
}

static void add_groups(permutations *made)
{
    const size_t size = (size_t)(made->successes + 1) * width_of(made);
    uint64_t     rest = made->total;

    made->now[0] = 1;
    for (size_t g = 0; g < made->groups; g++) {
        for (size_t i = 0; i < size; i++)
            made->next[i] = 0;
        add_group(made, g, rest);
        rest -= made->of[g];
        double *swapped = made->now;
        made->now = made->next;
        made->next = swapped;
    }
}

static void find_tails(const permutations *made, statistics_trend *found)
{
    const double *sums = made->now + made->successes * width_of(made);
    double        mean = 0;

    for (size_t g = 0; g < made->groups; g++)
        mean +=
            (double)made->successes * (double)made->of[g] / (double)made->total * made->scores[g];
    const double apart = (double)made->sum - mean;
    const double rounding = 1e-9 * (mean + 1);
    for (size_t t = 0; t < width_of(made); t++) {
        const double from_mean = (double)t - mean;
        if (fabs(from_mean) >= fabs(apart) - rounding)
            found->exact += sums[t];
        if (apart >= 0 ? from_mean >= apart - rounding : from_mean <= apart + rounding)
            found->exact_one_sided += sums[t];
    }
    found->exact = fmin(1, found->exact);
    found->exact_one_sided = fmin(1, found->exact_one_sided);
    found->has_exact = true;
}

void trend_exact(const uint64_t *counts, const uint64_t *of, const double *scores, size_t groups,
                 statistics_trend *found)
{
    permutations made = {.groups = groups};

    distribution_begin();
    made.of = calloc(groups, sizeof *made.of);
    made.scores = calloc(groups, sizeof *made.scores);
    if (!made.of || !made.scores)
        goto done;
    for (size_t i = 0; i < groups; i++)
        made.of[i] = of[i];
    if (!scale_scores(scores, &made) || !count_fewer(counts, &made) || !can_be_done(&made))
        goto done;
    const size_t size = (size_t)(made.successes + 1) * width_of(&made);
    made.now = calloc(size, sizeof *made.now);
    made.next = calloc(size, sizeof *made.next);
    if (made.now && made.next) {
        add_groups(&made);
        find_tails(&made, found);
    }
done:
    free(made.now);
    free(made.next);
    free(made.of);
    free(made.scores);
}
