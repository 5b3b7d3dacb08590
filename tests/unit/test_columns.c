/* test_columns.c - records/records.h: the cells of one field into one typed column. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "records_case.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
enum { V = COLUMN_VALUE, M = COLUMN_MISSING, N = COLUMN_NOT_APPLICABLE, X = COLUMN_INVALID };

/* A file of one column, its first chunk cut, and the column decoded. */
typedef struct {
    records   *opened;
    chunk     *piece;
    column     made;
    uint32_t   rows[4096];
    error_list errors;
} decoding;

static decoding *begin(const char *bytes, size_t size, const column_map *map)
{
    decoding *started = calloc(1, sizeof *started);
    assert_non_null(started);
    started->opened = open_bytes(bytes, size, map, real_limits, scan_fastest(), &started->errors);
    assert_non_null(started->opened);
    size_t columns[] = {0, COLUMN_NONE};
    assert_true(records_select(started->opened, columns, COUNT(columns)));
    started->piece = chunk_new(started->opened, &started->errors);
    assert_non_null(started->piece);
    assert_int_equal(records_next(started->opened, started->piece, &started->errors), RECORDS_MORE);
    assert_true(chunk_cut(started->piece));
    for (uint32_t i = 0; i < COUNT(started->rows); i++) {
        started->rows[i] = i;
    }
    return started;
}

static void decode_slot(decoding *started, size_t slot, value_type type,
                        const spelling_table *spellings)
{
    column_free(&started->made);
    assert_true(column_init(&started->made, started->opened, slot, type, spellings));
    /* Twice: what was remembered must give the same. */
    for (int i = 0; i < 2; i++) {
        assert_true(
            column_decode(&started->made, started->piece, started->rows, started->piece->count));
    }
}

static decoding *decode(const char *bytes, value_type type, const spelling_table *spellings)
{
    decoding *started = begin(bytes, strlen(bytes), NULL);
    decode_slot(started, 0, type, spellings);
    return started;
}

static void end(decoding *started)
{
    column_free(&started->made);
    chunk_free(started->piece);
    records_close(started->opened);
    free(started);
}

static spelling_table *ofsted(void)
{
    static const char *const levels[] = {"inadequate", "requires improvement", "good",
                                         "outstanding"};
    spelling_table          *table = spelling_new(SPELLING_NAME);
    assert_non_null(table);
    for (uint8_t i = 0; i < COUNT(levels); i++) {
        assert_int_equal(spelling_add(table, text_of(levels[i]), i), SPELLING_ADDED);
    }
    return table;
}

static void test_levels(void **state)
{
    (void)state;
    spelling_table *levels = ofsted();
    decoding       *done = decode("a\ngood\nGood\n Requires-Improvement \nn/a\n\"\"\nbad\n"
                                        "a text that is longer than what is remembered\ngood\n"
                                        "                       outstanding\n",
                                  VALUE_LEVEL, levels);
    const uint8_t   status[] = {V, V, V, N, M, X, X, V, V};
    assert_int_equal(done->piece->count, COUNT(status));
    assert_memory_equal(done->made.status, status, sizeof status);
    assert_int_equal(done->made.bytes[0], 2);
    assert_int_equal(done->made.bytes[1], 2);
    assert_int_equal(done->made.bytes[2], 1);
    assert_int_equal(done->made.bytes[7], 2);
    assert_int_equal(done->made.bytes[8], 3);
    assert_int_equal(done->made.invalid, 2);
    end(done);
    spelling_free(levels);
}

/* More texts than are remembered, of every size around the greatest that is. */
static void test_what_is_remembered_is_what_is_read(void **state)
{
    (void)state;
    enum { TEXTS = 200 };
    spelling_table *spellings = spelling_new(SPELLING_NAME);
    assert_non_null(spellings);
    written bytes = {0};
    write_bytes(&bytes, "a\n", 2);
    for (int i = 0; i < 3000; i++) {
        char line[64];
        int  length = snprintf(line, sizeof line, "%0*d\n", 1 + i % TEXTS % 27, i % TEXTS);
        write_bytes(&bytes, line, (size_t)length);
        spelling_add(spellings, (text){line, (size_t)length - 1}, (uint8_t)(i % TEXTS));
    }
    decoding *done = decode(bytes.at, VALUE_CHOICE, spellings);
    assert_int_equal(done->piece->count, 3000);
    for (size_t i = 0; i < 3000; i++) {
        cell where = done->piece->cells[0][i];
        text value = {done->piece->bytes + where.at, where.size};
        /* "-" and the like are no digits: the spelling table alone decides. */
        assert_int_equal(done->made.status[i], V);
        assert_int_equal(done->made.bytes[i], spelling_find(spellings, value));
    }
    end(done);
    free(bytes.at);
    spelling_free(spellings);
}

