#include "regression/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

/* ---- Levels of two scales ---------------------------------------------------------------- */

static bool levels_equal(const yardstick *a, size_t la, const yardstick *b, size_t lb)
{
    return strcmp(a->levels[la], b->levels[lb]) == 0 || strcmp(a->folded[la], b->folded[lb]) == 0;
}

bool yardsticks_same(const yardstick *a, const yardstick *b)
{
    if (a == b || a->level_count != b->level_count)
        return a == b;
    for (size_t l = 0; l < a->level_count; l++)
        if (!levels_equal(a, l, b, l))
            return false;
    return true;
}

level level_onto(const yardstick *of, level which, const yardstick *onto)
{
    if (of == onto)
        return which;
    for (size_t l = 0; l < onto->level_count; l++)
        if (levels_equal(of, which, onto, l))
            return (level)l;
    return LEVEL_NONE;
}

/* What the two are to each other; those of the last pair are remembered. Both are at hand. */
static const yardstick_pair *pair_of(diff *out, const yardstick *a, const yardstick *b)
{
    yardstick_pair *pair = &out->private->pair;

    if (pair->a == a && pair->b == b)
        return pair;
    *pair = (yardstick_pair){
        .a = a,
        .b = b,
        .scale_same = yardsticks_same(a, b),
        .criteria_same = a->criterion_count == b->criterion_count,
    };
    for (size_t l = 0; l < b->level_count; l++)
        pair->onto[l] = level_onto(b, (level)l, a);
    for (size_t c = 0; pair->criteria_same && c < a->criterion_count; c++)
        pair->criteria_same = strcmp(a->criteria[c], b->criteria[c]) == 0;
    return pair;
}

/* A level whose place in its scale is known. */
static bool is_level(const verdict *of)
{
    return of->outcome < LEVELS_MAX && of->by && of->outcome < of->by->level_count;
}

static size_t find_criterion(const yardstick *in, const char *id, size_t guess)
{
    if (guess < in->criterion_count && strcmp(in->criteria[guess], id) == 0)
        return guess;
    for (size_t c = 0; c < in->criterion_count; c++)
        if (strcmp(in->criteria[c], id) == 0)
            return c;
    return SIZE_MAX;
}

static bool ratings_same(const verdict *a, const verdict *b)
{
    if (!a->ratings || !b->ratings)
        return true; /* not known: nothing to hold against each other */
    if (a->by->criterion_count != b->by->criterion_count)
        return false;
    for (size_t c = 0; c < a->by->criterion_count; c++) {
        const size_t at = find_criterion(b->by, a->by->criteria[c], c);
        if (at == SIZE_MAX || a->ratings[c] != b->ratings[at])
            return false;
    }
    return true;
}

bool outcome_same(const verdict *a, const verdict *b)
{
    if (is_level(a) && is_level(b))
        return level_onto(b->by, b->outcome, a->by) == a->outcome;
    if (a->outcome == OUTCOME_NONE && b->outcome == OUTCOME_NONE)
        return ratings_same(a, b); /* they stand for themselves (grading.md 6) */
    return strcmp(a->word, b->word) == 0;
}

static move_direction direction_of(const verdict *from, const verdict *to)
{
    if (!is_level(from) || !is_level(to))
        return MOVE_OTHER;
    const level onto = level_onto(to->by, to->outcome, from->by);
    if (onto == LEVEL_NONE || onto == from->outcome)
        return MOVE_OTHER;
    return onto > from->outcome ? MOVE_UP : MOVE_DOWN;
}

static bool is_lowest(const verdict *of)
{
    return is_level(of) && of->outcome == 0;
}

/* ---- Limits that stopped holding -------------------------------------------------------------- */

static bool listed(const char *list, const char *id, size_t size)
{
    for (; *list; list += strcspn(list, ";"), list += *list == ';')
        if (strcspn(list, ";") == size && memcmp(list, id, size) == 0)
            return true;
    return false;
}

/* Whether the criterion still holds the record to what it was held to. Where its rubric is not at
 * hand, it is taken to, as long as the record is no higher. */
