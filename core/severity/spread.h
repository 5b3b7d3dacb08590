/* spread.h - how much auditors differ in truth. Private to this room. */
#pragma once

#include <stddef.h>

enum { SPREAD_STEPS = 101 };

/* What the estimates say of the spread omega: the likeliest, and the chance of others, on even steps of
 * its logarithm. */
typedef struct {
    double likeliest;
    double spread[SPREAD_STEPS];
    double chance[SPREAD_STEPS];
} spread_found;

/* The spread of severities from their estimates and standard errors: the restricted likelihood of
 * estimates ~ N(m, omega^2 + error^2), times a gamma(2, 1) prior. The prior is that of Chung,
 * Rabe-Hesketh, Dorie, Gelman and Liu (2013), A nondegenerate penalized likelihood estimator for
 * variance parameters in multilevel models, Psychometrika 78: a handful of auditors often estimates
 * omega = 0 by chance, which would call them all alike beyond doubt. */
void spread_find(spread_found *found, const double *value, const double *error, size_t count);

/* A shrunken value's variance, given that it is `variance` at the likeliest spread: as that spread is an
 * estimate, what is expected of the variance and the variance of the value itself over the others
 * (Morris 1983, Parametric empirical Bayes inference, JASA 78, by quadrature). */
double spread_variance(const spread_found *found, double value, double variance);
