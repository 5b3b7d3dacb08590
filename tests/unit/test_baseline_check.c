/* A baseline of many records, checked: read in pieces, while its records are graded on two threads and
 * paired as they come. Whatever the order, it is what two whole lists give. */
#include "grading_case.h"

#include <unistd.h>

#include "regression/lists.h"
#include "regression/verdict.h"
#include "writing/buffer.h"

enum { RECORDS = 20000 }; /* a CSV of 700 KB, a baseline of over 1 MB: several pieces of each */

static const char rubric_before[] = "[rubric]\nid = made\nversion = 1\ntitle = Made\n"
                                    "practice_area = made\neffective_from = 2020-01-01\n"
                                    "[judgement]\noutstanding = 3.5\ngood = 2.5\n"
                                    "requires_improvement = 1.5\n"
                                    "[criterion.a]\nmeasure = rating\nfield = a\nweight = 1\n"
                                    "[criterion.b]\nmeasure = rating\nfield = b\nweight = 2\n";
static const char rubric_after[] = "[rubric]\nid = made\nversion = 2\ntitle = Made\n"
                                   "practice_area = made\neffective_from = 2020-01-01\n"
                                   "[judgement]\noutstanding = 3.5\ngood = 2.5\n"
                                   "requires_improvement = 1.5\n"
                                   "[criterion.a]\nmeasure = rating\nfield = a\nweight = 3\n"
                                   "[criterion.b]\nmeasure = rating\nfield = b\nweight = 2\n";

static rubric *read_rubric(const char *bytes)
{
    const rubric_context context = {0};
    error_list           errors = {0};
    rubric *made = rubric_read_bytes("made.ini", bytes, strlen(bytes), &context, &errors);

    assert_non_null(made);
    assert_int_equal(errors.count, 0);
    return made;
}

/* How the ids of the records stand in the file. */
typedef enum { IN_ORDER, BACKWARDS, LAST_TWO_SWAPPED, EACH_TWICE, NO_ID, OTHER_RECORDS } id_order;

static void write_id(buffer *out, id_order order, size_t r)
{
    if (order == BACKWARDS)
        r = RECORDS - r;
    if (order == LAST_TWO_SWAPPED && r + 2 >= RECORDS)
        r = 2 * RECORDS - 3 - r;
    if (order == EACH_TWICE)
        r /= 2;
    if (order == OTHER_RECORDS && r % 3 == 0)
        r += RECORDS;
    if (order != NO_ID)
        buffer_format(out, "AU-%07zu", r);
}

static buffer make_csv(id_order order)
{
    static const char *const levels[] = {"inadequate", "requires improvement", "good",
                                         "outstanding"};
    buffer                   out = {0};

    buffer_string(&out, "audit_id,a,b,team\n");
    for (size_t r = 0; r < RECORDS; r++) {
        write_id(&out, order, r);
        buffer_format(&out, ",%s,%s,Team %zu\n", levels[r % 4], levels[r / 4 % 4], r % 7);
    }
    assert_false(out.failed);
    return out;
}

static bool add_bytes(void *user, const char *bytes, size_t size)
{
    buffer_bytes(user, bytes, size);
    return true;
}

/* What grades a CSV, and where its baseline is. */
typedef struct {
    buffer           csv;
    record_source    source;
    diff_inputs      inputs;
    grading_side     side;
    baseline_grading by;
    buffer           file;
    char             path[64];
} checked;

