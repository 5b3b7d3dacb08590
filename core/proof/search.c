#include "proof/search.h"

#include <stdlib.h>
#include <string.h>

enum {
    STATES_MAX = 4096,
    TABLE_MAX = 1 << 22,   /* nodes x states */
    SEEN_SIZE = 1 << 20,   /* of the table of states seen; a power of two */
    STEPS_MAX = SEEN_SIZE / 2, /* of one question */
    STEPS_A_LOOK = 256     /* at the clock */
};
static const int64_t never = INT64_MIN / 4; /* no way on from here */

/* A place in the order in which criteria are chosen. */
typedef struct {
    size_t part;
    size_t world; /* SIZE_MAX: before the part, its world still to choose */
    size_t place; /* of the criterion in its part */
} node;

/* A state that was searched in vain. */
typedef struct {
    int64_t  sums[LINES_MAX];
    uint32_t question; /* which it belongs to; of another one: empty */
    uint32_t node;
    uint64_t state;
} seen_entry;

struct search {
    const domain         *domain;
    struct timespec       ends;
    node                 *nodes;      /* each part: first its entry, then its worlds' criteria; last the
                                         end */
    size_t                node_count;
    size_t               *entry;      /* [part]; and the end */
    size_t                states;
    size_t                stride[LEVELS_MAX]; /* of a count in a state; 0: not counted */
    unsigned              most[LEVELS_MAX];   /* beyond this a count says no more */
    int64_t              *highest;    /* [(line * node_count + node) * states + state] */
    int64_t              *lowest;
    seen_entry           *seen;
    const search_question *question;
    uint8_t              *chosen;
    size_t                steps;
    uint32_t              asked; /* questions so far */
    bool                  out_of_steps;
    bool                  out_of_time;
};

/* ---- Counts ------------------------------------------------------------------------------------- */

static unsigned weighted(const domain *held, size_t l)
{
    unsigned count = 0;
    for (size_t c = 0; c < held->rubric->criterion_count; c++)
        count += held->rubric->criteria[c].weight > 0 && (held->any[c] >> l & 1);
    return count;
}

/* A count matters up to one over the greatest that a requirement allows. */
static bool lay_out_states(search *at)
{
    const rubric *held = at->domain->rubric;
    bool          counted[LEVELS_MAX] = {false};

    for (size_t r = 0; r < held->requirement_count; r++) {
        const level of = held->requirements[r].counted;
        const unsigned all = weighted(at->domain, of);
        const unsigned most = held->requirements[r].most < all ? held->requirements[r].most : all;
        if (!counted[of] || most > at->most[of])
            at->most[of] = most;
        counted[of] = true;
    }
    at->states = 1;
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        if (!counted[l])
            continue;
        at->stride[l] = at->states;
        at->states *= at->most[l] + 2;
        if (at->states > STATES_MAX)
            return false;
    }
    return true;
}

size_t search_states(const search *at)
{
    return at->states;
}

void search_counts(const search *at, size_t state, unsigned counts[LEVELS_MAX])
{
    for (size_t l = 0; l < LEVELS_MAX; l++)
        counts[l] =
            at->stride[l] > 0 ? (unsigned)(state / at->stride[l] % (at->most[l] + 2)) : 0;
}

/* The state after criterion c got an outcome. */
static size_t state_after(const search *at, size_t state, size_t c, size_t outcome)
{
    if (outcome >= LEVELS_MAX || at->stride[outcome] == 0 ||
        at->domain->rubric->criteria[c].weight == 0 || c == at->question->moving)
        return state;
    const size_t count = state / at->stride[outcome] % (at->most[outcome] + 2);
    return count <= at->most[outcome] ? state + at->stride[outcome] : state;
}

/* ---- Nodes ---------------------------------------------------------------------------------------- */

static bool lay_out_nodes(search *at)
{
    const domain *held = at->domain;
    size_t        count = 1;

    for (size_t p = 0; p < held->part_count; p++)
        count += 1 + held->parts[p].worlds * held->parts[p].criterion_count;
    at->nodes = calloc(count, sizeof *at->nodes);
    at->entry = calloc(held->part_count + 1, sizeof *at->entry);
    if (at->nodes == NULL || at->entry == NULL)
        return false;
    for (size_t p = 0; p < held->part_count; p++) {
        at->entry[p] = at->node_count;
        at->nodes[at->node_count++] = (node){p, SIZE_MAX, 0};
        for (size_t w = 0; w < held->parts[p].worlds; w++)
            for (size_t i = 0; i < held->parts[p].criterion_count; i++)
                at->nodes[at->node_count++] = (node){p, w, i};
    }
    at->entry[held->part_count] = at->node_count;
    at->nodes[at->node_count++] = (node){held->part_count, SIZE_MAX, 0};
    return true;
}

