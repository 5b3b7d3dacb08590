/* test_values.c - grading.md 3: what a text is read as. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "records/fast_date.h"
#include "records/fast_digits.h"
#include "records/number.h"
#include "records/records.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const value_type typed[] = {VALUE_LEVEL, VALUE_FLAG,  VALUE_NUMBER,
                                   VALUE_DATE,  VALUE_DATES, VALUE_CHOICE};

/* Room for a value of any type. */
typedef union {
    uint8_t byte;
    double  number;
    int32_t date;
    text    words;
} any_value;

static int read_value(value_type type, const char *written, any_value *out)
{
    return value_read(type, text_of(written), NULL, out);
}

static void check_status(value_type type, const char *written, int status)
{
    any_value out;
    if (read_value(type, written, &out) != status) {
        fail_msg("\"%s\" as %s is not of status %d", written, value_type_name(type), status);
    }
}

static void test_words_for_missing_are_missing_in_every_field(void **state)
{
    (void)state;
    static const char *const words[] = {
        "",   "missing",    "not recorded", "not evidenced", "null",          "-",
        "  ", " Missing\t", "NULL",         "Not Recorded",  "NOT EVIDENCED", "\xC2\xA0-"};
    for (size_t i = 0; i < COUNT(words) * COUNT(typed); i++) {
        check_status(typed[i % COUNT(typed)], words[i / COUNT(typed)], COLUMN_MISSING);
    }
}

static void test_words_for_not_applicable_are_so_in_every_field(void **state)
{
    (void)state;
    static const char *const words[] = {"n/a", "na",   "not applicable",
                                        "N/A", " NA ", "Not Applicable"};
    for (size_t i = 0; i < COUNT(words) * COUNT(typed); i++) {
        check_status(typed[i % COUNT(typed)], words[i / COUNT(typed)], COLUMN_NOT_APPLICABLE);
    }
}

static void test_near_words_are_invalid(void **state)
{
    (void)state;
    static const char *const words[] = {"missed", "not  recorded",       "n.a.", "none", "--",
                                        "nul",    "not applicable here", "?"};
    for (size_t i = 0; i < COUNT(words) * COUNT(typed); i++) {
        check_status(typed[i % COUNT(typed)], words[i / COUNT(typed)], COLUMN_INVALID);
    }
}

static void test_flags(void **state)
{
    (void)state;
    static const char *const yes[] = {"yes", "y", "true", "1", "YES", " Y ", "True"};
    static const char *const no[] = {"no", "n", "false", "0", "No", "N", "FALSE"};
    static const char *const wrong[] = {"ja", "01", "yes.", "t", "2", "yess"};
    any_value                out;
    for (size_t i = 0; i < COUNT(yes); i++) {
        assert_int_equal(read_value(VALUE_FLAG, yes[i], &out), COLUMN_VALUE);
        assert_int_equal(out.byte, 1);
        assert_int_equal(read_value(VALUE_FLAG, no[i], &out), COLUMN_VALUE);
        assert_int_equal(out.byte, 0);
    }
    for (size_t i = 0; i < COUNT(wrong); i++) {
        check_status(VALUE_FLAG, wrong[i], COLUMN_INVALID);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        double      number;
    } numbers[] = {
        {"12", 12},
        {"12.5", 12.5},
        {"1,250", 1250},
        {"24%", 24},
        {" 7 ", 7},
        {"0", 0},
        {"007", 7},
        {"0.1", 0.1},
        {"0.10", 0.1},
        {"3.14159265358979", 3.14159265358979},
        {"1,234,567.25", 1234567.25},
        {"12,345%", 12345},
        {"99.5%", 99.5},
        {"123456789", 123456789},
        {"12345678", 12345678},
        {"999999999999999", 999999999999999},
        {"0.0000012345678901234", 0.0000012345678901234},
        {"1.5000000000000000000000000000", 1.5},
    };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        any_value out;
        assert_int_equal(read_value(VALUE_NUMBER, numbers[i].written, &out), COLUMN_VALUE);
        /* The same double, to the last bit. */
        assert_memory_equal(&out.number, &numbers[i].number, sizeof out.number);
    }
}

