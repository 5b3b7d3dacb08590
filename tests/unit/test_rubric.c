/* test_rubric.c - built-in measures, and the file as a whole: grading.md 4 and 7. */
#include "rubric_case.h"

#include <stdlib.h>

/* ---- Built-in measures (4) ------------------------------------------------------ */

/* grading.md 4: "field defaults to the criterion's own id." */
static void test_4_field_defaults_to_the_id(void **state)
{
    (void)state;
    static const char written[] = HEAD "[criterion.voice]\nmeasure = rating\n"
                                       "[criterion.b]\nmeasure = yes_no\nfield = Was it done?\n";
    rubric           *made = assert_taken(written);
    const criterion  *held = made->criteria;

    assert_int_equal(held[0].kind, MEASURE_RATING);
    assert_int_equal(held[0].input_count, 1);
    assert_string_equal(held[0].inputs[0].field, "voice");
    assert_int_equal(held[0].inputs[0].type, INPUT_LEVEL);
    assert_ptr_equal(held[0].inputs[0].spellings, made->scale.spellings);
    assert_string_equal(held[1].inputs[0].field, "Was it done?");
    assert_int_equal(held[1].inputs[0].type, INPUT_FLAG);
    rubric_free(made);
    assert_refused(
        HEAD RATING "field =\n",
        "assay: r.ini:10: \"field\" is empty; name the field of the record that it reads\n");
}

static void test_4_days_go_from_a_date_to_a_date(void **state)
{
    (void)state;
    rubric *made =
        assert_taken(HEAD "[criterion.a]\nmeasure = days\nfrom = start\nto = end\nbands = good\n");
    const criterion *held = made->criteria;

    assert_int_equal(held->kind, MEASURE_DAYS);
    assert_int_equal(held->input_count, 2);
    assert_string_equal(held->inputs[0].name, "from");
    assert_string_equal(held->inputs[0].field, "start");
    assert_string_equal(held->inputs[1].field, "end");
    assert_int_equal(held->inputs[1].type, INPUT_DATE);
    assert_string_equal(held->unit, "days");
    assert_null(held->calendar);
    rubric_free(made);
    assert_refused(
        HEAD "[criterion.a]\nmeasure = days\nfrom = start\nbands = good\n",
        "assay: r.ini:7: the criterion has no \"to\"; add \"to = \" and the field with that "
        "date\n");
}

/* grading.md 4: "the default calendar is england". */
static void test_4_working_days_have_a_calendar(void **state)
{
    (void)state;
    rubric *made =
        assert_taken(HEAD "[criterion.a]\nmeasure = working_days\nfrom = x\nto = y\nbands = good\n"
                          "[criterion.b]\nmeasure = working_days\nfrom = x\nto = y\nbands = good\n"
                          "calendar = council\n");
    assert_ptr_equal(made->criteria[0].calendar, &case_england);
    assert_ptr_equal(made->criteria[1].calendar, &case_council);
    assert_string_equal(made->criteria[0].unit, "working days");
    rubric_free(made);
    assert_refused(HEAD "[criterion.a]\nmeasure = working_days\nfrom = x\nto = y\nbands = good\n"
                        "calendar = scotland\n",
                   "assay: r.ini:12: there is no calendar \"scotland\"; use one of those there are "
                   "(england, council), or add calendars/scotland.ini to a rubric folder\n");
    assert_refused(
        HEAD "[criterion.a]\nmeasure = days\nfrom = x\nto = y\nbands = good\ncalendar = england\n",
        "assay: r.ini:12: \"calendar\" does not go with measure = days; remove the line\n");
}

static void test_4_a_measure_that_is_not_there_is_refused(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[criterion.a]\nquestion = Is it?\n",
        "assay: r.ini:7: the criterion has no \"measure\"; add the line \"measure = ...\"\n");
    assert_refused(
        HEAD "[criterion.a]\nmeasure = working days\n",
        "assay: r.ini:8: \"working days\" is not a measure; did you mean \"working_days\"?\n");
    assert_refused(
        HEAD "[criterion.a]\nmeasure = ratng\nwieght = 3\n",
        "assay: r.ini:8: \"ratng\" is not a measure; did you mean \"rating\"?\n"
        "assay: r.ini:9: \"wieght\" is not a key of a criterion; did you mean \"weight\"?\n");
    assert_refused(HEAD "[criterion.a]\nmeasure = guess\nfield = x\n",
                   "assay: r.ini:8: \"guess\" is not a measure; use rating, yes_no, number, days, "
                   "working_days or a plugin's, written PLUGIN.NAME\n");
}

/* ---- The file (7) ------------------------------------------------------------------ */

