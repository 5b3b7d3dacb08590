/* fit.h - the parameters that make the ratings likeliest. Private to this room. */
#pragma once

#include "severity/derivatives.h"

/* A fit, and how sure each number of it is. */
typedef struct {
    derivatives at;     /* its information is factored once settled */
    double     *values; /* [auditors + border] */
    double     *trial;  /* room for a step, and for the next values */
    double     *step;
    double      precision; /* of the severities' prior: 1 / its variance */
    double      log_likelihood;
} fit;

/* The variance of the weak priors that keep every parameter finite. */
static const double weak_variance = 100;

/* Starts at the ratings' overall distribution. False where memory is out; fit_free() either way. */
bool fit_make(fit *made, const rating_design *design);
void fit_free(fit *made);

/* Newton's method from where it is, with a prior N(0, 1 / precision) for severities. False where it
 * does not settle. */
bool fit_settle(fit *held, double precision);
