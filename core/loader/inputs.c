/* inputs.c - the inputs of a measure: "input.sent = date, required: the day it was sent". */
#include <stdlib.h>
#include <string.h>

#include "loader/declaration.h"

enum { CHOICE_MAX = 250 }; /* struct assay_input */

static const char input_prefix[] = "input.";
static const char choices_prefix[] = "choices.";

static bool read_input(const manifest_reader *reader, const ini_key *key, manifest_input *out)
{
    declaration parts;

    out->name = key->name + strlen(input_prefix);
    out->help = "";
    out->type = ASSAY_FLAG;
    declaration_check_name(reader, key->line, "an input", out->name);
    if (!declaration_cut(text_of(key->value), &parts)) {
        error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                  "input \"%s\" does not say its type and, after a colon, its help; write "
                  "for example: %s = date, required: the day it was sent",
                  out->name, key->name);
        return true;
    }

    declaration_read_type(reader, key->line, parts.type, true, &out->type);
    for (size_t a = 0; a < parts.attribute_count; ++a) {
        const text attribute = parts.attributes[a];
        if (declaration_is(attribute, "required"))
            out->required = true;
        else
            error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                      "\"%.*s\" is not said of an input; write \"required\" or nothing "
                      "after the type",
                      declaration_shown(attribute), attribute.at);
    }
    out->help = arena_text(&reader->memory->arena, parts.help.at, parts.help.size);
    return out->help != NULL;
}

/* Gives the manifest a new table to keep. NULL where memory is out. */
static spelling_table *new_table(manifest_memory *memory)
{
    if (memory->table_count == memory->table_capacity) {
        const size_t     capacity = memory->table_capacity * 2 + 8;
        spelling_table **grown = realloc(memory->tables, capacity * sizeof(spelling_table *));
        if (grown == NULL)
            return NULL;
        memory->tables = grown;
        memory->table_capacity = capacity;
    }

    spelling_table *table = spelling_new(SPELLING_NAME);
    if (table != NULL)
        memory->tables[memory->table_count++] = table;
    return table;
}

/* Enters "cp | child protection" as choice `value`, and writes it as "cp|child protection". */
static bool read_choice(const manifest_reader *reader, const ini_key *key, text entry,
                        uint8_t value, spelling_table *table, const char **out)
{
    char  *joined = arena_array(&reader->memory->arena, entry.size + 1, 1);
    size_t size = 0;
    if (joined == NULL)
        return false;

    *out = joined;
    do {
        const text            spelling = declaration_take(&entry, '|');
        const spelling_result added = spelling_add(table, spelling, value);
        if (added == SPELLING_NO_MEMORY)
            return false;
        if (spelling.size == 0 || added == SPELLING_UNREADABLE)
            error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                      "\"%.*s\" is no spelling of a choice; give each at least one letter",
                      declaration_shown(spelling), spelling.at);
        else if (added == SPELLING_TAKEN)
            error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                      "\"%.*s\" stands for two choices; keep it with one of them",
                      declaration_shown(spelling), spelling.at);
        if (size > 0)
            joined[size++] = '|';
        memcpy(joined + size, spelling.at, spelling.size);
        size += spelling.size;
    } while (entry.size > 0);
    return true;
}

static bool read_choices(const manifest_reader *reader, const ini_key *key, manifest_input *input)
{
    text   rest = text_of(key->value);
    size_t count = 1;
    for (size_t i = 0; i < rest.size; ++i)
        count += rest.at[i] == ',';

    const char    **choices = arena_array(&reader->memory->arena, count + 1, sizeof *choices);
    spelling_table *table = new_table(reader->memory);
    if (choices == NULL || table == NULL)
        return false;
    input->choices = choices;
    input->spellings = table;
    if (count > CHOICE_MAX) {
        error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                  "input \"%s\" has %zu choices; give it at most %d", input->name, count,
                  CHOICE_MAX);
        return true;
    }
    for (size_t c = 0; c < count; ++c)
        if (!read_choice(reader, key, declaration_take(&rest, ','), (uint8_t)c, table, &choices[c]))
            return false;
    return true;
}

static manifest_input *input_of_choices(const ini_key *key, manifest_input *inputs, size_t count)
{
    for (size_t i = 0; i < count; ++i)
        if (inputs[i].type == ASSAY_CHOICE &&
            strcmp(inputs[i].name, key->name + strlen(choices_prefix)) == 0)
            return &inputs[i];
    return NULL;
}

bool manifest_read_inputs(const manifest_reader *reader, ini_section *section,
                          manifest_measure *measure)
{
    const size_t    count = declaration_count(section, input_prefix);
    if (count > MANIFEST_INPUTS_MAX)
        error_add(reader->errors, FAULT_PLUGIN, reader->path, section->line, 0,
                  "[%s] has %zu inputs, a measure may have %d; make two measures of it",
                  section->name, count, (int)MANIFEST_INPUTS_MAX);
    manifest_input *inputs = arena_array(&reader->memory->arena, count + 1, sizeof *inputs);
    if (inputs == NULL)
        return false;

    measure->inputs = inputs;
    for (size_t k = 0; k < section->key_count; ++k) {
        ini_key *key = &section->keys[k];
        if (!declaration_begins(key, input_prefix))
            continue;
        key->used = true;
        if (!read_input(reader, key, &inputs[measure->input_count++]))
            return false;
    }

    for (size_t k = 0; k < section->key_count; ++k) {
        ini_key *key = &section->keys[k];
        if (!declaration_begins(key, choices_prefix))
            continue;
        key->used = true;
        manifest_input *input = input_of_choices(key, inputs, count);
        if (input == NULL)
            error_add(reader->errors, FAULT_PLUGIN, reader->path, key->line, 0,
                      "\"%s\" belongs to no input of type choice; add input.%s = choice: help, or "
                      "remove this line",
                      key->name, key->name + strlen(choices_prefix));
        else if (!read_choices(reader, key, input))
            return false;
    }

    for (size_t i = 0; i < count; ++i)
        if (inputs[i].type == ASSAY_CHOICE && inputs[i].choices == NULL)
            error_add(reader->errors, FAULT_PLUGIN, reader->path, section->line, 0,
                      "[%s] does not say the choices of input \"%s\"; add for example: "
                      "choices.%s = cin | child in need, cp | child protection",
                      section->name, inputs[i].name, inputs[i].name);
    return true;
}
