/* Krippendorff's alpha. */
#include <math.h>
#include <stdlib.h>

#include "statistics/sample.h"

typedef struct {
    const statistics_measure *measure;
    size_t                    categories;
    double                   *used;     /* how many pairable grades each category has */
    double                   *position; /* where it stands, for a distance that is a difference */
    double                    total;
} scale;

static double value_of(const statistics_measure *measure, size_t category)
{
    return measure->values ? measure->values[category] : (double)(category + 1);
}

/* The ordinal distance, (n_c + ... + n_k - (n_c + n_k) / 2)^2, is the squared difference of the
 * middles of what is used: below c, and half of c. */
static void place(scale *made)
{
    const bool ranked = made->measure->metric == STATISTICS_RANKED;
    double     below = 0;

    for (size_t c = 0; c < made->categories; c++) {
        made->position[c] =
            ranked ? (below + made->used[c] / 2) / made->total : value_of(made->measure, c);
        below += made->used[c];
    }
}

static double distance(const scale *held, size_t c, size_t k)
{
    const double x = held->position[c], y = held->position[k];

    if (held->measure->kind == STATISTICS_ALPHA_WEIGHTED)
        return 1 - held->measure->weights->cells[c * held->categories + k];
    switch (held->measure->metric) {
    case STATISTICS_NOMINAL:
        return c != k;
    case STATISTICS_RATIOS:
        return c == k ? 0 : pow((x - y) / (x + y), 2);
    default:
        return (x - y) * (x - y);
    }
}

/* agreed and expected are 1 - disagreement where that is of weights, and 0 where it is of a
 * metric, whose distances have no greatest. */
static statistics_estimate disagreement(const scale *held, const double *coincidences)
{
    statistics_estimate found = {0};
    double              observed = 0, expected = 0;
    const double        n = held->total;

    for (size_t c = 0; c < held->categories; c++)
        for (size_t k = 0; held->used[c] > 0 && k < held->categories; k++) {
            if (held->used[k] <= 0)
                continue;
            const double apart = distance(held, c, k);
            observed += coincidences[c * held->categories + k] / n * apart;
            expected += held->used[c] / n * (held->used[k] / n) * apart;
        }
    if (!(expected > 0)) {
        found.reason = held->categories == 1 ? STATISTICS_ONE_CATEGORY : STATISTICS_NO_VARIATION;
        return found;
    }
    found.value = 1 - (n - 1) / n * observed / expected;
    if (held->measure->kind == STATISTICS_ALPHA_WEIGHTED) {
        found.agreed = 1 - (n - 1) / n * observed;
        found.expected = 1 - expected;
    }
    if (!isfinite(found.value))
        found = (statistics_estimate){.reason = STATISTICS_TOO_LARGE};
    return found;
}

statistics_estimate alpha_of(const statistics_measure *measure, size_t categories,
                             const double *coincidences)
{
    statistics_estimate found = {.reason = STATISTICS_NO_MEMORY};
    scale               made = {.measure = measure, .categories = categories};

    made.used = calloc(2 * categories, sizeof *made.used);
    if (!made.used)
        return found;
    made.position = made.used + categories;
    for (size_t i = 0; i < categories * categories; i++) {
        made.used[i / categories] += coincidences[i] / 2;
        made.used[i % categories] += coincidences[i] / 2;
    }
    /* Grades are whole; what is less is left of a unit that was taken out. */
    for (size_t c = 0; c < categories; c++) {
        made.used[c] = made.used[c] < 0.5 ? 0 : made.used[c];
        made.total += made.used[c];
    }
    if (made.total > 0) {
        place(&made);
        found = disagreement(&made, coincidences);
    } else {
        found.reason = STATISTICS_NO_PAIRS;
    }
    free(made.used);
    return found;
}
