/* test_scale.c - the levels and the ways to write them: grading.md 2. */
#include "rubric_case.h"

#include "base/spelling.h"

static int level_of(const rubric *held, const char *written)
{
    return spelling_find(held->scale.spellings, text_of(written));
}

/* grading.md 2: "The built-in scale, lowest first." */
static void test_2_the_scale_is_ofsteds_unless_named(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD RATING);

    assert_int_equal(made->scale.count, 4);
    assert_string_equal(made->scale.ids[0], "inadequate");
    assert_string_equal(made->scale.ids[1], "requires_improvement");
    assert_string_equal(made->scale.ids[2], "good");
    assert_string_equal(made->scale.ids[3], "outstanding");
    assert_string_equal(made->scale.labels[1], "Requires improvement");
    assert_string_equal(made->scale.labels[3], "Outstanding");
    rubric_free(made);
}

/* grading.md 2: any letter case; spaces, hyphens, underscores alike; label, RI, RI2BG, O, G, I. */
static void test_2_a_level_is_read_in_all_its_spellings(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD RATING);

    assert_int_equal(level_of(made, "Requires Improvement"), 1);
    assert_int_equal(level_of(made, "requires-improvement"), 1);
    assert_int_equal(level_of(made, "REQUIRES_IMPROVEMENT"), 1);
    assert_int_equal(level_of(made, "Requires improvement to be good"), 1);
    assert_int_equal(level_of(made, "ri"), 1);
    assert_int_equal(level_of(made, "RI2BG"), 1);
    assert_int_equal(level_of(made, "o"), 3);
    assert_int_equal(level_of(made, "G"), 2);
    assert_int_equal(level_of(made, "I"), 0);
    assert_int_equal(level_of(made, "outstandin"), SPELLING_NONE);
    rubric_free(made);
}

/* grading.md 2: "Without that key a number in a rating field is invalid." */
static void test_2_a_number_is_no_level_by_itself(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD RATING);

    assert_int_equal(level_of(made, "1"), SPELLING_NONE);
    assert_int_equal(level_of(made, "4"), SPELLING_NONE);
    rubric_free(made);
}

/* grading.md 2: Ofsted's own way: 1 = outstanding to 4 = inadequate. */
static void test_2_numbers_best_is_1(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD "[scale]\nnumbers = best_is_1\n" RATING);

    assert_int_equal(level_of(made, "1"), 3);
    assert_int_equal(level_of(made, "2"), 2);
    assert_int_equal(level_of(made, "4"), 0);
    assert_int_equal(level_of(made, "5"), SPELLING_NONE);
    rubric_free(made);
}

static void test_2_numbers_worst_is_1(void **state)
{
    (void)state;
    rubric *made =
        assert_taken(HEAD "[scale]\nlevels = no, part, full\nnumbers = worst_is_1\n" RATING);

    assert_int_equal(level_of(made, "1"), 0);
    assert_int_equal(level_of(made, "3"), 2);
    assert_int_equal(level_of(made, "4"), SPELLING_NONE);
    rubric_free(made);
}

static void test_2_numbers_are_counted_in_one_of_two_ways(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[scale]\nnumbers = best_is_one\n" RATING,
        "assay: r.ini:8: numbers \"best_is_one\" is neither best_is_1 nor worst_is_1; did you "
        "mean \"best_is_1\"?\n");
    assert_refused(
        HEAD "[scale]\nnumbers = yes\n" RATING,
        "assay: r.ini:8: numbers \"yes\" is neither best_is_1 nor worst_is_1; write one of "
        "them\n");
}

/* grading.md 2: "A rubric may name its own instead." */
static void test_2_own_levels(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD "[scale]\nlevels = not_met, partly_met, met\n" RATING);

    assert_int_equal(made->scale.count, 3);
    assert_string_equal(made->scale.ids[0], "not_met");
    assert_string_equal(made->scale.labels[0], "Not met");
    assert_int_equal(level_of(made, "Partly met"), 1);
    assert_int_equal(level_of(made, "RI"), SPELLING_NONE);
    assert_int_equal(level_of(made, "G"), SPELLING_NONE);
    rubric_free(made);
}

static void test_2_ofsteds_four_by_name_have_ofsteds_spellings(void **state)
{
    (void)state;
    rubric *made = assert_taken(
        HEAD "[scale]\nlevels = inadequate, requires_improvement, good, outstanding\n" RATING);

    assert_int_equal(level_of(made, "RI2BG"), 1);
    rubric_free(made);
    made = assert_taken(
        HEAD "[scale]\nlevels = requires_improvement, inadequate, good, outstanding\n" RATING);
    assert_int_equal(level_of(made, "RI2BG"), SPELLING_NONE);
    rubric_free(made);
}

static void test_2_there_are_2_to_9_levels(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD "[scale]\nlevels = a, b, c, d, e, f, g, h, i\n" RATING);
    assert_int_equal(made->scale.count, 9);
    rubric_free(made);

    assert_refused(HEAD "[scale]\nlevels = met\n" RATING,
                   "assay: r.ini:8: levels names 1 level; name 2 to 9, the lowest first\n");
    assert_refused(HEAD "[scale]\nlevels = a, b, c, d, e, f, g, h, i, j\n" RATING,
                   "assay: r.ini:8: levels names 10 levels; name 2 to 9, the lowest first\n");
}

