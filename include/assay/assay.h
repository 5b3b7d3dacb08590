/* assay/assay.h - the library: open rubrics and plugins, grade records, explain a grade.
 *
 *     assay *session = assay_new();
 *     assay_open(session);
 *     assay_input input = {.path = "audits.csv"};
 *     assay_grade(session, &input, 1, "csv", 0, write, NULL, &totals);
 *     assay_free(session);
 *
 * Ownership: what a function returns belongs to the session and lives until assay_free(), or until
 * the next call where that is said; what is passed in is read during the call only.
 * Threads: one session belongs to one thread at a time; several sessions may be used at once. Grading
 * uses as many threads as there are processors by itself.
 * Errors: every function that can fail returns one of enum assay_status_code; what was wrong,
 * where, and what to do is then among the session's messages. The library never prints and never
 * exits. Strings are UTF-8. Structures begin with their size where the caller fills them in.
 *
 * C99 and C++. */
#ifndef ASSAY_ASSAY_H
#define ASSAY_ASSAY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define ASSAY_API __attribute__((visibility("default")))
#else
#define ASSAY_API
#endif

/* What a call came to; the command ends with the same number. */
enum assay_status_code {
    ASSAY_FINE = 0,    /* all is well */
    ASSAY_FOUND = 1,   /* done, and something was found: rejected records, faults in a rubric */
    ASSAY_REFUSED = 2, /* asked wrongly; or a rubric or plugin cannot be used: nothing graded */
    ASSAY_FAILED = 3   /* a file could not be read or written, or memory is out */
};

typedef struct assay assay;

/* The version of this library, "0.1.0". */
ASSAY_API const char *assay_version(void);

/* ---- A session ------------------------------------------------------------ */

/* A new session, or NULL where memory is out. Takes NULL to free. */
ASSAY_API assay *assay_new(void);
ASSAY_API void   assay_free(assay *session);

/* Folders to look in beside the standard ones, before assay_open(). Plugins: the folders
 * given here come first, then those of ASSAY_PLUGIN_PATH (separated by ':'), then those installed.
 * Rubrics: those installed first, then those of ASSAY_RUBRIC_PATH, then the folders given here; a
 * later rubric of the same id and version takes the place of an earlier one. */
ASSAY_API int assay_add_plugin_folder(assay *session, const char *folder);
ASSAY_API int assay_add_rubric_folder(assay *session, const char *folder);

/* The lock, before assay_open(): which plugins and rubrics may be used, each as it was when it was
 * pinned. NULL: that of ASSAY_LOCK, else assay.lock in the working folder, else none, and anything
 * may be used. With a lock, what is not pinned or has changed is refused. A lock that is not
 * there pins nothing. */
ASSAY_API int assay_use_lock(assay *session, const char *file);

/* Reads the lock, the manifests of plugins and the rubrics, calendars and framework editions of
 * the folders. Runs no plugin. Call once. */
ASSAY_API int assay_open(assay *session);

/* Every record is graded by this rubric: a file, or the id of an installed one. NULL: each record by
 * the rubric of its practice area in force on its audit date. After assay_open(). */
ASSAY_API int assay_use_rubric(assay *session, const char *file_or_id);

/* The column map to read inputs with; NULL: none. */
ASSAY_API int assay_use_columns(assay *session, const char *file);

/* How many threads grade; 0, the default: one a processor. */
ASSAY_API void assay_use_threads(assay *session, unsigned threads);

/* How plugins run: "on", the default: each in a process of its own, with every protection that the
 * system gives; "require": likewise, and refused where any is lacking; "off": in this process,
 * for debugging a plugin of one's own. Before the first record is graded. */
ASSAY_API int assay_use_isolation(assay *session, const char *mode);

/* How long a plugin may take over one batch of records, in milliseconds: 10000 by default. */
ASSAY_API int assay_use_time_limit(assay *session, unsigned milliseconds);

/* ---- Messages -------------------------------------------------------------- */

typedef struct {
    const char *file;   /* "" where no file is meant */
    uint64_t    line;   /* 0: none; so column */
    uint64_t    column;
    const char *text;   /* what is wrong; what to do */
    int         notice; /* 1: worth saying, and nothing was refused */
} assay_message;

