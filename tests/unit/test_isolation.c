/* test_isolation.c - plugins in processes of their own: nothing they do reaches another record. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "loader/loader.h"
#include "loader/worker_protocol.h"

#define PLUGINS_BAD_DIR ASSAY_BINARY_DIR "/tests/plugins-bad"

enum { DAYS_OPEN = 0, RECORDS = 40, AT = 17, INPUTS = 3 };

typedef struct {
    plugin_set *plugins;
    plugin     *opened;
    error_list  errors;
} trial;

static void open_trial(trial *out, const char *id, isolation_mode mode)
{
    static const isolation_settings settings = {
        .program = ASSAY_BINARY_DIR "/assay-worker", .time_limit = 4000};
    char folder[512], path[1024];
    const char *folders[] = {folder};
    isolation_settings own = settings;

    own.mode = mode;
    memset(out, 0, sizeof *out);
    snprintf(folder, sizeof folder, "%s/%s", PLUGINS_BAD_DIR, id);
    assert_int_equal(chmod(folder, 0755), 0); /* whatever the umask of the build was */
    snprintf(path, sizeof path, "%s/%s.so", folder, id);
    assert_int_equal(chmod(path, 0755), 0);
    snprintf(path, sizeof path, "%s/%s.ini", folder, id);
    assert_int_equal(chmod(path, 0644), 0);
    out->plugins = loader_search(folders, 1, &out->errors);
    loader_isolate(out->plugins, &own);
    out->opened = loader_open(out->plugins, loader_find(out->plugins, text_of(id)), &out->errors);
}

static void close_trial(trial *opened)
{
    loader_free(opened->plugins);
    error_clear(&opened->errors);
}

/* Records that were open 0, 1, 2, ... days, but for those in `days`, which say otherwise. */
typedef struct {
    int32_t opened[RECORDS], closed[RECORDS];
    uint8_t there[RECORDS], plan[RECORDS];
    uint8_t status[RECORDS];
    double  numbers[RECORDS];
} batch_of_days;

static void fill(batch_of_days *out)
{
    memset(out, 0, sizeof *out);
    for (int32_t r = 0; r < RECORDS; r++) {
        out->opened[r] = 100;
        out->closed[r] = 100 + r;
    }
}

static _Thread_local bool last_failed; /* the last call said so */

static plugin_outcome run(plugin_runner *runner, batch_of_days *records)
{
    const struct assay_column inputs[INPUTS] = {{records->there, records->opened, NULL},
                                                {records->there, records->closed, NULL},
                                                {records->there, records->plan, NULL}};
    const double pause = 2.5;
    plugin_call call = {
        .measure = DAYS_OPEN,
        .batch = {sizeof call.batch, RECORDS, inputs, &pause, NULL},
        .results = {sizeof call.results, records->status, records->numbers},
    };
    const plugin_outcome outcome = plugin_run(runner, &call, 1);

    last_failed = call.failed;
    return outcome;
}

/* The record at AT fails with `why`, and all others have their answers. */
static void assert_only_one_fails(int32_t days, const char *why)
{
    batch_of_days records;
    trial misbehaves;

    open_trial(&misbehaves, "misbehaves", ISOLATION_ON);
    assert_non_null(misbehaves.opened);
    plugin_runner *runner = plugin_runner_new(misbehaves.opened);
    assert_non_null(runner);
    fill(&records);
    records.closed[AT] = 100 + days;
    assert_int_equal(run(runner, &records), PLUGIN_RAN);
    for (int32_t r = 0; r < RECORDS; r++) {
        assert_int_equal(records.status[r], r == AT ? PLUGIN_RECORD_FAILED : ASSAY_VALUE);
        assert_true(r == AT || records.numbers[r] == r);
    }
    assert_string_equal(plugin_runner_why(runner, AT), why);

    fill(&records); /* and the next batch is as if nothing had been */
    assert_int_equal(run(runner, &records), PLUGIN_RAN);
    for (int32_t r = 0; r < RECORDS; r++)
        assert_true(records.status[r] == ASSAY_VALUE && records.numbers[r] == r);
    plugin_runner_free(runner);
    close_trial(&misbehaves);
}

static void test_a_crash_rejects_one_record(void **state)
{
    (void)state;
    assert_only_one_fails(1001, "plugin misbehaves: signal 11 in measure days_open");
    assert_only_one_fails(1002, "plugin misbehaves: signal 6 in measure days_open");
    assert_only_one_fails(1004, "plugin misbehaves: signal 11 in measure days_open");
}

static void test_an_exit_rejects_one_record(void **state)
{
    (void)state;
    assert_only_one_fails(1003, "plugin misbehaves: exit 3 in measure days_open");
}

static void test_a_hang_rejects_one_record(void **state)
{
    (void)state;
    assert_only_one_fails(1005, "plugin misbehaves: no answer within 1000 ms in measure days_open");
}

