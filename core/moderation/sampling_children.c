/* sampling_children.c - a child's file is not looked at again and again. */
#include <stdlib.h>
#include <string.h>

#include <assay/plugin.h>

#include "moderation/drawing.h"
#include "moderation/folded.h"

/* A file that was picked, or is, on a day. */
typedef struct {
    const char *child;
    int32_t     day;
    bool        before; /* by an earlier draw */
} picked_file;

static int by_child(const void *a, const void *b)
{
    return strcmp(((const picked_file *)a)->child, ((const picked_file *)b)->child);
}

/* Files picked before, and those of this frame that are picked whatever chance says. */
static picked_file *list_picked(drawing *at, size_t *count)
{
    const sampling_frame *frame = at->frame;
    picked_file          *list =
        arena_array(&at->scratch, frame->earlier_count + frame->count + 1, sizeof *list);

    *count = 0;
    if (!list)
        return NULL;
    for (size_t e = 0; e < frame->earlier_count; e++) {
        const char *child = name_folded(&at->scratch, frame->earlier[e].child);
        if (!child)
            return NULL;
        if (*child)
            list[(*count)++] = (picked_file){child, frame->earlier[e].day, true};
    }
    for (size_t i = 0; i < frame->count; i++)
        if (*at->notes[i].child && at->out->members[i].triggers != 0)
            list[(*count)++] = (picked_file){at->notes[i].child, frame->audits[i].day, false};
    qsort(list, *count, sizeof *list, by_child);
    return list;
}

static bool within(int32_t a, int32_t b, unsigned months)
{
    const int32_t earlier = a < b ? a : b, later = a < b ? b : a;
    return later < assay_add_months(earlier, (int32_t)months);
}

static size_t first_of_child(const picked_file *list, size_t count, const char *child)
{
    size_t low = 0, high = count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(list[middle].child, child) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static sampling_bar bar_of(const drawing *at, size_t i, const picked_file *list, size_t count)
{
    const sampling_audit *audit = &at->frame->audits[i];
    const char           *child = at->notes[i].child;
    sampling_bar          bar = SAMPLING_MAY_BE_PICKED;

    for (size_t k = first_of_child(list, count, child);
         k < count && strcmp(list[k].child, child) == 0; k++) {
        if (!within(list[k].day, audit->day, at->policy->same_child_within))
            continue;
        if (list[k].before)
            return SAMPLING_CHILD_PICKED_BEFORE;
        if (at->out->members[i].triggers == 0)
            bar = SAMPLING_CHILD_TRIGGERED;
    }
    return bar;
}

/* "C-17" and "c-17" are one child. */
static bool fold_children(drawing *at)
{
    for (size_t i = 0; i < at->frame->count; i++)
        if (!(at->notes[i].child = name_folded(&at->scratch, at->frame->audits[i].child)))
            return false;
    return true;
}

/* Bars the audits of children whose file is looked at already. */
bool drawing_bar_children(drawing *at)
{
    size_t count;

    if (!fold_children(at))
        return false;
    if (at->policy->same_child_within == 0)
        return true;
    const picked_file *list = list_picked(at, &count);
    if (!list)
        return false;
    for (size_t i = 0; i < at->frame->count; i++)
        if (*at->notes[i].child)
            at->out->members[i].bar = bar_of(at, i, list, count);
    return true;
}

/* The first phase: of the audits that a child has, one is kept. */
bool drawing_keep_one_a_child(drawing *at)
{
    const sampling_frame *frame = at->frame;
    sorted               *list = drawing_list(at, frame->count);
    size_t                count = 0;

    if (!list)
        return false;
    for (size_t i = 0; i < frame->count; i++) {
        const sampling_audit *audit = &frame->audits[i];
        at->notes[i].siblings = 1;
        at->notes[i].kept = i;
        const char *child = at->notes[i].child;
        if (!drawing_may_pick(at, i) || !*child || at->policy->same_child_within == 0)
            continue;
        list[count++] = (sorted){child, sampling_chance(at->seed, "child", audit->audit_id),
                                 audit->audit_id, i};
    }
    qsort(list, count, sizeof *list, drawing_order);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && strcmp(list[to].key, list[from].key) == 0;)
            to++;
        for (size_t k = from; k < to; k++) {
            at->notes[list[k].place].siblings = to - from;
            at->notes[list[k].place].kept = list[from].place;
        }
    }
    return true;
}
