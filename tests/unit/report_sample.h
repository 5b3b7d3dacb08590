/* report_sample.h - a rubric and a batch of results made by hand, for the tests of reports.
 * Judgements are those of judge_record(), which grading's own tests prove. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "writing/buffer.h"
#include "report/report.h"

enum { SAMPLE_CRITERIA = 4, SAMPLE_RECORDS = 4000 };
enum { I = 0, R = 1, G = 2, O = 3, M = RATING_MISSING, N = RATING_NOT_APPLICABLE };

static const band sample_bands[] = {{BAND_AT_MOST, 35, 3},
                                    {BAND_AT_MOST, 45, 2},
                                    {BAND_AT_MOST, 55, 1},
                                    {BAND_ALWAYS, 0, 0}};
static const limit           sample_critical = {.at = 0, .most = 0};
static const limit           sample_cap = {.at = 0, .most = 1};
static const criterion_input sample_inputs[] = {
    {"field", "risk_analysis", INPUT_LEVEL, NULL},
    {"from", "referral_date", INPUT_DATE, NULL},
    {"to", "completed_date", INPUT_DATE, NULL},
    {"field", "plan_shared", INPUT_FLAG, NULL},
    {"field", "childs_voice", INPUT_LEVEL, NULL}};
static const requirement sample_requirements[] = {
    {.of = 3, .counted = 0, .most = 0},
    {.of = 3, .counted = 1, .most = 0},
    {.of = 2, .counted = 0, .most = 1},
};

/* risk_analysis (rating, weight 3, critical, missing = inadequate), timeliness (working days,
 * weight 2), plan_shared (flag, limit inadequate -> requires_improvement), childs_voice (rating,
 * weight 2, applies_if). */
static const criterion sample_criteria[SAMPLE_CRITERIA] = {
    {.id = "risk_analysis",
     .question = "Are current and historical risks to the child analysed, not only listed?",
     .guidance = "Good: the analysis says what the facts mean for this child.",
     .source = "Working Together to Safeguard Children 2023",
     .weight = 3,
     .kind = MEASURE_RATING,
     .measure_name = "rating",
     .inputs = sample_inputs,
     .input_count = 1,
     .unit = "",
     .if_missing = 0,
     .limits = &sample_critical,
     .limit_count = 1,
     .critical = true,
     .cap = {0, 3, 3, 3}},
    {.id = "timeliness",
     .question = "Was the assessment finished within the time the child needed?",
     .guidance = "",
     .source = "",
     .weight = 2,
     .kind = MEASURE_WORKING_DAYS,
     .measure_name = "working_days",
     .inputs = sample_inputs + 1,
     .input_count = 2,
     .unit = "working days",
     .bands = sample_bands,
     .band_count = 4,
     .if_missing = LEVEL_NONE,
     .cap = {3, 3, 3, 3}},
    {.id = "plan_shared",
     .question = "Was the plan shared with the family & signed?",
     .guidance = "",
     .source = "",
     .weight = 1,
     .kind = MEASURE_YES_NO,
     .measure_name = "yes_no",
     .inputs = sample_inputs + 3,
     .input_count = 1,
     .unit = "",
     .gives_flag = true,
     .yes = 2,
     .no = 0,
     .if_missing = LEVEL_NONE,
     .limits = &sample_cap,
     .limit_count = 1,
     .cap = {1, 3, 3, 3}},
    {.id = "childs_voice",
     .question = "Is the child's voice heard, and did it change anything?",
     .guidance = "",
     .source = "",
     .weight = 2,
     .kind = MEASURE_RATING,
     .measure_name = "rating",
     .inputs = sample_inputs + 4,
     .input_count = 1,
     .unit = "",
     .if_missing = LEVEL_NONE,
     .applies_field = "child_present",
     .applies_text = "yes",
     .cap = {3, 3, 3, 3}}};

