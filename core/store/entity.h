/* entity.h - what every kind of entry consists of: one description that the tables, the payloads and the
 * reading and writing of all of them follow. Private to this room. */
#pragma once

#include "base/arena.h"
#include "store/sql.h"
#include "store/store.h"
#include "writing/buffer.h"

typedef enum {
    FIELD_TEXT,
    FIELD_DATE,  /* text: "2026-03-31", or "" */
    FIELD_MONTH, /* text: "2026-03" */
    FIELD_WHOLE, /* int64_t */
    FIELD_REAL,  /* double */
    FIELD_FLAG,  /* bool */
    FIELD_LIST,  /* store_list */
    FIELD_PAIRS  /* store_pairs; in the payload alone, no column of the table */
} field_type;

enum {
    FIELD_KEY = 1,            /* entries are told apart by it */
    FIELD_NEEDED = 2,         /* "" is refused */
    FIELD_OWN_REVISION = 4,   /* the store counts it up */
    FIELD_AUDIT_REVISION = 8, /* of an audit; 0 is the latest one */
    FIELD_UNLISTED =
        16, /* in no list: it names a child, or an auditor whom the list is not about, or
                           is what was written of a child */
    FIELD_FOR_PROGRAMS = 32 /* hashes and the like: in no table for people */
};

typedef struct {
    const char *name;
    field_type  type;
    unsigned    marks;
    size_t      at; /* in the struct */
} field;

typedef struct {
    const char  *name; /* of the kind of event, and of the table */
    const field *fields;
    size_t       count;
    size_t       size;
    bool         of_audit; /* the audit of its audit_id must be there */
} entity;

typedef enum {
#define X(name) ENTITY_##name,
    STORE_ENTITIES(X)
#undef X
        ENTITY_COUNT
} entity_number;

extern const entity entities[ENTITY_COUNT];

/* Room for one entry of any kind. */
typedef union {
#define X(name) store_##name name;
    STORE_ENTITIES(X)
#undef X
} any_entry;

/* The number of a kind of event; ENTITY_COUNT where it is no entry. */
entity_number entity_of_kind(const char *kind);

/* The field of that name, or NULL. */
const field *entity_field(const entity *of, const char *name);

/* A member of an entry. Texts: never NULL. */
static inline const char *entry_text(const void *entry, const field *of)
{
    const char *value = *(const char *const *)((const char *)entry + of->at);
    return value ? value : "";
}

static inline void *entry_member(void *entry, const field *of)
{
    return (char *)entry + of->at;
}

/* True where the field has a column of its own. */
static inline bool field_has_column(const field *of)
{
    return of->type != FIELD_PAIRS;
}

/* For qsort(): the order of pairs in a payload. */
int pair_by_name(const void *a, const void *b);

/* Whether the entry can be kept; false with its faults. */
bool entry_check(const entity *of, const void *entry, error_list *errors);

/* The key as one text: "A-17", or "A-17/J. Smith". */
void entry_subject(const entity *of, const void *entry, buffer *out);

/* The entry as JSON, the same bytes for the same entry: every member in the order of the description,
 * pairs by name. */
void entry_payload(const entity *of, const void *entry, buffer *out);

/* The entry of a payload: all of it, or only its store_pairs, the rest of `entry` as it is. Strings and
 * tables are in `memory`. False where the text is no payload of that kind or memory is out. */
bool entry_read_payload(const entity *of, text payload, bool pairs_only, void *entry,
                        arena *memory);

/* Sets the parameters from `first` on, one a column. `lists` holds what lists are joined in. */
void entry_bind(const entity *of, const void *entry, sql_statement *statement, int first,
                buffer lists[], size_t *list_count);

/* The entry of a row, whose columns begin at `first`. Texts are the row's; tables are in `memory`.
 * False where memory is out. */
bool entry_read_row(const entity *of, sql_statement *row, int first, void *entry, arena *memory);

enum { ENTITY_LISTS_MAX = 2 }; /* lists of one kind of entry */
