/* Tests of the plugin assessments. Monday 5 January 2026 is the usual start: with no bank holiday
 * until 3 April, 5, 10 and 45 working days later are the 12th, the 19th and 9 March. */
#include "../measure_test.h"

#define AUDIT "audit_date=2026-03-31 "

/* Working Together: the decision within one working day. */
static void test_referral_decision(void **state)
{
    (void)state;
    expect("referral_decision", AUDIT "referral_date=2026-01-05 referral_decision_date=2026-01-05",
           "0");
    expect("referral_decision", AUDIT "referral_date=2026-01-05 referral_decision_date=2026-01-06",
           "1");
    expect("referral_decision", AUDIT "referral_date=2026-01-05 referral_decision_date=2026-01-07",
           "2");
    /* Friday to Monday is one working day. */
    expect("referral_decision", AUDIT "referral_date=2026-01-09 referral_decision_date=2026-01-12",
           "1");
    expect("referral_decision", "audit_date=2026-01-06 referral_date=2026-01-05", "not due");
    expect("referral_decision", "audit_date=2026-01-07 referral_date=2026-01-05", "2");
    expect("referral_decision", AUDIT "referral_date=2026-01-06 referral_decision_date=2026-01-05",
           "the decision was made before the referral came in");
}

/* Working Together: 45 working days from the point of referral. */
static void test_timeliness_counts_working_days(void **state)
{
    (void)state;
    expect("timeliness", AUDIT "referral_date=2026-01-05 completed_date=2026-01-05", "0");
    expect("timeliness", AUDIT "referral_date=2026-01-05 completed_date=2026-03-06", "44");
    expect("timeliness", AUDIT "referral_date=2026-01-05 completed_date=2026-03-09", "45");
    expect("timeliness", AUDIT "referral_date=2026-01-05 completed_date=2026-03-10", "46");
    /* Good Friday 3 April and Easter Monday 6 April 2026 are holidays: Thursday to Tuesday. */
    expect("timeliness", "audit_date=2026-04-30 referral_date=2026-04-02 completed_date=2026-04-07",
           "1");
    /* 28 and 29 February 2024 are a Wednesday and a Thursday. */
    expect("timeliness", AUDIT "referral_date=2024-02-28 completed_date=2024-03-01", "2");
}

/* The return counts the first day as 0, its validator as 1; a weekend is no day either way. */
static void test_timeliness_first_day_may_count(void **state)
{
    (void)state;
    expect("timeliness",
           AUDIT "first_day_counts=yes referral_date=2026-01-05 completed_date=2026-03-06", "45");
    expect("timeliness",
           AUDIT "first_day_counts=yes referral_date=2026-01-05 completed_date=2026-01-05", "1");
    expect("timeliness",
           AUDIT "first_day_counts=yes referral_date=2026-01-03 completed_date=2026-01-05", "1");
}

static void test_open_assessment_is_not_due_up_to_the_limit(void **state)
{
    (void)state;
    expect("timeliness", "audit_date=2026-03-06 referral_date=2026-01-05", "not due");
    expect("timeliness", "audit_date=2026-03-09 referral_date=2026-01-05", "not due");
    expect("timeliness", "audit_date=2026-03-10 referral_date=2026-01-05", "46");
    expect("timeliness", "audit_date=2026-01-05 referral_date=2026-01-05", "not due");
    expect("timeliness", "audit_date=2026-01-20 due_within=10 referral_date=2026-01-05", "11");
    expect("timeliness", AUDIT "referral_date=2026-01-05 completed_date=n/a", "n/a");
    expect("timeliness", AUDIT, "missing");
}

static void test_dates_out_of_sense_are_faults(void **state)
{
    (void)state;
    expect("timeliness", AUDIT "referral_date=2026-01-06 completed_date=2026-01-05",
           "the assessment ended before the referral came in");
    expect("timeliness", AUDIT "referral_date=2026-04-01", "the referral came in after the audit");
    expect("timeliness", AUDIT "referral_date=2026-01-05 completed_date=2026-04-01",
           "the assessment ended after the audit");
    expect("timeliness", AUDIT "referral_date=2023-12-29 completed_date=2024-01-05",
           "a date is outside the years that the calendar covers");
    expect("timeliness", "audit_date=2028-01-03 referral_date=2027-12-30",
           "a date is outside the years that the calendar covers");
}

