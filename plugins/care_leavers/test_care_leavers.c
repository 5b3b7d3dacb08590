/* Tests of the plugin care_leavers. */
#include "../measure_test.h"

/* Reg 42: born on 31 January 2010, 16 on 31 January 2026; three months later is 30 April. */
static void test_needs_assessment_within_three_months_of_16(void **state)
{
    (void)state;
#define BORN "date_of_birth=2010-01-31 "
    expect("needs_assessment_lateness",
           BORN "audit_date=2026-06-30 needs_assessment_date=2026-04-29", "0");
    expect("needs_assessment_lateness",
           BORN "audit_date=2026-06-30 needs_assessment_date=2026-04-30", "0");
    expect("needs_assessment_lateness",
           BORN "audit_date=2026-06-30 needs_assessment_date=2026-05-01", "1");
    expect("needs_assessment_lateness", BORN "audit_date=2026-04-30", "not due");
    expect("needs_assessment_lateness", BORN "audit_date=2026-05-01", "1");
    expect("needs_assessment_lateness", BORN "audit_date=2024-01-01", "not due");
    /* 16 on 30 November 2023: 29 February. Born on a leap day, 16 on one: 29 May. */
    expect("needs_assessment_lateness", "date_of_birth=2007-11-30 audit_date=2024-02-29",
           "not due");
    expect("needs_assessment_lateness", "date_of_birth=2007-11-30 audit_date=2024-03-01", "1");
    expect("needs_assessment_lateness", "date_of_birth=2008-02-29 audit_date=2024-05-29",
           "not due");
    expect("needs_assessment_lateness", "date_of_birth=2008-02-29 audit_date=2024-05-30", "1");
}

static void test_needs_assessment_from_becoming_eligible_if_later(void **state)
{
    (void)state;
    expect("needs_assessment_lateness", BORN "eligible_date=2026-03-15 audit_date=2026-06-15",
           "not due");
    expect("needs_assessment_lateness", BORN "eligible_date=2026-03-15 audit_date=2026-06-16", "1");
    expect("needs_assessment_lateness", BORN "eligible_date=2025-12-01 audit_date=2026-05-01", "1");
}

static void test_needs_assessment_without_an_answer(void **state)
{
    (void)state;
    expect("needs_assessment_lateness", BORN "audit_date=2026-05-01 needs_assessment_date=n/a",
           "n/a");
    expect("needs_assessment_lateness", "audit_date=2026-05-01", "missing");
    expect("needs_assessment_lateness", BORN "audit_date=2010-01-30",
           "the young person was born after the audit");
    expect("needs_assessment_lateness",
           BORN "audit_date=2026-05-01 needs_assessment_date=2026-05-02",
           "the needs assessment was completed after the audit");
    expect("needs_assessment_lateness",
           BORN "audit_date=2026-05-01 needs_assessment_date=2009-05-02",
           "the needs assessment was completed before the young person's birth");
}

/* Six months from 31 August 2025: 28 February 2026. */
static void test_pathway_plan_overdue(void **state)
{
    (void)state;
    expect("pathway_plan_overdue", "pathway_plan_date=2025-08-31 audit_date=2026-02-27", "0");
    expect("pathway_plan_overdue", "pathway_plan_date=2025-08-31 audit_date=2026-02-28", "0");
    expect("pathway_plan_overdue", "pathway_plan_date=2025-08-31 audit_date=2026-03-01", "1");
    expect("pathway_plan_overdue",
           "pathway_plan_date=2024-01-31 pathway_review_dates=2024-07-01;2025-08-31 "
           "audit_date=2026-03-02",
           "2");
    /* A review that is arranged does not make the plan current. */
    expect("pathway_plan_overdue",
           "pathway_plan_date=2025-08-31 pathway_review_dates=2026-03-09 audit_date=2026-03-01",
           "1");
    expect("pathway_plan_overdue", "pathway_review_dates=2025-08-31 audit_date=2026-03-01", "1");
    expect("pathway_plan_overdue", "pathway_review_dates=2026-08-31 audit_date=2026-03-01",
           "missing");
    expect("pathway_plan_overdue", "audit_date=2026-03-01", "missing");
    expect("pathway_plan_overdue", "pathway_plan_date=n/a audit_date=2026-03-01", "n/a");
    expect("pathway_plan_overdue", "pathway_plan_date=2026-03-02 audit_date=2026-03-01",
           "the pathway plan was made after the audit");
    expect("pathway_plan_overdue",
           "interval_months=12 pathway_plan_date=2025-08-31 audit_date=2026-03-01", "0");
}

