/* test_plugin_run.c - a batch goes out, a column comes back, and what comes back is checked. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "loader/loader.h"

#define PLUGINS_BAD_DIR ASSAY_BINARY_DIR "/tests/plugins-bad"

enum { DAYS_OPEN = 0, DELAY_EXPLAINED = 1, RECORDS = 6, MANY = 2502, INPUTS_MAX = 3 };

/* Six records: closed after 0, 10 and 4000 days, not closed, closed before it was opened, and
 * closed after 4001 days. */
static const int32_t opened_days[RECORDS] = {100, 100, 100, 100, 100, 100};
static const int32_t closed_days[RECORDS] = {100, 110, 4100, 0, 90, 4101};
static const uint8_t closed_status[RECORDS] = {0, 0, 0, ASSAY_MISSING, 0, 0};
static const uint8_t all_there[RECORDS] = {0};
static const uint8_t plan_types[RECORDS] = {0};

/* A plugin of tests/plugins-bad that is open, and what its last run gave. */
typedef struct {
    plugin_set *plugins;
    plugin     *opened;
    bool        ran;
    uint8_t     status[RECORDS];
    double      numbers[RECORDS];
    uint8_t     flags[RECORDS];
} trial;

static void open_trial(trial *out, const char *id)
{
    char        folder[512];
    char        path[1024];
    const char *folders[] = {folder};
    error_list  errors = {0};
    memset(out, 0, sizeof *out);
    snprintf(folder, sizeof folder, "%s/%s", PLUGINS_BAD_DIR, id);
    assert_int_equal(chmod(folder, 0755), 0); /* whatever the umask of the build was */
    snprintf(path, sizeof path, "%s/%s.so", folder, id);
    assert_int_equal(chmod(path, 0755), 0);
    snprintf(path, sizeof path, "%s/%s.ini", folder, id);
    assert_int_equal(chmod(path, 0644), 0);

    out->plugins = loader_search(folders, 1, &errors);
    out->opened = loader_open(out->plugins, loader_find(out->plugins, text_of(id)), &errors);
    assert_int_equal(errors.count, 0);
    assert_non_null(out->opened);
}

/* One measure on one batch, in this process. */
static bool run(plugin *opened, size_t measure, const struct assay_batch *batch,
                const struct assay_results *results)
{
    plugin_runner *runner = plugin_runner_new(opened);
    plugin_call    call = {.measure = measure, .batch = *batch, .results = *results};

    assert_non_null(runner);
    assert_int_equal(plugin_run(runner, &call, 1), PLUGIN_RAN);
    plugin_runner_free(runner);
    return !call.failed;
}

static void run_days(trial *out, const uint8_t *opened_status)
{
    const struct assay_column  inputs[INPUTS_MAX] = {{opened_status, opened_days, NULL},
                                                     {closed_status, closed_days, NULL},
                                                     {all_there, plan_types, NULL}};
    const double               pause = 2.5;
    const struct assay_batch   batch = {sizeof batch, RECORDS, inputs, &pause, NULL};
    const struct assay_results results = {sizeof results, out->status, out->numbers};
    out->ran = run(out->opened, DAYS_OPEN, &batch, &results);
}

static void run_flags(trial *out, const uint8_t *recorded, const uint8_t *recorded_status)
{
    const struct assay_column  input = {recorded_status, recorded, NULL};
    const double               strict = 0;
    const struct assay_batch   batch = {sizeof batch, RECORDS, &input, &strict, NULL};
    const struct assay_results results = {sizeof results, out->status, out->flags};
    out->ran = run(out->opened, DELAY_EXPLAINED, &batch, &results);
}

static void expect_status(const trial *out, const uint8_t *expected)
{
    assert_true(out->ran);
    assert_memory_equal(out->status, expected, RECORDS);
}