static bool still_holds(const verdict *from, const verdict *to, const char *id, size_t size)
{
    if (!is_level(to) || level_onto(to->by, to->outcome, from->by) > from->outcome)
        return false;
    if (listed(to->limited_by, id, size) || !to->ratings || !to->by->rubric)
        return true;
    const size_t c = rubric_find_criterion(to->by->rubric, (text){id, size});
    if (c == SIZE_MAX || to->ratings[c] >= LEVELS_MAX)
        return false;
    const level cap = to->by->rubric->criteria[c].cap[to->ratings[c]];
    return cap < to->by->level_count && level_onto(to->by, cap, from->by) <= from->outcome;
}

static const char *freed_limits(diff *out, const verdict *from, const verdict *to)
{
    char   joined[2048];
    size_t used = 0;

    for (const char *id = from->limited_by; *id;) {
        const size_t size = strcspn(id, ";");
        if (!still_holds(from, to, id, size) && used + size + 2 < sizeof joined) {
            if (used > 0)
                joined[used++] = ';';
            memcpy(joined + used, id, size);
            used += size;
        }
        id += size;
        id += *id == ';';
    }
    return used == 0 ? "" : arena_text(&out->private->memory, joined, used);
}

/* ---- The matrix ------------------------------------------------------------------------------- */

/* The row of an outcome, added where it is new; the last where there is no room. `folded` NULL: it is no
 * level of a scale whose order is known. */
static size_t make_row(diff *out, const outcome_row *made)
{
    for (size_t r = 0; r < out->row_count; r++) {
        const outcome_row *row = &out->rows[r];
        if (strcmp(row->label, made->label) == 0 ||
            (made->folded && row->folded && strcmp(row->folded, made->folded) == 0))
            return r;
    }
    if (out->row_count == OUTCOME_ROWS)
        return OUTCOME_ROWS - 1;
    out->rows[out->row_count] = *made;
    return out->row_count++;
}

/* The rows of a scale, in its order; made when it is first met, and looked up by its address. */
static const size_t *rows_of(diff *out, const yardstick *by)
{
    struct diff_private *own = out->private;
    scale_rows          *rows = own->scales;

    for (size_t s = 0; s < own->scale_count; s++)
        if (rows[s].by == by)
            return rows[s].rows;
    const size_t at = own->scale_count < SCALES_KEPT ? own->scale_count++ : SCALES_KEPT - 1;
    rows[at].by = by;
    for (size_t l = 0; l < by->level_count; l++)
        rows[at].rows[l] = make_row(out, &(outcome_row){.label = by->levels[l],
                                                        .shown = by->labels[l],
                                                        .folded = by->folded[l],
                                                        .outcome = (uint8_t)l});
    return rows[at].rows;
}

static size_t row_of(diff *out, const verdict *of)
{
    if (is_level(of))
        return rows_of(out, of->by)[of->outcome];
    return make_row(out, &(outcome_row){.label = of->word,
                                        .shown = verdict_shown(of),
                                        .outcome = of->outcome});
}

static void count_outcomes(diff *out, const verdict *from, const verdict *to)
{
    const size_t before = row_of(out, from), after = row_of(out, to);
    out->rows[before].before = true;
    out->rows[after].after = true;
    out->matrix[before][after]++;
}

/* ---- Ratings ------------------------------------------------------------------------------------ */

static rating_moves *ratings_of(diff *out, const char *id)
{
    struct diff_private *own = out->private;

    for (size_t r = 0; r < out->rating_count; r++)
        if (strcmp(out->ratings[r].criterion, id) == 0)
            return &out->ratings[r];
    if (out->rating_count == own->rating_room) {
        const size_t  room = own->rating_room * 2 + 32;
        rating_moves *more = realloc(out->ratings, room * sizeof *more);
        if (!more)
            return NULL;
        out->ratings = more;
        own->rating_room = room;
    }
    out->ratings[out->rating_count] = (rating_moves){.criterion = id};
    return &out->ratings[out->rating_count++];
}

