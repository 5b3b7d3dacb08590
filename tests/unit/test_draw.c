/* test_draw.c - draws from a store: what is kept, and what drawing again makes of it. */
#include "store_case.h"

#include "base/date.h"
#include "moderation/draw.h"

/* ---- A store with audits ------------------------------------------------------------- */

typedef struct {
    const char *audit_id;
    const char *date;
    const char *auditor;
    const char *child;
    const char *auditor_grade;
    const char *tool_grade; /* NULL: not graded by the tool */
} made_audit;

static void put(store_case *here, const made_audit *made)
{
    const store_audit audit = {
        .audit_id = made->audit_id,
        .practice_area = "plans",
        .audit_date = made->date,
        .team = "North",
        .auditor = made->auditor,
        .child_ref = made->child,
        .auditor_grade = made->auditor_grade,
    };
    must(store_put_audit(here->kept, &audit, NULL, &here->errors));
    if (!made->tool_grade)
        return;
    const store_grade grade = {
        .audit_id = made->audit_id,
        .rubric = "plans",
        .version = "1",
        .levels = "inadequate|requires_improvement|good|outstanding",
        .judgement = made->tool_grade,
        .score = 3000,
        .margin = 500,
        .coverage = 100,
    };
    must(store_put_grade(here->kept, &grade, NULL, &here->errors));
}

/* `count` good audits of June by one auditor, each of another child. */
static void put_june(store_case *here, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char id[32], child[32], date[32];
        snprintf(id, sizeof id, "AU-%02zu", i + 1);
        snprintf(child, sizeof child, "C-%02zu", i + 1);
        snprintf(date, sizeof date, "2026-06-%02zu", i % 30 + 1);
        put(here, &(made_audit){id, date, "A. Patel", child, "good", "good"});
    }
}

static moderation_policy *policy_of(store_case *here, const char *content)
{
    moderation_policy *made =
        moderation_policy_read_bytes("p.ini", content, strlen(content), &here->errors);
    must(made != NULL);
    return made;
}

static const draw_request any_day = {.seed = 7, .from = DRAW_ANY_DAY, .to = DRAW_ANY_DAY};

static draw_made draw(store_case *here, const moderation_policy *policy)
{
    draw_request request = any_day;
    draw_made    made = {0};

    request.policy = policy;
    must(draw_make(here->kept, &request, &made, &here->errors));
    return made;
}

/* What the store has of one audit. */
typedef struct {
    size_t  count;
    int64_t draw;
    double  probability, inclusion;
    bool    at_random, picked;
    char    reason[64], stratum[64], triggers[64];
} member;

static bool take_member(void *user, const store_stamp *stamp, const store_draw_member *entry)
{
    member *out = user;
    (void)stamp;

    out->count++;
    out->draw = entry->draw;
    out->probability = entry->probability;
    out->inclusion = entry->inclusion;
    out->at_random = entry->picked_at_random;
    out->picked = entry->picked;
    snprintf(out->reason, sizeof out->reason, "%s", entry->reason);
    snprintf(out->stratum, sizeof out->stratum, "%s", entry->stratum);
    out->triggers[0] = '\0';
    for (size_t i = 0; i < entry->triggers.count; i++) {
        strcat(out->triggers, i > 0 ? " " : "");
        strcat(out->triggers, entry->triggers.items[i]);
    }
    return true;
}

static member member_of(store_case *here, const char *audit_id)
{
    const store_filter filter = {.audit_id = audit_id};
    member             found = {0};
    must(store_each_draw_member(here->kept, &filter, take_member, &found, &here->errors));
    return found;
}

static const draw_pick *pick_of(const draw_made *made, const char *audit_id)
{
    for (size_t p = 0; p < made->pick_count; p++)
        if (strcmp(made->picks[p].audit->audit_id, audit_id) == 0)
            return &made->picks[p];
    return NULL;
}

/* ---- What is kept ------------------------------------------------------------------------ */

