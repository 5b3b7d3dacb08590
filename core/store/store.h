/* store.h - the audits, grades and decisions of a council, kept so that nothing is lost and
 * nothing is changed unseen.
 *
 * The truth is a chain of events: each says who did what and when, and carries the hash of the one
 * before it. Tables of audits, grades, moderations and so on are an index over the events: written in
 * the same transaction, and made again from the events wherever that is needed. Nothing is ever
 * overwritten: what replaces an entry is a new event, and the old one stays.
 *
 *     store *kept = store_open(&(store_settings){.path = path, .who = "j.smith"}, errors);
 *     store_begin(kept, errors);
 *     store_put_moderation(kept, &moderation, &outcome, errors);   ...
 *     store_commit(kept, errors);
 *     store_close(kept);
 *
 * What store_commit() has said yes to is on the disk, and there after a crash or a loss of power.
 *
 * Threads: one store belongs to one thread at a time. Several stores, in one process or many, may be
 * open on one file: writers wait for each other, readers wait for nobody.
 * Errors: a function that can fail returns false (or NULL) and adds to `errors`. No message names a
 * child. */
#pragma once

#include "base/error.h"

typedef struct store store;

/* ---- Opening ---------------------------------------------------------------- */

typedef struct {
    const char *path;
    const char *who;       /* of the events that are added; not "" unless read_only */
    bool        read_only; /* every put is refused */
    unsigned    wait;      /* milliseconds to wait for another writer; 0: 10 seconds */
} store_settings;

/* Makes a new store, for its owner alone (0600), and its folder (0700) where there is none; nothing
 * is left behind where that fails. False where there is a file already. */
bool store_create(const store_settings *settings, error_list *errors);

/* Opens a store. NULL where there is none, or it is damaged, another program's, of an earlier or later
 * version (store_migrate()), or open to other users. Free with store_close(), which gives up what was
 * not committed. */
store *store_open(const store_settings *settings, error_list *errors);
void   store_close(store *store); /* takes NULL */

/* Several puts that are kept together or not at all. A put outside is a transaction by itself. Waits
 * for another writer (settings.wait), then gives up with a message. After a false of store_commit()
 * nothing was kept, and the transaction is over. */
bool store_begin(store *store, error_list *errors);
bool store_commit(store *store, error_list *errors);
void store_rollback(store *store);

/* From here to store_release() every read sees the store as it is now, whatever others write. Between
 * store_begin() and store_commit() that is so in any case. */
bool store_snapshot(store *store, error_list *errors);
void store_release(store *store);

/* ---- What is kept ------------------------------------------------------------ */

/* Strings are UTF-8; NULL is put as "", and "" is what is read where nothing was given. Dates are
 * "2026-03-31" or "", months "2026-03". A level is its id: "good". Where an entry has an audit_id, the
 * audit must be in the store. A put copies what it keeps. */

typedef struct {
    const char *name;
    const char *value;
} store_pair;

/* By name when read, whatever the order they were put in. No name twice. */
typedef struct {
    const store_pair *items;
    size_t            count;
} store_pairs;

/* Ids: none is "" or has a '|'. */
typedef struct {
    const char *const *items;
    size_t             count;
} store_list;

/* The record of one audit. The same again adds nothing; another one of that id is a new revision. */
typedef struct {
    const char *audit_id; /* key */
    int64_t     revision; /* 1, 2, ...; the store gives it: what is put here means nothing */
    const char *practice_area;
    const char *audit_date;
    const char *team;
    const char *auditor;
    const char *child_ref;     /* a pseudonym; never shown */
    const char *auditor_grade; /* a level, or "" */
    const char *row_hash;      /* store_hash_row() */
    store_pairs fields;        /* of filter.whole: the cells that rubrics read */
} store_audit;

/* What the tool made of it. A regrade adds one; the last is the latest. */
typedef struct {
    const char *audit_id; /* key */
    int64_t     revision; /* of the audit; put 0: the latest */
    const char *rubric;
    const char *version;
    const char *rubric_hash;
    const char *plugin; /* "plans 1.0"; "" where the rubric needs none */
    const char *plugin_hash;
    const char *row_hash;
    const char *program;   /* the version of Assay */
    const char *levels;    /* the scale, lowest first: "inadequate|requires_improvement|good|..." */
    const char *judgement; /* a level, "none" or "not_graded" */
    int64_t     score;     /* thousandths; -1: none. So margin */
    int64_t     margin;
    int64_t     coverage; /* whole percent */
    store_list  limited_by;
    store_pairs ratings; /* of filter.whole: criterion to level, "missing" or "not_applicable" */
} store_grade;

