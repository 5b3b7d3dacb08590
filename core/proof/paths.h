/* paths.h - the order in which the outcomes of a record are chosen. Private to this room.
 *
 * Part by part: first the world of the part, then the outcome of each of its criteria in it. */
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
} paths;

/* False where memory is out. */
bool paths_make(paths *out, const domain *domain, arena *memory);

/* The first node of a part in a world; the node after that of a criterion. */
size_t paths_into(const paths *held, size_t part, size_t world);
size_t paths_next(const paths *held, size_t from);

/* The criterion of a node, and the outcomes that it can have there. */
size_t   paths_criterion(const paths *held, size_t from);
unsigned paths_mask(const paths *held, size_t from);
