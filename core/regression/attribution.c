/* attribution.c - the smallest sets of changes that, undone, put a record back.
 *
 * Sets are tried by size, so the first that works is as small as any; a set with a change that
 * cannot touch the record is passed over, because without it a smaller one would do the same. */
#include "regression/attribution.h"

#include <stdlib.h>
#include <string.h>

/* What a search may cost: about two seconds. Behind it the search is not decided, and says so. */
enum { SETS_TRIED_MAX = 200000, JUDGED_MAX = 10000000 };

/* Records that are rated alike in every variant and were graded alike. */
typedef struct {
    const uint8_t *variants;
    attribution   *found;
    change_set     touches;
    uint8_t        outcome; /* before */
    bool           solved;
} alike;

typedef struct {
    const moved_records *moved;
    alike              **all;
    size_t               count;
    size_t               open; /* not solved */
    hybrid               by;
    uint64_t             judged;
    uint64_t             sets;
    arena               *memory;
    bool                 failed; /* memory is out */
} search;

/* ---- Records alike ----------------------------------------------------------------------- */

typedef struct {
    const uint8_t *variants;
    size_t         width;
    move          *moved;
} keyed_move;

static int compare_keys(const void *a, const void *b)
{
    const keyed_move *one = a, *other = b;
    const int         order = memcmp(one->variants, other->variants, one->width);

    return order ? order
                 : (one->moved->from.outcome > other->moved->from.outcome) -
                       (one->moved->from.outcome < other->moved->from.outcome);
}

static alike *new_alike(search *at, const keyed_move *like)
{
    alike *made = calloc(1, sizeof *made);

    if (made) {
        made->variants = like->variants;
        made->outcome = like->moved->from.outcome;
        made->found = arena_array(at->memory, 1, sizeof *made->found);
        at->all[at->count++] = made;
    }
    return made && made->found ? made : NULL;
}

/* Each distinct record once; its moves share what is found. */
static bool gather(search *at)
{
    const moved_records *moved = at->moved;
    const size_t         width = moved->edit->variant_count;
    keyed_move          *keys = calloc(moved->count + 1, sizeof *keys);
    bool                 fine = keys && at->all;
    size_t               count = 0;

    for (size_t m = 0; fine && m < moved->count; m++)
        if (moved->moves[m]->moved)
            keys[count++] = (keyed_move){moved->variants + m * width, width, moved->moves[m]};
    if (fine)
        qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t m = 0; fine && m < count; m++) {
        if (m == 0 || compare_keys(&keys[m - 1], &keys[m]) != 0)
            fine = new_alike(at, &keys[m]) != NULL;
        if (fine)
            keys[m].moved->because = at->all[at->count - 1]->found;
    }
    free(keys);
    return fine;
}

/* ---- What a change can touch ---------------------------------------------------------------- */

/* Whether any variant of the criterion is rated so that `change` is of weight to it. */
static bool matters(const edited_criterion *of, const rubric_change *change,
                    const uint8_t *variants)
{
    for (size_t v = 0; v < (size_t)1 << of->toggle_count; v++) {
        const uint8_t rating = variants[of->first_variant + v];
        if (rating == RATING_INVALID)
            return true;
        if (change->kind == CHANGE_LIMIT
                ? rating < LEVELS_MAX && of->before->cap[rating] != of->after->cap[rating]
                : rating < LEVELS_MAX || rating == RATING_MISSING)
            return true;
    }
    return false;
}

static bool toggles(const edited_criterion *of, size_t change, const uint8_t *variants)
{
    for (size_t t = 0; t < of->toggle_count; t++)
        for (size_t v = 0; of->toggles[t] == change && v < (size_t)1 << of->toggle_count; v++)
            if (variants[of->first_variant + v] !=
                variants[of->first_variant + (v ^ ((size_t)1 << t))])
                return true;
    return false;
}

static bool touches(const rubric_edit *edit, size_t change, const uint8_t *variants)
{
    const rubric_change *of = &edit->changes[change];

    switch (of->kind) {
    case CHANGE_THRESHOLD:
    case CHANGE_REQUIREMENT:
    case CHANGE_COVERAGE:
    case CHANGE_OVERALL:
        return true;
    case CHANGE_WEIGHT:
    case CHANGE_LIMIT:
    case CHANGE_ADDED:
    case CHANGE_REMOVED:
        return matters(&edit->criteria[of->criterion], of, variants);
    default:
        for (size_t u = 0; u < edit->criterion_count; u++)
            if (toggles(&edit->criteria[u], change, variants))
                return true;
        return false;
    }
}

/* ---- One set of changes ------------------------------------------------------------------------ */

/* Where no overall judgement is made, a record is back where its ratings are. */
static bool is_back(search *at, const alike *one, uint8_t outcome)
{
    const rubric_edit *edit = at->moved->edit;

    if (outcome != one->outcome)
        return false;
    for (size_t u = 0; outcome == OUTCOME_NONE && u < edit->criterion_count; u++) {
        const edited_criterion *of = &edit->criteria[u];
        const uint8_t           before =
            of->before ? one->variants[of->first_variant + ((size_t)1 << of->toggle_count) - 1]
                                 : (uint8_t)RATING_NOT_APPLICABLE;
        if (at->by.ratings[u] != before)
            return false;
    }
    return true;
}

