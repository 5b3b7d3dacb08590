/* From ratings to a judgement: one test a rule of grading.md 6. */
#include "grading_case.h"

enum { INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING };

#define FOUR                                                                                       \
    "[criterion.a]\nmeasure = rating\n[criterion.b]\nmeasure = rating\n"                           \
    "[criterion.c]\nmeasure = rating\n[criterion.d]\nmeasure = rating\n"

static case_grade run_one(const char *rubric_text, const char *csv)
{
    case_results results;

    case_run(rubric_text, csv, &results);
    assert_int_equal(results.count, 1);
    return results.grades[0];
}

static void test_6_1_coverage_counts_weight_rated_of_weight_rated_and_missing(void **state)
{
    (void)state;
    /* rated 1 + 1, missing 1, not applicable left out: 2 / 3 = 66.7%, rounded down */
    const case_grade grade = run_one(HEAD FOUR, "a,b,c,d\ngood,good,,n/a\n");
    assert_int_equal(grade.coverage, 66);
    assert_int_equal(grade.status, STATUS_GRADED);
}

static void test_6_1_under_the_least_coverage_is_not_graded(void **state)
{
    (void)state;
    const case_grade half = run_one(HEAD FOUR, "a,b,c,d\ngood,good,,\n");
    assert_int_equal(half.status, STATUS_INSUFFICIENT);
    assert_int_equal(half.judgement, JUDGEMENT_NOT_GRADED);
    assert_int_equal(half.coverage, 50);
    assert_string_equal(half.detail, "insufficient evidence");

    /* exactly at it is enough: 3 of 5 is 60% */
    const case_grade at =
        run_one(HEAD "[criterion.a]\nmeasure = rating\nweight = 3\n"
                     "[criterion.b]\nmeasure = rating\nweight = 2\n",
                "a,b\ngood,\n");
    assert_int_equal(at.status, STATUS_GRADED);

    /* 2 of 3 is over 66%, and under 67% */
    assert_int_equal(run_one(HEAD "[judgement]\nmin_coverage = 67\n" FOUR,
                             "a,b,c,d\ngood,good,,n/a\n")
                         .status,
                     STATUS_INSUFFICIENT);
}

static void test_6_1_nothing_rated_is_not_graded(void **state)
{
    (void)state;
    const case_grade grade =
        run_one(HEAD "[judgement]\nmin_coverage = 0\n" FOUR, "a,b,c,d\nn/a,n/a,n/a,n/a\n");
    assert_int_equal(grade.status, STATUS_INSUFFICIENT);
    assert_int_equal(grade.coverage, 0);
}

static void test_6_1_missing_that_is_rated_counts_as_rated(void **state)
{
    (void)state;
    const case_grade grade = run_one(
        HEAD "[criterion.a]\nmeasure = rating\nmissing = inadequate\n", "a,b\n,1\n");
    assert_int_equal(grade.coverage, 100);
    assert_int_equal(grade.judgement, INADEQUATE);
}

static void test_6_2_score_is_the_weighted_mean_half_up(void **state)
{
    (void)state;
    /* (3*4 + 2*3 + 1*1) / 6 = 19/6 = 3.1666... -> 3.167; thresholds 2.5 and 3.5 are 0.6666...
     * and 0.3333... away -> 0.333 */
    const case_grade grade = run_one(HEAD "[criterion.a]\nmeasure = rating\nweight = 3\n"
                                          "[criterion.b]\nmeasure = rating\nweight = 2\n"
                                          "[criterion.c]\nmeasure = rating\n",
                                     "a,b,c\noutstanding,good,inadequate\n");
    assert_int_equal(grade.score, 3167);
    assert_int_equal(grade.margin, 333);
    assert_int_equal(grade.judgement, GOOD);

    /* 2.0625 is 2.063: half up. 15 x 2 + 1 x 3 = 33 / 16 */
    const case_grade half = run_one(HEAD "[criterion.a]\nmeasure = rating\nweight = 15\n"
                                         "[criterion.b]\nmeasure = rating\n",
                                    "a,b\nRI,good\n");
    assert_int_equal(half.score, 2063);
    assert_int_equal(half.margin, 438); /* 2.5 - 2.0625 = 0.4375 */
}

static void test_6_3_base_is_the_highest_threshold_at_or_under_the_score(void **state)
{
    (void)state;
    /* good, good, outstanding, outstanding: 3.5 exactly */
    const case_grade at = run_one(HEAD FOUR, "a,b,c,d\nG,G,O,O\n");
    assert_int_equal(at.base, OUTSTANDING);
    assert_int_equal(at.margin, 0);

    const case_grade under = run_one(HEAD "[judgement]\noutstanding = 3.501\n" FOUR,
                                     "a,b,c,d\nG,G,O,O\n");
    assert_int_equal(under.base, GOOD);
    assert_int_equal(under.margin, 1);

    assert_int_equal(run_one(HEAD FOUR, "a,b,c,d\nI,I,I,RI\n").base, INADEQUATE);
}

