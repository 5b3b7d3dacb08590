#include "report/tally.h"

#include <stdlib.h>
#include <string.h>

#include "report/tally_parts.h"
#include "report/tally_table.h"

tally *tally_new(void)
{
    tally *made = calloc(1, sizeof *made);
    if (made != NULL) {
        made->first_date = DATE_NONE;
        made->last_date = DATE_NONE;
    }
    return made;
}

static void scale_free(tally_scale *of)
{
    for (size_t i = 0; i < OUTCOMES; i++) {
        id_list_free(&of->outcomes[i]);
    }
    for (size_t i = 0; i < DIMENSIONS; i++) {
        table_free(&of->by[i]);
    }
    for (size_t i = 0; i < LEVELS_MAX * LEVELS_MAX; i++) {
        id_list_free(&of->agreement[i / LEVELS_MAX][i % LEVELS_MAX]);
    }
}

void tally_free(tally *counted)
{
    if (counted == NULL) {
        return;
    }
    for (size_t i = 0; i < counted->scale_count; i++) {
        scale_free(&counted->scales[i]);
    }
    for (size_t i = 0; i < counted->rubric_count; i++) {
        for (size_t c = 0; c < counted->rubrics[i].of->criterion_count; c++) {
            id_list_free(&counted->rubrics[i].criteria[c].held);
            id_list_free(&counted->rubrics[i].criteria[c].limited);
        }
        free(counted->rubrics[i].criteria);
    }
    for (size_t i = 0; i < counted->rejected_count; i++) {
        free(counted->rejected[i].input);
        free(counted->rejected[i].audit_id);
        free(counted->rejected[i].detail);
    }
    for (size_t i = 0; i < counted->reason_count; i++) {
        free(counted->reasons[i].reason);
    }
    free(counted->scales);
    free(counted->rubrics);
    free(counted->rejected);
    free(counted->reasons);
    free(counted);
}

void tally_drop_scale(tally *counted, size_t at)
{
    scale_free(&counted->scales[at]);
    counted->scale_count--;
    memmove(&counted->scales[at], &counted->scales[at + 1],
            (counted->scale_count - at) * sizeof *counted->scales);
}

/* ---- Parts, made at first sight ------------------------------------------------ */

bool tally_same_scale(const scale *a, const scale *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        same = strcmp(a->ids[i], b->ids[i]) == 0;
    }
    return same;
}

tally_scale *tally_scale_of(tally *counted, const rubric *held)
{
    for (size_t i = 0; i < counted->scale_count; i++) {
        const rubric *like = counted->scales[i].like;
        if (like == held || (like != NULL && held != NULL &&
                             tally_same_scale(&like->scale, &held->scale))) {
            return &counted->scales[i];
        }
    }
    tally_scale *scales =
        realloc(counted->scales, (counted->scale_count + 1) * sizeof *counted->scales);
    if (scales == NULL) {
        return NULL;
    }
    counted->scales = scales;
    tally_scale *made = &scales[counted->scale_count++];
    memset(made, 0, sizeof *made);
    made->like = held;
    return made;
}

tally_rubric *tally_rubric_of(tally *counted, const rubric *held)
{
    for (size_t i = 0; i < counted->rubric_count; i++) {
        if (counted->rubrics[i].of == held) {
            return &counted->rubrics[i];
        }
    }
    tally_rubric *rubrics =
        realloc(counted->rubrics, (counted->rubric_count + 1) * sizeof *counted->rubrics);
    if (rubrics == NULL) {
        return NULL;
    }
    counted->rubrics = rubrics;
    tally_criterion *criteria = calloc(held->criterion_count + 1, sizeof *criteria);
    if (criteria == NULL) {
        return NULL;
    }
    for (size_t c = 0; c < held->criterion_count; c++) {
        criteria[c].of = held;
        criteria[c].criterion = c;
    }
    tally_rubric *made = &rubrics[counted->rubric_count++];
    *made = (tally_rubric){.of = held, .criteria = criteria};
    return made;
}

void tally_see_dates(tally *counted, int32_t first, int32_t last)
{
    if (first == DATE_NONE) {
        return;
    }
    if (counted->first_date == DATE_NONE || first < counted->first_date) {
        counted->first_date = first;
    }
    if (counted->last_date == DATE_NONE || last > counted->last_date) {
        counted->last_date = last;
    }
}

/* ---- Adding up ---------------------------------------------------------------------- */

bool tally_add_scale(tally_scale *into, const tally_scale *from)
{
    bool fine = true;
    for (size_t i = 0; fine && i < OUTCOMES; i++) {
        fine = id_list_add(&into->outcomes[i], &from->outcomes[i]);
    }
    for (size_t i = 0; fine && i < DIMENSIONS; i++) {
        fine = table_add(&into->by[i], &from->by[i]);
    }
    for (size_t i = 0; fine && i < LEVELS_MAX * LEVELS_MAX; i++) {
        fine = id_list_add(&into->agreement[i / LEVELS_MAX][i % LEVELS_MAX],
                           &from->agreement[i / LEVELS_MAX][i % LEVELS_MAX]);
    }
    return fine;
}

static bool criterion_add(tally_criterion *into, const tally_criterion *from)
{
    for (size_t i = 0; i < LEVELS_MAX; i++) {
        into->rated[i] += from->rated[i];
    }
    into->missing += from->missing;
    into->not_applicable += from->not_applicable;
    into->not_due += from->not_due;
    return id_list_add(&into->held, &from->held) && id_list_add(&into->limited, &from->limited);
}

static bool rubric_add(tally *into, const tally_rubric *from)
{
    tally_rubric *seen = tally_rubric_of(into, from->of);
    bool          fine = seen != NULL;
    if (fine) {
        seen->records += from->records;
        seen->graded += from->graded;
        seen->insufficient += from->insufficient;
    }
    for (size_t c = 0; fine && c < from->of->criterion_count; c++) {
        fine = criterion_add(&seen->criteria[c], &from->criteria[c]);
    }
    return fine;
}

bool tally_add(tally *into, const tally *from)
{
    into->records += from->records;
    tally_see_dates(into, from->first_date, from->last_date);
    bool fine = true;
    for (size_t i = 0; fine && i < from->scale_count; i++) {
        tally_scale *of = tally_scale_of(into, from->scales[i].like);
        fine = of != NULL && tally_add_scale(of, &from->scales[i]);
    }
    for (size_t i = 0; fine && i < from->rubric_count; i++) {
        fine = rubric_add(into, &from->rubrics[i]);
    }
    return fine && tally_put_rejected(into, from);
}
