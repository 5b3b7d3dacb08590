/* A month of moderation over a store: who gets which audit, what is taken back, what is not. */
#include "store_case.h"

#include "moderation/actions.h"
#include "moderation/compare.h"
#include "moderation/import.h"
#include "moderation/pack.h"
#include "moderation/status.h"

static const char rubric_text[] =
    "[rubric]\nid = plans\nversion = 1\ntitle = Plans\npractice_area = plans\n"
    "effective_from = 2026-04-01\n"
    "[criterion.child_focus]\nquestion = Is the child in the plan?\nmeasure = rating\n"
    "[criterion.actions]\nquestion = Are actions clear?\nmeasure = rating\n";

static const char levels[] = "inadequate|requires_improvement|good|outstanding";

/* What every test works with, beside the store. */
typedef struct {
    store_case        *here;
    rubric            *held;
    rubric_library     library;
    moderation_policy *policy;
    const char        *take_over; /* of the packs that are made */
    buffer             out;
    buffer             rejected;
    import_made        made;
} month;

static void month_open(month *of, void **state)
{
    store_case *here = *state;

    *of = (month){.here = here};
    of->held = rubric_read_bytes("plans.ini", rubric_text, strlen(rubric_text),
                                 &(rubric_context){0}, &here->errors);
    must(of->held != NULL);
    of->library = (rubric_library){.rubrics = &of->held, .rubric_count = 1};
    of->policy = moderation_policy_read(ASSAY_SOURCE_DIR "/examples/moderation/moderation.ini",
                                        &here->errors);
    must(of->policy != NULL);
}

static void month_close(month *of)
{
    buffer_free(&of->out);
    buffer_free(&of->rejected);
    rubric_free(of->held);
    moderation_policy_free(of->policy);
}

/* An audit of 1 June 2026, graded, and picked by a draw. */
static void put_picked(store_case *here, const char *audit_id, const char *auditor,
                       const char *team, const char *grade, bool triggered)
{
    static const char *const inadequate[] = {"inadequate"};
    const store_pair         ratings[] = {{"actions", "good"}, {"child_focus", "good"}};
    error_list              *errors = &here->errors;

    must(store_put_audit(here->kept,
                         &(store_audit){.audit_id = audit_id,
                                        .practice_area = "plans",
                                        .audit_date = "2026-06-01",
                                        .team = team,
                                        .auditor = auditor,
                                        .child_ref = "C-9",
                                        .auditor_grade = grade},
                         NULL, errors));
    must(store_put_grade(here->kept,
                         &(store_grade){.audit_id = audit_id,
                                        .rubric = "plans",
                                        .version = "1",
                                        .levels = levels,
                                        .judgement = "good",
                                        .score = 3000,
                                        .margin = 500,
                                        .coverage = 100,
                                        .ratings = {ratings, 2}},
                         NULL, errors));
    must(store_put_draw_member(here->kept,
                               &(store_draw_member){.audit_id = audit_id,
                                                    .draw = 1,
                                                    .stratum = auditor,
                                                    .probability = 0.5,
                                                    .picked_at_random = !triggered,
                                                    .triggers = {inadequate, triggered},
                                                    .picked = true,
                                                    .inclusion = triggered ? 1 : 0.5},
                               NULL, errors));
}

static void put_month(store_case *here)
{
    must(store_put_draw(here->kept,
                        &(store_draw){.number = 1,
                                      .seed = "7",
                                      .policy = "p",
                                      .policy_hash = "h",
                                      .from = "2026-06-01",
                                      .to = "2026-06-30"},
                        NULL, &here->errors));
    put_picked(here, "A-1", "Ash", "North", "good", false);
    put_picked(here, "A-2", "Ash", "North", "outstanding", false);
    put_picked(here, "A-3", "Birch", "South", "inadequate", true);
    put_picked(here, "A-4", "Cedar", "East", "good", false);
}

