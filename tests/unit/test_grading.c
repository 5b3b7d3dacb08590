/* From values to ratings (grading.md 4 and 5), and which rubric grades a record (8). */
#include "grading_case.h"

/* Levels of the built-in scale. */
enum { INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING };

/* The rating of criterion 0 for each record. */
static void assert_ratings(const char *rubric_text, const char *csv, const uint8_t *expected,
                           size_t count)
{
    case_results results;

    case_run(rubric_text, csv, &results);
    assert_int_equal(results.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(results.grades[i].ratings[0], expected[i]);
}

static void assert_rejected(const char *rubric_text, const char *csv, const char *detail)
{
    case_results results;

    case_run(rubric_text, csv, &results);
    assert_int_equal(results.count, 1);
    assert_int_equal(results.grades[0].status, STATUS_REJECTED);
    assert_int_equal(results.grades[0].judgement, JUDGEMENT_NOT_GRADED);
    assert_string_equal(results.grades[0].detail, detail);
}

/* ---- 4 -------------------------------------------------------------------- */

static void test_4_field_defaults_to_the_criterions_own_id(void **state)
{
    (void)state;
    assert_ratings(HEAD "[criterion.a]\nmeasure = rating\n", "b,a\ngood,inadequate\n",
                   (uint8_t[]){INADEQUATE}, 1);
    assert_ratings(HEAD "[criterion.a]\nmeasure = rating\nfield = b\n", "b,a\ngood,inadequate\n",
                   (uint8_t[]){GOOD}, 1);
}

static const char days[] = HEAD "[criterion.a]\nmeasure = days\nfrom = x\nto = y\n"
                                "bands = good <= 7, inadequate\nmissing = ignore\n";

static void test_4_days_are_calendar_days(void **state)
{
    (void)state;
    /* 1 to 8 March is 7 days, to 9 March 8; the same day is 0 */
    assert_ratings(days,
                   "x,y\n2026-03-01,2026-03-08\n2026-03-01,2026-03-09\n2026-03-01,2026-03-01\n",
                   (uint8_t[]){GOOD, INADEQUATE, GOOD}, 3);
}

static void test_4_to_before_from_is_invalid(void **state)
{
    (void)state;
    assert_rejected(days, "x,y\n2026-03-02,2026-03-01\n",
                    "y \"2026-03-01\" (column 2) is before x 2026-03-02; correct the one that is "
                    "wrong");
}

static void test_4_either_missing_is_missing_and_either_not_applicable_likewise(void **state)
{
    (void)state;
    assert_ratings(days, "x,y\n,2026-03-01\n2026-03-01,\nn/a,2026-03-01\n2026-03-01,n/a\n,n/a\n",
                   (uint8_t[]){RATING_MISSING, RATING_MISSING, RATING_NOT_APPLICABLE,
                               RATING_NOT_APPLICABLE, RATING_MISSING},
                   5);
}

/* 1 January 2026 is a Thursday and the calendar's holiday in these tests, which have a calendar of
 * three weeks: Thursday 1 to Wednesday 21 January 2026. */
static const int32_t counts[21] = {0, 1, 1, 1, 2, 3, 4, 5, 6, 6, 6, 7, 8, 9, 10, 11, 11, 11, 12, 13, 14};
static calendar january = {
    .id = "january",
    .table = {.struct_size = sizeof january.table, .first = 20454, .last = 20474,
              .working_days = counts},
};

static void run_with_january(const char *rubric_text, const char *csv, case_results *out)
{
    const calendar *const calendars[] = {&january};
    const rubric_context context = {.calendars = calendars, .calendar_count = 1};
    error_list errors = {0};
    rubric *held =
        rubric_read_bytes("r.ini", rubric_text, strlen(rubric_text), &context, &errors);

    assert_non_null(held);
    const grade_options options = {.rubric = held, .threads = 1};
    case_grade_with(&options, csv, out);
    rubric_free(held);
    error_clear(&errors);
}

static const char working[] = HEAD "[criterion.a]\nmeasure = working_days\nfrom = x\nto = y\n"
                                   "calendar = january\nbands = good <= 2, inadequate\n";

static void test_4_working_days_after_from_up_to_to(void **state)
{
    case_results results;
    (void)state;

    /* Friday 2 to Tuesday 6: Monday, Tuesday = 2. Friday 2 to Wednesday 7: 3. Saturday 3 to
     * Sunday 4: 0. Thursday 1 (holiday) to Monday 5: Friday, Monday = 2. */
    run_with_january(working,
                     "x,y\n2026-01-02,2026-01-06\n2026-01-02,2026-01-07\n2026-01-03,2026-01-04\n"
                     "2026-01-01,2026-01-05\n",
                     &results);
    const uint8_t expected[] = {GOOD, INADEQUATE, GOOD, GOOD};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(results.grades[i].ratings[0], expected[i]);
}

static void test_4_a_date_outside_the_calendar_is_invalid(void **state)
{
    case_results results;
    (void)state;

    run_with_january(working, "x,y\n2025-12-31,2026-01-06\n2026-01-02,2026-01-22\n,2026-01-22\n",
                     &results);
    assert_string_equal(results.grades[0].detail,
                        "x \"2025-12-31\" (column 1) is outside the calendar january, which "
                        "covers 2026-01-01 to 2026-01-21; correct the date, or add the holidays "
                        "of its year to the calendar");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(results.grades[i].status, STATUS_REJECTED);
}

/* ---- 5 -------------------------------------------------------------------- */

static void test_5_a_flag_is_good_or_inadequate_by_default(void **state)
{
    (void)state;
    assert_ratings(HEAD "[criterion.a]\nmeasure = yes_no\n", "a\nY\nno\n",
                   (uint8_t[]){GOOD, INADEQUATE}, 2);
}

static void test_5_a_flag_is_what_yes_and_no_say(void **state)
{
    (void)state;
    assert_ratings(HEAD "[criterion.a]\nmeasure = yes_no\nyes = outstanding\n"
                        "no = requires_improvement\n",
                   "a\n1\n0\n", (uint8_t[]){OUTSTANDING, REQUIRES_IMPROVEMENT}, 2);
}

static void test_5_of_bands_the_first_match_wins(void **state)
{
    (void)state;
    assert_ratings(HEAD "[criterion.a]\nmeasure = number\n"
                        "bands = outstanding < 10, good <= 10, good > 90, inadequate >= 50, "
                        "requires_improvement\n",
                   "a\n9.9\n10\n10.1\n50\n90\n91\n",
                   (uint8_t[]){OUTSTANDING, GOOD, REQUIRES_IMPROVEMENT, INADEQUATE, INADEQUATE,
                               GOOD},
                   6);
}

static void test_5_a_number_that_no_band_takes_is_invalid(void **state)
{
    (void)state;
    assert_rejected(HEAD "[criterion.a]\nmeasure = number\nbands = good <= 10\n", "a\n11\n",
                    "a: 11 fits none of the bands; correct the value, or widen the bands");
}

static void test_5_missing_is_left_out_or_rated(void **state)
{
    (void)state;
    assert_ratings(HEAD "[criterion.a]\nmeasure = rating\n", "a,b\nnot recorded,1\n",
                   (uint8_t[]){RATING_MISSING}, 1);
    assert_ratings(HEAD "[criterion.a]\nmeasure = rating\nmissing = requires_improvement\n",
                   "a,b\n-,1\n", (uint8_t[]){REQUIRES_IMPROVEMENT}, 1);
    assert_ratings(HEAD "[criterion.a]\nmeasure = rating\nmissing = inadequate\n", "b\n1\n",
                   (uint8_t[]){INADEQUATE}, 1); /* no such column: missing as well */
}

static void test_5_applies_if_compares_trimmed_in_any_letter_case(void **state)
{
    (void)state;
    assert_ratings(HEAD "[criterion.a]\nmeasure = rating\napplies_if = b is yes | in part\n",
                   "a,b\ngood, YES \ngood,In Part\ngood,no\ngood,\n",
                   (uint8_t[]){GOOD, GOOD, RATING_NOT_APPLICABLE, RATING_NOT_APPLICABLE}, 4);
    assert_ratings(HEAD "[criterion.a]\nmeasure = rating\napplies_if = b is not yes\n",
                   "a,b\ngood,Yes\ngood,no\ngood,\n",
                   (uint8_t[]){RATING_NOT_APPLICABLE, GOOD, GOOD}, 3);
}

static void test_3_a_criterion_that_does_not_apply_reads_nothing_else(void **state)
{
    case_results results;
    (void)state;

    case_run(HEAD "[criterion.a]\nmeasure = rating\napplies_if = b is yes\n"
                  "[criterion.c]\nmeasure = rating\n",
             "a,b,c\nrubbish,no,good\nrubbish,yes,good\n", &results);
    assert_int_equal(results.grades[0].status, STATUS_GRADED);
    assert_int_equal(results.grades[1].status, STATUS_REJECTED);
}

static void test_3_every_invalid_field_is_named_with_column_value_and_remedy(void **state)
{
    (void)state;
    assert_rejected(HEAD "[criterion.a]\nmeasure = rating\n"
                         "[criterion.b]\nmeasure = days\nfrom = x\nto = y\nbands = good\n",
                    "x,a,y\n31/02/2026,Goood,1 March 2026\n",
                    "a \"Goood\" (column 2) is not a level; write inadequate, "
                    "requires_improvement, good or outstanding; x \"31/02/2026\" (column 1) is "
                    "not a date; write dates as dd/mm/yyyy");
}

static void test_3_an_invalid_record_does_not_affect_others(void **state)
{
    case_results results;
    (void)state;

    case_run(HEAD RATING, "a\ngood\nrubbish\noutstanding\n", &results);
    assert_int_equal(results.grades[0].judgement, GOOD);
    assert_int_equal(results.grades[1].status, STATUS_REJECTED);
    assert_int_equal(results.grades[1].line, 3);
    assert_int_equal(results.grades[2].judgement, OUTSTANDING);
}

/* ---- 8 -------------------------------------------------------------------- */

static rubric *dated(const char *id, const char *area, const char *from)
{
    char written[512];

    snprintf(written, sizeof written,
             "[rubric]\nid = %s\nversion = 1\ntitle = T\npractice_area = %s\neffective_from = %s\n"
             RATING,
             id, area, from);
    return assert_taken(written);
}

static void test_8_the_latest_rubric_on_or_before_the_audit_date(void **state)
{
    rubric *held[] = {dated("old", "plans", "2025-01-01"), dated("new", "plans", "2026-04-01"),
                      dated("other", "care_leavers", "2026-04-01")};
    rubric_library library = {.rubrics = held, .rubric_count = 3};
    const grade_options options = {.library = &library, .threads = 1};
    case_results results;
    (void)state;

    case_grade_with(&options,
                    "practice_area,audit_date,a\n"
                    "plans,2026-03-31,good\n"
                    "Plans,2026-04-01,good\n"
                    "Care Leavers,2026-05-01,good\n"
                    "plans,2024-12-31,good\n"
                    "adoption,2026-05-01,good\n"
                    "plans,,good\n"
                    "plans,31/02/2026,good\n",
                    &results);
    const char *expected[] = {"old", "new", "other", "", "", "", ""};
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(results.grades[i].rubric, expected[i]);
        assert_int_equal(results.grades[i].status, i < 3 ? STATUS_GRADED : STATUS_REJECTED);
    }
    assert_string_equal(results.grades[2].practice_area, "care_leavers");
    assert_string_equal(results.grades[3].detail,
                        "audit_date \"2024-12-31\" (column 2) is before the first rubric of "
                        "plans; correct the date, or add a rubric that was in force then");
    assert_string_equal(results.grades[4].detail,
                        "practice_area \"adoption\" (column 1) is no practice area with a rubric; "
                        "write plans, care_leavers, or name the rubric with --rubric");
    assert_string_equal(results.grades[5].detail,
                        "audit_date \"\" (column 2) says no date; write dates as dd/mm/yyyy");
    assert_string_equal(results.grades[6].detail,
                        "audit_date \"31/02/2026\" (column 2) is not a date; write dates as "
                        "dd/mm/yyyy");
    for (size_t r = 0; r < 3; r++)
        rubric_free(held[r]);
}