static void test_pathway_review_lateness(void **state)
{
    (void)state;
    /* Due 28 February 2025, then six months from the review. */
    expect("pathway_review_lateness",
           "pathway_plan_date=2024-08-31 pathway_review_dates=2025-02-28;2025-08-28 "
           "audit_date=2026-02-28",
           "0");
    expect("pathway_review_lateness",
           "pathway_plan_date=2024-08-31 pathway_review_dates=2025-03-01;2025-08-28 "
           "audit_date=2026-02-28",
           "1");
    expect("pathway_review_lateness",
           "pathway_plan_date=2024-08-31 pathway_review_dates=2025-02-28;2025-08-29 "
           "audit_date=2026-02-28",
           "1");
    expect("pathway_review_lateness",
           "pathway_plan_date=2024-08-31 pathway_review_dates=2025-02-28;2025-08-28 "
           "audit_date=2026-03-01",
           "1");
    expect("pathway_review_lateness", "pathway_plan_date=2025-08-31 audit_date=2026-02-28",
           "not due");
    expect("pathway_review_lateness", "pathway_plan_date=2025-08-31 audit_date=2026-03-01", "1");
    /* An older plan begins with the list. */
    expect("pathway_review_lateness",
           "pathway_plan_date=2020-08-31 pathway_review_dates=2025-08-28 audit_date=2026-02-28",
           "0");
    expect("pathway_review_lateness", "audit_date=2026-02-28", "missing");
    expect("pathway_review_lateness", "pathway_plan_date=n/a audit_date=2026-02-28", "n/a");
    expect("pathway_review_lateness", "pathway_review_dates=2025-08-28 audit_date=2026-03-01", "1");
}

/* Reg 8(2): 7 days from 1 December 2025 is the 8th; two months from 31 December, 28 February. */
static void test_adviser_contact(void **state)
{
    (void)state;
#define HOME "home_start_date=2025-12-01 "
    expect("adviser_contact_lateness", HOME "audit_date=2025-12-08", "not due");
    expect("adviser_contact_lateness", HOME "audit_date=2025-12-09", "1");
    expect("adviser_contact_lateness", HOME "audit_date=2025-12-20 contact_dates=2025-12-07", "0");
    expect("adviser_contact_lateness", HOME "audit_date=2025-12-20 contact_dates=2025-12-08", "0");
    expect("adviser_contact_lateness", HOME "audit_date=2025-12-20 contact_dates=2025-12-09", "1");
    expect("adviser_contact_lateness", HOME "audit_date=2025-12-20 contact_dates=2025-12-01", "0");
    expect("adviser_contact_lateness",
           HOME "audit_date=2026-02-28 contact_dates=2025-12-05;2025-12-31", "0");
    expect("adviser_contact_lateness",
           HOME "audit_date=2026-03-01 contact_dates=2025-12-05;2025-12-31", "1");
    expect("adviser_contact_lateness",
           HOME "audit_date=2026-03-31 contact_dates=2025-12-05;2025-12-31;2026-02-28", "0");
    expect("adviser_contact_lateness",
           HOME "audit_date=2026-03-31 contact_dates=2025-12-05;2025-12-31;2026-03-03", "3");
    /* In a leap year the two months end on 29 February. */
    expect("adviser_contact_lateness",
           "home_start_date=2023-12-25 audit_date=2024-02-29 contact_dates=2023-12-31", "0");
    expect("adviser_contact_lateness",
           "home_start_date=2023-12-25 audit_date=2024-03-01 contact_dates=2023-12-31", "1");
}

