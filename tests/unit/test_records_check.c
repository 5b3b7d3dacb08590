/* test_records_check.c - report/records_check.h: what is in a file, before grading. Whole outputs,
 * written by hand from small files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "writing/buffer.h"
#include "report/records_check.h"
#include "report/repeats.h"
#include "rubric/choose.h"

#define OLD                                                                                        \
    "[rubric]\nid = plans\nversion = 1\ntitle = Plans\npractice_area = plans\n"                    \
    "effective_from = 2025-04-01\n[criterion.focus]\nmeasure = rating\n"

/* Two dates, a level where another field says so, a number and a flag. */
#define NEW                                                                                        \
    "[rubric]\nid = plans\nversion = 2\ntitle = Plans\npractice_area = plans\n"                    \
    "effective_from = 2026-04-01\n"                                                                \
    "[criterion.age]\nmeasure = days\nfrom = plan_date\nto = audit_date\n"                         \
    "bands = good <= 90, inadequate\n"                                                             \
    "[criterion.focus]\nmeasure = rating\n"                                                        \
    "[criterion.safety]\nmeasure = rating\napplies_if = risk is yes\n"                             \
    "[criterion.visits]\nmeasure = number\nbands = good >= 3, inadequate\n"                        \
    "[criterion.in_place]\nmeasure = yes_no\n"

#define LEAVERS                                                                                    \
    "[rubric]\nid = leavers\nversion = 1\ntitle = Care leavers\npractice_area = care_leavers\n"    \
    "effective_from = 2026-04-01\n"                                                                \
    "[scale]\nlevels = not_met, met\n[judgement]\nmet = 1.5\n[criterion.focus]\nmeasure = "        \
    "rating\n"

enum { RUBRICS = 3 };

typedef struct {
    rubric        *rubrics[RUBRICS];
    rubric_library library;
} shelf;

static int make_shelf(void **state)
{
    static const char *const texts[RUBRICS] = {LEAVERS, OLD, NEW};
    const rubric_context     context = {0};
    error_list               errors = {0};
    shelf                   *made = calloc(1, sizeof *made);
    assert_non_null(made);
    for (size_t i = 0; i < RUBRICS; i++) {
        made->rubrics[i] =
            rubric_read_bytes("r.ini", texts[i], strlen(texts[i]), &context, &errors);
        assert_non_null(made->rubrics[i]);
    }
    made->library = (rubric_library){.rubrics = made->rubrics, .rubric_count = RUBRICS};
    assert_true(choose_index(&made->library, &errors));
    assert_int_equal(errors.count, 0);
    *state = made;
    return 0;
}

static int free_shelf(void **state)
{
    shelf *made = *state;
    for (size_t i = 0; i < RUBRICS; i++) {
        rubric_free(made->rubrics[i]);
    }
    choose_free(made->library.index);
    free(made);
    return 0;
}

static bool keep(void *user, const char *bytes, size_t size)
{
    buffer_bytes(user, bytes, size);
    return true;
}

/* What is written of a file; `found` gets whether anything is wrong. Free with buffer_free(). */
static buffer check(void **state, size_t size, const char *file, const char *map_text,
                    const rubric *only, bool *found)
{
    const shelf *made = *state;
    error_list   errors = {0};
    buffer       out = {0};
    column_map  *map = NULL;
    if (map_text != NULL) {
        map = column_map_read_bytes("map.ini", map_text, strlen(map_text), &errors);
    }
    const record_source source = {.bytes = file, .size = size, .name = "audits.csv"};
    records            *input = records_open(&source, map, &errors);
    assert_non_null(input);
    assert_true(records_check(input, &made->library, only, keep, &out, found, &errors));
    assert_int_equal(errors.count, 0);
    records_close(input);
    column_map_free(map);
    error_clear(&errors);
    assert_true(buffer_end(&out));
    return out;
}

static void expect(void **state, const char *file, const char *map, const rubric *only,
                   const char *expected)
{
    bool   found = false;
    buffer out = check(state, strlen(file), file, map, only, &found);
    assert_string_equal(out.bytes, expected);
    assert_int_equal(found, strstr(expected, "no problems found") == NULL);
    buffer_free(&out);
}

