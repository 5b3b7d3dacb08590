/* areas.c - the fields of each practice area, as its rubric reads them. */
#include "made.h"

#include <assay/plugin.h>
#include <string.h>

enum { BLANK = 35 }; /* of a thousand: what auditors leave out */

/* A day `days` after `start`, held to the day of the audit: DAY_NONE where that is not over. */
static int32_t day_after(const record *of, int32_t start, int32_t days)
{
    const int32_t day = work_day(start + days);

    return day <= of->audit_date ? day : DAY_NONE;
}

/* Puts the answer to a question that only arises where `asked`. */
static void put_rating_if(record *into, const char *name, bool asked)
{
    if (asked)
        put_rating(into, name, BLANK);
    else
        put_not_applicable(into, name);
}

static void put_day_if(record *into, const char *name, bool asked, int32_t day)
{
    if (asked)
        put_day(into, name, day, BLANK);
    else
        put_not_applicable(into, name);
}

/* What an assessment's dates and gates are, drawn once for both layouts. */
typedef struct {
    int32_t referral, decision, seen, completed, birth, risk, safety, concern, strategy, conference;
    bool    immediate, strategy_needed, section_47, conference_needed;
} assessment;

static assessment draw_assessment(record *of)
{
    assessment made = {0};
    draws     *from = &of->draws;

    made.referral = work_day(of->audit_date - draw_between(from, 75, 200));
    made.birth = made.referral - draw_between(from, 10, 17 * 365);
    made.decision = work_day(made.referral + draw_delay(of, -1, 2));
    if (made.decision < made.referral)
        made.decision = made.referral;
    made.seen = work_day(made.referral + draw_delay(of, 0, 14));
    made.completed = day_after(of, made.referral, draw_delay(of, 14, 84));
    made.immediate = draw_chance(from, 140);
    made.risk = made.referral + draw_between(from, 0, 3);
    made.safety = made.risk + (draw_done(of) ? 0 : draw_between(from, 0, 3));
    made.strategy_needed = draw_chance(from, 300);
    made.concern = made.referral + draw_between(from, 0, 10);
    made.strategy =
        made.concern + (draw_done(of) ? draw_between(from, 0, 1) : draw_between(from, 0, 5));
    made.section_47 = made.strategy_needed && draw_chance(from, 700);
    made.conference_needed = made.section_47 && draw_chance(from, 550);
    made.conference = work_day(made.strategy + draw_delay(of, 10, 28));
    return made;
}

static void put_agencies(record *into)
{
    const int32_t asked = draw_between(&into->draws, 1, 6);
    int32_t       answered = 0;

    for (int32_t i = 0; i < asked; i++)
        answered += draw_done(into);
    put_number(into, "agencies_asked", asked, BLANK);
    put_number(into, "agencies_answered", answered, BLANK);
}

static void put_assessment(record *into)
{
    const assessment made = draw_assessment(into);

    put_day(into, "referral_date", made.referral, 4);
    put_day(into, "referral_decision_date", made.decision, BLANK);
    put_day(into, "completed_date", made.completed, 4);
    put_flag(into, "delay_reason_recorded", draw_done(into));
    put_day(into, "first_seen_date", made.seen, BLANK);
    put_flag(into, "seen_alone", draw_done(into));
    put_number(into, "age_at_referral", (made.referral - made.birth) / 366, BLANK);
    put_rating(into, "child_voice", BLANK);
    put_flag(into, "immediate_risk", made.immediate);
    put_day_if(into, "risk_known_date", made.immediate, made.risk);
    put_day_if(into, "safety_action_date", made.immediate, made.safety);
    put_rating(into, "risk_analysis", 15);
    put_rating(into, "history_and_chronology", BLANK);
    put_rating(into, "professional_curiosity", BLANK);
    put_rating(into, "parents_and_household", BLANK);
    put_agencies(into);
    put_flag(into, "strategy_discussion_needed", made.strategy_needed);
    put_day_if(into, "concern_date", made.strategy_needed, made.concern);
    put_day_if(into, "strategy_date", made.strategy_needed, made.strategy);
    put_flag(into, "section_47", made.section_47);
    put_rating_if(into, "section_47_enquiry", made.section_47);
    put_flag(into, "conference_needed", made.conference_needed);
    put_day_if(into, "conference_date", made.conference_needed, made.conference);
    put_rating(into, "identity", BLANK);
    put_rating(into, "manager_sign_off", BLANK);
}

