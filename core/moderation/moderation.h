/* moderation.h - which audits a second person looks at, and under which rules: the policy, who may
 * moderate what, the draw over the store, and the plan of how many are needed. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "rubric/rubric.h"

/* ---- The policy (docs/moderation-policy.md) ---------------------------------- */

/* Names of which any one will do; none: not asked. */
typedef struct {
    const char *const *items;
    size_t             count;
} moderation_names;

/* [trigger.ID]: every audit of this kind is moderated. All that is asked must hold. */
typedef struct {
    const char      *id;
    const char      *title; /* what is wrong with such audits, in the council's words */
    moderation_names practice_areas;
    moderation_names teams;
    moderation_names auditors;
    moderation_names auditor_grades; /* level ids; so the next */
    moderation_names tool_grades;
    moderation_names limited_by; /* criteria that held the tool's judgement down */
} moderation_trigger;

/* [moderator.NAME]: somebody who may moderate. */
typedef struct {
    const char      *name;
    moderation_names teams;          /* their own; none: of no team */
    moderation_names practice_areas; /* what they moderate; none: everything */
} moderation_moderator;

/* [actions.LEVEL]: what follows a final grade of that level. */
typedef struct {
    const char *level;
    unsigned    due_days;      /* from the final grade to when an action has to be closed */
    unsigned    re_audit_days; /* from the final grade to when the file is audited again; 0: not */
} moderation_action_rule;

/* [reasons]: why a moderator and an auditor differ. */
typedef struct {
    const char *code;
    const char *title;
} moderation_reason;

enum {
    MODERATION_SHARE_WHOLE = 10000, /* shares are in hundredths of a percent */
    MODERATION_TRIGGERS_MAX = 24,   /* [trigger.ID] of one policy */
    MODERATION_HASH_TEXT_SIZE = 65
};

/* A policy, read and checked. Strings and lists live as long as it does. Read-only once made: then
 * safe on any thread. A key that its file does not give has its standard value, the one of the
 * policy that assay comes with. */
typedef struct {
    const char *file;
    const char *name; /* of the file, without its folder: the same on every machine */
    const char *title;
    const char *text; /* the file, as it was read; so its hash: what a draw keeps of it */
    size_t      text_size;
    char        hash[MODERATION_HASH_TEXT_SIZE]; /* SHA-256, small hexadecimal digits */

    size_t      level_count; /* [scale]; the lowest first */
    const char *levels[LEVELS_MAX];

    /* [sample] */
    unsigned random_share;      /* hundredths of a percent */
    unsigned least_per_auditor; /* picked at random, of each auditor, in each ... */
    unsigned least_within;      /* ... so many months */

    /* [triggers] */
    bool                      inadequate_by_auditor;
    bool                      inadequate_by_tool;
    unsigned                  tool_differs_by; /* levels; 0: never */
    bool                      not_graded;      /* the tool had too little evidence to grade */
    const moderation_trigger *triggers;
    size_t                    trigger_count;

    /* [more] */
    unsigned         thin_margin; /* thousandths of a point; 0: no margin is thin */
    unsigned         thin_margin_share;
    unsigned         new_auditor_days; /* 0: by the list alone */
    unsigned         new_auditor_share;
    moderation_names new_auditors;

    /* [exclude] */
    unsigned same_child_within; /* months; 0: never left out */

    /* [independence] */
    bool                        own_team; /* a moderator may take audits of their own team */
    bool                        third_person_own_team;
    moderation_names            third_persons; /* none: anybody */
    const moderation_moderator *moderators;    /* none: anybody */
    size_t                      moderator_count;

    /* [lag], [audit_quality], [actions.LEVEL], [reasons], [figures] */
    unsigned                      target_days;   /* from audit to moderation */
    bool                          audit_quality; /* the audit itself is graded as well */
    const moderation_action_rule *actions;
    size_t                        action_count;
    const moderation_reason      *reasons;
    size_t                        reason_count;
    unsigned                      least_for_figures;  /* audits; fewer: counts alone are shown */
    unsigned                      least_for_interval; /* audits; fewer: no interval */

    arena memory;
} moderation_policy;

/* Reads and checks the policy in `path`, or in `size` bytes that messages call `name`. NULL and
 * `errors` filled with every fault found where it cannot be used. moderation_policy_free() takes
 * NULL. Thread-safe. */
moderation_policy *moderation_policy_read(const char *path, error_list *errors);
moderation_policy *moderation_policy_read_bytes(const char *name, const char *bytes, size_t size,
                                                error_list *errors);
void               moderation_policy_free(moderation_policy *policy);

/* The rule for a final grade of that level, or NULL: no action is needed. */
const moderation_action_rule *moderation_action_for(const moderation_policy *policy,
                                                    const char              *grade);

/* The reason of that code, or NULL. */
const moderation_reason *moderation_find_reason(const moderation_policy *policy, text code);

/* ---- Who may look at what (independence.c) ----------------------------------- */

/* Whose work it is. "" where a record does not say. */
typedef struct {
    const char *auditor;
    const char *team;
    const char *practice_area;
} moderation_work;

/* Why this moderator may not take the work, in words that complete "X cannot moderate it: ..."; NULL
 * where they may. `teams` are those the moderator is known to belong to beside what the policy says,
 * as from audits of their own; names compare however they are written (text_same_person()). Nobody
 * ever moderates an audit of their own. Thread-safe. */
const char *moderation_why_not(const moderation_policy *policy, const char *moderator,
                               moderation_names teams, const moderation_work *work);

/* Likewise for whoever decides a dispute between this auditor and this moderator. */
const char *moderation_why_not_third(const moderation_policy *policy, const char *person,
                                     moderation_names teams, const char *moderator,
                                     const moderation_work *work);
