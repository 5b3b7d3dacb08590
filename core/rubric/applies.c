/* applies.c - which records a criterion is asked of (grading.md 5):
 * applies_if = FIELD is VALUE | VALUE; applies_if = FIELD is not VALUE | VALUE. */
#include <string.h>

#include "rubric/reading.h"

static const char form[] = "write it like \"disabled is yes\" or \"plan type is not cin | cp\"";

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* Cuts `value` at the first word `is`: field names may have spaces. */
static bool split_is(text value, text *field, text *values)
{
    for (size_t at = 1; at + 3 < value.size; at++) {
        if (is_space(value.at[at - 1]) && memcmp(value.at + at, "is", 2) == 0 &&
            is_space(value.at[at + 2])) {
            *field = text_trim((text){value.at, at});
            *values = text_trim((text){value.at + at + 2, value.size - at - 2});
            return field->size > 0 && values->size > 0;
        }
    }
    return false;
}

/* Takes the word `not` from the start of the values. */
static bool take_not(text *values)
{
    if (values->size < 5 || memcmp(values->at, "not", 3) != 0 || !is_space(values->at[3]))
        return false;
    *values = text_trim((text){values->at + 3, values->size - 3});
    return true;
}

static bool add_value(reading *from, spelling_table *table, text value, uint64_t line)
{
    if (value.size == 0) {
        RUBRIC_FAULT(from, line,
                     "applies_if has an empty value; write a value on both sides of each |");
        return true;
    }
    switch (spelling_add(table, value, 1)) {
    case SPELLING_ADDED:
    case SPELLING_TAKEN:
        return true;
    case SPELLING_UNREADABLE:
        RUBRIC_FAULT(from, line,
                     "the value \"%.*s\" of applies_if is too long; write a shorter one",
                     SHOWN(value));
        return true;
    case SPELLING_NO_MEMORY:
        break;
    }
    return error_memory(from->errors);
}

/* The values as the rubric has them, one blank around each bar: "yes | in part". */
static char *shown_values(arena *memory, text values)
{
    /* " | " for "|", at most three times as long. */
    char *out = arena_array(memory, 3 * values.size + 1, 1);
    if (out == NULL)
        return NULL;
    size_t used = 0;
    text   rest = values;
    text   value;
    bool   ended = false;
    while (reading_piece(&rest, &ended, '|', &value)) {
        if (used > 0) {
            memcpy(out + used, " | ", 3);
            used += 3;
        }
        memcpy(out + used, value.at, value.size);
        used += value.size;
    }
    return out;
}

bool applies_read(reading *from, const ini_key *key, criterion *out)
{
    const text written = text_of(key->value);
    text       field, values;

    if (!split_is(written, &field, &values)) {
        RUBRIC_FAULT(from, key->line, "applies_if \"%.*s\" does not say FIELD is VALUE; %s",
                     SHOWN(written), form);
        return true;
    }
    out->applies_not = take_not(&values);

    spelling_table *table = spelling_new(SPELLING_CASE);
    if (table == NULL)
        return error_memory(from->errors);
    out->applies_values = table;
    out->applies_field = arena_text(&from->out->memory, field.at, field.size);
    out->applies_text = shown_values(&from->out->memory, values);
    if (out->applies_field == NULL || out->applies_text == NULL)
        return error_memory(from->errors);

    text rest = values;
    text value;
    bool ended = false;
    while (reading_piece(&rest, &ended, '|', &value))
        if (!add_value(from, table, value, key->line))
            return false;
    return true;
}
