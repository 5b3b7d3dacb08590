/* attribution.h - which changes moved which records. Private to this room. */
#pragma once

#include "regression/edit.h"

/* The moves of one edit, and how each is rated in every variant of it. */
typedef struct {
    rubric_edit *edit;
    move       **moves; /* also where a limit alone stopped holding: that is not explained */
    size_t       count;
    uint8_t     *variants; /* [move][variant]: count * edit->variant_count */
} moved_records;

/* Gives every move its smallest sets of changes; moves that are rated alike share one. What is made is
 * in `memory`. Another build that rates none of the moves otherwise is taken out of the edit. False where
 * memory is out. */
bool attribute_moves(const moved_records *moved, arena *memory);
