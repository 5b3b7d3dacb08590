#include "api/graded_rows.h"

#include <stdlib.h>
#include <string.h>

#include "assay/assay.h"
#include "base/date.h"
#include "report/row.h"
#include "writing/buffer.h"

static const char *copy(graded_rows *list, text value)
{
    return arena_text(&list->memory, value.size > 0 ? value.at : "", value.size);
}

static int by_field(const void *a, const void *b)
{
    return strcmp((*(const kept_field *const *)a)->field, (*(const kept_field *const *)b)->field);
}

/* The kept fields by name, the child's pseudonym apart: once a batch. */
static bool sort_fields(graded_rows *list, const graded_batch *batch)
{
    list->fields = arena_array(&list->memory, batch->kept_count + 1, sizeof *list->fields);
    for (size_t k = 0; list->fields && k < batch->kept_count; k++) {
        const kept_field *kept = &batch->kept[k];
        if (text_same_name(text_of(kept->field), text_of("child_ref")))
            list->child = kept;
        else
            list->fields[list->field_count++] = kept;
    }
    if (list->fields)
        qsort(list->fields, list->field_count, sizeof *list->fields, by_field);
    return list->fields != NULL;
}

/* The cells that the record's rubric reads. */
static bool add_cells(graded_rows *list, const graded_batch *batch, size_t i, store_audit *out)
{
    const bool *reads = row_group(batch, i)->reads;
    store_pair *pairs = arena_array(&list->memory, list->field_count + 1, sizeof *pairs);
    size_t      count = 0;

    out->child_ref = list->child ? copy(list, list->child->cells[i]) : "";
    if (!pairs || !out->child_ref)
        return false;
    for (size_t f = 0; f < list->field_count; f++) {
        const kept_field *kept = list->fields[f];
        if (!reads[kept - batch->kept])
            continue;
        const char *said = copy(list, kept->cells[i]);
        if (!said)
            return false;
        pairs[count++] = (store_pair){kept->field, said};
    }
    out->fields = (store_pairs){pairs, count};
    return true;
}

static const char *write_date(graded_rows *list, int32_t day)
{
    char *written = arena_array(&list->memory, DATE_TEXT_SIZE, 1);

    if (written && day != DATE_NONE)
        date_write(day, written);
    return written;
}

/* A rubric's own area is kept as it is there: "Supervision" in a spreadsheet is no other area. */
static text area_of(const graded_batch *batch, size_t i)
{
    const text own = text_of(row_group(batch, i)->rubric->practice_area);

    return text_same_name(batch->practice_area[i], own) ? own : batch->practice_area[i];
}

/* The levels as a sentence has them: "inadequate, requires_improvement, good or outstanding". */
static void name_levels(const scale *levels, buffer *out)
{
    for (size_t l = 0; l < levels->count; l++)
        buffer_format(out, "%s%s",
                      l == 0                  ? ""
                      : l + 1 < levels->count ? ", "
                                              : " or ",
                      levels->ids[l]);
}

/* Why the auditor's grade cannot be kept; NULL: it can. One that were kept as none would never be drawn
 * where every inadequate is. */
static bool check_grade(graded_rows *list, const graded_batch *batch, size_t i, const char **why)
{
    enum { QUOTED = 60 };
    const scale *levels = &row_group(batch, i)->rubric->scale;
    text         said = batch->auditor_grade_text[i];
    buffer       out = {0};
    level        read;

    *why = NULL;
    if (said.size == 0 || batch->auditor_grade[i] != LEVEL_NONE ||
        value_read(VALUE_LEVEL, said, levels->spellings, &read) != COLUMN_INVALID)
        return true;
    if (said.size > QUOTED)
        for (said.size = QUOTED; ((unsigned char)said.at[said.size] & 0xC0) == 0x80;)
            said.size--; /* whole letters */
    buffer_string(&out, "auditor_grade \"");
    buffer_text(&out, said);
    buffer_string(&out, "\" is not a level; write ");
    name_levels(levels, &out);
    if (buffer_end(&out))
        *why = copy(list, (text){out.bytes, out.size});
    buffer_free(&out);
    return *why != NULL;
}