/* 2 of 10: those by chance. AU-11 is inadequate, so that its stratum has 11, and each 2/11. */
static void test_every_audit_of_the_frame_is_kept_with_its_chance(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here, "");
    size_t             at_random = 0, picked = 0;

    put_june(here, 10);
    put(here, &(made_audit){"AU-11", "2026-06-11", "A. Patel", "C-11", "good", "inadequate"});
    draw_made made = draw(here, policy);
    assert_int_equal(made.number, 1);
    assert_int_equal(made.frame.sampled.count, 11);
    for (size_t i = 1; i <= 11; i++) {
        char id[32];
        snprintf(id, sizeof id, "AU-%02zu", i);
        const member kept = member_of(here, id);
        assert_int_equal(kept.count, 1);
        assert_int_equal(kept.draw, 1);
        assert_true(kept.probability == 2.0 / 11);
        assert_string_equal(kept.stratum, "A. Patel / ordinary");
        assert_string_equal(kept.reason, "");
        assert_int_equal(kept.picked, pick_of(&made, id) != NULL);
        at_random += kept.at_random;
        picked += kept.picked;
    }
    const member sure = member_of(here, "AU-11");
    assert_true(sure.picked);
    assert_true(sure.inclusion == 1);
    assert_string_equal(sure.triggers, "inadequate_tool tool_differs");
    assert_int_equal(at_random, 2);
    assert_int_equal(picked, made.pick_count);
    draw_free(&made);
    moderation_policy_free(policy);
}

static bool take_draw(void *user, const store_stamp *stamp, const store_draw *entry)
{
    size_t *count = user;
    (void)stamp;

    ++*count;
    assert_int_equal(entry->number, 1);
    assert_string_equal(entry->seed, "7");
    assert_string_equal(entry->policy, "[sample]\nrandom_share = 50%\n[more]\n"
                                       "thin_margin_share = 50%\n");
    assert_int_equal(strlen(entry->policy_hash), 64);
    assert_string_equal(entry->from, "2026-06-01");
    assert_string_equal(entry->to, "2026-06-04");
    return true;
}

static void test_the_seed_and_the_policy_are_kept(void **state)
{
    store_case        *here = *state;
    size_t             count = 0;
    moderation_policy *policy = policy_of(here, "[sample]\nrandom_share = 50%\n[more]\n"
                                                "thin_margin_share = 50%\n");

    put_june(here, 4);
    draw_made made = draw(here, policy);
    must(store_each_draw(here->kept, NULL, take_draw, &count, &here->errors));
    assert_int_equal(count, 1);
    draw_free(&made);
    moderation_policy_free(policy);
}

static void test_a_rehearsal_keeps_nothing_and_says_the_same(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here, "");
    draw_request       request = any_day;
    draw_made          rehearsed = {0};

    put_june(here, 20);
    request.policy = policy;
    request.rehearsal = true;
    must(draw_make(here->kept, &request, &rehearsed, &here->errors));
    assert_int_equal(member_of(here, "AU-01").count, 0);
    draw_made made = draw(here, policy);
    assert_int_equal(made.pick_count, rehearsed.pick_count);
    for (size_t p = 0; p < made.pick_count; p++)
        assert_string_equal(made.picks[p].audit->audit_id, rehearsed.picks[p].audit->audit_id);
    draw_free(&made);
    draw_free(&rehearsed);
    moderation_policy_free(policy);
}

static void test_only_audits_of_the_days_asked_for_are_drawn(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here, "");
    draw_request       request = any_day;
    draw_made          made = {0};

    put_june(here, 30);
    put(here, &(made_audit){"AU-31", "", "A. Patel", "C-31", "inadequate", NULL});
    request.policy = policy;
    date_read("2026-06-10", 10, &request.from);
    date_read("2026-06-12", 10, &request.to);
    must(draw_make(here->kept, &request, &made, &here->errors));
    assert_int_equal(made.frame.sampled.count, 3);
    assert_int_equal(made.frame.undated, 1);
    assert_int_equal(member_of(here, "AU-09").count, 0);
    assert_int_equal(member_of(here, "AU-10").count, 1);
    assert_int_equal(member_of(here, "AU-12").count, 1);
    assert_int_equal(member_of(here, "AU-13").count, 0);
    assert_int_equal(member_of(here, "AU-31").count, 0);
    draw_free(&made);
    moderation_policy_free(policy);
}

