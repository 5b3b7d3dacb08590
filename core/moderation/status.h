/* status.h - how far the moderation is: planned against done, what waits for whom, what is late. */
#pragma once

#include "moderation/actions.h"
#include "moderation/cases.h"
#include "moderation/moderation.h"
#include "writing/buffer.h"

typedef struct {
    store_filter             filter; /* the audits that are looked at */
    int32_t                  today;
    const moderation_policy *policy;
} status_request;

/* The audits of one auditor, team, month or practice area; or all. */
typedef struct {
    const char *name;
    uint64_t    planned;
    uint64_t    audits;
    uint64_t    picked;
    uint64_t    at_random;      /* of those picked */
    uint64_t    also_triggered; /* of those at random */
    uint64_t    triggered_only; /* those picked that are not at random */
    uint64_t    moderated;
    uint64_t    higher; /* the auditor's grade against the moderator's */
    uint64_t    lower;
    uint64_t    missed;    /* lowest by the moderator, higher by the auditor */
    uint64_t    to_assign; /* where they wait: picked, and nobody has them */
    uint64_t    assigned;  /* with a moderator */
    uint64_t    differ;    /* for a reason */
    uint64_t    to_answer; /* for the auditor */
    uint64_t    disputed;  /* for a third person */
    uint64_t    decided;
    uint64_t    quality;   /* of those decided: the quality of the audit itself is wanted */
    uint64_t    changed;   /* the audit was changed after it was moderated */
    uint64_t    late;      /* moderated, or waiting, later than the policy asks for */
    uint64_t    actions;   /* open */
    uint64_t    overdue;   /* of these, past their day */
    uint64_t    no_action; /* audits whose final grade asks for an action, and that have none */
    uint64_t    re_audits; /* audits whose file was to be audited again by today, and was not */
} status_row;

typedef enum {
    STATUS_BY_AUDITOR,
    STATUS_BY_TEAM,
    STATUS_BY_MONTH,
    STATUS_BY_AREA,
    STATUS_BYS
} status_by;

/* Rows by name. */
typedef struct {
    status_row *rows;
    size_t      count;
    size_t      capacity;
} status_table;

typedef struct {
    status_row   all;
    status_table by[STATUS_BYS];
    int32_t      today;
    unsigned     target_days;
    uint64_t     median_lag; /* days from audit to moderation, of those moderated */
    uint64_t     longest_lag;
    arena        memory;
} moderation_status;

/* Counts. False and `errors` filled where the store cannot be read. Free with status_free() in either
 * case. */
bool status_read(store *store, const status_request *request, moderation_status *out,
                 error_list *errors);
void status_free(moderation_status *status);

/* Writes it as "table", "csv" or "json". */
void status_write(const moderation_status *status, const char *format, buffer *out);
