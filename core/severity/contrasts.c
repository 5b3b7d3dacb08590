#include "severity/contrasts.h"

#include <stdlib.h>
#include <string.h>

/* The normal distribution's 97.5th percentile. */
static const double z = 1.959963984540054;

severity_estimate estimate_of(double value, double error)
{
    return (severity_estimate){value, error, value - z * error, value + z * error};
}

bool contrasts_make(contrasts *made, const rating_design *design)
{
    *made = (contrasts){0};
    made->auditors = calloc(design->auditors, sizeof *made->auditors);
    made->criteria = calloc(design->criteria, sizeof *made->criteria);
    made->shift = calloc(design->criteria, sizeof *made->shift);
    made->variance = calloc(design->auditors, sizeof *made->variance);
    made->group = calloc(design->criteria_groups, sizeof *made->group);
    made->members = calloc(design->criteria_groups, sizeof *made->members);
    if (!made->auditors || !made->criteria || !made->shift || !made->variance || !made->group ||
        !made->members)
        return false;
    for (size_t j = 0; j < design->auditors; j++)
        made->members[design->criteria_group[j]]++;
    return true;
}

void contrasts_free(contrasts *made)
{
    free(made->auditors);
    free(made->criteria);
    free(made->shift);
    free(made->variance);
    free(made->group);
    free(made->members);
    *made = (contrasts){0};
}

static double root(double variance)
{
    return sqrt(fmax(variance, 0)); /* 0, where rounding left a little less */
}

/* The variance of the weighted sum in `side` of all parameters; `room` is as long. */
static double variance_of(const fit *settled, const double *side, double *room, size_t size)
{
    double variance = 0;
    memcpy(room, side, size * sizeof *room);
    information_solve(&settled->at.information, room);
    for (size_t k = 0; k < size; k++)
        variance += side[k] * room[k];
    return variance;
}

static void read_means(contrasts *made, const rating_design *design, const double *values)
{
    memset(made->group, 0, design->criteria_groups * sizeof *made->group);
    for (size_t j = 0; j < design->auditors; j++) {
        size_t g = design->criteria_group[j];
        made->group[g] += values[j] / (double)made->members[g];
    }
    for (size_t c = 0; c < design->criteria; c++)
        made->shift[c] = made->group[design->criteria_group[design->auditors + c]];
}

/* Adds `weight` of criterion c with its group's mean severity to a sum of parameters. */
static void add_criterion(const contrasts *made, const rating_design *design, size_t c,
                          double weight, double *side)
{
    size_t g = design->criteria_group[design->auditors + c];
    side[design->auditors + c] += weight;
    for (size_t j = 0; j < design->auditors; j++)
        if (design->criteria_group[j] == g)
            side[j] += weight / (double)made->members[g];
}

static void read_criteria(contrasts *made, fit *settled)
{
    const rating_design *design = settled->at.design;
    const double        *values = settled->values;
    size_t               size = design->auditors + design_border(design);
    size_t               mean_at = size - 2;
    double               mean = 0;
    double               share = 1 / (double)design->criteria;
    for (size_t c = 0; c < design->criteria; c++)
        mean += share * (values[design->auditors + c] + made->shift[c]);
    for (size_t c = 0; c <= design->criteria; c++) { /* last, the audits' mean */
        double *side = settled->trial;
        memset(side, 0, size * sizeof *side);
        for (size_t other = 0; other < design->criteria; other++)
            add_criterion(made, design, other, -share, side);
        if (c < design->criteria)
            add_criterion(made, design, c, 1, side);
        else
            side[mean_at] += 1;
        double value =
            c < design->criteria ? values[design->auditors + c] + made->shift[c] : values[mean_at];
        double error = root(variance_of(settled, side, settled->step, size));
        *(c < design->criteria ? &made->criteria[c] : &made->audit_mean) =
            estimate_of(value - mean, error);
    }
}

/* Var(beta_j - mean) = V_jj - 2 (V1)_j / n + 1'V1 / n^2 over the n of the group; all but V_jj. */
static void read_group_variances(contrasts *made, fit *settled)
{
    const rating_design *design = settled->at.design;
    size_t               size = design->auditors + design_border(design);
    for (size_t g = 0; g < design->criteria_groups; g++) {
        double *side = settled->trial;
        double  n = (double)made->members[g];
        double  all = 0;
        memset(side, 0, size * sizeof *side);
        for (size_t j = 0; j < design->auditors; j++)
            side[j] = design->criteria_group[j] == g;
        information_solve(&settled->at.information, side);
        for (size_t j = 0; j < design->auditors; j++)
            all += design->criteria_group[j] == g ? side[j] : 0;
        for (size_t j = 0; j < design->auditors; j++)
            if (design->criteria_group[j] == g)
                made->variance[j] = all / (n * n) - 2 * side[j] / n;
    }
}

static double corner_at(const information *inverse, size_t a, size_t b)
{
    return inverse->corner[a > b ? a * inverse->border + b : b * inverse->border + a];
}

static void read_thresholds(contrasts *made, const fit *settled)
{
    const rating_design *design = settled->at.design;
    const information   *inverse = &settled->at.information;
    const double        *inner = settled->values + design->auditors + design->criteria;
    for (unsigned k = design->lowest; k < design->highest; k++) {
        if (!design->used[k] || !design->used[k + 1])
            continue;
        bool   from = design->inner[k] != THRESHOLD_FIXED;
        bool   to = design->inner[k + 1] != THRESHOLD_FIXED;
        size_t a = design->criteria + (from ? design->inner[k] : 0);
        size_t b = design->criteria + (to ? design->inner[k + 1] : 0);
        double variance = (from ? corner_at(inverse, a, a) : 0) +
                          (to ? corner_at(inverse, b, b) : 0) -
                          (from && to ? 2 * corner_at(inverse, a, b) : 0);
        double value =
            (to ? inner[design->inner[k + 1]] : 0) - (from ? inner[design->inner[k]] : 0);
        made->thresholds[k] = estimate_of(value, root(variance));
    }
    size_t last = inverse->border - 1;
    double log_spread = inner[design->inner_count + 1];
    double error = root(corner_at(inverse, last, last));
    made->audit_spread =
        (severity_estimate){exp(log_spread), exp(log_spread) * error, exp(log_spread - z * error),
                            exp(log_spread + z * error)};
}

bool contrasts_read(contrasts *made, fit *settled)
{
    const rating_design *design = settled->at.design;
    read_means(made, design, settled->values);
    read_criteria(made, settled);
    read_group_variances(made, settled);
    double *diagonal = settled->trial;
    if (!information_invert(&settled->at.information, diagonal))
        return false;
    for (size_t j = 0; j < design->auditors; j++) {
        size_t g = design->criteria_group[j];
        bool   alone = made->members[g] == 1;
        made->auditors[j] = estimate_of(alone ? 0 : settled->values[j] - made->group[g],
                                        alone ? 0 : root(diagonal[j] + made->variance[j]));
    }
    read_thresholds(made, settled);
    return true;
}