static size_t node_after(const search *at, size_t from)
{
    const node *here = &at->nodes[from];
    return here->place + 1 < at->domain->parts[here->part].criterion_count
               ? from + 1
               : at->entry[here->part + 1];
}

static size_t first_of_world(const search *at, size_t part, size_t world)
{
    return at->entry[part] + 1 + world * at->domain->parts[part].criterion_count;
}

static size_t criterion_at(const search *at, size_t from)
{
    const node *here = &at->nodes[from];
    return at->domain->parts[here->part].criteria[here->place];
}

/* The outcomes to choose from at a node. The criterion that moves has one: left out. */
static unsigned outcomes_at(const search *at, size_t from)
{
    const node        *here = &at->nodes[from];
    const domain_part *part = &at->domain->parts[here->part];
    const size_t       c = part->criteria[here->place];
    const unsigned     mask = part->masks[here->world * part->criterion_count + here->place];

    if (c == at->question->moving)
        return (mask & at->question->moves) == at->question->moves ? 1u << OUTCOME_LEFT_OUT : 0;
    return mask & at->question->allowed[c];
}

static int64_t value_of(const search *at, size_t l, size_t c, size_t outcome)
{
    return c == at->question->moving ? 0
                                     : at->question->lines[l].value[c * OUTCOMES + outcome];
}

/* ---- What can still be added ------------------------------------------------------------------------ */

static int64_t *row_of(const search *at, int64_t *table, size_t line, size_t from)
{
    return table + (line * at->node_count + from) * at->states;
}

static void widen(const search *at, size_t from, size_t state, size_t to, size_t to_state,
                  size_t line, int64_t value)
{
    const int64_t high = row_of(at, at->highest, line, to)[to_state];
    int64_t      *own_high = &row_of(at, at->highest, line, from)[state];
    int64_t      *own_low = &row_of(at, at->lowest, line, from)[state];

    if (high == never)
        return;
    const int64_t low = row_of(at, at->lowest, line, to)[to_state] + value;
    if (*own_high == never || high + value > *own_high)
        *own_high = high + value;
    if (*own_low == never || low < *own_low)
        *own_low = low;
}

static void fill_node(const search *at, size_t from)
{
    const node *here = &at->nodes[from];

    if (here->world == SIZE_MAX) {
        for (size_t w = 0; w < at->domain->parts[here->part].worlds; w++)
            for (size_t line = 0; line < at->question->line_count; line++)
                for (size_t state = 0; state < at->states; state++)
                    widen(at, from, state, first_of_world(at, here->part, w), state, line, 0);
        return;
    }
    const size_t   c = criterion_at(at, from), to = node_after(at, from);
    const unsigned outcomes = outcomes_at(at, from);
    for (size_t o = 0; o < OUTCOMES; o++) {
        if ((outcomes >> o & 1) == 0)
            continue;
        for (size_t line = 0; line < at->question->line_count; line++) {
            const int64_t value = value_of(at, line, c, o);
            for (size_t state = 0; state < at->states; state++)
                widen(at, from, state, to, state_after(at, state, c, o), line, value);
        }
    }
}

static void fill_tables(search *at)
{
    const size_t size = at->question->line_count * at->node_count * at->states;

    for (size_t i = 0; i < size; i++)
        at->highest[i] = at->lowest[i] = never;
    for (size_t line = 0; line < at->question->line_count; line++)
        for (size_t state = 0; state < at->states; state++)
            if (at->question->accept[state]) {
                row_of(at, at->highest, line, at->node_count - 1)[state] = 0;
                row_of(at, at->lowest, line, at->node_count - 1)[state] = 0;
            }
    for (size_t from = at->node_count - 1; from-- > 0;)
        fill_node(at, from);
}

/* ---- Forward ------------------------------------------------------------------------------------------ */

typedef struct {
    int64_t sums[LINES_MAX];
} sums;

