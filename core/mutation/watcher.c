/* Which records notice a mutant: only what it touches is rated anew, and all are judged again. */
#include "mutation/watch.h"

#include <string.h>

bool watcher_init(watcher *out, const watch *of)
{
    const size_t criteria = of->rubric->criterion_count;

    *out = (watcher){.of = of, .changed = of->group};
    if (of->group.count == 0)
        return true;
    out->ratings = arena_array(&out->memory, criteria, sizeof *out->ratings);
    out->applies = arena_array(&out->memory, criteria, sizeof *out->applies);
    out->values = arena_array(&out->memory, criteria, sizeof *out->values);
    if (!out->ratings || !out->applies || !out->values)
        return false;
    memcpy(out->ratings, of->group.ratings, criteria * sizeof *out->ratings);
    memcpy(out->applies, of->group.applies, criteria * sizeof *out->applies);
    memcpy(out->values, of->group.values, criteria * sizeof *out->values);
    return held_grades_init(&out->grades, &of->group, 1);
}

void watcher_free(watcher *unwanted)
{
    held_grades_free(&unwanted->grades);
    arena_free(&unwanted->memory);
    *unwanted = (watcher){0};
}

/* ---- What one record notices ------------------------------------------------------------- */

static bool sees_case(const watch *of, const held_grades *got, size_t k)
{
    const watch_case *expected = &of->cases[k];
    const bool        limited = got->status[k] == STATUS_GRADED && graded_limited(&got->graded, k);

    if ((expected->judgement != NOT_SAID && expected->judgement != got->judgement[k]) ||
        (expected->status != NOT_SAID && expected->status != got->status[k]))
        return true;
    for (size_t c = 0; c < of->rubric->criterion_count; c++) {
        if (expected->limits_said &&
            expected->limits[c] != (limited && graded_limits(&got->graded, k, c)))
            return true;
        if (expected->ratings[c] != NOT_SAID &&
            (got->status[k] == STATUS_REJECTED ||
             expected->ratings[c] != rating_written(got->graded.ratings[c][k])))
            return true;
    }
    return false;
}

/* `c`: the criterion that was edited, or SIZE_MAX: no other's rating or limits can differ where the
 * judgement does not. */
static bool sees_change(const watch *of, const held_grades *got, size_t c, size_t k)
{
    const graded_group *was = &of->own.graded, *is = &got->graded;

    if (of->own.status[k] != got->status[k] || of->own.judgement[k] != got->judgement[k])
        return true;
    if (got->status[k] == STATUS_REJECTED)
        return false;
    if (c != SIZE_MAX && rating_written(was->ratings[c][k]) != rating_written(is->ratings[c][k]))
        return true;
    if (got->judgement[k] >= LEVELS_MAX)
        return false;
    if (graded_limited(was, k) != graded_limited(is, k) ||
        (c != SIZE_MAX && graded_limits(was, k, c) != graded_limits(is, k, c)))
        return true;
    return of->score && (was->points[k] != is->points[k] || was->weight[k] != is->weight[k]) &&
           graded_score(was, k) != graded_score(is, k);
}

static void count(const watcher *at, const held_grades *got, size_t c, uint64_t *noticed,
                  size_t *first)
{
    *noticed = 0;
    for (size_t k = at->of->group.count; k-- > 0;) {
        if (at->of->known && !at->of->known[k])
            continue;
        if (at->of->cases ? sees_case(at->of, got, k) : sees_change(at->of, got, c, k)) {
            ++*noticed;
            *first = k;
        }
    }
}

/* ---- applies_if ------------------------------------------------------------------------------ */

/* Rates criterion c of the records of which the edit asks it. */
static bool ask_of_others(watcher *at, const mutant *edit)
{
    const watch     *of = at->of;
    const size_t     c = edit->criterion, size = of->group.count;
    const criterion *asked = &edit->edited.criteria[c];
    arena           *memory = &at->memory;

    at->values[c] = of->held.batch.groups[0].values[of->probes[c]];
    at->applies[c] = NULL;
    if (asked->applies_field) { /* negated */
        at->applies[c] = arena_array(memory, size, 1);
        if (!at->applies[c])
            return false;
        for (size_t k = 0; k < size; k++)
            at->applies[c][k] = !of->group.applies[c][k];
    }
    at->ratings[c] = arena_array(memory, size, 1);
    if (!at->ratings[c])
        return false;
    rate_values(asked, &at->values[c], at->applies[c], size, at->ratings[c]);
    at->changed.ratings = (const uint8_t *const *)at->ratings;
    at->changed.applies = (const uint8_t *const *)at->applies;
    at->changed.values = at->values;
    return true;
}

static bool count_of_others(watcher *at, const mutant *edit, uint64_t *noticed, size_t *first)
{
    const size_t c = edit->criterion;
    held_grades  grades = {0};
    const bool   fine = ask_of_others(at, edit) && held_grades_init(&grades, &at->changed, 1) &&
                      held_regrade(&grades, &edit->edited);

    if (fine)
        count(at, &grades, c, noticed, first);
    held_grades_free(&grades);
    at->ratings[c] = (uint8_t *)at->of->group.ratings[c];
    at->applies[c] = (uint8_t *)at->of->group.applies[c];
    at->values[c] = at->of->group.values[c];
    return fine;
}

bool watcher_count(watcher *at, const mutant *edit, uint64_t *noticed, size_t *first)
{
    *noticed = 0;
    if (at->of->group.count == 0)
        return true;
    if (edit->touches == TOUCHES_APPLIES)
        return count_of_others(at, edit, noticed, first);
    if (!held_regrade(&at->grades, &edit->edited))
        return false;
    count(at, &at->grades, edit->criterion, noticed, first);
    return true;
}
