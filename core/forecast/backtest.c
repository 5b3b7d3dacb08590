/* backtest.c - forecasts of months that are known, from those before them. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <math.h>

#include "forecast/begin.h"
#include "forecast/model.h"

enum { AHEAD_MOST = 12, NODES = 24 };

/* More audits in a month than this tell no more, and GSL's binomial loses digits. */
static const double audits_most = 10000;

/* Sums over the months held back. */
typedef struct {
    size_t held;
    size_t within;
    double error;
    double naive_error;
} score;

/* P(count <= good), P(count >= good) in a month of that many audits: the chance of its share of the
 * model, of its own, and of the binomial. */
typedef struct {
    double below, above;
} tails;

static tails count_tails(const model *by, const readings *known, const reading *held,
                         const gsl_integration_fixed_workspace *hermite, const mixture *here)
{
    const unsigned audits = (unsigned)fmin(fmax(1, round(held->audits)), audits_most);
    const unsigned good = (unsigned)round(held->good / held->audits * audits);
    const double  *nodes = gsl_integration_fixed_nodes(hermite);
    const double  *weights = gsl_integration_fixed_weights(hermite);
    tails          sum = {0, 0};

    for (size_t c = 0; c < here->count; c++) {
        const mixture_part *part = &here->parts[c];
        const double        variance = part->deviation * part->deviation + by->fits[c].noise +
                                (held->shifted ? known->shift_variance : 0);
        const double middle = part->mean - (held->shifted ? known->shift : 0);
        for (size_t k = 0; k < NODES; k++) {
            const double share = share_of_odds(middle + nodes[k] * sqrt(2 * variance));
            const double weight = part->weight * weights[k] / sqrt(M_PI);
            sum.below += weight * gsl_cdf_binomial_P(good, share, audits);
            if (good > 0)
                sum.above += weight * gsl_cdf_binomial_Q(good - 1, share, audits);
        }
    }
    if (good == 0)
        sum.above = 1;
    return sum;
}

/* Adds one month held back, forecast from the known. */
static bool add(const readings *known, const reading *held, double confidence,
                const gsl_integration_fixed_workspace *hermite, score *to, arena *memory)
{
    const reading *last = &known->items[known->count - 1];
    const int32_t  first = known->items[0].month;
    model          by;

    if (!model_make(known, first, (size_t)(held->month - first) + 1, first, last->month, &by,
                    memory))
        return false;
    mixture_part *parts = arena_array(memory, by.count, sizeof *parts);
    if (parts == NULL)
        return false;
    const mixture here = model_month(&by, held->month, parts);
    const tails   of = count_tails(&by, known, held, hermite, &here);
    const double  recorded = reading_share(known, held);

    to->held++;
    to->within += of.below >= (1 - confidence) / 2 && of.above >= (1 - confidence) / 2;
    to->error += fabs(share_of_odds(mixture_quantile(&here, 0.5)) - recorded);
    to->naive_error += fabs(reading_share(known, last) - recorded);
    return true;
}

/* The months that are known `ahead` months before one. */
static size_t known_before(const forecast_month *months, size_t count, int32_t month,
                           unsigned ahead, forecast_month *known)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (months[i].month <= month - (int32_t)ahead)
            known[kept++] = months[i];
    return kept;
}

static bool test_month(const forecast_month *months, size_t count, const forecast_month *held,
                       unsigned ahead, double confidence,
                       const gsl_integration_fixed_workspace *hermite, score *to)
{
    arena           memory = {0};
    readings        before;
    readings        one;
    bool            done = false;
    forecast_month *known = arena_array(&memory, count, sizeof *known);

    if (known == NULL)
        goto done;
    const size_t kept = known_before(months, count, held->month, ahead, known);
    if (!readings_make(known, kept, NULL, &before, &memory) ||
        !readings_make(held, 1, NULL, &one, &memory))
        goto done;
    done = true;
    if (readings_reason(&before) != FORECAST_GIVEN)
        goto done;
    reading then = one.items[0];
    then.shifted = !held->corrected && before.corrected > 0;
    done = add(&before, &then, confidence, hermite, to, &memory);
done:
    arena_free(&memory);
    return done;
}

static bool check(const forecast_month *months, size_t count, unsigned ahead, double confidence,
                  error_list *errors)
{
    if (ahead < 1 || ahead > AHEAD_MOST) {
        error_add(errors, FAULT_USAGE, NULL, 0, 0,
                  "a forecast is tested 1 to %d months ahead; choose a number between",
                  (int)AHEAD_MOST);
        return false;
    }
    return confidence_check(confidence, errors) && months_check(months, count, errors);
}

bool forecast_test(const forecast_month *months, size_t count, unsigned ahead, double confidence,
                   forecast_backtest *out, error_list *errors)
{
    arena    memory = {0};
    readings all;
    score    sum = {0, 0, 0, 0};
    bool     done = false;

    *out = (forecast_backtest){0};
    if (!check(months, count, ahead, confidence, errors))
        return false;
    forecast_begin();
    gsl_integration_fixed_workspace *hermite =
        gsl_integration_fixed_alloc(gsl_integration_fixed_hermite, NODES, 0, 1, 0, 0);
    if (hermite == NULL || !readings_make(months, count, NULL, &all, &memory))
        goto done;

    /* Only the months that a forecast made today would use. */
    for (size_t i = 0; i < count; i++)
        if (months[i].audits > 0 && months[i].month >= all.items[0].month &&
            !test_month(months, count, &months[i], ahead, confidence, hermite, &sum))
            goto done;
    done = true;
    out->reason = readings_reason(&all);
    if (out->reason == FORECAST_GIVEN && sum.held == 0)
        out->reason = FORECAST_TOO_SHORT;
    if (out->reason != FORECAST_GIVEN)
        goto done;
    out->held = sum.held;
    out->coverage = (double)sum.within / (double)sum.held;
    out->error = 100 * sum.error / (double)sum.held;
    out->naive_error = 100 * sum.naive_error / (double)sum.held;
done:
    if (!done)
        error_memory(errors);
    gsl_integration_fixed_free(hermite);
    arena_free(&memory);
    return done;
}
