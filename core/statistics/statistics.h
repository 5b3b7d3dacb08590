/* statistics.h - agreement, proportions and trends: numbers in, numbers out.
 *
 * Knows no records, grades or rubrics; a grade is an index into a scale of categories, 0 the
 * lowest. Nothing here keeps anything between calls: every function may be called from any thread.
 * What is passed in is read during the call only.
 *
 * No answer is ever NaN or infinite: what cannot be estimated has a reason, and its numbers are 0.
 *
 * The distributions are those of GSL, whose error handler ends the program by default; the first
 * call that needs GSL turns that handler off for the whole process. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Why something cannot be estimated ----------------------------------------------------- */

#define STATISTICS_REASONS(X)                                                                      \
    X(STATISTICS_FINE, "")                                                                         \
    X(STATISTICS_NOTHING, "there is nothing to count")                                             \
    X(STATISTICS_NO_PAIRS, "no unit was rated by two raters")                                      \
    X(STATISTICS_ONE_UNIT, "one unit alone cannot show how much the figure would vary")            \
    X(STATISTICS_ONE_CATEGORY, "the scale has one category, so that all must agree")               \
    X(STATISTICS_NO_VARIATION,                                                                     \
      "everyone gave the same grade, so that agreement beyond chance is 0/0")                      \
    X(STATISTICS_NO_DIFFERENCE, "no pair of grades differs, so that there is nothing to test")     \
    X(STATISTICS_SINGULAR, "not estimable: some categories are never exchanged with the others")   \
    X(STATISTICS_CERTAIN, "not estimable: every pair of grades differs in the same direction")     \
    X(STATISTICS_ONE_OUTCOME, "every outcome is the same, so that there is no trend to test")      \
    X(STATISTICS_ONE_SCORE, "all scores are the same, so that there is no trend to test")          \
    X(STATISTICS_TWO_RATERS, "takes the table of two raters; for more take fleiss_kappa")          \
    X(STATISTICS_WEIGHTS_SIZE, "the weights are for another number of categories")                 \
    X(STATISTICS_WEIGHTS_RANGE,                                                                    \
      "weights are 1 where grades are the same and from 0 to 1 elsewhere")                         \
    X(STATISTICS_WEIGHTS_VALUES, "these weights are not defined for these category values")        \
    X(STATISTICS_METRIC_VALUES, "the ratio metric takes categories of 0 or more")                  \
    X(STATISTICS_NEVER, "no sample is large enough")                                               \
    X(STATISTICS_NO_REGION, "no result of so few trials would be significant")                     \
    X(STATISTICS_NO_SPREAD,                                                                        \
      "every resample gives the same, so that resampling cannot show how sure the figure is")      \
    X(STATISTICS_UNSTABLE,                                                                         \
      "in more than 1 of 20 resamples the figure is not estimable: too few units, or too alike")   \
    X(STATISTICS_TOO_LARGE, "there is too much to work with")                                      \
    X(STATISTICS_NO_MEMORY, "no memory left")

typedef enum {
#define X(reason, words) reason,
    STATISTICS_REASONS(X)
#undef X
} statistics_reason;

/* In words, without a full stop; "" of STATISTICS_FINE. */
const char *statistics_reason_words(statistics_reason reason);

/* ---- What is counted ----------------------------------------------------------------------- */

/* The most categories that a scale may have. */
#define STATISTICS_CATEGORIES 1024

/* A rating that was not given. */
#define STATISTICS_MISSING UINT16_MAX

/* Who graded what how: units x raters, row by row, each an index below `categories` or
 * STATISTICS_MISSING. */
typedef struct {
    size_t          units;
    size_t          raters;
    size_t          categories;
    const uint16_t *grades;
} statistics_ratings;

/* How many raters gave each unit each grade: units x categories, row by row. */
typedef struct {
    size_t    units;
    size_t    categories;
    uint32_t *counts;
} statistics_counts;

