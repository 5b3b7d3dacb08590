/* sample_plan.h - what a number of moderated audits can show, before any is drawn. */
#pragma once

#include "moderation/frame.h"
#include "writing/buffer.h"

typedef struct {
    const moderation_policy *policy;
    int32_t                  from; /* days; or DRAW_ANY_DAY */
    int32_t                  to;
} plan_request;

/* One auditor's part. */
typedef struct {
    const char *name;
    size_t      audits;     /* of these days */
    double      picks;      /* at random, expected */
    unsigned    noticeable; /* hundredths of a grade; 0: none */
} plan_auditor;

/* What moderators made of the random picks so far. */
typedef struct {
    size_t moderated;
    size_t agreed;
    size_t raised; /* the moderator's grade is higher */
} plan_known;

enum { PLAN_KNOWN_LEAST = 20 }; /* moderated; with fewer nothing is taken from the store */

typedef struct {
    int32_t    from;
    int32_t    to;
    size_t     audits;    /* of these days */
    double     picks;     /* at random, expected: those drawn before and those to be drawn */
    double     worth;     /* as many of equal chances: Kish's effective sample */
    size_t     triggered; /* certain, beside */
    plan_known known;
    double     share;           /* of agreement that is reckoned with */
    double     raised;          /* of audits that moderators raise */
    double     half_width;      /* of the agreement, from these picks */
    uint64_t   needed;          /* to know it of these audits to +- 10 points */
    uint64_t   needed_of_all;   /* likewise of audits without number */
    uint64_t   needed_for_half; /* to notice half a grade; of one auditor or of all */
    unsigned   noticeable;      /* from all picks; hundredths of a grade; 0: none */

    plan_auditor    *auditors;
    size_t           auditor_count;
    moderation_cases cases;
    arena            memory;
} moderation_plan;

/* Start with {0}. False and `errors` filled where the store cannot be read. Free with sample_plan_free() in
 * either case. */
bool sample_plan_make(store *store, const plan_request *request, moderation_plan *out,
                      error_list *errors);
void sample_plan_free(moderation_plan *plan);

/* `format` table, csv or json. Where memory is out, `out` has failed. */
void sample_plan_write(const moderation_plan *plan, const plan_request *request, const char *format,
                       buffer *out);
