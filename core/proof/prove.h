/* prove.h - what the proofs of this room share while one rubric is proved. Private to this room. */
#pragma once

#include "proof/ask.h"

/* What may be left undecided, each in the words that follow "whether". */
#define PROOF_TOPICS(X)                                                                            \
    X(LEVELS, "every level can be reached")                                                        \
    X(THRESHOLDS, "every threshold can matter")                                                    \
    X(REQUIREMENTS, "every requirement can matter")                                                \
    X(LIMITS, "every limit can matter")                                                            \
    X(MONOTONE, "a better rating can judge lower")                                                 \
    X(WEIGHTS, "every weight can matter")                                                          \
    X(MOVES, "one rating can move the judgement further than said")                                \
    X(BLANKS, "limits hold nothing down where evidence is missing")

typedef enum {
#define X(name, words) TOPIC_##name,
    PROOF_TOPICS(X)
#undef X
        TOPIC_COUNT
} proof_topic;

typedef struct {
    proof        *out;
    const rubric *rubric;
    const domain *domain;
    asker         asker;
    asker         moving; /* of two records that are alike but for one rating (domain_pair()) */
    asker   *seen;  /* of what plugins were seen to give: examples are looked for there as well, as
                           records can be made of them; NULL: no plugin is run */
    uint8_t *first; /* [criterion]: room for answers */
    uint8_t *second;
    bool     undecided[TOPIC_COUNT];
    bool     no_memory;
    size_t   finding_room;
    size_t   example_room;
    error_list *errors;
} proving;

/* Adds a finding; false where memory is out. */
bool prove_find(proving *at, finding_kind kind, finding_gravity gravity, uint64_t line,
                const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Adds an example to the finding that was added last. */
bool prove_show(proving *at, const uint8_t *ratings);

/* Notes an answer that is none. True where it is SEARCH_YES. */
bool prove_yes(proving *at, proof_topic topic, search_answer answer);

/* Each adds what it finds; false where memory is out. */
bool prove_bands(proving *at);
bool prove_head(proving *at, const rubric_library *library);
/* most_missing.c: exact, without a search. False where memory is out. */
bool most_missing(const asker *asker, size_t *most, uint8_t *ratings);
/* These need at->asker.search. */
bool prove_levels(proving *at);
bool prove_thresholds(proving *at);
bool prove_requirements(proving *at);
bool prove_limits(proving *at);
bool prove_monotone(proving *at);
bool prove_moves(proving *at);
bool prove_weights(proving *at);
bool prove_missing(proving *at);
bool prove_blanks(proving *at);
