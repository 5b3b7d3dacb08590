/* proof.h - what holds of a rubric whatever the record, and records made to show it. */
#pragma once

#include "grading/grading.h"
#include "writing/buffer.h"

/* ---- Made records ----------------------------------------------------------------------------- */

/* What a made record is to be rated in one criterion. RATING_NOT_APPLICABLE is met by "not due" as
 * well: both are left out. */
enum { MADE_ANY = 0xFE }; /* whatever it comes to */
typedef struct {
    uint8_t rating; /* a level, RATING_MISSING, RATING_NOT_APPLICABLE or MADE_ANY */
    bool    exact;  /* and the number behind it is `number`: for the edges of bands */
    double  number;
} made_want;

typedef struct {
    const char *field;
    const char *value;
} made_cell;

/* One record, with the ratings that the grader gave it. Free with made_record_free(). */
typedef struct {
    bool       made;   /* false: it could not be; `unmade` says where */
    size_t     unmade; /* the first criterion that cannot be rated so together with those before
                            it; SIZE_MAX where it was made */
    made_cell *cells;  /* each field that the rubric reads, then practice_area and audit_date
                            where it does not read them; without an audit_id */
    size_t     cell_count;
    uint8_t   *ratings; /* [criterion] */
    judgement  judged;
    arena      memory;
} made_record;

/* Makes records for one rubric: it tries cells for every field that the rubric reads, and has them
 * graded, so that what it gives is what grading gives. */
typedef struct record_maker record_maker;

/* `plugins` as for grading; their measures are run, as its isolation says. NULL: none is run, and a
 * record in which a plugin's criterion is rated cannot be made. NULL and `errors` filled where the
 * rubric cannot grade or memory is out. The rubric and the plugins must outlive it. Free with
 * record_maker_free(). Belongs to one thread at a time; grades on `threads` (0: as many as there are
 * processors). */
record_maker *record_maker_new(const rubric *rubric, plugin_set *plugins, unsigned threads,
                               error_list *errors);
void          record_maker_free(record_maker *maker); /* takes NULL */

/* A record that is rated as `wanted` says, one entry a criterion, and graded to make sure. A plugin's
 * measure cannot be turned round: where none of the cells tried gives what is wanted, the record is not
 * made, and says so. False where memory is out. */
bool record_make(record_maker *maker, const made_want *wanted, made_record *out,
                 error_list *errors);
void made_record_free(made_record *record);

/* Made records as CSV: a heading with audit_id, then the fields of `first` in their order; every
 * record of one rubric has the same. */
void made_record_write_heading(const made_record *first, buffer *out);
void made_record_write_row(const made_record *record, const char *audit_id, buffer *out);

/* ---- Proofs ------------------------------------------------------------------------------------- */

typedef enum {
    FINDING_FAULT,    /* contradictory, or surely not meant */
    FINDING_NOTE,     /* worth knowing */
    FINDING_UNDECIDED /* not proved and not refuted in the time given */
} finding_gravity;

/* What was found of each kind; the name is that of the JSON output. */
#define FINDING_KINDS(X)                                                                           \
    X(UNREACHABLE_LEVEL, "unreachable_level")                                                      \
    X(BAND_GAP, "band_gap")                                                                        \
    X(DEAD_BAND, "dead_band")                                                                      \
    X(BAND_ORDER, "band_order")                                                                    \
    X(SAME_ANSWER, "same_answer")                                                                  \
    X(NOT_MONOTONE, "not_monotone")                                                                \
    X(NEEDLESS_MONOTONE, "needless_monotone")                                                      \
    X(NO_WEIGHT, "no_weight")                                                                      \
    X(UNKNOWN_FRAMEWORK, "unknown_framework")                                                      \
    X(UNKNOWN_AREA, "unknown_area")                                                                \
    X(DEAD_THRESHOLD, "dead_threshold")                                                            \
    X(DEAD_REQUIREMENT, "dead_requirement")                                                        \
    X(DEAD_LIMIT, "dead_limit")                                                                    \
    X(DEAD_WEIGHT, "dead_weight")                                                                  \
    X(BLANK_DISARMS, "blank_disarms")                                                              \
    X(NOT_ASKED, "not_asked")                                                                      \
    X(ONE_STEP, "one_step")                                                                        \
    X(MOST_MISSING, "most_missing")                                                                \
    X(UNDECIDED, "undecided")

