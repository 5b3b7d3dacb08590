/* target.c - "good or better >= 70%". */
#include "forecast/forecast.h"

#include <string.h>

enum { DECIMALS_MOST = 4, WHOLE_MOST = 3 };

static bool refuse(text written, error_list *errors, const char *what)
{
    const int size = written.size < 60 ? (int)written.size : 60;
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "the target \"%.*s\" %s; write for example: good or better >= 70%%", size,
              written.size == 0 ? "" : written.at, what);
    return false;
}

static bool is_ascii_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Where `word` (lower case ASCII) stands in `within`, in any letter case; SIZE_MAX where it does
 * not. */
static size_t find(text within, const char *word)
{
    const size_t size = strlen(word);
    for (size_t at = 0; at + size <= within.size; at++) {
        size_t same = 0;
        while (same < size) {
            const char c = within.at[at + same];
            if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != word[same])
                break;
            same++;
        }
        if (same == size)
            return at;
    }
    return SIZE_MAX;
}

/* Cuts `written` at the first of the ways to say "at least". */
static bool cut(text written, text *before, text *after)
{
    static const char *const signs[] = {">=", "\xE2\x89\xA5", "at least"};
    for (size_t s = 0; s < sizeof signs / sizeof *signs; s++) {
        const size_t at = find(written, signs[s]);
        if (at == SIZE_MAX)
            continue;
        const size_t end = at + strlen(signs[s]);
        *before = text_trim((text){written.at, at});
        *after = text_trim((text){written.at + end, written.size - end});
        return true;
    }
    return false;
}

/* A number of digits, at most `most`; how many there were. */
static size_t read_digits(text *from, size_t most, uint32_t *value)
{
    size_t count = 0;
    while (count < from->size && count <= most && from->at[count] >= '0' &&
           from->at[count] <= '9') {
        *value = *value * 10 + (uint32_t)(from->at[count] - '0');
        count++;
    }
    from->at += count;
    from->size -= count;
    return count;
}

/* "70%", "72.5 %": in ten-thousandths of a percent, so that no digit is lost. */
static bool read_percent(text from, double *share)
{
    uint32_t     parts = 0;
    const size_t whole = read_digits(&from, WHOLE_MOST, &parts);
    size_t       decimals = 0;

    if (whole == 0 || whole > WHOLE_MOST)
        return false;
    if (from.size > 0 && from.at[0] == '.') {
        from.at++;
        from.size--;
        decimals = read_digits(&from, DECIMALS_MOST, &parts);
        if (decimals == 0 || decimals > DECIMALS_MOST)
            return false;
    }
    for (size_t d = decimals; d < DECIMALS_MOST; d++)
        parts *= 10;
    while (from.size > 0 && is_ascii_space(from.at[0])) {
        from.at++;
        from.size--;
    }
    *share = parts / 1e6;
    return from.size == 1 && from.at[0] == '%';
}

/* "good or better", or the highest level alone. */
static bool read_level(text written, text from, const char *const *levels, size_t count,
                       size_t *level, error_list *errors)
{
    static const char tail[] = "or better";
    const size_t      size = sizeof tail - 1;
    const bool        or_better = from.size > size &&
                           find((text){from.at + from.size - size, size}, tail) == 0 &&
                           is_ascii_space(from.at[from.size - size - 1]);
    const text name = or_better ? text_trim((text){from.at, from.size - size}) : from;

    for (size_t l = 0; l < count; l++) {
        if (!text_same_name(name, text_of(levels[l])))
            continue;
        if (!or_better && l + 1 < count)
            return refuse(written, errors, "names one level without \"or better\"");
        if (l == 0)
            return refuse(written, errors, "names the lowest level, which every audit reaches");
        *level = l;
        return true;
    }
    const char *nearest = text_nearest(name, levels, count);
    if (nearest == NULL)
        return refuse(written, errors, "does not name a level of the scale");
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "\"%.*s\" is not a level of the scale; did you mean \"%s\"?",
              name.size < 60 ? (int)name.size : 60, name.at, nearest);
    return false;
}

bool forecast_target_read(text written, const char *const *levels, size_t count,
                          forecast_target *out, error_list *errors)
{
    text before;
    text after;

    *out = (forecast_target){0};
    written = text_trim(written);
    if (!text_is_utf8(written.at, written.size))
        return refuse((text){"", 0}, errors, "is not readable text (UTF-8)");
    if (!cut(written, &before, &after))
        return refuse(written, errors, "does not say \">=\" or \"at least\"");
    if (!read_level(written, before, levels, count, &out->level, errors))
        return false;
    if (!read_percent(after, &out->share))
        return refuse(written, errors, "does not end in a percentage");
    if (out->share <= 0 || out->share >= 1)
        return refuse(written, errors, "is not over 0% and under 100%");
    return true;
}
