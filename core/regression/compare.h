/* compare.h - pairs of verdicts, counted. Private to this room. */
#pragma once

#include "regression/groups.h"

enum { SCALES_KEPT = 64 };

/* Where the levels of a scale stand in the matrix. */
typedef struct {
    const yardstick *by;
    size_t           rows[LEVELS_MAX];
} scale_rows;

/* Two yardsticks, held against each other once for all the records that come by them. */
typedef struct {
    const yardstick *a;
    const yardstick *b;
    bool             scale_same;
    bool             criteria_same; /* in the same order */
    level            onto[LEVELS_MAX]; /* [level of b]: the level of a that it stands for */
} yardstick_pair;

enum { DAYS_KEPT = 1024 };

/* A day whose month is known. */
typedef struct {
    bool    known;
    int32_t day;
    size_t  group; /* of the counter */
} counted_day;

struct diff_private {
    scale_rows       scales[SCALES_KEPT];
    size_t           scale_count;
    yardstick_pair   pair; /* of the records that were paired last */
    counted_day      days[DAYS_KEPT]; /* [day % DAYS_KEPT] */
    verdict_list  before; /* the side that is kept */
    verdict_list  moved;  /* blocks of the other in which something moved */
    group_counter counters[MOVE_GROUPINGS];
    size_t        move_room;
    size_t        edit_room;
    size_t        only_a_room;
    size_t        only_b_room;
    size_t        rating_room;
    arena         memory;
    bool          by_auditor;
    bool          other_rows;
};

/* Makes `out` ready for diff_pair(). False where memory is out. */
bool diff_begin(diff *out, const diff_options *options);

/* One record in both; either NULL: in the other alone. *keep is set where `to` has to live as long as
 * the diff. False where memory is out. */
bool diff_pair(diff *out, const verdict *from, const verdict *to, bool *keep);

/* Sorts what was counted: safety, groups, rows. False where memory is out. */
bool diff_end(diff *out);

/* Whether the two stand for the same outcome, whatever scale each is on. */
bool outcome_same(const verdict *a, const verdict *b);
bool yardsticks_same(const yardstick *a, const yardstick *b);

/* The level of `onto` that stands for `of`'s level; LEVEL_NONE: there is none. */
level level_onto(const yardstick *of, level which, const yardstick *onto);
