/* page_plain.c - the page for councillors: the same facts, without the words of statistics. */
#include "board/page.h"

#include "writing/words.h"

enum { CRITERIA_SHOWN = 5 };

static const char title[] = "How good is our work with children?";

/* "we are fairly sure it is between 31% and 46%" */
static void fairly_sure(buffer *out, double low, double high)
{
    buffer_string(out, "we are fairly sure it is between ");
    say_share(out, low);
    buffer_string(out, " and ");
    say_share(out, high);
}

static void small_label(buffer *out, const char *label)
{
    buffer plain = {0};

    buffer_string(&plain, label);
    if (!plain.failed && label[0] >= 'A' && label[0] <= 'Z')
        plain.bytes[0] = (char)(label[0] - 'A' + 'a');
    html_flush(out, &plain);
    buffer_free(&plain);
}

/* ---- In short ------------------------------------------------------------------------------ */

static void missed(buffer *out, const board_facts *facts)
{
    const uint64_t missed = facts->agreement.missed_count;

    buffer_string(out, missed > 0 ? "<p class=\"first\">" : "<p>");
    if (facts->status.all.moderated == 0) {
        buffer_string(out,
                      "Nobody has checked the auditors&#8217; own judgements in this period, so we "
                      "do not know whether poor work was missed.");
    } else if (missed == 0) {
        buffer_string(out, "A second person checked ");
        say_count(out, facts->status.all.moderated, "audit", "audits");
        buffer_string(out, " and found none where ");
        small_label(out, facts->labels[0]);
        buffer_string(out, " work had been missed.");
    } else {
        buffer_string(out, "<strong>In ");
        say_count(out, missed, "case", "cases");
        buffer_string(out, " work that was ");
        small_label(out, facts->labels[0]);
        buffer_string(out,
                      " had first been given a better grade.</strong> A second person who checked "
                      "the audit found it. Ask what was done for these children.");
    }
    buffer_string(out, "</p>\n");
}

static void against_target(buffer *out, const board_facts *facts)
{
    static const char *const words[] = {
        [TARGET_BELOW] = "We are below our own target of ",
        [TARGET_UNSURE] = "We cannot yet say whether we have reached our own target of ",
        [TARGET_REACHED] = "We have reached our own target of ",
    };

    const target_standing stands = stand_to_target(facts);

    buffer_string(out, "<p>");
    if (stands == TARGET_UNKNOWN) {
        buffer_string(out, "Whether we have reached our own target of ");
        say_share(out, facts->asked->target.share);
        buffer_string(out, " is not known yet: ");
        say_outside(out, facts);
    } else {
        buffer_string(out, words[stands]);
        say_share(out, facts->asked->target.share);
    }
    buffer_string(out,
                  ". This target is ours: it is what our director believes inspectors look for. "
                  "Ofsted has no such rule.");
    if (next_meeting(facts)) {
        buffer_string(out,
                      " If things go on as they did, the chance of reaching it in six weeks is ");
        say_chance(out, next_meeting(facts)->chance);
        buffer_byte(out, '.');
    }
    buffer_string(out, "</p>\n");
}

/* Where the target cannot be judged for them, against_target() names the audits outside. */
static void outside_words(buffer *out, const board_facts *facts)
{
    const estimate_result *result = &facts->estimated.result;

    if (result->not_covered == 0)
        return;
    buffer_string(out, " Of all ");
    say_count(out, result->audits, "audit", "audits");
    buffer_string(out, " they said ");
    say_share(out, result->auditors.good.share);
    buffer_byte(out, '.');
    if (facts->asked->target.given && stand_to_target(facts) == TARGET_UNKNOWN)
        return;
    buffer_string(out, " Not among them: ");
    say_outside(out, facts);
    buffer_byte(out, '.');
}

static void how_good(buffer *out, const board_facts *facts)
{
    const estimate_result *result = &facts->estimated.result;
    const estimate_figure *of = &result->corrected;

    if (!corrected_known(facts)) {
        buffer_string(out,
                      "<p>Too few audits have been checked by a second person to say how good the "
                      "work really is");
        if (facts->asked->target.given) {
            buffer_string(out, ", so whether we have reached our own target of ");
            say_share(out, facts->asked->target.share);
            buffer_string(out, " is not known yet. Ofsted has no such target; it is what our "
                               "director believes inspectors look for");
        }
        buffer_string(out, ". What follows is what the auditors think.</p>\n");
        return;
    }
    buffer_string(out, "<p>About <strong>");
    say_share(out, of->good.share);
    buffer_string(out, "</strong> of the work");
    if (result->not_covered > 0) {
        buffer_string(out, " in ");
        buffer_grouped(out, result->covered);
        buffer_string(out, " of the ");
        say_count(out, result->audits, "audit", "audits");
    }
    buffer_string(out, " is ");
    say_good(out, facts, true);
    buffer_string(out, ": ");
    fairly_sure(out, of->good.low, of->good.high);
    buffer_string(out, ". This allows for how strict or generous the auditors are. The auditors "
                       "themselves said ");
    say_share(out, own_figure(facts)->good.share);
    buffer_string(out, result->not_covered > 0 ? " of the same audits." : ".");
    outside_words(out, facts);
    if (estimate_is_hint(result))
        buffer_string(out, " Few audits have been checked so far: this is a first hint.");
    buffer_string(out, "</p>\n");
    if (facts->asked->target.given)
        against_target(out, facts);
}

