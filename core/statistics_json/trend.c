/* Trends of shares with a score. */
#include <math.h>
#include <stdlib.h>

#include "statistics_json/study.h"

/* A list of params of `count` finite numbers; NULL in `scores` where it is left out. */
static bool read_scores(study *asked, const char *name, size_t count, double **scores)
{
    const json_t *given = json_object_get(asked->params, name);

    *scores = NULL;
    if (!given || json_is_null(given))
        return true;
    if (!json_is_array(given) || json_array_size(given) != count)
        return study_refuse(asked, "\"%s\" is no list of %zu numbers", name, count);
    *scores = calloc(count + 1, sizeof **scores);
    if (!*scores)
        return study_fine(asked, STATISTICS_NO_MEMORY);
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(given, i);
        (*scores)[i] = json_number_value(one);
        if (!json_is_number(one) || fabs((*scores)[i]) > 1e100)
            return study_refuse(asked, "\"%s\" is no list of %zu numbers", name, count);
    }
    return true;
}

/* ---- Successes of trials ------------------------------------------------------------------- */

/* x and n of each group, into room for 2 * groups. */
static bool read_groups(study *asked, const json_t *x, const json_t *n, uint64_t *counts)
{
    const size_t groups = json_array_size(x);
    uint64_t     total = 0;

    for (size_t i = 0; i < groups; i++) {
        if (!json_count(json_array_get(x, i), &counts[i]) ||
            !json_count(json_array_get(n, i), &counts[groups + i]))
            return study_refuse(asked, "\"x\" and \"n\" are lists of whole numbers from 0 up");
        if (counts[i] > counts[groups + i])
            return study_refuse(asked, "\"x\" is more than \"n\" in group %zu", i + 1);
        if (counts[groups + i] > ((uint64_t)1 << 53) - total)
            return study_fine(asked, STATISTICS_TOO_LARGE);
        total += counts[groups + i];
    }
    study_say_count(asked, "n", total);
    return true;
}

static void say_trend(study *asked, const statistics_trend *found, int kind)
{
    study_say_test(asked, kind == TREND_ARMITAGE ? found->armitage : found->mantel);
    if (asked->reason[0])
        return;
    study_say(asked, "z", found->z);
    if (found->has_exact) {
        study_say(asked, "p_exact", found->exact);
        study_say(asked, "p_exact_one_sided", found->exact_one_sided);
    }
}

static void answer_groups(study *asked, int kind)
{
    const json_t *x = json_object_get(asked->data, "x"), *n = json_object_get(asked->data, "n");
    const size_t  groups = json_array_size(x);
    double       *scores = NULL;

    if (groups == 0 || json_array_size(n) != groups) {
        study_refuse(asked, "\"x\" and \"n\" are no lists of the same length");
        return;
    }
    uint64_t *counts = calloc(groups, 2 * sizeof *counts);
    if (!counts) {
        study_fine(asked, STATISTICS_NO_MEMORY);
    } else if (read_groups(asked, x, n, counts) && read_scores(asked, "scores", groups, &scores)) {
        const statistics_trend found =
            statistics_trend_test(counts, counts + groups, scores, groups);
        say_trend(asked, &found, kind);
    }
    free(counts);
    free(scores);
}

/* ---- A table of rows by columns ------------------------------------------------------------ */

static bool read_cells(study *asked, const json_t *rows, size_t width, uint64_t *cells)
{
    uint64_t total = 0;

    for (size_t r = 0; r < json_array_size(rows); r++) {
        const json_t *row = json_array_get(rows, r);
        if (json_array_size(row) != width)
            return study_refuse(asked, "row %zu of the matrix is not as long as row 1", r + 1);
        for (size_t c = 0; c < width; c++) {
            uint64_t *cell = &cells[r * width + c];
            if (!json_count(json_array_get(row, c), cell))
                return study_refuse(asked,
                                    "row %zu, column %zu of the matrix is no whole number "
                                    "from 0 up",
                                    r + 1, c + 1);
            if (*cell > ((uint64_t)1 << 53) - total)
                return study_fine(asked, STATISTICS_TOO_LARGE);
            total += *cell;
        }
    }
    study_say_count(asked, "n", total);
    return true;
}

static void answer_table(study *asked, const json_t *rows)
{
    const size_t count = json_array_size(rows), width = json_array_size(json_array_get(rows, 0));
    double      *row_scores = NULL, *column_scores = NULL;

    if (count == 0 || width == 0) {
        study_refuse(asked, "the matrix is empty");
        return;
    }
    uint64_t *cells = calloc(count, width * sizeof *cells);
    if (!cells)
        study_fine(asked, STATISTICS_NO_MEMORY);
    else if (read_cells(asked, rows, width, cells) &&
             read_scores(asked, "row_scores", count, &row_scores) &&
             read_scores(asked, "column_scores", width, &column_scores))
        study_say_test(asked,
                       statistics_linear_trend(cells, count, width, row_scores, column_scores));
    free(cells);
    free(row_scores);
    free(column_scores);
}

void answer_trend(study *asked, int kind)
{
    const json_t *rows = json_object_get(asked->data, "matrix");

    if (kind == TREND_MANTEL && json_is_array(rows))
        answer_table(asked, rows);
    else
        answer_groups(asked, kind);
}