static void test_contact_outside_the_present_home(void **state)
{
    (void)state;
    /* Contact before the move is not the visit to the new home; nor is one that is arranged. */
    expect("adviser_contact_lateness",
           HOME "audit_date=2025-12-10 contact_dates=2025-11-28;2025-12-12", "2");
    /* No move recorded, or one long ago: from the first listed, 15 January. */
    expect("adviser_contact_lateness", "audit_date=2026-03-16 contact_dates=2026-01-15", "1");
    expect("adviser_contact_lateness",
           "home_start_date=2020-05-01 audit_date=2026-03-15 contact_dates=2026-01-15", "0");
    /* Nor any contact: due on 28 February 2025, a year and a day ago. */
    expect("adviser_contact_lateness", "home_start_date=2024-12-31 audit_date=2026-03-01", "366");
    expect("adviser_contact_lateness", "audit_date=2026-03-15", "missing");
    expect("adviser_contact_lateness", "audit_date=2026-03-15 contact_dates=2026-04-15", "missing");
    expect("adviser_contact_lateness", HOME "audit_date=2026-03-15 contact_dates=n/a", "n/a");
    expect("adviser_contact_lateness", HOME "audit_date=2025-11-30",
           "the young person moved in after the audit");
}

static void test_adviser_appointed(void **state)
{
    (void)state;
#define YOUNG "date_of_birth=2008-03-10 "
    /* 18 on 10 March 2026. */
    expect("adviser_appointed", YOUNG "audit_date=2026-03-31 adviser_appointed_date=2026-03-10",
           "0");
    expect("adviser_appointed", YOUNG "audit_date=2026-03-31 adviser_appointed_date=2026-03-09",
           "-1");
    expect("adviser_appointed", YOUNG "audit_date=2026-03-31 adviser_appointed_date=2026-03-11",
           "1");
    expect("adviser_appointed", YOUNG "audit_date=2026-03-10", "not due");
    expect("adviser_appointed", YOUNG "audit_date=2026-03-11", "1");
    /* 17 and a half: 10 September 2025. */
    expect("adviser_appointed",
           YOUNG "by_age=17.5 audit_date=2026-03-31 adviser_appointed_date=2025-09-11", "1");
    expect("adviser_appointed", YOUNG "audit_date=2026-03-11 adviser_appointed_date=n/a", "n/a");
    expect("adviser_appointed", "audit_date=2026-03-11", "missing");
    expect("adviser_appointed", YOUNG "audit_date=2026-03-11 adviser_appointed_date=2026-03-12",
           "the personal adviser was appointed after the audit");
    expect("adviser_appointed", YOUNG "audit_date=2026-03-11 adviser_appointed_date=2008-03-09",
           "the personal adviser was appointed before the young person's birth");
}

/* Born 1 May 2009: 14 on 1 May 2023, 16 on 1 May 2025, 18 on 1 May 2027. */
#define PERSON "date_of_birth=2009-05-01 "

/* Reg 40: 13 weeks, 91 days, from 31 December 2025 end on 1 April 2026. */
static void test_eligible_after_13_weeks_in_care(void **state)
{
    (void)state;
#define ELIGIBLE PERSON "leaving_care_status=eligible "
    expect("status_consistent", ELIGIBLE "care_start_date=2025-12-31 audit_date=2026-04-01", "yes");
    expect("status_consistent", ELIGIBLE "care_start_date=2025-12-31 audit_date=2026-03-31", "no");
    expect("status_consistent", ELIGIBLE "care_start_date=2012-01-01 audit_date=2025-05-01", "yes");
    expect("status_consistent", ELIGIBLE "care_start_date=2012-01-01 audit_date=2025-04-30", "no");
    expect("status_consistent", ELIGIBLE "care_start_date=2012-01-01 audit_date=2027-05-01", "no");
    /* Weeks over all times in care go before the dates of the last. */
    expect("status_consistent",
           ELIGIBLE "care_weeks=13 care_start_date=2026-03-01 audit_date=2026-04-01", "yes");
    expect("status_consistent",
           ELIGIBLE "care_weeks=12.5 care_start_date=2012-03-01 audit_date=2026-04-01", "no");
    /* Where care counts from 16 alone, the 91 days begin on 1 May 2025. */
    expect("status_consistent",
           ELIGIBLE "counts_from_age=16 care_start_date=2012-01-01 audit_date=2025-07-31", "yes");
    expect("status_consistent",
           ELIGIBLE "counts_from_age=16 care_start_date=2012-01-01 audit_date=2025-07-30", "no");
}