/* How far over its least the line that is nearest to it can still come; negative: out of reach. */
static int64_t slack(const search *at, size_t from, size_t state, const sums *so_far)
{
    int64_t least = INT64_MAX;

    for (size_t line = 0; line < at->question->line_count; line++) {
        const int64_t high = row_of(at, at->highest, line, from)[state];
        const int64_t left =
            high == never ? -1 : so_far->sums[line] + high - at->question->lines[line].least;
        if (left < least)
            least = left;
    }
    return least;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* True where the state was met before, and so in vain. A sum that can no longer fall under its least
 * says nothing more. */
static bool was_seen(search *at, size_t from, size_t state, const sums *so_far)
{
    seen_entry entry = {.question = at->asked, .node = (uint32_t)from, .state = state};
    uint64_t   hash = mix(from, state);

    for (size_t line = 0; line < at->question->line_count; line++) {
        const int64_t low = row_of(at, at->lowest, line, from)[state];
        const int64_t least = at->question->lines[line].least;
        entry.sums[line] = so_far->sums[line] + low >= least ? INT64_MAX : so_far->sums[line];
        hash = mix(hash, (uint64_t)entry.sums[line]);
    }
    for (size_t i = (size_t)hash & (SEEN_SIZE - 1);; i = (i + 1) & (SEEN_SIZE - 1)) {
        seen_entry *here = &at->seen[i];
        if (here->question != at->asked) {
            *here = entry;
            return false;
        }
        if (here->node == entry.node && here->state == entry.state &&
            memcmp(here->sums, entry.sums, sizeof entry.sums) == 0)
            return true;
    }
}

static bool look_at_clock(search *at)
{
    struct timespec now;

    if (at->steps % STEPS_A_LOOK != 0 || clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return at->out_of_time;
    at->out_of_time = now.tv_sec > at->ends.tv_sec ||
                      (now.tv_sec == at->ends.tv_sec && now.tv_nsec > at->ends.tv_nsec);
    return at->out_of_time;
}

static bool go(search *at, size_t from, size_t state, const sums *so_far);

static bool go_into_worlds(search *at, size_t from, size_t state, const sums *so_far)
{
    const size_t part = at->nodes[from].part;

    for (size_t w = 0; w < at->domain->parts[part].worlds; w++)
        if (go(at, first_of_world(at, part, w), state, so_far))
            return true;
    return false;
}

/* The outcome that leaves most room first. */
static bool go_through_outcomes(search *at, size_t from, size_t state, const sums *so_far)
{
    const size_t c = criterion_at(at, from), to = node_after(at, from);
    unsigned     left = outcomes_at(at, from);

    while (left != 0) {
        size_t  best = OUTCOMES;
        int64_t room = -1;
        sums    best_sums = *so_far;
        for (size_t o = 0; o < OUTCOMES; o++) {
            if ((left >> o & 1) == 0)
                continue;
            sums after = *so_far;
            for (size_t line = 0; line < at->question->line_count; line++)
                after.sums[line] += value_of(at, line, c, o);
            const int64_t leaves = slack(at, to, state_after(at, state, c, o), &after);
            if (leaves > room) {
                room = leaves;
                best = o;
                best_sums = after;
            }
        }
        if (best == OUTCOMES)
            return false;
        at->chosen[c] = (uint8_t)best;
        if (go(at, to, state_after(at, state, c, best), &best_sums))
            return true;
        left &= ~(1u << best);
    }
    return false;
}

static bool go(search *at, size_t from, size_t state, const sums *so_far)
{
    if (slack(at, from, state, so_far) < 0)
        return false;
    if (from == at->node_count - 1)
        return true;
    at->steps++;
    if (at->steps >= STEPS_MAX)
        at->out_of_steps = true;
    if (at->out_of_steps || look_at_clock(at) || was_seen(at, from, state, so_far))
        return false;
    return at->nodes[from].world == SIZE_MAX ? go_into_worlds(at, from, state, so_far)
                                             : go_through_outcomes(at, from, state, so_far);
}

search_answer search_ask(search *at, const search_question *question, uint8_t *chosen)
{
    const sums nothing = {{0}};

    at->question = question;
    at->chosen = chosen;
    at->steps = 0;
    at->asked++;
    at->out_of_steps = false;
    if (at->out_of_time || look_at_clock(at))
        return SEARCH_UNDECIDED;
    fill_tables(at);
    if (slack(at, 0, 0, &nothing) < 0)
        return SEARCH_NO;
    if (go(at, 0, 0, &nothing))
        return SEARCH_YES;
    return at->out_of_steps || at->out_of_time ? SEARCH_UNDECIDED : SEARCH_NO;
}

search *search_new(const domain *held, const struct timespec *ends, bool *too_many)
{
    search *at = calloc(1, sizeof *at);

    *too_many = false;
    if (at == NULL)
        return NULL;
    at->domain = held;
    at->ends = *ends;
    if (!lay_out_states(at)) {
        *too_many = true;
        search_free(at);
        return NULL;
    }
    if (!lay_out_nodes(at)) {
        search_free(at);
        return NULL;
    }
    if (at->node_count > TABLE_MAX / at->states) {
        *too_many = true;
        search_free(at);
        return NULL;
    }
    at->highest = calloc(LINES_MAX * at->node_count * at->states, sizeof *at->highest);
    at->lowest = calloc(LINES_MAX * at->node_count * at->states, sizeof *at->lowest);
    at->seen = calloc(SEEN_SIZE, sizeof *at->seen);
    if (at->highest == NULL || at->lowest == NULL || at->seen == NULL) {
        search_free(at);
        return NULL;
    }
    return at;
}

void search_free(search *at)
{
    if (at == NULL)
        return;
    free(at->nodes);
    free(at->entry);
    free(at->highest);
    free(at->lowest);
    free(at->seen);
    free(at);
}
