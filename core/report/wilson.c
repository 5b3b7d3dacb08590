#include "report/wilson.h"

#include <math.h>

/* The normal distribution's 97.5th percentile. */
static const double z = 1.959963984540054;

interval wilson(uint64_t count, uint64_t of)
{
    if (of == 0 || count > of) {
        return (interval){0, 1};
    }
    double n = (double)of;
    double share = (double)count / n;
    double middle = share + z * z / (2 * n);
    double half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    double scaled = 1 + z * z / n;
    interval found = {(middle - half) / scaled, (middle + half) / scaled};
    /* At the ends the formula gives 0 and 1, and rounding would miss them by a little. */
    if (count == 0) {
        found.low = 0;
    }
    if (count == of) {
        found.high = 1;
    }
    return found;
}

unsigned share_percent(double share)
{
    return (unsigned)(share * 100 + 0.5);
}