/* Two raters: how often the first gave grade r while the second gave c, at cells[r * categories +
 * c]. */
typedef struct {
    size_t    categories;
    uint64_t *cells;
} statistics_table;

/* Counts the ratings: into `counts`, which statistics_counts_free() frees, or into a table of two
 * of the raters, of the units that both rated. Where it is not STATISTICS_FINE, there is nothing
 * to free. */
statistics_reason statistics_count(const statistics_ratings *ratings, statistics_counts *counts);
statistics_reason statistics_tabulate(const statistics_ratings *ratings, size_t first,
                                      size_t second, statistics_table *table);
void              statistics_counts_free(statistics_counts *counts);
void              statistics_table_free(statistics_table *table);

/* The sum of all cells; UINT64_MAX where it is over 2^53, and a double would lose some. */
uint64_t statistics_table_total(const statistics_table *table);

/* ---- Weights ------------------------------------------------------------------------------- */

/* How much two grades count as agreeing, after Gwet, K. L. (2014), Handbook of Inter-Rater
 * Reliability, 4th ed., ch. 3. x is a category's value, d the distance of two, D that of the
 * lowest and highest: identity 1 or 0; linear 1 - d/D (Cicchetti & Allison 1971); quadratic 1 -
 * (d/D)^2 (Fleiss & Cohen 1973); radical 1 - sqrt(d/D); ordinal, of ranks, 1 - C(|k-l|+1, 2) /
 * C(q, 2); ratio 1 - ((x-y)/(x+y))^2 / (D/(min+max))^2; circular 1 - sin^2(pi d/(D+1)) / its
 * greatest; bipolar 1 - d^2/((x+y-2min)(2max-x-y)) / its greatest. */
#define STATISTICS_WEIGHTS(X)                                                                      \
    X(IDENTITY, "identity")                                                                        \
    X(LINEAR, "linear")                                                                            \
    X(QUADRATIC, "quadratic")                                                                      \
    X(ORDINAL, "ordinal")                                                                          \
    X(RADICAL, "radical")                                                                          \
    X(RATIO, "ratio")                                                                              \
    X(CIRCULAR, "circular")                                                                        \
    X(BIPOLAR, "bipolar")

typedef enum {
#define X(form, name) STATISTICS_##form,
    STATISTICS_WEIGHTS(X)
#undef X
} statistics_weights_form;

/* categories x categories; 1 where grades are the same, from 0 to 1 elsewhere. */
typedef struct {
    size_t  categories;
    double *cells;
} statistics_weights;

/* Weights of a form for categories of these values, no two the same; `values` NULL: 1, 2, 3...
 * Free with statistics_weights_free(); where it is not STATISTICS_FINE, there is nothing to
 * free. */
statistics_reason statistics_weights_make(statistics_weights_form form, size_t categories,
                                          const double *values, statistics_weights *weights);
void              statistics_weights_free(statistics_weights *weights);

/* Whether weights from elsewhere can be used: finite, 1 on the diagonal, from 0 to 1. */
statistics_reason statistics_weights_check(const statistics_weights *weights);

/* ---- Agreement ----------------------------------------------------------------------------- */

/* Beyond chance: (agreed - expected) / (1 - expected). What is expected, of the shares p of the
 * categories and weights w:
 * - percent agreement: 0;
 * - Cohen's kappa: sum w p1 p2, each rater's own shares (Cohen 1960, 1968); two raters;
 * - Fleiss' kappa: sum w p p, of all raters together (Fleiss 1971; Scott 1955 for two);
 * - Gwet's AC1, weighted AC2: (sum w) / (q (q - 1)) * sum p (1 - p) (Gwet 2008);
 * - Brennan and Prediger: (sum w) / q^2 (Brennan & Prediger 1981);
 * - Krippendorff's alpha: 1 - observed / expected disagreement of the pairable grades
 *   (Krippendorff 2011, Computing Krippendorff's alpha-reliability), with a metric, or with weights
 *   in its place as Gwet (2014) has it.
 * Agreement is of units with two or more ratings, shares of all rated units, each unit counting
 * the same (Gwet 2014, ch. 2 and 5); alpha uses units with two or more ratings alone. */