/* 0 and 4000 are in the range 0 .. 4000, both ends in; 4001 is not. */
static void test_answers_in_range_stand_and_others_are_invalid(void **state)
{
    static const uint8_t expected[RECORDS] = {
        0, 0, 0, ASSAY_NOT_DUE, ASSAY_FAULT, PLUGIN_ANSWER_INVALID};
    trial valid;
    (void)state;
    open_trial(&valid, "valid");
    run_days(&valid, all_there);
    expect_status(&valid, expected);
    assert_true(valid.numbers[0] == 0 && valid.numbers[1] == 10 && valid.numbers[2] == 4000);
    loader_free(valid.plugins);
}

/* Records 0, 3, 4 and 5 lack the day of opening: whatever the plugin says of them, they are
 * missing or not applicable. */
static void test_required_input_that_is_missing_makes_the_result_so(void **state)
{
    static const uint8_t opened_status[RECORDS] = {
        ASSAY_MISSING, 0, 0, ASSAY_NOT_APPLICABLE, ASSAY_MISSING, ASSAY_NOT_APPLICABLE};
    trial valid;
    (void)state;
    open_trial(&valid, "valid");
    run_days(&valid, opened_status);
    expect_status(&valid, opened_status);
    loader_free(valid.plugins);
}

static void test_flags_come_back_as_they_are(void **state)
{
    static const uint8_t recorded[RECORDS] = {0, 1, 1, 0, 1, 0};
    static const uint8_t status[RECORDS] = {0, 0, ASSAY_MISSING, 0, ASSAY_NOT_APPLICABLE, 0};
    trial                valid;
    (void)state;
    open_trial(&valid, "valid");
    run_flags(&valid, recorded, status);
    expect_status(&valid, status);
    assert_memory_equal(valid.flags, recorded, RECORDS);
    loader_free(valid.plugins);
}

/* A plugin that answers the same wrong thing wherever it gives a value. */
static void expect_invalid_days(const char *id)
{
    static const uint8_t expected[RECORDS] = {PLUGIN_ANSWER_INVALID, PLUGIN_ANSWER_INVALID,
                                              PLUGIN_ANSWER_INVALID, ASSAY_NOT_DUE,
                                              ASSAY_FAULT,           PLUGIN_ANSWER_INVALID};
    trial                wrong;
    open_trial(&wrong, id);
    run_days(&wrong, all_there);
    expect_status(&wrong, expected);
    loader_free(wrong.plugins);
}

static void test_number_out_of_range_is_invalid(void **state)
{
    (void)state;
    expect_invalid_days("out_of_range");
}

static void test_not_a_number_is_invalid(void **state)
{
    (void)state;
    expect_invalid_days("not_a_number");
}

static void test_status_that_there_is_not_is_invalid(void **state)
{
    (void)state;
    expect_invalid_days("bad_status");
}

static void test_fault_without_a_text_is_invalid(void **state)
{
    (void)state;
    expect_invalid_days("fault_without_text");
}

static void test_flag_of_two_is_invalid(void **state)
{
    static const uint8_t recorded[RECORDS] = {0, 1, 0, 1, 0, 1};
    uint8_t              expected[RECORDS];
    trial                wrong;
    (void)state;
    memset(expected, PLUGIN_ANSWER_INVALID, sizeof expected);
    open_trial(&wrong, "flag_of_two");
    run_flags(&wrong, recorded, all_there);
    expect_status(&wrong, expected);
    loader_free(wrong.plugins);
}

/* The buffers hold the answers of the batch before: they must not pass for this one's. */
static void test_record_left_out_is_invalid(void **state)
{
    static const uint8_t expected[RECORDS] = {
        PLUGIN_ANSWER_INVALID, 0, 0, ASSAY_NOT_DUE, ASSAY_FAULT, PLUGIN_ANSWER_INVALID};
    trial wrong;
    (void)state;
    open_trial(&wrong, "leaves_out");
    run_days(&wrong, all_there);
    expect_status(&wrong, expected);
    loader_free(wrong.plugins);
}

