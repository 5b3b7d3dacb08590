/* test_text.c - base/text.h: trimming, letter case, names, encodings, near misses. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void expect_text(text value, const char *expected)
{
    assert_int_equal(value.size, strlen(expected));
    assert_memory_equal(value.at, expected, value.size);
}

static void expect_folded(const char *value, const char *expected)
{
    char out[128];
    expect_text((text){out, text_fold(text_of(value), out, sizeof out)}, expected);
}

static void expect_name(const char *value, const char *expected)
{
    char out[128];
    expect_text((text){out, text_fold_name(text_of(value), out, sizeof out)}, expected);
}

static void test_trim_takes_all_white_space_at_both_ends(void **state)
{
    (void)state;
    static const char *const spaces[] = {" ",
                                         "\t",
                                         "\n",
                                         "\v",
                                         "\f",
                                         "\r",
                                         "\r\n  \t",
                                         "\xC2\x85",
                                         "\xC2\xA0",
                                         "\xE1\x9A\x80",
                                         "\xE2\x80\x80",
                                         "\xE2\x80\x8A",
                                         "\xE2\x80\x8B" /* zero width */,
                                         "\xE2\x80\xA8",
                                         "\xE2\x80\xA9",
                                         "\xE2\x80\xAF",
                                         "\xE2\x81\x9F",
                                         "\xE3\x80\x80",
                                         "\xEF\xBB\xBF" /* byte order mark */,
                                         "\xC2\xA0 \xE2\x80\x8B\t"};
    for (size_t i = 0; i < COUNT(spaces); i++) {
        char padded[64];
        strcpy(padded, spaces[i]);
        strcat(padded, "a b\xC3\xA9");
        strcat(padded, spaces[i]);
        expect_text(text_trim(text_of(padded)), "a b\xC3\xA9");
        expect_text(text_trim(text_of(spaces[i])), "");
    }
}

static void test_trim_keeps_what_is_not_space(void **state)
{
    (void)state;
    static const char *const kept[] = {
        "",
        "a",
        "a b",
        "\001a\x1F",
        "\xC3\xA0",     /* a grave: ends in the byte A0 */
        "\xE2\x82\xAC", /* the euro sign */
        "\xE2\x80\x93", /* en dash */
        "\xA0",         /* not UTF-8 */
        "\xE2\x80",
        "\x80\x80",
    };
    for (size_t i = 0; i < COUNT(kept); i++)
        expect_text(text_trim(text_of(kept[i])), kept[i]);
}

static void test_fold_makes_letter_cases_equal(void **state)
{
    (void)state;
    expect_folded("  Requires Improvement ", "requires improvement");
    expect_folded("A-Z_09@[`{", "a-z_09@[`{");
    expect_folded("", "");
    /* CaseFolding.txt: 1E9E and 00DF fold to "ss"; 03A3 and 03C2 (final) to 03C3; 212A to k. */
    expect_folded("STRA\xE1\xBA\x9E"
                  "E",
                  "strasse");
    expect_folded("stra\xC3\x9F"
                  "e",
                  "strasse");
    expect_folded("\xCE\xA3\xCF\x82", "\xCF\x83\xCF\x83");
    expect_folded("\xE2\x84\xAA", "k");
    /* NFC: E and the combining acute are one e acute, in either letter case. */
    expect_folded("E\xCC\x81", "\xC3\xA9");
    expect_folded("\xC3\x89", "\xC3\xA9");
}

static void test_name_joins_words_with_one_underscore(void **state)
{
    (void)state;
    expect_name("Requires improvement", "requires_improvement");
    expect_name("requires-improvement", "requires_improvement");
    expect_name("REQUIRES_IMPROVEMENT", "requires_improvement");
    expect_name(" requires  -_\t improvement ", "requires_improvement");
    expect_name("-", "_");
    /* No-break space, en dash, no-break hyphen. */
    expect_name("Requires\xC2\xA0improvement", "requires_improvement");
    expect_name("Requires \xE2\x80\x93 improvement", "requires_improvement");
    expect_name("Requires\xE2\x80\x91improvement", "requires_improvement");
    expect_name("\xC3\x89t\xC3\xA9 - x", "\xC3\xA9t\xC3\xA9_x");
}

