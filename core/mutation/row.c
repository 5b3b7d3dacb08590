#include "mutation/row.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- Columns -------------------------------------------------------------------------------- */

static const char *keep(buffer *words, arena *memory)
{
    const char *kept = buffer_end(words) ? arena_text(memory, words->bytes, words->size) : NULL;
    buffer_free(words);
    return kept;
}

static void write_cell(buffer *out, const char *value, char delimiter)
{
    const char special[] = {delimiter, '"', '\n', '\r', '\0'};

    if (!strpbrk(value, special)) {
        buffer_string(out, value);
        return;
    }
    buffer_byte(out, '"');
    for (; *value; value++) {
        if (*value == '"')
            buffer_byte(out, '"');
        buffer_byte(out, *value);
    }
    buffer_byte(out, '"');
}

static bool set_heading(row_form *form, arena *memory)
{
    buffer words = {0};

    for (size_t i = 0; i < form->count; i++) {
        if (i > 0)
            buffer_byte(&words, form->delimiter);
        write_cell(&words, form->columns[i], form->delimiter);
    }
    form->heading = keep(&words, memory);
    return form->heading != NULL;
}

static bool take_columns(row_form *form, const records *input, arena *memory)
{
    form->delimiter = records_delimiter(input);
    form->count = records_column_count(input);
    form->columns = arena_array(memory, form->count, sizeof *form->columns);
    for (size_t i = 0; form->columns && i < form->count; i++) {
        const char *heading = records_heading(input, i);
        form->columns[i] = arena_text(memory, heading, strlen(heading));
        if (!form->columns[i])
            return false;
    }
    return form->columns && set_heading(form, memory);
}

bool row_form_make(row_form *out, const rubric *held, const char *cases, arena *memory)
{
    const record_source source = {.path = cases};
    error_list          said = {0}; /* the file was read before */

    *out = (row_form){.rubric = held, .delimiter = ',', .heading = ""};
    if (!cases)
        return true;
    records   *input = records_open(&source, NULL, &said);
    const bool fine = input && take_columns(out, input, memory);
    records_close(input);
    error_clear(&said);
    return fine;
}

/* The columns of a new file: what a case says, then the fields of the record. */
static bool new_columns(row_form *form, const made_record *record, arena *memory)
{
    static const char *const first[] = {"case", "expected_judgement", "expected_status",
                                        "expected_limited_by"};
    const size_t said = sizeof first / sizeof *first, criteria = form->rubric->criterion_count;

    form->columns =
        arena_array(memory, said + criteria + 1 + record->cell_count, sizeof *form->columns);
    if (!form->columns)
        return false;
    for (size_t i = 0; i < said; i++)
        form->columns[form->count++] = first[i];
    for (size_t c = 0; c < criteria; c++) {
        buffer words = {0};
        buffer_format(&words, "expected_rating.%s", form->rubric->criteria[c].id);
        form->columns[form->count++] = keep(&words, memory);
        if (!form->columns[form->count - 1])
            return false;
    }
    form->columns[form->count++] = "audit_id";
    for (size_t i = 0; i < record->cell_count; i++) {
        const char *field = record->cells[i].field;
        form->columns[form->count] = arena_text(memory, field, strlen(field));
        if (!form->columns[form->count++])
            return false;
    }
    return set_heading(form, memory);
}

/* ---- Words ------------------------------------------------------------------------------------ */

/* "edge-timeliness-weight-3" */
static const char *id_of(const mutant *edit, arena *memory)
{
    const char *dot = strrchr(edit->section, '.');
    buffer      words = {0};

    buffer_format(&words, "edge-%s-%s-%s", dot ? dot + 1 : edit->section, edit->key,
                  *edit->after ? edit->after : "dropped");
    size_t used = 0;
    for (size_t i = 0; !words.failed && i < words.size; i++) {
        const char byte = words.bytes[i];
        const bool plain = isalnum((unsigned char)byte) || byte == '_' || byte == '.';
        if (plain || (used > 0 && words.bytes[used - 1] != '-'))
            words.bytes[used++] = plain ? byte : '-';
    }
    words.size = used;
    return keep(&words, memory);
}

