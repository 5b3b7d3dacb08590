/* write_html.c - a diff as one page that needs nothing else: for screen, screen reader and paper. The
 * filter is style alone, so that the page runs nothing (html_text.c: its policy). */
#include <stdlib.h>
#include <string.h>

#include "regression/verdict.h"
#include "regression/writing.h"

static const char diff_style[] =
    "h1, .lead, .why, .value { overflow-wrap: anywhere; }\n"
    "fieldset { border: 1px solid var(--line); padding: .5rem 1rem; margin: 0 0 1rem; }\n"
    "fieldset label { display: inline-block; margin-right: 1.25rem; }\n"
    "input:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }\n"
    "main:has(#show-safety:checked) #records tr.move:not(.safety),\n"
    "main:has(#show-up:checked) #records tr.move:not(.up),\n"
    "main:has(#show-down:checked) #records tr.move:not(.down),\n"
    "main:has(#show-other:checked) #records tr.move:not(.other), .only { display: none; }\n"
    "main:has(#show-safety:checked) .only.safety, main:has(#show-up:checked) .only.up,\n"
    "main:has(#show-down:checked) .only.down, main:has(#show-other:checked) .only.other "
    "{ display: block; }\n"
    ".moves tbody th { min-width: 7rem; max-width: 12rem; overflow-wrap: break-word; }\n"
    ".moves .number { padding-left: .4rem; }\n"
    ".moves .why { width: 40%; min-width: 16rem; padding-left: .6rem; }\n"
    ".was, .is { padding-left: .6rem; }\n"
    ".was { border-left: 1px solid var(--line); }\n"
    ".is { border-left: 1px solid var(--ink); }\n"
    "td.is { font-weight: 600; }\n"
    "tr.safety > th { border-left: .4rem double var(--ink); padding-left: .5rem; }\n"
    ".changes th { width: 30%; }\n"
    "@page { size: A4 landscape; }\n"
    "@media print {\n"
    "  fieldset { display: none; }\n"
    "  .moves { table-layout: fixed; }\n"
    "  col { width: 6%; } .record { width: 12%; } .judgement { width: 13%; } col.why { width: 38%; "
    "}\n"
    "}\n";