void put_bench_fields(record *into)
{
    const assessment made = draw_assessment(into);

    put_day(into, "referral_date", made.referral, 4);
    put_day(into, "referral_decision_date", made.decision, BLANK);
    put_day(into, "completed_date", made.completed, 4);
    put_day(into, "first_seen_date", made.seen, BLANK);
    put_flag(into, "seen_alone", draw_done(into));
    put_day(into, "date_of_birth", made.birth, BLANK);
    put_rating(into, "child_voice", BLANK);
    put_flag(into, "immediate_risk", made.immediate);
    put_day_if(into, "risk_known_date", made.immediate, made.risk);
    put_day_if(into, "safety_action_date", made.immediate, made.safety);
    put_rating(into, "risk_analysis", 15);
    put_rating(into, "history_and_chronology", BLANK);
    put_rating(into, "professional_curiosity", BLANK);
    put_rating(into, "parents_and_household", BLANK);
    put_agencies(into);
    put_flag(into, "strategy_discussion_needed", made.strategy_needed);
    put_day_if(into, "concern_date", made.strategy_needed, made.concern);
    put_day_if(into, "strategy_date", made.strategy_needed, made.strategy);
    put_flag(into, "section_47", made.section_47);
    put_rating_if(into, "section_47_enquiry", made.section_47);
    put_flag(into, "conference_needed", made.conference_needed);
    put_day_if(into, "conference_date", made.conference_needed, made.conference);
    put_rating(into, "identity", BLANK);
    put_rating(into, "manager_sign_off", BLANK);
}

/* Days from `first` on, about `interval` apart and further apart the worse the work, up to the
 * day of the audit. Returns how many. */
static size_t draw_series(record *of, int32_t first, int32_t interval, int32_t *out, size_t most)
{
    size_t count = 0;

    for (int32_t day = first; day <= of->audit_date && count < most;) {
        out[count++] = work_day(day);
        day += interval - interval / 6 + draw_delay(of, 0, interval / 2);
    }
    return count;
}

static void put_actions(record *into, const char *count_name, const char *owner_name,
                        const char *date_name)
{
    const int32_t actions = draw_between(&into->draws, 3, 12);
    int32_t       with_owner = 0, with_date = 0;

    for (int32_t i = 0; i < actions; i++) {
        with_owner += draw_done(into) || draw_done(into);
        with_date += draw_done(into) || draw_chance(&into->draws, 400);
    }
    put_number(into, count_name, actions, BLANK / 2);
    put_number(into, owner_name, with_owner, BLANK / 2);
    put_number(into, date_name, with_date, BLANK / 2);
}

static void put_plan(record *into)
{
    static const char *const types[] = {"CIN", "CP", "Looked after"};
    enum { IN_NEED, PROTECTION, CARE };
    draws        *from = &into->draws;
    int32_t       days[24];
    size_t        count;
    const int32_t start = work_day(into->audit_date - draw_between(from, 60, 360));
    const int32_t intervals[] = {26, 12, 38}, review_first[] = {80, 84, 26},
                  review_later[] = {80, 170, 160};

    const int32_t type = draw_between(from, 0, 2);

    put(into, "plan_type", "%s", types[type]);
    put_flag(into, "plan_in_place", draw_chance(from, 965));
    put_day(into, "plan_start_date", start, 0);

    const int32_t renewed = work_day(into->audit_date - draw_delay(into, 20, 190));
    put_day(into, "plan_date", renewed > start ? renewed : start, BLANK);
    put_actions(into, "actions", "actions_with_owner", "actions_with_date");
    put_rating(into, "child_focus", BLANK);
    put_rating(into, "contingency", BLANK);

    const bool risk = draw_chance(from, 400);
    put_flag(into, "risk_continues", risk);
    put_rating_if(into, "safety_plan", risk);

    count = draw_series(into, start + draw_delay(into, 2, 8), intervals[type], days, 24);
    put_days(into, "visit_dates", days, count);
    put_day_if(into, "placement_start_date", type == CARE, start);
    put(into, "placement_type", "%s", type == CARE ? "Foster care" : "");
    put_flag(into, "long_term", type == CARE && draw_chance(from, 300));
    count = draw_series(into, start + review_first[type] + draw_delay(into, -6, 14),
                        review_later[type], days, 8);
    put_day_if(into, "first_review_date", type == CARE, count ? days[0] : DAY_NONE);
    put_days(into, "review_dates", days, count);
    count =
        type == PROTECTION ? draw_series(into, start + draw_delay(into, 7, 16), 38, days, 12) : 0;
    put_days(into, "core_group_dates", days, count);

    const bool first_care_plan = type == CARE && draw_chance(from, 600);
    put_flag(into, "care_plan_due", first_care_plan);
    put_day_if(into, "first_placement_date", first_care_plan, start);
    put_day_if(into, "care_plan_date", first_care_plan,
               day_after(into, start, draw_delay(into, 4, 24)));
    put_day_if(into, "permanence_plan_date", type == CARE,
               day_after(into, start, draw_delay(into, 60, 200)));
    put_rating(into, "progress", BLANK);

    const bool pre_proceedings = type == PROTECTION && draw_chance(from, 250);
    const bool stepping_down = draw_chance(from, 180);
    put_flag(into, "pre_proceedings_in_period", pre_proceedings);
    put_rating_if(into, "pre_proceedings", pre_proceedings);
    put_flag(into, "plan_ended_or_stepped_down", stepping_down);
    put_rating_if(into, "step_down", stepping_down);
    put_rating_if(into, "independent_challenge", type != IN_NEED);
}

