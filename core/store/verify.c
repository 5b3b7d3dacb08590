/* Whether a store is what it was made as. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "store/file.h"
#include "store/inner.h"

enum { ROWS_TOLD = 20, COLUMNS_MAX = 32 }; /* of one table, in one way; of a table */

/* One look at a store. */
typedef struct {
    sql             *db;
    store_take_fault take;
    void            *user;
    store_verdict   *verdict;
    error_list      *errors;
} inspection;

static void tell(inspection *at, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void tell(inspection *at, const char *format, ...)
{
    char   *line = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int size = vasprintf(&line, format, arguments);
    va_end(arguments);
    at->verdict->faults++;
    at->take(at->user, size >= 0 ? line : "no memory is left to say what is wrong");
    if (size >= 0)
        free(line);
}

static void tell_table(void *user, const char *what)
{
    tell(user, "%s", what);
}

/* ---- The file --------------------------------------------------------------------------- */

static bool inspect_file(inspection *at)
{
    sql_statement *check = sql_prepare(at->db, "PRAGMA integrity_check(20)", at->errors);
    sql_state      state = check ? sql_step(check, at->errors) : SQL_FAILED;

    for (; state == SQL_ROW; state = sql_step(check, at->errors))
        if (strcmp(sql_text(check, 0), "ok") != 0)
            tell(at, "the file is damaged: %s", sql_text(check, 0));
    sql_finish(check);
    return state == SQL_DONE;
}

/* ---- The chain --------------------------------------------------------------------------- */

enum {
    EVENT_SEQUENCE,
    EVENT_AT,
    EVENT_WHO,
    EVENT_KIND,
    EVENT_SUBJECT,
    EVENT_PAYLOAD,
    EVENT_SALT,
    EVENT_PAYLOAD_HASH,
    EVENT_PREVIOUS,
    EVENT_HASH,
    EVENT_REDACTED
};

static const char list_events[] =
    "SELECT e.sequence, e.at, e.who, e.kind, e.subject, e.payload, e.salt, e.payload_hash, "
    "e.previous, e.hash, r.sequence FROM event e LEFT JOIN rebuilt.redacted r "
    "ON r.sequence = e.sequence ORDER BY e.sequence";

static void inspect_payload(inspection *at, sql_statement *event, const uint8_t *payload_hash)
{
    const int64_t  sequence = sql_whole(event, EVENT_SEQUENCE);
    const uint8_t *salt = sql_bytes(event, EVENT_SALT, SALT_SIZE);
    uint8_t        hash[HASH_SIZE];

    if (sql_is_null(event, EVENT_PAYLOAD)) {
        at->verdict->redacted++;
        if (sql_is_null(event, EVENT_REDACTED))
            tell(at, "event %" PRId64 ": its payload was removed, and no redaction says so",
                 sequence);
        return;
    }
    if (!sql_is_null(event, EVENT_REDACTED))
        tell(at,
             "event %" PRId64 ": a redaction says that its payload was removed, and it is there",
             sequence);
    if (salt)
        chain_hash_payload(salt, sql_string(event, EVENT_PAYLOAD), hash);
    if (!salt || memcmp(hash, payload_hash, HASH_SIZE) != 0)
        tell(at, "event %" PRId64 " (%s %s): its payload was changed", sequence,
             sql_text(event, EVENT_KIND), sql_text(event, EVENT_SUBJECT));
}

/* `head`: the event before. What is said of an event is said once: the next one is held against what the
 * file has. */
static void inspect_event(inspection *at, sql_statement *event, chain_head *head)
{
    const chain_link link = {
        .sequence = sql_whole(event, EVENT_SEQUENCE),
        .at = sql_string(event, EVENT_AT),
        .who = sql_string(event, EVENT_WHO),
        .kind = sql_string(event, EVENT_KIND),
        .subject = sql_string(event, EVENT_SUBJECT),
        .previous = sql_whole(event, EVENT_PREVIOUS),
    };
    const uint8_t *payload_hash = sql_bytes(event, EVENT_PAYLOAD_HASH, HASH_SIZE);
    const uint8_t *stored = sql_bytes(event, EVENT_HASH, HASH_SIZE);
    uint8_t        hash[HASH_SIZE];

    if (link.sequence != head->sequence + 1)
        tell(at, "events %" PRId64 " to %" PRId64 " are missing", head->sequence + 1,
             link.sequence - 1);
    head->sequence = link.sequence;
    if (!payload_hash || !stored) {
        tell(at, "event %" PRId64 ": its hash is damaged", link.sequence);
        return;
    }
    chain_hash(head->hash, &link, payload_hash, hash);
    if (memcmp(hash, stored, HASH_SIZE) != 0)
        tell(at, "event %" PRId64 ": it was changed, or does not follow the event before it",
             link.sequence);
    memcpy(head->hash, stored, HASH_SIZE);
    inspect_payload(at, event, payload_hash);
}

static void write_checkpoint(store_verdict *verdict, const chain_head *head)
{
    char shown[2 * HASH_SIZE + 1];

    sodium_bin2hex(shown, sizeof shown, head->hash, HASH_SIZE);
    snprintf(verdict->checkpoint, sizeof verdict->checkpoint, "%" PRId64 ":%s", head->sequence,
             shown);
}

/* What is on paper. */
typedef struct {
    int64_t sequence; /* 0: nothing */
    uint8_t hash[HASH_SIZE];
} checkpoint_read;

static bool inspect_chain(inspection *at, const checkpoint_read *paper)
{
    sql_statement *events = sql_prepare(at->db, list_events, at->errors);
    sql_state      state = events ? sql_step(events, at->errors) : SQL_FAILED;
    chain_head     head = {0};

    for (; state == SQL_ROW; state = sql_step(events, at->errors)) {
        inspect_event(at, events, &head);
        at->verdict->events++;
        if (head.sequence == paper->sequence && memcmp(head.hash, paper->hash, HASH_SIZE) != 0)
            tell(at,
                 "event %" PRId64 " is not the one of the checkpoint: events were changed since",
                 head.sequence);
    }
    sql_finish(events);
    if (state != SQL_DONE)
        return false;
    if (head.sequence < paper->sequence)
        tell(at,
             "the checkpoint is of event %" PRId64 ", and the last one is %" PRId64
             ": events were cut off",
             paper->sequence, head.sequence);
    if (at->verdict->events == 0)
        tell(at, "there is no event, not even the one that the store was made with");
    write_checkpoint(at->verdict, &head);
    return true;
}

/* ---- The tables ----------------------------------------------------------------------------- */

/* Each row that a statement gives is of an event whose row is wrong in that way; the first are said. */
static bool inspect_rows(inspection *at, const char *table, buffer *statement, const char *what)
{
    if (!buffer_end(statement))
        return error_memory(at->errors);
    sql_statement *rows = sql_prepare(at->db, statement->bytes, at->errors);
    sql_state      state = rows ? sql_step(rows, at->errors) : SQL_FAILED;

    for (int told = 0; state == SQL_ROW && told < ROWS_TOLD; told++) {
        tell(at, "table %s: the row of event %" PRId64 " %s", table, sql_whole(rows, 0), what);
        state = sql_step(rows, at->errors);
    }
    sql_finish(rows);
    statement->size = 0;
    return state != SQL_FAILED;
}

/* `columns`: those of the table behind its key, which is `key`. */
static bool inspect_table(inspection *at, const char *table, const char *key,
                          const char *const *columns, size_t count)
{
    buffer out = {0};

    buffer_format(&out, "SELECT a.%s FROM main.%s a JOIN rebuilt.%s b ON b.%s = a.%s WHERE 0", key,
                  table, table, key, key);
    for (size_t c = 0; c < count; c++)
        buffer_format(&out, " OR a.\"%s\" IS NOT b.\"%s\"", columns[c], columns[c]);
    bool fine = inspect_rows(at, table, &out, "is not what its event says");
    for (int side = 0; fine && side < 2; side++) {
        buffer_format(&out,
                      "SELECT a.%s FROM %s.%s a WHERE NOT EXISTS (SELECT 1 FROM %s.%s b "
                      "WHERE b.%s = a.%s)",
                      key, side == 0 ? "main" : "rebuilt", table, side == 0 ? "rebuilt" : "main",
                      table, key, key);
        fine = inspect_rows(at, table, &out, side == 0 ? "has no event" : "is missing");
    }
    buffer_free(&out);
    return fine;
}

static bool inspect_entries(inspection *at, const entity *of)
{
    const char *columns[COLUMNS_MAX] = {"latest", "at", "who"};
    size_t      count = 3;

    for (size_t f = 0; f < of->count && count < COLUMNS_MAX; f++)
        if (field_has_column(&of->fields[f]))
            columns[count++] = of->fields[f].name;
    return inspect_table(at, of->name, "event", columns, count);
}

static bool inspect_tables(inspection *at)
{
    static const char *const of_redacted[] = {"event"};
    bool                     fine = inspect_table(at, "redacted", "sequence", of_redacted, 1);

    for (size_t e = 0; fine && e < ENTITY_COUNT; e++)
        fine = inspect_entries(at, &entities[e]);
    return fine;
}

/* ---- All of it -------------------------------------------------------------------------------- */

/* The tables as the events make them, beside those of the store; in memory, so that no copy is left. An
 * event that makes no row is a fault of the store's. False where it could not be looked at. */
static bool rebuild(inspection *at)
{
    error_list found = {0};
    const bool made = schema_create_derived(at->db, "rebuilt", false, at->errors);
    const bool derived = made && derive_all(at->db, "rebuilt", &found);

    for (size_t i = 0; i < found.count; i++)
        tell(at, "%s", found.items[i].text);
    error_clear(&found);
    return made && (derived || at->verdict->faults > 0);
}

/* The line as it was printed has the word before it. */
static const char *without_word(const char *given)
{
    static const char word[] = "checkpoint ";

    return strncmp(given, word, sizeof word - 1) == 0 ? given + sizeof word - 1 : given;
}

static bool read_checkpoint(const char *given, checkpoint_read *out, error_list *errors)
{
    char  *end = NULL;
    size_t size = 0;

    *out = (checkpoint_read){0};
    if (!given)
        return true;
    const char     *said = without_word(given);
    const long long sequence = strtoll(said, &end, 10);
    if (sequence > 0 && *end == ':' && strlen(end + 1) == 2 * sizeof out->hash &&
        sodium_hex2bin(out->hash, sizeof out->hash, end + 1, 2 * sizeof out->hash, NULL, &size,
                       NULL) == 0 &&
        size == sizeof out->hash) {
        out->sequence = sequence;
        return true;
    }
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "\"%.100s\" is no checkpoint; give the line that assay store verify printed, as "
              "412:9f86...",
              given);
    return false;
}

bool verify_database(sql *db, const char *checkpoint, store_take_fault take, void *user,
                     store_verdict *verdict, error_list *errors)
{
    inspection      at = {db, take, user, verdict, errors};
    checkpoint_read paper;

    *verdict = (store_verdict){0};
    if (!read_checkpoint(checkpoint, &paper, errors) ||
        !sql_run(db, "ATTACH ':memory:' AS rebuilt; BEGIN", errors) ||
        !store_check_current(db, errors) || !inspect_file(&at))
        return false;
    if (verdict->faults > 0)
        return true; /* what a damaged file says of its events says nothing of them */
    return schema_compare(db, tell_table, &at, errors) && rebuild(&at) &&
           inspect_chain(&at, &paper) && inspect_tables(&at);
}

bool store_verify(const char *path, const char *checkpoint, store_take_fault take, void *user,
                  store_verdict *verdict, error_list *errors)
{
    *verdict = (store_verdict){0};
    if (sodium_init() < 0 || !file_is_ours(path, errors))
        return false;
    sql       *db = sql_open(path, errors);
    const bool looked = db && verify_database(db, checkpoint, take, user, verdict, errors) &&
                        file_tighten(path, errors);
    sql_close(db);
    return looked;
}
