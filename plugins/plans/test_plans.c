/* Tests of the plugin plans. Monday 5 January 2026 is the usual start: with no bank holiday until
 * 3 April, 10 and 20 working days later are 19 January and 2 February. */
#include "../measure_test.h"

#define CIN  "plan_type=cin plan_start_date=2026-01-05 "
#define CP   "plan_type=cp plan_start_date=2025-11-30 "
#define CARE "plan_type=looked_after plan_start_date=2026-01-05 "

/* 12 weeks from 5 January are 84 days: 30 March; 12 more weeks: 22 June. */
static void test_child_in_need_reviews(void **state)
{
    (void)state;
    expect("review_lateness", CIN "audit_date=2026-04-30 review_dates=2026-03-29", "0");
    expect("review_lateness", CIN "audit_date=2026-04-30 review_dates=2026-03-30", "0");
    expect("review_lateness", CIN "audit_date=2026-04-30 review_dates=2026-03-31", "1");
    expect("review_lateness", CIN "audit_date=2026-03-30", "not due");
    expect("review_lateness", CIN "audit_date=2026-03-31", "1");
    expect("review_lateness", CIN "audit_date=2026-06-23 review_dates=2026-03-30", "1");
    expect("review_lateness", CIN "cin_weeks=26 audit_date=2026-06-23", "not due");
}

/* Working Together: within 3 months, then 6. 30 November and 3 months is 28 February, and
 * 29 February in a leap year; 28 February and 6 months is 28 August. */
static void test_child_protection_reviews(void **state)
{
    (void)state;
    expect("review_lateness", CP "audit_date=2026-08-28 review_dates=2026-02-27", "1");
    expect("review_lateness", CP "audit_date=2026-08-28 review_dates=2026-02-28", "0");
    expect("review_lateness", CP "audit_date=2026-08-28 review_dates=2026-03-01", "1");
    expect("review_lateness", CP "audit_date=2026-08-29 review_dates=2026-02-28", "1");
    expect("review_lateness", CP "audit_date=2026-02-28", "not due");
    expect("review_lateness", CP "audit_date=2026-03-01", "1");
    expect("review_lateness",
           "plan_type=cp plan_start_date=2023-11-30 audit_date=2024-06-01 "
           "review_dates=2024-02-29",
           "0");
    expect("review_lateness",
           "plan_type=cp plan_start_date=2023-11-30 audit_date=2024-06-01 "
           "review_dates=2024-03-01",
           "1");
}

/* Reg 33: 20 working days (2 February), then 3 months (2 May), then 6 (2 November). */
static void test_reviews_of_looked_after_children(void **state)
{
    (void)state;
    expect("review_lateness", CARE "audit_date=2026-02-02", "not due");
    expect("review_lateness", CARE "audit_date=2026-02-03", "1");
    expect("review_lateness", CARE "audit_date=2026-03-31 review_dates=2026-01-30", "0");
    expect("review_lateness", CARE "audit_date=2026-03-31 review_dates=2026-02-02", "0");
    expect("review_lateness", CARE "audit_date=2026-03-31 review_dates=2026-02-03", "1");
    expect("review_lateness", CARE "audit_date=2026-05-02 review_dates=2026-02-02", "0");
    expect("review_lateness", CARE "audit_date=2026-05-03 review_dates=2026-02-02", "1");
    expect("review_lateness", CARE "audit_date=2026-06-01 review_dates=2026-02-02;2026-05-01", "0");
    expect("review_lateness", CARE "audit_date=2026-06-01 review_dates=2026-02-02;2026-05-02", "0");
    expect("review_lateness", CARE "audit_date=2026-06-01 review_dates=2026-02-02;2026-05-03", "1");
    expect("review_lateness", CARE "audit_date=2026-11-02 review_dates=2026-02-02;2026-05-02", "0");
    expect("review_lateness", CARE "audit_date=2026-11-03 review_dates=2026-02-02;2026-05-02", "1");
    /* 20 working days from 20 March 2026 pass Good Friday and Easter Monday: 21 April. */
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2026-03-20 audit_date=2026-04-21", "not due");
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2026-03-20 audit_date=2026-04-22", "1");
}

