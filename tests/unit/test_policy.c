/* test_policy.c - a moderation policy: what each key means, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "moderation/moderation.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static moderation_policy *read_text(const char *content, error_list *errors)
{
    return moderation_policy_read_bytes("p.ini", content, strlen(content), errors);
}

/* A policy that has to be right. */
static moderation_policy *policy_of(const char *content)
{
    error_list         errors = {0};
    moderation_policy *made = read_text(content, &errors);

    if (errors.count > 0)
        print_message("%s\n", errors.items[0].text);
    assert_non_null(made);
    error_clear(&errors);
    return made;
}

/* A policy that is refused with these words alone. */
static void expect_refused(const char *content, uint64_t line, const char *words)
{
    error_list         errors = {0};
    moderation_policy *made = read_text(content, &errors);

    assert_null(made);
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.items[0].text, words);
    assert_int_equal(errors.items[0].line, line);
    assert_int_equal(error_exit_status(&errors), 2);
    error_clear(&errors);
}

static void expect_same_names(moderation_names a, moderation_names b)
{
    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++)
        assert_string_equal(a.items[i], b.items[i]);
}

static void expect_same_rules(const moderation_policy *a, const moderation_policy *b)
{
    assert_int_equal(a->random_share, b->random_share);
    assert_int_equal(a->least_per_auditor, b->least_per_auditor);
    assert_int_equal(a->least_within, b->least_within);
    assert_int_equal(a->inadequate_by_auditor, b->inadequate_by_auditor);
    assert_int_equal(a->inadequate_by_tool, b->inadequate_by_tool);
    assert_int_equal(a->tool_differs_by, b->tool_differs_by);
    assert_int_equal(a->not_graded, b->not_graded);
    assert_int_equal(a->trigger_count, b->trigger_count);
    assert_int_equal(a->thin_margin, b->thin_margin);
    assert_int_equal(a->thin_margin_share, b->thin_margin_share);
    assert_int_equal(a->new_auditor_days, b->new_auditor_days);
    assert_int_equal(a->new_auditor_share, b->new_auditor_share);
    expect_same_names(a->new_auditors, b->new_auditors);
    assert_int_equal(a->same_child_within, b->same_child_within);
    assert_int_equal(a->own_team, b->own_team);
    assert_int_equal(a->third_person_own_team, b->third_person_own_team);
    expect_same_names(a->third_persons, b->third_persons);
    assert_int_equal(a->moderator_count, b->moderator_count);
    assert_int_equal(a->target_days, b->target_days);
    assert_int_equal(a->audit_quality, b->audit_quality);
    assert_int_equal(a->least_for_figures, b->least_for_figures);
    assert_int_equal(a->least_for_interval, b->least_for_interval);
    expect_same_names((moderation_names){a->levels, a->level_count},
                      (moderation_names){b->levels, b->level_count});
}

/* ---- What is taken ------------------------------------------------------------------ */

static void test_an_empty_policy_is_the_one_that_assay_comes_with(void **state)
{
    (void)state;
    error_list         errors = {0};
    moderation_policy *empty = policy_of("");
    moderation_policy *shipped =
        moderation_policy_read(ASSAY_SOURCE_DIR "/examples/moderation/moderation.ini", &errors);

    assert_non_null(shipped);
    assert_int_equal(errors.count, 0);
    expect_same_rules(empty, shipped);
    assert_int_equal(empty->action_count, shipped->action_count);
    for (size_t i = 0; i < empty->action_count; i++) {
        assert_string_equal(empty->actions[i].level, shipped->actions[i].level);
        assert_int_equal(empty->actions[i].due_days, shipped->actions[i].due_days);
        assert_int_equal(empty->actions[i].re_audit_days, shipped->actions[i].re_audit_days);
    }
    assert_int_equal(empty->reason_count, shipped->reason_count);
    for (size_t i = 0; i < empty->reason_count; i++) {
        assert_string_equal(empty->reasons[i].code, shipped->reasons[i].code);
        assert_string_equal(empty->reasons[i].title, shipped->reasons[i].title);
    }
    moderation_policy_free(empty);
    moderation_policy_free(shipped);
}

/* What the shipped file shows as a comment can be taken into use as it stands there: every line of
 * "# [section]" and "# key = value" with its mark taken off. */
