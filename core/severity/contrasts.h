/* contrasts.h - what a settled fit says of auditors, criteria and audits, each against its mean.
 * Private to this room.
 *
 * A severity added to every auditor and taken from every criterion leaves the model as it is. So a
 * figure is a difference: auditors from the mean of those who share criteria, criteria from their mean
 * once each group of auditors has mean 0. */
#pragma once

#include "severity/fit.h"

/* value +- 1.96 errors */
severity_estimate estimate_of(double value, double error);

/* By the design's numbers. */
typedef struct {
    severity_estimate *auditors;
    severity_estimate *criteria;
    severity_estimate  thresholds[SEVERITY_LEVELS_MAX]; /* [k]: from level k to k + 1 */
    severity_estimate  audit_mean;
    severity_estimate  audit_spread;
    double            *shift;    /* [criterion]: the mean of the auditors of its group */
    double            *variance; /* [auditor]: room */
    double            *group;    /* [criteria group]: its auditors' mean */
    size_t            *members;  /* [criteria group]: its auditors */
} contrasts;

/* False where memory is out; contrasts_free() either way. */
bool contrasts_make(contrasts *made, const rating_design *design);
void contrasts_free(contrasts *made);
/* Reads the figures off; spends the fit's information. False where it cannot be inverted. */
bool contrasts_read(contrasts *made, fit *settled);
