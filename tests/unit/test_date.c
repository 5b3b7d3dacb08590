/* test_date.c - base/date.h: dates as people write them (grading.md 3). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* 31 March 2026: 56 years of 365 days from 1970, 14 leap days (1972 to 2024), and 31 + 28 + 30
 * days of 2026: 20440 + 14 + 89. */
enum { MARCH_31 = 20543 };

/* From memory of exactly its size, so that reading past its end is found. */
static bool read_exactly(const char *bytes, size_t size, int32_t *day)
{
    char *copy = malloc(size == 0 ? 1 : size);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    const bool good = date_read(copy, size, day);
    free(copy);
    return good;
}

static void expect_date(const char *written, int32_t expected)
{
    int32_t day = -1;
    if (!read_exactly(written, strlen(written), &day))
        fail_msg("\"%s\" is not read", written);
    if (day != expected)
        fail_msg("\"%s\" is read as day %d, not %d", written, day, expected);
}

static void expect_none(const char *written)
{
    int32_t day = 12345;
    if (read_exactly(written, strlen(written), &day))
        fail_msg("\"%s\" is read as day %d", written, day);
    assert_int_equal(day, 12345);
}

static void test_each_form_of_grading_3_is_read(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "2026-03-31",    "31/03/2026",   "31/03/26",      "31/3/2026",     "31/3/26",
        "31-Mar-2026",   "31-mar-26",    "31-MARCH-2026", "31 March 2026", "31 mar 2026",
        "31  March\t26", " 2026-03-31 ", "\t31/03/2026",  "31 March 26",   "31\xC2\xA0March 2026"};
    for (size_t i = 0; i < COUNT(forms); i++)
        expect_date(forms[i], MARCH_31);
}

static void test_all_months_by_name(void **state)
{
    (void)state;
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    for (int month = 1; month <= 12; month++) {
        char    written[40];
        int32_t expected = 0;
        snprintf(written, sizeof written, "2026-%02d-01", month);
        assert_true(date_read(written, strlen(written), &expected));
        snprintf(written, sizeof written, "1 %s 2026", names[month - 1]);
        expect_date(written, expected);
        snprintf(written, sizeof written, "1-%.3s-26", names[month - 1]);
        expect_date(written, expected);
    }
}

static void test_day_is_before_month_always(void **state)
{
    (void)state;
    expect_date("01/02/1970", 31); /* 1 February */
    expect_date("2/1/1970", 1);
    expect_none("03/31/2026");
}

static void test_two_digit_years_are_of_this_century(void **state)
{
    (void)state;
    expect_date("01/01/00", 10957); /* 30 years and 7 leap days from 1970 */
    expect_date("31/12/99", 47481); /* 130 * 365 + 32 leap days (1972 to 2096), less one day */
    expect_none("31/03/226");
    expect_none("31/03/6");
}

static void test_a_time_of_day_may_follow(void **state)
{
    (void)state;
    static const char *const times[] = {"T09:30",           "t09:30:00",
                                        "T09:30:00Z",       "T23:59:59.999999999z",
                                        "T09:30:00+01:00",  "T09:30:00.000-05:30",
                                        " 09:30",           " 9:30",
                                        "  00:00:00",       " 9:05 am",
                                        " 9:05AM",          " 12:00:00 PM",
                                        " 11:59 pm Z",      " 9:05\xE2\x80\xAFPM",
                                        " 09:30:00 +00:00", "T09:30:00,5"};
    static const char *const dates[] = {"2026-03-31", "31/03/2026", "31/3/26", "31-Mar-2026",
                                        "31 March 2026"};
    for (size_t i = 0; i < COUNT(dates); i++) {
        for (size_t j = 0; j < COUNT(times); j++) {
            char written[64];
            snprintf(written, sizeof written, "%s%s", dates[i], times[j]);
            expect_date(written, MARCH_31);
        }
    }
}

static void test_a_time_out_of_range_is_no_time(void **state)
{
    (void)state;
    static const char *const times[] = {"T",          " 9",           " 9:",
                                        " 9:5",       " 24:00",       " 09:60",
                                        " 09:30:60",  " 09:30:",      " 09:30:0",
                                        " 09:30:00.", " 13:00 pm",    " 0:30 am",
                                        " 009:30",    "09:30",        " 09:30 xm",
                                        " 09:30+1",   " 09:30+15:00", " 09:30+01:60",
                                        " 09:30Zx",   " 09:30 am am", " 09:30:00.1.2",
                                        "TT09:30",    "T 09:30",      " 99999999999:00"};
    for (size_t i = 0; i < COUNT(times); i++) {
        char written[64];
        snprintf(written, sizeof written, "31/03/2026%s", times[i]);
        expect_none(written);
    }
}

