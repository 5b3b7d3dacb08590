/* grading.md 6 over columns: what it gives is what the rules give one record at a time, also where sums
 * are long, criteria many and weights at their most. The rules stand here once more, slowly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "grading/grading.h"

enum { RECORDS = 1100, CRITERIA_MAX = 600, REQUIREMENTS = 3 };

static uint64_t seed;

static unsigned below(unsigned count)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % count;
}

/* ---- The rules, one record at a time ---------------------------------------------- */

static unsigned rated_exactly(const rubric *held, const uint8_t *ratings, level wanted)
{
    unsigned count = 0;
    for (size_t c = 0; c < held->criterion_count; c++)
        count += held->criteria[c].weight > 0 && ratings[c] == wanted;
    return count;
}

static bool requirements_hold(const rubric *held, const uint8_t *ratings, level candidate)
{
    for (size_t r = 0; r < held->requirement_count; r++)
        if (held->requirements[r].of == candidate &&
            rated_exactly(held, ratings, held->requirements[r].counted) >
                held->requirements[r].most)
            return false;
    return true;
}

static judgement by_the_rules(const rubric *held, const uint8_t *ratings)
{
    const level highest = (level)(held->scale.count - 1);
    uint64_t    points = 0, weight = 0, missing = 0;
    judgement   out = {.base = LEVEL_NONE, .stepped = LEVEL_NONE, .cap = highest};

    for (size_t c = 0; c < held->criterion_count; c++) {
        const criterion *asked = &held->criteria[c];
        if (ratings[c] < LEVELS_MAX) {
            points += asked->weight * (ratings[c] + 1u);
            weight += asked->weight;
        }
        if (ratings[c] == RATING_MISSING)
            missing += asked->weight;
        for (size_t l = 0; l < asked->limit_count; l++)
            if (ratings[c] <= asked->limits[l].at && asked->limits[l].most < out.cap)
                out.cap = asked->limits[l].most;
    }
    out.points = (uint32_t)points;
    out.weight = (uint32_t)weight;
    out.coverage = (uint8_t)(weight ? 100 * weight / (weight + missing) : 0);
    if (!weight || 100 * weight < held->min_coverage * (weight + missing)) {
        out.status = STATUS_INSUFFICIENT;
        out.judgement = JUDGEMENT_NOT_GRADED;
        return out;
    }
    out.status = STATUS_GRADED;
    out.judgement = JUDGEMENT_NONE;
    if (!held->overall)
        return out;
    out.base = highest;
    while (out.base > 0 && 1000 * points < held->thousandths[out.base] * weight)
        out.base--;
    out.stepped = out.base;
    while (out.stepped > 0 && !requirements_hold(held, ratings, out.stepped))
        out.stepped--;
    out.judgement = out.stepped < out.cap ? out.stepped : out.cap;
    return out;
}

/* ---- Rubrics and ratings by chance -------------------------------------------------- */

typedef struct {
    rubric      held;
    criterion   criteria[CRITERIA_MAX];
    limit       limits[CRITERIA_MAX][2];
    requirement requirements[REQUIREMENTS];
    uint8_t     ratings[CRITERIA_MAX][RECORDS];
} chance_rubric;