static bool add_audit(graded_rows *list, const graded_batch *batch, size_t i, store_audit *out)
{
    char *hash = arena_array(&list->memory, STORE_HASH_TEXT_SIZE, 1);

    const level   given = batch->auditor_grade[i];
    const rubric *by = row_group(batch, i)->rubric;

    *out = (store_audit){
        .audit_id = copy(list, batch->audit_id[i]),
        .practice_area = copy(list, area_of(batch, i)),
        .audit_date = write_date(list, batch->audit_date[i]),
        .team = copy(list, batch->team[i]),
        .auditor = copy(list, batch->auditor[i]),
        .auditor_grade = given < by->scale.count ? by->scale.ids[given] : "",
    };
    if (!out->audit_id || !out->practice_area || !out->audit_date || !out->team || !out->auditor ||
        !hash || !add_cells(list, batch, i, out))
        return false;
    store_hash_row(out, hash);
    out->row_hash = hash;
    return true;
}

static bool add_grade(graded_rows *list, const graded_batch *batch, size_t i,
                      const rubric_facts *facts, store_graded *out)
{
    const graded_group *group = row_group(batch, i);
    const rubric       *held = facts->rubric;
    const size_t        k = batch->place[i];
    const bool          judged = row_judged(batch, i);
    store_pair  *ratings = arena_array(&list->memory, held->criterion_count + 1, sizeof *ratings);
    const char **limits = arena_array(&list->memory, held->criterion_count + 1, sizeof *limits);
    size_t       limit_count = 0;

    if (!ratings || !limits)
        return false;
    for (size_t place = 0; place < held->criterion_count; place++) {
        const size_t c = facts->by_id[place];
        ratings[place] = (store_pair){held->criteria[c].id, row_rating(held, group->ratings[c][k])};
    }
    for (size_t c = 0; judged && graded_limited(group, k) && c < held->criterion_count; c++)
        if (graded_limits(group, k, c))
            limits[limit_count++] = held->criteria[c].id;
    out->grade = (store_grade){
        .audit_id = out->audit.audit_id,
        .rubric = held->id,
        .version = held->version,
        .rubric_hash = facts->hash,
        .plugin = facts->plugin,
        .plugin_hash = facts->plugin_hash,
        .row_hash = out->audit.row_hash,
        .program = assay_version(),
        .levels = facts->levels,
        .judgement = row_judgement(batch, i),
        .score = judged ? (int64_t)graded_score(group, k) : -1,
        .margin = judged ? (int64_t)graded_margin(group, k) : -1,
        .coverage = batch->coverage[i],
        .limited_by = {limits, limit_count},
        .ratings = {ratings, held->criterion_count},
    };
    return true;
}

static bool add_row(graded_rows *list, const graded_batch *batch, size_t i,
                    rubric_fact_table *facts)
{
    graded_row         *out = &list->rows[list->count++];
    store_graded       *graded = &list->graded[list->graded_count];
    const rubric_facts *of;

    *out = (graded_row){.line = batch->line[i], .blank = batch->blank[i]};
    if (out->blank)
        return true;
    if (batch->status[i] == STATUS_REJECTED)
        return (out->rejected = copy(list, text_of(row_detail(batch, i)))) != NULL;
    if (batch->audit_id[i].size == 0) {
        out->rejected = "audit_id is empty; give each audit an id, so that it can be found again";
        return true;
    }
    if (!check_grade(list, batch, i, &out->rejected))
        return false;
    if (out->rejected)
        return true;
    if (!(of = rubric_facts_of(facts, row_group(batch, i)->rubric, &list->errors)))
        return true;
    out->graded = list->graded_count++;
    graded->reads = (store_list){of->reads, of->read_count};
    graded->area_of_rubric = batch->practice_area[i].at == of->rubric->practice_area;
    return add_audit(list, batch, i, &graded->audit) && add_grade(list, batch, i, of, graded);
}

graded_rows *graded_rows_of(const graded_batch *batch, rubric_fact_table *facts)
{
    graded_rows *list = calloc(1, sizeof *list);

    if (!list)
        return NULL;
    list->rows = arena_array(&list->memory, batch->count + 1, sizeof *list->rows);
    list->graded = arena_array(&list->memory, batch->count + 1, sizeof *list->graded);
    bool fine = list->rows && list->graded && sort_fields(list, batch);
    for (size_t i = 0; fine && i < batch->count && error_count(&list->errors) == 0; i++)
        fine = add_row(list, batch, i, facts);
    if (fine && error_count(&list->errors) == 0) {
        list->prepared = store_prepare(list->graded, list->graded_count, &list->errors);
        fine = list->prepared || !list->errors.out_of_memory;
    }
    if (fine)
        return list;
    graded_rows_free(list);
    return NULL;
}

void graded_rows_free(graded_rows *list)
{
    if (!list)
        return;
    store_prepared_free(list->prepared);
    error_clear(&list->errors);
    arena_free(&list->memory);
    free(list);
}
