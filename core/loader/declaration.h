/* declaration.h - reading what a manifest declares, key by key. Private to manifest.c,
 * inputs.c and parameters.c. */
#pragma once

#include "loader/manifest_read.h"

/* One manifest being read. */
typedef struct {
    const char      *path;
    manifest_memory *memory;
    error_list      *errors;
} manifest_reader;

/* Read the keys input.NAME and choices.NAME, and parameter.NAME, of a measure's section, and
 * mark them as used. False where memory is out. */
bool manifest_read_inputs(const manifest_reader *reader, ini_section *section,
                          manifest_measure *measure);
bool manifest_read_parameters(const manifest_reader *reader, ini_section *section,
                              manifest_measure *measure);

/* ---- One value ---------------------------------------------------------------- */

enum { DECLARATION_ATTRIBUTES_MAX = 4 };

/* "TYPE, ATTRIBUTE, ATTRIBUTE: help", cut up and trimmed. */
typedef struct {
    text   type;
    text   attributes[DECLARATION_ATTRIBUTES_MAX];
    size_t attribute_count;
    text   help;
} declaration;

/* False where there is no colon, no help, or too much before it. */
bool declaration_cut(text value, declaration *out);

/* Takes what stands before the next `mark` off `rest`, trimmed; all of it where there is none. */
text declaration_take(text *rest, char mark);

bool declaration_is(text value, const char *word);

/* How many bytes of a faulty value a message shows, for "%.*s". */
int declaration_shown(text value);

/* A decimal number of at most 15 digits, without an exponent and in no locale. */
bool declaration_read_number(text word, double *number);

/* Reads "number" or "flag", or of an input also "date", "dates" and "choice"; reports others. */
bool declaration_read_type(const manifest_reader *reader, uint64_t line, text word, bool of_input,
                           enum assay_type *type);

/* Reads "0 .. 4000"; reports what is none. */
bool declaration_read_range(const manifest_reader *reader, uint64_t line, text word,
                            double *minimum, double *maximum);

/* Reads "yes" or "no"; reports any other word. */
bool declaration_read_flag(const manifest_reader *reader, uint64_t line, text word, bool *flag);

/* Reports a name that is not an id. `what` is "an input", "a parameter" or "a measure". */
void declaration_check_name(const manifest_reader *reader, uint64_t line, const char *what,
                            const char *name);

/* How many keys of a section begin so, and whether one does. */
size_t declaration_count(const ini_section *section, const char *prefix);
bool   declaration_begins(const ini_key *key, const char *prefix);
