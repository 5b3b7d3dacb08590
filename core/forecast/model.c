/* model.c - a level that wanders, a slope that is damped, months with a chance of their own.
 *
 * Month by month the log-odds x and their slope v go
 *
 *   x' = x + v + wander,   v' = D v + turn,   counts ~ binomial(n, 1 / (1 + exp(-(x + own))))
 *
 * with wander, turn and own normal about 0. Everything but the counts is normal together, so that
 * the readings have one covariance matrix, and the posterior is found by Laplace's approximation:
 * Rasmussen, C. E. and Williams, C. K. I. (2006), Gaussian processes for machine learning, algorithms
 * 3.1 and 3.2. Its approximate likelihood weighs the combinations of the grid. */
#include "forecast/model.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

enum { ROUNDS_MAX = 50 };

/* The grid, in log-odds: near 50%, 0.04 is 1 point. Before any month is seen each value weighs so
 * much of the one before it, so that what the months do not show is taken to be small. Chosen by
 * simulation (docs/forecast.md): wide enough that steady and turning courses are held, no wider. */
static const double wanders[] = {0, 0.04, 0.08, 0.16}; /* of the level, a month */
static const double slopes[] = {0.03, 0.07, 0.15};     /* usual size of a slope, a month */
static const double owns[] = {0, 0.15, 0.3, 0.6, 1.0}; /* of each month alone */

static const double next_wander = 0.25;
static const double next_slope = 0.7;
static const double next_own = 0.5;

enum {
    WANDERS = sizeof wanders / sizeof *wanders,
    SLOPES = sizeof slopes / sizeof *slopes,
    OWNS = sizeof owns / sizeof *owns,
    GRID = WANDERS * SLOPES * OWNS
};

/* How much of a slope is left a month later: half after two years. */
static const double damping = 0.97;

/* How far the first month may be from the mean of all, in log-odds. */
static const double start_deviation = 1.0;

/* Combinations with less weight than this are left out of what follows. */
static const double weight_least = 1e-4;

/* Variances of level and slope, and their covariance, in a month. */
typedef struct {
    double level, cross, slope;
} spread;

typedef struct {
    const readings *of;
    size_t          count; /* readings */
    int32_t         first; /* month of spreads[0] */
    size_t          months;
    spread         *spreads; /* [month] */
    double         *carried; /* [months later]: how much of a slope has gone into the level */
    double          centre;  /* log-odds of all readings together */
    double          wander, slope, own;
    double         *covariance; /* [count][count] of the readings' log-odds */
    double         *factor;     /* Cholesky's, of B = I + sqrt(W) K sqrt(W) */
    double         *mode;       /* log-odds less their prior mean */
    double         *pull;       /* a: K a = mode */
    double         *root;       /* sqrt(W) */
    double         *scratch;
} fitting;

static size_t index_of(const fitting *at, int32_t month)
{
    return (size_t)(month - at->first);
}

static void fill_spreads(fitting *at)
{
    spread       now = {start_deviation * start_deviation, 0, at->slope * at->slope};
    const double turn = at->slope * at->slope * (1 - damping * damping);

    for (size_t m = 0; m < at->months; m++) {
        at->spreads[m] = now;
        now = (spread){.level = now.level + 2 * now.cross + now.slope + at->wander * at->wander,
                       .cross = damping * (now.cross + now.slope),
                       .slope = damping * damping * now.slope + turn};
    }
}

/* Of the levels of two months. */
static double covariance_of(const fitting *at, int32_t a, int32_t b)
{
    const int32_t early = a < b ? a : b;
    const int32_t late = a < b ? b : a;
    const spread *from = &at->spreads[index_of(at, early)];
    return from->level + at->carried[late - early] * from->cross;
}

static void fill_covariance(fitting *at)
{
    for (size_t i = 0; i < at->count; i++) {
        for (size_t j = 0; j < at->count; j++) {
            const reading *a = &at->of->items[i];
            const reading *b = &at->of->items[j];
            double         sum = covariance_of(at, a->month, b->month);
            if (i == j)
                sum += at->own * at->own;
            if (a->shifted && b->shifted)
                sum += at->of->shift_variance;
            at->covariance[i * at->count + j] = sum;
        }
    }
}

/* What is expected of a reading before any is seen. */
static double prior_of(const fitting *at, size_t i)
{
    return at->centre - (at->of->items[i].shifted ? at->of->shift : 0);
}

