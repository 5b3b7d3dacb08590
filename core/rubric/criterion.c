/* criterion.c - one question of a rubric: [criterion.ID] (grading.md 4, 5 and 7). */
#include <stdio.h>
#include <string.h>

#include "rubric/reading.h"

enum { STANDARD_WEIGHT = 1, WEIGHT_MAX = 1000 };

static const char *const common_keys[] = {"measure",  "question", "guidance", "source",    "weight",
                                          "critical", "limit",    "missing",  "applies_if"};
static const char *const measure_keys[] = {"field", "from", "to", "calendar", "bands", "yes", "no"};
enum {
    COMMON_COUNT = sizeof common_keys / sizeof common_keys[0],
    MEASURE_KEY_COUNT = sizeof measure_keys / sizeof measure_keys[0]
};

static void read_weight(reading *from, ini_section *section, criterion *out)
{
    const ini_key *key = ini_key_of(section, "weight");

    out->weight = STANDARD_WEIGHT;
    if (key != NULL && !number_whole(text_of(key->value), WEIGHT_MAX, &out->weight))
        RUBRIC_FAULT(from, key->line,
                     "weight \"%.*s\" is not a whole number from 0 to 1000; write one",
                     SHOWN(text_of(key->value)));
}

/* missing = ignore | LEVEL */
static void read_missing(reading *from, ini_section *section, criterion *out)
{
    const ini_key *key = ini_key_of(section, "missing");

    out->if_missing = LEVEL_NONE;
    if (key != NULL && !text_same_name(text_of(key->value), text_of("ignore")))
        out->if_missing = reading_level(from, text_of(key->value), key->line);
}

static level read_flag_level(reading *from, ini_section *section, const char *name, level standard)
{
    const ini_key *key = ini_key_of(section, name);
    return key == NULL ? standard : reading_level(from, text_of(key->value), key->line);
}

/* yes = LEVEL, no = LEVEL: by default the highest but one, and the lowest. */
static void read_flag(reading *from, ini_section *section, criterion *out)
{
    const size_t count = from->out->scale.count;

    out->gives_flag = true;
    out->yes = read_flag_level(from, section, "yes", (level)(count - 2));
    out->no = read_flag_level(from, section, "no", 0);
    if (count == 2 && ini_key_of(section, "yes") == NULL && ini_key_of(section, "no") == NULL)
        error_add(from->errors, FAULT_NOTICE, from->file.file, section->line, 0,
                  "with two levels, yes and no both give \"%s\"; add \"yes = %s\"",
                  from->out->scale.ids[0], from->out->scale.ids[1]);
}

/* What turns the measure's value into a level. */
static bool read_values(reading *from, ini_section *section, const measure_shape *shape,
                        criterion *out)
{
    const ini_key *bands = ini_key_of(section, "bands");
    const ini_key *yes = ini_key_of(section, "yes");
    const ini_key *no = ini_key_of(section, "no");

    out->values_line = bands != NULL ? bands->line
                       : no != NULL  ? no->line
                       : yes != NULL ? yes->line
                                     : section->line;
    if (shape->gives == GIVES_FLAG)
        read_flag(from, section, out);
    if (bands != NULL && shape->gives != GIVES_LEVEL && shape->gives != GIVES_FLAG)
        return bands_read(from, bands, out);
    if (bands == NULL && shape->gives == GIVES_NUMBER && from->whole)
        RUBRIC_FAULT(from, section->line,
                     "the criterion has no \"bands\", which turn its number into a level; add the "
                     "line \"bands = ...\"");
    return true;
}

/* Every key that the criterion may have, for a suggestion. NULL where memory is out. */
static const char **known_keys(reading *from, const measure_shape *shape, size_t *count)
{
    const manifest_measure *declared = shape->declared;
    const size_t            inputs = declared != NULL ? declared->input_count : 0;
    const size_t            parameters = declared != NULL ? declared->parameter_count : 0;
    const size_t            most = COMMON_COUNT + MEASURE_KEY_COUNT + inputs + parameters;
    const char            **known = arena_array(&from->out->memory, most, sizeof *known);
    if (known == NULL)
        return NULL;
    size_t at = 0;
    for (size_t i = 0; i < COMMON_COUNT; i++)
        known[at++] = common_keys[i];
    for (size_t i = 0; i < MEASURE_KEY_COUNT; i++)
        if (shape->gives == GIVES_UNKNOWN || measure_takes(shape, measure_keys[i]))
            known[at++] = measure_keys[i];
    for (size_t i = 0; i < parameters; i++)
        known[at++] = declared->parameters[i].name;
    for (size_t i = 0; i < inputs; i++) {
        const size_t size = sizeof "input." + strlen(declared->inputs[i].name);
        char        *name = arena_array(&from->out->memory, size, 1);
        if (name == NULL)
            return NULL;
        snprintf(name, size, "input.%s", declared->inputs[i].name);
        known[at++] = name;
    }
    *count = at;
    return known;
}

static bool is_parameter(const measure_shape *shape, const char *name)
{
    for (size_t i = 0; shape->declared != NULL && i < shape->declared->parameter_count; i++)
        if (strcmp(shape->declared->parameters[i].name, name) == 0)
            return true;
    return false;
}

/* Keys that are right for another measure are told as that, the rest as unknown. */
static bool refuse_unknown(reading *from, ini_section *section, const measure_shape *shape,
                           const criterion *out)
{
    for (size_t i = 0; i < MEASURE_KEY_COUNT; i++) {
        const char    *name = measure_keys[i];
        const ini_key *key = ini_key_of(section, name);
        if (key == NULL || shape->gives == GIVES_UNKNOWN || measure_takes(shape, name) ||
            is_parameter(shape, name))
            continue;
        RUBRIC_FAULT(from, key->line, "\"%s\" does not go with measure = %s; remove the line", name,
                     out->measure_name);
    }
    /* Nobody knows which keys the measure of an absent plugin takes. */
    if (shape->foreign)
        return true;
    size_t       count = 0;
    const char **known = known_keys(from, shape, &count);
    if (known == NULL)
        return error_memory(from->errors);
    ini_refuse_unused(&from->file, section, "a criterion", known, count, FAULT_RUBRIC,
                      from->errors);
    return true;
}

bool criterion_read(reading *from, ini_section *section, criterion *out)
{
    measure_shape  shape;
    const ini_key *applies;

    out->id = section->name + strlen("criterion.");
    out->line = section->line;
    out->question = reading_optional(section, "question");
    out->guidance = reading_optional(section, "guidance");
    out->source = reading_optional(section, "source");
    if (!text_is_id(text_of(out->id)))
        RUBRIC_FAULT(from, section->line,
                     "[%s] has no proper id; use small letters, digits and underscores, a letter "
                     "first, at most 40 characters",
                     section->name);
    if (!measure_read(from, section, out, &shape) || !read_values(from, section, &shape, out))
        return false;
    read_weight(from, section, out);
    read_missing(from, section, out);
    out->critical = reading_yes_no(from, section, "critical", false);
    if (!limits_read(from, ini_key_of(section, "limit"), ini_key_of(section, "critical"), out))
        return false;
    applies = ini_key_of(section, "applies_if");
    if (applies != NULL && !applies_read(from, applies, out))
        return false;
    return refuse_unknown(from, section, &shape, out);
}
