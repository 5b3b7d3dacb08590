/* Baselines that hands, merges and disks have been at, each refused with its line; and gates. Files are
 * made here, line by line, with the checksums that docs/regression.md describes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "regression/regression.h"

/* ---- A file as it should be -------------------------------------------------------------- */

enum { FILE_ROOM = 1 << 14 };

typedef struct {
    char                     bytes[FILE_ROOM];
    size_t                   size;
    crypto_generichash_state sums;
} made_file;

/* SipHash-2-4 of the line under the key "assay baseline 1": its first 32 bits, as a number. */
static void line_sum(const char *line, char out[9])
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "assay baseline 1";
    unsigned char              hash[crypto_shorthash_BYTES];

    crypto_shorthash(hash, (const unsigned char *)line, strlen(line), key);
    snprintf(out, 9, "%02x%02x%02x%02x", hash[3], hash[2], hash[1], hash[0]);
}

static void add_line(made_file *to, const char *line)
{
    char sum[9];

    line_sum(line, sum);
    crypto_generichash_update(&to->sums, (const unsigned char *)sum, 8);
    to->size += (size_t)snprintf(to->bytes + to->size, FILE_ROOM - to->size, "%s\t%s\n", line, sum);
    assert_true(to->size < FILE_ROOM);
}

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void begin_file(made_file *to, const char *how_many)
{
    char count[64];

    to->size = 0;
    crypto_generichash_init(&to->sums, NULL, 0, 16);
    add_line(to, "assay baseline 1");
    add_line(to, "program\t0.1.0");
    add_line(to, "rubric\tmade\t1\tvisits\t" HASH);
    add_line(to, "levels\tinadequate=Inadequate\trequires_improvement=Requires improvement\t"
                 "good=Good\toutstanding=Outstanding");
    add_line(to, "criteria\ta\tb");
    add_line(to, "key\there\t" HASH);
    add_line(to, "fields\ta\tb");
    snprintf(count, sizeof count, "records\t%s", how_many);
    add_line(to, count); /* line 8 */
}

static void end_file(made_file *to)
{
    unsigned char hash[16];
    char          line[64] = "end\t";

    crypto_generichash_final(&to->sums, hash, sizeof hash);
    sodium_bin2hex(line + 4, 33, hash, sizeof hash);
    add_line(to, line);
}

#define ROW "\t00000000000000aa"

/* AU-1 good, AU-2 inadequate, AU-3 outstanding on lines 9 to 11; the end on line 12. */
static void three_records(made_file *to)
{
    begin_file(to, "3");
    add_line(to, "AU-1\tgood\t3.000\t\t1\t33" ROW);
    add_line(to, "AU-2\tinadequate\t1.500\ta\t1\t12" ROW);
    add_line(to, "AU-3\toutstanding\t4.000\t\t1\t44" ROW);
    end_file(to);
}

static bool read_bytes(const char *bytes, size_t size, baseline **out, error_list *errors)
{
    char *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    return baseline_read_bytes(out, "made.baseline", copy, size, errors);
}

/* The bytes are refused with one fault, on `line`, that has `words` in it. */
static void assert_refused(const char *bytes, size_t size, uint64_t line, const char *words)
{
    baseline  *read = NULL;
    error_list errors = {0};

    assert_false(read_bytes(bytes, size, &read, &errors));
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.items[0].file, "made.baseline");
    assert_int_equal(errors.items[0].line, line);
    if (!strstr(errors.items[0].text, words))
        fail_msg("\"%s\" does not say \"%s\"", errors.items[0].text, words);
    baseline_free(read);
    error_clear(&errors);
}

static void assert_file_refused(const made_file *file, uint64_t line, const char *words)
{
    assert_refused(file->bytes, file->size, line, words);
}

/* Puts `fresh` in place of the first `old`. */
static void replace(made_file *in, const char *old, const char *fresh)
{
    char        *at = strstr(in->bytes, old);
    const size_t size = strlen(old), length = strlen(fresh);

    assert_non_null(at);
    memmove(at + length, at + size, in->size - (size_t)(at - in->bytes) - size + 1);
    memcpy(at, fresh, length);
    in->size = in->size - size + length;
}

/* ---- Reading -------------------------------------------------------------------------------- */

