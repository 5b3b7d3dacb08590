/* steps.h - the rating scale: what is expected at a place on it. Private to this room. */
#pragma once

#include <math.h>

#include "severity/design.h"

/* exp(-tau_1 - ... - tau_k) of each level k; 0 for levels that nobody used. */
typedef struct {
    unsigned lowest;
    unsigned span; /* from it to the highest */
    double most; /* eta is taken as within +- this: next to nothing changes beyond it, and the power
                      of the highest level is still a double */
    double weight[SEVERITY_LEVELS_MAX];
} steps;

/* A rating at a place: eta = theta - delta - beta. */
typedef struct {
    double expected;
    double variance;
    double
        scale; /* the sum of exp(k eta - ...) over the levels, k counted from the lowest: 1 or more */
} rating_at;

static inline double steps_most(unsigned span)
{
    return fmin(60, 600.0 / span);
}

static inline double eta_within(double eta, double most)
{
    double high = eta < most ? eta : most;
    return high > -most ? high : -most;
}

static inline rating_at steps_at(const steps *scale, double eta)
{
    double step = exp(eta_within(eta, scale->most));
    double power = 1;
    double sum = 0;
    double first = 0;
    double second = 0;
    for (unsigned k = 0; k <= scale->span; k++) {
        double part = power * scale->weight[scale->lowest + k];
        sum += part;
        first += k * part;
        second += k * (k * part);
        power *= step;
    }
    double mean = first / sum;
    return (rating_at){scale->lowest + mean, fmax(second / sum - mean * mean, 0), sum};
}

/* How many scales may be multiplied before the product leaves a double. */
static inline size_t steps_in_product(const steps *scale)
{
    /* log10 of a scale is at most this much a level, and 10 for the weights */
    return (size_t)(290 / (scale->most / log(10) * scale->span + 10));
}