static bool count_rating(diff *out, const char *id, uint8_t before, uint8_t after)
{
    rating_moves *found = before == after ? NULL : ratings_of(out, id);

    if (before == after)
        return true;
    if (!found)
        return false;
    if (before < LEVELS_MAX && after < LEVELS_MAX)
        ++*(after > before ? &found->raised : &found->lowered);
    else
        found->otherwise++;
    return true;
}

static bool count_ratings(diff *out, const verdict *from, const verdict *to)
{
    const yardstick_pair *pair =
        from->ratings && to->ratings ? pair_of(out, from->by, to->by) : NULL;

    if (!pair || !pair->scale_same)
        return true;
    if (pair->criteria_same &&
        memcmp(from->ratings, to->ratings, from->by->criterion_count) == 0)
        return true;
    for (size_t c = 0; c < from->by->criterion_count; c++) {
        const char  *id = from->by->criteria[c];
        const size_t at = find_criterion(to->by, id, c);
        if (at != SIZE_MAX && !count_rating(out, id, from->ratings[c], to->ratings[at]))
            return false;
    }
    return true;
}

/* ---- Groups --------------------------------------------------------------------------------------- */

/* The group of a day's month. */
static bool count_month(diff *out, int32_t day, bool moved)
{
    struct diff_private *own = out->private;
    counted_day         *kept = &own->days[(uint32_t)day % DAYS_KEPT];
    char                 month[DATE_TEXT_SIZE] = "";

    if (!kept->known || kept->day != day) {
        if (day != DATE_NONE)
            date_write(day, month);
        month[7] = '\0'; /* 2026-03 */
        if (!groups_find(&own->counters[BY_MONTH], month, &kept->group))
            return false;
        kept->day = day;
        kept->known = true;
    }
    groups_count(&own->counters[BY_MONTH], kept->group, moved);
    return true;
}

static bool count_name(group_counter *counter, const char *name, bool moved)
{
    size_t group;

    if (!groups_find(counter, name, &group))
        return false;
    groups_count(counter, group, moved);
    return true;
}

static bool count_groups(diff *out, const verdict *of, bool moved)
{
    group_counter *counters = out->private->counters;

    return count_name(&counters[BY_TEAM], of->team, moved) &&
           count_name(&counters[BY_AREA], of->area, moved) &&
           count_month(out, of->audit_date, moved) &&
           (!out->private->by_auditor || count_name(&counters[BY_AUDITOR], of->auditor, moved));
}

/* ---- Pairs ------------------------------------------------------------------------------------------ */

/* The record, not its grade alone. */
static bool says_otherwise(const diff *out, const verdict *from, const verdict *to)
{
    return !out->private->other_rows && from->row && to->row && from->row != to->row;
}

static bool add_move(diff *out, const verdict *from, const verdict *to, bool moved,
                     const char *freed)
{
    size_t *room = &out->private->move_room;

    if (out->move_count == *room) {
        const size_t wanted = *room * 2 + 64;
        move        *more = realloc(out->moves, wanted * sizeof *more);
        if (!more)
            return false;
        out->moves = more;
        *room = wanted;
    }
    move *made = &out->moves[out->move_count++];
    *made = (move){
        .moved = moved,
        .changed = says_otherwise(out, from, to),
        .from = *from,
        .to = *to,
        .direction = direction_of(from, to),
        .enters_lowest = is_lowest(to) && !is_lowest(from),
        .leaves_lowest = is_lowest(from) && !is_lowest(to),
        .freed = freed,
    };
    return true;
}

static bool add_single(verdict **list, size_t *count, size_t *room, const verdict *single)
{
    if (*count == *room) {
        const size_t wanted = *room * 2 + 64;
        verdict     *more = realloc(*list, wanted * sizeof *more);
        if (!more)
            return false;
        *list = more;
        *room = wanted;
    }
    (*list)[(*count)++] = *single;
    return true;
}

