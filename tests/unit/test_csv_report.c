/* test_csv_report.c - the columns of grading.md 9, row by row. */
#include "report_sample.h"

#define HEADER                                                                                     \
    "line,audit_id,practice_area,rubric,version,judgement,score,margin,coverage,base,limited_by,"  \
    "failed_requirements,status,detail"

static void assert_csv_with(const report_options *options, sample *from, const char *expected)
{
    error_list errors = {0};
    buffer     out = sample_report(options, from, &errors);
    assert_string_equal(out.bytes, expected);
    buffer_free(&out);
    error_clear(&errors);
    free(from);
}

static void assert_csv(sample *from, const char *expected)
{
    assert_csv_with(&(report_options){.format = "csv"}, from, expected);
}

/* Weights 3, 2, 1, 2; ratings good, good, good, outstanding: points (9 + 6 + 3 + 8) / 8 = 3.25; the
 * nearest threshold is 3.5, so the margin is 0.25. */
static void test_graded_record(void **state)
{
    (void)state;
    sample *from = sample_new();
    sample_add(from, "A-1", "North", LEVEL_NONE, DATE_NONE, RATINGS(G, G, G, O));
    assert_csv(from, HEADER "\n2,A-1,assessments,assessments,2026.1,good,3.250,0.250,100,good,,,"
                            "graded,\n");
}

/* 9.: limited_by lists the criteria whose limit equals the judgement. Ratings good, good,
 * inadequate (capped at requires_improvement), good: (9 + 6 + 1 + 6) / 8 = 2.75, good by score. */
static void test_limit_is_named(void **state)
{
    (void)state;
    sample *from = sample_new();
    sample_add(from, "A-1", "", LEVEL_NONE, DATE_NONE, RATINGS(G, G, I, G));
    assert_csv(from, HEADER "\n2,A-1,assessments,assessments,2026.1,requires_improvement,2.750,"
                            "0.250,100,good,plan_shared,,graded,\n");
}

/* 9.: failed requirements in the order met. With timeliness not applicable, outstanding,
 * requires_improvement (weight 1), outstanding: (12 + 2 + 8) / 6 = 3.667, outstanding by score; but
 * outstanding allows no requires_improvement. */
static void test_failed_requirement_is_named(void **state)
{
    (void)state;
    sample *from = sample_new();
    sample_add(from, "A-1", "", LEVEL_NONE, DATE_NONE, RATINGS(O, N, R, O));
    assert_csv(from, HEADER "\n2,A-1,assessments,assessments,2026.1,good,3.667,0.167,100,"
                            "outstanding,,outstanding:max_requires_improvement,graded,\n");
}

/* 9.: for insufficient_evidence score, margin and base are empty and coverage is given. 3 of 8 of
 * the weight is 37.5%, rounded down. */
static void test_insufficient_evidence(void **state)
{
    (void)state;
    sample *from = sample_new();
    sample_add(from, "A-1", "", LEVEL_NONE, DATE_NONE, RATINGS(G, M, M, M));
    assert_csv(from, HEADER "\n2,A-1,assessments,assessments,2026.1,not_graded,,,37,,,,"
                            "insufficient_evidence,\"insufficient evidence: 37% of the weight is "
                            "recorded, 60% is needed\"\n");
}

/* 9.: for a rejected record the columns from judgement on are empty, and detail says why. */
static void test_rejected_record(void **state)
{
    (void)state;
    sample *from = sample_new();
    sample_rejected(from, "A-1", "", "completed_date \"31/02/2026\" is not a date; write it as "
                                     "dd/mm/yyyy");
    assert_csv(from, HEADER "\n2,A-1,assessments,,,not_graded,,,,,,,rejected,\"completed_date "
                            "\"\"31/02/2026\"\" is not a date; write it as dd/mm/yyyy\"\n");
}

/* 6.: where there is no overall judgement it is `none`, and coverage is still given. */
static void test_no_overall_judgement(void **state)
{
    (void)state;
    rubric areas_only = sample_rubric;
    areas_only.overall = false;
    sample *from = sample_of(&areas_only);
    size_t  at = sample_add(from, "A-1", "", LEVEL_NONE, DATE_NONE, RATINGS(G, G, G, O));
    from->judged[at] = JUDGEMENT_NONE;
    assert_csv(from, HEADER "\n2,A-1,assessments,assessments,2026.1,none,,,100,,,,graded,\n");
}

