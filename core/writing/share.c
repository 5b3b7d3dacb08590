#include "writing/share.h"

interval share_interval(uint64_t count, uint64_t of)
{
    return statistics_wilson(count, of, 0.95);
}

unsigned share_percent(double share)
{
    return (unsigned)(share * 100 + 0.5);
}