static void test_6_3_thirds_are_not_rounded_before_they_are_compared(void **state)
{
    (void)state;
    /* 8/3 = 2.6666... is over 2.666 and under 2.667 */
    const char *thirds = "a,b,c,d\nG,G,RI,n/a\n";
    assert_int_equal(run_one(HEAD "[judgement]\ngood = 2.666\n" FOUR, thirds).base, GOOD);
    assert_int_equal(run_one(HEAD "[judgement]\ngood = 2.667\n" FOUR, thirds).base,
                     REQUIRES_IMPROVEMENT);
}

static void test_6_4_a_failed_requirement_steps_down_one_level(void **state)
{
    (void)state;
    const case_grade grade = run_one(
        HEAD "[judgement.outstanding]\nmax_requires_improvement = 0\n" FOUR
             "[criterion.e]\nmeasure = rating\n[criterion.f]\nmeasure = rating\n",
        "a,b,c,d,e,f\nO,O,O,O,O,RI\n");
    assert_int_equal(grade.base, OUTSTANDING); /* 22/6 = 3.667 */
    assert_int_equal(grade.judgement, GOOD);
    assert_int_equal(grade.failed_count, 1);
    assert_int_equal(grade.failed[0], 0);
}

static void test_6_4_a_failed_requirement_steps_down_twice(void **state)
{
    (void)state;
    /* (8 * 4 + 1 * 1) / 9 = 3.667: outstanding allows no inadequate, nor does good */
    const case_grade grade = run_one(HEAD "[judgement.good]\nmax_inadequate = 0\n"
                                          "[judgement.outstanding]\nmax_good = 9\n"
                                          "max_inadequate = 0\n"
                                          "[criterion.a]\nmeasure = rating\nweight = 8\n"
                                          "[criterion.b]\nmeasure = rating\n",
                                     "a,b\nO,I\n");
    assert_int_equal(grade.base, OUTSTANDING);
    assert_int_equal(grade.judgement, REQUIRES_IMPROVEMENT);
    /* in the order met: outstanding's second requirement, then good's; good comes last in the
     * rubric's list, which is from the highest level down */
    assert_int_equal(grade.failed_count, 2);
    assert_int_equal(grade.failed[0], 1);
    assert_int_equal(grade.failed[1], 2);
}

static void test_6_4_counts_exactly_that_level_among_weighted_criteria(void **state)
{
    (void)state;
    /* the inadequate one has no weight, and requires_improvement is not inadequate */
    const case_grade grade = run_one(
        HEAD "[judgement.good]\nmax_inadequate = 0\n" FOUR
             "[criterion.e]\nmeasure = rating\nweight = 0\n",
        "a,b,c,d,e\nG,G,G,RI,I\n");
    assert_int_equal(grade.judgement, GOOD);
    assert_int_equal(grade.failed_count, 0);
}

static void test_6_5_a_limit_holds_the_judgement_down(void **state)
{
    (void)state;
    const char *with_limit = HEAD FOUR "[criterion.e]\nmeasure = rating\n"
                                       "limit = requires_improvement -> requires_improvement\n";
    const case_grade held = run_one(with_limit, "a,b,c,d,e\nO,O,O,O,RI\n");
    assert_int_equal(held.judgement, REQUIRES_IMPROVEMENT);
    assert_true(held.limits[4]);
    assert_false(held.limits[0]);

    /* rated lower than the limit's level holds as well; higher does not */
    assert_int_equal(run_one(with_limit, "a,b,c,d,e\nO,O,O,O,I\n").judgement,
                     REQUIRES_IMPROVEMENT);
    assert_int_equal(run_one(with_limit, "a,b,c,d,e\nO,O,O,O,G\n").judgement, OUTSTANDING);
}

static void test_6_5_critical_is_short_for_lowest_to_lowest(void **state)
{
    (void)state;
    const char *critical = HEAD FOUR "[criterion.e]\nmeasure = rating\ncritical = yes\n";
    assert_int_equal(run_one(critical, "a,b,c,d,e\nO,O,O,O,I\n").judgement, INADEQUATE);
    assert_int_equal(run_one(critical, "a,b,c,d,e\nO,O,O,O,RI\n").judgement, OUTSTANDING);
}

static void test_6_5_the_lowest_of_all_limits_holds_and_is_named(void **state)
{
    (void)state;
    const case_grade grade =
        run_one(HEAD "[criterion.a]\nmeasure = rating\nlimit = good -> good\n"
                     "[criterion.b]\nmeasure = rating\nlimit = inadequate -> inadequate, "
                     "good -> requires_improvement\n"
                     "[criterion.c]\nmeasure = rating\nlimit = good -> requires_improvement\n"
                     "[criterion.d]\nmeasure = rating\n",
                "a,b,c,d\nG,G,G,O\n");
    assert_int_equal(grade.judgement, REQUIRES_IMPROVEMENT);
    assert_false(grade.limits[0]);
    assert_true(grade.limits[1]);
    assert_true(grade.limits[2]);
}