static void test_fold_refuses_what_does_not_fit_or_is_not_utf8(void **state)
{
    (void)state;
    char out[8];
    assert_int_equal(text_fold(text_of("abcdefgh"), out, 8), 8);
    assert_int_equal(text_fold(text_of("abcdefghi"), out, 8), SIZE_MAX);
    assert_int_equal(text_fold(text_of("\xC3\x89\xC3\x89"), out, 3), SIZE_MAX);
    assert_int_equal(text_fold(text_of("\xC3\x89\xC3\x89"), out, 4), 4);
    assert_int_equal(text_fold(text_of("a\xFF"), out, 8), SIZE_MAX);
    assert_int_equal(text_fold_name(text_of("a\xFF"), out, 8), SIZE_MAX);
    /* Ten bytes, but a name of three. */
    assert_int_equal(text_fold_name(text_of("a        b"), out, 3), 3);
    assert_int_equal(text_fold_name(text_of("a   \xC2\xA0   b"), out, 3), 3);
    assert_int_equal(text_fold_name(text_of("abcd"), out, 3), SIZE_MAX);
    assert_int_equal(text_fold_name(text_of("\xC3\xA9\xC3\xA9"), out, 3), SIZE_MAX);
    assert_int_equal(text_fold(text_of(""), NULL, 0), 0);
}

static void test_same_and_same_name_differ_in_separators(void **state)
{
    (void)state;
    assert_true(text_same(text_of(" YES "), text_of("yes")));
    assert_false(text_same(text_of("not met"), text_of("not_met")));
    assert_true(text_same_name(text_of("Not Met"), text_of("not-met")));
    assert_false(text_same_name(text_of("notmet"), text_of("not_met")));
    assert_true(text_same(text_of(""), text_of("  ")));
    assert_false(text_same(text_of("\xFF"), text_of("\xFF"))); /* has no folded form */

    /* Longer than any buffer of ours. */
    enum { LONG = 5000 };
    char *upper = malloc(LONG);
    char *lower = malloc(LONG);
    assert_non_null(upper);
    assert_non_null(lower);
    memset(upper, 'A', LONG);
    memset(lower, 'a', LONG);
    assert_true(text_same((text){upper, LONG}, (text){lower, LONG}));
    assert_true(text_same_name((text){upper, LONG}, (text){lower, LONG}));
    assert_false(text_same((text){upper, LONG}, (text){lower, LONG - 1}));
    free(upper);
    free(lower);
}

static void test_id_is_as_grading_7_has_it(void **state)
{
    (void)state;
    static const char forty[] = "a234567890123456789012345678901234567890";
    assert_int_equal(strlen(forty), 40);
    assert_true(text_is_id(text_of(forty)));
    assert_true(text_is_id(text_of("a")));
    assert_true(text_is_id(text_of("risk_analysis_2")));
    assert_false(text_is_id(text_of("a2345678901234567890123456789012345678901"))); /* 41 */
    assert_false(text_is_id(text_of("")));
    assert_false(text_is_id(text_of("2a")));
    assert_false(text_is_id(text_of("_a")));
    assert_false(text_is_id(text_of("Risk")));
    assert_false(text_is_id(text_of("risk-analysis")));
    assert_false(text_is_id(text_of("risk analysis")));
    assert_false(text_is_id(text_of("\xC3\xA9")));
}

static void test_utf8_is_checked_as_table_3_7_of_unicode(void **state)
{
    (void)state;
    static const char *const good[] = {"",
                                       "abc",
                                       "abcdefghijklmnop\xC3\xA9",
                                       "\xC2\x80",
                                       "\xDF\xBF",
                                       "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",
                                       "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80",
                                       "\xF4\x8F\xBF\xBF"};
    static const char *const bad[] = {"\x80",
                                      "\xBF",
                                      "\xC0\x80",
                                      "\xC1\xBF", /* lone or overlong */
                                      "\xC3",
                                      "\xC3(",
                                      "\xE0\x9F\xBF",
                                      "\xE2\x82",
                                      "\xE2\x82(",
                                      "\xED\xA0\x80" /* surrogate */,
                                      "\xF0\x8F\xBF\xBF",
                                      "\xF0\x9F\x98",
                                      "\xF4\x90\x80\x80" /* over U+10FFFF */,
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "abcdefgh\x92",
                                      "abcdefg\xC3"};
    for (size_t i = 0; i < COUNT(good); i++)
        assert_true(text_is_utf8(good[i], strlen(good[i])));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(text_is_utf8(bad[i], strlen(bad[i])));
    assert_true(text_is_utf8("a\0b", 3));
}

static void test_windows_1252_becomes_utf8(void **state)
{
    (void)state;
    /* The child's view: 92 is the typographic apostrophe, 80 the euro, A3 the pound, E9 e acute. */
    char out[96];
    expect_text((text){out, text_from_windows_1252("child\x92s \x80\xA3\xE9", 11, out)},
                "child\xE2\x80\x99s \xE2\x82\xAC\xC2\xA3\xC3\xA9");
    /* The five that stand for nothing. */
    expect_text((text){out, text_from_windows_1252("\x81\x8D\x8F\x90\x9D", 5, out)},
                "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    for (int byte = 0; byte < 256; byte++) {
        const char   one = (char)byte;
        const size_t size = text_from_windows_1252(&one, 1, out);
        assert_true(size >= 1 && size <= 3);
        assert_true(text_is_utf8(out, size));
    }
}

