#include "report/explain.h"
#include "report/format.h"
#include "report/json_row.h"
#include "writing/json_text.h"
#include "report/row.h"
#include "report/rubric_words.h"

/* {"assay": ..., "explanations": [{"record": {...}, "criteria": [...], "raise": {...},
 * "lose": {...}}]} */

static void sentence_member(buffer *out, const char *name, buffer *line)
{
    json_text_member(out, name, (text){line->bytes, line->size});
    out->failed = out->failed || line->failed;
    line->size = 0;
}

static void explain_criterion(buffer *out, const explanation *of, size_t c, buffer *line)
{
    const rubric    *held = of->group->rubric;
    const criterion *asked = &held->criteria[c];
    buffer_string(out, "{\"id\":");
    json_string(out, text_of(asked->id));
    json_string_member(out, "question", asked->question);
    json_string_member(out, "rating", row_rating(held, of->group->ratings[c][of->k]));
    json_value_member(out, of->group, c, of->k);
    json_string_member(out, "unit", asked->unit != NULL ? asked->unit : "");
    json_count_member(out, "weight", asked->weight);
    words_rating(line, held, asked);
    sentence_member(out, "rule", line);
    words_missing(line, held, asked);
    sentence_member(out, "missing", line);
    words_applies(line, asked);
    sentence_member(out, "applies", line);
    json_name(out, "limits_judgement", false);
    bool limits = row_judged(of->batch, of->record) && graded_limits(of->group, of->k, c);
    buffer_string(out, limits ? "true}" : "false}");
}

static void explain_change(buffer *out, const explanation *of, const rating_change *change)
{
    const rubric *held = of->group->rubric;
    buffer_string(out, "{\"criterion\":");
    json_string(out, text_of(held->criteria[change->criterion].id));
    json_string_member(out, "from",
                       row_rating(held, of->group->ratings[change->criterion][of->k]));
    json_string_member(out, "to", held->scale.ids[change->to]);
    buffer_byte(out, '}');
}

/* `name` is null where there is no level to go to. */
static void explain_whatif(buffer *out, const explanation *of, const char *name, bool asked,
                           const whatif *found)
{
    json_name(out, name, false);
    if (!asked) {
        buffer_string(out, "null");
        return;
    }
    buffer_format(out, "{\"possible\":%s,\"decided\":%s", found->possible ? "true" : "false",
                  found->decided ? "true" : "false");
    json_count_member(out, "changes_needed", found->size);
    json_count_member(out, "sets_in_all", found->all_sets);
    buffer_string(out, ",\"sets\":[");
    for (size_t i = 0; found->possible && i < found->set_count; i++) {
        buffer_string(out, i == 0 ? "[" : ",[");
        for (size_t j = 0; j < found->size; j++) {
            buffer_string(out, j == 0 ? "" : ",");
            explain_change(out, of, &found->changes[i * found->size + j]);
        }
        buffer_byte(out, ']');
    }
    buffer_string(out, "]}");
}

static void explain_record(buffer *out, const explanation *of)
{
    buffer line = {0};
    bool   rated = of->group != NULL && of->batch->status[of->record] != STATUS_REJECTED;
    buffer_string(out, "{\"record\":");
    json_row(out, of->batch, of->record);
    buffer_string(out, ",\n\"criteria\":[");
    for (size_t c = 0; rated && c < of->group->rubric->criterion_count; c++) {
        buffer_string(out, c == 0 ? "" : ",\n");
        explain_criterion(out, of, c, &line);
    }
    buffer_byte(out, ']');
    if (rated) {
        words_numbers(&line, of->group->rubric);
        sentence_member(out, "numbers", &line);
    }
    explain_whatif(out, of, "raise", of->can_raise, &of->raise);
    explain_whatif(out, of, "lose", of->can_lose, &of->lose);
    buffer_byte(out, '}');
    buffer_free(&line);
}

static void explain_begin(const report_options *options, buffer *out)
{
    buffer_string(out, "{\"assay\":");
    json_string(out, text_of(options->assay_version));
    buffer_string(out, ",\n\"explanations\":[\n");
}

static void explain_batch(const report_options *options, const graded_batch *batch, buffer *out)
{
    (void)options;
    for (size_t record = 0; record < batch->count; record++) {
        explanation of;
        buffer_string(out, record > 0 ? ",\n" : "");
        if (explanation_make(&of, batch, record)) {
            explain_record(out, &of);
        } else {
            out->failed = true;
        }
        explanation_free(&of);
    }
}

static void explain_finish(const report_options *options, const tally *counted,
                           const grade_totals *totals, const error_list *notices, buffer *out)
{
    (void)options;
    (void)counted;
    (void)totals;
    (void)notices;
    buffer_string(out, "\n]}\n");
}

const report_format format_explain_json = {.name = "explain-json",
                                           .begin = explain_begin,
                                           .render = explain_batch,
                                           .between = ",\n",
                                           .finish = explain_finish};
