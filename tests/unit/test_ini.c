/* test_ini.c - base/ini.h: nothing is cut, and nothing changes its meaning silently. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ini.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A file in memory, and what was said about it: one message a line. */
typedef struct {
    arena      memory;
    ini_file   file;
    error_list errors;
    bool       good;
    char       said[4096];
} reading;

static reading *read_sized(const char *bytes, size_t size)
{
    reading *made = calloc(1, sizeof *made);
    char    *copy = malloc(size == 0 ? 1 : size); /* reading past the end is found */
    assert_non_null(made);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    made->good = ini_read_bytes(&made->file, "r.ini", copy, size, FAULT_RUBRIC, &made->memory,
                                &made->errors);
    free(copy);
    size_t length = 0;
    for (size_t i = 0; i < made->errors.count; i++) {
        assert_int_equal(made->errors.items[i].kind, FAULT_RUBRIC);
        length +=
            error_format(&made->errors.items[i], made->said + length, sizeof made->said - length);
        assert_true(length + 2 < sizeof made->said);
        made->said[length++] = '\n';
    }
    return made;
}

static reading *read_ini(const char *content)
{
    return read_sized(content, strlen(content));
}

static void done(reading *made)
{
    arena_free(&made->memory);
    error_clear(&made->errors);
    free(made);
}

static void expect_key(reading *made, const char *section, const char *key, const char *value)
{
    const char *found = ini_value(ini_find(&made->file, section), key);
    if (value == NULL) {
        assert_null(found);
        return;
    }
    assert_non_null(found);
    assert_string_equal(found, value);
}

/* The file has exactly these faults. */
static void expect_said(const char *content, const char *said)
{
    reading *made = read_ini(content);
    assert_string_equal(made->said, said);
    assert_int_equal(made->good, said[0] == '\0');
    done(made);
}

static void test_sections_and_keys_are_read_in_order(void **state)
{
    (void)state;
    reading *made = read_ini("# A comment\n; another ; with a semicolon\n\n"
                             "[rubric]\nid = plans\nversion=2026.1\n title_is = no\n"
                             "[judgement.good]\nmax_inadequate   =   1  \nempty =\n[last]\n");
    /* " title_is = no" is the one fault: see below. */
    assert_false(made->good);
    assert_int_equal(made->file.section_count, 3);
    assert_string_equal(made->file.file, "r.ini");
    assert_string_equal(made->file.sections[0].name, "rubric");
    assert_int_equal(made->file.sections[0].line, 4);
    assert_int_equal(made->file.sections[0].key_count, 2);
    assert_string_equal(made->file.sections[0].keys[1].name, "version");
    assert_string_equal(made->file.sections[0].keys[1].value, "2026.1");
    assert_int_equal(made->file.sections[0].keys[1].line, 6);
    assert_int_equal(made->file.sections[1].line, 8);
    expect_key(made, "judgement.good", "max_inadequate", "1");
    expect_key(made, "judgement.good", "empty", "");
    assert_int_equal(made->file.sections[2].key_count, 0);
    assert_null(ini_find(&made->file, "Rubric"));
    assert_null(ini_key_of(NULL, "id"));
    assert_null(ini_value(ini_find(&made->file, "none"), "id"));
    done(made);
}

static void test_a_criterion_of_40_characters_keeps_its_name(void **state)
{
    (void)state;
    /* "criterion." and 40 make 50: inih by itself keeps 49, and both were one section. */
    static const char first[] = "criterion.a234567890123456789012345678901234567890";
    static const char second[] = "criterion.a234567890123456789012345678901234567891";
    char              content[256];
    assert_int_equal(strlen(first), 50);
    snprintf(content, sizeof content, "[%s]\nweight = 1\n[%s]\nweight = 2\n", first, second);
    reading *made = read_ini(content);
    assert_true(made->good);
    expect_key(made, first, "weight", "1");
    expect_key(made, second, "weight", "2");
    done(made);
}

static void test_a_key_of_more_than_49_characters_is_kept(void **state)
{
    (void)state;
    static const char key[] = "input.a234567890123456789012345678901234567890_and_more";
    char              content[256];
    snprintf(content, sizeof content, "[c]\n%s = one\n  two\n", key);
    reading *made = read_ini(content);
    assert_true(made->good);
    expect_key(made, "c", key, "one two");
    done(made);
}

