/* measure.c - how a criterion gets its value from a record (grading.md 4): a built-in measure, or
 * one that a plugin declares. */
#include <stdio.h>
#include <string.h>

#include "rubric/reading.h"

static const struct {
    const char     *name;
    measure_kind    kind;
    measure_result  gives;
    const char     *unit;
    const char     *inputs[2];
    size_t          input_count;
    enum input_type type;
} built_in[] = {
    {"rating", MEASURE_RATING, GIVES_LEVEL, "", {"field"}, 1, INPUT_LEVEL},
    {"yes_no", MEASURE_YES_NO, GIVES_FLAG, "", {"field"}, 1, INPUT_FLAG},
    {"number", MEASURE_NUMBER, GIVES_NUMBER, "", {"field"}, 1, INPUT_NUMBER},
    {"days", MEASURE_DAYS, GIVES_NUMBER, "days", {"from", "to"}, 2, INPUT_DATE},
    {"working_days",
     MEASURE_WORKING_DAYS,
     GIVES_NUMBER,
     "working days",
     {"from", "to"},
     2,
     INPUT_DATE},
};
enum { BUILT_IN_COUNT = sizeof built_in / sizeof built_in[0] };

static const char standard_calendar[] = "england";

bool measure_takes(const measure_shape *shape, const char *key)
{
    if (strcmp(key, "bands") == 0)
        return shape->gives == GIVES_NUMBER;
    if (strcmp(key, "yes") == 0 || strcmp(key, "no") == 0)
        return shape->gives == GIVES_FLAG;
    if (shape->kind == MEASURE_PLUGIN)
        return strcmp(key, "calendar") == 0 && shape->declared != NULL &&
               shape->declared->uses_calendar;
    if (strcmp(key, "calendar") == 0)
        return shape->kind == MEASURE_WORKING_DAYS;
    for (size_t i = 0; i < BUILT_IN_COUNT; i++)
        if (built_in[i].kind == shape->kind)
            return strcmp(key, built_in[i].inputs[0]) == 0 ||
                   (built_in[i].input_count > 1 && strcmp(key, built_in[i].inputs[1]) == 0);
    return false;
}

/* ---- Calendars -------------------------------------------------------------- */

/* Says which calendars there are, joined by commas. */
static void calendar_names(const rubric_context *context, char *out, size_t size)
{
    size_t used = 0;

    snprintf(out, size, "none");
    for (size_t i = 0; i < context->calendar_count && used < size; i++) {
        const int wrote =
            snprintf(out + used, size - used, "%s%s", i > 0 ? ", " : "", context->calendars[i]->id);
        if (wrote < 0)
            return;
        used += (size_t)wrote;
    }
}

static void read_calendar(reading *from, ini_section *section, criterion *out)
{
    const ini_key *key = ini_key_of(section, "calendar");
    const char    *id = key != NULL ? key->value : standard_calendar;

    for (size_t i = 0; i < from->context->calendar_count; i++) {
        if (strcmp(from->context->calendars[i]->id, id) == 0) {
            out->calendar = from->context->calendars[i];
            return;
        }
    }
    char names[256];
    calendar_names(from->context, names, sizeof names);
    RUBRIC_FAULT(from, key != NULL ? key->line : section->line,
                 "there is no calendar \"%.*s\"%s; use one of those there are (%s), or add "
                 "calendars/%.*s.ini to a rubric folder",
                 SHOWN(text_of(id)), key != NULL ? "" : " (the default)", names,
                 SHOWN(text_of(id)));
}

/* ---- Built-in measures ------------------------------------------------------ */

static const char *input_field(reading *from, ini_section *section, const char *name,
                               const char *standard)
{
    const ini_key *key = ini_key_of(section, name);

    if (key != NULL && *key->value == '\0')
        RUBRIC_FAULT(from, key->line, "\"%s\" is empty; name the field of the record that it reads",
                     name);
    else if (key != NULL)
        return key->value;
    else if (standard == NULL && from->whole)
        RUBRIC_FAULT(from, section->line,
                     "the criterion has no \"%s\"; add \"%s = \" and the field with that date",
                     name, name);
    return standard != NULL ? standard : "";
}

