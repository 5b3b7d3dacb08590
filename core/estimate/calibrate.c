/* calibrate.c - raking, as Newton's method on the exponential distance. */
#include "estimate/calibrate.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

/* Weights that would have to grow further than this beyond 1 / probability rest on a few odd
 * audits; then fewer columns are asked for. */
static const double growth_most = 8;

enum { ROUNDS_MAX = 60 };

/* What is solved: factors exp(lambda . row) on `start`, so that the columns add up to `wanted`. */
typedef struct {
    size_t        count;
    size_t        columns;
    const double *rows;
    const double *start;
    double       *beyond;
    double        wanted[COLUMNS_MAX];
    double        lambda[COLUMNS_MAX];
    double        size;
} raking;

/* What is missing of each column, and the greatest of it. */
static double missing_of(const raking *at, gsl_vector *missing)
{
    double most = 0;
    for (size_t c = 0; c < at->columns; c++) {
        double have = 0;
        for (size_t i = 0; i < at->count; i++)
            have += at->beyond[i] * at->rows[i * at->columns + c];
        gsl_vector_set(missing, c, at->wanted[c] - have);
        most = fmax(most, fabs(at->wanted[c] - have));
    }
    return most;
}

/* How the columns' sums move with lambda. The little on the diagonal keeps columns that say the
 * same from stopping it. */
static void slopes_of(const raking *at, gsl_matrix *slopes)
{
    const size_t columns = at->columns;
    for (size_t a = 0; a < columns; a++) {
        for (size_t b = 0; b <= a; b++) {
            double sum = a == b ? 1e-9 * at->size : 0;
            for (size_t i = 0; i < at->count; i++)
                sum += at->beyond[i] * at->rows[i * columns + a] * at->rows[i * columns + b];
            gsl_matrix_set(slopes, a, b, sum);
            gsl_matrix_set(slopes, b, a, sum);
        }
    }
}

static void apply(raking *at, const gsl_vector *step)
{
    /* A step over 1 would multiply weights by more than e: shortened, so that it cannot run away. */
    double longest = 1;
    for (size_t c = 0; c < at->columns; c++)
        longest = fmax(longest, fabs(gsl_vector_get(step, c)));
    for (size_t c = 0; c < at->columns; c++)
        at->lambda[c] += gsl_vector_get(step, c) / longest;
    for (size_t i = 0; i < at->count; i++) {
        double exponent = 0;
        for (size_t c = 0; c < at->columns; c++)
            exponent += at->lambda[c] * at->rows[i * at->columns + c];
        at->beyond[i] = at->start[i] * exp(fmin(exponent, 50));
    }
}

/* False where the columns cannot be met: the picks have nothing of what is wanted. */
static bool solve(raking *at)
{
    double          slopes_memory[COLUMNS_MAX * COLUMNS_MAX];
    double          missing_memory[COLUMNS_MAX];
    double          step_memory[COLUMNS_MAX];
    gsl_matrix_view slopes = gsl_matrix_view_array(slopes_memory, at->columns, at->columns);
    gsl_vector_view missing = gsl_vector_view_array(missing_memory, at->columns);
    gsl_vector_view step = gsl_vector_view_array(step_memory, at->columns);

    for (unsigned round = 0; round < ROUNDS_MAX; round++) {
        if (missing_of(at, &missing.vector) <= 1e-10 * at->size)
            return true;
        slopes_of(at, &slopes.matrix);
        if (gsl_linalg_cholesky_decomp1(&slopes.matrix) != GSL_SUCCESS ||
            gsl_linalg_cholesky_solve(&slopes.matrix, &missing.vector, &step.vector) != GSL_SUCCESS)
            return false;
        apply(at, &step.vector);
    }
    return false;
}

static bool rows_of(const frame *weighed, const margins *by, calibration *out, arena *memory)
{
    double row[COLUMNS_MAX];
    *out = (calibration){.columns = by->columns, .uses_tool = by->tool.used};
    out->rows = arena_array(memory, weighed->pick_count * by->columns + 1, sizeof *out->rows);
    if (out->rows == NULL)
        return false;
    for (size_t i = 0; i < weighed->pick_count; i++) {
        margins_row(by, weighed->picks[i].audit, row);
        for (size_t c = 0; c < by->columns; c++)
            out->rows[i * by->columns + c] = row[c];
    }
    return true;
}

static bool rake(const frame *weighed, const margins *by, const calibration *to,
                 const double *start, double *beyond)
{
    raking at = {.count = weighed->pick_count,
                 .columns = to->columns,
                 .rows = to->rows,
                 .start = start,
                 .beyond = beyond,
                 .size = (double)weighed->unseen_count};
    double row[COLUMNS_MAX];

    for (size_t i = 0; i < weighed->unseen_count; i++) {
        margins_row(by, weighed->unseen[i], row);
        for (size_t c = 0; c < by->columns; c++)
            at.wanted[c] += row[c];
    }
    for (size_t i = 0; i < at.count; i++)
        beyond[i] = start[i];
    if (!solve(&at))
        return false;
    for (size_t i = 0; i < at.count; i++)
        if (beyond[i] > growth_most * start[i])
            return false;
    return true;
}

/* What the picks stand for beyond themselves by their probabilities, scaled to the unseen audits.
 * One that was as good as certain still stands for some where nothing else does. */
static void fill_start(const frame *weighed, double *start)
{
    double sum = 0;
    for (size_t i = 0; i < weighed->pick_count; i++) {
        start[i] = fmax(1 / weighed->picks[i].inclusion - 1, 1e-6);
        sum += start[i];
    }
    for (size_t i = 0; i < weighed->pick_count; i++)
        start[i] *= (double)weighed->unseen_count / sum;
}

bool calibrate(frame *weighed, calibration *out, arena *memory)
{
    double *start = arena_array(memory, weighed->pick_count + 1, sizeof *start);
    double *beyond = arena_array(memory, weighed->pick_count + 1, sizeof *beyond);
    if (start == NULL || beyond == NULL)
        return false;

    fill_start(weighed, start);
    for (margins_wanted wanted = MARGINS_BOTH; wanted <= MARGINS_NONE; wanted++) {
        const margins by = margins_choose(weighed, wanted);
        if (!rows_of(weighed, &by, out, memory))
            return false;
        if (weighed->unseen_count == 0 || rake(weighed, &by, out, start, beyond))
            break;
    }
    for (size_t i = 0; i < weighed->pick_count; i++)
        weighed->picks[i].weight = 1 + beyond[i];
    return true;
}

bool calibrate_to_number(frame *weighed, calibration *out, arena *memory)
{
    const margins by = margins_choose(weighed, MARGINS_NONE);
    if (!rows_of(weighed, &by, out, memory))
        return false;

    double sum = 0;
    for (size_t i = 0; i < weighed->pick_count; i++)
        sum += 1 / weighed->picks[i].inclusion;
    for (size_t i = 0; i < weighed->pick_count; i++) {
        pick *of = &weighed->picks[i];
        of->weight = (double)frame_decided(weighed) / sum / of->inclusion;
    }
    return true;
}
