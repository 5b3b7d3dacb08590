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
    size_t          at_random;   /* moderated audits: those picked at random, ... */
    size_t          also_triggered; /* ... of these, those that a rule named as well, ... */
    size_t          triggered_only; /* ... and the others */
    estimate_result result;
    char (*undrawn)[8]; /* the months of audits in no draw yet, "2026-08", in order; "": no date */
    size_t undrawn_count;
    arena  memory;
} moderation_estimate;

/* Reckons over the audits of `filter`. A final grade stands for the moderator's. `good` is the lowest
 * level that is good or better; LEVEL_NONE: the highest but one. False and `errors` filled where the
 * store cannot be read. Free with moderation_estimate_free() in either case. */
bool moderation_estimate_read(store *store, const store_filter *filter, level good,
                              moderation_estimate *out, error_list *errors);
void moderation_estimate_free(moderation_estimate *estimate);

/* The lowest level that is good or better on a scale of so many, where nobody says: the highest but
 * one. */
level moderation_estimate_usual_good(size_t levels);

/* Likewise over cases that were read, on the scale `levels`; cases for which `belongs` is false are left
 * out (NULL: none). `good` is the lowest level that counts as good. */
bool moderation_estimate_over(const moderation_cases *cases, const char *levels, level good,
                              bool (*belongs)(const moderation_case *one, const void *user),
                              const void *user, estimate_result *out, error_list *errors);

/* Writes it as "table", "csv" or "json". */
void moderation_estimate_write(const moderation_estimate *estimate, const char *format,
                               buffer *out);

/* Adds which audits the corrected figure does not speak of, and why, as the middle of a sentence:
 * "90 of 210 audits have not been in a draw (August 2026 to October 2026)". Nothing where it speaks
 * of all. `plain`: for readers who do not know what a draw is. */
void moderation_estimate_outside(const moderation_estimate *estimate, bool plain, buffer *out);

/* Collects the months of `estimate->undrawn`. False: memory is out. Private to the room. */
bool moderation_estimate_find_undrawn(const moderation_cases *cases, moderation_estimate *estimate);

/* Whether no draw has reached the audit, and nobody moderated it by hand. Private to the room. */
bool moderation_estimate_is_undrawn(const moderation_case *one);
