/* margins.h - what the weights are calibrated on: the auditors' levels and the tool's, as columns of
 * numbers. Private to the room. */
#pragma once

#include "estimate/frame.h"

enum {
    CODES = LEVELS_MAX + 1, /* every level, and none */
    COLUMNS_MAX = 2 * (CODES - 1) + 1
};

/* How much is calibrated on. */
typedef enum { MARGINS_BOTH, MARGINS_AUDITOR, MARGINS_NONE } margins_wanted;

/* One margin: the level as a number, or a column for each group of levels beyond the first. */
typedef struct {
    bool    used;
    bool    of_tool;
    bool    scored;
    double  middle;       /* scored: what an audit without a level counts as */
    uint8_t group[CODES]; /* else: the group of each level, and in [CODES - 1] of none */
    size_t  groups;
} margin;

typedef struct {
    margin auditor;
    margin tool;
    size_t columns; /* the first is 1 for every audit */
} margins;

/* Chooses the columns that the picks can carry. */
margins margins_choose(const frame *of, margins_wanted wanted);

/* The columns of one audit. */
void margins_row(const margins *by, const estimate_audit *audit, double row[COLUMNS_MAX]);
