/* ask.h - questions about judgements, as the search takes them. Private to this room.
 *
 * Where every limit lets a record be LEVEL, it is judged LEVEL or above just where its score reaches
 * the threshold of the lowest level, from LEVEL up, whose requirements hold (grading.md 6.3 to 6.5:
 * a base above that steps down to it at the furthest). So "at least LEVEL" and "under LEVEL" are each
 * one sum, for each way in which the counts can stand. */
#pragma once

#include "proof/search.h"

enum { NO_CRITERION = -1, NO_OUTCOME = 0xFF, NO_REQUIREMENT = -1 };

typedef struct {
    const domain *domain;
    const rubric *rubric;
    search       *search;
    int64_t  *over[LEVELS_MAX];  /* [criterion * OUTCOMES + outcome]: what it adds to the sum that
                                        is 0 or more where the score reaches the level's threshold */
    int64_t  *under[LEVELS_MAX]; /* the same, negative */
    int64_t  *weight;            /* weight rated */
    int64_t  *coverage;          /* 0 or more where coverage is enough */
    int64_t  *graded;            /* 1 or more where it is, and some weight is rated */
    int64_t  *missing;           /* 1 for each weighted criterion that is missing */
    uint16_t *natural;           /* [criterion]: outcomes of a record in which every question is
                                        answered that can be */
    uint16_t *held[LEVELS_MAX + 1]; /* [state]: levels whose requirements hold; with one more rated
                                           so, or, last, as it is */
    uint16_t *allowed;
    uint8_t  *accept;
    uint8_t  *chosen;
    uint8_t  *spare;
    arena     memory;
} asker;

/* Fills in [criterion]: its outcomes in a record in which every question is answered that can be; a
 * criterion that may or may not apply is left open. */
void natural_outcomes(const domain *domain, uint16_t *out);

/* False where memory is out. */
bool asker_make(asker *out, const domain *domain, search *search);
void asker_free(asker *asker);

/* Two records that are alike but for one criterion (or for a rule of the rubric): the first is judged
 * `at_least` or above, the second under `under`. */
typedef struct {
    level   at_least;
    level   under;     /* 0: nothing is asked of the second */
    int     criterion; /* or NO_CRITERION: the records are the same */
    uint8_t first; /* its outcome in the first record; NO_OUTCOME: its weight is taken as 0 there */
    uint8_t second;    /* likewise */
    bool    unlimited; /* the criterion's own limits are not looked at */
    int     without;   /* the requirement that does not hold for the first, or NO_REQUIREMENT */
} two_records;

/* SEARCH_YES: ratings of both are in `first` and `second`, which have room for every criterion; NULL where
 * only the answer is wanted. */
search_answer ask_two(asker *asker, const two_records *asked, uint8_t *first, uint8_t *second);

/* A record whose base is `base`, which steps down to `stepped`, and which limits let be `cap`. */
search_answer ask_base(asker *asker, level base, level stepped, level cap, uint8_t *ratings);

/* A record whose base is `base`, and that is judged otherwise as its base is `l` or the level under it;
 * `ratings` NULL: only the answer is wanted. */
search_answer ask_near(asker *asker, level base, level l, uint8_t *ratings);

/* A record in which `criterion` is missing, and others only where that comes with it, and which is judged
 * `at_least` or above. */
search_answer ask_blank(asker *asker, size_t criterion, level at_least, uint8_t *ratings);
