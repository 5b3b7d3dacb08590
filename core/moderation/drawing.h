/* drawing.h - one draw under way: what the files of its phases share. Private to this room. */
#pragma once

#include "moderation/sampling.h"

/* One auditor of the frame: the picks that they may expect are reckoned together. */
typedef struct {
    const char *name;     /* as the frame first writes it */
    const char *first_id; /* of their audits that may be picked, by name: the smallest */
    uint64_t    turn;     /* when their strata are rounded */
    size_t      before;   /* picks at random that count towards the least */
    size_t      size[SAMPLING_CELLS]; /* audits kept */
    uint64_t    expected[SAMPLING_CELLS];
    ptrdiff_t   stratum[SAMPLING_CELLS]; /* its place in the sample, or SAMPLING_NO_STRATUM */
} auditor_row;

/* What the draw knows of an audit beside its member. */
typedef struct {
    const char *auditor_key; /* its auditor, folded */
    const char *child;       /* likewise */
    size_t      auditor;     /* its place in the rows */
    size_t      cell;
    size_t      siblings; /* audits of its child that may be picked, itself one of them */
    size_t      kept;     /* which of these the first phase kept */
} audit_note;

typedef struct {
    const moderation_policy *policy;
    const sampling_frame    *frame;
    uint64_t                 seed;
    sampling                *out;
    audit_note              *notes; /* [frame.count] */
    auditor_row             *auditors;
    size_t                   auditor_count;
    unsigned                 share[SAMPLING_CELLS];
    arena                    scratch;
} drawing;

/* An audit, or something else that has a place, to be sorted: by key, chance and id. */
typedef struct {
    const char *key;
    uint64_t    chance;
    const char *id;
    size_t      place;
} sorted;

/* By key, then by chance; ids where even these are the same. */
int drawing_order(const void *a, const void *b);

/* An empty list with room for `count`; NULL where memory is out. */
static inline sorted *drawing_list(drawing *at, size_t count)
{
    return arena_array(&at->scratch, count + 1, sizeof(sorted));
}

static inline bool drawing_may_pick(const drawing *at, size_t i)
{
    return at->out->members[i].bar == SAMPLING_MAY_BE_PICKED;
}

/* Whether the first phase kept it. */
static inline bool drawing_kept(const drawing *at, size_t i)
{
    return drawing_may_pick(at, i) && at->notes[i].kept == i;
}

/* Each returns false where memory is out. In this order: */

/* sampling_children.c: folds their names, then bars the audits of children whose file is looked at
 * already. */
bool drawing_bar_children(drawing *at);
/* sampling_strata.c: gives every audit its auditor and its cell, and each auditor what they have of
 * earlier draws. */
bool drawing_note_auditors(drawing *at);
/* sampling_children.c: the first phase. Of the audits that a child has, one is kept. */
bool drawing_keep_one_a_child(drawing *at);
/* sampling_strata.c: the strata, how many picks each expects, and every audit's probability. */
bool drawing_make_strata(drawing *at);