static void test_7_a_whole_rubric(void **state)
{
    (void)state;
    rubric *made =
        assert_taken("[rubric]\nid = ilacs-2026\nversion = 2026.1\ntitle = Plans\n"
                     "practice_area = plans\neffective_from = 2026-04-01\nframework = ilacs-2026\n"
                     "judgement_area = help and protection\nsource = Ours\nnote = Long text goes\n"
                     "  on.\n" RATING "guidance = Look.\nsource = Law\ncritical = yes\n");
    assert_string_equal(made->file, "r.ini");
    assert_string_equal(made->id, "ilacs-2026");
    assert_string_equal(made->version, "2026.1");
    assert_string_equal(made->title, "Plans");
    assert_string_equal(made->practice_area, "plans");
    /* 2026-04-01: 56 years of 365 days, 14 leap days (1972 to 2024), 31 + 28 + 31 days. */
    assert_int_equal(made->effective_from, 56 * 365 + 14 + 90);
    assert_string_equal(made->framework, "ilacs-2026");
    assert_string_equal(made->judgement_area, "help and protection");
    assert_string_equal(made->source, "Ours");
    assert_string_equal(made->note, "Long text goes on.");
    assert_string_equal(made->plugin, "");
    assert_null(made->unusable);
    assert_int_equal(made->criterion_count, 1);
    assert_string_equal(made->criteria[0].question, "Is it?");
    assert_string_equal(made->criteria[0].guidance, "Look.");
    assert_string_equal(made->criteria[0].source, "Law");
    assert_true(made->criteria[0].critical);
    assert_int_equal(made->criteria[0].line, 12);
    assert_int_equal(rubric_find_criterion(made, text_of("a")), 0);
    assert_true(rubric_find_criterion(made, text_of("b")) == SIZE_MAX);
    rubric_free(made);
}

static void test_7_required_keys(void **state)
{
    (void)state;
    assert_refused(
        "[rubric]\ntitle =\n" RATING,
        "assay: r.ini:1: [rubric] has no \"id\"; add the line \"id = ...\"\n"
        "assay: r.ini:1: [rubric] has no \"version\"; add the line \"version = ...\"\n"
        "assay: r.ini:1: [rubric] has no \"practice_area\"; add the line \"practice_area = "
        "...\"\n"
        "assay: r.ini:1: [rubric] has no \"effective_from\"; add the line \"effective_from = "
        "...\"\n"
        "assay: r.ini:2: \"title\" is empty; write its value behind the =\n");
    assert_refused(
        "", "assay: r.ini: there is no [rubric] section; begin the file with [rubric] and its id, "
            "version, title, practice_area and effective_from\n"
            "assay: r.ini: there is no criterion; add a section such as [criterion.timeliness]\n");
}

static void test_7_effective_from_is_a_date(void **state)
{
    (void)state;
    assert_refused(
        "[rubric]\nid = r\nversion = 1\ntitle = R\npractice_area = p\neffective_from = "
        "April\n" RATING,
        "assay: r.ini:6: effective_from \"April\" is not a date; write it like 2026-04-01\n");
}

/* grading.md 7: "Keys or sections that this page does not name are errors, with the nearest
 * known name suggested". */
static void test_7_unknown_keys_and_sections(void **state)
{
    (void)state;
    assert_refused(
        HEAD "region = x\njudgment_area = y\n" RATING "wieght = 2\n",
        "assay: r.ini:7: \"region\" is not a key of [rubric]; take it out, or use one of: id, "
        "version, title, practice_area, effective_from, plugin, framework, judgement_area, "
        "source, note\n"
        "assay: r.ini:8: \"judgment_area\" is not a key of [rubric]; did you mean "
        "\"judgement_area\"?\n"
        "assay: r.ini:12: \"wieght\" is not a key of a criterion; did you mean \"weight\"?\n");
    assert_refused(
        HEAD "[judgment]\n[scale.alias]\n[criteria.b]\n[weights]\n" RATING,
        "assay: r.ini:7: [judgment] is not a section of a rubric; did you mean [judgement]?\n"
        "assay: r.ini:8: [scale.alias] is not a section of a rubric; did you mean "
        "[scale.aliases]?\n"
        "assay: r.ini:9: [criteria.b] is not a section of a rubric; did you mean "
        "[criterion.b]?\n"
        "assay: r.ini:10: [weights] is not a section of a rubric; there are [rubric], [scale], "
        "[scale.labels], [scale.aliases], [judgement], [judgement.LEVEL] and [criterion.ID]\n");
}

/* grading.md 7: "ids are [a-z][a-z0-9_]*, up to 40 characters". */
static void test_7_ids(void **state)
{
    (void)state;
    rubric *made = assert_taken(
        HEAD "[criterion.a234567890123456789012345678901234567890]\nmeasure = rating\n");
    assert_int_equal(strlen(made->criteria[0].id), 40);
    rubric_free(made);

    static const char *const wrong[] = {"A", "a b", "1a", "a-b",
                                        "a2345678901234567890123456789012345678901"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char written[512], message[512];
        snprintf(written, sizeof written, HEAD "[criterion.%s]\nmeasure = rating\n", wrong[i]);
        snprintf(message, sizeof message,
                 "assay: r.ini:7: [criterion.%s] has no proper id; use small letters, digits and "
                 "underscores, a letter first, at most 40 characters\n",
                 wrong[i]);
        assert_refused(written, message);
    }
}

