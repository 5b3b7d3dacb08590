/* test_error.c - base/error.h: faults, their one form, and the exit status. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

static void expect_shown(const fault *shown, const char *expected)
{
    char out[256];
    assert_int_equal(error_format(shown, out, sizeof out), strlen(expected));
    assert_string_equal(out, expected);
}

static void test_place_is_shown_as_far_as_it_is_known(void **state)
{
    (void)state;
    expect_shown(&(fault){FAULT_INPUT, "audits.csv", 14, 7, "no date; write it as dd/mm/yyyy"},
                 "assay: audits.csv:14:7: no date; write it as dd/mm/yyyy");
    expect_shown(&(fault){FAULT_RUBRIC, "plans.ini", 41, 0, "x; y"}, "assay: plans.ini:41: x; y");
    expect_shown(&(fault){FAULT_PLUGIN, "plans.so", 0, 0, "x; y"}, "assay: plans.so: x; y");
    expect_shown(&(fault){FAULT_USAGE, "", 0, 0, "x; y"}, "assay: x; y");
    /* A line or a column means nothing without the place it is in. */
    expect_shown(&(fault){FAULT_USAGE, "", 3, 4, "x; y"}, "assay: x; y");
    expect_shown(&(fault){FAULT_USAGE, "f", 0, 4, "x; y"}, "assay: f: x; y");
    expect_shown(&(fault){FAULT_INPUT, "f", UINT64_MAX, UINT64_MAX, "x"},
                 "assay: f:18446744073709551615:18446744073709551615: x");
}

static void test_control_characters_are_shown_as_spaces(void **state)
{
    (void)state;
    expect_shown(&(fault){FAULT_INPUT, "a\nb", 1, 0, "\x1b[31mred\x7f\t"},
                 "assay: a b:1:  [31mred  ");
    /* U+009B starts a terminal sequence as well; e acute (C3 A9) stays. */
    expect_shown(&(fault){FAULT_INPUT, "f", 0, 0,
                          "\xC2\x9B"
                          "2J \xC3\xA9"},
                 "assay: f:  2J \xC3\xA9");
}

static void test_long_text_is_cut_as_snprintf_does(void **state)
{
    (void)state;
    const fault shown = {FAULT_USAGE, "", 0, 0, "abc"};
    char        out[9] = "zzzzzzzz";
    assert_int_equal(error_format(&shown, out, sizeof out), 10); /* "assay: abc" */
    assert_string_equal(out, "assay: a");
    assert_int_equal(error_format(&shown, NULL, 0), 10);
    assert_int_equal(error_format(&shown, out, 1), 10);
    assert_string_equal(out, "");
}

static void test_list_keeps_order_and_copies_strings(void **state)
{
    (void)state;
    error_list errors = {0};
    char       file[] = "a.ini";
    for (int i = 0; i < 100; i++)
        error_add(&errors, FAULT_RUBRIC, file, (uint64_t)i + 1, 0, "fault %d of %s", i, "many");
    memset(file, 'x', sizeof file - 1);
    assert_int_equal(errors.count, 100);
    assert_string_equal(errors.items[0].file, "a.ini");
    assert_string_equal(errors.items[0].text, "fault 0 of many");
    assert_string_equal(errors.items[99].text, "fault 99 of many");
    assert_int_equal(errors.items[99].line, 100);
    error_clear(&errors);
    assert_int_equal(errors.count, 0);
    error_add(&errors, FAULT_USAGE, NULL, 0, 0, "again");
    assert_string_equal(errors.items[0].file, "");
    error_clear(&errors);
}

static void test_exit_status_is_the_gravest(void **state)
{
    (void)state;
    static const struct {
        fault_kind kind;
        int        status;
    } kinds[] = {{FAULT_NOTICE, 0}, {FAULT_USAGE, 2},  {FAULT_RUBRIC, 2}, {FAULT_PLUGIN, 2},
                 {FAULT_INPUT, 3},  {FAULT_OUTPUT, 3}, {FAULT_MEMORY, 3}};
    error_list errors = {0};
    assert_int_equal(error_exit_status(&errors), 0);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        error_list one = {0};
        error_add(&one, kinds[i].kind, NULL, 0, 0, "x");
        assert_int_equal(error_exit_status(&one), kinds[i].status);
        error_clear(&one);
    }
    error_add(&errors, FAULT_INPUT, NULL, 0, 0, "x");
    error_add(&errors, FAULT_RUBRIC, NULL, 0, 0, "x");
    error_add(&errors, FAULT_NOTICE, NULL, 0, 0, "x");
    assert_int_equal(error_exit_status(&errors), 3);
    assert_int_equal(error_count(&errors), 2);
    error_clear(&errors);
}

static void test_memory_that_is_out_is_never_success(void **state)
{
    (void)state;
    error_list lost = {.out_of_memory = true};
    assert_int_equal(error_count(&lost), 1);
    assert_int_equal(error_exit_status(&lost), 3);

    error_list errors = {0};
    assert_false(error_memory(&errors));
    expect_shown(&errors.items[0],
                 "assay: no memory left; close other programs or give this one more memory");
    assert_int_equal(errors.items[0].kind, FAULT_MEMORY);
    error_clear(&errors);
}

static void test_arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    arena memory = {0};
    for (size_t size = 0; size < 20000; size = size * 2 + 1) {
        unsigned char *bytes = arena_array(&memory, size, 1);
        assert_non_null(bytes);
        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xFF, size);
    }
    assert_ptr_not_equal(arena_array(&memory, 0, 8), arena_array(&memory, 0, 8));
    const char *copy = arena_text(&memory, "abcdef", 3);
    assert_string_equal(copy, "abc");
    arena_free(&memory);
    assert_null(memory.blocks);
    assert_string_equal(arena_text(&memory, NULL, 0), "");
    arena_free(&memory);
}

static void test_arena_refuses_sizes_that_overflow(void **state)
{
    (void)state;
    arena memory = {0};
    assert_null(arena_array(&memory, SIZE_MAX, 2));
    assert_null(arena_array(&memory, SIZE_MAX, 1));
    assert_null(arena_array(&memory, SIZE_MAX / 4, 4));
    assert_null(arena_text(&memory, "", SIZE_MAX));
    arena_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place_is_shown_as_far_as_it_is_known),
        cmocka_unit_test(test_control_characters_are_shown_as_spaces),
        cmocka_unit_test(test_long_text_is_cut_as_snprintf_does),
        cmocka_unit_test(test_list_keeps_order_and_copies_strings),
        cmocka_unit_test(test_exit_status_is_the_gravest),
        cmocka_unit_test(test_memory_that_is_out_is_never_success),
        cmocka_unit_test(test_arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(test_arena_refuses_sizes_that_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
