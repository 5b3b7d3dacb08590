#include "report/tally_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *text_copy(text value)
{
    char *copy = malloc(value.size + 1);
    if (copy != NULL) {
        if (value.size > 0) {
            memcpy(copy, value.at, value.size);
        }
        copy[value.size] = '\0';
    }
    return copy;
}

/* ---- Lists of ids ------------------------------------------------------------ */

static bool id_list_room(id_list *list, size_t more)
{
    enum { FIRST = 64 };
    if (list->capacity - list->size >= more) {
        return true;
    }
    if (more > SIZE_MAX / 4 - list->size) {
        return false;
    }
    size_t capacity = list->capacity > 0 ? list->capacity : FIRST;
    while (capacity < list->size + more) {
        capacity *= 2;
    }
    char *bytes = realloc(list->bytes, capacity);
    if (bytes == NULL) {
        return false;
    }
    list->bytes = bytes;
    list->capacity = capacity;
    return true;
}

bool id_list_put(id_list *list, text id, uint64_t line)
{
    list->total++;
    if (list->kept >= TALLY_IDS) {
        return true;
    }
    char place[32];
    if (id.size == 0) {
        snprintf(place, sizeof place, "line %llu", (unsigned long long)line);
        id = text_of(place);
    }
    if (!id_list_room(list, id.size + 1)) {
        return false;
    }
    memcpy(list->bytes + list->size, id.at, id.size);
    list->bytes[list->size + id.size] = '\0';
    list->size += id.size + 1;
    list->kept++;
    return true;
}

bool id_list_add(id_list *into, const id_list *from)
{
    into->total += from->total;
    const char *at = from->bytes;
    for (uint32_t i = 0; i < from->kept && into->kept < TALLY_IDS; i++) {
        size_t size = strlen(at) + 1;
        if (!id_list_room(into, size)) {
            return false;
        }
        memcpy(into->bytes + into->size, at, size);
        into->size += size;
        into->kept++;
        at += size;
    }
    return true;
}

void id_list_free(id_list *list)
{
    free(list->bytes);
    *list = (id_list){0};
}

/* ---- Rows by name ------------------------------------------------------------ */

/* FNV-1a. */
static size_t name_hash(text name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < name.size; i++) {
        hash = (hash ^ (unsigned char)name.at[i]) * 0x100000001b3u;
    }
    return (size_t)(hash ^ hash >> 32);
}

static bool row_is(const tally_row *row, text name)
{
    return strlen(row->name) == name.size && memcmp(row->name, name.at, name.size) == 0;
}

/* The slot of that name, or the empty one where it belongs. */
static uint32_t *table_slot(const tally_table *table, text name)
{
    size_t mask = table->index_size - 1;
    size_t at = name_hash(name) & mask;
    while (table->index[at] != 0 && !row_is(&table->rows[table->index[at] - 1], name)) {
        at = (at + 1) & mask;
    }
    return &table->index[at];
}

/* Twice the room; the index stays at most half full. */
static bool table_grow(tally_table *table)
{
    enum { FIRST = 16 };
    size_t     capacity = table->capacity > 0 ? table->capacity * 2 : FIRST;
    tally_row *rows = realloc(table->rows, capacity * sizeof *rows);
    if (rows == NULL) {
        return false;
    }
    table->rows = rows;
    uint32_t *index = calloc(capacity * 2, sizeof *index);
    if (index == NULL) {
        return false;
    }
    free(table->index);
    table->index = index;
    table->index_size = capacity * 2;
    table->capacity = capacity;
    for (size_t i = 0; i < table->count; i++) {
        *table_slot(table, text_of(rows[i].name)) = (uint32_t)(i + 1);
    }
    return true;
}

tally_row *table_row(tally_table *table, text name, size_t most)
{
    if (name.size == 0) {
        name = (text){"", 0};
    }
    if (table->index_size > 0) {
        uint32_t found = *table_slot(table, name);
        if (found != 0) {
            return &table->rows[found - 1];
        }
    }
    if (table->count >= most) {
        return &table->others;
    }
    if (table->count == table->capacity && !table_grow(table)) {
        return NULL;
    }
    char *copy = text_copy(name);
    if (copy == NULL) {
        return NULL;
    }
    *table_slot(table, name) = (uint32_t)(table->count + 1);
    tally_row *row = &table->rows[table->count++];
    *row = (tally_row){.name = copy};
    return row;
}

static bool row_add(tally_row *into, const tally_row *from)
{
    for (size_t i = 0; i < OUTCOMES; i++) {
        if (!id_list_add(&into->outcomes[i], &from->outcomes[i])) {
            return false;
        }
    }
    return true;
}

bool table_add(tally_table *into, const tally_table *from)
{
    for (size_t i = 0; i < from->count; i++) {
        tally_row *row = table_row(into, text_of(from->rows[i].name), TALLY_ROWS);
        if (row == NULL || !row_add(row, &from->rows[i])) {
            return false;
        }
    }
    return row_add(&into->others, &from->others);
}

static int row_compare(const void *left, const void *right)
{
    const tally_row *a = left;
    const tally_row *b = right;
    if ((a->name[0] == '\0') != (b->name[0] == '\0')) {
        return a->name[0] == '\0' ? 1 : -1;
    }
    return strcmp(a->name, b->name);
}

void table_sort(tally_table *table)
{
    free(table->index);
    table->index = NULL;
    table->index_size = 0;
    if (table->count > 1) {
        qsort(table->rows, table->count, sizeof *table->rows, row_compare);
    }
}

static void row_free(tally_row *row)
{
    free(row->name);
    for (size_t i = 0; i < OUTCOMES; i++) {
        id_list_free(&row->outcomes[i]);
    }
}

void table_free(tally_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        row_free(&table->rows[i]);
    }
    row_free(&table->others);
    free(table->rows);
    free(table->index);
    *table = (tally_table){0};
}