static void test_what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        " ",
                                        "31",
                                        "31/03",
                                        "2026",
                                        "2026-3-31",
                                        "2026-03-1",
                                        "2026/03/31",
                                        "31-03-2026",
                                        "31.03.2026",
                                        "31/03-2026",
                                        "31/03/20266",
                                        "031/03/2026",
                                        "31/003/2026",
                                        "32/03/2026",
                                        "00/03/2026",
                                        "31/00/2026",
                                        "31/13/2026",
                                        "31/04/2026",
                                        "29/02/2026",
                                        "29/02/2100",
                                        "30/02/2024",
                                        "2026-02-29",
                                        "2026-00-10",
                                        "2026-13-10",
                                        "2026-10-00",
                                        "2026-10-32",
                                        "31/03/0000",
                                        "0000-01-01",
                                        "-1/03/2026",
                                        "31-Sept-2026",
                                        "31 Mars 2026",
                                        "31 Ma 2026",
                                        "31-Mar 2026",
                                        "31 Mar-2026",
                                        "31Mar2026",
                                        "1st March 2026",
                                        "31/Mar/2026",
                                        "+1/03/2026",
                                        "3a/03/2026",
                                        "31/03/2O26",
                                        "1/03/2026x",
                                        "not a date",
                                        "46112",
                                        "31/03/2026,",
                                        "2026-03-3:",
                                        "//////////",
                                        "----------",
                                        "99999999999999999999/03/2026"};
    for (size_t i = 0; i < COUNT(wrong); i++)
        expect_none(wrong[i]);
    int32_t day;
    assert_false(read_exactly("31/03/2026\0", 11, &day));
}

static void test_leap_days_are_of_leap_years(void **state)
{
    (void)state;
    /* 29 February 2000: 30 years and 7 leap days, then 31 + 28 days. */
    expect_date("29/02/2000", 10957 + 59);
    expect_date("29 Feb 24", 19782); /* 54 years, 13 leap days, 59 days */
    expect_none("29/02/1900");
    expect_none("29-Feb-2025");
}

static void test_the_first_and_the_last_day(void **state)
{
    (void)state;
    char out[DATE_TEXT_SIZE];
    expect_date("01/01/1970", 0);
    expect_date("31/12/1969", -1);
    /* 1 January 1 is 719162 days before 1970: 1969 * 365 + 477 leap days. */
    expect_date("0001-01-01", -719162);
    date_write(-719162, out);
    assert_string_equal(out, "0001-01-01");
    /* 31 December 9999: 8030 * 365 + 1947 leap days from 1970, less one. */
    expect_date("9999-12-31", 2932896);
    date_write(2932896, out);
    assert_string_equal(out, "9999-12-31");
}

static void test_every_day_of_1900_to_2100_comes_back(void **state)
{
    (void)state;
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t          expected = -25567; /* 1 January 1900: 70 years and 17 leap days before 1970 */
    for (int year = 1900; year <= 2100; year++) {
        const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (int month = 1; month <= 12; month++) {
            const int length = month == 2 && leap ? 29 : lengths[month - 1];
            for (int day_of_month = 1; day_of_month <= length; day_of_month++, expected++) {
                char    written[40], out[DATE_TEXT_SIZE];
                int32_t day = 0, of_year = 0, of_month = 0;
                snprintf(written, sizeof written, "%02d/%02d/%04d", day_of_month, month, year);
                assert_true(date_read(written, strlen(written), &day));
                assert_int_equal(day, expected);
                date_write(day, out);
                snprintf(written, sizeof written, "%04d-%02d-%02d", year, month, day_of_month);
                assert_string_equal(out, written);
                assert_true(date_read(out, strlen(out), &day));
                assert_int_equal(day, expected);
                date_month(day, &of_year, &of_month);
                assert_int_equal(of_year, year);
                assert_int_equal(of_month, month);
            }
        }
    }
}

/* One byte changed at random: what is still read is a day of the years 1 to 9999. */
static void test_damaged_dates_are_refused_or_are_dates(void **state)
{
    (void)state;
    static const char *const whole[] = {"31/03/2026", "2026-03-31", "31-Mar-2026",
                                        "31 March 2026 09:30:00 am"};
    uint32_t                 seed = 20260401;
    for (int i = 0; i < 200000; i++) {
        char    written[40];
        int32_t day = 0;
        seed = seed * 1664525u + 1013904223u;
        strcpy(written, whole[(seed >> 8) % COUNT(whole)]);
        const size_t size = strlen(written);
        written[(seed >> 12) % size] = (char)(seed >> 24);
        if (read_exactly(written, size, &day))
            assert_in_range((LargestIntegralType)(day + 719162), 0, 719162 + 2932896);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_form_of_grading_3_is_read),
        cmocka_unit_test(test_all_months_by_name),
        cmocka_unit_test(test_day_is_before_month_always),
        cmocka_unit_test(test_two_digit_years_are_of_this_century),
        cmocka_unit_test(test_a_time_of_day_may_follow),
        cmocka_unit_test(test_a_time_out_of_range_is_no_time),
        cmocka_unit_test(test_what_is_no_date_is_refused),
        cmocka_unit_test(test_leap_days_are_of_leap_years),
        cmocka_unit_test(test_the_first_and_the_last_day),
        cmocka_unit_test(test_every_day_of_1900_to_2100_comes_back),
        cmocka_unit_test(test_damaged_dates_are_refused_or_are_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
