#include "moderation/cases.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* What is being read. */
typedef struct {
    store            *from;
    moderation_cases *out;
    moderation_cases  known; /* of `out`, those that are sorted */
    error_list       *errors;
    bool              out_of_memory;
} case_reading;

/* A copy, shared where it is empty or the same as `like`: teams and scales repeat from one audit to
 * the next. */
static const char *keep(case_reading *reading, const char *given, const char *like)
{
    if (!*given)
        return "";
    if (like && strcmp(like, given) == 0)
        return like;
    const char *copy = arena_text(&reading->out->memory, given, strlen(given));
    reading->out_of_memory |= !copy;
    return copy ? copy : "";
}

static moderation_case *add_case(moderation_cases *out)
{
    if (out->count == out->capacity) {
        const size_t     capacity = out->capacity ? 2 * out->capacity : 256;
        moderation_case *items = reallocarray(out->items, capacity, sizeof *items);
        if (!items)
            return NULL;
        out->items = items;
        out->capacity = capacity;
    }
    return &out->items[out->count++];
}

static const moderation_case nothing_known = {
    .practice_area = "",
    .audit_date = "",
    .team = "",
    .auditor = "",
    .child_ref = "",
    .auditor_grade = "",
    .rubric = "",
    .version = "",
    .levels = "",
    .tool_grade = "",
    .margin = -1,
    .limited_by = "",
    .stratum = "",
    .triggers = "",
    .drawn_at = "",
    .moderator = "",
    .pack = "",
    .assigned_at = "",
    .moderated_on = "",
    .practice_grade = "",
    .audit_quality_grade = "",
    .comment = "",
    .reason_code = "",
    .reason_text = "",
    .disputed_by = "",
    .dispute_text = "",
    .final_grade = "",
    .decided_by = "",
    .how = "",
    .decision_code = "",
    .decision_text = "",
    .decided_at = "",
};

static bool take_audit(void *user, const store_stamp *stamp, const store_audit *given)
{
    case_reading          *reading = user;
    moderation_case       *made = add_case(reading->out);
    const moderation_case *last = reading->out->count > 1 ? made - 1 : &nothing_known;
    (void)stamp;

    if (!made) {
        reading->out_of_memory = true;
        return false;
    }
    *made = nothing_known;
    made->audit_id = keep(reading, given->audit_id, NULL);
    made->revision = given->revision;
    made->practice_area = keep(reading, given->practice_area, last->practice_area);
    made->audit_date = keep(reading, given->audit_date, last->audit_date);
    made->team = keep(reading, given->team, last->team);
    made->auditor = keep(reading, given->auditor, last->auditor);
    made->child_ref = keep(reading, given->child_ref, NULL);
    made->auditor_grade = keep(reading, given->auditor_grade, last->auditor_grade);
    return !reading->out_of_memory;
}

/* "inadequate|tool_differs" */
static const char *join(case_reading *reading, const store_list *list)
{
    size_t size = 1;

    for (size_t i = 0; i < list->count; i++)
        size += strlen(list->items[i]) + 1;
    if (list->count == 0)
        return "";
    char *joined = arena_array(&reading->out->memory, size, 1);
    if (!joined) {
        reading->out_of_memory = true;
        return "";
    }
    for (size_t i = 0; i < list->count; i++) {
        strcat(joined, i > 0 ? "|" : "");
        strcat(joined, list->items[i]);
    }
    return joined;
}

static bool take_grade(void *user, const store_stamp *stamp, const store_grade *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);
    (void)stamp;

    if (!one)
        return true;
    const moderation_case *last = one > reading->out->items ? one - 1 : &nothing_known;
    one->rubric = keep(reading, given->rubric, last->rubric);
    one->version = keep(reading, given->version, last->version);
    one->levels = keep(reading, given->levels, last->levels);
    one->tool_grade = keep(reading, given->judgement, last->tool_grade);
    one->margin = given->margin;
    one->limited_by = join(reading, &given->limited_by);
    return !reading->out_of_memory;
}

static bool take_member(void *user, const store_stamp *stamp, const store_draw_member *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);

    if (!one)
        return true;
    one->draw = given->draw;
    one->stratum = keep(reading, given->stratum, NULL);
    one->picked = given->picked;
    one->picked_at_random = given->picked_at_random;
    one->probability = given->probability;
    one->inclusion = given->inclusion;
    one->triggers = join(reading, &given->triggers);
    one->drawn_at = keep(reading, stamp->at, NULL);
    return !reading->out_of_memory;
}

