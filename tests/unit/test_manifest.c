/* test_manifest.c - AREA.ini as the loader reads it: what it means, and each way of being wrong. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "loader/manifest_read.h"

#define HEAD                                                                                       \
    "[plugin]\nid = plans\nversion = 1.2.0\nabi = 1\npractice_area = plans\nsummary = Plans\n"
#define MEASURE "[measure.drift]\nhelp = Days\nresult = number\nrange = 0 .. 10\n"

/* A manifest being read, and what became of it. */
typedef struct {
    manifest        manifest;
    manifest_memory memory;
    error_list      errors;
    bool            sound;
} reading;

static void read_bytes(reading *out, const char *bytes, size_t size)
{
    memset(out, 0, sizeof *out);
    out->sound = manifest_read(&out->manifest, &out->memory, "plans.ini", "plans", bytes, size,
                               &out->errors);
}

static void read_text(reading *out, const char *ini)
{
    read_bytes(out, ini, strlen(ini));
}

static void forget(reading *read)
{
    error_clear(&read->errors);
    manifest_release(&read->memory);
}

/* Reads a manifest that is wrong, and expects these messages alone. */
static void expect_faults(const char *ini, const char *const *messages, size_t count)
{
    reading read;
    read_text(&read, ini);
    assert_false(read.sound);
    for (size_t f = 0; f < read.errors.count; f++) {
        char line[512];
        error_format(&read.errors.items[f], line, sizeof line);
        assert_true(f < count);
        assert_string_equal(line, messages[f]);
    }
    assert_int_equal(read.errors.count, count);
    forget(&read);
}

#define EXPECT_FAULT(text, message) expect_faults(text, (const char *const[]){message}, 1)

static void test_head_says_what_the_plugin_is(void **state)
{
    reading read;
    (void)state;
    read_text(&read, HEAD MEASURE);
    assert_true(read.sound);
    assert_string_equal(read.manifest.version, "1.2.0");
    assert_int_equal(read.manifest.abi, 1);
    assert_string_equal(read.manifest.practice_area, "plans");
    assert_string_equal(read.manifest.summary, "Plans");
    assert_int_equal(read.manifest.measure_count, 1);
    forget(&read);
}

static void test_measure_says_result_unit_range_and_calendar(void **state)
{
    reading read;
    (void)state;
    read_text(&read, HEAD "[measure.drift]\nhelp = Days of drift\nresult = number\n"
                          "unit = working days\nrange = -0.5 .. 4000\ncalendar = yes\n"
                          "[measure.current]\nhelp = Whether it is\nresult = flag\n");
    assert_true(read.sound);
    const manifest_measure *drift = manifest_find(&read.manifest, text_of("drift"));
    const manifest_measure *current = manifest_find(&read.manifest, text_of("current"));
    assert_ptr_equal(drift, &read.manifest.measures[0]);
    assert_string_equal(drift->help, "Days of drift");
    assert_string_equal(drift->unit, "working days");
    assert_int_equal(drift->result, ASSAY_NUMBER);
    assert_true(drift->uses_calendar);
    assert_true(drift->minimum == -0.5 && drift->maximum == 4000);
    assert_int_equal(current->result, ASSAY_FLAG);
    assert_string_equal(current->unit, "");
    assert_false(current->uses_calendar);
    assert_true(current->minimum == 0 && current->maximum == 1);
    assert_null(manifest_find(&read.manifest, text_of("drif")));
    forget(&read);
}

static void test_inputs_stand_in_file_order_with_type_and_required(void **state)
{
    static const enum assay_type types[] = {ASSAY_DATES, ASSAY_DATE, ASSAY_NUMBER, ASSAY_FLAG};
    reading                      read;
    (void)state;
    read_text(&read,
              HEAD MEASURE "input.visits = dates, required: each visit: the child was seen\n"
                           "input.opened = date,required:the day\ninput.age = number : years\n"
                           "input.alone = flag: seen alone\n");
    assert_true(read.sound);
    const manifest_measure *drift = &read.manifest.measures[0];
    assert_int_equal(drift->input_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(drift->inputs[i].type, types[i]);
        assert_int_equal(drift->inputs[i].required, i < 2);
        assert_null(drift->inputs[i].choices);
    }
    assert_string_equal(drift->inputs[0].name, "visits");
    assert_string_equal(drift->inputs[0].help, "each visit: the child was seen");
    assert_string_equal(drift->inputs[2].help, "years");
    forget(&read);
}

