/* column_map.h - what this room reads out of a column map. */
#pragma once

#include "records/records.h"

/* One line of [columns], as written. */
typedef struct {
    const char *key;
    const char *value;
    uint64_t    line;
} column_name;

/* The answers of one field: [values.FIELD]. */
typedef struct {
    const char     *field;
    uint64_t        line;
    const char    **values; /* [number of the spelling]: what it is read as */
    uint64_t       *lines;  /* [number of the spelling]: where it is first written */
    size_t          count;
    spelling_table *answers;
} answer_list;

const char        *column_map_file(const column_map *map);
const column_name *column_map_names(const column_map *map, size_t *count);
const answer_list *column_map_answers(const column_map *map, size_t *count);

/* What a trimmed cell is read as: the VALUE it is an answer of, or the cell. */
text answer_translate(const answer_list *list, text cell);
