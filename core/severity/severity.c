#include "severity/severity.h"

#include <pthread.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>

#include "severity/contrasts.h"
#include "severity/freedom.h"
#include "severity/holm.h"
#include "severity/residuals.h"
#include "severity/spread.h"

/* Criteria, thresholds and the audits' distribution are solved for together. */
enum { BORDER_MOST = 300 };
/* Auditors times border: the rows of the information, 400 MB. */
static const size_t rows_most = 50000000;
/* Verdicts are wrong about anybody at all no more often than this. */
static const double wrong_most = 0.05;

/* GSL ends the program at an error unless told to return it. */
static void return_errors(void)
{
    gsl_set_error_handler_off();
}

const char *severity_status_text(severity_status status)
{
    static const char *const texts[] = {
#define X(name, text) text,
        SEVERITY_STATUSES(X)
#undef X
    };
    return texts[status];
}

void severity_free(severity_result *result)
{
    free(result->auditors);
    free(result->criteria);
    free(result->thresholds);
    *result = (severity_result){0};
}

static severity_status check(const severity_data *data)
{
    if (data->levels < 2 || data->levels > SEVERITY_LEVELS_MAX)
        return SEVERITY_BAD_LEVELS;
    if (data->count == 0)
        return SEVERITY_NO_RATINGS;
    if (data->count > UINT32_MAX / 4)
        return SEVERITY_TOO_LARGE;
    for (size_t k = 0; k < data->count; k++)
        if (data->audit[k] >= data->audit_count || data->criterion[k] >= data->criterion_count ||
            data->auditor[k] >= data->auditor_count || data->rating[k] >= data->levels)
            return SEVERITY_OUT_OF_RANGE;
    return SEVERITY_FITTED;
}

/* Everything on the way to the result. */
typedef struct {
    rating_design  design;
    fit            fit;
    contrasts      contrasts;
    residual_sums *sums; /* [auditor] */
    places         places;
    spread_found   spread;
    freedom        freedom;
    size_t        *compared; /* auditors that are not alone */
    size_t        *judged;   /* of them, with audits enough for a verdict */
    double        *value;    /* [compared] */
    double        *other;    /* [compared]: errors, then chances */
    double        *corrected;
    double        *average; /* values with every auditor average */
    double        *log_chance;
    bool          *wanted; /* [auditor]: log_chance */
} work;

static void work_free(work *held)
{
    design_free(&held->design);
    fit_free(&held->fit);
    contrasts_free(&held->contrasts);
    free(held->sums);
    free(held->compared);
    free(held->judged);
    free(held->value);
    free(held->other);
    free(held->corrected);
    free(held->average);
    free(held->log_chance);
    free(held->wanted);
}

static bool work_make(work *made)
{
    const rating_design *design = &made->design;
    size_t               auditors = design->auditors;
    if (!fit_make(&made->fit, design) || !contrasts_make(&made->contrasts, design))
        return false;
    made->sums = calloc(auditors, sizeof *made->sums);
    made->compared = calloc(auditors, sizeof *made->compared);
    made->judged = calloc(auditors, sizeof *made->judged);
    made->value = calloc(auditors, sizeof *made->value);
    made->other = calloc(auditors, sizeof *made->other);
    made->corrected = calloc(auditors, sizeof *made->corrected);
    made->average = calloc(auditors + design_border(design), sizeof *made->average);
    made->log_chance = calloc(auditors, sizeof *made->log_chance);
    made->wanted = calloc(auditors, sizeof *made->wanted);
    return made->sums && made->compared && made->judged && made->value && made->other && made->corrected &&
           made->average && made->log_chance && made->wanted;
}

static severity_auditor *auditor_at(const work *held, severity_result *out, size_t j)
{
    return &out->auditors[held->design.auditor_of[j]];
}

/* What is known before any fit: counts, groups, and who rated at one end alone. */
static void describe_auditors(const work *held, severity_result *out)
{
    const rating_design *design = &held->design;
    for (size_t k = 0; k < design->count; k++) {
        const rated      *rating = &design->ratings[k];
        severity_auditor *auditor = auditor_at(held, out, rating->auditor);
        severity_state    end = rating->rating == design->lowest    ? AUDITOR_ALL_LOWEST
                                : rating->rating == design->highest ? AUDITOR_ALL_HIGHEST
                                                                    : AUDITOR_ESTIMATED;
        if (auditor->ratings == 0)
            auditor->state = end;
        else if (auditor->state != end)
            auditor->state = AUDITOR_ESTIMATED;
        auditor->ratings++;
        auditor->audits +=
            k == 0 || rating->audit != rating[-1].audit || rating->auditor != rating[-1].auditor;
    }
    for (size_t j = 0; j < design->auditors; j++) {
        severity_auditor *auditor = auditor_at(held, out, j);
        uint32_t          group = design->link_group[j];
        auditor->link_group = group;
        auditor->linked = (j > 0 && design->link_group[j - 1] == group) ||
                          (j + 1 < design->auditors && design->link_group[j + 1] == group);
        auditor->criteria_group = design->criteria_group[j];
    }
}