static void test_a_forbidden_system_call_rejects_one_record(void **state)
{
    static const int32_t forbidden[] = {1006, 1007, 1008, 1011}; /* file, socket, process, signal */
    (void)state;
    if (WORKER_UNGUARDED) {
        print_message("skipped: ThreadSanitizer makes system calls of its own\n");
        skip();
    }
    for (size_t f = 0; f < 4; f++)
        assert_only_one_fails(forbidden[f],
                              "plugin misbehaves: a system call that no plugin may make (signal "
                              "31) in measure days_open");
}

static void test_memory_beyond_the_limit_rejects_one_record(void **state)
{
    (void)state;
    if (WORKER_SANITIZED) {
        print_message("skipped: a sanitizer's own memory leaves no room for a limit\n");
        skip();
    }
    assert_only_one_fails(1009, "plugin misbehaves: signal 6 in measure days_open");
}

static void test_an_answer_out_of_range_rejects_one_record(void **state)
{
    batch_of_days records;
    trial misbehaves;
    (void)state;

    open_trial(&misbehaves, "misbehaves", ISOLATION_ON);
    plugin_runner *runner = plugin_runner_new(misbehaves.opened);
    fill(&records);
    records.closed[AT] = 100 + 1010;
    assert_int_equal(run(runner, &records), PLUGIN_RAN);
    for (int32_t r = 0; r < RECORDS; r++)
        assert_int_equal(records.status[r], r == AT ? PLUGIN_ANSWER_INVALID : ASSAY_VALUE);
    plugin_runner_free(runner);
    close_trial(&misbehaves);
}

static void test_several_records_fail_each_for_its_own_reason(void **state)
{
    batch_of_days records;
    trial misbehaves;
    (void)state;

    open_trial(&misbehaves, "misbehaves", ISOLATION_ON);
    plugin_runner *runner = plugin_runner_new(misbehaves.opened);
    fill(&records);
    records.closed[0] = 100 + 1001;
    records.closed[1] = 100 + 1003;
    records.closed[RECORDS - 1] = 100 + 1002;
    assert_int_equal(run(runner, &records), PLUGIN_RAN);
    assert_string_equal(plugin_runner_why(runner, 0),
                        "plugin misbehaves: signal 11 in measure days_open");
    assert_string_equal(plugin_runner_why(runner, 1),
                        "plugin misbehaves: exit 3 in measure days_open");
    assert_string_equal(plugin_runner_why(runner, RECORDS - 1),
                        "plugin misbehaves: signal 6 in measure days_open");
    for (int32_t r = 2; r < RECORDS - 1; r++)
        assert_true(records.status[r] == ASSAY_VALUE && records.numbers[r] == r);
    plugin_runner_free(runner);
    close_trial(&misbehaves);
}

static void test_a_plugin_that_fails_everywhere_is_stopped(void **state)
{
    batch_of_days records;
    trial crashes;
    (void)state;

    open_trial(&crashes, "always_crashes", ISOLATION_ON);
    plugin_runner *runner = plugin_runner_new(crashes.opened);
    fill(&records);
    assert_int_equal(run(runner, &records), PLUGIN_STOPPED);
    assert_string_equal(plugin_runner_why(runner, 0),
                        "plugin always_crashes: it crashed or hung 8 times and was stopped; ask "
                        "whoever made the plugin");
    assert_int_equal(run(runner, &records), PLUGIN_STOPPED); /* and is not tried again */
    plugin_runner_free(runner);
    close_trial(&crashes);
}

static void test_a_plugin_that_crashes_on_loading_is_refused(void **state)
{
    trial crashes;
    (void)state;

    open_trial(&crashes, "crashes_on_loading", ISOLATION_ON);
    assert_null(crashes.opened);
    assert_int_equal(crashes.errors.count, 1);
    assert_string_equal(crashes.errors.items[0].text,
                        "fails while it is opened: signal 6; ask whoever made the plugin");
    close_trial(&crashes);
}

static void test_code_that_runs_on_loading_is_held_back_too(void **state)
{
    static const char *const ids[] = {"attacks_on_loading", "meddles_on_loading"};
    (void)state;

    if (WORKER_SANITIZED) {
        print_message("skipped: a sanitizer's run time may do what it likes while loading\n");
        skip();
    }
    for (size_t i = 0; i < 2; i++) {
        trial attacks;
        open_trial(&attacks, ids[i], ISOLATION_ON);
        assert_null(attacks.opened);
        assert_int_equal(attacks.errors.count, 1);
        assert_string_equal(attacks.errors.items[0].text,
                            "fails while it is opened: a system call that no plugin may make "
                            "(signal 31); ask whoever made the plugin");
        close_trial(&attacks);
    }
}

/* A worker that says what it should not is ended, and the host does not wait for it. */
static void test_a_worker_that_speaks_out_of_turn_is_ended(void **state)
{
    (void)state;
    if (WORKER_UNGUARDED)
        skip();
    assert_only_one_fails(1012, "plugin misbehaves: signal 9 in measure days_open");
}

