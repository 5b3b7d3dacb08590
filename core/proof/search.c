#include "proof/search.h"

#include <stdlib.h>
#include <string.h>

enum {
    STATES_MAX = 4096,
    TABLE_MAX = 1 << 20,   /* nodes x states */
    SEEN_FIRST = 1 << 12,  /* size of the table of states seen, at first; a power of two */
    STEPS_FIRST = 1 << 10, /* of one question, before bounds are tightened */
    STEPS_MAX = 1 << 19,   /* of one question */
    STEPS_A_LOOK = 256,    /* at the clock */
    TIGHTER_MAX = 3,       /* lines that follow from two others */
    ALL_LINES = LINES_MAX + TIGHTER_MAX
};
static const int64_t never = INT64_MIN / 4; /* no way on from here; a sum may be added to it */

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
    const domain   *domain;
    struct timespec ends;
    node           *nodes; /* each part: first its entry, then its worlds' criteria; last the
                                       end */
    size_t          node_count;
    size_t         *entry; /* [part]; and the end */
    size_t          states;
    size_t          stride[LEVELS_MAX]; /* of a count in a state; 0: not counted */
    unsigned        most[LEVELS_MAX];   /* beyond this a count says no more */
    uint16_t       *after[LEVELS_MAX];  /* [state]: with one more of that level */
    uint16_t       *same;               /* [state]: itself */
    int64_t        *highest;            /* [(line * node_count + node) * states + state] */
    int64_t        *lowest;
    int64_t        *tighter; /* [(line - LINES_MAX) * values + criterion * OUTCOMES + outcome] */
    seen_entry     *seen;
    size_t          seen_size;
    bool            no_memory;
    const search_question *question;
    search_line lines[ALL_LINES]; /* the question's own, then those that follow from two */
    size_t      line_count;
    uint8_t    *chosen;
    size_t      steps, steps_most;
    uint32_t    asked; /* searches so far */
    bool        out_of_steps;
    bool        out_of_time;
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
        const level    of = held->requirements[r].counted;
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
        counts[l] = at->stride[l] > 0 ? (unsigned)(state / at->stride[l] % (at->most[l] + 2)) : 0;
}

static bool fill_after(search *at)
{
    at->same = calloc(at->states, sizeof *at->same);
    if (at->same == NULL)
        return false;
    for (size_t state = 0; state < at->states; state++)
        at->same[state] = (uint16_t)state;
    for (size_t l = 0; l < LEVELS_MAX; l++) {
        if (at->stride[l] == 0)
            continue;
        at->after[l] = calloc(at->states, sizeof *at->after[l]);
        if (at->after[l] == NULL)
            return false;
        for (size_t state = 0; state < at->states; state++) {
            const size_t count = state / at->stride[l] % (at->most[l] + 2);
            at->after[l][state] = (uint16_t)(count <= at->most[l] ? state + at->stride[l] : state);
        }
    }
    return true;
}