/* The messages of the calls since the last assay_clear_messages(), in order. They live until then. */
ASSAY_API size_t        assay_message_count(const assay *session);
ASSAY_API assay_message assay_message_at(const assay *session, size_t index);
/* "assay: FILE:LINE:COLUMN: text" without a line end, as snprintf: returns the length needed. */
ASSAY_API size_t        assay_message_format(const assay *session, size_t index, char *out,
                                             size_t size);
ASSAY_API void          assay_clear_messages(assay *session);

/* ---- Grading --------------------------------------------------------------- */

/* Takes a piece of output, in order. Returns 0; anything else ends the call, which then returns
 * ASSAY_FAILED without a message: whoever wrote the callback knows why. */
typedef int (*assay_write)(void *user, const char *bytes, size_t size);

/* Where records come from: a file ("-" is standard input), or `size` bytes in memory. */
typedef struct {
    const char *path;
    const char *bytes; /* NULL: read `path` */
    size_t      size;
    const char *name;  /* what messages call it; NULL: the path */
} assay_input;

/* rows = graded + insufficient + rejected, always. */
typedef struct {
    uint64_t rows;
    uint64_t graded;
    uint64_t insufficient; /* not graded for insufficient evidence */
    uint64_t rejected;
} assay_totals;

enum assay_grade_flags {
    ASSAY_WITH_RATINGS = 1 /* csv: a column rating.ID for each criterion */
};

/* Grades every record of the inputs, in order, and writes the results as `format`: "table", "csv",
 * "ndjson", "json" or "html". Memory is bounded whatever the inputs' size. `totals` may be NULL. */
ASSAY_API int assay_grade(assay *session, const assay_input *inputs, size_t count,
                          const char *format, unsigned flags, assay_write write, void *user,
                          assay_totals *totals);

/* The brief summary of the last assay_grade(), ending with the line that adds up. */
ASSAY_API int assay_write_summary(assay *session, assay_write write, void *user);

/* One criterion of a record. */
typedef struct {
    const char *id;
    const char *rating; /* a level, "missing" or "not_applicable" */
} assay_rating;

/* One record's result. Valid during the call it is passed to. */
typedef struct {
    size_t              struct_size;
    const char         *input;
    uint64_t            line;
    const char         *audit_id;
    const char         *practice_area;
    const char         *rubric;    /* "" where no rubric graded it; so version */
    const char         *version;
    const char         *judgement; /* a level, "none" or "not_graded" */
    const char         *status;    /* "graded", "insufficient_evidence" or "rejected" */
    const char         *detail;
    int64_t             score;     /* thousandths; -1: none. So margin */
    int64_t             margin;
    int32_t             coverage;  /* whole percent; -1: none */
    int32_t             level;     /* of the judgement, 0 lowest; -1: no level */
    const assay_rating *ratings;
    size_t              rating_count;
} assay_record;

/* Takes one record, in input order, on one thread at a time. Returns 0 to go on. */
typedef int (*assay_take_record)(void *user, const assay_record *record);

/* Like assay_grade(), record by record. */
ASSAY_API int assay_grade_records(assay *session, const assay_input *inputs, size_t count,
                                  assay_take_record take, void *user, assay_totals *totals);

/* The judgement of the records of one audit id, in plain words (`format` "text") or as "json": why,
 * what held it down, and the smallest changes of ratings that would raise or lose it.
 * ASSAY_REFUSED where no record has that id. */
ASSAY_API int assay_explain(assay *session, const assay_input *inputs, size_t count,
                            const char *audit_id, const char *format, assay_write write,
                            void *user);

/* What is in an input, before grading: what each column holds, what no rubric uses, what a
 * rubric misses, with the nearest name. ASSAY_FOUND where something is not as it should be. */
ASSAY_API int assay_check_records(assay *session, const assay_input *input, assay_write write,
                                  void *user);

/* ---- Moderation --------------------------------------------------------------- */

