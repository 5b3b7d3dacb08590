#include "board/page.h"

#include <string.h>

#include "writing/words.h"

/* Whatever is known of a month; NULL and SIZE_MAX: nothing. */
typedef struct {
    const char       *name;
    const status_row *counted;
    const board_row  *graded;
    size_t            staff;
} known_month;

static known_month month_of(const board_facts *facts, const char *name)
{
    const status_table *counted = &facts->status.by[STATUS_BY_MONTH];
    known_month         found = {.name = name, .staff = SIZE_MAX};

    for (size_t m = 0; m < counted->count; m++)
        if (strcmp(counted->rows[m].name, name) == 0)
            found.counted = &counted->rows[m];
    for (size_t m = 0; m < facts->months.count; m++)
        if (strcmp(facts->months.rows[m].name, name) == 0)
            found.graded = &facts->months.rows[m];
    for (size_t m = 0; m < facts->staff.month_count; m++)
        if (strcmp(facts->staff.months[m], name) == 0)
            found.staff = m;
    return found;
}

/* The next month of either list, which are sorted; NULL: there is none. */
static const char *next_month(const board_facts *facts, size_t *counted, size_t *staff)
{
    const status_table *months = &facts->status.by[STATUS_BY_MONTH];
    const char         *one = *counted < months->count ? months->rows[*counted].name : NULL;
    const char *other = *staff < facts->staff.month_count ? facts->staff.months[*staff] : NULL;
    const int   order = !one ? 1 : !other ? -1 : strcmp(one, other);

    *counted += one && order <= 0;
    *staff += other && order >= 0;
    return order <= 0 ? one : other;
}

/* ---- Cells ----------------------------------------------------------------------------- */

void range_cell(buffer *out, const board_facts *facts, size_t month, size_t indicator)
{
    double low = 0, high = 0;

    buffer_string(out, "<td class=\"number\">");
    if (month != SIZE_MAX && staff_range(facts, month, indicator, &low, &high)) {
        say_figure(out, low);
        if (high > low) {
            buffer_string(out, " to ");
            say_figure(out, high);
        }
    } else {
        buffer_string(out, "not known");
    }
    buffer_string(out, "</td>");
}

static void month_row(buffer *out, const board_facts *facts, known_month month)
{
    static const status_row   nothing = {.name = ""};
    static const board_grades none = {.graded = 0};
    const status_row         *counted = month.counted ? month.counted : &nothing;
    buffer                    plain = {0};

    buffer_string(out, "<tr><th scope=\"row\" class=\"month\">");
    name_of_month(&plain, month.name);
    html_flush(out, &plain);
    buffer_free(&plain);
    buffer_string(out, "</th>");
    if (facts->status.all.planned > 0)
        html_count_cell(out, counted->planned);
    html_count_cell(out, counted->audits);
    html_count_cell(out, counted->moderated);
    share_cells(out, facts, month.graded ? &month.graded->grades : &none);
    for (size_t i = 0; facts->staff.month_count > 0 && i < facts->asked->workforce->count; i++)
        range_cell(out, facts, month.staff, i);
    buffer_string(out, "</tr>\n");
}

/* ---- The section ------------------------------------------------------------------------- */

static void heading(buffer *out, const char *words)
{
    buffer_string(out, "<th scope=\"col\" class=\"number\">");
    html_string(out, words);
    buffer_string(out, "</th>");
}

static void months_head(buffer *out, const board_facts *facts)
{
    const workforce *staff = facts->asked->workforce;

    buffer_string(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Months\">"
                       "<table class=\"teams\"><caption>Audits by month");
    if (facts->staff.month_count > 0)
        buffer_string(out, "; the workforce from the lowest to the highest team");
    buffer_string(out, "</caption><thead><tr><th scope=\"col\">Month</th>");
    if (facts->status.all.planned > 0)
        heading(out, "Planned");
    heading(out, "Done");
    heading(out, "Moderated");
    buffer_string(out, "<th scope=\"col\" class=\"number\">");
    say_good(out, facts, false);
    buffer_string(out, "</th>");
    heading(out, "95% interval");
    for (size_t i = 0; facts->staff.month_count > 0 && i < staff->count; i++)
        heading(out, staff->indicators[i].title);
    buffer_string(out, "</tr></thead><tbody>\n");
}

void part_months(buffer *out, const board_facts *facts)
{
    size_t      counted = 0, staff = 0;
    const char *name = next_month(facts, &counted, &staff);

    part_open(out, "months", "Planned and done, month by month");
    if (facts->status.all.planned == 0)
        buffer_string(out,
                      "<p>The store has no plan of audits, so nothing says whether these are all "
                      "that were meant to be done.</p>\n");
    if (name)
        months_head(out, facts);
    const bool any = name != NULL;
    for (; name; name = next_month(facts, &counted, &staff))
        month_row(out, facts, month_of(facts, name));
    if (any)
        buffer_string(out, "</tbody></table></div>\n");
    part_close(out);
}
