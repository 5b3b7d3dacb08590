/* severity.h - how generous or harsh each auditor is, once the audits they happened to get and the
 * criteria they rated are allowed for.
 *
 * The model is the many-facet Rasch rating-scale model: auditor j rates criterion c of audit i at
 * level k of 0..K-1 with
 *
 *     P(k) proportional to exp(k (theta_i - delta_c - beta_j) - tau_1 - ... - tau_k),
 *
 * theta the audit's quality, delta the criterion's difficulty, beta the auditor's severity, all in
 * logits; positive severity is harsh. Linacre, J. M. (1989), Many-facet Rasch measurement;
 * Andrich, D. (1978), A rating formulation for ordered response categories, Psychometrika 43.
 *
 * It is fitted by marginal maximum likelihood: the audits' qualities are a sample from
 * N(mu, sigma^2) and are integrated out, each by quadrature around its own mode (Bock and Aitkin 1981,
 * Psychometrika 46; Pinheiro and Bates 1995, JCGS 4). Joint estimation of every
 * audit's quality would be biased, as each is rated a dozen times only; and most audits are rated by
 * one auditor alone, where nothing but the sample's common distribution tells a harsh auditor from
 * poor work. Severities are parameters there, with standard errors from the observed information:
 * `logits`. So that a likelihood without a maximum still gives a number, every parameter has a prior
 * too weak to matter otherwise: N(0, 10^2); for log sigma N(0, 2^2); for tau_1 + ... + tau_k
 * N(0, (K-1)^2).
 *
 * `shrunken` fits once more with severities from N(0, omega^2), omega estimated from the first fit
 * (empirical Bayes): for an auditor with few ratings it is the better guess, but pulled towards the
 * average. The intervals of `logits` hold a fixed severity 95 times in 100; those of `shrunken` hold
 * 95 in 100 of severities drawn from that distribution, not of each one.
 *
 * Nothing here is text; docs/severity.md says what to say of it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEVERITY_LEVELS_MAX = 20 };

/* Nobody is named on fewer audits than this. One or two that were poor, or good, are the work that an
 * auditor was given and not the auditor; the number is found by simulation (docs/severity.md). */
enum { SEVERITY_AUDITS_FEWEST = 5 };

/* Why there are no severities. One table makes the names and the short texts. */
#define SEVERITY_STATUSES(X)                                                                       \
    X(SEVERITY_FITTED, "fitted")                                                                   \
    X(SEVERITY_NO_RATINGS, "there are no ratings")                                                 \
    X(SEVERITY_BAD_LEVELS, "the scale has fewer than 2 levels or more than 20")                    \
    X(SEVERITY_OUT_OF_RANGE, "a rating, audit, criterion or auditor is outside its range")         \
    X(SEVERITY_ALL_ALIKE, "every rating is the same")                                              \
    X(SEVERITY_NOBODY_TO_COMPARE, "no two auditors rated the same criterion")                      \
    X(SEVERITY_TOO_LARGE, "there are too many criteria to fit them together")                      \
    X(SEVERITY_NOT_CONVERGED, "the fit did not settle")

typedef enum {
#define X(name, text) name,
    SEVERITY_STATUSES(X)
#undef X
} severity_status;

/* The text of the table above; static. */
const char *severity_status_text(severity_status status);

/* What was rated: one entry of each array for each rating. Audits, criteria and auditors are numbered
 * from 0; ratings that are missing or not applicable are left out. Rows may be in any order. */
typedef struct {
    size_t          count;
    const uint32_t *audit;     /* [k], under audit_count */
    const uint32_t *criterion; /* [k], under criterion_count */
    const uint32_t *auditor;   /* [k], under auditor_count */
    const uint8_t  *rating;    /* [k], under levels; 0 the poorest */
    size_t          audit_count;
    size_t          criterion_count;
    size_t          auditor_count;
    unsigned        levels; /* of the scale, used or not: 2 to SEVERITY_LEVELS_MAX */
} severity_data;

/* An estimate with its 95% interval. */
typedef struct {
    double value;
    double error; /* standard */
    double low;
    double high;
} severity_estimate;

/* What an auditor's figures are worth. */
typedef enum {
    AUDITOR_ESTIMATED,
    AUDITOR_ALL_LOWEST, /* gave the lowest level that anybody used and nothing else: severity is */
    AUDITOR_ALL_HIGHEST, /* without bound, or the highest. `logits` is held finite by its prior alone;
                            use `shrunken` */
    AUDITOR_ALONE,       /* shares no criterion with another auditor: severity is 0 by definition */
    AUDITOR_UNRATED      /* has no ratings: all figures are 0 */
} severity_state;

