#include "moderation/import_row.h"

#include <stdio.h>
#include <stdlib.h>

#include "writing/csv_text.h"

const char *row_said(const import_row *at, int field)
{
    const char *written = at->row->cells[field];
    return written[0] == '\'' && cell_runs(text_of(written + 1)) ? written + 1 : written;
}

void row_refuse(import_row *at, int field, const char *format, ...)
{
    const char *id = at->row->cells[0];
    va_list     values;
    char       *words = NULL;

    at->wrong = true;
    va_start(values, format);
    const int size = vasprintf(&words, format, values);
    va_end(values);
    if (size < 0) {
        at->faults.failed = true;
        return;
    }
    error_add(at->errors, FAULT_NOTICE, at->sheet->name, at->row->line, at->sheet->columns[field],
              "%s%s%s%s", *id ? "audit " : "", id, *id ? ": " : "", words);
    buffer_string(&at->faults, at->faults.size > 0 ? " | " : "");
    buffer_string(&at->faults, words);
    free(words);
}

void row_hand_back(const import_row *at, buffer *rejected)
{
    const size_t fields = at->sheet->field_count;

    if (rejected->size == 0) {
        buffer_string(rejected, "\xEF\xBB\xBF");
        for (size_t f = 0; f < fields; f++) {
            buffer_string(rejected, at->sheet->fields[f]);
            buffer_byte(rejected, ',');
        }
        buffer_string(rejected, "reason\r\n");
    }
    for (size_t f = 0; f < fields; f++) {
        csv_string(rejected, row_said(at, (int)f));
        buffer_byte(rejected, ',');
    }
    csv_cell(rejected, (text){at->faults.bytes, at->faults.size});
    buffer_string(rejected, "\r\n");
}

bool row_end(import_row *at)
{
    const bool fine = !at->faults.failed || error_memory(at->errors);

    buffer_free(&at->faults);
    return fine;
}