static pack_made make_pack(month *of, const char *moderator, size_t most)
{
    store_case *here = of->here;
    pack_made   made;

    buffer_free(&of->out);
    of->out = (buffer){0};
    must(pack_make(here->kept,
                   &(pack_request){.moderator = moderator,
                                   .take_over = of->take_over,
                                   .most = most,
                                   .format = "csv",
                                   .policy = of->policy,
                                   .library = &of->library},
                   &of->out, &made, &here->errors));
    must(buffer_end(&of->out));
    return made;
}

/* 31 July 2026: 20454 days to 1 January, and 31 + 28 + 31 + 30 + 31 + 30 + 30. */
enum { TODAY = 20454 + 211 };

typedef bool (*taker)(store *, const record_source *, const import_request *, buffer *,
                      import_made *, error_list *);

static void take(month *of, taker with, const char *bytes)
{
    store_case         *here = of->here;
    const record_source source = {.bytes = bytes, .size = strlen(bytes), .name = "back.csv"};

    buffer_free(&of->rejected);
    of->rejected = (buffer){0};
    must(with(here->kept, &source, &(import_request){of->policy, &of->library, TODAY},
              &of->rejected, &of->made, &here->errors));
    must(buffer_end(&of->rejected));
}

/* Takes a file of which nothing is wrong. */
static void take_well(month *of, taker with, const char *bytes, size_t recorded)
{
    store_case *here = of->here;

    take(of, with, bytes);
    if (of->made.handed_back > 0)
        print_errors(&here->errors);
    assert_int_equal(of->made.handed_back, 0);
    assert_int_equal(of->made.recorded, recorded);
}

static moderation_case case_of(month *of, const char *audit_id, moderation_cases *cases)
{
    store_case *here = of->here;

    must(moderation_cases_read(here->kept, NULL, cases, &here->errors));
    const moderation_case *one = moderation_case_of(cases, audit_id);
    assert_non_null(one);
    return *one;
}

#define HEAD "pack,audit_id,question_id,answer\n"
#define FORM(pack, audit, focus, actions, grade, day)                                              \
    pack "," audit ",child_focus," focus "\n" pack "," audit ",actions," actions "\n" pack         \
         "," audit ",moderator.practice_grade," grade "\n" pack "," audit                          \
         ",moderator.moderated_on," day "\n"

/* ---- Packs --------------------------------------------------------------------- */

static void nobody_gets_an_audit_of_their_own_or_of_their_team(void **state)
{
    month of;
    month_open(&of, state);
    put_month(of.here);

    /* Birch audits for South: A-3 is their own. Ash's and Cedar's are not. */
    pack_made made = make_pack(&of, "Birch", 0);
    assert_int_equal(made.audits, 3);
    assert_int_equal(made.not_theirs, 1);
    assert_null(strstr(of.out.bytes, "A-3"));
    month_close(&of);
}

/* Ash audited for North, O'Neill (as a spreadsheet writes it) A-5 for West. */
static void a_name_written_otherwise_is_nobody_else(void **state)
{
    month of;
    month_open(&of, state);
    put_month(of.here);
    put_picked(of.here, "A-5", "S. O\xE2\x80\x99Neill", "West", "good", false);

    const pack_made made = make_pack(&of, "O'Neill,\xC2\xA0S", 0);
    assert_int_equal(made.audits, 4);
    assert_int_equal(made.not_theirs, 1);
    assert_null(strstr(of.out.bytes, "A-5"));
    month_close(&of);
}

static void a_name_that_is_nearly_another_is_asked(void **state)
{
    month of;
    month_open(&of, state);
    put_month(of.here);

    make_pack(&of, "M. Osei", 1);
    assert_int_equal(of.here->errors.count, 0);
    make_pack(&of, "M. Oesi", 1);
    assert_said(of.here, "\"M. Oesi\" has neither audited nor moderated so far; did you mean \"M. "
                         "Osei\"?");
    make_pack(&of, "osei, m", 1);
    assert_int_equal(of.here->errors.count, 0);
    month_close(&of);
}

