/* page.h - the pieces of both pages. Private to this room.
 *
 * Functions add to `out` HTML, unless they are said to add plain words. */
#pragma once

#include "board/facts.h"
#include "writing/html_text.h"
#include "writing/share.h"

/* ---- Pieces (page_parts.c) ---------------------------------------------------------- */

void part_open(buffer *out, const char *id, const char *heading);
void part_close(buffer *out);

/* "1 audit", "1,234 audits" */
void say_count(buffer *out, uint64_t count, const char *one, const char *many);
/* "52%" */
void say_share(buffer *out, double share);
/* Likewise; never 0% or 100%: a forecast is not so sure. */
void say_chance(buffer *out, double chance);
/* 31 March 2026 of "2026-03-31" */
void say_date(buffer *out, const char *date);
/* "Good or better", "Outstanding": the levels that count. `small`: within a sentence. */
void say_good(buffer *out, const board_facts *facts, bool small);
/* 17.3 */
void say_figure(buffer *out, double value);

/* Whether there is a corrected share of enough audits to be shown as one. */
bool corrected_known(const board_facts *facts);

/* The auditors' own figure: of the audits that the corrected share speaks of, so that the two can be
 * compared; of all where there is none. And how many audits it is of. */
const estimate_figure *own_figure(const board_facts *facts);
uint64_t               own_audits(const board_facts *facts);

/* What a share is worth against the local target; TARGET_UNKNOWN: too many audits lie outside it. */
typedef enum { TARGET_BELOW, TARGET_UNSURE, TARGET_REACHED, TARGET_UNKNOWN } target_standing;
target_standing stand_to_target(const board_facts *facts);

/* Adds, escaped, which audits the corrected share does not speak of: the middle of a sentence. */
void say_outside(buffer *out, const board_facts *facts);

/* Where the share is likely to be at the next meeting; NULL: that cannot be said, because months are
 * too few or because where the share stands now is not known. */
const forecast_date *next_meeting(const board_facts *facts);

/* How the share of good work after the last meeting differs from that before; `known` false: either
 * side has under the least number of audits. */
typedef struct {
    bool known;
    int  points;
    int  low, high; /* its 95% interval */
} board_change;
board_change change_since(const board_facts *facts);

/* <th scope="col">, for each of `headings`; those after the first `words` hold numbers. */
void table_head(buffer *out, const char *caption, const char *const *headings, size_t count,
                size_t words);

/* The head of a table of grades, in a region of its own; and a row: how many of each level, lowest first,
 * as the bars have them, and the share of good work. Ends with GRADES_END. */
void grades_head(buffer *out, const board_facts *facts, const char *caption, const char *first);
void grades_row(buffer *out, const board_facts *facts, const char *name,
                const board_grades *grades);
#define GRADES_END "</tbody></table></div>\n"

/* Bars of the judgement areas with grades. */
void areas_chart(buffer *out, const board_facts *facts);
/* "Children in care"; "Other work" where a rubric names none of the edition's. */
const char *area_name(const board_row *area);

/* <td> of the share of good work and its interval; counts alone where there are few. */
void share_cells(buffer *out, const board_facts *facts, const board_grades *grades);

/* ---- Charts (chart_marks.c) ----------------------------------------------------------- */

typedef struct {
    const char *name;
    double      share, low, high;
    bool        hollow; /* not what the page goes by */
} chart_mark;

/* A point and its interval on a line from 0 to 100%, one a row; `target` as an upright line, below 0:
 * none. */
void chart_marks(buffer *out, const char *id, const char *title, const chart_mark *marks,
                 size_t count, double target);

/* ---- Sections --------------------------------------------------------------------------- */

void board_page(buffer *out, const board_facts *facts);
void plain_page(buffer *out, const board_facts *facts);

/* page_first.c: what matters most. */
void part_first(buffer *out, const board_facts *facts);
/* page_grades.c */
void part_grades(buffer *out, const board_facts *facts);
/* page_work.c */
void part_criteria(buffer *out, const board_facts *facts);
void part_moderation(buffer *out, const board_facts *facts);
void part_actions(buffer *out, const board_facts *facts);
/* page_months.c: planned and done, and the workforce beside it. */
void part_months(buffer *out, const board_facts *facts);
/* page_staff.c: teams, with the workforce beside their grades. */
void part_teams(buffer *out, const board_facts *facts);

/* ---- Workforce (page_staff.c) --------------------------------------------------------------- */

/* The latest month with figures; SIZE_MAX: none. And the month of the last meeting, or the first
 * that there is: what the latest is held against. */
size_t staff_latest(const board_facts *facts);
size_t staff_compared(const board_facts *facts);

/* The lowest and highest of the teams in a month; false where none has the figure. */
bool staff_range(const board_facts *facts, size_t month, size_t indicator, double *low,
                 double *high);

/* <td> of that range; month SIZE_MAX: none. */
void range_cell(buffer *out, const board_facts *facts, size_t month, size_t indicator);

/* "watch", "concern" or "" */
const char *staff_band(const workforce_indicator *indicator, double value);

extern const char board_style[];