static void put_care_leaver(record *into)
{
    draws        *from = &into->draws;
    int32_t       days[24];
    const int32_t age_in_days = draw_between(from, 18 * 366, 21 * 365 - 30);
    const int32_t birth = into->audit_date - age_in_days;
    const int32_t sixteen = assay_add_months(birth, 16 * 12);
    const int32_t eighteen = assay_add_months(birth, 18 * 12);
    const int32_t home = work_day(into->audit_date - draw_between(from, 40, 300));
    const int32_t plan = work_day(into->audit_date - draw_between(from, 200, 420));
    const int32_t care_start = birth + draw_between(from, 5 * 365, 15 * 365);

    put_day(into, "date_of_birth", birth, 0);
    put(into, "leaving_care_status", "%s",
        draw_chance(from, 940) ? "Former relevant" : "Qualifying");
    put_day(into, "care_start_date", care_start, 5);
    put_day(into, "care_end_date", eighteen, 5);
    put_number(into, "care_weeks", (eighteen - care_start) / 7, BLANK);
    put_day(into, "needs_assessment_date", work_day(sixteen + draw_delay(into, 20, 150)), BLANK);
    put_day(into, "adviser_appointed_date", work_day(eighteen - 420 + draw_delay(into, 0, 480)),
            BLANK);
    put_day(into, "pathway_plan_date", plan, 10);
    put_days(into, "pathway_review_dates", days,
             draw_series(into, plan + 150 + draw_delay(into, 0, 60), 160, days, 8));
    put_rating(into, "pathway_plan_shared", BLANK);
    put_actions(into, "pathway_actions", "pathway_actions_with_owner", "pathway_actions_with_date");
    put_day(into, "home_start_date", home, 10);
    put_days(into, "contact_dates", days,
             draw_series(into, home + draw_delay(into, 1, 12), 46, days, 12));
    put_rating(into, "accommodation", 15);
    put_day(into, "accommodation_check_date", day_after(into, home, draw_delay(into, -6, 16)),
            BLANK);
    put_rating(into, "risk_response", 15);

    const bool handover = draw_chance(from, 250);
    const bool particular = draw_chance(from, 200);
    put_flag(into, "handover_in_period", handover);
    put_rating_if(into, "handover", handover);
    put_rating(into, "health", BLANK);
    put_rating(into, "education_and_work", BLANK);
    put_rating(into, "entitlements", BLANK);
    put_flag(into, "support_to_25_offered", draw_done(into));
    put_flag(into, "parent_custody_or_asylum", particular);
    put_rating_if(into, "particular_needs", particular);
}

