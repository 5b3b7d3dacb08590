/* inner.h - what an open store is made of. Private to this room. */
#pragma once

#include <sodium.h>

#include "store/entity.h"
#include "store/schema.h"

enum {
    HASH_SIZE = 32, /* BLAKE2b-256 */
    SALT_SIZE = 16,
    AT_SIZE = 25 /* "2026-03-31T14:05:09.123Z" and a NUL */
};

/* The statements by which entries of one kind are put; made when first needed. */
typedef struct {
    sql_statement *find;
    sql_statement *retire;
    sql_statement *insert;
} put_statements;

/* Random bytes that were asked for at once: there are as many salts as records. Start with {0}. */
typedef struct {
    uint8_t bytes[64 * SALT_SIZE];
    size_t  count; /* salts not yet used */
} salt_pool;

/* What an event says, as its hash has it. */
typedef struct {
    text    payload;
    uint8_t salt[SALT_SIZE];
    uint8_t hash[HASH_SIZE];
} sealed_payload;

/* The last event: what the next one follows. */
typedef struct {
    int64_t sequence;
    uint8_t hash[HASH_SIZE];
} chain_head;

struct store {
    sql           *db;
    char          *who;         /* NULL: read-only */
    chain_head     head;        /* of the transaction under way */
    char           at[AT_SIZE]; /* its time */
    bool           begun;       /* a transaction is under way */
    bool           broken;      /* a write of it failed: it is not to be committed */
    bool           redacted;    /* something in the store is */
    bool           nested;      /* the snapshot under way is within a transaction */
    salt_pool      salts;
    sql_statement *append;
    sql_statement *audit_revision;
    sql_statement *was_moderated;
    sql_statement *audit_payload;
    sql_statement *grade_rubric;
    put_statements puts[ENTITY_COUNT];
    buffer         payload;
    buffer         subject;
    buffer         lists[ENTITY_LISTS_MAX];
};

/* ---- The chain (chain.c) ----------------------------------------------------------- */

/* One event as it is hashed. */
typedef struct {
    int64_t sequence;
    text    at;
    text    who;
    text    kind;
    text    subject;
    int64_t previous; /* 0: none */
} chain_link;

/* Adds a text with its length before it, so that no two lists of texts give the same bytes. */
void chain_hash_text(crypto_generichash_state *state, text value);

void chain_hash_payload(const uint8_t salt[SALT_SIZE], text payload, uint8_t out[HASH_SIZE]);

/* The hash of an event behind one with the hash `before` (of the first: all zero). */
void chain_hash(const uint8_t before[HASH_SIZE], const chain_link *event,
                const uint8_t payload_hash[HASH_SIZE], uint8_t out[HASH_SIZE]);

/* The last event of the database. */
bool chain_read_head(sql *db, chain_head *head, error_list *errors);

/* Gives the payload, which is not copied, a salt and with it a hash. */
void chain_seal(salt_pool *salts, text payload, sealed_payload *out);

/* Appends an event with the payload; *sequence is its number. */
bool chain_append(store *store, const char *kind, const char *subject, text payload,
                  int64_t previous, int64_t *sequence, error_list *errors);
bool chain_append_sealed(store *store, const char *kind, const char *subject,
                         const sealed_payload *sealed, int64_t previous, int64_t *sequence,
                         error_list *errors);

/* The time, as events have it. */
void chain_now(char out[AT_SIZE]);

/* ---- Derived tables (derive.c) -------------------------------------------------------- */

/* The columns that every table of entries begins with: event, latest, at, who. */
enum { DERIVED_COLUMNS = 4 };

/* The statement that adds a row to the table of a kind of entry, in a schema; and what it binds of the
 * event, which holds now, before entry_bind() from DERIVED_COLUMNS + 1 on. */
sql_statement *derive_insert(sql *db, const char *schema, const entity *of, error_list *errors);
void           derive_bind(sql_statement *insert, int64_t sequence, text at, text who);
/* The statement that makes the row of event ?1 history. */
sql_statement *derive_retire(sql *db, const char *schema, const entity *of, error_list *errors);

/* Fills the empty derived tables of a schema from the events. */
bool derive_all(sql *db, const char *schema, error_list *errors);

/* ---- Ahead (prepare.c) ------------------------------------------------------------------ */

/* The entry's event where the store has none of its key: of the first revision. */
typedef struct {
    sealed_payload audit;
    sealed_payload grade;
} prepared_row;

const prepared_row *prepared_at(const store_prepared *prepared, size_t i);

/* ---- Reading (each.c) ------------------------------------------------------------------------ */

/* The typed callback behind one that takes any entry. */
typedef bool (*give_entry)(void *taker, const store_stamp *stamp, const void *entry);

/* store_each_...(): of fields that have one of the marks `without`, nothing is read. */
bool entry_each(store *store, entity_number number, const store_filter *filter, unsigned without,
                give_entry give, void *taker, error_list *errors);

/* store_each_event(): unless `whole`, the hash is "" and a payload that is there is "". */
bool event_each(store *store, int64_t first, bool whole, store_take_event take, void *user,
                error_list *errors);

/* ---- Opening (store.c) --------------------------------------------------------------------- */

/* That the database is a store, and of which version: 1 to SCHEMA_VERSION. False with a fault. */
bool store_check_version(sql *db, int64_t *version, error_list *errors);

/* Likewise, and that it is this program's. */
bool store_check_current(sql *db, error_list *errors);

/* That random numbers can be had, and that whoever writes has a name. */
bool settings_are_fine(const store_settings *settings, error_list *errors);

/* A store over an open database, which is checked; it is closed where that fails. */
store *store_open_database(sql *db, const store_settings *settings, error_list *errors);
/* Likewise, unchecked, and not closed. */
store *store_of(sql *db, const store_settings *settings, error_list *errors);

/* ---- Looking (verify.c) --------------------------------------------------------------------- */

/* store_verify() of an open database, which is of no other use afterwards. */
bool verify_database(sql *db, const char *checkpoint, store_take_fault take, void *user,
                     store_verdict *verdict, error_list *errors);

/* ---- Transactions (store.c) ------------------------------------------------------------ */

/* Begins one where none is under way; *own tells. Then ends it: where it is not its own, a failure
 * breaks the one that is. */
bool transaction_enter(store *store, bool *own, error_list *errors);
bool transaction_leave(store *store, bool own, bool fine, error_list *errors);
