/* compare.h - both grades shown together, and what is to be said about them. */
#pragma once

#include "moderation/cases.h"
#include "moderation/moderation.h"
#include "writing/buffer.h"

/* The columns of the sheet, in order; those from COMPARE_QUALITY on are filled in by people. */
enum {
    COMPARE_AUDIT_ID,
    COMPARE_PRACTICE_AREA,
    COMPARE_AUDIT_DATE,
    COMPARE_TEAM,
    COMPARE_AUDITOR_GRADE,
    COMPARE_RUBRIC_GRADE,
    COMPARE_MODERATOR,
    COMPARE_MODERATOR_GRADE,
    COMPARE_MODERATOR_COMMENT,
    COMPARE_NEXT_STEP,
    COMPARE_QUALITY,
    COMPARE_REASON_CODE,
    COMPARE_REASON_TEXT,
    COMPARE_ANSWER,
    COMPARE_ANSWERED_BY,
    COMPARE_DISPUTE_TEXT,
    COMPARE_DECIDED_BY,
    COMPARE_FINAL_GRADE,
    COMPARE_DECISION_TEXT,
    COMPARE_COLUMNS
};
extern const char *const compare_columns[COMPARE_COLUMNS];

typedef struct {
    const char              *moderator; /* theirs alone; NULL: everybody's */
    const char              *format;    /* "csv" or "html" */
    const moderation_policy *policy;
} compare_request;

/* Writes every moderated audit that waits for somebody: the auditor's, the rubric's and the
 * moderator's grade side by side, and what is to be said next. From then on those moderations are not
 * blind any more, which is recorded before anything is written. `count` gets how many there are. */
bool compare_write(store *store, const compare_request *request, buffer *out, size_t *count,
                   error_list *errors);

/* "2 levels higher than the moderator", "the same"; "" where either is no level of the scale. */
void compare_difference(buffer *out, const moderation_case *one);
