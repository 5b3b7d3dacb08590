/* Agreement beyond chance. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics_json/matrix.h"

/* What params.ci may say: where the error and the interval come from. */
enum { CI_T, CI_NORMAL, CI_JACKKNIFE, CI_BOOTSTRAP };

/* ---- Weights ------------------------------------------------------------------------------- */

/* The forms in the order of statistics_weights_form, and other names for three of them. */
static const char FORMS[] = "identity linear quadratic ordinal radical ratio circular bipolar "
                            "unweighted equal squared";

static bool read_cells(study *asked, const json_t *rows, size_t count, statistics_weights *weights)
{
    weights->categories = count;
    weights->cells = calloc(count * count, sizeof *weights->cells);
    if (!weights->cells)
        return study_fine(asked, STATISTICS_NO_MEMORY);
    if (json_array_size(rows) != count)
        return study_fine(asked, STATISTICS_WEIGHTS_SIZE);
    for (size_t i = 0; i < count * count; i++) {
        const json_t *row = json_array_get(rows, i / count);
        const json_t *one = json_array_get(row, i % count);
        if (json_array_size(row) != count)
            return study_fine(asked, STATISTICS_WEIGHTS_SIZE);
        if (!json_is_number(one))
            return study_fine(asked, STATISTICS_WEIGHTS_RANGE);
        weights->cells[i] = json_number_value(one);
    }
    return study_fine(asked, statistics_weights_check(weights));
}

static bool read_weights(study *asked, const categories *scale, statistics_weights *weights)
{
    const json_t *given = json_object_get(asked->whole, "weights");
    int           form;

    if (json_is_array(given))
        return read_cells(asked, given, scale->count, weights);
    if (!study_choice(asked, asked->whole, "weights", FORMS, &form))
        return false;
    if (form > STATISTICS_BIPOLAR) /* unweighted, equal, squared */
        form -= STATISTICS_BIPOLAR + 1;
    return study_fine(asked, statistics_weights_make((statistics_weights_form)form, scale->count,
                                                     scale->values, weights));
}

static bool read_metric(study *asked, const categories *scale, statistics_measure *measure)
{
    int metric;

    if (!study_choice(asked, asked->params, "metric", "nominal ordinal interval ratio", &metric))
        return false;
    if (metric >= STATISTICS_INTERVAL && !scale->values && asked->data &&
        json_is_array(json_object_get(asked->data, "categories")))
        return study_refuse(asked, "categories that are texts have no distance; take the metric "
                                   "nominal or ordinal");
    measure->metric = (statistics_metric)metric;
    measure->values = scale->values;
    return true;
}

/* ---- Answers ------------------------------------------------------------------------------- */

static void say_error(study *asked, statistics_reason unsure, double error, interval sure)
{
    if (unsure != STATISTICS_FINE) {
        study_say_text(asked, "unsure", statistics_reason_words(unsure));
        return;
    }
    study_say(asked, "se", error);
    study_say_interval(asked, "ci", sure);
}

/* The shares of the first rater and the second; of counts, of all raters. */
static void find_shares(const matrix *read, bool table, double *first, double *second)
{
    const size_t q = read->scale.count;
    double       rated = 0;

    for (size_t i = 0; table && i < q * q; i++)
        rated += (double)read->table.cells[i];
    for (size_t i = 0; table && i < q * q; i++) {
        first[i / q] += (double)read->table.cells[i] / rated;
        second[i % q] += (double)read->table.cells[i] / rated;
    }
    for (size_t u = 0; !table && u < read->counts.units; u++) {
        double ratings = 0;
        for (size_t k = 0; k < q; k++)
            ratings += read->counts.counts[u * q + k];
        rated += ratings > 0;
        for (size_t k = 0; ratings > 0 && k < q; k++)
            first[k] += read->counts.counts[u * q + k] / ratings;
    }
    for (size_t k = 0; !table && rated > 0 && k < q; k++)
        second[k] = first[k] /= rated;
}

static void say_at_random(study *asked, const statistics_measure *measure, const matrix *read,
                          bool table)
{
    double *shares = calloc(2 * read->scale.count, sizeof *shares);

    if (!shares) {
        asked->out_of_memory = true;
        return;
    }
    find_shares(read, table, shares, shares + read->scale.count);
    const statistics_estimate found =
        statistics_at_random(measure, shares, shares + read->scale.count);
    if (found.reason == STATISTICS_FINE)
        study_say(asked, "at_random", found.value);
    free(shares);
}

static void say_resampled(study *asked, const statistics_measure *measure, const matrix *read,
                          bool table, int ci)
{
    statistics_spread found;
    double            seed, times;

    if (!study_number_or(asked, asked->params, "seed", 0, 0x1p53, 1, &seed) ||
        !study_number_or(asked, asked->params, "resamples", 200, 1e6, 2000, &times))
        return;
    if (ci == CI_JACKKNIFE)
        found = table ? statistics_table_jackknife(measure, &read->table, asked->level)
                      : statistics_jackknife(measure, &read->counts, asked->level);
    else
        found = table ? statistics_table_bootstrap(measure, &read->table, asked->level,
                                                   (uint32_t)times, (uint64_t)seed)
                      : statistics_bootstrap(measure, &read->counts, asked->level, (uint32_t)times,
                                             (uint64_t)seed);
    say_error(asked, found.reason, found.error, found.sure);
}

static void say(study *asked, const statistics_measure *measure, const matrix *read, int ci)
{
    /* Cohen's kappa tells the raters apart, and the other figures of ratings do not. */
    const bool                table = !read->counts.counts || measure->kind == STATISTICS_COHEN;
    const statistics_quantile quantile = ci == CI_NORMAL ? STATISTICS_BY_NORMAL : STATISTICS_BY_T;
    const bool                weighted = measure->kind != STATISTICS_ALPHA;

    const statistics_estimate found =
        table ? statistics_table_agreement(measure, &read->table, asked->level, quantile)
              : statistics_agreement(measure, &read->counts, asked->level, quantile);
    if (!study_fine(asked, found.reason))
        return;
    study_say(asked, "value", found.value);
    study_say_count(asked, "n", found.units);
    study_say_count(asked, "categories", read->scale.count);
    if (weighted) {
        study_say(asked, "pa", found.agreed);
        study_say(asked, "pe", found.expected);
    }
    if (weighted && measure->kind != STATISTICS_ALPHA_WEIGHTED)
        say_at_random(asked, measure, read, table);
    if (ci == CI_JACKKNIFE || ci == CI_BOOTSTRAP)
        say_resampled(asked, measure, read, table, ci);
    else
        say_error(asked, found.unsure, found.error, found.sure);
}

void answer_agreement(study *asked, int kind)
{
    statistics_measure measure = {.kind = (statistics_kind)kind};
    statistics_weights weights = {0};
    matrix             read;
    int                ci;

    bool fine = matrix_read(asked, &read);
    if (fine && kind == STATISTICS_COHEN && !read.table.cells)
        fine = study_fine(asked, STATISTICS_TWO_RATERS);
    if (fine && kind == STATISTICS_ALPHA)
        fine = read_metric(asked, &read.scale, &measure);
    else if (fine)
        fine = read_weights(asked, &read.scale, &weights);
    measure.weights = &weights;
    if (fine && study_choice(asked, asked->params, "ci", "t normal jackknife bootstrap", &ci))
        say(asked, &measure, &read, ci);
    statistics_weights_free(&weights);
    matrix_close(&read);
}
