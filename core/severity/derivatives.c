#include "severity/derivatives.h"

#include <stdlib.h>
#include <string.h>

static size_t largest_local(const rating_design *held)
{
    size_t most = 0;
    for (size_t u = 0; u < held->unit_count; u++) {
        size_t shares = 1;
        for (size_t k = held->units[u] + 1; k < held->units[u + 1]; k++)
            shares += held->ratings[k].auditor != held->ratings[k - 1].auditor;
        most = shares > most ? shares : most;
    }
    size_t criteria = held->criteria < held->largest_unit ? held->criteria : held->largest_unit;
    return most + criteria + held->inner_count + 2;
}

bool derivatives_make(derivatives *made, const rating_design *design)
{
    *made = (derivatives){.design = design, .local_most = largest_local(design)};
    if (!integral_make(&made->integral, design) || !information_make(&made->information, design))
        return false;
    made->shapes = calloc(design->unit_count, sizeof *made->shapes);
    made->gradient = calloc(design->auditors + design_border(design), sizeof *made->gradient);
    made->local = calloc(made->local_most, sizeof *made->local);
    made->scores = calloc(NODES_MOST * made->local_most, sizeof *made->scores);
    made->square = calloc(made->local_most * made->local_most, sizeof *made->square);
    made->slot = calloc(design->criteria, sizeof *made->slot);
    made->unit = calloc(design->criteria, sizeof *made->unit);
    return made->shapes && made->gradient && made->local && made->scores && made->square &&
           made->slot && made->unit;
}

void derivatives_free(derivatives *made)
{
    integral_free(&made->integral);
    information_free(&made->information);
    free(made->shapes);
    free(made->gradient);
    free(made->local);
    free(made->scores);
    free(made->square);
    free(made->slot);
    free(made->unit);
    *made = (derivatives){0};
}

/* How one unit's own numbers are laid out. */
typedef struct {
    const rated *ratings;
    size_t       count;
    size_t       shares; /* auditors come first, then criteria */
    size_t       inner;  /* where thresholds begin */
    size_t       mean;
    size_t       spread;
    size_t       size;
} unit_layout;

static unit_layout lay_out(derivatives *held, size_t u)
{
    const rating_design *design = held->design;
    unit_layout          unit = {.ratings = design->ratings + design->units[u],
                                 .count = design->units[u + 1] - design->units[u]};
    for (size_t o = 0; o < unit.count; o++)
        if (o == 0 || unit.ratings[o].auditor != unit.ratings[o - 1].auditor)
            held->local[unit.shares++] = unit.ratings[o].auditor;
    size_t next = unit.shares;
    for (size_t o = 0; o < unit.count; o++) {
        size_t c = unit.ratings[o].criterion;
        if (held->unit[c] == u + 1)
            continue;
        held->unit[c] = u + 1;
        held->slot[c] = next;
        held->local[next++] = design->auditors + c;
    }
    unit.inner = next;
    unit.mean = unit.inner + design->inner_count;
    unit.spread = unit.mean + 1;
    unit.size = unit.spread + 1;
    for (size_t k = unit.inner; k < unit.size; k++)
        held->local[k] = design->auditors + design->criteria + (k - unit.inner);
    return unit;
}

