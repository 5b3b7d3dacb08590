/* query.h - statements that read what a filter asks for. Private to this room. */
#pragma once

#include "store/entity.h"

/* A statement as it is written, with what its parameters are. Start with {0}. */
typedef struct {
    buffer      text;
    const char *texts[16]; /* [parameter - 1]; NULL: `draw` */
    int         count;
    int64_t     draw;
} query;

/* Adds " AND ..." for what the filter asks of the table t, which is that of the entity. */
void query_add_conditions(query *asked, const entity *of, const store_filter *filter);

/* The statement, which is freed with the query in either case; the filter's strings have to live on. */
sql_statement *query_prepare(query *asked, sql *db, error_list *errors);