typedef enum {
    SEVERITY_AS_OTHERS,
    SEVERITY_TOO_GENEROUS,
    SEVERITY_TOO_HARSH,
    SEVERITY_NO_VERDICT /* too few audits to tell: fewer than SEVERITY_AUDITS_FEWEST */
} severity_verdict;

/* An auditor beside the average auditor: the plain mean of those with the same criteria_group. */
typedef struct {
    severity_state    state;
    severity_estimate logits; /* positive: harsh */
    /* What that does to a rating, in levels: what this auditor would give on average to the audits
     * and criteria of the data, less what the average auditor would. Positive: generous. */
    severity_estimate grades;
    severity_estimate shrunken_logits;
    severity_estimate shrunken_grades;
    size_t            ratings;
    size_t            audits;
    /* Mean squares of what was rated against what the model expects (Wright and Masters 1982, Rating
     * scale analysis), over the distribution of each audit's quality: 1 where ratings are as noisy as
     * the model, above it where they are erratic, below where they vary too little. Infit weighs by
     * information, outfit hears single surprises. */
    double infit;
    double outfit;
    /* Two-sided, that severity is the average: Wald's test with Student's distribution and a standard
     * error that allows for the spread of quality being an estimate (freedom.h), or where all ratings
     * are at one end the chance of that, doubled. 1 with too few audits for a verdict. Then corrected for all auditors compared: Holm, S. (1979), A simple
     * sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6: the chance
     * that anybody at all is accused wrongly stays under 5%. */
    double           p;
    double           p_corrected;
    severity_verdict verdict; /* by p_corrected < 0.05 */
    uint32_t link_group;      /* auditors joined by audits that both rated have the same; from 0 */
    bool     linked;          /* to another auditor by such an audit */
    uint32_t criteria_group;  /* auditors joined by criteria that both rated; from 0 */
} severity_auditor;

/* A criterion: positive is harder to be rated well on. Their mean is 0. */
typedef struct {
    severity_estimate logits;
    size_t            ratings; /* 0: all figures are 0 */
    bool              extreme; /* all ratings at one end: held finite by its prior alone */
} severity_criterion;

/* The step from level k to level k + 1. Their sum is 0 where every level is used. */
typedef struct {
    severity_estimate logits;
    bool              known; /* both levels are used; else all figures are 0 */
} severity_threshold;

/* What tells an auditor's severity from the quality of the audits that they had. */
typedef enum {
    SEVERITY_BY_LINKS,      /* audits that two rated join all auditors */
    SEVERITY_BY_ALLOCATION, /* no audit was rated by two: severity and quality cannot be told apart
                               unless audits were given out at random, which the figures take as so */
    SEVERITY_BY_BOTH        /* some are linked; between link groups, as by allocation */
} severity_identified;

typedef struct {
    severity_status     status;
    severity_auditor   *auditors;   /* [auditor_count] */
    severity_criterion *criteria;   /* [criterion_count] */
    severity_threshold *thresholds; /* [levels - 1] */
    severity_identified identified;
    size_t              ratings;
    size_t              audits;          /* with ratings */
    size_t              audits_linking;  /* rated by two auditors or more */
    size_t              compared;        /* auditors with a criterion in common with another */
    size_t              judged;          /* of them, with audits enough: what the correction counts */
    double              freedom;         /* of the audits' spread: degrees; 0 where severity and
                                            quality cannot be told apart */
    size_t              link_groups;     /* of auditors */
    size_t              criteria_groups; /* above 1: severities compare within a group alone */
    size_t              graph_groups;    /* components of auditors, criteria and audits together */
    bool                links_unused;    /* the linked auditors are too many to fit together: each
                                            auditor's share of an audit was fitted as an audit by itself */
    bool              spread_known; /* false: no audit has two ratings or there is one audit alone,
                                            so that audit_spread is no more than its prior */
    severity_estimate audit_mean;   /* mu */
    severity_estimate audit_spread; /* sigma; the interval is of its logarithm */
    double            auditor_spread; /* omega */
    double            log_likelihood; /* marginal, of the first fit, without the priors */
} severity_result;

/* Fits the model. Fills `out`, whatever it held; severity_free() it. False where memory is out, and
 * out is empty then. With a status other than SEVERITY_FITTED the auditors' severities are 0; with
 * SEVERITY_NOBODY_TO_COMPARE criteria and thresholds are estimated nevertheless. Every number is
 * finite. The order of rows changes nothing. Thread-safe: it keeps nothing, and first makes GSL return
 * its errors rather than end the program. */
bool severity_fit(const severity_data *data, severity_result *out);

/* Frees what `result` holds; it is empty then. */
void severity_free(severity_result *result);
