#include "severity/spread.h"

#include <math.h>

typedef struct {
    const double *value;
    const double *error;
    size_t        count;
} estimates;

static double log_posterior(const estimates *held, double log_spread)
{
    double spread = exp(log_spread);
    double weights = 0;
    double weighted = 0;
    double squares = 0;
    double logs = 0;
    for (size_t k = 0; k < held->count; k++) {
        double variance = spread * spread + held->error[k] * held->error[k];
        double weight = 1 / variance;
        weights += weight;
        weighted += weight * held->value[k];
        squares += weight * held->value[k] * held->value[k];
        logs += log(variance);
    }
    squares -= weighted * weighted / weights;
    return -0.5 * (logs + log(weights) + squares) + log_spread - spread;
}

/* The likeliest, from 0.001 to 20 logits: by steps first, as there may be more than one top. */
static double find_top(const estimates *held)
{
    const double low = log(0.001);
    const double step = (log(20.0) - low) / 100;
    const double golden = (sqrt(5.0) - 1) / 2;
    int          best = 0;
    for (int k = 1; k <= 100; k++)
        if (log_posterior(held, low + k * step) > log_posterior(held, low + best * step))
            best = k;
    double from = low + (best - 1) * step;
    double to = low + (best + 1) * step;
    for (int turn = 0; turn < 60; turn++) {
        double first = to - golden * (to - from);
        double second = from + golden * (to - from);
        if (log_posterior(held, first) >= log_posterior(held, second))
            to = second;
        else
            from = first;
    }
    return 0.5 * (from + to);
}

void spread_find(spread_found *found, const double *value, const double *error, size_t count)
{
    const estimates held = {value, error, count};
    const double    top = find_top(&held);
    const double    most = log_posterior(&held, top);
    const double    near = 0.05;
    double bend = 2 * most - log_posterior(&held, top - near) - log_posterior(&held, top + near);
    /* five deviations either side of the top */
    double reach = fmin(5, 5 * near / sqrt(fmax(bend, 1e-6)));
    double sum = 0;
    for (int k = 0; k < SPREAD_STEPS; k++) {
        double at = top + reach * (2.0 * k / (SPREAD_STEPS - 1) - 1);
        found->spread[k] = exp(at);
        sum += found->chance[k] = exp(log_posterior(&held, at) - most + at - top);
    }
    for (int k = 0; k < SPREAD_STEPS; k++)
        found->chance[k] /= sum;
    found->likeliest = exp(top);
}

double spread_variance(const spread_found *found, double value, double variance)
{
    double prior = found->likeliest * found->likeliest;
    /* the estimate and its variance of which these are what is left: 1/variance = 1/own + 1/prior */
    double kept = fmax(1 - variance / prior, 0.01);
    double own = variance / kept;
    double whole = value / kept;
    double mean = 0;
    double square = 0;
    double within = 0;
    for (int k = 0; k < SPREAD_STEPS; k++) {
        double spread = found->spread[k] * found->spread[k];
        double share = spread / (spread + own);
        mean += found->chance[k] * share * whole;
        square += found->chance[k] * share * whole * share * whole;
        within += found->chance[k] * share * own;
    }
    return fmax(within, variance) + fmax(square - mean * mean, 0);
}