/* design.md, Bad input: a cell that a spreadsheet would run is shown, not run. */
static void test_formulas_are_not_run(void **state)
{
    (void)state;
    sample *from = sample_new();
    sample_rejected(from, "=1+1", "", "a");
    sample_rejected(from, "+44", "", "b");
    sample_rejected(from, "-5", "", "c");
    sample_rejected(from, "@SUM(A1,A2)", "", "d");
    sample_rejected(from, "\tx", "", "=cmd");
    sample_rejected(from, "5-5", "", "f");
    assert_csv(from, HEADER "\n2,'=1+1,assessments,,,not_graded,,,,,,,rejected,a\n"
                            "3,'+44,assessments,,,not_graded,,,,,,,rejected,b\n"
                            "4,'-5,assessments,,,not_graded,,,,,,,rejected,c\n"
                            "5,\"'@SUM(A1,A2)\",assessments,,,not_graded,,,,,,,rejected,d\n"
                            "6,'\tx,assessments,,,not_graded,,,,,,,rejected,'=cmd\n"
                            "7,5-5,assessments,,,not_graded,,,,,,,rejected,f\n");
}

/* RFC 4180, 2.6 and 2.7. */
static void test_quotes_commas_and_line_breaks_are_quoted(void **state)
{
    (void)state;
    sample *from = sample_new();
    sample_rejected(from, "a,b", "", "x\ny");
    sample_rejected(from, "say \"no\"", "", "");
    assert_csv(from, HEADER "\n2,\"a,b\",assessments,,,not_graded,,,,,,,rejected,\"x\ny\"\n"
                            "3,\"say \"\"no\"\"\",assessments,,,not_graded,,,,,,,rejected,\n");
}

/* 9., --ratings: a level, missing or not_applicable; empty for a criterion of another rubric
 * and for a rejected record; each criterion once, in rubric order. */
static void test_ratings_columns(void **state)
{
    (void)state;
    static const criterion other_criteria[] = {
        {.id = "childs_voice", .question = ""}, {.id = "chronology", .question = ""}};
    rubric other = sample_rubric;
    other.criteria = other_criteria;
    other.criterion_count = 2;
    const rubric  *rubrics[] = {&sample_rubric, &other};
    report_options options = {.format = "csv",
                              .ratings = true,
                              .rating_rubrics = rubrics,
                              .rating_rubric_count = 2};
    sample        *from = sample_new();
    sample_add(from, "A-1", "", LEVEL_NONE, DATE_NONE, RATINGS(G, M, RATING_NOT_DUE, N));
    sample_rejected(from, "A-2", "", "no");
    /* 3 of 5 of the weight is rated: 60%, which is enough; the score is 3. */
    assert_csv_with(&options, from,
                    HEADER ",rating.risk_analysis,rating.timeliness,rating.plan_shared,"
                           "rating.childs_voice,rating.chronology\n"
                           "2,A-1,assessments,assessments,2026.1,good,3.000,0.500,60,good,,,graded,"
                           ",good,missing,not_applicable,not_applicable,\n"
                           "3,A-2,assessments,,,not_graded,,,,,,,rejected,no,,,,,\n");
}

/* The header is there even where no record is. */
static void test_no_records(void **state)
{
    (void)state;
    assert_csv(sample_new(), HEADER "\n");
}

static bool refuse(void *user, const char *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    (void)size;
    return false;
}

static void test_output_that_cannot_be_written_ends_the_run(void **state)
{
    (void)state;
    error_list     errors = {0};
    report_options options = {.format = "csv"};
    report        *made = report_new(&options, refuse, NULL, &errors);
    grade_sink     sink = report_sink(made);
    sample        *from = sample_new();
    sample_rejected(from, "A-1", "", "");
    void *rendered = sink.render(sink.user, &from->batch);
    assert_false(sink.deliver(sink.user, rendered, &errors));
    void *undelivered = sink.render(sink.user, &from->batch);
    sink.discard(sink.user, undelivered);
    report_free(made);
    free(from);
    error_clear(&errors);
}

static void test_unknown_format_is_refused(void **state)
{
    (void)state;
    error_list     errors = {0};
    report_options options = {.format = "xls"};
    assert_null(report_new(&options, refuse, NULL, &errors));
    assert_int_equal(error_exit_status(&errors), 2);
    assert_string_equal(errors.items[0].text,
                        "\"xls\" is not a format; take table, csv, json, ndjson or html");
    error_clear(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_graded_record),
        cmocka_unit_test(test_limit_is_named),
        cmocka_unit_test(test_failed_requirement_is_named),
        cmocka_unit_test(test_insufficient_evidence),
        cmocka_unit_test(test_rejected_record),
        cmocka_unit_test(test_no_overall_judgement),
        cmocka_unit_test(test_formulas_are_not_run),
        cmocka_unit_test(test_quotes_commas_and_line_breaks_are_quoted),
        cmocka_unit_test(test_ratings_columns),
        cmocka_unit_test(test_no_records),
        cmocka_unit_test(test_output_that_cannot_be_written_ends_the_run),
        cmocka_unit_test(test_unknown_format_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
