#include "report/html_sections.h"
#include "report/html_cells.h"
#include "writing/html_text.h"
#include "writing/share.h"

static void missed(buffer *out, const tally_scale *of, uint64_t count)
{
    const scale *levels = &of->like->scale;
    buffer_string(out, "<div class=\"note\"><h3>");
    html_string(out, levels->labels[0]);
    buffer_string(out, " by the rubric and higher by the auditor</h3>\n<p>");
    buffer_grouped(out, count);
    buffer_string(out, count == 1 ? " record is " : " records are ");
    html_string(out, levels->labels[0]);
    buffer_string(out, " by the rubric and higher by the auditor. Read these first: a child may be "
                       "at risk.</p>\n<dl>");
    for (size_t theirs = levels->count; theirs-- > 1;) {
        const id_list *ids = &of->agreement[theirs][0];
        if (ids->total > 0) {
            buffer_string(out, "<dt>Auditor: ");
            html_string(out, levels->labels[theirs]);
            buffer_string(out, "</dt><dd>");
            html_ids(out, ids);
            buffer_string(out, "</dd>");
        }
    }
    buffer_string(out, "</dl></div>\n");
}

static void agreement_row(buffer *out, const char *what, uint64_t count, uint64_t of)
{
    interval sure = share_interval(count, of);
    buffer_format(out, "<tr><th scope=\"row\">%s</th>", what);
    html_count_cell(out, count);
    buffer_string(out, "<td class=\"number\">");
    html_share(out, count, of);
    buffer_format(out, "</td><td class=\"number\">%u%% to %u%%</td></tr>\n",
                  share_percent(sure.low), share_percent(sure.high));
}

static void matrix(buffer *out, const tally_scale *of)
{
    const scale *levels = &of->like->scale;
    buffer_string(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Auditor's "
                       "grade and ours\"><table class=\"matrix\"><caption>The auditor's grade (rows) and the "
                       "rubric's (columns). Shaded: the same.</caption><thead><tr>"
                       "<th scope=\"col\">Auditor</th>");
    for (size_t ours = 0; ours < levels->count; ours++) {
        buffer_string(out, "<th scope=\"col\" class=\"number\">");
        html_string(out, levels->labels[ours]);
        buffer_string(out, "</th>");
    }
    buffer_string(out, "</tr></thead><tbody>\n");
    for (size_t theirs = 0; theirs < levels->count; theirs++) {
        buffer_string(out, "<tr><th scope=\"row\">");
        html_string(out, levels->labels[theirs]);
        buffer_string(out, "</th>");
        for (size_t ours = 0; ours < levels->count; ours++) {
            uint64_t    count = of->agreement[theirs][ours].total;
            bool        is_missed = ours == 0 && theirs > 0 && count > 0;
            const char *class = ours == theirs ? " same" : is_missed ? " missed" : "";
            buffer_format(out, "<td class=\"number%s\">", class);
            buffer_grouped(out, count);
            buffer_string(out, "</td>");
        }
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</tbody></table></div>\n");
}

static void agreement_ids(buffer *out, const tally_scale *of)
{
    const scale *levels = &of->like->scale;
    buffer_string(out, "<details><summary>The records where the two differ</summary><dl>\n");
    for (size_t theirs = levels->count; theirs-- > 0;) {
        for (size_t ours = 0; ours < levels->count; ours++) {
            const id_list *ids = &of->agreement[theirs][ours];
            if (ours != theirs && ids->total > 0) {
                buffer_string(out, "<dt>Auditor ");
                html_string(out, levels->labels[theirs]);
                buffer_string(out, ", rubric ");
                html_string(out, levels->labels[ours]);
                buffer_string(out, " (");
                buffer_grouped(out, ids->total);
                buffer_string(out, ")</dt><dd>");
                html_ids(out, ids);
                buffer_string(out, "</dd>\n");
            }
        }
    }
    buffer_string(out, "</dl></details>\n");
}

void html_agreement(buffer *out, const page *on)
{
    tally_agreement agreed = tally_agree(on->of);
    if (agreed.compared == 0) {
        return;
    }
    section_open(out, on, "agreement", "Agreement with auditors");
    if (agreed.missed_inadequate > 0) {
        missed(out, on->of, agreed.missed_inadequate);
    }
    buffer_string(out, "<p>");
    buffer_grouped(out, agreed.compared);
    buffer_string(out, agreed.compared == 1 ? " record has" : " records have");
    buffer_string(out, " both an auditor's grade and one by the rubric. Neither is the truth: "
                       "where they differ, someone should read the file again.</p>\n"
                       "<table><caption>How often auditor and rubric agree</caption><thead><tr>"
                       "<th scope=\"col\">Grades</th><th scope=\"col\" class=\"number\">Records"
                       "</th><th scope=\"col\" class=\"number\">Share</th>"
                       "<th scope=\"col\" class=\"number\">95% interval</th></tr></thead>"
                       "<tbody>\n");
    agreement_row(out, "The same", agreed.same, agreed.compared);
    agreement_row(out, "The same or one level apart", agreed.within_one, agreed.compared);
    agreement_row(out, "The auditor is more generous", agreed.tool_lower, agreed.compared);
    agreement_row(out, "The auditor is stricter", agreed.tool_higher, agreed.compared);
    buffer_string(out, "</tbody></table>\n");
    matrix(out, on->of);
    if (agreed.same < agreed.compared) {
        agreement_ids(out, on->of);
    }
    section_close(out);
}
