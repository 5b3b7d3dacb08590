/* How many audits there are, without reading each of them out. */
#include <search.h>
#include <string.h>

#include "store/inner.h"
#include "store/query.h"

/* What audits that are counted together have in common, as one text: its parts end with a NUL each. */
typedef struct {
    text     parts;
    uint64_t audits;
} counted;

typedef struct {
    void              *tree; /* tsearch(3) of counted */
    arena              memory;
    buffer             key;
    store_take_counted take;
    void              *user;
} counting;

enum { DATE = 2, PARTS = 4, MONTH_SIZE = sizeof "2026-03" - 1 };

static int by_parts(const void *a, const void *b)
{
    const text one = ((const counted *)a)->parts, other = ((const counted *)b)->parts;
    const int  order = memcmp(one.at, other.at, one.size < other.size ? one.size : other.size);

    return order != 0 ? order : (one.size > other.size) - (one.size < other.size);
}

static bool count_row(counting *work, sql_statement *row)
{
    work->key.size = 0;
    for (int part = 0; part < PARTS; part++) {
        const char *said = sql_text(row, part);
        buffer_bytes(&work->key, said, part == DATE ? strnlen(said, MONTH_SIZE) : strlen(said));
        buffer_byte(&work->key, '\0');
    }
    if (work->key.failed)
        return false;
    const counted wanted = {.parts = {work->key.bytes, work->key.size}};
    counted     **found = tfind(&wanted, &work->tree, by_parts);
    if (!found) {
        counted *made = arena_array(&work->memory, 1, sizeof *made);
        char    *kept = arena_text(&work->memory, work->key.bytes, work->key.size);
        if (!made || !kept)
            return false;
        made->parts = (text){kept, work->key.size};
        if (!(found = tsearch(made, &work->tree, by_parts)))
            return false;
    }
    (*found)->audits++;
    return true;
}

static void give(const void *node, VISIT visit, void *user)
{
    const counting *work = user;
    const counted  *one = *(counted *const *)node;
    const char     *parts[PARTS], *at = one->parts.at;

    if (visit != postorder && visit != leaf)
        return;
    for (size_t part = 0; part < PARTS; part++) {
        parts[part] = at;
        at += strlen(at) + 1;
    }
    work->take(work->user, &(store_counted){.auditor = parts[0],
                                            .team = parts[1],
                                            .month = parts[2],
                                            .practice_area = parts[3],
                                            .audits = one->audits});
}

static void keep_node(void *node)
{
    (void)node; /* it is in an arena */
}

bool store_count_audits(store *held, const store_filter *filter, store_take_counted take,
                        void *user, error_list *errors)
{
    static const store_filter everything = {0};
    counting                  work = {.take = take, .user = user};
    query                     asked = {0};
    bool                      fine = true;

    buffer_string(&asked.text, "SELECT t.auditor, t.team, t.audit_date, t.practice_area "
                               "FROM audit t NOT INDEXED WHERE 1");
    query_add_conditions(&asked, &entities[ENTITY_audit], filter ? filter : &everything);
    sql_statement *rows = query_prepare(&asked, held->db, errors);
    sql_state      state = rows ? sql_step(rows, errors) : SQL_FAILED;
    while (state == SQL_ROW && (fine = count_row(&work, rows)))
        state = sql_step(rows, errors);
    sql_finish(rows);
    if (!fine)
        error_memory(errors);
    fine = fine && state == SQL_DONE;
    if (fine)
        twalk_r(work.tree, give, &work);
    tdestroy(work.tree, keep_node);
    buffer_free(&work.key);
    arena_free(&work.memory);
    return fine;
}
