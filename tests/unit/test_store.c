/* What is kept in a store, and given back. */
#include "store_case.h"

static const store_pair  two_ratings[] = {{"child_seen", "good"}, {"analysis", "missing"}};
static const char *const limits[] = {"child_seen", "analysis"};

static const store_grade a_grade = {
    .audit_id = "A-1",
    .rubric = "assessments",
    .version = "1.0",
    .rubric_hash = "cd",
    .plugin = "assessments 1.0",
    .plugin_hash = "ef",
    .row_hash = "ab",
    .program = "0.1.0",
    .levels = "inadequate|requires_improvement|good|outstanding",
    .judgement = "good",
    .score = 3125,
    .margin = 125,
    .coverage = 90,
    .limited_by = {limits, 2},
    .ratings = {two_ratings, 2},
};

/* ---- Counting what comes ------------------------------------------------------------ */

typedef struct {
    size_t  count;
    int64_t last_revision;
    char    last[256];
} seen;

static bool see_audit(void *user, const store_stamp *stamp, const store_audit *entry)
{
    seen *so_far = user;

    assert_string_equal(stamp->who, "tester");
    assert_int_equal(strlen(stamp->at), 24);
    so_far->count++;
    so_far->last_revision = entry->revision;
    snprintf(so_far->last, sizeof so_far->last, "%s %s %s %s", entry->audit_id, entry->team,
             entry->child_ref, entry->fields.count > 0 ? entry->fields.items[0].value : "-");
    return true;
}

static seen audits_of(store_case *here, const store_filter *filter)
{
    seen so_far = {0};

    must(store_each_audit(here->kept, filter, see_audit, &so_far, &here->errors));
    return so_far;
}

/* ---- Audits ---------------------------------------------------------------------------- */

static void test_an_audit_comes_back_as_it_was_put(void **state)
{
    store_case *here = *state;

    assert_int_equal(put_audit(here, "A-1", "yes"), STORE_ADDED);
    reopen(here);
    const seen all = audits_of(here, &(store_filter){.whole = true});
    assert_int_equal(all.count, 1);
    assert_string_equal(all.last, "A-1 North C-1 yes");
    assert_int_equal(all.last_revision, 1);
}

static void test_the_same_again_adds_nothing_and_a_change_is_a_revision(void **state)
{
    store_case *here = *state;

    assert_int_equal(put_audit(here, "A-1", "yes"), STORE_ADDED);
    assert_int_equal(put_audit(here, "A-1", "yes"), STORE_SAME);
    assert_int_equal(put_audit(here, "A-1", "no"), STORE_REVISED);
    assert_int_equal(put_audit(here, "A-1", "no"), STORE_SAME);
    assert_int_equal(put_audit(here, "A-1", "yes"), STORE_REVISED);

    assert_int_equal(audits_of(here, NULL).count, 1);
    assert_int_equal(audits_of(here, NULL).last_revision, 3);
    const seen all = audits_of(here, &(store_filter){.history = true, .whole = true});
    assert_int_equal(all.count, 3);
    assert_string_equal(all.last, "A-1 North C-1 yes");
}

static void test_a_filter_chooses_in_any_letter_case(void **state)
{
    store_case *here = *state;

    put_audit(here, "A-1", "yes");
    put_audit(here, "A-2", "yes");
    assert_int_equal(audits_of(here, &(store_filter){.audit_id = "A-2"}).count, 1);
    assert_int_equal(audits_of(here, &(store_filter){.team = "nORTH"}).count, 2);
    assert_int_equal(audits_of(here, &(store_filter){.team = "South"}).count, 0);
    assert_int_equal(audits_of(here, &(store_filter){.from = "2026-03-31"}).count, 2);
    assert_int_equal(audits_of(here, &(store_filter){.from = "2026-04-01"}).count, 0);
    assert_int_equal(audits_of(here, &(store_filter){.to = "2026-03-30"}).count, 0);
    assert_int_equal(audits_of(here, &(store_filter){.child_ref = "C-1"}).count, 2);
    assert_int_equal(audits_of(here, &(store_filter){.child_ref = "c-1"}).count, 2);
}

/* ---- All the other entries ----------------------------------------------------------------- */

static bool see_grade(void *user, const store_stamp *stamp, const store_grade *entry)
{
    seen *so_far = user;

    (void)stamp;
    so_far->count++;
    so_far->last_revision = entry->revision;
    assert_int_equal(entry->limited_by.count, 2);
    assert_string_equal(entry->limited_by.items[1], "analysis");
    assert_int_equal(entry->ratings.count, 2); /* by name */
    assert_string_equal(entry->ratings.items[0].name, "analysis");
    assert_string_equal(entry->ratings.items[1].value, "good");
    assert_int_equal(entry->score, 3125);
    return true;
}

