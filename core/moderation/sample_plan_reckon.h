/* sample_plan_reckon.h - how many audits show what: the formulas behind a plan. Private to this room. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Half the width of the 95% score interval (Wilson 1927) of a share near `share`, known from `sample`
 * of `size` audits drawn without replacement; size 0: of however many. The sample counts for
 * sample x (size - 1) / (size - sample): the finite population correction (Cochran, Sampling
 * Techniques, 3rd edition 1977, 2.6), put into the interval as Korn and Graubard do with other
 * effective samples (Survey Methodology 24, 1998, 193-201). 0 where all were looked at, 0.5 where
 * none. `sample` need not be whole. */
double plan_half_width(double share, double sample, uint64_t size);

/* The least sample that knows the share to +- `within`. `size` at most, where it is not 0. */
uint64_t plan_sample_for_share(double share, double within, uint64_t size);

/* Of audits moderated, the moderator lowers `lowered` and raises `raised` by a grade: with which
 * probability the exact one-sided sign test at 5% notices it in `sample` audits. The number that
 * differ is binomial, and so is the number lowered among them: summed over both. */
typedef struct {
    double lowered;
    double raised;
} plan_pattern;
double plan_power(plan_pattern pattern, uint64_t sample);

/* An auditor who is `bias` grades too generous on average, where moderators also raise `raised` of
 * the audits: they lower so many more. What cannot be so is brought to where it can. */
plan_pattern plan_biased(double bias, double raised);

enum { PLAN_SAMPLE_MOST = 2000 };
/* The least sample from which on the bias is noticed with a power of 80%; 0: none up to
 * PLAN_SAMPLE_MOST. */
uint64_t plan_sample_for_bias(double bias, double raised);

/* The least bias, in hundredths of a grade, that so many audits notice with a power of 80%; 0: none, not
 * even a grade in every audit. */
unsigned plan_noticeable(double raised, uint64_t sample);
