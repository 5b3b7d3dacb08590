/* What is found of small rubrics, each worked out by hand. */
#include "rubric_case.h"

#include <stdlib.h>

#include "proof/proof.h"

static void prove(const char *written, proof *out, rubric **held)
{
    error_list errors = {0};

    *held = case_read(written, &errors);
    assert_non_null(*held);
    error_clear(&errors);
    assert_true(proof_make(out, *held, NULL, NULL, 60000, &errors));
    assert_int_equal(errors.count, 0);
}

static const finding *of_kind(const proof *proved, finding_kind kind, size_t which)
{
    for (size_t i = 0; i < proved->finding_count; i++)
        if (proved->findings[i].kind == kind && which-- == 0)
            return &proved->findings[i];
    return NULL;
}

/* The findings of one kind: so many, and the first of that gravity on that line. */
static void assert_found(const char *written, finding_kind kind, size_t count,
                         finding_gravity gravity, uint64_t line)
{
    proof   proved;
    rubric *held;

    prove(written, &proved, &held);
    if (count > 0) {
        assert_non_null(of_kind(&proved, kind, count - 1));
        assert_int_equal(of_kind(&proved, kind, 0)->gravity, gravity);
        assert_int_equal(of_kind(&proved, kind, 0)->line, line);
    }
    assert_null(of_kind(&proved, kind, count));
    proof_free(&proved);
    rubric_free(held);
}

#define AB "[criterion.a]\nmeasure = rating\n[criterion.b]\nmeasure = rating\n"

static void test_a_plain_rubric_reaches_every_level_and_is_monotone(void **state)
{
    proof   proved;
    rubric *held;
    (void)state;

    prove(HEAD AB, &proved, &held);
    assert_int_equal(proved.reachable, 0xF);
    assert_true(proved.monotone && proved.monotone_decided);
    /* the default min_coverage is 60: with one of two missing it is 50 */
    assert_int_equal(proved.most_missing, 0);
    /* outstanding and inadequate: 2.5, good; two inadequate: 1. With n/a for the other, one step is
     * one level; of both, a step is half a point, and thresholds lie a point apart */
    assert_int_equal(proved.most_moved, 1);
    for (size_t i = 0; i < proved.finding_count; i++)
        assert_int_equal(proved.findings[i].gravity, FINDING_NOTE);
    proof_free(&proved);
    rubric_free(held);
}

static void test_yes_and_no_alone_leave_levels_unreached(void **state)
{
    (void)state;
    /* yes is good, no is inadequate: 3 or 1, so neither outstanding nor requires improvement */
    assert_found(HEAD "[criterion.a]\nmeasure = yes_no\n", KIND_UNREACHABLE_LEVEL, 2, FINDING_FAULT,
                 0);
    /* two of them, one each: 2.0 is requires improvement */
    assert_found(HEAD "[criterion.a]\nmeasure = yes_no\n[criterion.b]\nmeasure = yes_no\n",
                 KIND_UNREACHABLE_LEVEL, 1, FINDING_FAULT, 0);
}

static void test_a_level_that_only_a_limit_gives_is_reached(void **state)
{
    (void)state;
    /* by score 3 or 1, and the limit holds good to requires improvement: good and outstanding are not
     * reached. Good has no threshold of its own: line 10 is that of [judgement] */
    assert_found(HEAD "[criterion.a]\nmeasure = yes_no\nlimit = good -> requires_improvement\n"
                      "[judgement]\noutstanding = 4\n",
                 KIND_UNREACHABLE_LEVEL, 2, FINDING_FAULT, 10);
}

static void test_bands_with_a_gap_name_a_number_in_it(void **state)
{
    proof   proved;
    rubric *held;
    (void)state;

    prove(HEAD "[criterion.a]\nmeasure = number\nbands = good < 5, inadequate > 5\n", &proved,
          &held);
    const finding *gap = of_kind(&proved, KIND_BAND_GAP, 0);
    assert_non_null(gap);
    assert_int_equal(gap->line, 9);
    assert_non_null(strstr(gap->text, "no band takes 5,"));
    proof_free(&proved);
    rubric_free(held);

    /* days are whole: nothing lies between 5 and 6; for a number 5.5 does */
    assert_found(HEAD "[criterion.a]\nmeasure = days\nfrom = x\nto = y\n"
                      "bands = good <= 5, inadequate >= 6\n",
                 KIND_BAND_GAP, 0, FINDING_FAULT, 0);
    assert_found(HEAD "[criterion.a]\nmeasure = number\nbands = good <= 5, inadequate >= 6\n",
                 KIND_BAND_GAP, 1, FINDING_FAULT, 9);
}