/* grading.md 7: "so are a key or section given twice". */
static void test_7_nothing_is_given_twice(void **state)
{
    (void)state;
    assert_refused(HEAD RATING "measure = days\n" RATING,
                   "assay: r.ini:10: \"measure\" is given twice in [criterion.a], first in line 9; "
                   "take one of them out\n"
                   "assay: r.ini:11: [criterion.a] is given twice, first in line 7; put its keys "
                   "together or rename one\n");
}

/* grading.md 7: the rubric that the page shows whole. */
static void test_7_the_example_of_the_page(void **state)
{
    (void)state;
    static const char    path[] = ASSAY_SOURCE_DIR "/tests/fuzz/corpus/fuzz_rubric/whole.ini";
    const rubric_context context = {.calendars = case_calendars, .calendar_count = 2};
    error_list           errors = {0};
    rubric              *made = rubric_read(path, &context, &errors);

    assert_int_equal(errors.count, 0);
    assert_non_null(made);
    assert_non_null(made->unusable); /* it names a plugin, and there is none here */
    assert_int_equal(made->requirement_count, 4);
    assert_int_equal(made->criterion_count, 3);
    assert_int_equal(made->criteria[0].weight, 3);
    assert_int_equal(made->criteria[0].if_missing, 0);
    assert_int_equal(made->criteria[0].cap[0], 0);
    assert_int_equal(made->criteria[0].cap[1], 3);
    assert_int_equal(made->criteria[1].band_count, 4);
    assert_ptr_equal(made->criteria[1].calendar, &case_england);
    assert_string_equal(made->criteria[2].applies_field, "disabled");
    assert_int_equal(made->criteria[2].cap[0], 1);
    rubric_free(made);
}

/* A line that cannot be read is told, and what it may have held is not told to be missing. */
static void test_7_one_fault_is_told_once(void **state)
{
    (void)state;
    assert_refused(
        "[rubric]\nid = r\nversion = 1\ntitle\npractice_area = p\neffective_from = "
        "2026-04-01\n" RATING,
        "assay: r.ini:4: this line has no \"=\"; write \"key = value\", or indent the line where "
        "it goes on from the one above\n");
}

/* SHA-256, as coreutils' sha256sum has it for the same file. */
static void test_the_hash_is_that_of_the_bytes(void **state)
{
    (void)state;
    static const char written[] = HEAD RATING;
    rubric                            *made = assert_taken(written);
    char                               path[] = "/tmp/assay-rubric-XXXXXX";
    const int                          file = mkstemp(path);
    FILE                              *out = file < 0 ? NULL : fdopen(file, "wb");

    assert_non_null(out);
    assert_int_equal(fwrite(written, 1, sizeof written - 1, out), sizeof written - 1);
    assert_int_equal(fclose(out), 0);
    error_list           errors = {0};
    const rubric_context context = {0};
    rubric              *again = rubric_read(path, &context, &errors);
    assert_non_null(again);
    assert_string_equal(again->file, path);
    assert_memory_equal(again->hash, made->hash, sizeof made->hash);

    char  command[256], hexadecimal[65] = "", ours[65];
    FILE *pipe;
    snprintf(command, sizeof command, "sha256sum %s", path);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_int_equal(fread(hexadecimal, 1, 64, pipe), 64);
    pclose(pipe);
    for (size_t i = 0; i < 32; i++)
        snprintf(ours + 2 * i, 3, "%02x", made->hash[i]);
    assert_string_equal(ours, hexadecimal);
    remove(path);
    error_clear(&errors);
    rubric_free(again);
    rubric_free(made);
}

static void test_a_file_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    error_list           errors = {0};
    const rubric_context context = {0};
    char                 found[512];

    assert_null(rubric_read("/nowhere/r.ini", &context, &errors));
    case_messages(&errors, found, sizeof found);
    assert_string_equal(
        found, "assay: /nowhere/r.ini: cannot be read: No such file or directory; check the "
               "path and who may read it\n");
    error_clear(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_4_field_defaults_to_the_id),
        cmocka_unit_test(test_4_days_go_from_a_date_to_a_date),
        cmocka_unit_test(test_4_working_days_have_a_calendar),
        cmocka_unit_test(test_4_a_measure_that_is_not_there_is_refused),
        cmocka_unit_test(test_7_a_whole_rubric),
        cmocka_unit_test(test_7_required_keys),
        cmocka_unit_test(test_7_effective_from_is_a_date),
        cmocka_unit_test(test_7_unknown_keys_and_sections),
        cmocka_unit_test(test_7_ids),
        cmocka_unit_test(test_7_nothing_is_given_twice),
        cmocka_unit_test(test_7_the_example_of_the_page),
        cmocka_unit_test(test_7_one_fault_is_told_once),
        cmocka_unit_test(test_the_hash_is_that_of_the_bytes),
        cmocka_unit_test(test_a_file_that_cannot_be_read_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
