#include "board/page.h"

#include <math.h>
#include <string.h>

#include "writing/words.h"

/* ---- Which months ------------------------------------------------------------------------- */

size_t staff_latest(const board_facts *facts)
{
    return facts->staff.month_count > 0 ? facts->staff.month_count - 1 : SIZE_MAX;
}

size_t staff_compared(const board_facts *facts)
{
    size_t found = 0;

    for (size_t m = 0; m < facts->staff.month_count; m++)
        if (strncmp(facts->staff.months[m], facts->since, strlen("2026-03")) <= 0)
            found = m;
    return facts->staff.month_count > 0 ? found : SIZE_MAX;
}

bool staff_range(const board_facts *facts, size_t month, size_t indicator, double *low,
                 double *high)
{
    bool found = false;

    for (size_t t = 0; t < facts->staff.team_count; t++) {
        const board_figure figure = facts_figure(facts, t, month, indicator);
        if (!figure.known)
            continue;
        *low = !found || figure.value < *low ? figure.value : *low;
        *high = !found || figure.value > *high ? figure.value : *high;
        found = true;
    }
    return found;
}

const char *staff_band(const workforce_indicator *indicator, double value)
{
    const double sign = indicator->low_is_bad ? -1 : 1;

    if (indicator->has_concern && sign * value >= sign * indicator->concern)
        return "concern";
    return indicator->has_watch && sign * value >= sign * indicator->watch ? "watch" : "";
}

/* ---- Teams ------------------------------------------------------------------------------------ */

static void figure_cell(buffer *out, const board_facts *facts, size_t team, size_t indicator)
{
    const workforce_indicator *of = &facts->asked->workforce->indicators[indicator];
    const size_t               latest = staff_latest(facts), then = staff_compared(facts);
    const board_figure         now = facts_figure(facts, team, latest, indicator);
    const board_figure         before = facts_figure(facts, team, then, indicator);

    buffer_string(out, "<td class=\"number\">");
    if (!now.known) {
        buffer_string(out, "not known</td>");
        return;
    }
    const char *marked = staff_band(of, now.value);
    if (*marked)
        buffer_format(out, "<span class=\"band\">%s</span> <strong>", marked);
    say_figure(out, now.value);
    if (*marked)
        buffer_string(out, "</strong>");
    const double moved = round((now.value - before.value) * 10) / 10;
    if (then != latest && before.known) {
        buffer_string(out, " <span class=\"moved\">");
        buffer_string(out, moved > 0 ? "+" : "");
        say_figure(out, moved);
        buffer_string(out, "</span>");
    }
    buffer_string(out, "</td>");
}

/* The team's place among those with figures of the workforce; SIZE_MAX: it has none. */
static size_t staff_team(const board_facts *facts, const char *name)
{
    for (size_t t = 0; t < facts->staff.team_count; t++)
        if (text_same(text_of(facts->staff.teams[t]), text_of(name)))
            return t;
    return SIZE_MAX;
}

static void staff_cells(buffer *out, const board_facts *facts, size_t team)
{
    for (size_t i = 0; facts->staff.month_count > 0 && i < facts->asked->workforce->count; i++) {
        if (team != SIZE_MAX)
            figure_cell(out, facts, team, i);
        else
            buffer_string(out, "<td class=\"number\">not known</td>");
    }
}

static void team_name(buffer *out, const char *name, const char *otherwise)
{
    buffer_string(out, "<tr><th scope=\"row\">");
    html_string(out, *name ? name : otherwise);
    buffer_string(out, "</th>");
}

static void team_row(buffer *out, const board_facts *facts, const board_row *team)
{
    team_name(out, team->name, "No team recorded");
    if (team->grades.graded < facts->least)
        buffer_format(out, "<td class=\"number\">under %llu</td><td class=\"number\">too few</td>",
                      (unsigned long long)facts->least);
    else
        share_cells(out, facts, &team->grades);
    staff_cells(out, facts, *team->name ? staff_team(facts, team->name) : SIZE_MAX);
    buffer_string(out, "</tr>\n");
}

