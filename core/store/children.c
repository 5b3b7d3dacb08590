/* When each child's file was audited, without reading the audits out. */
#include "store/inner.h"

bool store_each_child(store *held, store_take_child take, void *user, error_list *errors)
{
    sql_statement *rows = sql_prepare(held->db,
                                      "SELECT child_ref, audit_date FROM audit NOT INDEXED "
                                      "WHERE latest = 1 AND child_ref <> ''",
                                      errors);
    sql_state state = rows ? sql_step(rows, errors) : SQL_FAILED;

    while (state == SQL_ROW)
        state = take(user, sql_text(rows, 0), sql_text(rows, 1)) ? sql_step(rows, errors) : SQL_DONE;
    sql_finish(rows);
    return state == SQL_DONE;
}
