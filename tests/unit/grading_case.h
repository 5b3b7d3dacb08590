/* grading_case.h - records as text held against a rubric as text, in a test. */
#pragma once

#include "rubric_case.h"

#include <stdlib.h>

#include "grading/grading.h"

enum { CASE_RECORDS = 64, CASE_CRITERIA = 16 };

/* One record's grade, copied out of its batch. */
typedef struct {
    uint64_t     line;
    grade_status status;
    uint8_t      judgement;
    uint8_t      base;
    uint8_t      coverage;
    uint32_t     score;  /* thousandths */
    uint32_t     margin; /* thousandths */
    uint8_t      ratings[CASE_CRITERIA];
    bool         limits[CASE_CRITERIA];
    size_t       failed[CASE_CRITERIA];
    size_t       failed_count;
    uint8_t      auditor_grade;
    char         rubric[48];
    char         practice_area[48];
    char         detail[512];
} case_grade;

typedef struct {
    case_grade   grades[CASE_RECORDS];
    size_t       count;
    grade_totals totals;
} case_results;

static inline void case_copy_group(const graded_batch *batch, size_t i, case_grade *out)
{
    const graded_group *group = &batch->groups[batch->group[i]];
    const size_t k = batch->place[i];

    snprintf(out->rubric, sizeof out->rubric, "%s", group->rubric->id);
    if (batch->status[i] == STATUS_REJECTED)
        return;
    for (size_t c = 0; c < group->rubric->criterion_count; c++) {
        out->ratings[c] = group->ratings[c][k];
        out->limits[c] = graded_limits(group, k, c);
    }
    out->base = group->base[k];
    if (batch->judgement[i] < LEVELS_MAX) {
        out->score = graded_score(group, k);
        out->margin = graded_margin(group, k);
        out->failed_count = graded_failed_requirements(group, k, out->failed);
    }
}

/* One thread grades in these tests, so a render may copy straight into the results. */
static inline void *case_render(void *user, const graded_batch *batch)
{
    case_results *all = user;

    for (size_t i = 0; i < batch->count; i++) {
        assert_true(all->count < CASE_RECORDS);
        case_grade *out = &all->grades[all->count++];
        *out = (case_grade){
            .line = batch->line[i],
            .status = (grade_status)batch->status[i],
            .judgement = batch->judgement[i],
            .coverage = batch->coverage[i],
            .auditor_grade = batch->auditor_grade[i],
        };
        snprintf(out->detail, sizeof out->detail, "%s", batch->detail[i]);
        snprintf(out->practice_area, sizeof out->practice_area, "%.*s",
                 (int)batch->practice_area[i].size, batch->practice_area[i].at);
        if (batch->group[i] != GROUP_NONE)
            case_copy_group(batch, i, out);
    }
    return all;
}

static inline bool case_deliver(void *user, void *rendered, error_list *errors)
{
    (void)errors;
    return user == rendered;
}

static inline void case_grade_with(const grade_options *options, const char *csv,
                                   case_results *out)
{
    error_list errors = {0};
    char messages[2048];
    const record_source source = {.bytes = csv, .size = strlen(csv), .name = "audits.csv"};
    const grade_sink sink = {.user = out, .render = case_render, .deliver = case_deliver};

    memset(out, 0, sizeof *out);
    records *input = records_open(&source, NULL, &errors);
    case_messages(&errors, messages, sizeof messages);
    assert_string_equal(messages, "");
    assert_non_null(input);
    assert_true(grade_input(input, options, &sink, &out->totals, &errors));
    records_close(input);
    error_clear(&errors);
    assert_int_equal(out->totals.rows, out->count);
    assert_int_equal(out->totals.rows,
                     out->totals.graded + out->totals.insufficient + out->totals.rejected);
}

/* Grades `csv` by one rubric, which has HEAD before it. */
static inline void case_run(const char *rubric_text, const char *csv, case_results *out)
{
    rubric *held = assert_taken(rubric_text);
    const grade_options options = {.rubric = held, .threads = 1};

    case_grade_with(&options, csv, out);
    rubric_free(held);
}