static void test_the_worst_review_counts_not_the_last(void **state)
{
    (void)state;
    /* Due on 2 February, held 5 days later; then due on 7 May, held on 1 May. */
    expect("review_lateness", CARE "audit_date=2026-06-01 review_dates=2026-02-07;2026-05-01", "5");
}

static void test_what_lies_outside_the_plan_is_left_out(void **state)
{
    (void)state;
    /* An earlier plan's review, the initial conference itself, and one that is arranged. */
    expect("review_lateness",
           CP "audit_date=2026-02-28 review_dates=2025-06-01;2025-11-30;2026-03-09", "not due");
    /* The clock stops with the plan. */
    expect("review_lateness", CIN "audit_date=2026-12-01 plan_end_date=2026-03-20", "n/a");
    expect("review_lateness", CIN "audit_date=2026-12-01 plan_end_date=2026-04-01", "2");
    expect("review_lateness", CIN "audit_date=2026-03-30 plan_end_date=2026-12-01", "not due");
}

/* Care that began three years ago, of which the record lists the last reviews. */
static void test_older_plans_begin_with_the_list(void **state)
{
    (void)state;
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2012-01-05 audit_date=2026-03-31 "
           "review_dates=2025-04-10;2025-10-10",
           "0");
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2012-01-05 audit_date=2026-03-31 "
           "review_dates=2025-04-10;2025-10-12",
           "2");
    /* Nothing listed: 6 months from the start were due on 5 July 2025, 269 days ago. */
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2025-01-05 look_back_months=12 "
           "audit_date=2026-03-31",
           "269");
    /* The edge: two years old to the day is whole, and begins with the 20 working days. */
    expect("review_lateness",
           "plan_type=cp plan_start_date=2024-03-31 audit_date=2026-03-31 "
           "review_dates=2025-12-01",
           "519");
    expect("review_lateness",
           "plan_type=cp plan_start_date=2024-03-30 audit_date=2026-03-31 "
           "review_dates=2025-12-01",
           "0");
}

static void test_reviews_without_an_answer(void **state)
{
    (void)state;
    expect("review_lateness", CIN "audit_date=2026-04-30 review_dates=n/a", "n/a");
    expect("review_lateness", "plan_type=cin audit_date=2026-04-30", "missing");
    expect("review_lateness", "plan_start_date=2026-01-05 audit_date=2026-04-30", "missing");
    expect("review_lateness", CIN "audit_date=2026-01-04", "the plan starts after the audit");
    expect("review_lateness", CIN "audit_date=2026-04-30 plan_end_date=2026-01-04",
           "the plan ends before it starts");
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2023-12-20 audit_date=2024-03-01",
           "a date is outside the years that the calendar covers");
    /* Due beyond the calendar, audited within: not due. Audited beyond it: nobody knows. */
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2027-12-20 audit_date=2027-12-31", "not due");
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2027-12-20 audit_date=2028-01-01",
           "a date is outside the years that the calendar covers");
}

/* 14 days for CP, 28 for CIN, from the start as between visits. */
static void test_visits_to_children_with_a_plan(void **state)
{
    (void)state;
    expect("visit_lateness", "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-01-19",
           "not due");
    expect("visit_lateness", "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-01-20", "1");
    expect("visit_lateness",
           "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-02-10 "
           "visit_dates=2026-01-18;2026-02-01",
           "0");
    expect("visit_lateness",
           "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-02-10 "
           "visit_dates=2026-01-18;2026-02-02",
           "1");
    expect("visit_lateness", CIN "audit_date=2026-02-10 visit_dates=2026-02-02", "0");
    expect("visit_lateness", CIN "audit_date=2026-02-10 visit_dates=2026-02-03", "1");
    expect("visit_lateness", CARE "audit_date=2026-02-10 visit_dates=2026-02-03", "n/a");
    /* A visit on the first day counts: the next is due on 19 January. */
    expect("visit_lateness",
           "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-01-19 "
           "visit_dates=2026-01-05",
           "0");
    expect("visit_lateness", CIN "audit_date=2026-02-10 visit_dates=n/a", "n/a");
}

