#include "proof/search.h"

#include <stdlib.h>

#include "proof/reach.h"
#include "proof/repair.h"
#include "proof/seen.h"

enum {
    STEPS_FIRST = 1 << 10,  /* of one question, before bounds are tightened */
    STEPS_SECOND = 1 << 14, /* before they are tightened as far as they go */
    STEPS_MAX = 1 << 19,
    STEPS_A_LOOK = 256,  /* at the clock */
    TABLE_MAX = 1 << 20, /* nodes x states */
    TIGHTER_MAX = 3,     /* lines that follow from two others */
    ALL_LINES = LINES_MAX + TIGHTER_MAX
};

struct search {
    const domain   *domain;
    struct timespec ends;
    paths           paths;
    counts          counts; /* of the rubric: what a question's states are */
    reaching        reach;
    int64_t        *highest; /* [line][node * states + state]: reach.h */
    int64_t        *lowest;  /* the same, of the negative */
    size_t          room;    /* of a line in both */
    int64_t        *tighter; /* [line - LINES_MAX][criterion * OUTCOMES + outcome] */
    seen_set        seen;
    search_line     lines[ALL_LINES]; /* the question's own, then those that follow from two */
    size_t          line_count;
    int64_t         shares;       /* in which two lines are weighed */
    bool            lowest_known; /* lowest is filled in */
    uint8_t        *chosen;
    size_t          steps, steps_most;
    bool            no_memory;
    bool            hurry;
    bool            out_of_steps;
    bool            out_of_time;
    arena           memory;
    arena           asked; /* of one question */
};

static int64_t *table_of(const search *at, int64_t *tables, size_t line)
{
    return tables + line * at->room;
}

static int64_t left_of(const search *at, int64_t *tables, size_t line, size_t from, size_t state)
{
    return table_of(at, tables, line)[from * at->reach.counts.states + state];
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
        const int64_t left = so_far->sums[line] + left_of(at, at->highest, line, from, state) -
                             at->lines[line].least;
        if (left < least)
            least = left;
    }
    return least;
}

/* True where the state was met before, and so in vain. A sum that can no longer fall under its least
 * says nothing more. */
static bool was_seen(search *at, size_t from, size_t state, const sums *so_far)
{
    seen_place place = {.node = (uint32_t)from, .state = state};
    bool       was = true;

    for (size_t line = 0; line < at->reach.question->line_count; line++) {
        const int64_t sum = so_far->sums[line];
        const bool    sure = at->lowest_known &&
                          sum - left_of(at, at->lowest, line, from, state) >= at->lines[line].least;
        place.sums[line] = sure ? INT64_MAX : sum;
    }
    at->no_memory |= !seen_add(&at->seen, place, &was);
    return was;
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
    const size_t part = at->paths.nodes[from].part;

    for (size_t w = 0; w < at->domain->parts[part].worlds; w++)
        if (go(at, paths_into(&at->paths, part, w), state, so_far))
            return true;
    return false;
}

static size_t after_outcome(const search *at, size_t c, size_t outcome, size_t state)
{
    const uint32_t *after = reach_after(&at->reach, c, outcome);
    return after != NULL ? after[state] : state;
}

/* The outcome that leaves most room first; of those alike the best, so that examples look like records. */
static bool go_through_outcomes(search *at, size_t from, size_t state, const sums *so_far)
{
    const size_t c = paths_criterion(&at->paths, from), to = paths_next(&at->paths, from);
    unsigned     left = reach_outcomes(&at->reach, from);

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
                after.sums[line] += reach_value(&at->reach, at->lines[line].value, c, o);
            const int64_t leaves = slack(at, to, after_outcome(at, c, o, state), &after);
            if (leaves > room) {
                room = leaves;
                best = o;
                best_sums = after;
            }
        }
        if (best == OUTCOMES)
            return false;
        at->chosen[c] = (uint8_t)best;
        if (go(at, to, after_outcome(at, c, best, state), &best_sums))
            return true;
        left &= ~(1u << best);
    }
    return false;
}

static bool go(search *at, size_t from, size_t state, const sums *so_far)
{
    if (slack(at, from, state, so_far) < 0)
        return false;
    if (from == at->paths.node_count - 1)
        return true;
    at->steps++;
    if (at->steps >= at->steps_most)
        at->out_of_steps = true;
    if (at->out_of_steps || at->no_memory || look_at_clock(at) || was_seen(at, from, state, so_far))
        return false;
    return at->paths.nodes[from].world == SIZE_MAX ? go_into_worlds(at, from, state, so_far)
                                                   : go_through_outcomes(at, from, state, so_far);
}

