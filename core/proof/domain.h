/* domain.h - which ratings the criteria of a rubric can have together. Private to this room. */
#pragma once

#include "proof/trial.h"

/* What a criterion can come to: a level; left out; or one of these. Bit o of a mask for outcome o. */
enum {
    OUTCOME_LEFT_OUT = LEVELS_MAX, /* not applicable, not due */
    OUTCOME_MISSING = LEVELS_MAX + 1,
    OUTCOMES
};
enum { OUTCOME_LEVELS = (1 << LEVELS_MAX) - 1 };

/* Criteria that hang together (trial.h): in each world each can have any outcome of its mask,
 * whatever the others have. */
typedef struct {
    const size_t *criteria;
    size_t        criterion_count;
    uint16_t     *masks; /* [world * criterion_count + place of the criterion] */
    size_t        worlds;
} domain_part;

typedef struct {
    const rubric *rubric; /* the real one */
    domain_part  *parts;
    size_t        part_count;
    uint16_t     *any;   /* [criterion]: in whatever world */
    size_t       *alike; /* [criterion]: the first that could stand in its place in whatever record,
                              judged the same; itself where there is none before it */
    bool *
        blanks; /* [criterion]: what is missing can come with what evidence that does not apply cannot;
                     else the proofs leave it out, as but for coverage it does no more */
    bool   any_blanks;
    bool   exact;   /* false: some ways in which ratings can come together were not tried */
    size_t inexact; /* a criterion of a part for which that is so */
    bool   assumed; /* plugins' measures were taken to be independent */
    trial  tried;
} domain;

/* Free with domain_free(). False and `errors` filled where memory is out. */
bool domain_make(domain *out, const rubric *rubric, error_list *errors);

/* Likewise, with plugins' measures run: ratings of which records can be made, and perhaps not all. */
bool domain_make_real(domain *out, const rubric *rubric, plugin_set *plugins, error_list *errors);
void domain_free(domain *domain);

/* The same with more worlds, so that two records that are alike but for one rating are of one world even
 * where a field that other criteria read as well makes the difference: for every two worlds and each
 * criterion one in which it can have what it has in either, and all others what they have in both.
 * *paired is false where they would be too many. `out` lives as long as `domain`, and is not freed. False
 * where memory is out. */
bool domain_pair(domain *out, domain *domain, bool *paired);

/* The rating byte of an outcome. */
uint8_t outcome_rating(size_t outcome);