/* What the calls of moderation have in common. NULL or 0: not given. */
typedef struct {
    size_t      struct_size;
    const char *policy;    /* a file; not given: that of ASSAY_POLICY, else the standard one */
    const char *moderator; /* whose pack, or whose audits */
    const char *pack;      /* write this pack again */
    size_t      most;      /* audits in a new pack; not given: all that wait */
    const char *today;     /* a date; not given: the day it is */
    const char *from;      /* audits of these dates, both ends in; so the next four */
    const char *to;
    const char *team;
    const char *auditor;
    const char *area;
    const char *month; /* "2026-06": audits of that month, in place of from and to */
    uint64_t    seed; /* of what is drawn by chance */
    unsigned    flags;
} assay_moderation_options;

enum assay_moderation_flags {
    ASSAY_MORE_COEFFICIENTS = 1 /* agreement: Cohen's and Fleiss' kappa and more of alpha */
};

/* What became of a file that came back: audits = recorded + same + handed_back + open, always. */
typedef struct {
    uint64_t audits;
    uint64_t recorded;
    uint64_t same;        /* as they were recorded before */
    uint64_t handed_back; /* something is wrong with them; nothing of them was recorded */
    uint64_t open;        /* nothing is filled in yet */
    uint64_t agreed;      /* of those recorded from a pack */
    uint64_t differ;      /* likewise: both grades have to be looked at together */
} assay_import_totals;

enum assay_sample_flags {
    ASSAY_SAMPLE_REHEARSE = 1 /* nothing is kept */
};

/* Draws the sample of audits that a second person looks at, by the policy, from the audits of the days
 * asked for that no draw has had yet, and keeps it with the chance of each. Writes the picks as
 * `format`: "table", "csv" or "json". `seed` NULL: one of chance, which is written with the picks; the
 * same seed gives the same sample of the same audits. ASSAY_FOUND where a pick has no moderator whom the
 * policy lets take it. */
ASSAY_API int assay_moderation_sample(assay *session, const assay_moderation_options *options,
                                      const uint64_t *seed, unsigned flags, const char *format,
                                      assay_write write, void *user);

/* Draws nothing, and writes how many moderated audits would be needed to know what, and what the number
 * that the policy would pick can show, as `format`: "table", "csv" or "json". */
ASSAY_API int assay_moderation_plan(assay *session, const assay_moderation_options *options,
                                    const char *format, assay_write write, void *user);

/* Gives the moderator the audits that wait and writes the blind form as `format`: "csv", or "html", one
 * page that works without a network. `audits` gets how many; 0: none waits that the moderator may
 * take, and nothing was written. */
ASSAY_API int assay_moderation_pack(assay *session, const assay_moderation_options *options,
                                    const char *format, assay_write write, void *user,
                                    uint64_t *audits);

/* Likewise of the audits that `from` was given and has not moderated, where this moderator may take them:
 * for somebody who is away, or whose name was misspelt. That `from` had them stays in the store. NULL: as
 * assay_moderation_pack(). */
ASSAY_API int assay_moderation_take_over(assay *session, const assay_moderation_options *options,
                                         const char *from, const char *format, assay_write write,
                                         void *user, uint64_t *audits);

/* Takes what came back: a pack, the sheet of assay_moderation_compare() or that of
 * assay_moderation_actions(), told apart by its columns. What is wrong is a message with its place,
 * and goes to `rejected` (may be NULL) as a file to put right. ASSAY_FOUND where anything is. */
ASSAY_API int assay_moderation_import(assay *session, const assay_input *input,
                                      const assay_moderation_options *options,
                                      assay_write rejected, void *user,
                                      assay_import_totals *totals);

/* Writes the moderated audits that wait for a reason, an answer or a decision, with the grades of
 * auditor, rubric and moderator side by side: `format` "csv", to be filled in, or "html". */
ASSAY_API int assay_moderation_compare(assay *session, const assay_moderation_options *options,
                                       const char *format, assay_write write, void *user);

/* Writes the open actions, and an empty one for each final grade that asks for one, as CSV to be filled
 * in. */
ASSAY_API int assay_moderation_actions(assay *session, const assay_moderation_options *options,
                                       assay_write write, void *user);

/* Planned against done, what waits for whom and what is late, as `format`: "table", "csv" or
 * "json". */
ASSAY_API int assay_moderation_status(assay *session, const assay_moderation_options *options,
                                      const char *format, assay_write write, void *user);

