/* mixture.h - normals, weighed: what may be, where nobody knows which of many models is right.
 * Private to the room. */
#pragma once

#include <stddef.h>

typedef struct {
    double weight;
    double mean;
    double deviation; /* over 0 */
} mixture_part;

/* Weights add up to 1. */
typedef struct {
    const mixture_part *parts;
    size_t              count;
} mixture;

/* P(X <= x). */
double mixture_below(const mixture *of, double x);

/* The x with P(X <= x) = p; 0 < p < 1. */
double mixture_quantile(const mixture *of, double p);
