/* Entries and events out. */
#include <string.h>

#include "store/inner.h"
#include "store/query.h"

/* event, at, who, latest, payload, then the columns. */
enum { COLUMN_PAYLOAD = 4, COLUMN_FIRST = 5 };

enum { ROWS_A_BLOCK = 64 }; /* that share memory before it is freed */

static void write_query(query *asked, const entity *of, const store_filter *filter,
                        unsigned without)
{
    buffer_format(&asked->text, "SELECT t.event, t.at, t.who, t.latest, %s",
                  filter->whole ? "e.payload" : "NULL");
    for (size_t f = 0; f < of->count; f++)
        if (of->fields[f].marks & without)
            buffer_string(&asked->text, field_has_column(&of->fields[f]) ? ", NULL" : "");
        else if (field_has_column(&of->fields[f]))
            buffer_format(&asked->text, ", t.\"%s\"", of->fields[f].name);
    buffer_format(&asked->text, " FROM %s t %s WHERE 1", of->name,
                  filter->whole ? "JOIN event e ON e.sequence = t.event" : "");
    query_add_conditions(asked, of, filter);
    buffer_string(&asked->text, " ORDER BY ");
    for (size_t f = 0; f < of->count; f++)
        if (of->fields[f].marks & FIELD_KEY)
            buffer_format(&asked->text, "t.\"%s\", ", of->fields[f].name);
    buffer_string(&asked->text, "t.event");
}

static sql_statement *prepare(store *held, const entity *of, const store_filter *filter,
                              unsigned without, error_list *errors)
{
    query asked = {0};

    write_query(&asked, of, filter, without);
    return query_prepare(&asked, held->db, errors);
}

/* ---- Entries --------------------------------------------------------------------------- */

static bool read_entry(const entity *of, sql_statement *row, bool whole, any_entry *entry,
                       arena *memory)
{
    return entry_read_row(of, row, COLUMN_FIRST, entry, memory) &&
           (!whole || entry_read_payload(of, sql_string(row, COLUMN_PAYLOAD), true, entry, memory));
}

bool entry_each(store *held, entity_number number, const store_filter *filter, unsigned without,
                give_entry give, void *taker, error_list *errors)
{
    static const store_filter everything = {0};
    const entity             *of = &entities[number];

    filter = filter ? filter : &everything;
    sql_statement *rows = prepare(held, of, filter, without, errors);
    sql_state      state = rows ? sql_step(rows, errors) : SQL_FAILED;
    arena          memory = {0};
    size_t         given = 0;
    any_entry      entry;

    while (state == SQL_ROW) {
        const store_stamp stamp = {sql_whole(rows, 0), sql_text(rows, 1), sql_text(rows, 2),
                                   sql_whole(rows, 3) != 0};
        if (!read_entry(of, rows, filter->whole, &entry, &memory)) {
            error_add(errors, FAULT_INPUT, sql_path(held->db), 0, 0,
                      "event %lld cannot be read; run assay store verify, and restore a backup",
                      (long long)stamp.sequence);
            state = SQL_FAILED;
        } else if (!give(taker, &stamp, &entry)) {
            state = SQL_DONE;
        } else {
            state = sql_step(rows, errors);
        }
        if (++given % ROWS_A_BLOCK == 0)
            arena_free(&memory);
    }
    arena_free(&memory);
    sql_finish(rows);
    return state == SQL_DONE;
}

#define X(entity)                                                                                  \
    typedef struct {                                                                               \
        store_take_##entity take;                                                                  \
        void               *user;                                                                  \
    } taker_of_##entity;                                                                           \
                                                                                                   \
    static bool give_##entity(void *taker, const store_stamp *stamp, const void *entry)            \
    {                                                                                              \
        const taker_of_##entity *to = taker;                                                       \
        return to->take(to->user, stamp, entry);                                                   \
    }                                                                                              \
                                                                                                   \
    bool store_each_##entity(store *held, const store_filter *filter, store_take_##entity take,    \
                             void *user, error_list *errors)                                       \
    {                                                                                              \
        taker_of_##entity taker = {take, user};                                                    \
        return entry_each(held, ENTITY_##entity, filter, 0, give_##entity, &taker, errors);        \
    }
STORE_ENTITIES(X)
#undef X

/* ---- Events ---------------------------------------------------------------------------- */

bool event_each(store *held, int64_t first, bool whole, store_take_event take, void *user,
                error_list *errors)
{
    sql_statement *rows = sql_prepare(
        held->db,
        whole ? "SELECT sequence, at, who, kind, subject, previous, payload, hash FROM event "
                "WHERE sequence >= ?1 ORDER BY sequence"
              : "SELECT sequence, at, who, kind, subject, previous, "
                "CASE WHEN payload IS NOT NULL THEN '' END, NULL FROM event "
                "WHERE sequence >= ?1 ORDER BY sequence",
        errors);
    if (rows)
        sql_bind_whole(rows, 1, first);
    sql_state state = rows ? sql_step(rows, errors) : SQL_FAILED;

    while (state == SQL_ROW) {
        const uint8_t *hash = sql_bytes(rows, 7, HASH_SIZE);
        char           shown[2 * HASH_SIZE + 1] = "";
        if (hash)
            sodium_bin2hex(shown, sizeof shown, hash, HASH_SIZE);
        const store_event event = {
            .sequence = sql_whole(rows, 0),
            .at = sql_text(rows, 1),
            .who = sql_text(rows, 2),
            .kind = sql_text(rows, 3),
            .subject = sql_text(rows, 4),
            .previous = sql_whole(rows, 5),
            .payload = sql_is_null(rows, 6) ? NULL : sql_text(rows, 6),
            .hash = shown,
        };
        state = take(user, &event) ? sql_step(rows, errors) : SQL_DONE;
    }
    sql_finish(rows);
    return state == SQL_DONE;
}

bool store_each_event(store *held, int64_t first, store_take_event take, void *user,
                      error_list *errors)
{
    return event_each(held, first, true, take, user, errors);
}
