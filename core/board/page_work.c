#include "board/page.h"

#include "writing/words.h"

enum { CRITERIA_SHOWN = 6 };

/* ---- What holds work down --------------------------------------------------------------- */

static void criterion_name(buffer *out, const board_criterion *seen)
{
    buffer plain = {0};

    name_of_id(&plain, seen->id);
    html_flush(out, &plain);
    buffer_string(out, " <span class=\"small\">");
    name_of_id(&plain, seen->practice_area);
    html_flush(out, &plain);
    buffer_string(out, "</span>");
    buffer_free(&plain);
}

void part_criteria(buffer *out, const board_facts *facts)
{
    static const char *const headings[] = {"Criterion", "Held down", "of audits", "since last"};
    const size_t             shown =
        facts->criterion_count < CRITERIA_SHOWN ? facts->criterion_count : CRITERIA_SHOWN;

    part_open(out, "criteria", "What holds work down most");
    if (shown == 0) {
        buffer_string(out,
                      "<p>No criterion held an audit of this period down, by the rubrics.</p>\n");
        part_close(out);
        return;
    }
    table_head(out, "Criteria that limited the grade, by the rubrics", headings, 4, 1);
    for (size_t k = 0; k < shown; k++) {
        const board_criterion *seen = &facts->criteria[k];
        buffer_string(out, "<tr><th scope=\"row\">");
        criterion_name(out, seen);
        buffer_string(out, "</th>");
        html_count_cell(out, seen->held);
        html_count_cell(out, seen->of);
        html_count_cell(out, seen->since);
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</tbody></table>\n");
    if (shown < facts->criterion_count) {
        buffer_string(out, "<p class=\"small\">");
        say_count(out, facts->criterion_count - shown, "further criterion", "further criteria");
        buffer_string(out, " held down ");
        buffer_string(out, facts->criteria[shown].held == facts->criteria[shown - 1].held
                               ? "as few or fewer.</p>\n"
                               : "fewer.</p>\n");
    }
    part_close(out);
}

/* ---- Moderation ------------------------------------------------------------------------------ */

static void row(buffer *out, const char *words, uint64_t count)
{
    buffer_string(out, "<tr><th scope=\"row\">");
    buffer_string(out, words);
    buffer_string(out, "</th>");
    html_count_cell(out, count);
    buffer_string(out, "</tr>\n");
}

static void days_row(buffer *out, const board_facts *facts)
{
    buffer_string(out, "<tr><th scope=\"row\">Days from audit to moderation: median, longest</th>"
                       "<td class=\"number\">");
    if (facts->status.all.moderated > 0) {
        buffer_grouped(out, facts->status.median_lag);
        buffer_string(out, ", ");
        buffer_grouped(out, facts->status.longest_lag);
    } else {
        buffer_string(out, "none");
    }
    buffer_string(out, "</td></tr>\n");
}

static void moderation_table(buffer *out, const board_facts *facts)
{
    const status_row *all = &facts->status.all;
    buffer            late = {0};

    buffer_string(out, "<table><caption>Moderation of the period</caption><tbody>\n");
    row(out, "Picked to be moderated", all->picked);
    row(out, "at random", facts->picks.random);
    row(out, "of them also triggered by a rule", facts->picks.random_and_triggered);
    row(out, "triggered only", facts->picks.triggered_alone);
    row(out, "Moderated", all->moderated);
    row(out, "Final grade decided", all->decided);
    days_row(out, facts);
    buffer_format(&late, "Later than %u days, or waiting so long", facts->status.target_days);
    if (buffer_end(&late))
        row(out, late.bytes, all->late);
    out->failed |= late.failed;
    buffer_free(&late);
    buffer_string(out, "</tbody></table>\n");
}

void part_moderation(buffer *out, const board_facts *facts)
{
    buffer words = {0};

    part_open(out, "moderation", "How far the grades can be relied on");
    agreement_in_brief(&facts->agreement, &words);
    buffer_string(out, "<p>");
    html_flush(out, &words);
    buffer_free(&words);
    buffer_string(out, "</p>\n");
    moderation_table(out, facts);
    part_close(out);
}

/* ---- Actions -------------------------------------------------------------------------------------- */

void part_actions(buffer *out, const board_facts *facts)
{
    const board_actions *actions = &facts->actions;

    part_open(out, "actions", "Actions and re-audits");
    if (actions->all == 0) {
        buffer_string(out,
                      "<p>The store has no actions. Nothing says whether what audits found was put "
                      "right.</p>\n");
        part_close(out);
        return;
    }
    buffer_string(out, "<table><caption>Actions on ");
    say_date(out, facts->today);
    buffer_string(out, "</caption><tbody>\n");
    row(out, "Open", actions->open);
    row(out, "of these overdue", actions->overdue);
    buffer small = {0};
    buffer_string(&small, "overdue on files graded ");
    buffer_string(&small, facts->labels[0]);
    buffer lowest = {0};
    html_flush(&lowest, &small);
    if (buffer_end(&lowest))
        row(out, lowest.bytes, actions->overdue_lowest);
    out->failed |= lowest.failed;
    buffer_free(&small);
    buffer_free(&lowest);
    row(out, "Longest overdue, in days", actions->longest);
    row(out, "Closed since the last meeting", actions->closed_since);
    row(out, "Re-audits due by now", actions->re_audits);
    buffer_string(out, "</tbody></table>\n");
    part_close(out);
}
