/* test_bands.c - from a value to a rating, and which records are asked: grading.md 5. */
#include "rubric_case.h"

#include "base/spelling.h"

#define NUMBER "[criterion.a]\nmeasure = number\n"

static rubric *with_bands(const char *bands)
{
    char written[512];
    snprintf(written, sizeof written, "%sbands = %s\n", HEAD NUMBER, bands);
    return assert_taken(written);
}

static void refused_bands(const char *bands, const char *message)
{
    char written[512];
    char messages[1024];
    snprintf(written, sizeof written, "%sbands = %s\n", HEAD NUMBER, bands);
    snprintf(messages, sizeof messages, "assay: r.ini:9: %s\n", message);
    assert_refused(written, messages);
}

/* grading.md 5: the example of the page. */
static void test_5_bands_are_kept_in_their_order(void **state)
{
    (void)state;
    rubric *made =
        with_bands("outstanding <= 35, good <= 45, requires_improvement <= 55, inadequate");
    const criterion *held = &made->criteria[0];

    assert_int_equal(held->band_count, 4);
    assert_int_equal(held->bands[0].condition, BAND_AT_MOST);
    assert_true(held->bands[0].bound == 35);
    assert_int_equal(held->bands[0].gives, 3);
    assert_true(held->bands[2].bound == 55);
    assert_int_equal(held->bands[2].gives, 1);
    assert_int_equal(held->bands[3].condition, BAND_ALWAYS);
    assert_int_equal(held->bands[3].gives, 0);
    assert_false(held->gives_flag);
    rubric_free(made);
}

/* grading.md 5: "The operators are <=, <, >=, >." Blanks around them do not matter. */
static void test_5_there_are_four_operators(void **state)
{
    (void)state;
    rubric *made = with_bands("good>=90,requires_improvement  > 80 ,inadequate<-0.5,good < 7.25");
    const criterion *held = &made->criteria[0];

    assert_int_equal(held->band_count, 4);
    assert_int_equal(held->bands[0].condition, BAND_AT_LEAST);
    assert_int_equal(held->bands[1].condition, BAND_OVER);
    assert_int_equal(held->bands[2].condition, BAND_UNDER);
    assert_true(held->bands[2].bound == -0.5);
    assert_true(held->bands[3].bound == 7.25);
    rubric_free(made);
}

/* The double nearest to what was written: the compiler's own reading of the same digits. */
static void test_5_bounds_are_exact_decimals(void **state)
{
    (void)state;
    rubric          *made = with_bands("good <= 0.1, inadequate <= 12345.6789012345, good <= 0.07");
    const criterion *held = &made->criteria[0];

    assert_true(held->bands[0].bound == 0.1);
    assert_true(held->bands[1].bound == 12345.6789012345);
    assert_true(held->bands[2].bound == 0.07);
    rubric_free(made);
}

static void test_5_only_the_last_band_has_no_condition(void **state)
{
    (void)state;
    rubric *made = with_bands("good");
    assert_int_equal(made->criteria[0].band_count, 1);
    rubric_free(made);
    refused_bands(
        "good <= 3, outstanding, inadequate",
        "band \"outstanding\" has no condition and is not the last, so that those behind it are "
        "never reached; add a condition or put it last");
}

static void test_5_a_band_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    refused_bands("good = 3, inadequate",
                  "\"=\" in band \"good = 3\" does not compare; use <=, <, >= or >");
    refused_bands("good =< 3", "\"=<\" in band \"good =< 3\" does not compare; use <=, <, >= or >");
    refused_bands("god <= 3", "\"god\" is not a level; did you mean \"good\"?");
    refused_bands("<= 3", "a level is missing here; name one");
    refused_bands("good <= three",
                  "\"three\" in band \"good <= three\" is not a number; write it like 45 or 12.5");
    refused_bands("good <= 3.",
                  "\"3.\" in band \"good <= 3.\" is not a number; write it like 45 or 12.5");
    refused_bands("good <= 1e3",
                  "\"1e3\" in band \"good <= 1e3\" is not a number; write it like 45 or 12.5");
    refused_bands("good <= 1234567890123456",
                  "\"1234567890123456\" in band \"good <= 1234567890123456\" "
                  "is not a number; write it like 45 or 12.5");
    refused_bands("good <= 3, , inadequate",
                  "a band is empty; write LEVEL <= NUMBER between the commas");
    refused_bands("", "a band is empty; write LEVEL <= NUMBER between the commas");
}

static void test_5_a_number_needs_bands(void **state)
{
    (void)state;
    assert_refused(HEAD NUMBER,
                   "assay: r.ini:7: the criterion has no \"bands\", which turn its number into "
                   "a level; add the line \"bands = ...\"\n");
    assert_refused(
        HEAD "[criterion.a]\nmeasure = days\nfrom = x\nto = y\n",
        "assay: r.ini:7: the criterion has no \"bands\", which turn its number into a level; "
        "add the line \"bands = ...\"\n");
}

static void test_5_ratings_and_flags_have_no_bands(void **state)
{
    (void)state;
    assert_refused(
        HEAD RATING "bands = good\n",
        "assay: r.ini:10: \"bands\" does not go with measure = rating; remove the line\n");
    assert_refused(
        HEAD "[criterion.a]\nmeasure = yes_no\nbands = good\n",
        "assay: r.ini:9: \"bands\" does not go with measure = yes_no; remove the line\n");
}

