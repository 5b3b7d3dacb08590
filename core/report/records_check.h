/* records_check.h - what is in a file, said before it is graded (`assay records check`). */
#pragma once

#include "report/report.h"

/* Reads the whole of `input`, of which nothing was selected or read before, and writes what it
 * found: the file, its practice areas, every column, and what rubrics ask for that is not there.
 * `only` is the rubric of --rubric; NULL: those of `library` for the practice areas in the file.
 * Sets *found where something is not as it should be: each such thing begins with "!", and the last
 * line counts them. No values are shown of columns that no rubric uses. Memory is bounded
 * whatever the input's size. False where input or memory failed, and `errors` says so, or where
 * `write` did. */
bool records_check(records *input, const rubric_library *library, const rubric *only,
                   report_write write, void *user, bool *found, error_list *errors);
