/* The smallest changes of ratings that move a judgement, found by search, not by guess.
 *
 * Sets of changes are tried by size: one criterion, two, three. Within a size every choice of
 * criteria and levels is tried, but for those that a bound rules out (see may_raise(),
 * may_lose()), so the first size with a set that works is the smallest there is. */
#include <stdlib.h>
#include <string.h>

#include "grading/grading.h"

enum { STEPS_MAX = 2000000 }; /* sets begun before a search gives up: a second or so */

typedef struct {
    const rubric  *rubric;
    const uint8_t *ratings; /* as they are */
    level          target;
    bool           raise;
    size_t         count; /* criteria */
    uint8_t       *trial; /* ratings with the changes under way */
    int64_t       *reach; /* [criterion * (count + 1) + n]: the most that n changes among the
                             criteria from this one on can move the distance to the threshold */
    rating_change *path;
    size_t         size;  /* of the sets that are looked for */
    unsigned       least; /* levels moved by the sets kept */
    uint64_t       steps;
    whatif        *out;
} search;

/* What a rating adds to weight x (points - threshold), in thousandths: the score is at or over the
 * threshold where the sum is not negative. */
static int64_t part(const search *at, size_t c, uint8_t rating)
{
    const criterion *asked = &at->rubric->criteria[c];

    if (rating >= LEVELS_MAX)
        return 0;
    return (int64_t)asked->weight *
           (1000 * ((int64_t)rating + 1) - (int64_t)at->rubric->thousandths[at->target]);
}

/* Whether criterion c, as it is rated now, could be rated `to`: a flag gives two levels, a number
 * those of its bands. */
static bool may_become(const search *at, size_t c, level to)
{
    const criterion *asked = &at->rubric->criteria[c];
    const uint8_t now = at->ratings[c];

    if (to == now || (now >= LEVELS_MAX && now != RATING_MISSING))
        return false;
    if (asked->gives_flag)
        return to == asked->yes || to == asked->no;
    for (size_t b = 0; b < asked->band_count; b++)
        if (asked->bands[b].gives == to)
            return true;
    return asked->band_count == 0;
}

/* The most that one change of criterion c can move the sum towards what is wanted. */
static int64_t best_move(const search *at, size_t c)
{
    const uint8_t now = at->ratings[c];
    int64_t best = 0;

    for (level to = 0; to < at->rubric->scale.count; to++) {
        const int64_t move = part(at, c, to) - part(at, c, now);
        if (may_become(at, c, to) && (at->raise ? move > best : move < best))
            best = move;
    }
    return best;
}

/* reach[c][n]: the sum of the n best moves among criteria c, c + 1, ... */
static void fill_reach(search *at)
{
    const size_t row = at->count + 1;

    memset(at->reach + at->count * row, 0, row * sizeof *at->reach);
    for (size_t c = at->count; c-- > 0;) {
        const int64_t move = best_move(at, c);
        const int64_t *next = at->reach + (c + 1) * row;
        int64_t *own = at->reach + c * row;

        own[0] = 0;
        for (size_t n = 1; n < row; n++) {
            const int64_t with = next[n - 1] + move;
            own[n] = at->raise == (with > next[n]) ? with : next[n];
        }
    }
}

static int64_t sum_now(const search *at)
{
    int64_t sum = 0;
    for (size_t c = 0; c < at->count; c++)
        sum += part(at, c, at->trial[c]);
    return sum;
}

/* Limits that hold the judgement under the target, among criteria from `first` on. Before it
 * they cannot change any more, so one there rules the set out. */
static size_t limits_to_lift(const search *at, size_t first, bool *stuck)
{
    size_t count = 0;
    for (size_t c = 0; c < at->count; c++) {
        const uint8_t rating = at->trial[c];
        if (rating >= LEVELS_MAX || at->rubric->criteria[c].cap[rating] >= at->target)
            continue;
        count++;
        *stuck |= c < first;
    }
    return count;
}

static unsigned rated(const search *at, level wanted)
{
    unsigned count = 0;
    for (size_t c = 0; c < at->count; c++)
        count += at->rubric->criteria[c].weight > 0 && at->trial[c] == wanted;
    return count;
}

/* How many ratings must change at the least before `candidate`'s requirements hold. */
static size_t excess(const search *at, level candidate)
{
    size_t over = 0;
    for (size_t r = 0; r < at->rubric->requirement_count; r++) {
        const requirement *asked = &at->rubric->requirements[r];
        const unsigned count = rated(at, asked->counted);
        if (asked->of == candidate && count > asked->most)
            over += count - asked->most;
    }
    return over;
}

