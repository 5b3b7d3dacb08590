/* residuals.h - what was rated against what was expected. Private to this room. */
#pragma once

#include "severity/derivatives.h"
#include "severity/effect.h"

/* Sums over one auditor's ratings, each the mean over its audit's quality. With qualities from their
 * distribution given the ratings, as Adams and Wu draw them, each square is expected to be its
 * variance; at a best guess of the quality it would be less. */
typedef struct {
    double squares;
    double variances;
    double standardised; /* squares, each divided by its variance */
} residual_sums;

/* At the settled values; `sums` [auditor] starts at 0. Spreads the places of the average auditor,
 * whose severity is shift[criterion] on that criterion's scale. */
void residuals_take(derivatives *held, const double *values, const double *shift,
                    residual_sums *sums, places *spread);

/* The log of the chance that an auditor, had they the severity of `values`, gave the ratings that they
 * gave: added over audits to log_chance[auditor], for those wanted. */
void residuals_chances(derivatives *held, const double *values, const bool *wanted,
                       double *log_chance);
