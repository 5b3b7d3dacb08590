/* quality.h - the quality of an audit, said beside its moderation. Private to this room. */
#pragma once

#include "moderation/cases.h"
#include "moderation/moderation.h"

/* True where all of the case is decided, and the policy wants the audit itself graded as well, which
 * nobody has done. */
bool moderation_wants_quality(const moderation_policy *policy, const moderation_case *one);

/* Records the grade that the moderator gives to the audit itself; all else of the moderation stays as
 * it is. False where the store failed. */
bool moderation_set_quality(store *store, const moderation_case *one, const char *grade,
                            store_outcome *outcome, error_list *errors);