static void changed(buffer *out, const board_facts *facts)
{
    const board_change change = change_since(facts);

    buffer_string(out, "<p>Since the last meeting on ");
    say_date(out, facts->since);
    buffer_string(out, ", ");
    say_count(out, facts->after.graded, "file was", "files were");
    buffer_string(out, " audited. ");
    if (!change.known)
        buffer_string(out,
                      "That is too few, or there were too few before, to say whether the work has "
                      "changed.");
    else if (change.low > 0)
        buffer_string(out, "The work was better than before, by more than luck would explain.");
    else if (change.high < 0)
        buffer_string(out, "The work was worse than before, by more than luck would explain.");
    else
        buffer_string(out, "The difference to the time before is small enough to be luck.");
    buffer_string(out, "</p>\n");
}

static void in_short(buffer *out, const board_facts *facts)
{
    part_open(out, "short", "In short");
    missed(out, facts);
    how_good(out, facts);
    changed(out, facts);
    part_close(out);
}

/* ---- Grades ---------------------------------------------------------------------------------- */

/* What the table is not: neither of the figures above it, nor what Ofsted would say. */
static void grades_note(buffer *out, const board_facts *facts)
{
    const bool mixed = facts->status.all.decided > 0 && corrected_known(facts);
    const bool judged = facts->edition && !facts->edition->overall;

    if (!mixed && !judged)
        return;
    buffer_string(out, "<p class=\"small\">");
    if (mixed)
        buffer_string(out,
                      "The table mixes grades that were checked and others that were not, so its "
                      "share is neither of those under &#8220;In short&#8221;. ");
    if (judged)
        buffer_string(out, "The areas are those that Ofsted judges. It gives no single grade for a "
                           "whole service, and audits are of files: they are not what Ofsted would "
                           "say of the council.");
    buffer_string(out, "</p>\n");
}

static void grades(buffer *out, const board_facts *facts)
{
    part_open(out, "grades", "Grades by kind of work");
    if (facts->all.graded == 0) {
        buffer_string(out, "<p>No audit of this period has a grade.</p>\n");
        part_close(out);
        return;
    }
    areas_chart(out, facts);
    grades_head(out, facts,
                facts->status.all.decided > 0 ? "Audits by grade: the one settled after a second "
                                                "check, else the auditor&#8217;s"
                                              : "Audits by grade, as the auditors gave them",
                "Audits of");
    for (size_t a = 0; a < facts->areas.count; a++)
        grades_row(out, facts, area_name(&facts->areas.rows[a]), &facts->areas.rows[a].grades);
    grades_row(out, facts, "All audits", &facts->all);
    buffer_string(out, GRADES_END);
    grades_note(out, facts);
    part_close(out);
}

/* ---- What gets in the way ---------------------------------------------------------------------- */

static void criteria(buffer *out, const board_facts *facts)
{
    const size_t shown =
        facts->criterion_count < CRITERIA_SHOWN ? facts->criterion_count : CRITERIA_SHOWN;
    buffer plain = {0};

    part_open(out, "criteria", "What most often keeps the work from being better");
    if (shown == 0)
        buffer_string(out, "<p>Nothing stood out in this period.</p>\n");
    else
        buffer_string(out, "<ol>\n");
    for (size_t k = 0; k < shown; k++) {
        const board_criterion *seen = &facts->criteria[k];
        buffer_string(out, "<li>");
        if (*seen->question)
            buffer_string(&plain, seen->question);
        else
            name_of_id(&plain, seen->id);
        html_flush(out, &plain);
        buffer_string(out, " (");
        name_of_id(&plain, seen->practice_area);
        html_flush(out, &plain);
        buffer_string(out, ": ");
        buffer_grouped(out, seen->held);
        buffer_string(out, " of ");
        say_count(out, seen->of, "audit)", "audits)");
        buffer_string(out, "</li>\n");
    }
    if (shown > 0)
        buffer_string(out, "</ol>\n");
    buffer_free(&plain);
    part_close(out);
}

/* ---- Can we trust it ----------------------------------------------------------------------------- */

static void checked(buffer *out, const board_facts *facts)
{
    const agreement_figures *of =
        &facts->agreement.figures[AUDITOR_AND_MODERATOR][PICKED_AT_RANDOM];
    const status_row *all = &facts->status.all;

    part_open(out, "checked", "Can we trust the grades?");
    buffer_string(out, "<p>");
    say_count(out, all->audits, "file was", "files were");
    buffer_string(out, " audited");
    if (all->planned > 0) {
        buffer_string(out, "; ");
        buffer_grouped(out, all->planned);
        buffer_string(out, " were planned");
    }
    buffer_string(out, ". A second person, who had not seen the first grade, checked ");
    buffer_grouped(out, all->moderated);
    buffer_string(out, " of them.");
    if (all->late > 0) {
        buffer_string(out, " In ");
        say_count(out, all->late, "case", "cases");
        buffer_string(out, " the check was later than it should be.");
    }
    buffer_string(out, "</p>\n");
    if (of->count >= facts->least) {
        buffer_string(out, "<p>Of ");
        say_count(out, of->count, "audit", "audits");
        buffer_string(out, " chosen by lot, both gave the same grade to ");
        buffer_grouped(out, of->compared.same);
        buffer_string(out, ". The auditor was more generous on ");
        buffer_grouped(out, of->compared.first_higher);
        buffer_string(out, " and stricter on ");
        buffer_grouped(out, of->compared.second_higher);
        buffer_string(out, ".</p>\n");
    }
    part_close(out);
}