/* The auditor's grade counts by the policy's scale where no rubric has graded the audit. */
static void test_an_audit_without_a_tools_grade_is_drawn(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here, "");

    put(here, &(made_audit){"AU-01", "2026-06-01", "A. Patel", "", "inadequate", NULL});
    put(here, &(made_audit){"AU-02", "2026-06-01", "B. Jones", "", "", "none"});
    draw_made made = draw(here, policy);
    assert_string_equal(member_of(here, "AU-01").triggers, "inadequate_auditor");
    assert_string_equal(member_of(here, "AU-02").triggers, "");
    assert_true(member_of(here, "AU-02").at_random); /* the one audit of its auditor */
    draw_free(&made);
    moderation_policy_free(policy);
}

/* ---- Drawing again --------------------------------------------------------------------------- */

static void test_drawing_again_without_news_does_nothing(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here, "");

    put_june(here, 10);
    draw_made first = draw(here, policy);
    draw_made again = draw(here, policy);
    assert_int_equal(again.number, 0);
    assert_int_equal(again.pick_count, 0);
    assert_int_equal(again.picked_before, first.pick_count);
    draw_free(&first);
    draw_free(&again);
    moderation_policy_free(policy);
}

/* Graded anew two levels away, an audit that chance left is picked; and keeps the draw, the stratum
 * and the chance that it had. One that was picked stays as it is. */
static void test_what_was_left_is_picked_when_a_rule_comes_to_name_it(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here, "");
    const char        *left = NULL, *picked = NULL;

    put_june(here, 3);
    draw_made first = draw(here, policy);
    for (size_t i = 0; i < 3; i++) {
        static const char *const ids[] = {"AU-01", "AU-02", "AU-03"};
        *(pick_of(&first, ids[i]) ? &picked : &left) = ids[i];
    }
    const char child_of_left[] = {'C', '-', left[3], left[4], '\0'};
    const char child_of_picked[] = {'C', '-', picked[3], picked[4], '\0'};
    put(here, &(made_audit){left, "2026-06-01", "A. Patel", child_of_left, "outstanding",
                            "requires_improvement"});
    put(here, &(made_audit){picked, "2026-06-01", "A. Patel", child_of_picked, "outstanding",
                            "requires_improvement"});
    const member before = member_of(here, picked);

    draw_made again = draw(here, policy);
    assert_int_equal(again.number, 2);
    assert_int_equal(again.frame.sampled.count, 0);
    assert_int_equal(again.pick_count, 1);
    assert_string_equal(again.picks[0].audit->audit_id, left);
    assert_true(again.picks[0].left_before);
    const member after = member_of(here, left);
    assert_int_equal(after.draw, 1);
    assert_true(after.picked);
    assert_false(after.at_random);
    assert_true(after.probability == 2.0 / 3);
    assert_true(after.inclusion == 1);
    assert_string_equal(after.triggers, "tool_differs");
    assert_string_equal(after.stratum, "A. Patel / ordinary");
    const member still = member_of(here, picked);
    assert_true(still.at_random == before.at_random && still.inclusion == before.inclusion);
    draw_free(&first);
    draw_free(&again);
    moderation_policy_free(policy);
}

