#include <stdlib.h>

#include "report/explain.h"
#include "report/format.h"
#include "report/names.h"
#include "report/row.h"
#include "report/rubric_words.h"
#include "report/sheet.h"

/* A line of the sheet under way, written piece by piece and then put. */
typedef struct {
    sheet  to;
    buffer line;
} writer;

static void put_item(writer *on, const char *label)
{
    if (buffer_end(&on->line)) {
        sheet_item(&on->to, label, on->line.bytes);
    }
    on->line.size = 0;
}

static void put_paragraph(writer *on)
{
    if (buffer_end(&on->line)) {
        sheet_paragraph(&on->to, on->line.bytes);
    }
    on->line.size = 0;
}

static void put_heading(writer *on)
{
    if (buffer_end(&on->line)) {
        sheet_heading(&on->to, 2, on->line.bytes);
    }
    on->line.size = 0;
}

/* ---- What judgement, and why --------------------------------------------------------- */

static void explain_title(writer *on, const explanation *of)
{
    const graded_batch *batch = of->batch;
    text                id = batch->audit_id[of->record];
    if (id.size > 0) {
        buffer_text(&on->line, id);
        buffer_string(&on->line, ": ");
    }
    if (batch->status[of->record] == STATUS_REJECTED) {
        buffer_string(&on->line, "Rejected");
    } else if (batch->status[of->record] == STATUS_INSUFFICIENT) {
        buffer_string(&on->line, "Not graded: insufficient evidence");
    } else if (!row_judged(batch, of->record)) {
        buffer_string(&on->line, "No overall judgement");
    } else {
        buffer_string(&on->line, of->group->rubric->scale.labels[batch->judgement[of->record]]);
    }
    if (buffer_end(&on->line)) {
        sheet_open(&on->to, on->line.bytes);
    }
    on->line.size = 0;
}

static void explain_place(writer *on, const explanation *of)
{
    buffer_format(&on->line, "%s, line %llu", of->batch->input,
                  (unsigned long long)of->batch->line[of->record]);
    if (of->batch->team[of->record].size > 0) {
        buffer_string(&on->line, ", ");
        buffer_text(&on->line, of->batch->team[of->record]);
    }
    if (of->group != NULL) {
        buffer_format(&on->line, ". Held against the rubric %s, version %s: %s.",
                      of->group->rubric->id, of->group->rubric->version, of->group->rubric->title);
    } else {
        buffer_string(&on->line, ". No rubric was found for it.");
    }
    put_paragraph(on);
}

static void explain_requirements(writer *on, const explanation *of)
{
    const rubric *held = of->group->rubric;
    size_t       *failed = calloc(held->requirement_count + 1, sizeof *failed);
    if (failed == NULL) {
        on->line.failed = true;
        return;
    }
    size_t count = graded_failed_requirements(of->group, of->k, failed);
    for (size_t i = 0; i < count; i++) {
        const requirement *needed = &held->requirements[failed[i]];
        unsigned           rated = 0;
        for (size_t c = 0; c < held->criterion_count; c++) {
            rated += held->criteria[c].weight > 0 && of->group->ratings[c][of->k] == needed->counted;
        }
        words_requirement(&on->line, held, needed);
        buffer_format(&on->line, " This record has %u.", rated);
        put_item(on, "Requirement not met");
    }
    if (of->group->stepped[of->k] != of->group->base[of->k]) {
        buffer_format(&on->line, "That brings it from %s to %s.",
                      held->scale.labels[of->group->base[of->k]],
                      held->scale.labels[of->group->stepped[of->k]]);
        put_item(on, "Step down");
    }
    free(failed);
}

/* The limit of criterion c that holds at this rating. */
static const limit *holding_limit(const criterion *asked, uint8_t rating)
{
    for (size_t i = 0; i < asked->limit_count; i++) {
        if (rating <= asked->limits[i].at && asked->limits[i].most == asked->cap[rating]) {
            return &asked->limits[i];
        }
    }
    return NULL;
}

