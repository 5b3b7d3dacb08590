/* assessments.h - the measures of the plugin assessments, and what their tables share. */
#pragma once

#include <assay/plugin.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* From 1 January of the year 1 to 31 December 9999: no interval is longer. */
#define LONGEST_DAYS 3652058

#define AUDIT_DATE                                                                                 \
    {                                                                                              \
        "audit_date", "the day on which the file was audited", ASSAY_DATE, 1, NULL                 \
    }
#define REFERRAL_DATE                                                                              \
    {                                                                                              \
        "referral_date", "the day on which the referral came in", ASSAY_DATE, 1, NULL              \
    }
#define COMPLETED_DATE                                                                             \
    {                                                                                              \
        "completed_date", "the day on which a manager authorised the assessment", ASSAY_DATE, 0,   \
            NULL                                                                                   \
    }

/* intervals.c */
extern const struct assay_measure referral_decision;
extern const struct assay_measure timeliness;
extern const struct assay_measure unexplained_delay;
extern const struct assay_measure first_sight;
extern const struct assay_measure strategy_delay;
extern const struct assay_measure conference_days;
extern const struct assay_measure safety_action;

/* evidence.c */
extern const struct assay_measure seen_alone;
extern const struct assay_measure chronology_age;
extern const struct assay_measure agency_answers;
