/* names.c - the columns' field names: their headings, or what the column map says. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "records/reader.h"

enum { UNNAMED = 0 }; /* by the map */

/* A column under its field's name, text_fold_name(). */
typedef struct {
    text   name;
    size_t column;
} folded_name;

/* What is known of each column while names are given. */
typedef struct {
    records          *records;
    const column_map *map;
    const char       *map_file;
    uint64_t         *named_on; /* [column]: line of the map, or UNNAMED */
    error_list       *errors;
} naming;

/* The column with that heading: letter by letter if there is one, else as a name. */
static size_t find_heading(const records *opened, text heading)
{
    if (heading.size == 0) {
        return COLUMN_NONE;
    }
    for (size_t i = 0; i < opened->column_count; i++) {
        text other = text_of(opened->columns[i].heading);
        if (other.size == heading.size && memcmp(other.at, heading.at, other.size) == 0) {
            return i;
        }
    }
    for (size_t i = 0; i < opened->column_count; i++) {
        if (text_same_name(text_of(opened->columns[i].heading), heading)) {
            return i;
        }
    }
    return COLUMN_NONE;
}

/* Says that the file has no such column, and which is nearest. */
static void note_no_column(const naming *giving, uint64_t line, text name)
{
    const records *opened = giving->records;
    const char    *nearest = NULL;
    const char   **headings = calloc(opened->column_count, sizeof *headings);
    if (headings != NULL) {
        for (size_t i = 0; i < opened->column_count; i++) {
            const char *heading = opened->columns[i].heading;
            headings[i] = *heading != '\0' ? heading : NULL;
        }
        nearest = text_nearest(name, headings, opened->column_count);
    }
    if (nearest != NULL) {
        error_add(giving->errors, FAULT_NOTICE, giving->map_file, line, 0,
                  "no column \"%.*s\" in %s; nearest is \"%s\"", (int)name.size, name.at,
                  opened->name, nearest);
    } else {
        error_add(giving->errors, FAULT_NOTICE, giving->map_file, line, 0,
                  "no column \"%.*s\" in %s; the line has no effect", (int)name.size, name.at,
                  opened->name);
    }
    free(headings);
}

/* FIELD = heading, or heading = FIELD where only the key is a heading of the file. A key that
 * is written as fields are beside a value that is not is a field: its heading is misspelt. */
static bool apply_name(naming *giving, const column_name *name)
{
    text   key = text_of(name->key);
    text   value = text_of(name->value);
    text   field = key;
    size_t nth = find_heading(giving->records, value);
    if (nth == COLUMN_NONE && (text_is_id(value) || !text_is_id(key))) {
        field = value;
        nth = find_heading(giving->records, key);
    }
    if (nth == COLUMN_NONE) {
        note_no_column(giving, name->line, text_is_id(key) ? value : key);
        return true;
    }
    header_column *named = &giving->records->columns[nth];
    if (giving->named_on[nth] != UNNAMED) {
        error_add(giving->errors, FAULT_RUBRIC, giving->map_file, name->line, 0,
                  "the column \"%s\" has a field name already, from line %" PRIu64
                  "; keep one of the two",
                  named->heading, giving->named_on[nth]);
        return true;
    }
    giving->named_on[nth] = name->line;
    named->field_line = name->line;
    named->field = arena_text(&giving->records->memory, field.at, field.size);
    return named->field != NULL;
}

static int compare_names(const void *left, const void *right)
{
    const folded_name *a = left;
    const folded_name *b = right;
    size_t             size = a->name.size < b->name.size ? a->name.size : b->name.size;
    int                order = size > 0 ? memcmp(a->name.at, b->name.at, size) : 0;
    if (order == 0) {
        order = (a->name.size > b->name.size) - (a->name.size < b->name.size);
    }
    return order != 0 ? order : (a->column > b->column) - (a->column < b->column);
}

