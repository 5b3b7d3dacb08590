/* test_kit.c - cases that a rubric is held to, and the folder of a new plugin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit/kit.h"

enum { PATH_SIZE = 256 };

static const char rubric_text[] = "[rubric]\n"
                                  "id = made\n"
                                  "version = 1\n"
                                  "title = Made\n"
                                  "practice_area = made\n"
                                  "effective_from = 2026-01-01\n"
                                  "[criterion.a]\n"
                                  "measure = rating\n"
                                  "weight = 2\n"
                                  "[criterion.b]\n"
                                  "measure = rating\n"
                                  "limit = inadequate -> requires_improvement\n";

static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_text(const char *name, const char *content)
{
    FILE *file = fopen(in_folder(name), "w");
    assert_non_null(file);
    assert_int_equal(fputs(content, file) < 0, 0);
    assert_int_equal(fclose(file), 0);
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/assay-kit-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(in_folder("made.ini"));
    unlink(in_folder("made.cases.csv"));
    return rmdir(folder);
}

/* Tests the rubric above by these cases. */
static bool run(const char *cases, rubric_tests *out, error_list *errors)
{
    rubric_library *library = library_read(NULL, 0, NULL, errors);
    assert_non_null(library);
    const kit_grader grader = {.library = library, .threads = 1};

    write_text("made.ini", rubric_text);
    write_text("made.cases.csv", cases);
    const bool tested = kit_test_rubric(out, in_folder("made.ini"), &grader, errors);
    library_free(library);
    return tested;
}

/* (2x3 + 3) / 3 = 3 is good. (2x4 + 1) / 3 = 3 would be good, and b's limit makes it less. Each says
 * what it is called; a second that has no name goes by its audit_id. */
static void test_cases_pass_that_are_judged_as_expected(void **state)
{
    rubric_tests tests = {0};
    error_list   errors = {0};
    (void)state;

    assert_true(run("case,audit_id,a,b,expected_judgement,expected_limited_by,expected_rating.b\n"
                    "all good,A-1,good,good,Good,none,G\n"
                    ",A-2,outstanding,I,RI,b,inadequate\n",
                    &tests, &errors));
    assert_int_equal(tests.count, 2);
    assert_int_equal(tests.failed, 0);
    assert_string_equal(tests.cases[0].name, "all good");
    assert_string_equal(tests.cases[1].name, "A-2");
    kit_tests_free(&tests);
    error_clear(&errors);
}

/* Everything that differs is told, and what a case does not say is not held against it. */
static void test_each_difference_is_told(void **state)
{
    rubric_tests tests = {0};
    error_list   errors = {0};
    (void)state;

    assert_true(run("case,a,b,expected_judgement,expected_status,expected_limited_by,"
                    "expected_rating.a\n"
                    "one,outstanding,inadequate,good,graded,none,missing\n"
                    "two,outstanding,inadequate,requires improvement,,,\n"
                    "three,poor,good,good,graded,,good\n",
                    &tests, &errors));
    assert_int_equal(tests.failed, 2);

    const rubric_case *one = &tests.cases[0];
    assert_int_equal(one->difference_count, 3);
    assert_string_equal(one->differences[0].what, "judgement");
    assert_string_equal(one->differences[0].expected, "good");
    assert_string_equal(one->differences[0].got, "requires_improvement");
    assert_string_equal(one->differences[1].what, "limited_by");
    assert_string_equal(one->differences[1].expected, "none");
    assert_string_equal(one->differences[1].got, "b");
    assert_string_equal(one->differences[2].what, "rating.a");
    assert_string_equal(one->differences[2].expected, "missing");
    assert_string_equal(one->differences[2].got, "outstanding");
    assert_int_equal(tests.cases[1].difference_count, 0);

    /* "poor" is no level: the record is rejected, has no ratings, and the detail says why. */
    const rubric_case *three = &tests.cases[2];
    assert_int_equal(three->difference_count, 3);
    assert_string_equal(three->differences[0].got, "not_graded");
    assert_string_equal(three->differences[1].got, "rejected");
    assert_string_equal(three->differences[2].got, "none");
    assert_non_null(strstr(three->detail, "poor"));
    kit_tests_free(&tests);
    error_clear(&errors);
}

static void assert_fault(const char *cases, size_t count, uint64_t line, const char *said)
{
    rubric_tests tests = {0};
    error_list   errors = {0};

    assert_false(run(cases, &tests, &errors));
    assert_int_equal(errors.count, count);
    assert_int_equal(errors.items[0].line, line);
    assert_string_equal(errors.items[0].text, said);
    kit_tests_free(&tests);
    error_clear(&errors);
}