static void make_rubric(chance_rubric *out, size_t criteria, unsigned greatest_weight)
{
    const unsigned levels = 2 + below(LEVELS_MAX - 1);
    rubric        *held = &out->held;

    *held = (rubric){.scale.count = levels,
                     .overall = below(10) > 0,
                     .min_coverage = below(4) ? 40 + below(30) : below(101),
                     .criteria = out->criteria,
                     .criterion_count = criteria,
                     .requirements = out->requirements,
                     .requirement_count = below(REQUIREMENTS + 1)};
    for (unsigned l = 1; l < levels; l++)
        held->thousandths[l] = l * 1000 + (below(2) ? 500 : 1 + below(999));
    level of = (level)(levels - 1);
    for (size_t r = 0; r < held->requirement_count; r++) {
        of = (level)(of > 1 && below(2) ? of - 1 : of);
        out->requirements[r] = (requirement){
            .of = of,
            .counted = (level)below(levels),
            .most = below(20) ? below((unsigned)criteria / levels + 1) : 100000,
        };
    }
    for (size_t c = 0; c < criteria; c++) {
        for (size_t l = 0; l < 2; l++)
            out->limits[c][l] = (limit){.at = (level)below(levels), .most = (level)below(levels)};
        out->criteria[c] = (criterion){
            .weight = below(8) ? greatest_weight - below(greatest_weight / 2 + 1) : 0,
            .limits = out->limits[c],
            .limit_count = below(20) < 1 ? 1 + below(2) : 0,
        };
    }
    for (size_t k = 0; k < RECORDS; k++) {
        const unsigned leaning = below(levels), missing = below(60);
        for (size_t c = 0; c < criteria; c++) {
            const unsigned chance = below(100);
            out->ratings[c][k] = chance < missing        ? (uint8_t)(RATING_MISSING + below(3))
                                 : chance < missing + 20 ? (uint8_t)below(levels)
                                                         : (uint8_t)leaning;
        }
    }
}

typedef struct {
    uint32_t points[RECORDS], weight[RECORDS];
    uint8_t  cap[RECORDS], base[RECORDS], stepped[RECORDS], coverage[RECORDS], judged[RECORDS];
} columns;

static void assert_judged(const judgement *expected, const judgement *got)
{
    assert_int_equal(got->judgement, expected->judgement);
    assert_int_equal(got->points, expected->points);
    assert_int_equal(got->weight, expected->weight);
    assert_int_equal(got->coverage, expected->coverage);
    assert_int_equal(got->base, expected->base);
    assert_int_equal(got->stepped, expected->stepped);
    assert_int_equal(got->cap, expected->cap);
}

static void check(const chance_rubric *made, size_t count)
{
    static columns    got;
    const judge_space space = {got.points,  got.weight,   got.cap,   got.base,
                               got.stepped, got.coverage, got.judged};
    const uint8_t    *ratings[CRITERIA_MAX] = {0};
    uint8_t           record[CRITERIA_MAX] = {0};

    for (size_t c = 0; c < made->held.criterion_count; c++)
        ratings[c] = made->ratings[c];
    judge_batch(&made->held, ratings, count, &space);
    for (size_t k = 0; k < count; k++) {
        for (size_t c = 0; c < made->held.criterion_count; c++)
            record[c] = ratings[c][k];
        const judgement expected = by_the_rules(&made->held, record);
        const judgement one = judge_record(&made->held, record);
        const judgement of_columns = {
            .status = expected.status,
            .judgement = got.judged[k],
            .base = got.base[k],
            .stepped = got.stepped[k],
            .cap = got.cap[k],
            .coverage = got.coverage[k],
            .points = got.points[k],
            .weight = got.weight[k],
        };
        assert_judged(&expected, &of_columns);
        assert_judged(&expected, &one);
        assert_int_equal(one.status, expected.status);
    }
}

static void test_columns_are_judged_as_records_are(void **state)
{
    static chance_rubric made;

    (void)state;
    seed = 6;
    for (int turn = 0; turn < 60; turn++) {
        make_rubric(&made, 1 + below(30), 1 + below(6));
        check(&made, 1 + below(300));
    }
}

static void test_long_sums_do_not_overflow(void **state)
{
    static chance_rubric made;

    (void)state;
    seed = 7;
    make_rubric(&made, 8, 1000); /* 8 x 9 x 1000 is over 2^16 */
    check(&made, RECORDS);       /* and more than one tile */
    make_rubric(&made, 260, 1);  /* over 2^8 criteria */
    check(&made, 200);
    make_rubric(&made, CRITERIA_MAX, 1000); /* 1000 times the points is over 2^32 */
    check(&made, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_are_judged_as_records_are),
        cmocka_unit_test(test_long_sums_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
