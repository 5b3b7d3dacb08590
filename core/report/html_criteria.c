#include <stdio.h>
#include <stdlib.h>

#include "writing/html_charts.h"
#include "report/html_sections.h"
#include "report/html_cells.h"
#include "report/names.h"
#include "writing/html_text.h"

enum { CHART_CRITERIA = 15 };

static void write_name(buffer *out, const page *on, const tally_criterion *seen)
{
    buffer plain = {0};
    name_of_criterion(&plain, on->counted, seen);
    html_flush(out, &plain);
    buffer_free(&plain);
}

static void criteria_chart(buffer *out, const page *on, const tally_criterion **ranked,
                           size_t count)
{
    chart_bar bars[CHART_CRITERIA] = {0};
    size_t    places[CHART_CRITERIA];
    buffer    names = {0};
    size_t    shown = count < CHART_CRITERIA ? count : CHART_CRITERIA;
    for (size_t i = 0; i < shown; i++) {
        places[i] = names.size;
        name_of_criterion(&names, on->counted, ranked[i]);
        buffer_byte(&names, '\0');
        memcpy(bars[i].counts, ranked[i]->rated, sizeof bars[i].counts);
    }
    if (names.failed) {
        out->failed = true;
    } else {
        char id[32];
        for (size_t i = 0; i < shown; i++) {
            bars[i].name = names.bytes + places[i];
        }
        snprintf(id, sizeof id, "criteria%zu", on->number);
        chart_shares(out, id, "Ratings of the criteria that hold work down most", bars, shown,
                     html_scale(&on->of->like->scale), on->number);
    }
    buffer_free(&names);
}

static void criterion_row(buffer *out, const page *on, const tally_criterion *seen)
{
    const criterion *asked = &seen->of->criteria[seen->criterion];
    uint64_t         rated = tally_rated(seen);
    buffer_string(out, "<tr><th scope=\"row\"><strong>");
    write_name(out, on, seen);
    buffer_string(out, "</strong>");
    if (asked->question[0] != '\0') {
        buffer_string(out, "<br>");
        html_string(out, asked->question);
    }
    buffer_string(out, "</th><td class=\"number\"><strong>");
    buffer_grouped(out, seen->held.total);
    buffer_string(out, "</strong></td><td class=\"number\">");
    buffer_grouped(out, rated);
    buffer_string(out, "</td><td class=\"number\">");
    if (rated > 0) {
        html_share(out, seen->held.total, rated);
    } else {
        buffer_string(out, "none rated");
    }
    buffer_string(out, "</td>");
    html_count_cell(out, seen->limited.total);
    html_count_cell(out, seen->missing);
    buffer_string(out, "</tr>\n");
}

static void criteria_ids(buffer *out, const page *on, const tally_criterion **ranked, size_t count)
{
    buffer_string(out, "<details><summary>The records behind these figures</summary><dl>\n");
    for (size_t i = 0; i < count && ranked[i]->held.total > 0; i++) {
        buffer_string(out, "<dt>");
        write_name(out, on, ranked[i]);
        buffer_string(out, " (");
        buffer_grouped(out, ranked[i]->held.total);
        buffer_string(out, ")</dt><dd>");
        html_ids(out, &ranked[i]->held);
        buffer_string(out, "</dd>\n");
    }
    buffer_string(out, "</dl></details>\n");
}

void html_criteria(buffer *out, const page *on)
{
    size_t                  count;
    const tally_criterion **ranked = tally_rank(on->counted, on->of, &count);
    const scale            *levels = &on->of->like->scale;
    if (ranked == NULL) {
        out->failed = out->failed || count > 0;
        return;
    }
    section_open(out, on, "criteria", "What holds work down");
    buffer_string(out, "<p>A criterion holds a record down where it is rated under ");
    html_string(out, levels->labels[tally_good_level(levels)]);
    buffer_string(out, ", or where its limit lowered the judgement. Most often first; graded "
                       "records only.</p>\n");
    criteria_chart(out, on, ranked, count);
    buffer_string(out,
                  "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Criteria by "
                  "how often they hold work down\"><table><caption>Criteria by how often they "
                  "hold work down</caption><thead><tr><th scope=\"col\">Criterion</th>"
                  "<th scope=\"col\" class=\"number\">Records held down</th>"
                  "<th scope=\"col\" class=\"number\">Records rated</th>"
                  "<th scope=\"col\" class=\"number\">Share</th>"
                  "<th scope=\"col\" class=\"number\">By its limit</th>"
                  "<th scope=\"col\" class=\"number\">Not recorded</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++) {
        criterion_row(out, on, ranked[i]);
    }
    buffer_string(out, "</tbody></table></div>\n");
    criteria_ids(out, on, ranked, count);
    section_close(out);
    free(ranked);
}
