/* framework.c - one edition of the inspection framework: its dates and its judgement areas. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "rubric/reading.h"

static const char *const framework_keys[] = {
    "id", "title", "publisher", "effective_from", "effective_to", "overall", "source", "note"};
static const char *const area_keys[] = {"title", "short"};
enum { FRAMEWORK_KEY_COUNT = sizeof framework_keys / sizeof framework_keys[0] };

static int32_t read_day(reading *from, const ini_key *key, int32_t standard)
{
    int32_t day = standard;

    if (key != NULL && *key->value != '\0' && !date_read(key->value, strlen(key->value), &day))
        RUBRIC_FAULT(from, key->line, "%s \"%.*s\" is not a date; write it like 2026-04-01",
                     key->name, SHOWN(text_of(key->value)));
    return day;
}

static void read_head(reading *from, ini_section *section, framework *out)
{
    out->id = reading_required(from, section, "[framework]", "id");
    out->title = reading_required(from, section, "[framework]", "title");
    out->publisher = reading_required(from, section, "[framework]", "publisher");
    out->source = reading_optional(section, "source");
    out->note = reading_optional(section, "note");
    reading_required(from, section, "[framework]", "effective_from");
    out->effective_from = read_day(from, ini_key_of(section, "effective_from"), 0);
    const ini_key *to = ini_key_of(section, "effective_to");
    out->effective_to = read_day(from, to, INT32_MAX);
    if (to != NULL && out->effective_to < out->effective_from)
        RUBRIC_FAULT(from, to->line, "effective_to %s is before effective_from; exchange them",
                     to->value);
    reading_required(from, section, "[framework]", "overall");
    out->overall = reading_yes_no(from, section, "overall", true);
    ini_refuse_unused(&from->file, section, "[framework]", framework_keys, FRAMEWORK_KEY_COUNT,
                      FAULT_RUBRIC, from->errors);
}

static bool is_area(const ini_section *section)
{
    return strncmp(section->name, "area.", strlen("area.")) == 0;
}

static void read_area(reading *from, ini_section *section, framework_area *out)
{
    out->id = section->name + strlen("area.");
    if (!text_is_id(text_of(out->id)))
        RUBRIC_FAULT(from, section->line,
                     "[%s] has no proper id; use small letters, digits and underscores, a letter "
                     "first, at most 40 characters",
                     section->name);
    out->title = reading_required(from, section, "the area", "title");
    out->shown = reading_required(from, section, "the area", "short");
    ini_refuse_unused(&from->file, section, "an area", area_keys, 2, FAULT_RUBRIC, from->errors);
}

static bool read_areas(reading *from, framework *out)
{
    size_t count = 0;

    for (size_t i = 0; i < from->file.section_count; i++)
        count += is_area(&from->file.sections[i]);
    if (count == 0) {
        if (from->whole)
            RUBRIC_FAULT(from, 0,
                         "there is no judgement area; add a section such as [area.leaders]");
        return true;
    }
    framework_area *areas = arena_array(&out->memory, count, sizeof *areas);
    if (areas == NULL)
        return error_memory(from->errors);
    out->areas = areas;
    for (size_t i = 0; i < from->file.section_count; i++)
        if (is_area(&from->file.sections[i]))
            read_area(from, &from->file.sections[i], &areas[out->area_count++]);
    return true;
}

static bool read_parts(reading *from, framework *out)
{
    ini_section *head = ini_find(&from->file, "framework");

    for (size_t i = 0; i < from->file.section_count; i++) {
        const ini_section *section = &from->file.sections[i];
        if (section != head && !is_area(section))
            RUBRIC_FAULT(
                from, section->line,
                "[%s] is not a section of a framework; there are [framework] and [area.ID]",
                section->name);
    }
    if (head != NULL)
        read_head(from, head, out);
    else if (from->whole)
        RUBRIC_FAULT(from, 0,
                     "there is no [framework] section; begin the file with [framework] and its "
                     "id, title, publisher, effective_from and overall");
    return read_areas(from, out);
}

framework *framework_read(const char *path, error_list *errors)
{
    const size_t faults = error_count(errors);
    const size_t first = errors->count;
    framework   *made = calloc(1, sizeof *made);
    if (made == NULL) {
        error_memory(errors);
        return NULL;
    }
    reading from = {.errors = errors};
    from.whole = ini_read_file(&from.file, path, FAULT_RUBRIC, &made->memory, errors);
    made->file = from.file.file;
    /* A file that could not be read at all has no sections, and has its fault. */
    const bool read = (!from.whole && from.file.section_count == 0) || read_parts(&from, made);
    error_sort_lines(errors, first);
    if (!read || error_count(errors) > faults || errors->out_of_memory) {
        framework_free(made);
        return NULL;
    }
    return made;
}

void framework_free(framework *unwanted)
{
    if (unwanted == NULL)
        return;
    arena_free(&unwanted->memory);
    free(unwanted);
}