static const rubric sample_rubric = {
    .file = "rubrics/assessments.ini",
    .id = "assessments",
    .version = "2026.1",
    .title = "Child and family assessments",
    .practice_area = "assessments",
    .effective_from = 20544, /* 1 April 2026 */
    .plugin = "",
    .framework = "ilacs-2026",
    .judgement_area = "help and protection",
    .source = "",
    .note = "",
    .scale = {.count = 4,
              .ids = {"inadequate", "requires_improvement", "good", "outstanding"},
              .labels = {"Inadequate", "Requires improvement", "Good", "Outstanding"}},
    .overall = true,
    .thousandths = {0, 1500, 2500, 3500},
    .min_coverage = 60,
    .requirements = sample_requirements,
    .requirement_count = 3,
    .criteria = sample_criteria,
    .criterion_count = SAMPLE_CRITERIA};

/* A batch under way. Start with sample_new(). */
typedef struct {
    graded_batch     batch;
    graded_group     group;
    criterion_values values[SAMPLE_CRITERIA];
    const uint8_t   *rating_columns[SAMPLE_CRITERIA];
    uint64_t         line[SAMPLE_RECORDS];
    text             audit_id[SAMPLE_RECORDS];
    text             practice_area[SAMPLE_RECORDS];
    text             team[SAMPLE_RECORDS];
    text             none[SAMPLE_RECORDS];
    uint8_t          auditor_grade[SAMPLE_RECORDS];
    int32_t          audit_date[SAMPLE_RECORDS];
    uint8_t          status[SAMPLE_RECORDS];
    uint8_t          judged[SAMPLE_RECORDS];
    uint8_t          coverage[SAMPLE_RECORDS];
    uint16_t         groups[SAMPLE_RECORDS];
    uint32_t         place[SAMPLE_RECORDS];
    const char      *detail[SAMPLE_RECORDS];
    uint32_t         rows[SAMPLE_RECORDS];
    uint8_t          ratings[SAMPLE_CRITERIA][SAMPLE_RECORDS];
    uint8_t          value_status[SAMPLE_CRITERIA][SAMPLE_RECORDS];
    uint8_t          bytes[SAMPLE_CRITERIA][SAMPLE_RECORDS];
    double           numbers[SAMPLE_RECORDS];
    uint32_t         points[SAMPLE_RECORDS];
    uint32_t         weight[SAMPLE_RECORDS];
    uint8_t          base[SAMPLE_RECORDS];
    uint8_t          stepped[SAMPLE_RECORDS];
    uint8_t          cap[SAMPLE_RECORDS];
    grade_totals     totals;
} sample;

static inline sample *sample_of(const rubric *held)
{
    sample *made = calloc(1, sizeof *made);
    assert_non_null(made);
    for (size_t c = 0; c < SAMPLE_CRITERIA; c++) {
        made->rating_columns[c] = made->ratings[c];
        made->values[c] = (criterion_values){made->value_status[c], made->bytes[c], NULL};
    }
    made->values[1] = (criterion_values){made->value_status[1], NULL, made->numbers};
    made->group = (graded_group){.rubric = held,
                                 .rows = made->rows,
                                 .ratings = made->rating_columns,
                                 .values = made->values,
                                 .points = made->points,
                                 .weight = made->weight,
                                 .base = made->base,
                                 .stepped = made->stepped,
                                 .cap = made->cap};
    made->batch = (graded_batch){.input = "audits.csv",
                                 .line = made->line,
                                 .audit_id = made->audit_id,
                                 .practice_area = made->practice_area,
                                 .team = made->team,
                                 .auditor = made->none,
                                 .auditor_grade_text = made->none,
                                 .auditor_grade = made->auditor_grade,
                                 .audit_date = made->audit_date,
                                 .status = made->status,
                                 .judgement = made->judged,
                                 .coverage = made->coverage,
                                 .group = made->groups,
                                 .place = made->place,
                                 .detail = made->detail,
                                 .groups = &made->group};
    return made;
}

static inline sample *sample_new(void)
{
    return sample_of(&sample_rubric);
}

