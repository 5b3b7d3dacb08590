/* test_column_map.c - records/records.h: form questions to field names, answers to values. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "records_case.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static column_map *read_map(const char *bytes, error_list *errors)
{
    return column_map_read_bytes("columns.ini", bytes, strlen(bytes), errors);
}

/* A file opened with a map, and what was said. */
typedef struct {
    column_map *map;
    records    *opened;
    error_list  errors;
    char        said[2048];
} mapping;

static mapping *apply(const char *map, const char *file)
{
    mapping *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->map = read_map(map, &made->errors);
    if (made->map != NULL) {
        made->opened =
            open_bytes(file, strlen(file), made->map, real_limits, scan_fastest(), &made->errors);
    }
    size_t length = 0;
    for (size_t i = 0; i < made->errors.count; i++) {
        length +=
            error_format(&made->errors.items[i], made->said + length, sizeof made->said - length);
        assert_true(length + 2 < sizeof made->said);
        made->said[length++] = '\n';
    }
    made->said[length] = '\0';
    return made;
}

static void end(mapping *made)
{
    records_close(made->opened);
    column_map_free(made->map);
    error_clear(&made->errors);
    free(made);
}

static void check_fields(const char *map, const char *file, const char *const *fields,
                         const char *said)
{
    mapping *made = apply(map, file);
    assert_string_equal(made->said, said);
    assert_non_null(made->opened);
    for (size_t i = 0; i < records_column_count(made->opened); i++) {
        assert_string_equal(records_field(made->opened, i), fields[i]);
    }
    end(made);
}

static void test_columns_are_named_either_way_round(void **state)
{
    (void)state;
    const char *const fields[] = {"audit_id", "plan_quality", "Team"};
    check_fields("[columns]\naudit_id = ID\nplan quality? = plan_quality\n",
                 "ID,Plan quality?,Team\n1,2,3\n", fields, "");
    /* Headings compare as names where none is the same letter by letter. */
    check_fields("[columns]\naudit_id = id\nplan_quality = Plan-Quality?\n",
                 "ID,Plan quality?,Team\n1,2,3\n", fields, "");
}

static void test_a_heading_on_both_sides_is_the_right_one(void **state)
{
    (void)state;
    /* "grade" is a heading too; the column that the map names so takes the name from it. */
    const char *const fields[] = {"", "grade"};
    check_fields("[columns]\ngrade = overall\n", "grade,overall\n1,2\n", fields, "");
}

static void test_a_map_settles_columns_of_one_name(void **state)
{
    (void)state;
    const char *const fields[] = {"comments", ""};
    check_fields("[columns]\ncomments = Comments\n", "Comments,Comments\n1,2\n", fields, "");
}

static void test_a_heading_that_is_not_there_is_a_notice(void **state)
{
    (void)state;
    const char *const fields[] = {"Audit date", "Team"};
    check_fields("[columns]\naudit_date = Audit dat\nHow good is it? = quality\n",
                 "Audit date,Team\n1,2\n", fields,
                 "assay: columns.ini:2: no column \"Audit dat\" in audits.csv; nearest is "
                 "\"Audit date\"\n"
                 "assay: columns.ini:3: no column \"How good is it?\" in audits.csv; the line has "
                 "no effect\n");
}

static void test_one_column_has_one_field(void **state)
{
    (void)state;
    mapping *made = apply("[columns]\na = Team\nb = Team\n", "Team\n1\n");
    assert_null(made->opened);
    assert_string_equal(made->said, "assay: columns.ini:3: the column \"Team\" has a field name "
                                    "already, from line 2; keep one of the two\n");
    end(made);
    made = apply("[columns]\na = Team\nA = Area\n", "Team,Area\n1,2\n");
    assert_null(made->opened);
    assert_string_equal(made->said,
                        "assay: audits.csv:1:2: columns 1 and 2 are both called \"a\"; rename one "
                        "of them, or say in a column map which one is meant\n");
    end(made);
}

/* Decodes the first column and says what became of each record: the value, or a letter. */
static void check_values(const char *map, const char *file, value_type type,
                         const spelling_table *spellings, const char *expected)
{
    mapping *made = apply(map, file);
    assert_string_equal(made->said, "");
    assert_non_null(made->opened);
    size_t columns[] = {0};
    assert_true(records_select(made->opened, columns, 1));
    chunk *piece = chunk_new(made->opened, &made->errors);
    assert_int_equal(records_next(made->opened, piece, &made->errors), RECORDS_MORE);
    assert_true(chunk_cut(piece));
    const uint32_t rows[] = {0, 1, 2, 3, 4, 5, 6, 7};
    column         decoded;
    assert_true(piece->count <= COUNT(rows));
    assert_true(column_init(&decoded, made->opened, 0, type, spellings));
    assert_true(column_decode(&decoded, piece, rows, piece->count));
    char   read[64];
    size_t length = 0;
    for (size_t i = 0; i < piece->count; i++) {
        char shown = "?M/?X"[decoded.status[i]];
        if (decoded.status[i] == COLUMN_VALUE) {
            shown = type == VALUE_NUMBER ? (char)('0' + (int)decoded.numbers[i])
                    : type == VALUE_DATE ? (char)('0' + decoded.dates[i])
                    : type == VALUE_TEXT ? decoded.texts[i].at[0]
                                         : (char)('0' + decoded.bytes[i]);
        }
        read[length++] = shown;
    }
    read[length] = '\0';
    assert_string_equal(read, expected);
    column_free(&decoded);
    chunk_free(piece);
    end(made);
}

