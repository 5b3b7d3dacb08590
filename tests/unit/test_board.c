/* test_board.c - the board's page: its counts on a store worked out by hand, and what must hold of any
 * page. */
#include "store_case.h"

#include <math.h>

#include "base/date.h"
#include "board/facts.h"

static const char levels[] = "inadequate|requires_improvement|good|outstanding";
static const char secret_child[] = "Childsecret", secret_auditor[] = "Auditorsecret",
                  secret_moderator[] = "Moderatorsecret";

/* What a test asks for; the page's own things are read once a test. */
typedef struct {
    moderation_policy *policy;
    workforce         *staff;
    rubric_library    *library;
    board_request      request;
} asked_page;

static int32_t day(const char *written)
{
    int32_t found = 0;
    assert_true(date_read(written, strlen(written), &found));
    return found;
}

static void open_request(store_case *here, asked_page *asked)
{
    static const char bands[] = "[indicator.vacancy]\ntitle = Vacancy\nunit = %\nwatch = 15\n"
                                "concern = 20\n[indicator.staying]\ntitle = Staying\nworse = "
                                "lower\nwatch = 80\nconcern = 70\n";

    *asked = (asked_page){
        .policy = moderation_policy_read("examples/moderation/moderation.ini", &here->errors),
        .staff = workforce_read_bytes("w.ini", bands, strlen(bands), &here->errors),
        .library = library_read((const char *[]){"rubrics"}, 1, NULL, &here->errors)};
    must(asked->policy && asked->staff && asked->library);
    asked->request = (board_request){.from = day("2026-05-01"),
                                     .to = day("2026-10-31"),
                                     .since = day("2026-09-30"),
                                     .today = day("2026-11-10"),
                                     .policy = asked->policy,
                                     .workforce = asked->staff,
                                     .library = asked->library,
                                     .assay_version = "1"};
}

static void close_request(asked_page *asked)
{
    moderation_policy_free(asked->policy);
    workforce_free(asked->staff);
    library_free(asked->library);
}

static void put_graded(store_case *here, const char *id, const char *date, const char *team,
                       const char *grade, const char *limited_by)
{
    const char *held[] = {limited_by};
    char        child[64]; /* each audit's own */
    snprintf(child, sizeof child, "%s %s", secret_child, id);
    const store_audit audit = {.audit_id = id,
                               .practice_area = "plans",
                               .audit_date = date,
                               .team = team,
                               .auditor = secret_auditor,
                               .child_ref = child,
                               .auditor_grade = grade,
                               .row_hash = "ab"};
    const store_grade given = {.audit_id = id,
                               .rubric = "plans",
                               .version = "9",
                               .levels = levels,
                               .judgement = "good",
                               .score = -1,
                               .margin = -1,
                               .limited_by = {held, *limited_by != '\0'}};

    must(store_put_audit(here->kept, &audit, NULL, &here->errors));
    must(store_put_grade(here->kept, &given, NULL, &here->errors));
}

static void put_moderated(store_case *here, const char *id, const char *grade, const char *final)
{
    const store_moderation given = {.audit_id = id,
                                    .moderator = secret_moderator,
                                    .moderated_on = "2026-10-20",
                                    .practice_grade = grade};
    const store_resolution decided = {
        .audit_id = id, .final_grade = final, .decided_by = secret_moderator, .how = "moderator"};

    must(store_put_moderation(here->kept, &given, NULL, &here->errors));
    must(store_put_resolution(here->kept, &decided, NULL, &here->errors));
}

static void put_action(store_case *here, const char *id, int64_t number, const char *due,
                       const char *closed, const char *re_audit)
{
    const store_action given = {.audit_id = id,
                                .number = number,
                                .what = "See the child",
                                .owner_role = "Manager",
                                .due = due,
                                .closed = closed,
                                .evidence = *closed ? "seen" : "",
                                .re_audit_due = re_audit};
    must(store_put_action(here->kept, &given, NULL, &here->errors));
}

static void put_figure(store_case *here, const char *month, const char *team, const char *name,
                       double value)
{
    const store_indicator given = {month, team, name, value};
    must(store_put_indicator(here->kept, &given, NULL, &here->errors));
}

