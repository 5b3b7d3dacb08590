/* row.h - a made record as a row of a file of cases. Private to this room. */
#pragma once

#include "mutation/made.h"

/* Which columns the rows have. */
typedef struct {
    const rubric *rubric;
    char          delimiter;
    const char   *heading;
    const char  **columns; /* as headed; NULL where the heading is made of the first record */
    size_t        count;
} row_form;

/* The columns of a file of cases; or, where `cases` is NULL, those of a new one. False where memory is
 * out. */
bool row_form_make(row_form *out, const rubric *rubric, const char *cases, arena *memory);

/* The case of a record that was made to notice `edit`: what the rubric makes of it stands in `seen`, which
 * from then on notices what the case does; where `seen` looks at scores it stays as it is. False where memory
 * is out. */
bool row_write(row_form *form, const mutant *edit, const made_record *record, watch *seen,
               made_case *out, arena *memory);
