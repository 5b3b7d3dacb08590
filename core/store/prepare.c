/* What putting audits and grades would write, ahead of it. */
#include <stdlib.h>
#include <string.h>

#include "store/inner.h"

struct store_prepared {
    prepared_row *rows;
    size_t        count;
    buffer        payloads;
    salt_pool     salts;
};

/* As they are put where the store has neither. */
static bool check_row(const store_graded *given, any_entry *audit, any_entry *grade,
                      error_list *errors)
{
    audit->audit = given->audit;
    audit->audit.revision = 1;
    grade->grade = given->grade;
    grade->grade.audit_id = given->audit.audit_id;
    grade->grade.revision = 1;
    return entry_check(&entities[ENTITY_audit], audit, errors) &&
           entry_check(&entities[ENTITY_grade], grade, errors);
}

/* Both payloads, as offsets: the buffer may move until all are written. */
static bool write_row(store_prepared *made, const store_graded *given, error_list *errors)
{
    prepared_row *row = &made->rows[made->count];
    any_entry     audit, grade;

    if (!check_row(given, &audit, &grade, errors))
        return false;
    const size_t from = made->payloads.size;
    entry_payload(&entities[ENTITY_audit], &audit, &made->payloads);
    const size_t between = made->payloads.size;
    entry_payload(&entities[ENTITY_grade], &grade, &made->payloads);
    row->audit.payload = (text){NULL, between - from};
    row->grade.payload = (text){NULL, made->payloads.size - between};
    made->count++;
    return true;
}

static void seal_rows(store_prepared *made)
{
    const char *at = made->payloads.bytes;

    for (size_t i = 0; i < made->count; i++) {
        prepared_row *row = &made->rows[i];
        chain_seal(&made->salts, (text){at, row->audit.payload.size}, &row->audit);
        at += row->audit.payload.size;
        chain_seal(&made->salts, (text){at, row->grade.payload.size}, &row->grade);
        at += row->grade.payload.size;
    }
}

store_prepared *store_prepare(const store_graded *given, size_t count, error_list *errors)
{
    store_prepared *made = calloc(1, sizeof *made);
    bool            fine = made && (made->rows = calloc(count + 1, sizeof *made->rows));

    if (!fine)
        error_memory(errors);
    for (size_t i = 0; fine && i < count; i++)
        fine = write_row(made, &given[i], errors);
    if (fine && !buffer_end(&made->payloads))
        fine = error_memory(errors);
    if (fine) {
        seal_rows(made);
        return made;
    }
    store_prepared_free(made);
    return NULL;
}

const prepared_row *prepared_at(const store_prepared *prepared, size_t i)
{
    return &prepared->rows[i];
}

void store_prepared_free(store_prepared *prepared)
{
    if (!prepared)
        return;
    buffer_free(&prepared->payloads);
    free(prepared->rows);
    free(prepared);
}