static search_answer search_with(search *at, size_t steps)
{
    const sums nothing = {{0}};

    at->steps = 0;
    at->steps_most = steps;
    at->out_of_steps = false;
    at->no_memory |= !seen_clear(&at->seen);
    if (!at->no_memory && go(at, 0, 0, &nothing))
        return SEARCH_YES;
    if (at->no_memory)
        return SEARCH_NO_MEMORY;
    return at->out_of_steps || at->out_of_time ? SEARCH_UNDECIDED : SEARCH_NO;
}

/* ---- Lines that follow from two ------------------------------------------------------------------------
 *
 * Two lines each in reach may not be so together. What follows from them, a x one + b x other >= a x
 * its least + b x its least, often is out of reach then; the share of the two that says most is looked
 * for. The room that is left by a share is convex in it, so that halving finds the least. */
enum { SHARES = 1 << 14 };

/* As many shares as the sums of the lines leave room for; 1: none. */
static int64_t shares_of(const search *at)
{
    int64_t most = 1, shares = SHARES;

    for (size_t line = 0; line < at->line_count; line++) {
        int64_t all = llabs(at->lines[line].least);
        for (size_t i = 0; i < at->domain->rubric->criterion_count * OUTCOMES; i++)
            all += llabs(at->lines[line].value[i]);
        most = all > most ? all : most;
    }
    while (shares > 1 && most > -REACH_NEVER / 4 / shares)
        shares /= 2;
    return shares;
}

/* Adds it as line `at->line_count`; what room it leaves, negative: it is out of reach at once. */
static int64_t weigh(search *at, size_t one, size_t other, int64_t a)
{
    const size_t  line = at->line_count;
    const size_t  count = at->domain->rubric->criterion_count * OUTCOMES;
    const int64_t b = at->shares - a;
    int64_t      *value = at->tighter + (line - at->reach.question->line_count) * count;

    for (size_t i = 0; i < count; i++)
        value[i] = a * at->lines[one].value[i] + b * at->lines[other].value[i];
    at->lines[line] = (search_line){value, a * at->lines[one].least + b * at->lines[other].least};
    reach_fill(&at->reach, value, 1, table_of(at, at->highest, line));
    return left_of(at, at->highest, line, 0, 0) - at->lines[line].least;
}

/* The room that it leaves whatever the counts: never less than with them, and found sooner. */
static int64_t weigh_roughly(search *at, size_t one, size_t other, int64_t a)
{
    const int64_t b = at->shares - a;

    return reach_at_most(&at->reach, at->lines[one].value, a, at->lines[other].value, b) -
           a * at->lines[one].least - b * at->lines[other].least;
}

/* The share that leaves least room, as `weighed` says; it ends where a share leaves none. */
static int64_t best_share(search *at, size_t one, size_t other,
                          int64_t weighed(search *, size_t, size_t, int64_t), int64_t *room)
{
    int64_t low = 1, high = at->shares - 1;

    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const int64_t here = weighed(at, one, other, middle);
        const int64_t beside = weighed(at, one, other, middle + 1);
        if (here <= beside)
            high = middle;
        else
            low = middle + 1;
        *room = here <= beside ? here : beside;
        if (*room < 0)
            return here <= beside ? middle : middle + 1;
    }
    *room = weighed(at, one, other, low);
    return low;
}

/* True where two of the question's lines cannot be had together, whatever the counts. */
static bool contradicts(search *at)
{
    int64_t room;

    if (at->shares == 1)
        return false;
    for (size_t one = 0; one < at->reach.question->line_count; one++)
        for (size_t other = one + 1; other < at->reach.question->line_count; other++) {
            best_share(at, one, other, weigh_roughly, &room);
            if (room < 0)
                return true;
        }
    return false;
}

/* Adds a line for every two; true where one is out of reach. */
static bool tighten(search *at, bool roughly)
{
    const size_t count = at->reach.question->line_count;
    int64_t      room;

    at->line_count = count;
    if (at->shares == 1)
        return false;
    for (size_t one = 0; one < count; one++)
        for (size_t other = one + 1; other < count; other++) {
            const int64_t share =
                best_share(at, one, other, roughly ? weigh_roughly : weigh, &room);
            if (weigh(at, one, other, share) < 0)
                return true;
            at->line_count++;
        }
    return false;
}

/* ---- Asking --------------------------------------------------------------------------------------------- */

static void fill_lowest(search *at)
{
    for (size_t line = 0; line < at->reach.question->line_count; line++)
        reach_fill(&at->reach, at->lines[line].value, -1, table_of(at, at->lowest, line));
    at->lowest_known = true;
}

