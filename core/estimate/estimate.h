/* estimate.h - the corrected figure: what share of the audits is really good or better.
 *
 * Every audit has its auditor's level; a few have a moderator's level as well, and it is known
 * with what probability each could have been picked for moderating. The auditors' figure is of
 * many audits and may be lenient; the moderated audits are right and few. The corrected figure
 * takes both: each moderated audit stands for some of the others, and how many is calibrated so
 * that together they have the auditors' levels (and the tool's) that all audits have.
 *
 * Deville, J.-C. and Saerndal, C.-E. (1992), Calibration estimators in survey sampling, Journal of
 * the American Statistical Association 87, 376-382, with the exponential distance ("raking"), so
 * that no weight is negative; Brewer, K. R. W. (1999), Cosmetic calibration with unequal
 * probability sampling, Survey Methodology 25, 205-212: an audit stands for itself as it is, and
 * what is calibrated is what it stands for beyond. The same idea under another name: Angelopoulos,
 * A. N. et al. (2023), Prediction-powered inference, Science 382, 669-674.
 *
 * The target is these audits, as they would be if all were moderated, not the practice behind
 * them: with every audit moderated the answer is exact. docs/estimate.md says when to trust it.
 *
 * Thread-safe: nothing is shared. The order of the audits changes nothing, to the last bit. */
#pragma once

#include "base/error.h"
#include "rubric/rubric.h"

enum {
    ESTIMATE_FEWEST = 5, /* audits picked by chance and moderated: under these, no figure */
    ESTIMATE_HINT = 20,  /* under these, the figure is a hint */
    ESTIMATE_OUTSIDE_MOST =
        10 /* percent of the audits not covered: over these, no verdict. They can
                                  move the share of all by as many points */
};

/* One audit of the period. */
typedef struct {
    level    auditor;   /* LEVEL_NONE: the auditor gave none */
    level    tool;      /* LEVEL_NONE: not graded by the tool */
    level    moderator; /* the final level after moderating; LEVEL_NONE: not moderated */
    bool     triggered; /* picked by a rule (every inadequate, ...), whatever chance said */
    double   inclusion; /* the probability of being picked, 0 to 1. 0: could not be picked (the same
                           child within 12 months, nobody free to moderate); 1: was certain to be */
    bool     undrawn;   /* in no draw yet, so that inclusion is 0 */
    unsigned stratum;   /* the group within which the picks were drawn, any number; the same for all
                           where they were drawn from all audits at once */
} estimate_audit;

typedef struct {
    size_t levels;     /* 2 to LEVELS_MAX; levels are 0 to levels - 1, lowest first */
    level  good;       /* the lowest level that is good or better: 1 to levels - 1 */
    double confidence; /* of the intervals, 0.5 to 0.999; 0.95 is usual */
} estimate_question;

/* Why there is no figure. One table makes the reasons and their texts. */
#define ESTIMATE_REASONS(X)                                                                        \
    X(ESTIMATE_GIVEN, "")                                                                          \
    X(ESTIMATE_NO_AUDITS, "there are no audits; choose a longer period")                           \
    X(ESTIMATE_NO_LEVELS, "no auditor gave a level; there is nothing to count")                    \
    X(ESTIMATE_NOT_DRAWN,                                                                          \
      "no draw was made, so no audit could be picked for moderating; draw some")                   \
    X(ESTIMATE_NOT_COVERED,                                                                        \
      "no audit could be picked for moderating; look at the rules that exclude audits")            \
    X(ESTIMATE_NONE_MODERATED, "no audit has been moderated; moderate some that chance picked")    \
    X(ESTIMATE_NONE_BY_CHANCE,                                                                     \
      "only audits picked by a rule have been moderated, and they say nothing of the others; "     \
      "moderate some that chance picked")                                                          \
    X(ESTIMATE_TOO_FEW,                                                                            \
      "fewer than 5 audits that chance picked have been moderated; moderate more, or choose a "    \
      "longer period")

typedef enum {
#define X(reason, text) reason,
    ESTIMATE_REASONS(X)
#undef X
} estimate_reason;

/* "" for ESTIMATE_GIVEN; else what is wrong, and after "; " what to do. */
const char *estimate_reason_text(estimate_reason reason);

/* A share, with 0 <= low <= share <= high <= 1. */
typedef struct {
    double share;
    double low;
    double high;
    double standard_error; /* 0 where nothing was left to chance */
    double effective;      /* the effective number: how many audits, picked from these by simple
                              chance and moderated, would tell as much alone; at most all of them */
} estimate_share;

/* One way of reckoning. The levels' shares add up to 1. */
typedef struct {
    estimate_reason reason; /* not ESTIMATE_GIVEN: the rest is 0 and means nothing */
    estimate_share  good;   /* good or better */
    estimate_share  levels[LEVELS_MAX];
} estimate_figure;

typedef struct {
    /* Of the covered audits. Intervals: Wilson's at the effective number (as Korn, E. L. and
     * Graubard, B. I. (1998), Survey Methodology 24, 193-201, for theirs), and never beyond what
     * the moderated audits already prove. */
    estimate_figure corrected;
    /* Of all audits with an auditor's level, as the auditors have it. Intervals: Wilson (1927).
     * They are what audits by the same auditors would give; of leniency they know nothing. */
    estimate_figure auditors;
    /* The same of the covered audits alone: what `corrected` is to be compared with. */
    estimate_figure auditors_covered;
    /* Of the moderated audits alone: those certain to be picked as they are, the others each by
     * 1 / probability (Hajek 1971). Of the covered audits. */
    estimate_figure moderated;

    size_t audits;        /* all */
    size_t covered;       /* of them: what `corrected` and `moderated` speak of */
    size_t not_covered;   /* the others: could not be picked, or wait with nothing like them done */
    size_t undrawn;       /* of those not covered: in no draw yet */
    size_t excluded;      /* of those not covered: drawn from, but could not be picked */
    size_t settled;       /* moderated, and certain to be: they stand for themselves alone */
    size_t picked;        /* moderated, and picked by chance: they stand for others */
    size_t waiting;       /* certain to be picked, not moderated yet. Those of their kind that are
                                done stand for them; where none is, they are not covered */
    size_t silent_strata; /* strata with covered audits and none moderated: others stand for them */
    size_t calibrated_on; /* quantities that the weights were calibrated on; 0: none could be */
    bool   uses_tool;     /* the tool's levels are among them */
} estimate_result;

/* Reckons the three figures over `count` audits. What cannot be reckoned is a reason in `result`.
 * False with faults only where the question or an audit is impossible (a level or a probability out
 * of its range), or memory is out. */
bool estimate_shares(const estimate_audit *audits, size_t count, const estimate_question *question,
                     estimate_result *result, error_list *errors);

/* Whether the corrected figure speaks of enough of the audits to be held against a target. */
bool estimate_decides(const estimate_result *result);

/* Whether so few picks by chance stand behind the corrected figure that it is a hint. */
bool estimate_is_hint(const estimate_result *result);