typedef enum {
    STATISTICS_PERCENT,
    STATISTICS_COHEN,
    STATISTICS_FLEISS,
    STATISTICS_GWET,
    STATISTICS_BRENNAN_PREDIGER,
    STATISTICS_ALPHA_WEIGHTED,
    STATISTICS_ALPHA
} statistics_kind;

/* The distance of two grades in Krippendorff's alpha. The ordinal one depends on how often the
 * grades between are used, and is not the one of ordinal weights. */
typedef enum {
    STATISTICS_NOMINAL,
    STATISTICS_RANKED,
    STATISTICS_INTERVAL,
    STATISTICS_RATIOS
} statistics_metric;

typedef struct {
    statistics_kind           kind;
    const statistics_weights *weights; /* not of STATISTICS_ALPHA */
    statistics_metric         metric;  /* of STATISTICS_ALPHA */
    const double             *values;  /* of the categories, for its metric; NULL: 1, 2, 3... */
} statistics_measure;

typedef struct {
    double low;
    double high;
} interval;

/* A figure, and how sure it is. */
typedef struct {
    statistics_reason reason; /* STATISTICS_FINE, or why there is no value */
    double            value;
    double            agreed;   /* the weighted share of pairs that agree */
    double            expected; /* the same by chance */
    statistics_reason unsure;   /* STATISTICS_FINE, or why there is no error and interval */
    double            error;    /* the standard error */
    interval          sure;     /* value -+ quantile * error, at most 1 */
    uint64_t          units;    /* rated units */
} statistics_estimate;

/* Where the quantile of an interval comes from. */
typedef enum {
    STATISTICS_BY_T,     /* Student's t of units - 1, as Gwet's irrCAC */
    STATISTICS_BY_NORMAL /* the normal distribution, as SAS PROC FREQ */
} statistics_quantile;

/* The error is the linearised one of Gwet (2014), as in his R package irrCAC: for counts with
 * divisor n - 1, for a table n, where that of Cohen's kappa is Fleiss, Cohen & Everitt's (1969);
 * of alpha with a metric the jackknife's. 0 < level < 1. */
statistics_estimate statistics_agreement(const statistics_measure *measure,
                                         const statistics_counts *counts, double level,
                                         statistics_quantile quantile);
statistics_estimate statistics_table_agreement(const statistics_measure *measure,
                                               const statistics_table *table, double level,
                                               statistics_quantile quantile);

/* What two raters would come to who each give grades with these shares (`categories` numbers that
 * add up to 1) and pay no heed to the unit: in `value`. Not of alpha, where it is 0. */
statistics_estimate statistics_at_random(const statistics_measure *measure, const double *first,
                                         const double *second);

/* ---- Resampling ---------------------------------------------------------------------------- */

typedef struct {
    statistics_reason reason;
    double            error; /* the standard error */
    interval          sure;
    uint32_t          refused; /* resamples in which the figure was not estimable */
} statistics_spread;

/* Leaving out each unit in turn (Quenouille, Tukey): error and value -+ t * error. */
statistics_spread statistics_jackknife(const statistics_measure *measure,
                                       const statistics_counts *counts, double level);
statistics_spread statistics_table_jackknife(const statistics_measure *measure,
                                             const statistics_table *table, double level);

/* As many units drawn with replacement, `times` over: the interval is the bias-corrected and
 * accelerated one, BCa (Efron, B. (1987), Better bootstrap confidence intervals, JASA 82,
 * 171-185). The same seed gives the same interval on every machine: the generator is GSL's
 * mt19937, of which whole numbers alone are used. 200 <= times. */
statistics_spread statistics_bootstrap(const statistics_measure *measure,
                                       const statistics_counts *counts, double level,
                                       uint32_t times, uint64_t seed);