static double count_log_likelihood(const fitting *at)
{
    double sum = 0;
    for (size_t i = 0; i < at->count; i++) {
        const reading *of = &at->of->items[i];
        const double   odds = at->mode[i] + prior_of(at, i);
        const double   both = odds > 0 ? odds + log1p(exp(-odds)) : log1p(exp(odds));
        sum += of->good * odds - of->audits * both;
    }
    return sum;
}

static void factor_at_mode(fitting *at)
{
    const size_t n = at->count;
    for (size_t i = 0; i < n; i++) {
        const double share = share_of_odds(at->mode[i] + prior_of(at, i));
        at->root[i] = sqrt(fmax(at->of->items[i].audits * share * (1 - share), 1e-9));
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            at->factor[i * n + j] =
                (i == j) + at->root[i] * at->covariance[i * n + j] * at->root[j];
    gsl_matrix_view factor = gsl_matrix_view_array(at->factor, n, n);
    gsl_linalg_cholesky_decomp1(&factor.matrix);
}

/* vector = B^-1 vector. */
static void solve(fitting *at, double *vector)
{
    gsl_matrix_view factor = gsl_matrix_view_array(at->factor, at->count, at->count);
    gsl_vector_view of = gsl_vector_view_array(vector, at->count);
    gsl_linalg_cholesky_svx(&factor.matrix, &of.vector);
}

static double times_covariance(const fitting *at, size_t row, const double *vector)
{
    double sum = 0;
    for (size_t j = 0; j < at->count; j++)
        sum += at->covariance[row * at->count + j] * vector[j];
    return sum;
}

/* One of Newton's steps (algorithm 3.1, lines 5 to 8). The furthest that the mode moved. */
static double step(fitting *at)
{
    const size_t n = at->count;
    double      *b = at->pull;
    double       furthest = 0;

    for (size_t i = 0; i < n; i++) {
        const reading *of = &at->of->items[i];
        const double   share = share_of_odds(at->mode[i] + prior_of(at, i));
        b[i] = at->root[i] * at->root[i] * at->mode[i] + of->good - of->audits * share;
    }
    for (size_t i = 0; i < n; i++)
        at->scratch[i] = at->root[i] * times_covariance(at, i, b);
    solve(at, at->scratch);
    for (size_t i = 0; i < n; i++)
        at->pull[i] = b[i] - at->root[i] * at->scratch[i];
    for (size_t i = 0; i < n; i++) {
        const double next = times_covariance(at, i, at->pull);
        furthest = fmax(furthest, fabs(next - at->mode[i]));
        at->scratch[i] = next;
    }
    memcpy(at->mode, at->scratch, n * sizeof *at->mode);
    return furthest;
}

/* Goes to the mode; the logarithm of the approximate likelihood (algorithm 3.1, line 10). The
 * posterior has one peak, and B is at least I: every round can be done. */
static double find_mode(fitting *at)
{
    memset(at->mode, 0, at->count * sizeof *at->mode);
    for (unsigned round = 0; round < ROUNDS_MAX; round++) {
        factor_at_mode(at);
        if (step(at) < 1e-8)
            break;
    }
    factor_at_mode(at);

    double sum = count_log_likelihood(at);
    for (size_t i = 0; i < at->count; i++)
        sum -= at->pull[i] * at->mode[i] / 2 + log(at->factor[i * at->count + i]);
    return sum;
}

/* Covariances of a month's log-odds with the readings'. */
static void fill_row(const fitting *at, int32_t month, double sign, double *row)
{
    for (size_t i = 0; i < at->count; i++)
        row[i] += sign * covariance_of(at, month, at->of->items[i].month);
}

/* Mean and variance of what has these covariances with the readings, and this variance before they
 * are seen (algorithm 3.2, lines 4 to 6). */
static void predict(fitting *at, double *row, double before, double *mean, double *variance)
{
    const size_t    n = at->count;
    gsl_matrix_view factor = gsl_matrix_view_array(at->factor, n, n);
    gsl_vector_view of = gsl_vector_view_array(row, n);

    *mean = 0;
    for (size_t i = 0; i < n; i++) {
        *mean += row[i] * at->pull[i];
        row[i] *= at->root[i];
    }
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &factor.matrix, &of.vector);
    *variance = before;
    for (size_t i = 0; i < n; i++)
        *variance -= row[i] * row[i];
    *variance = fmax(*variance, 1e-10);
}