/* The child of a pick has another audit in the next month: chance leaves it. */
static void test_a_child_picked_by_an_earlier_draw_is_left_by_the_next(void **state)
{
    store_case        *here = *state;
    moderation_policy *policy = policy_of(here, "");

    put(here, &(made_audit){"AU-01", "2026-06-01", "A. Patel", "C-01", "good", "good"});
    draw_made first = draw(here, policy);
    assert_int_equal(first.pick_count, 1);
    put(here, &(made_audit){"AU-02", "2026-07-01", "B. Jones", "C-01", "good", "good"});
    draw_made again = draw(here, policy);
    assert_int_equal(again.number, 2);
    assert_int_equal(again.pick_count, 0);
    const member left = member_of(here, "AU-02");
    assert_true(left.probability == 0 && left.inclusion == 0);
    assert_string_equal(left.stratum, "");
    assert_string_equal(left.reason, "the child's file was picked not long before");
    draw_free(&first);
    draw_free(&again);
    moderation_policy_free(policy);
}

/* Whatever comes in and whatever the policy, a pick stays as it was, and no audit is in two frames. */
static void test_drawing_again_never_loses_or_repeats_a_pick(void **state)
{
    static const char *const policies[] = {
        "", "[sample]\nrandom_share = 40%\n[more]\nthin_margin_share = 40%\n",
        "[triggers]\ninadequate = no\ntool_differs_by = 1\n",
        "[sample]\nleast_per_auditor = 0\n[exclude]\nsame_child_within = 0\n"};
    static const char *const levels[] = {"inadequate", "requires_improvement", "good",
                                         "outstanding"};
    static const char *const auditors[] = {"A. Patel", "B. Jones", "C. Khan"};
    enum { ROUNDS = 25, A_ROUND = 8 };
    store_case *here = *state;
    member      before[ROUNDS * A_ROUND] = {0};
    char        ids[ROUNDS * A_ROUND][32];
    size_t      count = 0;
    unsigned    chance = 1;

    for (size_t round = 0; round < ROUNDS; round++) {
        moderation_policy *policy = policy_of(here, policies[round % 4]);
        size_t             frame = 0, fresh = 0;
        for (size_t i = 0; i < A_ROUND; i++) {
            char child[32], date[32];
            chance = chance * 1103515245u + 12345u; /* C11, 7.22.2.2: the example's generator */
            const unsigned made = chance >> 8;
            snprintf(ids[count], sizeof ids[count], "AU-%03zu", count + 1);
            snprintf(child, sizeof child, "C-%u", made % 60);
            snprintf(date, sizeof date, "2026-%02u-%02u", made % 12 + 1, made % 28 + 1);
            put(here, &(made_audit){ids[count], date, auditors[made % 3], child,
                                    levels[made / 3 % 4], levels[made / 12 % 4]});
            count++;
        }
        draw_made made = draw(here, policy);
        for (size_t i = 0; i < count; i++) {
            const member now = member_of(here, ids[i]);
            assert_int_equal(now.count, 1);
            if (before[i].count == 0)
                frame++;
            else
                assert_true(now.draw == before[i].draw && now.probability == before[i].probability);
            if (before[i].picked) {
                assert_true(now.picked && now.at_random == before[i].at_random &&
                            now.inclusion == before[i].inclusion);
                assert_string_equal(now.triggers, before[i].triggers);
                assert_null(pick_of(&made, ids[i]));
            } else {
                assert_int_equal(now.picked, pick_of(&made, ids[i]) != NULL);
                fresh += now.picked;
            }
            before[i] = now;
        }
        assert_int_equal(frame, A_ROUND);
        assert_int_equal(fresh, made.pick_count);
        draw_free(&made);
        moderation_policy_free(policy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(test_every_audit_of_the_frame_is_kept_with_its_chance),
        store_test(test_the_seed_and_the_policy_are_kept),
        store_test(test_a_rehearsal_keeps_nothing_and_says_the_same),
        store_test(test_only_audits_of_the_days_asked_for_are_drawn),
        store_test(test_an_audit_without_a_tools_grade_is_drawn),
        store_test(test_drawing_again_without_news_does_nothing),
        store_test(test_what_was_left_is_picked_when_a_rule_comes_to_name_it),
        store_test(test_a_child_picked_by_an_earlier_draw_is_left_by_the_next),
        store_test(test_drawing_again_never_loses_or_repeats_a_pick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