static bool has_audits(const board_facts *facts, const char *name)
{
    for (size_t t = 0; t < facts->teams.count; t++)
        if (*name && text_same(text_of(facts->teams.rows[t].name), text_of(name)))
            return true;
    return false;
}

static void teams_head(buffer *out, const board_facts *facts)
{
    const workforce *staff = facts->asked->workforce;

    buffer_string(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Teams\">"
                       "<table class=\"teams\"><caption>Grades of the period");
    if (facts->staff.month_count > 0) {
        buffer plain = {0};
        buffer_string(&plain, "; workforce in ");
        name_of_month(&plain, facts->staff.months[staff_latest(facts)]);
        if (staff_compared(facts) != staff_latest(facts)) {
            buffer_string(&plain, " and its change since ");
            name_of_month(&plain, facts->staff.months[staff_compared(facts)]);
        }
        html_flush(out, &plain);
        buffer_free(&plain);
    }
    buffer_string(out, "</caption><thead><tr><th scope=\"col\">Team</th><th scope=\"col\" "
                       "class=\"number\">");
    say_good(out, facts, false);
    buffer_string(out, "</th><th scope=\"col\" class=\"number\">95% interval</th>");
    for (size_t i = 0; facts->staff.month_count > 0 && i < staff->count; i++) {
        buffer_string(out, "<th scope=\"col\" class=\"number\">");
        html_string(out, staff->indicators[i].title);
        if (*staff->indicators[i].unit) {
            buffer_string(out, ", ");
            html_string(out, staff->indicators[i].unit);
        }
        buffer_string(out, "</th>");
    }
    buffer_string(out, "</tr></thead><tbody>\n");
}

/* ---- Bands ------------------------------------------------------------------------------------ */

static void bands(buffer *out, const board_facts *facts)
{
    const workforce *staff = facts->asked->workforce;
    bool             any = false;

    buffer_string(out, "<p class=\"small\">");
    for (size_t i = 0; i < staff->count; i++) {
        const workforce_indicator *one = &staff->indicators[i];
        if (!one->has_watch && !one->has_concern)
            continue;
        buffer_string(out, any ? "; " : "Local bands: ");
        any = true;
        html_string(out, one->title);
        if (one->has_watch) {
            buffer_string(out, " watch from ");
            say_figure(out, one->watch);
        }
        if (one->has_concern) {
            buffer_string(out, one->has_watch ? ", concern from " : " concern from ");
            say_figure(out, one->concern);
        }
        if (*one->source) {
            buffer_string(out, " (");
            html_string(out, one->source);
            buffer_byte(out, ')');
        }
    }
    if (any)
        buffer_string(out, ". ");
    else
        buffer_string(out, "No bands are set for these figures. ");
    buffer_string(out,
                  "The workforce stands beside the grades: it is part of none, and a team with few "
                  "audits has no share.</p>\n");
}

void part_teams(buffer *out, const board_facts *facts)
{
    part_open(out, "teams", "Teams, and the workforce beside their grades");
    if (facts->staff.month_count == 0)
        buffer_string(out, "<p>The store has no figures of the workforce for this period.</p>\n");
    if (facts->teams.count == 0 && facts->staff.team_count == 0) {
        part_close(out);
        return;
    }
    teams_head(out, facts);
    for (size_t t = 0; t < facts->teams.count; t++)
        team_row(out, facts, &facts->teams.rows[t]);
    for (size_t t = 0; t < facts->staff.team_count; t++) {
        const char *name = facts->staff.teams[t];
        if (has_audits(facts, name))
            continue;
        team_name(out, name, "The whole service");
        buffer_string(out, *name ? "<td class=\"number\">no audits</td><td></td>"
                                 : "<td class=\"number\"></td><td></td>");
        staff_cells(out, facts, t);
        buffer_string(out, "</tr>\n");
    }
    buffer_string(out, "</tbody></table></div>\n");
    if (facts->staff.month_count > 0)
        bands(out, facts);
    part_close(out);
}