static bool fill_fit(fitting *at, int32_t from, int32_t to, model_fit *out, arena *memory)
{
    out->noise = at->own * at->own;
    out->means = arena_array(memory, at->months, sizeof *out->means);
    out->variances = arena_array(memory, at->months, sizeof *out->variances);
    if (out->means == NULL || out->variances == NULL)
        return false;
    for (size_t m = 0; m < at->months; m++) {
        memset(at->scratch, 0, at->count * sizeof *at->scratch);
        fill_row(at, at->first + (int32_t)m, 1, at->scratch);
        predict(at, at->scratch, at->spreads[m].level, &out->means[m], &out->variances[m]);
        out->means[m] += at->centre;
    }
    memset(at->scratch, 0, at->count * sizeof *at->scratch);
    fill_row(at, to, 1, at->scratch);
    fill_row(at, from, -1, at->scratch);
    const double before =
        covariance_of(at, to, to) + covariance_of(at, from, from) - 2 * covariance_of(at, from, to);
    predict(at, at->scratch, before, &out->rise_mean, &out->rise_variance);
    return true;
}

static double centre_of(const readings *of)
{
    double good = 0;
    double audits = 0;
    for (size_t i = 0; i < of->count; i++) {
        good += reading_share(of, &of->items[i]) * of->items[i].audits;
        audits += of->items[i].audits;
    }
    return log_odds((good + 0.5) / (audits + 1));
}

static bool prepare(const readings *of, int32_t first, size_t months, fitting *at, arena *memory)
{
    const size_t n = of->count;
    *at =
        (fitting){.of = of, .count = n, .first = first, .months = months, .centre = centre_of(of)};
    at->spreads = arena_array(memory, months, sizeof *at->spreads);
    at->carried = arena_array(memory, months, sizeof *at->carried);
    at->covariance = arena_array(memory, n * n, sizeof *at->covariance);
    at->factor = arena_array(memory, n * n, sizeof *at->factor);
    at->mode = arena_array(memory, n, sizeof *at->mode);
    at->pull = arena_array(memory, n, sizeof *at->pull);
    at->root = arena_array(memory, n, sizeof *at->root);
    at->scratch = arena_array(memory, n, sizeof *at->scratch);
    if (at->carried == NULL)
        return false;
    for (size_t m = 1; m < months; m++)
        at->carried[m] = 1 + damping * at->carried[m - 1];
    return at->spreads != NULL && at->covariance != NULL && at->factor != NULL &&
           at->mode != NULL && at->pull != NULL && at->root != NULL && at->scratch != NULL;
}

static double set_combination(fitting *at, size_t c)
{
    const size_t wander = c % WANDERS;
    const size_t slope = c / WANDERS % SLOPES;
    const size_t own = c / WANDERS / SLOPES;

    at->wander = wanders[wander];
    at->slope = slopes[slope];
    at->own = owns[own];
    fill_spreads(at);
    fill_covariance(at);
    return log(next_wander) * (double)wander + log(next_slope) * (double)slope +
           log(next_own) * (double)own;
}

bool model_make(const readings *of, int32_t first, size_t months, int32_t from, int32_t to,
                model *out, arena *memory)
{
    double  support[GRID];
    double  best = -INFINITY;
    double  sum = 0;
    fitting at;

    *out = (model){.first = first, .months = months};
    out->fits = arena_array(memory, GRID, sizeof *out->fits);
    if (out->fits == NULL || !prepare(of, first, months, &at, memory))
        return false;
    for (size_t c = 0; c < GRID; c++) {
        const double before = set_combination(&at, c);
        support[c] = before + find_mode(&at);
        best = fmax(best, support[c]);
    }
    for (size_t c = 0; c < GRID; c++) {
        const double weight = exp(support[c] - best);
        if (!(weight >= weight_least))
            continue;
        set_combination(&at, c);
        find_mode(&at);
        out->fits[out->count].weight = weight;
        if (!fill_fit(&at, from, to, &out->fits[out->count++], memory))
            return false;
        sum += weight;
    }
    for (size_t c = 0; c < out->count; c++)
        out->fits[c].weight /= sum;
    return true;
}

mixture model_month(const model *of, int32_t month, mixture_part *parts)
{
    const size_t m = (size_t)(month - of->first);
    for (size_t c = 0; c < of->count; c++)
        parts[c] = (mixture_part){.weight = of->fits[c].weight,
                                  .mean = of->fits[c].means[m],
                                  .deviation = sqrt(of->fits[c].variances[m])};
    return (mixture){parts, of->count};
}