/* Whole words, seven letters or more, three tenths or more of the longer name, and one alone. */
static void test_nearest_knows_names_in_names(void **state)
{
    static const char *const fields[] = {
        "history_and_chronology", "seen_alone",        "audit_date",
        "plan_start_date",        "care_plan_current", "health_plan"};
    (void)state;
    assert_string_equal(text_nearest(text_of("History"), fields, COUNT(fields)), fields[0]);
    assert_string_equal(text_nearest(text_of("Child seen alone?"), fields, COUNT(fields)),
                        fields[1]);
    assert_null(text_nearest(text_of("Date"), fields, COUNT(fields)));
    assert_null(text_nearest(text_of("histo"), fields, COUNT(fields)));
    assert_null(text_nearest(text_of("Prehistory"), fields, COUNT(fields)));
    assert_null(text_nearest(text_of("Was the child seen alone by the worker, and when?"), fields,
                             COUNT(fields)));
    static const char *const alike[] = {"children_first", "children_later"};
    assert_null(text_nearest(text_of("Children"), alike, COUNT(alike)));
    assert_string_equal(text_nearest(text_of("Children"), alike, 1), "children_first");
}

static void test_nearest_suggests_what_was_meant(void **state)
{
    (void)state;
    static const char *const keys[] = {"question", "measure", NULL, "weight", "critical"};
    assert_string_equal(text_nearest(text_of("wieght"), keys, COUNT(keys)), "weight"); /* swap */
    assert_string_equal(text_nearest(text_of("wight"), keys, COUNT(keys)), "weight");  /* 1 of 6 */
    assert_string_equal(text_nearest(text_of("Weight "), keys, COUNT(keys)), "weight");
    assert_string_equal(text_nearest(text_of("messure"), keys, COUNT(keys)), "measure");
    assert_string_equal(text_nearest(text_of("wexxht"), keys, COUNT(keys)), "weight"); /* 2 of 6 */
    assert_null(text_nearest(text_of("wexxxt"), keys, COUNT(keys)));                   /* 3 of 6 */
    assert_null(text_nearest(text_of("timeliness"), keys, COUNT(keys)));
    assert_null(text_nearest(text_of(""), keys, COUNT(keys)));
    assert_null(text_nearest(text_of("weight"), keys, 0));
    assert_null(text_nearest(text_of("\xFF"), keys, COUNT(keys)));

    char sentence[300];
    memset(sentence, 'a', sizeof sentence);
    assert_null(text_nearest((text){sentence, sizeof sentence}, keys, COUNT(keys)));
}

/* Any bytes at all, mostly letters, spaces and pieces of UTF-8. */
static size_t make_text(uint32_t *seed, char *out, size_t most)
{
    static const char *const pieces[] = {"a",
                                         "Z",
                                         " ",
                                         "-",
                                         "_",
                                         "9",
                                         "\t",
                                         "\xC3\x89",
                                         "\xC2\xA0",
                                         "\xCC\x81",
                                         "\xE1\xBA\x9E",
                                         "\xCE\xA3",
                                         "\xCD\x85",
                                         "\xE1\xBE\xB7",
                                         "\xC4\xB0",
                                         "\xF0\x9F\x98\x80",
                                         "\xE2\x80\x93",
                                         "\xEF\xBB\xBF",
                                         "\xCE\x90",
                                         "\xC5\x89"};
    size_t                   size = 0;
    for (;;) {
        *seed = *seed * 1664525u + 1013904223u;
        const char *piece = pieces[(*seed >> 8) % COUNT(pieces)];
        if (size + strlen(piece) > most || (*seed >> 28) == 0)
            return size;
        memcpy(out + size, piece, strlen(piece));
        size += strlen(piece);
    }
}

static void test_folding_twice_changes_nothing(void **state)
{
    (void)state;
    uint32_t seed = 20260331;
    for (int i = 0; i < 20000; i++) {
        char         value[48], once[144], twice[432];
        const size_t size = make_text(&seed, value, sizeof value);
        const size_t fold_size = text_fold((text){value, size}, once, sizeof once);
        assert_true(fold_size != SIZE_MAX);
        assert_int_equal(text_fold((text){once, fold_size}, twice, sizeof twice), fold_size);
        assert_memory_equal(once, twice, fold_size);

        const size_t name_size = text_fold_name((text){value, size}, once, sizeof once);
        assert_true(name_size != SIZE_MAX);
        assert_int_equal(text_fold_name((text){once, name_size}, twice, sizeof twice), name_size);
        assert_memory_equal(once, twice, name_size);
        assert_true(text_same_name((text){value, size}, (text){once, name_size}));
        assert_true(text_is_utf8(once, name_size));
    }
}

