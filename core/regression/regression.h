/* regression.h - what a change of rubric, edition or plugin does to the grades, before it counts.
 *
 * Two gradings of the same records are held against each other (diff), one of them may be kept as a
 * file made for review (baseline), and a saved result is graded again (verify). What a grade is
 * stays with grading.h; nothing here judges by rules of its own. */
#pragma once

#include <time.h>

#include "grading/grading.h"
#include "report/report.h"

/* ---- One record's grade, by itself ------------------------------------------ */

/* An outcome: a level, or one of these. */
enum { OUTCOME_NONE = 0xF0, OUTCOME_INSUFFICIENT = 0xF1, OUTCOME_REJECTED = 0xF2 };

enum { SCORE_NONE = UINT32_MAX };

/* What a grade's words belong to: a rubric that is at hand, or one that a saved result names. */
typedef struct {
    const char        *id;
    const char        *version;
    const rubric      *rubric; /* NULL: not at hand */
    size_t             level_count; /* 0: the order of the levels is not known */
    const char        *levels[LEVELS_MAX];
    const char        *labels[LEVELS_MAX];
    const char        *folded[LEVELS_MAX]; /* labels as names compare (text_fold_name()) */
    const char *const *criteria; /* ids */
    size_t             criterion_count;
} yardstick;

/* Strings belong to the list that the verdict is in; "" where there is none. */
typedef struct {
    const char      *audit_id;
    const char      *input;      /* the file that it is in: of a baseline, that */
    const char      *area;
    const char      *team;
    const char      *auditor;
    const char      *limited_by; /* ids joined by ";" */
    const char      *word;       /* the outcome as results have it: "good", "rejected" */
    const yardstick *by;         /* NULL: no rubric graded it */
    const uint8_t   *ratings;    /* [criterion of by]; NULL: not known, or rejected */
    uint64_t         line;       /* 0: not known */
    uint64_t         row;        /* keyed hash of what the record says; 0: none was asked for */
    int32_t          audit_date; /* DATE_NONE where there is none */
    uint32_t         score;      /* thousandths, or SCORE_NONE; so margin */
    uint32_t         margin;
    uint8_t          outcome;
    uint8_t          coverage;
} verdict;

typedef struct verdict_block verdict_block;

/* Verdicts in order. Start with {0}; free with verdicts_free(). */
typedef struct {
    verdict_block **blocks;
    size_t          block_count;
    size_t          capacity;
    size_t          count;
    bool            disordered; /* not every audit id comes behind the one before, or is the same */
    uint64_t        repeated;   /* audit ids that are the one before */
    arena           memory; /* yardsticks */
} verdict_list;

void verdicts_free(verdict_list *list);

/* The verdict at `index`. `hint` is 0 at first and speeds up going through in order. */
const verdict *verdict_at(const verdict_list *list, size_t index, size_t *hint);

/* What grades one side of a comparison. */
typedef struct {
    const char           *name;    /* as asked for: a rubric, a folder, an edition, a file */
    const rubric_library *library; /* each record by its area and date; or ... */
    const rubric         *rubric;  /* ... every record by this one; NULL: not */
    plugin_set           *plugins;
    unsigned              threads;
} grading_side;

/* An input that can be opened again. */
typedef struct {
    const record_source *sources;
    size_t               count;
    const column_map    *columns; /* may be NULL */
} diff_inputs;

/* Reads a saved result of `assay grade` (json, ndjson, csv) into `out`; what its rubrics' levels are is
 * looked up in `library`. False and `errors` filled where it cannot be used. */
bool verdicts_read(verdict_list *out, const char *path, const rubric_library *library,
                   error_list *errors);
bool verdicts_read_bytes(verdict_list *out, const char *name, const char *bytes, size_t size,
                         const rubric_library *library, error_list *errors);

/* ---- Changes between two rubrics ------------------------------------------------ */

typedef enum {
    CHANGE_ADDED,   /* a criterion */
    CHANGE_REMOVED,
    CHANGE_MEASURE, /* how its value is got, and what cannot be changed without that */
    CHANGE_PARAMETER,
    CHANGE_BANDS,
    CHANGE_YES,
    CHANGE_NO,
    CHANGE_MISSING,
    CHANGE_APPLIES,
    CHANGE_WEIGHT,
    CHANGE_LIMIT,
    CHANGE_THRESHOLD,
    CHANGE_REQUIREMENT,
    CHANGE_COVERAGE,
    CHANGE_OVERALL,
    CHANGE_SCALE, /* how a record may write a level */
    CHANGE_PLUGIN /* another build of its plugin answers for a criterion */
} change_kind;

