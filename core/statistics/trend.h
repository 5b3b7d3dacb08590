/* trend.h - the exact test of a trend. Private to this room. */
#pragma once

#include "statistics/statistics.h"

/* Finds has_exact, exact and exact_one_sided; scores ascend or not, as they come. `scores` are none
 * NULL, and counts[i] <= of[i]. */
void trend_exact(const uint64_t *counts, const uint64_t *of, const double *scores, size_t groups,
                 statistics_trend *found);
