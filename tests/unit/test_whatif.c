/* The smallest changes that move a judgement: by hand, and against trying everything. */
#include "grading_case.h"

enum { INADEQUATE, REQUIRES_IMPROVEMENT, GOOD, OUTSTANDING };

#define THREE                                                                                      \
    "[criterion.a]\nmeasure = rating\n[criterion.b]\nmeasure = rating\n"                           \
    "[criterion.c]\nmeasure = rating\n"

static void test_one_rating_up_where_that_is_enough(void **state)
{
    rubric *held = assert_taken(HEAD THREE);
    const uint8_t ratings[] = {GOOD, GOOD, REQUIRES_IMPROVEMENT}; /* 8/3, good from 2.5 */
    whatif found;
    (void)state;

    /* outstanding from 3.5: 10.5 of 12 points, so 3 more; two criteria, as (+1, +2) in the
     * two ways that move three levels, or (+1, +1) nowhere near: 4 + 3 + 4 = 11 by a and c,
     * 3 + 4 + 4 = 11 by b and c */
    assert_true(whatif_raise(held, ratings, OUTSTANDING, &found));
    assert_true(found.possible);
    assert_true(found.decided);
    assert_int_equal(found.size, 2);
    assert_int_equal(found.all_sets, 2);
    assert_int_equal(found.changes[0].criterion, 0);
    assert_int_equal(found.changes[0].to, OUTSTANDING);
    assert_int_equal(found.changes[1].criterion, 2);
    assert_int_equal(found.changes[1].to, OUTSTANDING);
    whatif_free(&found);

    /* good is lost under 7.5 points: one more down, by any of the three, one level */
    assert_true(whatif_lose(held, ratings, GOOD, &found));
    assert_int_equal(found.size, 1);
    assert_int_equal(found.all_sets, 3);
    assert_int_equal(found.changes[0].to, REQUIRES_IMPROVEMENT);
    whatif_free(&found);
    rubric_free(held);
}

static void test_a_limit_must_be_lifted_whatever_the_score(void **state)
{
    rubric *held = assert_taken(HEAD THREE "[criterion.d]\nmeasure = rating\ncritical = yes\n");
    const uint8_t ratings[] = {OUTSTANDING, OUTSTANDING, OUTSTANDING, INADEQUATE}; /* 13/4 */
    whatif found;
    (void)state;

    assert_true(whatif_raise(held, ratings, REQUIRES_IMPROVEMENT, &found));
    assert_int_equal(found.size, 1);
    assert_int_equal(found.set_count, 1);
    assert_int_equal(found.changes[0].criterion, 3);
    assert_int_equal(found.changes[0].to, REQUIRES_IMPROVEMENT);
    whatif_free(&found);
    rubric_free(held);
}

static void test_evidence_that_is_found_is_a_change(void **state)
{
    rubric *held = assert_taken(HEAD THREE);
    const uint8_t ratings[] = {GOOD, GOOD, RATING_MISSING}; /* 3.0 at 66% */
    whatif found;
    (void)state;

    /* 3.5 needs 10.5 of 12 with all three, or 7 of 8 with two: one good up */
    assert_true(whatif_raise(held, ratings, OUTSTANDING, &found));
    assert_int_equal(found.size, 1);
    assert_int_equal(found.all_sets, 2);
    whatif_free(&found);
    rubric_free(held);
}

static void test_a_criterion_takes_only_the_levels_that_it_can_give(void **state)
{
    rubric *held = assert_taken(HEAD "[criterion.a]\nmeasure = yes_no\n"
                                     "[criterion.b]\nmeasure = number\n"
                                     "bands = good <= 10, requires_improvement\n"
                                     "[criterion.c]\nmeasure = rating\n");
    const uint8_t ratings[] = {INADEQUATE, REQUIRES_IMPROVEMENT, REQUIRES_IMPROVEMENT}; /* 5/3 */
    whatif found;
    (void)state;

    /* good from 7.5 points, 3 more: yes and b good are 2 and 1, c outstanding 2 with either; c and
     * yes are 4. Two levels moved for yes, one for b or two for c: the fewest are 3, by a and b
     * (2 + 1), a and c good (2 + 1), b and c outstanding (1 + 2) */
    assert_true(whatif_raise(held, ratings, GOOD, &found));
    assert_int_equal(found.size, 2);
    assert_int_equal(found.all_sets, 3);
    for (size_t i = 0; i < found.set_count * found.size; i++)
        if (found.changes[i].criterion != 2)
            assert_int_equal(found.changes[i].to, GOOD);
    whatif_free(&found);

    /* outstanding from 10.5: 3 + 3 + 4 = 10 is the most there is */
    assert_true(whatif_raise(held, ratings, OUTSTANDING, &found));
    assert_false(found.possible);
    whatif_free(&found);
    rubric_free(held);
}

