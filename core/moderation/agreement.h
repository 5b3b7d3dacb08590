/* agreement.h - how far auditors, moderators and the rubric agree. */
#pragma once

#include "moderation/cases.h"
#include "moderation/figures.h"
#include "moderation/moderation.h"
#include "writing/buffer.h"

/* Whose grades are compared: the first's in a table's rows. */
typedef enum {
    AUDITOR_AND_MODERATOR,
    RUBRIC_AND_MODERATOR,
    AUDITOR_AND_RUBRIC,
    AGREEMENT_PAIRS
} agreement_pair;

/* Which audits: those picked at random, those that were triggered only, or all. What is said of a team's
 * grading rests on random ones alone: triggered ones were chosen because of their grades. */
typedef enum { PICKED_AT_RANDOM, TRIGGERED_ONLY, PICKED_ANYHOW, AGREEMENT_PICKS } agreement_pick;

typedef struct {
    const char       *name;
    uint64_t          also_triggered; /* of those in the table: picked at random and triggered */
    statistics_table  table;
    agreement_figures figures;
} agreement_row;

typedef struct {
    agreement_row *rows; /* by name */
    size_t         count;
    size_t         capacity;
} agreement_list;

typedef enum {
    AGREEMENT_BY_AUDITOR,
    AGREEMENT_BY_TEAM,
    AGREEMENT_BY_MONTH,
    AGREEMENT_BY_CRITERION,
    AGREEMENT_DIMENSIONS
} agreement_dimension;

typedef struct {
    const char *levels; /* the scale, lowest first: "inadequate|..." */
    size_t      level_count;
    const char   *
        *missed; /* audits that the moderator found at the lowest level, and the auditor not */
    size_t missed_count;
    statistics_table  tables[AGREEMENT_PAIRS][AGREEMENT_PICKS];
    uint64_t          also_triggered[AGREEMENT_PAIRS]; /* of those picked at random */
    agreement_figures figures[AGREEMENT_PAIRS][AGREEMENT_PICKS];
    agreement_list by[AGREEMENT_DIMENSIONS]; /* auditor and moderator, of audits picked at random */
    size_t         other_scale;              /* moderated on another scale than most: left out */
    unsigned       least;                    /* of the policy: fewer audits have counts alone */
    unsigned       least_for_interval;
    uint64_t       seed;
    bool           more;
    arena          memory;
} moderation_agreement;

typedef struct {
    store_filter             filter;
    const moderation_policy *policy;
    uint64_t                 seed; /* of the bootstrap */
    bool                     more; /* every coefficient */
} agreement_request;

/* Compares. False and `errors` filled where the store cannot be read. Free with agreement_free() in
 * either case. */
bool agreement_read(store *store, const agreement_request *request, moderation_agreement *out,
                    error_list *errors);
void agreement_free(moderation_agreement *agreement);

/* Writes it as "table", "csv" or "json". */
void agreement_write(const moderation_agreement *agreement, const char *format, buffer *out);

/* Adds one paragraph of plain words to read out: what was found in the audits picked at random, and how
 * sure it is. Names nobody. */
void agreement_in_brief(const moderation_agreement *agreement, buffer *out);