static void test_line_ends_of_all_systems_are_taken(void **state)
{
    (void)state;
    static const char *const contents[] = {
        "[a]\nx = 1\n\n  2\ny = 3\n", "[a]\r\nx = 1\r\n\r\n  2\r\ny = 3\r\n",
        "[a]\rx = 1\r\r  2\ry = 3\r", "\xEF\xBB\xBF[a]\r\nx = 1\r\n\r\n  2\r\ny = 3",
        "[a]\nx = 1\n\n\t2\ny = 3",   "[a]  \nx = 1\t\n\n\t 2 \ny =3"};
    for (size_t i = 0; i < COUNT(contents); i++) {
        reading *made = read_ini(contents[i]);
        assert_string_equal(made->said, "");
        assert_true(made->good);
        expect_key(made, "a", "x", "1 2");
        expect_key(made, "a", "y", "3");
        assert_int_equal(ini_key_of(ini_find(&made->file, "a"), "y")->line, 5);
        done(made);
    }
}

static void test_an_empty_file_is_a_file(void **state)
{
    (void)state;
    static const char *const contents[] = {"",          "\n",        "\xEF\xBB\xBF",
                                           "# nothing", "   \n\t\n", "\xC2\xA0\n"};
    for (size_t i = 0; i < COUNT(contents); i++) {
        reading *made = read_ini(contents[i]);
        assert_true(made->good);
        assert_int_equal(made->file.section_count, 0);
        done(made);
    }
    arena      memory = {0};
    error_list errors = {0};
    ini_file   file;
    assert_true(ini_read_bytes(&file, "r.ini", NULL, 0, FAULT_RUBRIC, &memory, &errors));
    arena_free(&memory);
}

static void test_long_values_go_on_over_indented_lines(void **state)
{
    (void)state;
    reading *made =
        read_ini("[c]\nquestion =\n  Are risks analysed,\n\n  # a comment between\n"
                 "\tnot only listed?\nbands = good <= 45,\n   outstanding >= 3, x != 2\n"
                 "note = a\n  a key = of two words is text\n");
    assert_string_equal(made->said, "");
    expect_key(made, "c", "question", "Are risks analysed, not only listed?");
    expect_key(made, "c", "bands", "good <= 45, outstanding >= 3, x != 2");
    expect_key(made, "c", "note", "a a key = of two words is text");
    done(made);
}

static void test_values_keep_signs_that_are_no_comment(void **state)
{
    (void)state;
    reading *made = read_ini("[c]\na = x;y\nb = x # y\nc = k = v : w\nd = [e]\n"
                             "e = \xC2\xA0\xE2\x80\x9Cq\xE2\x80\x9D\xC2\xA0\nf\xC2\xA0= 1\n");
    assert_string_equal(made->said, "");
    expect_key(made, "c", "a", "x;y");
    expect_key(made, "c", "b", "x # y");
    expect_key(made, "c", "c", "k = v : w");
    expect_key(made, "c", "d", "[e]");
    expect_key(made, "c", "e", "\xE2\x80\x9Cq\xE2\x80\x9D");
    expect_key(made, "c", "f", "1");
    done(made);
}

/* inih 55 has a buffer of 200 and reads what is over as a line of its own. */
static void test_a_line_has_198_bytes_at_most(void **state)
{
    (void)state;
    char content[300];
    char value[193];
    memset(value, 'v', 192);
    value[192] = '\0';
    snprintf(content, sizeof content, "[c]\nlong =%s\nnext = 1", value); /* 6 + 192 */
    reading *made = read_ini(content);
    assert_string_equal(made->said, "");
    expect_key(made, "c", "long", value);
    done(made);

    snprintf(content, sizeof content, "[c]\nlong = %s\n  more\nnext = 1\n", value);
    made = read_ini(content);
    assert_string_equal(made->said, "assay: r.ini:2: this line has 199 bytes and 198 is the most; "
                                    "break it and indent what goes on\n");
    assert_false(made->good);
    expect_key(made, "c", "long", NULL);
    expect_key(made, "c", "next", "1");
    done(made);
}