/* What a measure says of a batch as a whole is not forgotten where another record crashes. */
static void test_a_failed_measure_stays_failed_after_a_crash(void **state)
{
    batch_of_days records;
    trial misbehaves;
    (void)state;

    open_trial(&misbehaves, "misbehaves", ISOLATION_ON);
    plugin_runner *runner = plugin_runner_new(misbehaves.opened);
    fill(&records);
    records.closed[0] = 100 + 1020;
    records.closed[AT] = 100 + 1001;
    assert_int_equal(run(runner, &records), PLUGIN_RAN);
    assert_true(last_failed);
    plugin_runner_free(runner);
    close_trial(&misbehaves);
}

static void test_what_is_refused_here_is_refused_there_in_the_same_words(void **state)
{
    static const char *const ids[] = {"no_symbol", "refuses_host", "abi_too_new",
                                      "lies_about_version", "table_too_short"};
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        trial here, there;
        open_trial(&here, ids[i], ISOLATION_OFF);
        open_trial(&there, ids[i], ISOLATION_ON);
        assert_null(here.opened);
        assert_null(there.opened);
        assert_int_equal(here.errors.count, there.errors.count);
        for (size_t e = 0; e < here.errors.count; e++)
            assert_string_equal(here.errors.items[e].text, there.errors.items[e].text);
        close_trial(&here);
        close_trial(&there);
    }
}

static void test_faults_are_told_across_the_border(void **state)
{
    trial valid;
    (void)state;

    open_trial(&valid, "valid", ISOLATION_ON);
    trial here;
    open_trial(&here, "valid", ISOLATION_OFF);
    assert_string_equal(plugin_fault_text(valid.opened, DAYS_OPEN, 0),
                        plugin_fault_text(here.opened, DAYS_OPEN, 0));
    assert_null(plugin_fault_text(valid.opened, DAYS_OPEN, 1));
    close_trial(&here);
    close_trial(&valid);
}

static void test_full_protection_can_be_required(void **state)
{
    trial valid;
    char said[400];
    (void)state;

    if (WORKER_SANITIZED) {
        print_message("skipped: a sanitizer leaves no room for a limit of memory\n");
        skip();
    }
    open_trial(&valid, "valid", ISOLATION_REQUIRE);
    if (!valid.opened) {
        print_message("skipped: %s\n", valid.errors.items[0].text);
        close_trial(&valid);
        skip();
    }
    plugin_isolation(valid.opened, said, sizeof said);
    assert_string_equal(said, "a process of its own: seccomp, Landlock, no new privileges, limits "
                              "of memory and time, no open files, empty environment");
    close_trial(&valid);
}

static void *run_many(void *opened)
{
    plugin_runner *runner = plugin_runner_new(opened);
    batch_of_days records;
    size_t wrong = 0;

    for (int turn = 0; runner && turn < 50; turn++) {
        fill(&records);
        records.closed[AT] = turn % 10 == 0 ? 100 + 1003 : records.closed[AT];
        wrong += run(runner, &records) != PLUGIN_RAN;
        for (int32_t r = 0; r < RECORDS; r++)
            wrong += r != AT && (records.status[r] != ASSAY_VALUE || records.numbers[r] != r);
    }
    plugin_runner_free(runner);
    return (void *)(uintptr_t)(runner ? wrong : 1);
}

static void test_several_threads_have_workers_of_their_own(void **state)
{
    pthread_t threads[3];
    trial misbehaves;
    (void)state;

    open_trial(&misbehaves, "misbehaves", ISOLATION_ON);
    for (size_t t = 0; t < 3; t++)
        assert_int_equal(pthread_create(&threads[t], NULL, run_many, misbehaves.opened), 0);
    for (size_t t = 0; t < 3; t++) {
        void *wrong = NULL;
        assert_int_equal(pthread_join(threads[t], &wrong), 0);
        assert_null(wrong);
    }
    close_trial(&misbehaves);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_crash_rejects_one_record),
        cmocka_unit_test(test_an_exit_rejects_one_record),
        cmocka_unit_test(test_a_hang_rejects_one_record),
        cmocka_unit_test(test_a_forbidden_system_call_rejects_one_record),
        cmocka_unit_test(test_memory_beyond_the_limit_rejects_one_record),
        cmocka_unit_test(test_an_answer_out_of_range_rejects_one_record),
        cmocka_unit_test(test_several_records_fail_each_for_its_own_reason),
        cmocka_unit_test(test_a_plugin_that_fails_everywhere_is_stopped),
        cmocka_unit_test(test_a_plugin_that_crashes_on_loading_is_refused),
        cmocka_unit_test(test_code_that_runs_on_loading_is_held_back_too),
        cmocka_unit_test(test_a_worker_that_speaks_out_of_turn_is_ended),
        cmocka_unit_test(test_a_failed_measure_stays_failed_after_a_crash),
        cmocka_unit_test(test_what_is_refused_here_is_refused_there_in_the_same_words),
        cmocka_unit_test(test_faults_are_told_across_the_border),
        cmocka_unit_test(test_full_protection_can_be_required),
        cmocka_unit_test(test_several_threads_have_workers_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
