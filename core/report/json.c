#include <stdlib.h>

#include "report/format.h"
#include "report/json_row.h"
#include "writing/json_text.h"
#include "report/names.h"
#include "report/plugins_used.h"
#include "writing/share.h"

/* {"assay": ..., "inputs": [...], "records": [...], "summary": {...}, "plugins": [...], "notices": [...]} */

static void json_begin(const report_options *options, buffer *out)
{
    buffer_byte(out, '{');
    json_name(out, "assay", true);
    json_string(out, text_of(options->assay_version));
    buffer_string(out, ",\n\"inputs\":[");
    for (size_t i = 0; i < options->input_count; i++) {
        buffer_string(out, i == 0 ? "" : ",");
        json_string(out, text_of(options->inputs[i]));
    }
    buffer_string(out, "],\n\"records\":[\n");
}

static void json_batch(const report_options *options, const graded_batch *batch, buffer *out)
{
    row_proof proof;
    (void)options;
    out->failed |= !row_proof_make(&proof, batch);
    for (size_t record = 0; record < batch->count && !out->failed; record++) {
        buffer_string(out, record == 0 ? "" : ",\n");
        json_proved_row(out, &proof, false, record);
    }
    row_proof_free(&proof);
}

/* ---- Summary ------------------------------------------------------------------ */

/* "levels": {...}, "none", "insufficient_evidence", "rejected", "good_or_better" */
static void json_outcomes(buffer *out, const id_list outcomes[OUTCOMES], const scale *of)
{
    buffer_string(out, ",\"levels\":{");
    for (size_t i = 0; of != NULL && i < of->count; i++) {
        json_name(out, of->ids[i], i == 0);
        buffer_unsigned(out, outcomes[i].total);
    }
    buffer_byte(out, '}');
    json_count_member(out, "none", outcomes[OUTCOME_NONE].total);
    json_count_member(out, "insufficient_evidence", outcomes[OUTCOME_INSUFFICIENT].total);
    json_count_member(out, "rejected", outcomes[OUTCOME_REJECTED].total);
    uint64_t judged = tally_judged(outcomes);
    if (of == NULL || judged == 0) {
        buffer_string(out, ",\"good_or_better\":null");
        return;
    }
    uint64_t good = tally_good(outcomes, of);
    interval sure = share_interval(good, judged);
    buffer_string(out, ",\"good_or_better\":{\"from\":");
    json_string(out, text_of(of->ids[tally_good_level(of)]));
    json_count_member(out, "count", good);
    json_count_member(out, "of", judged);
    /* Four places: as much as can be meant, and the same digits on every machine. */
    const struct {
        const char *name;
        double      value;
    } shares[] = {
        {"share", (double)good / (double)judged}, {"low", sure.low}, {"high", sure.high}};
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        json_name(out, shares[i].name, false);
        json_number(out, (double)(uint64_t)(shares[i].value * 10000 + 0.5) / 10000);
    }
    buffer_byte(out, '}');
}

static void json_table(buffer *out, const char *name, const tally_table *table, const scale *of)
{
    buffer_string(out, ",\n ");
    json_name(out, name, true);
    buffer_byte(out, '[');
    for (size_t i = 0; i < table->count; i++) {
        buffer_string(out, i == 0 ? "{\"name\":" : ",{\"name\":");
        json_string(out, text_of(table->rows[i].name));
        json_outcomes(out, table->rows[i].outcomes, of);
        buffer_byte(out, '}');
    }
    if (tally_all(table->others.outcomes) > 0) {
        buffer_string(out, ",{\"name\":null");
        json_outcomes(out, table->others.outcomes, of);
        buffer_byte(out, '}');
    }
    buffer_byte(out, ']');
}

static void json_agreement(buffer *out, const tally_scale *of)
{
    tally_agreement agreed = tally_agree(of);
    buffer_string(out, ",\n \"agreement\":{\"compared\":");
    buffer_unsigned(out, agreed.compared);
    json_count_member(out, "same", agreed.same);
    json_count_member(out, "within_one", agreed.within_one);
    json_count_member(out, "tool_lower", agreed.tool_lower);
    json_count_member(out, "tool_higher", agreed.tool_higher);
    json_count_member(out, "missed_inadequate", agreed.missed_inadequate);
    buffer_string(out, ",\"matrix\":["); /* a row for each level of the auditor, lowest first */
    for (size_t theirs = 0; of->like != NULL && theirs < of->like->scale.count; theirs++) {
        for (size_t ours = 0; ours < of->like->scale.count; ours++) {
            buffer_string(out, ours > 0 ? "," : theirs > 0 ? "],[" : "[");
            buffer_unsigned(out, of->agreement[theirs][ours].total);
        }
    }
    buffer_string(out, of->like != NULL ? "]]}" : "]}");
}