/* Mole audited nothing, Cedar A-4. */
static void what_somebody_has_not_moderated_is_taken_over(void **state)
{
    store_case      *here = *state;
    moderation_cases cases;
    pack_made        made;
    month            of;
    month_open(&of, state);
    put_month(here);
    make_pack(&of, "Moel", 0);
    take_well(&of, import_pack, HEAD FORM("pack-001", "A-1", "Good", "RI", "RI", "05/06/2026"), 1);

    of.take_over = "MOEL";
    made = make_pack(&of, "Cedar", 0);
    assert_int_equal(made.audits, 2); /* */
    assert_int_equal(made.not_theirs, 1);
    assert_null(strstr(of.out.bytes, "A-1")); /* it is moderated */
    made = make_pack(&of, "Mole", 0);
    assert_int_equal(made.audits, 1);
    assert_non_null(strstr(of.out.bytes, "A-4"));
    const moderation_case one = case_of(&of, "A-4", &cases);
    assert_string_equal(one.moderator, "Mole");
    assert_string_equal(one.pack, "pack-003");
    moderation_cases_free(&cases);

    /* what Moel sends all the same is not taken; the new pack is */
    take(&of, import_pack, HEAD FORM("pack-001", "A-4", "Good", "RI", "RI", "05/06/2026"));
    assert_int_equal(of.made.handed_back, 1);
    assert_said(here, "it is not in the pack \"pack-001\" but in \"pack-003\", of Mole");
    take_well(&of, import_pack, HEAD FORM("pack-003", "A-4", "Good", "RI", "RI", "05/06/2026"), 1);

    of.take_over = "Mole";
    buffer       out = {0};
    pack_request wrong = {.moderator = "mole ",
                          .take_over = "Mole",
                          .format = "csv",
                          .policy = of.policy,
                          .library = &of.library};
    assert_false(pack_make(here->kept, &wrong, &out, &made, &here->errors));
    assert_said(here, "cannot take over from \"Mole\": that is the same person");
    wrong.take_over = "Nobody";
    assert_false(pack_make(here->kept, &wrong, &out, &made, &here->errors));
    assert_said(here, "nobody of that name has audits");
    wrong.take_over = "Cedar";
    wrong.pack = "pack-002";
    assert_false(pack_make(here->kept, &wrong, &out, &made, &here->errors));
    assert_said(here, "leave --pack out");
    buffer_free(&out);
    month_close(&of);
}

/* Mole got A-2 when it was Ash's; then the spreadsheet is put right: it is Mole's own. */
static void a_pack_comes_back_for_what_the_audits_are_now(void **state)
{
    store_case *here = *state;
    month       of;
    month_open(&of, state);
    put_month(of.here);
    make_pack(&of, "Mole", 0);
    must(store_put_audit(here->kept,
                         &(store_audit){.audit_id = "A-2",
                                        .practice_area = "plans",
                                        .audit_date = "2026-06-01",
                                        .team = "East",
                                        .auditor = "MOLE ",
                                        .child_ref = "C-9",
                                        .auditor_grade = "outstanding"},
                         NULL, &here->errors));

    take(&of, import_pack,
         HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "05/06/2026")
             FORM("pack-001", "A-2", "Good", "RI", "Good", "05/06/2026")
                 FORM("pack-001", "A-4", "Good", "RI", "Good", "05/06/2026"));
    assert_int_equal(of.made.recorded, 1);
    assert_int_equal(of.made.handed_back, 2);
    assert_said(of.here, "audit A-2: Mole cannot moderate it: it is an audit of their own");
    assert_non_null(
        strstr(of.rejected.bytes, "Mole cannot moderate it: it is the work of their own team"));
    month_close(&of);
}

static void those_that_were_triggered_are_given_first(void **state)
{
    month of;
    month_open(&of, state);
    put_month(of.here);

    pack_made made = make_pack(&of, "Mole", 1);
    assert_int_equal(made.audits, 1);
    assert_int_equal(made.left, 3);
    assert_non_null(strstr(of.out.bytes, "A-3"));
    assert_string_equal(made.pack, "pack-001");
    made = make_pack(&of, "Mole", 0); /* what was given is not given again */
    assert_int_equal(made.audits, 3);
    assert_string_equal(made.pack, "pack-002");
    assert_null(strstr(of.out.bytes, "A-3"));
    assert_int_equal(make_pack(&of, "Mole", 0).audits, 0);
    month_close(&of);
}