/* "weight of timeliness is 2, not 3: 45 / 18 = 2.5" */
static const char *name_of(const row_form *form, const mutant *edit, const watch *seen,
                           arena *memory)
{
    const char *dot = strchr(edit->section, '.');
    buffer      words = {0};

    buffer_format(&words, "Edge: %s%s%s ", edit->key, dot ? " of " : "", dot ? dot + 1 : "");
    if (!*edit->before)
        buffer_format(&words, "is not there, and not %s", edit->after);
    else if (!*edit->after)
        buffer_format(&words, "is %s, and not dropped", edit->before);
    else
        buffer_format(&words, "is %s, not %s", edit->before, edit->after);
    const graded_group *got = &seen->own.graded;
    if (seen->own.status[0] == STATUS_GRADED && form->rubric->overall) {
        buffer_format(&words, "; %u / %u = ", got->points[0], got->weight[0]);
        buffer_thousandths(&words, graded_score(got, 0));
    } else if (seen->own.status[0] == STATUS_INSUFFICIENT) {
        buffer_format(&words, "; coverage %u%%", seen->own.coverage[0]);
    }
    return keep(&words, memory);
}

static const char *judgement_word(const rubric *held, uint8_t judged)
{
    return judged < LEVELS_MAX        ? held->scale.ids[judged]
           : judged == JUDGEMENT_NONE ? "none"
                                      : "not_graded";
}

static void write_limits(buffer *out, const rubric *held, const watch *seen)
{
    const graded_group *got = &seen->own.graded;
    const size_t        start = out->size;

    for (size_t c = 0; c < held->criterion_count; c++)
        if (seen->own.status[0] == STATUS_GRADED && graded_limited(got, 0) &&
            graded_limits(got, 0, c))
            buffer_format(out, "%s%s", out->size > start ? ";" : "", held->criteria[c].id);
    if (out->size == start)
        buffer_string(out, "none");
}

static const char *rating_word(const rubric *held, uint8_t rating)
{
    return rating < LEVELS_MAX        ? held->scale.ids[rating]
           : rating == RATING_MISSING ? "missing"
                                      : "not_applicable";
}

/* What the record has in a column: NULL where nothing of it does. */
static const char *cell_of(const made_record *record, const char *headed)
{
    for (size_t i = 0; i < record->cell_count; i++)
        if (text_same_name(text_of(record->cells[i].field), text_of(headed)))
            return record->cells[i].value;
    return NULL;
}

/* The criterion whose rating a column expects; SIZE_MAX: it is another column. */
static size_t rating_of_column(const rubric *held, const char *headed)
{
    static const char prefix[] = "expected_rating.";
    return strncmp(headed, prefix, sizeof prefix - 1) == 0
               ? rubric_find_criterion(held, text_of(headed + sizeof prefix - 1))
               : SIZE_MAX;
}

/* ---- A row ---------------------------------------------------------------------------------------- */

static void write_value(buffer *out, const row_form *form, const char *headed,
                        const made_record *record, const watch *seen, const made_case *one)
{
    const rubric *held = form->rubric;
    const size_t  rated = rating_of_column(held, headed);
    buffer        limits = {0};
    const char   *value = cell_of(record, headed);

    if (strcmp(headed, "case") == 0)
        value = one->name;
    else if (strcmp(headed, "audit_id") == 0)
        value = one->id;
    else if (strcmp(headed, "expected_judgement") == 0)
        value = judgement_word(held, seen->own.judgement[0]);
    else if (strcmp(headed, "expected_status") == 0)
        value = seen->own.status[0] == STATUS_GRADED     ? "graded"
                : seen->own.status[0] == STATUS_REJECTED ? "rejected"
                                                         : "insufficient_evidence";
    else if (strcmp(headed, "expected_limited_by") == 0 && seen->own.status[0] == STATUS_GRADED &&
             held->overall) {
        write_limits(&limits, held, seen);
        value = buffer_end(&limits) ? limits.bytes : "";
    } else if (rated != SIZE_MAX && seen->own.status[0] != STATUS_REJECTED)
        value = rating_word(held, seen->own.graded.ratings[rated][0]);
    if (value)
        write_cell(out, value, form->delimiter);
    buffer_free(&limits);
}

