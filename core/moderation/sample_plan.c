#include "moderation/sample_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "moderation/sample_plan_reckon.h"

/* Of audits that moderators raise, where the store does not know: few, as inspectors and moderators
 * find auditors too generous nearly always. */
static const double RAISED_STANDARD = 0.05;
/* The share that is known worst. */
static const double SHARE_STANDARD = 0.5;
static const double WITHIN = 0.10, HALF_A_GRADE = 0.5;

typedef struct {
    moderation_plan *out;
    draw_frame       frame;
    sampling         drawn;
    double           inverse; /* sum of 1 / chance, of every audit that had or has one */
    size_t           chances; /* how many have */
} planning;

/* ---- What is known -------------------------------------------------------------------- */

static void know(moderation_plan *out)
{
    for (size_t i = 0; i < out->cases.count; i++) {
        const moderation_case *one = &out->cases.items[i];
        const int              auditor = store_level(one->levels, one->auditor_grade);
        const int              moderator = store_level(one->levels, one->practice_grade);
        if (!one->picked_at_random || one->moderated_revision == 0 || auditor < 0 || moderator < 0)
            continue;
        out->known.moderated++;
        out->known.agreed += auditor == moderator;
        out->known.raised += moderator > auditor;
    }
    const bool   enough = out->known.moderated >= PLAN_KNOWN_LEAST;
    const double of = (double)out->known.moderated;
    out->share = enough ? (double)out->known.agreed / of : SHARE_STANDARD;
    out->raised = enough ? (double)out->known.raised / of : RAISED_STANDARD;
}

/* ---- The picks to come, and those made ---------------------------------------------------- */

static int by_folded_name(const void *a, const void *b)
{
    return strcmp(((const plan_auditor *)a)->name, ((const plan_auditor *)b)->name);
}

static plan_auditor *auditor_of(moderation_plan *out, const char *name)
{
    for (size_t a = 0; a < out->auditor_count; a++)
        if (strcmp(out->auditors[a].name, name) == 0)
            return &out->auditors[a];
    for (size_t a = 0; a < out->auditor_count; a++)
        if (text_same(text_of(out->auditors[a].name), text_of(name)))
            return &out->auditors[a];
    plan_auditor *made = &out->auditors[out->auditor_count++];
    *made = (plan_auditor){.name = name};
    return made;
}

static void count(planning *at, const char *auditor, int32_t day, double picks, bool triggered,
                  double chance)
{
    moderation_plan *out = at->out;
    plan_auditor    *whose = auditor_of(out, auditor);

    out->from = out->audits == 0 || day < out->from ? day : out->from;
    out->to = out->audits == 0 || day > out->to ? day : out->to;
    out->audits++;
    out->picks += picks;
    out->triggered += triggered;
    whose->audits++;
    whose->picks += picks;
    if (!(chance > 0))
        return;
    at->chances++;
    at->inverse += 1 / chance;
}

static bool is_of_days(const moderation_case *one, const plan_request *request, int32_t *day)
{
    return date_read(one->audit_date, strlen(one->audit_date), day) &&
           (request->from == DRAW_ANY_DAY || *day >= request->from) &&
           (request->to == DRAW_ANY_DAY || *day <= request->to);
}

/* What earlier draws made of these days. */
static void add_drawn(planning *at, const plan_request *request)
{
    moderation_plan *out = at->out;

    for (size_t i = 0; i < out->cases.count; i++) {
        const moderation_case *one = &out->cases.items[i];
        int32_t                day;
        if (one->draw > 0 && is_of_days(one, request, &day))
            count(at, one->auditor, day, one->picked_at_random, *one->triggers != '\0',
                  one->probability);
    }
}

/* What a draw would make of the rest: the expected numbers are the same for every seed, but for
 * children with several audits. */
static void add_expected(planning *at)
{
    for (size_t i = 0; i < at->frame.sampled.count; i++) {
        const sampling_audit  *audit = &at->frame.sampled.audits[i];
        const sampling_member *member = &at->drawn.members[i];
        count(at, audit->auditor, audit->day, member->probability, member->triggers != 0,
              member->probability);
    }
}

/* ---- What they show ------------------------------------------------------------------------- */

static uint64_t whole(double picks)
{
    return (uint64_t)llround(picks);
}

static void reckon(planning *at)
{
    moderation_plan *out = at->out;
    const uint64_t   size = at->chances;

    /* Kish, Survey Sampling (1965), 11.7: n counts for n / (1 + the weights' variation), which is
     * (sum of weights) squared over the sum of their squares; expected over all samples, the square of
     * the audits over the sum of 1 / chance. */
    out->worth = at->inverse > 0 ? (double)size * (double)size / at->inverse : 0;
    out->half_width = plan_half_width(out->share, out->worth, size);
    out->needed = plan_sample_for_share(out->share, WITHIN, size);
    out->needed_of_all = plan_sample_for_share(out->share, WITHIN, 0);
    out->needed_for_half = plan_sample_for_bias(HALF_A_GRADE, out->raised);
    out->noticeable = plan_noticeable(out->raised, whole(out->picks));
    for (size_t a = 0; a < out->auditor_count; a++)
        out->auditors[a].noticeable = plan_noticeable(out->raised, whole(out->auditors[a].picks));
}

static bool plan_within(planning *at, const plan_request *request, error_list *errors)
{
    moderation_plan *out = at->out;

    if (!draw_frame_make(&at->frame, &out->cases, request->policy, request->from, request->to,
                         errors) ||
        !sampling_draw(&at->drawn, request->policy, 0, &at->frame.sampled, errors))
        return false;
    out->auditors = arena_array(&out->memory, out->cases.count + 1, sizeof *out->auditors);
    if (!out->auditors)
        return error_memory(errors);
    know(out);
    add_drawn(at, request);
    add_expected(at);
    out->from = request->from != DRAW_ANY_DAY ? request->from : out->from;
    out->to = request->to != DRAW_ANY_DAY ? request->to : out->to;
    qsort(out->auditors, out->auditor_count, sizeof *out->auditors, by_folded_name);
    reckon(at);
    return true;
}

bool sample_plan_make(store *from, const plan_request *request, moderation_plan *out,
                      error_list *errors)
{
    planning at = {.out = out};

    if (!moderation_cases_read(from, NULL, &out->cases, errors))
        return false;
    const bool fine = plan_within(&at, request, errors);
    sampling_free(&at.drawn);
    draw_frame_free(&at.frame);
    return fine;
}

void sample_plan_free(moderation_plan *plan)
{
    moderation_cases_free(&plan->cases);
    arena_free(&plan->memory);
    *plan = (moderation_plan){0};
}