/* A child unseen for more than twice the interval is past 200. */
static void test_gap_is_a_share_of_the_interval(void **state)
{
    (void)state;
    expect("visit_gap",
           "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-02-16 "
           "visit_dates=2026-01-12;2026-02-09",
           "200");
    /* Unseen since the start, 21 days. */
    expect("visit_gap", "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-01-26", "150");
    expect("visit_gap",
           "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-01-12 "
           "visit_dates=2026-01-05",
           "50");
    expect("visit_gap", "plan_type=cp plan_start_date=2026-01-05 audit_date=2026-01-19", "not due");
}

#define PLACED "placement_start_date=2026-01-05 "

/* Reg 28(2): a week (12 January), then six weeks (23 February). */
static void test_visits_to_any_placement(void **state)
{
    (void)state;
    expect("placement_visit_lateness", PLACED "audit_date=2026-01-12", "not due");
    expect("placement_visit_lateness", PLACED "audit_date=2026-01-13", "1");
    expect("placement_visit_lateness", PLACED "audit_date=2026-02-01 visit_dates=2026-01-11", "0");
    expect("placement_visit_lateness", PLACED "audit_date=2026-02-01 visit_dates=2026-01-12", "0");
    expect("placement_visit_lateness", PLACED "audit_date=2026-02-01 visit_dates=2026-01-13", "1");
    expect("placement_visit_lateness", PLACED "audit_date=2026-02-23 visit_dates=2026-01-12", "0");
    expect("placement_visit_lateness", PLACED "audit_date=2026-02-24 visit_dates=2026-01-12", "1");
    expect("placement_visit_lateness",
           PLACED "audit_date=2026-03-01 visit_dates=2026-01-12;2026-02-22", "0");
    expect("placement_visit_lateness",
           PLACED "audit_date=2026-03-01 visit_dates=2026-01-12;2026-02-24", "1");
    /* 63 days of 42. */
    expect("placement_visit_gap", PLACED "audit_date=2026-03-20 visit_dates=2026-01-12;2026-03-16",
           "150");
}

/* Reg 28(2)(c): after a year 3 months, if meant to last to 18. Start 10 January 2025. */
static void test_visits_after_a_year(void **state)
{
    (void)state;
#define LONG "placement_start_date=2025-01-10 look_back_months=36 long_term=yes "
#define SEVEN                                                                                      \
    "visit_dates=2025-01-17;2025-02-28;2025-04-11;2025-05-23;2025-07-04;2025-08-15;"               \
    "2025-09-26;2025-11-07;2025-12-19"
    /* 19 December and six weeks is 30 January, past the year: 3 months, 19 March. */
    expect("placement_visit_lateness", LONG SEVEN " audit_date=2026-03-19", "0");
    expect("placement_visit_lateness", LONG SEVEN " audit_date=2026-03-20", "1");
    expect("placement_visit_lateness", LONG SEVEN " long_term=no audit_date=2026-01-30", "0");
    expect("placement_visit_lateness", LONG SEVEN " long_term=no audit_date=2026-01-31", "1");
    /* Within the year six weeks hold although it is long-term: 17 January to 28 February. */
    expect("placement_visit_lateness", LONG "audit_date=2025-03-01 visit_dates=2025-01-17", "1");
    /* 30 November and 3 months, in an older placement: 28 February. */
    expect("placement_visit_lateness",
           "placement_start_date=2020-01-01 long_term=yes visit_dates=2025-11-30 "
           "audit_date=2026-02-28",
           "0");
    expect("placement_visit_lateness",
           "placement_start_date=2020-01-01 long_term=yes visit_dates=2025-11-30 "
           "audit_date=2026-03-01",
           "1");
}