/* The least change of a rubric: one key of one section. */
typedef struct {
    change_kind kind;
    size_t      criterion; /* of the edit; SIZE_MAX: none */
    size_t      which;     /* level of a threshold, requirement of the edit */
    const char *section;   /* "criterion.timeliness" */
    const char *key;       /* "weight"; "" for a whole section */
    const char *before;    /* its value; "" where it is not written */
    const char *after;
    const char *name;      /* "weight of timeliness" */
    const char *words;     /* "weight of timeliness: 2 -> 3" */
    uint64_t    line_before; /* 0: not written there */
    uint64_t    line_after;
} rubric_change;

/* A criterion of either rubric. */
typedef struct {
    const criterion *before; /* NULL: added */
    const criterion *after;  /* NULL: removed */
    /* Either as the build of its plugin that the other side has measures it; itself where the builds are
     * the same or none measures it; NULL: that build does not have what its rubric asks for. */
    const criterion *rebuilt_before;
    const criterion *rebuilt_after;
    size_t           toggles[8]; /* changes that its rating depends on: bit b of a variant; that of the
                                    plugin is the last */
    size_t           toggle_count;
    size_t           first_variant;
} edited_criterion;

typedef struct {
    level    of;
    level    counted;
    int64_t  most_before; /* -1: none */
    int64_t  most_after;
    size_t   change; /* SIZE_MAX: the same */
} edited_requirement;

/* Rates some variants of the criteria with the plugins of one side. */
typedef struct {
    rubric *rubric;  /* of no criterion: nothing to rate */
    size_t *variant; /* [criterion]: the edit's variant that it is */
} edit_probe;

enum { PROBE_BEFORE, PROBE_AFTER, PROBES };

/* In place of a rating. */
enum {
    VARIANT_FAILED = 0xFD, /* the plugin failed on the record, in this measure or another */
    VARIANT_NONE = 0xFE    /* no rubric and build have the criterion so */
};

enum { CHANGES_MAX = 256 };

/* From one rubric to another, taken apart. Free with edit_free(). */
typedef struct {
    const rubric       *before;
    const rubric       *after;
    const char         *undecided; /* why no change can be undone by itself; NULL: it can */
    rubric_change      *changes;
    size_t              change_count;
    edited_criterion   *criteria;
    size_t              criterion_count;
    edited_requirement *requirements; /* highest level first */
    size_t              requirement_count;
    size_t              variant_count;
    edit_probe          probes[PROBES];
    arena               memory;
} rubric_edit;

/* `plugins_before` and `plugins_after` are what the rubrics were read with; may be NULL, and the same.
 * False where memory is out. */
bool edit_make(rubric_edit *out, const rubric *before, const rubric *after,
               const plugin_set *plugins_before, const plugin_set *plugins_after,
               error_list *errors);
void edit_free(rubric_edit *edit);

/* One bit a change: those that are undone. */
typedef struct {
    uint64_t bits[CHANGES_MAX / 64];
} change_set;

/* The rubric `after` with some changes undone, as judge_record() takes it. */
typedef struct {
    rubric       held;
    size_t      *variant; /* [criterion]: of the edit's; SIZE_MAX: the criterion is not there */
    criterion   *criteria;
    requirement *requirements;
    uint8_t     *ratings; /* room for one record */
} hybrid;

/* Makes room for hybrids of an edit. False where memory is out. Free with hybrid_free(). */
bool hybrid_init(hybrid *out, const rubric_edit *edit);
void hybrid_free(hybrid *hybrid);

/* Undoes `undone`. False where that is no rubric: thresholds that do not rise. */
bool hybrid_set(hybrid *out, const rubric_edit *edit, const change_set *undone);

/* What a record, rated `variants` by the edit's probes, comes to; VARIANT_NONE where a criterion that is
 * there is rated that. */
uint8_t hybrid_outcome(hybrid *by, const rubric_edit *edit, const uint8_t *variants);

/* ---- Two gradings ------------------------------------------------------------------ */

typedef enum { MOVE_UP, MOVE_DOWN, MOVE_OTHER } move_direction;

