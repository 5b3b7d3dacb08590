#include "proof/reach.h"

unsigned reach_outcomes(const paths *held, const search_question *asked, size_t from)
{
    const size_t   c = paths_criterion(held, from);
    const unsigned mask = paths_mask(held, from);

    if (c == asked->moving)
        return (mask & asked->moves) == asked->moves ? 1u << OUTCOME_LEFT_OUT : 0;
    return mask & asked->allowed[c];
}

static void raise_row(int64_t *restrict own, const int64_t *restrict next,
                      const uint16_t *restrict after, size_t count, int64_t value)
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

static void fill_criterion(const paths *held, const search_question *asked, const int64_t *value,
                           int sign, int64_t *table, size_t from)
{
    const size_t   c = paths_criterion(held, from);
    const unsigned outcomes = reach_outcomes(held, asked, from);
    const int64_t *next = table + paths_next(held, from) * held->states;
    int64_t       *own = table + from * held->states;

    for (size_t o = 0; o < OUTCOMES; o++) {
        if ((outcomes >> o & 1) == 0)
            continue;
        const uint16_t *after = reach_after(held, asked, c, o);
        const int64_t   adds = sign * reach_value(asked, value, c, o);
        if (after == held->same)
            raise_row_alike(own, next, held->states, adds);
        else
            raise_row(own, next, after, held->states, adds);
    }
}

void reach_fill(const paths *held, const search_question *asked, const int64_t *value, int sign,
                int64_t *table)
{
    int64_t *end = table + (held->node_count - 1) * held->states;

    for (size_t i = 0; i < held->node_count * held->states; i++)
        table[i] = REACH_NEVER;
    for (size_t state = 0; state < held->states; state++)
        end[state] = asked->accept[state] ? 0 : REACH_NEVER;
    for (size_t from = held->node_count - 1; from-- > 0;) {
        const node *here = &held->nodes[from];
        if (here->world != SIZE_MAX) {
            fill_criterion(held, asked, value, sign, table, from);
            continue;
        }
        for (size_t w = 0; w < held->domain->parts[here->part].worlds; w++)
            raise_row_alike(table + from * held->states,
                            table + paths_into(held, here->part, w) * held->states, held->states,
                            0);
    }
}

/* ---- Whatever the counts --------------------------------------------------------------------------- */

int64_t reach_at_most(const paths *held, const search_question *asked, const int64_t *one,
                      int64_t a, const int64_t *other, int64_t b)
{
    int64_t sum = 0;

    for (size_t p = 0; p < held->domain->part_count; p++) {
        const domain_part *part = &held->domain->parts[p];
        int64_t            best = REACH_NEVER;
        for (size_t w = 0; w < part->worlds; w++) {
            int64_t world = 0;
            for (size_t i = 0; i < part->criterion_count && world > REACH_NEVER; i++) {
                const size_t   c = part->criteria[i];
                const unsigned outcomes = reach_outcomes(held, asked, paths_into(held, p, w) + i);
                int64_t        most = REACH_NEVER;
                for (size_t o = 0; o < OUTCOMES; o++) {
                    if ((outcomes >> o & 1) == 0)
                        continue;
                    const int64_t adds =
                        a * reach_value(asked, one, c, o) + b * reach_value(asked, other, c, o);
                    most = adds > most ? adds : most;
                }
                world = most == REACH_NEVER ? REACH_NEVER : world + most;
            }
            best = world > best ? world : best;
        }
        if (best == REACH_NEVER)
            return REACH_NEVER;
        sum += best;
    }
    return sum;
}
