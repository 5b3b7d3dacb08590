/* model.h - the share's log-odds through the months. Private to the room. */
#pragma once

#include "forecast/mixture.h"
#include "forecast/readings.h"

/* One combination of the grid, fitted: the log-odds of each month are normal, with these means and
 * variances. */
typedef struct {
    double  weight; /* of all fits, 1 */
    double  noise;  /* variance of what a month's audits have of their own */
    double *means;  /* [month], from the first that was asked for */
    double *variances;
    double  rise_mean; /* of the log-odds from month `from` to month `to` */
    double  rise_variance;
} model_fit;

typedef struct {
    model_fit *fits;
    size_t     count;
    int32_t    first;
    size_t     months;
} model;

/* Fits every combination to the readings (at least one), for the months `first` and on; keeps those
 * with some weight. `from` and `to` are among the months. False where memory is out. */
bool model_make(const readings *of, int32_t first, size_t months, int32_t from, int32_t to,
                model *out, arena *memory);

/* The log-odds in a month, as a mixture of normals: `parts` has room for `of->count`. */
mixture model_month(const model *of, int32_t month, mixture_part *parts);