static void describe_criteria(const work *held, severity_result *out)
{
    const rating_design *design = &held->design;
    for (size_t k = 0; k < design->count; k++) {
        const rated        *rating = &design->ratings[k];
        severity_criterion *criterion = &out->criteria[design->criterion_of[rating->criterion]];
        /* the first rating is at an end or not; the others must be at the same one: value says which */
        bool end = rating->rating == design->lowest || rating->rating == design->highest;
        if (criterion->ratings++ == 0) {
            criterion->extreme = end;
            criterion->logits.value = rating->rating;
        } else {
            criterion->extreme =
                criterion->extreme && criterion->logits.value == (double)rating->rating;
        }
    }
    for (size_t c = 0; c < design->criteria; c++)
        out->criteria[design->criterion_of[c]].logits.value = 0;
}

static void describe(const work *held, severity_result *out)
{
    const rating_design *design = &held->design;
    out->ratings = design->count;
    out->audits = design->audits;
    out->audits_linking = design->audits_linking;
    out->link_groups = design->link_groups;
    out->criteria_groups = design->criteria_groups;
    out->graph_groups = design->graph_groups;
    out->links_unused = design->links_unused;
    out->spread_known = design->spread_known;
    out->identified = design->link_groups == 1                  ? SEVERITY_BY_LINKS
                      : design->link_groups == design->auditors ? SEVERITY_BY_ALLOCATION
                                                                : SEVERITY_BY_BOTH;
    out->freedom = held->freedom.left;
    describe_auditors(held, out);
    describe_criteria(held, out);
}

/* Who shares criteria with another, and who of them can have a verdict. Fills compared and judged. */
static void find_compared(work *held, severity_result *out)
{
    for (size_t j = 0; j < held->design.auditors; j++) {
        severity_auditor *auditor = auditor_at(held, out, j);
        if (held->contrasts.members[held->design.criteria_group[j]] == 1) {
            auditor->state = AUDITOR_ALONE;
            continue;
        }
        held->compared[out->compared++] = j;
        if (auditor->audits >= SEVERITY_AUDITS_FEWEST) {
            held->judged[out->judged++] = j;
            continue;
        }
        auditor->p = auditor->p_corrected = 1;
        auditor->verdict = SEVERITY_NO_VERDICT;
    }
}

static void give_common(const work *held, severity_result *out)
{
    const rating_design *design = &held->design;
    const contrasts     *found = &held->contrasts;
    for (size_t c = 0; c < design->criteria; c++)
        out->criteria[design->criterion_of[c]].logits = found->criteria[c];
    for (unsigned k = design->lowest; k < design->highest; k++) {
        out->thresholds[k].known = design->used[k] && design->used[k + 1];
        if (out->thresholds[k].known)
            out->thresholds[k].logits = found->thresholds[k];
    }
    out->audit_mean = found->audit_mean;
    out->audit_spread = found->audit_spread;
    out->log_likelihood = held->fit.log_likelihood;
}

/* Estimates, effects and fit of each auditor from the first fit. */
static void give_estimates(work *held, severity_result *out)
{
    residuals_take(&held->fit.at, held->fit.values, held->contrasts.shift, held->sums,
                   &held->places);
    for (size_t j = 0; j < held->design.auditors; j++) {
        severity_auditor    *auditor = auditor_at(held, out, j);
        const residual_sums *sums = &held->sums[j];
        auditor->infit = sums->squares / fmax(sums->variances, 1e-300);
        auditor->outfit = sums->standardised / (double)auditor->ratings;
        auditor->logits = held->contrasts.auditors[j];
        auditor->logits.low = auditor->logits.value - held->freedom.reach * auditor->logits.error;
        auditor->logits.high = auditor->logits.value + held->freedom.reach * auditor->logits.error;
        auditor->grades = effect_of(&held->places, &auditor->logits);
    }
}

/* The chances of those whose ratings are all at one end, had they been average: log_chance. The audits
 * are as far apart as their likeliest spread says once it is widened. */
static void take_chances(work *held, severity_result *out)
{
    const rating_design *design = &held->design;
    size_t               size = design->auditors + design_border(design);
    for (size_t k = 0; k < size; k++)
        held->average[k] = k < design->auditors ? held->contrasts.group[design->criteria_group[k]]
                                                : held->fit.values[k];
    held->average[size - 1] += log(held->freedom.widens);
    for (size_t k = 0; k < out->judged; k++)
        held->wanted[held->judged[k]] =
            auditor_at(held, out, held->judged[k])->state != AUDITOR_ESTIMATED;
    residuals_chances(&held->fit.at, held->average, held->wanted, held->log_chance);
}

/* The chance of an estimate as far from the average as this. Where there is no largest likelihood,
 * there is no standard error to judge by; but all ratings at one end are the most extreme outcome
 * that there is, and its chance is at hand. */