/* How many audits were to be done. */
typedef struct {
    const char *month;         /* key */
    const char *team;          /* key */
    const char *auditor;       /* key */
    const char *practice_area; /* key */
    int64_t     count;
} store_planned;

/* One figure of the workforce: average_caseload, vacancy, ... */
typedef struct {
    const char *month; /* key */
    const char *team;  /* key */
    const char *name;  /* key */
    double      value;
} store_indicator;

/* A drawing of the sample. */
typedef struct {
    int64_t     number; /* key: 1, 2, ...; store_next_draw() */
    const char *seed;
    const char *policy; /* the text of the policy */
    const char *policy_hash;
    const char *from; /* the audits that were looked at: dates, both ends in */
    const char *to;
} store_draw;

/* An audit that was in the frame of a draw. */
typedef struct {
    const char *audit_id; /* key: of one draw only */
    int64_t     draw;
    const char *stratum;
    double      probability; /* of being picked at random, 0 to 1 */
    const char *reason;      /* why it could not be; "" where it could */
    bool        picked_at_random;
    store_list  triggers; /* "inadequate", "tool_differs", ... */
    bool        picked;
    double      inclusion; /* 1 where triggered, else the probability */
} store_draw_member;

/* Who moderates it. */
typedef struct {
    const char *audit_id;  /* key */
    const char *moderator; /* key */
    const char *pack;
} store_assignment;

/* What a moderator made of it. Practice and the quality of the audit are two questions. */
typedef struct {
    const char *audit_id;  /* key */
    const char *moderator; /* key */
    int64_t     revision;  /* of the audit; put 0: the latest */
    const char *moderated_on;
    const char *practice_grade;
    const char *audit_quality_grade;
    const char *comment;
    store_pairs ratings; /* of filter.whole: criterion to level */
} store_moderation;

/* Both grades were shown to somebody: from then on the moderator is not blind any more. */
typedef struct {
    const char *audit_id; /* key */
    const char *shown_to; /* key */
} store_disclosure;

/* Why two grades differ. */
typedef struct {
    const char *audit_id; /* key */
    const char *by;       /* key */
    const char *code;
    const char *text;
} store_reason;

/* Somebody does not agree, and a third person is to decide. */
typedef struct {
    const char *audit_id; /* key */
    const char *by;       /* key */
    const char *text;
} store_dispute;

/* The final grade. */
typedef struct {
    const char *audit_id; /* key */
    const char *final_grade;
    const char *decided_by; /* the third person; or who accepted the moderator's grade; or the moderator,
                               where nobody had to be asked */
    const char *how; /* "agreed", "moderator" or "third_person" */
    const char *code;
    const char *text;
} store_resolution;

/* What is to be put right. */
typedef struct {
    const char *audit_id; /* key */
    int64_t     number;   /* key: 1, 2, ... of its audit; store_next_action() */
    const char *what;
    const char *owner_role;
    const char *due;
    const char *closed; /* the day; "" while it is open */
    const char *evidence;
    const char *re_audit_due;
} store_action;

/* Every kind of entry. One list makes the functions below, the tables and the payloads. */
#define STORE_ENTITIES(X)                                                                          \
    X(audit)                                                                                       \
    X(grade)                                                                                       \
    X(planned)                                                                                     \
    X(indicator)                                                                                   \
    X(draw)                                                                                        \
    X(draw_member)                                                                                 \
    X(assignment)                                                                                  \
    X(moderation)                                                                                  \
    X(disclosure)                                                                                  \
    X(reason)                                                                                      \
    X(dispute)                                                                                     \
    X(resolution)                                                                                  \
    X(action)

/* What a put came to. */
typedef enum {
    STORE_ADDED,   /* there was none of that key */
    STORE_REVISED, /* there was another one, which stays as history */
    STORE_SAME,    /* it is there already: nothing was added */
    STORE_REDACTED, /* an audit that was redacted: nothing was added */
    STORE_ANOTHER   /* another audit has that id (store_put_graded()): nothing was added */
} store_outcome;

/* ---- Reading ------------------------------------------------------------------ */

/* What to read; {0} is everything that holds now. Texts compare in any letter case, and those of an
 * audit (team, auditor, practice_area, child_ref and the dates) choose what belongs to such audits. One
 * that does not apply to a kind of entry is passed over. */
