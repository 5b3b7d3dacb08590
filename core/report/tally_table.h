/* tally_table.h - the two containers of a tally: lists of audit ids, rows by name. */
#pragma once

#include "report/tally.h"

/* Counts a record, and keeps its id while there are fewer than TALLY_IDS. A record without an id
 * is kept as "line 14". False where memory is out. */
bool id_list_put(id_list *list, text id, uint64_t line);

/* Adds the counts and ids of `from` behind those of `into`. False where memory is out. */
bool id_list_add(id_list *into, const id_list *from);

void id_list_free(id_list *list);

/* The row of that name, made where there is none yet; past `most` rows, the row `others`. NULL
 * where memory is out. */
tally_row *table_row(tally_table *table, text name, size_t most);

/* Adds every row of `from`. False where memory is out. */
bool table_add(tally_table *into, const tally_table *from);

/* Puts the rows in order of name, "" last. No table_row() after it. */
void table_sort(tally_table *table);

void table_free(tally_table *table);

/* A NUL-ended copy, or NULL. Free with free(). */
char *text_copy(text value);
