/* test_checker.c - each test of `assay plugin check` fails for the plugin that breaks its rule, and
 * for no other. The plugins are those of tests/plugins-bad. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "checker/checker.h"

#define PLUGINS_BAD_DIR ASSAY_BINARY_DIR "/tests/plugins-bad"
#define LOCALES_DIR     ASSAY_BINARY_DIR "/tests/locales"

enum { PATH_SIZE = 512, NAME_SIZE = 40 };

/* Everything that compares the answers of two runs, but for the locale, which may not be there. */
#define COMPARISONS "twice rubbish halves shuffled one_by_one threads time_zone folder"
/* Everything that judges answers to usual records. */
#define JUDGEMENTS "answers absent_inputs extremes parameters random"

/* A plugin, the tests that must fail for it, those that may as well, and what one of the
 * failures has to say. All others have to pass or be skipped. */
typedef struct {
    const char *plugin;
    const char *must;
    const char *may;
    const char *says;
} expectation;

static const expectation expectations[] = {
    {"check_valid", "", "", NULL},
    {"check_crashes_loading", "manifest", "", "signal 6 (abort), while it was loaded"},
    {"check_wants_service", "manifest", "", "refuses to work with this assay"},
    {"lies_about_range", "manifest", "", "the greatest value is \"4000\" in the manifest"},
    {"no_manifest", "manifest", "", "has no manifest"},
    {"check_exports", "exports", "", "it exports \"assay_test_second\" too"},
    {"check_wants_this_host", "longer_host", "", "refuses a later host"},
    {"check_hates_other_hosts", "newer_host older_host", "", "signal 6"},
    {"check_out_of_range", JUDGEMENTS, "one_record", "expected a number from 0 to 4000000, got -"},
    {"check_leaves_out", JUDGEMENTS, "one_record " COMPARISONS, "its status was not written"},
    {"check_fails", JUDGEMENTS " one_record empty all_missing not_applicable", "",
     "measure \"days_open\" returns 7 and not 0"},
    {"check_reads_past", "bounds empty random", "",
     "it touches memory behind the end of the values of input \"opened\""},
    {"check_reads_before", "bounds inputs_kept empty", "random",
     "it touches memory before the beginning of the values of input \"opened\""},
    {"check_writes_past", "bounds empty random", "",
     "it touches memory behind the end of the results' values"},
    {"check_writes_input", "inputs_kept", "random", "it writes to the values of input \"opened\""},
    {"check_crashes_empty", "empty", "", "signal 6"},
    {"check_crashes_alone", "one_record one_by_one", "", "record 0: audit_date="},
    {"check_crashes_missing", "all_missing", "", "opened=missing closed=missing"},
    {"check_crashes_not_applicable", "not_applicable", "", "opened=n/a closed=n/a"},
    {"check_crashes_absent", "absent_inputs all_missing", "", "96 records"},
    {"check_crashes_extreme", "extremes", "random", "opened=0001-"},
    {"check_crashes_parameter", "parameters", "random", "pause=10"},
    {"check_keeps_state", COMPARISONS, "", "the first time, and"},
    {"check_reads_rubbish", "rubbish", "", "with other rubbish"},
    {"check_counts_batch", "halves one_by_one", "", "in one half of it"},
    {"check_counts_position", "halves shuffled one_by_one threads", "", "in another order"},
    {"check_shares_scratch", "threads", "", "while others run it too"},
    {"check_follows_time_zone", "time_zone", "", "in the time zone UTC-12"},
    {"check_follows_folder", "folder system_calls", "", "in the folder /proc"},
    {"check_opens_file", "system_calls", "", "it makes the system call open"},
    {"check_leaves_thread", "threads_left system_calls", "allocation leaks",
     "leaves a thread running"},
    {"check_sleeps", "answers", "", "it was not done after 1 seconds; in measure \"days_open\""},
    {"check_ends_process",
     JUDGEMENTS " bounds inputs_kept empty one_record all_missing not_applicable system_calls "
                "threads_left time " COMPARISONS,
     "locale allocation leaks", "the process ended with status 0 before the test did"},
};