static void test_a_grade_is_of_the_latest_revision(void **state)
{
    store_case   *here = *state;
    store_outcome outcome;
    seen          so_far = {0};

    must_refuse(store_put_grade(here->kept, &a_grade, &outcome, &here->errors), "no audit \"A-1\"");
    put_audit(here, "A-1", "yes");
    put_audit(here, "A-1", "no");
    must(store_put_grade(here->kept, &a_grade, &outcome, &here->errors));
    assert_int_equal(outcome, STORE_ADDED);
    must(store_put_grade(here->kept, &a_grade, &outcome, &here->errors));
    assert_int_equal(outcome, STORE_SAME);
    must(store_each_grade(here->kept, &(store_filter){.whole = true, .team = "north"}, see_grade,
                          &so_far, &here->errors));
    assert_int_equal(so_far.count, 1);
    assert_int_equal(so_far.last_revision, 2);

    store_grade early = a_grade;
    early.revision = 3;
    must_refuse(store_put_grade(here->kept, &early, &outcome, &here->errors), "has 1 to 2");
}

#define COUNT(entity)                                                                              \
    static bool count_##entity(void *user, const store_stamp *stamp, const store_##entity *entry)  \
    {                                                                                              \
        (void)entry;                                                                               \
        (void)stamp;                                                                               \
        ++*(size_t *)user;                                                                         \
        return true;                                                                               \
    }
STORE_ENTITIES(COUNT)
#undef COUNT

static void test_every_kind_of_entry_is_kept(void **state)
{
    store_case       *here = *state;
    const char *const triggers[] = {"inadequate"};
    error_list       *errors = &here->errors;
    int64_t           number;

    must(store_begin(here->kept, errors));
    put_audit(here, "A-1", "yes");
    must(store_put_grade(here->kept, &a_grade, NULL, errors));
    must(store_put_planned(here->kept, &(store_planned){"2026-03", "North", "", "", 4}, NULL,
                           errors));
    must(store_put_indicator(here->kept, &(store_indicator){"2026-03", "North", "vacancy", 12.5},
                             NULL, errors));
    must(store_next_draw(here->kept, &number, errors));
    assert_int_equal(number, 1);
    must(store_put_draw(here->kept, &(store_draw){.number = 1, .seed = "7", .policy = "[sample]\n"},
                        NULL, errors));
    must(store_next_draw(here->kept, &number, errors));
    assert_int_equal(number, 2);
    must(store_put_draw_member(here->kept,
                               &(store_draw_member){.audit_id = "A-1",
                                                    .draw = 1,
                                                    .stratum = "A. Jones/thin",
                                                    .probability = 0.1,
                                                    .triggers = {triggers, 1},
                                                    .picked = true,
                                                    .inclusion = 1},
                               NULL, errors));
    must(store_put_assignment(here->kept, &(store_assignment){"A-1", "M. Khan", "P-1"}, NULL,
                              errors));
    must(store_put_moderation(here->kept,
                              &(store_moderation){.audit_id = "A-1",
                                                  .moderator = "M. Khan",
                                                  .moderated_on = "2026-04-02",
                                                  .practice_grade = "inadequate",
                                                  .ratings = {two_ratings, 2}},
                              NULL, errors));
    must(store_put_disclosure(here->kept, &(store_disclosure){"A-1", "M. Khan"}, NULL, errors));
    must(store_put_reason(here->kept, &(store_reason){"A-1", "M. Khan", "evidence", "why"}, NULL,
                          errors));
    must(store_put_dispute(here->kept, &(store_dispute){"A-1", "A. Jones", "no"}, NULL, errors));
    must(store_put_resolution(here->kept,
                              &(store_resolution){.audit_id = "A-1", .final_grade = "inadequate"},
                              NULL, errors));
    must(store_next_action(here->kept, "A-1", &number, errors));
    must(store_put_action(here->kept,
                          &(store_action){.audit_id = "A-1", .number = number, .what = "see"}, NULL,
                          errors));
    must(store_commit(here->kept, errors));
    reopen(here);

    /* What an entry has no member for is passed over. */
    const store_filter of_north = {
        .team = "North", .moderator = "M. Khan", .draw = 1, .to = "2026-03-31"};
#define X(entity)                                                                                  \
    {                                                                                              \
        size_t count = 0;                                                                          \
        must(store_each_##entity(here->kept, &(store_filter){.whole = true}, count_##entity,       \
                                 &count, errors));                                                 \
        must(store_each_##entity(here->kept, &of_north, count_##entity, &count, errors));          \
        assert_int_equal(count, 2);                                                                \
    }
    STORE_ENTITIES(X)
#undef X
}

static void test_a_put_says_what_is_wrong_with_an_entry(void **state)
{
    store_case *here = *state;
    error_list *errors = &here->errors;

    must_refuse(store_put_audit(here->kept, &(store_audit){.audit_id = ""}, NULL, errors),
                "audit_id is empty");
    must_refuse(store_put_audit(here->kept,
                                &(store_audit){.audit_id = "A", .audit_date = "31/03/2026"}, NULL,
                                errors),
                "audit_date is not a date");
    must_refuse(store_put_audit(here->kept, &(store_audit){.audit_id = "\xFF"}, NULL, errors),
                "not UTF-8");
    must_refuse(store_put_planned(here->kept, &(store_planned){.month = "2026-13"}, NULL, errors),
                "month is not a month");
    must_refuse(store_put_indicator(here->kept,
                                    &(store_indicator){"2026-03", "", "vacancy", 0.0 / 0.0}, NULL,
                                    errors),
                "value is not a number");
    const store_pair twice[] = {{"b", "1"}, {"a", "1"}, {"b", "2"}};
    must_refuse(store_put_audit(here->kept, &(store_audit){.audit_id = "A", .fields = {twice, 3}},
                                NULL, errors),
                "twice");
}

