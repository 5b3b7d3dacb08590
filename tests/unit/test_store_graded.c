/* test_store_graded.c - audits put with their grades, and audits counted. */
#include "store_case.h"

static store_graded graded(const char *audit_id, const char *team, const char *judgement)
{
    static const store_pair fields[] = {{"child_seen", "yes"}};
    static const store_pair ratings[] = {{"analysis", "good"}, {"child_seen", "good"}};

    return (store_graded){
        .audit = {.audit_id = audit_id,
                  .practice_area = "plans",
                  .audit_date = "2026-03-31",
                  .team = team,
                  .auditor = "A. Jones",
                  .auditor_grade = "good",
                  .fields = {fields, 1}},
        .grade = {.rubric = "plans",
                  .levels = "inadequate|requires_improvement|good|outstanding",
                  .judgement = judgement,
                  .score = 3000,
                  .margin = 100,
                  .ratings = {ratings, 2}},
    };
}

static int64_t events_of(store_case *here)
{
    store_verdict verdict;

    must(store_verify(here->path, NULL, NULL, NULL, &verdict, &here->errors));
    assert_int_equal(verdict.faults, 0);
    return verdict.events;
}

static store_outcome put(store_case *here, const store_graded *given, bool ahead)
{
    store_outcome   outcome = STORE_REDACTED;
    store_prepared *prepared = ahead ? store_prepare(given, 1, &here->errors) : NULL;

    must(!ahead || prepared);
    must(store_put_graded(here->kept, given, prepared, 0, &outcome, &here->errors));
    store_prepared_free(prepared);
    return outcome;
}

/* Each put: with and without its writing done ahead. The first event says that the store was made. */
static void test_an_audit_and_its_grade_are_two_events_once(void **state)
{
    store_case *here = *state;

    for (int ahead = 0; ahead < 2; ahead++) {
        const char        *id = ahead ? "A-2" : "A-1";
        const store_graded first = graded(id, "North", "good");
        const store_graded other = graded(id, "South", "good");
        const store_graded regraded = graded(id, "South", "inadequate");
        const int64_t      before = events_of(here);
        assert_int_equal(put(here, &first, ahead), STORE_ADDED);
        assert_int_equal(events_of(here), before + 2);
        assert_int_equal(put(here, &first, ahead), STORE_SAME);
        assert_int_equal(events_of(here), before + 2);
        assert_int_equal(put(here, &regraded, !ahead), STORE_REVISED); /* and so is its grade */
        assert_int_equal(events_of(here), before + 4);
        assert_int_equal(put(here, &regraded, ahead), STORE_SAME);
        assert_int_equal(put(here, &other, ahead),
                         STORE_SAME); /* the audit; the grade is another */
        assert_int_equal(events_of(here), before + 5);
    }
}

/* Two of child, auditor, team and date that are another's: another audit. One of them, or one that was not
 * given: a correction. */
static void test_another_audit_does_not_take_the_place_of_one(void **state)
{
    store_case        *here = *state;
    const store_graded first = graded("A-1", "North", "good");
    store_graded       other = graded("A-1", "South", "good");

    put(here, &first, false);
    const int64_t before = events_of(here);
    other.audit.auditor = "B. Lee";
    assert_int_equal(put(here, &other, true), STORE_ANOTHER);
    other.audit.auditor = "A. Jones";
    other.audit.audit_date = "2026-04-30";
    assert_int_equal(put(here, &other, false), STORE_ANOTHER);
    assert_int_equal(events_of(here), before);
    other.audit.audit_date = "";
    other.audit.child_ref = "C-17"; /* which the first has not */
    assert_int_equal(put(here, &other, true), STORE_REVISED);
}

/* The record has two fields; each rubric reads one of them. */
static void test_another_rubric_makes_no_revision(void **state)
{
    static const char *const reads_seen[] = {"child_seen"}, *const reads_plan[] = {"plan"};
    const store_pair plan = {"plan", "late"}, changed = {"plan", "in time"};
    store_case      *here = *state;
    store_graded     seen = graded("A-1", "North", "good"), other = seen;

    seen.reads = (store_list){reads_seen, 1};
    seen.grade.rubric_hash = "aa";
    other.reads = (store_list){reads_plan, 1};
    other.audit.fields = (store_pairs){&plan, 1};
    other.grade.rubric_hash = "bb";
    put(here, &seen, true);
    const int64_t before = events_of(here);
    assert_int_equal(put(here, &other, true), STORE_SAME); /* the other field, and the grade */
    assert_int_equal(events_of(here), before + 2);
    assert_int_equal(put(here, &other, false), STORE_SAME);
    assert_int_equal(put(here, &seen, false), STORE_SAME); /* the grade */
    assert_int_equal(events_of(here), before + 3);
    other.audit.practice_area = "PLANS";
    assert_int_equal(put(here, &other, false), STORE_SAME);
    other.audit.fields = (store_pairs){&changed, 1};
    assert_int_equal(put(here, &other, true), STORE_REVISED);
}

/* Of two files that one rubric graded, only the second has a column of it. */
static void test_a_column_that_comes_or_goes_is_a_change(void **state)
{
    static const char *const reads[] = {"child_seen", "plan"};
    const store_pair         both[] = {{"child_seen", "yes"}, {"plan", "late"}};
    store_case              *here = *state;
    store_graded             one = graded("A-1", "North", "good");

    one.reads = (store_list){reads, 2};
    one.grade.rubric_hash = "aa";
    put(here, &one, true);
    const store_graded first = one;
    one.audit.fields = (store_pairs){both, 2};
    assert_int_equal(put(here, &one, true), STORE_REVISED);
    assert_int_equal(put(here, &first, true), STORE_REVISED);
}

