/* actions.h - what has to be put right after an audit: the sheet of actions, and what comes back. */
#pragma once

#include "moderation/cases.h"
#include "moderation/import.h"

enum {
    ACTION_AUDIT_ID,
    ACTION_NUMBER,
    ACTION_FINAL_GRADE,
    ACTION_TEAM,
    ACTION_WHAT,
    ACTION_OWNER_ROLE,
    ACTION_DUE,
    ACTION_CLOSED,
    ACTION_EVIDENCE,
    ACTION_RE_AUDIT_DUE,
    ACTION_COLUMNS
};
extern const char *const action_columns[ACTION_COLUMNS];

/* Every action of the store, by audit and number. Start with {0}. */
typedef struct {
    store_action *items; /* dates are "2026-03-31" or "" */
    size_t        count;
    size_t        capacity;
    arena         memory;
} action_list;

bool actions_read(store *store, const store_filter *filter, action_list *out, error_list *errors);
void actions_free(action_list *actions);

/* True where the final grade asks for an action by the policy, and the audit has none. */
bool action_is_missing(const action_list *actions, const moderation_policy *policy,
                       const moderation_case *one);

/* True where the action is open and was due before `today` ("2026-03-31"). */
bool action_is_overdue(const store_action *action, const char *today);

/* Writes a sheet of the open actions; of one action, closed as it is, of each audit whose file waits to
 * be audited again (re_audits.h) and that has no open one; and of a new one for each audit whose final
 * grade asks for one by the policy and that has none: its due days are filled in. `count` gets the
 * rows. */
bool actions_write(store *store, const moderation_policy *policy, buffer *out, size_t *count,
                   error_list *errors);

/* Takes such a sheet. A row without a number is a new action, unless its audit has one of the same
 * words. See import.h for what is handed back. */
bool import_actions(store *store, const record_source *source, const import_request *request,
                    buffer *rejected, import_made *made, error_list *errors);
