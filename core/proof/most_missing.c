/* The greatest number of missing criteria at which a record is still graded: for each number, the best
 * coverage that is left, criterion by criterion. */
#include <stdlib.h>
#include <string.h>

#include "proof/prove.h"

static const int64_t never = INT64_MIN / 4;

/* What the criteria so far can leave: [number missing]. */
typedef struct {
    const asker *asker;
    size_t       count;  /* of criteria */
    int64_t     *best;   /* [number]: before the part */
    int64_t     *world;  /* in a world of it */
    int64_t     *after;  /* in any */
    uint8_t     *chosen; /* [(world * criteria + criterion) * (count + 1) + number] */
    size_t      *worlds; /* [part * (count + 1) + number] */
    size_t       worlds_most;
} leaving;

/* Coverage before all; of two alike the one with evidence, for without any there is no grade. No
 * criterion weighs over 1000, so that the second never outweighs the first. */
static int64_t worth(const leaving *at, size_t c, size_t outcome)
{
    const size_t  cell_at = c * OUTCOMES + outcome;
    const int64_t whole = 2000 * (int64_t)at->count;

    return at->asker->coverage[cell_at] * whole + at->asker->weight[cell_at];
}

/* What is worth trying of a criterion: rated, left out, missing. */
static size_t outcomes_of(unsigned mask, size_t out[3])
{
    size_t count = 0;

    for (size_t l = LEVELS_MAX; l-- > 0;)
        if (mask >> l & 1) {
            out[count++] = l;
            break;
        }
    if (mask >> OUTCOME_LEFT_OUT & 1)
        out[count++] = OUTCOME_LEFT_OUT;
    if (mask >> OUTCOME_MISSING & 1)
        out[count++] = OUTCOME_MISSING;
    return count;
}

static uint8_t *choice(const leaving *at, size_t world, size_t c)
{
    return at->chosen + (world * at->count + c) * (at->count + 1);
}

static void add_criterion(leaving *at, size_t world, size_t c, unsigned mask)
{
    size_t       outcomes[3];
    const size_t count = outcomes_of(mask, outcomes);
    uint8_t     *chosen = choice(at, world, c);

    /* from the greatest number down: what stands under it is still of the criteria before */
    for (size_t number = at->count + 1; number-- > 0;) {
        int64_t best = never;
        for (size_t i = 0; i < count; i++) {
            const size_t more = (size_t)at->asker->missing[c * OUTCOMES + outcomes[i]];
            if (number < more || at->world[number - more] == never)
                continue;
            const int64_t sum = at->world[number - more] + worth(at, c, outcomes[i]);
            if (sum > best) {
                best = sum;
                chosen[number] = (uint8_t)outcomes[i];
            }
        }
        at->world[number] = best;
    }
}

static void add_part(leaving *at, size_t p)
{
    const domain_part *part = &at->asker->domain->parts[p];

    for (size_t number = 0; number <= at->count; number++)
        at->after[number] = never;
    for (size_t w = 0; w < part->worlds; w++) {
        memcpy(at->world, at->best, (at->count + 1) * sizeof *at->best);
        for (size_t i = 0; i < part->criterion_count; i++)
            add_criterion(at, w, part->criteria[i], part->masks[w * part->criterion_count + i]);
        for (size_t number = 0; number <= at->count; number++)
            if (at->world[number] > at->after[number]) {
                at->after[number] = at->world[number];
                at->worlds[p * (at->count + 1) + number] = w;
            }
    }
    memcpy(at->best, at->after, (at->count + 1) * sizeof *at->best);
}

/* The ratings that leave the best with so many missing. */
static void go_back(const leaving *at, size_t number, uint8_t *ratings)
{
    for (size_t p = at->asker->domain->part_count; p-- > 0;) {
        const domain_part *part = &at->asker->domain->parts[p];
        const size_t       world = at->worlds[p * (at->count + 1) + number];
        for (size_t i = part->criterion_count; i-- > 0;) {
            const size_t  c = part->criteria[i];
            const uint8_t outcome = choice(at, world, c)[number];
            ratings[c] = outcome_rating(outcome);
            number -= (size_t)at->asker->missing[c * OUTCOMES + outcome];
        }
    }
}

static bool reserve(leaving *at, arena *memory)
{
    const size_t row = at->count + 1;

    for (size_t p = 0; p < at->asker->domain->part_count; p++)
        if (at->asker->domain->parts[p].worlds > at->worlds_most)
            at->worlds_most = at->asker->domain->parts[p].worlds;
    at->best = arena_array(memory, row, sizeof *at->best);
    at->world = arena_array(memory, row, sizeof *at->world);
    at->after = arena_array(memory, row, sizeof *at->after);
    at->chosen = arena_array(memory, at->worlds_most * at->count, row);
    at->worlds = arena_array(memory, at->asker->domain->part_count * row, sizeof *at->worlds);
    return at->best != NULL && at->world != NULL && at->after != NULL && at->chosen != NULL &&
           at->worlds != NULL;
}

bool most_missing(const asker *asked, size_t *most, uint8_t *ratings)
{
    arena   memory = {0};
    leaving at = {.asker = asked, .count = asked->rubric->criterion_count};

    *most = 0;
    if (!reserve(&at, &memory)) {
        arena_free(&memory);
        return false;
    }
    for (size_t number = 1; number <= at.count; number++)
        at.best[number] = never;
    for (size_t p = 0; p < asked->domain->part_count; p++)
        add_part(&at, p);
    for (size_t number = at.count; number > 0 && *most == 0; number--)
        if (at.best[number] > 0)
            *most = number;
    go_back(&at, *most, ratings);
    arena_free(&memory);
    return true;
}
