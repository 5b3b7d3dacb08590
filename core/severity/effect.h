/* effect.h - what a severity does to ratings. Private to this room. */
#pragma once

#include "severity/steps.h"

/* How the places of the data's ratings, for the average auditor, are spread over the scale. */
enum { PLACES = 801 };

typedef struct {
    steps  scale;
    double first; /* place 0, in logits */
    double width; /* from one to the next */
    double share[PLACES];
    double average; /* expected rating of the average auditor */
} places;

/* From `first` to `last`, with nothing in it. */
void effect_start(places *made, const steps *scale, double first, double last);
/* Adds `share` at eta, which is in range: divided between the two places beside it. */
void effect_add(places *held, double eta, double share);
/* Scales shares to a sum of 1. */
void effect_finish(places *held);

/* A severity's interval in levels: what it adds to the expected rating. */
severity_estimate effect_of(const places *held, const severity_estimate *severity);