static void test_a_whole_file_is_read(void **state)
{
    made_file  file;
    baseline  *read = NULL;
    error_list errors = {0};
    size_t     hint = 0;
    (void)state;

    three_records(&file);
    assert_true(read_bytes(file.bytes, file.size, &read, &errors));
    const verdict_list *list = baseline_list(read);
    assert_int_equal(list->count, 3);
    assert_string_equal(verdict_at(list, 1, &hint)->audit_id, "AU-2");
    assert_int_equal(verdict_at(list, 1, &hint)->outcome, 0);
    assert_int_equal(verdict_at(list, 1, &hint)->score, 1500);
    assert_string_equal(verdict_at(list, 1, &hint)->limited_by, "a");
    assert_int_equal(verdict_at(list, 2, &hint)->ratings[0], 3);
    assert_int_equal(verdict_at(list, 2, &hint)->row, 0xaa);
    assert_false(list->disordered);
    baseline_free(read);
}

static void test_windows_line_ends_are_read(void **state)
{
    made_file file, windows = {0};
    (void)state;

    three_records(&file);
    for (size_t i = 0; i < file.size; i++) {
        if (file.bytes[i] == '\n')
            windows.bytes[windows.size++] = '\r';
        windows.bytes[windows.size++] = file.bytes[i];
    }
    baseline  *read = NULL;
    error_list errors = {0};
    assert_true(read_bytes(windows.bytes, windows.size, &read, &errors));
    baseline_free(read);
}

static void test_marks_of_a_merge_are_named(void **state)
{
    static const char *const marks[] = {"<<<<<<< HEAD\n", "=======\n", ">>>>>>> other\n",
                                        "||||||| base\n"};
    made_file file;
    (void)state;

    for (size_t m = 0; m < sizeof marks / sizeof marks[0]; m++) {
        char with_mark[64];
        snprintf(with_mark, sizeof with_mark, "%sAU-2", marks[m]);
        three_records(&file);
        replace(&file, "AU-2", with_mark);
        assert_file_refused(&file, 10, "merge");
    }
}

static void test_a_hand_at_any_line_is_named(void **state)
{
    made_file file;
    (void)state;

    three_records(&file);
    for (size_t line = 1, at = 0; at < file.size; line++) {
        made_file    edited = file;
        const size_t size = (size_t)((char *)memchr(file.bytes + at, '\n', file.size - at) -
                                     (file.bytes + at));
        edited.bytes[at] ^= 1; /* the first letter is another */
        assert_refused(edited.bytes, edited.size, line, "not as it was written");
        at += size + 1;
    }
}

static void test_a_file_cut_anywhere_is_refused(void **state)
{
    made_file file;
    (void)state;

    three_records(&file);
    for (size_t size = 0; size < file.size; size++) {
        baseline  *read = NULL;
        error_list errors = {0};
        assert_false(read_bytes(file.bytes, size, &read, &errors));
        assert_int_equal(errors.count, 1);
        baseline_free(read);
        error_clear(&errors);
    }
}

static void test_a_line_taken_out_is_named(void **state)
{
    made_file file;
    (void)state;

    /* two records where the head counts three: the end stands where the third should */
    begin_file(&file, "3");
    add_line(&file, "AU-1\tgood\t3.000\t\t1\t33" ROW);
    add_line(&file, "AU-2\tinadequate\t1.500\ta\t1\t12" ROW);
    end_file(&file);
    assert_file_refused(&file, 11, "lines were taken out");

    /* a record from elsewhere in place of one: each line is right, their sum is not */
    made_file other;
    three_records(&file);
    begin_file(&other, "3");
    add_line(&other, "AU-2\tgood\t3.500\t\t1\t33" ROW);
    const char *foreign = strstr(other.bytes, "AU-2");
    const char *own = strstr(file.bytes, "AU-2");
    char        line[128], mine[128];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(foreign, "\n"), foreign);
    snprintf(mine, sizeof mine, "%.*s", (int)strcspn(own, "\n"), own);
    replace(&file, mine, line);
    assert_file_refused(&file, 12, "taken out, put in or moved");
}

static void test_lines_behind_the_end_are_named(void **state)
{
    made_file file;
    (void)state;

    three_records(&file);
    file.size += (size_t)snprintf(file.bytes + file.size, FILE_ROOM - file.size, "AU-4\n");
    assert_file_refused(&file, 12, "behind the end");
}

static void test_records_out_of_order_are_named(void **state)
{
    made_file file;
    (void)state;

    begin_file(&file, "2");
    add_line(&file, "AU-2\tgood\t3.000\t\t1\t33" ROW);
    add_line(&file, "AU-1\tgood\t3.000\t\t1\t33" ROW);
    end_file(&file);
    assert_file_refused(&file, 10, "order");
}