/* The smallest sets of changes that, undone, put a record back. */
typedef struct {
    size_t      size;      /* changes in a set; 0: none was found */
    uint64_t    all_sets;  /* how many are as small */
    size_t      set_count; /* kept: at most ATTRIBUTION_SETS */
    size_t     *changes;   /* [set][size]: of the edit */
    size_t      tried;     /* no set of fewer changes than this puts it back */
    const char *undecided; /* what could not be decided, and why; NULL: all was */
} attribution;

enum { ATTRIBUTION_SETS = 12 };

/* A record whose grade is another, or whose limit stopped holding although it is the same. */
typedef struct {
    bool               moved;   /* the grade is another */
    bool               changed; /* the record is: its row hash is another */
    verdict            from;
    verdict            to;
    move_direction     direction;
    bool               enters_lowest;
    bool               leaves_lowest;
    const char        *freed;   /* criteria whose limit stopped holding, joined by ";"; "" */
    const rubric_edit *edit;    /* NULL: no two rubrics at hand graded it */
    const attribution *because; /* NULL: not looked for */
} move;

/* A cell of the matrix of moves. */
typedef struct {
    const char *label;  /* as results have it: "requires_improvement" */
    const char *shown;  /* as people are shown it */
    const char *folded; /* NULL: no level */
    uint8_t     outcome;
    bool        before; /* a grade before, after */
    bool        after;
} outcome_row;

enum { OUTCOME_ROWS = 40 };

/* One group of records: a team, an auditor, a month, an area. */
typedef struct {
    const char *name;
    uint64_t    records;
    uint64_t    moved;
    double      chance; /* of as many moves or more, were moves spread at random (hypergeometric) */
} move_group;

typedef enum { BY_TEAM, BY_AREA, BY_MONTH, BY_AUDITOR, MOVE_GROUPINGS } move_grouping;

typedef struct {
    move_group *groups; /* the least chance first */
    size_t      count;
} move_groups;

/* How many records one criterion is rated differently for. */
typedef struct {
    const char *criterion;
    uint64_t    raised;
    uint64_t    lowered;
    uint64_t    otherwise; /* came or went: missing, not applicable */
} rating_moves;

typedef struct {
    const char  *a; /* names of the sides */
    const char  *b;
    uint64_t     records; /* in both */
    uint64_t     same;
    uint64_t     up, down, other;
    uint64_t     scores;  /* whose score alone is another */
    uint64_t     changed; /* records that say something else; moved or not */
    uint64_t     freed;   /* whose limit stopped holding, moved or not */
    bool         other_scale; /* levels are compared by label */
    move        *moves;   /* in input order */
    size_t       move_count;
    move       **safety;  /* those that enter, then those that leave the lowest level, then freed */
    size_t       safety_count;
    outcome_row  rows[OUTCOME_ROWS];
    size_t       row_count;
    uint64_t     matrix[OUTCOME_ROWS][OUTCOME_ROWS];
    rating_moves *ratings;
    size_t       rating_count;
    verdict     *only_a; /* in one side alone */
    size_t       only_a_count;
    verdict     *only_b;
    size_t       only_b_count;
    uint64_t     repeated; /* audit ids that stand more than once in a side that is paired by id */
    move_groups  groups[MOVE_GROUPINGS]; /* BY_AUDITOR only where it was asked for */
    rubric_edit **edits;
    size_t       edit_count;
    error_list   broken; /* gates: a notice each, at its line; filled by gates_check() */
    struct diff_private *private;
} diff;

typedef struct {
    bool by_auditor;     /* personal data: only where asked for */
    bool other_rows;     /* the sides hashed rows in other ways: a record that changed is not seen */
} diff_options;

/* Grades the inputs by both sides, pairs the records in input order and fills `out`. Keeps one side's
 * verdicts (about 120 bytes a record) and what moved; every file is read at most three times,
 * four where the sides have other plugins. False
 * and `errors` filled where that fails. Free with diff_free(), also then. */
bool diff_grade(diff *out, const grading_side *a, const grading_side *b, const diff_inputs *inputs,
                const diff_options *options, grade_totals totals[2], error_list *errors);

/* Two lists, paired by audit id; the nth record of an id with the nth. They must outlive the diff. */
bool diff_lists(diff *out, const char *a_name, const verdict_list *a, const char *b_name,
                const verdict_list *b, const diff_options *options, error_list *errors);
