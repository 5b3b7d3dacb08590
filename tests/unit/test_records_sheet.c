/* A small file read whole: rows as text, by the names of their fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "records/records.h"

static const char *const fields[] = {"audit_id", "answer", "note"};

static bool read_text(records_sheet *sheet, const char *bytes, size_t required, error_list *errors)
{
    const record_source source = {.bytes = bytes, .size = strlen(bytes), .name = "form.csv"};
    return records_sheet_read(sheet, &source, fields, required, 3, errors);
}

static void fields_are_found_by_name_in_any_order_and_absent_ones_are_empty(void **state)
{
    records_sheet sheet;
    error_list    errors = {0};
    (void)state;

    assert_true(read_text(&sheet, "Answer;x;Audit ID\r\n good ;1;A-1\r\n\"a;\"\"b\";2;A-2\r\n", 2,
                          &errors));
    assert_int_equal(sheet.count, 2);
    assert_string_equal(sheet.rows[0].cells[0], "A-1");
    assert_string_equal(sheet.rows[0].cells[1], "good");
    assert_string_equal(sheet.rows[1].cells[1], "a;\"b");
    assert_string_equal(sheet.rows[1].cells[2], "");
    assert_int_equal(sheet.rows[1].line, 3);
    assert_int_equal(sheet.columns[0], 3);
    assert_int_equal(sheet.columns[2], 0);
    records_sheet_free(&sheet);
    error_clear(&errors);
}

static void every_required_field_that_is_not_there_is_told(void **state)
{
    records_sheet sheet;
    error_list    errors = {0};
    (void)state;

    assert_false(read_text(&sheet, "a,b\n1,2\n", 2, &errors));
    assert_int_equal(error_count(&errors), 2);
    assert_string_equal(errors.items[1].text,
                        "the file has no column \"answer\"; add it, or choose the right file");
    records_sheet_free(&sheet);
    error_clear(&errors);
}

static void a_faulty_row_is_kept_with_its_fault_and_empty_rows_are_not(void **state)
{
    records_sheet sheet;
    error_list    errors = {0};
    (void)state;

    assert_true(read_text(&sheet, "audit_id,answer\n,\nA-1,good,too,many\nA-2,good\n", 2, &errors));
    assert_int_equal(sheet.count, 2);
    assert_non_null(sheet.rows[0].fault);
    assert_string_equal(sheet.rows[0].cells[0], "");
    assert_int_equal(sheet.rows[0].line, 3);
    assert_null(sheet.rows[1].fault);
    records_sheet_free(&sheet);
    error_clear(&errors);
}

static void many_rows_over_several_chunks_stay_in_order(void **state)
{
    enum { ROWS = 40000, WIDTH = 20 };
    records_sheet sheet;
    error_list    errors = {0};
    char         *bytes = test_malloc(ROWS * WIDTH + 64);
    size_t        size = (size_t)sprintf(bytes, "audit_id,answer\n");
    (void)state;

    for (int r = 0; r < ROWS; r++)
        size += (size_t)sprintf(bytes + size, "A-%06d,good\n", r);
    assert_true(read_text(&sheet, bytes, 2, &errors));
    assert_int_equal(sheet.count, ROWS);
    assert_string_equal(sheet.rows[0].cells[0], "A-000000");
    assert_string_equal(sheet.rows[ROWS - 1].cells[0], "A-039999");
    assert_int_equal(sheet.rows[ROWS - 1].line, ROWS + 1);
    records_sheet_free(&sheet);
    error_clear(&errors);
    test_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_found_by_name_in_any_order_and_absent_ones_are_empty),
        cmocka_unit_test(every_required_field_that_is_not_there_is_told),
        cmocka_unit_test(a_faulty_row_is_kept_with_its_fault_and_empty_rows_are_not),
        cmocka_unit_test(many_rows_over_several_chunks_stay_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