static void test_choices_are_found_by_any_of_their_spellings(void **state)
{
    reading read;
    (void)state;
    read_text(&read, HEAD MEASURE "choices.plan = cin | child in need, cp|child protection, lac\n"
                                  "input.plan = choice: the kind of plan\n");
    assert_true(read.sound);
    const manifest_input *plan = &read.manifest.measures[0].inputs[0];
    assert_string_equal(plan->choices[0], "cin|child in need");
    assert_string_equal(plan->choices[1], "cp|child protection");
    assert_string_equal(plan->choices[2], "lac");
    assert_null(plan->choices[3]);
    assert_int_equal(spelling_find(plan->spellings, text_of("Child-In-Need")), 0);
    assert_int_equal(spelling_find(plan->spellings, text_of("CP")), 1);
    assert_int_equal(spelling_find(plan->spellings, text_of("adoption")), SPELLING_NONE);
    forget(&read);
}

static void test_parameters_say_default_range_and_unit(void **state)
{
    reading read;
    (void)state;
    read_text(&read, HEAD MEASURE
              "parameter.age = number, default 4.25, range -1 .. 18, unit years: from then on\n"
              "parameter.strict = flag, default yes: weekends count\n");
    assert_true(read.sound);
    const manifest_parameter *age = &read.manifest.measures[0].parameters[0];
    assert_int_equal(read.manifest.measures[0].parameter_count, 2);
    assert_string_equal(age->name, "age");
    assert_string_equal(age->unit, "years");
    assert_string_equal(age->help, "from then on");
    assert_true(age->standard == 4.25 && age->minimum == -1 && age->maximum == 18);
    assert_int_equal(age[1].type, ASSAY_FLAG);
    assert_string_equal(age[1].unit, "");
    assert_true(age[1].standard == 1 && age[1].minimum == 0 && age[1].maximum == 1);
    forget(&read);
}

/* 0.1 has no exact double: what is read must be the one that a C compiler takes for it. */
static void test_decimals_are_read_as_a_compiler_reads_them(void **state)
{
    reading read;
    (void)state;
    read_text(&read,
              HEAD "[measure.a]\nhelp = a\nresult = number\nrange = 0.1 .. 123456.789012345\n");
    assert_true(read.sound);
    assert_true(read.manifest.measures[0].minimum == 0.1);
    assert_true(read.manifest.measures[0].maximum == 123456.789012345);
    forget(&read);
}

/* A manifest for an ABI to come may have keys that this host does not know: it is
 * refused for the ABI, not for the keys. */
static void test_manifest_of_another_abi_is_read_no_further(void **state)
{
    reading read;
    (void)state;
    read_text(&read, "[plugin]\nid = plans\nversion = 1.2.0\nabi = 7\npractice_area = plans\n"
                     "summary = Plans\n[batch]\nsize = 4\n");
    assert_true(read.sound);
    assert_int_equal(read.manifest.abi, 7);
    assert_int_equal(read.manifest.measure_count, 0);
    forget(&read);
}

static void test_every_fault_is_told_at_once(void **state)
{
    static const char *const messages[] = {
        "assay: plans.ini:3: \"1.2\" is not a version; write three numbers, for example 1.0.0",
        "assay: plans.ini:7: \"sumary\" is not a key of a plugin; did you mean \"summary\"?",
        "assay: plans.ini:10: \"numbr\" is not a type; did you mean \"number\"?",
    };
    (void)state;
    expect_faults("[plugin]\nid = plans\nversion = 1.2\nabi = 1\npractice_area = plans\n"
                  "summary = Plans\nsumary = Plans\n[measure.drift]\nhelp = Days\nresult = numbr\n",
                  messages, 3);
}