static void test_a_file_without_fault_has_no_problems(void **state)
{
    expect(state,
           "audit_id,practice_area,audit_date,focus\n"
           "A1,Care leavers,2026-05-01,met\n"
           "A2,care_leavers,2026-06-30,not met\n"
           "A3,care_leavers,2026-06-01,met\n",
           NULL, NULL,
           "audits.csv\n"
           "  3 records of 4 columns, separated by commas\n"
           "  audit dates from 1 May 2026 to 30 June 2026\n"
           "\n"
           "Practice areas and rubrics\n"
           "  care_leavers: 3 records; leavers 1 grades 3\n"
           "\n"
           "Columns\n"
           "    1  audit_id\n"
           "       names the record in results\n"
           "       3 filled with words\n"
           "    2  practice_area\n"
           "       says which rubrics grade the record\n"
           "       3 filled with words\n"
           "    3  audit_date\n"
           "       says which rubric was in force; results by month\n"
           "       3 filled with dates\n"
           "    4  focus\n"
           "       a level for leavers 1: focus\n"
           "         asked of 3 records: 3 read\n"
           "         met 2, not_met 1\n"
           "\n"
           "Asked for, and in no column\n"
           "  nothing\n"
           "\n"
           "no problems found\n");
}

/* Two rubrics of one area by their days, a third for another; each column is counted over the
 * records that it is asked of. */
static void test_each_record_counts_for_its_own_rubric(void **state)
{
    expect(state,
           "audit_id;practice_area;audit_date;focus;plan_date;safety;risk;visits;in_place;team\n"
           "A1;plans;31/03/2026;good;soon;;;;;\n"                    /* plans 1: focus alone */
           "A2;plans;01/04/2026;RI;01/01/2026;good;Yes;3;y;North\n"  /* plans 2 */
           "A3;plans;02/04/2026;;01/02/2026;tbc;no;1,250;no;North\n" /* safety is not asked */
           "A4;care_leavers;02/04/2026;met;;;;;;South\n",            /* leavers 1 */
           NULL, NULL,
           "audits.csv\n"
           "  4 records of 10 columns, separated by semicolons\n"
           "  audit dates from 31 March 2026 to 2 April 2026\n"
           "\n"
           "Practice areas and rubrics\n"
           "  care_leavers: 1 record; leavers 1 grades 1\n"
           "  plans: 3 records; plans 1 grades 1, plans 2 grades 2\n"
           "\n"
           "Columns\n"
           "    1  audit_id\n"
           "       names the record in results\n"
           "       4 filled with words\n"
           "    2  practice_area\n"
           "       says which rubrics grade the record\n"
           "       4 filled with words\n"
           "    3  audit_date\n"
           "       says which rubric was in force; results by month\n"
           "       a date for plans 2: age\n"
           "         asked of 2 records: 2 read; from 1 April 2026 to 2 April 2026\n"
           "    4  focus\n"
           "       a level for leavers 1: focus\n"
           "         asked of 1 record: 1 read\n"
           "         met 1\n"
           "       a level for plans 1: focus; plans 2: focus\n"
           "         asked of 3 records: 2 read, 1 missing\n"
           "         good 1, requires_improvement 1\n"
           "    5  plan_date\n"
           "       a date for plans 2: age\n"
           "         asked of 2 records: 2 read; from 1 January 2026 to 1 February 2026\n"
           "    6  safety\n"
           "       a level for plans 2: safety\n"
           "         asked of 1 record: 1 read\n"
           "         good 1\n"
           "    7  risk\n"
           "       says whether a question applies, for plans 2: safety\n"
           "         asked of 2 records: 2 filled\n"
           "         \"Yes\" 1, \"no\" 1\n"
           "    8  visits\n"
           "       a number for plans 2: visits\n"
           "         asked of 2 records: 2 read; from 3 to 1250\n"
           "    9  in_place\n"
           "       yes or no for plans 2: in_place\n"
           "         asked of 2 records: 2 read\n"
           "         yes 1, no 1\n"
           "   10  team\n"
           "       results by team\n"
           "       3 filled with words, 1 missing\n"
           "\n"
           "Asked for, and in no column\n"
           "  nothing\n"
           "\n"
           "no problems found\n");
}

/* Sixteen: a record, an empty row, three practice areas, three dates, a value of focus, six fields
 * without a column, and coverage: of five weights safety's is never asked for, focus alone can be
 * recorded, age, visits and in_place cannot: 1 of 4. A carriage return in quotes ends a line: record three is on line 5. */
