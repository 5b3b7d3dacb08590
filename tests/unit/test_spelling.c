/* test_spelling.c - base/spelling.h: from the ways a thing is written to a number. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/spelling.h"

static void test_names_compare_in_any_case_and_spacing(void **state)
{
    (void)state;
    spelling_table *table = spelling_new(SPELLING_NAME);
    assert_non_null(table);
    assert_int_equal(spelling_find(table, text_of("good")), SPELLING_NONE);
    assert_int_equal(spelling_add(table, text_of("requires_improvement"), 1), SPELLING_ADDED);
    assert_int_equal(spelling_add(table, text_of("RI"), 1), SPELLING_ADDED);
    assert_int_equal(spelling_add(table, text_of("good"), 2), SPELLING_ADDED);
    assert_int_equal(spelling_find(table, text_of(" Requires  Improvement")), 1);
    assert_int_equal(spelling_find(table, text_of("requires-improvement")), 1);
    assert_int_equal(spelling_find(table, text_of("ri")), 1);
    assert_int_equal(spelling_find(table, text_of("GOOD")), 2);
    assert_int_equal(spelling_find(table, text_of("goods")), SPELLING_NONE);
    assert_int_equal(spelling_find(table, text_of("")), SPELLING_NONE);
    assert_int_equal(spelling_find(table, text_of("a\xFF")), SPELLING_NONE);
    spelling_free(table);
}

/* grading.md 5: the values of applies_if compare after trimming, in any letter case. */
static void test_case_alone_keeps_separators_apart(void **state)
{
    (void)state;
    spelling_table *table = spelling_new(SPELLING_CASE);
    assert_non_null(table);
    assert_int_equal(spelling_add(table, text_of("Care leaver"), 250), SPELLING_ADDED);
    assert_int_equal(spelling_find(table, text_of(" CARE LEAVER ")), 250);
    assert_int_equal(spelling_find(table, text_of("care-leaver")), SPELLING_NONE);
    /* Not ASCII: e acute as one character and as two. */
    assert_int_equal(spelling_add(table, text_of("\xC3\x89t\xC3\xA9"), 7), SPELLING_ADDED);
    assert_int_equal(spelling_find(table, text_of("e\xCC\x81t\xC3\x89")), 7);
    spelling_free(table);
}

static void test_one_spelling_stands_for_one_value(void **state)
{
    (void)state;
    spelling_table *table = spelling_new(SPELLING_NAME);
    assert_non_null(table);
    assert_int_equal(spelling_add(table, text_of("good"), 2), SPELLING_ADDED);
    assert_int_equal(spelling_add(table, text_of("Good "), 2), SPELLING_ADDED);
    assert_int_equal(spelling_add(table, text_of("GOOD"), 3), SPELLING_TAKEN);
    assert_int_equal(spelling_find(table, text_of("good")), 2);
    spelling_free(table);
}

static void test_what_cannot_be_written_is_unreadable(void **state)
{
    (void)state;
    spelling_table *table = spelling_new(SPELLING_CASE);
    char            sentence[1025];
    memset(sentence, 'a', sizeof sentence);
    assert_non_null(table);
    assert_int_equal(spelling_add(table, text_of("\xC3("), 0), SPELLING_UNREADABLE);
    assert_int_equal(spelling_add(table, text_of("  "), 0), SPELLING_UNREADABLE);
    assert_int_equal(spelling_add(table, (text){sentence, 1025}, 0), SPELLING_UNREADABLE);
    assert_int_equal(spelling_add(table, (text){sentence, 1024}, 5), SPELLING_ADDED);
    assert_int_equal(spelling_find(table, (text){sentence, 1024}), 5);
    assert_int_equal(spelling_find(table, (text){sentence, 1025}), SPELLING_NONE);
    spelling_free(table);
    spelling_free(NULL);
}

static void test_many_spellings_are_all_found(void **state)
{
    (void)state;
    spelling_table *table = spelling_new(SPELLING_NAME);
    char            name[32];
    assert_non_null(table);
    for (int i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "Team %d", i);
        assert_int_equal(spelling_add(table, text_of(name), (uint8_t)(i % 251)), SPELLING_ADDED);
    }
    for (int i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "TEAM-%d", i);
        assert_int_equal(spelling_find(table, text_of(name)), i % 251);
        snprintf(name, sizeof name, "team %d", i + 5000);
        assert_int_equal(spelling_find(table, text_of(name)), SPELLING_NONE);
    }
    spelling_free(table);
}

/* Pieces of names in every length up to some 40 bytes, so that the ends of words of eight
 * bytes fall everywhere. */
static text make_value(uint32_t *seed, char out[64])
{
    static const char *const pieces[] = {"a", "B", "Z",  "[", "@",       " ",
                                         "-", "_", "\t", "9", "\xC3\x89"};
    size_t                   size = 0;
    *seed = *seed * 1664525u + 1013904223u;
    const size_t length = (*seed >> 16) % 40;
    while (size < length) {
        *seed = *seed * 1664525u + 1013904223u;
        /* Seldom what takes the long way. */
        const size_t piece = (*seed >> 26) == 0 ? (*seed >> 8) % 11 : (*seed >> 8) % 5;
        const char  *bytes = (*seed >> 27) == 1 ? pieces[5 + (*seed >> 8) % 3] : pieces[piece];
        memcpy(out + size, bytes, strlen(bytes));
        size += strlen(bytes);
    }
    return (text){out, size};
}

/* The table folds in its own way; it must agree with text_same() and text_same_name(). */
static void test_finding_agrees_with_comparing(void **state)
{
    (void)state;
    uint32_t seed = 20260331;
    size_t   found = 0;
    for (int i = 0; i < 20000; i++) {
        char                value_bytes[64], other_bytes[64];
        const spelling_kind kind = i % 2 == 0 ? SPELLING_NAME : SPELLING_CASE;
        spelling_table     *table = spelling_new(kind);
        const text          value = make_value(&seed, value_bytes);
        assert_non_null(table);
        const bool empty = text_trim(value).size == 0;
        assert_int_equal(spelling_add(table, value, 9),
                         empty ? SPELLING_UNREADABLE : SPELLING_ADDED);

        /* Another letter case, other separators; every third time one byte is another one. */
        text other = {other_bytes, value.size};
        memcpy(other_bytes, value_bytes, value.size);
        for (size_t j = 0; j < other.size; j++) {
            char *byte = &other_bytes[j];
            if (*byte == 'a' || *byte == 'B' || *byte == 'Z')
                *byte = (char)(*byte ^ 0x20);
            else if (kind == SPELLING_NAME && (*byte == '-' || *byte == '_'))
                *byte = *byte == '-' ? '_' : '-';
        }
        if (i % 3 == 0 && other.size > 0)
            other_bytes[seed % other.size] = (char)(seed >> 25);
        const bool same =
            kind == SPELLING_NAME ? text_same_name(value, other) : text_same(value, other);
        const int expected = same && !empty ? 9 : SPELLING_NONE;
        assert_int_equal(spelling_find(table, other), expected);
        found += expected == 9;
        spelling_free(table);
    }
    assert_in_range(found, 12000, 18000); /* two thirds are the same, but for the empty ones */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_compare_in_any_case_and_spacing),
        cmocka_unit_test(test_case_alone_keeps_separators_apart),
        cmocka_unit_test(test_one_spelling_stands_for_one_value),
        cmocka_unit_test(test_what_cannot_be_written_is_unreadable),
        cmocka_unit_test(test_many_spellings_are_all_found),
        cmocka_unit_test(test_finding_agrees_with_comparing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
