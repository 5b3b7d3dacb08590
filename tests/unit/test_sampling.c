/* test_sampling.c - the draw: every rule of the policy, and chances that are what is recorded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "moderation/sampling.h"

enum { AUDITS_MAX = 64, DAY = 20600 /* in May 2026 */ };

/* ---- A frame made by hand or at random ------------------------------------------------- */

typedef struct {
    sampling_audit   audits[AUDITS_MAX];
    sampling_earlier earlier[AUDITS_MAX];
    char             ids[AUDITS_MAX][16];
    char             children[AUDITS_MAX][16];
    sampling_frame   frame;
} made_frame;

static const char *const auditors[] = {"A. Patel", "B. Jones", "C. Khan", "D. Lee", "E. Fox"};
static const char *const teams[] = {"North", "South", "East"};

/* splitmix64, Steele, Lea and Flood 2014. */
static uint64_t next(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static unsigned below(uint64_t *state, unsigned bound)
{
    return (unsigned)(next(state) % bound);
}

/* An audit of which nothing calls for more: good, and sure of it. */
static sampling_audit *add(made_frame *made, const char *auditor, const char *child)
{
    const size_t i = made->frame.count++;

    assert_true(i < AUDITS_MAX);
    snprintf(made->ids[i], sizeof made->ids[i], "AU-%02zu", i + 1);
    snprintf(made->children[i], sizeof made->children[i], "%s", child);
    made->audits[i] = (sampling_audit){
        .audit_id = made->ids[i],
        .child = made->children[i],
        .auditor = auditor,
        .team = "North",
        .practice_area = "plans",
        .auditor_grade = "good",
        .tool_grade = "good",
        .auditor_place = 2,
        .tool_place = 2,
        .margin = 300,
        .day = DAY,
        .auditor_since = DAY - 900,
    };
    made->frame.audits = made->audits;
    return &made->audits[i];
}

static void add_earlier(made_frame *made, sampling_earlier pick)
{
    made->earlier[made->frame.earlier_count++] = pick;
    made->frame.earlier = made->earlier;
}

static made_frame *new_frame(void)
{
    made_frame *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->frame.last_day = DAY + 30;
    made->frame.known_since = DAY - 1000;
    return made;
}

static made_frame *random_frame(uint64_t *state)
{
    static const char *const levels[] = {"inadequate", "requires_improvement", "good",
                                         "outstanding"};
    made_frame              *made = new_frame();
    const size_t             count = below(state, AUDITS_MAX - 4);
    const unsigned           children = 1 + below(state, 60);
    char                     child[16];

    for (size_t i = 0; i < count; i++) {
        snprintf(child, sizeof child, "C%u", below(state, children));
        sampling_audit *audit =
            add(made, auditors[below(state, 5)], below(state, 10) == 0 ? "" : child);
        audit->team = teams[below(state, 3)];
        audit->auditor_place = (int)below(state, 5) - 1;
        audit->tool_place = (int)below(state, 5) - 1;
        audit->auditor_grade = audit->auditor_place < 0 ? "" : levels[audit->auditor_place];
        audit->tool_grade = audit->tool_place < 0 ? "" : levels[audit->tool_place];
        audit->not_graded = audit->tool_place < 0;
        audit->margin = (int32_t)below(state, 500) - 1;
        audit->day = DAY + (int32_t)below(state, 30);
        audit->auditor_since = audit->day - (int32_t)below(state, 400);
    }
    for (size_t e = below(state, 12); e > 0; e--) {
        char *kept = made->children[AUDITS_MAX - e];
        snprintf(kept, sizeof made->children[0], "C%u", below(state, children));
        add_earlier(made, (sampling_earlier){
                              .child = kept,
                              .auditor = auditors[below(state, 5)],
                              .day = DAY - (int32_t)below(state, 500),
                              .at_random = below(state, 2) == 0,
                          });
    }
    return made;
}

static moderation_policy *policy_of(const char *content)
{
    error_list         errors = {0};
    moderation_policy *made =
        moderation_policy_read_bytes("p.ini", content, strlen(content), &errors);
    if (errors.count > 0)
        print_message("%s\n", errors.items[0].text);
    assert_non_null(made);
    error_clear(&errors);
    return made;
}

static void draw(sampling *out, const moderation_policy *policy, uint64_t seed,
                 const sampling_frame *frame)
{
    error_list errors = {0};
    *out = (sampling){0};
    assert_true(sampling_draw(out, policy, seed, frame, &errors));
    assert_int_equal(errors.count, 0);
}

/* ---- Chance ------------------------------------------------------------------------------ */

/* Python: hashlib.blake2b(purpose + b"\0" + id, key=b"assay moderation sample\0" + seed as 8 bytes,
 * the lowest first, digest_size=32), the first 8 bytes read likewise. */
static void test_chance_is_the_same_on_any_machine(void **state)
{
    (void)state;
    assert_true(sampling_chance(1, "pick", "AU-1") == 0x852b32e8075f1b89);
    assert_true(sampling_chance(UINT64_MAX, "child", "\xC3\xA9") == 0x87ace0237010cc35);
}

/* ---- Expected picks -------------------------------------------------------------------------- */

static void expect(const size_t size[SAMPLING_CELLS], const unsigned share[SAMPLING_CELLS],
                   size_t least, const double wanted[SAMPLING_CELLS])
{
    uint64_t expected[SAMPLING_CELLS], sum = 0;
    sampling_expect(size, share, least, expected);
    for (size_t c = 0; c < SAMPLING_CELLS; c++) {
        assert_true(fabs((double)expected[c] / (double)SAMPLING_UNIT - wanted[c]) < 1e-7);
        sum += expected[c];
    }
    if (least > 0)
        assert_true(sum >= least * SAMPLING_UNIT || sum % SAMPLING_UNIT == 0);
}

static void test_a_share_is_kept_exactly(void **state)
{
    (void)state;
    /* 10% of 5 is half an audit, 30% of 4 is 1.2. */
    expect((size_t[]){5, 4, 0, 0}, (unsigned[]){1000, 3000, 5000, 5000}, 0,
           (double[]){0.5, 1.2, 0, 0});
    /* 1.7 expected are more than a least of 1: nothing is added. */
    expect((size_t[]){5, 4, 0, 0}, (unsigned[]){1000, 3000, 5000, 5000}, 1,
           (double[]){0.5, 1.2, 0, 0});
}

static void test_a_least_number_is_shared_by_those_left_out(void **state)
{
    (void)state;
    /* 1.7 expected, 2 needed, 7.3 left out: each has a further chance of 0.3 / 7.3 = 0.0410959 of
     * what it is left out by: 0.5 + 4.5 x 0.0410959 = 0.6849315, 1.2 + 2.8 x 0.0410959 = 1.3150685. */
    expect((size_t[]){5, 4, 0, 0}, (unsigned[]){1000, 3000, 5000, 5000}, 2,
           (double[]){0.6849315, 1.3150685, 0, 0});
    /* Where there are no more than the least, all of them. */
    expect((size_t[]){1, 0, 1, 0}, (unsigned[]){1000, 3000, 5000, 5000}, 2, (double[]){1, 0, 1, 0});
    expect((size_t[]){1, 0, 0, 0}, (unsigned[]){0, 0, 0, 0}, 1000, (double[]){1, 0, 0, 0});
    expect((size_t[]){0, 0, 0, 0}, (unsigned[]){0, 0, 0, 0}, 2, (double[]){0, 0, 0, 0});
}

/* ---- Each rule of the policy ---------------------------------------------------------------------- */

static const char *const policies[] = {
    "",
    "[sample]\nrandom_share = 25%\nleast_per_auditor = 0\n[triggers]\ninadequate = no\n"
    "tool_differs_by = 0\n",
    "[sample]\nrandom_share = 0%\n[triggers]\ninadequate = auditor\ntool_differs_by = 1\n"
    "not_graded = yes\n[more]\nthin_margin_share = 100%\nnew_auditor_share = 0%\n",
    "[sample]\nrandom_share = 15%\nleast_per_auditor = 3\n[exclude]\nsame_child_within = 0\n"
    "[trigger.east]\nteam = east\nauditor_grade = outstanding\n[more]\nnew_auditors = e. fox\n"
    "[moderator.A. Patel]\nteam = North\n[moderator.B. Jones]\nteam = South\n",
    "[sample]\nrandom_share = 100%\n[triggers]\ninadequate = no\ntool_differs_by = 0\n"
    "[more]\nthin_margin_share = 100%\nnew_auditor_share = 100%\n",
};
enum { POLICIES = sizeof policies / sizeof policies[0], FRAMES = 250 };

typedef void property(const moderation_policy *policy, const sampling_frame *frame,
                      const sampling *got, uint64_t seed);

/* Holds a property to every policy with many frames. */
static void for_all(property *holds)
{
    uint64_t state = 20261122;

    for (size_t p = 0; p < POLICIES; p++) {
        moderation_policy *policy = policy_of(policies[p]);
        for (size_t f = 0; f < FRAMES; f++) {
            const uint64_t seed = next(&state);
            made_frame    *made = random_frame(&state);
            sampling       got;
            draw(&got, policy, seed, &made->frame);
            holds(policy, &made->frame, &got, seed);
            sampling_free(&got);
            free(made);
        }
        moderation_policy_free(policy);
    }
}

static bool same_child(const char *a, const char *b)
{
    return *a && strcmp(a, b) == 0;
}

static void triggers_are_picked(const moderation_policy *policy, const sampling_frame *frame,
                                const sampling *got, uint64_t seed)
{
    (void)seed;
    for (size_t i = 0; i < frame->count; i++) {
        const sampling_audit  *audit = &frame->audits[i];
        const sampling_member *member = &got->members[i];
        bool                   called = false;
        called |= policy->inadequate_by_auditor && strcmp(audit->auditor_grade, "inadequate") == 0;
        called |= policy->inadequate_by_tool && strcmp(audit->tool_grade, "inadequate") == 0;
        called |= policy->tool_differs_by > 0 && audit->auditor_place >= 0 &&
                  audit->tool_place >= 0 &&
                  abs(audit->auditor_place - audit->tool_place) >= (int)policy->tool_differs_by;
        called |= policy->not_graded && audit->not_graded;
        if (policy->trigger_count > 0)
            called |= strcmp(audit->team, "East") == 0 &&
                      strcmp(audit->auditor_grade, "outstanding") == 0;
        assert_int_equal(called, member->triggers != 0);
        assert_int_equal(sampling_picked(member), called || member->at_random);
    }
}

static void test_every_audit_that_a_rule_names_is_picked_and_no_other(void **state)
{
    (void)state;
    for_all(triggers_are_picked);
}

static void children_are_spared(const moderation_policy *policy, const sampling_frame *frame,
                                const sampling *got, uint64_t seed)
{
    (void)seed;
    if (policy->same_child_within == 0) {
        for (size_t i = 0; i < frame->count; i++)
            assert_true(got->members[i].bar == SAMPLING_MAY_BE_PICKED ||
                        got->members[i].bar == SAMPLING_NO_SHARE);
        return;
    }
    for (size_t i = 0; i < frame->count; i++) {
        const sampling_audit *audit = &frame->audits[i];
        if (!got->members[i].at_random)
            continue;
        for (size_t k = 0; k < frame->count; k++) {
            if (k == i || !same_child(frame->audits[k].child, audit->child))
                continue;
            assert_false(got->members[k].at_random);
            assert_false(got->members[i].triggers == 0 && got->members[k].triggers != 0);
        }
        /* 12 months before DAY + 29 or less; no frame has an audit after its earlier picks' days by
         * less than 365 days that was picked. */
        for (size_t e = 0; e < frame->earlier_count; e++)
            assert_false(same_child(frame->earlier[e].child, audit->child) &&
                         audit->day - frame->earlier[e].day < 365);
    }
}

static void test_no_child_is_picked_at_random_twice_within_the_months(void **state)
{
    (void)state;
    for_all(children_are_spared);
}

/* As many of each auditor as shares and least number say, less than one more or fewer. */
static void shares_are_kept(const moderation_policy *policy, const sampling_frame *frame,
                            const sampling *got, uint64_t seed)
{
    double total = 0;
    size_t total_picked = 0, at_random = 0;
    (void)seed;

    for (size_t a = 0; a < sizeof auditors / sizeof auditors[0]; a++) {
        double expected = 0;
        size_t picked = 0, size = 0, before = 0;
        for (size_t s = 0; s < got->stratum_count; s++) {
            const sampling_stratum *stratum = &got->strata[s];
            if (strcmp(stratum->auditor, auditors[a]) != 0)
                continue;
            assert_true(stratum->picked <= stratum->size);
            assert_true(fabs((double)stratum->picked - stratum->expected) < 1);
            expected += stratum->expected;
            picked += stratum->picked;
            size += stratum->size;
        }
        for (size_t e = 0; e < frame->earlier_count; e++)
            before += frame->earlier[e].at_random &&
                      strcmp(frame->earlier[e].auditor, auditors[a]) == 0 &&
                      frame->earlier[e].day >= DAY + 31 - 92; /* 3 months are 89 to 92 days */
        /* An audit of the last days of the third month before is counted by one of the two alone. */
        bool edge = false;
        for (size_t e = 0; e < frame->earlier_count; e++)
            edge |= frame->earlier[e].day >= DAY + 31 - 92 && frame->earlier[e].day < DAY + 31 - 88;
        const size_t least =
            policy->least_per_auditor > before ? policy->least_per_auditor - before : 0;
        assert_true(edge || picked >= (least < size ? least : size));
        assert_true(fabs((double)picked - expected) < 1);
        total += expected;
        total_picked += picked;
    }
    assert_true(fabs((double)total_picked - total) < 1);
    for (size_t i = 0; i < frame->count; i++)
        at_random += got->members[i].at_random;
    assert_int_equal(at_random, total_picked);
}

static void test_shares_and_least_numbers_are_kept(void **state)
{
    (void)state;
    for_all(shares_are_kept);
}

static void chances_are_sound(const moderation_policy *policy, const sampling_frame *frame,
                              const sampling *got, uint64_t seed)
{
    (void)seed;
    for (size_t i = 0; i < frame->count; i++) {
        const sampling_audit  *audit = &frame->audits[i];
        const sampling_member *member = &got->members[i];
        assert_true(member->probability >= 0 && member->probability <= 1);
        assert_int_equal(member->probability > 0, member->bar == SAMPLING_MAY_BE_PICKED);
        assert_false(member->at_random && member->bar != SAMPLING_MAY_BE_PICKED);
        if (member->bar != SAMPLING_MAY_BE_PICKED)
            continue;
        /* No less than its share, where its child has no other audit. */
        size_t of_child = 0;
        for (size_t k = 0; k < frame->count; k++)
            of_child += same_child(frame->audits[k].child, audit->child);
        unsigned share = policy->random_share;
        if (audit->margin >= 0 && audit->margin < (int32_t)policy->thin_margin &&
            policy->thin_margin_share > share)
            share = policy->thin_margin_share;
        if (sampling_is_new(policy, audit, frame->known_since) && policy->new_auditor_share > share)
            share = policy->new_auditor_share;
        if (of_child <= 1)
            assert_true(member->probability >= share / 10000.0 - 1e-12);
        const sampling_stratum *stratum = &got->strata[member->stratum];
        if (of_child <= 1)
            assert_true(fabs(member->probability - stratum->expected / (double)stratum->size) <
                        1e-12);
    }
}

static void test_a_chance_is_at_least_the_share(void **state)
{
    (void)state;
    for_all(chances_are_sound);
}

static void order_changes_nothing(const moderation_policy *policy, const sampling_frame *frame,
                                  const sampling *got, uint64_t seed)
{
    sampling_audit shuffled[AUDITS_MAX];
    size_t         from[AUDITS_MAX];
    uint64_t       state = seed;
    sampling       again;
    sampling_frame other = *frame;

    for (size_t i = 0; i < frame->count; i++)
        from[i] = i;
    for (size_t i = frame->count; i > 1; i--) {
        const size_t k = below(&state, (unsigned)i);
        const size_t kept = from[i - 1];
        from[i - 1] = from[k];
        from[k] = kept;
    }
    for (size_t i = 0; i < frame->count; i++)
        shuffled[i] = frame->audits[from[i]];
    other.audits = shuffled;
    draw(&again, policy, seed, &other);
    for (size_t i = 0; i < frame->count; i++) {
        const sampling_member *a = &again.members[i], *b = &got->members[from[i]];
        assert_int_equal(a->at_random, b->at_random);
        assert_int_equal(a->triggers, b->triggers);
        assert_int_equal(a->bar, b->bar);
        assert_true(a->probability == b->probability);
        if (a->stratum != SAMPLING_NO_STRATUM)
            assert_string_equal(again.strata[a->stratum].name, got->strata[b->stratum].name);
    }
    sampling_free(&again);
}

static void test_the_order_of_records_changes_nothing(void **state)
{
    (void)state;
    for_all(order_changes_nothing);
}

/* A. Patel is of North, B. Jones of South; nobody moderates their own work. */
static void independence_is_flagged(const moderation_policy *policy, const sampling_frame *frame,
                                    const sampling *got, uint64_t seed)
{
    (void)seed;
    for (size_t i = 0; i < frame->count; i++) {
        const sampling_audit *audit = &frame->audits[i];
        const bool            patel =
            strcmp(audit->team, "North") != 0 && strcmp(audit->auditor, "A. Patel") != 0;
        const bool jones =
            strcmp(audit->team, "South") != 0 && strcmp(audit->auditor, "B. Jones") != 0;
        assert_int_equal(got->members[i].unmoderated, policy->moderator_count > 0 &&
                                                          sampling_picked(&got->members[i]) &&
                                                          !patel && !jones);
    }
}

static void test_a_pick_that_nobody_may_moderate_is_kept_and_flagged(void **state)
{
    (void)state;
    for_all(independence_is_flagged);
}

/* ---- Single cases ------------------------------------------------------------------------------ */

static void test_no_audits_are_no_picks(void **state)
{
    (void)state;
    moderation_policy *policy = policy_of("");
    made_frame        *made = new_frame();
    sampling           got;

    draw(&got, policy, 1, &made->frame);
    assert_int_equal(got.stratum_count, 0);
    sampling_free(&got);
    free(made);
    moderation_policy_free(policy);
}

/* One spelling of a name is as good as another: two of four are the least, not four. */
static void test_spellings_of_an_auditor_are_one_auditor(void **state)
{
    (void)state;
    static const char *const spellings[] = {"A. Patel", "a. patel", " A. PATEL", "A. Patel"};
    static const char *const children[] = {"C1", "C2", "C3", "C4"};
    moderation_policy       *policy = policy_of("");
    made_frame              *made = new_frame();
    sampling                 got;

    for (size_t i = 0; i < 4; i++)
        add(made, spellings[i], children[i]);
    draw(&got, policy, 1, &made->frame);
    assert_int_equal(got.stratum_count, 1);
    assert_int_equal(got.strata[0].picked, 2);
    for (size_t i = 0; i < 4; i++)
        assert_true(got.members[i].probability == 0.5);
    sampling_free(&got);
    free(made);
    moderation_policy_free(policy);
}

/* Of five, the two with the smallest numbers: by the Python above the order under seed 7 is,
 * */
static void test_the_smallest_numbers_of_a_stratum_are_picked(void **state)
{
    (void)state;
    moderation_policy *policy = policy_of("");
    made_frame        *made = new_frame();
    sampling           got;

    for (size_t i = 0; i < 5; i++) {
        sampling_audit *audit = add(made, "A. Patel", "");
        snprintf(made->ids[i], sizeof made->ids[i], "A-%zu", i + 1);
        audit->audit_id = made->ids[i];
    }
    draw(&got, policy, 7, &made->frame);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(got.members[i].at_random, i == 1 || i == 4);
    sampling_free(&got);
    free(made);
    moderation_policy_free(policy);
}

/* Two audits of one child, each of an auditor with one audit more. A least of 1 of each auditor:
 * where the first keeps the child's, they have two, each 1/2; the child's is half as sure of that. */
static void test_audits_of_one_child_share_its_chance(void **state)
{
    (void)state;
    moderation_policy *policy = policy_of("[sample]\nrandom_share = 0%\nleast_per_auditor = 1\n");
    made_frame        *made = new_frame();
    sampling           got;

    add(made, "A. Patel", "C1");
    add(made, "A. Patel", "C2");
    add(made, "B. Jones", "C1");
    add(made, "B. Jones", "C3");
    draw(&got, policy, 3, &made->frame);
    assert_true(got.members[0].probability == 0.25);
    assert_true(got.members[2].probability == 0.25);
    /* The other two: 1/2 where the child's audit was kept beside it, else sure. */
    assert_true(got.members[1].probability + got.members[3].probability == 1.5);
    sampling_free(&got);
    free(made);
    moderation_policy_free(policy);
}

/* 12 months before 31 May 2026 (20604) is 31 May 2025: picked on that day it may be picked again,
 * picked on 1 June 2025 it may not. */
static void test_a_childs_file_is_free_after_exactly_the_months(void **state)
{
    (void)state;
    moderation_policy *policy = policy_of("");

    for (int32_t late = 0; late < 2; late++) {
        made_frame *made = new_frame();
        sampling    got;
        add(made, "A. Patel", "C1")->day = 20604;
        /* written in another letter case */
        add_earlier(made, (sampling_earlier){"c1", "B. Jones", 20239 + late, false});
        draw(&got, policy, 1, &made->frame);
        assert_int_equal(got.members[0].bar,
                         late ? SAMPLING_CHILD_PICKED_BEFORE : SAMPLING_MAY_BE_PICKED);
        assert_true(got.members[0].at_random == !late);
        sampling_free(&got);
        free(made);
    }
    moderation_policy_free(policy);
}

/* What is inadequate is looked at though the child's file was, a month ago. */
static void test_a_rule_goes_before_the_months(void **state)
{
    (void)state;
    moderation_policy *policy = policy_of("");
    made_frame        *made = new_frame();
    sampling           got;

    sampling_audit *audit = add(made, "A. Patel", "C1");
    audit->tool_place = 0;
    audit->tool_grade = "inadequate";
    add_earlier(made, (sampling_earlier){"C1", "B. Jones", DAY - 30, true});
    draw(&got, policy, 1, &made->frame);
    assert_false(got.members[0].at_random);
    assert_true(got.members[0].probability == 0);
    assert_int_equal(got.members[0].triggers, 1u << 1 | 1u << 2);
    assert_string_equal(sampling_trigger_id(policy, 1), "inadequate_tool");
    assert_string_equal(sampling_trigger_id(policy, 2), "tool_differs");
    assert_true(sampling_picked(&got.members[0]));
    sampling_free(&got);
    free(made);
    moderation_policy_free(policy);
}

/* 180 days: new with the first audit 179 days ago, in a store that goes back 180; not in a younger
 * store, nor where the policy does not count days and does not name them. */
static void test_who_is_new(void **state)
{
    (void)state;
    moderation_policy *policy = policy_of("");
    sampling_audit     audit = {.auditor = "A. Patel", .day = DAY, .auditor_since = DAY - 179};

    assert_true(sampling_is_new(policy, &audit, DAY - 180));
    assert_false(sampling_is_new(policy, &audit, DAY - 179));
    audit.auditor_since = DAY - 180;
    assert_false(sampling_is_new(policy, &audit, DAY - 900));
    moderation_policy_free(policy);

    policy = policy_of("[more]\nnew_auditor_days = 0\nnew_auditors = B. Jones | a. patel\n");
    assert_true(sampling_is_new(policy, &audit, DAY));
    audit.auditor = "C. Khan";
    assert_false(sampling_is_new(policy, &audit, DAY - 900));
    moderation_policy_free(policy);
}

/* Picks of earlier draws fill the least number: with one in the three months one more is sure, with
 * two none is, and one that a rule picked does not count. */
static void test_earlier_picks_fill_the_least_number(void **state)
{
    (void)state;
    moderation_policy *policy = policy_of("[sample]\nrandom_share = 0%\n");

    for (size_t before = 0; before < 4; before++) {
        made_frame *made = new_frame();
        sampling    got;
        for (size_t i = 0; i < 5; i++)
            add(made, "A. Patel", "");
        for (size_t e = 0; e < before; e++)
            add_earlier(made, (sampling_earlier){"", "a. patel", DAY - 20, true});
        add_earlier(made, (sampling_earlier){"", "A. Patel", DAY - 20, false});
        add_earlier(made, (sampling_earlier){"", "A. Patel", DAY - 100, true});
        draw(&got, policy, 1, &made->frame);
        assert_int_equal(got.strata[0].picked, before < 2 ? 2 - before : 0);
        assert_int_equal(got.members[0].bar,
                         before < 2 ? SAMPLING_MAY_BE_PICKED : SAMPLING_NO_SHARE);
        sampling_free(&got);
        free(made);
    }
    moderation_policy_free(policy);
}

/* ---- Chances are what is recorded ---------------------------------------------------------------- */

enum { SEEDS = 20000 };

/* A month as it may be: small strata, a child with two and one with three audits, across auditors and
 * strata, a thin margin, somebody new, inadequates, files picked before. */
static made_frame *a_month(void)
{
    static const char *const children[] = {
        "C1",  "C2",  "C3",  "C4",  "C5",  "C6",  "C7",  /* A. Patel */
        "C1",  "C8",  "C9",  "C10", "C11",               /* B. Jones */
        "C1",  "C2",  "C12", "C13", "",                  /* C. Khan */
        "C14", "C15", "C16",                             /* D. Lee */
        "C17", "C18", "C18", "C19", "C20", "C21", "C22", /* E. Fox */
    };
    static const size_t of_auditor[] = {7, 5, 5, 3, 7};
    made_frame         *made = new_frame();
    size_t              next_child = 0;

    for (size_t a = 0; a < 5; a++)
        for (size_t i = 0; i < of_auditor[a]; i++)
            add(made, auditors[a], children[next_child++]);
    /* AU-01 to AU-07 are A. Patel's, and so on. */
    for (size_t i = 2; i < 27; i += 4)
        made->audits[i].margin = 50;
    made->audits[7].margin = 99;
    for (size_t i = 17; i < 20; i++)
        made->audits[i].auditor_since = DAY - 20;
    made->audits[5].auditor_place = 0;
    made->audits[12].tool_place = 0;
    made->audits[20].auditor_place = 3;
    made->audits[20].tool_place = 1;
    add_earlier(made, (sampling_earlier){"C4", "A. Patel", DAY - 40, true});
    add_earlier(made, (sampling_earlier){"C20", "E. Fox", DAY - 700, true});
    return made;
}

typedef struct {
    double hits[AUDITS_MAX];     /* picked less its probability, summed */
    double variance[AUDITS_MAX]; /* of that sum */
    double error;                /* of Horvitz-Thompson sums; and its square */
    double error_squared;
} tally;

/* The grade that a sum is taken over: anything that does not hang on the draw. */
static double figure(const made_frame *made, size_t i)
{
    return 1 + 3 * (i % 4 == 0) + (made->audits[i].margin < 100 ? 2 : 0);
}

static void take(tally *sum, const made_frame *made, const sampling *got)
{
    double estimate = 0, truth = 0;

    for (size_t i = 0; i < made->frame.count; i++) {
        const sampling_member *member = &got->members[i];
        const double           chance = member->probability;
        sum->hits[i] += member->at_random - chance;
        sum->variance[i] += chance * (1 - chance);
        if (chance > 0) {
            truth += figure(made, i);
            estimate += member->at_random ? figure(made, i) / chance : 0;
        }
    }
    sum->error += estimate - truth;
    sum->error_squared += (estimate - truth) * (estimate - truth);
}

/* Given what the first phase made of other children, an audit is picked with its recorded chance; so
 * over seeds, sum(picked - chance) has mean 0 and a variance of sum(chance (1 - chance)). With 27
 * audits and 2 policies 54 z-scores and 2 sums are looked at: a right draw has one of them outside
 * 4.9 with probability under 56 x 1e-6 (two-sided normal). A chance that is wrong by 0.02 at 0.2
 * gives z = 0.02 x sqrt(20000 / 0.16) = 7.1. */
static void test_audits_are_picked_as_often_as_their_chance_says(void **state)
{
    static const char *const months[] = {
        "",
        "[sample]\nrandom_share = 7.5%\nleast_per_auditor = 0\n[exclude]\nsame_child_within = 0\n"};
    const double bound = 4.9;
    (void)state;

    for (size_t m = 0; m < sizeof months / sizeof *months; m++) {
        moderation_policy *policy = policy_of(months[m]);
        made_frame        *made = a_month();
        tally              sum = {0};
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            sampling got;
            draw(&got, policy, seed, &made->frame);
            take(&sum, made, &got);
            sampling_free(&got);
        }
        for (size_t i = 0; i < made->frame.count; i++) {
            /* Where the chance is 0 or 1 there is none: always so. */
            const double z =
                sum.variance[i] > 0 ? sum.hits[i] / sqrt(sum.variance[i]) : sum.hits[i];
            if (fabs(z) > bound)
                print_message("%s of policy %zu: z = %.2f\n", made->ids[i], m, z);
            assert_true(fabs(z) < bound);
        }
        const double mean = sum.error / SEEDS;
        const double deviation = sqrt((sum.error_squared / SEEDS - mean * mean) / SEEDS);
        assert_true(deviation > 0);
        assert_true(fabs(mean / deviation) < bound);
        free(made);
        moderation_policy_free(policy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chance_is_the_same_on_any_machine),
        cmocka_unit_test(test_a_share_is_kept_exactly),
        cmocka_unit_test(test_a_least_number_is_shared_by_those_left_out),
        cmocka_unit_test(test_every_audit_that_a_rule_names_is_picked_and_no_other),
        cmocka_unit_test(test_no_child_is_picked_at_random_twice_within_the_months),
        cmocka_unit_test(test_shares_and_least_numbers_are_kept),
        cmocka_unit_test(test_a_chance_is_at_least_the_share),
        cmocka_unit_test(test_the_order_of_records_changes_nothing),
        cmocka_unit_test(test_a_pick_that_nobody_may_moderate_is_kept_and_flagged),
        cmocka_unit_test(test_no_audits_are_no_picks),
        cmocka_unit_test(test_spellings_of_an_auditor_are_one_auditor),
        cmocka_unit_test(test_the_smallest_numbers_of_a_stratum_are_picked),
        cmocka_unit_test(test_audits_of_one_child_share_its_chance),
        cmocka_unit_test(test_a_childs_file_is_free_after_exactly_the_months),
        cmocka_unit_test(test_a_rule_goes_before_the_months),
        cmocka_unit_test(test_who_is_new),
        cmocka_unit_test(test_earlier_picks_fill_the_least_number),
        cmocka_unit_test(test_audits_are_picked_as_often_as_their_chance_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
