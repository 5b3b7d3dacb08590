#include "statistics/trend.h"

#include <math.h>
#include <stdlib.h>

#include "statistics/distribution.h"

static double score(const double *scores, size_t i)
{
    return scores ? scores[i] : (double)(i + 1);
}

/* Sums about the means. */
typedef struct {
    double total;
    double rows; /* squares of the rows' scores; so columns */
    double columns;
    double both; /* products */
} sums;

static sums add_up(const uint64_t *cells, size_t rows, size_t columns, const double *row_scores,
                   const double *column_scores)
{
    sums   made = {0};
    double row_mean = 0, column_mean = 0;

    for (size_t i = 0; i < rows * columns; i++)
        made.total += (double)cells[i];
    for (size_t i = 0; made.total > 0 && i < rows * columns; i++) {
        row_mean += (double)cells[i] / made.total * score(row_scores, i / columns);
        column_mean += (double)cells[i] / made.total * score(column_scores, i % columns);
    }
    for (size_t i = 0; i < rows * columns; i++) {
        const double row = score(row_scores, i / columns) - row_mean;
        const double column = score(column_scores, i % columns) - column_mean;
        made.rows += (double)cells[i] * row * row;
        made.columns += (double)cells[i] * column * column;
        made.both += (double)cells[i] * row * column;
    }
    return made;
}

/* Whether all that is counted lies in one line, so that what is left of its squares is rounding. */
static bool lies_in_one(const uint64_t *cells, size_t rows, size_t columns, bool row,
                        const double *scores)
{
    bool   seen = false;
    double first = 0;

    for (size_t i = 0; i < rows * columns; i++) {
        if (cells[i] == 0)
            continue;
        const double one = score(scores, row ? i / columns : i % columns);
        if (seen && one != first)
            return false;
        seen = true;
        first = one;
    }
    return true;
}

statistics_test statistics_linear_trend(const uint64_t *cells, size_t rows, size_t columns,
                                        const double *row_scores, const double *column_scores)
{
    const sums made = add_up(cells, rows, columns, row_scores, column_scores);

    if (made.total < 2)
        return (statistics_test){.reason = STATISTICS_NOTHING};
    if (lies_in_one(cells, rows, columns, true, row_scores))
        return (statistics_test){.reason = STATISTICS_ONE_SCORE};
    if (lies_in_one(cells, rows, columns, false, column_scores))
        return (statistics_test){.reason = STATISTICS_ONE_OUTCOME};
    const double r = made.both / sqrt(made.rows) / sqrt(made.columns);
    return chi_squared_test((made.total - 1) * r * r, 1);
}

/* Successes in the second column. */
static statistics_trend of_cells(const uint64_t *cells, const double *scores, size_t groups)
{
    statistics_trend found = {0};

    found.mantel = statistics_linear_trend(cells, groups, 2, scores, NULL);
    found.armitage = found.mantel;
    if (found.mantel.reason != STATISTICS_FINE)
        return found;
    const sums   made = add_up(cells, groups, 2, scores, NULL);
    const double n = made.total;
    found.armitage = chi_squared_test(found.mantel.statistic * n / (n - 1), 1);
    found.z = copysign(sqrt(found.armitage.statistic), made.both);
    return found;
}

statistics_trend statistics_trend_test(const uint64_t *counts, const uint64_t *of,
                                       const double *scores, size_t groups)
{
    statistics_trend found = {.armitage.reason = STATISTICS_NOTHING,
                              .mantel.reason = STATISTICS_NOTHING};
    uint64_t        *cells = groups > 0 ? calloc(groups, 2 * sizeof *cells) : NULL;
    double          *used = groups > 0 ? calloc(groups, sizeof *used) : NULL;

    if (groups == 0)
        return found;
    if (!cells || !used) {
        found.armitage.reason = found.mantel.reason = STATISTICS_NO_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < groups; i++) {
        if (counts[i] > of[i])
            goto done;
        cells[2 * i] = of[i] - counts[i];
        cells[2 * i + 1] = counts[i];
        used[i] = scores ? scores[i] : (double)i;
    }
    found = of_cells(cells, used, groups);
    if (found.armitage.reason == STATISTICS_FINE)
        trend_exact(counts, of, used, groups, &found);
done:
    free(cells);
    free(used);
    return found;
}