static void write_file(checked *of, size_t size)
{
    FILE *file = fopen(of->path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(of->file.bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void set_csv(checked *of, id_order order, const rubric *by)
{
    buffer_free(&of->csv);
    of->csv = make_csv(order);
    of->source = (record_source){.bytes = of->csv.bytes, .size = of->csv.size, .name = "made.csv"};
    of->inputs = (diff_inputs){&of->source, 1, NULL};
    of->side = (grading_side){.name = "made", .rubric = by, .threads = 2};
    of->by = (baseline_grading){&of->side, &of->inputs, NULL, "0"};
}

static void save(checked *of, id_order order, const rubric *by)
{
    grade_totals totals = {0};
    error_list   errors = {0};

    *of = (checked){.path = "/tmp/assay-baseline-XXXXXX"};
    set_csv(of, order, by);
    assert_true(baseline_save(&of->by, &totals, add_bytes, &of->file, &errors));
    error_clear(&errors);
    const int made = mkstemp(of->path);
    assert_true(made >= 0);
    close(made);
    write_file(of, of->file.size);
}

static void let_go(checked *of)
{
    unlink(of->path);
    buffer_free(&of->csv);
    buffer_free(&of->file);
}

/* The counts and every move of two diffs. */
static void assert_same_diff(const diff *a, const diff *b)
{
    assert_int_equal(a->records, b->records);
    assert_int_equal(a->same, b->same);
    assert_int_equal(a->up, b->up);
    assert_int_equal(a->down, b->down);
    assert_int_equal(a->changed, b->changed);
    assert_int_equal(a->scores, b->scores);
    assert_int_equal(a->repeated, b->repeated);
    assert_int_equal(a->only_a_count, b->only_a_count);
    assert_int_equal(a->only_b_count, b->only_b_count);
    assert_int_equal(a->move_count, b->move_count);
    for (size_t m = 0; m < a->move_count; m++) {
        assert_string_equal(a->moves[m].to.audit_id, b->moves[m].to.audit_id);
        assert_int_equal(a->moves[m].from.line, b->moves[m].from.line);
        assert_int_equal(a->moves[m].to.line, b->moves[m].to.line);
        assert_int_equal(a->moves[m].to.outcome, b->moves[m].to.outcome);
    }
    assert_int_equal(a->groups[BY_TEAM].count, b->groups[BY_TEAM].count);
    for (size_t g = 0; g < a->groups[BY_TEAM].count; g++) {
        assert_string_equal(a->groups[BY_TEAM].groups[g].name, b->groups[BY_TEAM].groups[g].name);
        assert_int_equal(a->groups[BY_TEAM].groups[g].records,
                         b->groups[BY_TEAM].groups[g].records);
    }
}

static uint64_t check(checked *of)
{
    const diff_options options = {0};
    baseline          *opened = NULL, *whole = NULL;
    verdict_list       list = {0};
    diff               found = {0}, expected = {0};
    grade_totals       totals = {0};
    error_list         errors = {0};

    assert_true(baseline_open(&opened, of->path, &errors));
    assert_true(baseline_compare(opened, &of->by, &list, &found, &totals, &errors));
    assert_int_equal(totals.rows, RECORDS);

    row_hashing hashing;
    assert_true(baseline_hashing(opened, &hashing));
    assert_true(baseline_read(&whole, of->path, &errors));
    verdict_list again = {0};
    assert_true(verdicts_grade(&again, &of->side, &of->inputs, &hashing, &totals, &errors));
    assert_true(diff_lists(&expected, "a", baseline_list(whole), "b", &again, &options, &errors));
    assert_same_diff(&found, &expected);

    const uint64_t moved = found.records - found.same;
    diff_free(&found);
    diff_free(&expected);
    verdicts_free(&list);
    verdicts_free(&again);
    baseline_free(opened);
    baseline_free(whole);
    error_clear(&errors);
    return moved;
}

static void test_in_any_order_it_is_what_whole_lists_give(void **state)
{
    rubric *before = read_rubric(rubric_before), *after = read_rubric(rubric_after);
    checked at;
    (void)state;

    for (id_order order = IN_ORDER; order <= NO_ID; order++) {
        save(&at, order, before);
        assert_int_equal(check(&at), 0); /* the same rubric, the same records */
        at.side.rubric = after;
        assert_true(check(&at) > RECORDS / 10);
        let_go(&at);
    }
    rubric_free(before);
    rubric_free(after);
}

static void test_the_records_may_stand_in_another_order_than_then(void **state)
{
    rubric *before = read_rubric(rubric_before);
    checked at;
    (void)state;

    save(&at, IN_ORDER, before);
    for (id_order order = BACKWARDS; order <= OTHER_RECORDS; order++) {
        set_csv(&at, order, before);
        check(&at);
    }
    let_go(&at);
    rubric_free(before);
}

/* A block of two records. */
static verdict_block *block_of(const char *first, const char *second)
{
    verdict_block *made = calloc(1, sizeof *made);

    assert_non_null(made);
    made->items = arena_array(&made->memory, 2, sizeof *made->items);
    assert_non_null(made->items);
    for (size_t i = 0; i < 2; i++)
        made->items[made->count++] = (verdict){.audit_id = i ? second : first,
                                               .input = "",
                                               .area = "",
                                               .team = "",
                                               .auditor = "",
                                               .limited_by = "",
                                               .word = "rejected",
                                               .audit_date = DATE_NONE,
                                               .outcome = OUTCOME_REJECTED};
    verdict_block_look(made);
    return made;
}

static void test_a_list_that_loses_its_order_as_it_grows_is_paired_as_a_whole(void **state)
{
    static const char *const ids[][4] = {
        {"A", "B", "C", "D"}, /* in order */
        {"B", "A", "C", "D"}, /* not in order before anything was paired */
        {"A", "B", "D", "C"}, /* in the second block */
        {"C", "D", "A", "B"}, /* from the first to the second */
        {"A", "A", "A", "C"},
    };
    const diff_options options = {0};
    (void)state;

    for (size_t c = 0; c < sizeof ids / sizeof ids[0]; c++) {
        verdict_list before = {0}, after = {0};
        diff         found = {0}, expected = {0};
        list_pairing at;
        error_list   errors = {0};
        assert_true(verdicts_add(&before, block_of("A", "B")));
        assert_true(verdicts_add(&before, block_of("B", "C")));
        pairing_begin(&at, &found, "a", &before, "b", &after, &options);
        pairing_go_on(&at);
        assert_true(verdicts_add(&after, block_of(ids[c][0], ids[c][1])));
        pairing_go_on(&at);
        assert_true(verdicts_add(&after, block_of(ids[c][2], ids[c][3])));
        pairing_go_on(&at);
        assert_true(pairing_end(&at));
        assert_true(diff_lists(&expected, "a", &before, "b", &after, &options, &errors));
        assert_same_diff(&found, &expected);
        /* A, B, C are in both but in the last, where A is (once of three) and C */
        assert_int_equal(found.records, c + 1 < sizeof ids / sizeof ids[0] ? 3 : 2);
        diff_free(&found);
        diff_free(&expected);
        verdicts_free(&before);
        verdicts_free(&after);
    }
}

/* Ids that differ late, early, by a letter beyond ASCII, or not at all. */
static void test_verdicts_are_ordered_by_the_bytes_of_their_ids(void **state)
{
    static const char *const ids[] = {"AU-2026-10",       "AU-2026-9",         "AU-2026-",
                                      "AU-2026-\xc3\xa9", "AU-2026-000000012", "AU-2026-000000011",
                                      "AU-2026-z",        "AU-2026-9",         "AU-2026-00000001"};
    /* a shorter one first, \xc3 behind every letter; the two that are alike as they stand: 1, then 7 */
    static const size_t expected[] = {2, 8, 5, 4, 0, 1, 7, 6, 3};
    enum { COUNT = sizeof ids / sizeof ids[0] };
    verdict_list list = {0};
    size_t       hint = 0;
    (void)state;

    for (size_t i = 0; i < COUNT; i += 3) { /* blocks of two and one */
        verdict_block *one = block_of(ids[i + 2], "");
        one->count = 1;
        assert_true(verdicts_add(&list, block_of(ids[i], ids[i + 1])));
        assert_true(verdicts_add(&list, one));
    }
    const verdict **ordered = verdicts_order(&list);
    assert_non_null(ordered);
    assert_int_equal(list.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_ptr_equal(ordered[i], verdict_at(&list, expected[i], &hint));
    free(ordered);
    verdicts_free(&list);

    verdict_list none = {0};
    ordered = verdicts_order(&none);
    assert_non_null(ordered);
    free(ordered);
}

/* The file, cut at `size`, is refused as its bytes are. */
static void assert_cut_is_told(checked *of, size_t size)
{
    baseline  *read = NULL, *from_bytes = NULL;
    error_list errors = {0}, expected = {0};
    char      *copy = malloc(size + 1);

    assert_non_null(copy);
    memcpy(copy, of->file.bytes, size);
    copy[size] = '\0';
    write_file(of, size);
    assert_false(baseline_read(&read, of->path, &errors));
    assert_false(baseline_read_bytes(&from_bytes, of->path, copy, size, &expected));
    assert_int_equal(errors.count, 1);
    assert_int_equal(expected.count, 1);
    assert_int_equal(errors.items[0].line, expected.items[0].line);
    assert_string_equal(errors.items[0].text, expected.items[0].text);
    baseline_free(read);
    baseline_free(from_bytes);
    error_clear(&errors);
    error_clear(&expected);
}

static void test_a_long_file_is_refused_wherever_it_is_cut_or_changed(void **state)
{
    rubric      *before = read_rubric(rubric_before);
    const size_t piece = 1 << 18; /* that is read at a time */
    checked      at;
    (void)state;

    save(&at, IN_ORDER, before);
    assert_true(at.file.size > 3 * piece);
    for (size_t size = piece; size < at.file.size; size += piece)
        for (size_t around = size - 2; around <= size + 2; around++)
            assert_cut_is_told(&at, around);
    assert_cut_is_told(&at, at.file.size - 1);
    at.file.bytes[2 * piece + 7] ^= 1;
    assert_cut_is_told(&at, at.file.size);
    at.file.bytes[2 * piece + 7] = '\0';
    assert_cut_is_told(&at, at.file.size);
    let_go(&at);
    rubric_free(before);
}

static void test_a_check_against_a_changed_file_says_that_alone(void **state)
{
    rubric      *before = read_rubric(rubric_before);
    checked      at;
    baseline    *opened = NULL;
    verdict_list list = {0};
    diff         found = {0};
    grade_totals totals = {0};
    error_list   errors = {0};
    (void)state;

    save(&at, EACH_TWICE, before);
    at.file.bytes[at.file.size - 60] ^= 1; /* in the last record or the end */
    write_file(&at, at.file.size);
    assert_true(baseline_open(&opened, at.path, &errors));
    assert_false(baseline_compare(opened, &at.by, &list, &found, &totals, &errors));
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.items[0].file, at.path);
    diff_free(&found);
    verdicts_free(&list);
    baseline_free(opened);
    error_clear(&errors);
    let_go(&at);
    rubric_free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_any_order_it_is_what_whole_lists_give),
        cmocka_unit_test(test_the_records_may_stand_in_another_order_than_then),
        cmocka_unit_test(test_a_list_that_loses_its_order_as_it_grows_is_paired_as_a_whole),
        cmocka_unit_test(test_verdicts_are_ordered_by_the_bytes_of_their_ids),
        cmocka_unit_test(test_a_long_file_is_refused_wherever_it_is_cut_or_changed),
        cmocka_unit_test(test_a_check_against_a_changed_file_says_that_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