typedef enum {
#define X(name, written) KIND_##name,
    FINDING_KINDS(X)
#undef X
} finding_kind;

const char *finding_kind_name(finding_kind kind);

/* Ratings that show a finding; records with these are examples 1, 2, ... of the proof. */
typedef struct {
    size_t         finding;
    const uint8_t *ratings; /* [criterion]: levels, RATING_MISSING, RATING_NOT_APPLICABLE */
    judgement      judged;
} proof_example;

typedef struct {
    finding_kind    kind;
    finding_gravity gravity;
    uint64_t        line;          /* of the rubric; 0: none */
    const char     *text;          /* what; what to do */
    size_t          example_first; /* of the proof's examples */
    size_t          example_count;
} finding;

/* All that was proved of a rubric. Free with proof_free(). */
typedef struct {
    const rubric  *rubric;
    finding       *findings; /* faults first, each kind of gravity in the order of lines */
    size_t         finding_count;
    proof_example *examples; /* in the order of their findings */
    size_t         example_count;
    unsigned       reachable; /* bit l: a record can be judged level l */
    bool           monotone;  /* no better rating judges lower; means something where decided */
    bool           monotone_decided;
    size_t         asked;        /* weighted criteria */
    size_t         most_missing; /* of them, in a record that is graded all the same */
    unsigned       most_moved;   /* levels, by one rating one step up or down */
    bool           moved_decided;
    bool           assumed; /* plugins' measures were taken to be independent of other evidence */
    const char *inexact; /* a criterion of which not every way to be rated was tried; NULL: none */
    arena       memory;
} proof;

enum { PROOF_MILLISECONDS = 1000 };

/* Proves what holds of `rubric`, in `milliseconds` at the most or little more; what could not be decided
 * in them is a finding. Measures of plugins are taken to give any number they declare.
 * `library`: where framework editions are looked up; NULL: they are not. `plugins`: run to find examples
 * that they can give, in as much time again, where there are such; NULL: none is run, and examples are
 * shown that perhaps none can give. False and `errors` filled where memory is out or a plugin fails. */
bool proof_make(proof *out, const rubric *rubric, const rubric_library *library,
                plugin_set *plugins, unsigned milliseconds, error_list *errors);
void proof_free(proof *proof);

/* Ratings in words: "a and b inadequate, the rest good". */
void proof_write_ratings(const rubric *rubric, const uint8_t *ratings, buffer *out);

/* ---- As pages ------------------------------------------------------------------------------------- */

/* The audit id of example `index`: "proof-01". */
enum { EXAMPLE_ID_SIZE = 32 };
void proof_example_id(size_t index, char out[EXAMPLE_ID_SIZE]);

/* Which examples show a finding: " (proof-01, proof-02)"; nothing where none does. */
void proof_write_examples(const finding *finding, buffer *out);

/* What holds and what is worth knowing, a line each, indented; without the faults. */
void proof_write_text(const proof *proof, buffer *out);

/* Everything, as the members of a JSON object, without its braces. */
void proof_write_json(const proof *proof, buffer *out);

/* ---- Two rubrics ------------------------------------------------------------------------------ */

/* Whether ratings exist that a rubric and an edited copy of it judge otherwise: another judgement or
 * status, or other criteria that hold the judgement down. Of the score nothing is asked. */
typedef enum {
    DIFFER_NO,       /* proved: whatever plugins' measures give */
    DIFFER_YES,      /* and record_make() can be asked for them */
    DIFFER_UNMADE,   /* if plugins' measures can give them; trials did not */
    DIFFER_UNDECIDED /* not in the time given, or not every way to be rated was tried */
} differ_answer;

typedef struct differ differing;

/* For questions about one rubric; `plugins` as for record_maker_new(), and all its questions together take
 * `milliseconds` at the most or little more. NULL and `errors` filled where memory is out or a plugin
 * fails. The rubric must outlive it. Free with differ_free(), which takes NULL. */
differing *differ_new(const rubric *rubric, plugin_set *plugins, unsigned milliseconds,
                      error_list *errors);
void       differ_free(differing *differ);

/* `edited` has the rubric's criteria with the same values and ratings; and either their weights (of which
 * one may become 0, or stop being so), thresholds, requirements and min_coverage differ, or the limits
 * of one criterion. DIFFER_YES, DIFFER_UNMADE: `ratings` [criterion] has them. False where memory is
 * out. */
bool differ_ask(differing *asked, const rubric *edited, uint8_t *ratings, differ_answer *answer);
