/* bands.c - from a number to a level (grading.md 5):
 * outstanding <= 35, good <= 45, requires_improvement <= 55, inadequate */
#include <string.h>

#include "rubric/reading.h"

/* The longer ones first: "<=" is not "<" and an odd number. */
static const struct {
    const char    *sign;
    band_condition condition;
} operators[] = {{"<=", BAND_AT_MOST}, {">=", BAND_AT_LEAST}, {"<", BAND_UNDER}, {">", BAND_OVER}};

/* Cuts "good <= 45" at its operator. False and a fault where what stands there is none. */
static bool split_band(reading *from, text piece, uint64_t line, band *out, text *name, text *bound)
{
    size_t start = 0;
    while (start < piece.size && strchr("<>=", piece.at[start]) == NULL)
        start++;
    size_t end = start;
    while (end < piece.size && strchr("<>=", piece.at[end]) != NULL)
        end++;

    *name = text_trim((text){piece.at, start});
    *bound = text_trim((text){piece.at + end, piece.size - end});
    out->condition = BAND_ALWAYS;
    if (start == end)
        return true;
    const text sign = {piece.at + start, end - start};
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (sign.size == strlen(operators[i].sign) &&
            memcmp(sign.at, operators[i].sign, sign.size) == 0) {
            out->condition = operators[i].condition;
            return true;
        }
    }
    RUBRIC_FAULT(from, line, "\"%.*s\" in band \"%.*s\" does not compare; use <=, <, >= or >",
                 SHOWN(sign), SHOWN(piece));
    return false;
}

static void read_band(reading *from, text piece, uint64_t line, bool last, band *out)
{
    text name, bound;

    if (piece.size == 0) {
        RUBRIC_FAULT(from, line, "a band is empty; write LEVEL <= NUMBER between the commas");
        return;
    }
    if (!split_band(from, piece, line, out, &name, &bound))
        return;
    out->gives = reading_level(from, name, line);
    if (out->condition == BAND_ALWAYS) {
        if (!last && out->gives != LEVEL_NONE)
            RUBRIC_FAULT(
                from, line,
                "band \"%.*s\" has no condition and is not the last, so that those behind it "
                "are never reached; add a condition or put it last",
                SHOWN(piece));
        return;
    }
    if (!number_decimal(bound, &out->bound))
        RUBRIC_FAULT(from, line,
                     "\"%.*s\" in band \"%.*s\" is not a number; write it like 45 or 12.5",
                     SHOWN(bound), SHOWN(piece));
}

bool bands_read(reading *from, const ini_key *key, criterion *out)
{
    const text value = text_of(key->value);
    size_t     count = 1;
    for (size_t i = 0; i < value.size; i++)
        count += value.at[i] == ',';

    band *bands = arena_array(&from->out->memory, count, sizeof *bands);
    if (bands == NULL)
        return error_memory(from->errors);
    text   rest = value;
    text   piece;
    bool   ended = false;
    size_t at = 0;
    while (reading_piece(&rest, &ended, ',', &piece)) {
        read_band(from, piece, key->line, ended, &bands[at]);
        at++;
    }
    out->bands = bands;
    out->band_count = count;
    return true;
}
