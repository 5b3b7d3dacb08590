/* Two raters: direction, symmetry, marginals. */
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_linalg.h>

#include "statistics/distribution.h"

static double cell(const statistics_table *table, size_t k, size_t l)
{
    return (double)table->cells[k * table->categories + l];
}

/* ---- McNemar, direction -------------------------------------------------------------------- */

statistics_mcnemar_tests statistics_mcnemar(uint64_t first, uint64_t second)
{
    statistics_mcnemar_tests found = {0};
    const double             b = (double)first, c = (double)second, n = b + c;

    if (first == 0 && second == 0) {
        found.plain.reason = found.corrected.reason = STATISTICS_NO_DIFFERENCE;
        return found;
    }
    const double apart = fabs(b - c), less = fmax(apart - 1, 0);
    found.plain = chi_squared_test(apart * apart / n, 1);
    found.corrected = chi_squared_test(less * less / n, 1);
    found.exact = statistics_sign_test(first, second);
    const double as_seen = exp(binomial_log(first, first + second, 0.5));
    found.mid_p = found.exact - (first == second ? as_seen / 2 : as_seen);
    return found;
}

statistics_comparison statistics_compare(const statistics_table *table)
{
    const size_t          q = table->categories;
    statistics_comparison found = {0};
    double                shift = 0;

    for (size_t k = 0; k < q; k++)
        for (size_t l = 0; l < q; l++) {
            const uint64_t count = table->cells[k * q + l];
            const size_t   apart = k > l ? k - l : l - k;
            found.compared += count;
            found.same += apart == 0 ? count : 0;
            found.within_one += apart <= 1 ? count : 0;
            found.first_higher += k > l ? count : 0;
            found.second_higher += k < l ? count : 0;
            found.missed_lowest += l == 0 && k > 0 ? count : 0;
            shift += (double)count * ((double)k - (double)l);
        }
    found.mean_shift = found.compared > 0 ? shift / (double)found.compared : 0;
    return found;
}

/* ---- Bowker -------------------------------------------------------------------------------- */

statistics_test statistics_bowker(const statistics_table *table)
{
    const size_t q = table->categories;
    double       statistic = 0;
    bool         differs = false;

    for (size_t k = 0; k < q; k++)
        for (size_t l = k + 1; l < q; l++) {
            const double both = cell(table, k, l) + cell(table, l, k);
            const double apart = cell(table, k, l) - cell(table, l, k);
            if (both > 0)
                statistic += apart * apart / both;
            differs |= both > 0;
        }
    if (!differs)
        return (statistics_test){.reason = STATISTICS_NO_DIFFERENCE};
    return chi_squared_test(statistic, (uint64_t)q * (q - 1) / 2);
}

/* ---- Stuart and Maxwell, Bhapkar ----------------------------------------------------------- */

/* The categories that have counts off the diagonal, into `kept`. */
static size_t keep_exchanged(const statistics_table *table, size_t *kept)
{
    size_t count = 0;

    for (size_t k = 0; k < table->categories; k++) {
        bool exchanged = false;
        for (size_t l = 0; l < table->categories; l++)
            exchanged |= l != k && (cell(table, k, l) > 0 || cell(table, l, k) > 0);
        if (exchanged)
            kept[count++] = k;
    }
    return count;
}

/* Whether each category leads to each other by pairs that differ: the covariances are singular
 * otherwise, whatever rounding makes of them. Uses `reached` and `known`, `count` long; known is
 * 0. */
static bool is_connected(const statistics_table *table, const size_t *kept, size_t count,
                         size_t *reached, size_t *known)
{
    size_t found = 1;

    known[0] = 1;
    reached[0] = 0;
    for (size_t i = 0; i < found; i++)
        for (size_t j = 0; j < count; j++) {
            const size_t k = kept[reached[i]], l = kept[j];
            if (!known[j] && (cell(table, k, l) > 0 || cell(table, l, k) > 0)) {
                known[j] = 1;
                reached[found++] = j;
            }
        }
    return found == count;
}

/* d' S^-1 d over all kept categories but the last. */
static statistics_test solve(const statistics_table *table, const size_t *kept, size_t count)
{
    const size_t n = count - 1;

    distribution_begin();
    gsl_matrix     *spread = gsl_matrix_calloc(n, n);
    gsl_vector     *apart = gsl_vector_calloc(n), *solved = gsl_vector_calloc(n);
    statistics_test found = {.reason = STATISTICS_NO_MEMORY};

    if (!spread || !apart || !solved)
        goto done;
    for (size_t i = 0; i < n; i++) {
        double row = 0, column = 0;
        for (size_t l = 0; l < table->categories; l++) {
            row += l != kept[i] ? cell(table, kept[i], l) : 0;
            column += l != kept[i] ? cell(table, l, kept[i]) : 0;
        }
        gsl_vector_set(apart, i, row - column);
        for (size_t j = 0; j < n; j++)
            gsl_matrix_set(spread, i, j,
                           i == j ? row + column
                                  : -cell(table, kept[i], kept[j]) - cell(table, kept[j], kept[i]));
    }
    found = (statistics_test){.reason = STATISTICS_SINGULAR};
    if (gsl_linalg_cholesky_decomp1(spread) != 0 ||
        gsl_linalg_cholesky_solve(spread, apart, solved) != 0)
        goto done;
    double statistic = 0;
    for (size_t i = 0; i < n; i++)
        statistic += gsl_vector_get(apart, i) * gsl_vector_get(solved, i);
    found = chi_squared_test(fmax(statistic, 0), n);
done:
    gsl_matrix_free(spread);
    gsl_vector_free(apart);
    gsl_vector_free(solved);
    return found;
}

statistics_test statistics_stuart_maxwell(const statistics_table *table)
{
    statistics_test found = {.reason = STATISTICS_NO_DIFFERENCE};

    if (table->categories == 0)
        return found;
    const size_t q = table->categories;
    size_t      *kept = calloc(3 * q, sizeof *kept);
    if (!kept)
        return (statistics_test){.reason = STATISTICS_NO_MEMORY};
    const size_t count = keep_exchanged(table, kept);
    if (count > 0)
        found = is_connected(table, kept, count, kept + q, kept + 2 * q)
                    ? solve(table, kept, count)
                    : (statistics_test){.reason = STATISTICS_SINGULAR};
    free(kept);
    return found;
}

statistics_test statistics_bhapkar(const statistics_table *table)
{
    const statistics_test found = statistics_stuart_maxwell(table);
    const uint64_t        total = statistics_table_total(table);

    if (found.reason != STATISTICS_FINE || total == UINT64_MAX)
        return found.reason != STATISTICS_FINE ? found
                                               : (statistics_test){.reason = STATISTICS_TOO_LARGE};
    const double rest = 1 - found.statistic / (double)total;
    if (rest < 1e-12)
        return (statistics_test){.reason = STATISTICS_CERTAIN};
    return chi_squared_test(found.statistic / rest, found.df);
}