/* How far auditors, moderators and the rubric agree, as `format`: "table", "csv" or "json"; audits that
 * the auditor graded above the lowest level and the moderator at it come first. Names auditors. */
ASSAY_API int assay_moderation_agreement(assay *session, const assay_moderation_options *options,
                                         const char *format, assay_write write, void *user);

/* The share that is really good or better, and each level's share, corrected for who graded: from all
 * audits and the moderated ones with the chances they were picked by; as "table", "csv" or
 * "json". */
ASSAY_API int assay_moderation_estimate(assay *session, const assay_moderation_options *options,
                                        const char *format, assay_write write, void *user);

/* How generous or harsh each auditor and moderator is, once the audits they had are allowed for; as
 * "table", "csv" or "json". Names auditors. */
ASSAY_API int assay_moderation_severity(assay *session, const assay_moderation_options *options,
                                        const char *format, assay_write write, void *user);

/* Where the share of good or better is going, and the chance that it reaches a target, "good or better >=
 * 70%", by dates, "31/03/2027, 12/05/2027"; NULL: the next three boards, six weeks apart. As "table",
 * "csv" or "json". */
ASSAY_API int assay_forecast(assay *session, const assay_moderation_options *options,
                             const char *target, const char *dates, const char *format,
                             assay_write write, void *user);

/* ---- The page for a board ---------------------------------------------------- */

/* Set struct_size; NULL is what each says. Dates as dd/mm/yyyy. */
typedef struct {
    size_t      struct_size;
    const char *audience;  /* "board" (so NULL) or "scrutiny": in plain words, without audit ids */
    const char *policy;    /* of moderation; NULL: the standard one */
    const char *workforce; /* what its figures are called, and bands; NULL: without bands */
    const char *from;      /* NULL: a year back, from the first of a month */
    const char *to;        /* NULL: today */
    const char *since;     /* the last meeting; NULL: six weeks before `to` */
    const char *today;
    const char *target;    /* "good or better >= 70%": a local one; NULL: none */
} assay_board_options;

/* Writes the page of the session's store for a board or for councillors, as HTML: one file that needs no
 * network and no script. Names no child, auditor or moderator. `options` may be NULL. */
ASSAY_API int assay_report_board(assay *session, const assay_board_options *options,
                                 assay_write write, void *user);

/* ---- What a change does to the grades --------------------------------------- */

/* How two gradings are compared. Set struct_size; the rest may be 0. */
typedef struct {
    size_t      struct_size;
    const char *plugin_folder_b; /* B's plugins are looked for here first, and some must be; NULL: as A's */
    int         by_auditor;      /* 1: say too which auditors' records moved: personal data */
} assay_diff_options;

/* Grades the inputs twice and writes what moves from A to B, as `format`: "table", "csv", "json",
 * "html", "junit" or "sarif". A and B are each a rubric (a file, or the id of an installed one), a
 * folder of rubrics, a framework edition (its id), a saved result of assay_grade() (.csv, .json,
 * .ndjson) or a .baseline, two of which need no input. What leaves or enters the lowest level comes
 * first, and for every record that moved the smallest sets of changes of rubric and plugins that,
 * undone, put it back. ASSAY_FOUND where anything moved. `options` may be NULL. */
ASSAY_API int assay_diff(assay *session, const char *a, const char *b, const assay_input *inputs,
                         size_t count, const assay_diff_options *options, const char *format,
                         assay_write write, void *user);

/* Likewise, from the rubrics in force on each audit date to those of a framework edition, whatever the
 * date. */
ASSAY_API int assay_regrade(assay *session, const char *edition, const assay_input *inputs,
                            size_t count, const assay_diff_options *options, const char *format,
                            assay_write write, void *user);

/* ---- Rubrics and plugins ---------------------------------------------------- */

/* Checks a rubric's file; every fault is a message. ASSAY_FOUND where there are any. */
ASSAY_API int assay_lint_rubric(assay *session, const char *file);

/* How rubrics are proved. */
typedef struct {
    size_t      struct_size;
    unsigned    milliseconds;  /* that each may take; 0: 1000 */
    assay_write examples;      /* takes the examples of one rubric as CSV; NULL: none are made */
    void       *examples_user;
} assay_proof_options;