static void explain_limits(writer *on, const explanation *of)
{
    const rubric *held = of->group->rubric;
    for (size_t c = 0; c < held->criterion_count; c++) {
        if (!graded_limits(of->group, of->k, c)) {
            continue;
        }
        const limit *holds = holding_limit(&held->criteria[c], of->group->ratings[c][of->k]);
        name_of_id(&on->line, held->criteria[c].id);
        buffer_string(&on->line, ". ");
        if (holds != NULL) {
            words_limit(&on->line, held, holds);
        }
        put_item(on, "Held down by");
    }
}

static void explain_score(writer *on, const explanation *of)
{
    const rubric *held = of->group->rubric;
    buffer_thousandths(&on->line, graded_score(of->group, of->k));
    buffer_format(&on->line, " of %zu, which by itself is %s. ", held->scale.count,
                  held->scale.labels[of->group->base[of->k]]);
    words_thresholds(&on->line, held);
    put_item(on, "Score");
    buffer_thousandths(&on->line, graded_margin(of->group, of->k));
    buffer_string(&on->line, " between the score and the nearest threshold.");
    put_item(on, "Margin");
}

static void explain_why(writer *on, const explanation *of)
{
    buffer_string(&on->line, "Why");
    put_heading(on);
    sheet_list_open(&on->to);
    if (of->batch->status[of->record] != STATUS_INSUFFICIENT) { /* the coverage says it */
        sheet_item(&on->to, "", row_detail(of->batch, of->record));
    }
    if (of->batch->status[of->record] == STATUS_REJECTED) {
        sheet_list_close(&on->to);
        return;
    }
    if (row_judged(of->batch, of->record)) {
        explain_score(on, of);
        explain_requirements(on, of);
        explain_limits(on, of);
    } else if (of->batch->status[of->record] == STATUS_GRADED) {
        buffer_string(&on->line, "The rubric makes no overall judgement. Each rating stands for "
                                 "itself.");
        put_item(on, "");
    }
    bool enough = of->batch->status[of->record] != STATUS_INSUFFICIENT;
    buffer_format(&on->line, "%u%% of the weight that applies is recorded; %s%u%% is needed%s",
                  of->batch->coverage[of->record], enough ? "" : "at least ",
                  of->group->rubric->min_coverage, enough ? "." : ", so there is no judgement.");
    put_item(on, "Coverage");
    sheet_list_close(&on->to);
}

/* ---- Criteria ---------------------------------------------------------------------------- */

static void explain_rating(buffer *line, const rubric *held, const criterion *asked,
                           uint8_t rating)
{
    if (rating < LEVELS_MAX) {
        buffer_string(line, held->scale.labels[rating]);
    } else if (rating == RATING_MISSING) {
        buffer_string(line, "Not rated");
    } else if (rating == RATING_NOT_DUE) {
        buffer_string(line, "Not yet due on the day of the audit");
    } else {
        buffer_string(line, "Does not apply");
    }
    buffer_string(line, ". ");
    if (rating == RATING_NOT_APPLICABLE) {
        words_applies(line, asked);
    }
}

/* "It is 40 working days." */
static void explain_value(buffer *line, const graded_group *group, size_t c, size_t k)
{
    const criterion_values *values = &group->values[c];
    const criterion        *asked = &group->rubric->criteria[c];
    if (values->status == NULL || values->status[k] == COLUMN_MISSING) {
        words_missing(line, group->rubric, asked);
        return;
    }
    if (values->numbers != NULL) {
        buffer_string(line, "It is ");
        words_number(line, asked, values->numbers[k]);
        buffer_string(line, ". ");
        words_rating(line, group->rubric, asked);
    } else if (asked->gives_flag && values->bytes != NULL) {
        buffer_string(line, values->bytes[k] != 0 ? "The answer is yes. " : "The answer is no. ");
        words_rating(line, group->rubric, asked);
    } else {
        buffer_string(line, "As written in the record.");
    }
}

