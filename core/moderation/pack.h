/* pack.h - audits given to a moderator, and the form to moderate them with. */
#pragma once

#include "forms/forms.h"
#include "moderation/cases.h"
#include "moderation/moderation.h"

typedef struct {
    const char *moderator;
    const char *take_over; /* whose audits to take, as far as they did not moderate them; NULL */
    const char *pack;      /* write this pack again; NULL: a new one, of audits that wait */
    size_t      most;      /* audits in a new pack; 0: all that the moderator may take */
    const char *format;    /* "csv" or "html" */
    const moderation_policy *policy;
    const rubric_library    *library;
} pack_request;

typedef struct {
    char   pack[40];
    size_t audits;     /* in the pack */
    size_t not_theirs; /* that wait and the moderator may not take: their own, or of their team */
    size_t left;       /* that wait and were not asked for */
} pack_made;

/* Assigns audits and writes the form to `out`; nothing is assigned where any fault is found. Nothing
 * to give: fine, and made->audits is 0. The form never names the auditor nor any grade. */
bool pack_make(store *store, const pack_request *request, buffer *out, pack_made *made,
               error_list *errors);

/* The rubric that graded it, or NULL where the library does not have that version. */
const rubric *rubric_of(const rubric_library *library, const moderation_case *one);
