/* precision.c - variance from what the calibration leaves unexplained, and intervals that hold with
 * few audits.
 *
 * Of a level, y is 1 for the picks that have it and 0 for the others; e = y - the fit of y on the
 * calibration's columns; w the weight; p the probability; h the leverage: how much of the fit at a
 * pick is its own doing. The variance of the sum of w y is
 *
 *   (n - 1) / n x sum of (1 - p) (w e / (1 - h) - m)^2,   m the (1 - p)-weighted mean of its stratum,
 *
 * times (n - 1) / (n - strata). Hajek, J. (1964), Annals of Mathematical Statistics 35, 1491-1523,
 * for designs of which only the single probabilities are known; for a simple random sample it is
 * the textbook's, with its finite population correction. Dividing by 1 - h makes it the
 * (linearised) jackknife's: without it, the variance is too small where picks are few (Yung, W. and
 * Rao, J. N. K. (1996), Survey Methodology 22, 23-31; MacKinnon, J. G. and White, H. (1985),
 * Journal of Econometrics 29, 305-325). */
#include "estimate/precision.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

/* What the auditors' and the tool's levels save is reckoned from few picks, and by chance it can be
 * too good to be true, which makes the interval too short. So it is reckoned as if there were this
 * many picks more, for which they save nothing (docs/estimate.md: without it, 90 intervals in 100
 * hold instead of 95 where a share is near 0 or 1). */
static const double no_saving = 1;

/* One pick cannot be its own fit altogether. */
static const double leverage_most = 0.95;

enum { PICKS_PER_STRATUM = 4 };

typedef struct {
    const frame       *of;
    const calibration *by;
    double            *leverage; /* h */
    double            *residual; /* w e / (1 - h) */
    size_t            *stratum;  /* of each pick: 0 to strata - 1 */
    size_t             strata;
    double            *sums; /* three of each stratum */
    double             solver[COLUMNS_MAX * COLUMNS_MAX];
    bool               solvable;
    double             unit; /* the variance of a share of 1/2 that nothing explains, x 4 */
    double             quantile;
} precision;

void score_interval(estimate_share *of, double effective, double quantile)
{
    const double share = of->share;
    const double z2 = quantile * quantile;
    const double middle = share + z2 / (2 * effective);
    const double half =
        quantile * sqrt(share * (1 - share) / effective + z2 / (4 * effective * effective));
    const double whole = 1 + z2 / effective;

    /* At 0 and 1 the formula gives the end itself, and rounding would miss it by a little. */
    of->low = share <= 0 ? 0 : fmax(0, fmin(share, (middle - half) / whole));
    of->high = share >= 1 ? 1 : fmin(1, fmax(share, (middle + half) / whole));
}

/* Strata with a single pick have no variance of their own and are pooled into stratum 0 (Wolter,
 * K. M. (2007), Introduction to variance estimation, 2.5). Where strata hold few picks, all are:
 * that takes differences between strata for chance, and errs on the wide side. */
static void number_strata(precision *made)
{
    const frame *of = made->of;
    size_t       singles = 0;
    size_t       runs = 0;

    for (size_t i = 0, end; i < of->pick_count; i = end) {
        const unsigned stratum = of->picks[i].audit->stratum;
        for (end = i + 1; end < of->pick_count && of->picks[end].audit->stratum == stratum;)
            end++;
        const bool single = end - i == 1;
        singles += single;
        runs += !single;
        for (size_t j = i; j < end; j++)
            made->stratum[j] = single ? 0 : runs;
    }
    made->strata = runs + 1;
    if (singles == 1 || made->strata * PICKS_PER_STRATUM > of->pick_count)
        made->strata = 1;
    for (size_t i = 0; i < of->pick_count && made->strata == 1; i++)
        made->stratum[i] = 0;
}

