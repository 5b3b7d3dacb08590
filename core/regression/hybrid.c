/* hybrid.c - a rubric with some of its changes undone. */
#include <stdlib.h>
#include <string.h>

#include "regression/edit.h"

bool hybrid_init(hybrid *out, const rubric_edit *edit)
{
    *out = (hybrid){
        .variant = calloc(edit->criterion_count + 1, sizeof *out->variant),
        .criteria = calloc(edit->criterion_count + 1, sizeof *out->criteria),
        .requirements = calloc(edit->requirement_count + 1, sizeof *out->requirements),
        .ratings = calloc(edit->criterion_count + 1, 1),
    };
    if (out->variant && out->criteria && out->requirements && out->ratings)
        return true;
    hybrid_free(out);
    return false;
}

void hybrid_free(hybrid *unwanted)
{
    free(unwanted->variant);
    free(unwanted->criteria);
    free(unwanted->requirements);
    free(unwanted->ratings);
    *unwanted = (hybrid){0};
}

static void take_limits(criterion *out, const criterion *from)
{
    out->limits = from->limits;
    out->limit_count = from->limit_count;
    memcpy(out->cap, from->cap, sizeof out->cap);
}

static size_t variant_of(const edited_criterion *of, const change_set *undone)
{
    size_t variant = of->first_variant;

    for (size_t t = 0; t < of->toggle_count; t++)
        variant += (size_t)change_set_has(undone, of->toggles[t]) << t;
    return variant;
}

/* A criterion without its toggles: what of it judges, and whether it is there at all. */
static void set_criterion(hybrid *out, const rubric_edit *edit, size_t u, const change_set *undone)
{
    const edited_criterion *of = &edit->criteria[u];

    out->criteria[u] = of->after ? *of->after : *of->before;
    out->variant[u] = of->after ? variant_of(of, undone) : SIZE_MAX;
}

static void undo_change(hybrid *out, const rubric_edit *edit, const rubric_change *change,
                        const change_set *undone)
{
    const edited_criterion *of =
        change->criterion == SIZE_MAX ? NULL : &edit->criteria[change->criterion];

    switch (change->kind) {
    case CHANGE_ADDED:
        out->variant[change->criterion] = SIZE_MAX;
        break;
    case CHANGE_REMOVED:
        out->variant[change->criterion] = variant_of(of, undone);
        break;
    case CHANGE_WEIGHT:
        out->criteria[change->criterion].weight = of->before->weight;
        break;
    case CHANGE_LIMIT:
        take_limits(&out->criteria[change->criterion], of->before);
        break;
    case CHANGE_THRESHOLD:
        out->held.thousandths[change->which] = edit->before->thousandths[change->which];
        break;
    case CHANGE_COVERAGE:
        out->held.min_coverage = edit->before->min_coverage;
        break;
    case CHANGE_OVERALL:
        out->held.overall = edit->before->overall;
        break;
    default: /* a toggle of ratings, or a requirement */
        break;
    }
}

static void set_requirements(hybrid *out, const rubric_edit *edit, const change_set *undone)
{
    out->held.requirement_count = 0;
    for (size_t r = 0; r < edit->requirement_count; r++) {
        const edited_requirement *of = &edit->requirements[r];
        const bool    was = of->change != SIZE_MAX && change_set_has(undone, of->change);
        const int64_t most = was ? of->most_before : of->most_after;
        if (most >= 0)
            out->requirements[out->held.requirement_count++] =
                (requirement){.of = of->of, .counted = of->counted, .most = (unsigned)most};
    }
}

bool hybrid_set(hybrid *out, const rubric_edit *edit, const change_set *undone)
{
    out->held = *edit->after;
    out->held.criteria = out->criteria;
    out->held.criterion_count = edit->criterion_count;
    out->held.requirements = out->requirements;
    for (size_t u = 0; u < edit->criterion_count; u++)
        set_criterion(out, edit, u, undone);
    for (size_t c = 0; c < edit->change_count; c++)
        if (change_set_has(undone, c))
            undo_change(out, edit, &edit->changes[c], undone);
    set_requirements(out, edit, undone);

    for (size_t l = 2; l < out->held.scale.count; l++) /* grading.md 6.3 */
        if (out->held.thousandths[l] <= out->held.thousandths[l - 1])
            return false;
    return true;
}

uint8_t hybrid_outcome(hybrid *by, const rubric_edit *edit, const uint8_t *variants)
{
    bool rejected = false;

    for (size_t u = 0; u < edit->criterion_count; u++) {
        const size_t at = by->variant[u];
        by->ratings[u] = at == SIZE_MAX ? (uint8_t)RATING_NOT_APPLICABLE : variants[at];
        rejected |= by->ratings[u] == RATING_INVALID;
        if (by->ratings[u] == VARIANT_NONE)
            return VARIANT_NONE;
    }
    if (rejected)
        return OUTCOME_REJECTED;
    const judgement made = judge_record(&by->held, by->ratings);
    return made.status == STATUS_INSUFFICIENT    ? OUTCOME_INSUFFICIENT
           : made.judgement == JUDGEMENT_NONE ? OUTCOME_NONE
                                              : made.judgement;
}
