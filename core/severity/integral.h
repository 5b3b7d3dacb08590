/* integral.h - the quality of one unit, integrated out. Private to this room. */
#pragma once

#include "severity/steps.h"

/* At most, of one unit. 16 serve most units; one whose ratings are all at an end needs more. */
enum { NODES_MOST = 256 };

/* Parameters in the order of the fit: severities, criteria, free thresholds, mu, log sigma. */
typedef struct {
    const double *severity;   /* [auditor] */
    const double *difficulty; /* [criterion] */
    steps         scale;
    double        variance_most; /* of a rating */
    double        mean;
    double        spread; /* sigma */
} parameters;

parameters parameters_of(const rating_design *held, const double *values);

/* Where a unit's integrand is large, in spreads from the mean. Kept from call to call, as it is found
 * faster from nearby; all 0 at first. */
typedef struct {
    double mode;
    double below; /* how far beneath the mode it is negligible, and how far above */
    double above;
} unit_shape;

/* Room for one unit at a time. */
typedef struct {
    size_t  nodes;                /* of this unit: a multiple of 4 */
    double  standard[NODES_MOST]; /* z: quality in spreads from the mean */
    double  chance[NODES_MOST];   /* of each node, given the unit's ratings; sums to 1 */
    size_t  stride;               /* rows of each rating */
    double *rows;                 /* [rating of the unit][row][node] */
} integral;

/* The rows of a rating: then the chance of each level that has a free threshold. */
enum { EXPECTED, VARIANCE, INNER };

/* Row `what` of the unit's rating o: [node]. */
static inline double *integral_row(const integral *held, size_t o, size_t what)
{
    return held->rows + (o * held->stride + what) * held->nodes;
}

/* False where memory is out; integral_free() either way. */
bool integral_make(integral *made, const rating_design *design);
void integral_free(integral *made);

/* Fills nodes, standard, chance and rows for one unit, and returns its log-likelihood.
 *
 * The rule is the trapezoidal one, on even steps around the mode as far as the integrand goes: for
 * what is smooth and dies away at both ends its error falls exponentially (Trefethen and Weideman
 * 2014, The exponentially convergent trapezoidal rule, SIAM Review 56). Gauss-Hermite nodes are no
 * better where ratings are many and the integrand normal, and far worse where all of a unit's ratings
 * are at an end of the scale and it falls steeply on one side alone. */
double integral_over(integral *held, const rating_design *design, const parameters *at,
                     const rated *ratings, size_t count, unit_shape *shape);
