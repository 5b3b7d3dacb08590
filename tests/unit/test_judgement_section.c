/* test_judgement_section.c - weights, thresholds, requirements and limits: grading.md 6. */
#include "rubric_case.h"

#define OWN "[scale]\nlevels = low, mid, high\n"

/* grading.md 6.3: "the defaults are the halfway points (1.5, 2.5, 3.5)". */
static void test_6_3_thresholds_are_halfway_by_default(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD RATING);

    assert_int_equal(made->thousandths[0], 0);
    assert_int_equal(made->thousandths[1], 1500);
    assert_int_equal(made->thousandths[2], 2500);
    assert_int_equal(made->thousandths[3], 3500);
    assert_int_equal(made->min_coverage, 60);
    assert_true(made->overall);
    assert_int_equal(made->requirement_count, 0);
    rubric_free(made);
}

/* grading.md 6.3: "decimals of up to three places". */
static void test_6_3_thresholds_are_decimals_of_three_places(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD "[judgement]\noutstanding = 4\ngood = 2.625\n"
                                     "requires_improvement = 1.0\n" RATING);
    assert_int_equal(made->thousandths[1], 1000);
    assert_int_equal(made->thousandths[2], 2625);
    assert_int_equal(made->thousandths[3], 4000);
    rubric_free(made);

    static const char *const wrong[] = {"2.6251", "0.999", "4.001", "two", "2.",
                                        ".5",     "-2",    "2,5",   ""};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char written[512], message[512];
        snprintf(written, sizeof written, HEAD "[judgement]\ngood = %s\n" RATING, wrong[i]);
        snprintf(
            message, sizeof message,
            "assay: r.ini:8: the threshold \"%s\" of \"good\" is not a number from 1 to 4 with at "
            "most three decimal places; write it like 2.5\n",
            wrong[i]);
        assert_refused(written, message);
    }
}

static void test_6_3_a_threshold_is_at_most_the_scales_points(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD OWN "[judgement]\nhigh = 3\n" RATING);
    assert_int_equal(made->thousandths[2], 3000);
    rubric_free(made);
    assert_refused(
        HEAD OWN "[judgement]\nhigh = 3.5\n" RATING,
        "assay: r.ini:10: the threshold \"3.5\" of \"high\" is not a number from 1 to 3 with at "
        "most three decimal places; write it like 2.5\n");
}

/* grading.md 6.3: "rising strictly with the levels". */
static void test_6_3_thresholds_rise(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[judgement]\noutstanding = 3\ngood = 3\n" RATING,
        "assay: r.ini:8: the threshold of \"outstanding\" (3) is not above that of \"good\" (3); "
        "make thresholds rise with the levels\n");
    assert_refused(
        HEAD "[judgement]\ngood = 3.625\n" RATING,
        "assay: r.ini:8: the threshold of \"outstanding\" (3.5, the default) is not above that "
        "of \"good\" (3.625); make thresholds rise with the levels\n");
    assert_refused(
        HEAD "[judgement]\ngood = 1.25\n" RATING,
        "assay: r.ini:8: the threshold of \"good\" (1.25) is not above that of "
        "\"requires_improvement\" (1.5, the default); make thresholds rise with the levels\n");
}

/* grading.md 6.3: "The lowest level needs no threshold." */
static void test_6_3_the_lowest_level_has_no_threshold(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[judgement]\ninadequate = 1\n" RATING,
        "assay: r.ini:8: \"inadequate\" is the lowest level and takes no threshold; remove the "
        "line\n");
}

static void test_6_1_min_coverage_is_whole_percent(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD "[judgement]\nmin_coverage = 0\n" RATING);
    assert_int_equal(made->min_coverage, 0);
    rubric_free(made);
    made = assert_taken(HEAD "[judgement]\nmin_coverage = 100\n" RATING);
    assert_int_equal(made->min_coverage, 100);
    rubric_free(made);
    assert_refused(
        HEAD "[judgement]\nmin_coverage = 101\n" RATING,
        "assay: r.ini:8: min_coverage \"101\" is not a whole number from 0 to 100; write percent "
        "without a sign, like 60\n");
    assert_refused(
        HEAD "[judgement]\nmin_coverage = 60%\n" RATING,
        "assay: r.ini:8: min_coverage \"60%\" is not a whole number from 0 to 100; write percent "
        "without a sign, like 60\n");
}