static void test_measure_that_fails_is_told(void **state)
{
    trial wrong;
    (void)state;
    open_trial(&wrong, "fails");
    run_days(&wrong, all_there);
    assert_false(wrong.ran);
    loader_free(wrong.plugins);
}

static void test_fault_texts_are_those_of_the_measure(void **state)
{
    trial valid;
    (void)state;
    open_trial(&valid, "valid");
    assert_string_equal(plugin_fault_text(valid.opened, DAYS_OPEN, 0),
                        "the plan ends before it starts");
    assert_null(plugin_fault_text(valid.opened, DAYS_OPEN, 1));
    assert_null(plugin_fault_text(valid.opened, DELAY_EXPLAINED, 0));
    loader_free(valid.plugins);
}

/* More records than are checked at once: day i closes i days later, so that 4001 would be invalid
 * and every 7th is not closed. */
static void test_large_batches_are_checked_to_the_last_record(void **state)
{
    static int32_t opened[MANY];
    static int32_t closed[MANY];
    static uint8_t there[MANY];
    static uint8_t open_still[MANY];
    static uint8_t status[MANY];
    static double  numbers[MANY];
    trial          valid;
    (void)state;
    for (int32_t i = 0; i < MANY; i++) {
        closed[i] = i == MANY - 1 ? 4001 : i;
        open_still[i] = i % 7 == 0 ? ASSAY_MISSING : ASSAY_VALUE;
    }
    const struct assay_column inputs[INPUTS_MAX] = {
        {there, opened, NULL}, {open_still, closed, NULL}, {there, there, NULL}};
    const double               pause = 0;
    const struct assay_batch   batch = {sizeof batch, MANY, inputs, &pause, NULL};
    const struct assay_results results = {sizeof results, status, numbers};

    open_trial(&valid, "valid");
    assert_true(run(valid.opened, DAYS_OPEN, &batch, &results));
    for (int32_t i = 0; i < MANY - 1; i++) {
        assert_int_equal(status[i], i % 7 == 0 ? ASSAY_NOT_DUE : ASSAY_VALUE);
        assert_true(i % 7 == 0 || numbers[i] == i);
    }
    assert_int_equal(status[MANY - 1], PLUGIN_ANSWER_INVALID); /* 2501 = 7 x 357 + 2 */
    loader_free(valid.plugins);
}

static void test_empty_batch_is_run(void **state)
{
    const struct assay_column  inputs[INPUTS_MAX] = {{0}};
    const double               pause = 0;
    const struct assay_batch   batch = {sizeof batch, 0, inputs, &pause, NULL};
    uint8_t                    status = 0;
    double                     number = 0;
    const struct assay_results results = {sizeof results, &status, &number};
    trial                      valid;
    (void)state;
    open_trial(&valid, "valid");
    assert_true(run(valid.opened, DAYS_OPEN, &batch, &results));
    assert_int_equal(status, 0);
    loader_free(valid.plugins);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_in_range_stand_and_others_are_invalid),
        cmocka_unit_test(test_required_input_that_is_missing_makes_the_result_so),
        cmocka_unit_test(test_flags_come_back_as_they_are),
        cmocka_unit_test(test_number_out_of_range_is_invalid),
        cmocka_unit_test(test_not_a_number_is_invalid),
        cmocka_unit_test(test_status_that_there_is_not_is_invalid),
        cmocka_unit_test(test_fault_without_a_text_is_invalid),
        cmocka_unit_test(test_flag_of_two_is_invalid),
        cmocka_unit_test(test_record_left_out_is_invalid),
        cmocka_unit_test(test_measure_that_fails_is_told),
        cmocka_unit_test(test_fault_texts_are_those_of_the_measure),
        cmocka_unit_test(test_large_batches_are_checked_to_the_last_record),
        cmocka_unit_test(test_empty_batch_is_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
