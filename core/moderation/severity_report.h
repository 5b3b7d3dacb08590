/* severity_report.h - who is generous and who is harsh, over the store. */
#pragma once

#include "moderation/cases.h"
#include "moderation/moderation.h"
#include "severity/severity.h"
#include "writing/buffer.h"

typedef struct {
    const char    **raters;    /* [result.auditors]: names; moderators among them */
    bool           *moderates; /* likewise: is a moderator */
    size_t          rater_count;
    const char    **criteria; /* "plans.child_focus" */
    size_t          criterion_count;
    size_t          other_scale; /* audits on another scale than most: left out */
    severity_result result;
    arena           memory;
} moderation_severity;

/* Fits the model over the audits of `filter`: the ratings that auditors and moderators gave to the
 * rubrics' questions; what is measured is nobody's opinion and is left out. False and `errors` filled
 * where the store cannot be read. Free with moderation_severity_free() in either case. */
bool moderation_severity_read(store *store, const rubric_library *library,
                              const store_filter *filter, moderation_severity *out,
                              error_list *errors);
void moderation_severity_free(moderation_severity *severity);

/* Writes it as "table", "csv" or "json". */
void moderation_severity_write(const moderation_severity *severity, const char *format,
                               buffer *out);
