/* An audit that is changed after it was moderated: what moderation found stays with what it looked at. */
#include "store_case.h"

#include "moderation/agreement.h"
#include "moderation/status.h"

static const char levels[] = "inadequate|requires_improvement|good|outstanding";

/* An audit as it is written down, with what the rubric makes of it. */
typedef struct {
    const char *id;
    const char *date;
    const char *team;
    const char *auditor;
    const char *grade;
    const char *tool;
} record;

static void put_record(store_case *here, const record *given)
{
    const store_pair   ratings[] = {{"plan", given->grade}};
    const store_graded both = {
        .audit = {.audit_id = given->id,
                  .practice_area = "plans",
                  .audit_date = given->date,
                  .team = given->team,
                  .auditor = given->auditor,
                  .auditor_grade = given->grade},
        .grade = {.rubric = "plans",
                  .version = "1",
                  .levels = levels,
                  .judgement = given->tool,
                  .score = -1,
                  .margin = -1,
                  .ratings = {ratings, 1}},
    };
    store_grade grade = both.grade;

    /* not store_put_graded(), which takes so much at once for another audit */
    grade.audit_id = given->id;
    must(store_put_audit(here->kept, &both.audit, NULL, &here->errors));
    must(store_put_grade(here->kept, &grade, NULL, &here->errors));
}

/* Picked at random, and found inadequate by the moderator. */
static void put_moderated(store_case *here, const char *audit_id)
{
    const store_pair ratings[] = {{"plan", "inadequate"}};

    must(store_put_draw_member(here->kept,
                               &(store_draw_member){.audit_id = audit_id,
                                                    .draw = 1,
                                                    .stratum = "s",
                                                    .probability = 0.5,
                                                    .picked_at_random = true,
                                                    .picked = true,
                                                    .inclusion = 0.5},
                               NULL, &here->errors));
    must(store_put_moderation(here->kept,
                              &(store_moderation){.audit_id = audit_id,
                                                  .moderator = "Mole",
                                                  .moderated_on = "2026-06-20",
                                                  .practice_grade = "inadequate",
                                                  .ratings = {ratings, 1}},
                              NULL, &here->errors));
}

static const record first[] = {
    {"A-1", "2026-06-01", "North", "Ash", "good", "outstanding"},
    {"A-2", "2026-06-02", "North", "Birch", "good", "good"},
};

/* A-1 by another auditor, of another team, in another month, with the moderator's own grade. */
static const record corrected = {"A-1", "2026-07-01", "South", "Elm", "inadequate", "inadequate"};

static void put_two(store_case *here)
{
    for (size_t i = 0; i < 2; i++) {
        put_record(here, &first[i]);
        put_moderated(here, first[i].id);
    }
}

static buffer told(store_case *here, const moderation_policy *policy)
{
    moderation_agreement agreement;
    buffer               out = {0};

    must(agreement_read(here->kept, &(agreement_request){.policy = policy, .seed = 1}, &agreement,
                        &here->errors));
    agreement_write(&agreement, "csv", &out);
    agreement_free(&agreement);
    must(buffer_end(&out));
    return out;
}

static moderation_policy *policy_of(store_case *here)
{
    moderation_policy *policy = moderation_policy_read(
        ASSAY_SOURCE_DIR "/examples/moderation/moderation.ini", &here->errors);
    must(policy != NULL);
    return policy;
}

static void agreement_compares_what_was_moderated(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here);

    put_two(here);
    buffer before = told(here, policy);
    put_record(here, &corrected);
    buffer after = told(here, policy);
    assert_string_equal(after.bytes, before.bytes);
    assert_non_null(strstr(after.bytes, "criterion,plan,2,0,0,0,2,0,2")); /* both rated good */
    buffer_free(&before);
    buffer_free(&after);
    moderation_policy_free(policy);
}

static moderation_status standing(store_case *here, const moderation_policy *policy)
{
    const status_request asked = {.today = 20665, .policy = policy};
    moderation_status    status;

    must(status_read(here->kept, &asked, &status, &here->errors));
    return status;
}

static void status_counts_the_change_and_what_was_found(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here);

    put_two(here);
    moderation_status before = standing(here, policy);
    put_record(here, &corrected);
    moderation_status after = standing(here, policy);
    assert_int_equal(before.all.higher, 2);
    assert_int_equal(after.all.higher, 2);
    assert_int_equal(after.all.missed, 2);
    assert_int_equal(after.all.late, before.all.late);
    assert_int_equal(before.all.changed, 0);
    assert_int_equal(after.all.changed, 1);
    status_free(&before);
    status_free(&after);
    moderation_policy_free(policy);
}

static size_t count_of(store_case *here, const store_filter *filter)
{
    moderation_cases cases;

    must(moderation_cases_read(here->kept, filter, &cases, &here->errors));
    const size_t           count = cases.count;
    const moderation_case *one = moderation_case_of(&cases, "A-1");
    if (one) {
        assert_string_equal(one->auditor_grade, "good");
        assert_string_equal(one->tool_grade, "outstanding");
        assert_string_equal(one->auditor, "Ash");
        assert_string_equal(one->team, "North");
        assert_string_equal(one->audit_date, "2026-06-01");
        assert_string_equal(one->practice_grade, "inadequate");
        assert_int_equal(one->moderated_revision, 1);
        assert_int_equal(one->revision, 3);
        assert_true(one->picked && one->changed);
    }
    moderation_cases_free(&cases);
    return count;
}

static void a_filter_asks_of_what_was_moderated(void **state)
{
    store_case *here = *state;
    record      again = corrected;

    put_two(here);
    put_record(here, &corrected);
    again.grade = "requires_improvement"; /* a third revision */
    put_record(here, &again);
    assert_int_equal(count_of(here, NULL), 2);
    assert_int_equal(count_of(here, &(store_filter){.team = "North"}), 2);
    assert_int_equal(count_of(here, &(store_filter){.team = "South"}), 0);
    assert_int_equal(count_of(here, &(store_filter){.auditor = "ash"}), 1);
    assert_int_equal(count_of(here, &(store_filter){.from = "2026-07-01"}), 0);
    assert_int_equal(count_of(here, &(store_filter){.to = "2026-06-01"}), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(agreement_compares_what_was_moderated),
        store_test(status_counts_the_change_and_what_was_found),
        store_test(a_filter_asks_of_what_was_moderated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