/* The normal equations of the fit on the columns, weighted, factored once for all levels. */
static void factor(precision *made)
{
    const size_t    columns = made->by->columns;
    gsl_matrix_view solver = gsl_matrix_view_array(made->solver, columns, columns);
    const double    little = 1e-9 * (double)frame_decided(made->of); /* columns may say the same */

    for (size_t a = 0; a < columns; a++) {
        for (size_t b = 0; b < columns; b++) {
            double sum = a == b ? little : 0;
            for (size_t i = 0; i < made->of->pick_count; i++) {
                const double *row = made->by->rows + i * columns;
                sum += made->of->picks[i].weight * row[a] * row[b];
            }
            gsl_matrix_set(&solver.matrix, a, b, sum);
        }
    }
    made->solvable = gsl_linalg_cholesky_decomp1(&solver.matrix) == GSL_SUCCESS;
}

/* The coefficients of a fit, in place of the columns' sums; 0 where there is no fit. */
static void solve(precision *made, double sums[COLUMNS_MAX])
{
    const size_t    columns = made->by->columns;
    gsl_matrix_view solver = gsl_matrix_view_array(made->solver, columns, columns);
    gsl_vector_view solution = gsl_vector_view_array(sums, columns);

    if (!made->solvable)
        memset(sums, 0, columns * sizeof *sums);
    else
        gsl_linalg_cholesky_svx(&solver.matrix, &solution.vector);
}

static double product(const double *a, const double *b, size_t columns)
{
    double sum = 0;
    for (size_t c = 0; c < columns; c++)
        sum += a[c] * b[c];
    return sum;
}

static void fill_leverages(precision *made)
{
    const size_t columns = made->by->columns;
    for (size_t i = 0; i < made->of->pick_count; i++) {
        const double *row = made->by->rows + i * columns;
        double        solved[COLUMNS_MAX];
        memcpy(solved, row, columns * sizeof *row);
        solve(made, solved);
        const double leverage = made->of->picks[i].weight * product(row, solved, columns);
        made->leverage[i] = fmin(leverage, leverage_most);
    }
}

static bool is_within(const pick *of, level lowest, level highest)
{
    return of->audit->moderator >= lowest && of->audit->moderator <= highest;
}

static void fill_residuals(precision *made, level lowest, level highest)
{
    const frame *of = made->of;
    const size_t columns = made->by->columns;
    double       fit[COLUMNS_MAX] = {0};

    for (size_t i = 0; i < of->pick_count; i++)
        for (size_t c = 0; c < columns && is_within(&of->picks[i], lowest, highest); c++)
            fit[c] += of->picks[i].weight * made->by->rows[i * columns + c];
    solve(made, fit);
    for (size_t i = 0; i < of->pick_count; i++) {
        const double has = is_within(&of->picks[i], lowest, highest) ? 1 : 0;
        const double left = has - product(fit, made->by->rows + i * columns, columns);
        made->residual[i] = of->picks[i].weight * left / (1 - made->leverage[i]);
    }
}

/* The variance of the sum of w y. */
static double variance_of(const precision *made)
{
    enum { PICKS, CHANCE, MIDDLE, SUMS };
    const frame *of = made->of;
    const double n = (double)of->pick_count;
    size_t       strata = 0;
    double       squares = 0;

    memset(made->sums, 0, made->strata * SUMS * sizeof *made->sums);
    for (size_t i = 0; i < of->pick_count; i++) {
        double      *sums = made->sums + made->stratum[i] * SUMS;
        const double chance = 1 - of->picks[i].inclusion;
        sums[PICKS] += 1;
        sums[CHANCE] += chance;
        sums[MIDDLE] += chance * made->residual[i];
    }
    for (size_t i = 0; i < of->pick_count; i++) {
        const double *sums = made->sums + made->stratum[i] * SUMS;
        const double  middle = sums[CHANCE] > 0 ? sums[MIDDLE] / sums[CHANCE] : 0;
        const double  away = made->residual[i] - middle;
        squares += (1 - of->picks[i].inclusion) * away * away;
    }
    for (size_t s = 0; s < made->strata; s++)
        strata += made->sums[s * SUMS + PICKS] > 0;
    return squares * (n - 1) / n * (n - 1) / (n - (double)strata);
}

/* As many audits of those that chance decided on as would, by simple chance and without
 * explanation, be as sure. */