static void test_the_examples_in_its_comments_are_right(void **state)
{
    (void)state;
    char  line[512], content[16384];
    FILE *file = fopen(ASSAY_SOURCE_DIR "/examples/moderation/moderation.ini", "r");
    bool  example = false;

    assert_non_null(file);
    content[0] = '\0';
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "# [", 3) == 0)
            example = true;
        else if (strncmp(line, "# ", 2) != 0)
            example = false;
        if (example)
            strcat(content, line + 2);
    }
    fclose(file);
    moderation_policy *made = policy_of(content);
    assert_int_equal(made->trigger_count, 2);
    assert_string_equal(made->triggers[1].id, "outstanding_plans");
    assert_int_equal(made->moderator_count, 1);
    assert_string_equal(made->moderators[0].name, "P. Shah");
    assert_int_equal(made->level_count, 4);
    moderation_policy_free(made);
}

static void test_every_key_is_read(void **state)
{
    (void)state;
    moderation_policy *made =
        policy_of("[policy]\ntitle = Ours\n"
                  "[sample]\nrandom_share = 12.5%\nleast_per_auditor = 0\nleast_within = 1 months\n"
                  "[triggers]\ninadequate = tool\ntool_differs_by = 1\nnot_graded = yes\n"
                  "[more]\nthin_margin = 0.25\nthin_margin_share = 100 %\nnew_auditor_days = 0\n"
                  "new_auditor_share = 12.50%\nnew_auditors = A. One|B. Two\n"
                  "[exclude]\nsame_child_within = 6\n"
                  "[independence]\nown_audit = no\nown_team = yes\nthird_person_own_team = yes\n"
                  "third_persons = Head\n"
                  "[lag]\ntarget_days = 5\n[audit_quality]\nasked = no\n"
                  "[figures]\nleast_for_figures = 3 audits\nleast_for_interval = 8\n"
                  "[reasons]\nother = Something else\n"
                  "[actions.good]\ndue_days = 7\n");
    assert_string_equal(made->title, "Ours");
    assert_int_equal(made->random_share, 1250);
    assert_int_equal(made->least_per_auditor, 0);
    assert_int_equal(made->least_within, 1);
    assert_false(made->inadequate_by_auditor);
    assert_true(made->inadequate_by_tool);
    assert_int_equal(made->tool_differs_by, 1);
    assert_true(made->not_graded);
    assert_int_equal(made->thin_margin, 250);
    assert_int_equal(made->thin_margin_share, 10000);
    assert_int_equal(made->new_auditor_days, 0);
    assert_int_equal(made->new_auditor_share, 1250);
    assert_int_equal(made->new_auditors.count, 2);
    assert_string_equal(made->new_auditors.items[1], "B. Two");
    assert_int_equal(made->same_child_within, 6);
    assert_true(made->own_team);
    assert_true(made->third_person_own_team);
    assert_string_equal(made->third_persons.items[0], "Head");
    assert_int_equal(made->target_days, 5);
    assert_false(made->audit_quality);
    assert_int_equal(made->least_for_figures, 3);
    assert_int_equal(made->least_for_interval, 8);
    assert_int_equal(made->reason_count, 1);
    assert_non_null(moderation_find_reason(made, text_of("Other")));
    assert_null(moderation_find_reason(made, text_of("slip")));
    assert_int_equal(moderation_action_for(made, "good")->due_days, 7);
    assert_null(moderation_action_for(made, "inadequate"));
    moderation_policy_free(made);
}