void diff_free(diff *diff);

/* A notice where no record is in both sides, for then nothing was compared. */
void diff_notice_nothing(const diff *from, error_list *errors);

/* What to hash of each record: its audit date and these fields, under a key of 32 bytes. */
typedef struct {
    const uint8_t     *key;
    const char *const *fields;
    size_t             field_count;
} row_hashing;

/* Grades the inputs into a list; `hashing` may be NULL. */
bool verdicts_grade(verdict_list *out, const grading_side *side, const diff_inputs *inputs,
                    const row_hashing *hashing, grade_totals *totals, error_list *errors);

/* Writes a diff as "table", "csv", "json", "html", "junit" or "sarif", in pieces. False where the
 * format is unknown (a fault), memory is out or `write` failed. */
bool diff_write(const diff *from, const char *format, const char *version, report_write write,
                void *user, error_list *errors);
bool diff_has_format(const char *format, error_list *errors);

/* ---- Baselines --------------------------------------------------------------------- */

/* A grading kept as a file: docs/regression.md says what is in it. */
typedef struct baseline baseline;

/* What is graded, and how rows are hashed. */
typedef struct {
    const grading_side *side;
    const diff_inputs  *inputs;
    const uint8_t      *key; /* 32 bytes, kept elsewhere; NULL: a random one in the baseline */
    const char         *version; /* of the program */
} baseline_grading;

/* Grades and writes a baseline. False and `errors` filled where that fails. */
bool baseline_save(const baseline_grading *by, grade_totals *totals, report_write write, void *user,
                   error_list *errors);

/* Reads a baseline: every line has to be as it was written. False and a fault with its line where one
 * is not: merged, cut off, edited. `bytes`, allocated and NUL-ended, become the baseline's. Free *out
 * with baseline_free(), which takes NULL, in either case. */
bool baseline_read(baseline **out, const char *path, error_list *errors);
bool baseline_read_bytes(baseline **out, const char *name, char *bytes, size_t size,
                         error_list *errors);

/* Reads the head alone; what follows is read by baseline_finish(), on any one thread, which
 * baseline_compare() and baseline_accept() do while they grade. */
bool baseline_open(baseline **out, const char *path, error_list *errors);
bool baseline_finish(baseline *baseline, error_list *errors);
void baseline_free(baseline *baseline);
const verdict_list *baseline_list(const baseline *baseline);

/* How its rows were hashed; false where the key is kept elsewhere. What it points to is the baseline's. */
bool baseline_hashing(const baseline *baseline, row_hashing *out);
/* True where equal rows have equal hashes in both. */
bool baselines_hash_alike(const baseline *a, const baseline *b);

/* Grades into `list` and holds it against the baseline; rubrics, plugins and calendars that are others
 * than then are notices. `baseline` and `list` must outlive the diff. */
bool baseline_compare(baseline *baseline, const baseline_grading *by, verdict_list *list,
                      diff *out, grade_totals *totals, error_list *errors);

typedef struct {
    const char *who;
    const char *reason;
    const char *only; /* ids joined by commas; NULL: everything */
    time_t      when;
} baseline_accepting;

/* Writes the baseline anew with what moved taken in, and who, when and why in its history. */
bool baseline_accept(baseline *baseline, const baseline_grading *by,
                     const baseline_accepting *how, grade_totals *totals, report_write write,
                     void *user, error_list *errors);

/* Holds a diff against the gates of an INI file; each that is broken is added to it, and says by which
 * record. False where the file cannot be used. */
bool gates_check(const char *path, diff *found, const verdict_list *before,
                 const verdict_list *after, error_list *errors);

/* The bytes of a file, NUL-ended, for the caller to free; NULL with a fault. */
char *regression_read_file(const char *path, size_t *size, error_list *errors);

/* ---- Editions ------------------------------------------------------------------------ */

/* The rubrics of a framework edition, each in force whatever the audit date where it is the first of its
 * practice area. Start with {0}; free with edition_free(). `of` must outlive it. */
typedef struct {
    rubric_library library;
    arena          memory;
} edition;

/* False and a fault where the edition has no rubric. */
bool edition_make(edition *out, const rubric_library *of, const char *id, error_list *errors);
void edition_free(edition *edition);
