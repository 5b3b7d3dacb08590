/* test_share.c - intervals of shares: published values, and the ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "writing/share.h"

static void assert_interval(uint64_t count, uint64_t of, unsigned low, unsigned high)
{
    interval found = share_interval(count, of);
    assert_int_equal(share_percent(found.low), low);
    assert_int_equal(share_percent(found.high), high);
}

/* The council figures that QA officers are shown: 14 of 20 is 48 to 86%, 5 of 20 is 11 to 47%,
 * 70 of 100 is 60 to 78%. 14 of 20 by hand: z2 = 3.8415; middle (0.7 + 0.0960) / 1.1921 = 0.6678;
 * half sqrt(0.21 / 20 + 3.8415 / 1600) * 1.96 / 1.1921 = 0.1868; 0.481 to 0.8545. */
static void test_shares_of_a_few_records(void **state)
{
    (void)state;
    interval found = share_interval(14, 20);
    assert_float_equal(found.low, 0.4810, 0.00006);
    assert_float_equal(found.high, 0.8545, 0.00006);
    assert_interval(5, 20, 11, 47);
    assert_interval(70, 100, 60, 78);
}

/* Newcombe 1998, table I, method 3: 81 of 263 is 0.2553 to 0.3662, 15 of 148 is 0.0624 to 0.1605,
 * 0 of 20 is 0.0000 to 0.1611, 1 of 29 is 0.0061 to 0.1718. */
static void test_newcombe_1998_table(void **state)
{
    (void)state;
    static const struct {
        uint64_t count, of;
        double   low, high;
    } published[] = {{81, 263, 0.2553, 0.3662},
                     {15, 148, 0.0624, 0.1605},
                     {0, 20, 0.0000, 0.1611},
                     {1, 29, 0.0061, 0.1718}};
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        interval found = share_interval(published[i].count, published[i].of);
        assert_float_equal(found.low, published[i].low, 0.00006);
        assert_float_equal(found.high, published[i].high, 0.00006);
    }
}

static void test_ends_are_exactly_0_and_1(void **state)
{
    (void)state;
    for (uint64_t of = 1; of < 2000; of++) {
        assert_true(share_interval(0, of).low == 0.0);
        assert_true(share_interval(of, of).high == 1.0);
    }
}

static void test_no_records_say_nothing(void **state)
{
    (void)state;
    interval found = share_interval(0, 0);
    assert_true(found.low == 0.0);
    assert_true(found.high == 1.0);
}

static void test_percent_rounds_half_up(void **state)
{
    (void)state;
    assert_int_equal(share_percent(0.125), 13); /* 12.5 */
    assert_int_equal(share_percent(0.0), 0);
    assert_int_equal(share_percent(1.0), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares_of_a_few_records),
        cmocka_unit_test(test_newcombe_1998_table),
        cmocka_unit_test(test_ends_are_exactly_0_and_1),
        cmocka_unit_test(test_no_records_say_nothing),
        cmocka_unit_test(test_percent_rounds_half_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
