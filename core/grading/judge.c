#include "grading/grading.h"

#include <string.h>

/* grading.md 6: sums over the criteria that are rated and have weight. */
static void add_points(const uint8_t *restrict ratings, uint16_t weight, size_t count,
                       uint32_t *restrict points, uint32_t *restrict rated,
                       uint32_t *restrict missing)
{
    for (size_t k = 0; k < count; k++) {
        /* 16 bits hold 1000 x 9, and are what every processor can multiply side by side */
        const uint16_t one = ratings[k] < LEVELS_MAX ? weight : 0;
        const uint16_t product = (uint16_t)(one * (ratings[k] + 1));
        rated[k] += one;
        points[k] += product;
        missing[k] += ratings[k] == RATING_MISSING ? weight : 0;
    }
}

static void add_criterion(const criterion *asked, const uint8_t *ratings, size_t count,
                          const judge_space *space)
{
    add_points(ratings, (uint16_t)asked->weight, count, space->points, space->weight, space->missing);
}

static void count_level(const uint8_t *restrict ratings, uint8_t wanted, size_t count,
                        uint16_t *restrict of_level)
{
    for (size_t k = 0; k < count; k++)
        of_level[k] = (uint16_t)(of_level[k] + (ratings[k] == wanted));
}

/* 6.4 counts only the levels that a requirement names. */
static void count_levels(const rubric *held, const uint8_t *const *ratings, size_t count,
                         const judge_space *space)
{
    bool counted[LEVELS_MAX] = {false};

    for (size_t r = 0; r < held->requirement_count; r++) {
        const uint8_t wanted = held->requirements[r].counted;
        if (counted[wanted])
            continue;
        counted[wanted] = true;

        uint16_t *of_level = space->counts + wanted * space->capacity;
        memset(of_level, 0, count * sizeof *of_level);
        for (size_t c = 0; c < held->criterion_count; c++)
            if (held->criteria[c].weight > 0)
                count_level(ratings[c], wanted, count, of_level);
    }
}

static void apply_limit(const uint8_t *restrict ratings, limit holds, size_t count,
                        uint8_t *restrict cap)
{
    for (size_t k = 0; k < count; k++)
        cap[k] = ratings[k] <= holds.at && holds.most < cap[k] ? holds.most : cap[k];
}

/* 6.5: a criterion rated at a limit's level or lower holds the judgement down. */
static void apply_limits(const criterion *asked, const uint8_t *ratings, size_t count, uint8_t *cap)
{
    for (size_t l = 0; l < asked->limit_count; l++)
        apply_limit(ratings, asked->limits[l], count, cap);
}

/* 6.3: the highest level whose threshold is at or under points / weight. */
static level base_level(const rubric *held, uint32_t points, uint32_t weight)
{
    level base = (level)(held->scale.count - 1);
    while (base > 0 && 1000ull * points < (uint64_t)held->thousandths[base] * weight)
        base--;
    return base;
}

static bool requirements_hold(const rubric *held, level candidate, const judge_space *space,
                              size_t k)
{
    for (size_t r = 0; r < held->requirement_count; r++) {
        const requirement *asked = &held->requirements[r];
        if (asked->of == candidate &&
            space->counts[asked->counted * space->capacity + k] > asked->most)
            return false;
    }
    return true;
}

static void judge_one(const rubric *held, const judge_space *space, size_t k)
{
    const uint64_t weight = space->weight[k], all = weight + space->missing[k];

    space->coverage[k] = (uint8_t)(weight == all ? (weight ? 100 : 0) : 100 * weight / all);
    space->base[k] = space->stepped[k] = LEVEL_NONE;
    if (weight == 0 || 100 * weight < held->min_coverage * all) {
        space->judgement[k] = JUDGEMENT_NOT_GRADED;
        return;
    }
    if (!held->overall) {
        space->judgement[k] = JUDGEMENT_NONE;
        return;
    }
    level candidate = base_level(held, space->points[k], space->weight[k]);
    space->base[k] = candidate;
    while (candidate > 0 && !requirements_hold(held, candidate, space, k))
        candidate--;
    space->stepped[k] = candidate;
    space->judgement[k] = candidate < space->cap[k] ? candidate : space->cap[k];
}

void judge_batch(const rubric *held, const uint8_t *const *ratings, size_t count,
                 const judge_space *space)
{
    memset(space->points, 0, count * sizeof *space->points);
    memset(space->weight, 0, count * sizeof *space->weight);
    memset(space->missing, 0, count * sizeof *space->missing);
    memset(space->cap, (int)held->scale.count - 1, count);

    for (size_t c = 0; c < held->criterion_count; c++) {
        add_criterion(&held->criteria[c], ratings[c], count, space);
        apply_limits(&held->criteria[c], ratings[c], count, space->cap);
    }
    count_levels(held, ratings, count, space);
    for (size_t k = 0; k < count; k++)
        judge_one(held, space, k);
}

judgement judge_record(const rubric *held, const uint8_t *ratings)
{
    uint32_t points, weight, missing;
    uint16_t counts[LEVELS_MAX] = {0};
    uint8_t cap, base, stepped, coverage, judged;
    const judge_space space = {&points,  &weight,   &missing, counts, &cap, &base,
                               &stepped, &coverage, &judged,  1};

    points = weight = missing = 0;
    cap = (uint8_t)(held->scale.count - 1);
    for (size_t c = 0; c < held->criterion_count; c++) {
        add_criterion(&held->criteria[c], &ratings[c], 1, &space);
        apply_limits(&held->criteria[c], &ratings[c], 1, &cap);
        if (held->criteria[c].weight > 0 && ratings[c] < LEVELS_MAX)
            counts[ratings[c]]++;
    }
    judge_one(held, &space, 0);
    return (judgement){
        .status = judged == JUDGEMENT_NOT_GRADED ? STATUS_INSUFFICIENT : STATUS_GRADED,
        .judgement = judged,
        .base = base,
        .stepped = stepped,
        .coverage = coverage,
        .points = points,
        .weight = weight,
    };
}
