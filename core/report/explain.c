#include "report/explain.h"

#include <stdlib.h>

#include "report/row.h"

bool explanation_make(explanation *out, const graded_batch *batch, size_t record)
{
    *out = (explanation){.batch = batch,
                         .record = record,
                         .group = row_group(batch, record),
                         .k = batch->place[record]};
    if (!row_judged(batch, record)) {
        return true;
    }
    const rubric *held = out->group->rubric;
    level         judged = batch->judgement[record];
    uint8_t      *ratings = calloc(held->criterion_count + 1, sizeof *ratings);
    if (ratings == NULL) {
        return false;
    }
    for (size_t c = 0; c < held->criterion_count; c++) {
        ratings[c] = out->group->ratings[c][out->k];
    }
    out->can_raise = (size_t)judged + 1 < held->scale.count;
    out->can_lose = judged > 0;
    bool fine = (!out->can_raise || whatif_raise(held, ratings, (level)(judged + 1), &out->raise)) &&
                (!out->can_lose || whatif_lose(held, ratings, judged, &out->lose));
    free(ratings);
    return fine;
}

void explanation_free(explanation *made)
{
    whatif_free(&made->raise);
    whatif_free(&made->lose);
}
