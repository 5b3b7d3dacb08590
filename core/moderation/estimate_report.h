/* estimate_report.h - the corrected figure over the store. */
#pragma once

#include "estimate/estimate.h"
#include "moderation/cases.h"
#include "moderation/moderation.h"
#include "writing/buffer.h"

typedef struct {
    const char     *levels; /* the scale, lowest first: "inadequate|..." */
    size_t          level_count;
    level           good;        /* the lowest level that is good or better */
    size_t          other_scale; /* audits on another scale than most: left out */
    estimate_result result;
    arena           memory;
} moderation_estimate;

/* Reckons over the audits of `filter`. A final grade stands for the moderator's. `good` is the lowest
 * level that is good or better; LEVEL_NONE: the highest but one. False and `errors` filled where the
 * store cannot be read. Free with moderation_estimate_free() in either case. */
bool moderation_estimate_read(store *store, const store_filter *filter, level good,
                              moderation_estimate *out, error_list *errors);
void moderation_estimate_free(moderation_estimate *estimate);

/* Likewise over cases that were read, on the scale `levels`; cases for which `belongs` is false are left
 * out (NULL: none). `good` is the lowest level that counts as good. */
bool moderation_estimate_over(const moderation_cases *cases, const char *levels, level good,
                              bool (*belongs)(const moderation_case *one, const void *user),
                              const void *user, estimate_result *out, error_list *errors);

/* Writes it as "table", "csv" or "json". */
void moderation_estimate_write(const moderation_estimate *estimate, const char *format,
                               buffer *out);
