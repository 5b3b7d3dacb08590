/* parameters.c - the parameters of a measure:
 * "parameter.age_alone = number, default 4, range 0 .. 18, unit years: help". */
#include <string.h>

#include "loader/declaration.h"

static const char parameter_prefix[] = "parameter.";

/* The keys that every criterion has (grading.md 7): a parameter of that name could not be set. */
static bool is_criterion_key(const char *name)
{
    static const char *const taken[] = {
        "measure", "question", "guidance", "source",     "weight", "critical", "limit", "missing",
        "field",   "from",     "to",       "applies_if", "bands",  "yes",      "no",    "calendar"};
    for (size_t t = 0; t < sizeof taken / sizeof *taken; ++t)
        if (strcmp(taken[t], name) == 0)
            return true;
    return false;
}

static void refuse_attribute(const manifest_reader *reader, uint64_t line, text attribute,
                             enum assay_type type)
{
    if (type == ASSAY_FLAG)
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line, 0,
                  "\"%.*s\" is not said of a flag; write for example: default no",
                  declaration_shown(attribute), attribute.at);
    else
        error_add(reader->errors, FAULT_PLUGIN, reader->path, line, 0,
                  "\"%.*s\" is not said of a number; write for example: default 4, "
                  "range 0 .. 18, unit years",
                  declaration_shown(attribute), attribute.at);
}

/* Reads "default 4", "range 0 .. 18" or "unit years". False where memory is out. */
static bool read_attribute(const manifest_reader *reader, uint64_t line, text attribute,
                           manifest_parameter *out, bool *has_default, bool *has_range)
{
    text       rest = attribute;
    const text word = declaration_take(&rest, ' ');
    rest = text_trim(rest);
    if (declaration_is(word, "default")) {
        bool flag = false;
        *has_default = true;
        if (out->type == ASSAY_FLAG) {
            declaration_read_flag(reader, line, rest, &flag);
            out->standard = flag;
        } else if (!declaration_read_number(rest, &out->standard)) {
            error_add(reader->errors, FAULT_PLUGIN, reader->path, line, 0,
                      "\"%.*s\" is not a number; write for example: default 4",
                      declaration_shown(rest), rest.at);
        }
    } else if (declaration_is(word, "range") && out->type == ASSAY_NUMBER) {
        *has_range = declaration_read_range(reader, line, rest, &out->minimum, &out->maximum);
    } else if (declaration_is(word, "unit") && out->type == ASSAY_NUMBER && rest.size > 0) {
        out->unit = arena_text(&reader->memory->arena, rest.at, rest.size);
        return out->unit != NULL;
    } else {
        refuse_attribute(reader, line, attribute, out->type);
    }
    return true;
}

static bool read_parameter(const manifest_reader *reader, const ini_key *key,
                           manifest_parameter *out)
{
    declaration parts;
    bool        has_default = false;
    bool        has_range = false;

    out->name = key->name + strlen(parameter_prefix);
    out->help = out->unit = "";
    out->type = ASSAY_FLAG;
    out->maximum = 1;
    declaration_check_name(reader, key->line, "a parameter", out->name);
    if (is_criterion_key(out->name))
        error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                  "\"%s\" is a key of every criterion; give the parameter another name", out->name);
    if (!declaration_cut(text_of(key->value), &parts)) {
        error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                  "parameter \"%s\" does not say its type, default and, after a colon, its "
                  "help; write for example: %s = number, default 4, range 0 .. 18, "
                  "unit years: help",
                  out->name, key->name);
        return true;
    }
    if (!declaration_read_type(reader, key->line, parts.type, false, &out->type))
        return true;

    const size_t before = error_count(reader->errors);
    for (size_t a = 0; a < parts.attribute_count; ++a)
        if (!read_attribute(reader, key->line, parts.attributes[a], out, &has_default, &has_range))
            return false;
    if (error_count(reader->errors) == before) {
        if (!has_default || (out->type == ASSAY_NUMBER && !has_range))
            error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                      "parameter \"%s\" says no %s; add for example: %s", out->name,
                      has_default ? "range" : "default",
                      has_default               ? "range 0 .. 18"
                      : out->type == ASSAY_FLAG ? "default no"
                                                : "default 4");
        else if (out->standard < out->minimum || out->standard > out->maximum)
            error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                      "the default of parameter \"%s\" is not in its range; change one of them",
                      out->name);
    }
    out->help = arena_text(&reader->memory->arena, parts.help.at, parts.help.size);
    return out->help != NULL;
}

bool manifest_read_parameters(const manifest_reader *reader, ini_section *section,
                              manifest_measure *measure)
{
    const size_t        count = declaration_count(section, parameter_prefix);
    manifest_parameter *parameters =
        arena_array(&reader->memory->arena, count + 1, sizeof *parameters);
    if (parameters == NULL)
        return false;

    measure->parameters = parameters;
    for (size_t k = 0; k < section->key_count; ++k) {
        ini_key *key = &section->keys[k];
        if (!declaration_begins(key, parameter_prefix))
            continue;
        key->used = true;
        if (!read_parameter(reader, key, &parameters[measure->parameter_count++]))
            return false;
    }
    return true;
}
