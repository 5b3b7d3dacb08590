/* Results record by record, for other programs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/session.h"

/* One batch as the caller is given it. */
typedef struct {
    assay_record *records;
    size_t        count;
    arena         memory;
} record_list;

typedef struct {
    assay_take_record take;
    void             *user;
} record_taker;

static const char *rating_name(const rubric *held, uint8_t rating)
{
    if (rating < LEVELS_MAX)
        return held->scale.ids[rating];
    return rating == RATING_MISSING ? "missing" : "not_applicable";
}

static bool add_ratings(record_list *list, const graded_group *group, size_t k, assay_record *out)
{
    const size_t count = group->rubric->criterion_count;
    assay_rating *ratings = arena_array(&list->memory, count, sizeof *ratings);

    if (!ratings)
        return false;
    for (size_t c = 0; c < count; c++)
        ratings[c] = (assay_rating){group->rubric->criteria[c].id,
                                    rating_name(group->rubric, group->ratings[c][k])};
    out->ratings = ratings;
    out->rating_count = count;
    return true;
}

static const char *status_name(uint8_t status)
{
    return status == STATUS_GRADED         ? "graded"
           : status == STATUS_INSUFFICIENT ? "insufficient_evidence"
                                           : "rejected";
}

/* The part of a record that its rubric gave. */
static bool add_grade(record_list *list, const graded_batch *batch, size_t i, assay_record *out)
{
    const graded_group *group = &batch->groups[batch->group[i]];
    const rubric *held = group->rubric;
    const size_t k = batch->place[i];
    const uint8_t judged = batch->judgement[i];

    out->rubric = held->id;
    out->version = held->version;
    if (batch->status[i] == STATUS_REJECTED)
        return true;
    out->coverage = batch->coverage[i];
    if (judged == JUDGEMENT_NONE)
        out->judgement = "none";
    if (judged < LEVELS_MAX) {
        out->judgement = held->scale.ids[judged];
        out->level = judged;
        out->score = graded_score(group, k);
        out->margin = graded_margin(group, k);
    }
    return add_ratings(list, group, k, out);
}

static bool add_record(record_list *list, const graded_batch *batch, size_t i)
{
    assay_record *out = &list->records[list->count++];

    *out = (assay_record){
        .struct_size = sizeof *out,
        .input = batch->input,
        .line = batch->line[i],
        .audit_id = arena_text(&list->memory, batch->audit_id[i].at, batch->audit_id[i].size),
        .practice_area =
            arena_text(&list->memory, batch->practice_area[i].at, batch->practice_area[i].size),
        .rubric = "",
        .version = "",
        .judgement = "not_graded",
        .status = status_name(batch->status[i]),
        .detail = arena_text(&list->memory, batch->detail[i], strlen(batch->detail[i])),
        .score = -1,
        .margin = -1,
        .coverage = -1,
        .level = -1,
    };
    return out->audit_id && out->practice_area && out->detail &&
           (batch->group[i] == GROUP_NONE || add_grade(list, batch, i, out));
}

static void list_free(record_list *list)
{
    arena_free(&list->memory);
    free(list);
}

static void *render_records(void *user, const graded_batch *batch)
{
    record_list *list = calloc(1, sizeof *list);
    (void)user;

    if (!list)
        return NULL;
    list->records = arena_array(&list->memory, batch->count + 1, sizeof *list->records);
    for (size_t i = 0; list->records && i < batch->count; i++)
        if (!add_record(list, batch, i)) {
            list_free(list);
            return NULL;
        }
    if (!list->records) {
        list_free(list);
        return NULL;
    }
    return list;
}

static bool deliver_records(void *user, void *rendered, error_list *errors)
{
    const record_taker *taker = user;
    record_list *list = rendered;
    bool wanted = true;
    (void)errors;

    for (size_t i = 0; i < list->count && wanted; i++)
        wanted = taker->take(taker->user, &list->records[i]) == 0;
    list_free(list);
    return wanted;
}

static void discard_records(void *user, void *rendered)
{
    (void)user;
    list_free(rendered);
}

int assay_grade_records(assay *session, const assay_input *inputs, size_t count,
                        assay_take_record take, void *user, assay_totals *totals)
{
    record_taker taker = {take, user};
    const grade_sink sink = {&taker, render_records, deliver_records, discard_records};
    grade_totals counted = {0};

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    const bool ran = session_grade(session, inputs, count, NULL, &sink, &counted);
    if (totals)
        *totals = (assay_totals){counted.rows, counted.graded, counted.insufficient,
                                 counted.rejected};
    return session_outcome(session, ran, &counted);
}
