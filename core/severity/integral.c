#include "severity/integral.h"

#include <stdlib.h>

#include <gsl/gsl_math.h>

/* Nodes reach to where the integrand's logarithm is this much under its mode: 10^-10 of it. */
static const double drop_wanted = 24;
/* The rule's error is exp(-2 pi^2 (s / width)^2) where the integrand is normal with deviation s: with
 * this many deviations from node to node 10^-9. */
static const double deviations_most = 0.9;
/* And exp(-2 pi |pole| / width) by the poles of the chances, which are at about 2 pi i over the number
 * of levels: this many logits over that number. */
static const double logits_most = 1.6;

/* Where the scale tells most: no rating has more variance. */
static double find_variance_most(const steps *scale)
{
    double most = 0;
    for (double eta = -scale->most; eta <= scale->most; eta += 0.125)
        most = fmax(most, steps_at(scale, eta).variance);
    return most;
}

parameters parameters_of(const rating_design *held, const double *values)
{
    const double *border = values + held->auditors;
    const double *inner = border + held->criteria;
    parameters    at = {.severity = values,
                        .difficulty = border,
                        .scale = {.lowest = held->lowest, .span = held->highest - held->lowest},
                        .mean = inner[held->inner_count],
                        .spread = exp(inner[held->inner_count + 1])};
    for (unsigned k = held->lowest; k <= held->highest; k++)
        if (held->used[k])
            at.scale.weight[k] =
                held->inner[k] == THRESHOLD_FIXED ? 1 : exp(-inner[held->inner[k]]);
    at.scale.most = steps_most(at.scale.span);
    at.variance_most = find_variance_most(&at.scale);
    return at;
}

bool integral_make(integral *made, const rating_design *design)
{
    *made = (integral){.stride = INNER + design->inner_count};
    made->rows = calloc(design->largest_unit, made->stride * NODES_MOST * sizeof *made->rows);
    return made->rows;
}

void integral_free(integral *made)
{
    free(made->rows);
    *made = (integral){0};
}

/* One unit's ratings. */
typedef struct {
    const parameters *at;
    const rated      *ratings;
    size_t            count;
} unit;

static double place_of(const parameters *at, const rated *rating)
{
    return at->mean - at->difficulty[rating->criterion] - at->severity[rating->auditor];
}

/* The integrand's logarithm at z, but for a constant; it is concave. */
static double log_integrand(const unit *held, double z, double *slope, double *curvature)
{
    const parameters *at = held->at;
    size_t            most = steps_in_product(&at->scale);
    double            value = -0.5 * z * z;
    double            scale = 1;
    double            residuals = 0;
    double            variances = 0;
    for (size_t o = 0; o < held->count; o++) {
        const rated *rating = &held->ratings[o];
        double       eta = place_of(at, rating) + at->spread * z;
        rating_at    here = steps_at(&at->scale, eta);
        value += (rating->rating - at->scale.lowest) * eta_within(eta, at->scale.most);
        residuals += rating->rating - here.expected;
        variances += here.variance;
        scale *= here.scale;
        if ((o + 1) % most == 0 || o + 1 == held->count) {
            value -= log(scale);
            scale = 1;
        }
    }
    *slope = at->spread * residuals - z;
    *curvature = 1 + at->spread * at->spread * variances;
    return value;
}

/* Newton's method; the nodes need only be about right. Gives the curvature there. */
static double find_mode(const unit *held, double *mode, double *value)
{
    double curvature = 1;
    double slope;
    for (int turn = 0; turn < 50; turn++) {
        *value = log_integrand(held, *mode, &slope, &curvature);
        double step = fmax(-1, fmin(1, slope / curvature));
        if (step * step * curvature < 0.01)
            break;
        *mode += step;
    }
    return curvature;
}

/* How far from the mode the integrand is negligible, on the side of `sign`; `distance` is a guess. */
static void find_end(const unit *held, double mode, double top, double sign, double *distance)
{
    double unused;
    for (int turn = 0; turn < 20; turn++) {
        double drop = top - log_integrand(held, mode + sign * *distance, &unused, &unused);
        if (drop > drop_wanted - 2 && drop < drop_wanted + 6)
            break;
        *distance *= fmax(0.3, fmin(3, sqrt((drop_wanted + 1) / fmax(drop, 1))));
    }
}