static bool read_built_in(reading *from, ini_section *section, size_t which, criterion *out)
{
    const size_t     count = built_in[which].input_count;
    criterion_input *inputs = arena_array(&from->out->memory, count, sizeof *inputs);
    if (inputs == NULL)
        return error_memory(from->errors);

    for (size_t i = 0; i < count; i++) {
        inputs[i].name = built_in[which].inputs[i];
        inputs[i].type = built_in[which].type;
        inputs[i].field = input_field(from, section, inputs[i].name, count == 1 ? out->id : NULL);
        inputs[i].spellings = inputs[i].type == INPUT_LEVEL ? from->out->scale.spellings : NULL;
    }
    out->kind = built_in[which].kind;
    out->unit = built_in[which].unit;
    out->inputs = inputs;
    out->input_count = count;
    if (out->kind == MEASURE_WORKING_DAYS)
        read_calendar(from, section, out);
    return true;
}

/* ---- Plugin measures -------------------------------------------------------- */

bool measure_plugin(reading *from, text id, const manifest **out)
{
    const plugin_set *plugins = from->context->plugins;
    const manifest   *found = plugins != NULL ? loader_find(plugins, id) : NULL;

    *out = found != NULL && found->refusal == NULL ? found : NULL;
    if (*out != NULL || from->out->unusable != NULL)
        return true;
    static const char absent[] = "not found in the plugin folders; install it, or name its folder "
                                 "with --plugin-path";
    const char       *why = found != NULL ? found->refusal : absent;
    const size_t      size = sizeof "plugin : " + id.size + strlen(why);
    char             *unusable = arena_array(&from->out->memory, size, 1);
    if (unusable == NULL)
        return error_memory(from->errors);
    snprintf(unusable, size, "plugin %.*s: %s", (int)id.size, id.at, why);
    from->out->unusable = unusable;
    return true;
}

static bool read_plugin_inputs(reading *from, ini_section *section,
                               const manifest_measure *declared, criterion *out)
{
    if (declared->input_count == 0)
        return true;
    criterion_input *inputs =
        arena_array(&from->out->memory, declared->input_count, sizeof *inputs);
    if (inputs == NULL)
        return error_memory(from->errors);

    for (size_t i = 0; i < declared->input_count; i++) {
        const manifest_input *input = &declared->inputs[i];
        char                  key[sizeof "input." + 64];
        snprintf(key, sizeof key, "input.%s", input->name);
        inputs[i].name = input->name;
        inputs[i].field = input_field(from, section, key, input->name);
        inputs[i].spellings = input->spellings;
        switch (input->type) {
        case ASSAY_FLAG:
            inputs[i].type = INPUT_FLAG;
            break;
        case ASSAY_NUMBER:
            inputs[i].type = INPUT_NUMBER;
            break;
        case ASSAY_DATE:
            inputs[i].type = INPUT_DATE;
            break;
        case ASSAY_DATES:
            inputs[i].type = INPUT_DATES;
            break;
        case ASSAY_CHOICE:
            inputs[i].type = INPUT_CHOICE;
            break;
        }
    }
    out->inputs = inputs;
    out->input_count = declared->input_count;
    return true;
}

static double read_parameter(reading *from, ini_section *section,
                             const manifest_parameter *declared)
{
    const ini_key *key = ini_key_of(section, declared->name);

    if (declared->type == ASSAY_FLAG)
        return reading_yes_no(from, section, declared->name, declared->standard != 0) ? 1 : 0;
    if (key == NULL)
        return declared->standard;
    double     value = 0;
    const text written = text_of(key->value);
    if (number_decimal(written, &value) && value >= declared->minimum && value <= declared->maximum)
        return value;
    RUBRIC_FAULT(from, key->line, "%s \"%.*s\" is not a number from %.15g to %.15g; write one%s%s",
                 declared->name, SHOWN(written), declared->minimum, declared->maximum,
                 *declared->unit != '\0' ? ", in " : "", declared->unit);
    return declared->standard;
}