static void count_move(diff *out, const verdict *from, const verdict *to)
{
    const move_direction way = direction_of(from, to);

    ++*(way == MOVE_UP ? &out->up : way == MOVE_DOWN ? &out->down : &out->other);
}

bool diff_pair(diff *out, const verdict *from, const verdict *to, bool *keep)
{
    struct diff_private *own = out->private;

    if (!from || !to) {
        *keep = true;
        return from ? add_single(&out->only_a, &out->only_a_count, &own->only_a_room, from)
                    : add_single(&out->only_b, &out->only_b_count, &own->only_b_room, to);
    }
    const yardstick_pair *pair =
        is_level(from) && is_level(to) ? pair_of(out, from->by, to->by) : NULL;
    const bool  moved = pair ? pair->onto[to->outcome] != from->outcome : !outcome_same(from, to);
    const bool  held = !moved && strcmp(from->limited_by, to->limited_by) == 0;
    const char *freed = held || !*from->limited_by ? "" : freed_limits(out, from, to);
    if (!freed)
        return false;

    out->records++;
    out->same += !moved;
    out->freed += *freed != '\0';
    out->changed += says_otherwise(out, from, to);
    out->scores += !moved && from->score != to->score;
    out->other_scale |= pair && !pair->scale_same;
    if (moved)
        count_move(out, from, to);
    count_outcomes(out, from, to);
    if (moved || *freed) {
        *keep = true;
        if (!add_move(out, from, to, moved, freed))
            return false;
    }
    return count_ratings(out, from, to) && count_groups(out, to, moved);
}

/* ---- Begin and end ------------------------------------------------------------------------------------ */

bool diff_begin(diff *out, const diff_options *options)
{
    out->private = calloc(1, sizeof *out->private);
    if (!out->private)
        return false;
    out->private->by_auditor = options->by_auditor;
    out->private->other_rows = options->other_rows;
    return true;
}

static int compare_ratings(const void *a, const void *b)
{
    const rating_moves *one = a, *other = b;
    const uint64_t      first = one->raised + one->lowered + one->otherwise,
                   second = other->raised + other->lowered + other->otherwise;

    return first != second ? (first < second) - (first > second)
                           : strcmp(one->criterion, other->criterion);
}

static bool order_safety(diff *out)
{
    out->safety = calloc(out->move_count + 1, sizeof(move *));
    if (!out->safety)
        return false;
    for (size_t m = 0; m < out->move_count; m++)
        if (out->moves[m].enters_lowest)
            out->safety[out->safety_count++] = &out->moves[m];
    for (size_t m = 0; m < out->move_count; m++)
        if (out->moves[m].leaves_lowest)
            out->safety[out->safety_count++] = &out->moves[m];
    for (size_t m = 0; m < out->move_count; m++)
        if (*out->moves[m].freed && !out->moves[m].enters_lowest && !out->moves[m].leaves_lowest)
            out->safety[out->safety_count++] = &out->moves[m];
    return true;
}

bool diff_end(diff *out)
{
    for (int g = 0; g < MOVE_GROUPINGS; g++)
        groups_rank(&out->private->counters[g], out->records, out->records - out->same,
                    &out->groups[g]);
    if (out->rating_count > 0)
        qsort(out->ratings, out->rating_count, sizeof *out->ratings, compare_ratings);
    return order_safety(out);
}

void diff_free(diff *unwanted)
{
    struct diff_private *own = unwanted->private;

    if (own) {
        for (int g = 0; g < MOVE_GROUPINGS; g++)
            groups_free(&own->counters[g]);
        verdicts_free(&own->before);
        verdicts_free(&own->moved);
        arena_free(&own->memory);
        free(own);
    }
    for (size_t e = 0; e < unwanted->edit_count; e++) {
        edit_free(unwanted->edits[e]);
        free(unwanted->edits[e]);
    }
    free(unwanted->edits);
    error_clear(&unwanted->broken);
    free(unwanted->moves);
    free(unwanted->safety);
    free(unwanted->ratings);
    free(unwanted->only_a);
    free(unwanted->only_b);
    *unwanted = (diff){0};
}
