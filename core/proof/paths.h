/* paths.h - the order in which the outcomes of a record are chosen, and what is counted on the way.
 * Private to this room.
 *
 * Part by part: first the world of the part, then the outcome of each of its criteria in it. On the
 * way a state keeps how many weighted criteria are rated at each level that requirements count, as far
 * as they can tell the difference. */
#pragma once

#include "proof/domain.h"

/* A place on the way. */
typedef struct {
    size_t part;
    size_t world; /* SIZE_MAX: before the part, its world still to choose */
    size_t place; /* of the criterion in its part */
} node;

typedef struct {
    const domain *domain;
    node         *nodes; /* each part: first its entry, then its worlds' criteria; last the end */
    size_t        node_count;
    size_t       *entry; /* [part]; and the end */
    size_t        states;
    size_t        stride[LEVELS_MAX]; /* of a count in a state; 0: not counted */
    unsigned      most[LEVELS_MAX];   /* beyond this a count says no more */
    uint16_t     *after[LEVELS_MAX];  /* [state]: with one more of that level */
    uint16_t     *same;               /* [state]: itself */
    arena         memory;
} paths;

/* False where memory is out, or, *too_many, where the requirements count so many levels that no search
 * is possible. Free with paths_free() either way. */
bool paths_make(paths *out, const domain *domain, bool *too_many);
void paths_free(paths *unwanted);

/* The counts of a state: [level]. Levels that are not counted are 0. */
void paths_counts(const paths *held, size_t state, unsigned counts[LEVELS_MAX]);

/* [state]: the state after criterion c got an outcome. */
const uint16_t *paths_after(const paths *held, size_t c, size_t outcome);

size_t paths_criterion(const paths *held, size_t from);
size_t paths_next(const paths *held, size_t from);
size_t paths_into(const paths *held, size_t part, size_t world);

/* The outcomes that a node's criterion can have there. */
unsigned paths_mask(const paths *held, size_t from);