/* SHA-256 of no bytes: FIPS 180-2's well-known value for the empty message. */
static void test_its_hash_is_that_of_its_bytes(void **state)
{
    (void)state;
    moderation_policy *made = policy_of("");
    assert_string_equal(made->hash,
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    moderation_policy_free(made);
}

static void test_a_scale_of_its_own_names_its_levels(void **state)
{
    (void)state;
    moderation_policy *made = policy_of("[scale]\nlevels = not_met, partly_met, met\n"
                                        "[trigger.no]\nauditor_grade = Partly met | not-met\n");
    assert_int_equal(made->level_count, 3);
    assert_string_equal(made->triggers[0].auditor_grades.items[0], "partly_met");
    assert_string_equal(made->triggers[0].auditor_grades.items[1], "not_met");
    assert_string_equal(made->triggers[0].title, "no");
    /* No level of it is known to call for action. */
    assert_int_equal(made->action_count, 0);
    moderation_policy_free(made);
}

/* ---- What is refused ------------------------------------------------------------------ */

static void test_what_is_not_known_is_refused_with_the_nearest_name(void **state)
{
    (void)state;
    expect_refused("[sample]\nrandom_shear = 10%\n", 2,
                   "\"random_shear\" is not a key of [sample]; did you mean \"random_share\"?");
    expect_refused("[smaple]\nrandom_share = 10%\n", 1,
                   "[smaple] is not a section of a moderation policy; did you mean [sample]?");
    expect_refused("[colours]\n", 1,
                   "[colours] is not a section of a moderation policy; take it out, or see "
                   "moderation-policy.md for those there are");
    expect_refused("[trigger.x]\nteem = North\nauditor = A\n", 2,
                   "\"teem\" is not a key of a trigger; did you mean \"team\"?");
    expect_refused("[trigger.x]\ntool_grade = inadequte\n", 2,
                   "\"inadequte\" is not a level; did you mean \"inadequate\"?");
    expect_refused("[actions.godo]\ndue_days = 3\n", 1,
                   "\"godo\" is not a level; did you mean \"good\"?");
    expect_refused("[moderator.A]\nareas = plans\n", 2,
                   "\"areas\" is not a key of a moderator; take it out, or use one of: team, "
                   "practice_area");
}

static void test_a_value_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *section, *name, *value;
    } wrong[] = {
        {"sample", "random_share", "10"},
        {"sample", "random_share", "101%"},
        {"sample", "random_share", "10.001%"},
        {"sample", "random_share", "-5%"},
        {"sample", "random_share", "0.1"},
        {"sample", "random_share", ""},
        {"sample", "random_share", "10%%"},
        {"sample", "random_share", "9999999999%"},
        {"sample", "least_per_auditor", "two"},
        {"sample", "least_per_auditor", "1001"},
        {"sample", "least_within", "0"},
        {"sample", "least_within", "3 weeks"},
        {"triggers", "inadequate", "maybe"},
        {"triggers", "tool_differs_by", "9"},
        {"triggers", "not_graded", "1"},
        {"more", "thin_margin", "0,1"},
        {"more", "thin_margin", "10"},
        {"more", "thin_margin", "0.1234"},
        {"more", "new_auditors", "A | | B"},
        {"more", "thin_margin_share", "5%"},
        {"exclude", "same_child_within", "1 year"},
        {"independence", "own_audit", "yes"},
        {"independence", "own_team", "sometimes"},
        {"lag", "target_days", "99999"},
        {"figures", "least_for_interval", "4"},
        {"scale", "levels", "one"},
        {"scale", "levels", "a, a"},
        {"scale", "levels", "a, , b"},
        {"scale", "levels", "a,b,c,d,e,f,g,h,i,j"},
        {"reasons", "A code", "words"},
        {"reasons", "code", ""},
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        char       content[256];
        error_list errors = {0};
        snprintf(content, sizeof content, "[%s]\n%s = %s\n", wrong[i].section, wrong[i].name,
                 wrong[i].value);
        moderation_policy *made = read_text(content, &errors);
        if (made || errors.count != 1)
            print_message("%s", content);
        assert_null(made);
        assert_int_equal(errors.count, 1);
        assert_int_equal(errors.items[0].line, 2);
        assert_non_null(strchr(errors.items[0].text, ';'));
        error_clear(&errors);
    }
}

static void test_sections_that_contradict_themselves_are_refused(void **state)
{
    (void)state;
    expect_refused("[trigger.x]\ntitle = Nothing\n", 1,
                   "[trigger.x] does not say which audits it means; add a line such as "
                   "auditor_grade = outstanding");
    expect_refused("[trigger.tool_differs]\nteam = North\n", 1,
                   "\"tool_differs\" is the name of a trigger that there is already; choose "
                   "another");
    expect_refused("[trigger.My trigger]\nteam = North\n", 1,
                   "[trigger.My trigger] has no proper id; use small letters, digits and "
                   "underscores, a letter first, at most 40 characters");
    expect_refused("[moderator.]\nteam = North\n", 1,
                   "[moderator.] names nobody; write the moderator's name behind the point");
    expect_refused("[moderator.A. Patel]\n[moderator.a. PATEL]\n", 2,
                   "the moderator \"A. Patel\" is there twice; join the two sections");
    expect_refused("[actions.good]\nre_audit_days = 3\n", 1,
                   "[actions.good] has no \"due_days\"; add the line due_days = 28");
    expect_refused("[reasons]\n", 1,
                   "[reasons] has no reason; add one, or take the section out to have the standard "
                   "ones");
}

static void test_every_fault_is_told_in_order(void **state)
{
    (void)state;
    static const uint64_t lines[] = {2, 4, 5, 6};
    error_list            errors = {0};

    assert_null(read_text("[trigger.x]\ntool_grade = godo\n[sample]\nrandom_share = ten\n"
                          "least_within = none\n[lagg]\n",
                          &errors));
    assert_int_equal(errors.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(errors.items[i].line, lines[i]);
    error_clear(&errors);
}

static void test_a_policy_without_chance_is_taken_with_a_word(void **state)
{
    (void)state;
    error_list         errors = {0};
    moderation_policy *made =
        read_text("[sample]\nrandom_share = 0%\nleast_per_auditor = 0\n", &errors);

    assert_non_null(made);
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.items[0].kind, FAULT_NOTICE);
    moderation_policy_free(made);
    error_clear(&errors);
}