static void test_a_comment_in_a_line_is_refused(void **state)
{
    (void)state;
#define LOST                                                                                       \
    ": what follows \" ;\" would be lost as a comment; put a comment on a line of its own, or "    \
    "leave out the space before \";\"\n"
    expect_said("[c]\nx = 1 ; one\n", "assay: r.ini:2" LOST);
    expect_said("[c]\nx = ;\n", "assay: r.ini:2" LOST);
    expect_said("[c]\nx = 1\t; one\n", "assay: r.ini:2" LOST);
    expect_said("[c]\nx = 1\n  two ; three\n", "assay: r.ini:3" LOST);
    expect_said("[c]\nx ; y = 1\n", "assay: r.ini:2" LOST);
    /* Its keys are not taken for those of the section before. */
    expect_said("[c]\nx = 1\n[d] ; one\nx = 2\n  more\n", "assay: r.ini:3" LOST);
    expect_said("[c]\n  ; a comment\nx = 1\n   # x = 2 ; 3\n", "");
#undef LOST
}

static void test_sections_and_keys_are_given_once(void **state)
{
    (void)state;
    expect_said("[c]\nx = 1\n[d]\nx = 1\n[c]\nx = 2\ny = 3\n",
                "assay: r.ini:5: [c] is given twice, first in line 1; put its keys together or "
                "rename one\n");
    expect_said("[c]\nx = 1\ny = 2\nx = 3\n  and more\nx = 4\n",
                "assay: r.ini:4: \"x\" is given twice in [c], first in line 2; take one of them "
                "out\n"
                "assay: r.ini:6: \"x\" is given twice in [c], first in line 2; take one of them "
                "out\n");
    reading *made = read_ini("[c]\nx = 1\nx = 3\n  more\n[c]\nx = 2\nz = 1\n");
    expect_key(made, "c", "x", "1");
    expect_key(made, "c", "z", NULL);
    done(made);
}

static void test_a_header_is_closed_named_and_alone(void **state)
{
    (void)state;
    expect_said("[c\nx = 1\n",
                "assay: r.ini:1: the section header \"[c\" is not closed; end it with \"]\"\n");
    expect_said("[]\n", "assay: r.ini:1: the section header has no name; write it as [name]\n");
    expect_said("[ \t]\n", "assay: r.ini:1: the section header has no name; write it as [name]\n");
    expect_said("[c] x = 1\n", "assay: r.ini:1: \"x = 1\" stands behind the section header; put it "
                               "on a line of its own\n");
    reading *made = read_ini("[ c ]\nx = 1\n");
    expect_key(made, "c", "x", "1");
    done(made);
}

static void test_a_line_is_key_and_value(void **state)
{
    (void)state;
    static const char no_sign[] = "assay: r.ini:2: this line has no \"=\"; write \"key = value\", "
                                  "or indent the line where it goes on from the one above\n";
    expect_said("[c]\nquestion\n", no_sign);
    expect_said("[c]\nquestion: what?\n  and more\n", no_sign);
    expect_said("[c]\n = 1\n", "assay: r.ini:2: this line is indented, but no key is above it; "
                               "start it at the beginning of the line\n");
    expect_said("[c]\n= 1\n",
                "assay: r.ini:2: there is no key before the \"=\"; write \"key = value\"\n");
    expect_said("[c]\nsection 2: seen? = seen\n",
                "assay: r.ini:2: \"section 2: seen?\" has a \":\", which would end the key there; "
                "write it without\n");
    expect_said("x = 1\n[c]\n", "assay: r.ini:1: \"x\" stands before the first section; put it "
                                "under a [section]\n");
}

static void test_an_indented_key_is_refused(void **state)
{
    (void)state;
#define INDENTED                                                                                   \
    " is indented, so it would be read as more of the value above; start it at the beginning of "  \
    "the line, or break the value elsewhere\n"
    expect_said("[c]\nmeasure = rating\n  weight = 3\n", "assay: r.ini:3: \"weight = 3\"" INDENTED);
    expect_said("[c]\nx = 1\n\tinput.a-b=3\n", "assay: r.ini:3: \"input.a-b=3\"" INDENTED);
    expect_said("[c]\nx = 1\n [d]\n", "assay: r.ini:3: \"[d]\"" INDENTED);
    expect_said("[c]\n  x = 1\n", "assay: r.ini:2: \"x = 1\"" INDENTED);
    expect_said("[c]\n  text\n", "assay: r.ini:2: this line is indented, but no key is above it; "
                                 "start it at the beginning of the line\n");
#undef INDENTED
}

