/* test_calendar.c - base/calendar.h, and the calendar of England. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/date.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int32_t day_of(const char *written)
{
    int32_t day = 0;
    assert_true(date_read(written, strlen(written), &day));
    return day;
}

static int32_t between(const calendar *in, const char *from, const char *to)
{
    return assay_working_days(&in->table, day_of(from), day_of(to));
}

static calendar *read_content(const char *content, error_list *errors)
{
    char      path[] = "/tmp/assay-test-calendar-XXXXXX";
    const int handle = mkstemp(path);
    assert_true(handle >= 0);
    assert_int_equal(write(handle, content, strlen(content)), (ssize_t)strlen(content));
    close(handle);
    calendar *made = calendar_read(path, errors);
    unlink(path);
    return made;
}

#define HEAD "[calendar]\nid = c\ntitle = C\nsource = S\nnote = N\nfirst = 2026-12-21\n"

static void test_working_days_are_weekdays_without_holidays(void **state)
{
    (void)state;
    /* Monday 21 December 2026 to Sunday 3 January 2027. Christmas Day is a Friday, so Boxing
     * Day (a Saturday) is kept on Monday 28th; New Year's Day is a Friday. */
    error_list errors = {0};
    calendar *made = read_content(HEAD "last = 2027-01-03\n[holidays]\n2026-12-25 = Christmas Day\n"
                                       "2026-12-28 =\n2027-01-01 = New Year's Day\n",
                                  &errors);
    assert_int_equal(errors.count, 0);
    assert_non_null(made);
    assert_string_equal(made->id, "c");
    assert_int_equal(made->table.struct_size, sizeof(struct assay_calendar));
    assert_int_equal(made->table.first, day_of("2026-12-21"));
    assert_int_equal(made->table.last, day_of("2027-01-03"));
    /*                             M  T  W  T  F  S  S  M  T  W  T  F  S  S */
    static const int32_t counts[] = {1, 2, 3, 4, 4, 4, 4, 4, 5, 6, 7, 7, 7, 7};
    for (size_t i = 0; i < COUNT(counts); i++)
        assert_int_equal(made->table.working_days[i], counts[i]);
    /* grading.md 4: d with from < d <= to. */
    assert_int_equal(between(made, "2026-12-21", "2026-12-21"), 0);
    assert_int_equal(between(made, "2026-12-24", "2026-12-29"), 1);
    assert_int_equal(between(made, "2026-12-21", "2027-01-03"), 6);
    assert_int_equal(between(made, "2026-12-20", "2026-12-24"), -1); /* not covered */
    assert_int_equal(between(made, "2026-12-24", "2027-01-04"), -1);
    calendar_free(made);
    calendar_free(NULL);
}

static void test_days_before_1970_have_their_weekdays(void **state)
{
    (void)state;
    /* 1 January 1900 was a Monday: five working days to Sunday the 7th. */
    error_list errors = {0};
    calendar  *made = read_content("[calendar]\nid = old\nfirst = 1900-01-01\nlast = 1900-01-07\n"
                                    "[holidays]\n",
                                   &errors);
    assert_non_null(made);
    static const int32_t counts[] = {1, 2, 3, 4, 5, 5, 5};
    for (size_t i = 0; i < COUNT(counts); i++)
        assert_int_equal(made->table.working_days[i], counts[i]);
    calendar_free(made);
}

/* What is said about `content`: ":LINE: text" a line, without the path. */
static void expect_said(const char *content, const char *expected)
{
    error_list errors = {0};
    char       said[2048] = "";
    size_t     length = 0;
    assert_null(read_content(content, &errors));
    for (size_t i = 0; i < errors.count; i++) {
        assert_int_equal(errors.items[i].kind, FAULT_RUBRIC);
        assert_non_null(strstr(errors.items[i].file, "/tmp/assay-test-calendar-"));
        length += (size_t)snprintf(said + length, sizeof said - length, "%d: %s\n",
                                   (int)errors.items[i].line, errors.items[i].text);
    }
    assert_string_equal(said, expected);
    error_clear(&errors);
}

static void test_holidays_that_cannot_be_are_refused_with_their_line(void **state)
{
    (void)state;
    expect_said(HEAD "last = 2027-01-03\n[holidays]\n2026-12-20 = a\n2027-01-04 = b\n"
                     "2026-12-32 = c\nChristmas = d\n25/12/2026 = e\n2026-12-25 = f\n"
                     "2026-12-25 = g\n",
                "15: \"2026-12-25\" is given twice in [holidays], first in line 14; take one of "
                "them out\n"
                "9: 2026-12-20 is outside the days that this calendar covers; take it out, or "
                "change \"first\" or \"last\"\n"
                "10: 2027-01-04 is outside the days that this calendar covers; take it out, or "
                "change \"first\" or \"last\"\n"
                "11: \"2026-12-32\" is not a date; write a holiday as yyyy-mm-dd = its name\n"
                "12: \"Christmas\" is not a date; write a holiday as yyyy-mm-dd = its name\n"
                "13: \"25/12/2026\" is not a date; write a holiday as yyyy-mm-dd = its name\n");
}