/* What cannot be told under a sanitizer, which allocates and reads the clock itself. */
static const expectation unless_sanitized[] = {
    {"check_asks_clock", "system_calls", "", "it asks the clock"},
    {"check_allocates", "allocation", "", "measure \"days_open\" allocates memory"},
    {"check_leaks", "allocation leaks", "", "measure \"days_open\" keeps about"},
};

static check_report *check(const char *id)
{
    static const check_options options = {.seed = 1, .seconds = 0, .limit = 20};
    static const check_options brief = {.seed = 1, .seconds = 0, .limit = 1};
    const bool                 hangs = strcmp(id, "check_sleeps") == 0;
    char                       path[PATH_SIZE];
    error_list                 errors = {0};

    snprintf(path, sizeof path, "%s/%s", PLUGINS_BAD_DIR, id);
    assert_int_equal(chmod(path, 0755), 0); /* whatever the umask of the build was */
    snprintf(path, sizeof path, "%s/%s/%s.ini", PLUGINS_BAD_DIR, id, id);
    chmod(path, 0644); /* one plugin has none */
    snprintf(path, sizeof path, "%s/%s/%s.so", PLUGINS_BAD_DIR, id, id);
    assert_int_equal(chmod(path, 0755), 0);
    check_report *report = checker_run(path, hangs ? &brief : &options, &errors);
    assert_non_null(report);
    assert_int_equal(errors.count, 0);
    return report;
}

/* Whether a list of words has one. */
static bool has_word(const char *list, const char *word)
{
    char spaced[1024], wanted[NAME_SIZE];
    snprintf(spaced, sizeof spaced, " %s ", list);
    snprintf(wanted, sizeof wanted, " %s ", word);
    return strstr(spaced, wanted) != NULL;
}

static void expect(const expectation *row)
{
    check_report *report = check(row->plugin);
    bool          said = row->says == NULL;

    for (size_t r = 0; r < report->count; ++r) {
        const check_result *result = &report->results[r];
        const bool          failed = result->outcome == CHECK_FAILED;
        if (failed && !has_word(row->must, result->name) && !has_word(row->may, result->name))
            fail_msg("%s: %s fails: %s", row->plugin, result->name, result->detail);
        if (!failed && has_word(row->must, result->name))
            fail_msg("%s: %s does not fail; %s", row->plugin, result->name, result->detail);
        said = said || (failed && strstr(result->detail, row->says) != NULL);
    }
    if (!said)
        for (size_t r = 0; r < report->count; ++r)
            if (report->results[r].outcome == CHECK_FAILED)
                print_message("%s: %s\n", report->results[r].name, report->results[r].detail);
    if (!said)
        fail_msg("%s: no failure says: %s", row->plugin, row->says);
    checker_free(report);
}

static void test_each_rule_that_is_broken_is_found(void **state)
{
    (void)state;
    for (size_t e = 0; e < sizeof expectations / sizeof *expectations; ++e)
        expect(&expectations[e]);
}

static check_outcome outcome_of(const check_report *report, const char *test)
{
    for (size_t r = 0; r < report->count; ++r)
        if (strcmp(report->results[r].name, test) == 0)
            return report->results[r].outcome;
    fail_msg("there is no test %s", test);
    return CHECK_FAILED;
}

static void test_the_clock_and_memory_are_left_alone(void **state)
{
    (void)state;
    check_report *valid = check("check_valid");
    const bool    measurable = outcome_of(valid, "leaks") == CHECK_PASSED;
    checker_free(valid);
    if (!measurable)
        skip();
    for (size_t e = 0; e < sizeof unless_sanitized / sizeof *unless_sanitized; ++e)
        expect(&unless_sanitized[e]);
}