static void test_6_5_a_limit_that_lowers_nothing_is_not_named(void **state)
{
    (void)state;
    /* the score makes it requires improvement anyway */
    const case_grade grade =
        run_one(HEAD "[criterion.a]\nmeasure = rating\nlimit = inadequate -> "
                     "requires_improvement\n[criterion.b]\nmeasure = rating\n",
                "a,b\nI,G\n");
    assert_int_equal(grade.base, REQUIRES_IMPROVEMENT);
    assert_int_equal(grade.judgement, REQUIRES_IMPROVEMENT);
    assert_false(grade.limits[0]);
}

static void test_6_weight_0_is_never_scored_and_its_limit_holds(void **state)
{
    (void)state;
    const case_grade grade =
        run_one(HEAD "[criterion.a]\nmeasure = rating\n"
                     "[criterion.b]\nmeasure = rating\nweight = 0\ncritical = yes\n",
                "a,b\nO,I\n");
    assert_int_equal(grade.score, 4000);
    assert_int_equal(grade.base, OUTSTANDING);
    assert_int_equal(grade.judgement, INADEQUATE);
    assert_int_equal(run_one(HEAD "[criterion.a]\nmeasure = rating\n"
                                  "[criterion.b]\nmeasure = rating\nweight = 0\n",
                             "a,b\nO,\n")
                         .coverage,
                     100);
}

static void test_6_5_a_missing_criterion_sets_no_limit_unless_it_is_rated(void **state)
{
    (void)state;
    assert_int_equal(run_one(HEAD FOUR "[criterion.e]\nmeasure = rating\ncritical = yes\n",
                             "a,b,c,d,e\nO,O,O,O,\n")
                         .judgement,
                     OUTSTANDING);
    assert_int_equal(run_one(HEAD FOUR "[criterion.e]\nmeasure = rating\ncritical = yes\n"
                                       "missing = inadequate\n",
                             "a,b,c,d,e\nO,O,O,O,\n")
                         .judgement,
                     INADEQUATE);
}

static void test_6_without_an_overall_the_ratings_stand_for_themselves(void **state)
{
    (void)state;
    const char *areas = HEAD "[judgement]\noverall = no\n" FOUR;
    const case_grade grade = run_one(areas, "a,b,c,d\nO,G,,I\n");
    assert_int_equal(grade.status, STATUS_GRADED);
    assert_int_equal(grade.judgement, JUDGEMENT_NONE);
    assert_int_equal(grade.coverage, 75);
    assert_int_equal(grade.base, LEVEL_NONE);
    assert_int_equal(run_one(areas, "a,b,c,d\nO,,,\n").status, STATUS_INSUFFICIENT);
}

static void test_2_own_scale_has_points_from_1(void **state)
{
    (void)state;
    /* (1 + 2 + 3 + 3) / 4 = 2.25; thresholds by default 1.5 and 2.5 */
    const case_grade grade =
        run_one(HEAD "[scale]\nlevels = not_met, partly_met, met\n" FOUR,
                "a,b,c,d\nnot met,PARTLY-MET,met,Met\n");
    assert_int_equal(grade.score, 2250);
    assert_int_equal(grade.judgement, 1);
    assert_int_equal(grade.margin, 250);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_6_1_coverage_counts_weight_rated_of_weight_rated_and_missing),
        cmocka_unit_test(test_6_1_under_the_least_coverage_is_not_graded),
        cmocka_unit_test(test_6_1_nothing_rated_is_not_graded),
        cmocka_unit_test(test_6_1_missing_that_is_rated_counts_as_rated),
        cmocka_unit_test(test_6_2_score_is_the_weighted_mean_half_up),
        cmocka_unit_test(test_6_3_base_is_the_highest_threshold_at_or_under_the_score),
        cmocka_unit_test(test_6_3_thirds_are_not_rounded_before_they_are_compared),
        cmocka_unit_test(test_6_4_a_failed_requirement_steps_down_one_level),
        cmocka_unit_test(test_6_4_a_failed_requirement_steps_down_twice),
        cmocka_unit_test(test_6_4_counts_exactly_that_level_among_weighted_criteria),
        cmocka_unit_test(test_6_5_a_limit_holds_the_judgement_down),
        cmocka_unit_test(test_6_5_critical_is_short_for_lowest_to_lowest),
        cmocka_unit_test(test_6_5_the_lowest_of_all_limits_holds_and_is_named),
        cmocka_unit_test(test_6_5_a_limit_that_lowers_nothing_is_not_named),
        cmocka_unit_test(test_6_weight_0_is_never_scored_and_its_limit_holds),
        cmocka_unit_test(test_6_5_a_missing_criterion_sets_no_limit_unless_it_is_rated),
        cmocka_unit_test(test_6_without_an_overall_the_ratings_stand_for_themselves),
        cmocka_unit_test(test_2_own_scale_has_points_from_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