static void test_the_head_says_which_days_are_covered(void **state)
{
    (void)state;
    expect_said("[calendar]\n[holidays]\n", "1: [calendar] has no \"id\"; add id = england\n"
                                            "1: [calendar] has no \"first\"; add first = "
                                            "2010-01-01\n"
                                            "1: [calendar] has no \"last\"; add last = "
                                            "2035-12-31\n");
    expect_said(HEAD "last = 2026-12-20\n[holidays]\n",
                "7: last 2026-12-20 is before first 2026-12-21; exchange them\n");
    expect_said(HEAD "last = 3/1/2027\nfrist = 1\n[holidays]\n",
                "7: last \"3/1/2027\" is not a date; write it as yyyy-mm-dd\n"
                "8: \"frist\" is not a key of a calendar; did you mean \"first\"?\n");
    expect_said("[calendar]\nid = My Town\nfirst = 2026-01-01\nlast = 2026-01-02\n[holidays]\n",
                "2: id \"My Town\" is not an id; write a letter, then letters, digits and \"_\", "
                "all lower case, at most 40\n");
}

static void test_both_sections_are_needed_and_no_other(void **state)
{
    (void)state;
    expect_said("", "0: [calendar] is missing; add it with id, first and last\n"
                    "0: [holidays] is missing; add it, with one yyyy-mm-dd = name for each "
                    "holiday\n");
    expect_said(HEAD "last = 2027-01-03\n[holiday]\n[extra]\n",
                "0: [holidays] is missing; add it, with one yyyy-mm-dd = name for each holiday\n"
                "8: [holiday] is not a section of a calendar; did you mean [holidays]?\n"
                "9: [extra] is not a section of a calendar; take it out, or use [calendar] or "
                "[holidays]\n");
}

static void test_a_calendar_that_is_not_there_is_one_fault(void **state)
{
    (void)state;
    error_list errors = {0};
    assert_null(calendar_read("/nowhere/england.ini", &errors));
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.items[0].text, "cannot be read: No such file or directory; check "
                                              "the path and who may read it");
    error_clear(&errors);
}

static calendar *read_england(void)
{
    error_list errors = {0};
    calendar  *england = calendar_read(ASSAY_SOURCE_DIR "/rubrics/calendars/england.ini", &errors);
    assert_int_equal(errors.count, 0);
    assert_non_null(england);
    return england;
}

/* The weekday holidays of 2022 to 2027 in the DfE returns' validator (data-to-insight,
 * csc-validator-be-cin, england_holidates.py), as domain.md 3 lists them. */
static const char *const published[] = {
    "2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03",
    "2022-08-29", "2022-09-19", "2022-12-26", "2022-12-27", "2023-01-02", "2023-04-07",
    "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29", "2023-08-28", "2023-12-25",
    "2023-12-26", "2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27",
    "2024-08-26", "2024-12-25", "2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21",
    "2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26", "2026-01-01",
    "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25",
    "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31",
    "2027-08-30", "2027-12-27", "2027-12-28"};

static void test_england_has_the_published_holidays_and_no_others(void **state)
{
    (void)state;
    calendar *england = read_england();
    size_t    next = 0;
    assert_string_equal(england->id, "england");
    /* 1 January 2022 was a Saturday. */
    int32_t weekday = 5;
    for (int32_t day = day_of("2022-01-01"); day <= day_of("2027-12-31"); day++) {
        char written[DATE_TEXT_SIZE];
        date_write(day, written);
        const bool    listed = next < COUNT(published) && strcmp(published[next], written) == 0;
        const int32_t works = assay_working_days(&england->table, day - 1, day);
        if (works != (weekday < 5 && !listed ? 1 : 0))
            fail_msg("%s: %d", written, works);
        if (listed)
            next++;
        weekday = (weekday + 1) % 7;
    }
    assert_int_equal(next, COUNT(published));
    calendar_free(england);
}

static void test_england_covers_2010_to_2035(void **state)
{
    (void)state;
    calendar *england = read_england();
    assert_int_equal(england->table.first, day_of("2010-01-01"));
    assert_int_equal(england->table.last, day_of("2035-12-31"));
    /* By hand: Thursday 17 December 2026 and ten working days: 18, 21, 22, 23, 24 (25 is Christmas
     * Day, 26 and 27 a weekend, 28 Boxing Day in its place), 29, 30, 31 (1 is New Year's Day,
     * then a weekend), 4, 5 January. */
    assert_int_equal(between(england, "2026-12-17", "2027-01-05"), 10);
    calendar_free(england);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_working_days_are_weekdays_without_holidays),
        cmocka_unit_test(test_days_before_1970_have_their_weekdays),
        cmocka_unit_test(test_holidays_that_cannot_be_are_refused_with_their_line),
        cmocka_unit_test(test_the_head_says_which_days_are_covered),
        cmocka_unit_test(test_both_sections_are_needed_and_no_other),
        cmocka_unit_test(test_a_calendar_that_is_not_there_is_one_fault),
        cmocka_unit_test(test_england_has_the_published_holidays_and_no_others),
        cmocka_unit_test(test_england_covers_2010_to_2035),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
