/* column_map.c - form questions to field names, answers to values.
 *
 *     [columns]
 *     plan_quality = Q4. How good is the plan?     FIELD = heading in the file
 *     Q5 Was the child seen = child_seen           or heading = FIELD
 *
 *     [values.child_seen]
 *     yes = Yes, alone | Yes, with others          VALUE = answers
 *     Could not be established = missing           or answer = VALUE
 *
 * Which way round a line of [columns] is, the file tells: the side that names one of its columns
 * is the heading; the right side where both do, or where the left side alone is written as the
 * names of fields are (small letters, digits, underscores). Which way round a line of
 * [values.FIELD] is, its words tell: it is "answer = VALUE" where the right side is a level of
 * the Ofsted scale or a word for yes, no, missing or not applicable, and the left side is none
 * of these.
 * Levels of a scale of one's own are written as VALUE = answers. */
#include "records/column_map.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/ini.h"
#include "records/words.h"

enum { VALUES_MAX = 251 }; /* as many as a spelling_table has numbers */

static const char values_prefix[] = "values.";

struct column_map {
    arena        memory;
    ini_file     file;
    column_name *names;
    size_t       name_count;
    answer_list *lists;
    size_t       list_count;
};

/* The Ofsted scale as records write it (grading.md 2). */
static const char *const ofsted_levels[] = {
    "inadequate",
    "requires improvement",
    "requires improvement to be good",
    "good",
    "outstanding",
    "RI",
    "RI2BG",
    "O",
    "G",
    "I",
};

static bool is_readable_value(text value)
{
    for (size_t i = 0; i < sizeof ofsted_levels / sizeof *ofsted_levels; i++) {
        if (text_same_name(text_of(ofsted_levels[i]), value)) {
            return true;
        }
    }
    return word_of_name(value) != NULL;
}

static void add_fault(const column_map *map, uint64_t line, error_list *errors, const char *name,
                      const char *wrong)
{
    error_add(errors, FAULT_RUBRIC, map->file.file, line, 0, "\"%s\" %s", name, wrong);
}

static bool read_columns(column_map *map, const ini_section *section, error_list *errors)
{
    map->names = arena_array(&map->memory, section->key_count, sizeof *map->names);
    if (map->names == NULL) {
        return error_memory(errors);
    }
    for (size_t i = 0; i < section->key_count; i++) {
        const ini_key *key = &section->keys[i];
        if (*key->value == '\0') {
            add_fault(map, key->line, errors, key->name,
                      "stands for nothing; write FIELD = heading in the file");
            continue;
        }
        map->names[map->name_count++] = (column_name){key->name, key->value, key->line};
    }
    return true;
}

/* The number of a value of the list, added if it is new; VALUES_MAX where there are too many. */
static size_t number_of_value(answer_list *list, const char *value, uint64_t line)
{
    const char *word = word_of_name(text_of(value));
    if (word != NULL) {
        value = word;
    }
    size_t number = 0;
    while (number < list->count && strcmp(list->values[number], value) != 0) {
        number++;
    }
    if (number == list->count && number < VALUES_MAX) {
        list->values[number] = value;
        list->lines[number] = line;
        list->count++;
    }
    return number;
}

/* False where memory is out. */
static bool add_answer(const column_map *map, answer_list *list, text answer, size_t number,
                       uint64_t line, error_list *errors)
{
    switch (spelling_add(list->answers, answer, (uint8_t)number)) {
    case SPELLING_ADDED:
        return true;
    case SPELLING_NO_MEMORY:
        return error_memory(errors);
    case SPELLING_TAKEN:
        error_add(errors, FAULT_RUBRIC, map->file.file, line, 0,
                  "\"%.*s\" is an answer for two values; keep one of them", (int)answer.size,
                  answer.at);
        return true;
    case SPELLING_UNREADABLE:
        break;
    }
    error_add(errors, FAULT_RUBRIC, map->file.file, line, 0,
              "an answer cannot be read; shorten it to 1,000 letters");
    return true;
}

static bool read_line(const column_map *map, answer_list *list, const ini_key *key,
                      error_list *errors)
{
    text   left = text_of(key->name);
    text   right = text_trim(text_of(key->value));
    bool   reversed = !is_readable_value(left) && is_readable_value(right);
    size_t number = number_of_value(list, reversed ? key->value : key->name, key->line);
    if (number == VALUES_MAX) {
        error_add(errors, FAULT_RUBRIC, map->file.file, key->line, 0,
                  "a field has more than %d values; take some out", (int)VALUES_MAX);
        return true;
    }
    if (reversed) {
        return add_answer(map, list, left, number, key->line, errors);
    }
    bool any = false;
    while (right.size > 0) {
        const char *bar = memchr(right.at, '|', right.size);
        size_t      size = bar != NULL ? (size_t)(bar - right.at) : right.size;
        text        answer = text_trim((text){right.at, size});
        size_t      taken = bar != NULL ? size + 1 : size;
        right.at += taken;
        right.size -= taken;
        if (answer.size > 0) {
            any = true;
            if (!add_answer(map, list, answer, number, key->line, errors)) {
                return false;
            }
        }
    }
    if (!any) {
        add_fault(map, key->line, errors, key->name,
                  "has no answers; write VALUE = answer | answer");
    }
    return true;
}