/* With the levels at fault no other key that names one is told to be wrong. */
static void test_2_a_levels_name_is_an_id_of_its_own(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[scale]\nlevels = Not met, met, met\n[judgement]\nmet = 2\n" RATING
             "missing = never\n",
        "assay: r.ini:8: \"Not met\" cannot be a level's name; use small letters, digits and "
        "underscores, a letter first, at most 40 characters\n"
        "assay: r.ini:8: the level \"met\" is named twice; remove one\n");
    assert_refused(
        HEAD "[scale]\nlevels = ignore, overall\n" RATING,
        "assay: r.ini:8: \"ignore\" cannot be a level's name: it means something else in a "
        "rubric; choose another\n"
        "assay: r.ini:8: \"overall\" cannot be a level's name: it means something else in a "
        "rubric; choose another\n");
}

/* grading.md 2, [scale.labels]: shown to people and read from records. */
static void test_2_labels_are_shown_and_read(void **state)
{
    (void)state;
    rubric *made = assert_taken(HEAD "[scale.labels]\ninadequate = Not good enough\n" RATING);

    assert_string_equal(made->scale.labels[0], "Not good enough");
    assert_string_equal(made->scale.labels[2], "Good");
    assert_int_equal(level_of(made, "not good enough"), 0);
    rubric_free(made);
    assert_refused(HEAD "[scale.labels]\ngod = Fine\ngood =\n" RATING,
                   "assay: r.ini:8: \"god\" is not a level; did you mean \"good\"?\n"
                   "assay: r.ini:9: the label of \"good\" is empty; write it behind the =\n");
}

/* grading.md 2, [scale.aliases]: LEVEL = spelling | spelling. */
static void test_2_aliases_are_read(void **state)
{
    (void)state;
    rubric *made = assert_taken(
        HEAD "[scale.aliases]\ngood = Strong | well done | Good\ninadequate = 0\n" RATING);

    assert_int_equal(level_of(made, "STRONG"), 2);
    assert_int_equal(level_of(made, "Well-done"), 2);
    assert_int_equal(level_of(made, "0"), 0);
    assert_string_equal(made->scale.labels[2], "Good");
    rubric_free(made);
}

static void test_2_an_alias_of_two_levels_is_refused(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[scale.aliases]\ngood = fine\noutstanding = Fine | g\n" RATING,
        "assay: r.ini:9: \"Fine\" stands for \"good\" and for \"outstanding\"; keep it for one "
        "of them\n"
        "assay: r.ini:9: \"g\" stands for \"good\" and for \"outstanding\"; keep it for one of "
        "them\n");
    assert_refused(
        HEAD "[scale]\nnumbers = best_is_1\n[scale.aliases]\ngood = 1\n" RATING,
        "assay: r.ini:10: \"1\" stands for \"outstanding\" and for \"good\"; keep it for one of "
        "them\n");
}

/* grading.md 3: those words are read before any level. */
static void test_2_an_alias_that_means_missing_is_refused(void **state)
{
    (void)state;
    assert_refused(HEAD "[scale.aliases]\ninadequate = Not recorded | n/a | -\n" RATING,
                   "assay: r.ini:8: \"Not recorded\" cannot stand for the level \"inadequate\": a "
                   "record that says "
                   "so is read as missing; use another word\n"
                   "assay: r.ini:8: \"n/a\" cannot stand for the level \"inadequate\": a record "
                   "that says so is read "
                   "as not applicable; use another word\n"
                   "assay: r.ini:8: \"-\" cannot stand for the level \"inadequate\": a record that "
                   "says so is read "
                   "as missing; use another word\n");
    assert_refused(
        HEAD "[scale]\nlevels = not_evidenced, met\n" RATING,
        "assay: r.ini:8: \"not_evidenced\" cannot stand for the level \"not_evidenced\": a "
        "record that says so is read as missing; use another word\n");
}

static void test_2_an_empty_alias_is_refused(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[scale.aliases]\ngood = fine || well\n" RATING,
        "assay: r.ini:8: a spelling of \"good\" is empty; write a word on both sides of each "
        "|\n");
}

static void test_7_the_scale_has_two_keys(void **state)
{
    (void)state;
    assert_refused(HEAD "[scale]\nlevel = a, b\n" RATING,
                   "assay: r.ini:8: \"level\" is not a key of [scale]; did you mean \"levels\"?\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_2_the_scale_is_ofsteds_unless_named),
        cmocka_unit_test(test_2_a_level_is_read_in_all_its_spellings),
        cmocka_unit_test(test_2_a_number_is_no_level_by_itself),
        cmocka_unit_test(test_2_numbers_best_is_1),
        cmocka_unit_test(test_2_numbers_worst_is_1),
        cmocka_unit_test(test_2_numbers_are_counted_in_one_of_two_ways),
        cmocka_unit_test(test_2_own_levels),
        cmocka_unit_test(test_2_ofsteds_four_by_name_have_ofsteds_spellings),
        cmocka_unit_test(test_2_there_are_2_to_9_levels),
        cmocka_unit_test(test_2_a_levels_name_is_an_id_of_its_own),
        cmocka_unit_test(test_2_labels_are_shown_and_read),
        cmocka_unit_test(test_2_aliases_are_read),
        cmocka_unit_test(test_2_an_alias_of_two_levels_is_refused),
        cmocka_unit_test(test_2_an_alias_that_means_missing_is_refused),
        cmocka_unit_test(test_2_an_empty_alias_is_refused),
        cmocka_unit_test(test_7_the_scale_has_two_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