typedef struct {
    const char *audit_id; /* exactly */
    const char
        *from; /* dates, both ends in: of the audit, of a month's first day, of a draw's end */
    const char *to;
    const char *team;
    const char *auditor;
    const char *practice_area;
    const char *child_ref;
    const char *moderator; /* of assignments and moderations */
    int64_t     draw;      /* of draw members; 0: any */
    bool in_moderation;    /* audits that were picked, assigned or moderated, or have an action */
    bool history;          /* also entries that were replaced */
    bool as_moderated;     /* instead: audits that were changed after they were moderated, as they
                              were then; of grades, theirs */
    bool whole;            /* with store_pairs; without, they are empty, and reading is faster */
} store_filter;

/* The event that an entry came by. */
typedef struct {
    int64_t     sequence;
    const char *at; /* UTC: "2026-03-31T14:05:09.123Z" */
    const char *who;
    bool        latest; /* false: it was replaced (filter.history) */
} store_stamp;

/* store_put_audit(), store_each_audit() and so on.
 *
 * put: `outcome` may be NULL. False where the entry cannot be kept: its faults are then among `errors`
 * (FAULT_USAGE), or the store could not be written.
 *
 * each: calls `take` with every entry of the filter (NULL: everything that holds now), in the order of
 * its key, and of the event under one key; strings live during the call. `take` returns false to stop,
 * which is no failure. It may read the store, and must not write to it. */
#define X(entity)                                                                                  \
    bool store_put_##entity(store *store, const store_##entity *given, store_outcome *outcome,     \
                            error_list *errors);                                                   \
    typedef bool (*store_take_##entity)(void *user, const store_stamp *stamp,                      \
                                        const store_##entity *entry);                              \
    bool store_each_##entity(store *store, const store_filter *filter, store_take_##entity take,   \
                             void *user, error_list *errors);
STORE_ENTITIES(X)
#undef X

/* Audits that have all of this in common. */
typedef struct {
    const char *auditor;
    const char *team;
    const char *month;
    const char *practice_area;
    uint64_t    audits;
} store_counted;

typedef void (*store_take_counted)(void *user, const store_counted *counted);

/* Counts the audits of the filter (NULL: all), which is quicker than reading them. Strings live during the
 * call. */
bool store_count_audits(store *store, const store_filter *filter, store_take_counted take,
                        void *user, error_list *errors);

typedef bool (*store_take_child)(void *user, const char *child_ref, const char *audit_date);

/* Gives the child and the date of every audit whose child is known, which is quicker than reading the
 * audits. Strings live during the call; `take` returns false to stop, which is no failure. */
bool store_each_child(store *store, store_take_child take, void *user, error_list *errors);

/* An audit, and what the tool made of it: its grade's audit_id and revision mean nothing. */
typedef struct {
    store_audit audit;
    store_grade grade;
    store_list  reads;          /* the fields that its rubric reads, whether the record has them or not */
    bool        area_of_rubric; /* the record itself names no practice area */
} store_graded;

enum { STORE_HASH_TEXT_SIZE = 65 };

/* What the record says as one hash, in hexadecimal: docs/store.md. Its fields are by name. */
void store_hash_row(const store_audit *audit, char out[STORE_HASH_TEXT_SIZE]);

/* What putting them would write, worked out on any thread: most of the work. NULL where one cannot be
 * kept, which store_put_graded() says again, or memory is out. It copies what it needs. Free with
 * store_prepared_free(). */
typedef struct store_prepared store_prepared;

store_prepared *store_prepare(const store_graded *given, size_t count, error_list *errors);
void            store_prepared_free(store_prepared *prepared); /* takes NULL */

/* Puts an audit and its grade; both or neither. `prepared` (NULL: nothing is) has it as number `i`. The
 * outcome is the audit's; of one that was redacted, or is another, no grade is put either.
 *
 * A revision depends on what the record says alone. Where another rubric read other fields of it, the record
 * is the same (STORE_SAME): an event of the same revision then has the fields of both. A record that has
 * another child_ref, auditor, team or audit_date, two of them at least and neither "", is another audit
 * (STORE_ANOTHER). */
bool store_put_graded(store *store, const store_graded *given, const store_prepared *prepared,
                      size_t i, store_outcome *outcome, error_list *errors);

/* Whether the store has an audit of that id. False in `found` is no failure. */
bool store_has_audit(store *store, const char *audit_id, bool *found, error_list *errors);

/* Whether somebody moderated the audit of that id, in whatever revision. */
bool store_was_moderated(store *store, const char *audit_id, bool *moderated, error_list *errors);

/* The number that the next draw, or the next action of an audit, is put with. */
bool store_next_draw(store *store, int64_t *number, error_list *errors);
bool store_next_action(store *store, const char *audit_id, int64_t *number, error_list *errors);

/* The place of a level in a grade's `levels`, 0 the lowest; -1 where it is none of them. */
int store_level(const char *levels, const char *level);

