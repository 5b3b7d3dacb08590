/* mutation.h - whether records would notice a mistake in a rubric: what of it they exercise, and
 * which small wrong edits none of them would show. */
#pragma once

#include "grading/grading.h"
#include "writing/buffer.h"

/* Records that are read again: files, opened with the same column map. */
typedef struct {
    const record_source *sources;
    size_t               count;
    const column_map    *columns; /* may be NULL */
} mutation_inputs;

/* What is needed to grade. */
typedef struct {
    const rubric_library *library;
    plugin_set           *plugins;
    unsigned              threads; /* 0: as many as there are processors */
} mutation_grader;

/* ---- Coverage ---------------------------------------------------------------------- */

/* One thing that a rubric says, and how many records show what it does. */
typedef struct {
    const char *section; /* "criterion.timeliness", "judgement", "judgement.good" */
    const char *item;    /* "good <= 45", "missing", "limit inadequate -> good: holds down" */
    uint64_t    line;    /* of the section in the rubric's file */
    uint64_t    records;
    bool        counts; /* asked of the records; else it is shown alone */
} coverage_item;

/* Free with coverage_free(). */
typedef struct {
    const rubric        *rubric;
    const coverage_item *items; /* in the rubric's order: judgement, then criteria */
    size_t               item_count;
    size_t               asked;     /* items that count */
    size_t               exercised; /* of them, by at least one record */
    grade_totals         totals;
    arena                memory;
} rubric_coverage;

/* Grades the inputs by `rubric` and counts. False and `errors` filled where an input cannot be read or
 * memory is out. */
bool coverage_measure(rubric_coverage *out, const rubric *rubric, const mutation_inputs *inputs,
                      const mutation_grader *grader, error_list *errors);
void coverage_free(rubric_coverage *coverage);

/* Whole percent of the items that count, rounded down; 100 where there are none. */
unsigned coverage_percent(const rubric_coverage *coverage);

/* For people, for programs, for spreadsheets. */
void coverage_write_table(const rubric_coverage *coverage, buffer *out);
void coverage_write_json(const rubric_coverage *coverage, buffer *out);
void coverage_write_csv(const rubric_coverage *coverage, buffer *out);

/* ---- Mutants ------------------------------------------------------------------------ */

/* What an edit leaves to be done again. */
typedef enum {
    TOUCHES_SCORE,  /* weights, thresholds, requirements, min_coverage: ratings stay */
    TOUCHES_LIMITS, /* of one criterion */
    TOUCHES_RATING, /* of one criterion: bands, yes, no, missing */
    TOUCHES_APPLIES /* applies_if of one criterion */
} mutant_touches;

typedef struct {
    mutant_touches touches;
    size_t         criterion; /* SIZE_MAX: none */
    const char    *section;   /* "criterion.timeliness" */
    const char    *key;       /* "weight" */
    const char    *before;    /* "2"; "" where the key is not written */
    const char    *after;     /* "3"; "" where it is dropped */
    uint64_t       line;      /* of the section */
    rubric edited; /* shares all but what was edited with the rubric; its arrays live as long as
                                 the list */
} mutant;

/* Start with {0}; free with mutants_free(). */
typedef struct {
    mutant *items;
    size_t  count;
    size_t  capacity;
    arena   memory;
} mutant_list;

/* Every small wrong edit of a rubric (docs/mutation.md lists them), in the rubric's order. None is a
 * rubric that would be refused. False where memory is out. */
bool mutants_make(mutant_list *out, const rubric *rubric);
void mutants_free(mutant_list *list);

/* ---- Which are noticed ---------------------------------------------------------------- */

typedef enum {
    FATE_KILLED,     /* records notice it */
    FATE_SURVIVED,   /* none does, and one could */
    FATE_EQUIVALENT, /* no record could: proved */
    FATE_UNDECIDED   /* neither was proved in the time given, or no record could be made */
} mutant_fate;

typedef struct {
    mutant_fate fate;
    uint64_t    noticed; /* how many records notice it */
    const char *by;      /* the first that does: its case, else its audit_id, else "line 7" */
    const char *why;     /* FATE_EQUIVALENT, FATE_UNDECIDED: why; "" else */
    size_t      made;    /* FATE_SURVIVED: the made record that would notice; SIZE_MAX: none */
} mutant_result;

/* A record that was made to notice what others do not. */
typedef struct {
    const char *id;      /* "edge-timeliness-weight-3" */
    const char *name;    /* of its case: why it is as it is */
    const char *row;     /* of the cases' file, without a line end */
    const char *missing; /* a column that the cases' file lacks and the record needs; NULL: none */
} made_case;

typedef struct {
    const char     *cases;    /* NAME.cases.csv, or NULL */
    mutation_inputs inputs;   /* further records, which notice what changes any of their
                                            grades: judgement, score, limits, ratings */
    const char     *baseline; /* of the inputs, or NULL: what it does not keep notices nothing */
    mutation_grader grader;
    unsigned        milliseconds; /* for the proofs and made records of all mutants */
} mutation_options;

enum { MUTATION_MILLISECONDS = 60000 };

/* Free with mutation_free(). */
typedef struct {
    const rubric        *rubric;
    mutant_list          mutants;
    const mutant_result *results;  /* [mutant] */
    size_t               fates[4]; /* how many of each */
    const char          *heading;  /* of the made cases' rows */
    bool             whole; /* the heading begins a file of its own; else it is that of `cases` */
    const made_case *made;
    size_t           made_count;
    uint64_t         records;
    bool             score_seen; /* there are no cases: made records notice scores as well */
    arena            memory;
} mutation;

/* Finds the fate of every mutant of `rubric`. Records that do not agree with the rubric as it is (a case
 * that fails, a grade that is not the baseline's) are a fault: what they expect says nothing. False and `errors` filled where that is so, an
 * input cannot be read, or memory is out. */
bool mutation_run(mutation *out, const rubric *rubric, const mutation_options *options,
                  error_list *errors);
void mutation_free(mutation *mutation);

void mutation_write_table(const mutation *mutation, buffer *out);
void mutation_write_json(const mutation *mutation, buffer *out);
/* The made cases alone, ready to be appended to the cases: with a heading where there were none. */
void mutation_write_csv(const mutation *mutation, buffer *out);