/* ---- Transactions ------------------------------------------------------------------------- */

static void test_what_is_not_committed_is_not_kept(void **state)
{
    store_case *here = *state;

    must(store_begin(here->kept, &here->errors));
    put_audit(here, "A-1", "yes");
    store_rollback(here->kept);
    assert_int_equal(audits_of(here, NULL).count, 0);
    must(store_begin(here->kept, &here->errors));
    put_audit(here, "A-2", "yes");
    reopen(here);
    assert_int_equal(audits_of(here, NULL).count, 0);
    put_audit(here, "A-3", "yes");
    assert_int_equal(audits_of(here, NULL).count, 1);
}

static void test_a_reader_sees_one_moment_while_others_write(void **state)
{
    store_case *here = *state;
    store      *reader =
        store_open(&(store_settings){.path = here->path, .read_only = true}, &here->errors);
    seen so_far = {0};

    must(reader != NULL);
    put_audit(here, "A-1", "yes");
    must(store_snapshot(reader, &here->errors));
    must(store_begin(here->kept, &here->errors));
    put_audit(here, "A-2", "yes");
    must(store_each_audit(reader, NULL, see_audit, &so_far, &here->errors));
    must(store_commit(here->kept, &here->errors));
    must(store_each_audit(reader, NULL, see_audit, &so_far, &here->errors));
    assert_int_equal(so_far.count, 2); /* A-1, twice */
    store_release(reader);
    must(store_each_audit(reader, NULL, see_audit, &so_far, &here->errors));
    assert_int_equal(so_far.count, 4);
    must_refuse(store_put_audit(reader, &(store_audit){.audit_id = "A"}, NULL, &here->errors),
                "to be read");
    store_close(reader);
}

static void test_of_two_writers_one_waits_and_then_says_so(void **state)
{
    store_case *here = *state;
    store *other = store_open(&(store_settings){.path = here->path, .who = "other", .wait = 50},
                              &here->errors);

    must(other != NULL && store_begin(here->kept, &here->errors));
    put_audit(here, "A-1", "yes");
    must_refuse(store_put_audit(other, &(store_audit){.audit_id = "A-2"}, NULL, &here->errors),
                "another program is writing");
    must(store_commit(here->kept, &here->errors));
    must(store_put_audit(other, &(store_audit){.audit_id = "A-2"}, NULL, &here->errors));
    store_close(other);
    assert_int_equal(audits_of(here, &(store_filter){.audit_id = "A-1"}).count, 1);
}

/* ---- Events ------------------------------------------------------------------------------- */

typedef struct {
    int64_t count;
    int64_t previous;
} events_seen;

static bool see_event(void *user, const store_event *event)
{
    events_seen *so_far = user;

    assert_int_equal(event->sequence, ++so_far->count);
    assert_int_equal(strlen(event->hash), 64);
    assert_string_equal(event->kind, event->sequence == 1 ? "created" : "audit");
    so_far->previous = event->previous;
    return true;
}

static void test_each_change_is_an_event_that_names_the_one_before(void **state)
{
    store_case *here = *state;
    events_seen so_far = {0};

    put_audit(here, "A-1", "yes");
    put_audit(here, "A-2", "yes");
    put_audit(here, "A-1", "no");
    must(store_each_event(here->kept, 1, see_event, &so_far, &here->errors));
    assert_int_equal(so_far.count, 4);
    assert_int_equal(so_far.previous, 2); /* the first state of A-1, behind "created" */
}

static void test_a_level_has_its_place_in_the_scale(void **state)
{
    (void)state;
    assert_int_equal(store_level("inadequate|good|outstanding", "inadequate"), 0);
    assert_int_equal(store_level("inadequate|good|outstanding", "outstanding"), 2);
    assert_int_equal(store_level("inadequate|good|outstanding", "goo"), -1);
    assert_int_equal(store_level("inadequate|good|outstanding", ""), -1);
    assert_int_equal(store_level("", "good"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(test_an_audit_comes_back_as_it_was_put),
        store_test(test_the_same_again_adds_nothing_and_a_change_is_a_revision),
        store_test(test_a_filter_chooses_in_any_letter_case),
        store_test(test_a_grade_is_of_the_latest_revision),
        store_test(test_every_kind_of_entry_is_kept),
        store_test(test_a_put_says_what_is_wrong_with_an_entry),
        store_test(test_what_is_not_committed_is_not_kept),
        store_test(test_a_reader_sees_one_moment_while_others_write),
        store_test(test_of_two_writers_one_waits_and_then_says_so),
        store_test(test_each_change_is_an_event_that_names_the_one_before),
        cmocka_unit_test(test_a_level_has_its_place_in_the_scale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
