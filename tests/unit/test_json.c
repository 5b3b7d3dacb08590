/* test_json.c - json, ndjson and explain-json are valid, and say what grading.md 9 says. */
#include "report_sample.h"

#include <jansson.h>

static json_t *load(const buffer *written)
{
    json_error_t why;
    json_t      *root = json_loadb(written->bytes, written->size, JSON_REJECT_DUPLICATES, &why);
    if (root == NULL) {
        fail_msg("line %d: %s", why.line, why.text);
    }
    return root;
}

static const char *string_of(json_t *of, const char *name)
{
    return json_string_value(json_object_get(of, name));
}

static sample *mixed(void)
{
    sample *from = sample_new();
    /* (9 + 6 + 1 + 6) / 8 = 2.75: good by score, held to requires_improvement by plan_shared */
    sample_add(from, "A-1", "North", G, 20544, RATINGS(G, G, I, G));
    sample_add(from, "A-2 \"x\" \\ \x01\n\xC3\xA9", "\x1F", LEVEL_NONE, DATE_NONE,
               RATINGS(G, M, M, M));
    sample_rejected(from, "A-3", "South", "b \"1\" is not a date; mend it");
    return from;
}

static json_t *report_of(const char *format)
{
    static const char *const inputs[] = {"audits.csv"};
    error_list               errors = {0};
    sample                  *from = mixed();
    report_options           options = {
                  .format = format, .assay_version = "0.1.0", .inputs = inputs, .input_count = 1};
    error_add(&errors, FAULT_NOTICE, "audits.csv", 3, 1, "a \"notice\"; look");
    buffer out = sample_report(&options, from, &errors);
    json_t *root = load(&out);
    buffer_free(&out);
    error_clear(&errors);
    free(from);
    return root;
}

static void test_json_has_records_summary_and_notices(void **state)
{
    (void)state;
    json_t *root = report_of("json");
    assert_string_equal(string_of(root, "assay"), "0.1.0");
    assert_int_equal(json_array_size(json_object_get(root, "records")), 3);
    json_t *summary = json_object_get(root, "summary");
    assert_int_equal(json_integer_value(json_object_get(summary, "rows")), 3);
    assert_int_equal(json_integer_value(json_object_get(summary, "graded")), 1);
    assert_int_equal(json_integer_value(json_object_get(summary, "insufficient_evidence")), 1);
    assert_int_equal(json_integer_value(json_object_get(summary, "rejected")), 1);
    json_t *of = json_array_get(json_object_get(summary, "scales"), 0);
    assert_int_equal(json_array_size(json_object_get(of, "by_team")), 3);
    json_t *used = json_array_get(json_object_get(summary, "rubrics"), 0);
    assert_string_equal(string_of(used, "file"), "assessments.ini"); /* not its folder */
    assert_int_equal(json_integer_value(json_object_get(used, "graded")), 1);
    assert_int_equal(json_integer_value(json_object_get(used, "insufficient_evidence")), 1);
    assert_int_equal(json_integer_value(json_object_get(used, "rejected")), 0);
    json_t *notice = json_array_get(json_object_get(root, "notices"), 0);
    assert_string_equal(string_of(notice, "text"), "a \"notice\"; look");
    json_decref(root);
}

static void test_record_says_its_grade(void **state)
{
    (void)state;
    json_t *root = report_of("json");
    json_t *record = json_array_get(json_object_get(root, "records"), 0);
    assert_int_equal(json_integer_value(json_object_get(record, "line")), 2);
    assert_string_equal(string_of(record, "judgement"), "requires_improvement");
    assert_string_equal(string_of(record, "base"), "good");
    assert_string_equal(string_of(record, "auditor_grade"), "good");
    assert_float_equal(json_real_value(json_object_get(record, "score")), 2.75, 1e-9);
    assert_float_equal(json_real_value(json_object_get(record, "margin")), 0.25, 1e-9);
    json_t *limits = json_object_get(record, "limited_by");
    assert_int_equal(json_array_size(limits), 1);
    assert_string_equal(json_string_value(json_array_get(limits, 0)), "plan_shared");
    json_decref(root);
}