statistics_spread statistics_table_bootstrap(const statistics_measure *measure,
                                             const statistics_table *table, double level,
                                             uint32_t times, uint64_t seed);

/* ---- Proportions --------------------------------------------------------------------------- */

/* Intervals of a share: `count` of `of`. 0 to 1 where nothing is known: none of none, count over
 * of, or a level that is not between 0 and 1. */

/* Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA
 * 22, 209-212; recommended over others, for small numbers above all, by Newcombe, R. G. (1998),
 * Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 857-872
 * (method 3). */
interval statistics_wilson(uint64_t count, uint64_t of, double level);

/* With correction for continuity: Newcombe's method 4. */
interval statistics_wilson_corrected(uint64_t count, uint64_t of, double level);

/* Clopper, C. J. & Pearson, E. S. (1934), Biometrika 26, 404-413: never too narrow. */
interval statistics_clopper_pearson(uint64_t count, uint64_t of, double level);

/* What is known of a share that was thought beta(a, b) before: mean and equal-tailed interval.
 * a, b > 0; Jeffreys' prior is 0.5, 0.5. */
typedef struct {
    double   mean;
    interval sure;
} statistics_belief;
statistics_belief statistics_posterior(uint64_t count, uint64_t of, double a, double b,
                                       double level);
/* What the share exceeds with probability `level`, and the probability that it exceeds `share`. */
double statistics_posterior_bound(uint64_t count, uint64_t of, double a, double b, double level);
double statistics_posterior_above(uint64_t count, uint64_t of, double a, double b, double share);

/* The difference of two independent shares, first less second; not for the same units graded twice.
 * Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions,
 * Statistics in Medicine 17, 873-890 (method 10). -1 to 1 where nothing is known. */
interval statistics_newcombe(uint64_t count1, uint64_t of1, uint64_t count2, uint64_t of2,
                             double level);

/* ---- Binomial ------------------------------------------------------------------------------ */

typedef enum { STATISTICS_TWO_SIDED, STATISTICS_GREATER, STATISTICS_LESS } statistics_side;

/* P(X <= k) and P(X >= k) of `of` trials that succeed with probability p. */
double statistics_at_most(uint64_t k, uint64_t of, double p);
double statistics_at_least(uint64_t k, uint64_t of, double p);

/* Exact test of a share against p. Two-sided: all results no likelier than this one, as R
 * binom.test. */
double statistics_binomial_test(uint64_t count, uint64_t of, double p, statistics_side side);

/* The exact one-sided test of `of` trials, p against `truth`, that is wrong at most with
 * probability alpha: the least (truth over p) or greatest count that it refuses p at; how often it
 * does so where p is true, and where `truth` is. */
typedef struct {
    statistics_reason reason;
    uint64_t          critical;
    double            size;
    double            power;
} statistics_power;
statistics_power statistics_binomial_power(uint64_t of, double p, double truth, double alpha);

/* The least sample of a pile of `size` that misses all of `faults` faulty ones with probability at
 * most 1 - sure: without replacement. */
typedef struct {
    statistics_reason reason;
    uint64_t          sample;
    double            missed; /* with which probability it does */
} statistics_sample;
statistics_sample statistics_discovery(uint64_t size, uint64_t faults, double sure);

/* The least number of trials without a failure that shows reliability of `reliability` at least,
 * with probability `sure`: the first n with reliability^n <= 1 - sure. */
statistics_sample statistics_zero_failures(double reliability, double sure);

/* ---- Two raters: direction and marginals --------------------------------------------------- */

/* A test that compares with the chi-squared distribution. */
typedef struct {
    statistics_reason reason;
    double            statistic;
    uint64_t          df;
    double            p;
} statistics_test;

/* Grades that differ, as 2 x 2: `first` where the first rater alone said yes. McNemar (1947), with
 * the correction of Edwards (1948); exact: the sign test; mid_p: Fagerland, Lydersen & Laake
 * (2013). */
