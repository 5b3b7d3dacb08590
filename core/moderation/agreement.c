#include "moderation/agreement.h"
#include "moderation/scales.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    store                   *from;
    const agreement_request *asked;
    moderation_agreement    *out;
    moderation_cases         cases;
    error_list              *errors;
    bool                     out_of_memory;
} agreement_work;

static bool table_make(agreement_work *work, statistics_table *table)
{
    const size_t size = work->out->level_count;

    table->categories = size;
    table->cells = calloc(size * size + 1, sizeof *table->cells);
    work->out_of_memory |= !table->cells;
    return table->cells != NULL;
}

/* ---- Counting ------------------------------------------------------------------------- */

static bool count_pair(statistics_table *table, int first, int second)
{
    const bool both = first >= 0 && second >= 0;

    if (both)
        table->cells[(size_t)first * table->categories + (size_t)second]++;
    return both;
}

static agreement_row *add_row(agreement_work *work, agreement_list *list, const char *name)
{
    if (list->count == list->capacity) {
        const size_t   capacity = list->capacity ? 2 * list->capacity : 16;
        agreement_row *rows = reallocarray(list->rows, capacity, sizeof *rows);
        if (!rows)
            return NULL;
        list->rows = rows;
        list->capacity = capacity;
    }
    agreement_row *row = &list->rows[list->count];
    *row = (agreement_row){.name = arena_text(&work->out->memory, name, strlen(name))};
    if (!row->name || !table_make(work, &row->table))
        return NULL;
    list->count++;
    return row;
}

static void count_under(agreement_work *work, const moderation_case *one, agreement_dimension by,
                        const char *name, int first, int second)
{
    agreement_list *list = &work->out->by[by];
    agreement_row  *row = NULL;

    for (size_t r = 0; !row && r < list->count; r++)
        if (strcmp(list->rows[r].name, name) == 0)
            row = &list->rows[r];
    if (!row)
        row = add_row(work, list, name);
    work->out_of_memory |= !row;
    if (row && count_pair(&row->table, first, second))
        row->also_triggered += moderation_also_triggered(one);
}

static void count_case(agreement_work *work, const moderation_case *one)
{
    moderation_agreement *out = work->out;
    const int             grades[AGREEMENT_PAIRS][2] = {
                    [AUDITOR_AND_MODERATOR] = {store_level(one->levels, one->auditor_grade),
                                               store_level(one->levels, one->practice_grade)},
                    [RUBRIC_AND_MODERATOR] = {store_level(one->levels, one->tool_grade),
                                              store_level(one->levels, one->practice_grade)},
                    [AUDITOR_AND_RUBRIC] = {store_level(one->levels, one->auditor_grade),
                                            store_level(one->levels, one->tool_grade)},
    };
    const int auditor = grades[AUDITOR_AND_MODERATOR][0];
    const int moderator = grades[AUDITOR_AND_MODERATOR][1];

    for (size_t p = 0; p < AGREEMENT_PAIRS; p++) {
        const agreement_pick pick = one->picked_at_random ? PICKED_AT_RANDOM : TRIGGERED_ONLY;
        count_pair(&out->tables[p][PICKED_ANYHOW], grades[p][0], grades[p][1]);
        if (count_pair(&out->tables[p][pick], grades[p][0], grades[p][1]))
            out->also_triggered[p] += moderation_also_triggered(one);
    }
    if (moderator == 0 && auditor > 0)
        out->missed[out->missed_count++] = one->audit_id;
    if (!one->picked_at_random || auditor < 0 || moderator < 0)
        return;
    char month[8] = "";
    if (strlen(one->audit_date) >= 7)
        memcpy(month, one->audit_date, 7);
    count_under(work, one, AGREEMENT_BY_AUDITOR, one->auditor, auditor, moderator);
    count_under(work, one, AGREEMENT_BY_TEAM, one->team, auditor, moderator);
    count_under(work, one, AGREEMENT_BY_MONTH, month, auditor, moderator);
}

/* ---- By criterion ---------------------------------------------------------------------- */

/* The ratings of one side of an audit, waiting for the other side's. */
typedef struct {
    agreement_work        *work;
    const moderation_case *one;
    const store_pairs     *held; /* during the inner call */
} criterion_pairing;

static const char *rating_of(const store_pairs *ratings, const char *asked)
{
    for (size_t r = 0; r < ratings->count; r++)
        if (strcmp(ratings->items[r].name, asked) == 0)
            return ratings->items[r].value;
    return "";
}

static void count_ratings(agreement_work *work, const moderation_case *one,
                          const store_pairs *auditors, const store_pairs *moderators)
{
    for (size_t r = 0; r < moderators->count; r++) {
        const store_pair *theirs = &moderators->items[r];
        const int         auditor = store_level(one->levels, rating_of(auditors, theirs->name));
        const int         moderator = store_level(one->levels, theirs->value);
        if (auditor >= 0 && moderator >= 0)
            count_under(work, one, AGREEMENT_BY_CRITERION, theirs->name, auditor, moderator);
    }
}

static const moderation_case *case_at_random(const agreement_work *work, const char *audit_id)
{
    const moderation_case *one = moderation_case_of(&work->cases, audit_id);

    return one && one->picked_at_random && strcmp(one->levels, work->out->levels) == 0 ? one : NULL;
}

static bool pair_grade(void *user, const store_stamp *stamp, const store_grade *given)
{
    criterion_pairing *pairing = user;
    (void)stamp;
    count_ratings(pairing->work, pairing->one, &given->ratings, pairing->held);
    return true;
}

