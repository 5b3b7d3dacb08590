/* manifest.c - AREA.ini: what a plugin declares, read as data and checked. */
#include "loader/declaration.h"

#include <stdlib.h>
#include <string.h>

/* A section is "measure." and the name, and rubrics say AREA.NAME: 39 keeps both in one line. */
enum { MEASURE_NAME_SIZE = 39 };

static const char *const plugin_keys[] = {"id", "version", "abi", "practice_area", "summary"};
static const char *const measure_keys[] = {
    "help", "result", "unit", "range", "calendar", "input.NAME", "choices.NAME", "parameter.NAME"};
static const char measure_prefix[] = "measure.";

enum {
    PLUGIN_KEY_COUNT = sizeof plugin_keys / sizeof *plugin_keys,
    MEASURE_KEY_COUNT = sizeof measure_keys / sizeof *measure_keys
};

bool manifest_abi_is_taken(unsigned abi)
{
    return abi >= LOADER_OLDEST_ABI && abi <= LOADER_NEWEST_ABI;
}

/* The value of a key that has to be there; "" with a fault where it is not. */
static const char *required_value(const manifest_reader *reader, ini_section *section,
                                  const char *key, const char *example)
{
    const char *value = ini_value(section, key);
    if (value != NULL && value[0] != '\0')
        return value;
    error_add(reader->errors, FAULT_PLUGIN, reader->path, section->line, 0,
              "[%s] says no %s; add for example: %s = %s", section->name, key, key, example);
    return "";
}

static uint64_t line_of(ini_section *section, const char *key)
{
    const ini_key *found = ini_key_of(section, key);
    return found != NULL ? found->line : section->line;
}

/* Three numbers between full stops: "1.2.0". */
static bool is_version(const char *version)
{
    size_t numbers = 0;
    for (const char *at = version; numbers < 3; ++numbers, ++at) {
        const size_t digits = strspn(at, "0123456789");
        at += digits;
        if (digits == 0 || *at != (numbers < 2 ? '.' : '\0'))
            return false;
    }
    return true;
}

static bool read_abi(const char *value, unsigned *abi)
{
    const size_t digits = strspn(value, "0123456789");
    if (digits == 0 || digits > 9 || value[digits] != '\0')
        return false;
    *abi = (unsigned)strtoul(value, NULL, 10);
    return true;
}

static void read_plugin(const manifest_reader *reader, ini_section *section, const char *id,
                        const ini_file *file, manifest *out)
{
    const char *named = required_value(reader, section, "id", id);
    if (named[0] != '\0' && !text_is_id(text_of(named)))
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line_of(section, "id"), 0,
                  "\"%s\" is not an id; use a to z, 0 to 9 and _, a letter first, "
                  "at most 40 characters",
                  named);
    else if (named[0] != '\0' && strcmp(named, id) != 0)
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line_of(section, "id"), 0,
                  "the id is \"%s\" and the file is %s.so; give both the same name", named, id);

    out->version = required_value(reader, section, "version", "1.0.0");
    if (out->version[0] != '\0' && !is_version(out->version))
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line_of(section, "version"), 0,
                  "\"%s\" is not a version; write three numbers, for example 1.0.0", out->version);

    const char *abi = required_value(reader, section, "abi", "1");
    if (abi[0] != '\0' && !read_abi(abi, &out->abi))
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line_of(section, "abi"), 0,
                  "\"%s\" is not a plugin ABI; write the number of ASSAY_ABI in assay/plugin.h",
                  abi);

    out->practice_area = required_value(reader, section, "practice_area", "plans");
    if (out->practice_area[0] != '\0' && !text_is_id(text_of(out->practice_area)))
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line_of(section, "practice_area"), 0,
                  "\"%s\" is not the name of a practice area; use a to z, 0 to 9 and _, "
                  "a letter first, at most 40 characters",
                  out->practice_area);

    out->summary = required_value(reader, section, "summary", "What it measures, in one line");
    ini_refuse_unused(file, section, "a plugin", plugin_keys, PLUGIN_KEY_COUNT, FAULT_PLUGIN,
                      reader->errors);
}

/* The range of the measure's values: a flag has none of its own. */
static void read_result(const manifest_reader *reader, ini_section *section, manifest_measure *out)
{
    const char *result = required_value(reader, section, "result", "number");
    const char *range = ini_value(section, "range");

    out->result = ASSAY_FLAG;
    out->maximum = 1;
    if (result[0] == '\0' || !declaration_read_type(reader, line_of(section, "result"),
                                                    text_of(result), false, &out->result))
        return;
    if (out->result == ASSAY_FLAG) {
        if (range != NULL)
            error_add(reader->errors, FAULT_PLUGIN, reader->path, line_of(section, "range"), 0,
                      "a flag has no range; remove this line");
        return;
    }
    range = required_value(reader, section, "range", "0 .. 4000");
    if (range[0] != '\0')
        declaration_read_range(reader, line_of(section, "range"), text_of(range), &out->minimum,
                               &out->maximum);
}