void html_cell(buffer *out, const char *kind, const char *value)
{
    buffer_string(out, "<td class=\"");
    buffer_string(out, kind);
    buffer_string(out, "\">");
    html_string(out, value);
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

static void title_of(const diff *from, buffer *out)
{
    buffer_string(out, "What moves from ");
    buffer_string(out, from->a);
    buffer_string(out, " to ");
    buffer_string(out, from->b);
}

static void page_head(const diff *from, buffer *out)
{
    buffer title = {0};

    title_of(from, &title);
    buffer_string(out, "<header>\n<h1>");
    html_flush(out, &title);
    buffer_string(out, "</h1>\n<p class=\"lead\">");
    buffer_grouped(out, from->records - from->same);
    buffer_string(out, " of ");
    buffer_grouped(out, from->records);
    buffer_string(out, from->records == 1 ? " record compared has another grade"
                                          : " records compared have another grade");
    buffer_string(out, "</p>\n</header>\n<nav aria-label=\"Contents\"><ul>\n"
                       "<li><a href=\"#safety\">Safety</a></li>\n"
                       "<li><a href=\"#short\">In short</a></li>\n"
                       "<li><a href=\"#matrix\">From and to</a></li>\n"
                       "<li><a href=\"#changes\">What changed</a></li>\n"
                       "<li><a href=\"#records\">Records that moved</a></li>\n"
                       "<li><a href=\"#where\">Where the moves are</a></li>\n"
                       "</ul></nav>\n<main id=\"main\">\n");
    out->failed |= title.failed;
    buffer_free(&title);
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
    buffer_string(out, from->scores == 1 ? " more has another score and the same judgement."
                                         : " more have another score and the same judgement.");
    if (from->other_scale)
        buffer_string(out,
                      " The two sides have other scales: levels are the same where their labels "
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
            html_string(out, from->rows[c].shown);
            buffer_string(out, "</th>");
        }
    buffer_string(out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < from->row_count; r++) {
        if (!from->rows[r].before)
            continue;
        buffer_string(out, "<tr><th scope=\"row\">");
        html_string(out, from->rows[r].shown);
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

/* ---- What changed ------------------------------------------------------------------------------- */

static void change_row(const rubric_change *of, uint64_t moved, buffer *out)
{
    buffer_string(out, "<tr><th scope=\"row\" class=\"value\">");
    html_string(out, of->name);
    buffer_string(out, "</th>");
    html_cell(out, "value", *of->key && !*of->before ? "not written" : of->before);
    html_cell(out, "value", *of->key && !*of->after ? "not written" : of->after);
    html_count_cell(out, moved);
    buffer_string(out, "</tr>\n");
}

static void edit_table(const diff *from, const rubric_edit *edit, buffer *out)
{
    change_effect *effects = change_effects(from, edit);

    buffer_string(
        out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Changes of the "
             "rubric ");
    html_string(out, edit->after->id);
    buffer_string(out, "\">\n<table class=\"changes\"><caption>Changes of the rubric ");
    html_string(out, edit->after->id);
    buffer_string(out, edit_has_builds(edit) ? " and of its plugins" : "");
    buffer_string(out,
                  "</caption>\n<thead><tr><th scope=\"col\">What</th><th scope=\"col\">Before</th>"
                  "<th scope=\"col\">After</th><th scope=\"col\" class=\"number\">Records it "
                  "moves</th></tr></thead>\n<tbody>\n");
    for (size_t c = 0; effects && c < edit->change_count; c++)
        change_row(&edit->changes[c], effects[c].moved, out);
    buffer_string(out, "</tbody></table></div>\n");
    out->failed |= !effects;
    free(effects);
}

static void changes_section(const diff *from, buffer *out)
{
    size_t count = 0;

    buffer_string(out, "<section id=\"changes\">\n<h2>What changed</h2>\n");
    for (size_t e = 0; e < from->edit_count; e++)
        if (from->edits[e]->change_count > 0) {
            edit_table(from, from->edits[e], out);
            count++;
        }
    buffer_string(
        out, count > 0 ? "</section>\n"
             : from->same == from->records
                 ? "<p>No record moved.</p>\n</section>\n"
                 : "<p>The rubrics of both sides are not at hand, or cannot be held against each "
                   "other: the records below say why.</p>\n</section>\n");
}

/* ---- The rest --------------------------------------------------------------------------------------- */

enum { GROUPS_SHOWN = 40 };

static void groups_table(const diff *from, int by, buffer *out)
{
    const move_groups *groups = &from->groups[by];

    if (groups->count < 2)
        return;
    buffer_format(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"By %s\">\n<table>"
        "<caption>By %s</caption>\n<thead><tr><th scope=\"col\">Name</th>"
        "<th scope=\"col\" class=\"number\">Records</th>"
        "<th scope=\"col\" class=\"number\">Moved</th>"
        "<th scope=\"col\" class=\"number\">Share of the moves</th>"
        "<th scope=\"col\" class=\"number\">p</th>"
        "<th scope=\"col\">More than its share</th></tr></thead>\n<tbody>\n",
        grouping_names[by], grouping_names[by]);
    for (size_t g = 0; g < groups->count && g < GROUPS_SHOWN; g++) {
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
        buffer_string(out, group_stands_out(groups, one)
                               ? "</td><td>yes</td></tr>\n"
                               : "</td><td>not beyond chance</td></tr>\n");
    }
    buffer_string(out, "</tbody></table></div>\n");
    if (groups->count > GROUPS_SHOWN) {
        buffer_string(out, "<p>");
        buffer_grouped(out, groups->count - GROUPS_SHOWN);
        buffer_string(out,
                      " more, each nearer to its share, are in the JSON of this comparison.</p>\n");
    }
}

static void groups_section(const diff *from, buffer *out)
{
    buffer_string(out,
                  "<section id=\"where\">\n<h2>Where the moves are</h2>\n<p>p is the chance of as "
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
        buffer_string(&words, ": ");
        buffer_string(&words, verdict_shown(&list[i]));
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
    buffer  title = {0};

    title_of(from, &title);
    buffer_byte(&title, '\0');
    if (!title.failed)
        html_open_page(out, &(html_page){.title = title.bytes, .style = diff_style});
    page_head(from, out);
    diff_html_safety(from, to);
    gates_section(from, out);
    short_section(from, out);
    matrix_section(from, out);
    changes_section(from, out);
    diff_html_records(from, to);
    groups_section(from, out);
    singles_section(from, true, to);
    singles_section(from, false, to);
    buffer_string(out, "</main>\n<footer><p class=\"small\">Made by Assay ");
    html_string(out, version);
    buffer_string(out, ". Audit ids are the only thing in this report that leads to a child's "
                       "file. Keep it as you keep audits.</p></footer>\n");
    html_close(out);
    out->failed |= title.failed;
    buffer_free(&title);
}
