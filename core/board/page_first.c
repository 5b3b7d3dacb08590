#include "board/page.h"

#include "writing/words.h"

/* ---- Missed at the lowest level ------------------------------------------------------- */

static void small_lowest(buffer *out, const board_facts *facts)
{
    buffer plain = {0};

    buffer_string(&plain, facts->labels[0]);
    if (!plain.failed && plain.bytes[0] >= 'A' && plain.bytes[0] <= 'Z')
        plain.bytes[0] = (char)(plain.bytes[0] - 'A' + 'a');
    html_flush(out, &plain);
    buffer_free(&plain);
}

static void missed(buffer *out, const board_facts *facts)
{
    const moderation_agreement *agreed = &facts->agreement;

    if (agreed->missed_count == 0) {
        buffer_string(out, "<p>");
        if (facts->status.all.moderated == 0) {
            buffer_string(out,
                          "<strong>No audit of this period has been moderated</strong>, so it is "
                          "not known whether any ");
            small_lowest(out, facts);
            buffer_string(out, " practice was missed.");
        } else {
            buffer_string(out, "No audit that its auditor graded higher was found ");
            small_lowest(out, facts);
            buffer_string(out, " by a moderator, of ");
            say_count(out, facts->status.all.moderated, "moderated audit.", "moderated audits.");
        }
        buffer_string(out, "</p>\n");
        return;
    }
    buffer_string(out, "<p class=\"first\"><strong>Missed ");
    small_lowest(out, facts);
    buffer_string(out, ": ");
    buffer_grouped(out, agreed->missed_count);
    buffer_string(out, ".</strong> The moderator found ");
    small_lowest(out, facts);
    buffer_string(out, " practice that the auditor had graded higher, in ");
    for (size_t m = 0; m < agreed->missed_count; m++) {
        if (m > 0)
            buffer_string(out, m + 1 == agreed->missed_count ? " and " : ", ");
        buffer_string(out, "<strong class=\"id\">");
        html_string(out, agreed->missed[m]);
        buffer_string(out, "</strong>");
    }
    buffer_string(out, ". Ask first what has been done for these children.</p>\n");
}

/* ---- Figures --------------------------------------------------------------------------- */

static void figure_open(buffer *out, const char *words)
{
    buffer_string(out, "<div><dt>");
    buffer_string(out, words);
    buffer_string(out, "</dt><dd><span class=\"large\">");
}

static void figure_note(buffer *out)
{
    buffer_string(out, "</span><br>");
}

static void figure_close(buffer *out)
{
    buffer_string(out, "</dd></div>\n");
}

static void figure_corrected(buffer *out, const board_facts *facts)
{
    const estimate_result *result = &facts->estimated.result;
    const estimate_figure *of = &result->corrected;

    buffer_string(out, "<div><dt>");
    say_good(out, facts, false);
    buffer_string(out, ", corrected</dt><dd><span class=\"large\">");
    if (corrected_known(facts)) {
        say_share(out, of->good.share);
        figure_note(out);
        buffer_string(out, "95% interval ");
        say_share(out, of->good.low);
        buffer_string(out, " to ");
        say_share(out, of->good.high);
        if (result->not_covered > 0) {
            buffer_string(out, ", of ");
            say_count(out, result->covered, "audit", "audits");
        }
    } else {
        buffer_string(out, "not known");
        figure_note(out);
        buffer_string(out, of->reason == ESTIMATE_GIVEN       ? "too few audits"
                           : of->reason == ESTIMATE_NOT_DRAWN ? "no draw was made"
                                                              : "too little moderated");
    }
    figure_close(out);
}

static void figure_own(buffer *out, const board_facts *facts)
{
    const estimate_figure *of = own_figure(facts);
    const bool given = of->reason == ESTIMATE_GIVEN && own_audits(facts) >= facts->least;
    const bool is_same = corrected_known(facts) && facts->estimated.result.not_covered > 0;

    figure_open(out, "The auditors&#8217; own figure");
    if (given)
        say_share(out, of->good.share);
    else
        buffer_string(out, "not known");
    figure_note(out);
    if (given) {
        buffer_string(out, is_same ? "of the same " : "of ");
        say_count(out, own_audits(facts), "audit, ", "audits, ");
        say_share(out, of->good.low);
        buffer_string(out, " to ");
        say_share(out, of->good.high);
    } else {
        say_count(out, facts->audits, "audit", "audits");
    }
    figure_close(out);
}

