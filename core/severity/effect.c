#include "severity/effect.h"

void effect_start(places *made, const steps *scale, double first, double last)
{
    *made = (places){.scale = *scale, .first = first};
    made->width = fmax(last - first, 1e-6) / (PLACES - 1);
}

void effect_add(places *held, double eta, double share)
{
    double at = fmax(0, fmin((eta - held->first) / held->width, PLACES - 1));
    size_t below = (size_t)at < PLACES - 2 ? (size_t)at : PLACES - 2;
    double above = at - (double)below;
    held->share[below] += share * (1 - above);
    held->share[below + 1] += share * above;
}

/* The expected rating of somebody of this severity; and how fast it falls with it. */
static double expected_at(const places *held, double severity, double *fall)
{
    double expected = 0;
    *fall = 0;
    for (size_t k = 0; k < PLACES; k++) {
        if (held->share[k] <= 0)
            continue;
        rating_at at = steps_at(&held->scale, held->first + (double)k * held->width - severity);
        expected += held->share[k] * at.expected;
        *fall += held->share[k] * at.variance;
    }
    return expected;
}

void effect_finish(places *held)
{
    double sum = 0;
    for (size_t k = 0; k < PLACES; k++)
        sum += held->share[k];
    for (size_t k = 0; k < PLACES; k++)
        held->share[k] /= sum;
    double fall;
    held->average = expected_at(held, 0, &fall);
}

severity_estimate effect_of(const places *held, const severity_estimate *severity)
{
    double            fall;
    double            unused;
    severity_estimate effect = {.value = expected_at(held, severity->value, &fall) - held->average};
    effect.error = fall * severity->error;
    effect.low = expected_at(held, severity->high, &unused) - held->average;
    effect.high = expected_at(held, severity->low, &unused) - held->average;
    return effect;
}
