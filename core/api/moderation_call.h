/* moderation_call.h - what every call of moderation opens, is asked and closes. Private to this room. */
#pragma once

#include "api/session.h"
#include "base/date.h"
#include "moderation/moderation.h"
#include "store/store.h"
#include "writing/buffer.h"

typedef struct {
    assay                          *session;
    const assay_moderation_options *asked;
    moderation_policy              *policy;
    store                          *kept;
    int32_t                         today;
    buffer                          out;
} moderation_call;

/* False where the options, the policy or the store cannot be used. moderation_call_end() in either case. */
bool moderation_call_open(moderation_call *call, assay *session,
                          const assay_moderation_options *options, bool to_write);

/* Hands out what was written, where all went well, and closes. Gives the status of the call. */
int moderation_call_end(moderation_call *call, bool fine, assay_write write, void *user);

/* Whether the format is one of a form (csv, html) or of a report (table, csv, json); said where it is not. */
bool moderation_is_form(assay *session, const char *format);
bool moderation_is_report(assay *session, const char *format);

/* The days that were asked for: a month, or from and to; DRAW_ANY_DAY where not. */
bool moderation_read_days(moderation_call *call, int32_t *from, int32_t *to);

/* The days of a filter, as the store has dates. */
typedef struct {
    char from[DATE_TEXT_SIZE];
    char to[DATE_TEXT_SIZE];
} filter_days;

/* What the options ask for; its dates are in `days`. */
bool moderation_read_filter(moderation_call *call, filter_days *days, store_filter *filter);
