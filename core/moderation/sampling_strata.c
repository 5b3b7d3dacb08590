/* sampling_strata.c - whose audits they are, of which kind, and the chance of each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <assay/plugin.h>

#include "moderation/drawing.h"
#include "moderation/folded.h"

/* ---- Who is who ---------------------------------------------------------------------- */

/* The strata of an auditor, and what each is called behind the name. */
static const char *const cell_names[SAMPLING_CELLS] = {"ordinary", "thin margin", "new",
                                                       "new, thin margin"};
enum { CELL_THIN = 1, CELL_NEW = 2 };

static size_t cell_of(const drawing *at, const sampling_audit *audit)
{
    const moderation_policy *policy = at->policy;
    const bool thin = audit->margin >= 0 && (unsigned)audit->margin < policy->thin_margin;
    const bool fresh = sampling_is_new(policy, audit, at->frame->known_since);

    return (thin ? CELL_THIN : 0u) | (fresh ? CELL_NEW : 0u);
}

static void set_shares(drawing *at)
{
    for (size_t c = 0; c < SAMPLING_CELLS; c++) {
        unsigned share = at->policy->random_share;
        if ((c & CELL_THIN) && at->policy->thin_margin_share > share)
            share = at->policy->thin_margin_share;
        if ((c & CELL_NEW) && at->policy->new_auditor_share > share)
            share = at->policy->new_auditor_share;
        at->share[c] = share;
    }
}

/* Gives every audit its cell and every auditor their row, in the order of their folded names. */
static bool give_rows(drawing *at)
{
    const sampling_frame *frame = at->frame;
    sorted               *list = drawing_list(at, frame->count);

    at->auditors = arena_array(&at->scratch, frame->count + 1, sizeof *at->auditors);
    if (!list || !at->auditors)
        return false;
    for (size_t i = 0; i < frame->count; i++) {
        const char *key = name_folded(&at->scratch, frame->audits[i].auditor);
        if (!key)
            return false;
        at->notes[i] = (audit_note){
            .child = at->notes[i].child,
            .auditor_key = key,
            .cell = cell_of(at, &frame->audits[i]),
        };
        list[i] = (sorted){.key = key, .id = frame->audits[i].audit_id, .place = i};
    }
    qsort(list, frame->count, sizeof *list, drawing_order);
    for (size_t k = 0; k < frame->count; k++) {
        if (k == 0 || strcmp(list[k].key, list[k - 1].key) != 0)
            at->auditors[at->auditor_count++] = (auditor_row){
                .name = frame->audits[list[k].place].auditor,
            };
        at->notes[list[k].place].auditor = at->auditor_count - 1;
        auditor_row *row = &at->auditors[at->auditor_count - 1];
        if (!row->first_id && drawing_may_pick(at, list[k].place))
            row->first_id = list[k].id;
    }
    return true;
}