static void test_head_faults_are_told_with_their_remedy(void **state)
{
    (void)state;
    EXPECT_FAULT(MEASURE, "assay: plans.ini: has no [plugin] section; begin it with [plugin] and "
                          "id = plans");
    EXPECT_FAULT(
        "[plugin]\nid = plans\nversion = 1.2.0\npractice_area = plans\nsummary = P\n" MEASURE,
        "assay: plans.ini:1: [plugin] says no abi; add for example: abi = 1");
    EXPECT_FAULT("[plugin]\nid = plan\nversion = 1.2.0\nabi = 1\npractice_area = plans\n"
                 "summary = P\n" MEASURE,
                 "assay: plans.ini:2: the id is \"plan\" and the file is plans.so; give both the "
                 "same name");
    EXPECT_FAULT("[plugin]\nid = plans\nversion = 1.2.0\nabi = one\npractice_area = plans\n"
                 "summary = P\n" MEASURE,
                 "assay: plans.ini:4: \"one\" is not a plugin ABI; write the number of ASSAY_ABI "
                 "in assay/plugin.h");
    EXPECT_FAULT("[plugin]\nid = plans\nversion = 1.2.0\nabi = 1\npractice_area = My plans\n"
                 "summary = P\n" MEASURE,
                 "assay: plans.ini:5: \"My plans\" is not the name of a practice area; use a to z, "
                 "0 to 9 and _, a letter first, at most 40 characters");
    EXPECT_FAULT(HEAD,
                 "assay: plans.ini: declares no measure; add a section [measure.NAME] for each");
    EXPECT_FAULT(HEAD MEASURE "[plugins]\nid = a\n",
                 "assay: plans.ini:11: [plugins] is not a section of a manifest; did you mean "
                 "[plugin]?");
    EXPECT_FAULT(HEAD MEASURE "[zebra]\nid = a\n",
                 "assay: plans.ini:11: [zebra] is not a section of a manifest; there are [plugin] "
                 "and [measure.NAME]");
}

static void test_measure_faults_are_told_with_their_remedy(void **state)
{
    (void)state;
    EXPECT_FAULT(
        HEAD "[measure.Drift]\nhelp = Days\nresult = flag\n",
        "assay: plans.ini:7: \"Drift\" is not the name of a measure; use a to z, 0 to 9 and "
        "_, a letter first, at most 40 characters");
    EXPECT_FAULT(HEAD "[measure.a123456789012345678901234567890123456789]\nhelp = Days\n"
                      "result = flag\n",
                 "assay: plans.ini:7: the measure's name "
                 "\"a123456789012345678901234567890123456789\" is too long; use at most 39 "
                 "characters");
    EXPECT_FAULT(HEAD "[measure.a]\nhelp = Days\nresult = date\n",
                 "assay: plans.ini:9: \"date\" is not a type; use number or flag");
    EXPECT_FAULT(
        HEAD "[measure.a]\nhelp = Days\nresult = number\n",
        "assay: plans.ini:7: [measure.a] says no range; add for example: range = 0 .. 4000");
    EXPECT_FAULT(HEAD "[measure.a]\nhelp = Days\nresult = flag\nrange = 0 .. 1\n",
                 "assay: plans.ini:10: a flag has no range; remove this line");
    EXPECT_FAULT(
        HEAD "[measure.a]\nhelp = Days\nresult = number\nrange = 5 .. 1e3\n",
        "assay: plans.ini:10: \"5 .. 1e3\" is not a range; write the least and the greatest "
        "value as 0 .. 4000");
    EXPECT_FAULT(HEAD MEASURE "calendar = england\n",
                 "assay: plans.ini:11: \"england\" is neither yes nor no; write one of them");
    EXPECT_FAULT(
        HEAD MEASURE "units = days\n",
        "assay: plans.ini:11: \"units\" is not a key of a measure; did you mean \"unit\"?");
}

static void test_input_faults_are_told_with_their_remedy(void **state)
{
    (void)state;
    EXPECT_FAULT(HEAD MEASURE "input.opened = date\n",
                 "assay: plans.ini:11: input \"opened\" does not say its type and, after a colon, "
                 "its help; write for example: input.opened = date, required: the day it was sent");
    EXPECT_FAULT(HEAD MEASURE "input.opened = date, requird: help\n",
                 "assay: plans.ini:11: \"requird\" is not said of an input; write \"required\" or "
                 "nothing after the type");
    EXPECT_FAULT(
        HEAD MEASURE "input.2nd = date: help\n",
        "assay: plans.ini:11: \"2nd\" is not the name of an input; use a to z, 0 to 9 and _, "
        "a letter first, at most 40 characters");
    EXPECT_FAULT(HEAD MEASURE "input.plan = choice: help\n",
                 "assay: plans.ini:7: [measure.drift] does not say the choices of input \"plan\"; "
                 "add for example: choices.plan = cin | child in need, cp | child protection");
    EXPECT_FAULT(HEAD MEASURE "choices.plan = cin, cp\n",
                 "assay: plans.ini:11: \"choices.plan\" belongs to no input of type choice; add "
                 "input.plan = choice: help, or remove this line");
    EXPECT_FAULT(HEAD MEASURE "input.plan = choice: help\nchoices.plan = cin | need, cp | NEED\n",
                 "assay: plans.ini:12: \"NEED\" stands for two choices; keep it with one of them");
    EXPECT_FAULT(HEAD MEASURE "input.plan = choice: help\nchoices.plan = cin, , cp\n",
                 "assay: plans.ini:12: \"\" is no spelling of a choice; give each at least one "
                 "letter");
}

