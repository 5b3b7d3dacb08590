/* write_html.c - a diff as one page that needs nothing else: for screen, screen reader and paper. The
 * filter is style alone, so that the page runs nothing (html_text.c: its policy). */
#include <string.h>

#include "regression/writing.h"

static const char diff_style[] =
    "fieldset { border: 1px solid var(--line); padding: .5rem 1rem; margin: 0 0 1rem; }\n"
    "fieldset label { margin-right: 1.25rem; white-space: nowrap; }\n"
    "main:has(#show-safety:checked) tr.move:not(.safety),\n"
    "main:has(#show-up:checked) tr.move:not(.up),\n"
    "main:has(#show-down:checked) tr.move:not(.down),\n"
    "main:has(#show-other:checked) tr.move:not(.other) { display: none; }\n"
    "tr.safety > th { border-left: .4rem double var(--ink); padding-left: .5rem; }\n"
    "td.was { border-left: 1px solid var(--line); padding-left: .6rem; }\n"
    "td.is { border-left: 1px solid var(--ink); padding-left: .6rem; }\n"
    "td.is.level { font-weight: 600; }\n"
    "@media print { fieldset { display: none; } }\n";

static void text_cell(buffer *out, const char *kind, const char *value)
{
    buffer_string(out, "<td");
    if (*kind) {
        buffer_string(out, " class=\"");
        buffer_string(out, kind);
        buffer_byte(out, '"');
    }
    buffer_byte(out, '>');
    html_string(out, value);
    buffer_string(out, "</td>");
}

static void score_cell(buffer *out, const char *kind, uint32_t score)
{
    buffer_string(out, "<td class=\"number ");
    buffer_string(out, kind);
    buffer_string(out, "\">");
    write_score(out, score);
    buffer_string(out, "</td>");
}

static void figure(buffer *out, const char *name, uint64_t count, uint64_t of)
{
    buffer_string(out, "<div><dt>");
    buffer_string(out, name);
    buffer_string(out, "</dt><dd class=\"large\">");
    buffer_grouped(out, count);
    buffer_string(out, "</dd><dd>");
    write_share(out, count, of);
    buffer_string(out, "</dd></div>\n");
}

static void page_head(const diff *from, buffer *out)
{
    buffer_string(out, "<header>\n<h1>What moves between two gradings</h1>\n<p class=\"lead\">From ");
    html_string(out, from->a);
    buffer_string(out, " to ");
    html_string(out, from->b);
    buffer_string(out, "</p>\n</header>\n<nav aria-label=\"Contents\"><ul>\n"
                       "<li><a href=\"#safety\">Safety</a></li>\n"
                       "<li><a href=\"#short\">In short</a></li>\n"
                       "<li><a href=\"#matrix\">From and to</a></li>\n"
                       "<li><a href=\"#changes\">Changes of the rubric</a></li>\n"
                       "<li><a href=\"#records\">Records that moved</a></li>\n"
                       "<li><a href=\"#where\">Where the moves are</a></li>\n"
                       "</ul></nav>\n<main id=\"main\">\n");
}

/* ---- Rows of records ----------------------------------------------------------------------- */

static const char record_headings[] =
    "<thead><tr><th scope=\"col\" rowspan=\"2\">Record</th>"
    "<th scope=\"colgroup\" colspan=\"3\">Before</th><th scope=\"colgroup\" colspan=\"3\">After</th>"
    "<th scope=\"col\" rowspan=\"2\">What moved it: undo this and it is back</th></tr>\n"
    "<tr><th scope=\"col\">Judgement</th><th scope=\"col\" class=\"number\">Score</th>"
    "<th scope=\"col\" class=\"number\">Margin</th>"
    "<th scope=\"col\">Judgement</th><th scope=\"col\" class=\"number\">Score</th>"
    "<th scope=\"col\" class=\"number\">Margin</th></tr></thead>\n<tbody>\n";

static void record_row(const move *of, buffer *out)
{
    static const char *const ways[] = {"up", "down", "other"};
    buffer                   words = {0};

    buffer_string(out, "<tr class=\"move ");
    buffer_string(out, of->moved ? ways[of->direction] : "same");
    buffer_string(out, *safety_words(of) ? " safety\"><th scope=\"row\">" : "\"><th scope=\"row\">");
    write_id(&words, &of->to);
    html_flush(out, &words);
    buffer_string(out, "</th>");
    text_cell(out, "was level", of->from.word);
    score_cell(out, "", of->from.score);
    score_cell(out, "", of->from.margin);
    text_cell(out, "is level", of->to.word);
    score_cell(out, "", of->to.score);
    score_cell(out, "", of->to.margin);
    buffer_string(out, "<td>");
    if (of->moved)
        write_because(&words, of);
    html_flush(out, &words);
    if (*safety_words(of)) {
        buffer_string(out, of->moved ? "<br><strong>" : "<strong>");
        html_string(out, safety_words(of));
        buffer_string(out, "</strong>");
    }
    if (*of->freed) {
        buffer_string(out, " (limit of ");
        html_string(out, of->freed);
        buffer_byte(out, ')');
    }
    buffer_string(out, "</td></tr>\n");
    out->failed |= words.failed;
    buffer_free(&words);
}