static bool give_verdicts(work *held, severity_result *out)
{
    take_chances(held, out);
    for (size_t k = 0; k < out->judged; k++) {
        size_t                  j = held->judged[k];
        const severity_auditor *auditor = auditor_at(held, out, j);
        double                  distance = fabs(auditor->logits.value) / auditor->logits.error;
        held->other[k] = auditor->state == AUDITOR_ESTIMATED
                             ? freedom_chance(&held->freedom, distance)
                             : fmin(1, 2 * exp(held->log_chance[j]));
    }
    if (!holm_correct(held->other, out->judged, held->corrected))
        return false;
    for (size_t k = 0; k < out->judged; k++) {
        severity_auditor *auditor = auditor_at(held, out, held->judged[k]);
        auditor->p = held->other[k];
        auditor->p_corrected = held->corrected[k];
        if (auditor->p_corrected < wrong_most)
            auditor->verdict =
                auditor->logits.value > 0 ? SEVERITY_TOO_HARSH : SEVERITY_TOO_GENEROUS;
    }
    return true;
}

static severity_status shrink(work *held, severity_result *out)
{
    for (size_t k = 0; k < out->compared; k++) {
        const severity_estimate *logits = &auditor_at(held, out, held->compared[k])->logits;
        held->value[k] = logits->value;
        held->other[k] = logits->error * held->freedom.widens;
    }
    spread_find(&held->spread, held->value, held->other, out->compared);
    out->auditor_spread = held->spread.likeliest;
    if (!fit_settle(&held->fit, 1 / (out->auditor_spread * out->auditor_spread)) ||
        !contrasts_read(&held->contrasts, &held->fit))
        return SEVERITY_NOT_CONVERGED;
    for (size_t j = 0; j < held->design.auditors; j++) {
        severity_auditor        *auditor = auditor_at(held, out, j);
        const severity_estimate *shrunken = &held->contrasts.auditors[j];
        double                   variance = shrunken->error * shrunken->error;
        auditor->shrunken_logits = estimate_of(
            shrunken->value, sqrt(spread_variance(&held->spread, shrunken->value, variance)));
        auditor->shrunken_grades = effect_of(&held->places, &auditor->shrunken_logits);
    }
    return SEVERITY_FITTED;
}

/* False where memory is out. */
static bool estimate(work *held, severity_result *out)
{
    if (!fit_settle(&held->fit, 1 / weak_variance) ||
        !contrasts_read(&held->contrasts, &held->fit)) {
        out->status = SEVERITY_NOT_CONVERGED;
        return true;
    }
    find_compared(held, out);
    give_common(held, out);
    give_estimates(held, out);
    out->status = SEVERITY_NOBODY_TO_COMPARE;
    if (out->compared == 0)
        return true;
    if (!give_verdicts(held, out))
        return false;
    out->status = shrink(held, out);
    return true;
}

/* Design, description, fit. False where memory is out. */
static bool fit_data(work *held, const severity_data *data, severity_result *out)
{
    if (!design_make(&held->design, data) || !freedom_of(&held->design, &held->freedom))
        return false;
    const rating_design *design = &held->design;
    describe(held, out);
    if (design->lowest == design->highest) {
        out->status = SEVERITY_ALL_ALIKE;
        return true;
    }
    if (design_border(design) > BORDER_MOST ||
        design->auditors > rows_most / design_border(design)) {
        out->status = SEVERITY_TOO_LARGE;
        return true;
    }
    return work_make(held) && estimate(held, out);
}

/* Figures of a fit that did not come to its end are none. */
static void drop_estimates(const severity_data *data, severity_result *out)
{
    const severity_estimate none = {0};
    for (size_t j = 0; j < data->auditor_count; j++) {
        severity_auditor *auditor = &out->auditors[j];
        auditor->logits = auditor->grades = none;
        auditor->shrunken_logits = auditor->shrunken_grades = none;
        auditor->infit = auditor->outfit = 0;
        auditor->p = auditor->p_corrected = 0;
        auditor->verdict = SEVERITY_AS_OTHERS;
    }
}

bool severity_fit(const severity_data *data, severity_result *out)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    *out = (severity_result){0};
    pthread_once(&once, return_errors);
    out->auditors = calloc(data->auditor_count + 1, sizeof *out->auditors);
    out->criteria = calloc(data->criterion_count + 1, sizeof *out->criteria);
    out->thresholds = calloc(SEVERITY_LEVELS_MAX, sizeof *out->thresholds);
    bool held = out->auditors && out->criteria && out->thresholds;
    for (size_t j = 0; held && j < data->auditor_count; j++)
        out->auditors[j].state = AUDITOR_UNRATED;

    out->status = check(data);
    if (held && out->status == SEVERITY_FITTED) {
        work *room = calloc(1, sizeof *room);
        held = room && fit_data(room, data, out);
        if (room)
            work_free(room);
        free(room);
    }
    if (!held) {
        severity_free(out);
        return false;
    }
    if (out->status == SEVERITY_NOT_CONVERGED)
        drop_estimates(data, out);
    return true;
}
