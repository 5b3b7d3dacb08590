/* saved_json.c - results as one JSON object, or as one object a line. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "regression/saved.h"

static const char *string_of(const json_t *row, const char *name)
{
    const char *found = json_string_value(json_object_get(row, name));
    return found ? found : "";
}

static uint32_t score_of(const json_t *row, const char *name)
{
    const json_t *found = json_object_get(row, name);
    const double  value = json_is_number(found) ? json_number_value(found) : -1;

    return value >= 0 && value < 100000 ? (uint32_t)lround(value * 1000) : SCORE_NONE;
}

/* The ids of limited_by joined as a verdict has them. NULL where memory is out. */
static char *limits_of(const json_t *row)
{
    const json_t *list = json_object_get(row, "limited_by");
    size_t        size = 1;
    char         *joined;

    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *id = json_string_value(json_array_get(list, i));
        size += id ? strlen(id) + 1 : 0;
    }
    joined = calloc(size, 1);
    for (size_t i = 0; joined && i < json_array_size(list); i++) {
        const char *id = json_string_value(json_array_get(list, i));
        if (id && *joined)
            strcat(joined, ";");
        if (id)
            strcat(joined, id);
    }
    return joined;
}

static bool add_row(saved_maker *maker, const json_t *row)
{
    const json_t *rated = json_object_get(row, "ratings");
    const size_t  count = json_array_size(rated);
    const char  **words = calloc(2 * count + 1, sizeof *words);
    char         *limits = limits_of(row);
    const double  line = json_number_value(json_object_get(row, "line"));
    const double  coverage = json_number_value(json_object_get(row, "coverage"));

    for (size_t c = 0; words && c < count; c++) {
        words[c] = string_of(json_array_get(rated, c), "id");
        words[count + c] = string_of(json_array_get(rated, c), "rating");
    }
    const bool added =
        words && limits &&
        saved_add(maker, &(saved_row){
                             .audit_id = string_of(row, "audit_id"),
                             .input = string_of(row, "input"),
                             .area = string_of(row, "practice_area"),
                             .team = string_of(row, "team"),
                             .rubric = string_of(row, "rubric"),
                             .version = string_of(row, "version"),
                             .judgement = string_of(row, "judgement"),
                             .status = string_of(row, "status"),
                             .limited_by = limits,
                             .line = line >= 0 && line < 1e15 ? (uint64_t)line : 0,
                             .score = score_of(row, "score"),
                             .margin = score_of(row, "margin"),
                             .coverage = coverage >= 0 && coverage <= 100 ? (uint8_t)coverage : 0,
                             .criteria = words,
                             .ratings = words + count,
                             .criterion_count = count,
                         });
    free(words);
    free(limits);
    return added;
}

static bool refuse(const char *name, uint64_t line, const char *why, error_list *errors)
{
    error_add(errors, FAULT_INPUT, name, line, 0,
              "is no result of assay grade: %s; give one written as json, ndjson or csv", why);
    return false;
}

static bool is_row(const json_t *row)
{
    const char *judged = json_string_value(json_object_get(row, "judgement"));
    const char *status = json_string_value(json_object_get(row, "status"));

    return judged && status && saved_is_result(judged, status);
}

static bool read_lines(saved_maker *maker, const char *name, const char *bytes, size_t size,
                       error_list *errors)
{
    json_error_t wrong;
    uint64_t     line = 0;

    for (const char *at = bytes, *end = bytes + size; at < end;) {
        const char  *stop = memchr(at, '\n', (size_t)(end - at));
        const size_t length = stop ? (size_t)(stop - at) : (size_t)(end - at);
        line++;
        if (length > 0 && !(length == 1 && *at == '\r')) {
            json_t    *row = json_loadb(at, length, 0, &wrong);
            const bool fine = row && is_row(row);
            const bool added = fine && add_row(maker, row);
            json_decref(row);
            if (!fine)
                return refuse(name, line, row ? "a line has no judgement and status of one" : wrong.text, errors);
            if (!added)
                return error_memory(errors);
        }
        at += length + 1;
    }
    return true;
}

static bool read_whole(saved_maker *maker, const char *name, const json_t *whole,
                       error_list *errors)
{
    const json_t *rows = json_object_get(whole, "records");

    if (!json_is_array(rows))
        return refuse(name, 0, "it has no list of records", errors);
    for (size_t r = 0; r < json_array_size(rows); r++) {
        if (!is_row(json_array_get(rows, r)))
            return refuse(name, 0, "a record has no judgement and status of one", errors);
        if (!add_row(maker, json_array_get(rows, r)))
            return error_memory(errors);
    }
    return true;
}

bool saved_read_json(saved_maker *maker, const char *name, const char *bytes, size_t size,
                     error_list *errors)
{
    json_error_t wrong;
    const size_t length = strlen(name);

    if (size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        error_add(errors, FAULT_INPUT, name, 0, 0,
                  "is UTF-16, not UTF-8, as some shells write what they redirect; grade again with "
                  "--output");
        return false;
    }
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) { /* a mark that editors put before UTF-8 */
        bytes += 3;
        size -= 3;
    }
    if (length > 7 && strcmp(name + length - 7, ".ndjson") == 0)
        return read_lines(maker, name, bytes, size, errors);
    json_t *whole = json_loadb(bytes, size, 0, &wrong);
    if (!whole)
        return refuse(name, wrong.line > 0 ? (uint64_t)wrong.line : 0, wrong.text, errors);
    const bool read = read_whole(maker, name, whole, errors);
    json_decref(whole);
    return read;
}
