/* spread.h - how much auditors differ in truth. Private to this room. */
#pragma once

#include <stddef.h>

/* The spread omega of severities from their estimates and standard errors: that which makes the
 * restricted likelihood of estimates ~ N(m, omega^2 + error^2) times a gamma(2, 1) prior most. The
 * prior is that of Chung, Rabe-Hesketh, Dorie, Gelman and Liu (2013), A nondegenerate penalized
 * likelihood estimator for variance parameters in multilevel models, Psychometrika 78: a handful of
 * auditors often estimates omega = 0 by chance, which would call them all alike beyond doubt. */
double spread_of(const double *value, const double *error, size_t count);
