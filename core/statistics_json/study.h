/* study.h - one case under way: what it says, and what is answered. Private to this room. */
#pragma once

#include <jansson.h>
#include <stdint.h>

#include "statistics/statistics.h"

typedef struct {
    const json_t *whole; /* the case */
    const json_t *data;  /* its members; NULL where they are missing or no objects */
    const json_t *params;
    json_t       *answer;
    double        level; /* of intervals */
    char          reason[240];
    bool          out_of_memory;
} study;

/* One statistic. */
typedef struct {
    const char *name;
    const char *members; /* of its answer, separated by spaces: null until they are known */
    void (*answer)(study *asked, int kind);
    int kind; /* which of several that are answered alike */
} statistic;

/* ---- What is asked. Each is false, and has given a reason, where the case does not say so. - */

/* Says why there is no answer; the first reason stays. Returns false. `format` as printf. */
bool study_refuse(study *asked, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Likewise in the words of statistics.h; true where the reason is STATISTICS_FINE. */
bool study_fine(study *asked, statistics_reason reason);

/* A number, or a whole number of 0 to 2^53, of data or params. `least` and `most` are in the
 * range. */
bool study_number(study *asked, const json_t *of, const char *name, double least, double most,
                  double *number);
bool study_count(study *asked, const json_t *of, const char *name, uint64_t *count);

/* One that may be left out. */
bool study_number_or(study *asked, const json_t *of, const char *name, double least, double most,
                     double otherwise, double *number);

/* Which of the words in `words`, separated by spaces, a text member is; the first where it is
 * missing. */
bool study_choice(study *asked, const json_t *of, const char *name, const char *words, int *choice);

/* Whether it is a whole number of 0 to 2^53. */
bool json_count(const json_t *value, uint64_t *count);

/* ---- What is answered ---------------------------------------------------------------------- */

void study_say(study *asked, const char *name, double number);
void study_say_count(study *asked, const char *name, uint64_t count);
void study_say_interval(study *asked, const char *name, interval found);
void study_say_ends(study *asked, interval found);        /* as lower and upper */
void study_say_test(study *asked, statistics_test found); /* statistic, df, p */
void study_say_text(study *asked, const char *name, const char *text);

/* ---- Statistics ---------------------------------------------------------------------------- */

void answer_agreement(study *asked, int kind);

enum { SYMMETRY_BOWKER, SYMMETRY_STUART_MAXWELL, SYMMETRY_BHAPKAR };
void answer_symmetry(study *asked, int kind);
void answer_direction(study *asked, int kind);
void answer_mcnemar(study *asked, int kind);

enum { SHARE_WILSON, SHARE_CLOPPER_PEARSON, SHARE_JEFFREYS };
void answer_share(study *asked, int kind);
void answer_posterior(study *asked, int kind);
void answer_bound(study *asked, int kind);
void answer_difference(study *asked, int kind);

void answer_binomial_test(study *asked, int kind);
void answer_tail(study *asked, int kind);
void answer_power(study *asked, int kind);
void answer_discovery(study *asked, int kind);
void answer_zero_failures(study *asked, int kind);

enum { TREND_ARMITAGE, TREND_MANTEL };
void answer_trend(study *asked, int kind);