/* False where `left` more changes from criterion `first` on cannot reach the target. */
static bool may_raise(const search *at, size_t first, size_t left)
{
    bool stuck = false;

    if (sum_now(at) + at->reach[first * (at->count + 1) + left] < 0 ||
        limits_to_lift(at, first, &stuck) > left || stuck)
        return false;
    for (size_t l = at->target; l < at->rubric->scale.count; l++)
        if (excess(at, (level)l) <= left)
            return true;
    return false;
}

/* A requirement of a level from the target up that `left` more ratings could break. */
static bool may_break(const search *at, size_t left)
{
    for (size_t r = 0; r < at->rubric->requirement_count; r++) {
        const requirement *asked = &at->rubric->requirements[r];
        if (asked->of >= at->target && rated(at, asked->counted) + left > asked->most)
            return true;
    }
    return false;
}

static bool may_lose(const search *at, size_t first, size_t left)
{
    bool stuck = false;

    if (sum_now(at) + at->reach[first * (at->count + 1) + left] < 0 || may_break(at, left) ||
        limits_to_lift(at, first, &stuck) > 0)
        return true;
    for (size_t c = first; left > 0 && c < at->count; c++)
        for (level to = 0; to < at->rubric->scale.count; to++)
            if (may_become(at, c, to) && at->rubric->criteria[c].cap[to] < at->target)
                return true;
    return false;
}

static unsigned levels_moved(const search *at)
{
    unsigned moved = 0;
    for (size_t i = 0; i < at->size; i++) {
        const uint8_t from = at->ratings[at->path[i].criterion];
        const uint8_t to = at->path[i].to;
        /* what was missing counts as under the lowest level */
        moved += (unsigned)(from >= LEVELS_MAX ? to + 1 : to > from ? to - from : from - to);
    }
    return moved;
}

static void keep(search *at)
{
    whatif *out = at->out;
    const unsigned moved = levels_moved(at);

    if (out->possible && moved > at->least)
        return;
    if (!out->possible || moved < at->least) {
        out->set_count = 0;
        out->all_sets = 0;
    }
    out->possible = true;
    at->least = moved;
    out->all_sets++;
    if (out->set_count < WHATIF_SETS)
        memcpy(out->changes + out->set_count++ * at->size, at->path, at->size * sizeof *at->path);
}

static void judge_leaf(search *at)
{
    const judgement made = judge_record(at->rubric, at->trial);

    if (made.judgement < LEVELS_MAX && (at->raise ? made.judgement >= at->target
                                                  : made.judgement < at->target))
        keep(at);
}

/* Every choice of `left` more changes among the criteria from `first` on. */
static void try_from(search *at, size_t first, size_t left)
{
    at->steps++;
    if (left == 0) {
        judge_leaf(at);
        return;
    }
    if (!(at->raise ? may_raise : may_lose)(at, first, left))
        return;
    for (size_t c = first; c + left <= at->count; c++) {
        const uint8_t now = at->ratings[c];
        for (level to = 0; to < at->rubric->scale.count; to++) {
            if (!may_become(at, c, to))
                continue;
            if (at->steps >= STEPS_MAX)
                return;
            at->trial[c] = to;
            at->path[at->size - left] = (rating_change){c, to};
            try_from(at, c + 1, left - 1);
        }
        at->trial[c] = now;
    }
}

static void search_by_size(search *at)
{
    whatif *out = at->out;

    for (at->size = 1; at->size <= at->count && !out->possible; at->size++) {
        try_from(at, 0, at->size);
        if (at->steps >= STEPS_MAX) {
            out->decided = false;
            break;
        }
        if (out->possible)
            break;
    }
    out->size = out->possible ? at->size : 0;
}

static bool find(const rubric *held, const uint8_t *ratings, level target, bool raise, whatif *out)
{
    const size_t count = held->criterion_count;
    search at = {
        .rubric = held,
        .ratings = ratings,
        .target = target,
        .raise = raise,
        .count = count,
        .trial = malloc(count),
        .reach = calloc((count + 1) * (count + 1), sizeof *at.reach),
        .path = calloc(count, sizeof *at.path),
        .out = out,
    };

    *out = (whatif){
        .decided = true,
        .changes = calloc(count * WHATIF_SETS, sizeof *out->changes),
    };
    const bool enough = at.trial && at.reach && at.path && out->changes;
    if (enough) {
        memcpy(at.trial, ratings, count);
        fill_reach(&at);
        search_by_size(&at);
    } else {
        whatif_free(out);
    }
    free(at.trial);
    free(at.reach);
    free(at.path);
    return enough;
}

bool whatif_raise(const rubric *held, const uint8_t *ratings, level target, whatif *out)
{
    return find(held, ratings, target, true, out);
}

bool whatif_lose(const rubric *held, const uint8_t *ratings, level target, whatif *out)
{
    return find(held, ratings, target, false, out);
}

void whatif_free(whatif *found)
{
    free(found->changes);
    *found = (whatif){0};
}