/* Fills `names` with the columns that have a field name, sorted. False where memory is out. */
static bool fold_names(const naming *giving, arena *memory, folded_name *names, size_t *count)
{
    const records *opened = giving->records;
    *count = 0;
    for (size_t i = 0; i < opened->column_count; i++) {
        text   field = text_of(opened->columns[i].field);
        size_t room = field.size * 3; /* folding at most trebles it */
        char  *folded = field.size > 0 ? arena_array(memory, room, 1) : NULL;
        if (field.size > 0 && folded == NULL) {
            return false;
        }
        size_t size = field.size > 0 ? text_fold_name(field, folded, room) : 0;
        if (size > 0 && size != SIZE_MAX) {
            names[(*count)++] = (folded_name){{folded, size}, i};
        }
    }
    qsort(names, *count, sizeof *names, compare_names);
    return true;
}

/* Columns of one name: one that the map names takes the name from those that it does not. */
static void settle_name(naming *giving, const folded_name *names, size_t count)
{
    records *opened = giving->records;
    size_t   named = 0;
    for (size_t i = 0; i < count; i++) {
        named += giving->named_on[names[i].column] != UNNAMED;
    }
    if (count > 1 && named != 1) {
        error_add(giving->errors, FAULT_INPUT, opened->name, opened->header_line,
                  names[1].column + 1,
                  "columns %zu and %zu are both called \"%s\"; rename one of them, or say in a "
                  "column map which one is meant",
                  names[0].column + 1, names[1].column + 1, opened->columns[names[0].column].field);
        return;
    }
    for (size_t i = 0; count > 1 && i < count; i++) {
        if (giving->named_on[names[i].column] == UNNAMED) {
            opened->columns[names[i].column].field = "";
        }
    }
}

static bool settle_names(naming *giving)
{
    arena        memory = {0};
    size_t       count;
    folded_name *names = arena_array(&memory, giving->records->column_count, sizeof *names);
    bool         fine = names != NULL && fold_names(giving, &memory, names, &count);
    for (size_t i = 0, next; fine && i < count; i = next) {
        for (next = i + 1; next < count; next++) {
            if (names[next].name.size != names[i].name.size ||
                memcmp(names[next].name.at, names[i].name.at, names[i].name.size) != 0) {
                break;
            }
        }
        settle_name(giving, names + i, next - i);
    }
    arena_free(&memory);
    return fine;
}

static void apply_answers(naming *giving)
{
    size_t             count;
    const answer_list *lists = column_map_answers(giving->map, &count);
    for (size_t i = 0; i < count; i++) {
        size_t nth = records_find(giving->records, text_of(lists[i].field));
        if (nth == COLUMN_NONE) {
            note_no_column(giving, lists[i].line, text_of(lists[i].field));
        } else {
            giving->records->columns[nth].answers = &lists[i];
        }
    }
}

bool names_apply(records *opened, const column_map *map, error_list *errors)
{
    size_t before = error_count(errors);
    naming giving = {.records = opened, .map = map, .errors = errors};
    giving.named_on = calloc(opened->column_count, sizeof *giving.named_on);
    if (giving.named_on == NULL) {
        return error_memory(errors);
    }
    bool fine = true;
    if (map != NULL) {
        giving.map_file = column_map_file(map);
        opened->map_file = giving.map_file;
        size_t             count;
        const column_name *names = column_map_names(map, &count);
        for (size_t i = 0; fine && i < count; i++) {
            fine = apply_name(&giving, &names[i]);
        }
    }
    fine = fine && settle_names(&giving);
    if (fine && map != NULL) {
        apply_answers(&giving);
    }
    free(giving.named_on);
    if (!fine) {
        return error_memory(errors);
    }
    return error_count(errors) == before;
}

const char *records_map_file(const records *opened)
{
    return opened->map_file;
}

uint64_t records_field_line(const records *opened, size_t number)
{
    return opened->columns[number].field_line;
}

const char *records_answer(const records *opened, size_t number, size_t nth, uint64_t *line)
{
    const answer_list *list = opened->columns[number].answers;
    if (list == NULL || nth >= list->count) {
        return NULL;
    }
    *line = list->lines[nth];
    return list->values[nth];
}
