/* A saved result, graded again and held against itself byte for byte. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/page.h"
#include "api/session.h"
#include "regression/regression.h"

enum { SHOWN_MAX = 20, RESULT_INPUTS_MAX = 1024 };

typedef struct {
    assay      *session;
    const char *path;
    const char *format; /* "json", "ndjson", "csv" */
    char       *bytes;
    size_t      size;
    json_t     *whole; /* json; NULL: another format */
    bool        ratings; /* csv with them */
    FILE       *again;
    char       *made;
    size_t      made_size;
    page        out;
    uint64_t    differences;
    uint64_t    other_records; /* that say something else than then */
    uint64_t    other_grades;  /* of records that say the same */
} verification;

static bool ends_with(const char *name, const char *ending)
{
    const size_t size = strlen(name), length = strlen(ending);
    return size > length && strcmp(name + size - length, ending) == 0;
}

static const char *string_of(const json_t *of, const char *name)
{
    const char *found = json_string_value(json_object_get(of, name));
    return found ? found : "";
}

/* ---- What made it ------------------------------------------------------------------------ */

/* What the session has now of that kind. */
static void take_now(verification *at, const char *kind, const char *id, const assay_input *inputs,
                     size_t count, origin_list *now)
{
    const rubric_library *library = at->session->library;
    error_list            ignored = {0}; /* what cannot be read is not at hand, and said so */

    for (size_t i = 0; strcmp(kind, "input") == 0 && i < count; i++)
        if (strcmp(inputs[i].name ? inputs[i].name : inputs[i].path, id) == 0)
            origin_add_input(now, id, inputs[i].path, inputs[i].bytes, inputs[i].size, &ignored);
    if (strcmp(kind, "input") != 0 && at->session->chosen)
        origin_add_rubrics(now, &at->session->chosen, 1, &ignored);
    else if (strcmp(kind, "input") != 0)
        origin_add_rubrics(now, (const rubric *const *)library->rubrics, library->rubric_count,
                           &ignored);
    error_clear(&ignored);
}

static void say_origin(verification *at, const json_t *item, const assay_input *inputs, size_t count)
{
    const char *kind = string_of(item, "kind"), *id = string_of(item, "id");
    const char *version = string_of(item, "version"), *was = string_of(item, "sha256");
    origin_list now = {0};
    char        is[TRUST_HASH_TEXT_SIZE] = "";

    take_now(at, kind, id, inputs, count, &now);
    for (origin_kind k = ORIGIN_RUBRIC; k <= ORIGIN_INPUT; k++) {
        if (strcmp(origin_kind_name(k), kind) != 0)
            continue;
        const origin_item *found = origin_find(&now, k, id, k == ORIGIN_RUBRIC ? version : NULL);
        if (!found && k == ORIGIN_RUBRIC)
            found = origin_find(&now, k, id, NULL);
        if (found)
            trust_hash_to_text(found->hash, is);
    }
    if (strcmp(is, was) != 0) {
        at->differences++;
        page_say(&at->out, "the %s %s%s%s is %s: sha256 %s then%s%s%s\n", kind, id,
                 *version ? " " : "", version, *is ? "another" : "not at hand", was,
                 *is ? ", " : "", is, *is ? " now" : "");
    }
    origin_free(&now);
}

static void say_origins(verification *at, const assay_input *inputs, size_t count)
{
    const json_t *made_with = json_object_get(at->whole, "made_with");
    const char   *version = string_of(at->whole, "assay");

    if (*version && strcmp(version, assay_version()) != 0) {
        at->differences++;
        page_say(&at->out, "the program is another: assay %s then, %s now\n", version,
                 assay_version());
    }
    for (size_t i = 0; i < json_array_size(made_with); i++)
        say_origin(at, json_array_get(made_with, i), inputs, count);
}

/* ---- Line by line --------------------------------------------------------------------------- */

/* A line as an object: a row of json or ndjson, with or without its comma. */
static json_t *row_of(const char *line, size_t size)
{
    json_error_t wrong;

    while (size > 0 && (line[size - 1] == ',' || line[size - 1] == '\r'))
        size--;
    return size > 0 && *line == '{' ? json_loadb(line, size, 0, &wrong) : NULL;
}