static void test_what_is_no_text_is_reported_once(void **state)
{
    (void)state;
    reading *made = read_sized("[c]\nx = a\0b\ny = \0\nz = 1\n", 23);
    assert_string_equal(made->said, "assay: r.ini:2: this line has a NUL byte; save the file as "
                                    "plain text in UTF-8\n");
    assert_false(made->good);
    expect_key(made, "c", "x", NULL);
    expect_key(made, "c", "z", "1");
    done(made);
    /* Windows-1252, in a comment as well. */
    expect_said("[c]\n# caf\xE9\nx = child\x92s\n",
                "assay: r.ini:2: this line is not UTF-8; save the file as UTF-8\n");
}

static void test_all_faults_are_found_at_once(void **state)
{
    (void)state;
    expect_said("[a\n[b]\nx\n[b]\ny = 1 ; 2\n",
                "assay: r.ini:1: the section header \"[a\" is not closed; end it with \"]\"\n"
                "assay: r.ini:3: this line has no \"=\"; write \"key = value\", or indent the line "
                "where it goes on from the one above\n"
                "assay: r.ini:4: [b] is given twice, first in line 2; put its keys together or "
                "rename one\n"
                "assay: r.ini:5: what follows \" ;\" would be lost as a comment; put a comment on "
                "a line of its own, or leave out the space before \";\"\n");
}

static void test_unused_keys_are_refused_with_the_nearest(void **state)
{
    (void)state;
    static const char *const known[] = {"measure", NULL, "weight"};
    reading                 *made = read_ini("[c]\nmeasure = rating\nwieght = 3\ncolour = red\n");
    assert_true(made->good);
    ini_section *section = ini_find(&made->file, "c");
    assert_non_null(ini_value(section, "measure"));
    ini_refuse_unused(&made->file, section, "a criterion", known, COUNT(known), FAULT_PLUGIN,
                      &made->errors);
    ini_refuse_unused(&made->file, section, "a list", NULL, 0, FAULT_PLUGIN, &made->errors);
    assert_int_equal(made->errors.count, 4);
    assert_int_equal(made->errors.items[0].kind, FAULT_PLUGIN);
    static const char *const expected[] = {
        "assay: r.ini:3: \"wieght\" is not a key of a criterion; did you mean \"weight\"?",
        ("assay: r.ini:4: \"colour\" is not a key of a criterion; take it out, or use one of: "
         "measure, weight"),
        "assay: r.ini:3: \"wieght\" is not a key of a list; take it out",
        "assay: r.ini:4: \"colour\" is not a key of a list; take it out"};
    for (size_t i = 0; i < 4; i++) {
        char said[256];
        error_format(&made->errors.items[i], said, sizeof said);
        assert_string_equal(said, expected[i]);
    }
    done(made);
}

static void test_a_file_that_cannot_be_read_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *said;
    } cases[] = {
        {"/nowhere/at/all.ini", "assay: /nowhere/at/all.ini: cannot be read: No such file or "
                                "directory; check the path and who may read it"},
        {"/", "assay: /: cannot be read: Is a directory; check the path and who may read it"},
        {"/dev/zero", "assay: /dev/zero: is over 1 MiB, longer than any INI file of ours; check "
                      "that it is the right file"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        arena      memory = {0};
        error_list errors = {0};
        ini_file   file;
        char       said[256];
        assert_false(ini_read_file(&file, cases[i].path, FAULT_RUBRIC, &memory, &errors));
        assert_int_equal(errors.count, 1);
        assert_int_equal(errors.items[0].kind, FAULT_RUBRIC);
        error_format(&errors.items[0], said, sizeof said);
        assert_string_equal(said, cases[i].said);
        assert_int_equal(file.section_count, 0);
        error_clear(&errors);
        arena_free(&memory);
    }
}

