/* Figures of agreement and their linearised errors. */
#include <math.h>
#include <stdlib.h>

#include "statistics/distribution.h"
#include "statistics/sample.h"

/* ---- Shares -------------------------------------------------------------------------------- */

/* What the error needs of the categories. */
typedef struct {
    size_t  categories;
    double *first; /* shares of the first rater; of counts, of all raters. So second */
    double *second;
    double *both;
    double *chance; /* what a grade of the category adds to what is expected */
} shares;

static bool shares_open(shares *made, size_t categories)
{
    *made = (shares){.categories = categories};
    made->first = calloc(4 * categories, sizeof *made->first);
    if (!made->first)
        return false;
    made->second = made->first + categories;
    made->both = made->second + categories;
    made->chance = made->both + categories;
    return true;
}

/* sum of w[k][l] * share[l] over l, or of w[l][k] */
static double row_chance(const statistics_weights *weights, size_t k, const double *share)
{
    double sum = 0;

    for (size_t l = 0; l < weights->categories; l++)
        sum += weights->cells[k * weights->categories + l] * share[l];
    return sum;
}

static double column_chance(const statistics_weights *weights, size_t k, const double *share)
{
    double sum = 0;

    for (size_t l = 0; l < weights->categories; l++)
        sum += weights->cells[l * weights->categories + k] * share[l];
    return sum;
}

/* Of grades of all raters together: the derivative of what is expected, halved. */
static void find_chances(const statistics_measure *measure, shares *made)
{
    const statistics_weights *weights = measure->weights;
    const double              q = (double)made->categories;
    double                    sum = 0;

    for (size_t i = 0; i < weights->categories * weights->categories; i++)
        sum += weights->cells[i];
    for (size_t k = 0; k < made->categories; k++)
        made->both[k] = (made->first[k] + made->second[k]) / 2;
    for (size_t k = 0; k < made->categories; k++)
        switch (measure->kind) {
        case STATISTICS_FLEISS:
        case STATISTICS_ALPHA_WEIGHTED:
            made->chance[k] =
                (row_chance(weights, k, made->both) + column_chance(weights, k, made->both)) / 2;
            break;
        case STATISTICS_GWET:
            made->chance[k] = sum / (q * (q - 1)) * (1 - made->both[k]);
            break;
        default: /* what is expected does not depend on the grades given */
            made->chance[k] = 0;
        }
}

/* ---- Of a table ---------------------------------------------------------------------------- */

/* The variance of w[k][l] - (1 - value) * chance[k][l] over the pairs of grades. */
static double table_variance(const statistics_measure *measure, const statistics_table *table,
                             const shares *made, double value, double total)
{
    const size_t              q = table->categories;
    const statistics_weights *weights = measure->weights;
    double                    mean = 0, square = 0;

    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < q * q; i++) {
            if (table->cells[i] == 0)
                continue;
            const size_t k = i / q, l = i % q;
            const double chance =
                measure->kind == STATISTICS_COHEN
                    ? row_chance(weights, k, made->second) + column_chance(weights, l, made->first)
                    : made->chance[k] + made->chance[l];
            const double one = weights->cells[i] - (1 - value) * chance;
            const double share = (double)table->cells[i] / total;
            if (round == 0)
                mean += share * one;
            else
                square += share * (one - mean) * (one - mean);
        }
    return square;
}

static void table_error(const statistics_measure *measure, const statistics_table *table,
                        statistics_estimate *found)
{
    const size_t q = table->categories;
    const double total = (double)found->units;
    shares       made;

    if (!shares_open(&made, q)) {
        found->unsure = STATISTICS_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < q * q; i++) {
        made.first[i / q] += (double)table->cells[i] / total;
        made.second[i % q] += (double)table->cells[i] / total;
    }
    find_chances(measure, &made);
    /* Alpha's error is that of the same figure without its correction for small samples. */
    double value = found->value;
    if (measure->kind == STATISTICS_ALPHA_WEIGHTED)
        value = 1 - (1 - value) * 2 * total / (2 * total - 1);
    found->error =
        sqrt(table_variance(measure, table, &made, value, total) / total) / (1 - found->expected);
    free(made.first);
}

/* ---- Of counts ----------------------------------------------------------------------------- */

/* What one unit says. */
typedef struct {
    double ratings;
    double agreed; /* of its pairs of ratings, weighted; 0 where there are none */
    double chance; /* the mean of its grades' */
} unit_sums;

static unit_sums sums_of(const statistics_counts *counts, size_t unit,
                         const statistics_weights *weights, const double *chance)
{
    const size_t    q = counts->categories;
    const uint32_t *row = counts->counts + unit * q;
    unit_sums       found = {0};
    double          pairs = 0;

    for (size_t k = 0; k < q; k++) {
        found.ratings += row[k];
        found.chance += row[k] * chance[k];
        for (size_t l = 0; row[k] > 0 && l < q; l++)
            pairs += weights->cells[k * q + l] * row[k] * row[l];
    }
    pairs -= found.ratings;
    if (found.ratings > 0)
        found.chance /= found.ratings;
    if (found.ratings > 1)
        found.agreed = pairs / (found.ratings * (found.ratings - 1));
    return found;
}