static void say_member(verification *at, const char *id, const char *name, const json_t *was,
                       const json_t *is)
{
    char *before = was ? json_dumps(was, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    char *after = is ? json_dumps(is, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

    page_say(&at->out, "record %s: %s %s then, %s now\n", id, name, before ? before : "not there",
             after ? after : "not there");
    free(before);
    free(after);
}

/* Whether it is the record or the grade that is another. */
static void say_cause(verification *at, const json_t *before, const json_t *after, bool shown)
{
    const char *was = string_of(before, "row"), *is = string_of(after, "row");
    const bool  same = strcmp(was, is) == 0;

    if (!*was || !*is)
        return;
    at->other_records += !same;
    at->other_grades += same;
    if (shown)
        page_say(&at->out, "record %s: %s\n", string_of(before, "audit_id"),
                 same ? "says the same, and is graded otherwise" : "says something else than then");
}

static void say_members(verification *at, json_t *before, json_t *after)
{
    const char *id = string_of(before, "audit_id"), *name;
    json_t     *value;

    json_object_foreach(before, name, value)
        if (strcmp(name, "row") != 0 && !json_equal(value, json_object_get(after, name)))
            say_member(at, id, name, value, json_object_get(after, name));
    json_object_foreach(after, name, value)
        if (strcmp(name, "row") != 0 && !json_object_get(before, name))
            say_member(at, id, name, NULL, value);
}

/* False where the lines are no rows of records. */
static bool say_rows(verification *at, const char *was, size_t was_size, const char *is,
                     size_t is_size, bool shown)
{
    json_t    *before = row_of(was, was_size), *after = row_of(is, is_size);
    const bool rows = json_object_get(before, "judgement") && json_object_get(after, "judgement");

    if (rows)
        say_cause(at, before, after, shown);
    if (rows && shown)
        say_members(at, before, after);
    json_decref(before);
    json_decref(after);
    return rows;
}

static void say_line(verification *at, uint64_t number, const char *was, size_t was_size,
                     const char *is, size_t is_size)
{
    const bool shown = at->differences++ < SHOWN_MAX;

    if (say_rows(at, was, was_size, is, is_size, shown) || !shown)
        return;
    page_say(&at->out, "line %llu:\n  then %.*s\n  now  %.*s\n", (unsigned long long)number,
             (int)(was_size > 400 ? 400 : was_size), was, (int)(is_size > 400 ? 400 : is_size), is);
}

static void compare_lines(verification *at)
{
    const char *was = at->bytes, *was_end = was + at->size;
    const char *is = at->made, *is_end = is + at->made_size;

    for (uint64_t number = 1; was < was_end || is < is_end; number++) {
        const char  *stop = was < was_end ? memchr(was, '\n', (size_t)(was_end - was)) : NULL;
        const char  *other = is < is_end ? memchr(is, '\n', (size_t)(is_end - is)) : NULL;
        const size_t was_size = (size_t)((stop ? stop : was_end) - was);
        const size_t is_size = (size_t)((other ? other : is_end) - is);
        if (was_size != is_size || memcmp(was, is, was_size) != 0)
            say_line(at, number, was, was_size, is, is_size);
        was = stop ? stop + 1 : was_end;
        is = other ? other + 1 : is_end;
    }
    if (at->differences > SHOWN_MAX)
        page_say(&at->out, "and %llu lines more\n",
                 (unsigned long long)(at->differences - SHOWN_MAX));
    if (at->other_records + at->other_grades > 0)
        page_say(&at->out,
                 "records that say something else than then: %llu; that say the same and are graded "
                 "otherwise: %llu\n",
                 (unsigned long long)at->other_records, (unsigned long long)at->other_grades);
}

/* ---- The call ------------------------------------------------------------------------------------ */

static int keep_piece(void *user, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) == size ? 0 : -1;
}

static bool open_result(verification *at)
{
    json_error_t wrong;

    at->format = ends_with(at->path, ".ndjson") ? "ndjson"
                 : ends_with(at->path, ".json") ? "json"
                 : ends_with(at->path, ".csv")  ? "csv"
                                                : NULL;
    if (!at->format) {
        error_add(&at->session->errors, FAULT_USAGE, at->path, 0, 0,
                  "is no result that can be graded again; name one that ends in .json, .ndjson or "
                  ".csv");
        return false;
    }
    at->bytes = regression_read_file(at->path, &at->size, &at->session->errors);
    if (!at->bytes)
        return false;
    const char *head_end = strchr(at->bytes, '\n');
    const char *rated = strstr(at->bytes, ",rating.");
    at->ratings = rated && head_end && rated < head_end;
    if (strcmp(at->format, "json") != 0)
        return true;
    at->whole = json_loadb(at->bytes, at->size, 0, &wrong);
    if (!at->whole)
        error_add(&at->session->errors, FAULT_INPUT, at->path,
                  wrong.line > 0 ? (uint64_t)wrong.line : 0, 0,
                  "is no result of assay grade: %s; take it again from where it is kept", wrong.text);
    return at->whole != NULL;
}

/* The inputs: those given, under the names that the result has; else those that it names. */
static size_t take_inputs(verification *at, const assay_input *given, size_t count, assay_input *out)
{
    const json_t *named = json_object_get(at->whole, "inputs");
    const size_t  names = json_array_size(named);
    size_t        taken = count;

    memcpy(out, given, count * sizeof *out);
    if (count == 0)
        for (taken = 0; taken < names && taken < RESULT_INPUTS_MAX; taken++)
            out[taken] = (assay_input){.path = json_string_value(json_array_get(named, taken))};
    else if (names == count)
        for (size_t i = 0; i < count; i++)
            out[i].name = json_string_value(json_array_get(named, i));
    if (taken == 0)
        error_add(&at->session->errors, FAULT_USAGE, at->path, 0, 0,
                  "does not name what it was made of; name the files of the records behind it");
    for (size_t i = 0; i < taken; i++)
        if (!out[i].path && !out[i].bytes)
            taken = 0;
    return taken;
}

static int grade_again(verification *at, const assay_input *inputs, size_t count)
{
    at->again = open_memstream(&at->made, &at->made_size);
    if (!at->again) {
        error_memory(&at->session->errors);
        return ASSAY_FAILED;
    }
    const int status = assay_grade(at->session, inputs, count, at->format,
                                   at->ratings ? ASSAY_WITH_RATINGS : 0, keep_piece, at->again, NULL);
    if (fclose(at->again) != 0) {
        error_memory(&at->session->errors);
        return ASSAY_FAILED;
    }
    return status;
}

static int compare(verification *at, const assay_input *inputs, size_t count)
{
    const int status = grade_again(at, inputs, count);

    if (status == ASSAY_REFUSED || status == ASSAY_FAILED)
        return status;
    if (at->whole)
        say_origins(at, inputs, count);
    else
        page_say(&at->out, strcmp(at->format, "csv") == 0
                               ? "csv carries no hashes of what made it; its rows alone are compared\n"
                               : "ndjson carries the hashes of rubrics and rows alone\n");
    compare_lines(at);
    page_say(&at->out, at->differences ? "%s: is not what it would be now\n"
                                       : "%s: the same, byte for byte\n",
             at->path);
    return at->out.failed ? ASSAY_FAILED : at->differences > 0 ? ASSAY_FOUND : ASSAY_FINE;
}

int assay_verify(assay *session, const char *result, const assay_input *inputs, size_t count,
                 assay_write write, void *user)
{
    verification at = {.session = session, .path = result, .out = {.to = {write, user}}};
    assay_input *taken = calloc(RESULT_INPUTS_MAX + count, sizeof *taken);
    int          status = ASSAY_REFUSED;

    if (!taken)
        error_memory(&session->errors);
    else if (session_is_open(session) && open_result(&at)) {
        const size_t taken_count = take_inputs(&at, inputs, count, taken);
        if (taken_count > 0)
            status = compare(&at, taken, taken_count);
    }
    if (session_status(session) > status)
        status = session_status(session);
    json_decref(at.whole);
    free(at.bytes);
    free(at.made);
    free(taken);
    return status;
}
