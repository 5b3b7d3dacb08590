#include <math.h>
#include <stdio.h>
#include <string.h>

#include "moderation/agreement.h"
#include "moderation/agreement_words.h"
#include "writing/csv_text.h"
#include "writing/json_text.h"

static const char *const pair_ids[AGREEMENT_PAIRS] = {"auditor_moderator", "rubric_moderator",
                                                      "auditor_rubric"};
static const char *const pick_ids[AGREEMENT_PICKS] = {"random", "triggered_only", "all"};
static const char *const dimension_ids[AGREEMENT_DIMENSIONS] = {"auditor", "team", "month",
                                                                "criterion"};

/* Of those at random; those that were triggered only are none of them. */
static uint64_t also_triggered(const moderation_agreement *of, size_t pair, size_t pick)
{
    return pick == TRIGGERED_ONLY ? 0 : of->also_triggered[pair];
}

/* ---- JSON --------------------------------------------------------------------------- */

static void write_interval(const char *name, interval sure, buffer *out)
{
    json_name(out, name, false);
    buffer_byte(out, '[');
    json_number(out, sure.low);
    buffer_byte(out, ',');
    json_number(out, sure.high);
    buffer_byte(out, ']');
}

static void write_number(const char *name, double value, buffer *out)
{
    json_name(out, name, false);
    json_number(out, value);
}

/* A figure, or why there is none. `spread` NULL: without an interval. `at_random` NAN: without. */
static void write_estimate(const char *name, const statistics_estimate *of,
                           const statistics_spread *spread, double at_random, buffer *out)
{
    json_name(out, name, false);
    buffer_string(out, "{\"value\":");
    if (of->reason == STATISTICS_FINE)
        json_number(out, of->value);
    else
        buffer_string(out, "null");
    if (of->reason != STATISTICS_FINE)
        json_string_member(out, "reason", statistics_reason_words(of->reason));
    if (spread && spread->reason == STATISTICS_FINE)
        write_interval("interval", spread->sure, out);
    if (!isnan(at_random))
        write_number("at_random", at_random, out);
    buffer_byte(out, '}');
}

static void write_test(const char *name, const statistics_test *of, buffer *out)
{
    json_name(out, name, false);
    if (of->reason != STATISTICS_FINE) {
        buffer_string(out, "{\"statistic\":null");
        json_string_member(out, "reason", statistics_reason_words(of->reason));
    } else {
        buffer_string(out, "{\"statistic\":");
        json_number(out, of->statistic);
        json_count_member(out, "df", of->df);
        write_number("p", of->p, out);
    }
    buffer_byte(out, '}');
}

static void write_cells(const statistics_table *table, buffer *out)
{
    json_name(out, "table", false);
    buffer_byte(out, '[');
    for (size_t r = 0; r < table->categories; r++) {
        buffer_string(out, r == 0 ? "[" : ",[");
        for (size_t c = 0; c < table->categories; c++) {
            buffer_string(out, c > 0 ? "," : "");
            buffer_unsigned(out, table->cells[r * table->categories + c]);
        }
        buffer_byte(out, ']');
    }
    buffer_byte(out, ']');
}

static void write_more(const more_figures *more, buffer *out)
{
    write_estimate("cohen_kappa", &more->cohen, NULL, NAN, out);
    write_estimate("cohen_kappa_linear", &more->cohen_linear, NULL, NAN, out);
    write_estimate("cohen_kappa_quadratic", &more->cohen_quadratic, NULL, NAN, out);
    write_estimate("fleiss_kappa", &more->fleiss, NULL, NAN, out);
    write_estimate("krippendorff_alpha_nominal", &more->alpha_nominal, NULL, NAN, out);
    write_estimate("krippendorff_alpha_interval", &more->alpha_interval, NULL, NAN, out);
}

/* Counts always; what rests on more audits than there are is left out. */
static void write_figures(const statistics_table *table, const agreement_figures *of,
                          uint64_t also_triggered, bool more, bool enough, buffer *out)
{
    json_count_member(out, "n", of->count);
    json_count_member(out, "also_triggered", also_triggered);
    write_cells(table, out);
    json_count_member(out, "same", of->compared.same);
    json_count_member(out, "within_one", of->compared.within_one);
    json_count_member(out, "first_higher", of->compared.first_higher);
    json_count_member(out, "first_lower", of->compared.second_higher);
    json_count_member(out, "missed_lowest", of->compared.missed_lowest);
    if (!enough)
        return;
    write_number("mean_shift", of->compared.mean_shift, out);
    if (of->sure) {
        write_interval("same_interval", of->exact_sure, out);
        write_interval("within_one_interval", of->within_sure, out);
        write_number("sign_test_p", of->sign_p, out);
    }
    write_estimate("krippendorff_alpha_ordinal", &of->alpha, &of->alpha_spread, NAN, out);
    write_estimate("gwet_ac2_linear", &of->gwet, &of->gwet_spread, of->gwet_at_random, out);
    write_estimate("brennan_prediger_linear", &of->prediger, &of->prediger_spread,
                   of->prediger_at_random, out);
    write_test("stuart_maxwell", &of->stuart_maxwell, out);
    write_test("bowker", &of->bowker, out);
    write_test("bhapkar", &of->bhapkar, out);
    if (more)
        write_more(&of->more, out);
}

