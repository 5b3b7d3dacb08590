/* re_audits.h - files that are to be audited again. */
#pragma once

#include "moderation/actions.h"

/* An audit whose actions name a day by which the file is to be audited again, which has not been
 * done: its child has no audit of a later date. One whose child is not known waits until its actions
 * name no day any more. */
typedef struct {
    const char *audit_id; /* those of the actions */
    const char *due;      /* the first day that they name: "2026-03-31" */
} re_audit;

/* By audit_id, each once. Start with {0}. */
typedef struct {
    re_audit *items;
    size_t    count;
} re_audit_list;

/* Those that wait, whenever they are due. The list lives no longer than `actions`, which are by audit.
 * False and `errors` filled where the store cannot be read. Free with re_audits_free() in either
 * case. */
bool re_audits_read(store *store, const action_list *actions, re_audit_list *out,
                    error_list *errors);
void re_audits_free(re_audit_list *list);