static void a_pack_names_no_auditor_and_no_grade(void **state)
{
    month of;
    month_open(&of, state);
    put_month(of.here);

    make_pack(&of, "Mole", 0);
    assert_null(strstr(of.out.bytes, "Ash"));
    assert_null(strstr(of.out.bytes, "Cedar"));
    assert_null(strstr(of.out.bytes, "inadequate,")); /* among the choices alone, with a bar */
    assert_non_null(strstr(of.out.bytes, "C-9"));     /* or the file cannot be found */
    month_close(&of);
}

/* ---- What comes back --------------------------------------------------------------- */

static void what_is_right_is_recorded_and_the_rest_handed_back(void **state)
{
    static const char back[] = HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "05/06/2026")
        FORM("pack-001", "A-2", "Goood", "RI", "Good", "31/05/2026")
            FORM("pack-001", "A-3", "", "", "", "");
    moderation_cases cases;
    month            of;
    month_open(&of, state);
    put_month(of.here);
    make_pack(&of, "Mole", 0);

    take(&of, import_pack, back);
    assert_int_equal(of.made.audits, 3);
    assert_int_equal(of.made.recorded, 1);
    assert_int_equal(of.made.handed_back, 1);
    assert_int_equal(of.made.open, 1);
    assert_non_null(strstr(of.rejected.bytes, "A-2"));
    assert_null(strstr(of.rejected.bytes, "A-1"));
    assert_said(of.here, "\"Goood\" is not an answer to child_focus; did you mean \"good\"?");
    /* auditor and moderator say good, so that is the final grade. */
    const moderation_case one = case_of(&of, "A-1", &cases);
    assert_string_equal(one.final_grade, "good");
    assert_string_equal(one.how, "agreed");
    assert_string_equal(one.moderated_on, "2026-06-05");
    moderation_cases_free(&cases);
    month_close(&of);
}

static void the_same_file_twice_changes_nothing(void **state)
{
    static const char back[] = HEAD FORM("pack-001", "A-2", "Good", "RI", "Good", "05/06/2026");
    month                           of;
    month_open(&of, state);
    put_month(of.here);
    make_pack(&of, "Mole", 0);

    take_well(&of, import_pack, back, 1);
    assert_int_equal(of.made.differ, 1);
    take_well(&of, import_pack, back, 0);
    assert_int_equal(of.made.same, 1);
    month_close(&of);
}

static void every_fault_of_an_audit_is_told(void **state)
{
    static const struct {
        const char *back, *said;
    } wrong[] = {
        {HEAD "pack-001,A-9,child_focus,Good\n", "the store has no such audit"},
        {HEAD "pack-002,A-1,child_focus,Good\n", "it is not in the pack \"pack-002\""},
        {HEAD "pack-001,A-1,child_focus,Good\n", "actions is not answered"},
        {HEAD "pack-001,A-1,child_focus,Good\n", "moderator.practice_grade is not answered"},
        {HEAD "pack-001,A-1,child,Good\n", "\"child\" is not a question of the pack"},
        {HEAD "pack-001,A-1,child_focus,Good\npack-001,A-1,child_focus,RI\n", "answered twice"},
        {HEAD "pack-001,A-1,child_focus,Good,more\n", "the record has more cells"},
        {HEAD FORM("pack-001", "A-1", "Good", "RI", "n/a", "05/06/2026"), "\"n/a\" is not a grade"},
        {HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "5 6 26"), "is not a date"},
        {HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "46178"), "Excel's number of a day"},
        {HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "31/05/2026"), "is before the audit"},
        {HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "01/08/2026"), "is still to come"},
    };
    month of;
    month_open(&of, state);
    put_month(of.here);
    make_pack(&of, "Mole", 0);

    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        take(&of, import_pack, wrong[w].back);
        assert_int_equal(of.made.recorded, 0);
        assert_int_equal(of.made.handed_back, 1);
        assert_said(of.here, wrong[w].said);
    }
    month_close(&of);
}

