/* near.h - records by chance, near which judgements change. Private to this room.
 *
 * That some record shows a thing is proved by any that does, and most things are shown near where a
 * judgement changes. So the search, which can prove that none does, is asked of what is left alone. */
#pragma once

#include "proof/domain.h"

/* Ratings that occur in some world; free with near_free(). */
typedef struct {
    const uint8_t *ratings; /* [record * criteria + criterion] */
    size_t         count;
    arena          memory;
} near_records;

/* The same for the same rubric. False where memory is out. */
bool near_make(near_records *out, const domain *domain);
void near_free(near_records *unwanted);