static void test_records_of_one_id_keep_their_order(void **state)
{
    made_file  file;
    baseline  *read = NULL;
    error_list errors = {0};
    size_t     hint = 0;
    (void)state;

    begin_file(&file, "3");
    add_line(&file, "AU-1\tgood\t3.000\t\t1\t33" ROW);
    add_line(&file, "AU-1\toutstanding\t4.000\t\t1\t44" ROW);
    add_line(&file, "AU-2\tgood\t3.000\t\t1\t33" ROW);
    end_file(&file);
    assert_true(read_bytes(file.bytes, file.size, &read, &errors));
    const verdict_list *list = baseline_list(read);
    assert_int_equal(list->repeated, 1);
    assert_int_equal(verdict_at(list, 0, &hint)->score, 3000);
    assert_int_equal(verdict_at(list, 1, &hint)->score, 4000);
    baseline_free(read);
}

static void test_what_no_program_wrote_is_refused_though_its_sums_are_right(void **state)
{
    static const struct {
        const char *line; /* of the one record */
        const char *why;
    } cases[] = {
        {"AU-1\texcellent\t3.000\t\t1\t33" ROW, "a level that the rubric has not"},
        {"AU-1\tgood\t3.000\t\t2\t33" ROW, "a rubric that is not in the head"},
        {"AU-1\tgood\t3.000\t\t1\t333" ROW, "a rating too many"},
        {"AU-1\tgood\t3.000\t\t1\t33\t00aa", "a row hash too short"},
        {"AU-1\tgood", "cells that are missing"},
        {"", "nothing"},
    };
    made_file file;
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin_file(&file, "1");
        add_line(&file, cases[i].line);
        end_file(&file);
        assert_file_refused(&file, 9, "no line of a record");
    }
    /* more records than the file could hold */
    begin_file(&file, "18446744073709551615");
    end_file(&file);
    assert_file_refused(&file, 8, "cut off");
}

/* ---- Gates ------------------------------------------------------------------------------------- */

/* Two baselines held against each other by gates. */
typedef struct {
    baseline  *before;
    baseline  *after;
    diff       found;
    error_list errors;
    bool       read;
} gated;

static char gates_path[64];

static void hold(gated *out, const char *gates, const char *const *before,
                 const char *const *after)
{
    const char *const *sides[] = {before, after};
    baseline         **read[] = {&out->before, &out->after};
    const diff_options options = {0};
    made_file          file;

    memset(out, 0, sizeof *out);
    for (int s = 0; s < 2; s++) {
        char   count[24];
        size_t lines = 0;
        while (sides[s][lines])
            lines++;
        snprintf(count, sizeof count, "%zu", lines);
        begin_file(&file, count);
        for (size_t r = 0; r < lines; r++)
            add_line(&file, sides[s][r]);
        end_file(&file);
        assert_true(read_bytes(file.bytes, file.size, read[s], &out->errors));
    }
    assert_true(diff_lists(&out->found, "a", baseline_list(out->before), "b",
                           baseline_list(out->after), &options, &out->errors));
    strcpy(gates_path, "/tmp/assay-gates-XXXXXX");
    const int made = mkstemp(gates_path);
    assert_true(made >= 0);
    assert_int_equal(write(made, gates, strlen(gates)), (int)strlen(gates));
    close(made);
    out->read = gates_check(gates_path, &out->found, baseline_list(out->before),
                            baseline_list(out->after), &out->errors);
    unlink(gates_path);
}

static void let_go(gated *of)
{
    diff_free(&of->found);
    baseline_free(of->before);
    baseline_free(of->after);
    error_clear(&of->errors);
}

static void assert_gate(const char *gates, const char *const *before, const char *const *after,
                        size_t broken, const char *words)
{
    gated at;

    hold(&at, gates, before, after);
    assert_true(at.read);
    assert_int_equal(at.errors.count, 0);
    assert_int_equal(at.found.broken.count, broken);
    for (size_t e = 0; e < broken; e++) {
        const fault *told = &at.found.broken.items[e];
        assert_int_equal(told->kind, FAULT_NOTICE);
        assert_int_equal(told->line, 2);
        if (!strstr(told->text, words))
            fail_msg("\"%s\" does not say \"%s\"", told->text, words);
    }
    let_go(&at);
}

static const char *const four_good[] = {
    "AU-1\tgood\t3.000\t\t1\t33" ROW, "AU-2\tgood\t3.000\t\t1\t33" ROW,
    "AU-3\tgood\t3.000\t\t1\t33" ROW, "AU-4\tgood\t3.000\t\t1\t33" ROW, NULL};
/* AU-2 down a level: one of four moved, 25%; the good share falls from 100% to 75% */
static const char *const one_lower[] = {
    "AU-1\tgood\t3.000\t\t1\t33" ROW, "AU-2\trequires_improvement\t2.000\t\t1\t22" ROW,
    "AU-3\tgood\t3.000\t\t1\t33" ROW, "AU-4\tgood\t3.000\t\t1\t33" ROW, NULL};