/* rubrics.md 7: it says that a better rating may judge lower on purpose. */
static void test_7_monotone(void **state)
{
    (void)state;

    rubric *made = assert_taken(HEAD RATING);
    assert_true(made->monotone);
    rubric_free(made);
    made = assert_taken(HEAD "[judgement]\nmonotone = no\n" RATING);
    assert_false(made->monotone);
    rubric_free(made);
    assert_refused(HEAD "[judgement]\nmonotone = off\n" RATING,
                   "assay: r.ini:8: monotone \"off\" is neither yes nor no; write one of them\n");
}

/* grading.md 6: "overall = no in [judgement]". */
static void test_6_overall(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD "[judgement]\noverall = no\n" RATING);
    assert_false(made->overall);
    rubric_free(made);
    assert_refused(HEAD "[judgement]\noverall = none\n" RATING,
                   "assay: r.ini:8: overall \"none\" is neither yes nor no; write one of them\n");
}

/* grading.md 6.4: tried from the highest level down, each level's as they stand in the file. */
static void test_6_4_requirements_stand_highest_level_first(void **state)
{
    (void)state;
    rubric *made =
        assert_taken(HEAD "[judgement.good]\nmax_inadequate = 1\nmax_requires_improvement = 4\n"
                          "[judgement.outstanding]\nmax_requires_improvement = 0\n"
                          "max_inadequate = 0\n" RATING);
    const requirement *held = made->requirements;

    assert_int_equal(made->requirement_count, 4);
    assert_int_equal(held[0].of, 3);
    assert_int_equal(held[0].counted, 1);
    assert_int_equal(held[0].most, 0);
    assert_int_equal(held[1].of, 3);
    assert_int_equal(held[1].counted, 0);
    assert_int_equal(held[2].of, 2);
    assert_int_equal(held[2].counted, 0);
    assert_int_equal(held[2].most, 1);
    assert_int_equal(held[3].counted, 1);
    assert_int_equal(held[3].most, 4);
    rubric_free(made);
}

static void test_6_4_a_requirement_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[judgement.good]\nmax_inadequat = 1\nmax_inadequate = some\n" RATING,
        "assay: r.ini:8: \"max_inadequat\" is not a key of [judgement.good]; did you mean "
        "\"max_inadequate\"?\n"
        "assay: r.ini:9: max_inadequate \"some\" is not a whole number of criteria; write it "
        "like 0 or 2\n");
}

/* grading.md 6.4: "The lowest level has none." */
static void test_6_4_the_lowest_level_has_no_requirements(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[judgement.inadequate]\nmax_good = 1\n" RATING,
        "assay: r.ini:7: \"inadequate\" is the lowest level and has no requirements; remove the "
        "section [judgement.inadequate]\n");
}

static void test_6_4_requirements_are_a_levels(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[judgement.goood]\nmax_good = 1\n[judgement.all]\nmax_good = 1\n" RATING,
        "assay: r.ini:7: [judgement.goood] names no level; did you mean [judgement.good]?\n"
        "assay: r.ini:9: [judgement.all] names no level; name one of the rubric's own, such as "
        "[judgement.outstanding]\n");
}

static void test_7_a_key_of_judgement_is_suggested(void **state)
{
    (void)state;
    assert_refused(HEAD "[judgement]\nmin_covrage = 50\noutstandng = 3.5\n" RATING,
                   "assay: r.ini:8: \"min_covrage\" is not a key of [judgement]; did you mean "
                   "\"min_coverage\"?\n"
                   "assay: r.ini:9: \"outstandng\" is not a key of [judgement]; did you mean "
                   "\"outstanding\"?\n");
}