/* Working Together: 45 working days, or the reason for delay recorded. */
static void test_unexplained_delay(void **state)
{
    (void)state;
    expect("unexplained_delay", AUDIT "referral_date=2026-01-05 completed_date=2026-03-09", "0");
    expect("unexplained_delay", AUDIT "referral_date=2026-01-05 completed_date=2026-03-10", "1");
    expect("unexplained_delay",
           AUDIT "referral_date=2026-01-05 completed_date=2026-03-10 delay_reason_recorded=no",
           "1");
    expect("unexplained_delay",
           AUDIT "referral_date=2026-01-05 completed_date=2026-03-10 delay_reason_recorded=yes",
           "0");
    expect("unexplained_delay",
           AUDIT "referral_date=2026-01-05 completed_date=2026-03-10 delay_reason_recorded=n/a",
           "1");
    /* Still open: 5 January to 31 March is 12 weeks and a day, 61 working days. */
    expect("unexplained_delay", AUDIT "referral_date=2026-01-05", "16");
    expect("unexplained_delay", AUDIT "referral_date=2026-01-05 delay_reason_recorded=yes", "0");
    expect("unexplained_delay", "audit_date=2026-03-09 referral_date=2026-01-05", "not due");
    expect("unexplained_delay", AUDIT "referral_date=2026-01-05 completed_date=n/a", "n/a");
    expect("unexplained_delay",
           AUDIT "first_day_counts=yes referral_date=2026-01-05 completed_date=2026-03-09", "1");
}

static void test_first_sight(void **state)
{
    (void)state;
    expect("first_sight", AUDIT "referral_date=2026-01-05 first_seen_date=2026-01-05", "0");
    expect("first_sight", AUDIT "referral_date=2026-01-05 first_seen_date=2026-01-12", "5");
    expect("first_sight", "audit_date=2026-01-19 referral_date=2026-01-05", "not due");
    expect("first_sight", "audit_date=2026-01-20 referral_date=2026-01-05", "11");
    expect("first_sight", AUDIT "referral_date=2026-01-05 first_seen_date=n/a", "n/a");
    expect("first_sight", AUDIT "referral_date=2026-01-06 first_seen_date=2026-01-05",
           "the child was first seen before the referral came in");
}

/* The assessment is over: there is no first sight to come. */
static void test_child_never_seen_in_an_ended_assessment_is_missing(void **state)
{
    (void)state;
    expect("first_sight",
           "audit_date=2026-01-09 referral_date=2026-01-05 completed_date=2026-01-08", "missing");
}

static void test_seen_alone_from_the_age_that_is_set(void **state)
{
    (void)state;
    /* Four on the day of referral, and the day before that birthday. */
    expect("seen_alone", "referral_date=2026-01-05 date_of_birth=2022-01-05 seen_alone=no", "no");
    expect("seen_alone", "referral_date=2026-01-05 date_of_birth=2022-01-06 seen_alone=no", "n/a");
    expect("seen_alone", "referral_date=2026-01-05 date_of_birth=2022-01-04 seen_alone=yes", "yes");
    /* Born on 29 February: four on the next one. With three years, on 28 February. */
    expect("seen_alone", "referral_date=2024-02-29 date_of_birth=2020-02-29 seen_alone=no", "no");
    expect("seen_alone", "referral_date=2024-02-28 date_of_birth=2020-02-29 seen_alone=no", "n/a");
    expect("seen_alone",
           "age_alone=3 referral_date=2023-02-28 date_of_birth=2020-02-29 seen_alone=no", "no");
    expect("seen_alone", "referral_date=2026-01-05 date_of_birth=2026-05-01 seen_alone=no", "n/a");
}

static void test_seen_alone_reads_the_age_where_there_is_no_date_of_birth(void **state)
{
    (void)state;
    expect("seen_alone", "referral_date=2026-01-05 age_at_referral=4 seen_alone=no", "no");
    expect("seen_alone", "referral_date=2026-01-05 age_at_referral=3.9 seen_alone=no", "n/a");
    expect("seen_alone",
           "referral_date=2026-01-05 date_of_birth=2010-01-01 age_at_referral=1 seen_alone=yes",
           "yes");
    expect("seen_alone", "referral_date=2026-01-05 seen_alone=yes", "yes");
    expect("seen_alone", "referral_date=2026-01-05 seen_alone=no", "missing");
    expect("seen_alone", "referral_date=2026-01-05 seen_alone=n/a age_at_referral=9", "n/a");
    expect("seen_alone", "referral_date=2026-01-05 age_at_referral=9", "missing");
    expect("seen_alone", "referral_date=2026-01-05 age_at_referral=-1 seen_alone=no",
           "the child's age is not from 0 to 130 years");
}

static void test_strategy_delay(void **state)
{
    (void)state;
    expect("strategy_delay", AUDIT "concern_date=2026-01-09 strategy_date=2026-01-09", "0");
    expect("strategy_delay", AUDIT "concern_date=2026-01-09 strategy_date=2026-01-12", "3");
    expect("strategy_delay", "audit_date=2026-01-10 concern_date=2026-01-09", "not due");
    expect("strategy_delay", "audit_date=2026-01-11 concern_date=2026-01-09", "2");
    expect("strategy_delay", AUDIT "concern_date=2026-01-09 strategy_date=n/a", "n/a");
    expect("strategy_delay", AUDIT "concern_date=2026-01-09 strategy_date=2026-01-08",
           "the strategy discussion was held before the concern was known");
    expect("strategy_delay", "audit_date=9999-12-31 concern_date=0001-01-01", "3652058");
}

