/* tally.h - counts of results, with the audit ids behind each figure: what the table and the
 * page show. Batches are counted by themselves, on any thread, and added up in input order, so
 * the result does not depend on how the input was cut or on how many threads there were. */
#pragma once

#include "grading/grading.h"

enum {
    TALLY_IDS = 200,       /* audit ids kept behind each figure; the rest are counted */
    TALLY_ROWS = 500,      /* teams, months and so on that are told apart; the rest are one row */
    TALLY_REJECTED = 200,  /* rejected records shown one by one; the rest by reason */
    TALLY_REASONS = 100    /* reasons told apart */
};

/* Audit ids, NUL-ended one after the other, and how many records there are in all. */
typedef struct {
    char    *bytes;
    size_t   size;
    size_t   capacity;
    uint32_t kept;
    uint64_t total;
} id_list;

/* What can become of a record: a level (0 to LEVELS_MAX - 1), or one of these. */
enum {
    OUTCOME_NONE = LEVELS_MAX, /* graded by a rubric that makes no overall judgement */
    OUTCOME_INSUFFICIENT,
    OUTCOME_REJECTED,
    OUTCOMES
};

/* The records of one team, say. */
typedef struct {
    char   *name; /* "" where not recorded */
    id_list outcomes[OUTCOMES];
} tally_row;

/* Rows by name. */
typedef struct {
    tally_row *rows; /* in order of first sight; tally_sort() puts them in order of name */
    size_t     count;
    size_t     capacity;
    uint32_t  *index; /* open addressing: row + 1, or 0 */
    size_t     index_size;
    tally_row  others; /* of the names past TALLY_ROWS */
} tally_table;

typedef enum { BY_PRACTICE_AREA, BY_TEAM, BY_JUDGEMENT_AREA, BY_MONTH, DIMENSIONS } dimension;

/* All that was graded on one scale. Scales are one where their level ids are the same. */
typedef struct {
    const rubric *like; /* a rubric of that scale; NULL: no rubric was found for the records */
    id_list       outcomes[OUTCOMES];
    tally_table   by[DIMENSIONS];
    id_list       agreement[LEVELS_MAX][LEVELS_MAX]; /* [auditor's level][ours] */
} tally_scale;

/* How one criterion was rated. */
typedef struct {
    const rubric *of;
    size_t        criterion;
    uint64_t      rated[LEVELS_MAX];
    uint64_t      missing;
    uint64_t      not_applicable;
    uint64_t      not_due;
    id_list       held;    /* records that it held down: rated under good, or its limit did it */
    id_list       limited; /* of these, where its limit lowered the judgement */
} tally_criterion;

typedef struct {
    const rubric    *of;
    uint64_t         records; /* graded, insufficient or rejected */
    uint64_t         graded;
    uint64_t         insufficient;
    tally_criterion *criteria; /* [of->criterion_count] */
} tally_rubric;

typedef struct {
    char    *input;
    uint64_t line;
    char    *audit_id;
    char    *detail;
} tally_rejected;

/* Rejections of one kind: the detail without what stands in its quotation marks. */
typedef struct {
    char    *reason;
    uint64_t count;
} tally_reason;

typedef struct {
    tally_scale    *scales;
    size_t          scale_count;
    tally_rubric   *rubrics;
    size_t          rubric_count;
    tally_rejected *rejected; /* the first TALLY_REJECTED */
    size_t          rejected_count;
    size_t          rejected_capacity;
    tally_reason   *reasons;
    size_t          reason_count;
    uint64_t        other_reasons; /* records rejected for reasons past TALLY_REASONS */
    uint64_t        records;
    int32_t         first_date; /* DATE_NONE: no record has a date */
    int32_t         last_date;
} tally;

/* NULL where memory is out. Free with tally_free(), which takes NULL. */
tally *tally_new(void);
void   tally_free(tally *tally);

/* Counts a batch. False where memory is out. */
bool tally_batch(tally *tally, const graded_batch *batch);

/* Adds `from`, counted from the records that follow; it is left as it was. False where memory
 * is out. */
bool tally_add(tally *into, const tally *from);

/* Puts rows in order of name, and records that no rubric was found for beside those
 * of the scale with most records. Call once, after the last batch. False where memory is out. */
bool tally_sort(tally *tally);

/* The level from which work counts as good: the highest but one; of two levels the higher. */
level tally_good_level(const scale *scale);

/* Records with a level, and how many of these are good or better. */
uint64_t tally_judged(const id_list outcomes[OUTCOMES]);
uint64_t tally_good(const id_list outcomes[OUTCOMES], const scale *scale);
uint64_t tally_all(const id_list outcomes[OUTCOMES]);

/* How often an auditor's grade and ours could be compared, and how they differ. */
typedef struct {
    uint64_t compared;
    uint64_t same;
    uint64_t within_one; /* the same or one level apart */
    uint64_t tool_lower;
    uint64_t tool_higher;
    uint64_t missed_inadequate; /* lowest level here, above it by the auditor */
} tally_agreement;

tally_agreement tally_agree(const tally_scale *scale);

/* The criteria of a scale's rubrics by how often they held work down, most first. The array is
 * the caller's to free; NULL where memory is out or there are none (`count` tells). */
const tally_criterion **tally_rank(const tally *tally, const tally_scale *scale, size_t *count);

/* How often the criterion was rated at all. */
uint64_t tally_rated(const tally_criterion *criterion);

bool tally_same_scale(const scale *a, const scale *b);
