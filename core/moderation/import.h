/* import.h - what comes back from moderators and auditors: every cell checked, what is right recorded,
 * the rest handed back with reasons. */
#pragma once

#include "moderation/cases.h"
#include "moderation/moderation.h"
#include "records/records.h"
#include "writing/buffer.h"

typedef struct {
    const moderation_policy *policy;
    const rubric_library    *library;
    int32_t                  today; /* no answer is from a later day */
} import_request;

/* audits = recorded + same + handed_back + open, always. */
typedef struct {
    size_t audits; /* that the file speaks of */
    size_t recorded;
    size_t same;        /* as they were recorded before: taking a file twice changes nothing */
    size_t handed_back; /* something is wrong: why is among the errors, and nothing was recorded */
    size_t open;        /* nothing was answered yet */
    size_t agreed;      /* of those recorded: the final grade, since both are the same */
    size_t differ;      /* of those recorded: somebody has to look at both grades together */
} import_made;

/* Takes a pack that was filled in. An audit is recorded whole or not at all. What is wrong is a notice
 * with its place; the rows of such audits are written to `rejected`, with a column that says why, to
 * be put right and taken again. False where the file or the store cannot be used: nothing is
 * recorded then. */
bool import_pack(store *store, const record_source *source, const import_request *request,
                 buffer *rejected, import_made *made, error_list *errors);

/* Takes a sheet of compare.h that was filled in: reasons, answers, disputes, decisions. */
bool import_decisions(store *store, const record_source *source, const import_request *request,
                      buffer *rejected, import_made *made, error_list *errors);