static void figures(buffer *out, const board_facts *facts)
{
    const board_actions *actions = &facts->actions;
    const status_row    *all = &facts->status.all;

    buffer_string(out, "<dl class=\"figures\">\n");
    figure_corrected(out, facts);
    figure_own(out, facts);
    figure_open(out, "Actions overdue");
    buffer_grouped(out, actions->overdue);
    figure_note(out);
    buffer_string(out, "of ");
    buffer_grouped(out, actions->open);
    buffer_string(out, " open");
    figure_close(out);
    figure_open(out, "Audits done");
    buffer_grouped(out, all->audits);
    figure_note(out);
    if (all->planned > 0) {
        buffer_string(out, "of ");
        buffer_grouped(out, all->planned);
        buffer_string(out, " planned");
    } else {
        buffer_string(out, "no plan is in the store");
    }
    figure_close(out);
    buffer_string(out, "</dl>\n");
}

/* ---- Against the target -------------------------------------------------------------------- */

static void against_target(buffer *out, const board_facts *facts)
{
    static const char *const words[] = {
        [TARGET_BELOW] = "is below the local target of ",
        [TARGET_UNSURE] = "cannot be told apart from the local target of ",
        [TARGET_REACHED] = "is at or over the local target of ",
    };
    static const char *const why[] = {
        [TARGET_BELOW] = ": the whole interval lies under it",
        [TARGET_UNSURE] = ": its interval holds it",
        [TARGET_REACHED] = ": so is the whole interval",
    };
    const target_standing stands = stand_to_target(facts);

    if (stands == TARGET_UNKNOWN) {
        buffer_string(out, " Whether the local target of ");
        say_share(out, facts->asked->target.share);
        buffer_string(out, " is reached is not known yet: ");
        say_outside(out, facts);
        buffer_byte(out, '.');
        return;
    }
    buffer_string(out, " It ");
    buffer_string(out, words[stands]);
    say_share(out, facts->asked->target.share);
    buffer_string(out, why[stands]);
    buffer_byte(out, '.');
}

static void target_is_local(buffer *out, const board_facts *facts)
{
    if (facts->asked->target.given)
        buffer_string(out,
                      "<p class=\"small\">The target is a local one: a director&#8217;s belief "
                      "of what inspectors look for. Ofsted has no rule about any share of good "
                      "audits.</p>\n");
}

static void no_corrected_words(buffer *out, const board_facts *facts)
{
    const estimate_reason reason = facts->estimated.result.corrected.reason;

    buffer_string(out, "<p>There is no corrected share: ");
    if (reason == ESTIMATE_GIVEN) {
        buffer_string(out, "it would be of fewer than ");
        say_count(out, facts->least, "audit", "audits");
    } else {
        html_string(out, estimate_reason_text(reason));
    }
    buffer_string(out, ". The auditors&#8217; own figure says what auditors think of the work; "
                       "nobody knows yet how generous they are.");
    if (facts->asked->target.given) {
        buffer_string(out, " So whether the local target of ");
        say_share(out, facts->asked->target.share);
        buffer_string(out, " is reached is not known yet.");
    }
    buffer_string(out, "</p>\n");
}

/* The audits that the share does not speak of, and what auditors say of all; where it is held against
 * a target and cannot be, against_target() has named them. */
static void outside_words(buffer *out, const board_facts *facts)
{
    const estimate_result *result = &facts->estimated.result;

    if (result->not_covered == 0)
        return;
    if (!facts->asked->target.given || stand_to_target(facts) != TARGET_UNKNOWN) {
        buffer_string(out, " It is not of all: ");
        say_outside(out, facts);
        buffer_byte(out, '.');
    }
    buffer_string(out, " Of all ");
    say_count(out, result->audits, "audit", "audits");
    buffer_string(out, " the auditors say ");
    say_share(out, result->auditors.good.share);
    buffer_byte(out, '.');
}