/* German writes 2,5; its locale is made here, where the system can make it. */
static void test_the_locale_makes_no_difference_to_a_plugin_that_is_right(void **state)
{
    static const expectation wrong = {"check_follows_locale", "locale", "",
                                      "in a locale with a decimal comma"};
    (void)state;
    if (mkdir(LOCALES_DIR, 0755) == 0 &&
        system("localedef -i de_DE -f UTF-8 " LOCALES_DIR "/de_DE.UTF-8 >/dev/null 2>&1") != 0)
        print_message("localedef makes no de_DE.UTF-8\n");
    assert_int_equal(setenv("LOCPATH", LOCALES_DIR, 1), 0);
    check_report       *valid = check("check_valid");
    const check_outcome outcome = outcome_of(valid, "locale");
    checker_free(valid);
    assert_int_not_equal(outcome, CHECK_FAILED);
    if (outcome == CHECK_PASSED)
        expect(&wrong);
    assert_int_equal(unsetenv("LOCPATH"), 0);
    if (outcome == CHECK_SKIPPED)
        skip();
}

/* Two reports of one seed say the same but for times. */
static void test_the_same_seed_makes_the_same_records(void **state)
{
    (void)state;
    check_report *first = check("check_crashes_extreme");
    check_report *second = check("check_crashes_extreme");
    for (size_t r = 0; r < first->count; ++r)
        if (strcmp(first->results[r].name, "time") != 0)
            assert_string_equal(first->results[r].detail, second->results[r].detail);
    checker_free(first);
    checker_free(second);
}

static void test_a_plugin_that_is_not_there_is_a_fault(void **state)
{
    static const check_options options = {.seed = 1, .seconds = 0, .limit = 1};
    error_list                 errors = {0};
    (void)state;
    assert_null(checker_run(PLUGINS_BAD_DIR "/absent.so", &options, &errors));
    assert_int_equal(error_exit_status(&errors), 3);
    error_clear(&errors);
    assert_null(checker_run("plugin.ini", &options, &errors));
    assert_int_equal(error_exit_status(&errors), 2);
    error_clear(&errors);
}

/* ---- Formats ---------------------------------------------------------------------- */

static void test_json_has_every_test_with_its_outcome(void **state)
{
    check_report *report = check("check_writes_input");
    buffer        page = {0};
    (void)state;
    checker_write(report, "json", &page);
    json_t *read = json_loadb(page.bytes, page.size, 0, NULL);
    assert_non_null(read);
    assert_string_equal(json_string_value(json_object_get(read, "plugin")), "check_writes_input");
    assert_int_equal(json_integer_value(json_object_get(read, "seed")), 1);
    const json_t *tests = json_object_get(read, "tests");
    assert_int_equal(json_array_size(tests), report->count);
    for (size_t t = 0; t < report->count; ++t) {
        const json_t *one = json_array_get(tests, t);
        const char   *outcome = json_string_value(json_object_get(one, "outcome"));
        assert_string_equal(json_string_value(json_object_get(one, "name")),
                            report->results[t].name);
        assert_string_equal(json_string_value(json_object_get(one, "detail")),
                            report->results[t].detail);
        assert_int_equal(report->results[t].outcome == CHECK_FAILED, strcmp(outcome, "fail") == 0);
    }
    json_decref(read);
    buffer_free(&page);
    checker_free(report);
}

/* Quotation marks within an attribute are written as &quot;. */
static void test_junit_has_failures_and_skipped_tests(void **state)
{
    check_report *report = check("check_writes_input");
    char          counts[120];
    buffer        page = {0};
    (void)state;
    checker_write(report, "junit", &page);
    assert_true(buffer_end(&page));
    snprintf(counts, sizeof counts, "tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\"",
             report->count, report->tally[CHECK_FAILED], report->tally[CHECK_SKIPPED]);
    assert_non_null(strstr(page.bytes, counts));
    assert_non_null(strstr(page.bytes, "name=\"inputs_kept\""));
    assert_non_null(strstr(page.bytes, "<failure message=\"it writes to the values of input "
                                       "&quot;opened&quot;"));
    buffer_free(&page);
    checker_free(report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_rule_that_is_broken_is_found),
        cmocka_unit_test(test_the_clock_and_memory_are_left_alone),
        cmocka_unit_test(test_the_locale_makes_no_difference_to_a_plugin_that_is_right),
        cmocka_unit_test(test_the_same_seed_makes_the_same_records),
        cmocka_unit_test(test_a_plugin_that_is_not_there_is_a_fault),
        cmocka_unit_test(test_json_has_every_test_with_its_outcome),
        cmocka_unit_test(test_junit_has_failures_and_skipped_tests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