/* ---- Who may look at what --------------------------------------------------------------- */

static const moderation_work work = {"A. Patel", "North", "plans"};

static void test_nobody_moderates_their_own_audit(void **state)
{
    (void)state;
    moderation_policy *made = policy_of("[independence]\nown_team = yes\n[moderator.a. patel]\n");
    assert_string_equal(moderation_why_not(made, " a. PATEL", (moderation_names){0}, &work),
                        "it is an audit of their own");
    moderation_policy_free(made);
}

static void test_nobody_moderates_their_own_team_unless_the_policy_says_so(void **state)
{
    (void)state;
    static const char *const north[] = {"South", "north"};
    const moderation_names   teams = {north, 2};
    const moderation_work    nowhere = {"A. Patel", "", "plans"};
    moderation_policy       *made = policy_of("");

    assert_string_equal(moderation_why_not(made, "B. Jones", teams, &work),
                        "it is the work of their own team");
    assert_null(moderation_why_not(made, "B. Jones", (moderation_names){north, 1}, &work));
    assert_null(moderation_why_not(made, "B. Jones", teams, &nowhere));
    moderation_policy_free(made);

    made = policy_of("[independence]\nown_team = yes\n");
    assert_null(moderation_why_not(made, "B. Jones", teams, &work));
    moderation_policy_free(made);
}

static void test_listed_moderators_alone_moderate_and_only_their_areas(void **state)
{
    (void)state;
    const moderation_names none = {0};
    moderation_policy     *made = policy_of("[moderator.B. Jones]\nteam = East | North\n"
                                                "[moderator.C. Khan]\npractice_area = Plans\n"
                                                "[moderator.D. Lee]\npractice_area = care leavers\n");

    assert_string_equal(moderation_why_not(made, "B. Jones", none, &work),
                        "it is the work of their own team");
    assert_null(moderation_why_not(made, "c. khan", none, &work));
    assert_string_equal(moderation_why_not(made, "D. Lee", none, &work),
                        "the policy has them moderate other practice areas");
    assert_string_equal(moderation_why_not(made, "E. Fox", none, &work),
                        "the policy lists its moderators, and they are not among them");
    moderation_policy_free(made);
}

static void test_a_third_person_is_neither_of_the_two(void **state)
{
    (void)state;
    const moderation_names   none = {0};
    static const char *const north[] = {"North"};
    moderation_policy       *made = policy_of("");

    assert_string_equal(moderation_why_not_third(made, "A. Patel", none, "B. Jones", &work),
                        "it is an audit of their own");
    assert_string_equal(moderation_why_not_third(made, "b. jones", none, "B. Jones", &work),
                        "they moderated it");
    assert_string_equal(
        moderation_why_not_third(made, "C. Khan", (moderation_names){north, 1}, "B. Jones", &work),
        "it is the work of their own team");
    assert_null(moderation_why_not_third(made, "C. Khan", none, "B. Jones", &work));
    moderation_policy_free(made);

    made = policy_of("[independence]\nthird_persons = Head\n");
    assert_null(moderation_why_not_third(made, "head", none, "B. Jones", &work));
    assert_string_equal(moderation_why_not_third(made, "C. Khan", none, "B. Jones", &work),
                        "the policy lists those who decide disputes, and they are not among them");
    moderation_policy_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_policy_is_the_one_that_assay_comes_with),
        cmocka_unit_test(test_the_examples_in_its_comments_are_right),
        cmocka_unit_test(test_every_key_is_read),
        cmocka_unit_test(test_its_hash_is_that_of_its_bytes),
        cmocka_unit_test(test_a_scale_of_its_own_names_its_levels),
        cmocka_unit_test(test_what_is_not_known_is_refused_with_the_nearest_name),
        cmocka_unit_test(test_a_value_that_cannot_be_read_is_refused),
        cmocka_unit_test(test_sections_that_contradict_themselves_are_refused),
        cmocka_unit_test(test_every_fault_is_told_in_order),
        cmocka_unit_test(test_a_policy_without_chance_is_taken_with_a_word),
        cmocka_unit_test(test_nobody_moderates_their_own_audit),
        cmocka_unit_test(test_nobody_moderates_their_own_team_unless_the_policy_says_so),
        cmocka_unit_test(test_listed_moderators_alone_moderate_and_only_their_areas),
        cmocka_unit_test(test_a_third_person_is_neither_of_the_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