/* ---- Both grades ------------------------------------------------------------------- */

static size_t compare(month *of)
{
    store_case *here = of->here;
    size_t      count;

    buffer_free(&of->out);
    of->out = (buffer){0};
    must(compare_write(here->kept, &(compare_request){NULL, "csv", of->policy}, &of->out, &count,
                       &here->errors));
    must(buffer_end(&of->out));
    return count;
}

static void once_both_grades_were_shown_the_blind_one_stands(void **state)
{
    month of;
    month_open(&of, state);
    put_month(of.here);
    make_pack(&of, "Mole", 0);

    take_well(
        &of, import_pack,
        HEAD FORM("pack-001", "A-2", "not_applicable", "Nothing recorded", "RI", "05/06/2026"), 1);
    /* before, a slip can be put right */
    take_well(&of, import_pack, HEAD FORM("pack-001", "A-2", "Good", "RI", "Good", "05/06/2026"),
              1);
    assert_int_equal(compare(&of), 1);
    assert_non_null(strstr(of.out.bytes, "outstanding,good,Mole,good"));
    take(&of, import_pack, HEAD FORM("pack-001", "A-2", "RI", "RI", "RI", "05/06/2026"));
    assert_int_equal(of.made.handed_back, 1);
    assert_said(of.here, "both grades have been shown since");
    month_close(&of);
}

#define SHEET                                                                                      \
    "audit_id,reason_code,reason_text,audit_quality_grade,auditor_answer,answered_by,"             \
    "dispute_text,decided_by,final_grade,decision_text\n"

static void put_differing(month *of)
{
    put_month(of->here);
    make_pack(of, "Mole", 0);
    take_well(of, import_pack,
              HEAD FORM("pack-001", "A-2", "Good", "RI", "Good", "05/06/2026")
                  FORM("pack-001", "A-4", "RI", "Inadequate", "Inadequate", "06/06/2026"),
              2);
    compare(of);
}

static void a_reason_and_an_acceptance_make_the_moderators_grade_final(void **state)
{
    moderation_cases cases;
    month            of;
    month_open(&of, state);
    put_differing(&of);

    take_well(&of, import_decisions,
              SHEET "A-2,standard_of_good,No impact is shown,RI,accept,Ash,,,,\n", 1);
    const moderation_case one = case_of(&of, "A-2", &cases);
    assert_string_equal(one.final_grade, "good");
    assert_string_equal(one.how, "moderator");
    assert_string_equal(one.decided_by, "Ash");            /* who accepted it */
    assert_string_equal(one.auditor_grade, "outstanding"); /* side by side, none over another */
    assert_string_equal(one.practice_grade, "good");
    assert_string_equal(one.audit_quality_grade, "requires_improvement");
    moderation_cases_free(&cases);
    month_close(&of);
}

static void a_dispute_goes_to_a_third_person(void **state)
{
    static const char decided[] =
        SHEET "A-4,evidence_missed,A fall was not followed up,,dispute,Cedar,It was,Elm,"
              "Requires improvement,It was followed up late\n";
    moderation_cases cases;
    month            of;
    month_open(&of, state);
    put_differing(&of);

    take_well(&of, import_decisions,
              SHEET "A-4,evidence_missed,A fall was not followed up,,dispute,Cedar,It was,,,\n", 1);
    moderation_case one = case_of(&of, "A-4", &cases);
    assert_int_equal(moderation_stage_of(&one), CASE_DISPUTED);
    moderation_cases_free(&cases);
    take_well(&of, import_decisions, decided, 1);
    one = case_of(&of, "A-4", &cases);
    assert_string_equal(one.final_grade, "requires_improvement");
    assert_string_equal(one.decided_by, "Elm");
    assert_string_equal(one.how, "third_person");
    moderation_cases_free(&cases);
    take_well(&of, import_decisions, decided, 0);
    assert_int_equal(of.made.same, 1);
    month_close(&of);
}

