/* test_plugin_measures.c - criteria whose measure a plugin declares: grading.md 4 and 7. */
#include "rubric_case.h"

/* ---- A plugin set made by hand, in place of the loader's ----------------------- */

static const manifest_input visit_inputs[] = {
    {.name = "visit_dates", .help = "", .type = ASSAY_DATES, .required = true},
    {.name = "placed", .help = "", .type = ASSAY_DATE},
    {.name = "seen_alone", .help = "", .type = ASSAY_FLAG},
    {.name = "age", .help = "", .type = ASSAY_NUMBER},
};
static const manifest_parameter visit_parameters[] = {
    {.name = "interval",
     .unit = "days",
     .type = ASSAY_NUMBER,
     .standard = 42,
     .minimum = 1,
     .maximum = 99},
    {.name = "strict", .unit = "", .type = ASSAY_FLAG, .standard = 1, .maximum = 1},
};
static const manifest_measure visit_measures[] = {
    {.name = "longest_gap",
     .unit = "weeks",
     .result = ASSAY_NUMBER,
     .maximum = 500,
     .inputs = visit_inputs,
     .input_count = 4,
     .parameters = visit_parameters,
     .parameter_count = 2},
    {.name = "in_time",
     .unit = "",
     .result = ASSAY_FLAG,
     .uses_calendar = true,
     .inputs = visit_inputs,
     .input_count = 1},
};
struct plugin_set {
    manifest manifests[2];
};
static const plugin_set made_plugins = {{
    {.id = "visits", .measures = visit_measures, .measure_count = 2},
    {.id = "old",
     .refusal = "old.so: built for plugin ABI 3, this assay takes 1 to 2; update assay"},
}};

const manifest *loader_find(const plugin_set *plugins, text id)
{
    for (size_t i = 0; i < 2; i++)
        if (text_same(text_of(plugins->manifests[i].id), id))
            return &plugins->manifests[i];
    return NULL;
}

const manifest_measure *manifest_find(const manifest *held, text name)
{
    for (size_t i = 0; i < held->measure_count; i++)
        if (text_same(text_of(held->measures[i].name), name))
            return &held->measures[i];
    return NULL;
}

static int with_plugins(void **state)
{
    (void)state;
    case_plugins = &made_plugins;
    return 0;
}

/* ---- Rubrics that use it -------------------------------------------------------- */

/* grading.md 7: parameters under the plugin's names; input.NAME = FIELD; else its own name. */
static void test_7_a_plugins_measure_is_wired(void **state)
{
    (void)state;
    rubric *made =
        assert_taken(HEAD "plugin = visits\n[criterion.a]\nmeasure = visits.longest_gap\n"
                          "interval = 28.5\nstrict = no\ninput.visit_dates = Visits made\n"
                          "bands = good <= 4, inadequate\n"
                          "[criterion.b]\nmeasure = visits.longest_gap\nbands = good\n");
    const criterion *held = made->criteria;

    assert_null(made->unusable);
    assert_string_equal(made->plugin, "visits");
    assert_int_equal(held[0].kind, MEASURE_PLUGIN);
    assert_ptr_equal(held[0].plugin, &made_plugins.manifests[0]);
    assert_int_equal(held[0].plugin_measure, 0);
    assert_string_equal(held[0].measure_name, "visits.longest_gap");
    assert_string_equal(held[0].unit, "weeks");
    assert_int_equal(held[0].input_count, 4);
    assert_string_equal(held[0].inputs[0].field, "Visits made");
    assert_int_equal(held[0].inputs[0].type, INPUT_DATES);
    assert_string_equal(held[0].inputs[1].field, "placed");
    assert_int_equal(held[0].inputs[1].type, INPUT_DATE);
    assert_int_equal(held[0].inputs[2].type, INPUT_FLAG);
    assert_int_equal(held[0].inputs[3].type, INPUT_NUMBER);
    assert_true(held[0].parameters[0] == 28.5);
    assert_true(held[0].parameters[1] == 0);
    assert_true(held[1].parameters[0] == 42);
    assert_true(held[1].parameters[1] == 1);
    assert_null(held[0].calendar);
    rubric_free(made);
}