/* Reg 28(3): placed with a parent before the assessment; weekly to the first review, then 6. */
static void test_visits_to_a_parent_not_yet_assessed(void **state)
{
    (void)state;
#define UNASSESSED PLACED "placement_type=parent_unassessed "
    expect("placement_visit_lateness", UNASSESSED "audit_date=2026-01-19 visit_dates=2026-01-12",
           "0");
    expect("placement_visit_lateness", UNASSESSED "audit_date=2026-01-20 visit_dates=2026-01-12",
           "1");
    expect("placement_visit_lateness",
           UNASSESSED "audit_date=2026-01-26 visit_dates=2026-01-12;2026-01-20", "1");
    /* First review on 2 February; after the visit of the 2nd six weeks: 16 March. */
#define WEEKLY                                                                                     \
    "first_review_date=2026-02-02 visit_dates=2026-01-12;2026-01-19;2026-01-26;2026-02-02 "
    expect("placement_visit_lateness", UNASSESSED WEEKLY "audit_date=2026-03-16", "0");
    expect("placement_visit_lateness", UNASSESSED WEEKLY "audit_date=2026-03-17", "1");
}

/* Reg 28(4): temporary approval, or interim care order and with a parent; then 4 weeks. */
static void test_visits_under_temporary_approval_or_interim_order(void **state)
{
    (void)state;
    expect("placement_visit_lateness",
           PLACED WEEKLY "placement_type=temporary_approval audit_date=2026-03-02", "0");
    expect("placement_visit_lateness",
           PLACED WEEKLY "placement_type=temporary_approval audit_date=2026-03-03", "1");
    expect("placement_visit_lateness",
           PLACED WEEKLY "placement_type=with_parent legal_status=interim_care_order "
                         "audit_date=2026-03-02",
           "0");
    expect("placement_visit_lateness",
           PLACED WEEKLY "placement_type=with_parent legal_status=interim_care_order "
                         "audit_date=2026-03-03",
           "1");
    expect("placement_visit_lateness",
           PLACED "placement_type=with_parent legal_status=interim_care_order "
                  "audit_date=2026-01-20 visit_dates=2026-01-12",
           "1");
}

/* Reg 28(5): a week from the order, then six weeks. */
static void test_visits_under_a_care_order_with_a_parent(void **state)
{
    (void)state;
#define ORDERED PLACED "placement_type=with_parent legal_status=care_order order_date=2026-02-02 "
    expect("placement_visit_lateness", ORDERED "audit_date=2026-02-09", "not due");
    expect("placement_visit_lateness", ORDERED "audit_date=2026-02-10", "1");
    expect("placement_visit_lateness", ORDERED "audit_date=2026-03-23 visit_dates=2026-02-09", "0");
    expect("placement_visit_lateness", ORDERED "audit_date=2026-03-24 visit_dates=2026-02-09", "1");
    expect("placement_visit_lateness", ORDERED "audit_date=2026-02-01",
           "the care order was made after the audit");
    /* An order from before the placement, or none recorded: from the placement. */
    expect("placement_visit_lateness",
           PLACED "placement_type=with_parent legal_status=care_order order_date=2025-02-02 "
                  "audit_date=2026-01-13",
           "1");
    expect("placement_visit_lateness",
           PLACED "placement_type=with_parent legal_status=care_order audit_date=2026-01-13", "1");
}

static void test_placement_visits_without_an_answer(void **state)
{
    (void)state;
    expect("placement_visit_lateness", PLACED "placement_type=with_parent audit_date=2026-02-09",
           "missing");
    expect("placement_visit_lateness", PLACED "placement_type=short_breaks audit_date=2026-02-09",
           "n/a");
    expect("placement_visit_lateness", PLACED "visit_dates=n/a audit_date=2026-02-09", "n/a");
    expect("placement_visit_lateness", PLACED "placement_end_date=2026-01-09 audit_date=2026-02-09",
           "n/a");
    expect("placement_visit_lateness", PLACED "placement_end_date=2026-01-04 audit_date=2026-02-09",
           "the placement ends before it starts");
    expect("placement_visit_lateness", PLACED "audit_date=2026-01-04",
           "the placement starts after the audit");
    expect("placement_visit_lateness", "audit_date=2026-01-04", "missing");
    expect("placement_visit_gap", PLACED "audit_date=2026-01-12", "not due");
}