static bool take_assignment(void *user, const store_stamp *stamp, const store_assignment *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);

    if (!one || stamp->sequence < one->assigned_event) /* somebody else has it by now */
        return true;
    one->assigned_event = stamp->sequence;
    one->moderator = keep(reading, given->moderator, NULL);
    one->pack = keep(reading, given->pack, NULL);
    one->assigned_at = keep(reading, stamp->at, NULL);
    return !reading->out_of_memory;
}

static bool take_moderation(void *user, const store_stamp *stamp, const store_moderation *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);
    (void)stamp;

    if (!one)
        return true;
    one->moderated_revision = given->revision;
    one->moderator = keep(reading, given->moderator, one->moderator);
    one->moderated_on = keep(reading, given->moderated_on, NULL);
    one->practice_grade = keep(reading, given->practice_grade, NULL);
    one->audit_quality_grade = keep(reading, given->audit_quality_grade, NULL);
    one->comment = keep(reading, given->comment, NULL);
    return !reading->out_of_memory;
}

static bool take_disclosure(void *user, const store_stamp *stamp, const store_disclosure *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);
    (void)stamp;

    if (one)
        one->shown = true;
    return true;
}

static bool take_reason(void *user, const store_stamp *stamp, const store_reason *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);
    (void)stamp;

    if (!one)
        return true;
    one->reason_code = keep(reading, given->code, NULL);
    one->reason_text = keep(reading, given->text, NULL);
    return !reading->out_of_memory;
}

static bool take_dispute(void *user, const store_stamp *stamp, const store_dispute *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);
    (void)stamp;

    if (!one)
        return true;
    one->disputed_by = keep(reading, given->by, NULL);
    one->dispute_text = keep(reading, given->text, NULL);
    return !reading->out_of_memory;
}

/* Auditor and moderator came to agree on a grade that the moderator has corrected since: that settles
 * nothing any more. */
static bool is_overtaken(const moderation_case *one, const store_resolution *given)
{
    return strcmp(given->how, "third_person") != 0 && one->moderated_revision > 0 &&
           strcmp(given->final_grade, one->practice_grade) != 0;
}

static bool take_resolution(void *user, const store_stamp *stamp, const store_resolution *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);

    if (!one || is_overtaken(one, given))
        return true;
    one->final_grade = keep(reading, given->final_grade, NULL);
    one->decided_by = keep(reading, given->decided_by, NULL);
    one->how = keep(reading, given->how, NULL);
    one->decision_code = keep(reading, given->code, NULL);
    one->decision_text = keep(reading, given->text, NULL);
    one->decided_at = keep(reading, stamp->at, NULL);
    return !reading->out_of_memory;
}

static int by_audit_id(const void *a, const void *b)
{
    return strcmp(((const moderation_case *)a)->audit_id, ((const moderation_case *)b)->audit_id);
}

moderation_case *moderation_case_of(const moderation_cases *cases, const char *audit_id)
{
    const moderation_case wanted = {.audit_id = audit_id};

    return cases->count == 0
               ? NULL
               : bsearch(&wanted, cases->items, cases->count, sizeof wanted, by_audit_id);
}

static bool read_belonging(case_reading *reading, const store_filter *filter)
{
    store      *from = reading->from;
    error_list *errors = reading->errors;

    return store_each_grade(from, filter, take_grade, reading, errors) &&
           store_each_draw_member(from, filter, take_member, reading, errors) &&
           store_each_assignment(from, filter, take_assignment, reading, errors) &&
           store_each_moderation(from, filter, take_moderation, reading, errors) &&
           store_each_disclosure(from, filter, take_disclosure, reading, errors) &&
           store_each_reason(from, filter, take_reason, reading, errors) &&
           store_each_dispute(from, filter, take_dispute, reading, errors) &&
           store_each_resolution(from, filter, take_resolution, reading, errors);
}

/* ---- What was changed after it was moderated ------------------------------------------ */

/* As it was moderated. One that the filter does not choose as it is now has the revision 0 for a
 * while. */
static bool take_as_moderated(void *user, const store_stamp *stamp, const store_audit *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(&reading->known, given->audit_id);

    if (!one) {
        if (!take_audit(user, stamp, given))
            return false;
        one = &reading->out->items[reading->out->count - 1];
        one->revision = 0;
        reading->known.items = reading->out->items; /* they may have moved */
    }
    one->changed = true;
    one->audit_date = keep(reading, given->audit_date, one->audit_date);
    one->team = keep(reading, given->team, one->team);
    one->auditor = keep(reading, given->auditor, one->auditor);
    one->auditor_grade = keep(reading, given->auditor_grade, one->auditor_grade);
    return !reading->out_of_memory;
}

