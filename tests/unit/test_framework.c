/* test_framework.c - editions of the inspection framework: design.md, "Editions". */
#include "rubric_case.h"

#include <stdlib.h>

#include "base/date.h"

/* Reads a framework; `messages` has what was said, with the file called FILE. */
static framework *read_framework(const char *written, char *messages, size_t size)
{
    char       path[] = "/tmp/assay-framework-XXXXXX";
    const int  file = mkstemp(path);
    FILE      *out = file < 0 ? NULL : fdopen(file, "wb");
    char       found[4096];
    error_list errors = {0};

    assert_non_null(out);
    assert_true(fputs(written, out) >= 0);
    assert_int_equal(fclose(out), 0);
    framework *made = framework_read(path, &errors);
    case_messages(&errors, found, sizeof found);
    messages[0] = '\0';
    for (char *line = strtok(found, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        const char  *rest = strstr(line, path);
        const size_t used = strlen(messages);
        assert_non_null(rest);
        snprintf(messages + used, size - used, "FILE%s\n", rest + strlen(path));
    }
    remove(path);
    error_clear(&errors);
    return made;
}

static framework *taken(const char *written)
{
    char       messages[4096];
    framework *made = read_framework(written, messages, sizeof messages);
    assert_string_equal(messages, "");
    assert_non_null(made);
    return made;
}

static void refused(const char *written, const char *expected)
{
    char messages[4096];
    assert_null(read_framework(written, messages, sizeof messages));
    assert_string_equal(messages, expected);
}

static int32_t day_of(const char *written)
{
    int32_t day = 0;
    assert_true(date_read(written, strlen(written), &day));
    return day;
}

static void test_an_edition_has_dates_and_areas_in_their_order(void **state)
{
    (void)state;
    framework *made =
        taken("[framework]\nid = ilacs-2018\ntitle = ILACS\npublisher = Ofsted\n"
              "effective_from = 2018-01-01\neffective_to = 2022-12-31\noverall = yes\n"
              "source = Reports\nnote = One\n  two.\n"
              "[area.leaders]\ntitle = The impact of leaders\nshort = leaders\n"
              "[area.help]\ntitle = Children who need help\nshort = help\n");
    assert_string_equal(made->id, "ilacs-2018");
    assert_string_equal(made->title, "ILACS");
    assert_string_equal(made->publisher, "Ofsted");
    assert_string_equal(made->source, "Reports");
    assert_string_equal(made->note, "One two.");
    assert_int_equal(made->effective_from, day_of("2018-01-01"));
    assert_int_equal(made->effective_to, day_of("2022-12-31"));
    assert_true(made->overall);
    assert_int_equal(made->area_count, 2);
    assert_string_equal(made->areas[0].id, "leaders");
    assert_string_equal(made->areas[0].title, "The impact of leaders");
    assert_string_equal(made->areas[1].id, "help");
    assert_string_equal(made->areas[1].shown, "help");
    framework_free(made);
}

static void test_without_effective_to_it_is_in_force(void **state)
{
    (void)state;
    framework *made =
        taken("[framework]\nid = x\ntitle = X\npublisher = P\neffective_from = 2026-04-01\n"
              "overall = no\n[area.a]\ntitle = A\nshort = a\n");
    assert_int_equal(made->effective_to, INT32_MAX);
    assert_false(made->overall);
    framework_free(made);
}

static void test_every_fault_is_told(void **state)
{
    (void)state;
    refused(
        "[framework]\nid = x\ntitel = X\neffective_from = 2026-04-01\n"
        "effective_to = 2026-03-31\noverall = perhaps\n[area.Leaders]\nshort = leaders\n[areas]\n",
        "FILE:1: [framework] has no \"title\"; add the line \"title = ...\"\n"
        "FILE:1: [framework] has no \"publisher\"; add the line \"publisher = ...\"\n"
        "FILE:3: \"titel\" is not a key of [framework]; did you mean \"title\"?\n"
        "FILE:5: effective_to 2026-03-31 is before effective_from; exchange them\n"
        "FILE:6: overall \"perhaps\" is neither yes nor no; write one of them\n"
        "FILE:7: [area.Leaders] has no proper id; use small letters, digits and underscores, a "
        "letter first, at most 40 characters\n"
        "FILE:7: the area has no \"title\"; add the line \"title = ...\"\n"
        "FILE:9: [areas] is not a section of a framework; there are [framework] and [area.ID]\n");
    refused("[framework]\nid = y\ntitle = Y\npublisher = P\neffective_from = soon\noverall = yes\n",
            "FILE: there is no judgement area; add a section such as [area.leaders]\n"
            "FILE:5: effective_from \"soon\" is not a date; write it like 2026-04-01\n");
    refused("",
            "FILE: there is no [framework] section; begin the file with [framework] and its id, "
            "title, publisher, effective_from and overall\n"
            "FILE: there is no judgement area; add a section such as [area.leaders]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_edition_has_dates_and_areas_in_their_order),
        cmocka_unit_test(test_without_effective_to_it_is_in_force),
        cmocka_unit_test(test_every_fault_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