/* First derivatives at every node, one row a parameter. */
static void fill_scores(derivatives *held, const unit_layout *unit, double sigma)
{
    const rating_design *design = held->design;
    const integral      *at = &held->integral;
    size_t               nodes = at->nodes;
    memset(held->scores, 0, nodes * unit->size * sizeof *held->scores);
    double *restrict mean = held->scores + unit->mean * nodes;
    size_t share = 0;
    for (size_t o = 0; o < unit->count; o++) {
        const rated  *rating = &unit->ratings[o];
        const double *expected = integral_row(at, o, EXPECTED);
        share += o > 0 && rating->auditor != unit->ratings[o - 1].auditor;
        double *restrict auditor = held->scores + share * nodes;
        double *restrict criterion = held->scores + held->slot[rating->criterion] * nodes;
        for (size_t q = 0; q < nodes; q++) {
            double residual = rating->rating - expected[q];
            auditor[q] -= residual;
            criterion[q] -= residual;
            mean[q] += residual;
        }
        for (size_t t = 0; t < design->inner_count; t++) {
            double *restrict threshold = held->scores + (unit->inner + t) * nodes;
            const double *chance = integral_row(at, o, INNER + t);
            double        given = design->inner[rating->rating] == t;
            for (size_t q = 0; q < nodes; q++)
                threshold[q] += chance[q] - given;
        }
    }
    double *restrict spread = held->scores + unit->spread * nodes;
    for (size_t q = 0; q < nodes; q++)
        spread[q] = sigma * at->standard[q] * mean[q];
}