static void keep(search *at, const alike *one, const size_t *path, size_t size)
{
    attribution *found = one->found;

    if (found->all_sets++ == 0) {
        found->size = size;
        found->changes = arena_array(at->memory, size * ATTRIBUTION_SETS, sizeof *found->changes);
        at->failed |= !found->changes;
    }
    if (found->changes && found->set_count < ATTRIBUTION_SETS)
        memcpy(found->changes + found->set_count++ * size, path, size * sizeof *path);
}

/* Undoes the changes of `path` for every record that is not solved by fewer. */
static void try_set(search *at, const size_t *path, size_t size)
{
    change_set undone = {0};

    at->sets++;
    for (size_t i = 0; i < size; i++)
        change_set_add(&undone, path[i]);
    if (!hybrid_set(&at->by, at->moved->edit, &undone))
        return;
    for (size_t i = 0; i < at->count; i++) {
        alike *one = at->all[i];
        if (one->solved || one->found->undecided || !change_set_within(&undone, &one->touches))
            continue;
        at->judged++;
        if (is_back(at, one, hybrid_outcome(&at->by, at->moved->edit, one->variants)))
            keep(at, one, path, size);
    }
}

static bool spent(const search *at)
{
    return at->sets > SETS_TRIED_MAX || at->judged > JUDGED_MAX;
}

/* Every set of `size` changes. False where the bound was met first. */
static bool try_size(search *at, size_t size)
{
    const size_t count = at->moved->edit->change_count;
    size_t       path[CHANGES_MAX];

    for (size_t i = 0; i < size; i++)
        path[i] = i;
    for (;;) {
        if (spent(at))
            return false;
        try_set(at, path, size);
        size_t last = size;
        while (last > 0 && path[last - 1] == count - size + last - 1)
            last--;
        if (last == 0)
            return true;
        path[last - 1]++;
        for (size_t i = last; i < size; i++)
            path[i] = path[i - 1] + 1;
    }
}

/* ---- The search ------------------------------------------------------------------------------------ */

static void settle(search *at)
{
    for (size_t i = 0; i < at->count; i++) {
        alike *one = at->all[i];
        if (!one->solved && one->found->all_sets > 0) {
            one->solved = true;
            at->open--;
        }
    }
}

/* What was found before the bound was met is as small as any, and may not be all. */
static void give_up(search *at, size_t size)
{
    for (size_t i = 0; i < at->count; i++) {
        alike *one = at->all[i];
        if (one->solved || one->found->undecided)
            continue;
        one->found->undecided = one->found->size ? "there may be more sets as small"
                                                 : "there are too many sets of changes to try";
        one->found->tried = size - 1;
    }
    at->open = 0;
}

/* Records that all changes together do not put back were moved by something else. */
static void check_all_undone(search *at)
{
    const rubric_edit *edit = at->moved->edit;
    change_set         all = {0};

    for (size_t c = 0; c < edit->change_count; c++)
        change_set_add(&all, c);
    hybrid_set(&at->by, edit, &all);
    at->open = at->count;
    for (size_t i = 0; i < at->count; i++) {
        alike *one = at->all[i];
        if (memchr(one->variants, VARIANT_FAILED, edit->variant_count)) {
            one->found->undecided = "a plugin failed on it; assay grade says in which measure";
            at->open--;
            continue;
        }
        for (size_t c = 0; c < edit->change_count; c++)
            if (touches(edit, c, one->variants))
                change_set_add(&one->touches, c);
        if (is_back(at, one, hybrid_outcome(&at->by, edit, one->variants)))
            continue;
        one->found->undecided = "no change of the rubric moved it";
        at->open--;
    }
}

static bool touches_any(const moved_records *moved, size_t change)
{
    for (size_t m = 0; m < moved->count; m++)
        if (touches(moved->edit, change, moved->variants + m * moved->edit->variant_count))
            return true;
    return false;
}

/* Takes out the builds that rate none of the moves otherwise. They are the last changes of the edit, and
 * of their criteria, so that nothing else gets another number. */
static void forget_idle_builds(const moved_records *moved)
{
    rubric_edit *edit = moved->edit;
    size_t       kept = 0;

    for (size_t c = 0; c < edit->change_count; c++) {
        const rubric_change change = edit->changes[c];
        edited_criterion   *of =
            change.kind == CHANGE_PLUGIN ? &edit->criteria[change.criterion] : NULL;
        if (of && !touches_any(moved, c)) {
            of->toggle_count--;
            continue;
        }
        if (of)
            of->toggles[of->toggle_count - 1] = kept;
        edit->changes[kept++] = change;
    }
    edit->change_count = kept;
}

bool attribute_moves(const moved_records *moved, arena *memory)
{
    forget_idle_builds(moved);
    search at = {
        .moved = moved,
        .all = calloc(moved->count + 1, sizeof(alike *)),
        .memory = memory,
    };
    bool fine = hybrid_init(&at.by, moved->edit) && gather(&at);

    if (fine) {
        check_all_undone(&at);
        for (size_t size = 1; at.open > 0 && size <= moved->edit->change_count; size++) {
            if (!try_size(&at, size))
                give_up(&at, size);
            settle(&at);
        }
        fine = !at.failed;
    }
    for (size_t i = 0; i < at.count; i++)
        free(at.all[i]);
    free(at.all);
    hybrid_free(&at.by);
    return fine;
}