/* Working Together: 15 working days. From 5 January they end on the 26th. */
static void test_conference_days(void **state)
{
    (void)state;
    expect("conference_days", AUDIT "strategy_date=2026-01-05 conference_date=2026-01-23", "14");
    expect("conference_days", AUDIT "strategy_date=2026-01-05 conference_date=2026-01-26", "15");
    expect("conference_days", AUDIT "strategy_date=2026-01-05 conference_date=2026-01-27", "16");
    expect("conference_days", "audit_date=2026-01-26 strategy_date=2026-01-05", "not due");
    expect("conference_days", "audit_date=2026-01-27 strategy_date=2026-01-05", "16");
    expect("conference_days", AUDIT "strategy_date=2026-01-05 conference_date=n/a", "n/a");
    expect("conference_days", AUDIT "conference_date=2026-01-26", "missing");
    expect("conference_days", AUDIT "strategy_date=2026-01-27 conference_date=2026-01-26",
           "the conference was held before the strategy discussion");
}

static void test_safety_action(void **state)
{
    (void)state;
    expect("safety_action", AUDIT "risk_known_date=2026-01-09 safety_action_date=2026-01-09", "0");
    expect("safety_action", AUDIT "risk_known_date=2026-01-09 safety_action_date=2026-01-10", "1");
    expect("safety_action", "audit_date=2026-01-09 risk_known_date=2026-01-09", "not due");
    expect("safety_action", "audit_date=2026-01-10 risk_known_date=2026-01-09", "1");
    expect("safety_action", AUDIT "risk_known_date=2026-01-09 safety_action_date=2026-01-08",
           "the action was taken before the risk was known");
}

static void test_chronology_age_at_the_end_of_the_assessment(void **state)
{
    (void)state;
    expect("chronology_age", AUDIT "chronology_date=2026-01-05 completed_date=2026-01-15", "10");
    expect("chronology_age", AUDIT "chronology_date=2026-03-01", "30");
    expect("chronology_age", AUDIT "chronology_date=2026-03-01 completed_date=2026-02-01", "0");
    expect("chronology_age", AUDIT "chronology_date=2026-04-01",
           "the chronology was brought up to date after the audit");
    expect("chronology_age", AUDIT "chronology_date=2026-03-01 completed_date=2026-04-01",
           "the assessment ended after the audit");
    expect("chronology_age", AUDIT, "missing");
}

static void test_agency_answers(void **state)
{
    (void)state;
    expect("agency_answers", "agencies_asked=4 agencies_answered=3", "75");
    expect("agency_answers", "agencies_asked=4 agencies_answered=0", "0");
    expect("agency_answers", "agencies_asked=10000 agencies_answered=10000", "100");
    expect("agency_answers", "agencies_asked=0 agencies_answered=0", "n/a");
    expect("agency_answers", "agencies_asked=4", "missing");
    expect("agency_answers", "agencies_asked=4 agencies_answered=5",
           "more agencies answered than were asked");
    expect("agency_answers", "agencies_asked=4 agencies_answered=2.5",
           "a count of agencies is not a whole number from 0 to 10000");
    expect("agency_answers", "agencies_asked=1e300 agencies_answered=1",
           "a count of agencies is not a whole number from 0 to 10000");
}

static void test_the_edge_of_sense_is_no_fault(void **state)
{
    (void)state;
    expect("timeliness", AUDIT "referral_date=2026-03-31 completed_date=2026-03-31", "0");
    expect("chronology_age", AUDIT "chronology_date=2026-03-31", "0");
    expect("chronology_age", AUDIT "chronology_date=2026-03-21 completed_date=2026-03-31", "10");
    expect("seen_alone", "referral_date=2026-01-05 age_at_referral=0 seen_alone=no", "n/a");
    expect("seen_alone", "referral_date=2026-01-05 age_at_referral=130 seen_alone=no", "no");
    expect("agency_answers", "agencies_asked=1 agencies_answered=1", "100");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_referral_decision),
        cmocka_unit_test(test_timeliness_counts_working_days),
        cmocka_unit_test(test_timeliness_first_day_may_count),
        cmocka_unit_test(test_open_assessment_is_not_due_up_to_the_limit),
        cmocka_unit_test(test_dates_out_of_sense_are_faults),
        cmocka_unit_test(test_unexplained_delay),
        cmocka_unit_test(test_first_sight),
        cmocka_unit_test(test_child_never_seen_in_an_ended_assessment_is_missing),
        cmocka_unit_test(test_seen_alone_from_the_age_that_is_set),
        cmocka_unit_test(test_seen_alone_reads_the_age_where_there_is_no_date_of_birth),
        cmocka_unit_test(test_strategy_delay),
        cmocka_unit_test(test_conference_days),
        cmocka_unit_test(test_safety_action),
        cmocka_unit_test(test_chronology_age_at_the_end_of_the_assessment),
        cmocka_unit_test(test_agency_answers),
        cmocka_unit_test(test_the_edge_of_sense_is_no_fault),
        cmocka_unit_test(expect_declared_range),
        cmocka_unit_test(expect_empty_batch),
        cmocka_unit_test(expect_refuses_other_abi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