static void test_a_person_is_the_same_however_their_name_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
    } same[] = {
        {"A. Smith", "A. Smith"},
        {"A. Smith", "a smith "},
        {"A. Smith", "A.Smith"},
        {"A. Smith", "A.  SMITH"},
        {"A. Smith", "A.\xC2\xA0Smith"},
        {"A. Smith", "Smith, A."},
        {"A. Smith", "A Smi\xC2\xADth" /* soft hyphen */},
        {"O'Neill", "O\xE2\x80\x99Neill"},
        {"O'Neill", "ONeill"},
        {"O'Neill", "O\xC2\xB4Neill" /* acute accent */},
        {"O'Neill", "O`neill"},
        {"O'Neill", "O\xCA\xBCNeill" /* modifier letter apostrophe */},
        {"S. O'Neill", "O Neill, S"},
        {"S. O'Neill", "O\xE2\x80\x99 Neill, S."},
        {"Mary Smith-Jones", "mary smith jones"},
        {"Mary Smith-Jones", "SMITH\xE2\x80\x91JONES, Mary"},
        {"M.K. Patel", "Patel MK"},
        {"Zo\xC3\xAB M\xC3\xBCller", "M\xC3\xBCller, Zo\xC3\xAB"},
        {"Zo\xC3\xAB M\xC3\xBCller", "Zoe Mu\xCC\x88ller" /* decomposed */},
        {"Zo\xC3\xAB M\xC3\xBCller", "ZOE MULLER"},
        {"\xEF\xBC\xA1. Smith" /* full width */, "A Smith"},
        {"\xFFname", "\xFFname" /* not UTF-8 */},
        {"Maria da Conceicao dos Santos Pereira da Silva",
         "da Silva, Maria da Concei\xC3\xA7\xC3\xA3o dos Santos Pereira"},
    };
    static const struct {
        const char *a, *b;
    } others[] = {
        {"A. Smith", "B. Smith"},
        {"Amy Lee", "May Lee"},
        {"Auditor 01", "Auditor 10"},
        {"Auditor 1", "Auditor 11"},
        {"A. Smith", "A. Smithe"},
        {"A. Smith", ""},
        {"", ""},
        {" . ", " . "},
        {"\xE2\x80\x99", "'"},
        {"\xFFname", "\xFEname"},
        {"a a a a a a a b", "a a a a a ab aa"},
    };

    for (size_t i = 0; i < COUNT(same); i++) {
        if (!text_same_person(text_of(same[i].a), text_of(same[i].b)) ||
            !text_same_person(text_of(same[i].b), text_of(same[i].a)))
            fail_msg("%s | %s", same[i].a, same[i].b);
    }
    /* its words make "aaaaaaab" in some order, as those of the other name do */
    assert_true(text_same_person(text_of("a a a a a a a b"), text_of("a a a a a ab a")));
    for (size_t i = 0; i < COUNT(others); i++) {
        if (text_same_person(text_of(others[i].a), text_of(others[i].b)))
            fail_msg("%s | %s", others[i].a, others[i].b);
    }
}

static void test_a_name_without_a_letter_names_nobody(void **state)
{
    (void)state;
    assert_false(text_names_somebody(text_of("")));
    assert_false(text_names_somebody(text_of("  \xC2\xA0")));
    assert_false(text_names_somebody(text_of("-")));
    assert_true(text_names_somebody(text_of("7")));
    assert_true(text_names_somebody(text_of("\xE6\x9D\x8E"))); /* a Chinese surname */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_person_is_the_same_however_their_name_is_written),
        cmocka_unit_test(test_a_name_without_a_letter_names_nobody),
        cmocka_unit_test(test_trim_takes_all_white_space_at_both_ends),
        cmocka_unit_test(test_trim_keeps_what_is_not_space),
        cmocka_unit_test(test_fold_makes_letter_cases_equal),
        cmocka_unit_test(test_name_joins_words_with_one_underscore),
        cmocka_unit_test(test_fold_refuses_what_does_not_fit_or_is_not_utf8),
        cmocka_unit_test(test_same_and_same_name_differ_in_separators),
        cmocka_unit_test(test_id_is_as_grading_7_has_it),
        cmocka_unit_test(test_utf8_is_checked_as_table_3_7_of_unicode),
        cmocka_unit_test(test_windows_1252_becomes_utf8),
        cmocka_unit_test(test_nearest_suggests_what_was_meant),
        cmocka_unit_test(test_nearest_knows_names_in_names),
        cmocka_unit_test(test_folding_twice_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
