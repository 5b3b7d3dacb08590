#include "severity/fit.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS_MOST = 100, HALVINGS_MOST = 12 };

/* Of log sigma: it keeps a spread that the data say nothing of, or say to be 0, within reason. */
static const double spread_precision = 0.25;
/* How far one step may move a parameter, in logits. */
static const double step_most = 2;
/* Newton's decrement, twice what is left to gain in log-likelihood: all numbers are within a thousandth
 * of their standard errors then, and after one more step, which squares that, there. */
static const double settled = 1e-6;

static size_t size_of(const rating_design *held)
{
    return held->auditors + design_border(held);
}

/* Level k has the share n_k of all ratings where k eta - tau_1 - ... - tau_k = log n_k. */
static void start_values(fit *made, const rating_design *held)
{
    double count[SEVERITY_LEVELS_MAX] = {0};
    for (size_t k = 0; k < held->count; k++)
        count[held->ratings[k].rating]++;
    double *inner = made->values + held->auditors + held->criteria;
    double  lowest = log(count[held->lowest]);
    double  eta = (log(count[held->highest]) - lowest) / (held->highest - held->lowest);
    for (unsigned k = held->lowest + 1; k < held->highest; k++)
        if (held->inner[k] != THRESHOLD_FIXED)
            inner[held->inner[k]] = (k - held->lowest) * eta - (log(count[k]) - lowest);
    inner[held->inner_count] = eta;
}

bool fit_make(fit *made, const rating_design *design)
{
    *made = (fit){0};
    if (!derivatives_make(&made->at, design))
        return false;
    made->values = calloc(size_of(design), sizeof *made->values);
    made->trial = calloc(size_of(design), sizeof *made->trial);
    made->step = calloc(size_of(design), sizeof *made->step);
    if (!made->values || !made->trial || !made->step)
        return false;
    start_values(made, design);
    return true;
}

void fit_free(fit *made)
{
    derivatives_free(&made->at);
    free(made->values);
    free(made->trial);
    free(made->step);
    *made = (fit){0};
}

static double precision_of(const fit *held, size_t k)
{
    const rating_design *design = held->at.design;
    size_t               inner = design->auditors + design->criteria;
    double               span = design->highest - design->lowest;
    if (k < design->auditors)
        return held->precision;
    if (k >= inner && k < inner + design->inner_count)
        return 1 / (span * span); /* sums of thresholds grow with their number */
    return k + 1 == size_of(design) ? spread_precision : 1 / weak_variance;
}

/* What is made most: the log-likelihood and the logarithms of the priors; with its derivatives. */
static double objective_at(fit *held, const double *values)
{
    const rating_design *design = held->at.design;
    double               objective = derivatives_at(&held->at, values);
    held->log_likelihood = objective;
    for (size_t k = 0; k < size_of(design); k++) {
        double precision = precision_of(held, k);
        objective -= 0.5 * precision * values[k] * values[k];
        held->at.gradient[k] -= precision * values[k];
        if (k < design->auditors)
            *information_auditors(&held->at.information, k, k) += precision;
        else
            *information_border(&held->at.information, k - design->auditors,
                                k - design->auditors) += precision;
    }
    return objective;
}

static void add_damping(fit *held, double damping)
{
    const rating_design *design = held->at.design;
    information         *whole = &held->at.information;
    for (size_t k = 0; k < size_of(design); k++) {
        size_t  border = k - design->auditors;
        double *entry = k < design->auditors ? information_auditors(whole, k, k)
                                             : information_border(whole, border, border);
        *entry += damping * (1 + fabs(*entry));
    }
}

/* The step at `values`, where the derivatives are. Far from the optimum the information may not be
 * positive definite: then it is damped until it is. Returns Newton's decrement, or -1. */
static double find_step(fit *held)
{
    size_t size = size_of(held->at.design);
    double damping = 0;
    while (!information_factor(&held->at.information)) {
        damping = damping > 0 ? 10 * damping : 1e-3;
        if (damping > 1e6)
            return -1;
        objective_at(held, held->values);
        add_damping(held, damping);
    }
    memcpy(held->step, held->at.gradient, size * sizeof *held->step);
    information_solve(&held->at.information, held->step);
    double decrement = 0;
    double longest = 0;
    for (size_t k = 0; k < size; k++) {
        decrement += held->step[k] * held->at.gradient[k];
        longest = fmax(longest, fabs(held->step[k]));
    }
    for (size_t k = 0; longest > step_most && k < size; k++)
        held->step[k] *= step_most / longest;
    return damping > 0 ? fmax(decrement, 2 * settled) : decrement;
}

/* Takes the step, or so much of it as does not lose. False where none of it gains. */
static bool take_step(fit *held, double *objective)
{
    size_t size = size_of(held->at.design);
    double slack = 1e-9 * (1 + fabs(*objective)); /* of the sums' rounding */
    double share = 1;
    for (int halving = 0; halving < HALVINGS_MOST; halving++, share /= 2) {
        for (size_t k = 0; k < size; k++)
            held->trial[k] = held->values[k] + share * held->step[k];
        double there = objective_at(held, held->trial);
        if (there >= *objective - slack) {
            *objective = there;
            memcpy(held->values, held->trial, size * sizeof *held->values);
            return true;
        }
    }
    return false;
}

bool fit_settle(fit *held, double precision)
{
    held->precision = precision;
    double objective = objective_at(held, held->values);
    for (int turn = 0; turn < STEPS_MOST; turn++) {
        double decrement = find_step(held);
        if (!(decrement >= 0) || !isfinite(objective))
            return false;
        if (decrement < settled) {
            for (size_t k = 0; k < size_of(held->at.design); k++)
                held->values[k] += held->step[k];
            return true;
        }
        if (!take_step(held, &objective))
            return false;
    }
    return false;
}
