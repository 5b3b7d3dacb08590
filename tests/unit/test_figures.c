/* test_figures.c - which figures of agreement so many audits carry. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "moderation/figures.h"

/* 7 audits, 5 the same; 12 audits, 9 the same. */
static uint64_t         seven[] = {2, 1, 1, 3}, twelve[] = {4, 1, 2, 5};
static statistics_table few = {.categories = 2, .cells = seven};
static statistics_table more = {.categories = 2, .cells = twelve};

static void test_intervals_begin_where_the_policy_says(void **state)
{
    agreement_figures figures;

    (void)state;
    assert_true(figures_make(&few, 1, false, 10, &figures));
    assert_int_equal(figures.count, 7);
    assert_int_equal(figures.compared.same, 5);
    assert_false(figures.sure);
    assert_int_not_equal(figures.gwet_spread.reason, STATISTICS_FINE);
    assert_true(figures_make(&few, 1, false, 7, &figures));
    assert_true(figures.sure);
    assert_int_equal(figures.gwet_spread.reason, STATISTICS_FINE);
    assert_true(figures_make(&more, 1, false, 10, &figures));
    assert_true(figures.sure);
    assert_int_equal(figures.gwet_spread.reason, STATISTICS_FINE);
    assert_true(figures_make(&more, 1, false, 13, &figures));
    assert_false(figures.sure);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_intervals_begin_where_the_policy_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