static void every_fault_of_a_decision_is_told(void **state)
{
    static const struct {
        const char *row, *said;
    } wrong[] = {
        {"A-2,nonsense,x,,,,,,,\n", "\"nonsense\" is not a reason of the policy"},
        {"A-2,slip,,,,,,,,\n", "no reason is given in words"},
        {"A-2,,,,accept,Ash,,,,\n", "the auditor answers before a reason is given"},
        {"A-2,slip,x,,perhaps,Ash,,,,\n", "\"perhaps\" is no answer"},
        {"A-2,slip,x,,dispute,Ash,,,,\n", "a dispute says nothing"},
        {"A-2,slip,x,,,,,Elm,Good,y\n", "nobody disputes it"},
        {"A-2,slip,x,,dispute,Ash,z,Mole,Good,y\n", "Mole cannot decide it: they moderated it"},
        {"A-2,slip,x,,dispute,Ash,z,Ash,Good,y\n",
         "Ash cannot decide it: it is an audit of their own"},
        {"A-2,slip,x,,dispute,Ash,z,Elm,Goood,y\n", "\"Goood\" is not a grade"},
        {"A-2,slip,x,,dispute,Ash,z,Elm,Good,\n", "the decision has no reason"},
        {"A-2,slip,x,,accept,,,,,\n", "nobody is named for the answer"},
        {"A-2,slip,x,,accept,-,,,,\n", "nobody is named for the answer"},
        {"A-2,slip,x,,accept,MOLE,,,,\n", "MOLE moderated it, and cannot answer it too"},
        {"A-2,slip,x,,dispute,Mole,z,,,\n", "Mole moderated it, and cannot answer it too"},
        {"A-2,slip,x,,dispute,Ash,z,\"mole,\",Good,y\n", "they moderated it"},
        {"A-1,slip,x,,,,,,,\n", "it is not moderated yet"},
        {"A-9,slip,x,,,,,,,\n", "the store has no such audit"},
    };
    char  bytes[512];
    month of;
    month_open(&of, state);
    put_differing(&of);

    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        snprintf(bytes, sizeof bytes, SHEET "%s", wrong[w].row);
        take(&of, import_decisions, bytes);
        assert_int_equal(of.made.recorded, 0);
        assert_int_equal(of.made.handed_back, 1);
        assert_said(of.here, wrong[w].said);
    }
    month_close(&of);
}

static void a_final_grade_is_not_changed(void **state)
{
    month of;
    month_open(&of, state);
    put_differing(&of);

    take_well(&of, import_decisions, SHEET "A-2,slip,x,,dispute,Ash,z,Elm,Good,y\n", 1);
    take(&of, import_decisions, SHEET "A-2,slip,x,,dispute,Ash,z,Elm,RI,y\n");
    assert_int_equal(of.made.handed_back, 1);
    assert_said(of.here, "Elm decided it already; a final grade is not changed");
    month_close(&of);
}

static void a_dispute_of_grades_that_agree_is_handed_back(void **state)
{
    month of;
    month_open(&of, state);
    put_month(of.here);
    make_pack(&of, "Mole", 0);
    take_well(&of, import_pack, HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "05/06/2026"),
              1);

    take(&of, import_decisions, SHEET "A-1,,,Good,dispute,Ash,It was seen,,,\n");
    assert_int_equal(of.made.recorded, 0);
    assert_int_equal(of.made.handed_back, 1);
    assert_said(of.here, "gave the same grade, so there is nothing to dispute");
    assert_non_null(strstr(of.rejected.bytes, "It was seen"));
    take_well(&of, import_decisions, SHEET "A-1,,,Good,,,,,,\n", 1);
    month_close(&of);
}