/* [state]: the state after criterion c got an outcome. */
static const uint16_t *states_after(const search *at, size_t c, size_t outcome)
{
    const bool counts = outcome < LEVELS_MAX && at->after[outcome] != NULL &&
                        at->domain->rubric->criteria[c].weight > 0 && c != at->question->moving;
    return counts ? at->after[outcome] : at->same;
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

static int64_t value_of(const search *at, size_t line, size_t c, size_t outcome)
{
    return c == at->question->moving ? 0 : at->lines[line].value[c * OUTCOMES + outcome];
}

/* ---- What can still be added ------------------------------------------------------------------------ */

static int64_t *row_of(const search *at, int64_t *table, size_t line, size_t from)
{
    return table + (line * at->node_count + from) * at->states;
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

/* The greatest that can still be added to a line from each node on; of `sign` -1, to its negative. */
static void fill_line(const search *at, int64_t *table, size_t line, int sign)
{
    int64_t *end = row_of(at, table, line, at->node_count - 1);

    for (size_t i = 0; i < at->node_count * at->states; i++)
        table[line * at->node_count * at->states + i] = never;
    for (size_t state = 0; state < at->states; state++)
        end[state] = at->question->accept[state] ? 0 : never;
    for (size_t from = at->node_count - 1; from-- > 0;) {
        const node *here = &at->nodes[from];
        int64_t    *own = row_of(at, table, line, from);
        if (here->world == SIZE_MAX) {
            for (size_t w = 0; w < at->domain->parts[here->part].worlds; w++)
                raise_row_alike(own, row_of(at, table, line, first_of_world(at, here->part, w)),
                                at->states, 0);
            continue;
        }
        const size_t   c = criterion_at(at, from);
        const int64_t *next = row_of(at, table, line, node_after(at, from));
        const unsigned outcomes = outcomes_at(at, from);
        for (size_t o = 0; o < OUTCOMES; o++) {
            if ((outcomes >> o & 1) == 0)
                continue;
            const uint16_t *after = states_after(at, c, o);
            const int64_t   value = sign * value_of(at, line, c, o);
            if (after == at->same)
                raise_row_alike(own, next, at->states, value);
            else
                raise_row(own, next, after, at->states, value);
        }
    }
}

/* ---- Forward ------------------------------------------------------------------------------------------ */

typedef struct {
    int64_t sums[ALL_LINES];
} sums;

/* How far over its least the line that is nearest to it can still come; negative: out of reach. */
static int64_t slack(const search *at, size_t from, size_t state, const sums *so_far)
{
    int64_t least = INT64_MAX;

    for (size_t line = 0; line < at->line_count; line++) {
        const int64_t left =
            so_far->sums[line] + row_of(at, at->highest, line, from)[state] - at->lines[line].least;
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

/* Where an entry is, or the free place that it would take. */
static seen_entry *place_of(const search *at, const seen_entry *entry)
{
    uint64_t hash = mix(entry->node, entry->state);

    for (size_t line = 0; line < LINES_MAX; line++)
        hash = mix(hash, (uint64_t)entry->sums[line]);
    for (size_t i = (size_t)hash & (at->seen_size - 1);; i = (i + 1) & (at->seen_size - 1)) {
        seen_entry *here = &at->seen[i];
        if (here->question != at->asked ||
            (here->node == entry->node && here->state == entry->state &&
             memcmp(here->sums, entry->sums, sizeof entry->sums) == 0))
            return here;
    }
}

/* Keeps the table at most half full. */
static bool grow_seen(search *at)
{
    seen_entry  *old = at->seen;
    const size_t old_size = at->seen_size;

    if (at->steps < old_size / 2)
        return true;
    at->seen = calloc(4 * old_size, sizeof *at->seen);
    if (at->seen == NULL) {
        at->seen = old;
        at->no_memory = true;
        return false;
    }
    at->seen_size = 4 * old_size;
    for (size_t i = 0; i < old_size; i++)
        if (old[i].question == at->asked)
            *place_of(at, &old[i]) = old[i];
    free(old);
    return true;
}

/* True where the state was met before, and so in vain. A sum that can no longer fall under its least
 * says nothing more. */
static bool was_seen(search *at, size_t from, size_t state, const sums *so_far)
{
    seen_entry entry = {.question = at->asked, .node = (uint32_t)from, .state = state};

    for (size_t line = 0; line < at->question->line_count; line++) {
        const int64_t low = -row_of(at, at->lowest, line, from)[state];
        const int64_t least = at->lines[line].least;
        entry.sums[line] = so_far->sums[line] + low >= least ? INT64_MAX : so_far->sums[line];
    }
    if (!grow_seen(at))
        return true;
    seen_entry *here = place_of(at, &entry);
    if (here->question == at->asked)
        return true;
    *here = entry;
    return false;
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

/* The outcome that leaves most room first; of those alike the best, so that examples look like records. */
static bool go_through_outcomes(search *at, size_t from, size_t state, const sums *so_far)
{
    const size_t c = criterion_at(at, from), to = node_after(at, from);
    unsigned     left = outcomes_at(at, from);

    while (left != 0) {
        size_t  best = OUTCOMES;
        int64_t room = -1;
        sums    best_sums = *so_far;
        for (size_t i = 0; i < OUTCOMES; i++) {
            const size_t o = i < LEVELS_MAX ? LEVELS_MAX - 1 - i : i;
            if ((left >> o & 1) == 0)
                continue;
            sums after = *so_far;
            for (size_t line = 0; line < at->line_count; line++)
                after.sums[line] += value_of(at, line, c, o);
            const int64_t leaves = slack(at, to, states_after(at, c, o)[state], &after);
            if (leaves > room) {
                room = leaves;
                best = o;
                best_sums = after;
            }
        }
        if (best == OUTCOMES)
            return false;
        at->chosen[c] = (uint8_t)best;
        if (go(at, to, states_after(at, c, best)[state], &best_sums))
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
    if (at->steps >= at->steps_most)
        at->out_of_steps = true;
    if (at->out_of_steps || at->no_memory || look_at_clock(at) || was_seen(at, from, state, so_far))
        return false;
    return at->nodes[from].world == SIZE_MAX ? go_into_worlds(at, from, state, so_far)
                                             : go_through_outcomes(at, from, state, so_far);
}

static search_answer search_with(search *at, size_t steps)
{
    const sums nothing = {{0}};

    at->asked++;
    at->steps = 0;
    at->steps_most = steps;
    at->out_of_steps = false;
    if (go(at, 0, 0, &nothing))
        return SEARCH_YES;
    if (at->no_memory)
        return SEARCH_NO_MEMORY;
    return at->out_of_steps || at->out_of_time ? SEARCH_UNDECIDED : SEARCH_NO;
}

/* ---- Lines that follow from two ------------------------------------------------------------------------ */

/* Two lines each in reach may not be so together. What follows from them, a x one + b x other >= a x
 * its least + b x its least, often is out of reach then; the share of the two that says most is looked
 * for. Adds it as line `at->line_count`; true where it is out of reach at once. */
static bool weigh(search *at, size_t one, size_t other, int64_t a, int64_t b, int64_t *room)
{
    const size_t line = at->line_count;
    const size_t count = at->domain->rubric->criterion_count * OUTCOMES;
    int64_t     *value = at->tighter + (line - at->question->line_count) * count;

    for (size_t i = 0; i < count; i++)
        value[i] = a * at->lines[one].value[i] + b * at->lines[other].value[i];
    at->lines[line] = (search_line){value, a * at->lines[one].least + b * at->lines[other].least};
    fill_line(at, at->highest, line, 1);
    *room = row_of(at, at->highest, line, 0)[0] - at->lines[line].least;
    return *room < 0;
}

/* The room that is left as a share of the line's own size is convex in the share of the two, so that
 * halving finds the least. */
static bool tighten(search *at, size_t one, size_t other)
{
    enum { SHARES = 1 << 14 };
    int64_t low = 1, high = SHARES - 1, here, beside;

    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (weigh(at, one, other, middle, SHARES - middle, &here) ||
            weigh(at, one, other, middle + 1, SHARES - middle - 1, &beside))
            return true;
        if (here <= beside)
            high = middle;
        else
            low = middle + 1;
    }
    if (weigh(at, one, other, low, SHARES - low, &here))
        return true;
    at->line_count++;
    return false;
}

static bool tighten_all(search *at)
{
    const size_t count = at->question->line_count;

    for (size_t one = 0; one < count; one++)
        for (size_t other = one + 1; other < count; other++)
            if (tighten(at, one, other))
                return true;
    return false;
}

search_answer search_ask(search *at, const search_question *question, uint8_t *chosen)
{
    at->question = question;
    at->chosen = chosen;
    at->steps = 0;
    if (at->out_of_time || look_at_clock(at))
        return SEARCH_UNDECIDED;
    at->line_count = question->line_count;
    for (size_t line = 0; line < question->line_count; line++) {
        at->lines[line] = question->lines[line];
        fill_line(at, at->highest, line, 1);
        if (row_of(at, at->highest, line, 0)[0] < at->lines[line].least)
            return SEARCH_NO;
    }
    for (size_t line = 0; line < question->line_count; line++)
        fill_line(at, at->lowest, line, -1);
    const search_answer answer = search_with(at, STEPS_FIRST);
    if (answer != SEARCH_UNDECIDED || at->out_of_time)
        return answer;
    return tighten_all(at) ? SEARCH_NO : search_with(at, STEPS_MAX);
}

bool search_is_over(const search *at)
{
    return at->out_of_time;
}

struct timespec search_end(unsigned milliseconds)
{
    struct timespec ends = {0};

    clock_gettime(CLOCK_MONOTONIC, &ends);
    ends.tv_sec += milliseconds / 1000;
    ends.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (ends.tv_nsec >= 1000000000) {
        ends.tv_sec++;
        ends.tv_nsec -= 1000000000;
    }
    return ends;
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
    if (!fill_after(at) || !lay_out_nodes(at)) {
        search_free(at);
        return NULL;
    }
    if (at->node_count > TABLE_MAX / at->states) {
        *too_many = true;
        search_free(at);
        return NULL;
    }
    at->highest = calloc(ALL_LINES * at->node_count * at->states, sizeof *at->highest);
    at->tighter =
        calloc(TIGHTER_MAX * OUTCOMES * held->rubric->criterion_count, sizeof *at->tighter);
    at->lowest = calloc(LINES_MAX * at->node_count * at->states, sizeof *at->lowest);
    at->seen_size = SEEN_FIRST;
    at->seen = calloc(at->seen_size, sizeof *at->seen);
    if (at->highest == NULL || at->lowest == NULL || at->tighter == NULL || at->seen == NULL) {
        search_free(at);
        return NULL;
    }
    return at;
}

void search_free(search *at)
{
    if (at == NULL)
        return;
    for (size_t l = 0; l < LEVELS_MAX; l++)
        free(at->after[l]);
    free(at->same);
    free(at->tighter);
    free(at->nodes);
    free(at->entry);
    free(at->highest);
    free(at->lowest);
    free(at->seen);
    free(at);
}