static void test_relevant_and_qualifying_under_18(void **state)
{
    (void)state;
#define LEFT PERSON "care_end_date=2025-12-01 "
    expect("status_consistent",
           LEFT "leaving_care_status=relevant care_start_date=2024-01-01 audit_date=2026-04-01",
           "yes");
    expect("status_consistent",
           LEFT "leaving_care_status=eligible care_start_date=2024-01-01 audit_date=2026-04-01",
           "no");
    expect("status_consistent",
           LEFT "leaving_care_status=qualifying care_start_date=2025-10-01 audit_date=2026-04-01",
           "yes");
    expect("status_consistent",
           LEFT "leaving_care_status=relevant care_start_date=2025-10-01 audit_date=2026-04-01",
           "no");
    /* Six months at home, on 1 June 2026, may have made a relevant child a qualifying one. */
    expect("status_consistent",
           LEFT "leaving_care_status=qualifying care_start_date=2024-01-01 audit_date=2026-05-31",
           "no");
    expect("status_consistent",
           LEFT "leaving_care_status=qualifying care_start_date=2024-01-01 audit_date=2026-06-01",
           "yes");
    /* Left before 16, and on the day after it. */
    expect("status_consistent",
           PERSON "leaving_care_status=relevant care_start_date=2024-01-01 "
                  "care_end_date=2025-05-01 audit_date=2026-04-01",
           "no");
    expect("status_consistent",
           PERSON "leaving_care_status=relevant care_start_date=2024-01-01 "
                  "care_end_date=2025-05-02 audit_date=2026-04-01",
           "yes");
}

/* Born 1 May 2003: 18 on 1 May 2021, 25 on 1 May 2028. */
static void test_former_relevant_from_18_to_25(void **state)
{
    (void)state;
#define ADULT "date_of_birth=2003-05-01 leaving_care_status=former_relevant "
    expect("status_consistent", ADULT "care_start_date=2015-01-01 audit_date=2026-04-01", "yes");
    expect("status_consistent", ADULT "care_start_date=2015-01-01 audit_date=2021-05-01", "yes");
    expect("status_consistent", ADULT "care_start_date=2015-01-01 audit_date=2021-04-30", "no");
    expect("status_consistent", ADULT "care_start_date=2015-01-01 audit_date=2028-04-30", "yes");
    expect("status_consistent", ADULT "care_start_date=2015-01-01 audit_date=2028-05-01", "no");
    expect("status_consistent", ADULT "care_start_date=2021-03-01 audit_date=2026-04-01", "no");
    expect("status_consistent",
           "date_of_birth=2003-05-01 leaving_care_status=qualifying care_start_date=2021-03-01 "
           "audit_date=2026-04-01",
           "yes");
    expect("status_consistent",
           "date_of_birth=2003-05-01 leaving_care_status=qualifying care_start_date=2015-01-01 "
           "audit_date=2026-04-01",
           "no");
}

static void test_status_without_an_answer(void **state)
{
    (void)state;
    expect("status_consistent", ELIGIBLE "audit_date=2026-04-01", "missing");
    expect("status_consistent", PERSON "audit_date=2026-04-01 care_start_date=2020-01-01",
           "missing");
    expect("status_consistent", ELIGIBLE "audit_date=2026-04-01 care_start_date=2009-04-30",
           "the time in care began before the young person's birth");
    expect("status_consistent", ELIGIBLE "audit_date=2026-04-01 care_start_date=2026-04-02",
           "the time in care began after the audit");
    expect("status_consistent",
           ELIGIBLE "audit_date=2026-04-01 care_start_date=2026-01-02 care_end_date=2026-01-01",
           "the time in care ended before it began");
    expect("status_consistent", ELIGIBLE "audit_date=2026-04-01 care_weeks=-1",
           "the weeks in care are not from 0 to 7000");
    expect("status_consistent", ELIGIBLE "audit_date=2009-04-01",
           "the young person was born after the audit");
}

static void test_accommodation_check(void **state)
{
    (void)state;
    expect("accommodation_check_days",
           HOME "audit_date=2026-03-31 accommodation_check_date=2025-11-20", "0");
    expect("accommodation_check_days",
           HOME "audit_date=2026-03-31 accommodation_check_date=2025-12-08", "7");
    expect("accommodation_check_days", HOME "audit_date=2025-12-08", "not due");
    expect("accommodation_check_days", HOME "audit_date=2025-12-09", "8");
    expect("accommodation_check_days", HOME "audit_date=2025-12-09 accommodation_check_date=n/a",
           "n/a");
    expect("accommodation_check_days", "audit_date=2025-12-09", "missing");
    expect("accommodation_check_days", HOME "audit_date=2025-11-30",
           "the young person moved in after the audit");
    expect("accommodation_check_days",
           HOME "audit_date=2025-12-09 accommodation_check_date=2025-12-10",
           "the home was checked after the audit");
}

