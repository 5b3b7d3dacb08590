#include "board/page.h"

#include <math.h>

enum { BARS_MOST = 2 + CHART_LEVELS };

/* ---- The table -------------------------------------------------------------------------- */

void grades_head(buffer *out, const board_facts *facts, const char *caption, const char *first)
{
    buffer_string(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    buffer_string(out, caption);
    buffer_string(out, "\"><table><caption>");
    buffer_string(out, caption);
    buffer_string(out, "</caption><thead><tr><th scope=\"col\">");
    buffer_string(out, first);
    buffer_string(out, "</th>");
    for (size_t l = 0; l < facts->scale.count; l++) {
        buffer_string(out, "<th scope=\"col\" class=\"number\">");
        html_string(out, facts->labels[l]);
        buffer_string(out, "</th>");
    }
    buffer_string(out, "<th scope=\"col\" class=\"number\">");
    say_good(out, facts, false);
    buffer_string(out, facts->asked->plain
                           ? "</th><th scope=\"col\" class=\"number\">Fairly surely between</th>"
                           : "</th><th scope=\"col\" class=\"number\">95% interval</th>");
    buffer_string(out, "</tr></thead><tbody>\n");
}

void grades_row(buffer *out, const board_facts *facts, const char *name, const board_grades *grades)
{
    buffer_string(out, "<tr><th scope=\"row\">");
    html_string(out, name);
    buffer_string(out, "</th>");
    for (size_t l = 0; l < facts->scale.count; l++)
        html_count_cell(out, grades->levels[l]);
    if (grades->graded > 0)
        share_cells(out, facts, grades);
    else
        buffer_string(out, "<td class=\"number\">no audits</td><td class=\"number\"></td>");
    buffer_string(out, "</tr>\n");
}

/* The share of each level, reckoned and not counted. */
static void reckoned_row(buffer *out, const board_facts *facts, const char *name,
                         const estimate_figure *of, uint64_t audits)
{
    if (of->reason != ESTIMATE_GIVEN || audits < facts->least)
        return;
    buffer_string(out, "<tr><th scope=\"row\">");
    buffer_string(out, name);
    if (facts->estimated.result.not_covered > 0) {
        buffer_string(out, ", ");
        say_count(out, audits, "audit", "audits");
    }
    buffer_string(out, "</th>");
    for (size_t l = 0; l < facts->scale.count; l++) {
        buffer_string(out, "<td class=\"number\">");
        say_share(out, of->levels[l].share);
        buffer_string(out, "</td>");
    }
    buffer_string(out, "<td class=\"number\"><strong>");
    say_share(out, of->good.share);
    buffer_string(out, "</strong></td><td class=\"number\">");
    say_share(out, of->good.low);
    buffer_string(out, facts->asked->plain ? " and " : " to ");
    say_share(out, of->good.high);
    buffer_string(out, "</td></tr>\n");
}

static void reckoned_rows(buffer *out, const board_facts *facts)
{
    const estimate_result *result = &facts->estimated.result;

    reckoned_row(out, facts, "As the auditors graded", &result->auditors,
                 (uint64_t)lround(result->auditors.good.effective));
    if (result->not_covered > 0 && corrected_known(facts))
        reckoned_row(out, facts, "As the auditors graded", own_figure(facts), own_audits(facts));
    reckoned_row(out, facts, "Corrected by moderation", &result->corrected, result->covered);
}

/* ---- The bars --------------------------------------------------------------------------- */

typedef struct {
    chart_bar bars[BARS_MOST];
    size_t    count;
} bar_list;

static void add_bar(bar_list *list, const char *name, const board_grades *grades)
{
    if (grades->graded == 0 || list->count == BARS_MOST)
        return;
    chart_bar *bar = &list->bars[list->count++];
    bar->name = name;
    for (size_t l = 0; l < CHART_LEVELS; l++)
        bar->counts[l] = grades->levels[l];
}

/* ---- Judgement areas ------------------------------------------------------------------------ */

static void edition_words(buffer *out, const board_facts *facts)
{
    if (!facts->edition) {
        buffer_string(out, "<p>No framework edition at hand holds on ");
        say_date(out, facts->to);
        buffer_string(out, ", so audits are not shown by judgement area.</p>\n");
        return;
    }
    buffer_string(out, "<p>The areas are those of the edition in force: ");
    html_string(out, facts->edition->title);
    buffer_string(out,
                  facts->edition->overall
                      ? ".</p>\n"
                      : ". It makes no overall judgement, and nor does this page. Audits are of "
                        "files; Ofsted judges the service.</p>\n");
}

const char *area_name(const board_row *area)
{
    return *area->name ? area->name : "Other work";
}

void areas_chart(buffer *out, const board_facts *facts)
{
    bar_list list = {.count = 0};

    for (size_t a = 0; a < facts->areas.count; a++)
        add_bar(&list, area_name(&facts->areas.rows[a]), &facts->areas.rows[a].grades);
    if (list.count > 0)
        chart_shares(out, "areas", "Grades by judgement area", list.bars, list.count, facts->scale,
                     0);
}

static void areas(buffer *out, const board_facts *facts)
{
    edition_words(out, facts);
    if (!facts->edition)
        return;
    areas_chart(out, facts);
    grades_head(out, facts, "Grades by judgement area", "Judgement area");
    for (size_t a = 0; a < facts->areas.count; a++)
        grades_row(out, facts, area_name(&facts->areas.rows[a]), &facts->areas.rows[a].grades);
    buffer_string(out, GRADES_END);
}

void part_grades(buffer *out, const board_facts *facts)
{
    bar_list list = {.count = 0};

    part_open(out, "grades", "Grades");
    if (facts->all.graded == 0) {
        buffer_string(out, "<p>No audit of this period has a grade.</p>\n");
        part_close(out);
        return;
    }
    add_bar(&list, "Up to the last meeting", &facts->before);
    add_bar(&list, "Since the last meeting", &facts->after);
    chart_shares(out, "grades-bars", "Grades up to the last meeting, and since", list.bars,
                 list.count, facts->scale, 0);
    grades_head(out, facts,
                "Grades: the final one where an audit was moderated, else the "
                "auditor&#8217;s",
                "Audits");
    grades_row(out, facts, "Up to the last meeting", &facts->before);
    grades_row(out, facts, "Since the last meeting", &facts->after);
    grades_row(out, facts, "All of the period", &facts->all);
    reckoned_rows(out, facts);
    buffer_string(out, GRADES_END);
    if (facts->ungraded > 0) {
        buffer_string(out, "<p class=\"small\">");
        say_count(out, facts->ungraded, "audit has", "audits have");
        buffer_string(out, " no grade of this scale, and no part in the shares.</p>\n");
    }
    areas(out, facts);
    part_close(out);
}
