#include "moderation/draw.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum { SEED_TEXT_SIZE = 24 };

typedef struct {
    store              *kept;
    const draw_request *request;
    draw_made          *out;
    error_list         *errors;
} drawing_from;

/* ---- What is picked ----------------------------------------------------------------- */

static draw_pick *add_pick(draw_made *out, const moderation_case *audit, uint32_t triggers)
{
    draw_pick *made = &out->picks[out->pick_count++];

    *made = (draw_pick){.audit = audit, .stratum = "", .triggers = triggers};
    return made;
}

static void add_sampled(draw_made *out, size_t i)
{
    const sampling_member *member = &out->drawn.members[i];

    if (!sampling_picked(member))
        return;
    draw_pick *made = add_pick(out, &out->cases.items[out->frame.places[i]], member->triggers);
    if (member->stratum != SAMPLING_NO_STRATUM)
        made->stratum = out->drawn.strata[member->stratum].name;
    made->probability = member->probability;
    made->at_random = member->at_random;
    made->unmoderated = member->unmoderated;
    out->at_random += member->at_random;
    out->also_triggered += member->at_random && member->triggers != 0;
    out->triggered_only += !member->at_random;
    out->unmoderated += member->unmoderated;
}

/* What an earlier draw left, and a rule names by now: it was graded anew, or the policy changed. */
static void add_left(draw_made *out, const moderation_policy *policy, size_t i)
{
    const uint32_t triggers = sampling_triggers(policy, &out->frame.left[i]);

    if (triggers == 0)
        return;
    const moderation_case *audit = &out->cases.items[out->frame.left_places[i]];
    draw_pick             *made = add_pick(out, audit, triggers);
    made->probability = audit->probability;
    made->left_before = true;
    out->triggered_only++;
    made->unmoderated = sampling_lacks_moderator(policy, &out->frame.left[i]);
    out->unmoderated += made->unmoderated;
}

static int by_audit(const void *a, const void *b)
{
    return strcmp(((const draw_pick *)a)->audit->audit_id, ((const draw_pick *)b)->audit->audit_id);
}

static bool list_picks(drawing_from *at)
{
    draw_made *out = at->out;

    out->picks = calloc(out->frame.sampled.count + out->frame.left_count + 1, sizeof *out->picks);
    if (!out->picks)
        return error_memory(at->errors);
    for (size_t i = 0; i < out->frame.sampled.count; i++)
        add_sampled(out, i);
    for (size_t i = 0; i < out->frame.left_count; i++)
        add_left(out, at->request->policy, i);
    qsort(out->picks, out->pick_count, sizeof *out->picks, by_audit);
    out->picked_before = out->frame.sampled.earlier_count;
    return true;
}

/* ---- What is kept --------------------------------------------------------------------- */

typedef struct {
    const char *items[SAMPLING_BUILT_IN_TRIGGERS + MODERATION_TRIGGERS_MAX];
    size_t      count;
} trigger_list;

static trigger_list triggers_of(const moderation_policy *policy, uint32_t triggers)
{
    trigger_list list = {.count = 0};

    for (size_t t = 0; t < sampling_trigger_count(policy); t++)
        if (triggers >> t & 1)
            list.items[list.count++] = sampling_trigger_id(policy, t);
    return list;
}

static bool keep_draw(drawing_from *at)
{
    const moderation_policy *policy = at->request->policy;
    char                     from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE], seed[SEED_TEXT_SIZE];

    snprintf(seed, sizeof seed, "%" PRIu64, at->request->seed);
    date_write(at->out->frame.from, from);
    date_write(at->out->frame.to, to);
    const store_draw entry = {
        .number = at->out->number,
        .seed = seed,
        .policy = policy->text,
        .policy_hash = policy->hash,
        .from = from,
        .to = to,
    };
    return store_put_draw(at->kept, &entry, NULL, at->errors);
}