static bool take_latest(void *user, const store_stamp *stamp, const store_audit *given)
{
    case_reading    *reading = user;
    moderation_case *one = moderation_case_of(reading->out, given->audit_id);
    (void)stamp;

    one->revision = given->revision;
    one->practice_area = keep(reading, given->practice_area, one->practice_area);
    one->child_ref = keep(reading, given->child_ref, one->child_ref);
    return !reading->out_of_memory;
}

/* What belongs to cases that the filter does not choose as they are now. */
static bool read_unchosen(case_reading *reading)
{
    bool fine = true;

    for (size_t c = 0; fine && c < reading->out->count; c++) {
        const moderation_case *one = &reading->out->items[c];
        const store_filter     filter = {.audit_id = one->audit_id};
        if (one->revision == 0)
            fine = store_each_audit(reading->from, &filter, take_latest, reading,
                                    reading->errors) &&
                   read_belonging(reading, &filter);
    }
    return fine;
}

/* Those that the filter chooses as they are now, and not as they were moderated. */
static void drop_unchosen(moderation_cases *out)
{
    size_t count = 0;

    for (size_t c = 0; c < out->count; c++) {
        const moderation_case *one = &out->items[c];
        if (one->moderated_revision == 0 || one->moderated_revision == one->revision ||
            one->changed)
            out->items[count++] = *one;
    }
    out->count = count;
}

static bool take_grade_as_moderated(void *user, const store_stamp *stamp, const store_grade *given)
{
    const case_reading    *reading = user;
    const moderation_case *one = moderation_case_of(reading->out, given->audit_id);

    return !one || !one->changed || take_grade(user, stamp, given);
}

static bool any_changed(const moderation_cases *cases)
{
    for (size_t c = 0; c < cases->count; c++)
        if (cases->items[c].changed)
            return true;
    return false;
}

/* ---- All of it -------------------------------------------------------------------------- */

static void sort(moderation_cases *cases)
{
    if (cases->count > 1)
        qsort(cases->items, cases->count, sizeof *cases->items, by_audit_id);
}

static bool read_all(case_reading *reading, const store_filter *filter)
{
    static const store_filter as_moderated = {.as_moderated = true};
    moderation_cases         *out = reading->out;
    store_filter              changed = filter ? *filter : (store_filter){0};

    changed.as_moderated = true;
    if (!store_each_audit(reading->from, filter, take_audit, reading, reading->errors))
        return false;
    sort(out);
    reading->known = (moderation_cases){.items = out->items, .count = out->count};
    if (!store_each_audit(reading->from, &changed, take_as_moderated, reading, reading->errors))
        return false;
    sort(out);
    if (!read_belonging(reading, filter) || !read_unchosen(reading))
        return false;
    drop_unchosen(out);
    return !any_changed(out) ||
           store_each_grade(reading->from, &as_moderated, take_grade_as_moderated, reading,
                            reading->errors);
}

bool moderation_cases_read_within(store *from, const store_filter *filter, moderation_cases *out,
                                  error_list *errors)
{
    case_reading reading = {.from = from, .out = out, .errors = errors};

    *out = (moderation_cases){0};
    const bool fine = read_all(&reading, filter);
    return reading.out_of_memory ? error_memory(errors) : fine;
}

bool moderation_cases_read(store *from, const store_filter *filter, moderation_cases *out,
                           error_list *errors)
{
    *out = (moderation_cases){0};
    if (!store_snapshot(from, errors))
        return false;
    const bool fine = moderation_cases_read_within(from, filter, out, errors);
    store_release(from);
    return fine;
}

void moderation_cases_free(moderation_cases *cases)
{
    free(cases->items);
    arena_free(&cases->memory);
    *cases = (moderation_cases){0};
}

size_t moderation_own_teams(const moderation_cases *cases, const char *person, const char **teams)
{
    size_t count = 0;

    for (size_t c = 0; c < cases->count; c++) {
        const moderation_case *one = &cases->items[c];
        bool                   known = !*one->team;
        if (!text_same_person(text_of(one->auditor), text_of(person)))
            continue;
        for (size_t t = 0; t < count && !known; t++)
            known = text_same(text_of(teams[t]), text_of(one->team));
        if (!known)
            teams[count++] = one->team;
    }
    return count;
}

moderation_stage moderation_stage_of(const moderation_case *one)
{
    if (*one->final_grade)
        return CASE_DECIDED;
    if (*one->disputed_by)
        return CASE_DISPUTED;
    if (*one->reason_code)
        return CASE_TO_ANSWER;
    if (one->moderated_revision > 0)
        return CASE_DIFFERS;
    if (*one->moderator)
        return CASE_ASSIGNED;
    return one->picked ? CASE_TO_ASSIGN : CASE_NOT_PICKED;
}