/* Working Together: 10 working days, 19 January; then six weeks, 2 March. */
static void test_core_groups(void **state)
{
    (void)state;
#define CONFERENCE "conference_date=2026-01-05 "
    expect("core_group_lateness", CONFERENCE "audit_date=2026-01-19", "not due");
    expect("core_group_lateness", CONFERENCE "audit_date=2026-01-20", "1");
    expect("core_group_lateness", CONFERENCE "audit_date=2026-02-01 core_group_dates=2026-01-16",
           "0");
    expect("core_group_lateness", CONFERENCE "audit_date=2026-02-01 core_group_dates=2026-01-19",
           "0");
    expect("core_group_lateness", CONFERENCE "audit_date=2026-02-01 core_group_dates=2026-01-20",
           "1");
    expect("core_group_lateness", CONFERENCE "audit_date=2026-03-02 core_group_dates=2026-01-19",
           "0");
    expect("core_group_lateness", CONFERENCE "audit_date=2026-03-03 core_group_dates=2026-01-19",
           "1");
    /* Every four weeks: 16 February. */
    expect("core_group_lateness",
           CONFERENCE "later_weeks=4 audit_date=2026-02-17 core_group_dates=2026-01-19", "1");
    /* On the day of the conference itself. */
    expect("core_group_lateness", CONFERENCE "audit_date=2026-01-19 core_group_dates=2026-01-05",
           "0");
    expect("core_group_lateness", CONFERENCE "audit_date=2026-01-04",
           "the initial conference was held after the audit");
    expect("core_group_lateness", "conference_date=2023-12-01 audit_date=2024-01-10",
           "a date is outside the years that the calendar covers");
}

/* Reg 4(2): 10 working days. */
static void test_care_plan_days(void **state)
{
    (void)state;
#define FIRST_PLACED "first_placement_date=2026-01-05 "
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-03-31 care_plan_date=2025-12-01", "0");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-03-31 care_plan_date=2026-01-16", "9");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-03-31 care_plan_date=2026-01-19", "10");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-03-31 care_plan_date=2026-01-20", "11");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-01-19", "not due");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-01-20", "11");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-01-20 care_plan_date=n/a", "n/a");
    expect("care_plan_days", "audit_date=2026-01-20 care_plan_date=2026-01-19", "missing");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-01-04",
           "the first placement began after the audit");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-01-20 care_plan_date=2026-01-21",
           "the care plan was made after the audit");
    expect("care_plan_days", "first_placement_date=2012-01-05 audit_date=2026-01-20",
           "a date is outside the years that the calendar covers");
}

/* The second review, or four months where that comes sooner: 31 October to 28 February. */
static void test_permanence_by_the_second_review(void **state)
{
    (void)state;
#define IN_CARE "looked_after_date=2025-10-31 "
    expect("permanence_lateness", IN_CARE "audit_date=2026-02-28", "not due");
    expect("permanence_lateness", IN_CARE "audit_date=2026-03-01", "1");
    expect("permanence_lateness", IN_CARE "audit_date=2026-03-31 permanence_plan_date=2026-02-27",
           "0");
    expect("permanence_lateness", IN_CARE "audit_date=2026-03-31 permanence_plan_date=2026-02-28",
           "0");
    expect("permanence_lateness", IN_CARE "audit_date=2026-03-31 permanence_plan_date=2026-03-02",
           "2");
    expect("permanence_lateness",
           IN_CARE "audit_date=2026-03-31 review_dates=2025-11-20;2026-02-10 "
                   "permanence_plan_date=2026-02-11",
           "1");
    /* A late second review does not put the day off. */
    expect("permanence_lateness",
           IN_CARE "audit_date=2026-03-31 review_dates=2025-11-20;2026-03-10 "
                   "permanence_plan_date=2026-03-10",
           "10");
    expect("permanence_lateness", IN_CARE "audit_date=2026-03-31 permanence_plan_date=n/a", "n/a");
    expect("permanence_lateness", IN_CARE "audit_date=2025-10-30",
           "the child became looked after after the audit");
    expect("permanence_lateness", "audit_date=2026-03-31", "missing");
}

