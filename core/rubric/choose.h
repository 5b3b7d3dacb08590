/* choose.h - the index by which library_choose() finds a rubric. Not for other rooms. */
#pragma once

#include "rubric/rubric.h"

/* Makes library->index of its rubrics. False where memory is out, or two rubrics of one practice
 * area hold from the same day, with `errors` filled. */
bool choose_index(rubric_library *library, error_list *errors);
void choose_free(struct library_index *index); /* takes NULL */