typedef struct {
    statistics_test plain;
    statistics_test corrected;
    double          exact; /* valid where plain.reason is STATISTICS_FINE; so mid_p */
    double          mid_p;
} statistics_mcnemar_tests;
statistics_mcnemar_tests statistics_mcnemar(uint64_t first, uint64_t second);

/* Whether the table is symmetric: Bowker (1948), JASA 43, 572-574. Pairs of cells that are both
 * empty add nothing, and df stays k(k-1)/2. */
statistics_test statistics_bowker(const statistics_table *table);

/* Whether both raters use the grades equally often: Stuart (1955), Maxwell (1970). Categories
 * without a count off the diagonal are dropped, no others. Bhapkar (1966): SM / (1 - SM / N). */
statistics_test statistics_stuart_maxwell(const statistics_table *table);
statistics_test statistics_bhapkar(const statistics_table *table);

/* Who grades higher, over all pairs of grades. */
typedef struct {
    uint64_t compared;
    uint64_t same;
    uint64_t within_one; /* the same, or next to each other; same among them */
    uint64_t first_higher;
    uint64_t second_higher;
    uint64_t missed_lowest; /* the second rater said lowest, the first did not */
    double   mean_shift;    /* first less second, in grades; 0 where none are compared */
} statistics_comparison;
statistics_comparison statistics_compare(const statistics_table *table);

/* The exact sign test of higher against lower, two-sided (Dixon & Mood 1946). It cannot be under
 * 0.05 with fewer than 6 pairs that differ. 1 where none do. */
double statistics_sign_test(uint64_t higher, uint64_t lower);

/* ---- What a figure of few grades is worth -------------------------------------------------- */

/* How much n units carry. True coverage of nominal 95% intervals at n = 5 is 0.6 to 0.8. */
typedef enum {
    STATISTICS_COUNTS_ALONE, /* under 5: counts, and nothing else */
    STATISTICS_INDICATIVE,   /* 5 to 9: no interval from formulas, no p, no words for strength */
    STATISTICS_WITH_CARE,    /* 10 to 19: with a warning */
    STATISTICS_SOUND,        /* 20 to 49 */
    STATISTICS_COMPARABLE    /* 50 and over: raters may be compared */
} statistics_standing;
statistics_standing statistics_standing_of(uint64_t units);

/* What makes figures of agreement mislead. */
typedef struct {
    bool   all_agree;
    size_t seldom;         /* how many grades of the scale were given under 3 times, or never */
    size_t dominant;       /* the grade that over 80% of all grades given are; or the categories */
    double dominant_share; /* the share of the grade given most */
} statistics_warnings;
statistics_warnings statistics_warnings_of(const statistics_table *table);

/* ---- Trends -------------------------------------------------------------------------------- */

/* Whether shares rise or fall with a score: counts[i] of of[i], at scores[i]; scores NULL: 0, 1,
 * 2... Cochran (1954), Armitage (1955), without correction, as R prop.trend.test; Mantel's (1963)
 * statistic is (N - 1) / N of it. */
typedef struct {
    statistics_test armitage;
    statistics_test mantel;
    double          z;      /* signed root of armitage.statistic: over 0, shares rise */
    bool   has_exact;       /* not where scores are no multiples of 1/1000, or counts are large */
    double exact;           /* of the permutation distribution: as far from its mean, or farther */
    double exact_one_sided; /* in the direction seen */
} statistics_trend;
statistics_trend statistics_trend_test(const uint64_t *counts, const uint64_t *of,
                                       const double *scores, size_t groups);

/* Linear association in a table of rows x columns: (N - 1) r^2 (Mantel 1963). Scores NULL: 1, 2,
 * 3... */
statistics_test statistics_linear_trend(const uint64_t *cells, size_t rows, size_t columns,
                                        const double *row_scores, const double *column_scores);
