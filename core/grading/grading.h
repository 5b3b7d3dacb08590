/* grading.h - records held against rubrics: the contract of docs/grading.md. */
#pragma once

#include "records/records.h"
#include "rubric/rubric.h"

/* ---- Results of one batch ------------------------------------------------- */

/* A rating, as one byte: a level, or one of these. */
enum {
    RATING_MISSING = 0x80,        /* not recorded, and left out of the score */
    RATING_NOT_APPLICABLE = 0x81, /* left out altogether */
    RATING_NOT_DUE = 0x82,        /* likewise; to be done, and still in time on the audit day */
    RATING_INVALID = 0x83         /* the record is rejected */
};

typedef enum { STATUS_GRADED, STATUS_INSUFFICIENT, STATUS_REJECTED } grade_status;

/* A judgement that is no level. */
enum { JUDGEMENT_NONE = 0xF0, JUDGEMENT_NOT_GRADED = 0xF1 };

/* The value behind a rating. */
typedef struct {
    const uint8_t *status;  /* [k]: COLUMN_VALUE, _MISSING, _NOT_APPLICABLE, _INVALID or those of
                               the plugin ABI: ASSAY_NOT_DUE, ASSAY_FAULT + n. Says nothing where
                               the rating is RATING_NOT_APPLICABLE by `applies_if` */
    const uint8_t *bytes;   /* [k]: ratings: the level; flags: 0, 1; else NULL */
    const double  *numbers; /* [k]: numbers; else NULL */
} criterion_values;

/* The records of a batch that one rubric graded, as columns. */
typedef struct {
    const rubric           *rubric;
    size_t                  count;
    const uint32_t         *rows;     /* [k]: the record's place in the batch, rising */
    const uint8_t *const   *ratings;  /* [criterion][k] */
    const criterion_values *values;   /* [criterion] */
    const uint8_t *const   *applies;  /* [criterion][k]: 1 where it applies; NULL: always */
    const uint32_t         *points;   /* [k]: sum of weight x points */
    const uint32_t         *weight;   /* [k]: sum of weights rated */
    const uint8_t          *base;     /* [k]: the level of step 3 */
    const uint8_t          *stepped;  /* [k]: the level after step 4 */
    const uint8_t          *cap;      /* [k]: the most that limits allow */
    const bool             *reads;    /* [kept]: this rubric reads the field, or it was asked for */
    bool                    failed;   /* a plugin failed: every record is rejected, and of the
                                         arrays only `rows` says anything */
} graded_group;

/* The cells of one field, as text: trimmed, and where a column map has answers, what it reads them as. */
typedef struct {
    const char *field;
    const text *cells; /* [record] */
} kept_field;

/* The results of one batch of records, in input order. Valid during the call it is passed to. */
typedef struct {
    const char         *input;         /* the input's name */
    size_t              count;
    const uint64_t     *line;          /* [record] */
    const text         *audit_id;      /* [record]; "" where there is none */
    const text         *practice_area; /* the record's own, else the rubric's */
    const text         *team;          /* "" where not recorded; so the next two */
    const text         *auditor;
    const text         *auditor_grade_text;
    const uint8_t      *auditor_grade; /* a level of the record's rubric, or LEVEL_NONE */
    const int32_t      *audit_date;    /* DATE_NONE where there is none */
    const uint8_t      *status;        /* grade_status */
    const uint8_t      *judgement;     /* a level, JUDGEMENT_NONE or JUDGEMENT_NOT_GRADED */
    const uint8_t      *coverage;      /* whole percent, rounded down */
    const uint16_t     *group;         /* index into groups, or GROUP_NONE */
    const uint32_t     *place;         /* the record's k in its group */
    const bool         *blank;         /* of what is read of it, every cell is empty */
    const char *const  *detail;        /* why it was rejected or has no judgement; "" where fine */
    const graded_group *groups;
    size_t              group_count;
    const kept_field   *kept; /* grade_options.keep */
    size_t              kept_count;
} graded_batch;

enum { GROUP_NONE = 0xFFFF, DATE_NONE = INT32_MIN };

/* Score and margin in thousandths, half up (6). The group's record k, which is graded by a
 * rubric with an overall judgement. */
uint32_t graded_score(const graded_group *group, size_t k);
uint32_t graded_margin(const graded_group *group, size_t k);

/* True where a limit lowered the level from step 4: the criteria c with graded_limits() are then
 * what held the judgement down. */
bool graded_limited(const graded_group *group, size_t k);
/* True where criterion c's limit equals the judgement and lowered it. */
bool graded_limits(const graded_group *group, size_t k, size_t c);

/* How many requirements failed, and which: indices into rubric->requirements in the order met.
 * `out` has room for rubric->requirement_count. */