static void put_draw(store_case *here)
{
    must(store_put_draw(here->kept,
                        &(store_draw){.number = 1,
                                      .seed = "1",
                                      .policy = "p",
                                      .policy_hash = "h",
                                      .from = "2026-06-01",
                                      .to = "2026-06-30"},
                        NULL, &here->errors));
}

/* In a draw of which chance takes half; `moderated`: the pick, found to be as it was graded. */
static void put_drawn(store_case *here, const char *id, const char *grade, bool moderated)
{
    const store_draw_member member = {.audit_id = id,
                                      .draw = 1,
                                      .probability = 0.5,
                                      .inclusion = 0.5,
                                      .picked_at_random = moderated,
                                      .picked = moderated};
    must(store_put_draw_member(here->kept, &member, NULL, &here->errors));
    if (moderated)
        put_moderated(here, id, grade, grade);
}

/* Ten audits of June, all good, five of them picked and moderated; and one of August and one of
 * October that require improvement and are in no draw. */
static void fill_partly_drawn(store_case *here)
{
    put_draw(here);
    for (int i = 0; i < 10; i++) {
        char id[16];
        snprintf(id, sizeof id, "J-%d", i);
        put_graded(here, id, "2026-06-10", "North", "good", "");
        put_drawn(here, id, "good", i < 5);
    }
    put_graded(here, "L-1", "2026-08-10", "North", "requires_improvement", "");
    put_graded(here, "L-2", "2026-10-10", "North", "requires_improvement", "");
}

/* Eight audits of the period, five before the last meeting and three after, and one before the
 * period. */
static void fill(store_case *here)
{
    put_graded(here, "A-0", "2026-04-30", "North", "inadequate", "");
    put_graded(here, "A-1", "2026-05-01", "North", "good", "");
    put_graded(here, "A-2", "2026-06-10", "North", "outstanding", "");
    put_graded(here, "A-3", "2026-07-10", "North", "good", "risk");
    put_graded(here, "A-4", "2026-08-10", "North", "requires_improvement", "risk");
    put_graded(here, "A-5", "2026-09-30", "North", "good", "");
    put_graded(here, "A-6", "2026-10-01", "South <b>", "good", "risk");
    put_graded(here, "A-7", "2026-10-10", "South <b>", "good", "visits");
    put_graded(here, "A-8", "2026-10-31", "South <b>", "inadequate", "");
    put_moderated(here, "A-7", "inadequate", "inadequate");
    put_action(here, "A-7", 1, "2026-11-01", "", "2026-11-10");
    put_action(here, "A-7", 2, "2026-11-30", "", "");
    put_action(here, "A-4", 1, "2026-09-01", "2026-10-05", "2026-12-01");
    put_action(here, "A-0", 1, "2026-10-31", "", "");
    put_figure(here, "2026-09", "North", "vacancy", 12.0);
    put_figure(here, "2026-10", "North", "vacancy", 15.0);
    put_figure(here, "2026-10", "South <b>", "vacancy", 22.25);
    put_figure(here, "2026-10", "", "staying", 69.0);
    put_figure(here, "2026-10", "North", "unheard of", 1.0);
}

/* Final grades: A-7 went from good to inadequate. Before: good, outstanding, good, requires
 * improvement, good: 4 of 5. After: good, inadequate, inadequate: 1 of 3. */
static void test_final_grade_else_the_auditors(void **state)
{
    store_case *here = *state;
    asked_page  asked;
    board_facts facts;

    fill(here);
    open_request(here, &asked);
    must(facts_read(here->kept, &asked.request, &facts, &here->errors));
    assert_int_equal(facts.audits, 8);
    assert_int_equal(facts.before.graded, 5);
    assert_int_equal(facts.before.good, 4);
    assert_int_equal(facts.before.levels[3], 1);
    assert_int_equal(facts.after.graded, 3);
    assert_int_equal(facts.after.good, 1);
    assert_int_equal(facts.after.levels[0], 2);
    assert_int_equal(facts.all.graded, 8);
    assert_int_equal(facts.agreement.missed_count, 1);
    assert_string_equal(facts.agreement.missed[0], "A-7");
    facts_free(&facts);
    close_request(&asked);
}