/* AU-2 down two levels */
static const char *const one_lowest[] = {
    "AU-1\tgood\t3.000\t\t1\t33" ROW, "AU-2\tinadequate\t1.000\t\t1\t11" ROW,
    "AU-3\tgood\t3.000\t\t1\t33" ROW, "AU-4\tgood\t3.000\t\t1\t33" ROW, NULL};

static void test_most_moved_holds_at_its_number_and_breaks_above(void **state)
{
    (void)state;
    assert_gate("[gates]\nmost_moved_percent = 25\n", four_good, one_lower, 0, "");
    assert_gate("[gates]\nmost_moved_percent = 24.9\n", four_good, one_lower, 1,
                "1 of 4 records moved, the first is AU-2");
    assert_gate("[gates]\nmost_moved_percent = 0\n", four_good, four_good, 0, "");
}

static void test_the_largest_step_is_in_levels(void **state)
{
    (void)state;
    assert_gate("[gates]\nlargest_step = 1\n", four_good, one_lower, 0, "");
    assert_gate("[gates]\nlargest_step = 1\n", four_good, one_lowest, 1,
                "AU-2 moves good -> inadequate, 2 levels");
    assert_gate("[gates]\nlargest_step = 1\n", one_lowest, four_good, 1, "AU-2");
}

static void test_no_record_may_leave_the_lowest_level(void **state)
{
    (void)state;
    assert_gate("[gates]\nleaves_lowest = no\n", one_lowest, one_lower, 1,
                "AU-2: inadequate -> requires_improvement");
    assert_gate("[gates]\nleaves_lowest = no\n", four_good, one_lowest, 0, ""); /* enters */
    assert_gate("[gates]\nleaves_lowest = yes\n", one_lowest, one_lower, 0, "");
}

static void test_the_good_share_of_an_area_moves_in_points(void **state)
{
    (void)state;
    assert_gate("[gates]\narea_good_points = 25\n", four_good, one_lower, 0, "");
    assert_gate("[gates]\narea_good_points = 24\n", four_good, one_lower, 1,
                "visits: good or better 100.0% -> 75.0%; the first record is AU-2");
    assert_gate("[gates]\narea_good_points = 24\n", one_lower, four_good, 1, "75.0% -> 100.0%");
}

static void test_a_record_that_went_moves_no_share_of_the_moved(void **state)
{
    /* three of the four are left, none moved */
    const char *const three[] = {four_good[0], four_good[1], four_good[2], NULL};
    (void)state;
    assert_gate("[gates]\nmost_moved_percent = 0\n", four_good, three, 0, "");
}

static void test_gates_that_are_none_are_refused(void **state)
{
    static const char *const wrong[] = {
        "[gates]\nmost_moved_percent = some\n", "[gates]\nlargest_step = -1\n",
        "[gates]\nleaves_lowest = perhaps\n",   "[gates]\nmost_moved = 3\n",
        "[gate]\nmost_moved_percent = 3\n",
    };
    gated at;
    (void)state;

    for (size_t w = 0; w < sizeof wrong / sizeof wrong[0]; w++) {
        hold(&at, wrong[w], four_good, one_lower);
        assert_false(at.read);
        assert_true(at.errors.count > 0);
        let_go(&at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_file_is_read),
        cmocka_unit_test(test_windows_line_ends_are_read),
        cmocka_unit_test(test_marks_of_a_merge_are_named),
        cmocka_unit_test(test_a_hand_at_any_line_is_named),
        cmocka_unit_test(test_a_file_cut_anywhere_is_refused),
        cmocka_unit_test(test_a_line_taken_out_is_named),
        cmocka_unit_test(test_lines_behind_the_end_are_named),
        cmocka_unit_test(test_records_out_of_order_are_named),
        cmocka_unit_test(test_records_of_one_id_keep_their_order),
        cmocka_unit_test(test_what_no_program_wrote_is_refused_though_its_sums_are_right),
        cmocka_unit_test(test_most_moved_holds_at_its_number_and_breaks_above),
        cmocka_unit_test(test_the_largest_step_is_in_levels),
        cmocka_unit_test(test_no_record_may_leave_the_lowest_level),
        cmocka_unit_test(test_the_good_share_of_an_area_moves_in_points),
        cmocka_unit_test(test_a_record_that_went_moves_no_share_of_the_moved),
        cmocka_unit_test(test_gates_that_are_none_are_refused),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
