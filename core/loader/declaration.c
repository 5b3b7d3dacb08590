/* declaration.c - the values of a manifest: "date, required: the day it was sent". */
#include "loader/declaration.h"

#include <string.h>

enum {
    DIGIT_MAX = 15, /* decimals of so many digits are read exactly: they are under 2^53 */
    SHOWN_MAX = 60
};

/* Entry k is the name of the type k + 1 of enum assay_type. */
static const char *const type_names[] = {"flag", "number", "date", "dates", "choice"};
enum { RESULT_TYPES = 2, INPUT_TYPES = 5 };

int declaration_shown(text value)
{
    return (int)(value.size < SHOWN_MAX ? value.size : SHOWN_MAX);
}

bool declaration_is(text value, const char *word)
{
    return value.size == strlen(word) && memcmp(value.at, word, value.size) == 0;
}

text declaration_take(text *rest, char mark)
{
    const char  *end = rest->size > 0 ? memchr(rest->at, mark, rest->size) : NULL;
    const size_t size = end != NULL ? (size_t)(end - rest->at) : rest->size;
    const text   part = {rest->at, size};

    const size_t gone = end != NULL ? size + 1 : size;
    rest->at += gone;
    rest->size -= gone;
    return text_trim(part);
}

bool declaration_cut(text value, declaration *out)
{
    const char *colon = memchr(value.at, ':', value.size);
    if (colon == NULL)
        return false;

    text head = {value.at, (size_t)(colon - value.at)};
    out->help = text_trim((text){colon + 1, value.size - head.size - 1});
    out->type = declaration_take(&head, ',');
    for (out->attribute_count = 0; head.size > 0; ++out->attribute_count) {
        if (out->attribute_count == DECLARATION_ATTRIBUTES_MAX)
            return false;
        out->attributes[out->attribute_count] = declaration_take(&head, ',');
    }
    return out->help.size > 0;
}

/* Both the digits and the power of ten are exact as double, so their quotient is what a compiler
 * makes of the same number. */
bool declaration_read_number(text word, double *number)
{
    const bool negative = word.size > 0 && word.at[0] == '-';
    int64_t    digits = 0;
    double     scale = 1;
    size_t     count = 0;
    bool       fraction = false;
    bool       last_is_digit = false;

    for (size_t i = negative; i < word.size; ++i) {
        const char c = word.at[i];
        last_is_digit = c >= '0' && c <= '9';
        if (last_is_digit && count < DIGIT_MAX) {
            digits = digits * 10 + (c - '0');
            scale *= fraction ? 10 : 1;
            ++count;
        } else if (c == '.' && count > 0 && !fraction) {
            fraction = true;
        } else {
            return false;
        }
    }
    *number = (double)(negative ? -digits : digits) / scale;
    return last_is_digit;
}

bool declaration_read_range(const manifest_reader *reader, uint64_t line, text word,
                            double *minimum, double *maximum)
{
    for (size_t i = 0; i + 1 < word.size; ++i) {
        if (word.at[i] != '.' || word.at[i + 1] != '.')
            continue;
        const text from = {word.at, i};
        const text to = {word.at + i + 2, word.size - i - 2};
        if (declaration_read_number(text_trim(from), minimum) &&
            declaration_read_number(text_trim(to), maximum) && *minimum <= *maximum)
            return true;
        break;
    }
    *minimum = *maximum = 0;
    error_add(reader->errors, FAULT_PLUGIN, reader->path, line, 0,
              "\"%.*s\" is not a range; write the least and the greatest value as 0 .. 4000",
              declaration_shown(word), word.at);
    return false;
}

bool declaration_read_flag(const manifest_reader *reader, uint64_t line, text word, bool *flag)
{
    *flag = declaration_is(word, "yes");
    if (*flag || declaration_is(word, "no"))
        return true;
    error_add(reader->errors, FAULT_PLUGIN, reader->path, line, 0,
              "\"%.*s\" is neither yes nor no; write one of them", declaration_shown(word),
              word.at);
    return false;
}

bool declaration_read_type(const manifest_reader *reader, uint64_t line, text word, bool of_input,
                           enum assay_type *type)
{
    const size_t count = of_input ? INPUT_TYPES : RESULT_TYPES;
    for (size_t t = 0; t < count; ++t)
        if (declaration_is(word, type_names[t])) {
            *type = (enum assay_type)(t + 1);
            return true;
        }

    const char *nearest = text_nearest(word, type_names, count);
    if (nearest != NULL)
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line, 0,
                  "\"%.*s\" is not a type; did you mean \"%s\"?", declaration_shown(word), word.at,
                  nearest);
    else
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line, 0,
                  "\"%.*s\" is not a type; use %s", declaration_shown(word), word.at,
                  of_input ? "flag, number, date, dates or choice" : "number or flag");
    return false;
}

void declaration_check_name(const manifest_reader *reader, uint64_t line, const char *what,
                            const char *name)
{
    if (!text_is_id(text_of(name)))
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line, 0,
                  "\"%s\" is not the name of %s; use a to z, 0 to 9 and _, a letter first, "
                  "at most 40 characters",
                  name, what);
}

bool declaration_begins(const ini_key *key, const char *prefix)
{
    return strncmp(key->name, prefix, strlen(prefix)) == 0;
}

size_t declaration_count(const ini_section *section, const char *prefix)
{
    size_t count = 0;
    for (size_t k = 0; k < section->key_count; ++k)
        count += declaration_begins(&section->keys[k], prefix);
    return count;
}
