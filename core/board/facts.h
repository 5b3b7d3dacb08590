/* facts.h - what the page says, as numbers. Private to this room. */
#pragma once

#include "base/date.h"
#include "board/board.h"
#include "moderation/actions.h"
#include "moderation/agreement.h"
#include "moderation/cases.h"
#include "moderation/estimate_report.h"
#include "moderation/forecast_report.h"
#include "moderation/status.h"
#include "writing/html_charts.h"

/* Audits by level: the final grade where there is one, else the auditor's. */
typedef struct {
    uint64_t levels[LEVELS_MAX];
    uint64_t graded;
    uint64_t good;
} board_grades;

/* The audits of one judgement area, team or month. */
typedef struct {
    const char  *name; /* as shown; of a month "2026-04" */
    board_grades grades;
    uint64_t     audits;
} board_row;

typedef struct {
    board_row *rows;
    size_t     count;
    size_t     capacity;
} board_rows;

/* A criterion of a practice area, and how often the rubric says that it held the work down. */
typedef struct {
    const char *id;
    const char *practice_area;
    const char *question; /* "": the rubric is not at hand */
    uint64_t    held;
    uint64_t    since; /* of these, audits since the last meeting */
    uint64_t    of;    /* audits of the practice area that the rubric graded */
} board_criterion;

/* Actions from any audit of the store, as they are today. */
typedef struct {
    uint64_t all;
    uint64_t open;
    uint64_t overdue;
    uint64_t overdue_lowest; /* of these, from audits whose grade is the lowest */
    uint64_t longest;        /* days that one is overdue */
    uint64_t closed_since;   /* the last meeting */
    uint64_t re_audits;      /* audits whose file was to be audited again by today, and was not */
} board_actions;

/* The audits of the period that were picked to be moderated, as `assay moderation agreement` tells them
 * apart. */
typedef struct {
    uint64_t random;
    uint64_t random_and_triggered; /* of those: a rule asked for them too */
    uint64_t triggered_alone;
} board_picks;

/* One figure; `known` false: there is none. */
typedef struct {
    bool   known;
    double value;
} board_figure;

/* The workforce: figures[(team * months + month) * indicators + indicator]. */
typedef struct {
    const char **teams; /* by name; "" first where there is one: the whole council */
    char (*months)[8];
    size_t        team_count;
    size_t        month_count;
    board_figure *figures;
    size_t        unnamed; /* figures of the store whose indicator the file does not have */
} board_staff;

typedef struct {
    const board_request *asked;
    const char          *ids[LEVELS_MAX]; /* the scale that most audits are on */
    const char          *labels[LEVELS_MAX];
    chart_scale          scale;
    level                good;
    uint64_t             least; /* graded audits; fewer: counts alone */
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE], since[DATE_TEXT_SIZE], today[DATE_TEXT_SIZE];

    moderation_cases     cases;              /* every audit of the store */
    uint64_t             audits;             /* of the period */
    uint64_t             ungraded;           /* by the scale */
    board_grades         all, before, after; /* the last meeting */
    moderation_estimate  estimated;
    int32_t              next;     /* the next meeting: six weeks after `today` */
    bool                 forecast; /* there is a target, and the next can be read */
    moderation_forecast  going;
    const framework     *edition;  /* NULL: none at hand holds on the last day */
    board_rows           areas;    /* of the edition, in its order; then "": audits of none */
    board_rows           teams;    /* by name */
    board_rows           months;   /* by month, only those with audits */
    board_criterion     *criteria; /* that held most work down first */
    size_t               criterion_count;
    moderation_status    status;
    moderation_agreement agreement;
    board_picks          picks;
    board_actions        actions;
    board_staff          staff;
    arena                memory;
} board_facts;

/* False and `errors` filled where the store cannot be read. facts_free() in either case. */
bool facts_read(store *store, const board_request *request, board_facts *out, error_list *errors);
void facts_free(board_facts *facts);

/* Whether the audit is of the period, and after the last meeting. */
bool facts_in_period(const board_facts *facts, const moderation_case *one);
bool facts_is_new(const board_facts *facts, const moderation_case *one);

/* The place of the final grade, else of the auditor's; LEVEL_NONE where it is none of the scale. */
level facts_grade(const board_facts *facts, const moderation_case *one);

void facts_count(const board_facts *facts, board_grades *grades, level grade);

/* "requires_improvement" as "Requires improvement", of the facts' memory; NULL: memory is out. */
const char *facts_label(board_facts *facts, const char *id);

/* A new row of that name, which is copied; NULL: memory is out. */
board_row *facts_add_row(board_facts *facts, board_rows *rows, const char *name);

/* ---- Its parts ------------------------------------------------------------------- */

/* areas.c: judgement areas and criteria. */
bool facts_count_areas(board_facts *facts, error_list *errors);
bool facts_count_criteria(board_facts *facts, error_list *errors);

/* staff.c: figures of the workforce. */
bool         facts_read_staff(store *store, board_facts *facts, error_list *errors);
board_figure facts_figure(const board_facts *facts, size_t team, size_t month, size_t indicator);