static void test_7_a_plugins_flag_has_levels_and_a_calendar_if_it_uses_one(void **state)
{
    (void)state;
    rubric *made =
        assert_taken(HEAD "[criterion.a]\nmeasure = visits.in_time\nyes = outstanding\n"
                          "[criterion.b]\nmeasure = visits.in_time\ncalendar = council\n");
    assert_true(made->criteria[0].gives_flag);
    assert_int_equal(made->criteria[0].yes, 3);
    assert_int_equal(made->criteria[0].plugin_measure, 1);
    assert_ptr_equal(made->criteria[0].calendar, &case_england);
    assert_ptr_equal(made->criteria[1].calendar, &case_council);
    rubric_free(made);
    assert_refused(
        HEAD "[criterion.a]\nmeasure = visits.longest_gap\nbands = good\ncalendar = council\n",
        "assay: r.ini:10: \"calendar\" does not go with measure = visits.longest_gap; remove the "
        "line\n");
    assert_refused(
        HEAD "[criterion.a]\nmeasure = visits.in_time\nbands = good\nfrom = x\n",
        "assay: r.ini:9: \"bands\" does not go with measure = visits.in_time; remove the line\n"
        "assay: r.ini:10: \"from\" does not go with measure = visits.in_time; remove the line\n");
}

static void test_7_a_parameter_is_in_its_range(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[criterion.a]\nmeasure = visits.longest_gap\nbands = good\ninterval = 100\n"
             "strict = 2\n",
        "assay: r.ini:10: interval \"100\" is not a number from 1 to 99; write one, in days\n"
        "assay: r.ini:11: strict \"2\" is neither yes nor no; write one of them\n");
}

static void test_7_a_plugins_keys_are_suggested(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[criterion.a]\nmeasure = visits.longest_gap\nbands = good\nintervall = 9\n"
             "input.visit_date = x\ninput.placed =\n",
        "assay: r.ini:10: \"intervall\" is not a key of a criterion; did you mean \"interval\"?\n"
        "assay: r.ini:11: \"input.visit_date\" is not a key of a criterion; did you mean "
        "\"input.visit_dates\"?\n"
        "assay: r.ini:12: \"input.placed\" is empty; name the field of the record that it "
        "reads\n");
}

static void test_7_a_measure_that_the_plugin_lacks_is_refused(void **state)
{
    (void)state;
    assert_refused(
        HEAD "[criterion.a]\nmeasure = visits.longest_gaps\n[criterion.b]\nmeasure = visits.x\n",
        "assay: r.ini:8: plugin visits has no measure \"longest_gaps\"; did you mean "
        "\"visits.longest_gap\"?\n"
        "assay: r.ini:10: plugin visits has no measure \"x\"; \"assay plugin info visits\" lists "
        "those it has\n");
}

/* design.md: "A plugin that does not load stays in the report as not graded: plugin X: why". */
static void test_an_absent_plugin_makes_a_rubric_unusable_and_not_wrong(void **state)
{
    (void)state;
    static const char absent[] =
        "plugin gone: not found in the plugin folders; install it, or name its "
        "folder with --plugin-path";
    rubric *made = assert_taken(HEAD "plugin = gone\n" RATING);
    assert_string_equal(made->unusable, absent);
    rubric_free(made);

    made = assert_taken(HEAD "[criterion.a]\nmeasure = gone.drift\ndrift_days = 3\nweight = 4\n"
                             "bands = good <= 3, inadequate\n");
    assert_string_equal(made->unusable, absent);
    assert_int_equal(made->criteria[0].weight, 4);
    assert_int_equal(made->criteria[0].band_count, 2);
    assert_null(made->criteria[0].plugin);
    rubric_free(made);

    made = assert_taken(HEAD "plugin = old\n[criterion.a]\nmeasure = old.drift\nbands = good\n");
    assert_string_equal(made->unusable,
                        "plugin old: old.so: built for plugin ABI 3, this assay takes 1 to "
                        "2; update assay");
    rubric_free(made);

    /* What can be checked without the plugin is. */
    assert_refused(
        HEAD "[criterion.a]\nmeasure = gone.drift\nweight = heavy\nbands = god\n",
        "assay: r.ini:9: weight \"heavy\" is not a whole number from 0 to 1000; write one\n"
        "assay: r.ini:10: \"god\" is not a level; did you mean \"good\"?\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_7_a_plugins_measure_is_wired),
        cmocka_unit_test(test_7_a_plugins_flag_has_levels_and_a_calendar_if_it_uses_one),
        cmocka_unit_test(test_7_a_parameter_is_in_its_range),
        cmocka_unit_test(test_7_a_plugins_keys_are_suggested),
        cmocka_unit_test(test_7_a_measure_that_the_plugin_lacks_is_refused),
        cmocka_unit_test(test_an_absent_plugin_makes_a_rubric_unusable_and_not_wrong),
    };
    return cmocka_run_group_tests(tests, with_plugins, NULL);
}
