#include "moderation/severity_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/forms.h"
#include "moderation/pack.h"
#include "moderation/scales.h"

/* Names by number, as they are met. */
typedef struct {
    const char **names;
    size_t       count;
    size_t       capacity;
} name_list;

typedef struct {
    moderation_severity  *out;
    const rubric_library *library;
    moderation_cases      cases;
    const char           *levels;
    name_list             raters;
    name_list             criteria;
    bool                 *moderates;
    uint32_t             *audit, *criterion, *rater; /* [count] */
    uint8_t              *rating;
    size_t                count;
    size_t                capacity;
    bool                  out_of_memory;
} severity_work;

/* ---- What was rated --------------------------------------------------------------------- */

/* The number of a name; SIZE_MAX where memory is out. */
static size_t number_of(severity_work *work, name_list *list, const char *name)
{
    for (size_t n = 0; n < list->count; n++)
        if (strcmp(list->names[n], name) == 0)
            return n;
    if (list->count == list->capacity) {
        const size_t capacity = list->capacity ? 2 * list->capacity : 32;
        const char **names = reallocarray(list->names, capacity, sizeof *names);
        if (!names)
            return SIZE_MAX;
        list->names = names;
        list->capacity = capacity;
    }
    const char *copy = arena_text(&work->out->memory, name, strlen(name));
    if (!copy)
        return SIZE_MAX;
    list->names[list->count] = copy;
    return list->count++;
}

static bool grow(severity_work *work)
{
    if (work->count < work->capacity)
        return true;
    const size_t capacity = work->capacity ? 2 * work->capacity : 4096;
    uint32_t    *audit = reallocarray(work->audit, capacity, sizeof *audit);
    if (audit)
        work->audit = audit;
    uint32_t *criterion_at = reallocarray(work->criterion, capacity, sizeof *criterion_at);
    if (criterion_at)
        work->criterion = criterion_at;
    uint32_t *rater = reallocarray(work->rater, capacity, sizeof *rater);
    if (rater)
        work->rater = rater;
    uint8_t *rating = reallocarray(work->rating, capacity, sizeof *rating);
    if (rating)
        work->rating = rating;
    if (!audit || !criterion_at || !rater || !rating)
        return false;
    work->capacity = capacity;
    return true;
}

/* True where the criterion is a question that people rate. */
static bool is_asked(const severity_work *work, const moderation_case *one, const char *id)
{
    const rubric *held = rubric_of(work->library, one);
    const size_t  found = held ? rubric_find_criterion(held, text_of(id)) : SIZE_MAX;

    return found != SIZE_MAX && form_asks(&held->criteria[found]);
}

static void add_rating(severity_work *work, const moderation_case *one, size_t rater,
                       const store_pair *given)
{
    const int rating = store_level(work->levels, given->value);
    char      name[128];

    if (rating < 0 || !is_asked(work, one, given->name))
        return;
    snprintf(name, sizeof name, "%s.%s", one->rubric, given->name);
    const size_t asked = number_of(work, &work->criteria, name);
    if (asked == SIZE_MAX || !grow(work)) {
        work->out_of_memory = true;
        return;
    }
    work->audit[work->count] = (uint32_t)(one - work->cases.items);
    work->criterion[work->count] = (uint32_t)asked;
    work->rater[work->count] = (uint32_t)rater;
    work->rating[work->count++] = (uint8_t)rating;
}

static void add_ratings(severity_work *work, const char *audit_id, const char *rater_name,
                        const store_pairs *ratings)
{
    const moderation_case *one = moderation_case_of(&work->cases, audit_id);

    if (!one)
        return;
    if (!rater_name)
        rater_name = one->auditor;
    if (!*rater_name || strcmp(one->levels, work->levels) != 0)
        return;
    const size_t rater = number_of(work, &work->raters, rater_name);
    work->out_of_memory |= rater == SIZE_MAX;
    for (size_t r = 0; rater != SIZE_MAX && r < ratings->count; r++)
        add_rating(work, one, rater, &ratings->items[r]);
}