/* ---- Put right ------------------------------------------------------------------------------------- */

static void actions(buffer *out, const board_facts *facts)
{
    const board_actions *of = &facts->actions;

    part_open(out, "actions", "Is what we find put right?");
    buffer_string(out, "<p>");
    if (of->all == 0) {
        buffer_string(out, "No actions have been written down, so nobody can say.");
    } else {
        say_count(out, of->open, "action is", "actions are");
        buffer_string(out, " still to be done, ");
        if (of->overdue > 0) {
            buffer_grouped(out, of->overdue);
            buffer_string(out, " of them late (the oldest by ");
            say_count(out, of->longest, "day)", "days)");
        } else {
            buffer_string(out, "none of them late");
        }
        buffer_string(out, ". Since the last meeting ");
        say_count(out, of->closed_since, "was finished; ", "were finished; ");
        say_count(out, of->re_audits, "file is", "files are");
        buffer_string(out, " due to be looked at again by now.");
    }
    buffer_string(out, "</p>\n");
    part_close(out);
}

/* ---- Staffing ---------------------------------------------------------------------------------------- */

static void month_heading(buffer *out, const char *month)
{
    buffer plain = {0};

    buffer_string(out, "<th scope=\"col\" class=\"number\">");
    name_of_month(&plain, month);
    html_flush(out, &plain);
    buffer_free(&plain);
    buffer_string(out, "</th>");
}

static void staffing(buffer *out, const board_facts *facts)
{
    const workforce *staff = facts->asked->workforce;
    const size_t     latest = staff_latest(facts);

    part_open(out, "staffing", "Staffing");
    if (latest == SIZE_MAX) {
        buffer_string(out, "<p>There are no figures of staffing for this period.</p>\n");
        part_close(out);
        return;
    }
    buffer_string(
        out, "<p>They may help to explain the grades, and change none.</p>\n<table><caption>From "
             "the lowest team to the highest</caption><thead><tr><th scope=\"col\">Figure</th>");
    if (latest > 0)
        month_heading(out, facts->staff.months[0]);
    month_heading(out, facts->staff.months[latest]);
    buffer_string(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < staff->count; i++) {
        buffer_string(out, "<tr><th scope=\"row\">");
        html_string(out, staff->indicators[i].title);
        if (*staff->indicators[i].unit) {
            buffer_string(out, ", ");
            html_string(out, staff->indicators[i].unit);
        }
        buffer_string(out, "</th>");
        if (latest > 0)
            range_cell(out, facts, 0, i);
        range_cell(out, facts, latest, i);
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</tbody></table>\n");
    part_close(out);
}

/* ---- The page ------------------------------------------------------------------------------------------ */

static void head(buffer *out, const board_facts *facts)
{
    buffer_string(out, "<header>\n<h1>");
    buffer_string(out, title);
    buffer_string(out, "</h1>\n<p class=\"lead\">What ");
    say_count(out, facts->audits, "audit of children&#8217;s files says, ",
              "audits of children&#8217;s files say, ");
    say_date(out, facts->from);
    buffer_string(out, " to ");
    say_date(out, facts->to);
    buffer_string(out, ".</p>\n</header>\n<main id=\"main\">\n");
}

static void foot(buffer *out, const board_facts *facts)
{
    buffer_string(
        out, "</main>\n<footer><p class=\"small\">An audit: somebody reads a child&#8217;s file "
             "and says how good the work was. Fairly sure: we would be right about 19 times in "
             "20. With under ");
    buffer_grouped(out, facts->least);
    buffer_string(out,
                  " audits there are numbers alone. No child and no worker is named on this page. "
                  "As things stood on ");
    say_date(out, facts->today);
    buffer_string(out, ". Made by Assay ");
    html_string(out, facts->asked->assay_version);
    buffer_string(out, ".</p></footer>\n");
}

void plain_page(buffer *out, const board_facts *facts)
{
    html_open_page(out, &(html_page){.title = title, .style = board_style});
    chart_patterns(out, facts->scale, 0);
    head(out, facts);
    in_short(out, facts);
    grades(out, facts);
    criteria(out, facts);
    buffer_string(out, "<div class=\"pair\">\n<div>\n");
    checked(out, facts);
    actions(out, facts);
    buffer_string(out, "</div>\n");
    staffing(out, facts);
    buffer_string(out, "</div>\n");
    foot(out, facts);
    html_close(out);
}