static void test_everything_wrong_is_said_and_counted(void **state)
{
    expect(state,
           "practice_area\taudit_date\tfocus\tplan_dat\tChild's name\t\r\n"
           "plan\t01/05/2026\tgood\t\tJo Bloggs\t\r\n"
           "\"a\rb\"\t01/05/2026\tgood\t\tJo Bloggs\t\r\n"
           "\t01/05/2026\tgood\t\tJo Bloggs\t\r\n"
           "plans\t\tgood\t\tJo Bloggs\t\r\n"
           "plans\t31/02/2026\tgood\t\tJo Bloggs\t\r\n"
           "plans\t31/03/2020\tn/a\t01/05/2026\t1\t\r\n"
           "\t\t \t\t\t\r\n"
           "plans\t1/5/2026\tgood\t\t\t\t\textra\r\n"
           "plans\t1/5/2026\tGoood\t\t3/4/2026\t\r\n",
           NULL, NULL,
           "audits.csv\n"
           "  9 records of 6 columns, separated by tabs\n"
           "  audit dates from 31 March 2020 to 1 May 2026\n"
           "! 1 record cannot be read\n"
           "    line 10: column 8: has more cells than the header; put quotes round a cell\n"
           "      that has a delimiter in it\n"
           "! 1 row has nothing in any cell: line 9; delete empty rows\n"
           "\n"
           "Practice areas and rubrics\n"
           "  plans: 4 records; plans 2 grades 1, no rubric grades 3\n"
           "! \"plan\": 1 record, the first on line 2; no rubric has this practice area; did\n"
           "    you mean \"plans\"?\n"
           "! \"a b\": 1 record, the first on line 3; no rubric has this practice area;\n"
           "    write care_leavers, plans, or name the rubric with --rubric\n"
           "! 1 record names no practice area: line 5; write care_leavers, plans, or name\n"
           "    the rubric with --rubric\n"
           "! 1 record has no audit date: line 6\n"
           "! 1 audit date cannot be read as a date; write dates as dd/mm/yyyy\n"
           "      line 7: \"31/02/2026\"\n"
           "! 1 audit date is before the first rubric of the practice area; correct the\n"
           "    date, or add a rubric that was in force then\n"
           "      line 8: \"31/03/2020\"\n"
           "\n"
           "Columns\n"
           "    1  practice_area\n"
           "       says which rubrics grade the record\n"
           "       6 filled with words, 1 missing\n"
           "    2  audit_date\n"
           "       says which rubric was in force; results by month\n"
           "       a date for plans 2: age\n"
           "         asked of 3 records: 1 read, 1 missing, 1 invalid; all on 1 May 2026\n"
           "    3  focus\n"
           "       a level for plans 1: focus; plans 2: focus\n"
           "         asked of 4 records: 2 read, 1 not applicable, 1 invalid\n"
           "         good 2\n"
           "       ! 1 value cannot be read as a level; write inadequate,\n"
           "           requires_improvement, good or outstanding\n"
           "             line 11: \"Goood\"\n"
           "    4  plan_dat\n"
           "       no rubric uses it; did you mean \"plan_date\"?\n"
           "       1 filled with dates, 6 missing\n"
           "    5  Child's name\n"
           "       no rubric uses it\n"
           "       7 filled (dates 1, numbers 1, words 5)\n"
           "    6  (no heading)\n"
           "       no rubric uses it\n"
           "       0 filled, 7 missing\n"
           "\n"
           "Asked for, and in no column\n"
           "! audit_id\n"
           "    names the record in results\n"
           "! plan_date; the nearest column is \"plan_dat\"\n"
           "    a date for plans 2: age\n"
           "      age: every record is without an answer, which counts against coverage\n"
           "! risk\n"
           "    says whether a question applies, for plans 2: safety\n"
           "      safety: the question is asked of nobody\n"
           "! safety\n"
           "    a level for plans 2: safety\n"
           "      safety: every record that it is asked of is without an answer, which\n"
           "        counts against coverage\n"
           "! visits\n"
           "    a number for plans 2: visits\n"
           "      visits: every record is without an answer, which counts against coverage\n"
           "! in_place\n"
           "    yes or no for plans 2: in_place\n"
           "      in_place: every record is without an answer, which counts against\n"
           "        coverage\n"
           "! plans 2: at most 25% of the weight can be recorded, and 60% is needed: no\n"
           "    record can be graded\n"
           "\n"
           "16 problems found\n");
}