static void test_8_without_the_column_the_remedy_is_to_add_or_map_it(void **state)
{
    rubric *held[] = {dated("old", "plans", "2025-01-01")};
    rubric_library library = {.rubrics = held, .rubric_count = 1};
    const grade_options options = {.library = &library, .threads = 1};
    case_results results;
    (void)state;

    case_grade_with(&options, "audit_date,a\n2026-03-31,good\n", &results);
    assert_string_equal(results.grades[0].detail,
                        "practice_area: the input has no such column; add the column, map it with "
                        "--columns, or name the rubric with --rubric");
    case_grade_with(&options, "practice_area,a\nplans,good\n", &results);
    assert_string_equal(results.grades[0].detail,
                        "audit_date: the input has no such column; add the column, map it with "
                        "--columns, or name the rubric with --rubric");
    case_grade_with(&options, "practice_area,audit_date,a\nplans,46113,good\n", &results);
    assert_string_equal(results.grades[0].detail,
                        "audit_date \"46113\" (column 2) is not a date; it is Excel's number of a "
                        "day: format the column as a date and export again");
    rubric_free(held[0]);
}

static void test_8_the_rubric_that_is_named_grades_every_record(void **state)
{
    case_results results;
    (void)state;

    case_run(HEAD RATING, "practice_area,audit_date,a\nadoption,rubbish,good\n,,good\n", &results);
    assert_int_equal(results.totals.graded, 2);
    assert_string_equal(results.grades[0].practice_area, "adoption");
    assert_string_equal(results.grades[1].practice_area, "plans"); /* the rubric's */
}