static void test_flags_numbers_and_dates(void **state)
{
    (void)state;
    decoding     *done = decode("a\nyes\n0\n-\nperhaps\n", VALUE_FLAG, NULL);
    const uint8_t flag_status[] = {V, V, M, X};
    assert_memory_equal(done->made.status, flag_status, sizeof flag_status);
    assert_int_equal(done->made.bytes[0], 1);
    assert_int_equal(done->made.bytes[1], 0);
    end(done);

    done =
        decode("a\n12\n \"\"\n12.5\n\"1,250\"\n 7 \n24%\n-1\nNA\n123456789\n", VALUE_NUMBER, NULL);
    const uint8_t number_status[] = {V, X, V, V, V, V, X, N, V};
    const double  numbers[] = {12, 0, 12.5, 1250, 7, 24, 0, 0, 123456789};
    assert_memory_equal(done->made.status, number_status, sizeof number_status);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        assert_true(number_status[i] != V || done->made.numbers[i] == numbers[i]);
    }
    end(done);

    done = decode("a\n1970-01-02\n02/01/1970\n 2 January 1970\n\"\"\n30/02/1970\nnull\n",
                  VALUE_DATE, NULL);
    const uint8_t date_status[] = {V, V, V, M, X, M};
    assert_memory_equal(done->made.status, date_status, sizeof date_status);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(done->made.dates[i], 1);
    }
    end(done);
}

static void test_lists_of_dates_are_sorted_and_side_by_side(void **state)
{
    (void)state;
    decoding     *done = decode("a\n\"1970-01-03; 02/01/1970, 1970-01-03\"\n\"\"\n1970-01-05|soon\n"
                                    "n/a\n\"1970-01-09\n1970-01-08\"\n;\n",
                                VALUE_DATES, NULL);
    const uint8_t status[] = {V, M, X, N, V, M};
    const uint32_t offsets[] = {0, 3, 3, 3, 3, 5, 5};
    const int32_t  dates[] = {1, 2, 2, 7, 8};
    assert_memory_equal(done->made.status, status, sizeof status);
    assert_memory_equal(done->made.offsets, offsets, sizeof offsets);
    assert_memory_equal(done->made.dates, dates, sizeof dates);
    assert_int_equal(done->made.invalid, 1);
    end(done);
}

static void test_a_long_list_of_dates_is_sorted(void **state)
{
    (void)state;
    written bytes = {0};
    write_bytes(&bytes, "a\n", 2);
    for (int i = 0; i < 5000; i++) {
        char part[16];
        int  length = snprintf(part, sizeof part, "%02d/%02d/2025;", 1 + i * 7 % 28, 1 + i % 12);
        write_bytes(&bytes, part, (size_t)length);
    }
    decoding *done = decode(bytes.at, VALUE_DATES, NULL);
    assert_int_equal(done->made.offsets[1], 5000);
    for (size_t i = 1; i < 5000; i++) {
        assert_true(done->made.dates[i - 1] <= done->made.dates[i]);
    }
    end(done);
    free(bytes.at);
}

static void test_texts_and_matches_are_never_missing(void **state)
{
    (void)state;
    decoding     *done = decode("a\n n/a \n\"\"\nCP\ncp \n", VALUE_TEXT, NULL);
    const uint8_t status[] = {V, V, V, V};
    assert_memory_equal(done->made.status, status, sizeof status);
    assert_int_equal(done->made.texts[0].size, 3);
    assert_int_equal(done->made.texts[1].size, 0);
    spelling_table *values = spelling_new(SPELLING_CASE);
    assert_non_null(values);
    assert_int_equal(spelling_add(values, text_of("cp"), 0), SPELLING_ADDED);
    decode_slot(done, 0, VALUE_MATCH, values);
    const uint8_t matches[] = {0, 0, 1, 1};
    assert_memory_equal(done->made.status, status, sizeof status);
    assert_memory_equal(done->made.bytes, matches, sizeof matches);
    end(done);
    spelling_free(values);
}