static bool read_answers(column_map *map, const ini_section *section, error_list *errors)
{
    const char *field = section->name + strlen(values_prefix);
    for (size_t i = 0; i < map->list_count; i++) {
        if (text_same_name(text_of(map->lists[i].field), text_of(field))) {
            error_add(errors, FAULT_RUBRIC, map->file.file, section->line, 0,
                      "[%s] is there already, on line %" PRIu64 "; make them one", section->name,
                      map->lists[i].line);
            return true;
        }
    }
    answer_list *list = &map->lists[map->list_count];
    list->field = field;
    list->line = section->line;
    list->values = arena_array(&map->memory, section->key_count, sizeof *list->values);
    list->lines = arena_array(&map->memory, section->key_count, sizeof *list->lines);
    list->answers = spelling_new(SPELLING_CASE);
    map->list_count++;
    if (list->values == NULL || list->lines == NULL || list->answers == NULL) {
        return error_memory(errors);
    }
    for (size_t i = 0; i < section->key_count; i++) {
        if (!read_line(map, list, &section->keys[i], errors)) {
            return false;
        }
    }
    return true;
}

static void refuse_section(const column_map *map, const ini_section *section, error_list *errors)
{
    static const char *const known[] = {"columns", "values", "values.FIELD"};
    const char              *dot = strchr(section->name, '.');
    text                     start = {section->name,
                  dot != NULL ? (size_t)(dot - section->name) : strlen(section->name)};
    const char              *nearest = text_nearest(start, known, sizeof known / sizeof *known);
    if (nearest != NULL && strcmp(nearest, "columns") == 0) {
        error_add(errors, FAULT_RUBRIC, map->file.file, section->line, 0,
                  "[%s] is not a section of a column map; did you mean [columns]?", section->name);
    } else if (nearest != NULL) {
        error_add(errors, FAULT_RUBRIC, map->file.file, section->line, 0,
                  "[%s] is not a section of a column map; did you mean [values.%s]?", section->name,
                  dot != NULL && dot[1] != '\0' ? dot + 1 : "FIELD");
    } else {
        error_add(errors, FAULT_RUBRIC, map->file.file, section->line, 0,
                  "[%s] is not a section of a column map; there are [columns] and "
                  "[values.FIELD]",
                  section->name);
    }
}

static bool read_sections(column_map *map, error_list *errors)
{
    map->lists = arena_array(&map->memory, map->file.section_count, sizeof *map->lists);
    if (map->lists == NULL) {
        return error_memory(errors);
    }
    size_t prefix = strlen(values_prefix);
    for (size_t i = 0; i < map->file.section_count; i++) {
        const ini_section *section = &map->file.sections[i];
        if (strcmp(section->name, "columns") == 0) {
            if (!read_columns(map, section, errors)) {
                return false;
            }
        } else if (strncmp(section->name, values_prefix, prefix) == 0 &&
                   section->name[prefix] != '\0') {
            if (!read_answers(map, section, errors)) {
                return false;
            }
        } else {
            refuse_section(map, section, errors);
        }
    }
    return true;
}

/* Finishes a map whose file was read, or frees it where there was a fault. */
static column_map *finish(column_map *map, bool fine, error_list *errors, size_t before)
{
    fine = fine && read_sections(map, errors) && error_count(errors) == before &&
           !errors->out_of_memory;
    if (!fine) {
        column_map_free(map);
        return NULL;
    }
    return map;
}

static column_map *new_map(error_list *errors)
{
    column_map *map = calloc(1, sizeof *map);
    if (map == NULL) {
        error_memory(errors);
    }
    return map;
}

column_map *column_map_read(const char *path, error_list *errors)
{
    size_t      before = error_count(errors);
    column_map *map = new_map(errors);
    if (map == NULL) {
        return NULL;
    }
    bool fine = ini_read_file(&map->file, path, FAULT_RUBRIC, &map->memory, errors);
    return finish(map, fine, errors, before);
}

column_map *column_map_read_bytes(const char *name, const char *bytes, size_t size,
                                  error_list *errors)
{
    size_t      before = error_count(errors);
    column_map *map = new_map(errors);
    if (map == NULL) {
        return NULL;
    }
    bool fine = ini_read_bytes(&map->file, name, bytes, size, FAULT_RUBRIC, &map->memory, errors);
    return finish(map, fine, errors, before);
}

void column_map_free(column_map *map)
{
    if (map == NULL) {
        return;
    }
    for (size_t i = 0; i < map->list_count; i++) {
        spelling_free(map->lists[i].answers);
    }
    arena_free(&map->memory);
    free(map);
}

const char *column_map_file(const column_map *map)
{
    return map->file.file;
}

const column_name *column_map_names(const column_map *map, size_t *count)
{
    *count = map->name_count;
    return map->names;
}

const answer_list *column_map_answers(const column_map *map, size_t *count)
{
    *count = map->list_count;
    return map->lists;
}

text answer_translate(const answer_list *list, text value)
{
    int number = spelling_find(list->answers, value);
    return number != SPELLING_NONE ? text_of(list->values[number]) : value;
}
