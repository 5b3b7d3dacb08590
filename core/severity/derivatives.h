/* derivatives.h - the log-likelihood of all ratings with its derivatives. Private to this room. */
#pragma once

#include "severity/information.h"
#include "severity/integral.h"

typedef struct {
    const rating_design *design;
    integral             integral;
    unit_shape          *shapes;      /* [unit] */
    information          information; /* of the last call */
    double              *gradient;    /* [auditors + border] of the last call */
    /* Room for one unit: its own auditors, its criteria, then thresholds, mean and spread. */
    size_t  local_most;
    size_t *local;  /* [local]: its place in the fit */
    double *scores; /* [local][node] */
    double *square; /* [local][local]; lower triangle */
    size_t *slot;   /* [criterion]: its local place in `unit` */
    size_t *unit;   /* [criterion] + 1 */
} derivatives;

/* False where memory is out; derivatives_free() either way. */
bool derivatives_make(derivatives *made, const rating_design *design);
void derivatives_free(derivatives *made);

/* At `values`: returns the log-likelihood, fills gradient and information. */
double derivatives_at(derivatives *held, const double *values);
