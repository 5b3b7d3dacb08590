/* care_leavers.h - the measures of the plugin care_leavers, and what their tables share. */
#pragma once

#include <assay/plugin.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* From 1 January of the year 1 to 31 December 9999: no interval is longer. */
#define LONGEST_DAYS 3652058

#define AUDIT_DATE                                                                                 \
    {                                                                                              \
        "audit_date", "the day on which the file was audited", ASSAY_DATE, 1, NULL                 \
    }
#define DATE_OF_BIRTH                                                                              \
    {                                                                                              \
        "date_of_birth", "the young person's date of birth", ASSAY_DATE, 1, NULL                   \
    }
#define LOOK_BACK_MONTHS(of_what, standard)                                                        \
    {                                                                                              \
        "look_back_months", "the list is taken as whole for " of_what " no older than this",       \
            "months", ASSAY_NUMBER, 0, standard, 1, 120                                            \
    }
#define BORN_AFTER_AUDIT "the young person was born after the audit"

/* pathway.c */
extern const struct assay_measure needs_assessment_lateness;
extern const struct assay_measure pathway_plan_overdue;
extern const struct assay_measure pathway_review_lateness;
extern const struct assay_measure pathway_actions_owned_and_dated;

/* support.c */
extern const struct assay_measure adviser_contact_lateness;
extern const struct assay_measure adviser_appointed;
extern const struct assay_measure accommodation_check_days;
extern const struct assay_measure support_offer_overdue;

/* status.c */
extern const struct assay_measure status_consistent;
extern const struct assay_measure age_in_scope;