static void put_front_door(record *into)
{
    draws        *from = &into->draws;
    const int32_t contact = work_day(into->audit_date - draw_between(from, 10, 90));
    const int32_t decision = work_day(contact + draw_delay(into, 0, 2));
    const bool    risk = draw_chance(from, 120), repeat = draw_chance(from, 300);
    const bool    domestic_abuse = draw_chance(from, 280), further = draw_chance(from, 450);

    put_day(into, "contact_date", contact, 0);
    put_day(into, "decision_date", decision, 15);
    put_rating(into, "threshold_decision", 15);
    put_flag(into, "immediate_risk", risk);
    if (risk)
        put_flag(into, "immediate_risk_acted_on", draw_done(into) || draw_done(into));
    else
        put_not_applicable(into, "immediate_risk_acted_on");
    put_flag(into, "consent_or_reason_recorded", draw_done(into));
    put_rating(into, "history_used", BLANK);
    put_flag(into, "repeat_contacts", repeat);
    put_rating_if(into, "repeat_contacts_answered", repeat);
    put_flag(into, "domestic_abuse_notification", domestic_abuse);
    put_day_if(into, "incident_date", domestic_abuse, contact - draw_delay(into, 0, 3));
    put_rating(into, "agency_checks", BLANK);
    put_rating(into, "child_in_view", BLANK);
    put_rating(into, "manager_oversight", BLANK);
    put_flag(into, "referrer_told", draw_done(into));
    put_flag(into, "further_action", further);
    if (further)
        put_number(into, "days_unallocated", draw_delay(into, 0, 4), BLANK);
    else
        put_not_applicable(into, "days_unallocated");
}

static void put_supervision(record *into)
{
    draws        *from = &into->draws;
    const int32_t last = work_day(into->audit_date - draw_delay(into, 12, 50));
    const bool    audited = draw_chance(from, 350);

    put_number(into, "longest_supervision_gap_days", draw_delay(into, 21, 48), BLANK);
    put_day(into, "last_supervision_date", last, 15);
    put_day(into, "supervision_recorded_date", day_after(into, last, draw_delay(into, 0, 13)),
            BLANK);
    put_rating(into, "reflective_quality", BLANK);
    put_rating(into, "risk_in_supervision", BLANK);
    put_rating(into, "child_at_centre", BLANK);
    put_flag(into, "direction_recorded", draw_done(into));
    if (draw_chance(from, BLANK))
        put_blank(into, "supervision_actions_done_percent");
    else
        put(into, "supervision_actions_done_percent", "%d%%", 100 - draw_delay(into, 0, 55));
    put_rating(into, "drift_challenged", BLANK);
    put_rating(into, "decision_rationale", BLANK);
    put_flag(into, "audited_before", audited);
    if (audited)
        put_flag(into, "earlier_audit_actions", draw_done(into));
    else
        put_not_applicable(into, "earlier_audit_actions");
    put_number(into, "worker_changes_12_months", draw_delay(into, 0, 3), BLANK);
}

static void put_child_in_care(record *into)
{
    draws        *from = &into->draws;
    const bool    missing = draw_chance(from, 180), school = draw_chance(from, 850);
    const int32_t returned = work_day(into->audit_date - draw_between(from, 15, 150));
    const int32_t overrun = draw_delay(into, -10, 22);

    put_number(into, "visit_overdue_days", overrun > 0 ? overrun : 0, 15);
    put_rating(into, "care_plan", 15);
    put_rating(into, "permanence_progress", BLANK);
    put_flag(into, "reviews_on_time", draw_done(into));
    put_rating(into, "reviewing_officer_challenge", BLANK);
    put_rating(into, "risk_response", BLANK);
    put_flag(into, "missing_episode", missing);
    put_day_if(into, "returned_date", missing, returned);
    put_day_if(into, "return_interview_offered_date", missing, returned + draw_delay(into, 0, 6));
    put_flag(into, "health_assessment_current", draw_done(into));
    put_flag(into, "education_plan_due", school);
    put_rating_if(into, "education_plan", school);
    put_number(into, "placement_moves_12_months", draw_delay(into, 0, 3), BLANK);
    put_rating(into, "life_story_work", BLANK);
    put_rating(into, "family_and_siblings", BLANK);
}

const area *area_find(const char *name)
{
    static const area areas[] = {
        {"assessments", put_assessment},   {"plans", put_plan},
        {"care_leavers", put_care_leaver}, {"front_door", put_front_door},
        {"supervision", put_supervision},  {"children_in_care", put_child_in_care},
    };

    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        if (strcmp(areas[i].name, name) == 0)
            return &areas[i];
    return NULL;
}