static void test_what_is_not_a_number_is_invalid(void **state)
{
    (void)state;
    static const char *const wrong[] = {"-5",
                                        "+5",
                                        "1e3",
                                        "5.",
                                        ".5",
                                        "1.2.3",
                                        "1,25",
                                        "12,50",
                                        "1,2345",
                                        "1250,",
                                        ",250",
                                        "0,125",
                                        "1234,567",
                                        "1,250,5",
                                        "24 %",
                                        "%",
                                        "24%%",
                                        "0x10",
                                        "inf",
                                        "nan",
                                        "1 250",
                                        "12a",
                                        "1.5,000",
                                        "1234567890123456",
                                        "0.1234567890123456",
                                        "0.00000000000000000000001",
                                        ("\xC2\xA3"
                                         "5")};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        check_status(VALUE_NUMBER, wrong[i], COLUMN_INVALID);
    }
}

static void test_numbers_are_read_alike_in_any_locale(void **state)
{
    (void)state;
    any_value out;
    setlocale(LC_ALL, "de_DE.UTF-8"); /* may not be there; then nothing is shown */
    assert_int_equal(read_value(VALUE_NUMBER, "12.5", &out), COLUMN_VALUE);
    assert_true(out.number > 12.4 && out.number < 12.6);
    setlocale(LC_ALL, "C");
}

static void test_short_digits_are_read_as_numbers_are(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 300000; i++) {
        char   bytes[16] = {0};
        double fast = 0;
        double slow = 1;
        int    size = snprintf(bytes, sizeof bytes, "%u", i * 331);
        assert_true(number_read((text){bytes, (size_t)size}, &slow));
        assert_int_equal(digits_read(bytes, (size_t)size, &fast), size <= 8);
        assert_true(size > 8 || memcmp(&fast, &slow, sizeof fast) == 0);
        bytes[i % (unsigned)size] = (char)(i % 256);
        if (bytes[i % (unsigned)size] < '0' || bytes[i % (unsigned)size] > '9') {
            assert_false(digits_read(bytes, (size_t)size, &fast));
        }
    }
    double none;
    assert_false(digits_read("        ", 0, &none));
}

static void test_dates(void **state)
{
    (void)state;
    /* 31 March 2026 is day 20543: 56 years and 14 leap days are 20454, and 89 days. */
    static const char *const same[] = {"2026-03-31",       "31/03/2026",         "31/03/26",
                                       "31-Mar-2026",      "31 March 2026",      " 31/3/2026 ",
                                       "2026-03-31 09:30", "31/03/2026 09:30:00"};
    for (size_t i = 0; i < COUNT(same); i++) {
        any_value out;
        assert_int_equal(read_value(VALUE_DATE, same[i], &out), COLUMN_VALUE);
        assert_int_equal(out.date, 20543);
    }
    static const char *const wrong[] = {"31/02/2026", "2026-13-01",  "03/31/2026", "yesterday",
                                        "46112",      "2026-03-31x", "2026/03/31"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        check_status(VALUE_DATE, wrong[i], COLUMN_INVALID);
    }
}