static void test_plan_age_and_currency(void **state)
{
    (void)state;
    expect("plan_age", "audit_date=2026-03-31 plan_date=2026-03-01", "30");
    expect("plan_age", "audit_date=2026-03-31 plan_date=2026-04-01",
           "the plan was written after the audit");
    expect("plan_age", "audit_date=2026-03-31", "missing");
    /* CIN 3 months: 30 November to 28 February. CP and care 6: 31 August to 28 February. */
    expect("plan_overdue", "plan_type=cin plan_date=2025-11-30 audit_date=2026-02-28", "0");
    expect("plan_overdue", "plan_type=cin plan_date=2025-11-30 audit_date=2026-03-01", "1");
    expect("plan_overdue", "plan_type=cp plan_date=2025-08-31 audit_date=2026-02-28", "0");
    expect("plan_overdue", "plan_type=cp plan_date=2025-08-31 audit_date=2026-03-01", "1");
    expect("plan_overdue", "plan_type=looked_after plan_date=2025-08-31 audit_date=2026-03-02",
           "2");
    expect("plan_overdue",
           "care_months=9 plan_type=looked_after plan_date=2025-08-31 audit_date=2026-03-02", "0");
    expect("plan_overdue", "plan_type=cp plan_date=2026-08-31 audit_date=2026-03-01",
           "the plan was written after the audit");
}

static void test_actions_owned_and_dated(void **state)
{
    (void)state;
    expect("actions_owned_and_dated", "actions=8 actions_with_owner=8 actions_with_date=6", "75");
    expect("actions_owned_and_dated", "actions=8 actions_with_owner=2 actions_with_date=6", "25");
    expect("actions_owned_and_dated", "actions=0 actions_with_owner=0 actions_with_date=0",
           "missing");
    expect("actions_owned_and_dated", "actions=8 actions_with_owner=8", "missing");
    expect("actions_owned_and_dated", "actions=8 actions_with_owner=9 actions_with_date=6",
           "more actions have an owner or a date than there are actions");
    expect("actions_owned_and_dated", "actions=8 actions_with_owner=-1 actions_with_date=6",
           "a count of actions is not a whole number from 0 to 10000");
}

/* An action due on the audit date can still be done that day. */
static void test_overdue_actions(void **state)
{
    (void)state;
#define OPEN "audit_date=2026-03-31 open_action_due_dates="
    expect("overdue_actions", OPEN "2026-01-01;2026-03-30;2026-03-31;2026-04-30", "2");
    expect("longest_overdue", OPEN "2026-01-01;2026-03-30;2026-03-31;2026-04-30", "89");
    expect("longest_overdue", OPEN "2026-03-30", "1");
    expect("longest_overdue", OPEN "2026-03-31", "0");
    expect("overdue_actions", OPEN "2026-04-30", "0");
    expect("overdue_actions", "audit_date=2026-03-31", "missing");
}

static void test_drift(void **state)
{
    (void)state;
#define BEGUN "audit_date=2026-03-31 plan_start_date=2026-01-05 "
    expect("drift", BEGUN "last_progress_date=2026-03-01", "30");
    expect("drift", BEGUN, "85");
    expect("drift", BEGUN "last_progress_date=2025-12-01", "85");
    expect("drift", BEGUN "last_progress_date=2026-03-01 plan_end_date=2026-03-11", "10");
    expect("drift", BEGUN "last_progress_date=n/a", "n/a");
    expect("drift", BEGUN "last_progress_date=2026-04-01",
           "the last progress was made after the audit");
    expect("drift", BEGUN "plan_end_date=2026-01-04", "the plan ends before it starts");
    expect("drift", "audit_date=2026-03-31", "missing");
}

