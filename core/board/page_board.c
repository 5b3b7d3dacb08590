#include "board/page.h"

#include "writing/words.h"

/* Tighter than a report: two printed pages. */
const char board_style[] =
    "section { margin: 1.25rem 0 1.75rem; }\n"
    ".first { border: 2px solid var(--ink); padding: .75rem 1rem; max-width: none; }\n"
    ".id { white-space: nowrap; }\n"
    ".pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }\n"
    ".band { border: 1px solid var(--ink); padding: 0 .3em; font-size: .8em; }\n"
    ".moved { color: var(--soft); display: inline-block; min-width: 2.6em; }\n"
    ".teams tbody th, .pair tbody th { min-width: 0; } .month { white-space: nowrap; }\n"
    "@media screen and (max-width: 48rem) { .pair { grid-template-columns: 1fr; } }\n"
    "@media print {\n"
    "  body { font-size: 9pt; line-height: 1.3; }\n"
    "  h1 { font-size: 17pt; margin-bottom: 0; } h2 { font-size: 12pt; padding-top: 0; "
    "margin-bottom: .35rem; }\n"
    "  .lead { font-size: 9.5pt; margin-bottom: .5rem; }\n"
    "  section { margin: 0 0 .5rem; } p { margin-bottom: .3rem; max-width: none; }\n"
    "  .first { padding: .4rem .6rem; }\n"
    "  .figures { margin-bottom: .6rem; gap: .5rem 1rem; } .figures .large { font-size: 20pt; }\n"
    "  table, .legend { font-size: 8pt; } thead th { font-size: 7.5pt; } .small { font-size: "
    "7.5pt; "
    "line-height: 1.3; }\n"
    "  table { margin: .2rem 0 .5rem; } th, td { padding: .18rem .5rem .18rem 0; } caption { "
    "padding: .1rem 0 .2rem; }\n"
    "  figure { margin-bottom: .3rem; }\n"
    "  .new-page { break-before: page; }\n"
    "  .pair { gap: 0 1.25rem; } ol { margin-bottom: .4rem; }\n"
    "  footer { padding: .3rem 0 0; } footer p { margin: 0; }\n"
    "}\n"
    "@page { margin: 14mm 14mm 12mm; }\n";

static void head(buffer *out, const board_facts *facts)
{
    buffer_string(out,
                  "<header>\n<h1>Audits of case files, for the board</h1>\n<p class=\"lead\">");
    say_count(out, facts->audits, "audit", "audits");
    buffer_string(out, " dated ");
    say_date(out, facts->from);
    buffer_string(out, " to ");
    say_date(out, facts->to);
    buffer_string(out, ". Last meeting: ");
    say_date(out, facts->since);
    buffer_string(out, ". As things stood on ");
    say_date(out, facts->today);
    buffer_string(out, ".</p>\n</header>\n<main id=\"main\">\n");
}

static void foot(buffer *out, const board_facts *facts)
{
    buffer_string(out,
                  "</main>\n<footer><p class=\"small\">A 95% interval: were as many audits done "
                  "again and again, it would hold the true share 19 times in 20. With under ");
    buffer_grouped(out, facts->least);
    buffer_string(out,
                  " audits there are counts alone. Nobody is named here; audit ids lead to files, "
                  "so keep this page as you keep audits. Made by Assay ");
    html_string(out, facts->asked->assay_version);
    buffer_string(out, ".</p></footer>\n");
}

void board_page(buffer *out, const board_facts *facts)
{
    html_open_page(
        out, &(html_page){.title = "Audits of case files, for the board", .style = board_style});
    chart_patterns(out, facts->scale, 0);
    head(out, facts);
    part_first(out, facts);
    part_grades(out, facts);
    buffer_string(out, "<div class=\"pair new-page\">\n");
    part_moderation(out, facts);
    buffer_string(out, "<div>\n");
    part_criteria(out, facts);
    part_actions(out, facts);
    buffer_string(out, "</div>\n</div>\n");
    part_teams(out, facts);
    part_months(out, facts);
    foot(out, facts);
    html_close(out);
}

bool board_write(store *from, const board_request *request, buffer *out, error_list *errors)
{
    board_facts facts;
    const bool  read = facts_read(from, request, &facts, errors);

    if (read && request->plain)
        plain_page(out, &facts);
    else if (read)
        board_page(out, &facts);
    facts_free(&facts);
    return read && (!out->failed || error_memory(errors));
}
