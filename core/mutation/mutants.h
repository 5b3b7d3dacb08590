/* mutants.h - between mutants.c and mutants_rating.c. Private to this room. */
#pragma once

#include "mutation/mutation.h"

/* A list being made. */
typedef struct {
    mutant_list  *out;
    const rubric *held;
    bool          failed;
} mutants_making;

/* A new mutant of criterion c, as yet the rubric itself: its copy of the criterion, which may then be edited. NULL
 * where memory is out. */
criterion *mutants_add_criterion(mutants_making *making, mutant_touches touches, size_t c,
                                 const char *key, buffer *before, buffer *after);

/* The small wrong edits of how criterion c is rated. */
void mutants_of_bands(mutants_making *making, size_t c);
void mutants_of_flag(mutants_making *making, size_t c);
void mutants_of_missing(mutants_making *making, size_t c);
void mutants_of_applies(mutants_making *making, size_t c);
