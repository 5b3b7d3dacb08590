/* freedom.h - how much the audits say of their own spread, once severities have taken their part.
 * Private to this room. */
#pragma once

#include "severity/design.h"

/* Likelihood that is made most gives the audits' qualities too small a spread, as it would take any
 * sample's variance from its own mean: every auditor whom no shared audit ties to another has their own
 * mean fitted to their own audits, and with one audit each nothing is left of the spread at all. Left
 * over are the audits less one for each link group; a group of n auditors needs n - 1 second ratings
 * of audits to count as one. The usual remedy (Patterson, H. D. and Thompson, R. (1971), Recovery of
 * inter-block information when block sizes are unequal, Biometrika 58) for designs as these. */
typedef struct {
    double left;   /* degrees of freedom; 0 where severity and quality cannot be told apart at all */
    double widens; /* what a standard error has to be multiplied with; at least 1 */
    double reach;  /* of a 95% interval in standard errors as they are given: Student's, widened */
} freedom;

/* False where memory is out. */
bool freedom_of(const rating_design *design, freedom *out);

/* The chance, two-sided, of an estimate that is `distance` standard errors from the average; 1 where
 * nothing is left. */
double freedom_chance(const freedom *of, double distance);