/* Checks rubrics' files as assay_lint_rubric() does, and proves what holds of each whatever the record:
 * every level can be reached, no better rating judges lower, what can never matter, what missing
 * evidence does. Faults are messages, each with its examples; what holds and is worth knowing is written
 * as `format`: "text" or "json", which has the faults too. Runs no plugin; but for the examples, which
 * are records that are graded, plugins are run as for grading, and one rubric alone may be given.
 * `options` may be NULL. ASSAY_FOUND where there are faults. */
ASSAY_API int assay_prove_rubrics(assay *session, const char *const *files, size_t count,
                                  const assay_proof_options *options, const char *format,
                                  assay_write write, void *user);

/* A rubric as a person reads it: a file or an id; `format` "text", "markdown" or "html". */
ASSAY_API int assay_show_rubric(assay *session, const char *file_or_id, const char *format,
                                assay_write write, void *user);

/* Grades the cases beside each rubric by it, and writes each that is not judged as it expects and
 * how many passed; `format` "text" or "junit". A file is a rubric, NAME.ini, or its cases,
 * NAME.cases.csv; or the id of an installed rubric. ASSAY_FOUND where any case failed. */
ASSAY_API int assay_test_rubric(assay *session, const char *const *files, size_t count,
                                const char *format, assay_write write, void *user);

/* What of a rubric (a file or an id) the records of the inputs exercise: bands, answers, limits,
 * requirements, thresholds. `format` "table", "json" or "csv". ASSAY_FOUND where under `least` percent of
 * its items are. */
ASSAY_API int assay_cover_rubric(assay *session, const char *file_or_id, const assay_input *inputs,
                                 size_t count, unsigned least, const char *format,
                                 assay_write write, void *user);

/* Which small wrong edits of a rubric no record would notice, and for each a made record that would.
 * `cases` (NAME.cases.csv, or NULL) notice what they expect; the inputs' records any change of their
 * grades; where `baseline` is not NULL only those that it keeps do. With neither, the cases beside the
 * rubric are taken. `seconds`
 * for proofs and made records; 0: 60. `format` "table", "json", or "csv": the made records alone.
 * ASSAY_FOUND where an edit survived. */
ASSAY_API int assay_mutate_rubric(assay *session, const char *file_or_id, const char *cases,
                                  const char *baseline, const assay_input *inputs, size_t count, unsigned seconds,
                                  const char *format, assay_write write, void *user);

/* The rubrics at hand, a line each: id, version, practice area, from when, title. */
ASSAY_API int assay_list_rubrics(assay *session, assay_write write, void *user);

/* The plugins at hand, a line each, refused ones with the reason. ASSAY_FOUND where any is. */
ASSAY_API int assay_list_plugins(assay *session, assay_write write, void *user);

/* One plugin: what its manifest declares, and whether it opens. Runs its entry function. */
ASSAY_API int assay_show_plugin(assay *session, const char *id, assay_write write, void *user);

/* How a plugin is checked. */
typedef struct {
    size_t   struct_size;
    uint64_t seed;    /* of the records that are made: the same seed makes the same ones */
    unsigned seconds; /* how long random records are tried; at least one round is */
    unsigned limit;   /* seconds that any other test may take; 0: 10 */
} assay_check_options;

/* Checks that the plugin in a file keeps the rules of assay/plugin.h, and writes what came of each
 * test as `format`: "text", "json" or "junit". ASSAY_FOUND where any failed. `options` NULL: seed
 * 1, 2 seconds. Each test is a process of its own, made with fork(): best called where no other thread
 * is running. The plugin's code never runs in the caller's process. Needs no assay_open(). */
ASSAY_API int assay_check_plugin(assay *session, const char *file,
                                 const assay_check_options *options, const char *format,
                                 assay_write write, void *user);

/* Makes the folder of a new plugin, to start from. `practice_area` NULL: the id. `folder` NULL: the
 * id, in the working folder. ASSAY_REFUSED where a name is no id or the folder is there already.
 * Needs no assay_open(). */
ASSAY_API int assay_new_plugin(assay *session, const char *id, const char *practice_area,
                               const char *folder);

/* ---- Statistics --------------------------------------------------------------- */

