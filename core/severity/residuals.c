#include "severity/residuals.h"

/* Under it a surprise is beyond what a double can tell from certainty. */
static const double variance_least = 1e-10;

static void take_rating(const integral *at, const rated *rating, size_t o, residual_sums *sums)
{
    const double *expected = integral_row(at, o, EXPECTED);
    const double *variance = integral_row(at, o, VARIANCE);
    for (size_t q = 0; q < at->nodes; q++) {
        double residual = rating->rating - expected[q];
        double square = at->chance[q] * residual * residual;
        sums->squares += square;
        sums->variances += at->chance[q] * variance[q];
        sums->standardised += square / fmax(variance[q], variance_least);
    }
}

/* As far as any unit's quality goes. */
static void find_range(derivatives *held, const double *values, const double *shift, places *spread)
{
    const rating_design *design = held->design;
    parameters           at = parameters_of(design, values);
    double               least = 0;
    double               most = 0;
    double               easiest = INFINITY;
    double               hardest = -INFINITY;
    for (size_t u = 0; u < design->unit_count; u++) {
        least = fmin(least, held->shapes[u].mode - held->shapes[u].below);
        most = fmax(most, held->shapes[u].mode + held->shapes[u].above);
    }
    for (size_t c = 0; c < design->criteria; c++) {
        easiest = fmin(easiest, at.difficulty[c] + shift[c]);
        hardest = fmax(hardest, at.difficulty[c] + shift[c]);
    }
    effect_start(spread, &at.scale, at.mean + at.spread * least - hardest,
                 at.mean + at.spread * most - easiest);
}

void residuals_take(derivatives *held, const double *values, const double *shift,
                    residual_sums *sums, places *spread)
{
    const rating_design *design = held->design;
    const integral      *nodes = &held->integral;
    parameters           at = parameters_of(design, values);
    find_range(held, values, shift, spread);
    size_t *ratings_of = held->unit; /* each criterion's share of the ratings */
    for (size_t c = 0; c < design->criteria; c++)
        ratings_of[c] = 0;
    for (size_t k = 0; k < design->count; k++)
        ratings_of[design->ratings[k].criterion]++;
    for (size_t u = 0; u < design->unit_count; u++) {
        const rated *ratings = design->ratings + design->units[u];
        size_t       count = design->units[u + 1] - design->units[u];
        integral_over(&held->integral, design, &at, ratings, count, &held->shapes[u]);
        for (size_t o = 0; o < count; o++)
            take_rating(nodes, &ratings[o], o, &sums[ratings[o].auditor]);
        for (size_t c = 0; c < design->criteria; c++)
            for (size_t q = 0; q < nodes->nodes; q++)
                effect_add(spread,
                           at.mean + at.spread * nodes->standard[q] - at.difficulty[c] - shift[c],
                           nodes->chance[q] * (double)ratings_of[c]);
    }
    effect_finish(spread);
}

void residuals_chances(derivatives *held, const double *values, const bool *wanted,
                       double *log_chance)
{
    const rating_design *design = held->design;
    parameters           at = parameters_of(design, values);
    size_t               first = 0;
    for (size_t k = 1; k <= design->count; k++) {
        const rated *ratings = design->ratings + first;
        if (k < design->count && design->ratings[k].audit == ratings->audit &&
            design->ratings[k].auditor == ratings->auditor)
            continue;
        unit_shape shape = {0};
        if (wanted[ratings->auditor])
            log_chance[ratings->auditor] +=
                integral_over(&held->integral, design, &at, ratings, k - first, &shape);
        first = k;
    }
}