static void test_answers_are_read_as_values(void **state)
{
    (void)state;
    check_values("[values.seen]\nyes = Seen alone | Seen with others\nno = Not seen\n"
                 "not_applicable = Unborn\nmissing = Yes?\n",
                 "Seen\nseen ALONE\n Seen with others \nNot seen\nunborn\nYes?\nyes\nelse\n",
                 VALUE_FLAG, NULL, "110/M1X");
}

static void test_answers_come_before_everything_else(void **state)
{
    (void)state;
    /* Even before the words for missing, and in fields of every type. */
    check_values("[values.a]\n1 = null | n/a\n3 = few | 30\n", "a\nn/a\nFew\n30\n4\n", VALUE_NUMBER,
                 NULL, "1334");
    check_values("[values.a]\n1970-01-02 = the first day\n", "a\nThe first day\n1970-01-03\n",
                 VALUE_DATE, NULL, "12");
    check_values("[values.a]\nchild in need = CIN\n", "a\ncin\nx\n", VALUE_TEXT, NULL, "cx");
    spelling_table *wanted = spelling_new(SPELLING_CASE);
    assert_non_null(wanted);
    assert_int_equal(spelling_add(wanted, text_of("child in need"), 0), SPELLING_ADDED);
    check_values("[values.a]\nchild in need = CIN\n", "a\ncin\nx\n", VALUE_MATCH, wanted, "10");
    spelling_free(wanted);
}

static void test_answers_may_be_on_the_left_where_the_right_is_a_value(void **state)
{
    (void)state;
    spelling_table *levels = spelling_new(SPELLING_NAME);
    assert_non_null(levels);
    assert_int_equal(spelling_add(levels, text_of("inadequate"), 0), SPELLING_ADDED);
    assert_int_equal(spelling_add(levels, text_of("good"), 2), SPELLING_ADDED);
    check_values("[values.a]\nMet in full = good\nNot met = Inadequate\n4 = inadequate\n"
                 "Cannot say = not_recorded\ngood = fine\n",
                 "a\nmet in full\nnot met\n4\ncannot say\nfine\ngood\n", VALUE_LEVEL, levels,
                 "200M22");
    spelling_free(levels);
}

static void test_answers_for_no_column_are_a_notice(void **state)
{
    (void)state;
    const char *const fields[] = {"Team"};
    check_fields("[values.teams]\na = b\n", "Team\n1\n", fields,
                 "assay: columns.ini:1: no column \"teams\" in audits.csv; nearest is \"Team\"\n");
}

static void check_refused(const char *map, const char *expected)
{
    error_list errors = {0};
    assert_null(read_map(map, &errors));
    assert_int_equal(errors.count, 1);
    char said[512];
    error_format(&errors.items[0], said, sizeof said);
    assert_string_equal(said, expected);
    assert_int_equal(errors.items[0].kind, FAULT_RUBRIC);
    error_clear(&errors);
}

static void test_maps_that_cannot_be_used_are_refused(void **state)
{
    (void)state;
    check_refused("[colums]\na = b\n",
                  "assay: columns.ini:1: [colums] is not a section of a column "
                  "map; did you mean [columns]?");
    check_refused("[value.team]\na = b\n", "assay: columns.ini:1: [value.team] is not a section of "
                                           "a column map; did you mean [values.team]?");
    check_refused("[rubric]\na = b\n",
                  "assay: columns.ini:1: [rubric] is not a section of a column "
                  "map; there are [columns] and [values.FIELD]");
    check_refused("[values.a]\nyes = x\nno = X\n",
                  "assay: columns.ini:3: \"X\" is an answer for two values; keep one of them");
    check_refused("[values.a]\nyes = |\n",
                  "assay: columns.ini:2: \"yes\" has no answers; write VALUE = answer | answer");
    check_refused("[values.plan a]\nyes = x\n[values.plan_a]\nno = y\n",
                  "assay: columns.ini:3: [values.plan_a] is there already, on line 1; make them "
                  "one");
}

static void test_an_empty_map_changes_nothing(void **state)
{
    (void)state;
    const char *const fields[] = {"Team"};
    check_fields("", "Team\n1\n", fields, "");
    check_fields("[columns]\n", "Team\n1\n", fields, "");
}

static void test_a_map_that_is_not_there_is_told(void **state)
{
    (void)state;
    error_list errors = {0};
    assert_null(column_map_read("/nowhere/columns.ini", &errors));
    assert_int_equal(errors.count, 1);
    error_clear(&errors);
    column_map_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_are_named_either_way_round),
        cmocka_unit_test(test_a_heading_on_both_sides_is_the_right_one),
        cmocka_unit_test(test_a_map_settles_columns_of_one_name),
        cmocka_unit_test(test_a_heading_that_is_not_there_is_a_notice),
        cmocka_unit_test(test_one_column_has_one_field),
        cmocka_unit_test(test_answers_are_read_as_values),
        cmocka_unit_test(test_answers_come_before_everything_else),
        cmocka_unit_test(test_answers_may_be_on_the_left_where_the_right_is_a_value),
        cmocka_unit_test(test_answers_for_no_column_are_a_notice),
        cmocka_unit_test(test_maps_that_cannot_be_used_are_refused),
        cmocka_unit_test(test_an_empty_map_changes_nothing),
        cmocka_unit_test(test_a_map_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
