/* wilson.h - how sure a share of a few records is. */
#pragma once

#include <stdint.h>

typedef struct {
    double low;
    double high;
} interval;

/* The 95% score interval of a share: `count` of `of` records. 0 to 1 where there are none.
 * Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference,
 * Journal of the American Statistical Association 22, 209-212; recommended over others, for small
 * numbers above all, by Newcombe, R. G. (1998), Two-sided confidence intervals for the single
 * proportion: comparison of seven methods, Statistics in Medicine 17, 857-872 (method 3). */
interval wilson(uint64_t count, uint64_t of);

/* A share of 0 to 1 in whole percent, half up: as every report shows it. */
unsigned share_percent(double share);
