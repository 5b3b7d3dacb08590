/* fault.h - why a record has no value. Private to this room. */
#pragma once

#include "grading/grading.h"

/* What the built-in measures of two dates find, as statuses beside those of columns. They are
 * numbers of the range that plugins use for faults of their own; a criterion has one or the other. */
enum {
    FAULT_ENDS_BEFORE_START = ASSAY_FAULT,
    FAULT_FROM_OUTSIDE_CALENDAR,
    FAULT_TO_OUTSIDE_CALENDAR
};