static bool take_grade(void *user, const store_stamp *stamp, const store_grade *given)
{
    severity_work         *work = user;
    const moderation_case *one = moderation_case_of(&work->cases, given->audit_id);
    (void)stamp;
    if (one && !one->changed)
        add_ratings(work, given->audit_id, NULL, &given->ratings);
    return !work->out_of_memory;
}

static bool take_grade_as_moderated(void *user, const store_stamp *stamp, const store_grade *given)
{
    severity_work *work = user;
    (void)stamp;
    add_ratings(work, given->audit_id, NULL, &given->ratings);
    return !work->out_of_memory;
}

static bool take_moderation(void *user, const store_stamp *stamp, const store_moderation *given)
{
    severity_work *work = user;
    (void)stamp;
    add_ratings(work, given->audit_id, given->moderator, &given->ratings);
    return !work->out_of_memory;
}

/* ---- Fitting ----------------------------------------------------------------------------- */

static bool mark_moderators(severity_work *work)
{
    moderation_severity *out = work->out;

    out->moderates = arena_array(&out->memory, work->raters.count + 1, sizeof *out->moderates);
    for (size_t c = 0; out->moderates && c < work->cases.count; c++) {
        const moderation_case *one = &work->cases.items[c];
        for (size_t r = 0; one->moderated_revision > 0 && r < work->raters.count; r++)
            if (strcmp(work->raters.names[r], one->moderator) == 0)
                out->moderates[r] = true;
    }
    return out->moderates != NULL;
}

static const char **copy_names(arena *memory, const name_list *list)
{
    const char **names = arena_array(memory, list->count + 1, sizeof *names);

    if (names && list->count > 0)
        memcpy(names, list->names, list->count * sizeof *names);
    return names;
}

static bool fit(severity_work *work)
{
    moderation_severity *out = work->out;
    const severity_data  data = {
         .count = work->count,
         .audit = work->audit,
         .criterion = work->criterion,
         .auditor = work->rater,
         .rating = work->rating,
         .audit_count = work->cases.count,
         .criterion_count = work->criteria.count,
         .auditor_count = work->raters.count,
         .levels = (unsigned)scale_count(work->levels),
    };

    out->raters = copy_names(&out->memory, &work->raters);
    out->criteria = copy_names(&out->memory, &work->criteria);
    out->rater_count = work->raters.count;
    out->criterion_count = work->criteria.count;
    if (!out->raters || !out->criteria || !mark_moderators(work))
        return false;
    out->result.status = SEVERITY_NO_RATINGS;
    return data.count == 0 || severity_fit(&data, &out->result);
}

bool moderation_severity_read(store *from, const rubric_library *library,
                              const store_filter *filter, moderation_severity *out,
                              error_list *errors)
{
    severity_work work = {.out = out, .library = library};
    store_filter  whole = *filter, changed = {.whole = true, .as_moderated = true},
                 moderated = {.whole = true, .moderator = filter->moderator};

    *out = (moderation_severity){0};
    whole.whole = true;
    bool fine = moderation_cases_read(from, filter, &work.cases, errors);
    if (fine) {
        work.levels = scale_usual(&work.cases, false);
        for (size_t c = 0; c < work.cases.count; c++)
            out->other_scale += strcmp(work.cases.items[c].levels, work.levels) != 0;
        fine = store_each_grade(from, &whole, take_grade, &work, errors) &&
               store_each_grade(from, &changed, take_grade_as_moderated, &work, errors) &&
               store_each_moderation(from, &moderated, take_moderation, &work, errors);
    }
    if (fine && (work.out_of_memory || !fit(&work)))
        fine = error_memory(errors);
    free(work.raters.names);
    free(work.criteria.names);
    free(work.audit);
    free(work.criterion);
    free(work.rater);
    free(work.rating);
    moderation_cases_free(&work.cases);
    return fine;
}

void moderation_severity_free(moderation_severity *severity)
{
    severity_free(&severity->result);
    arena_free(&severity->memory);
    *severity = (moderation_severity){0};
}
