#include "mutation/known.h"

#include <stdlib.h>
#include <string.h>

#include "regression/regression.h"

/* A record of either side by its id; the nth of an id goes with the nth. */
typedef struct {
    text           id;
    size_t         place; /* k of the watch, or of the baseline */
    const verdict *kept;  /* of the baseline; else NULL */
} known_record;

static int by_id(const void *a, const void *b)
{
    const known_record *one = a, *other = b;
    const size_t        size = one->id.size < other->id.size ? one->id.size : other->id.size;
    const int           order = size > 0 ? memcmp(one->id.at, other->id.at, size) : 0;

    if (order != 0)
        return order;
    if (one->id.size != other->id.size)
        return one->id.size < other->id.size ? -1 : 1;
    return one->place < other->place ? -1 : one->place > other->place;
}

static bool same_id(const known_record *a, const known_record *b)
{
    return a->id.size == b->id.size && memcmp(a->id.at, b->id.at, a->id.size) == 0;
}

static known_record *records_of(const watch *of)
{
    known_record *list = calloc(of->group.count + 1, sizeof *list);

    for (size_t k = 0; list && k < of->group.count; k++)
        list[k] = (known_record){.id = of->held.batch.audit_id[of->group.rows[k]], .place = k};
    if (list)
        qsort(list, of->group.count, sizeof *list, by_id);
    return list;
}

static known_record *kept_by(const verdict_list *kept)
{
    known_record *list = calloc(kept->count + 1, sizeof *list);
    size_t        hint = 0;

    for (size_t i = 0; list && i < kept->count; i++) {
        const verdict *one = verdict_at(kept, i, &hint);
        list[i] = (known_record){.id = text_of(one->audit_id), .place = i, .kept = one};
    }
    if (list)
        qsort(list, kept->count, sizeof *list, by_id);
    return list;
}

/* ---- Whether they agree ------------------------------------------------------------------ */

static uint8_t outcome_of(const watch *of, size_t k)
{
    if (of->own.status[k] == STATUS_REJECTED)
        return OUTCOME_REJECTED;
    if (of->own.status[k] == STATUS_INSUFFICIENT)
        return OUTCOME_INSUFFICIENT;
    return of->own.judgement[k] < LEVELS_MAX ? of->own.judgement[k] : (uint8_t)OUTCOME_NONE;
}

static bool same_criteria(const watch *of, const yardstick *by)
{
    if (by->criterion_count != of->rubric->criterion_count)
        return false;
    for (size_t c = 0; c < by->criterion_count; c++)
        if (strcmp(by->criteria[c], of->rubric->criteria[c].id) != 0)
            return false;
    return true;
}

static bool agrees(const watch *of, size_t k, const verdict *kept)
{
    const uint8_t outcome = outcome_of(of, k);

    if (kept->outcome != outcome || !kept->by || !same_criteria(of, kept->by))
        return false;
    if (outcome < LEVELS_MAX && kept->score != graded_score(&of->own.graded, k))
        return false;
    for (size_t c = 0; kept->ratings && c < of->rubric->criterion_count; c++)
        if (rating_written(kept->ratings[c]) != rating_written(of->own.graded.ratings[c][k]))
            return false;
    return true;
}

/* Walks both by id. False and a fault where a grade is another. */
static bool pair(const watch *of, const known_record *mine, const known_record *kept,
                 size_t kept_count, const char *file, bool *known, error_list *errors)
{
    size_t differ = 0, first = 0;

    for (size_t m = 0, b = 0; m < of->group.count && b < kept_count;) {
        if (!same_id(&mine[m], &kept[b])) {
            const known_record left = {.id = mine[m].id}, right = {.id = kept[b].id};
            if (by_id(&left, &right) < 0)
                m++;
            else
                b++;
            continue;
        }
        known[mine[m].place] = true;
        if (!agrees(of, mine[m].place, kept[b].kept) && differ++ == 0)
            first = m;
        m++;
        b++;
    }
    if (differ > 0)
        error_add(errors, FAULT_USAGE, file, 0, 0,
                  "%zu records are not graded as it keeps them, \"%.*s\" the first; see \"assay "
                  "baseline check\" before you ask what it would notice",
                  differ, (int)mine[first].id.size, mine[first].id.at);
    return differ == 0;
}

bool watch_known(watch *of, const char *file, error_list *errors)
{
    baseline     *read = NULL;
    bool         *known = arena_array(&of->memory, of->group.count + 1, sizeof *known);
    known_record *mine = NULL, *kept = NULL;
    bool          fine = baseline_read(&read, file, errors);

    if (fine) {
        mine = records_of(of);
        kept = kept_by(baseline_list(read));
        fine = (known && mine && kept) || error_memory(errors);
    }
    fine = fine && pair(of, mine, kept, baseline_list(read)->count, file, known, errors);
    of->known = known;
    free(mine);
    free(kept);
    baseline_free(read);
    return fine;
}