/* Reads a case, or an array of cases, as JSON (docs/statistics.md), and writes an answer to each as
 * JSON. ASSAY_FOUND where one cannot be computed: its answer says why. ASSAY_REFUSED where the input is
 * no JSON. Needs no assay_open(). */
ASSAY_API int assay_statistics(assay *session, const assay_input *input, assay_write write,
                               void *user);

/* ---- Baselines: grades kept for review -------------------------------------------- */

/* Grades the inputs and writes what they came to as a file for review: a line a record, sorted by audit
 * id, nothing of the evidence. Row hashes tell changed records apart; their key is in the file, or,
 * with `key_file`, made of that file and kept elsewhere. */
ASSAY_API int assay_baseline_save(assay *session, const assay_input *inputs, size_t count,
                                  const char *key_file, assay_write write, void *user);

/* Grades the inputs, holds them against a baseline and writes what moved, as assay_diff() does. Gates are
 * read from NAME.gates.ini beside it. ASSAY_FOUND where anything moved or a gate is broken;
 * ASSAY_FAILED where the file is not as it was written. */
ASSAY_API int assay_baseline_check(assay *session, const char *file, const assay_input *inputs,
                                   size_t count, const char *key_file, const char *format,
                                   assay_write write, void *user);

/* How moves are accepted. Set struct_size; `reason` has to be given. */
typedef struct {
    size_t      struct_size;
    const char *reason;
    const char *only;     /* audit ids joined by commas; NULL: everything that moved */
    const char *who;      /* NULL: the name of the system's user */
    int64_t     when;     /* seconds since 1970 UTC; 0: now */
    const char *key_file; /* as for assay_baseline_save() */
} assay_accept_options;

/* Writes the baseline anew, with what moved taken in and who, when and why in its history; not to the
 * file itself before all was written. */
ASSAY_API int assay_baseline_accept(assay *session, const char *file, const assay_input *inputs,
                                    size_t count, const assay_accept_options *options,
                                    assay_write write, void *user);

/* ---- Results that prove themselves --------------------------------------------------- */

/* Grades again what a saved result (.json, .ndjson, .csv) says it was made of, and holds the two against
 * each other byte for byte; writes what differs, and why: another rubric, plugin, calendar, input, or
 * record. Without inputs those that the result names are read. ASSAY_FOUND where anything differs. */
ASSAY_API int assay_verify(assay *session, const char *result, const assay_input *inputs,
                           size_t count, assay_write write, void *user);

/* ---- Trust ------------------------------------------------------------------ */

enum assay_trust_flags {
    ASSAY_TRUST_RUBRICS = 1 /* and every rubric at hand */
};

/* Pins plugins (ids, or files NAME.so) and rubrics (files NAME.ini) in the session's lock as they are
 * now, and writes it: all, or none where one is refused. With `key_file`, a public key of minisign,
 * plugins are pinned to that key, which has to have signed them: any file that it signs may then be
 * used. Runs no plugin. Writes a line for each. */
ASSAY_API int assay_trust_add(assay *session, const char *const *names, size_t count,
                              const char *key_file, unsigned flags, assay_write write, void *user);

/* What is pinned and whether it is still that, and what is at hand and not pinned, a line each.
 * ASSAY_FOUND where anything would be refused. */
ASSAY_API int assay_trust_list(assay *session, assay_write write, void *user);

/* Takes pins out of the lock and writes it: plugins by their ids, rubrics as assay_trust_list() names
 * them, "rubric.ID@VERSION". Writes a line for each. */
ASSAY_API int assay_trust_remove(assay *session, const char *const *names, size_t count,
                                 unsigned flags, assay_write write, void *user);

/* Checks a file against its detached signature, FILE.minisig, and a public key of minisign; writes a
 * line with the signature's trusted comment. ASSAY_REFUSED where it is not signed so. Needs no
 * assay_open(). */
ASSAY_API int assay_verify_plugin(assay *session, const char *file, const char *key_file,
                                  assay_write write, void *user);

/* ---- The store --------------------------------------------------------------- */

/* Where audits, grades and decisions are kept: one file. Needs no assay_open(), but for adding records.
 * Not called: that of ASSAY_STORE, else assay/assay.db in the user's data folder. */
ASSAY_API int assay_use_store(assay *session, const char *file);