static void what_was_accepted_is_not_disputed_any_more(void **state)
{
    static const char accepted[] = SHEET "A-2,slip,x,,accept,Ash,,,,\n";
    month             of;
    month_open(&of, state);
    put_differing(&of);

    take_well(&of, import_decisions, accepted, 1);
    take_well(&of, import_decisions, accepted, 0);
    take(&of, import_decisions, SHEET "A-2,slip,x,,dispute,Ash,After all,,,\n");
    assert_int_equal(of.made.handed_back, 1);
    assert_said(of.here, "Ash decided it already; a final grade is not disputed any more");
    month_close(&of);
}

/* the auditor said good. The moderator's slip said so too; they meant RI. */
static void a_slip_by_which_both_agreed_is_put_right_before_anything_is_shown(void **state)
{
    static const char meant[] = HEAD FORM("pack-001", "A-1", "RI", "RI", "RI", "05/06/2026");
    moderation_cases                 cases;
    month                            of;
    month_open(&of, state);
    put_month(of.here);
    make_pack(&of, "Mole", 0);
    take_well(&of, import_pack, HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "05/06/2026"),
              1);

    take_well(&of, import_pack, meant, 1);
    assert_int_equal(of.made.differ, 1);
    moderation_case one = case_of(&of, "A-1", &cases);
    assert_int_equal(moderation_stage_of(&one), CASE_DIFFERS);
    assert_string_equal(one.practice_grade, "requires_improvement");
    moderation_cases_free(&cases);
    take_well(&of, import_pack, meant, 0);
    assert_int_equal(compare(&of), 1);
    take_well(&of, import_decisions, SHEET "A-1,slip,x,Good,accept,Ash,,,,\n", 1);
    one = case_of(&of, "A-1", &cases);
    assert_string_equal(one.final_grade, "requires_improvement");
    moderation_cases_free(&cases);
    month_close(&of);
}

static void a_slip_back_to_the_first_grade_agrees_again(void **state)
{
    moderation_cases cases;
    month            of;
    month_open(&of, state);
    put_month(of.here);
    make_pack(&of, "Mole", 0);

    take_well(&of, import_pack, HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "05/06/2026"),
              1);
    take_well(&of, import_pack, HEAD FORM("pack-001", "A-1", "Good", "RI", "RI", "05/06/2026"), 1);
    take_well(&of, import_pack, HEAD FORM("pack-001", "A-1", "Good", "RI", "Good", "05/06/2026"),
              1);
    const moderation_case one = case_of(&of, "A-1", &cases);
    assert_string_equal(one.final_grade, "good");
    assert_string_equal(one.how, "agreed");
    moderation_cases_free(&cases);

    /* the audit's own quality is still to be graded, so it was in the comparison */
    assert_int_equal(compare(&of), 1);
    take(&of, import_pack, HEAD FORM("pack-001", "A-1", "Good", "RI", "RI", "05/06/2026"));
    assert_said(of.here, "both grades have been shown since, and its final grade is good");
    month_close(&of);
}

/* ---- Actions and status ---------------------------------------------------------------- */

#define ACTIONS "audit_id,number,what,owner_role,due,closed,evidence,re_audit_due\n"

static void actions_are_added_once_and_closed_with_evidence(void **state)
{
    month       of;
    size_t      count;
    store_case *here;
    month_open(&of, state);
    here = of.here;
    put_differing(&of);
    take_well(&of, import_decisions, SHEET "A-4,slip,x,,accept,Cedar,,,,\n", 1);

    must(actions_write(here->kept, of.policy, &of.out, &count, &here->errors));
    assert_int_equal(count, 1); /* A-4 is inadequate, and has none */
    take_well(&of, import_actions,
              ACTIONS "A-4,,Visit the child,Team manager,10/06/2026,,,\nA-4,,,,12/06/2026,,,\n", 1);
    assert_int_equal(of.made.open, 1); /* the empty row of the sheet */
    take_well(&of, import_actions, ACTIONS "A-4,,Visit the child,Team manager,10/06/2026,,,\n", 0);
    assert_int_equal(of.made.same, 1);
    take(&of, import_actions,
         ACTIONS "A-4,1,Visit the child,Team manager,10/06/2026,09/06/2026,,\n");
    assert_said(here, "it is closed without evidence");
    take_well(&of, import_actions,
              ACTIONS "A-4,1,Visit the child,Team manager,10/06/2026,09/06/2026,Seen,\n", 1);
    take(&of, import_actions, ACTIONS "A-4,2,x,Team manager,10/06/2026,,,\n");
    assert_said(here, "the audit has no action 2");
    month_close(&of);
}