static void test_pathway_actions(void **state)
{
    (void)state;
#define ACTIONS(all, owned, dated)                                                                 \
    "pathway_actions=" all " pathway_actions_with_owner=" owned " pathway_actions_with_"           \
    "date=" dated
    expect("pathway_actions_owned_and_dated", ACTIONS("5", "4", "5"), "80");
    expect("pathway_actions_owned_and_dated", ACTIONS("5", "5", "0"), "0");
    expect("pathway_actions_owned_and_dated", ACTIONS("0", "0", "0"), "missing");
    expect("pathway_actions_owned_and_dated", "pathway_actions=5", "missing");
    expect("pathway_actions_owned_and_dated", ACTIONS("5", "6", "5"),
           "more actions have an owner or a date than there are actions");
    expect("pathway_actions_owned_and_dated", ACTIONS("5.5", "4", "5"),
           "a count of actions is not a whole number from 0 to 10000");
}

/* Born 29 February 2004: 18 on 28 February 2022, 21 on 28 February 2025. */
static void test_age_in_scope(void **state)
{
    (void)state;
    expect("age_in_scope", "date_of_birth=2004-02-29 audit_date=2022-02-27", "not due");
    expect("age_in_scope", "date_of_birth=2004-02-29 audit_date=2022-02-28", "yes");
    expect("age_in_scope", "date_of_birth=2001-03-31 audit_date=2026-03-30", "yes");
    expect("age_in_scope", "date_of_birth=2001-03-31 audit_date=2026-03-31", "no");
    expect("age_in_scope", "audit_date=2026-03-31", "missing");
    expect("age_in_scope", "date_of_birth=2026-04-01 audit_date=2026-03-31",
           "the young person was born after the audit");
}

static void test_support_offer_overdue(void **state)
{
    (void)state;
#define PAST_21 "date_of_birth=2004-02-29 "
    expect("support_offer_overdue", PAST_21 "audit_date=2025-02-27", "n/a");
    expect("support_offer_overdue", PAST_21 "audit_date=2026-02-28", "not due");
    expect("support_offer_overdue", PAST_21 "audit_date=2026-03-01", "1");
    expect("support_offer_overdue", PAST_21 "audit_date=2026-06-15 support_offer_dates=2025-06-15",
           "0");
    expect("support_offer_overdue", PAST_21 "audit_date=2026-06-16 support_offer_dates=2025-06-15",
           "1");
    expect("support_offer_overdue",
           PAST_21 "audit_date=2026-06-16 support_offer_dates=2025-06-15;2026-06-17", "1");
    expect("support_offer_overdue", "date_of_birth=2001-03-31 audit_date=2026-03-31", "n/a");
    expect("support_offer_overdue", PAST_21 "audit_date=2026-03-01 support_offer_dates=n/a", "n/a");
    expect("support_offer_overdue", "audit_date=2026-03-01", "missing");
    expect("support_offer_overdue", "date_of_birth=2026-04-01 audit_date=2026-03-31",
           "the young person was born after the audit");
}

