/* writing.h - what the formats of a diff share. Private to this room. */
#pragma once

#include "regression/regression.h"
#include "writing/buffer.h"
#include "writing/csv_text.h"
#include "writing/html_text.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"

/* Text that goes out in pieces, so that memory does not follow the number of records. */
typedef struct {
    buffer       text;
    report_write write;
    void        *user;
    bool         failed; /* `write` gave up */
} diff_page;

/* Writes what there is of the page once it is worth a piece. */
void page_turn(diff_page *to);

/* Writes what is left and frees the text. False where anything could not be written. */
bool page_end(diff_page *to);

/* The groupings' names: "team", "practice area", ... */
extern const char *const grouping_names[MOVE_GROUPINGS];

/* "12.3%" */
void write_share(buffer *out, uint64_t part, uint64_t of);

/* A score, or nothing where there is none. */
void write_score(buffer *out, uint32_t thousandths);

/* A probability: "0.0012", "under 0.0001". */
void write_chance(buffer *out, double chance);

/* Whether a group holds more of the moves than its share, beyond what chance explains: its chance, times
 * the groups looked at (Bonferroni), is at most 1 in 20. */
bool group_stands_out(const move_groups *groups, const move_group *one);

/* "entered the lowest level", ...; "" where safety is not touched. */
const char *safety_words(const move *of);

/* How the move can be undone, in words: "weight of timeliness: 2 -> 3"; or why that is not known. */
void write_because(buffer *out, const move *of);

/* Whether another build of a plugin is among the changes. */
bool edit_has_builds(const rubric_edit *edit);

/* What one change of an edit did. */
typedef struct {
    uint64_t moved;  /* records in one of whose smallest sets it is */
    uint64_t safety; /* of these */
} change_effect;

/* [change of the edit]; a record counts once, in however many of its sets the change is. NULL where
 * memory is out; for the caller to free. */
change_effect *change_effects(const diff *from, const rubric_edit *edit);

/* Why no set of changes is given; NULL: one is. */
const char *why_undecided(const move *of);

/* A criterion that the two sides rate otherwise. */
typedef struct {
    const char *criterion;
    const char *before; /* a level's id, "missing", ... */
    const char *after;  /* "gone" where the second side does not have the criterion */
} rated_change;

/* The next of them from the criterion *at on; false behind the last, and where a side's ratings are not
 * known. *at begins at 0. */
bool next_rated_change(const move *of, size_t *at, rated_change *out);

/* The record's id, or "line 12" where it has none. */
void write_id(buffer *out, const verdict *of);

void diff_write_table(const diff *from, diff_page *to);
void diff_write_csv(const diff *from, diff_page *to);
void diff_write_json(const diff *from, const char *version, diff_page *to);
void diff_write_html(const diff *from, const char *version, diff_page *to);

/* <td class="KIND">VALUE</td> */
void html_cell(buffer *out, const char *kind, const char *value);

/* The sections of the page that show records: write_html_records.c. */
void diff_html_safety(const diff *from, diff_page *to);
void diff_html_records(const diff *from, diff_page *to);

void diff_write_junit(const diff *from, diff_page *to);
void diff_write_sarif(const diff *from, const char *version, diff_page *to);