static bool pair_moderation(void *user, const store_stamp *stamp, const store_moderation *given)
{
    criterion_pairing *pairing = user;
    (void)stamp;
    count_ratings(pairing->work, pairing->one, pairing->held, &given->ratings);
    return true;
}

static bool take_moderation(void *user, const store_stamp *stamp, const store_moderation *given)
{
    agreement_work        *work = user;
    const moderation_case *one = case_at_random(work, given->audit_id);
    const store_filter     filter = {.audit_id = given->audit_id, .whole = true};
    (void)stamp;

    if (!one || one->changed)
        return true;
    criterion_pairing pairing = {work, one, &given->ratings};
    return store_each_grade(work->from, &filter, pair_grade, &pairing, work->errors) &&
           !work->out_of_memory;
}

/* Of an audit that was changed after it was moderated. */
static bool take_grade_as_moderated(void *user, const store_stamp *stamp, const store_grade *given)
{
    agreement_work        *work = user;
    const moderation_case *one = case_at_random(work, given->audit_id);
    const store_filter     filter = {.audit_id = given->audit_id,
                                     .moderator = work->asked->filter.moderator,
                                     .whole = true};
    (void)stamp;

    if (!one)
        return true;
    criterion_pairing pairing = {work, one, &given->ratings};
    return store_each_moderation(work->from, &filter, pair_moderation, &pairing, work->errors) &&
           !work->out_of_memory;
}

static bool count_criteria(agreement_work *work)
{
    const store_filter changed = {.whole = true, .as_moderated = true};
    store_filter       filter = work->asked->filter;
    const size_t       before = error_count(work->errors);

    filter.whole = true;
    return store_each_moderation(work->from, &filter, take_moderation, work, work->errors) &&
           store_each_grade(work->from, &changed, take_grade_as_moderated, work, work->errors) &&
           error_count(work->errors) == before;
}

/* ---- Figures --------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const agreement_row *)a)->name, ((const agreement_row *)b)->name);
}

static bool make_figures(agreement_work *work)
{
    moderation_agreement *out = work->out;
    bool                  fine = true;

    for (size_t p = 0; p < AGREEMENT_PAIRS; p++)
        for (size_t k = 0; fine && k < AGREEMENT_PICKS; k++)
            fine = figures_make(&out->tables[p][k], out->seed, out->more, out->least_for_interval,
                                &out->figures[p][k]);
    for (size_t d = 0; d < AGREEMENT_DIMENSIONS; d++) {
        if (out->by[d].count > 1)
            qsort(out->by[d].rows, out->by[d].count, sizeof *out->by[d].rows, by_name);
        for (size_t r = 0; fine && r < out->by[d].count; r++)
            fine = figures_make(&out->by[d].rows[r].table, out->seed, false,
                                out->least_for_interval, &out->by[d].rows[r].figures);
    }
    return fine;
}

static bool compare(agreement_work *work)
{
    moderation_agreement *out = work->out;
    const char           *usual = scale_usual(&work->cases, true);

    out->levels = arena_text(&out->memory, usual, strlen(usual));
    out->missed = arena_array(&out->memory, work->cases.count + 1, sizeof *out->missed);
    out->level_count = scale_count(usual);
    if (!out->levels || !out->missed)
        return false;
    for (size_t p = 0; p < AGREEMENT_PAIRS; p++)
        for (size_t k = 0; k < AGREEMENT_PICKS; k++)
            if (!table_make(work, &out->tables[p][k]))
                return false;
    for (size_t c = 0; c < work->cases.count; c++) {
        const moderation_case *one = &work->cases.items[c];
        if (one->moderated_revision == 0)
            continue;
        if (strcmp(one->levels, usual) == 0)
            count_case(work, one);
        else
            out->other_scale++;
    }
    for (size_t m = 0; m < out->missed_count; m++) {
        out->missed[m] = arena_text(&out->memory, out->missed[m], strlen(out->missed[m]));
        work->out_of_memory |= !out->missed[m];
    }
    return !work->out_of_memory;
}

bool agreement_read(store *from, const agreement_request *request, moderation_agreement *out,
                    error_list *errors)
{
    agreement_work work = {.from = from, .asked = request, .out = out, .errors = errors};

    *out = (moderation_agreement){.seed = request->seed,
                                  .more = request->more,
                                  .least = request->policy->least_for_figures,
                                  .least_for_interval = request->policy->least_for_interval};
    bool fine = moderation_cases_read(from, &request->filter, &work.cases, errors);
    if (fine && !compare(&work))
        fine = error_memory(errors);
    fine = fine && (out->level_count == 0 || count_criteria(&work));
    if (fine && out->level_count > 0 && !make_figures(&work))
        fine = error_memory(errors);
    if (work.out_of_memory)
        fine = error_memory(errors);
    moderation_cases_free(&work.cases);
    return fine;
}

void agreement_free(moderation_agreement *agreement)
{
    for (size_t p = 0; p < AGREEMENT_PAIRS; p++)
        for (size_t k = 0; k < AGREEMENT_PICKS; k++)
            free(agreement->tables[p][k].cells);
    for (size_t d = 0; d < AGREEMENT_DIMENSIONS; d++) {
        for (size_t r = 0; r < agreement->by[d].count; r++)
            free(agreement->by[d].rows[r].table.cells);
        free(agreement->by[d].rows);
    }
    arena_free(&agreement->memory);
    *agreement = (moderation_agreement){0};
}