static double effective_of(const precision *made, double share)
{
    const double decided = (double)frame_decided(made->of);
    const double spread = share * (1 - share);
    const double unexplained = variance_of(made) / (decided * decided * made->unit);

    /* Few audits of a kind tell little of what is saved: at a share of 1/2 every pick counts. */
    const double told = (double)made->of->pick_count * 4 * spread;
    const double left = spread > 1e-9 ? told * unexplained / spread : 0;
    return (told + no_saving) / (left + no_saving) / made->unit;
}

/* From the part that chance decided on to the whole: what is settled adds no doubt, and what the
 * picks already prove takes some away. */
static void widen(const precision *made, const estimate_share *part, double settled, double seen,
                  double effective, estimate_share *out)
{
    const double decided = (double)frame_decided(made->of);
    const double covered = decided + (double)made->of->settled_count;
    const double unseen = (double)made->of->unseen_count;

    out->share = fmin(1, (settled + part->share * decided) / covered);
    out->low = fmax(settled + part->low * decided, settled + seen) / covered;
    out->high = fmin(settled + part->high * decided, settled + seen + unseen) / covered;
    out->low = fmin(out->low, out->share);
    out->high = fmax(out->high, out->share);

    /* At 0 and 1 the sample shows no spread; half an audit is added, as to a count of none. */
    double spread = part->share * (1 - part->share);
    if (spread <= 1e-9) {
        const double inside = (part->share * effective + 0.5) / (effective + 1);
        spread = inside * (1 - inside);
    }
    const double error = sqrt(spread / effective) * decided / covered;
    const double whole = fmax(out->share * (1 - out->share), spread * decided / covered);
    out->standard_error = error;
    out->effective = whole * covered / (error * error * (covered - 1) + whole);
}

static void share_of(precision *made, level lowest, level highest, estimate_share *out)
{
    const frame *of = made->of;
    const double covered = (double)(of->settled_count + frame_decided(of));
    double       settled = 0;
    double       seen = 0;
    double       total = 0;

    for (level l = lowest; l <= highest; l++)
        settled += (double)of->settled[l];
    for (size_t i = 0; i < of->pick_count; i++) {
        if (!is_within(&of->picks[i], lowest, highest))
            continue;
        seen += 1;
        total += of->picks[i].weight;
    }
    if (of->unseen_count == 0) {
        const double share = (settled + seen) / covered;
        *out = (estimate_share){.share = share, .low = share, .high = share, .effective = covered};
        return;
    }
    estimate_share part = {.share = fmin(1, total / (double)frame_decided(of))};
    fill_residuals(made, lowest, highest);
    const double effective = effective_of(made, part.share);
    score_interval(&part, effective, made->quantile);
    widen(made, &part, settled, seen, effective, out);
}

bool precision_of(const frame *weighed, const calibration *by, double confidence,
                  estimate_figure *out, arena *memory)
{
    const size_t count = weighed->pick_count;
    const double decided = (double)frame_decided(weighed);
    precision    made = {.of = weighed, .by = by, .strata = 1};

    made.quantile = gsl_cdf_ugaussian_Pinv(0.5 + confidence / 2);
    made.leverage = arena_array(memory, count + 1, sizeof *made.leverage);
    made.residual = arena_array(memory, count + 1, sizeof *made.residual);
    made.stratum = arena_array(memory, count + 1, sizeof *made.stratum);
    made.sums = arena_array(memory, count + 2, 3 * sizeof *made.sums);
    if (made.leverage == NULL || made.residual == NULL || made.stratum == NULL || made.sums == NULL)
        return false;

    if (weighed->unseen_count > 0) {
        number_strata(&made);
        factor(&made);
        fill_leverages(&made);
        for (size_t i = 0; i < count; i++) {
            const pick *of = &weighed->picks[i];
            made.unit += (1 - of->inclusion) * of->weight * of->weight / (decided * decided);
        }
        /* Picks as good as certain, yet others unseen: as little is known as of one more audit. */
        made.unit = fmax(made.unit, 1e-12);
    }
    share_of(&made, weighed->good, (level)(weighed->levels - 1), &out->good);
    for (level l = 0; l < weighed->levels; l++)
        share_of(&made, l, l, &out->levels[l]);
    return true;
}