static ptrdiff_t find_auditor(const drawing *at, const sorted *rows, const char *key)
{
    size_t low = 0, high = at->auditor_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int    order = strcmp(rows[middle].key, key);
        if (order == 0)
            return (ptrdiff_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

/* Picks at random of earlier draws that fill an auditor's least number. */
static bool count_before(drawing *at)
{
    const sampling_frame *frame = at->frame;
    const int32_t         end = frame->last_day + 1;
    const int32_t         start = assay_add_months(end, -(int32_t)at->policy->least_within);
    sorted               *rows = drawing_list(at, at->auditor_count);

    if (!rows)
        return false;
    for (size_t i = 0; i < frame->count; i++)
        rows[at->notes[i].auditor].key = at->notes[i].auditor_key;
    for (size_t e = 0; e < frame->earlier_count; e++) {
        const sampling_earlier *pick = &frame->earlier[e];
        if (!pick->at_random || pick->day < start || pick->day >= end)
            continue;
        const char *key = name_folded(&at->scratch, pick->auditor);
        if (!key)
            return false;
        const ptrdiff_t found = find_auditor(at, rows, key);
        if (found >= 0)
            at->auditors[found].before++;
    }
    return true;
}

bool drawing_note_auditors(drawing *at)
{
    set_shares(at);
    return give_rows(at) && count_before(at);
}

/* ---- The strata ------------------------------------------------------------------------------ */

static size_t least_of(const drawing *at, const auditor_row *row)
{
    const size_t least = at->policy->least_per_auditor;
    return row->before < least ? least - row->before : 0;
}

static void expect_picks(drawing *at)
{
    for (size_t i = 0; i < at->frame->count; i++)
        if (drawing_kept(at, i))
            at->auditors[at->notes[i].auditor].size[at->notes[i].cell]++;
    for (size_t a = 0; a < at->auditor_count; a++)
        sampling_expect(at->auditors[a].size, at->share, least_of(at, &at->auditors[a]),
                        at->auditors[a].expected);
}

static bool add_stratum(drawing *at, auditor_row *row, size_t cell)
{
    sampling    *out = at->out;
    const size_t room = strlen(row->name) + strlen(cell_names[cell]) + 4;
    char        *name = arena_array(&out->memory, room, 1);

    if (!name)
        return false;
    snprintf(name, room, "%s / %s", row->name, cell_names[cell]);
    row->stratum[cell] = (ptrdiff_t)out->stratum_count;
    out->strata[out->stratum_count++] = (sampling_stratum){
        .name = name,
        .auditor = row->name,
        .size = row->size[cell],
        .expected = (double)row->expected[cell] / (double)SAMPLING_UNIT,
    };
    return true;
}

/* A stratum for every cell that has an audit which may be picked, kept or not. */
static bool name_strata(drawing *at)
{
    sampling *out = at->out;

    out->strata =
        arena_array(&out->memory, at->auditor_count * SAMPLING_CELLS + 1, sizeof *out->strata);
    bool *used = arena_array(&at->scratch, at->auditor_count * SAMPLING_CELLS + 1, sizeof *used);
    if (!out->strata || !used)
        return false;
    for (size_t i = 0; i < at->frame->count; i++)
        if (drawing_may_pick(at, i))
            used[at->notes[i].auditor * SAMPLING_CELLS + at->notes[i].cell] = true;
    for (size_t a = 0; a < at->auditor_count; a++)
        for (size_t c = 0; c < SAMPLING_CELLS; c++)
            if (used[a * SAMPLING_CELLS + c] && !add_stratum(at, &at->auditors[a], c))
                return false;
    return true;
}

/* The chance of an audit, had the first phase kept it and not the one of its child that it did. */
static double probability_of(const drawing *at, size_t i)
{
    const audit_note  *note = &at->notes[i];
    const audit_note  *kept = &at->notes[note->kept];
    const auditor_row *row = &at->auditors[note->auditor];
    uint64_t           expected[SAMPLING_CELLS];
    size_t             size[SAMPLING_CELLS];

    memcpy(size, row->size, sizeof size);
    memcpy(expected, row->expected, sizeof expected);
    if (note->kept != i) {
        if (kept->auditor == note->auditor)
            size[kept->cell]--;
        size[note->cell]++;
        sampling_expect(size, at->share, least_of(at, row), expected);
    }
    return (double)expected[note->cell] / (double)(size[note->cell] * SAMPLING_UNIT) /
           (double)note->siblings;
}

static void set_probabilities(drawing *at)
{
    for (size_t i = 0; i < at->frame->count; i++) {
        sampling_member *member = &at->out->members[i];
        member->stratum = SAMPLING_NO_STRATUM;
        if (!drawing_may_pick(at, i))
            continue;
        member->stratum = at->auditors[at->notes[i].auditor].stratum[at->notes[i].cell];
        member->probability = probability_of(at, i);
        if (member->probability <= 0)
            member->bar = SAMPLING_NO_SHARE;
    }
}

bool drawing_make_strata(drawing *at)
{
    expect_picks(at);
    if (!name_strata(at))
        return false;
    set_probabilities(at);
    return true;
}
