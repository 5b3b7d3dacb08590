/* calibrate.h - weights with which the moderated audits look like all audits. Private to the room. */
#pragma once

#include "estimate/margins.h"

/* The columns of the picks, and what the picks were calibrated to. */
typedef struct {
    size_t  columns;
    double *rows; /* [pick * columns + column] */
    bool    uses_tool;
} calibration;

/* Fills the weights of the picks by 1 / probability alone (Hajek). */
bool calibrate_to_number(frame *weighed, calibration *out, arena *memory);

/* Fills the weights of the picks: what each stands for beyond itself, 1 / probability - 1, is raked
 * to the audits that were passed over, by the auditors' levels and the tool's; by the auditors'
 * alone where both cannot be had, by their number where neither can. There is at least one pick
 * where there are unseen audits. */
bool calibrate(frame *weighed, calibration *out, arena *memory);

/* Both: false where memory is out. */