/* Four picked; A-2 (outstanding, moderated good) and A-4 (good, moderated inadequate) came back 4 and
 * 5 days after the audit; on 20 June the two others wait 19 days, over the 10 of the policy. */
static void status_counts_what_waits_and_what_is_late(void **state)
{
    moderation_status status;
    month             of;
    store_case       *here;
    month_open(&of, state);
    here = of.here;
    put_differing(&of);
    must(store_put_planned(here->kept, &(store_planned){"2026-06", "North", "Ash", "plans", 5},
                           NULL, &here->errors));
    take_well(&of, import_actions, ACTIONS "A-4,,Visit,Team manager,10/06/2026,,,\n", 1);

    must(status_read(here->kept, &(status_request){.today = 20454 + 170, .policy = of.policy},
                     &status, &here->errors));
    assert_int_equal(status.all.planned, 5);
    assert_int_equal(status.all.audits, 4);
    assert_int_equal(status.all.picked, 4);
    assert_int_equal(status.all.at_random, 3);
    assert_int_equal(status.all.also_triggered, 0);
    assert_int_equal(status.all.triggered_only, 1);
    assert_int_equal(status.all.moderated, 2);
    assert_int_equal(status.all.higher, 2);
    assert_int_equal(status.all.lower, 0);
    assert_int_equal(status.all.missed, 1);
    assert_int_equal(status.all.assigned, 2);
    assert_int_equal(status.all.differ, 2);
    assert_int_equal(status.all.late, 2);
    assert_int_equal(status.median_lag, 4);
    assert_int_equal(status.longest_lag, 5);
    assert_int_equal(status.all.actions, 1);
    assert_int_equal(status.all.overdue, 1);
    assert_int_equal(status.by[STATUS_BY_AUDITOR].count, 3);
    assert_string_equal(status.by[STATUS_BY_AUDITOR].rows[0].name, "Ash");
    assert_int_equal(status.by[STATUS_BY_AUDITOR].rows[0].planned, 5);
    assert_int_equal(status.by[STATUS_BY_AUDITOR].rows[0].audits, 2);
    status_free(&status);
    month_close(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(nobody_gets_an_audit_of_their_own_or_of_their_team),
        store_test(a_name_written_otherwise_is_nobody_else),
        store_test(a_name_that_is_nearly_another_is_asked),
        store_test(what_somebody_has_not_moderated_is_taken_over),
        store_test(a_pack_comes_back_for_what_the_audits_are_now),
        store_test(those_that_were_triggered_are_given_first),
        store_test(a_pack_names_no_auditor_and_no_grade),
        store_test(what_is_right_is_recorded_and_the_rest_handed_back),
        store_test(the_same_file_twice_changes_nothing),
        store_test(every_fault_of_an_audit_is_told),
        store_test(once_both_grades_were_shown_the_blind_one_stands),
        store_test(a_reason_and_an_acceptance_make_the_moderators_grade_final),
        store_test(a_dispute_goes_to_a_third_person),
        store_test(every_fault_of_a_decision_is_told),
        store_test(a_final_grade_is_not_changed),
        store_test(a_dispute_of_grades_that_agree_is_handed_back),
        store_test(what_was_accepted_is_not_disputed_any_more),
        store_test(a_slip_by_which_both_agreed_is_put_right_before_anything_is_shown),
        store_test(a_slip_back_to_the_first_grade_agrees_again),
        store_test(actions_are_added_once_and_closed_with_evidence),
        store_test(status_counts_what_waits_and_what_is_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
