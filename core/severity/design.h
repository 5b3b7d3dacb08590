/* design.h - who rated what, sorted and numbered for the fit. Private to this room. */
#pragma once

#include "severity/severity.h"

/* One rating; all numbers are those of the design. */
typedef struct {
    uint32_t audit;
    uint32_t auditor;
    uint32_t criterion;
    uint8_t  rating;
} rated;

enum { THRESHOLD_FIXED = 0xFF };

/* Auditors and criteria with ratings, renumbered: auditors such that each link group is one run. */
typedef struct {
    rated    *ratings; /* by audit, auditor, criterion, rating */
    size_t    count;
    size_t   *units; /* [unit_count + 1]: where each begins. A unit shares one quality: an audit,
                             or one auditor's share of it where links are not used */
    size_t    unit_count;
    size_t    largest_unit; /* in ratings */
    size_t    audits;
    size_t    audits_linking;
    bool      links_unused;
    bool      spread_known;
    size_t    auditors;
    uint32_t *auditor_of;     /* [auditor]: the caller's number */
    uint32_t *link_group;     /* [auditor] */
    uint32_t *criteria_group; /* [auditor], then [criterion]: auditors + criteria entries */
    size_t    link_groups;
    size_t    criteria_groups;
    size_t    graph_groups;
    size_t   *blocks; /* [block_count + 1]: the first of the auditors who are solved for together: a
                         link group, or each one by itself where links are not used */
    size_t    block_count;
    size_t    criteria;
    uint32_t *criterion_of; /* [criterion]: the caller's number */
    /* Levels that were used. The thresholds of lowest and highest are fixed at 0. */
    unsigned lowest;
    unsigned highest;
    bool     used[SEVERITY_LEVELS_MAX];
    uint8_t  inner[SEVERITY_LEVELS_MAX]; /* [level]: its free threshold, or THRESHOLD_FIXED */
    size_t   inner_count;
} rating_design;

/* Reads `data`, which is in range and not empty. False where memory is out; design_free() either
 * way. */
bool design_make(rating_design *made, const severity_data *data);
void design_free(rating_design *made);

/* Numbers after the auditors: criteria, free thresholds, mu, log sigma. */
static inline size_t design_border(const rating_design *held)
{
    return held->criteria + held->inner_count + 2;
}