static bool same_payloads(void *user, const store_event *event)
{
    char(*payloads)[2000] = user;

    if (event->sequence > 1 && event->sequence < 6)
        snprintf(payloads[event->sequence - 2], sizeof *payloads, "%s", event->payload);
    return true;
}

static void test_what_is_written_ahead_is_what_would_be_written(void **state)
{
    store_case  *here = *state;
    char         payloads[4][2000], *id;
    store_graded one = graded("A-1", "North", "good"), two = graded("A-2", "North", "good");

    put(here, &one, true);
    put(here, &two, false);
    must(store_each_event(here->kept, 1, same_payloads, payloads, &here->errors));
    for (int i = 2; i < 4; i++) {
        assert_non_null(id = strstr(payloads[i], "A-2"));
        id[2] = '1';
        assert_string_equal(payloads[i], payloads[i - 2]);
    }
    assert_non_null(strstr(payloads[0], "\"revision\":1,"));
    assert_non_null(strstr(payloads[1], "\"revision\":1,"));
}

static void test_what_cannot_be_kept_is_not_prepared(void **state)
{
    store_case        *here = *state;
    const store_graded bad[] = {graded("A-1", "North", "good"), graded("A-2", "North", "")};

    must_refuse(store_prepare(bad, 2, &here->errors) != NULL, "judgement is empty");
    must_refuse(store_put_graded(here->kept, &bad[1], NULL, 0, NULL, &here->errors),
                "judgement is empty");
    assert_int_equal(events_of(here), 1);
}

static void test_a_redacted_audit_comes_back_with_no_grade(void **state)
{
    store_case        *here = *state;
    const store_graded one = graded("A-1", "North", "good");
    int64_t            count;

    put(here, &one, true);
    must(store_redact(here->kept, &(store_redaction){.audit_id = "A-1", .reason = "erasure"},
                      &count, &here->errors));
    const int64_t before = events_of(here);
    assert_int_equal(put(here, &one, true), STORE_REDACTED);
    assert_int_equal(events_of(here), before);
}

/* ---- Counting -------------------------------------------------------------------------------- */

static void add_counted(void *user, const store_counted *counted)
{
    char *said = user;

    snprintf(said + strlen(said), 400 - strlen(said), "%s/%s/%s/%s %d\n", counted->auditor,
             counted->team, counted->month, counted->practice_area, (int)counted->audits);
}

static void test_audits_are_counted_by_what_they_have_in_common(void **state)
{
    store_case  *here = *state;
    char         said[400] = "";
    store_graded some[] = {graded("A-1", "North", "good"), graded("A-2", "North", "good"),
                           graded("A-3", "South", "good"), graded("A-4", "North", "good"),
                           graded("A-5", "North", "good")};

    some[3].audit.audit_date = "2026-04-01";
    some[4].audit.audit_date = "";
    for (size_t i = 0; i < 5; i++)
        put(here, &some[i], true);
    some[1].audit.team = "South"; /* A-2 is revised, and counts once */
    put(here, &some[1], true);
    must(store_count_audits(here->kept, NULL, add_counted, said, &here->errors));
    assert_string_equal(said, "A. Jones/North//plans 1\n"
                              "A. Jones/North/2026-03/plans 1\n"
                              "A. Jones/North/2026-04/plans 1\n"
                              "A. Jones/South/2026-03/plans 2\n");
    said[0] = '\0';
    must(store_count_audits(here->kept, &(store_filter){.team = "SOUTH", .to = "2026-03-31"},
                            add_counted, said, &here->errors));
    assert_string_equal(said, "A. Jones/South/2026-03/plans 2\n");
}

static bool note_id(void *user, const store_stamp *stamp, const store_audit *entry)
{
    char *ids = user;

    (void)stamp;
    strcat(ids, entry->audit_id);
    return true;
}

static void test_what_moderation_has_something_of(void **state)
{
    store_case *here = *state;
    char        ids[40] = "";

    for (int a = 1; a <= 6; a++) {
        char id[8];
        snprintf(id, sizeof id, "A%d", a % 10);
        const store_graded one = graded(id, "North", "good");
        put(here, &one, true);
    }
    must(store_put_draw_member(here->kept,
                               &(store_draw_member){.audit_id = "A1", .draw = 1, .picked = true},
                               NULL, &here->errors));
    must(store_put_draw_member(here->kept, &(store_draw_member){.audit_id = "A2", .draw = 1}, NULL,
                               &here->errors));
    must(store_put_assignment(here->kept,
                              &(store_assignment){.audit_id = "A3", .moderator = "M. Khan"}, NULL,
                              &here->errors));
    must(store_put_moderation(here->kept,
                              &(store_moderation){.audit_id = "A4", .moderator = "M. Khan"}, NULL,
                              &here->errors));
    must(store_put_action(here->kept, &(store_action){.audit_id = "A5", .number = 1}, NULL,
                          &here->errors));
    must(store_each_audit(here->kept, &(store_filter){.in_moderation = true}, note_id, ids,
                          &here->errors));
    assert_string_equal(ids, "A1A3A4A5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(test_an_audit_and_its_grade_are_two_events_once),
        store_test(test_another_audit_does_not_take_the_place_of_one),
        store_test(test_another_rubric_makes_no_revision),
        store_test(test_a_column_that_comes_or_goes_is_a_change),
        store_test(test_what_is_written_ahead_is_what_would_be_written),
        store_test(test_what_cannot_be_kept_is_not_prepared),
        store_test(test_a_redacted_audit_comes_back_with_no_grade),
        store_test(test_audits_are_counted_by_what_they_have_in_common),
        store_test(test_what_moderation_has_something_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