static void test_the_auditors_grade_is_read_by_the_rubrics_scale(void **state)
{
    case_results results;
    (void)state;

    case_run(HEAD RATING, "a,auditor_grade\ngood,RI\ngood,7\ngood,\n", &results);
    assert_int_equal(results.grades[0].auditor_grade, REQUIRES_IMPROVEMENT);
    assert_int_equal(results.grades[1].auditor_grade, LEVEL_NONE);
    assert_int_equal(results.grades[1].status, STATUS_GRADED);
    assert_int_equal(results.grades[2].auditor_grade, LEVEL_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_4_field_defaults_to_the_criterions_own_id),
        cmocka_unit_test(test_4_days_are_calendar_days),
        cmocka_unit_test(test_4_to_before_from_is_invalid),
        cmocka_unit_test(test_4_either_missing_is_missing_and_either_not_applicable_likewise),
        cmocka_unit_test(test_4_working_days_after_from_up_to_to),
        cmocka_unit_test(test_4_a_date_outside_the_calendar_is_invalid),
        cmocka_unit_test(test_5_a_flag_is_good_or_inadequate_by_default),
        cmocka_unit_test(test_5_a_flag_is_what_yes_and_no_say),
        cmocka_unit_test(test_5_of_bands_the_first_match_wins),
        cmocka_unit_test(test_5_a_number_that_no_band_takes_is_invalid),
        cmocka_unit_test(test_5_missing_is_left_out_or_rated),
        cmocka_unit_test(test_5_applies_if_compares_trimmed_in_any_letter_case),
        cmocka_unit_test(test_3_a_criterion_that_does_not_apply_reads_nothing_else),
        cmocka_unit_test(test_3_every_invalid_field_is_named_with_column_value_and_remedy),
        cmocka_unit_test(test_3_an_invalid_record_does_not_affect_others),
        cmocka_unit_test(test_8_the_latest_rubric_on_or_before_the_audit_date),
        cmocka_unit_test(test_8_without_the_column_the_remedy_is_to_add_or_map_it),
        cmocka_unit_test(test_8_the_rubric_that_is_named_grades_every_record),
        cmocka_unit_test(test_the_auditors_grade_is_read_by_the_rubrics_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
