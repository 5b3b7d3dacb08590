#include "proof/near.h"

#include <string.h>

enum { WALKS = 16, STEPS = 300, RECORDS_MAX = 1000 };

/* Ratings that are changed one by one, up and down the scale. */
typedef struct {
    const domain *domain;
    uint8_t      *records;
    size_t        count;
    uint16_t     *masks; /* [criterion]: what it can come to in the world of its part */
    uint8_t      *now;
    uint8_t      *before;
    uint64_t      chance;
} walk;

static size_t chance(walk *at, size_t below)
{
    at->chance = at->chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(at->chance >> 33) % below;
}

static size_t outcome_of(uint8_t rating)
{
    return rating < LEVELS_MAX        ? rating
           : rating == RATING_MISSING ? (size_t)OUTCOME_MISSING
                                      : (size_t)OUTCOME_LEFT_OUT;
}

/* Its best level; left out or missing where it has none. */
static uint8_t best_of(unsigned mask)
{
    for (size_t l = LEVELS_MAX; l-- > 0;)
        if (mask >> l & 1)
            return (uint8_t)l;
    return outcome_rating(mask >> OUTCOME_LEFT_OUT & 1 ? OUTCOME_LEFT_OUT : OUTCOME_MISSING);
}

/* Any world for each part; in it the best of each criterion. */
static void start(walk *at)
{
    for (size_t p = 0; p < at->domain->part_count; p++) {
        const domain_part *part = &at->domain->parts[p];
        const size_t       world = chance(at, part->worlds);
        for (size_t i = 0; i < part->criterion_count; i++) {
            const size_t c = part->criteria[i];
            at->masks[c] = part->masks[world * part->criterion_count + i];
            at->now[c] = best_of(at->masks[c]);
        }
    }
}

/* One criterion to the next outcome below its own (above it, where not `down`), or, seldom, to any. */
static void step(walk *at, bool down)
{
    const size_t c = chance(at, at->domain->rubric->criterion_count);
    size_t       o = outcome_of(at->now[c]);

    if (chance(at, 8) == 0)
        o = chance(at, OUTCOMES);
    for (size_t tried = 0; tried < OUTCOMES; tried++) {
        o = (down ? o + OUTCOMES - 1 : o + 1) % OUTCOMES;
        if (at->masks[c] >> o & 1)
            break;
    }
    at->now[c] = outcome_rating(o);
}

static void keep(walk *at, const uint8_t *ratings)
{
    const size_t size = at->domain->rubric->criterion_count;

    if (at->count < RECORDS_MAX)
        memcpy(at->records + at->count++ * size, ratings, size);
}

static void go(walk *at)
{
    const rubric *held = at->domain->rubric;
    const level   highest = (level)(held->scale.count - 1);
    bool          down = true;

    start(at);
    judgement was = judge_record(held, at->now);
    for (size_t s = 0; s < STEPS && at->count < RECORDS_MAX; s++) {
        memcpy(at->before, at->now, held->criterion_count);
        step(at, down);
        const judgement is = judge_record(held, at->now);
        if (is.judgement != was.judgement) {
            keep(at, at->before);
            keep(at, at->now);
            down = is.judgement == highest || (is.judgement != 0 && chance(at, 2) == 0);
        }
        was = is;
    }
}

/* A part without a world: whatever its fields say, some criterion rejects the record. */
static bool none_is_graded(const domain *held)
{
    for (size_t p = 0; p < held->part_count; p++)
        if (held->parts[p].worlds == 0)
            return true;
    return false;
}

bool near_make(near_records *out, const domain *held)
{
    const size_t count = held->rubric->criterion_count;
    walk         at = {.domain = held, .chance = count};

    *out = (near_records){.count = 0};
    at.records = arena_array(&out->memory, RECORDS_MAX, count);
    at.masks = arena_array(&out->memory, count, sizeof *at.masks);
    at.now = arena_array(&out->memory, count, 1);
    at.before = arena_array(&out->memory, count, 1);
    if (at.records == NULL || at.masks == NULL || at.now == NULL || at.before == NULL) {
        near_free(out);
        return false;
    }
    for (size_t w = 0; w < WALKS && !none_is_graded(held); w++)
        go(&at);
    out->ratings = at.records;
    out->count = at.count;
    return true;
}

void near_free(near_records *unwanted)
{
    arena_free(&unwanted->memory);
    *unwanted = (near_records){0};
}