static void test_a_column_map_shows_heading_and_field(void **state)
{
    const shelf *made = *state;
    expect(state,
           "Reference,How good is it for the child?,auditor_grad\n"
           "7,Top,good\n"
           "8,Low,good\n",
           "[columns]\naudit_id = Reference\nfocus = How good is it for the child?\n"
           "[values.focus]\noutstanding = top\ninadequate = low\n",
           made->rubrics[1],
           "audits.csv\n"
           "  2 records of 3 columns, separated by commas\n"
           "\n"
           "Practice areas and rubrics\n"
           "  every record is graded by plans 1\n"
           "\n"
           "Columns\n"
           "    1  \"Reference\", read as audit_id\n"
           "       names the record in results\n"
           "       2 filled with numbers\n"
           "    2  \"How good is it for the child?\", read as focus\n"
           "       a level for plans 1: focus\n"
           "         asked of 2 records: 2 read\n"
           "         outstanding 1, inadequate 1\n"
           "    3  auditor_grad\n"
           "       no rubric uses it; did you mean \"auditor_grade\"?\n"
           "       2 filled with words\n"
           "\n"
           "Asked for, and in no column\n"
           "! auditor_grade (not required); the nearest column is \"auditor_grad\"\n"
           "    the auditor's own judgement, compared with the result\n"
           "    a level for plans 1\n"
           "\n"
           "1 problem found\n");
}

/* The auditor's own grade rejects nothing, but what cannot be compared is said. */
static void test_without_practice_area_the_cure_is_named(void **state)
{
    expect(state, "audit_id,audit_date,auditor_grade\n", NULL, NULL,
           "audits.csv\n"
           "! 0 records of 3 columns, separated by commas\n"
           "\n"
           "Practice areas and rubrics\n"
           "  no column says what was audited; name the columns with a column map\n"
           "    (--columns), or the rubric with --rubric\n"
           "\n"
           "Columns\n"
           "    1  audit_id\n"
           "       names the record in results\n"
           "       0 filled\n"
           "    2  audit_date\n"
           "       says which rubric was in force; results by month\n"
           "       0 filled\n"
           "    3  auditor_grade\n"
           "       the auditor's own judgement, compared with the result\n"
           "       0 filled\n"
           "\n"
           "Asked for, and in no column\n"
           "! practice_area\n"
           "    says which rubrics grade the record\n"
           "\n"
           "2 problems found\n");
}

static void test_examples_are_few_and_the_others_are_counted(void **state)
{
    const shelf *made = *state;
    buffer       file = {0};
    bool         found = false;
    buffer_string(&file, "audit_id,focus\n"); /* line 1 */
    for (int i = 0; i < 25; i++) {
        buffer_string(&file, "A,good,more\n"); /* lines 2 to 26 */
    }
    for (int i = 0; i < 7; i++) {
        buffer_string(&file, "A,Smith\n"); /* lines 27 to 33 */
    }
    for (int i = 0; i < 8; i++) {
        buffer_string(&file, ",\n"); /* lines 34 to 41 */
    }
    assert_true(buffer_end(&file));
    buffer out = check(state, file.size, file.bytes, NULL, made->rubrics[1], &found);
    assert_true(found);
    assert_non_null(strstr(out.bytes, "! 25 records cannot be read\n    line 2: "));
    assert_non_null(strstr(out.bytes, "    line 21: "));
    assert_null(strstr(out.bytes, "    line 22: "));
    assert_non_null(strstr(out.bytes, "\n    and 5 more\n"));
    assert_non_null(strstr(out.bytes, "in any cell: lines 34, 35, 36, 37, 38 and 3 more;"));
    assert_non_null(
        strstr(out.bytes, "             line 31: \"Smith\"\n             and 2 more\n"));
    /* The first of seven records "A" is on line 27; those of a line with "," alone are empty. */
    assert_non_null(strstr(out.bytes, "! 6 records have the audit_id of an earlier one: lines 28, "
                                      "29, 30, 31, 32 and\n    1 more; give each record its "
                                      "own\n"));
    assert_non_null(strstr(out.bytes, "\n4 problems found\n"));
    buffer_free(&out);
    buffer_free(&file);
}

