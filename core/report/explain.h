/* explain.h - what an explanation is made from, whichever form it is written in. */
#pragma once

#include "grading/grading.h"

/* One record, and what would change its judgement. */
typedef struct {
    const graded_batch *batch;
    size_t              record;
    const graded_group *group; /* NULL: no rubric was found for it */
    size_t              k;     /* its place there */
    bool                can_raise; /* it has a judgement, and there is a level above it */
    bool                can_lose;  /* it has a judgement above the lowest */
    whatif              raise;
    whatif              lose;
} explanation;

/* Works out what would change the judgement. False where memory is out. Free with
 * explanation_free() in either case. */
bool explanation_make(explanation *out, const graded_batch *batch, size_t record);
void explanation_free(explanation *explanation);