/* Who it is that adds to the store. Not called: the name in ASSAY_WHO, else the login name. */
ASSAY_API int assay_use_who(assay *session, const char *name);

/* The file of the store; NULL where it is not known where the user's files are. */
ASSAY_API const char *assay_store_path(assay *session);

/* Makes an empty store, for its owner alone. ASSAY_REFUSED where there is a file already. */
ASSAY_API int assay_make_store(assay *session);

/* Of every audit that is added keep this field too, beside those that rubrics read. A file of audits
 * without it is refused. */
ASSAY_API int assay_keep_field(assay *session, const char *field);

/* rows = added + revised + same + rejected, always. */
typedef struct {
    uint64_t rows;
    uint64_t added;
    uint64_t revised;  /* the store had another one, which stays as history */
    uint64_t same;     /* the store has it already */
    uint64_t rejected; /* each is a message, with its line */
} assay_add_totals;

/* Adds files to the store, each whole or not at all, and writes a line that adds up for each. Audits are
 * graded, as by assay_grade(), and kept with their grades; those that cannot be read are rejected and the
 * others kept. Of the other kinds a file with any row at fault is not kept. ASSAY_FOUND where
 * anything was rejected. `kind`: "audits", "planned", "indicators" or "actions"; NULL: each file's own,
 * by its headings. `totals` may be NULL. */
ASSAY_API int assay_add_to_store(assay *session, const assay_input *inputs, size_t count,
                                 const char *kind, assay_write write, void *user,
                                 assay_add_totals *totals);

/* What a list has. NULL or 0: everything that holds now. Texts in any letter case; dates as people write
 * them, or a month as 2026-03. What belongs to an audit is chosen by its audit. */
typedef struct {
    size_t      struct_size;
    const char *audit_id;
    const char *from;
    const char *to;
    const char *team;
    const char *auditor;
    const char *practice_area;
    int         history; /* 1: also what was replaced */
} assay_store_filter;

/* Writes a list: "audits", "grades", "planned", "indicators", "draws", "members", "assignments",
 * "moderations", "disclosures", "reasons", "disputes", "resolutions", "actions" or "events"; as "table",
 * "csv" or "json". No list names a child. `filter` may be NULL. */
ASSAY_API int assay_list_store(assay *session, const char *list, const assay_store_filter *filter,
                               const char *format, assay_write write, void *user);

/* Writes every event of the store, a JSON object a line. This is all that is in it, children's pseudonyms
 * too: keep it as the store is kept. */
ASSAY_API int assay_export_store(assay *session, assay_write write, void *user);

/* Looks at all of the store, and writes what is not as it was written, then how many events there are
 * and a checkpoint: a line to print, and to give here later, which finds what was cut off or made anew
 * since. ASSAY_FOUND where anything is amiss. */
ASSAY_API int assay_verify_store(assay *session, const char *checkpoint, assay_write write,
                                 void *user);

/* What is to be taken out for good: one of the first three, and why. */
typedef struct {
    size_t      struct_size;
    const char *audit_id;
    const char *child_ref; /* every audit of the child */
    const char *before;    /* a date: every audit before it */
    const char *reason;
} assay_redaction;

/* Takes records, grades and all that was said of them out of the store, so that no byte of it is left in
 * its file; the events stay without what they said, and one says who took it out and why. *events: how
 * many. ASSAY_FOUND where there was nothing. */
ASSAY_API int assay_redact_store(assay *session, const assay_redaction *what, uint64_t *events);

/* Writes a copy of the store to a file, while others go on writing, and looks at all of it. A backup of the
 * same store is replaced, no other file. Writes a line with its checkpoint. */
ASSAY_API int assay_back_up_store(assay *session, const char *file, assay_write write, void *user);

enum assay_restore_flags {
    ASSAY_REPLACE_STORE = 1 /* even where the store has events that the backup has not */
};

/* Makes the store what a backup has; what it was is kept beside it. */
ASSAY_API int assay_restore_store(assay *session, const char *file, unsigned flags,
                                  assay_write write, void *user);

/* Makes a store of an earlier version one of this library's; what it was is kept beside it. */
ASSAY_API int assay_migrate_store(assay *session, assay_write write, void *user);

#ifdef __cplusplus
}
#endif
#endif