static void json_criterion(buffer *out, const tally_criterion *seen)
{
    const scale *of = &seen->of->scale;
    buffer_string(out, "{\"rubric\":");
    json_string(out, text_of(seen->of->id));
    json_string_member(out, "version", seen->of->version);
    json_string_member(out, "id", seen->of->criteria[seen->criterion].id);
    json_count_member(out, "held_down", seen->held.total);
    json_count_member(out, "limited", seen->limited.total);
    json_count_member(out, "rated", tally_rated(seen));
    buffer_string(out, ",\"levels\":{");
    for (size_t i = 0; i < of->count; i++) {
        json_name(out, of->ids[i], i == 0);
        buffer_unsigned(out, seen->rated[i]);
    }
    buffer_byte(out, '}');
    json_count_member(out, "missing", seen->missing);
    json_count_member(out, "not_applicable", seen->not_applicable + seen->not_due);
    buffer_byte(out, '}');
}

static void json_criteria(buffer *out, const tally *counted, const tally_scale *of)
{
    size_t                  count;
    const tally_criterion **ranked = tally_rank(counted, of, &count);
    if (ranked == NULL && count > 0) {
        out->failed = true;
        return;
    }
    buffer_string(out, ",\n \"criteria\":[");
    for (size_t i = 0; i < count; i++) {
        buffer_string(out, i == 0 ? "" : ",\n  ");
        json_criterion(out, ranked[i]);
    }
    buffer_byte(out, ']');
    free(ranked);
}

static void json_scale(buffer *out, const tally *counted, const tally_scale *of)
{
    static const char *const names[DIMENSIONS] = {"by_practice_area", "by_team",
                                                  "by_judgement_area", "by_month"};
    const scale *levels = of->like != NULL ? &of->like->scale : NULL;
    buffer_string(out, "{\"scale\":[");
    for (size_t i = 0; levels != NULL && i < levels->count; i++) {
        buffer_string(out, i == 0 ? "" : ",");
        json_string(out, text_of(levels->ids[i]));
    }
    buffer_byte(out, ']');
    json_outcomes(out, of->outcomes, levels);
    for (size_t i = 0; i < DIMENSIONS; i++) {
        json_table(out, names[i], &of->by[i], levels);
    }
    json_agreement(out, of);
    json_criteria(out, counted, of);
    buffer_byte(out, '}');
}

static void json_rubric(buffer *out, const tally_rubric *used)
{
    static const char hex[] = "0123456789abcdef";
    buffer_string(out, "{\"id\":");
    json_string(out, text_of(used->of->id));
    json_string_member(out, "version", used->of->version);
    json_string_member(out, "file", name_of_file(used->of->file));
    buffer_string(out, ",\"sha256\":\"");
    for (size_t i = 0; i < sizeof used->of->hash; i++) {
        buffer_byte(out, hex[used->of->hash[i] >> 4]);
        buffer_byte(out, hex[used->of->hash[i] & 15]);
    }
    buffer_byte(out, '"');
    json_count_member(out, "records", used->records);
    json_count_member(out, "graded", used->graded);
    json_count_member(out, "insufficient_evidence", used->insufficient);
    json_count_member(out, "rejected", used->records - used->graded - used->insufficient);
    buffer_byte(out, '}');
}

