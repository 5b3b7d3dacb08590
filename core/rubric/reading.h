/* reading.h - what the files of this room share while one rubric is read. Not for other rooms.
 *
 * Functions here return false only where memory is out (and `errors` says so); what is wrong
 * with the rubric goes to `errors`, and reading goes on, so that every fault is found at once. */
#pragma once

#include "base/ini.h"
#include "rubric/rubric.h"

typedef struct {
    ini_file file;
    bool     whole; /* every line could be read: a key that is not there was not written */
    const rubric_context *context;
    rubric               *out;
    bool        scale_known; /* false: the levels are at fault, so names are not checked */
    error_list *errors;
} reading;

/* Adds a fault at a line of the rubric; then a format and its values. */
#define RUBRIC_FAULT(from, line, ...)                                                              \
    error_add((from)->errors, FAULT_RUBRIC, (from)->file.file, (line), 0, __VA_ARGS__)

/* A text as "%.*s" takes it, cut to what a message can carry. */
#define SHOWN(value) (int)reading_shown(value), (value).at
size_t reading_shown(text value);

/* ---- Pieces of a value (reading.c) ----------------------------------------- */

/* Takes the next piece up to `separator` from `rest`, trimmed. False at the end. Start with the
 * whole value and `ended` false. An empty value has one empty piece. */
bool reading_piece(text *rest, bool *ended, char separator, text *piece);

/* The text before and after the first `mark`, trimmed; false where `value` has none. */
bool reading_split(text value, const char *mark, text *before, text *after);

/* ---- Keys and their values (reading.c) ------------------------------------- */

/* The value of an optional key, "" where it is not given. */
const char *reading_optional(ini_section *section, const char *name);

/* The value of a key that has to be there and not be empty; else a fault and NULL. `section_name`
 * is for the message: "[rubric]". */
const char *reading_required(reading *from, ini_section *section, const char *section_name,
                             const char *name);

/* yes or no; `standard` where the key is not given or at fault. */
bool reading_yes_no(reading *from, ini_section *section, const char *name, bool standard);

/* The level of that name. A fault with the nearest name and LEVEL_NONE where there is none. */
level reading_level(reading *from, text name, uint64_t line);

/* The level with exactly that id, or LEVEL_NONE; no fault. */
level reading_level_id(const reading *from, text id);

/* What the folded name of a practice area may be long. */
enum { NAME_BYTES = 512 };

/* ---- Numbers as a rubric writes them (number.c) ----------------------------- */

/* Digits alone, 0 to `most`. */
bool number_whole(text value, unsigned most, unsigned *out);

/* 3, 3.5, 3.125: at most three places, at most four digits before the point. */
bool number_thousandths(text value, unsigned *out);

/* 12, 12.5, -3: at most 15 digits, so that the double is the nearest one, always. */
bool number_decimal(text value, double *out);

enum { THOUSANDTHS_TEXT_SIZE = 16 };
/* "3.5" for 3500. */
void number_write_thousandths(unsigned thousandths, char out[THOUSANDTHS_TEXT_SIZE]);

/* ---- Parts of a rubric ------------------------------------------------------ */

/* scale.c: [scale], [scale.labels], [scale.aliases]. */
bool scale_read(reading *from);

/* judgement.c: [judgement] and every [judgement.LEVEL]. */
bool judgement_read(reading *from);

/* criterion.c: one [criterion.ID]. */
bool criterion_read(reading *from, ini_section *section, criterion *out);

/* measure.c: what a criterion's measure gives and which keys go with that. */
typedef enum { GIVES_UNKNOWN, GIVES_LEVEL, GIVES_FLAG, GIVES_NUMBER } measure_result;
typedef struct {
    measure_result          gives;
    measure_kind            kind;     /* means nothing where unknown */
    bool                    foreign;  /* a plugin's measure that cannot be looked up */
    const manifest_measure *declared; /* a plugin's, else NULL */
} measure_shape;

/* Reads `measure` and the keys that go with it: fills inputs, parameters, calendar, unit. */
bool measure_read(reading *from, ini_section *section, criterion *out, measure_shape *shape);

/* True where `key` (field, from, to, calendar, bands, yes, no) goes with the measure. */
bool measure_takes(const measure_shape *shape, const char *key);

/* Looks up a plugin that is needed; where it is not there the rubric becomes unusable, and `out` is
 * NULL. */
bool measure_plugin(reading *from, text id, const manifest **out);

/* bands.c, limits.c, applies.c: one key each. */
bool bands_read(reading *from, const ini_key *key, criterion *out);
bool limits_read(reading *from, const ini_key *key, const ini_key *critical,
                 criterion *out); /* either key may be NULL */
bool applies_read(reading *from, const ini_key *key, criterion *out);
