/* test_target.c - a target as a director writes it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "forecast/forecast.h"

static const char *const ofsted[] = {"Inadequate", "Requires improvement", "Good", "Outstanding"};

static bool read(const char *written, forecast_target *target, error_list *errors)
{
    return forecast_target_read(text_of(written), ofsted, 4, target, errors);
}

static void assert_read(const char *written, size_t level, double share)
{
    forecast_target target;
    error_list      errors = {0};
    assert_true(read(written, &target, &errors));
    assert_int_equal(target.level, level);
    assert_true(target.share == share);
    assert_int_equal(errors.count, 0);
}

static void assert_refused(const char *written, const char *says)
{
    forecast_target target;
    error_list      errors = {0};
    assert_false(read(written, &target, &errors));
    assert_int_equal(errors.count, 1);
    if (strstr(errors.items[0].text, says) == NULL)
        fail_msg("\"%s\" is refused with: %s", written, errors.items[0].text);
    error_clear(&errors);
}

static void test_is_read_in_any_case_and_spacing(void **state)
{
    (void)state;
    assert_read("good or better >= 70%", 2, 0.7);
    assert_read("GOOD OR BETTER>=70%", 2, 0.7);
    assert_read("  Good  or better at least 70 % ", 2, 0.7);
    assert_read("requires_improvement or better \xE2\x89\xA5 95.25%", 1, 0.9525);
    assert_read("good or better >= 0.0001%", 2, 0.000001);
    assert_read("good or better >= 070%", 2, 0.7);
}

static void test_highest_level_needs_no_or_better(void **state)
{
    (void)state;
    assert_read("outstanding >= 10%", 3, 0.1);
    assert_read("outstanding or better >= 10%", 3, 0.1);
    assert_refused("good >= 70%", "without \"or better\"");
}

static void test_what_is_wrong_is_said(void **state)
{
    (void)state;
    assert_refused("", "\">=\"");
    assert_refused("good or better", "\">=\"");
    assert_refused("good or better > 70%", "\">=\"");
    assert_refused("goood or better >= 70%", "did you mean \"Good\"?");
    assert_refused("splendid or better >= 70%", "does not name a level");
    assert_refused("or better >= 70%", "does not name a level");
    assert_refused("inadequate or better >= 70%", "lowest level");
    assert_refused("good or better >= 70", "percentage");
    assert_refused("good or better >= 0.7", "percentage");
    assert_refused("good or better >= 70%%", "percentage");
    assert_refused("good or better >= 1000%", "percentage");
    assert_refused("good or better >= 70.12345%", "percentage");
    assert_refused("good or better >= 70.%", "percentage");
    assert_refused("good or better >= -5%", "percentage");
    assert_refused("good or better >= %", "percentage");
    assert_refused("good or better >= 0%", "over 0%");
    assert_refused("good or better >= 100%", "under 100%");
    assert_refused("good\xFF or better >= 70%", "UTF-8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_read_in_any_case_and_spacing),
        cmocka_unit_test(test_highest_level_needs_no_or_better),
        cmocka_unit_test(test_what_is_wrong_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