/* Twelve practice areas are named, and the records of the other three counted: A to O are 15. */
static void test_many_unknown_practice_areas_are_bounded(void **state)
{
    buffer file = {0};
    bool   found = false;
    buffer_string(&file, "audit_id,practice_area,audit_date\n"); /* line 1 */
    for (int i = 0; i < 15; i++) {
        buffer_format(&file, "%d,%c,01/05/2026\n", i, 'A' + i); /* lines 2 to 16 */
    }
    buffer_string(&file, "15,a,01/05/2026\n");
    assert_true(buffer_end(&file));
    buffer out = check(state, file.size, file.bytes, NULL, NULL, &found);
    assert_non_null(strstr(out.bytes, "! \"A\": 2 records, the first on line 2; no rubric has"));
    assert_non_null(strstr(out.bytes, "! \"L\": 1 record, the first on line 13; no rubric has"));
    assert_non_null(strstr(
        out.bytes, "! 3 records of still other practice areas without a rubric, the first on line\n"
                   "    14\n"));
    assert_non_null(strstr(out.bytes, "\n13 problems found\n"));
    buffer_free(&out);
    buffer_free(&file);
}

/* A file of many chunks: 60,000 records of 11 bytes, whose last is on line 60,001. */
static void test_a_long_file_is_counted_through(void **state)
{
    const shelf *made = *state;
    buffer       file = {0};
    bool         found = false;
    buffer_string(&file, "audit_id,focus\n");
    for (int i = 0; i < 59999; i++) {
        buffer_string(&file, "A123,good \n");
    }
    buffer_string(&file, "A123,goood\n");
    assert_true(buffer_end(&file));
    buffer out = check(state, file.size, file.bytes, NULL, made->rubrics[1], &found);
    assert_non_null(strstr(out.bytes, "  60,000 records of 2 columns"));
    assert_non_null(strstr(out.bytes, "asked of 60,000 records: 59,999 read, 1 invalid\n"
                                      "         good 59,999\n"));
    assert_non_null(strstr(out.bytes, "line 60001: \"goood\"\n"));
    buffer_free(&out);
    buffer_free(&file);
}

static void test_a_rubric_that_cannot_grade_is_a_problem(void **state)
{
    static const char rubric_text[] =
        "[rubric]\nid = r\nversion = 1\ntitle = R\npractice_area = plans\n"
        "effective_from = 2026-04-01\nplugin = absent\n[criterion.focus]\nmeasure = rating\n";
    const rubric_context context = {0};
    error_list           errors = {0};
    bool                 found = false;
    rubric              *only =
        rubric_read_bytes("r.ini", rubric_text, sizeof rubric_text - 1, &context, &errors);
    assert_non_null(only);
    static const char file[] = "audit_id,focus\nA1,good\n";
    buffer            out = check(state, sizeof file - 1, file, NULL, only, &found);
    assert_true(found);
    assert_non_null(strstr(out.bytes, "! r 1 cannot grade: plugin absent: not found"));
    assert_non_null(strstr(out.bytes, "\n1 problem found\n"));
    buffer_free(&out);
    rubric_free(only);
    error_clear(&errors);
}

/* Whatever is in a column that no rubric uses, none of it is written. */
static void test_values_of_unused_columns_are_not_shown(void **state)
{
    static const char file[] = "audit_id,practice_area,audit_date,team,auditor,child_ref,name,x\n"
                               "Qid,plans,31/03/2026,Qteam,Qauditor,Qchild,Qname,\"Q;Q\"\n"
                               "Qid,plans,31/03/2026,Qteam,Qauditor,Qchild,Qname,Q,Q\n"
                               "Qid,plans,31/03/2026,Qteam,Qauditor,Qchild,Qname,Q\n";
    bool              found = false;
    buffer            out = check(state, sizeof file - 1, file, NULL, NULL, &found);
    assert_null(strchr(out.bytes, 'Q'));
    buffer_free(&out);
}

static void test_a_cell_that_is_not_utf_8_is_a_notice_and_no_problem(void **state)
{
    static const char file[] = "audit_id,practice_area,audit_date,focus,note\n"
                               "A1,plans,31/03/2026,good,\n"
                               "A2,plans,31/03/2026,good,caf\xE9\n";
    bool              found = true;
    buffer            out = check(state, sizeof file - 1, file, NULL, NULL, &found);
    assert_false(found);
    assert_non_null(
        strstr(out.bytes,
               "  some cells are not UTF-8 and were read as Windows-1252, the first on line 3;\n"
               "    save the file as \"CSV UTF-8\" to be sure of every letter\n"));
    buffer_free(&out);
}