/* Whether its lines can be had one by one, and two by two, whatever the counts. */
static bool may_be(search *at)
{
    for (size_t line = 0; line < at->line_count; line++) {
        const search_line *asked = &at->lines[line];
        if (reach_at_most(&at->reach, asked->value, 1, asked->value, 0) < asked->least)
            return false;
    }
    return !contradicts(at);
}

/* Room for the tables of the question; *too_many where they would be too large. */
static bool reserve(search *at, bool *too_many)
{
    const size_t size = at->paths.node_count * at->reach.counts.states;

    *too_many = size > TABLE_MAX;
    if (size <= at->room || *too_many)
        return !*too_many;
    free(at->highest);
    free(at->lowest);
    at->room = size;
    at->highest = calloc(ALL_LINES * size, sizeof *at->highest);
    at->lowest = calloc(LINES_MAX * size, sizeof *at->lowest);
    if (at->highest == NULL || at->lowest == NULL)
        at->room = 0;
    return at->room > 0;
}

/* Fills in what can be added to each line; false where one is out of reach. */
static bool fill_highest(search *at)
{
    for (size_t line = 0; line < at->line_count; line++) {
        reach_fill(&at->reach, at->lines[line].value, 1, table_of(at, at->highest, line));
        if (left_of(at, at->highest, line, 0, 0) < at->lines[line].least)
            return false;
    }
    return true;
}

/* With little effort first. */
static search_answer try_hard(search *at)
{
    if (!fill_highest(at))
        return SEARCH_NO;
    search_answer answer = search_with(at, STEPS_FIRST);
    if (answer != SEARCH_UNDECIDED || at->out_of_time)
        return answer;
    if (repair_find(&at->reach, at->highest, at->chosen, &at->no_memory))
        return SEARCH_YES;
    fill_lowest(at);
    if (at->no_memory || tighten(at, true))
        return at->no_memory ? SEARCH_NO_MEMORY : SEARCH_NO;
    answer = search_with(at, STEPS_SECOND);
    if (answer != SEARCH_UNDECIDED || at->hurry || at->out_of_time)
        return answer;
    return tighten(at, false) ? SEARCH_NO : search_with(at, STEPS_MAX);
}

search_answer search_ask(search *at, const search_question *question, uint8_t *chosen)
{
    bool too_many;

    at->steps = 0;
    if (at->out_of_time || look_at_clock(at))
        return SEARCH_UNDECIDED;
    at->reach.question = question;
    at->chosen = chosen;
    at->lowest_known = false;
    at->line_count = question->line_count;
    for (size_t line = 0; line < question->line_count; line++)
        at->lines[line] = question->lines[line];
    at->shares = shares_of(at);
    if (!may_be(at))
        return SEARCH_NO;
    arena_free(&at->asked);
    if (!counts_narrow(&at->reach.counts, &at->counts, question->accept, at->reach.accepted,
                       &at->asked))
        return SEARCH_NO_MEMORY;
    if (!reserve(at, &too_many))
        return too_many ? SEARCH_UNDECIDED : SEARCH_NO_MEMORY;
    return try_hard(at);
}

void search_hurry(search *at, bool hurry)
{
    at->hurry = hurry;
}

bool search_is_over(const search *at)
{
    return at->out_of_time;
}

size_t search_states(const search *at)
{
    return at->counts.states;
}

void search_counts(const search *at, size_t state, unsigned counted[LEVELS_MAX])
{
    counts_of(&at->counts, state, counted);
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

static bool make(search *at, bool *too_many)
{
    const size_t values = OUTCOMES * at->domain->rubric->criterion_count;

    if (!counts_make(&at->counts, at->domain, &at->memory, too_many) ||
        !paths_make(&at->paths, at->domain, &at->memory))
        return false;
    at->reach.paths = &at->paths;
    at->reach.accepted = arena_array(&at->memory, at->counts.states + 1, 1);
    at->tighter = arena_array(&at->memory, TIGHTER_MAX * values, sizeof *at->tighter);
    return at->reach.accepted != NULL && at->tighter != NULL;
}

search *search_new(const domain *held, const struct timespec *ends, bool *too_many)
{
    search *at = calloc(1, sizeof *at);

    *too_many = false;
    if (at == NULL)
        return NULL;
    at->domain = held;
    at->ends = *ends;
    if (!make(at, too_many)) {
        search_free(at);
        return NULL;
    }
    return at;
}

void search_free(search *at)
{
    if (at == NULL)
        return;
    seen_free(&at->seen);
    free(at->highest);
    free(at->lowest);
    arena_free(&at->asked);
    arena_free(&at->memory);
    free(at);
}