/* A record without a rubric: rejected. */
static inline size_t sample_rejected(sample *to, const char *id, const char *team,
                                     const char *detail)
{
    size_t at = to->batch.count++;
    assert_true(at < SAMPLE_RECORDS);
    to->line[at] = at + 2; /* the header is on line 1 */
    to->audit_id[at] = text_of(id);
    to->practice_area[at] = text_of("assessments");
    to->team[at] = text_of(team);
    to->none[at] = text_of("");
    to->auditor_grade[at] = LEVEL_NONE;
    to->audit_date[at] = DATE_NONE;
    to->status[at] = STATUS_REJECTED;
    to->judged[at] = JUDGEMENT_NOT_GRADED;
    to->groups[at] = GROUP_NONE;
    to->detail[at] = detail;
    to->totals.rows++;
    to->totals.rejected++;
    return at;
}

/* A record with these ratings; its timeliness is in the middle of its band. */
static inline size_t sample_add(sample *to, const char *id, const char *team, level auditor,
                                int32_t date, const uint8_t ratings[SAMPLE_CRITERIA])
{
    static const double middles[] = {60, 50, 40, 30};
    size_t              at = sample_rejected(to, id, team, "");
    size_t              k = to->group.count++;
    judgement           made = judge_record(to->group.rubric, ratings);
    to->totals.rejected--;
    to->rows[k] = (uint32_t)at;
    to->groups[at] = 0;
    to->place[at] = (uint32_t)k;
    to->batch.group_count = 1;
    for (size_t c = 0; c < SAMPLE_CRITERIA; c++) {
        uint8_t rating = ratings[c];
        to->ratings[c][k] = rating;
        to->value_status[c][k] = rating < LEVELS_MAX ? COLUMN_VALUE
                                 : rating == M       ? COLUMN_MISSING
                                                     : COLUMN_NOT_APPLICABLE;
        to->bytes[c][k] = c == 2 ? rating == G : rating;
    }
    to->numbers[k] = ratings[1] < LEVELS_MAX ? middles[ratings[1]] : 0;
    to->auditor_grade[at] = auditor;
    to->audit_date[at] = date;
    to->status[at] = (uint8_t)made.status;
    to->judged[at] = made.judgement;
    to->coverage[at] = made.coverage;
    to->points[k] = made.points;
    to->weight[k] = made.weight;
    to->base[k] = made.base;
    to->stepped[k] = made.stepped;
    to->cap[k] = 3;
    for (size_t c = 0; c < SAMPLE_CRITERIA; c++) {
        if (ratings[c] < LEVELS_MAX && to->group.rubric->criteria[c].cap[ratings[c]] < to->cap[k]) {
            to->cap[k] = to->group.rubric->criteria[c].cap[ratings[c]];
        }
    }
    if (made.status == STATUS_INSUFFICIENT) {
        to->detail[at] = "insufficient evidence: 37% of the weight is recorded, 60% is needed";
    }
    to->totals.graded += made.status == STATUS_GRADED;
    to->totals.insufficient += made.status == STATUS_INSUFFICIENT;
    return at;
}

#define RATINGS(...) ((const uint8_t[SAMPLE_CRITERIA]){__VA_ARGS__})

static inline bool sample_write(void *user, const char *bytes, size_t size)
{
    buffer *to = user;
    buffer_bytes(to, bytes, size);
    return !to->failed;
}

/* The whole report of a sample, NUL-ended; free with buffer_free(). */
static inline buffer sample_report(const report_options *options, const sample *from,
                                   error_list *notices)
{
    buffer  out = {0};
    report *made = report_new(options, sample_write, &out, notices);
    assert_non_null(made);
    grade_sink sink = report_sink(made);
    void      *rendered = sink.render(sink.user, &from->batch);
    assert_non_null(rendered);
    assert_true(sink.deliver(sink.user, rendered, notices));
    assert_true(report_finish(made, &from->totals, notices));
    report_free(made);
    assert_true(buffer_end(&out));
    return out;
}