/* Criterion risk held three down, one of them after the meeting; visits one. All eight were graded. */
static void test_criteria_that_hold_most_down_come_first(void **state)
{
    store_case *here = *state;
    asked_page  asked;
    board_facts facts;

    fill(here);
    open_request(here, &asked);
    must(facts_read(here->kept, &asked.request, &facts, &here->errors));
    assert_int_equal(facts.criterion_count, 2);
    assert_string_equal(facts.criteria[0].id, "risk");
    assert_int_equal(facts.criteria[0].held, 3);
    assert_int_equal(facts.criteria[0].since, 1);
    assert_int_equal(facts.criteria[0].of, 8);
    assert_int_equal(facts.criteria[1].held, 1);
    facts_free(&facts);
    close_request(&asked);
}

/* On 10 November: three open of four; due 1 November and 31 October are over, by 9 and 10 days; both
 * files are inadequate; one closed after 30 September; one re-audit due by the day itself. A-0 is of
 * no period, and its action is overdue all the same. */
static void test_actions_are_those_of_the_whole_store(void **state)
{
    store_case *here = *state;
    asked_page  asked;
    board_facts facts;

    fill(here);
    open_request(here, &asked);
    must(facts_read(here->kept, &asked.request, &facts, &here->errors));
    assert_int_equal(facts.actions.open, 3);
    assert_int_equal(facts.actions.overdue, 2);
    assert_int_equal(facts.actions.overdue_lowest, 2);
    assert_int_equal(facts.actions.longest, 10);
    assert_int_equal(facts.actions.closed_since, 1);
    assert_int_equal(facts.actions.re_audits, 1);
    facts_free(&facts);
    close_request(&asked);
}

static char *page_of(store_case *here, const board_request *request)
{
    buffer out = {0};

    must(board_write(here->kept, request, &out, &here->errors));
    assert_true(buffer_end(&out));
    return out.bytes;
}

#define assert_says(page, words)       assert_non_null(strstr((page), (words)))
#define assert_never_says(page, words) assert_null(strstr((page), (words)))

/* 15 is watched from 15 on, 22.25 of concern from 20, 69 below 70 where lower is worse. 12 to 15 is
 * +3.0. An indicator that the file does not have is not shown. */
static void test_workforce_is_in_its_bands(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill(here);
    open_request(here, &asked);
    char *page = page_of(here, &asked.request);
    assert_says(page, "watch</span> <strong>15.0</strong> <span class=\"moved\">+3.0</span>");
    assert_says(page, "concern</span> <strong>22.3</strong>");
    assert_says(page, "concern</span> <strong>69.0</strong>");
    assert_says(page, "The whole service");
    assert_never_says(page, "nheard");
    free(page);
    close_request(&asked);
}

static void test_few_audits_have_counts_alone_and_their_team_none(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill(here);
    open_request(here, &asked);
    char *page = page_of(here, &asked.request);
    /* Since the last meeting: one of three; team South has three, North five. */
    assert_says(page, "<td class=\"number\">1 of 3</td><td class=\"number\">too few</td>");
    assert_says(page, "South &lt;b&gt;</th><td class=\"number\">under 5</td>");
    assert_says(page, "North</th><td class=\"number\"><strong>80%</strong> of 5</td>");
    free(page);
    close_request(&asked);
}

static void test_nobody_is_named(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill(here);
    open_request(here, &asked);
    for (int plain = 0; plain < 2; plain++) {
        asked.request.plain = plain == 1;
        char *page = page_of(here, &asked.request);
        assert_never_says(page, secret_child);
        assert_never_says(page, secret_auditor);
        assert_never_says(page, secret_moderator);
        assert_never_says(page, "tester");
        assert_never_says(page, "<b>");
        free(page);
    }
    close_request(&asked);
}

static void test_missed_inadequates_are_told_by_id_to_the_board_alone(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill(here);
    open_request(here, &asked);
    char *page = page_of(here, &asked.request);
    assert_says(page, "Missed inadequate: 1.");
    assert_says(page, "A-7");
    free(page);
    asked.request.plain = true;
    page = page_of(here, &asked.request);
    assert_says(page, "In 1 case work that was inadequate had first been given a better grade.");
    assert_never_says(page, "A-7");
    free(page);
    close_request(&asked);
}