static void json_summary(buffer *out, const tally *counted, const grade_totals *totals)
{
    buffer_string(out, "\"summary\":{\"rows\":");
    buffer_unsigned(out, totals->rows);
    json_count_member(out, "graded", totals->graded);
    json_count_member(out, "insufficient_evidence", totals->insufficient);
    json_count_member(out, "rejected", totals->rejected);
    buffer_string(out, ",\n\"scales\":[");
    for (size_t i = 0; i < counted->scale_count; i++) {
        buffer_string(out, i == 0 ? "" : ",\n");
        json_scale(out, counted, &counted->scales[i]);
    }
    buffer_string(out, "],\n\"rubrics\":[");
    for (size_t i = 0; i < counted->rubric_count; i++) {
        buffer_string(out, i == 0 ? "" : ",\n");
        json_rubric(out, &counted->rubrics[i]);
    }
    buffer_string(out, "],\n\"rejected_reasons\":[");
    for (size_t i = 0; i < counted->reason_count; i++) {
        buffer_string(out, i == 0 ? "{\"reason\":" : ",\n{\"reason\":");
        json_string(out, text_of(counted->reasons[i].reason));
        json_count_member(out, "count", counted->reasons[i].count);
        buffer_byte(out, '}');
    }
    buffer_byte(out, ']');
    json_count_member(out, "rejected_for_other_reasons", counted->other_reasons);
    buffer_byte(out, '}');
}

static void json_notices(buffer *out, const report_options *options, const error_list *notices)
{
    buffer_string(out, "\"notices\":[");
    for (size_t i = 0; i < notices->count; i++) {
        const fault *seen = &notices->items[i];
        buffer_string(out, i == 0 ? "{\"file\":" : ",\n{\"file\":");
        json_string(out, text_of(seen->file != NULL ? name_of_notice_file(options, seen->file) : ""));
        json_count_member(out, "line", seen->line);
        json_count_member(out, "column", seen->column);
        json_string_member(out, "text", seen->text);
        buffer_byte(out, '}');
    }
    buffer_byte(out, ']');
}

static void json_plugins(const report_options *options, buffer *out)
{
    char            isolation[ISOLATION_WORDS];
    const manifest *used;
    size_t          count = 0;
    buffer_string(out, "\"plugins\":[");
    for (size_t at = 0; (used = plugins_used_next(options, &at, isolation)) != NULL; count++) {
        buffer_string(out, count == 0 ? "{\"id\":" : ",\n{\"id\":");
        json_string(out, text_of(used->id));
        json_string_member(out, "version", used->version);
        json_string_member(out, "isolation", isolation);
        buffer_byte(out, '}');
    }
    buffer_string(out, "],\n");
}

static void json_origin(buffer *out, const origin_item *item, bool first)
{
    char hash[TRUST_HASH_TEXT_SIZE];
    trust_hash_to_text(item->hash, hash);
    buffer_string(out, first ? "{\"kind\":\"" : ",\n{\"kind\":\"");
    buffer_string(out, origin_kind_name(item->kind));
    buffer_string(out, "\",\"id\":");
    json_string(out, text_of(item->id));
    json_string_member(out, "version", item->version);
    json_string_member(out, "sha256", hash);
    buffer_byte(out, '}');
}

/* What made the result, so that it can be made again: assay verify. */
static void json_made_with(const report_options *options, const tally *counted, buffer *out)
{
    error_list     ignored = {0}; /* a plugin that cannot be read is told where it was to run */
    origin_list    made = {0};
    const rubric **used = calloc(counted->rubric_count + 1, sizeof *used);
    bool           first = true;
    for (size_t i = 0; used != NULL && i < counted->rubric_count; i++) {
        used[i] = counted->rubrics[i].of;
    }
    out->failed |= used == NULL;
    if (used != NULL) {
        origin_add_rubrics(&made, used, counted->rubric_count, &ignored);
    }
    buffer_string(out, "\"made_with\":[");
    for (size_t i = 0; i < made.count; i++, first = false) {
        json_origin(out, &made.items[i], first);
    }
    for (size_t i = 0; options->input_origins != NULL && i < options->input_origins->count;
         i++, first = false) {
        json_origin(out, &options->input_origins->items[i], first);
    }
    buffer_string(out, "],\n");
    origin_free(&made);
    error_clear(&ignored);
    free(used);
}

static void json_finish(const report_options *options, const tally *counted,
                        const grade_totals *totals, const error_list *notices, buffer *out)
{
    buffer_string(out, "\n],\n");
    json_summary(out, counted, totals);
    buffer_string(out, ",\n");
    json_plugins(options, out);
    json_made_with(options, counted, out);
    json_notices(out, options, notices);
    buffer_string(out, "}\n");
}

const report_format format_json = {.name = "json",
                                   .counts = true,
                                   .begin = json_begin,
                                   .render = json_batch,
                                   .between = ",\n",
                                   .finish = json_finish};