static void test_parameter_faults_are_told_with_their_remedy(void **state)
{
    (void)state;
    EXPECT_FAULT(
        HEAD MEASURE "parameter.age = number, range 0 .. 18: help\n",
        "assay: plans.ini:11: parameter \"age\" says no default; add for example: default 4");
    EXPECT_FAULT(HEAD MEASURE "parameter.age = number, default 4: help\n",
                 "assay: plans.ini:11: parameter \"age\" says no range; add for example: range "
                 "0 .. 18");
    EXPECT_FAULT(
        HEAD MEASURE "parameter.age = number, default 40, range 0 .. 18: help\n",
        "assay: plans.ini:11: the default of parameter \"age\" is not in its range; change "
        "one of them");
    EXPECT_FAULT(HEAD MEASURE "parameter.age = number, default four, range 0 .. 18: help\n",
                 "assay: plans.ini:11: \"four\" is not a number; write for example: default 4");
    EXPECT_FAULT(HEAD MEASURE "parameter.weight = flag, default no: help\n",
                 "assay: plans.ini:11: \"weight\" is a key of every criterion; give the parameter "
                 "another name");
    EXPECT_FAULT(HEAD MEASURE "parameter.strict = flag, range 0 .. 1, default no: help\n",
                 "assay: plans.ini:11: \"range 0 .. 1\" is not said of a flag; write for example: "
                 "default no");
    EXPECT_FAULT(HEAD MEASURE "parameter.age = number, step 1, default 4, range 0 .. 18: help\n",
                 "assay: plans.ini:11: \"step 1\" is not said of a number; write for example: "
                 "default 4, range 0 .. 18, unit years");
    EXPECT_FAULT(HEAD MEASURE "parameter.age = choice, default 4: help\n",
                 "assay: plans.ini:11: \"choice\" is not a type; use number or flag");
}

static void test_a_choice_too_many_is_refused(void **state)
{
    char ini[4096] = HEAD MEASURE "input.a = choice: help\nchoices.a =";
    size_t                size = strlen(ini);
    (void)state;
    for (int c = 0; c <= 250; c++) /* ten a line: a line has at most 198 bytes */
        size += (size_t)snprintf(ini + size, sizeof ini - size, "%s c%d%s",
                                 c % 10 == 0 ? "\n   " : "", c, c < 250 ? "," : "\n");
    EXPECT_FAULT(ini, "assay: plans.ini:12: input \"a\" has 251 choices; give it at most 250");
}

static void test_an_input_too_many_is_refused(void **state)
{
    char   ini[4096] = HEAD MEASURE;
    size_t size = strlen(ini);
    (void)state;
    for (int i = 0; i <= MANIFEST_INPUTS_MAX; i++)
        size += (size_t)snprintf(ini + size, sizeof ini - size, "input.i%d = date: help\n", i);
    EXPECT_FAULT(ini, "assay: plans.ini:7: [measure.drift] has 65 inputs, a measure may have 64; "
                      "make two measures of it");
}

static void test_nothing_at_all_is_a_fault(void **state)
{
    reading read;
    (void)state;
    read_bytes(&read, "", 0);
    assert_false(read.sound);
    assert_string_equal(read.manifest.version, "");
    forget(&read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_head_says_what_the_plugin_is),
        cmocka_unit_test(test_measure_says_result_unit_range_and_calendar),
        cmocka_unit_test(test_inputs_stand_in_file_order_with_type_and_required),
        cmocka_unit_test(test_choices_are_found_by_any_of_their_spellings),
        cmocka_unit_test(test_parameters_say_default_range_and_unit),
        cmocka_unit_test(test_decimals_are_read_as_a_compiler_reads_them),
        cmocka_unit_test(test_manifest_of_another_abi_is_read_no_further),
        cmocka_unit_test(test_every_fault_is_told_at_once),
        cmocka_unit_test(test_head_faults_are_told_with_their_remedy),
        cmocka_unit_test(test_measure_faults_are_told_with_their_remedy),
        cmocka_unit_test(test_input_faults_are_told_with_their_remedy),
        cmocka_unit_test(test_parameter_faults_are_told_with_their_remedy),
        cmocka_unit_test(test_a_choice_too_many_is_refused),
        cmocka_unit_test(test_an_input_too_many_is_refused),
        cmocka_unit_test(test_nothing_at_all_is_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
