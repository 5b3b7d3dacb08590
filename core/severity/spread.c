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

double spread_of(const double *value, const double *error, size_t count)
{
    const estimates held = {value, error, count};
    /* from 0.001 to 20 logits, first by steps, as there may be more than one top */
    const double low = log(0.001);
    const double step = (log(20.0) - low) / 100;
    int          best = 0;
    double       most = -INFINITY;
    for (int k = 0; k <= 100; k++) {
        double here = log_posterior(&held, low + k * step);
        if (here > most) {
            most = here;
            best = k;
        }
    }
    const double golden = (sqrt(5.0) - 1) / 2;
    double       from = low + (best - 1) * step;
    double       to = low + (best + 1) * step;
    for (int turn = 0; turn < 60; turn++) {
        double first = to - golden * (to - from);
        double second = from + golden * (to - from);
        if (log_posterior(&held, first) >= log_posterior(&held, second))
            to = second;
        else
            from = first;
    }
    return exp(0.5 * (from + to));
}
