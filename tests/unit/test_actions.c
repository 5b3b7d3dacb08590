/* What follows a final grade below good: actions that are missing, files that are to be audited again. */
#include "store_case.h"

#include "moderation/re_audits.h"
#include "moderation/status.h"

static const char levels[] = "inadequate|requires_improvement|good|outstanding";

typedef struct {
    store_case        *here;
    moderation_policy *policy;
} council;

static council open_council(void **state)
{
    council of = {.here = *state};

    of.policy = moderation_policy_read(ASSAY_SOURCE_DIR "/examples/moderation/moderation.ini",
                                       &of.here->errors);
    assert_non_null(of.policy);
    return of;
}

static void put_seen(store_case *here, const char *audit_id, const char *date, const char *child)
{
    must(store_put_audit(here->kept,
                         &(store_audit){.audit_id = audit_id,
                                        .practice_area = "plans",
                                        .audit_date = date,
                                        .team = "North",
                                        .auditor = "Ash",
                                        .child_ref = child,
                                        .auditor_grade = "good"},
                         NULL, &here->errors));
    must(store_put_grade(here->kept,
                         &(store_grade){.audit_id = audit_id,
                                        .rubric = "plans",
                                        .version = "1",
                                        .levels = levels,
                                        .judgement = "good",
                                        .score = -1,
                                        .margin = -1},
                         NULL, &here->errors));
}

/* Moderated, without the quality of the audit, and decided. */
static void put_final(store_case *here, const char *audit_id, const char *grade)
{
    must(store_put_moderation(here->kept,
                              &(store_moderation){.audit_id = audit_id,
                                                  .moderator = "Mole",
                                                  .moderated_on = "2026-06-08",
                                                  .practice_grade = grade},
                              NULL, &here->errors));
    must(store_put_resolution(here->kept,
                              &(store_resolution){.audit_id = audit_id,
                                                  .final_grade = grade,
                                                  .decided_by = "Mole",
                                                  .how = "moderator"},
                              NULL, &here->errors));
}

static void put_closed(store_case *here, const char *audit_id, int64_t number, const char *again)
{
    must(store_put_action(here->kept,
                          &(store_action){.audit_id = audit_id,
                                          .number = number,
                                          .what = number == 1 ? "Visit" : "Write",
                                          .owner_role = "Manager",
                                          .due = "2026-06-20",
                                          .closed = "2026-06-19",
                                          .evidence = "seen",
                                          .re_audit_due = again},
                          NULL, &here->errors));
}

/* 31 July 2026: 20454 days to 1 January, and 31 + 28 + 31 + 30 + 31 + 30 + 30. */
static status_row standing(council *of)
{
    store_case          *here = of->here;
    const status_request asked = {.today = 20454 + 211, .policy = of->policy};
    moderation_status    status;

    must(status_read(here->kept, &asked, &status, &here->errors));
    const status_row all = status.all;
    if (status.by[STATUS_BY_TEAM].count == 1) {
        assert_int_equal(status.by[STATUS_BY_TEAM].rows[0].no_action, all.no_action);
        assert_int_equal(status.by[STATUS_BY_TEAM].rows[0].re_audits, all.re_audits);
    }
    status_free(&status);
    return all;
}

static size_t sheet(council *of, const char *has)
{
    store_case *here = of->here;
    buffer      out = {0};
    size_t      count;

    must(actions_write(here->kept, of->policy, &out, &count, &here->errors));
    must(buffer_end(&out));
    if (has)
        assert_non_null(strstr(out.bytes, has));
    buffer_free(&out);
    return count;
}

/* The policy asks for an action of a final grade below good. */
static void a_final_grade_below_good_without_an_action_is_counted(void **state)
{
    council of = open_council(state);

    put_seen(of.here, "A-1", "2026-06-01", "C-1");
    put_seen(of.here, "A-2", "2026-06-01", "C-2");
    put_seen(of.here, "A-3", "2026-06-01", "C-3");
    put_seen(of.here, "A-4", "2026-06-01", "C-4");
    put_final(of.here, "A-1", "inadequate");
    put_final(of.here, "A-2", "requires_improvement");
    put_final(of.here, "A-3", "good");
    assert_int_equal(standing(&of).no_action, 2);
    assert_int_equal(sheet(&of, NULL), 2); /* as many as the sheet has empty rows */
    put_closed(of.here, "A-2", 1, "");
    assert_int_equal(standing(&of).no_action, 1);
    assert_int_equal(sheet(&of, "A-1,,inadequate,North,,"), 1);
    moderation_policy_free(of.policy);
}