static void test_the_cells_of_no_column_are_missing(void **state)
{
    (void)state;
    decoding               *done = begin("a\n1\n2\n", 6, NULL);
    static const value_type types[] = {VALUE_LEVEL, VALUE_FLAG,  VALUE_NUMBER,
                                       VALUE_DATE,  VALUE_DATES, VALUE_CHOICE};
    for (size_t i = 0; i < COUNT(types); i++) {
        decode_slot(done, 1, types[i], NULL);
        assert_int_equal(done->made.status[0], M);
        assert_int_equal(done->made.status[1], M);
    }
    decode_slot(done, 1, VALUE_TEXT, NULL);
    assert_int_equal(done->made.texts[1].size, 0);
    end(done);
}

static void test_rows_are_decoded_in_the_order_given(void **state)
{
    (void)state;
    decoding      *done = begin("a\n1\n2\n3\n", 8, NULL);
    const uint32_t rows[] = {2, 0};
    assert_true(column_init(&done->made, done->opened, 0, VALUE_NUMBER, NULL));
    assert_true(column_decode(&done->made, done->piece, rows, COUNT(rows)));
    assert_true(done->made.numbers[0] == 3 && done->made.numbers[1] == 1);
    assert_true(column_decode(&done->made, done->piece, rows, 0));
    assert_int_equal(done->made.invalid, 0);
    end(done);
}

static void test_cells_that_are_not_utf_8_are_windows_1252(void **state)
{
    (void)state;
    /* E9 is e acute, A0 a no-break space, 80 the euro sign; the cell with C3 A9 is UTF-8. */
    decoding *done = decode("a\nplain\ncaf\xC3\xA9\nn/a\xA0\nQualit\xE9 \x80\n", VALUE_TEXT, NULL);
    assert_int_equal(done->made.texts[1].size, 5);
    assert_int_equal(done->made.texts[2].size, 3);
    assert_int_equal(done->made.texts[3].size, 12);
    assert_memory_equal(done->made.texts[3].at, "Qualit\xC3\xA9 \xE2\x82\xAC", 12);
    assert_int_equal(records_windows_1252_line(done->opened), 4);
    decode_slot(done, 0, VALUE_FLAG, NULL);
    assert_int_equal(done->made.status[2], N);
    end(done);
}

static void test_a_cell_is_shown_as_it_stands(void **state)
{
    (void)state;
    /* 61 letters; 60 of two bytes each; Windows-1252. */
    decoding *done = begin("a\n"
                           " 31/02/2026 \n"
                           "1234567890123456789012345678901234567890123456789012345678901\n"
                           "123456789012345678901234567890123456789012345678901234567890\n"
                           "caf\xE9\n",
                           2 + 13 + 62 + 61 + 5, NULL);
    arena     memory = {0};
    assert_string_equal(chunk_cell_text(done->piece, 0, 0, &memory), "31/02/2026");
    assert_string_equal(chunk_cell_text(done->piece, 0, 1, &memory),
                        "12345678901234567890123456789012345678901234567890123456789\xE2\x80\xA6");
    assert_string_equal(chunk_cell_text(done->piece, 0, 2, &memory),
                        "123456789012345678901234567890123456789012345678901234567890");
    assert_string_equal(chunk_cell_text(done->piece, 0, 3, &memory), "caf\xC3\xA9");
    arena_free(&memory);
    end(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_what_is_remembered_is_what_is_read),
        cmocka_unit_test(test_flags_numbers_and_dates),
        cmocka_unit_test(test_lists_of_dates_are_sorted_and_side_by_side),
        cmocka_unit_test(test_a_long_list_of_dates_is_sorted),
        cmocka_unit_test(test_texts_and_matches_are_never_missing),
        cmocka_unit_test(test_the_cells_of_no_column_are_missing),
        cmocka_unit_test(test_rows_are_decoded_in_the_order_given),
        cmocka_unit_test(test_cells_that_are_not_utf_8_are_windows_1252),
        cmocka_unit_test(test_a_cell_is_shown_as_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