static void test_what_cannot_be_reached_is_said(void **state)
{
    rubric *held = assert_taken(HEAD THREE);
    const uint8_t ratings[] = {RATING_NOT_APPLICABLE, GOOD, RATING_NOT_DUE};
    whatif found;
    (void)state;

    assert_true(whatif_raise(held, ratings, OUTSTANDING, &found));
    assert_true(found.possible); /* b alone: 4.0 */
    whatif_free(&found);
    const uint8_t none[] = {RATING_NOT_APPLICABLE, RATING_NOT_APPLICABLE, RATING_NOT_DUE};
    assert_true(whatif_raise(held, none, GOOD, &found));
    assert_false(found.possible);
    assert_true(found.decided);
    whatif_free(&found);
    rubric_free(held);
}

/* ---- Against trying everything ------------------------------------------------ */

static uint64_t next_random(uint64_t *state) /* splitmix64 */
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

enum { CRITERIA = 5 };

/* The fewest ratings to change, by trying every one of the 4^5 records; SIZE_MAX: none does. */
static size_t fewest(const rubric *held, const uint8_t *ratings, level target, bool raise)
{
    size_t best = SIZE_MAX;

    for (unsigned all = 0; all < 1u << (2 * CRITERIA); all++) {
        uint8_t trial[CRITERIA];
        size_t changes = 0;
        bool allowed = true;

        for (size_t c = 0; c < CRITERIA; c++) {
            const uint8_t to = (uint8_t)(all >> (2 * c) & 3);
            const bool fixed = ratings[c] == RATING_NOT_APPLICABLE;
            /* what is missing may stay so: `to` 0 stands for that once, below */
            trial[c] = fixed ? ratings[c] : to;
            changes += !fixed && to != ratings[c];
            allowed &= !fixed || to == 0;
        }
        /* every choice of missing criteria to leave missing */
        for (unsigned left = 0; allowed && left < 1u << CRITERIA; left++) {
            uint8_t partly[CRITERIA];
            size_t kept = 0;
            bool fits = true;
            memcpy(partly, trial, sizeof partly);
            for (size_t c = 0; c < CRITERIA; c++)
                if (left >> c & 1) {
                    fits &= ratings[c] == RATING_MISSING;
                    partly[c] = RATING_MISSING;
                    kept++;
                }
            if (!fits)
                continue;
            const judgement made = judge_record(held, partly);
            if (made.judgement < LEVELS_MAX &&
                (raise ? made.judgement >= target : made.judgement < target) &&
                changes - kept < best)
                best = changes - kept;
        }
    }
    return best;
}

static rubric *random_rubric(uint64_t *seed)
{
    char written[2048];
    size_t used = (size_t)snprintf(written, sizeof written, "%s", HEAD);

    if (next_random(seed) % 2)
        used += (size_t)snprintf(written + used, sizeof written - used,
                                 "[judgement.outstanding]\nmax_requires_improvement = %u\n"
                                 "[judgement.good]\nmax_inadequate = %u\n",
                                 (unsigned)(next_random(seed) % 3),
                                 (unsigned)(next_random(seed) % 2));
    for (unsigned c = 0; c < CRITERIA; c++) {
        used += (size_t)snprintf(written + used, sizeof written - used,
                                 "[criterion.%c]\nmeasure = rating\nweight = %u\n", 'a' + c,
                                 (unsigned)(next_random(seed) % 4));
        if (next_random(seed) % 3 == 0)
            used += (size_t)snprintf(written + used, sizeof written - used,
                                     "limit = inadequate -> requires_improvement\n");
    }
    return assert_taken(written);
}

static void test_the_search_finds_the_fewest_changes(void **state)
{
    uint64_t seed = 20261121;
    (void)state;

    for (int trial = 0; trial < 60; trial++) {
        rubric *held = random_rubric(&seed);
        uint8_t ratings[CRITERIA];
        for (size_t c = 0; c < CRITERIA; c++) {
            const uint64_t draw = next_random(&seed) % 8;
            ratings[c] = draw == 7   ? RATING_NOT_APPLICABLE
                         : draw == 6 ? RATING_MISSING
                                     : (uint8_t)(draw % 4);
        }
        const judgement now = judge_record(held, ratings);
        for (int raise = 0; raise < 2 && now.judgement < LEVELS_MAX; raise++) {
            const level target = (level)(now.judgement + raise);
            whatif found;
            if (target == 0 || target > OUTSTANDING)
                continue;
            assert_true((raise ? whatif_raise : whatif_lose)(held, ratings, target, &found));
            const size_t expected = fewest(held, ratings, target, raise);
            assert_true(found.decided);
            assert_int_equal(found.possible, expected != SIZE_MAX);
            if (found.possible)
                assert_int_equal(found.size, expected);
            whatif_free(&found);
        }
        rubric_free(held);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_rating_up_where_that_is_enough),
        cmocka_unit_test(test_a_limit_must_be_lifted_whatever_the_score),
        cmocka_unit_test(test_evidence_that_is_found_is_a_change),
        cmocka_unit_test(test_a_criterion_takes_only_the_levels_that_it_can_give),
        cmocka_unit_test(test_what_cannot_be_reached_is_said),
        cmocka_unit_test(test_the_search_finds_the_fewest_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
