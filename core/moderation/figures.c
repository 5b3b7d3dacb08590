#include "moderation/figures.h"

#include <stdlib.h>

static double share(uint64_t count, uint64_t of)
{
    return of > 0 ? (double)count / (double)of : 0;
}

/* The shares of the grades that both gave together; `out` has room for the categories. */
static void shares_of(const statistics_table *table, uint64_t total, double *first, double *second)
{
    const size_t size = table->categories;

    for (size_t k = 0; k < size; k++)
        first[k] = second[k] = 0;
    for (size_t r = 0; r < size; r++)
        for (size_t c = 0; c < size; c++) {
            first[r] += share(table->cells[r * size + c], total);
            second[c] += share(table->cells[r * size + c], total);
        }
}

static bool at_random(const statistics_table *table, const statistics_measure *measure,
                      uint64_t total, double *out)
{
    double *shares = calloc(2 * table->categories + 1, sizeof *shares);

    if (!shares)
        return false;
    shares_of(table, total, shares, shares + table->categories);
    *out = statistics_at_random(measure, shares, shares + table->categories).value;
    free(shares);
    return true;
}

/* A coefficient with its interval by bootstrap, where so many audits carry one. */
static statistics_estimate estimate(const statistics_table   *table,
                                    const statistics_measure *measure, uint64_t seed, bool sure,
                                    statistics_spread *spread)
{
    *spread = (statistics_spread){.reason = STATISTICS_NOTHING};
    if (sure)
        *spread = statistics_table_bootstrap(measure, table, 0.95, FIGURES_RESAMPLES, seed);
    return statistics_table_agreement(measure, table, 0.95, STATISTICS_BY_T);
}

static bool is_lasting(statistics_reason reason)
{
    return reason != STATISTICS_NO_MEMORY;
}

static bool make_more(const statistics_table *table, more_figures *out)
{
    statistics_weights       identity, linear, quadratic;
    const statistics_measure alpha = {.kind = STATISTICS_ALPHA, .metric = STATISTICS_NOMINAL};
    const statistics_measure interval_alpha = {.kind = STATISTICS_ALPHA,
                                               .metric = STATISTICS_INTERVAL};
    const size_t             size = table->categories;

    const bool made = !statistics_weights_make(STATISTICS_IDENTITY, size, NULL, &identity) &&
                      !statistics_weights_make(STATISTICS_LINEAR, size, NULL, &linear) &&
                      !statistics_weights_make(STATISTICS_QUADRATIC, size, NULL, &quadratic);
    if (!made)
        return false;
    const struct {
        statistics_measure   measure;
        statistics_estimate *into;
    } asked[] = {
        {{STATISTICS_COHEN, &identity, 0, NULL}, &out->cohen},
        {{STATISTICS_COHEN, &linear, 0, NULL}, &out->cohen_linear},
        {{STATISTICS_COHEN, &quadratic, 0, NULL}, &out->cohen_quadratic},
        {{STATISTICS_FLEISS, &identity, 0, NULL}, &out->fleiss},
        {alpha, &out->alpha_nominal},
        {interval_alpha, &out->alpha_interval},
    };
    bool fine = true;
    for (size_t a = 0; a < sizeof asked / sizeof *asked; a++) {
        *asked[a].into =
            statistics_table_agreement(&asked[a].measure, table, 0.95, STATISTICS_BY_T);
        fine &= is_lasting(asked[a].into->reason);
    }
    statistics_weights_free(&identity);
    statistics_weights_free(&linear);
    statistics_weights_free(&quadratic);
    return fine;
}

bool figures_make(const statistics_table *table, uint64_t seed, bool more,
                  unsigned least_for_interval, agreement_figures *out)
{
    const statistics_measure alpha = {.kind = STATISTICS_ALPHA, .metric = STATISTICS_RANKED};
    statistics_weights       linear;

    *out = (agreement_figures){.count = statistics_table_total(table)};
    if (statistics_weights_make(STATISTICS_LINEAR, table->categories, NULL, &linear))
        return false;
    const statistics_measure gwet = {.kind = STATISTICS_GWET, .weights = &linear};
    const statistics_measure prediger = {.kind = STATISTICS_BRENNAN_PREDIGER, .weights = &linear};

    out->standing = statistics_standing_of(out->count);
    out->sure = out->count >= least_for_interval;
    out->compared = statistics_compare(table);
    out->warned = statistics_warnings_of(table);
    out->exact_sure = statistics_wilson(out->compared.same, out->count, 0.95);
    out->within_sure = statistics_wilson(out->compared.within_one, out->count, 0.95);
    out->sign_p = statistics_sign_test(out->compared.first_higher, out->compared.second_higher);
    out->stuart_maxwell = statistics_stuart_maxwell(table);
    out->bowker = statistics_bowker(table);
    out->bhapkar = statistics_bhapkar(table);
    out->alpha = estimate(table, &alpha, seed, out->sure, &out->alpha_spread);
    out->gwet = estimate(table, &gwet, seed, out->sure, &out->gwet_spread);
    out->prediger = estimate(table, &prediger, seed, out->sure, &out->prediger_spread);
    const bool fine =
        is_lasting(out->alpha.reason) && is_lasting(out->gwet.reason) &&
        is_lasting(out->prediger.reason) &&
        (out->count == 0 || (at_random(table, &gwet, out->count, &out->gwet_at_random) &&
                             at_random(table, &prediger, out->count, &out->prediger_at_random))) &&
        (!more || make_more(table, &out->more));
    statistics_weights_free(&linear);
    return fine;
}
