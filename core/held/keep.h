/* keep.h - batches that were taken, and their columns. Private to this room. */
#pragma once

#include "held/held.h"

/* One batch, copied out of the worker that graded it. */
typedef struct held_part {
    graded_batch batch;   /* groups that failed are left out */
    arena        columns; /* all but the words; freed once joined */
    arena        words;   /* what texts and details point at; lives on */
} held_part;

/* NULL where memory is out. */
held_part *part_copy(const graded_batch *batch);
void       part_free(held_part *part); /* takes NULL */

/* An array of a batch, or of a group, with one entry a record. */
typedef struct {
    size_t at;   /* offset of the pointer in its struct */
    size_t size; /* of an entry */
} held_column;

enum { BATCH_COLUMNS = 14, GROUP_COLUMNS = 6 };
extern const held_column held_batch_columns[BATCH_COLUMNS];
extern const held_column held_group_columns[GROUP_COLUMNS];

/* The pointer that a column stands for. */
static inline void **column_pointer(void *in, const held_column *of)
{
    return (void **)(void *)((char *)in + of->at);
}

/* Makes `to` ready for `count` records that a group's rubric graded: every array that `like` has. False
 * where memory is out. */
bool group_make(graded_group *to, const graded_group *like, size_t count, arena *memory);

/* Copies the records of `from` to those behind record `at` of `to`. */
void group_put(const graded_group *to, size_t at, const graded_group *from);