static bool read_parameters(reading *from, ini_section *section, const manifest_measure *declared,
                            criterion *out)
{
    if (declared->parameter_count == 0)
        return true;
    double *values = arena_array(&from->out->memory, declared->parameter_count, sizeof *values);
    if (values == NULL)
        return error_memory(from->errors);
    for (size_t i = 0; i < declared->parameter_count; i++)
        values[i] = read_parameter(from, section, &declared->parameters[i]);
    out->parameters = values;
    return true;
}

/* Refuses a measure that the plugin does not have, with the nearest that it has. */
static bool refuse_measure(reading *from, const manifest *held, text name, uint64_t line)
{
    const size_t count = held->measure_count;
    const char **names = arena_array(&from->out->memory, count + 1, sizeof *names);
    if (names == NULL)
        return error_memory(from->errors);
    for (size_t i = 0; i < count; i++)
        names[i] = held->measures[i].name;
    const char *nearest = text_nearest(name, names, count);
    if (nearest != NULL)
        RUBRIC_FAULT(from, line, "plugin %s has no measure \"%.*s\"; did you mean \"%s.%s\"?",
                     held->id, SHOWN(name), held->id, nearest);
    else
        RUBRIC_FAULT(
            from, line,
            "plugin %s has no measure \"%.*s\"; \"assay plugin info %s\" lists those it has",
            held->id, SHOWN(name), held->id);
    return true;
}

/* measure = PLUGIN.NAME */
static bool read_foreign(reading *from, ini_section *section, text plugin_id, text name,
                         uint64_t line, criterion *out, measure_shape *shape)
{
    const manifest *held;

    shape->kind = MEASURE_PLUGIN;
    out->kind = MEASURE_PLUGIN;
    if (!measure_plugin(from, plugin_id, &held))
        return false;
    shape->foreign = held == NULL;
    if (held == NULL)
        return true;
    const manifest_measure *declared = manifest_find(held, name);
    if (declared == NULL) {
        shape->foreign = true;
        return refuse_measure(from, held, name, line);
    }
    shape->declared = declared;
    shape->gives = declared->result == ASSAY_FLAG ? GIVES_FLAG : GIVES_NUMBER;
    out->plugin = held;
    out->plugin_measure = (size_t)(declared - held->measures);
    out->unit = declared->unit;
    if (declared->uses_calendar)
        read_calendar(from, section, out);
    return read_plugin_inputs(from, section, declared, out) &&
           read_parameters(from, section, declared, out);
}

/* ---- Any measure ------------------------------------------------------------ */

static void refuse_name(reading *from, text name, uint64_t line)
{
    const char *names[BUILT_IN_COUNT];
    for (size_t i = 0; i < BUILT_IN_COUNT; i++)
        names[i] = built_in[i].name;
    const char *nearest = text_nearest(name, names, BUILT_IN_COUNT);
    if (nearest != NULL)
        RUBRIC_FAULT(from, line, "\"%.*s\" is not a measure; did you mean \"%s\"?", SHOWN(name),
                     nearest);
    else
        RUBRIC_FAULT(
            from, line,
            "\"%.*s\" is not a measure; use rating, yes_no, number, days, working_days or a "
            "plugin's, written PLUGIN.NAME",
            SHOWN(name));
}

bool measure_read(reading *from, ini_section *section, criterion *out, measure_shape *shape)
{
    *shape = (measure_shape){.gives = GIVES_UNKNOWN};
    out->unit = "";
    out->measure_name = "";
    const char *written = reading_required(from, section, "the criterion", "measure");
    if (written == NULL)
        return true;
    out->measure_name = written;
    const text name = text_of(written);
    for (size_t i = 0; i < BUILT_IN_COUNT; i++) {
        if (strcmp(written, built_in[i].name) == 0) {
            shape->kind = built_in[i].kind;
            shape->gives = built_in[i].gives;
            return read_built_in(from, section, i, out);
        }
    }
    const uint64_t line = ini_key_of(section, "measure")->line;
    text           plugin_id, measure_name;
    if (reading_split(name, ".", &plugin_id, &measure_name) && text_is_id(plugin_id) &&
        text_is_id(measure_name))
        return read_foreign(from, section, plugin_id, measure_name, line, out, shape);
    refuse_name(from, name, line);
    return true;
}