static void corrected_words(buffer *out, const board_facts *facts)
{
    const estimate_result *result = &facts->estimated.result;

    if (!corrected_known(facts)) {
        no_corrected_words(out, facts);
        return;
    }
    buffer_string(out, "<p>Corrected by what moderators found in ");
    say_count(out, result->picked + result->settled, "moderated audit", "moderated audits");
    buffer_string(out, ", ");
    say_share(out, result->corrected.good.share);
    buffer_string(out, " of the work");
    if (result->not_covered > 0) {
        buffer_string(out, " in ");
        say_count(out, result->covered, "audit", "audits");
    }
    buffer_string(out, " is ");
    say_good(out, facts, true);
    buffer_byte(out, '.');
    if (estimate_is_hint(result))
        buffer_format(out,
                      " Fewer than %d of these were picked by chance: take the share as a hint.",
                      (int)ESTIMATE_HINT);
    if (facts->asked->target.given)
        against_target(out, facts);
    outside_words(out, facts);
    buffer_string(out, "</p>\n");
}

static void corrected_chart(buffer *out, const board_facts *facts)
{
    const estimate_share *corrected = &facts->estimated.result.corrected.good;
    const estimate_share *own = &own_figure(facts)->good;
    const chart_mark      marks[] = {
             {"Corrected by moderation", corrected->share, corrected->low, corrected->high, false},
             {"As the auditors graded", own->share, own->low, own->high, true},
    };

    if (!corrected_known(facts))
        return;
    chart_marks(out, "corrected", "Share of good work, corrected and as the auditors graded it",
                marks, 2, facts->asked->target.given ? facts->asked->target.share : -1);
}

/* ---- Where this is going ---------------------------------------------------------------------- */

static void going(buffer *out, const board_facts *facts)
{
    const forecast_date *next = next_meeting(facts);

    if (!facts->asked->target.given)
        return;
    buffer_string(out, "<p>Where this is going: ");
    if (!corrected_known(facts) || stand_to_target(facts) == TARGET_UNKNOWN) {
        buffer_string(out, "not known, since it is not known where the work stands now.</p>\n");
        return;
    }
    if (!next) {
        buffer_string(out, "there is not enough data to say.</p>\n");
        return;
    }
    buffer_string(out, "if months go on as they did, ");
    say_share(out, next->share);
    buffer_string(out, " (95% interval ");
    say_share(out, next->low);
    buffer_string(out, " to ");
    say_share(out, next->high);
    buffer_string(out,
                  ") in the month of the next meeting, six weeks from this page&#8217;s day; the "
                  "chance of being at the target by then is ");
    say_chance(out, next->chance);
    buffer_string(out, ".</p>\n");
}

/* ---- Change ---------------------------------------------------------------------------------- */

static void points(buffer *out, int value)
{
    buffer_format(out, "%s%d",
                  value > 0   ? "+"
                  : value < 0 ? "&#8722;"
                              : "",
                  value < 0 ? -value : value);
}

static void change_words(buffer *out, const board_facts *facts)
{
    const board_change change = change_since(facts);

    buffer_string(out, "<p>Since the last meeting (");
    say_date(out, facts->since);
    buffer_string(out, ") ");
    say_count(out, facts->after.graded, "audit was", "audits were");
    buffer_string(out, " done. ");
    if (!change.known) {
        buffer_string(out,
                      "That, or what was there before, is too little to say whether anything has "
                      "changed.</p>\n");
        return;
    }
    buffer_string(out, "Of these ");
    say_share(out, (double)facts->after.good / (double)facts->after.graded);
    buffer_string(out, " are ");
    say_good(out, facts, true);
    buffer_string(out, ", of those before ");
    say_share(out, (double)facts->before.good / (double)facts->before.graded);
    buffer_string(out, ": ");
    points(out, change.points);
    buffer_string(out, " points (95% interval ");
    points(out, change.low);
    buffer_string(out, " to ");
    points(out, change.high);
    buffer_string(out, change.low > 0 || change.high < 0
                           ? "), more than chance would make it.</p>\n"
                           : "), which may be chance.</p>\n");
}

void part_first(buffer *out, const board_facts *facts)
{
    part_open(out, "first", "What matters most");
    missed(out, facts);
    figures(out, facts);
    corrected_words(out, facts);
    corrected_chart(out, facts);
    target_is_local(out, facts);
    going(out, facts);
    change_words(out, facts);
    part_close(out);
}
