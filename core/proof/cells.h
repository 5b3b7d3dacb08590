/* cells.h - how cells are added to what is tried. Private to this room: cells.c and cells_plugin.c. */
#pragma once

#include "proof/trial.h"

enum {
    /* What a record's dates lie apart from the audit where nothing else says so: 57 weeks, so that it
     * is the same day of the week, and most periods of care and review fit in. */
    EARLIER = 399,
    RECENTLY = 21
};

/* Numbers worth trying. */
enum { MARKS_MAX = 200 };
typedef struct {
    double at[MARKS_MAX];
    size_t count;
} cell_marks;

void cells_mark(cell_marks *out, double number);
/* A number of each stretch between bounds, each bound, and what lies one beside it. */
void cells_mark_bands(const criterion *asked, cell_marks *out);

/* Each adds a cell where it is not there yet; false where memory is out. */
bool cells_add_text(trial *held, trial_field *field, text value);
bool cells_add_number(trial *held, trial_field *field, double number);
bool cells_add_day(trial *held, trial_field *field, int64_t day);

bool is_audit_date(const trial_field *field);

/* ---- cells_plugin.c: what a plugin's measure is tried with ----------------------------------------- */

bool cells_add_any_date(trial *held, trial_field *field, const criterion *asked);
bool cells_add_series(trial *held, trial_field *field, const criterion *asked);
bool cells_add_counts(trial *held, trial_field *field, const criterion *asked);
bool cells_add_choices(trial *held, trial_field *field, const criterion *asked, size_t input);