/* What stands in a file must not steer the terminal. */
static void test_control_characters_are_shown_as_spaces(void **state)
{
    const shelf      *made = *state;
    static const char file[] = "audit_id,focus,\x1B[2J\nA1,\x1B[31mred,x\n";
    bool              found = false;
    buffer            out = check(state, sizeof file - 1, file, NULL, made->rubrics[1], &found);
    assert_null(strchr(out.bytes, '\x1B'));
    assert_non_null(strstr(out.bytes, "line 2: \" [31mred\"\n"));
    buffer_free(&out);
}

static bool refuse(void *user, const char *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    (void)size;
    return false;
}

static void test_a_write_that_fails_ends_the_check(void **state)
{
    const shelf        *made = *state;
    static const char   file[] = "audit_id\nA1\n";
    const record_source source = {.bytes = file, .size = sizeof file - 1, .name = "audits.csv"};
    error_list          errors = {0};
    bool                found = false;
    records            *input = records_open(&source, NULL, &errors);
    assert_non_null(input);
    assert_false(records_check(input, &made->library, NULL, refuse, NULL, &found, &errors));
    assert_int_equal(errors.count, 0);
    records_close(input);
}

#define ABSENT                                                                                     \
    "[rubric]\nid = r\nversion = 1\ntitle = R\npractice_area = plans\n"                           \
    "effective_from = 2026-04-01\n"                                                                \
    "[criterion.focus]\nmeasure = rating\nweight = 6\n"                                            \
    "[criterion.seen]\nmeasure = yes_no\nmissing = inadequate\ncritical = yes\n"                   \
    "[criterion.voice]\nmeasure = rating\nmissing = requires_improvement\n"                        \
    "applies_if = baby is not yes\n"                                                               \
    "[criterion.plan]\nmeasure = rating\nweight = 4\n"

/* A critical criterion rated inadequate holds the judgement to inadequate (grading.md 6). voice is
 * rated, so 6 + 1 + 1 of 12 are: 66%. */
static void test_what_an_absent_column_does_is_said(void **state)
{
    const rubric_context context = {0};
    error_list           errors = {0};
    rubric *only = rubric_read_bytes("r.ini", ABSENT, sizeof ABSENT - 1, &context, &errors);
    assert_non_null(only);
    bool              found = false;
    static const char file[] = "audit_id,focus\nA1,good\n";
    buffer            out = check(state, sizeof file - 1, file, NULL, only, &found);
    assert_true(found);
    assert_string_equal(
        strstr(out.bytes, "Asked for"),
        "Asked for, and in no column\n"
        "! seen\n"
        "    yes or no for r 1: seen\n"
        "      seen: every record is rated inadequate, which holds the judgement to at\n"
        "        most inadequate\n"
        "! baby\n"
        "    says whether a question applies, for r 1: voice\n"
        "      voice: the question is asked of everybody\n"
        "! voice\n"
        "    a level for r 1: voice\n"
        "      voice: every record that it is asked of is rated requires_improvement\n"
        "! plan\n"
        "    a level for r 1: plan\n"
        "      plan: every record is without an answer, which counts against coverage\n"
        "  r 1: at most 66% of the weight can be recorded\n"
        "\n"
        "4 problems found\n");
    buffer_free(&out);
    rubric_free(only);
    error_clear(&errors);
}

/* Letter case makes no difference: A1, a1. The empty row is no record without an id. */
static void test_ids_that_are_empty_or_repeated_are_problems(void **state)
{
    const shelf      *made = *state;
    static const char file[] = "audit_id,focus\nA1,good\n,good\na1,good\nA2,good\n,\nA1 ,good\n";
    bool              found = false;
    buffer            out = check(state, sizeof file - 1, file, NULL, made->rubrics[1], &found);
    assert_true(found);
    assert_non_null(strstr(out.bytes,
                           "! 1 record has no audit_id: line 3; give each record its own\n"
                           "! 2 records have the audit_id of an earlier one: lines 4 and 7; give "
                           "each\n    record its own\n"));
    assert_non_null(strstr(out.bytes, "\n3 problems found\n")); /* and the empty row */
    buffer_free(&out);
}

