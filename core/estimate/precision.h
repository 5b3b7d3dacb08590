/* precision.h - how sure a weighted share is. Private to the room. */
#pragma once

#include "estimate/calibrate.h"

/* The shares of the weighed frame, with intervals. False where memory is out. */
bool precision_of(const frame *weighed, const calibration *by, double confidence,
                  estimate_figure *out, arena *memory);

/* Fills low and high: the score interval (Wilson 1927) of a share that is as sure as that of
 * `effective` audits, over 0; `quantile` of the normal distribution. */
void score_interval(estimate_share *of, double effective, double quantile);