/* A level's id, a number, true or false; null where there is no value. */
static void test_values_have_their_types(void **state)
{
    (void)state;
    json_t *root = report_of("json");
    json_t *all = json_object_get(root, "records");
    json_t *ratings = json_object_get(json_array_get(all, 0), "ratings");
    assert_string_equal(string_of(json_array_get(ratings, 0), "value"), "good");
    json_t *days = json_object_get(json_array_get(ratings, 1), "value");
    assert_int_equal(json_integer_value(days), 40);
    assert_string_equal(string_of(json_array_get(ratings, 1), "unit"), "working days");
    assert_true(json_is_false(json_object_get(json_array_get(ratings, 2), "value")));
    ratings = json_object_get(json_array_get(all, 1), "ratings");
    assert_string_equal(string_of(json_array_get(ratings, 1), "rating"), "missing");
    assert_true(json_is_null(json_object_get(json_array_get(ratings, 1), "value")));
    json_decref(root);
}

static void test_records_without_a_judgement(void **state)
{
    (void)state;
    json_t *root = report_of("json");
    json_t *insufficient = json_array_get(json_object_get(root, "records"), 1);
    json_t *rejected = json_array_get(json_object_get(root, "records"), 2);
    assert_string_equal(string_of(insufficient, "judgement"), "not_graded");
    assert_true(json_is_null(json_object_get(insufficient, "score")));
    assert_int_equal(json_integer_value(json_object_get(insufficient, "coverage")), 37);
    assert_string_equal(string_of(rejected, "status"), "rejected");
    assert_true(json_is_null(json_object_get(rejected, "coverage")));
    assert_int_equal(json_array_size(json_object_get(rejected, "ratings")), 0);
    json_decref(root);
}

static void test_text_comes_back_as_it_was(void **state)
{
    (void)state;
    json_t *root = report_of("json");
    json_t *record = json_array_get(json_object_get(root, "records"), 1);
    assert_string_equal(string_of(record, "audit_id"), "A-2 \"x\" \\ \x01\n\xC3\xA9");
    assert_string_equal(string_of(record, "team"), "\x1F");
    json_decref(root);
}

static void test_ndjson_is_one_object_a_line(void **state)
{
    (void)state;
    error_list errors = {0};
    sample    *from = mixed();
    buffer     out = sample_report(&(report_options){.format = "ndjson"}, from, &errors);
    char      *line = out.bytes;
    for (int i = 0; i < 3; i++) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        json_t *record = json_loadb(line, (size_t)(end - line), 0, NULL);
        assert_true(json_is_object(record));
        json_decref(record);
        line = end + 1;
    }
    assert_string_equal(line, "");
    buffer_free(&out);
    error_clear(&errors);
    free(from);
}

static void test_no_records_is_valid(void **state)
{
    (void)state;
    error_list errors = {0};
    sample    *from = sample_new();
    buffer out = sample_report(&(report_options){.format = "json", .assay_version = "1"}, from,
                               &errors);
    json_t *root = load(&out);
    assert_int_equal(json_array_size(json_object_get(root, "records")), 0);
    json_decref(root);
    buffer_free(&out);
    error_clear(&errors);
    free(from);
}

/* plan_shared alone holds A-1 down: its limit. Any rating above inadequate lifts it. */
static void test_explanation_names_the_smallest_changes(void **state)
{
    (void)state;
    json_t *root = report_of("explain-json");
    json_t *first = json_array_get(json_object_get(root, "explanations"), 0);
    json_t *raise = json_object_get(first, "raise");
    assert_int_equal(json_integer_value(json_object_get(raise, "changes_needed")), 1);
    json_t *change = json_array_get(json_array_get(json_object_get(raise, "sets"), 0), 0);
    assert_string_equal(string_of(change, "criterion"), "plan_shared");
    assert_string_equal(string_of(change, "from"), "inadequate");
    json_t *plan = json_array_get(json_object_get(first, "criteria"), 2);
    assert_true(json_is_true(json_object_get(plan, "limits_judgement")));
    json_t *rejected = json_array_get(json_object_get(root, "explanations"), 2);
    assert_true(json_is_null(json_object_get(rejected, "raise")));
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_has_records_summary_and_notices),
        cmocka_unit_test(test_record_says_its_grade),
        cmocka_unit_test(test_values_have_their_types),
        cmocka_unit_test(test_records_without_a_judgement),
        cmocka_unit_test(test_text_comes_back_as_it_was),
        cmocka_unit_test(test_ndjson_is_one_object_a_line),
        cmocka_unit_test(test_no_records_is_valid),
        cmocka_unit_test(test_explanation_names_the_smallest_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
