#include "report/html_sections.h"

#include "report/html_cells.h"
#include "report/names.h"
#include "writing/html_text.h"
#include "report/summary.h"
#include "writing/html_charts.h"
#include "writing/share.h"

void section_open(buffer *out, const page *on, const char *id, const char *heading)
{
    buffer_format(out, "<section id=\"%s%zu\" aria-labelledby=\"%s%zu-heading\">"
                       "<h2 id=\"%s%zu-heading\">%s",
                  id, on->number, id, on->number, id, on->number, heading);
    if (on->counted->scale_count > 1) {
        buffer plain = {0};
        name_of_scale(&plain, &on->of->like->scale);
        buffer_string(out, " (");
        html_flush(out, &plain);
        buffer_string(out, ")");
        buffer_free(&plain);
    }
    buffer_string(out, "</h2>\n");
}

void section_close(buffer *out)
{
    buffer_string(out, "</section>\n");
}

/* ---- In short -------------------------------------------------------------------------- */

/* A figure with its words: <div><dt>words</dt><dd>figure, note</dd></div> */
static void figure_open(buffer *out, const char *words)
{
    buffer_string(out, "<div><dt>");
    html_string(out, words);
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

static void figure_records(buffer *out, const grade_totals *totals)
{
    figure_open(out, "Records read");
    buffer_grouped(out, totals->rows);
    figure_note(out);
    buffer_grouped(out, totals->graded);
    buffer_string(out, " graded");
    figure_close(out);
}

static void figure_good(buffer *out, const tally_scale *of)
{
    const scale *levels = &of->like->scale;
    uint64_t     judged = tally_judged(of->outcomes);
    uint64_t     good = tally_good(of->outcomes, levels);
    interval     sure = share_interval(good, judged);
    buffer       words = {0};
    name_of_good(&words, levels);
    if (buffer_end(&words)) {
        figure_open(out, words.bytes);
    }
    out->failed = out->failed || words.failed;
    buffer_free(&words);
    html_share(out, good, judged);
    figure_note(out);
    buffer_grouped(out, good);
    buffer_string(out, " of ");
    buffer_grouped(out, judged);
    buffer_format(out, "; 95%% interval %u%% to %u%%", share_percent(sure.low),
                  share_percent(sure.high));
    figure_close(out);
}

static void figure_lowest(buffer *out, const tally_scale *of)
{
    figure_open(out, of->like->scale.labels[0]);
    buffer_grouped(out, of->outcomes[0].total);
    figure_note(out);
    html_share(out, of->outcomes[0].total, tally_judged(of->outcomes));
    buffer_string(out, " of graded records");
    figure_close(out);
}

static void figure_agreement(buffer *out, const tally_agreement *agreed)
{
    figure_open(out, "Same grade as the auditor");
    html_share(out, agreed->same, agreed->compared);
    figure_note(out);
    buffer_grouped(out, agreed->same);
    buffer_string(out, " of ");
    buffer_grouped(out, agreed->compared);
    figure_close(out);
}

/* The sentences that can be read out. */
static void sentences(buffer *out, const page *on)
{
    uint64_t        judged = tally_judged(on->of->outcomes);
    tally_agreement agreed = tally_agree(on->of);
    if (judged > 0 && judged < 30) {
        buffer_string(out, "<p>The numbers are small: read each share with its interval.</p>\n");
    }
    if (agreed.compared > 0) {
        const char *more = agreed.tool_lower > agreed.tool_higher ? "more generous" : "stricter";
        uint64_t    most = agreed.tool_lower > agreed.tool_higher ? agreed.tool_lower
                                                                  : agreed.tool_higher;
        buffer_string(out, "<p>Auditor and rubric give the same grade to ");
        buffer_grouped(out, agreed.same);
        buffer_string(out, " of ");
        buffer_grouped(out, agreed.compared);
        buffer_string(out, " records.");
        if (agreed.tool_lower == agreed.tool_higher && most > 0) {
            buffer_string(out, " Where they differ, neither is the more generous.");
        } else if (most > 0) {
            buffer_string(out, " Where they differ, the auditor is mostly ");
            buffer_string(out, more);
            buffer_string(out, ": ");
            buffer_grouped(out, most);
            buffer_string(out, " of ");
            buffer_grouped(out, agreed.compared - agreed.same);
            buffer_string(out, ".");
        }
        buffer_string(out, "</p>\n");
    }
    if (agreed.missed_inadequate > 0) {
        buffer_format(out, "<p><a href=\"#agreement%zu\"><strong>", on->number);
        buffer_grouped(out, agreed.missed_inadequate);
        buffer_string(out, agreed.missed_inadequate == 1 ? " record is " : " records are ");
        html_string(out, on->of->like->scale.labels[0]);
        buffer_string(out, " by the rubric and higher by the auditor.</strong></a> Read these "
                           "first.</p>\n");
    }
}

void html_in_short(buffer *out, const page *on)
{
    tally_agreement agreed = tally_agree(on->of);
    bool            judged = tally_judged(on->of->outcomes) > 0;
    section_open(out, on, "short", "In short");
    buffer_string(out, "<dl class=\"figures\">\n");
    figure_records(out, on->totals);
    if (judged) {
        figure_good(out, on->of);
        figure_lowest(out, on->of);
    }
    if (agreed.compared > 0) {
        figure_agreement(out, &agreed);
    }
    buffer_string(out, "</dl>\n");
    if (!judged && on->of->outcomes[OUTCOME_NONE].total > 0) {
        buffer_string(out, "<p>The rubric makes no overall judgement, as Ofsted makes none since "
                           "April 2026. What was rated, and how, is under <a href=\"#criteria0\">"
                           "What holds work down</a>.</p>\n");
    }
    sentences(out, on);
    section_close(out);
}

/* ---- The page ------------------------------------------------------------------------------ */

static void contents_link(buffer *out, const char *id, const char *words)
{
    buffer_format(out, "<li><a href=\"#%s\">%s</a></li>\n", id, words);
}

static void contents(buffer *out, const page *on)
{
    buffer_string(out, "<nav aria-label=\"Contents\"><ul>\n");
    if (on->of != NULL) {
        contents_link(out, "short0", "In short");
        contents_link(out, "judgements0", "Judgements");
        contents_link(out, "practice-areas0", "Practice areas");
        contents_link(out, "teams0", "Teams");
        contents_link(out, "judgement-areas0", "Judgement areas");
        contents_link(out, "trend0", "Month by month");
        if (tally_agree(on->of).compared > 0) {
            contents_link(out, "agreement0", "Agreement");
        }
        contents_link(out, "criteria0", "What holds work down");
    }
    contents_link(out, "not-graded", "Not graded");
    contents_link(out, "how", "How it was graded");
    buffer_string(out, "</ul></nav>\n");
}

static void page_header(buffer *out, const page *on, const char *title)
{
    buffer dates = {0};
    buffer_string(out, "<header>\n<h1>");
    html_string(out, title);
    buffer_string(out, "</h1>\n<p class=\"lead\">");
    buffer_grouped(out, on->totals->rows);
    buffer_string(out, on->totals->rows == 1 ? " audit record" : " audit records");
    if (on->counted->first_date != DATE_NONE) {
        buffer_string(&dates, on->counted->first_date == on->counted->last_date ? ", audited on "
                                                                                 : ", audited ");
        name_of_day(&dates, on->counted->first_date);
        if (on->counted->first_date != on->counted->last_date) {
            buffer_string(&dates, " to ");
            name_of_day(&dates, on->counted->last_date);
        }
        html_flush(out, &dates);
    }
    buffer_string(out, "</p>\n<p class=\"sum\">");
    summary_totals(on->totals, &dates);
    if (!dates.failed && dates.size > 0) {
        dates.bytes[0] = 'R';
    }
    html_flush(out, &dates);
    buffer_string(out, "</p>\n</header>\n");
    buffer_free(&dates);
}

static void scale_sections(buffer *out, const page *on)
{
    chart_patterns(out, html_scale(&on->of->like->scale), on->number);
    html_in_short(out, on);
    html_judgements(out, on);
    html_breakdown(out, on, BY_PRACTICE_AREA);
    html_breakdown(out, on, BY_TEAM);
    html_breakdown(out, on, BY_JUDGEMENT_AREA);
    html_trend(out, on);
    html_agreement(out, on);
    html_criteria(out, on);
}

static void html_finish(const report_options *options, const tally *counted,
                        const grade_totals *totals, const error_list *notices, buffer *out)
{
    const char *title = options->title != NULL ? options->title : "Audit results";
    bool        known = counted->scale_count > 0 && counted->scales[0].like != NULL;
    page        on = {options, counted, totals, notices, known ? &counted->scales[0] : NULL, 0};
    html_open(out, title);
    page_header(out, &on, title);
    contents(out, &on);
    buffer_string(out, "<main id=\"main\">\n");
    for (size_t i = 0; i < counted->scale_count; i++) {
        on.of = &counted->scales[i];
        on.number = i;
        if (on.of->like != NULL) {
            scale_sections(out, &on);
        }
    }
    html_not_graded(out, &on);
    html_how(out, &on);
    buffer_string(out, "</main>\n<footer><p class=\"small\">Made by Assay ");
    html_string(out, options->assay_version);
    buffer_string(out, ". Audit ids are the only thing in this report that leads to a child's "
                       "file. Keep it as you keep audits.</p></footer>\n");
    html_close(out);
}

const report_format format_html = {
    .name = "html", .counts = true, .between = "", .finish = html_finish};