/* grading.md 5: "highest but one for yes ...; lowest for no". */
static void test_5_a_flags_levels(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD "[criterion.a]\nmeasure = yes_no\n"
                                     "[criterion.b]\nmeasure = yes_no\nyes = outstanding\n"
                                     "no = Requires improvement\n");
    assert_true(made->criteria[0].gives_flag);
    assert_int_equal(made->criteria[0].yes, 2);
    assert_int_equal(made->criteria[0].no, 0);
    assert_int_equal(made->criteria[1].yes, 3);
    assert_int_equal(made->criteria[1].no, 1);
    rubric_free(made);
    assert_refused(HEAD "[criterion.a]\nmeasure = yes_no\nyes = best\n",
                   "assay: r.ini:9: \"best\" is not a level; the levels are inadequate, "
                   "requires_improvement, good, outstanding\n");
    assert_refused(HEAD "[criterion.a]\nmeasure = rating\nno = good\n",
                   "assay: r.ini:9: \"no\" does not go with measure = rating; remove the line\n");
}

/* The highest but one of two levels is the lowest: right by the page, and hardly what was meant. */
static void test_5_a_flag_on_two_levels_is_noticed(void **state)
{
    (void)state;
    error_list errors = {0};
    char       found[1024];
    rubric    *made = case_read(
           HEAD "[scale]\nlevels = not_met, met\n[criterion.a]\nmeasure = yes_no\n", &errors);

    assert_non_null(made);
    assert_int_equal(made->criteria[0].yes, 0);
    case_messages(&errors, found, sizeof found);
    assert_string_equal(found,
                        "assay: r.ini:9: with two levels, yes and no both give \"not_met\"; add "
                        "\"yes = met\"\n");
    assert_int_equal(error_count(&errors), 0);
    error_clear(&errors);
    rubric_free(made);
}

/* grading.md 5: missing = ignore (default) | LEVEL. */
static void test_5_missing(void **state)
{
    (void)state;
    rubric *made =
        assert_taken(HEAD RATING "[criterion.b]\nmeasure = rating\nmissing = ignore\n"
                                 "[criterion.c]\nmeasure = rating\nmissing = inadequate\n");
    assert_int_equal(made->criteria[0].if_missing, LEVEL_NONE);
    assert_int_equal(made->criteria[1].if_missing, LEVEL_NONE);
    assert_int_equal(made->criteria[2].if_missing, 0);
    rubric_free(made);
    assert_refused(HEAD RATING "missing = inadequat\n",
                   "assay: r.ini:10: \"inadequat\" is not a level; did you mean \"inadequate\"?\n");
}

/* grading.md 5: applies_if = FIELD is VALUE | VALUE; "after trimming, in any letter case". */
static void test_5_applies_if(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD RATING "applies_if = Plan type is CP |child in need\n");
    const criterion *held = &made->criteria[0];

    assert_string_equal(held->applies_field, "Plan type");
    assert_false(held->applies_not);
    assert_string_equal(held->applies_text, "CP | child in need");
    assert_true(spelling_find(held->applies_values, text_of(" cp ")) != SPELLING_NONE);
    assert_true(spelling_find(held->applies_values, text_of("Child in Need")) != SPELLING_NONE);
    /* Letter case alone: hyphens are not blanks here. */
    assert_int_equal(spelling_find(held->applies_values, text_of("child-in-need")), SPELLING_NONE);
    rubric_free(made);
}

static void test_5_applies_if_is_not(void **state)
{
    (void)state;
    rubric *made =
        assert_taken(HEAD RATING "applies_if = disabled is not yes | y\n[criterion.b]\n"
                                 "measure = rating\napplies_if = this is it is nothing\n");
    assert_true(made->criteria[0].applies_not);
    assert_string_equal(made->criteria[0].applies_text, "yes | y");
    /* The first "is" ends the field; "nothing" is no "not". */
    assert_string_equal(made->criteria[1].applies_field, "this");
    assert_string_equal(made->criteria[1].applies_text, "it is nothing");
    assert_false(made->criteria[1].applies_not);
    rubric_free(made);
}

static void test_5_applies_if_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    assert_refused(
        HEAD RATING "applies_if = disabled = yes\n",
        "assay: r.ini:10: applies_if \"disabled = yes\" does not say FIELD is VALUE; write it "
        "like \"disabled is yes\" or \"plan type is not cin | cp\"\n");
    assert_refused(
        HEAD RATING "applies_if = disabled is\n",
        "assay: r.ini:10: applies_if \"disabled is\" does not say FIELD is VALUE; write it like "
        "\"disabled is yes\" or \"plan type is not cin | cp\"\n");
    assert_refused(
        HEAD RATING "applies_if = disabled is yes |\n",
        "assay: r.ini:10: applies_if has an empty value; write a value on both sides of each "
        "|\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_5_bands_are_kept_in_their_order),
        cmocka_unit_test(test_5_there_are_four_operators),
        cmocka_unit_test(test_5_bounds_are_exact_decimals),
        cmocka_unit_test(test_5_only_the_last_band_has_no_condition),
        cmocka_unit_test(test_5_a_band_that_cannot_be_read_is_refused),
        cmocka_unit_test(test_5_a_number_needs_bands),
        cmocka_unit_test(test_5_ratings_and_flags_have_no_bands),
        cmocka_unit_test(test_5_a_flags_levels),
        cmocka_unit_test(test_5_a_flag_on_two_levels_is_noticed),
        cmocka_unit_test(test_5_missing),
        cmocka_unit_test(test_5_applies_if),
        cmocka_unit_test(test_5_applies_if_is_not),
        cmocka_unit_test(test_5_applies_if_that_cannot_be_read_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