/* grading.md 6: "Weights are whole numbers from 0 to 1000 (default 1)". */
static void test_6_weights(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD RATING "[criterion.b]\nmeasure = rating\nweight = 0\n"
                                            "[criterion.c]\nmeasure = rating\nweight = 1000\n");
    assert_int_equal(made->criteria[0].weight, 1);
    assert_int_equal(made->criteria[1].weight, 0);
    assert_int_equal(made->criteria[2].weight, 1000);
    rubric_free(made);

    static const char *const wrong[] = {"1001", "-1", "1.5", "two", "", "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char written[512], message[512];
        snprintf(written, sizeof written, HEAD RATING "weight = %s\n", wrong[i]);
        snprintf(message, sizeof message,
                 "assay: r.ini:10: weight \"%s\" is not a whole number from 0 to 1000; write one\n",
                 wrong[i]);
        assert_refused(written, message);
    }
}

/* grading.md 6.5: rated at LEVEL or lower, at most LEVEL2. */
static void test_6_5_a_limit_caps_its_level_and_those_under_it(void **state)
{
    (void)state;
    rubric          *made = assert_taken(HEAD RATING "limit = requires_improvement -> good\n");
    const criterion *held = &made->criteria[0];

    assert_int_equal(held->limit_count, 1);
    assert_int_equal(held->cap[0], 2);
    assert_int_equal(held->cap[1], 2);
    assert_int_equal(held->cap[2], 3);
    assert_int_equal(held->cap[3], 3);
    rubric_free(made);
}

static void test_6_5_of_several_limits_the_lowest_holds(void **state)
{
    (void)state;
    rubric *made = assert_taken(
        HEAD RATING "limit = inadequate->requires_improvement , good -> good\ncritical = no\n");
    const criterion *held = &made->criteria[0];

    assert_int_equal(held->limit_count, 2);
    assert_int_equal(held->cap[0], 1);
    assert_int_equal(held->cap[1], 2);
    assert_int_equal(held->cap[2], 2);
    assert_int_equal(held->cap[3], 3);
    rubric_free(made);
}

/* grading.md 6.5: "critical = yes is short for limit = LOWEST -> LOWEST". */
static void test_6_5_critical(void **state)
{
    (void)state;
    rubric          *made = assert_taken(HEAD OWN RATING "critical = yes\nlimit = mid -> mid\n");
    const criterion *held = &made->criteria[0];

    assert_true(held->critical);
    assert_int_equal(held->limit_count, 2);
    assert_int_equal(held->limits[1].at, 0);
    assert_int_equal(held->limits[1].most, 0);
    assert_int_equal(held->cap[0], 0);
    assert_int_equal(held->cap[1], 1);
    assert_int_equal(held->cap[2], 2);
    rubric_free(made);
}

static void test_6_5_a_limit_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    assert_refused(
        HEAD RATING "limit = inadequate, god -> good\ncritical = very\n",
        "assay: r.ini:10: limit \"inadequate\" does not say LEVEL -> LEVEL; write it like "
        "\"inadequate -> requires_improvement\"\n"
        "assay: r.ini:10: \"god\" is not a level; did you mean \"good\"?\n"
        "assay: r.ini:11: critical \"very\" is neither yes nor no; write one of them\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_6_3_thresholds_are_halfway_by_default),
        cmocka_unit_test(test_6_3_thresholds_are_decimals_of_three_places),
        cmocka_unit_test(test_6_3_a_threshold_is_at_most_the_scales_points),
        cmocka_unit_test(test_6_3_thresholds_rise),
        cmocka_unit_test(test_6_3_the_lowest_level_has_no_threshold),
        cmocka_unit_test(test_6_1_min_coverage_is_whole_percent),
        cmocka_unit_test(test_6_overall),
        cmocka_unit_test(test_7_monotone),
        cmocka_unit_test(test_6_4_requirements_stand_highest_level_first),
        cmocka_unit_test(test_6_4_a_requirement_that_cannot_be_read_is_refused),
        cmocka_unit_test(test_6_4_the_lowest_level_has_no_requirements),
        cmocka_unit_test(test_6_4_requirements_are_a_levels),
        cmocka_unit_test(test_7_a_key_of_judgement_is_suggested),
        cmocka_unit_test(test_6_weights),
        cmocka_unit_test(test_6_5_a_limit_caps_its_level_and_those_under_it),
        cmocka_unit_test(test_6_5_of_several_limits_the_lowest_holds),
        cmocka_unit_test(test_6_5_critical),
        cmocka_unit_test(test_6_5_a_limit_that_cannot_be_read_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