static void write_list(const moderation_agreement *of, size_t by, buffer *out)
{
    buffer_format(out, ",\"by_%s\":[", dimension_ids[by]);
    for (size_t r = 0; r < of->by[by].count; r++) {
        const agreement_row *row = &of->by[by].rows[r];
        buffer_string(out, r > 0 ? ",{" : "{");
        json_name(out, "name", true);
        json_string(out, text_of(row->name));
        write_figures(&row->table, &row->figures, row->also_triggered, false,
                      row->figures.count >= of->least, out);
        buffer_byte(out, '}');
    }
    buffer_byte(out, ']');
}

static void write_json(const moderation_agreement *of, buffer *out)
{
    buffer said = {0};

    buffer_string(out, "{\"levels\":");
    json_string(out, text_of(of->levels));
    buffer_string(out, ",\"missed_inadequates\":[");
    for (size_t m = 0; m < of->missed_count; m++) {
        buffer_string(out, m > 0 ? "," : "");
        json_string(out, text_of(of->missed[m]));
    }
    buffer_byte(out, ']');
    agreement_in_brief(of, &said);
    if (buffer_end(&said))
        json_string_member(out, "in_words", said.bytes);
    out->failed |= said.failed;
    buffer_free(&said);
    json_count_member(out, "on_another_scale", of->other_scale);
    for (size_t p = 0; p < AGREEMENT_PAIRS; p++)
        for (size_t k = 0; k < AGREEMENT_PICKS; k++) {
            buffer_format(out, ",\"%s_%s\":{\"first_is\":", pair_ids[p], pick_ids[k]);
            json_string(out, text_of(p == RUBRIC_AND_MODERATOR ? "rubric" : "auditor"));
            write_figures(&of->tables[p][k], &of->figures[p][k], also_triggered(of, p, k), of->more,
                          of->figures[p][k].count >= of->least, out);
            buffer_byte(out, '}');
        }
    for (size_t by = 0; by < AGREEMENT_DIMENSIONS; by++)
        write_list(of, by, out);
    buffer_string(out, "}\n");
}

/* ---- CSV ------------------------------------------------------------------------------ */

static void write_row(const char *what, const char *name, const agreement_figures *of,
                      uint64_t triggered, bool enough, buffer *out)
{
    const uint64_t counts[] = {of->count,
                               triggered,
                               of->compared.same,
                               of->compared.within_one,
                               of->compared.first_higher,
                               of->compared.second_higher,
                               of->compared.missed_lowest};
    const struct {
        bool   known;
        double value;
    } figures[] = {
        {enough && of->sure, of->exact_sure.low},
        {enough && of->sure, of->exact_sure.high},
        {enough, of->compared.mean_shift},
        {enough && of->sure, of->sign_p},
        {enough && of->alpha.reason == STATISTICS_FINE, of->alpha.value},
        {enough && of->gwet.reason == STATISTICS_FINE, of->gwet.value},
        {enough && of->prediger.reason == STATISTICS_FINE, of->prediger.value},
    };

    csv_string(out, what);
    buffer_byte(out, ',');
    csv_string(out, name);
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        buffer_byte(out, ',');
        buffer_unsigned(out, counts[c]);
    }
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
        buffer_byte(out, ',');
        if (figures[f].known)
            json_number(out, figures[f].value);
    }
    buffer_string(out, "\r\n");
}

static void write_csv(const moderation_agreement *of, buffer *out)
{
    char name[64];

    buffer_string(out, "by,name,n,also_triggered,same,within_one,first_higher,first_lower,missed_lowest,same_low,"
                       "same_high,mean_shift,sign_test_p,krippendorff_alpha_ordinal,"
                       "gwet_ac2_linear,brennan_prediger_linear\r\n");
    for (size_t p = 0; p < AGREEMENT_PAIRS; p++)
        for (size_t k = 0; k < AGREEMENT_PICKS; k++) {
            snprintf(name, sizeof name, "%s_%s", pair_ids[p], pick_ids[k]);
            write_row("picks", name, &of->figures[p][k], also_triggered(of, p, k),
                      of->figures[p][k].count >= of->least, out);
        }
    for (size_t by = 0; by < AGREEMENT_DIMENSIONS; by++)
        for (size_t r = 0; r < of->by[by].count; r++)
            write_row(dimension_ids[by], of->by[by].rows[r].name, &of->by[by].rows[r].figures,
                      of->by[by].rows[r].also_triggered,
                      of->by[by].rows[r].figures.count >= of->least, out);
}

void agreement_write(const moderation_agreement *agreement, const char *format, buffer *out)
{
    if (strcmp(format, "csv") == 0)
        write_csv(agreement, out);
    else if (strcmp(format, "json") == 0)
        write_json(agreement, out);
    else
        words_in_full(agreement, out);
}