static void test_a_file_on_disk_is_read(void **state)
{
    (void)state;
    char       path[] = "/tmp/assay-test-ini-XXXXXX";
    const int  handle = mkstemp(path);
    arena      memory = {0};
    error_list errors = {0};
    ini_file   file;
    assert_true(handle >= 0);
    assert_int_equal(write(handle, "[a]\nx = 1", 9), 9);
    close(handle);
    assert_true(ini_read_file(&file, path, FAULT_RUBRIC, &memory, &errors));
    assert_string_equal(file.file, path);
    assert_string_equal(ini_value(ini_find(&file, "a"), "x"), "1");
    unlink(path);
    arena_free(&memory);
}

/* Written at random and read back: every section, key and value, in order. */
static void test_what_is_written_is_read(void **state)
{
    (void)state;
    uint32_t seed = 20260331;
    for (int round = 0; round < 300; round++) {
        char   content[16384];
        size_t size = 0;
        int    values[12];
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525u + 1013904223u;
            values[i] = (int)(seed >> 10);
            if (i % 4 == 0)
                size += (size_t)snprintf(content + size, sizeof content - size, "%s[s.%d]%s",
                                         (seed >> 29) == 0 ? "\n# note\n" : "", i,
                                         (seed >> 28) % 2 == 0 ? "\n" : "\r\n");
            size += (size_t)snprintf(content + size, sizeof content - size,
                                     (seed >> 27) % 2 == 0 ? "k%d=%d\n  go on\n"
                                                           : "k%d   =  %d\r\n\r\n\tgo on\r\n",
                                     i, values[i]);
        }
        reading *made = read_sized(content, size - 1); /* the last line is not ended */
        assert_string_equal(made->said, "");
        assert_int_equal(made->file.section_count, 3);
        for (int i = 0; i < 12; i++) {
            const ini_section *section = &made->file.sections[i / 4];
            char               key[16], value[32];
            snprintf(key, sizeof key, "k%d", i);
            snprintf(value, sizeof value, "%d go on", values[i]);
            assert_int_equal(section->key_count, 4);
            assert_string_equal(section->keys[i % 4].name, key);
            assert_string_equal(section->keys[i % 4].value, value);
        }
        done(made);
    }
}

/* 60,000 keys: arrays and name tables grow many times over. */
static void test_a_large_file_is_read_in_full(void **state)
{
    (void)state;
    enum { SECTIONS = 200, KEYS = 300 };
    const size_t room = 1 << 20;
    char        *content = malloc(room);
    size_t       size = 0;
    assert_non_null(content);
    for (int i = 0; i < SECTIONS; i++) {
        size += (size_t)snprintf(content + size, room - size, "[s%d]\n", i);
        for (int j = 0; j < KEYS; j++)
            size += (size_t)snprintf(content + size, room - size, "k%d = %d\n", j, i + j);
    }
    reading *made = read_sized(content, size);
    assert_true(made->good);
    assert_int_equal(made->file.section_count, SECTIONS);
    expect_key(made, "s199", "k299", "498");
    done(made);
    free(content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections_and_keys_are_read_in_order),
        cmocka_unit_test(test_a_criterion_of_40_characters_keeps_its_name),
        cmocka_unit_test(test_a_key_of_more_than_49_characters_is_kept),
        cmocka_unit_test(test_line_ends_of_all_systems_are_taken),
        cmocka_unit_test(test_an_empty_file_is_a_file),
        cmocka_unit_test(test_long_values_go_on_over_indented_lines),
        cmocka_unit_test(test_values_keep_signs_that_are_no_comment),
        cmocka_unit_test(test_a_line_has_198_bytes_at_most),
        cmocka_unit_test(test_a_comment_in_a_line_is_refused),
        cmocka_unit_test(test_sections_and_keys_are_given_once),
        cmocka_unit_test(test_a_header_is_closed_named_and_alone),
        cmocka_unit_test(test_a_line_is_key_and_value),
        cmocka_unit_test(test_an_indented_key_is_refused),
        cmocka_unit_test(test_what_is_no_text_is_reported_once),
        cmocka_unit_test(test_all_faults_are_found_at_once),
        cmocka_unit_test(test_unused_keys_are_refused_with_the_nearest),
        cmocka_unit_test(test_a_file_that_cannot_be_read_is_named),
        cmocka_unit_test(test_a_file_on_disk_is_read),
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_a_large_file_is_read_in_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
