/* test_sample_plan.c - how many audits show what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "moderation/sample_plan_reckon.h"

static void assert_near(double found, double wanted, double by)
{
    if (fabs(found - wanted) > by)
        print_message("found %.9f, wanted %.9f\n", found, wanted);
    assert_true(fabs(found - wanted) <= by);
}

/* 14 of 20, 70%: 0.481 to 0.8545 (test_share.c, by hand), half of which is 0.1868. */
static void test_half_width_is_that_of_the_score_interval(void **state)
{
    (void)state;
    assert_near(plan_half_width(0.7, 20, 0), 0.18675, 0.00001);
}

/* 12 of 120 at 50%: they count for 12 x 119 / 108 = 13.2222; z2 = 3.841459; z / (1 + z2 / 13.2222) x
 * sqrt(0.25 / 13.2222 + 3.841459 / (4 x 174.827)) = 1.518728 x sqrt(0.018908 + 0.005493) = 0.23724. */
static void test_a_small_pile_is_known_better(void **state)
{
    (void)state;
    assert_near(plan_half_width(0.5, 12, 120), 0.23724, 0.00001);
    assert_true(plan_half_width(0.5, 12, 120) < plan_half_width(0.5, 12, 0));
}

static void test_half_width_at_the_ends(void **state)
{
    (void)state;
    assert_near(plan_half_width(0.5, 0, 10), 0.5, 0);
    assert_near(plan_half_width(0.5, 0, 0), 0.5, 0);
    assert_near(plan_half_width(0.7, 10, 10), 0, 0);
    assert_near(plan_half_width(0.7, 11, 10), 0, 0);
    assert_near(plan_half_width(0.5, 1, 1), 0, 0);
    assert_near(plan_half_width(0.5, 0.5, 1), 0.5, 0);
    assert_true(plan_half_width(1, 5, 100) > 0);
}

/* At 50% the score interval is z / (2 sqrt(n + z2)) wide either way: within 0.1 from n + z2 =
 * (z / 0.2)^2 = 96.036 on, so n = 92.2, 93. At +-5 points 4 x 96.036 - 3.84 = 380.3, 381. */
static void test_how_many_for_a_share(void **state)
{
    (void)state;
    assert_int_equal(plan_sample_for_share(0.5, 0.10, 0), 93);
    assert_int_equal(plan_sample_for_share(0.5, 0.05, 0), 381);
    /* Of 120, n that count for 92.195: n x 119 / (120 - n) = 92.195, n = 52.4. Of 20, n x 19 /
     * (20 - n) = 92.195, n = 16.6. */
    assert_int_equal(plan_sample_for_share(0.5, 0.10, 120), 53);
    assert_int_equal(plan_sample_for_share(0.5, 0.10, 20), 17);
    assert_int_equal(plan_sample_for_share(0.5, 0.10, 1), 1);
    assert_int_equal(plan_sample_for_share(0.5, 0.50, 1000), 0);
}

/* 5 audits, half of them lowered, none raised: the test refuses where all 5 differ (1/32 = 0.031;
 * 4 of 4 are 0.0625), so with 0.5^5 = 0.03125. */
static void test_power_of_five_audits(void **state)
{
    (void)state;
    assert_near(plan_power((plan_pattern){0.5, 0}, 5), 0.03125, 1e-12);
    assert_near(plan_power((plan_pattern){0.5, 0}, 4), 0, 0);
    assert_near(plan_power((plan_pattern){1, 0}, 5), 1, 1e-12);
    assert_near(plan_power((plan_pattern){0, 0}, 50), 0, 0);
}

/* 6 audits, 3/4 lowered, 1/8 raised. Of 5 that differ 5 must be lowered, of 6 all 6 (5 or more of 6 are
 * 7/64 = 0.109): C(6,5) 0.875^5 0.125 x (6/7)^5 + 0.75^6 = 6 x 0.75^5 x 0.125 + 0.75^6
 * = 0.177979 + 0.177979 = 0.355957. */
static void test_power_sums_over_those_that_differ(void **state)
{
    (void)state;
    assert_near(plan_power((plan_pattern){0.75, 0.125}, 6), 0.35595703125, 1e-12);
}

/* Where nobody is generous, the test is wrong at most one time in twenty. */
static void test_it_is_seldom_wrong_where_there_is_nothing(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 100; n++)
        assert_true(plan_power((plan_pattern){0.2, 0.2}, n) <= 0.05);
}

static void test_a_bias_is_what_is_lowered_less_what_is_raised(void **state)
{
    (void)state;
    const plan_pattern half = plan_biased(0.5, 0.05);
    assert_near(half.lowered, 0.55, 1e-12);
    assert_near(half.raised, 0.05, 1e-12);
    /* 0.95 more lowered than raised leaves 0.025 to be raised at the most. */
    const plan_pattern most = plan_biased(0.95, 0.05);
    assert_near(most.lowered, 0.975, 1e-12);
    assert_near(most.raised, 0.025, 1e-12);
    const plan_pattern all = plan_biased(1, 0.3);
    assert_near(all.lowered, 1, 0);
    assert_near(all.raised, 0, 0);
}

/* By summing binomial terms apart from this program (Python's fractions): 15 audits have a power of
 * 0.7941, 16 one of 0.8265, and it stays above. Without any that are raised 12, with 10% raised 18;
 * for a quarter of a grade 37. */
static void test_how_many_for_half_a_grade(void **state)
{
    (void)state;
    assert_near(plan_power(plan_biased(0.5, 0.05), 15), 0.794102799, 1e-8);
    assert_near(plan_power(plan_biased(0.5, 0.05), 16), 0.826540560, 1e-8);
    assert_int_equal(plan_sample_for_bias(0.5, 0.05), 16);
    assert_int_equal(plan_sample_for_bias(0.5, 0), 12);
    assert_int_equal(plan_sample_for_bias(0.5, 0.1), 18);
    assert_int_equal(plan_sample_for_bias(0.25, 0.05), 37);
    assert_int_equal(plan_sample_for_bias(0, 0.05), 0);
}

/* Likewise. Four audits cannot show anything: four of four are 1/16. */
static void test_what_a_number_notices(void **state)
{
    (void)state;
    assert_int_equal(plan_noticeable(0.05, 0), 0);
    assert_int_equal(plan_noticeable(0.05, 4), 0);
    assert_int_equal(plan_noticeable(0.05, 5), 92);
    assert_int_equal(plan_noticeable(0.05, 10), 69);
    assert_int_equal(plan_noticeable(0.05, 20), 41);
    assert_int_equal(plan_noticeable(0.05, 50), 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_half_width_is_that_of_the_score_interval),
        cmocka_unit_test(test_a_small_pile_is_known_better),
        cmocka_unit_test(test_half_width_at_the_ends),
        cmocka_unit_test(test_how_many_for_a_share),
        cmocka_unit_test(test_power_of_five_audits),
        cmocka_unit_test(test_power_sums_over_those_that_differ),
        cmocka_unit_test(test_it_is_seldom_wrong_where_there_is_nothing),
        cmocka_unit_test(test_a_bias_is_what_is_lowered_less_what_is_raised),
        cmocka_unit_test(test_how_many_for_half_a_grade),
        cmocka_unit_test(test_what_a_number_notices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
