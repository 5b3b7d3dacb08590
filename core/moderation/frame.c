#include "moderation/frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "moderation/folded.h"

/* One case while the frame is made. */
typedef struct {
    const char *auditor; /* folded */
    size_t      place;
    int32_t     day;
} dated_case;

typedef struct {
    draw_frame              *out;
    const moderation_cases  *cases;
    const moderation_policy *policy;
    dated_case              *dated; /* by auditor, and for each by day */
    size_t                   dated_count;
    sampling_audit          *audits; /* of the frame, while they are written; so earlier picks */
    sampling_earlier        *earlier;
} framing;

static int by_auditor_and_day(const void *a, const void *b)
{
    const dated_case *x = a, *y = b;
    const int         order = strcmp(x->auditor, y->auditor);

    if (order != 0)
        return order;
    return x->day < y->day ? -1 : x->day > y->day;
}

/* Every case with a date. */
static bool date_cases(framing *at)
{
    const moderation_cases *cases = at->cases;
    const char             *given = "", *key = "";

    at->dated = arena_array(&at->out->memory, cases->count + 1, sizeof *at->dated);
    if (!at->dated)
        return false;
    for (size_t i = 0; i < cases->count; i++) {
        const moderation_case *one = &cases->items[i];
        dated_case            *made = &at->dated[at->dated_count];
        if (!date_read(one->audit_date, strlen(one->audit_date), &made->day)) {
            at->out->undated++;
            continue;
        }
        if (strcmp(given, one->auditor) != 0)
            key = name_folded(&at->out->memory, one->auditor);
        if (!key)
            return false;
        given = one->auditor;
        made->auditor = key;
        made->place = i;
        at->dated_count++;
    }
    qsort(at->dated, at->dated_count, sizeof *at->dated, by_auditor_and_day);
    return true;
}

/* "risk_analysis|child_seen" as a list. */
static bool names_of(arena *memory, const char *joined, moderation_names *out)
{
    size_t count = 1, at = 0;

    *out = (moderation_names){0};
    if (!*joined)
        return true;
    for (const char *mark = joined; (mark = strchr(mark, '|')) != NULL; mark++)
        count++;
    const char **items = arena_array(memory, count, sizeof *items);
    char        *rest = arena_text(memory, joined, strlen(joined));
    if (!items || !rest)
        return false;
    for (char *name; (name = strsep(&rest, "|")) != NULL;)
        items[at++] = name;
    *out = (moderation_names){items, count};
    return true;
}

/* The place of a grade on the scale of its rubric; the policy's scale where there is no rubric's. */
static int place_of(const moderation_policy *policy, const char *levels, const char *grade)
{
    if (*levels)
        return store_level(levels, grade);
    for (size_t i = 0; i < policy->level_count; i++)
        if (strcmp(policy->levels[i], grade) == 0)
            return (int)i;
    return -1;
}

static bool describe(framing *at, const dated_case *dated, int32_t since, sampling_audit *out)
{
    const moderation_case *one = &at->cases->items[dated->place];
    const int              tool = place_of(at->policy, one->levels, one->tool_grade);

    *out = (sampling_audit){
        .audit_id = one->audit_id,
        .child = one->child_ref,
        .auditor = one->auditor,
        .team = one->team,
        .practice_area = one->practice_area,
        .auditor_grade = one->auditor_grade,
        .tool_grade = tool < 0 ? "" : one->tool_grade,
        .auditor_place = place_of(at->policy, one->levels, one->auditor_grade),
        .tool_place = tool,
        .not_graded = strcmp(one->tool_grade, "not_graded") == 0,
        .margin = one->margin < 0 || one->margin > INT32_MAX ? -1 : (int32_t)one->margin,
        .day = dated->day,
        .auditor_since = since,
    };
    return names_of(&at->out->memory, one->limited_by, &out->limited_by);
}

/* Sorts a case into the frame, into what earlier draws left, or into what they picked. */
static bool place_case(framing *at, const dated_case *dated, int32_t since, int32_t from,
                       int32_t to)
{
    draw_frame            *out = at->out;
    const moderation_case *one = &at->cases->items[dated->place];
    const bool             asked =
        (from == DRAW_ANY_DAY || dated->day >= from) && (to == DRAW_ANY_DAY || dated->day <= to);

    out->drawn_before += asked && one->draw > 0;
    if (one->picked) {
        at->earlier[out->sampled.earlier_count++] = (sampling_earlier){
            .child = one->child_ref,
            .auditor = one->auditor,
            .day = dated->day,
            .at_random = one->picked_at_random,
        };
        return true;
    }
    if (!asked)
        return true;
    if (one->draw > 0) {
        out->left_places[out->left_count] = dated->place;
        return describe(at, dated, since, &out->left[out->left_count++]);
    }
    out->places[out->sampled.count] = dated->place;
    return describe(at, dated, since, &at->audits[out->sampled.count++]);
}

static bool place_cases(framing *at, int32_t from, int32_t to)
{
    draw_frame  *out = at->out;
    const size_t room = at->dated_count + 1;

    at->audits = arena_array(&out->memory, room, sizeof *at->audits);
    at->earlier = arena_array(&out->memory, room, sizeof *at->earlier);
    out->places = arena_array(&out->memory, room, sizeof *out->places);
    out->left = arena_array(&out->memory, room, sizeof *out->left);
    out->left_places = arena_array(&out->memory, room, sizeof *out->left_places);
    if (!at->audits || !at->earlier || !out->places || !out->left || !out->left_places)
        return false;
    out->sampled.audits = at->audits;
    out->sampled.earlier = at->earlier;
    int32_t since = 0;
    for (size_t i = 0; i < at->dated_count; i++) {
        const dated_case *dated = &at->dated[i];
        if (i == 0 || strcmp(dated->auditor, dated[-1].auditor) != 0)
            since = dated->day;
        if (!place_case(at, dated, since, from, to))
            return false;
    }
    return true;
}

/* The days that the draw looks at, and the first that the store knows. */
static void set_days(framing *at, int32_t from, int32_t to)
{
    draw_frame *out = at->out;
    int32_t     first = INT32_MAX, known = INT32_MAX, last = INT32_MIN;

    for (size_t i = 0; i < at->dated_count; i++)
        known = at->dated[i].day < known ? at->dated[i].day : known;
    for (size_t i = 0; i < out->sampled.count; i++) {
        const int32_t day = out->sampled.audits[i].day;
        first = day < first ? day : first;
        last = day > last ? day : last;
    }
    const bool none = out->sampled.count == 0;
    out->from = from != DRAW_ANY_DAY ? from : none ? 0 : first;
    out->to = to != DRAW_ANY_DAY ? to : none ? 0 : last;
    out->sampled.last_day = out->to;
    out->sampled.known_since = at->dated_count > 0 ? known : 0;
}

bool draw_frame_make(draw_frame *out, const moderation_cases *cases,
                     const moderation_policy *policy, int32_t from, int32_t to, error_list *errors)
{
    framing at = {.out = out, .cases = cases, .policy = policy};

    if (!date_cases(&at) || !place_cases(&at, from, to))
        return error_memory(errors);
    set_days(&at, from, to);
    return true;
}

void draw_frame_free(draw_frame *frame)
{
    arena_free(&frame->memory);
    *frame = (draw_frame){0};
}
