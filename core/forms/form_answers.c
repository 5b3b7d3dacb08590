#include <stdlib.h>

#include "forms/form.h"
#include "writing/csv_text.h"

enum { PACK, AUDIT_ID, QUESTION_ID, ANSWER, FIELDS };

static const char *const fields[FIELDS] = {"pack", "audit_id", "question_id", "answer"};

/* Without the apostrophe that was set before what a spreadsheet would run. */
static const char *unguarded(const char *written)
{
    return written[0] == '\'' && cell_runs(text_of(written + 1)) ? written + 1 : written;
}

bool form_answers_read(form_answers *out, const record_source *source, error_list *errors)
{
    *out = (form_answers){0};
    if (!records_sheet_read(&out->sheet, source, fields, FIELDS, FIELDS, errors))
        return false;
    out->answer_column = out->sheet.columns[ANSWER];
    out->items = calloc(out->sheet.count + 1, sizeof *out->items);
    if (!out->items)
        return error_memory(errors);
    for (size_t r = 0; r < out->sheet.count; r++) {
        const records_row *row = &out->sheet.rows[r];
        if (!row->fault && !*row->cells[QUESTION_ID])
            continue;
        out->items[out->count++] = (form_answer){
            .line = row->line,
            .fault = row->fault,
            .pack = unguarded(row->cells[PACK]),
            .audit_id = unguarded(row->cells[AUDIT_ID]),
            .question = row->cells[QUESTION_ID],
            .answer = unguarded(row->cells[ANSWER]),
        };
    }
    return true;
}

void form_answers_free(form_answers *answers)
{
    free(answers->items);
    records_sheet_free(&answers->sheet);
    *answers = (form_answers){0};
}