/* A million ids are remembered; of those after it, one that was remembered is still found. */
static void test_repeats_are_bounded_and_say_so(void **state)
{
    repeats seen = {0};
    bool    before = true;
    char    id[16];
    (void)state;
    for (int i = 0; i < REPEATS_MAX + 1; i++) {
        snprintf(id, sizeof id, "A%d", i);
        assert_false(seen.full);
        assert_true(repeats_add(&seen, text_of(id), &before));
        assert_false(before);
    }
    assert_true(seen.full);
    assert_true(repeats_add(&seen, text_of("a999999"), &before));
    assert_true(before);
    assert_true(repeats_add(&seen, text_of("A1000000"), &before)); /* was one too many */
    assert_false(before);
    repeats_free(&seen);
}

/* The map's lines: fild is on 3, goood on 5; "3 - Good" is no level either, so goood is the VALUE. */
static void test_what_is_wrong_with_a_map_is_said_with_its_line(void **state)
{
    const shelf *made = *state;
    bool         found = false;
    const char  *file = "audit_id,How good?,Other\nA1,4 - Top,x\n";
    buffer       out = check(state, strlen(file), file,
                             "[columns]\nfocus = How good?\nfild = Other\n[values.focus]\n"
                                   "goood = 3 - Good\noutstanding = 4 - Top\n",
                             made->rubrics[1], &found);
    assert_true(found);
    assert_non_null(strstr(out.bytes, "       map.ini:3: no rubric has the field \"fild\"\n"));
    assert_non_null(strstr(out.bytes,
                           "       ! map.ini:5: \"goood\" cannot be read as a level; write "
                           "inadequate,\n           requires_improvement, good or outstanding\n"));
    assert_non_null(strstr(out.bytes, "\n1 problem found\n"));
    buffer_free(&out);
}

/* Excel's day 46113 is 1 April 2026: 25569 is 1 January 1970, and 20544 days more. */
static void test_dates_of_other_forms_get_their_own_remedy(void **state)
{
    (void)state;
    static const char excel[] =
        "it is Excel's number of a day: format the column as a date and export again";
    static const char swapped[] = "month and day seem to be swapped; write dates as dd/mm/yyyy";
    static const char other[] = "write dates as dd/mm/yyyy";
    assert_string_equal(date_remedy(text_of(" 46113 ")), excel);
    assert_string_equal(date_remedy(text_of("46113.5")), excel);
    assert_string_equal(date_remedy(text_of("461130")), other);
    assert_string_equal(date_remedy(text_of("29999")), other);
    assert_string_equal(date_remedy(text_of("04/13/2026")), swapped);
    assert_string_equal(date_remedy(text_of("12-31-26")), swapped);
    assert_string_equal(date_remedy(text_of("13/13/2026")), other);
    assert_string_equal(date_remedy(text_of("4/32/2026")), other);
    assert_string_equal(date_remedy(text_of("soon")), other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_without_fault_has_no_problems),
        cmocka_unit_test(test_each_record_counts_for_its_own_rubric),
        cmocka_unit_test(test_everything_wrong_is_said_and_counted),
        cmocka_unit_test(test_a_column_map_shows_heading_and_field),
        cmocka_unit_test(test_without_practice_area_the_cure_is_named),
        cmocka_unit_test(test_examples_are_few_and_the_others_are_counted),
        cmocka_unit_test(test_many_unknown_practice_areas_are_bounded),
        cmocka_unit_test(test_a_long_file_is_counted_through),
        cmocka_unit_test(test_a_rubric_that_cannot_grade_is_a_problem),
        cmocka_unit_test(test_values_of_unused_columns_are_not_shown),
        cmocka_unit_test(test_a_cell_that_is_not_utf_8_is_a_notice_and_no_problem),
        cmocka_unit_test(test_control_characters_are_shown_as_spaces),
        cmocka_unit_test(test_a_write_that_fails_ends_the_check),
        cmocka_unit_test(test_what_an_absent_column_does_is_said),
        cmocka_unit_test(test_ids_that_are_empty_or_repeated_are_problems),
        cmocka_unit_test(test_repeats_are_bounded_and_say_so),
        cmocka_unit_test(test_what_is_wrong_with_a_map_is_said_with_its_line),
        cmocka_unit_test(test_dates_of_other_forms_get_their_own_remedy),
    };
    return cmocka_run_group_tests(tests, make_shelf, free_shelf);
}