static void test_a_band_that_earlier_ones_take_all_of_is_dead(void **state)
{
    (void)state;
    assert_found(HEAD "[criterion.a]\nmeasure = number\n"
                      "bands = outstanding <= 45, good <= 30, inadequate\n",
                 KIND_DEAD_BAND, 1, FINDING_FAULT, 9);
    /* a number has no sign, so nothing is under 0 */
    assert_found(HEAD "[criterion.a]\nmeasure = number\nbands = outstanding < 0, good\n",
                 KIND_DEAD_BAND, 1, FINDING_FAULT, 9);
}

static void test_bands_that_turn_round_are_named(void **state)
{
    proof   proved;
    rubric *held;
    (void)state;

    /* 0 to 10 good, 11 to 20 outstanding, then inadequate */
    prove(HEAD "[criterion.a]\nmeasure = number\n"
               "bands = good <= 10, outstanding <= 20, inadequate\n",
          &proved, &held);
    const finding *turns = of_kind(&proved, KIND_BAND_ORDER, 0);
    assert_non_null(turns);
    assert_non_null(strstr(turns->text, "is good, 20 is outstanding, 21 is inadequate"));
    proof_free(&proved);
    rubric_free(held);

    assert_found(HEAD "[criterion.a]\nmeasure = number\n"
                      "bands = inadequate <= 10, good <= 20, outstanding\n",
                 KIND_BAND_ORDER, 0, FINDING_FAULT, 0);
    assert_found(HEAD "[judgement]\nmonotone = no\n[criterion.a]\nmeasure = number\n"
                      "bands = good <= 10, outstanding <= 20, inadequate\n",
                 KIND_BAND_ORDER, 1, FINDING_NOTE, 11);
}

#define MOST_GOOD(more) HEAD "[judgement]\n" more "[judgement.outstanding]\nmax_good = 0\n" AB

static void test_a_requirement_that_a_better_rating_breaks_is_shown(void **state)
{
    proof   proved;
    rubric *held;
    (void)state;

    /* outstanding and requires improvement: 3.0, never outstanding; so it takes a lower threshold */
    prove(MOST_GOOD("outstanding = 3\n"), &proved, &held);
    const finding *found = of_kind(&proved, KIND_NOT_MONOTONE, 0);
    assert_non_null(found);
    assert_int_equal(found->gravity, FINDING_FAULT);
    assert_int_equal(found->line, 10); /* max_good */
    assert_int_equal(found->example_count, 2);
    const proof_example *shown = &proved.examples[found->example_first];
    assert_int_equal(shown[0].judged.judgement, 3);
    assert_int_equal(shown[1].judged.judgement, 2);
    proof_free(&proved);
    rubric_free(held);

    assert_found(MOST_GOOD("outstanding = 3\nmonotone = no\n"), KIND_NOT_MONOTONE, 0, FINDING_FAULT,
                 0);
    assert_found(HEAD "[judgement]\nmonotone = no\n" AB, KIND_NEEDLESS_MONOTONE, 1, FINDING_NOTE,
                 7);
}

static void test_weights_that_are_all_0_grade_nothing(void **state)
{
    (void)state;
    assert_found(HEAD "[criterion.a]\nmeasure = rating\nweight = 0\n", KIND_NO_WEIGHT, 1,
                 FINDING_FAULT, 7);
}

static void test_a_weight_too_small_to_matter_is_named(void **state)
{
    proof   proved;
    rubric *held;
    (void)state;

    /* The sum of weight x (points - 2.3) of a alone is 1000 x (-1.3, -0.3, 0.7 or 1.7), and b adds at
     * most 1.7 and takes at most 1.3: it turns no sign. Likewise at 1.3 and 3.3. */
    prove(HEAD "[judgement]\noutstanding = 3.3\ngood = 2.3\nrequires_improvement = 1.3\n"
               "[criterion.a]\nmeasure = rating\nweight = 1000\n"
               "[criterion.b]\nmeasure = rating\nweight = 1\n",
          &proved, &held);
    assert_non_null(of_kind(&proved, KIND_DEAD_WEIGHT, 0));
    assert_non_null(strstr(of_kind(&proved, KIND_DEAD_WEIGHT, 0)->text, "b: its weight, 1,"));
    assert_null(of_kind(&proved, KIND_DEAD_WEIGHT, 1));
    proof_free(&proved);
    rubric_free(held);

    /* at 3.5 it does: 1000 x 3 + 1 x 4, and 1000 x 4 + 1 x 1 are far; but two of 1000 make 3.5 */
    assert_found(HEAD "[criterion.a]\nmeasure = rating\nweight = 1000\n"
                      "[criterion.b]\nmeasure = rating\nweight = 1000\n"
                      "[criterion.c]\nmeasure = rating\nweight = 1\n",
                 KIND_DEAD_WEIGHT, 0, FINDING_NOTE, 0);
}

