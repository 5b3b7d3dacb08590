/* information.h - the observed information: minus the second derivatives of the log-likelihood.
 * Private to this room.
 *
 * Severities of auditors who share no audit touch only through the border: criteria, thresholds, mean
 * and spread. So it is kept as blocks of linked auditors, their rows of the border, and the corner of
 * the border itself, and solved by Cholesky's method block by block. */
#pragma once

#include "severity/design.h"

typedef struct {
    const rating_design *design;
    size_t               border;     /* numbers in it */
    size_t              *block_at;   /* [block]: where it begins in `blocks` */
    uint32_t            *block_of;   /* [auditor] */
    double              *blocks;     /* square, one after another; lower triangles are filled */
    size_t               block_size; /* of all of them together */
    double              *rows;       /* [auditor][border] */
    double              *corner;     /* [border][border]; lower triangle */
} information;

/* False where memory is out; information_free() either way. */
bool information_make(information *made, const rating_design *design);
void information_free(information *made);
void information_clear(information *held);

/* The entry of two auditors of one block, a >= b; and of the border, a >= b. */
static inline double *information_auditors(information *held, size_t a, size_t b)
{
    size_t block = held->block_of[a];
    size_t first = held->design->blocks[block];
    size_t size = held->design->blocks[block + 1] - first;
    return &held->blocks[held->block_at[block] + (a - first) * size + (b - first)];
}

static inline double *information_border(information *held, size_t a, size_t b)
{
    return &held->corner[a * held->border + b];
}

/* Takes it apart in place. False where it is not positive definite. Then: */
bool information_factor(information *held);
/* solves for one right-hand side [auditors + border] in place, */
void information_solve(const information *held, double *side);
/* and, last, gives the inverse's diagonal for the auditors and its corner (full) in `corner`. */
bool information_invert(information *held, double *diagonal);