static void open_records(buffer *out, const char *caption)
{
    buffer_string(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    buffer_string(out, caption);
    buffer_string(out, "\">\n<table><caption>");
    buffer_string(out, caption);
    buffer_string(out, "</caption>\n");
    buffer_string(out, record_headings);
}

static void safety_section(const diff *from, diff_page *to)
{
    buffer_string(&to->text, "<section id=\"safety\">\n<h2>Safety</h2>\n");
    if (from->safety_count == 0) {
        buffer_string(&to->text, "<p>No record enters or leaves the lowest level, and every limit that "
                                 "held still holds.</p>\n</section>\n");
        return;
    }
    open_records(&to->text, "Records that enter or leave the lowest level, or that a limit no "
                            "longer holds");
    for (size_t s = 0; s < from->safety_count; s++) {
        record_row(from->safety[s], &to->text);
        page_turn(to);
    }
    buffer_string(&to->text, "</tbody></table></div>\n</section>\n");
}

static void gates_section(const diff *from, buffer *out)
{
    if (from->broken.count == 0)
        return;
    buffer_string(out, "<section id=\"gates\">\n<h2>Gates that are broken</h2>\n<ul>\n");
    for (size_t g = 0; g < from->broken.count; g++) {
        buffer_string(out, "<li>");
        html_string(out, from->broken.items[g].text);
        buffer_string(out, "</li>\n");
    }
    buffer_string(out, "</ul>\n</section>\n");
}

static void short_section(const diff *from, buffer *out)
{
    buffer_string(out, "<section id=\"short\">\n<h2>In short</h2>\n<dl class=\"figures\">\n");
    figure(out, "Moved", from->records - from->same, from->records);
    figure(out, "Up", from->up, from->records);
    figure(out, "Down", from->down, from->records);
    figure(out, "Otherwise", from->other, from->records);
    buffer_string(out, "</dl>\n<p>");
    buffer_grouped(out, from->records);
    buffer_string(out, from->records == 1 ? " record was compared; " : " records were compared; ");
    buffer_grouped(out, from->scores);
    buffer_string(out, " more have another score and the same judgement.");
    if (from->other_scale)
        buffer_string(out, " The two sides have other scales: levels are the same where their labels "
                           "are.");
    buffer_string(out, "</p>\n</section>\n");
}

static void matrix_section(const diff *from, buffer *out)
{
    buffer_string(out, "<section id=\"matrix\">\n<h2>From and to</h2>\n<div class=\"scroll\" "
                       "tabindex=\"0\" role=\"region\" aria-label=\"From and to\">\n"
                       "<table><caption>Records by judgement before (down) and after (across)"
                       "</caption>\n<thead><tr><th scope=\"col\">Before</th>");
    for (size_t c = 0; c < from->row_count; c++)
        if (from->rows[c].after) {
            buffer_string(out, "<th scope=\"col\" class=\"number\">");
            html_string(out, from->rows[c].label);
            buffer_string(out, "</th>");
        }
    buffer_string(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < from->row_count; r++) {
        if (!from->rows[r].before)
            continue;
        buffer_string(out, "<tr><th scope=\"row\">");
        html_string(out, from->rows[r].label);
        buffer_string(out, "</th>");
        for (size_t c = 0; c < from->row_count; c++)
            if (from->rows[c].after) {
                buffer_string(out, r == c ? "<td class=\"number same\">" : "<td class=\"number\">");
                buffer_grouped(out, from->matrix[r][c]);
                buffer_string(out, "</td>");
            }
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</tbody></table></div>\n</section>\n");
}

static void changes_section(const diff *from, buffer *out)
{
    size_t count = 0;

    buffer_string(out, "<section id=\"changes\">\n<h2>Changes of the rubric</h2>\n");
    for (size_t e = 0; e < from->edit_count; e++) {
        if (from->edits[e]->change_count == 0)
            continue;
        buffer_string(out, count++ == 0 ? "<ul>\n" : "");
        for (size_t c = 0; c < from->edits[e]->change_count; c++) {
            buffer_string(out, "<li>");
            html_string(out, from->edits[e]->changes[c].words);
            buffer_string(out, "</li>\n");
        }
    }
    buffer_string(out, count > 0 ? "</ul>\n</section>\n"
                                 : "<p>None that bears on a record that moved.</p>\n</section>\n");
}

static void choice(buffer *out, const char *id, const char *words, bool checked)
{
    buffer_format(out, "<label><input type=\"radio\" name=\"show\" id=\"show-%s\"%s> %s</label>\n", id,
                  checked ? " checked" : "", words);
}

static void records_section(const diff *from, diff_page *to)
{
    buffer *out = &to->text;

    buffer_string(out, "<section id=\"records\">\n<h2>Records that moved</h2>\n");
    if (from->same == from->records) {
        buffer_string(out, "<p>None.</p>\n</section>\n");
        return;
    }
    buffer_string(out, "<fieldset><legend>Show</legend>\n");
    choice(out, "all", "all", true);
    choice(out, "safety", "what touches safety", false);
    choice(out, "up", "up", false);
    choice(out, "down", "down", false);
    choice(out, "other", "otherwise", false);
    buffer_string(out, "</fieldset>\n");
    open_records(out, "Records that moved, before and after");
    for (size_t m = 0; m < from->move_count; m++) {
        if (from->moves[m].moved)
            record_row(&from->moves[m], out);
        page_turn(to);
    }
    buffer_string(out, "</tbody></table></div>\n</section>\n");
}

static void groups_table(const diff *from, int by, buffer *out)
{
    const move_groups *groups = &from->groups[by];

    if (groups->count < 2)
        return;
    buffer_format(out,
                  "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"By %s\">\n<table>"
                  "<caption>By %s</caption>\n<thead><tr><th scope=\"col\">Name</th>"
                  "<th scope=\"col\" class=\"number\">Records</th>"
                  "<th scope=\"col\" class=\"number\">Moved</th>"
                  "<th scope=\"col\" class=\"number\">Share of the moves</th>"
                  "<th scope=\"col\" class=\"number\">p</th>"
                  "<th scope=\"col\">More than its share</th></tr></thead>\n<tbody>\n",
                  grouping_names[by], grouping_names[by]);
    for (size_t g = 0; g < groups->count && g < 40; g++) {
        const move_group *one = &groups->groups[g];
        buffer_string(out, "<tr><th scope=\"row\">");
        html_string(out, *one->name ? one->name : "not recorded");
        buffer_string(out, "</th>");
        html_count_cell(out, one->records);
        html_count_cell(out, one->moved);
        buffer_string(out, "<td class=\"number\">");
        write_share(out, one->moved, from->records - from->same);
        buffer_string(out, "</td><td class=\"number\">");
        write_chance(out, one->chance);
        buffer_string(out, group_stands_out(groups, one) ? "</td><td>yes</td></tr>\n"
                                                         : "</td><td>not beyond chance</td></tr>\n");
    }
    buffer_string(out, "</tbody></table></div>\n");
}

static void groups_section(const diff *from, buffer *out)
{
    buffer_string(out, "<section id=\"where\">\n<h2>Where the moves are</h2>\n<p>p is the chance of as "
                       "many moves or more in a group, were they spread without regard to groups "
                       "(hypergeometric). It counts as more than its share where p times the groups "
                       "looked at is at most 0.05.</p>\n");
    for (int by = 0; by < MOVE_GROUPINGS; by++)
        groups_table(from, by, out);
    buffer_string(out, "</section>\n");
}

static void singles_section(const diff *from, bool removed, diff_page *to)
{
    const verdict *list = removed ? from->only_a : from->only_b;
    const size_t   count = removed ? from->only_a_count : from->only_b_count;

    if (count == 0)
        return;
    buffer_string(&to->text, removed ? "<section>\n<h2>Only in " : "<section>\n<h2>Not in ");
    html_string(&to->text, from->a);
    buffer_string(&to->text, "</h2>\n<ul class=\"ids\">\n");
    for (size_t i = 0; i < count; i++) {
        buffer words = {0};
        write_id(&words, &list[i]);
        buffer_string(&to->text, "<li>");
        html_flush(&to->text, &words);
        buffer_string(&to->text, "</li>\n");
        to->text.failed |= words.failed;
        buffer_free(&words);
        page_turn(to);
    }
    buffer_string(&to->text, "</ul>\n</section>\n");
}

void diff_write_html(const diff *from, const char *version, diff_page *to)
{
    buffer *out = &to->text;

    html_open_page(out, &(html_page){.title = "What moves between two gradings", .style = diff_style});
    page_head(from, out);
    safety_section(from, to);
    gates_section(from, out);
    short_section(from, out);
    matrix_section(from, out);
    changes_section(from, out);
    records_section(from, to);
    groups_section(from, out);
    singles_section(from, true, to);
    singles_section(from, false, to);
    buffer_string(out, "</main>\n<footer><p class=\"small\">Made by Assay ");
    html_string(out, version);
    buffer_string(out, ". Audit ids are the only thing in this report that leads to a child's "
                       "file. Keep it as you keep audits.</p></footer>\n");
    html_close(out);
}
