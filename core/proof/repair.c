#include "proof/repair.h"

#include <stdlib.h>

enum { TRIES = 8, ROUNDS = 60 };

/* One criterion to another outcome. */
typedef struct {
    size_t  criterion;
    uint8_t to;
    int64_t adds[LINES_MAX];
} change;

typedef struct {
    const reaching *reach;
    const int64_t  *highest;
    uint16_t       *masks; /* [criterion]: what it can come to in the world of its part */
    uint8_t        *now;   /* [criterion]: its outcome */
    int64_t         sums[LINES_MAX];
    change         *changes;
    size_t          change_count;
    uint64_t        chance;
} repairing;

static size_t chance(repairing *at, size_t below)
{
    at->chance = at->chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(at->chance >> 33) % below;
}

/* ---- A record to begin with ------------------------------------------------------------------------- */

static bool leads_on(const repairing *at, size_t from, size_t state)
{
    return at->highest[from * at->reach->counts.states + state] > REACH_NEVER / 2;
}

static size_t after(const repairing *at, size_t c, size_t outcome, size_t state)
{
    const uint32_t *next = reach_after(at->reach, c, outcome);
    return next != NULL ? next[state] : state;
}

/* Any world that leads to a state which is accepted: there is one. */
static size_t any_world(repairing *at, size_t part, size_t state)
{
    const size_t worlds = at->reach->paths->domain->parts[part].worlds;
    size_t       world = chance(at, worlds);

    while (!leads_on(at, paths_into(at->reach->paths, part, world), state))
        world = (world + 1) % worlds;
    return world;
}

/* Likewise an outcome. */
static size_t any_outcome(repairing *at, size_t from, size_t state)
{
    const size_t   c = paths_criterion(at->reach->paths, from);
    const size_t   to = paths_next(at->reach->paths, from);
    const unsigned outcomes = reach_outcomes(at->reach, from);
    size_t         o = chance(at, OUTCOMES);

    while ((outcomes >> o & 1) == 0 || !leads_on(at, to, after(at, c, o, state)))
        o = (o + 1) % OUTCOMES;
    return o;
}

static void begin(repairing *at)
{
    const paths *held = at->reach->paths;
    const size_t lines = at->reach->question->line_count;
    size_t       state = 0;

    for (size_t line = 0; line < lines; line++)
        at->sums[line] = 0;
    for (size_t p = 0; p < held->domain->part_count; p++) {
        const size_t world = any_world(at, p, state);
        for (size_t i = 0; i < held->domain->parts[p].criterion_count; i++) {
            const size_t from = paths_into(held, p, world) + i;
            const size_t c = paths_criterion(held, from);
            const size_t o = any_outcome(at, from, state);
            at->masks[c] = (uint16_t)reach_outcomes(at->reach, from);
            at->now[c] = (uint8_t)o;
            state = after(at, c, o, state);
            for (size_t line = 0; line < lines; line++)
                at->sums[line] +=
                    reach_value(at->reach, at->reach->question->lines[line].value, c, o);
        }
    }
}

/* ---- Changes ---------------------------------------------------------------------------------------- */

static void lay_out_changes(repairing *at)
{
    const search_question *asked = at->reach->question;

    at->change_count = 0;
    for (size_t c = 0; c < at->reach->paths->domain->rubric->criterion_count; c++)
        for (size_t o = 0; o < OUTCOMES; o++) {
            if (o == at->now[c] || (at->masks[c] >> o & 1) == 0)
                continue;
            change *one = &at->changes[at->change_count++];
            *one = (change){.criterion = c, .to = (uint8_t)o};
            for (size_t line = 0; line < asked->line_count; line++)
                one->adds[line] = reach_value(at->reach, asked->lines[line].value, c, o) -
                                  reach_value(at->reach, asked->lines[line].value, c, at->now[c]);
        }
}

/* By how much the lines miss their least after two changes (of which the second may be NULL). */
static int64_t misses(const repairing *at, const change *one, const change *other)
{
    const search_question *asked = at->reach->question;
    int64_t                all = 0;

    for (size_t line = 0; line < asked->line_count; line++) {
        const int64_t sum =
            at->sums[line] + one->adds[line] + (other != NULL ? other->adds[line] : 0);
        if (sum < asked->lines[line].least)
            all += asked->lines[line].least - sum;
    }
    return all;
}

/* Whether the counts are accepted after them. */
static bool is_accepted(const repairing *at, const change *one, const change *other)
{
    size_t state = 0;

    for (size_t c = 0; c < at->reach->paths->domain->rubric->criterion_count; c++) {
        const uint8_t o = c == one->criterion                      ? one->to
                          : other != NULL && c == other->criterion ? other->to
                                                                   : at->now[c];
        state = after(at, c, o, state);
    }
    return at->reach->accepted[state] != 0;
}

static void make_change(repairing *at, const change *made)
{
    if (made == NULL)
        return;
    at->now[made->criterion] = made->to;
    for (size_t line = 0; line < at->reach->question->line_count; line++)
        at->sums[line] += made->adds[line];
}

/* The one or two changes after which least is missed, if that is less than `missed`, which becomes it. */
static bool mend(repairing *at, int64_t *missed)
{
    const change *best = NULL, *beside = NULL;

    lay_out_changes(at);
    for (size_t i = 0; i<at->change_count && * missed> 0; i++) {
        const change *one = &at->changes[i];
        for (size_t k = i; k < at->change_count; k++) {
            const change *other = k == i ? NULL : &at->changes[k];
            if (other != NULL && other->criterion == one->criterion)
                continue;
            const int64_t left = misses(at, one, other);
            if (left >= *missed || !is_accepted(at, one, other))
                continue;
            *missed = left;
            best = one;
            beside = other;
        }
    }
    make_change(at, best);
    make_change(at, beside);
    return best != NULL;
}

static bool try_once(repairing *at)
{
    static const change none = {.criterion = SIZE_MAX};

    begin(at);
    int64_t missed = misses(at, &none, NULL);
    for (size_t round = 0; round < ROUNDS && missed > 0; round++)
        if (!mend(at, &missed))
            return false;
    return missed == 0;
}

bool repair_find(const reaching *held, const int64_t *highest, uint8_t *chosen, bool *no_memory)
{
    const size_t count = held->paths->domain->rubric->criterion_count;
    repairing    at = {.reach = held, .highest = highest, .now = chosen, .chance = count};
    bool         found = false;

    at.masks = calloc(count, sizeof *at.masks);
    at.changes = calloc(count * OUTCOMES, sizeof *at.changes);
    *no_memory = at.masks == NULL || at.changes == NULL;
    for (size_t i = 0; i < TRIES && !found && !*no_memory; i++)
        found = try_once(&at);
    free(at.masks);
    free(at.changes);
    return found;
}
