#include "proof/reach.h"

unsigned reach_outcomes(const reaching *at, size_t from)
{
    const size_t   c = paths_criterion(at->paths, from);
    const unsigned mask = paths_mask(at->paths, from);

    if (c == at->question->moving)
        return (mask & at->question->moves) == at->question->moves ? 1u << OUTCOME_LEFT_OUT : 0;
    return mask & at->question->allowed[c];
}

const uint32_t *reach_after(const reaching *at, size_t c, size_t outcome)
{
    const bool counted = c != at->question->moving && outcome < LEVELS_MAX &&
                         at->paths->domain->rubric->criteria[c].weight > 0;
    return counted ? at->counts.after[outcome] : NULL;
}

/* ---- By a table ----------------------------------------------------------------------------------- */

static void raise_row(int64_t *restrict own, const int64_t *restrict next,
                      const uint32_t *restrict after, size_t count, int64_t value)
{
    for (size_t state = 0; state < count; state++) {
        const int64_t sum = next[after[state]] + value;
        own[state] = sum > own[state] ? sum : own[state];
    }
}

static void raise_row_alike(int64_t *restrict own, const int64_t *restrict next, size_t count,
                            int64_t value)
{
    for (size_t state = 0; state < count; state++) {
        const int64_t sum = next[state] + value;
        own[state] = sum > own[state] ? sum : own[state];
    }
}

static void fill_criterion(const reaching *at, const int64_t *value, int sign, int64_t *table,
                           size_t from)
{
    const size_t   states = at->counts.states;
    const size_t   c = paths_criterion(at->paths, from);
    const unsigned outcomes = reach_outcomes(at, from);
    const int64_t *next = table + paths_next(at->paths, from) * states;

    for (size_t o = 0; o < OUTCOMES; o++) {
        if ((outcomes >> o & 1) == 0)
            continue;
        const uint32_t *after = reach_after(at, c, o);
        const int64_t   adds = sign * reach_value(at, value, c, o);
        if (after == NULL)
            raise_row_alike(table + from * states, next, states, adds);
        else
            raise_row(table + from * states, next, after, states, adds);
    }
}

void reach_fill(const reaching *at, const int64_t *value, int sign, int64_t *table)
{
    const size_t states = at->counts.states, end = at->paths->node_count - 1;

    for (size_t i = 0; i < end * states; i++)
        table[i] = REACH_NEVER;
    for (size_t state = 0; state < states; state++)
        table[end * states + state] = at->accepted[state] ? 0 : REACH_NEVER;
    for (size_t from = end; from-- > 0;) {
        const node *here = &at->paths->nodes[from];
        if (here->world != SIZE_MAX) {
            fill_criterion(at, value, sign, table, from);
            continue;
        }
        for (size_t w = 0; w < at->paths->domain->parts[here->part].worlds; w++)
            raise_row_alike(table + from * states,
                            table + paths_into(at->paths, here->part, w) * states, states, 0);
    }
}

/* ---- Whatever the counts --------------------------------------------------------------------------- */

/* a x one + b x other, of which the greatest is looked for. */
typedef struct {
    const int64_t *one, *other;
    int64_t        a, b;
} weighted_sum;

static int64_t most_of_criterion(const reaching *at, const weighted_sum *sum, size_t from)
{
    const size_t   c = paths_criterion(at->paths, from);
    const unsigned outcomes = reach_outcomes(at, from);
    int64_t        most = REACH_NEVER;

    for (size_t o = 0; o < OUTCOMES; o++) {
        if ((outcomes >> o & 1) == 0)
            continue;
        const int64_t adds =
            sum->a * reach_value(at, sum->one, c, o) + sum->b * reach_value(at, sum->other, c, o);
        most = adds > most ? adds : most;
    }
    return most;
}

static int64_t most_of_world(const reaching *at, const weighted_sum *sum, size_t part, size_t world)
{
    const size_t first = paths_into(at->paths, part, world);
    int64_t      all = 0;

    for (size_t i = 0; i < at->paths->domain->parts[part].criterion_count; i++) {
        const int64_t most = most_of_criterion(at, sum, first + i);
        if (most == REACH_NEVER)
            return REACH_NEVER;
        all += most;
    }
    return all;
}

int64_t reach_at_most(const reaching *at, const int64_t *one, int64_t a, const int64_t *other,
                      int64_t b)
{
    const weighted_sum sum = {one, other, a, b};
    int64_t            all = 0;

    for (size_t p = 0; p < at->paths->domain->part_count; p++) {
        int64_t best = REACH_NEVER;
        for (size_t w = 0; w < at->paths->domain->parts[p].worlds; w++) {
            const int64_t most = most_of_world(at, &sum, p, w);
            best = most > best ? most : best;
        }
        if (best == REACH_NEVER)
            return REACH_NEVER;
        all += best;
    }
    return all;
}
