/* plans.h - the measures of the plugin plans, and what their tables share. */
#pragma once

#include <assay/plugin.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* From 1 January of the year 1 to 31 December 9999: no interval is longer. */
#define LONGEST_DAYS 3652058

#define OUTSIDE_CALENDAR "a date is outside the years that the calendar covers"

#define AUDIT_DATE                                                                                 \
    {                                                                                              \
        "audit_date", "the day on which the file was audited", ASSAY_DATE, 1, NULL                 \
    }
#define PLAN_TYPE                                                                                  \
    {                                                                                              \
        "plan_type", "the type of plan", ASSAY_CHOICE, 1, plan_types                               \
    }
#define PLAN_START_DATE                                                                            \
    {                                                                                              \
        "plan_start_date", "the day on which the plan began", ASSAY_DATE, 1, NULL                  \
    }
#define PLAN_END_DATE                                                                              \
    {                                                                                              \
        "plan_end_date", "the day on which the plan ended", ASSAY_DATE, 0, NULL                    \
    }
#define PLAN_DATE                                                                                  \
    {                                                                                              \
        "plan_date", "the day on which the plan was written or last brought up to date",           \
            ASSAY_DATE, 1, NULL                                                                    \
    }
#define VISIT_DATES                                                                                \
    {                                                                                              \
        "visit_dates", "the days on which the child was visited and seen", ASSAY_DATES, 0, NULL    \
    }
#define LOOK_BACK_MONTHS(of_what, standard)                                                        \
    {                                                                                              \
        "look_back_months", "the list is taken as whole for " of_what " no older than this",       \
            "months", ASSAY_NUMBER, 0, standard, 1, 300                                            \
    }

/* In the order of plan_types. */
enum plan_type { PLAN_CIN, PLAN_CP, PLAN_LOOKED_AFTER };

extern const char *const plan_types[];

/* reviews.c */
extern const struct assay_measure review_lateness;
extern const struct assay_measure core_group_lateness;

/* visits.c */
extern const struct assay_measure visit_lateness;
extern const struct assay_measure visit_gap;

/* placement_visits.c */
extern const struct assay_measure placement_visit_lateness;
extern const struct assay_measure placement_visit_gap;

/* care.c */
extern const struct assay_measure care_plan_days;
extern const struct assay_measure permanence_lateness;

/* progress.c */
extern const struct assay_measure plan_age;
extern const struct assay_measure plan_overdue;
extern const struct assay_measure actions_owned_and_dated;
extern const struct assay_measure overdue_actions;
extern const struct assay_measure longest_overdue;
extern const struct assay_measure drift;