static bool read_measure(const manifest_reader *reader, ini_section *section, const ini_file *file,
                         manifest_measure *out)
{
    out->name = section->name + strlen(measure_prefix);
    declaration_check_name(reader, section->line, "a measure", out->name);
    if (strlen(out->name) > MEASURE_NAME_SIZE)
        error_add(reader->errors, FAULT_PLUGIN, reader->path, section->line, 0,
                  "the measure's name \"%s\" is too long; use at most %d characters", out->name,
                  MEASURE_NAME_SIZE);

    out->help = required_value(reader, section, "help", "What it measures, and what 0 means");
    const char *unit = ini_value(section, "unit");
    out->unit = unit != NULL ? unit : "";
    read_result(reader, section, out);

    const char *calendar = ini_value(section, "calendar");
    if (calendar != NULL)
        declaration_read_flag(reader, line_of(section, "calendar"), text_of(calendar),
                              &out->uses_calendar);

    if (!manifest_read_inputs(reader, section, out) ||
        !manifest_read_parameters(reader, section, out))
        return false;
    ini_refuse_unused(file, section, "a measure", measure_keys, MEASURE_KEY_COUNT, FAULT_PLUGIN,
                      reader->errors);
    return true;
}

static bool is_measure(const ini_section *section)
{
    return strncmp(section->name, measure_prefix, strlen(measure_prefix)) == 0;
}

static void refuse_section(const manifest_reader *reader, const ini_section *section)
{
    static const char *const known[] = {"plugin", "measure"};

    /* "mesure.delay" is held against "measure": what comes after the point is anybody's name. */
    const text  head = {section->name, strcspn(section->name, ".")};
    const char *nearest = text_nearest(head, known, 2);
    error_add(reader->errors, FAULT_PLUGIN, reader->path, section->line, 0,
              "[%s] is not a section of a manifest; %s", section->name,
              nearest == NULL                  ? "there are [plugin] and [measure.NAME]"
              : strcmp(nearest, "plugin") == 0 ? "did you mean [plugin]?"
                                               : "did you mean [measure.NAME]?");
}

static bool read_measures(const manifest_reader *reader, const ini_file *file, manifest *out)
{
    size_t count = 0;
    for (size_t s = 0; s < file->section_count; ++s)
        count += is_measure(&file->sections[s]);
    if (count == 0) {
        error_add(reader->errors, FAULT_PLUGIN, reader->path, 0, 0,
                  "declares no measure; add a section [measure.NAME] for each");
        return true;
    }

    manifest_measure *measures = arena_array(&reader->memory->arena, count, sizeof *measures);
    if (measures == NULL)
        return false;
    out->measures = measures;
    out->measure_count = count;
    size_t at = 0;
    for (size_t s = 0; s < file->section_count; ++s)
        if (is_measure(&file->sections[s]) &&
            !read_measure(reader, &file->sections[s], file, &measures[at++]))
            return false;
    return true;
}

bool manifest_read(manifest *out, manifest_memory *memory, const char *path, const char *id,
                   const char *bytes, size_t size, error_list *errors)
{
    const manifest_reader reader = {path, memory, errors};
    const size_t          before = error_count(errors);
    ini_file              file = {0};

    out->version = out->practice_area = out->summary = "";
    out->abi = LOADER_NEWEST_ABI;
    bool readable = ini_read_bytes(&file, path, bytes, size, FAULT_PLUGIN, &memory->arena, errors);

    ini_section *head = ini_find(&file, "plugin");
    if (head != NULL)
        read_plugin(&reader, head, id, &file, out);
    else
        error_add(errors, FAULT_PLUGIN, path, 0, 0,
                  "has no [plugin] section; begin it with [plugin] and id = %s", id);

    if (manifest_abi_is_taken(out->abi)) {
        for (size_t s = 0; s < file.section_count; ++s)
            if (&file.sections[s] != head && !is_measure(&file.sections[s]))
                refuse_section(&reader, &file.sections[s]);
        if (!read_measures(&reader, &file, out))
            return error_memory(errors);
    }
    return readable && error_count(errors) == before;
}

void manifest_release(manifest_memory *memory)
{
    for (size_t t = 0; t < memory->table_count; ++t)
        spelling_free(memory->tables[t]);
    free(memory->tables);
    arena_free(&memory->arena);
    *memory = (manifest_memory){0};
}

const manifest_measure *manifest_find(const manifest *declared, text name)
{
    for (size_t m = 0; m < declared->measure_count; ++m) {
        const char *known = declared->measures[m].name;
        if (strlen(known) == name.size && memcmp(known, name.at, name.size) == 0)
            return &declared->measures[m];
    }
    return NULL;
}