static void test_fast_dates_are_dates_on_every_day(void **state)
{
    (void)state;
    int32_t first, last;
    assert_true(date_read("0001-01-01", 10, &first));
    assert_true(date_read("9999-12-31", 10, &last));
    for (int32_t day = first; day <= last; day++) {
        char    iso[DATE_TEXT_SIZE];
        char    british[DATE_TEXT_SIZE];
        int32_t read;
        date_write(day, iso);
        assert_true(fast_date_read(iso, &read));
        assert_int_equal(read, day);
        snprintf(british, sizeof british, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
        assert_true(fast_date_read(british, &read));
        assert_int_equal(read, day);
    }
}

static void test_fast_dates_take_nothing_that_dates_refuse(void **state)
{
    (void)state;
    static const char letters[] = "0123456789/-0123 :";
    uint64_t          random = 88172645463325252U;
    for (int round = 0; round < 400000; round++) {
        char bytes[FAST_DATE_SIZE + 1] = "2024-02-29";
        if (round % 2 == 0) {
            memcpy(bytes, "29/02/2023", FAST_DATE_SIZE);
        }
        for (int changes = 0; changes < 3; changes++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            bytes[random % FAST_DATE_SIZE] = letters[(random >> 20) % (sizeof letters - 1)];
        }
        int32_t fast;
        int32_t day;
        if (fast_date_read(bytes, &fast)) {
            assert_true(date_read(bytes, FAST_DATE_SIZE, &day));
            assert_int_equal(fast, day);
        }
    }
}

static void test_lists_of_dates(void **state)
{
    (void)state;
    check_status(VALUE_DATES, "2026-01-05; 19/01/2026", COLUMN_VALUE);
    check_status(VALUE_DATES, "2026-01-05,19/01/2026|20/01/2026\n\r\n21 January 2026;;",
                 COLUMN_VALUE);
    check_status(VALUE_DATES, "2026-01-05", COLUMN_VALUE);
    check_status(VALUE_DATES, " ; , ", COLUMN_MISSING);
    check_status(VALUE_DATES, "2026-01-05; soon", COLUMN_INVALID);
    check_status(VALUE_DATES, "2026-01-05; n/a", COLUMN_INVALID);
    check_status(VALUE_DATES, "31/02/2026", COLUMN_INVALID);
}

static void test_levels_choices_and_matches_ask_the_spellings(void **state)
{
    (void)state;
    spelling_table *levels = spelling_new(SPELLING_NAME);
    assert_non_null(levels);
    assert_int_equal(spelling_add(levels, text_of("requires improvement"), 1), SPELLING_ADDED);
    /* A word for missing is missing, whatever the rubric calls a level. */
    assert_int_equal(spelling_add(levels, text_of("missing"), 2), SPELLING_ADDED);
    any_value out;
    assert_int_equal(value_read(VALUE_LEVEL, text_of(" Requires-Improvement "), levels, &out),
                     COLUMN_VALUE);
    assert_int_equal(out.byte, 1);
    assert_int_equal(value_read(VALUE_CHOICE, text_of("REQUIRES_IMPROVEMENT"), levels, &out),
                     COLUMN_VALUE);
    assert_int_equal(out.byte, 1);
    assert_int_equal(value_read(VALUE_LEVEL, text_of("missing"), levels, &out), COLUMN_MISSING);
    assert_int_equal(value_read(VALUE_LEVEL, text_of("bad"), levels, &out), COLUMN_INVALID);

    /* A match looks at the text alone, and is never missing. */
    assert_int_equal(value_read(VALUE_MATCH, text_of("Missing"), levels, &out), COLUMN_VALUE);
    assert_int_equal(out.byte, 1);
    assert_int_equal(value_read(VALUE_MATCH, text_of(""), levels, &out), COLUMN_VALUE);
    assert_int_equal(out.byte, 0);
    spelling_free(levels);
}

static void test_text_is_trimmed_and_never_missing(void **state)
{
    (void)state;
    any_value out;
    assert_int_equal(read_value(VALUE_TEXT, " n/a ", &out), COLUMN_VALUE);
    assert_int_equal(out.words.size, 3);
    assert_int_equal(read_value(VALUE_TEXT, "  ", &out), COLUMN_VALUE);
    assert_int_equal(out.words.size, 0);
}

static void test_every_type_has_a_name_and_a_remedy(void **state)
{
    (void)state;
    for (int type = VALUE_LEVEL; type <= VALUE_TEXT; type++) {
        assert_true(strlen(value_type_name((value_type)type)) > 0);
        assert_memory_equal(value_type_remedy((value_type)type), "write ", 6);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_for_missing_are_missing_in_every_field),
        cmocka_unit_test(test_words_for_not_applicable_are_so_in_every_field),
        cmocka_unit_test(test_near_words_are_invalid),
        cmocka_unit_test(test_flags),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_what_is_not_a_number_is_invalid),
        cmocka_unit_test(test_numbers_are_read_alike_in_any_locale),
        cmocka_unit_test(test_short_digits_are_read_as_numbers_are),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_fast_dates_are_dates_on_every_day),
        cmocka_unit_test(test_fast_dates_take_nothing_that_dates_refuse),
        cmocka_unit_test(test_lists_of_dates),
        cmocka_unit_test(test_levels_choices_and_matches_ask_the_spellings),
        cmocka_unit_test(test_text_is_trimmed_and_never_missing),
        cmocka_unit_test(test_every_type_has_a_name_and_a_remedy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