static void test_councillors_are_spared_the_words_of_statistics(void **state)
{
    static const char *const jargon[] = {"nterval",   "kappa",   "alpha",    "95%",   "p under",
                                         "sign test", "stratum", "oderated", "median"};
    store_case              *here = *state;
    asked_page               asked;

    fill(here);
    open_request(here, &asked);
    asked.request.plain = true;
    char       *page = page_of(here, &asked.request);
    const char *body = strstr(page, "<body>");
    assert_non_null(body);
    for (size_t j = 0; j < sizeof jargon / sizeof *jargon; j++)
        assert_never_says(body, jargon[j]);
    free(page);
    close_request(&asked);
}

static void test_the_target_is_said_to_be_local_where_it_is_shown(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill(here);
    open_request(here, &asked);
    char *page = page_of(here, &asked.request);
    assert_never_says(page, "target");
    free(page);
    asked.request.target = (board_target){true, "good or better >= 70%", 2, 0.7};
    page = page_of(here, &asked.request);
    assert_says(page, "Ofsted has no rule about any share of good");
    free(page);
    close_request(&asked);
}

/* The corrected share is of the ten of June: 100%. The auditors say 100% of the same ten, and 10 of 12,
 * 83%, of all. Two of twelve are more than a tenth: whatever the ten say, it is not known whether 70%
 * is reached, nor what the chance is. */
static void test_months_in_no_draw_leave_the_target_open(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill_partly_drawn(here);
    open_request(here, &asked);
    asked.request.target = (board_target){true, "good or better >= 70%", 2, 0.7};
    char *page = page_of(here, &asked.request);
    assert_says(page, "100% of the work in 10 audits is good or better");
    assert_says(page, "Whether the local target of 70% is reached is not known yet: 2 of 12 audits "
                      "have not been in a draw (August 2026 and October 2026).");
    assert_says(page, "of the same 10 audits");
    assert_says(page, "Of all 12 audits the auditors say 83%.");
    assert_says(page, "As the auditors graded, 12 audits");
    assert_says(page, "As the auditors graded, 10 audits");
    assert_says(page, "take the share as a hint");
    assert_says(page, "Where this is going: not known");
    assert_never_says(page, "could not be picked");
    assert_never_says(page, "the local target of 70%:");
    free(page);
    asked.request.plain = true;
    page = page_of(here, &asked.request);
    assert_says(page, "</strong> of the work in 10 of the 12 audits is good or better");
    assert_says(page, "The auditors themselves said 100% of the same audits. Of all 12 audits they "
                      "said 83%.");
    assert_says(page, "Whether we have reached our own target of 70% is not known yet: 2 of 12 "
                      "audits have not been in a draw for a second check (August 2026 and October "
                      "2026)");
    assert_never_says(page, "We have reached");
    assert_never_says(page, "chance of reaching");
    free(page);
    close_request(&asked);
}

static void test_all_in_a_draw_are_held_against_the_target(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill_partly_drawn(here);
    put_drawn(here, "L-1", "requires_improvement", false);
    put_drawn(here, "L-2", "requires_improvement", false);
    open_request(here, &asked);
    asked.request.target = (board_target){true, "good or better >= 5%", 2, 0.05};
    char *page = page_of(here, &asked.request);
    assert_says(page, "is at or over the local target of 5%");
    assert_never_says(page, "not known yet");
    assert_never_says(page, "of the same");
    free(page);
    asked.request.plain = true;
    page = page_of(here, &asked.request);
    assert_says(page, "We have reached our own target of 5%");
    assert_says(page, "settled after a second check, else the auditor");
    assert_says(page, "The table mixes grades");
    free(page);
    close_request(&asked);
}

static void test_where_nothing_was_drawn_no_rule_is_blamed(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    for (int i = 0; i < 6; i++)
        put_graded(here, (const char *[]){"A", "B", "C", "D", "E", "F"}[i], "2026-06-10", "North",
                   "good", "");
    open_request(here, &asked);
    asked.request.target = (board_target){true, "good or better >= 70%", 2, 0.7};
    char *page = page_of(here, &asked.request);
    assert_says(page, "There is no corrected share: no draw was made");
    assert_says(page, "So whether the local target of 70% is reached is not known yet.");
    assert_never_says(page, "rules that exclude");
    free(page);
    asked.request.plain = true;
    page = page_of(here, &asked.request);
    assert_says(page, "so whether we have reached our own target of 70% is not known yet");
    assert_says(page, "Audits by grade, as the auditors gave them");
    free(page);
    close_request(&asked);
}

