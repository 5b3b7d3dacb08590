/* origin.h - what made a result: SHA-256 of rubrics, plugins, calendars and inputs. */
#pragma once

#include "rubric/rubric.h"

typedef enum { ORIGIN_RUBRIC, ORIGIN_PLUGIN, ORIGIN_CALENDAR, ORIGIN_INPUT } origin_kind;

enum { ORIGIN_HASH_SIZE = 32, ORIGIN_HASH_TEXT_SIZE = 65 };

/* One thing that a result depends on. Strings belong to the list. */
typedef struct {
    origin_kind kind;
    const char *id;      /* of an input: its name as given */
    const char *version; /* "" for calendars and inputs */
    uint8_t     hash[ORIGIN_HASH_SIZE];
} origin_item;

/* Start with {0}; free with origin_free(). Rubrics first, then plugins, calendars, inputs. */
typedef struct {
    origin_item *items;
    size_t       count;
    size_t       capacity;
    arena        memory;
} origin_list;

/* Adds the rubrics, the plugins and calendars that their criteria use, each once. The hash of a
 * calendar is that of its id, first and last day and its working days, so that a comment does not
 * change it. False and `errors` filled where a plugin cannot be read or memory is out. */
bool origin_add_rubrics(origin_list *list, const rubric *const *rubrics, size_t count,
                        error_list *errors);

/* Adds an input: `size` bytes at `bytes`, or, where that is NULL, the file `path`. */
bool origin_add_input(origin_list *list, const char *name, const char *path, const char *bytes,
                      size_t size, error_list *errors);

void origin_free(origin_list *list);

/* "rubric", "plugin", "calendar", "input". */
const char *origin_kind_name(origin_kind kind);

/* The item of that kind and id, or NULL. */
const origin_item *origin_find(const origin_list *list, origin_kind kind, const char *id,
                               const char *version);

/* The fields that a rubric's criteria read, each once, in order: what a record says to it. Names belong
 * to the rubric. NULL where memory is out; for the caller to free. */
const char **origin_fields(const rubric *const *rubrics, size_t count, size_t *field_count);

/* ---- What records say --------------------------------------------------------------------- */

enum { ORIGIN_ROWS = 64 };

/* Bytes to hash of up to ORIGIN_ROWS records. Start with {0}; used again and again; free with
 * origin_rows_free(). */
typedef struct {
    const uint8_t *at[ORIGIN_ROWS];
    size_t         size[ORIGIN_ROWS];
    uint8_t       *memory;
    size_t         room;
} origin_rows;

/* Writes what the records `first` to `first + count - 1` say, at most ORIGIN_ROWS: of each the audit date
 * as four bytes, then each cell behind its length, which is one byte, or 255 and four bytes (least
 * first), so that two cells never run into one. `cells` is [field][record]; a field that the input
 * does not have is NULL and counts as "". False where memory is out. */
bool origin_rows_write(origin_rows *rows, const int32_t *audit_date, const text *const *cells,
                       size_t field_count, size_t first, size_t count);
void origin_rows_free(origin_rows *rows);