/* Squares of each unit's figure about the value. */
static double counts_squares(const statistics_measure *measure, const statistics_counts *counts,
                             const shares *made, const statistics_estimate *found, double twice)
{
    const double n = (double)found->units, beyond = 1 - found->expected;
    const bool   constant =
        measure->kind == STATISTICS_PERCENT || measure->kind == STATISTICS_BRENNAN_PREDIGER;
    double squares = 0;

    for (size_t u = 0; u < counts->units; u++) {
        const unit_sums unit = sums_of(counts, u, measure->weights, made->chance);
        if (unit.ratings < 1)
            continue;
        double one = unit.ratings < 2 ? 0 : n / twice * (unit.agreed - found->expected) / beyond;
        if (!constant)
            one -= 2 * (1 - found->value) * (unit.chance - found->expected) / beyond;
        squares += (one - found->value) * (one - found->value);
    }
    return squares;
}

static void counts_error(const sample *held, statistics_estimate *found)
{
    const size_t q = held->categories;
    const double n = (double)found->units;
    shares       made;

    if (!shares_open(&made, q)) {
        found->unsure = STATISTICS_NO_MEMORY;
        return;
    }
    const double twice = held->sums[SUM_TWICE_RATED];
    for (size_t k = 0; k < q; k++)
        made.first[k] = made.second[k] = held->sums[SUM_SHARES + k] / n;
    find_chances(held->measure, &made);
    const double squares = counts_squares(held->measure, held->counts, &made, found, twice);
    found->error = sqrt(squares / (n * (n - 1)));
    free(made.first);
}

/* Units rated more often than others count more, and agreement is taken without the correction for
 * small samples. */
static void alpha_error(const sample *held, statistics_estimate *found)
{
    const size_t q = held->categories;
    const double expected = found->expected, beyond = 1 - expected;
    shares       made;
    double       ratings = 0, units = 0, squares = 0;

    if (!shares_open(&made, q)) {
        found->unsure = STATISTICS_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < q * q; i++)
        ratings += held->sums[i];
    for (size_t i = 0; i < q * q; i++)
        made.first[i / q] += held->sums[i] / ratings;
    for (size_t k = 0; k < q; k++)
        made.second[k] = made.first[k];
    find_chances(held->measure, &made);
    for (size_t u = 0; u < held->counts->units; u++)
        units += sums_of(held->counts, u, held->measure->weights, made.chance).ratings > 1;

    const double mean = ratings / units;
    const double agreed = 1 - (1 - found->agreed) * ratings / (ratings - 1);
    const double value = (agreed - expected) / beyond;
    for (size_t u = 0; u < held->counts->units; u++) {
        const unit_sums unit = sums_of(held->counts, u, held->measure->weights, made.chance);
        if (unit.ratings < 2)
            continue;
        const double more = unit.ratings / mean - 1;
        const double pairs = unit.agreed * unit.ratings / mean - agreed * more;
        const double chance = unit.chance * unit.ratings / mean - expected * more;
        const double one = (pairs - expected - 2 * (1 - value) * (chance - expected)) / beyond;
        squares += (one - value) * (one - value);
    }
    if (units < 2)
        found->unsure = STATISTICS_ONE_UNIT;
    else
        found->error = sqrt(squares / (units * (units - 1)));
    free(made.first);
}

/* ---- Both ---------------------------------------------------------------------------------- */

static double quantile_of(statistics_quantile quantile, double level, uint64_t units)
{
    return quantile == STATISTICS_BY_T ? student_quantile(level, (double)units - 1)
                                       : normal_quantile(level);
}

static void find_error(const sample *held, double level, statistics_quantile quantile,
                       statistics_estimate *found)
{
    const statistics_kind kind = held->measure->kind;

    if (found->units < 2) {
        found->unsure = STATISTICS_ONE_UNIT;
        return;
    }
    if (kind == STATISTICS_ALPHA) {
        const statistics_spread spread = sample_jackknife(held, level);
        found->unsure = spread.reason;
        found->error = spread.error;
    } else if (held->table) {
        table_error(held->measure, held->table, found);
    } else if (kind == STATISTICS_ALPHA_WEIGHTED) {
        alpha_error(held, found);
    } else {
        counts_error(held, found);
    }
    found->sure = around(found->value, found->error, quantile_of(quantile, level, found->units));
    if (found->unsure == STATISTICS_FINE && !(isfinite(found->error) && isfinite(found->sure.low)))
        found->unsure = STATISTICS_TOO_LARGE;
    if (found->unsure != STATISTICS_FINE) {
        found->error = 0;
        found->sure = (interval){0, 0};
    }
}

static statistics_estimate estimate(const statistics_measure *measure,
                                    const statistics_counts *counts, const statistics_table *table,
                                    double level, statistics_quantile quantile)
{
    sample held;

    const statistics_reason reason = sample_open(&held, measure, counts, table);
    if (reason != STATISTICS_FINE)
        return (statistics_estimate){.reason = reason, .unsure = reason};
    statistics_estimate found = sample_value(&held, held.sums);
    found.units = held.units;
    if (found.reason == STATISTICS_FINE)
        find_error(&held, level, quantile, &found);
    else
        found.unsure = found.reason;
    sample_close(&held);
    return found;
}

statistics_estimate statistics_agreement(const statistics_measure *measure,
                                         const statistics_counts *counts, double level,
                                         statistics_quantile quantile)
{
    return estimate(measure, counts, NULL, level, quantile);
}

statistics_estimate statistics_table_agreement(const statistics_measure *measure,
                                               const statistics_table *table, double level,
                                               statistics_quantile quantile)
{
    return estimate(measure, NULL, table, level, quantile);
}
