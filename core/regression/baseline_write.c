/* baseline_write.c - a grading as a file made for review: sorted, a record a line, no evidence. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "regression/baseline.h"
#include "regression/baseline_page.h"

/* ---- Lines ----------------------------------------------------------------------------------- */

/* Ends the line with its checksum, and counts it in the sum of all. */
void baseline_line(baseline_page *to, const char *line, size_t size)
{
    char sum[9];

    const uint32_t check = baseline_checksum(line, size);
    for (int i = 0; i < 8; i++)
        sum[i] = "0123456789abcdef"[check >> (28 - 4 * i) & 15];
    crypto_generichash_update(&to->sums, (const unsigned char *)sum, 8);
    buffer_byte(&to->page.text, '\t');
    buffer_bytes(&to->page.text, sum, 8);
    buffer_byte(&to->page.text, '\n');
    page_turn(&to->page);
}

void baseline_end_line(baseline_page *to, size_t start)
{
    if (!to->page.text.failed)
        baseline_line(to, to->page.text.bytes + start, to->page.text.size - start);
}

/* What would end a cell or a line is written as \xNN. */
void baseline_escaped(buffer *out, const char *value)
{
    for (; *value; value++) {
        const unsigned char byte = (unsigned char)*value;
        if (byte < 0x20 || byte == 0x7F || byte == '\\')
            buffer_format(out, "\\x%02x", byte);
        else
            buffer_byte(out, (char)byte);
    }
}

static void hex(buffer *out, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        buffer_byte(out, "0123456789abcdef"[bytes[i] >> 4]);
        buffer_byte(out, "0123456789abcdef"[bytes[i] & 15]);
    }
}

/* ---- The head ---------------------------------------------------------------------------------- */

static void simple_line(baseline_page *to, const char *line)
{
    const size_t start = to->page.text.size;

    buffer_string(&to->page.text, line);
    baseline_end_line(to, start);
}

static void rubric_lines(baseline_page *to, const yardstick *by, const char *area, const char *hash)
{
    buffer *out = &to->page.text;
    size_t  start = out->size;

    buffer_string(out, "rubric\t");
    buffer_string(out, by->id);
    buffer_byte(out, '\t');
    baseline_escaped(out, by->version);
    buffer_byte(out, '\t');
    baseline_escaped(out, area);
    buffer_byte(out, '\t');
    buffer_string(out, hash);
    baseline_end_line(to, start);

    start = out->size;
    buffer_string(out, "levels");
    for (size_t l = 0; l < by->level_count; l++) {
        buffer_byte(out, '\t');
        buffer_string(out, by->levels[l]);
        buffer_byte(out, '=');
        baseline_escaped(out, by->labels[l]);
    }
    baseline_end_line(to, start);

    start = out->size;
    buffer_string(out, "criteria");
    for (size_t c = 0; c < by->criterion_count; c++) {
        buffer_byte(out, '\t');
        buffer_string(out, by->criteria[c]);
    }
    baseline_end_line(to, start);
}

static void origin_line(baseline_page *to, const origin_item *item)
{
    buffer      *out = &to->page.text;
    const size_t start = out->size;

    buffer_string(out, origin_kind_name(item->kind));
    buffer_byte(out, '\t');
    baseline_escaped(out, item->id);
    buffer_byte(out, '\t');
    baseline_escaped(out, item->version);
    buffer_byte(out, '\t');
    hex(out, item->hash, sizeof item->hash);
    baseline_end_line(to, start);
}

static void key_lines(baseline_page *to, const baseline_contents *of)
{
    buffer *out = &to->page.text;
    size_t  start = out->size;

    buffer_string(out, of->key_check ? "key\telsewhere\t" : "key\there\t");
    hex(out, of->key_check ? of->key_check : of->key, BASELINE_KEY_SIZE);
    baseline_end_line(to, start);

    start = out->size;
    buffer_string(out, "fields");
    for (size_t f = 0; f < of->field_count; f++) {
        buffer_byte(out, '\t');
        baseline_escaped(out, of->fields[f]);
    }
    baseline_end_line(to, start);
}

static void head(baseline_page *to, const baseline_contents *of)
{
    size_t start;

    simple_line(to, "assay baseline 1");
    start = to->page.text.size;
    buffer_string(&to->page.text, "program\t");
    buffer_string(&to->page.text, of->version);
    baseline_end_line(to, start);
    for (size_t r = 0; r < of->rubric_count; r++)
        rubric_lines(to, of->rubrics[r].by, of->rubrics[r].area, of->rubrics[r].hash);
    for (size_t i = 0; i < of->made_by->count; i++)
        if (of->made_by->items[i].kind != ORIGIN_RUBRIC)
            origin_line(to, &of->made_by->items[i]);
    key_lines(to, of);
    start = to->page.text.size;
    buffer_string(&to->page.text, "records\t");
    buffer_unsigned(&to->page.text, of->record_count);
    baseline_end_line(to, start);
}

/* ---- Records ----------------------------------------------------------------------------------------- */

static size_t rubric_number(const baseline_contents *of, const yardstick *by)
{
    for (size_t r = 0; by && r < of->rubric_count; r++)
        if (of->rubrics[r].by == by)
            return r + 1;
    return 0;
}

static void record_line(baseline_page *to, const baseline_contents *of, const verdict *record)
{
    buffer      *out = &to->page.text;
    const size_t start = out->size, number = rubric_number(of, record->by);

    baseline_escaped(out, record->audit_id);
    buffer_byte(out, '\t');
    buffer_string(out, record->word);
    buffer_byte(out, '\t');
    if (record->score != SCORE_NONE)
        buffer_thousandths(out, record->score);
    buffer_byte(out, '\t');
    buffer_string(out, record->limited_by);
    buffer_byte(out, '\t');
    buffer_unsigned(out, number);
    buffer_byte(out, '\t');
    for (size_t c = 0; number && record->ratings && c < record->by->criterion_count; c++)
        buffer_byte(out, baseline_rating_mark(record->ratings[c]));
    buffer_byte(out, '\t');
    for (int i = 15; i >= 0; i--)
        buffer_byte(out, "0123456789abcdef"[record->row >> (4 * i) & 15]);
    baseline_end_line(to, start);
}

/* ---- All of it ------------------------------------------------------------------------------------------ */

bool baseline_write(const baseline_contents *of, report_write write, void *user)
{
    baseline_page to = {.page = {.write = write, .user = user}};
    char          sums[33];
    unsigned char hash[16];

    crypto_generichash_init(&to.sums, NULL, 0, sizeof hash);
    head(&to, of);
    for (size_t r = 0; r < of->record_count; r++)
        record_line(&to, of, of->records[r]);
    for (size_t h = 0; h < of->history_count; h++)
        simple_line(&to, of->history[h]);
    crypto_generichash_final(&to.sums, hash, sizeof hash);
    sodium_bin2hex(sums, sizeof sums, hash, sizeof hash);
    const size_t start = to.page.text.size;
    buffer_string(&to.page.text, "end\t");
    buffer_string(&to.page.text, sums);
    baseline_end_line(&to, start);
    return page_end(&to.page);
}