/* Over the nodes: four sums beside each other, as a compiler may not reorder one. */
static inline double dot(const double *restrict a, const double *restrict b, size_t nodes)
{
    double sum[4] = {0};
    for (size_t q = 0; q < nodes; q += 4)
        for (size_t lane = 0; lane < 4; lane++)
            sum[lane] += a[q + lane] * b[q + lane];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Adds the unit's gradient, its scores' mean over the nodes; leaves in `scores` how each node's
 * differ from it. Louis (1982), JRSS B 44: the observed information is the mean of that of the nodes
 * less the variance of their scores. */
static void take_gradient(derivatives *held, const unit_layout *unit)
{
    const integral *at = &held->integral;
    double          root[NODES_MOST];
    for (size_t q = 0; q < at->nodes; q++)
        root[q] = sqrt(at->chance[q]);
    for (size_t k = 0; k < unit->size; k++) {
        double *score = held->scores + k * at->nodes;
        double  mean = dot(at->chance, score, at->nodes);
        held->gradient[held->local[k]] += mean;
        /* d2/d(log sigma)2 has the score itself once more */
        if (k == unit->spread)
            held->square[k * unit->size + k] -= mean;
        for (size_t q = 0; q < at->nodes; q++)
            score[q] = root[q] * (score[q] - mean);
    }
}

static void take_variance(derivatives *held, const unit_layout *unit)
{
    size_t nodes = held->integral.nodes;
    for (size_t a = 0; a < unit->size; a++)
        for (size_t b = 0; b <= a; b++)
            held->square[a * unit->size + b] -=
                dot(held->scores + a * nodes, held->scores + b * nodes, nodes);
}

static void add(derivatives *held, const unit_layout *unit, size_t a, size_t b, double value)
{
    held->square[a > b ? a * unit->size + b : b * unit->size + a] += value;
}

/* The mean over the nodes of one rating's information: of its place, eta, alone. */
static void add_place(derivatives *held, const unit_layout *unit, size_t o, size_t share,
                      const double *spread)
{
    const integral *at = &held->integral;
    size_t          criterion = held->slot[unit->ratings[o].criterion];
    const double   *variances = integral_row(at, o, VARIANCE);
    double          weighted[NODES_MOST];
    for (size_t q = 0; q < at->nodes; q++)
        weighted[q] = at->chance[q] * spread[q];
    double plain = dot(at->chance, variances, at->nodes);
    double once = dot(weighted, variances, at->nodes);
    for (size_t q = 0; q < at->nodes; q++)
        weighted[q] *= spread[q];
    double twice = dot(weighted, variances, at->nodes);

    add(held, unit, share, share, plain);
    add(held, unit, criterion, share, plain);
    add(held, unit, criterion, criterion, plain);
    add(held, unit, unit->mean, share, -plain);
    add(held, unit, unit->mean, criterion, -plain);
    add(held, unit, unit->mean, unit->mean, plain);
    add(held, unit, unit->spread, share, -once);
    add(held, unit, unit->spread, criterion, -once);
    add(held, unit, unit->spread, unit->mean, once);
    add(held, unit, unit->spread, unit->spread, twice);
}

/* And of the thresholds, with everything else. */
static void add_thresholds(derivatives *held, const unit_layout *unit, size_t o, size_t share,
                           const double *spread)
{
    const rating_design *design = held->design;
    const integral      *at = &held->integral;
    size_t               criterion = held->slot[unit->ratings[o].criterion];
    const double        *expected = integral_row(at, o, EXPECTED);
    double               weighted[NODES_MOST];
    double               moments[NODES_MOST];
    for (unsigned k = design->lowest + 1; k < design->highest; k++) {
        if (design->inner[k] == THRESHOLD_FIXED)
            continue;
        size_t        t = design->inner[k];
        const double *chance = integral_row(at, o, INNER + t);
        for (size_t q = 0; q < at->nodes; q++) {
            weighted[q] = at->chance[q] * chance[q];
            moments[q] = k - expected[q];
        }
        double moment = dot(weighted, moments, at->nodes);
        double all = dot(at->chance, chance, at->nodes);
        for (size_t s = 0; s <= t; s++)
            add(held, unit, unit->inner + t, unit->inner + s,
                (s == t ? all : 0) - dot(weighted, integral_row(at, o, INNER + s), at->nodes));
        for (size_t q = 0; q < at->nodes; q++)
            moments[q] *= spread[q];
        double spread_moment = dot(weighted, moments, at->nodes);
        add(held, unit, unit->inner + t, share, moment);
        add(held, unit, unit->inner + t, criterion, moment);
        add(held, unit, unit->mean, unit->inner + t, -moment);
        add(held, unit, unit->spread, unit->inner + t, -spread_moment);
    }
}

/* Adds the unit's square to the whole. Auditors stand before the border in both. */
static void scatter(derivatives *held, const unit_layout *unit)
{
    information *whole = &held->information;
    size_t       auditors = held->design->auditors;
    for (size_t a = 0; a < unit->size; a++) {
        for (size_t b = 0; b <= a; b++) {
            double value = held->square[a * unit->size + b];
            size_t high = held->local[a] > held->local[b] ? held->local[a] : held->local[b];
            size_t low = held->local[a] + held->local[b] - high;
            if (high < auditors)
                *information_auditors(whole, high, low) += value;
            else if (low < auditors)
                whole->rows[low * whole->border + (high - auditors)] += value;
            else
                *information_border(whole, high - auditors, low - auditors) += value;
        }
    }
}

double derivatives_at(derivatives *held, const double *values)
{
    const rating_design *design = held->design;
    parameters           at = parameters_of(design, values);
    double               log_likelihood = 0;
    memset(held->gradient, 0, (design->auditors + design_border(design)) * sizeof *held->gradient);
    memset(held->unit, 0, design->criteria * sizeof *held->unit);
    information_clear(&held->information);
    for (size_t u = 0; u < design->unit_count; u++) {
        unit_layout unit = lay_out(held, u);
        log_likelihood +=
            integral_over(&held->integral, design, &at, unit.ratings, unit.count, &held->shapes[u]);
        memset(held->square, 0, unit.size * unit.size * sizeof *held->square);
        fill_scores(held, &unit, at.spread);
        take_gradient(held, &unit);
        take_variance(held, &unit);
        double spread[NODES_MOST];
        for (size_t q = 0; q < held->integral.nodes; q++)
            spread[q] = at.spread * held->integral.standard[q];
        size_t share = 0;
        for (size_t o = 0; o < unit.count; o++) {
            share += o > 0 && unit.ratings[o].auditor != unit.ratings[o - 1].auditor;
            add_place(held, &unit, o, share, spread);
            add_thresholds(held, &unit, o, share, spread);
        }
        scatter(held, &unit);
    }
    return log_likelihood;
}
