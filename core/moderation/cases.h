/* cases.h - what the store knows of each audit, side by side: who audited, what the auditor, the
 * rubric and the moderator made of it, and what came of that. */
#pragma once

#include "base/arena.h"
#include "store/store.h"

/* Strings are "" where nothing is known; dates are "2026-03-31".
 *
 * Where the audit was changed after it was moderated, its date, team, auditor and their grade, and what
 * the tool made of it, are those of the revision that was moderated: what moderation found stays with
 * what it looked at. */
typedef struct {
    const char *audit_id;
    int64_t     revision; /* the latest */
    bool        changed;  /* after it was moderated */
    const char *practice_area;
    const char *audit_date;
    const char *team;
    const char *auditor;
    const char *child_ref; /* for packs alone: never in any other output */
    const char *auditor_grade;

    const char *rubric; /* the tool's latest grade; so the next four */
    const char *version;
    const char *levels;     /* the scale, lowest first: "inadequate|requires_improvement|..." */
    const char *tool_grade; /* a level, "none" or "not_graded" */
    int64_t     margin;     /* thousandths; -1: none */
    const char *limited_by; /* "risk_analysis|child_seen": criteria that held it down */

    int64_t     draw;    /* that it was in the frame of; 0: none */
    const char *stratum; /* of that draw */
    bool        picked;
    bool        picked_at_random;
    double      probability; /* of being picked at random */
    double      inclusion;   /* of being picked at all */
    const char *triggers;    /* "inadequate|tool_differs" */
    const char *drawn_at;    /* UTC */

    const char *moderator;
    const char *pack;
    const char *assigned_at; /* UTC */
    int64_t     assigned_event;

    int64_t     moderated_revision; /* of the audit; 0: not moderated */
    const char *moderated_on;
    const char *practice_grade; /* the moderator's */
    const char *audit_quality_grade;
    const char *comment;

    bool        shown;       /* both grades were shown to somebody */
    const char *reason_code; /* why the moderator's grade differs */
    const char *reason_text;
    const char *disputed_by;
    const char *dispute_text;

    const char *final_grade;
    const char *decided_by;
    const char *how; /* "agreed", "moderator" or "third_person" */
    const char *decision_code;
    const char *decision_text;
    const char *decided_at; /* UTC */
} moderation_case;

/* By audit_id. Start with {0}. */
typedef struct {
    moderation_case *items;
    size_t           count;
    size_t           capacity;
    arena            memory;
} moderation_cases;

/* Reads the audits of `filter` (NULL: all), which chooses a changed one as it was moderated. False and `errors` filled where the store
 * cannot be read. Free with moderation_cases_free() in either case. */
bool moderation_cases_read(store *store, const store_filter *filter, moderation_cases *out,
                           error_list *errors);
/* Likewise, within a transaction that is under way. */
bool moderation_cases_read_within(store *store, const store_filter *filter, moderation_cases *out,
                                  error_list *errors);
void moderation_cases_free(moderation_cases *cases);

/* The case of that audit, or NULL. */
moderation_case *moderation_case_of(const moderation_cases *cases, const char *audit_id);

/* The teams that somebody audited for, as far as the cases say: they belong to them. `teams` has room
 * for as many as there are cases. Gives how many. */
size_t moderation_own_teams(const moderation_cases *cases, const char *person, const char **teams);

/* A pick may be both: picked at random, and named by a rule beside. Counts say "at random N (of them also
 * triggered M), triggered only K": N and K are all picks. */
static inline bool moderation_also_triggered(const moderation_case *one)
{
    return one->picked_at_random && *one->triggers;
}

/* Where a case stands. */
typedef enum {
    CASE_NOT_PICKED,
    CASE_TO_ASSIGN, /* picked, and nobody has it */
    CASE_ASSIGNED,  /* a moderator has it */
    CASE_DIFFERS,   /* moderated; the grades differ, and no reason is given */
    CASE_TO_ANSWER, /* a reason is given, and the auditor has not answered */
    CASE_DISPUTED,  /* a third person is to decide */
    CASE_DECIDED    /* there is a final grade */
} moderation_stage;

moderation_stage moderation_stage_of(const moderation_case *one);
