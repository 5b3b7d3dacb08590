/* sampling.c - the draw, and its second phase. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "moderation/drawing.h"

int drawing_order(const void *a, const void *b)
{
    const sorted *x = a, *y = b;
    const int     keys = strcmp(x->key, y->key);

    if (keys != 0)
        return keys;
    if (x->chance != y->chance)
        return x->chance < y->chance ? -1 : 1;
    return strcmp(x->id, y->id);
}

/* ---- The second phase --------------------------------------------------------------------------- */

/* How many are picked in each stratum. The expected numbers are laid end to end on a line, the
 * auditors in an order of chance; marks a whole audit apart, from a start of chance, fall on it. */
static bool round_expected(drawing *at)
{
    sorted  *list = drawing_list(at, at->auditor_count);
    size_t   count = 0;
    uint64_t reached = 0;
    sorted   first = {.id = NULL};

    if (!list)
        return false;
    for (size_t a = 0; a < at->auditor_count; a++) {
        const char *id = at->auditors[a].first_id;
        if (!id)
            continue;
        list[count++] = (sorted){"", sampling_chance(at->seed, "auditor", id), id, a};
        if (!first.id || strcmp(id, first.id) < 0)
            first.id = id;
    }
    qsort(list, count, sizeof *list, drawing_order);
    if (count > 0)
        reached = sampling_chance(at->seed, "start", first.id) % SAMPLING_UNIT;
    for (size_t k = 0; k < count; k++) {
        const auditor_row *row = &at->auditors[list[k].place];
        for (size_t c = 0; c < SAMPLING_CELLS; c++) {
            const uint64_t from = reached;
            reached += row->expected[c];
            if (row->size[c] > 0)
                at->out->strata[row->stratum[c]].picked =
                    (size_t)(reached / SAMPLING_UNIT - from / SAMPLING_UNIT);
        }
    }
    return true;
}

/* In each stratum the kept audits with the smallest numbers. */
static bool pick(drawing *at)
{
    sorted *list = drawing_list(at, at->frame->count);
    size_t *left = arena_array(&at->scratch, at->out->stratum_count + 1, sizeof *left);
    size_t  count = 0;

    if (!list || !left)
        return false;
    for (size_t s = 0; s < at->out->stratum_count; s++)
        left[s] = at->out->strata[s].picked;
    for (size_t i = 0; i < at->frame->count; i++) {
        if (at->out->members[i].stratum == SAMPLING_NO_STRATUM || at->notes[i].kept != i)
            continue;
        const char *id = at->frame->audits[i].audit_id;
        list[count++] = (sorted){"", sampling_chance(at->seed, "pick", id), id, i};
    }
    /* In the order of their numbers the first of a stratum come first, whatever lies between. */
    qsort(list, count, sizeof *list, drawing_order);
    for (size_t k = 0; k < count; k++) {
        sampling_member *member = &at->out->members[list[k].place];
        if (left[member->stratum] == 0)
            continue;
        left[member->stratum]--;
        member->at_random = true;
    }
    return true;
}

/* ---- The whole ----------------------------------------------------------------------------------- */

static bool draw(drawing *at)
{
    const sampling_frame *frame = at->frame;

    at->notes = arena_array(&at->scratch, frame->count + 1, sizeof *at->notes);
    at->out->members = arena_array(&at->out->memory, frame->count + 1, sizeof *at->out->members);
    if (!at->notes || !at->out->members)
        return false;
    for (size_t i = 0; i < frame->count; i++)
        at->out->members[i].triggers = sampling_triggers(at->policy, &frame->audits[i]);
    if (!drawing_bar_children(at) || !drawing_note_auditors(at) || !drawing_keep_one_a_child(at) ||
        !drawing_make_strata(at) || !round_expected(at) || !pick(at))
        return false;
    for (size_t i = 0; i < frame->count; i++) {
        sampling_member *member = &at->out->members[i];
        member->unmoderated =
            sampling_picked(member) && sampling_lacks_moderator(at->policy, &frame->audits[i]);
    }
    return true;
}

bool sampling_draw(sampling *out, const moderation_policy *policy, uint64_t seed,
                   const sampling_frame *frame, error_list *errors)
{
    drawing at = {.policy = policy, .frame = frame, .seed = seed, .out = out};

    if (sodium_init() < 0) {
        error_add(errors, FAULT_INPUT, NULL, 0, 0,
                  "no sample can be drawn: the cryptographic library does not start; install "
                  "libsodium again");
        return false;
    }
    const bool drawn = draw(&at);
    arena_free(&at.scratch);
    return drawn || error_memory(errors);
}

void sampling_free(sampling *drawn)
{
    arena_free(&drawn->memory);
    *drawn = (sampling){0};
}
