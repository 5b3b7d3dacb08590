/* sql.h - the database: the only place that knows which one it is. Private to this room.
 *
 * A handle belongs to one thread at a time. Messages name the file. */
#pragma once

#include "base/error.h"
#include "base/text.h"

typedef struct sql           sql;
typedef struct sql_statement sql_statement;

typedef enum { SQL_ROW, SQL_DONE, SQL_FAILED } sql_state;

/* Opens the database in an existing file. NULL with a fault. `sql_close` takes NULL. */
sql *sql_open(const char *path, error_list *errors);
/* A database in memory, of `size` bytes, which are copied: as a file of these bytes would be. */
sql *sql_open_bytes(const char *name, const void *bytes, size_t size, error_list *errors);
void sql_close(sql *db);
/* How long a statement waits for another program's lock. At first: 10 seconds. */
void        sql_wait(sql *db, unsigned milliseconds);
const char *sql_path(const sql *db);

/* Runs statements that give nothing back. */
bool sql_run(sql *db, const char *statements, error_list *errors);

/* Makes `to` what `from` is now, in one transaction, while others go on reading and writing both. */
bool sql_copy(sql *from, sql *to, error_list *errors);

/* True between the begin of a transaction and its end. */
bool sql_in_transaction(const sql *db);

/* A statement with parameters ?1, ?2, ... NULL with a fault. sql_finish() takes NULL. */
sql_statement *sql_prepare(sql *db, const char *statement, error_list *errors);
void           sql_finish(sql_statement *statement);

/* Sets a parameter, which has to stay as it is until the statement is reset. What cannot be bound is a
 * fault of the next step. */
void sql_bind_text(sql_statement *statement, int parameter, const char *value);
void sql_bind_string(sql_statement *statement, int parameter, text value);
void sql_bind_whole(sql_statement *statement, int parameter, int64_t value);
void sql_bind_real(sql_statement *statement, int parameter, double value);
void sql_bind_bytes(sql_statement *statement, int parameter, const void *value, size_t size);
void sql_bind_null(sql_statement *statement, int parameter);

/* The next row. After SQL_DONE and SQL_FAILED the statement is reset and can be used again. */
sql_state sql_step(sql_statement *statement, error_list *errors);
/* For a statement that gives no rows. */
bool sql_do(sql_statement *statement, error_list *errors);
void sql_reset(sql_statement *statement);

/* The columns of the row, 0 the first. Texts live until the next step; "" for a NULL. */
const char *sql_text(sql_statement *statement, int column);
text        sql_string(sql_statement *statement, int column);
int64_t     sql_whole(sql_statement *statement, int column);
double      sql_real(sql_statement *statement, int column);
/* NULL where the value is not `size` bytes. */
const void *sql_bytes(sql_statement *statement, int column, size_t size);
bool        sql_is_null(sql_statement *statement, int column);
int         sql_columns(sql_statement *statement);

/* The single number that a statement without parameters gives. */
bool sql_number(sql *db, const char *statement, int64_t *value, error_list *errors);
