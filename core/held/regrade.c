/* Grading again: blocks of records, small enough that what is worked on stays near the processor. */
#include "held/held.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4096 };

/* One thread's arrays for a block. */
typedef struct {
    held_grades    *grades;
    const uint8_t **ratings; /* [criterion]: of the block */
} block_work;

struct held_regrade {
    const graded_group *group;
    uint32_t           *points; /* [k], and so on: what `grades` shows */
    uint32_t           *weight;
    uint8_t            *base;
    uint8_t            *stepped;
    uint8_t            *cap;
    uint8_t            *status;
    uint8_t            *judgement;
    uint8_t            *coverage;
    const uint8_t     **ratings;     /* [criterion]: the group's, or of `own` */
    uint8_t           **own;         /* [criterion]: rated anew; made when first needed */
    bool               *rate;        /* [criterion]: its rating rule was edited */
    bool               *invalid;     /* [criterion]: some of its ratings may be RATING_INVALID */
    bool               *was_invalid; /* [criterion]: of the group's ratings */
    block_work         *workers;     /* [threads] */
    unsigned            threads;
    atomic_size_t       next; /* the block that nobody has taken */
    arena               memory;
};

/* ---- What may differ ------------------------------------------------------------- */

static bool same_words(const char *a, const char *b)
{
    return (!a && !b) || (a && b && strcmp(a, b) == 0);
}

static bool same_scale(const scale *a, const scale *b)
{
    if (a->count != b->count || a->numbers != b->numbers)
        return false;
    for (size_t l = 0; l < a->count; l++)
        if (strcmp(a->ids[l], b->ids[l]) != 0)
            return false;
    return spelling_same(a->spellings, b->spellings);
}

static bool same_inputs(const criterion *a, const criterion *b)
{
    if (a->input_count != b->input_count)
        return false;
    for (size_t i = 0; i < a->input_count; i++)
        if (!text_same_name(text_of(a->inputs[i].field), text_of(b->inputs[i].field)))
            return false;
    return true;
}

static bool same_parameters(const criterion *a, const criterion *b)
{
    if (a->kind != MEASURE_PLUGIN)
        return true;
    const size_t count = a->plugin->measures[a->plugin_measure].parameter_count;
    for (size_t p = 0; p < count; p++)
        if (a->parameters[p] != b->parameters[p])
            return false;
    return true;
}

static bool same_measure(const criterion *a, const criterion *b)
{
    return strcmp(a->id, b->id) == 0 && a->kind == b->kind && a->plugin == b->plugin &&
           a->plugin_measure == b->plugin_measure && a->calendar == b->calendar &&
           same_inputs(a, b) && same_parameters(a, b) &&
           same_words(a->applies_field, b->applies_field) && a->applies_not == b->applies_not &&
           same_words(a->applies_text, b->applies_text);
}

bool held_same_measures(const rubric *a, const rubric *b)
{
    if (!same_scale(&a->scale, &b->scale) || a->criterion_count != b->criterion_count)
        return false;
    for (size_t c = 0; c < a->criterion_count; c++)
        if (!same_measure(&a->criteria[c], &b->criteria[c]))
            return false;
    return true;
}

static bool same_band(const band *a, const band *b)
{
    return a->condition == b->condition && a->gives == b->gives &&
           (a->condition == BAND_ALWAYS || a->bound == b->bound);
}

bool held_same_rating(const criterion *a, const criterion *b)
{
    if (a->if_missing != b->if_missing || a->band_count != b->band_count ||
        (a->gives_flag && (a->yes != b->yes || a->no != b->no)))
        return false;
    for (size_t i = 0; i < a->band_count; i++)
        if (!same_band(&a->bands[i], &b->bands[i]))
            return false;
    return true;
}

/* ---- Room ------------------------------------------------------------------------- */

static bool make_workers(struct held_regrade *work, held_grades *grades, size_t criteria)
{
    work->workers = arena_array(&work->memory, work->threads, sizeof *work->workers);
    for (unsigned t = 0; work->workers && t < work->threads; t++) {
        block_work *worker = &work->workers[t];
        *worker = (block_work){
            .grades = grades,
            .ratings = arena_array(&work->memory, criteria, sizeof *worker->ratings),
        };
        if (!worker->ratings)
            return false;
    }
    return work->workers != NULL;
}

static bool make_results(struct held_regrade *work, size_t count)
{
    arena *memory = &work->memory;

    work->points = arena_array(memory, count, sizeof *work->points);
    work->weight = arena_array(memory, count, sizeof *work->weight);
    work->base = arena_array(memory, count, 1);
    work->stepped = arena_array(memory, count, 1);
    work->cap = arena_array(memory, count, 1);
    work->status = arena_array(memory, count, 1);
    work->judgement = arena_array(memory, count, 1);
    work->coverage = arena_array(memory, count, 1);
    return work->points && work->weight && work->base && work->stepped && work->cap &&
           work->status && work->judgement && work->coverage;
}

static bool make_criteria(struct held_regrade *work, size_t criteria)
{
    arena *memory = &work->memory;

    work->ratings = arena_array(memory, criteria, sizeof *work->ratings);
    work->own = arena_array(memory, criteria, sizeof *work->own);
    work->rate = arena_array(memory, criteria, sizeof *work->rate);
    work->invalid = arena_array(memory, criteria, sizeof *work->invalid);
    work->was_invalid = arena_array(memory, criteria, sizeof *work->was_invalid);
    return work->ratings && work->own && work->rate && work->invalid && work->was_invalid;
}