static bool keep_member(drawing_from *at, size_t i)
{
    const draw_made        *out = at->out;
    const sampling_member  *member = &out->drawn.members[i];
    const trigger_list      triggers = triggers_of(at->request->policy, member->triggers);
    const bool              stratified = member->stratum != SAMPLING_NO_STRATUM;
    const store_draw_member entry = {
        .audit_id = out->frame.sampled.audits[i].audit_id,
        .draw = out->number,
        .stratum = stratified ? out->drawn.strata[member->stratum].name : "",
        .probability = member->probability,
        .reason = sampling_bar_words(member->bar),
        .picked_at_random = member->at_random,
        .triggers = {triggers.items, triggers.count},
        .picked = sampling_picked(member),
        .inclusion = member->triggers != 0 ? 1 : member->probability,
    };
    return store_put_draw_member(at->kept, &entry, NULL, at->errors);
}

/* What an earlier draw kept of an audit beside what a case has. */
typedef struct {
    char *stratum;
    char *reason;
} kept_member;

static bool take_kept(void *user, const store_stamp *stamp, const store_draw_member *entry)
{
    kept_member *out = user;
    (void)stamp;

    out->stratum = strdup(entry->stratum);
    out->reason = strdup(entry->reason);
    return false;
}

/* The audit stays in the frame of its draw, and keeps the chance that it had there. */
static bool keep_left(drawing_from *at, const draw_pick *pick)
{
    const trigger_list triggers = triggers_of(at->request->policy, pick->triggers);
    const store_filter filter = {.audit_id = pick->audit->audit_id};
    kept_member        before = {0};

    bool fine = store_each_draw_member(at->kept, &filter, take_kept, &before, at->errors);
    if (fine && (!before.stratum || !before.reason))
        fine = error_memory(at->errors);
    const store_draw_member entry = {
        .audit_id = pick->audit->audit_id,
        .draw = pick->audit->draw,
        .stratum = before.stratum,
        .probability = pick->probability,
        .reason = before.reason,
        .triggers = {triggers.items, triggers.count},
        .picked = true,
        .inclusion = 1,
    };
    fine = fine && store_put_draw_member(at->kept, &entry, NULL, at->errors);
    free(before.stratum);
    free(before.reason);
    return fine;
}

static bool keep(drawing_from *at)
{
    const draw_made *out = at->out;

    if (!keep_draw(at))
        return false;
    for (size_t i = 0; i < out->frame.sampled.count; i++)
        if (!keep_member(at, i))
            return false;
    for (size_t p = 0; p < out->pick_count; p++)
        if (out->picks[p].left_before && !keep_left(at, &out->picks[p]))
            return false;
    return true;
}

/* ---- The whole -------------------------------------------------------------------------- */

static bool draw_within(drawing_from *at)
{
    const draw_request *asked = at->request;
    draw_made          *out = at->out;

    if (!moderation_cases_read_within(at->kept, NULL, &out->cases, at->errors) ||
        !draw_frame_make(&out->frame, &out->cases, asked->policy, asked->from, asked->to,
                         at->errors) ||
        !sampling_draw(&out->drawn, asked->policy, asked->seed, &out->frame.sampled, at->errors) ||
        !list_picks(at))
        return false;
    if (out->frame.sampled.count == 0 && out->pick_count == 0)
        return true;
    return store_next_draw(at->kept, &out->number, at->errors) && (asked->rehearsal || keep(at));
}

uint64_t draw_any_seed(void)
{
    uint64_t seed = 0;

    if (sodium_init() >= 0) /* if not, the draw says so */
        randombytes_buf(&seed, sizeof seed);
    return seed % 10000000000;
}

bool draw_make(store *from, const draw_request *request, draw_made *out, error_list *errors)
{
    drawing_from at = {.kept = from, .request = request, .out = out, .errors = errors};

    if (request->rehearsal) {
        if (!store_snapshot(from, errors))
            return false;
        const bool fine = draw_within(&at);
        store_release(from);
        return fine;
    }
    if (!store_begin(from, errors))
        return false;
    if (draw_within(&at))
        return store_commit(from, errors);
    store_rollback(from);
    return false;
}

void draw_free(draw_made *made)
{
    free(made->picks);
    sampling_free(&made->drawn);
    draw_frame_free(&made->frame);
    moderation_cases_free(&made->cases);
    *made = (draw_made){0};
}