static void explain_criteria(writer *on, const explanation *of)
{
    const rubric *held = of->group->rubric;
    buffer        name = {0};
    buffer_string(&on->line, "Criteria");
    put_heading(on);
    words_numbers(&on->line, held);
    if (on->line.size > 0) {
        buffer_string(&on->line, " So are numbers read where the record has one for a level.");
        put_paragraph(on);
    }
    sheet_list_open(&on->to);
    for (size_t c = 0; c < held->criterion_count; c++) {
        const criterion *asked = &held->criteria[c];
        uint8_t          rating = of->group->ratings[c][of->k];
        name.size = 0;
        name_of_id(&name, asked->id);
        explain_rating(&on->line, held, asked, rating);
        if (rating < LEVELS_MAX || rating == RATING_MISSING) {
            explain_value(&on->line, of->group, c, of->k);
            buffer_format(&on->line, asked->weight > 0 ? " Weight %u." : " Weight %u: not scored.",
                          asked->weight);
        }
        if (buffer_end(&name)) {
            put_item(on, name.bytes);
        }
    }
    sheet_list_close(&on->to);
    on->line.failed = on->line.failed || name.failed;
    buffer_free(&name);
}

/* ---- What would change it ------------------------------------------------------------------ */

static void explain_set(writer *on, const explanation *of, const rating_change *changes,
                        size_t count)
{
    const rubric *held = of->group->rubric;
    for (size_t i = 0; i < count; i++) {
        uint8_t now = of->group->ratings[changes[i].criterion][of->k];
        buffer_string(&on->line, i == 0 ? "" : "; and ");
        name_of_id(&on->line, held->criteria[changes[i].criterion].id);
        buffer_string(&on->line, " from ");
        buffer_string(&on->line, now < LEVELS_MAX ? held->scale.labels[now] : "not recorded");
        buffer_string(&on->line, " to ");
        buffer_string(&on->line, held->scale.labels[changes[i].to]);
    }
    buffer_string(&on->line, ".");
    put_item(on, "");
}

static void explain_whatif(writer *on, const explanation *of, const whatif *found)
{
    put_heading(on);
    if (!found->decided) {
        buffer_string(&on->line, "The search was stopped at its bound: there may be changes that "
                                 "would, and they are not small.");
        put_paragraph(on);
        return;
    }
    if (!found->possible) {
        buffer_string(&on->line, "No change of ratings would.");
        put_paragraph(on);
        return;
    }
    const char *criteria = found->size == 1 ? "criterion" : "criteria";
    if (found->all_sets == 1) {
        buffer_format(&on->line, "The smallest change is of %zu %s:", found->size, criteria);
    } else {
        buffer_format(&on->line, "The smallest changes are of %zu %s. Any one of these is enough:",
                      found->size, criteria);
    }
    put_paragraph(on);
    sheet_list_open(&on->to);
    for (size_t i = 0; i < found->set_count; i++) {
        explain_set(on, of, found->changes + i * found->size, found->size);
    }
    if (found->all_sets > found->set_count) {
        buffer_format(&on->line, "and %llu more that are as small.",
                      (unsigned long long)(found->all_sets - found->set_count));
        put_item(on, "");
    }
    sheet_list_close(&on->to);
}

static void explain_changes(writer *on, const explanation *of)
{
    if (of->can_raise) {
        const scale *levels = &of->group->rubric->scale;
        buffer_format(&on->line, "What would raise it to %s",
                      levels->labels[of->batch->judgement[of->record] + 1]);
        explain_whatif(on, of, &of->raise);
    }
    if (of->can_lose) {
        const scale *levels = &of->group->rubric->scale;
        buffer_format(&on->line, "What would bring it under %s",
                      levels->labels[of->batch->judgement[of->record]]);
        explain_whatif(on, of, &of->lose);
    }
}

static void explain_record(buffer *out, const explanation *of)
{
    writer on = {{RUBRIC_PAGE_TEXT, out}, {0}};
    explain_title(&on, of);
    explain_place(&on, of);
    explain_why(&on, of);
    if (of->group != NULL && of->batch->status[of->record] != STATUS_REJECTED) {
        explain_criteria(&on, of);
        explain_changes(&on, of);
    }
    out->failed = out->failed || on.line.failed;
    buffer_free(&on.line);
}

static void explain_batch(const report_options *options, const graded_batch *batch, buffer *out)
{
    (void)options;
    for (size_t record = 0; record < batch->count; record++) {
        explanation of;
        buffer_string(out, record > 0 ? "\n" : "");
        if (explanation_make(&of, batch, record)) {
            explain_record(out, &of);
        } else {
            out->failed = true;
        }
        explanation_free(&of);
    }
}

const report_format format_explain = {.name = "explain", .render = explain_batch, .between = "\n"};