/* Gives the width from node to node. */
static double lay_nodes(integral *held, const unit *of, unit_shape *shape)
{
    const parameters *at = of->at;
    double            top;
    double            curvature = find_mode(of, &shape->mode, &top);
    if (shape->below <= 0)
        shape->below = shape->above = sqrt(2 * drop_wanted / curvature);
    find_end(of, shape->mode, top, -1, &shape->below);
    find_end(of, shape->mode, top, 1, &shape->above);
    double steepest = 1 + at->spread * at->spread * (double)of->count * at->variance_most;
    double smooth = logits_most / ((at->scale.span + 1) * at->spread);
    double reach = shape->below + shape->above;
    double width = fmax(fmin(deviations_most / sqrt(steepest), smooth), reach / (NODES_MOST - 4));
    held->nodes = ((size_t)(reach / width) + 4) / 4 * 4;
    for (size_t q = 0; q < held->nodes; q++)
        held->standard[q] = shape->mode - shape->below + (double)q * width;
    return width;
}

/* The log-likelihood of the unit's rating o, and its moments, at every node. One loop a line, over the
 * nodes, which the compiler does several at a time. */
static void rate_at_nodes(integral *held, const rating_design *design, const unit *of, size_t o,
                          double *restrict log_likelihood, double *restrict scale)
{
    const steps *levels = &of->at->scale;
    size_t       nodes = held->nodes;
    double       place = place_of(of->at, &of->ratings[o]);
    double       points = of->ratings[o].rating - levels->lowest;
    double       step[NODES_MOST];
    double       power[NODES_MOST];
    double       sum[NODES_MOST];
    double *restrict first = integral_row(held, o, EXPECTED);
    double *restrict second = integral_row(held, o, VARIANCE);
    for (size_t q = 0; q < nodes; q++) {
        step[q] = eta_within(place + of->at->spread * held->standard[q], levels->most);
        log_likelihood[q] += points * step[q];
    }
    for (size_t q = 0; q < nodes; q++) {
        step[q] = exp(step[q]);
        power[q] = sum[q] = 1;
        first[q] = second[q] = 0;
    }
    for (unsigned k = 1; k <= levels->span; k++) {
        unsigned level = levels->lowest + k;
        double   weight = levels->weight[level];
        for (size_t q = 0; q < nodes; q++) {
            power[q] *= step[q];
            double part = weight * power[q];
            sum[q] += part;
            first[q] += k * part;
            second[q] += k * (k * part);
        }
        if (design->inner[level] == THRESHOLD_FIXED)
            continue;
        double *restrict inner = integral_row(held, o, INNER + design->inner[level]);
        for (size_t q = 0; q < nodes; q++)
            inner[q] = weight * power[q];
    }
    for (size_t q = 0; q < nodes; q++) {
        scale[q] *= sum[q];
        sum[q] = 1 / sum[q];
        first[q] *= sum[q];
        double variance = second[q] * sum[q] - first[q] * first[q];
        second[q] = variance > 0 ? variance : 0;
        first[q] += levels->lowest;
    }
    for (size_t t = INNER; t < held->stride; t++) {
        double *restrict inner = integral_row(held, o, t);
        for (size_t q = 0; q < nodes; q++)
            inner[q] *= sum[q];
    }
}

/* Moves the scales, which are products over ratings, into the logarithms. */
static void take_scales(double *log_likelihood, double *scale, size_t nodes)
{
    for (size_t q = 0; q < nodes; q++) {
        log_likelihood[q] -= log(scale[q]);
        scale[q] = 1;
    }
}

double integral_over(integral *held, const rating_design *design, const parameters *at,
                     const rated *ratings, size_t count, unit_shape *shape)
{
    const unit of = {at, ratings, count};
    size_t     most_scales = steps_in_product(&at->scale);
    double     log_likelihood[NODES_MOST];
    double     scale[NODES_MOST];
    double     constant = log(lay_nodes(held, &of, shape)) - 0.5 * log(2 * M_PI);
    for (size_t q = 0; q < held->nodes; q++) {
        log_likelihood[q] = -0.5 * held->standard[q] * held->standard[q];
        scale[q] = 1;
    }
    for (size_t o = 0; o < count; o++) {
        rate_at_nodes(held, design, &of, o, log_likelihood, scale);
        constant += log(at->scale.weight[ratings[o].rating]);
        if ((o + 1) % most_scales == 0 || o + 1 == count)
            take_scales(log_likelihood, scale, held->nodes);
    }
    double most = -INFINITY;
    for (size_t q = 0; q < held->nodes; q++)
        most = fmax(most, log_likelihood[q]);
    double sum = 0;
    for (size_t q = 0; q < held->nodes; q++)
        sum += held->chance[q] = exp(log_likelihood[q] - most);
    for (size_t q = 0; q < held->nodes; q++)
        held->chance[q] /= sum;
    return constant + most + log(sum);
}
