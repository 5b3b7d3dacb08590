#include "report/json_row.h"

#include <stdlib.h>

#include "writing/json_text.h"
#include "report/row.h"

void json_value_member(buffer *out, const graded_group *group, size_t c, size_t k)
{
    const criterion_values *values = &group->values[c];
    const criterion        *asked = &group->rubric->criteria[c];
    uint8_t                 rating = group->ratings[c][k];
    json_name(out, "value", false);
    /* What does not apply may have a value in the columns all the same: it was not asked for. */
    if (rating == RATING_NOT_APPLICABLE || rating == RATING_NOT_DUE || values->status == NULL ||
        values->status[k] != COLUMN_VALUE) {
        buffer_string(out, "null");
    } else if (values->numbers != NULL) {
        json_number(out, values->numbers[k]);
    } else if (values->bytes == NULL) {
        buffer_string(out, "null");
    } else if (asked->gives_flag) {
        buffer_string(out, values->bytes[k] != 0 ? "true" : "false");
    } else if (values->bytes[k] < group->rubric->scale.count) {
        json_string(out, text_of(group->rubric->scale.ids[values->bytes[k]]));
    } else {
        buffer_string(out, "null");
    }
}

static void json_limits(buffer *out, const graded_group *group, size_t k)
{
    bool first = true;
    for (size_t c = 0; graded_limited(group, k) && c < group->rubric->criterion_count; c++) {
        if (graded_limits(group, k, c)) {
            buffer_string(out, first ? "\"" : ",\"");
            buffer_string(out, group->rubric->criteria[c].id);
            buffer_byte(out, '"');
            first = false;
        }
    }
}

static void json_requirements(buffer *out, const graded_group *group, size_t k)
{
    const rubric *held = group->rubric;
    if (group->stepped[k] == group->base[k]) {
        return;
    }
    size_t *failed = calloc(held->requirement_count + 1, sizeof *failed);
    if (failed == NULL) {
        out->failed = true;
        return;
    }
    size_t count = graded_failed_requirements(group, k, failed);
    for (size_t i = 0; i < count; i++) {
        buffer_string(out, i == 0 ? "\"" : ",\"");
        buffer_string(out, held->scale.ids[held->requirements[failed[i]].of]);
        buffer_string(out, ":max_");
        buffer_string(out, held->scale.ids[held->requirements[failed[i]].counted]);
        buffer_byte(out, '"');
    }
    free(failed);
}

/* judgement to failed_requirements */
static void json_judgement(buffer *out, const graded_batch *batch, size_t record)
{
    const graded_group *group = row_group(batch, record);
    size_t              k = batch->place[record];
    bool                judged = row_judged(batch, record);
    json_string_member(out, "judgement", row_judgement(batch, record));
    if (judged) {
        json_name(out, "score", false);
        buffer_thousandths(out, graded_score(group, k));
        json_name(out, "margin", false);
        buffer_thousandths(out, graded_margin(group, k));
    } else {
        buffer_string(out, ",\"score\":null,\"margin\":null");
    }
    json_name(out, "coverage", false);
    if (batch->status[record] == STATUS_REJECTED) {
        buffer_string(out, "null");
    } else {
        buffer_unsigned(out, batch->coverage[record]);
    }
    if (judged) {
        json_string_member(out, "base", group->rubric->scale.ids[group->base[k]]);
    } else {
        buffer_string(out, ",\"base\":null");
    }
    buffer_string(out, ",\"limited_by\":[");
    if (judged) {
        json_limits(out, group, k);
    }
    buffer_string(out, "],\"failed_requirements\":[");
    if (judged) {
        json_requirements(out, group, k);
    }
    buffer_byte(out, ']');
}

static void json_ratings(buffer *out, const graded_batch *batch, size_t record)
{
    const graded_group *group = row_group(batch, record);
    json_name(out, "ratings", false);
    buffer_byte(out, '[');
    if (group != NULL && batch->status[record] != STATUS_REJECTED) {
        size_t k = batch->place[record];
        for (size_t c = 0; c < group->rubric->criterion_count; c++) {
            const criterion *asked = &group->rubric->criteria[c];
            buffer_string(out, c == 0 ? "{" : ",{");
            json_name(out, "id", true);
            json_string(out, text_of(asked->id));
            json_string_member(out, "rating", row_rating(group->rubric, group->ratings[c][k]));
            json_value_member(out, group, c, k);
            json_string_member(out, "unit", asked->unit != NULL ? asked->unit : "");
            buffer_byte(out, '}');
        }
    }
    buffer_byte(out, ']');
}

/* The level that the auditor gave, null where there is none that the rubric knows. */
static void json_auditor_grade(buffer *out, const graded_batch *batch, size_t record)
{
    const graded_group *group = row_group(batch, record);
    level               graded = batch->auditor_grade[record];
    json_name(out, "auditor_grade", false);
    if (group != NULL && graded < group->rubric->scale.count) {
        json_string(out, text_of(group->rubric->scale.ids[graded]));
    } else {
        buffer_string(out, "null");
    }
}

/* The object but for its end. */
static void json_members(buffer *out, const graded_batch *batch, size_t record)
{
    const graded_group *group = row_group(batch, record);
    buffer_byte(out, '{');
    json_name(out, "input", true);
    json_string(out, text_of(batch->input));
    json_count_member(out, "line", batch->line[record]);
    json_text_member(out, "audit_id", batch->audit_id[record]);
    json_text_member(out, "practice_area", batch->practice_area[record]);
    json_string_member(out, "rubric", group != NULL ? group->rubric->id : "");
    json_string_member(out, "version", group != NULL ? group->rubric->version : "");
    json_judgement(out, batch, record);
    json_string_member(out, "status", row_status(batch, record));
    json_string_member(out, "detail", row_detail(batch, record));
    json_text_member(out, "team", batch->team[record]);
    json_auditor_grade(out, batch, record);
    json_ratings(out, batch, record);
}

void json_row(buffer *out, const graded_batch *batch, size_t record)
{
    json_members(out, batch, record);
    buffer_byte(out, '}');
}

void json_proved_row(buffer *out, row_proof *proof, bool with_rubric, size_t record)
{
    json_members(out, proof->batch, record);
    row_proof_member(out, proof, record);
    if (with_rubric) {
        rubric_proof_member(out, proof->batch, record);
    }
    buffer_byte(out, '}');
}