bool held_grades_init(held_grades *out, const graded_group *group, unsigned threads)
{
    struct held_regrade *work = calloc(1, sizeof *work);
    const size_t         criteria = group->rubric->criterion_count;

    *out = (held_grades){.work = work};
    if (!work)
        return false;
    work->group = group;
    work->threads = threads;
    if (!make_results(work, group->count) || !make_criteria(work, criteria) ||
        !make_workers(work, out, criteria))
        return false;
    for (size_t c = 0; c < criteria; c++)
        work->was_invalid[c] = memchr(group->ratings[c], RATING_INVALID, group->count) != NULL;
    out->status = work->status;
    out->judgement = work->judgement;
    out->coverage = work->coverage;
    out->graded = *group;
    out->graded.ratings = work->ratings;
    out->graded.points = work->points;
    out->graded.weight = work->weight;
    out->graded.base = work->base;
    out->graded.stepped = work->stepped;
    out->graded.cap = work->cap;
    return true;
}

void held_grades_free(held_grades *grades)
{
    if (grades->work)
        arena_free(&grades->work->memory);
    free(grades->work);
    *grades = (held_grades){0};
}

/* ---- One block ---------------------------------------------------------------------- */

/* Rates the block's values of a criterion whose rule was edited. */
static void rate_block(const struct held_regrade *work, const criterion *asked, size_t c,
                       size_t from, size_t count)
{
    const criterion_values *values = &work->group->values[c];
    const uint8_t          *applies = work->group->applies[c];
    const criterion_values  block = {
         .status = values->status + from,
         .bytes = values->bytes ? values->bytes + from : NULL,
         .numbers = values->numbers ? values->numbers + from : NULL,
    };

    rate_values(asked, &block, applies ? applies + from : NULL, count, work->own[c] + from);
}

/* As core/grading does with a batch: a record with an invalid rating is rejected. */
static void reject_invalid(const uint8_t *restrict ratings, size_t count, uint8_t *restrict status)
{
    for (size_t k = 0; k < count; k++)
        status[k] = ratings[k] == RATING_INVALID ? STATUS_REJECTED : status[k];
}

static void clear_rejected(const uint8_t *restrict status, size_t count, uint8_t *restrict judged,
                           uint8_t *restrict coverage)
{
    for (size_t k = 0; k < count; k++) {
        const bool rejected = status[k] == STATUS_REJECTED;
        judged[k] = rejected ? (uint8_t)JUDGEMENT_NOT_GRADED : judged[k];
        coverage[k] = rejected ? 0 : coverage[k];
    }
}

static void set_status(const uint8_t *restrict judged, size_t count, uint8_t *restrict status)
{
    for (size_t k = 0; k < count; k++)
        status[k] = judged[k] == JUDGEMENT_NOT_GRADED ? STATUS_INSUFFICIENT : STATUS_GRADED;
}

static void grade_block(const block_work *worker, size_t from, size_t count)
{
    const struct held_regrade *work = worker->grades->work;
    const rubric              *edited = worker->grades->graded.rubric;
    uint8_t                   *status = work->status + from;
    bool                       any_invalid = false;

    for (size_t c = 0; c < edited->criterion_count; c++) {
        if (work->rate[c])
            rate_block(work, &edited->criteria[c], c, from, count);
        worker->ratings[c] = work->ratings[c] + from;
    }
    const judge_space space = {
        .points = work->points + from,
        .weight = work->weight + from,
        .cap = work->cap + from,
        .base = work->base + from,
        .stepped = work->stepped + from,
        .coverage = work->coverage + from,
        .judgement = work->judgement + from,
    };
    judge_batch(edited, worker->ratings, count, &space);
    set_status(space.judgement, count, status);
    for (size_t c = 0; c < edited->criterion_count; c++)
        if (work->invalid[c]) {
            reject_invalid(worker->ratings[c], count, status);
            any_invalid = true;
        }
    if (any_invalid)
        clear_rejected(status, count, space.judgement, space.coverage);
}

/* ---- All of them ---------------------------------------------------------------------- */

static void *grade_blocks(void *user)
{
    const block_work    *worker = user;
    struct held_regrade *work = worker->grades->work;
    const size_t         count = work->group->count;

    for (size_t from; (from = BLOCK * atomic_fetch_add(&work->next, 1)) < count;)
        grade_block(worker, from, count - from < BLOCK ? count - from : BLOCK);
    return NULL;
}

/* Which criteria are rated anew, and where. False where memory is out. */
static bool choose_ratings(struct held_regrade *work, const rubric *edited)
{
    const graded_group *group = work->group;

    for (size_t c = 0; c < edited->criterion_count; c++) {
        work->rate[c] = !held_same_rating(&group->rubric->criteria[c], &edited->criteria[c]);
        work->invalid[c] = work->was_invalid[c] || work->rate[c];
        if (work->rate[c] && !work->own[c])
            work->own[c] = arena_array(&work->memory, group->count, 1);
        if (work->rate[c] && !work->own[c])
            return false;
        work->ratings[c] = work->rate[c] ? work->own[c] : group->ratings[c];
    }
    return true;
}

bool held_regrade(held_grades *grades, const rubric *edited)
{
    struct held_regrade *work = grades->work;
    const size_t         blocks = (work->group->count + BLOCK - 1) / BLOCK;
    pthread_t            others[256];
    unsigned             started = 0;

    grades->graded.rubric = edited;
    if (!choose_ratings(work, edited))
        return false;
    atomic_store(&work->next, 0);
    /* A thread that cannot be started is one core less, not a failure. */
    while (started + 1 < work->threads && started + 1 < blocks && started < 256 &&
           pthread_create(&others[started], NULL, grade_blocks, &work->workers[started + 1]) == 0)
        started++;
    grade_blocks(&work->workers[0]);
    for (unsigned t = 0; t < started; t++)
        pthread_join(others[t], NULL);
    return true;
}
