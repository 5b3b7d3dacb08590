/* workforce.c - what figures of the workforce are called, and from where on they are a worry. */
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "board/board.h"
#include "records/number.h"

enum { INDICATORS_MOST = 8 }; /* columns that a printed page has room for */

typedef struct {
    ini_file    file;
    workforce  *out;
    error_list *errors;
} workforce_reading;

#define WORKFORCE_FAULT(from, line, ...)                                                           \
    error_add((from)->errors, FAULT_RUBRIC, (from)->file.file, (line), 0, __VA_ARGS__)

static const char *const head_keys[] = {"title"};
static const char *const indicator_keys[] = {"title", "unit",    "worse",
                                             "watch", "concern", "source"};
enum { INDICATOR_KEYS = sizeof indicator_keys / sizeof *indicator_keys };
static const char prefix[] = "indicator.";

static const char *value_of(ini_section *section, const char *name)
{
    const char *value = ini_value(section, name);
    return value ? value : "";
}

/* "18", "12.5", "20%" */
static void read_bound(workforce_reading *from, ini_section *section, const char *name, bool *has,
                       double *out)
{
    const ini_key *key = ini_key_of(section, name);

    if (!key || !*key->value)
        return;
    *has = number_read(text_of(key->value), out);
    if (!*has)
        WORKFORCE_FAULT(from, key->line, "%s \"%.40s\" is not a number; write it like 18 or 12.5",
                        name, key->value);
}

static void read_worse(workforce_reading *from, ini_section *section, workforce_indicator *out)
{
    const ini_key *key = ini_key_of(section, "worse");
    const text     said = text_of(key ? key->value : "higher");

    out->low_is_bad = text_same_name(said, text_of("lower"));
    if (!out->low_is_bad && !text_same_name(said, text_of("higher")))
        WORKFORCE_FAULT(from, key->line, "worse is higher or lower; it says \"%.40s\"", key->value);
}

static void read_indicator(workforce_reading *from, ini_section *section, workforce_indicator *out)
{
    out->id = section->name + strlen(prefix);
    if (!text_is_id(text_of(out->id)))
        WORKFORCE_FAULT(from, section->line,
                        "[%.60s] has no proper id; use small letters, digits and underscores, a "
                        "letter first, at most 40 characters",
                        section->name);
    out->title = value_of(section, "title");
    if (!*out->title)
        WORKFORCE_FAULT(from, section->line,
                        "[%.60s] has no title; add one, such as title = "
                        "Average caseload",
                        section->name);
    out->unit = value_of(section, "unit");
    out->source = value_of(section, "source");
    read_worse(from, section, out);
    read_bound(from, section, "watch", &out->has_watch, &out->watch);
    read_bound(from, section, "concern", &out->has_concern, &out->concern);
    if (out->has_watch && out->has_concern &&
        (out->low_is_bad ? out->concern > out->watch : out->concern < out->watch))
        WORKFORCE_FAULT(from, section->line,
                        "[%.60s] is of concern before it is to be watched; exchange the two",
                        section->name);
    ini_refuse_unused(&from->file, section, "an indicator", indicator_keys, INDICATOR_KEYS,
                      FAULT_RUBRIC, from->errors);
}

static bool is_indicator(const ini_section *section)
{
    return strncmp(section->name, prefix, strlen(prefix)) == 0;
}

static bool read_sections(workforce_reading *from)
{
    workforce   *out = from->out;
    ini_section *head = ini_find(&from->file, "workforce");
    size_t       count = 0;

    out->title = head ? value_of(head, "title") : "";
    if (head)
        ini_refuse_unused(&from->file, head, "[workforce]", head_keys, 1, FAULT_RUBRIC,
                          from->errors);
    for (size_t i = 0; i < from->file.section_count; i++) {
        const ini_section *section = &from->file.sections[i];
        count += is_indicator(section);
        if (section != head && !is_indicator(section))
            WORKFORCE_FAULT(from, section->line,
                            "[%.60s] is not a section here; there are [workforce] and "
                            "[indicator.ID]",
                            section->name);
    }
    if (count > INDICATORS_MOST)
        WORKFORCE_FAULT(from, 0,
                        "there are %zu indicators, and the page has room for %d; leave "
                        "some out",
                        count, (int)INDICATORS_MOST);
    out->indicators = arena_array(&out->memory, count + 1, sizeof *out->indicators);
    if (!out->indicators)
        return error_memory(from->errors);
    for (size_t i = 0; i < from->file.section_count; i++)
        if (is_indicator(&from->file.sections[i]))
            read_indicator(from, &from->file.sections[i], &out->indicators[out->count++]);
    return true;
}

static workforce *finish(workforce_reading *from, bool read, size_t first, size_t faults)
{
    read = read && read_sections(from);
    error_sort_lines(from->errors, first);
    if (read && error_count(from->errors) == faults && !from->errors->out_of_memory)
        return from->out;
    workforce_free(from->out);
    return NULL;
}

workforce *workforce_read(const char *path, error_list *errors)
{
    const size_t      faults = error_count(errors), first = errors->count;
    workforce_reading from = {.out = calloc(1, sizeof *from.out), .errors = errors};

    if (!from.out) {
        error_memory(errors);
        return NULL;
    }
    const bool read = ini_read_file(&from.file, path, FAULT_RUBRIC, &from.out->memory, errors);
    return finish(&from, read, first, faults);
}

workforce *workforce_read_bytes(const char *name, const char *bytes, size_t size,
                                error_list *errors)
{
    const size_t      faults = error_count(errors), first = errors->count;
    workforce_reading from = {.out = calloc(1, sizeof *from.out), .errors = errors};

    if (!from.out) {
        error_memory(errors);
        return NULL;
    }
    const bool read =
        ini_read_bytes(&from.file, name, bytes, size, FAULT_RUBRIC, &from.out->memory, errors);
    return finish(&from, read, first, faults);
}

void workforce_free(workforce *unwanted)
{
    if (!unwanted)
        return;
    arena_free(&unwanted->memory);
    free(unwanted);
}
