/* share.h - a share of records, as every report shows it. */
#pragma once

#include <stdint.h>

#include "statistics/statistics.h"

/* How sure a share is: its 95% interval, of Wilson. 0 to 1 where there are no records. */
interval share_interval(uint64_t count, uint64_t of);

/* A share of 0 to 1 in whole percent, half up. */
unsigned share_percent(double share);
