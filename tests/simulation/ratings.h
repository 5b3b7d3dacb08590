/* ratings.h - made ratings with known severities, the same on every machine. */
#pragma once

#include "severity/severity.h"

/* Who rates what, and what is true of them. */
typedef struct {
    size_t        audits;
    size_t        criteria;
    size_t        auditors;
    unsigned      levels;
    unsigned      raters;       /* auditors of each audit that is rated by several */
    unsigned      linked_every; /* every so many audits is rated by several; 0: none */
    double        mean;         /* of the audits' qualities */
    double        spread;
    const double *severity;   /* [auditor]; mean 0 */
    const double *difficulty; /* [criterion] */
    const double *threshold;  /* [levels - 1] */
} made_from;

/* A generator of random numbers: splitmix64, by Vigna (2015), public domain. */
typedef struct {
    uint64_t state;
} chance;

double chance_uniform(chance *from);
double chance_normal(chance *from);

/* Ratings drawn from the model. False where memory is out; ratings_free() either way. */
bool ratings_make(severity_data *made, const made_from *from, chance *with);
void ratings_free(severity_data *made);