/* What expects something that cannot be would test nothing, or never pass. */
static void test_slips_in_cases_are_refused(void **state)
{
    (void)state;
    assert_fault("a,b\ngood,good\n", 1, 1,
                 "the file has no column expected_judgement; add it, and say what each case should "
                 "be judged");
    assert_fault("a,b,expected_judgment,expected_judgement\ngood,good,good,good\n", 1, 1,
                 "\"expected_judgment\" is not a column of a case; did you mean "
                 "\"expected_judgement\"? Else take expected_judgement, expected_status, "
                 "expected_limited_by or expected_rating.CRITERION");
    assert_fault("a,b,expected_judgement,expected_rating.c\ngood,good,good,good\n", 1, 1,
                 "\"expected_rating.c\" is not a column of a case; name a criterion of the rubric "
                 "after the full stop");
    assert_fault("a,b,expected_judgement\ngood,good,goood\n", 1, 2,
                 "\"goood\" is not a judgement; did you mean \"good\"? Else write a level of the "
                 "rubric, none or not_graded");
    assert_fault(
        "a,b,expected_judgement\ngood,good,\n", 1, 2,
        "the case says no expected_judgement; write a level, none or not_graded, or remove "
        "the row");
    assert_fault("a,b,expected_judgement,expected_limited_by\ngood,good,good,a;d\n", 1, 2,
                 "\"d\" is not a criterion of the rubric; write the ids of criteria separated by ; "
                 "or none");
    assert_fault("a,b,expected_judgement,expected_status\ngood,good,good,reject\n", 1, 2,
                 "\"reject\" is not a status; did you mean \"rejected\"? Else write graded, "
                 "insufficient_evidence or rejected");
    assert_fault("a,b,expected_judgement\n", 1, 0, "the file holds no cases; add a row for each");
}

static bool append(void *page, const char *bytes, size_t size)
{
    strncat(page, bytes, size);
    return true;
}

/* XML keeps what a name may hold: & < > and quotes are written as references. */
static void test_junit_names_are_escaped(void **state)
{
    rubric_tests tests = {0};
    error_list   errors = {0};
    char         page[2048] = "", expected[2048];
    (void)state;

    assert_true(run("case,a,b,expected_judgement\n\"a < b & \"\"c\"\"\",good,good,inadequate\n"
                    "fine,good,good,good\n",
                    &tests, &errors));
    assert_true(kit_write_junit(&tests, 1, append, page));
    snprintf(expected, sizeof expected,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<testsuites tests=\"2\" failures=\"1\" errors=\"0\">\n"
             "  <testsuite name=\"%s/made.cases.csv\" tests=\"2\" failures=\"1\" errors=\"0\">\n"
             "    <testcase classname=\"made\" name=\"a &lt; b &amp; &quot;c&quot;\">\n"
             "      <failure message=\"judgement: expected inadequate, got good\">"
             "%s/made.cases.csv:2</failure>\n"
             "    </testcase>\n"
             "    <testcase classname=\"made\" name=\"fine\"/>\n"
             "  </testsuite>\n"
             "</testsuites>\n",
             folder, folder);
    assert_string_equal(page, expected);
    kit_tests_free(&tests);
    error_clear(&errors);
}

/* ---- A new plugin ------------------------------------------------------------------- */

/* A template that is not there: nothing of the folder is left behind. */
static void test_a_folder_half_made_is_removed(void **state)
{
    error_list  errors = {0};
    char        made[PATH_SIZE];
    struct stat status;
    (void)state;

    strcpy(made, in_folder("plugin"));
    const new_plugin asked = {.id = "early_help", .folder = made};
    assert_false(kit_new_plugin(&asked, in_folder("absent"), &errors));
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.items[0].kind, FAULT_INPUT);
    assert_int_not_equal(stat(made, &status), 0);
    error_clear(&errors);
}

static void test_names_that_are_no_ids_are_refused(void **state)
{
    static const char *const names[] = {"",
                                        "Early",
                                        "early-help",
                                        "2fast",
                                        "../up",
                                        "a b",
                                        "a2345678901234567890123456789012345678901"};
    (void)state;

    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        error_list       errors = {0};
        const new_plugin plugin_named = {.id = names[n]};
        const new_plugin area_named = {.id = "fine", .practice_area = names[n]};

        assert_false(kit_new_plugin(&plugin_named, folder, &errors));
        assert_false(kit_new_plugin(&area_named, folder, &errors));
        assert_int_equal(errors.count, 2);
        assert_int_equal(errors.items[0].kind, FAULT_USAGE);
        error_clear(&errors);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases_pass_that_are_judged_as_expected),
        cmocka_unit_test(test_each_difference_is_told),
        cmocka_unit_test(test_slips_in_cases_are_refused),
        cmocka_unit_test(test_junit_names_are_escaped),
        cmocka_unit_test(test_a_folder_half_made_is_removed),
        cmocka_unit_test(test_names_that_are_no_ids_are_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