static void test_one_audit_has_no_share_of_its_own(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    put_graded(here, "A", "2026-10-10", "North", "good", "");
    put_moderated(here, "A", "good", "good");
    open_request(here, &asked);
    for (int plain = 0; plain < 2; plain++) {
        asked.request.plain = plain == 1;
        char       *page = page_of(here, &asked.request);
        const char *body = strstr(page, "<body>");
        assert_non_null(body);
        assert_never_says(body, "100%");
        assert_never_says(body, "As the auditors graded");
        assert_says(body, plain ? "What 1 audit of children&#8217;s files says" : "too few audits");
        free(page);
    }
    close_request(&asked);
}

/* After the meeting 24 of 41, 58.5%, before it 25 of 36, 69.4%: 59% and 69% as shown, so 10 points,
 * though the difference is 10.9. */
static void test_points_are_the_difference_of_what_is_shown(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    for (int i = 0; i < 77; i++) {
        char id[16];
        snprintf(id, sizeof id, "P-%d", i);
        put_graded(here, id, i < 41 ? "2026-10-10" : "2026-06-10", "North",
                   i < 24 || (i >= 41 && i < 66) ? "good" : "inadequate", "");
    }
    open_request(here, &asked);
    char *page = page_of(here, &asked.request);
    assert_says(page, "Of these 59% are good or better, of those before 69%: &#8722;10 points");
    free(page);
    close_request(&asked);
}

static void put_pick(store_case *here, const char *id, bool random, bool triggered)
{
    const char             *rules[] = {"inadequate"};
    const store_draw_member member = {.audit_id = id,
                                      .draw = 1,
                                      .probability = 0.5,
                                      .inclusion = triggered ? 1 : 0.5,
                                      .picked_at_random = random,
                                      .triggers = {rules, triggered},
                                      .picked = random || triggered};
    must(store_put_draw_member(here->kept, &member, NULL, &here->errors));
}

/* Of five in a draw two are picked by chance alone, one by chance and by a rule, one by a rule alone,
 * and one not: 3 at random, 1 of them also triggered, 1 triggered only. */
static void test_picks_are_told_apart(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill(here);
    put_draw(here);
    put_pick(here, "A-1", true, false);
    put_pick(here, "A-2", true, false);
    put_pick(here, "A-3", true, true);
    put_pick(here, "A-4", false, true);
    put_pick(here, "A-5", false, false);
    open_request(here, &asked);
    char *page = page_of(here, &asked.request);
    assert_says(page, "Picked to be moderated</th><td class=\"number\">4<");
    assert_says(page, "at random</th><td class=\"number\">3<");
    assert_says(page, "of them also triggered by a rule</th><td class=\"number\">1<");
    assert_says(page, "triggered only</th><td class=\"number\">1<");
    free(page);
    close_request(&asked);
}