/* What was done on the audit date, or on the first day, counts. */
static void test_the_edge_of_sense_is_no_fault(void **state)
{
    (void)state;
    expect("review_lateness", CIN "audit_date=2026-01-05", "not due");
    expect("review_lateness", CIN "audit_date=2026-03-31 plan_end_date=2026-01-05", "n/a");
    expect("review_lateness", CIN "audit_date=2026-03-30 plan_end_date=2026-03-30", "n/a");
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2012-01-05 audit_date=2026-03-31 "
           "review_dates=2026-03-31",
           "0");
    expect("placement_visit_lateness", ORDERED "audit_date=2026-02-02", "not due");
    /* The weekly visit that is due on the day of the first review is still a weekly one. */
    expect("placement_visit_lateness",
           UNASSESSED "audit_date=2026-02-03 first_review_date=2026-02-02 "
                      "visit_dates=2026-01-12;2026-01-19;2026-01-26",
           "1");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-01-05", "not due");
    expect("care_plan_days", FIRST_PLACED "audit_date=2026-01-05 care_plan_date=2026-01-05", "0");
    /* No calendar is needed for a plan on the day; Friday to Saturday is no working day. */
    expect("care_plan_days",
           "first_placement_date=2012-01-05 care_plan_date=2012-01-05 audit_date=2026-03-31", "0");
    expect("care_plan_days",
           "first_placement_date=2026-01-09 care_plan_date=2026-01-10 audit_date=2026-03-31", "0");
    expect("permanence_lateness", IN_CARE "audit_date=2025-10-31", "not due");
    expect("permanence_lateness", IN_CARE "audit_date=2026-02-28 permanence_plan_date=2026-02-28",
           "0");
    expect("permanence_lateness",
           IN_CARE "audit_date=2026-02-28 review_dates=2025-10-31;2025-11-20 "
                   "permanence_plan_date=2025-12-01",
           "0");
    expect("plan_age", "audit_date=2026-03-31 plan_date=2026-03-31", "0");
    expect("plan_overdue", "plan_type=cp plan_date=2026-03-31 audit_date=2026-03-31", "0");
    expect("actions_owned_and_dated", "actions=1 actions_with_owner=1 actions_with_date=1", "100");
    expect("actions_owned_and_dated",
           "actions=10000 actions_with_owner=10000 actions_with_date=5000", "50");
    expect("drift", "audit_date=2026-03-31 plan_start_date=2026-03-31", "0");
    expect("drift", BEGUN "plan_end_date=2026-01-05", "0");
    expect("drift", BEGUN "last_progress_date=2026-03-31", "0");
}

/* 20 working days from 1 December 2027 end on the 31st, the last day of the calendar. */
static void test_the_edge_of_the_calendar(void **state)
{
    (void)state;
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2027-12-01 audit_date=2028-01-02", "2");
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2024-01-01 audit_date=2024-01-10", "not due");
    expect("review_lateness",
           "plan_type=looked_after plan_start_date=2027-12-31 audit_date=2027-12-31", "not due");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_child_in_need_reviews),
        cmocka_unit_test(test_child_protection_reviews),
        cmocka_unit_test(test_reviews_of_looked_after_children),
        cmocka_unit_test(test_the_worst_review_counts_not_the_last),
        cmocka_unit_test(test_what_lies_outside_the_plan_is_left_out),
        cmocka_unit_test(test_older_plans_begin_with_the_list),
        cmocka_unit_test(test_reviews_without_an_answer),
        cmocka_unit_test(test_visits_to_children_with_a_plan),
        cmocka_unit_test(test_gap_is_a_share_of_the_interval),
        cmocka_unit_test(test_visits_to_any_placement),
        cmocka_unit_test(test_visits_after_a_year),
        cmocka_unit_test(test_visits_to_a_parent_not_yet_assessed),
        cmocka_unit_test(test_visits_under_temporary_approval_or_interim_order),
        cmocka_unit_test(test_visits_under_a_care_order_with_a_parent),
        cmocka_unit_test(test_placement_visits_without_an_answer),
        cmocka_unit_test(test_core_groups),
        cmocka_unit_test(test_care_plan_days),
        cmocka_unit_test(test_permanence_by_the_second_review),
        cmocka_unit_test(test_plan_age_and_currency),
        cmocka_unit_test(test_actions_owned_and_dated),
        cmocka_unit_test(test_overdue_actions),
        cmocka_unit_test(test_drift),
        cmocka_unit_test(test_the_edge_of_sense_is_no_fault),
        cmocka_unit_test(test_the_edge_of_the_calendar),
        cmocka_unit_test(expect_declared_range),
        cmocka_unit_test(expect_empty_batch),
        cmocka_unit_test(expect_refuses_other_abi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