static void test_a_requirement_and_a_limit_that_change_nothing_are_named(void **state)
{
    (void)state;
    /* three or more inadequate of two criteria there never are */
    assert_found(HEAD "[judgement.good]\nmax_inadequate = 2\n" AB, KIND_DEAD_REQUIREMENT, 1,
                 FINDING_NOTE, 8);
    /* inadequate alone is 1.0; with the other outstanding 2.5, good: the limit holds that down */
    assert_found(HEAD AB "limit = inadequate -> requires_improvement\n", KIND_DEAD_LIMIT, 0,
                 FINDING_NOTE, 0);
    /* critical does all that the other would */
    assert_found(HEAD AB "limit = inadequate -> requires_improvement\ncritical = yes\n",
                 KIND_DEAD_LIMIT, 1, FINDING_NOTE, 11);
}

static void test_a_limit_that_a_blank_disarms_is_shown(void **state)
{
    proof   proved;
    rubric *held;
    (void)state;

    prove(HEAD AB "[criterion.c]\nmeasure = rating\ncritical = yes\n", &proved, &held);
    /* two of three are 66%: graded, and both outstanding */
    const finding *found = of_kind(&proved, KIND_BLANK_DISARMS, 0);
    assert_non_null(found);
    assert_int_equal(found->line, 11);
    assert_int_equal(found->example_count, 1);
    assert_int_equal(proved.examples[found->example_first].ratings[2], RATING_MISSING);
    assert_int_equal(proved.examples[found->example_first].judged.judgement, 3);
    assert_int_equal(proved.most_missing, 1);
    /* c requires improvement, the others outstanding: 10 / 3, good; c one step lower: inadequate */
    assert_int_equal(proved.most_moved, 2);
    proof_free(&proved);
    rubric_free(held);

    assert_found(HEAD AB "[criterion.c]\nmeasure = rating\ncritical = yes\nmissing = inadequate\n",
                 KIND_BLANK_DISARMS, 0, FINDING_NOTE, 0);
    assert_found(HEAD AB "[criterion.c]\nmeasure = rating\ncritical = yes\nmissing = inadequate\n"
                         "applies_if = kind is x\n",
                 KIND_NOT_ASKED, 1, FINDING_NOTE, 11);
}

static void test_criteria_that_never_apply_together_are_never_counted_together(void **state)
{
    (void)state;
    /* two inadequate take both, and only one is ever asked */
    assert_found(HEAD "[judgement.good]\nmax_requires_improvement = 1\n[judgement]\ngood = 2\n"
                      "[criterion.a]\nmeasure = rating\napplies_if = kind is x\n"
                      "[criterion.b]\nmeasure = rating\napplies_if = kind is not x\n",
                 KIND_DEAD_REQUIREMENT, 1, FINDING_NOTE, 8);
    assert_found(HEAD "[judgement.good]\nmax_requires_improvement = 1\n[judgement]\ngood = 2\n"
                      "[criterion.a]\nmeasure = rating\napplies_if = kind is x\n"
                      "[criterion.b]\nmeasure = rating\napplies_if = other is not x\n",
                 KIND_DEAD_REQUIREMENT, 0, FINDING_NOTE, 0);
}

static void test_more_than_can_be_searched_is_said(void **state)
{
    buffer  out = {0};
    proof   proved;
    rubric *held;
    (void)state;

    /* four counts of up to 20 each are 22^4 ways to stand */
    buffer_string(&out,
                  HEAD "[judgement.outstanding]\nmax_inadequate = 20\n"
                       "max_requires_improvement = 20\nmax_good = 20\nmax_outstanding = 20\n");
    for (size_t c = 0; c < 21; c++)
        buffer_format(&out, "[criterion.c%zu]\nmeasure = rating\n", c);
    assert_true(buffer_end(&out));
    prove(out.bytes, &proved, &held);
    assert_non_null(of_kind(&proved, KIND_UNDECIDED, 0));
    assert_int_equal(of_kind(&proved, KIND_UNDECIDED, 0)->gravity, FINDING_UNDECIDED);
    proof_free(&proved);
    rubric_free(held);
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_plain_rubric_reaches_every_level_and_is_monotone),
        cmocka_unit_test(test_yes_and_no_alone_leave_levels_unreached),
        cmocka_unit_test(test_a_level_that_only_a_limit_gives_is_reached),
        cmocka_unit_test(test_bands_with_a_gap_name_a_number_in_it),
        cmocka_unit_test(test_a_band_that_earlier_ones_take_all_of_is_dead),
        cmocka_unit_test(test_bands_that_turn_round_are_named),
        cmocka_unit_test(test_a_requirement_that_a_better_rating_breaks_is_shown),
        cmocka_unit_test(test_weights_that_are_all_0_grade_nothing),
        cmocka_unit_test(test_a_weight_too_small_to_matter_is_named),
        cmocka_unit_test(test_a_requirement_and_a_limit_that_change_nothing_are_named),
        cmocka_unit_test(test_a_limit_that_a_blank_disarms_is_shown),
        cmocka_unit_test(test_criteria_that_never_apply_together_are_never_counted_together),
        cmocka_unit_test(test_more_than_can_be_searched_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