/* What was done on the audit date, or on the first day, counts. */
static void test_the_edge_of_sense_is_no_fault(void **state)
{
    (void)state;
    expect("needs_assessment_lateness", BORN "audit_date=2010-01-31", "not due");
    expect("needs_assessment_lateness",
           BORN "audit_date=2010-01-31 needs_assessment_date=2010-01-31", "0");
    expect("pathway_plan_overdue", "pathway_plan_date=2026-03-31 audit_date=2026-03-31", "0");
    expect("pathway_plan_overdue",
           "pathway_plan_date=2020-03-31 pathway_review_dates=2026-03-31 audit_date=2026-03-31",
           "0");
    expect("pathway_review_lateness",
           "pathway_plan_date=2020-03-31 pathway_review_dates=2026-03-31 audit_date=2026-03-31",
           "0");
    /* Two years old to the day: the list is whole, and 28 August 2024 was missed by a year. */
    expect("pathway_review_lateness",
           "pathway_plan_date=2024-02-28 pathway_review_dates=2025-08-28 audit_date=2026-02-28",
           "365");
    expect("pathway_review_lateness",
           "pathway_plan_date=2024-02-27 pathway_review_dates=2025-08-28 audit_date=2026-02-28",
           "0");
    expect("adviser_contact_lateness", HOME "audit_date=2025-12-08 contact_dates=2025-12-08", "0");
    expect("adviser_contact_lateness", "audit_date=2025-12-08 contact_dates=2025-12-08", "0");
    expect("adviser_contact_lateness", HOME "audit_date=2025-12-01", "not due");
    expect("adviser_appointed", YOUNG "audit_date=2008-03-10 adviser_appointed_date=2008-03-10",
           "-6574"); /* 18 years with the leap days of 2012, 2016, 2020 and 2024 */
    expect("accommodation_check_days",
           HOME "audit_date=2025-12-01 accommodation_check_date=2025-12-01", "0");
    expect("pathway_actions_owned_and_dated", ACTIONS("1", "1", "1"), "100");
    expect("pathway_actions_owned_and_dated", ACTIONS("10000", "10000", "5000"), "50");
    expect("age_in_scope", "date_of_birth=2026-03-31 audit_date=2026-03-31", "not due");
    expect("support_offer_overdue", "date_of_birth=2026-03-31 audit_date=2026-03-31", "n/a");
    expect("support_offer_overdue", PAST_21 "audit_date=2025-02-28", "not due");
    expect("support_offer_overdue", PAST_21 "audit_date=2026-03-01 support_offer_dates=2026-03-01",
           "0");
    /* A home of a year to the day: the list is whole, and 8 December 2024 was missed. */
    expect("adviser_contact_lateness",
           "home_start_date=2024-12-01 audit_date=2025-12-01 contact_dates=2025-11-08", "335");
    expect("adviser_contact_lateness",
           "home_start_date=2024-11-30 audit_date=2025-12-01 contact_dates=2025-11-08", "0");
    expect("status_consistent", ELIGIBLE "care_weeks=0 audit_date=2026-04-01", "no");
    expect("status_consistent", ELIGIBLE "care_weeks=7000 audit_date=2026-04-01", "yes");
    expect("status_consistent", ELIGIBLE "care_start_date=2009-05-01 audit_date=2026-04-01", "yes");
    expect("status_consistent", ELIGIBLE "care_start_date=2026-04-01 audit_date=2026-04-01", "no");
    expect("status_consistent",
           ELIGIBLE "care_start_date=2025-01-01 care_end_date=2025-01-01 audit_date=2026-04-01",
           "no");
    /* Care that ended on the audit date is over. */
    expect("status_consistent",
           PERSON "leaving_care_status=relevant care_start_date=2024-01-01 "
                  "care_end_date=2026-04-01 audit_date=2026-04-01",
           "yes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_needs_assessment_within_three_months_of_16),
        cmocka_unit_test(test_needs_assessment_from_becoming_eligible_if_later),
        cmocka_unit_test(test_needs_assessment_without_an_answer),
        cmocka_unit_test(test_pathway_plan_overdue),
        cmocka_unit_test(test_pathway_review_lateness),
        cmocka_unit_test(test_adviser_contact),
        cmocka_unit_test(test_contact_outside_the_present_home),
        cmocka_unit_test(test_adviser_appointed),
        cmocka_unit_test(test_eligible_after_13_weeks_in_care),
        cmocka_unit_test(test_relevant_and_qualifying_under_18),
        cmocka_unit_test(test_former_relevant_from_18_to_25),
        cmocka_unit_test(test_status_without_an_answer),
        cmocka_unit_test(test_accommodation_check),
        cmocka_unit_test(test_pathway_actions),
        cmocka_unit_test(test_age_in_scope),
        cmocka_unit_test(test_support_offer_overdue),
        cmocka_unit_test(test_the_edge_of_sense_is_no_fault),
        cmocka_unit_test(expect_declared_range),
        cmocka_unit_test(expect_empty_batch),
        cmocka_unit_test(expect_refuses_other_abi),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