/* ---- Events ------------------------------------------------------------------- */

typedef struct {
    int64_t     sequence; /* 1, 2, ... without a gap */
    const char *at;
    const char *who;
    const char *kind;     /* "audit", "grade", ...; "created", "redaction", "migration" */
    const char *subject;  /* the key; never a child */
    const char *payload;  /* JSON; NULL: redacted */
    int64_t     previous; /* the event whose state this one replaced; 0: none */
    const char *hash;     /* hexadecimal, of this event and all before it */
} store_event;

typedef bool (*store_take_event)(void *user, const store_event *event);

/* Every event from `first` on (1: all), in order. */
bool store_each_event(store *store, int64_t first, store_take_event take, void *user,
                      error_list *errors);

/* ---- Lists and exports ----------------------------------------------------------- */

/* Takes a piece of what is written, in order. False where it could not be: that ends the call, and
 * whoever wrote the callback knows why. */
typedef bool (*store_write)(void *user, const char *bytes, size_t size);

/* Writes a list as `format`, "table", "csv" or "json": "audits", "grades", "planned", "indicators",
 * "draws", "members" (of draws), "assignments", "moderations", "disclosures", "reasons", "disputes",
 * "resolutions", "actions" or "events" (which no filter applies to). No list names a child or has what
 * was written of one in a record; auditors are named where the list is about what they have to do or
 * said. JSON has ratings too. */
bool store_list_entries(store *store, const char *list, const store_filter *filter,
                        const char *format, store_write write, void *user, error_list *errors);

/* Writes every event as a JSON object a line, with all that its hash is made of: the whole store, for
 * whoever wants to leave it, or to check the chain without us (docs/store.md). */
bool store_export(store *store, store_write write, void *user, error_list *errors);

/* ---- Is it whole --------------------------------------------------------------- */

/* What was found in a store. */
typedef struct {
    int64_t events;
    int64_t redacted;       /* of them, without a payload */
    size_t  faults;         /* how many were taken */
    char    checkpoint[96]; /* "412:9f86d0...": the last event and its hash, to be kept on paper */
} store_verdict;

/* Takes one thing that is not as it should be: "event 17: ..." */
typedef void (*store_take_fault)(void *user, const char *what);

/* Looks at all of a store: its file, its tables, every event and its hash, and whether the tables hold
 * what the events say. `checkpoint` (NULL: none), as an earlier verdict gave it, finds a chain that was
 * cut off or written anew from some event on: nothing in the file itself can. Writes nothing. False
 * where the store cannot be opened or read, or the checkpoint is none. */
bool store_verify(const char *path, const char *checkpoint, store_take_fault take, void *user,
                  store_verdict *verdict, error_list *errors);

/* ---- Taking out ------------------------------------------------------------------ */

/* What is to be taken out, exactly one of the first three, and why. */
typedef struct {
    const char *audit_id;
    const char *child_ref; /* every audit of the child */
    const char *before;    /* a date: every audit of an earlier one */
    const char *reason;    /* not "" */
} store_redaction;

/* Removes the payloads of the audits' events: records, grades, moderations, reasons, disputes, resolutions
 * and actions, of all revisions. The events stay, with hash, kind, key, who and when, so that the chain
 * still holds; an event says what was taken out, by whom and why. Of a draw it stays known which
 * audits were in it. The file, its write-ahead log and its free pages then have no byte of it left. *count:
 * how many events. Not within a transaction. False also where the bytes could not be removed because
 * another program reads the store: then redact again. */
bool store_redact(store *store, const store_redaction *what, int64_t *count, error_list *errors);

/* ---- Copies ------------------------------------------------------------------------ */

/* Writes a copy of the store as it is at one moment, for its owner alone, while others go on; looks at all
 * of it (store_verify()), and only then gives it its name. A backup of the same store may be replaced;
 * no other file is. */
bool store_backup(store *store, const char *path, store_verdict *verdict, error_list *errors);

/* Makes the store at settings->path what `backup` is, once that is found whole. What was there is kept
 * beside it; *kept is its name, for the caller to free, NULL where there was none. Refused where the store
 * has events that the backup has not, unless `replace`. */
bool store_restore(const store_settings *settings, const char *backup, bool replace, char **kept,
                   error_list *errors);

/* Brings a store of an earlier version to this one, in one transaction; *kept is the copy of it as it
 * was, for the caller to free. *from: the version it had; where that is this one nothing is done. */
bool store_migrate(const store_settings *settings, int64_t *from, char **kept, error_list *errors);

/* The version of stores that this program works with. */
int64_t store_version(void);