size_t graded_failed_requirements(const graded_group *group, size_t k, size_t *out);

/* The cells of a field: of those kept, or one that a batch has anyway. NULL: there are none. */
const text *graded_cells(const graded_batch *batch, const char *field);

/* ---- Judging one record by its ratings ------------------------------------ */

typedef struct {
    grade_status status;
    uint8_t      judgement; /* a level, JUDGEMENT_NONE or JUDGEMENT_NOT_GRADED */
    level        base;
    level        stepped;
    level        cap;       /* the most that limits allow */
    uint8_t      coverage;
    uint32_t     points;
    uint32_t     weight;
} judgement;

/* Section 6 for one record: `ratings` has one byte a criterion, none RATING_INVALID. */
judgement judge_record(const rubric *rubric, const uint8_t *ratings);

/* ---- Rating and judging columns --------------------------------------------- */

/* Section 5: rates `count` values. `applies` may be NULL. */
void rate_values(const criterion *asked, const criterion_values *values, const uint8_t *applies,
                 size_t count, uint8_t *ratings);

/* What judge_batch() fills, one entry a record. */
typedef struct {
    uint32_t *points;
    uint32_t *weight;
    uint8_t  *cap; /* the most that limits allow */
    uint8_t  *base;
    uint8_t  *stepped;
    uint8_t  *coverage;
    uint8_t  *judgement; /* a level, JUDGEMENT_NONE or JUDGEMENT_NOT_GRADED */
} judge_space;

/* Section 6 for `count` records with ratings[criterion][record]; RATING_INVALID counts as left out. */
void judge_batch(const rubric *rubric, const uint8_t *const *ratings, size_t count,
                 const judge_space *space);

/* What the cells of a criterion's input are read as. */
value_type value_type_of(enum input_type type);

/* ---- Grading an input ------------------------------------------------------ */

/* Takes the results. `render` is called on any worker thread, once for each batch, and gives what
 * `deliver` is then called with: in input order, one at a time. Either may be NULL. A render that
 * fails returns NULL and the run ends. `deliver` must free what it was given (also in `discard`). */
typedef struct {
    void *user;
    void *(*render)(void *user, const graded_batch *batch);
    bool (*deliver)(void *user, void *rendered, error_list *errors);
    void (*discard)(void *user, void *rendered); /* rendered, but the run was ended before */
} grade_sink;

typedef struct {
    uint64_t rows;
    uint64_t graded;
    uint64_t insufficient;
    uint64_t rejected;
} grade_totals;

/* A field whose cells are wanted although no rubric reads them. */
typedef struct {
    const char *field;
    bool        needed; /* an input without it is refused */
} wanted_field;

/* Which cells the batches give: those of every field that a rubric reads and the input has, but for
 * the ones that a batch has anyway, and these. */
typedef struct {
    const wanted_field *fields;
    size_t              count;
} kept_cells;

typedef struct {
    const rubric_library *library;
    plugin_set           *plugins;
    const kept_cells     *keep;    /* NULL: no cells */
    const rubric         *rubric;  /* --rubric: every record goes to it; NULL: by area and date */
    const char           *only_id; /* grade this audit id alone; NULL: all */
    unsigned              threads; /* 0: as many as there are processors */
    bool                  no_details; /* of records that are rejected for what they say */
} grade_options;

/* Grades every record of an open input. Adds to `totals`. False and `errors` filled where the
 * input, memory or the sink failed; notices are added to `errors` as well. */
bool grade_input(records *records, const grade_options *options, const grade_sink *sink,
                 grade_totals *totals, error_list *errors);

/* ---- What would change a judgement ------------------------------------------ */

/* One change: criterion `criterion` rated `to` instead of what it is. */
typedef struct {
    size_t criterion;
    level  to;
} rating_change;

/* The smallest sets of changes that bring the judgement to `target` or above (raise) or under
 * it: fewest criteria, then fewest levels moved. */
typedef struct {
    bool           possible;
    bool           decided;   /* false: the search was stopped at its bound */
    size_t         size;      /* changes in each set */
    size_t         set_count; /* sets that are as small; at most WHATIF_SETS are kept */
    uint64_t       all_sets;  /* how many there are */
    rating_change *changes;   /* [set_count * size] */
} whatif;

enum { WHATIF_SETS = 12 };

/* `ratings` as in judge_record(). False where memory is out. Free with whatif_free(). */
bool whatif_raise(const rubric *rubric, const uint8_t *ratings, level target, whatif *out);
bool whatif_lose(const rubric *rubric, const uint8_t *ratings, level target, whatif *out);
void whatif_free(whatif *whatif);