/* Luminance and contrast as WCAG 2.2 has them; AA asks for 4.5. */
static double luminance(unsigned long colour)
{
    const double shares[] = {0.0722, 0.7152, 0.2126};
    double       sum = 0;

    for (unsigned part = 0; part < 3; part++, colour >>= 8) {
        const double value = (double)(colour & 0xff) / 255;
        sum +=
            shares[part] * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static void test_numbers_in_bars_stand_out(void **state)
{
    static const char mark[] = "style=\"fill:#", then[] = ";stroke:#";
    store_case       *here = *state;
    asked_page        asked;
    size_t            seen = 0;

    fill(here);
    open_request(here, &asked);
    char *page = page_of(here, &asked.request);
    for (const char *at = page; (at = strstr(at, mark)); seen++) {
        char *end;
        at += strlen(mark);
        const unsigned long ink = strtoul(at, &end, 16) == 0xfff ? 0xffffff : strtoul(at, &end, 16);
        assert_memory_equal(end, then, strlen(then));
        const double one = luminance(ink), other = luminance(strtoul(end + strlen(then), NULL, 16));
        assert_true((fmax(one, other) + 0.05) / (fmin(one, other) + 0.05) >= 4.5);
    }
    assert_true(seen > 4);
    free(page);
    close_request(&asked);
}

static void test_the_same_store_gives_the_same_page(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    fill(here);
    open_request(here, &asked);
    char *first = page_of(here, &asked.request);
    reopen(here);
    char *second = page_of(here, &asked.request);
    assert_string_equal(first, second);
    free(first);
    free(second);
    close_request(&asked);
}

static void test_an_empty_store_gives_an_honest_page(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    open_request(here, &asked);
    asked.request.target = (board_target){true, "good or better >= 70%", 2, 0.7};
    char *page = page_of(here, &asked.request);
    assert_says(page, "No audit of this period has been moderated");
    assert_says(page, "No audit of this period has a grade.");
    assert_says(page, "The store has no actions.");
    assert_says(page, "The store has no figures of the workforce");
    assert_says(page, "The store has no plan of audits");
    free(page);
    asked.request.target = (board_target){0};
    page = page_of(here, &asked.request);
    assert_says(page, "<dt>Good or better, corrected</dt>");
    free(page);
    asked.request.plain = true;
    page = page_of(here, &asked.request);
    assert_says(page, "No actions have been written down");
    free(page);
    close_request(&asked);
}

/* Ofsted had no edition of these frameworks in 2012; a grade is missing, and one is of no scale. */
static void test_no_edition_and_no_grade_are_said(void **state)
{
    store_case *here = *state;
    asked_page  asked;

    open_request(here, &asked);
    put_graded(here, "A-1", "2012-10-01", "", "", "");
    put_graded(here, "A-2", "2012-10-01", "", "marvellous", "");
    put_graded(here, "A-3", "2012-10-02", "North", "good", "");
    asked.request.from = day("2012-01-01");
    asked.request.to = day("2012-12-31");
    asked.request.since = day("2012-10-01");
    char *page = page_of(here, &asked.request);
    assert_says(page, "No framework edition at hand holds on 31 December 2012");
    assert_says(page, "2 audits have no grade of this scale");
    free(page);
    close_request(&asked);
}

static void refuse_workforce(const char *bytes, const char *said)
{
    error_list errors = {0};
    workforce *made = workforce_read_bytes("w.ini", bytes, strlen(bytes), &errors);
    bool       found = false;

    assert_null(made);
    for (size_t i = 0; i < errors.count; i++)
        found |= strstr(errors.items[i].text, said) != NULL;
    assert_true(found);
    error_clear(&errors);
}

static void test_what_is_wrong_with_bands_is_said(void **state)
{
    (void)state;
    refuse_workforce("[indicator.a]\nunit = %\n", "has no title");
    refuse_workforce("[indicator.A b]\ntitle = x\n", "has no proper id");
    refuse_workforce("[indicator.a]\ntitle = x\nwatch = much\n", "is not a number");
    refuse_workforce("[indicator.a]\ntitle = x\nworse = odd\n", "worse is higher or lower");
    refuse_workforce("[indicator.a]\ntitle = x\nwatch = 9\nconcern = 8\n", "exchange the two");
    refuse_workforce("[indicator.a]\ntitle = x\nwacth = 9\n", "did you mean \"watch\"");
    refuse_workforce("[indicators]\n", "is not a section here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(test_final_grade_else_the_auditors),
        store_test(test_criteria_that_hold_most_down_come_first),
        store_test(test_actions_are_those_of_the_whole_store),
        store_test(test_workforce_is_in_its_bands),
        store_test(test_few_audits_have_counts_alone_and_their_team_none),
        store_test(test_nobody_is_named),
        store_test(test_missed_inadequates_are_told_by_id_to_the_board_alone),
        store_test(test_councillors_are_spared_the_words_of_statistics),
        store_test(test_the_target_is_said_to_be_local_where_it_is_shown),
        store_test(test_months_in_no_draw_leave_the_target_open),
        store_test(test_all_in_a_draw_are_held_against_the_target),
        store_test(test_where_nothing_was_drawn_no_rule_is_blamed),
        store_test(test_one_audit_has_no_share_of_its_own),
        store_test(test_points_are_the_difference_of_what_is_shown),
        store_test(test_picks_are_told_apart),
        store_test(test_numbers_in_bars_stand_out),
        store_test(test_the_same_store_gives_the_same_page),
        store_test(test_an_empty_store_gives_an_honest_page),
        store_test(test_no_edition_and_no_grade_are_said),
        cmocka_unit_test(test_what_is_wrong_with_bands_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