static bool has_column(const row_form *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (text_same_name(text_of(form->columns[i]), text_of(name)))
            return true;
    return false;
}

/* What the row says as a case, which is what it notices from then on. */
static bool expect(const row_form *form, const char *name, watch *seen)
{
    const rubric *held = form->rubric;
    watch_case   *one = arena_array(&seen->memory, 1, sizeof *one);
    bool         *limits = arena_array(&seen->memory, held->criterion_count, sizeof *limits);
    uint8_t      *ratings = arena_array(&seen->memory, held->criterion_count, 1);
    const bool    graded = seen->own.status[0] == STATUS_GRADED;

    if (!one || !limits || !ratings)
        return false;
    memset(ratings, NOT_SAID, held->criterion_count);
    for (size_t i = 0; i < form->count; i++) {
        const size_t c = rating_of_column(held, form->columns[i]);
        if (c != SIZE_MAX && seen->own.status[0] != STATUS_REJECTED)
            ratings[c] = rating_written(seen->own.graded.ratings[c][0]);
    }
    for (size_t c = 0; graded && c < held->criterion_count; c++)
        limits[c] = graded_limited(&seen->own.graded, 0) && graded_limits(&seen->own.graded, 0, c);
    *one = (watch_case){
        .name = name,
        .judgement = seen->own.judgement[0],
        .status = has_column(form, "expected_status") ? seen->own.status[0] : (uint8_t)NOT_SAID,
        .limits_said = graded && held->overall && has_column(form, "expected_limited_by"),
        .limits = limits,
        .ratings = ratings,
    };
    seen->cases = one;
    return true;
}

static bool reads_field(const rubric *held, const char *field)
{
    for (size_t c = 0; c < held->criterion_count; c++) {
        const criterion *asked = &held->criteria[c];
        if (asked->applies_field && text_same_name(text_of(asked->applies_field), text_of(field)))
            return true;
        for (size_t i = 0; i < asked->input_count; i++)
            if (text_same_name(text_of(asked->inputs[i].field), text_of(field)))
                return true;
    }
    return false;
}

/* A column that is not there, and that the case does not notice the edit without. */
static bool lacking(const row_form *form, const mutant *edit, const made_record *record,
                    const watch *seen, const char **out, arena *memory)
{
    watcher  again;
    uint64_t noticed = 0;
    size_t   first;

    *out = NULL;
    for (size_t i = 0; i < record->cell_count; i++)
        if (*record->cells[i].value && !has_column(form, record->cells[i].field) &&
            reads_field(form->rubric, record->cells[i].field))
            *out = arena_text(memory, record->cells[i].field, strlen(record->cells[i].field));
    const bool fine = watcher_init(&again, seen) && watcher_count(&again, edit, &noticed, &first);
    watcher_free(&again);
    if (!fine || noticed > 0 || *out || edit->criterion == SIZE_MAX)
        return fine;
    buffer words = {0};
    buffer_format(&words, "expected_rating.%s", form->rubric->criteria[edit->criterion].id);
    *out = keep(&words, memory);
    return *out != NULL;
}

bool row_write(row_form *form, const mutant *edit, const made_record *record, watch *seen,
               made_case *out, arena *memory)
{
    buffer row = {0};

    if (!form->columns && !new_columns(form, record, memory))
        return false;
    *out = (made_case){.id = id_of(edit, memory), .name = name_of(form, edit, seen, memory)};
    if (!out->id || !out->name)
        return false;
    if (!seen->score && (!expect(form, out->name, seen) ||
                         !lacking(form, edit, record, seen, &out->missing, memory)))
        return false;
    for (size_t i = 0; i < form->count; i++) {
        if (i > 0)
            buffer_byte(&row, form->delimiter);
        write_value(&row, form, form->columns[i], record, seen, out);
    }
    out->row = keep(&row, memory);
    return out->row != NULL;
}