static void a_re_audit_is_of_the_audit_whatever_its_actions(void **state)
{
    council of = open_council(state);

    put_seen(of.here, "A-1", "2026-06-01", "Kid-1");
    put_final(of.here, "A-1", "inadequate");
    put_closed(of.here, "A-1", 1, "2026-08-31");
    put_closed(of.here, "A-1", 2, "2026-07-31"); /* the first day counts */
    put_closed(of.here, "A-1", 3, "2026-07-31");
    assert_int_equal(standing(&of).re_audits, 1);
    assert_int_equal(sheet(&of, "A-1,1,inadequate,North,Visit,"), 1); /* closed, and still there */

    put_seen(of.here, "A-2", "2026-06-01", "Kid-1"); /* not later */
    put_seen(of.here, "A-3", "2026-06-30", "Kid-2"); /* another child */
    assert_int_equal(standing(&of).re_audits, 1);
    put_seen(of.here, "A-4", "2026-06-02", "kID-1");
    assert_int_equal(standing(&of).re_audits, 0);
    assert_int_equal(sheet(&of, NULL), 0);
    moderation_policy_free(of.policy);
}

static void without_a_child_a_re_audit_waits_until_its_day_is_taken_out(void **state)
{
    council of = open_council(state);

    put_seen(of.here, "A-1", "2026-06-01", "");
    put_seen(of.here, "A-2", "2026-06-30", "");
    put_final(of.here, "A-1", "inadequate");
    put_closed(of.here, "A-1", 1, "2026-07-31");
    assert_int_equal(standing(&of).re_audits, 1);
    put_closed(of.here, "A-1", 1, "2026-08-01"); /* tomorrow: waits, and is not due */
    assert_int_equal(standing(&of).re_audits, 0);
    assert_int_equal(sheet(&of, NULL), 1);
    put_closed(of.here, "A-1", 1, "");
    assert_int_equal(sheet(&of, NULL), 0);
    moderation_policy_free(of.policy);
}

static void an_audit_whose_quality_is_wanted_is_counted_among_those_decided(void **state)
{
    council of = open_council(state);

    put_seen(of.here, "A-1", "2026-06-01", "C-1");
    put_final(of.here, "A-1", "good");
    assert_int_equal(standing(&of).decided, 1);
    assert_int_equal(standing(&of).quality, of.policy->audit_quality ? 1 : 0);
    moderation_policy_free(of.policy);
}

static void a_child_is_taken_out_in_any_letter_case(void **state)
{
    store_case *here = *state;
    int64_t     events;
    bool        found;

    put_seen(here, "A-1", "2026-06-01", "KID-\xC3\x89");
    put_seen(here, "A-2", "2026-06-01", "kid-\xC3\xA9");
    put_seen(here, "A-3", "2026-06-01", "kid-e");
    must(store_redact(here->kept,
                      &(store_redaction){.child_ref = "Kid-\xC3\x89", .reason = "asked for"},
                      &events, &here->errors));
    assert_int_equal(events, 4); /* a record and a grade, twice */
    must(store_has_audit(here->kept, "A-2", &found, &here->errors));
    assert_false(found);
    must(store_has_audit(here->kept, "A-3", &found, &here->errors));
    assert_true(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(a_final_grade_below_good_without_an_action_is_counted),
        store_test(a_re_audit_is_of_the_audit_whatever_its_actions),
        store_test(without_a_child_a_re_audit_waits_until_its_day_is_taken_out),
        store_test(an_audit_whose_quality_is_wanted_is_counted_among_those_decided),
        store_test(a_child_is_taken_out_in_any_letter_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
