#include "grading/batch.h"

#include <stdlib.h>
#include <string.h>

static value_type common_type(common_field field)
{
    return field == FIELD_AUDIT_DATE ? VALUE_DATE : VALUE_TEXT;
}

bool batch_init(batch_work *work, grade_plan *plan, error_list *errors)
{
    *work = (batch_work){.plan = plan, .chunk = chunk_new(plan->records, errors)};
    work->groups = calloc(plan->rubric_count + 1, sizeof *work->groups);
    work->results = calloc(plan->rubric_count + 1, sizeof *work->results);
    if (!work->chunk || !work->groups || !work->results)
        return error_memory(errors);
    for (size_t f = 0; f < FIELD_COUNT; f++)
        if (!column_init(&work->common[f], plan->records, plan->slots[f],
                         common_type((common_field)f), NULL))
            return error_memory(errors);
    if (!column_init(&work->area, plan->records, plan->slots[FIELD_PRACTICE_AREA], VALUE_CHOICE,
                     plan->area_names))
        return error_memory(errors);
    work->kept_columns = calloc(plan->kept_count + 1, sizeof *work->kept_columns);
    work->kept = calloc(plan->kept_count + 1, sizeof *work->kept);
    if (!work->kept_columns || !work->kept)
        return error_memory(errors);
    for (size_t k = 0; k < plan->kept_count; k++)
        if (!column_init(&work->kept_columns[k], plan->records, plan->kept[k].slot, VALUE_TEXT,
                         NULL))
            return error_memory(errors);
    return true;
}

void batch_free(batch_work *work)
{
    for (size_t r = 0; work->groups && r < work->plan->rubric_count; r++)
        if (work->groups[r].bound)
            group_free(&work->groups[r]);
    for (size_t f = 0; f < FIELD_COUNT; f++)
        column_free(&work->common[f]);
    column_free(&work->area);
    for (size_t k = 0; work->kept_columns && k < work->plan->kept_count; k++)
        column_free(&work->kept_columns[k]);
    free(work->kept_columns);
    free(work->kept);
    runners_free(&work->runners);
    chunk_free(work->chunk);
    free(work->groups);
    free(work->results);
    arena_free(&work->memory);
    arena_free(&work->details);
}

static bool reserve(batch_work *work, size_t capacity)
{
    arena *memory = &work->memory;

    if (capacity <= work->capacity)
        return true;
    capacity += capacity / 4;
    arena_free(memory);
    work->capacity = 0;
    work->rows = arena_array(memory, capacity, sizeof *work->rows);
    work->rubric = arena_array(memory, capacity, sizeof *work->rubric);
    work->line = arena_array(memory, capacity, sizeof *work->line);
    work->practice_area = arena_array(memory, capacity, sizeof *work->practice_area);
    work->auditor_grade = arena_array(memory, capacity, 1);
    work->audit_date = arena_array(memory, capacity, sizeof *work->audit_date);
    work->status = arena_array(memory, capacity, 1);
    work->judgement = arena_array(memory, capacity, 1);
    work->coverage = arena_array(memory, capacity, 1);
    work->group = arena_array(memory, capacity, sizeof *work->group);
    work->place = arena_array(memory, capacity, sizeof *work->place);
    work->detail = arena_array(memory, capacity, sizeof *work->detail);
    work->blank = arena_array(memory, capacity, sizeof *work->blank);
    if (!work->rows || !work->rubric || !work->line || !work->practice_area ||
        !work->auditor_grade || !work->audit_date || !work->status || !work->judgement ||
        !work->coverage || !work->group || !work->place || !work->detail ||
        !work->blank)
        return false;
    work->capacity = capacity;
    return true;
}

/* Which records of the chunk are graded: all of them, or those of one audit id. */
static bool keep_rows(batch_work *work)
{
    const char *only_id = work->plan->options->only_id;
    column *ids = &work->common[FIELD_AUDIT_ID];
    size_t kept = 0;

    for (size_t row = 0; row < work->chunk->count; row++)
        work->rows[row] = (uint32_t)row;
    work->count = work->chunk->count;
    if (!only_id)
        return true;
    if (!column_decode(ids, work->chunk, work->rows, work->count))
        return false;
    for (size_t row = 0; row < work->count; row++)
        if (text_same(ids->texts[row], text_of(only_id)))
            work->rows[kept++] = (uint32_t)row;
    work->count = kept;
    return true;
}

/* Whether none of the cells that are read of a record says anything. */
static bool is_blank(const batch_work *work, uint32_t row)
{
    const chunk *from = work->chunk;

    if (from->fault[row] != RECORD_WHOLE)
        return false;
    for (size_t slot = 0; slot < work->plan->slot_count; slot++) {
        if (work->plan->columns[slot] == COLUMN_NONE)
            continue;
        const cell said = from->cells[slot][row];
        if (text_trim((text){from->bytes + said.at, said.size}).size > 0)
            return false;
    }
    return true;
}

static bool decode_common(batch_work *work)
{
    const bool routed = !work->plan->options->rubric;

    for (size_t f = 0; f < FIELD_COUNT; f++)
        if (!column_decode(&work->common[f], work->chunk, work->rows, work->count))
            return false;
    if (routed && !column_decode(&work->area, work->chunk, work->rows, work->count))
        return false;

    for (size_t k = 0; k < work->plan->kept_count; k++) {
        if (!column_decode(&work->kept_columns[k], work->chunk, work->rows, work->count))
            return false;
        work->kept[k] = (kept_field){work->plan->kept[k].field, work->kept_columns[k].texts};
    }

    const column *date = &work->common[FIELD_AUDIT_DATE];
    for (size_t i = 0; i < work->count; i++) {
        work->line[i] = chunk_line(work->chunk, work->rows[i]);
        work->blank[i] = is_blank(work, work->rows[i]);
        work->audit_date[i] = date->status[i] == COLUMN_VALUE ? date->dates[i] : DATE_NONE;
    }
    return true;
}

static void reject(batch_work *work, size_t i, const char *why)
{
    work->rubric[i] = RUBRIC_NONE;
    work->status[i] = STATUS_REJECTED;
    work->judgement[i] = JUDGEMENT_NOT_GRADED;
    work->coverage[i] = 0;
    work->group[i] = GROUP_NONE;
    work->place[i] = 0;
    work->detail[i] = why;
    work->auditor_grade[i] = LEVEL_NONE;
}

static const char *known_areas(const grade_plan *plan, arena *memory)
{
    const char *list = "write ";

    for (size_t a = 0; a < plan->area_count; a++)
        list = detail_text(memory, "%s%s, ", list, plan->areas[a].name);
    return detail_text(memory, "%sor name the rubric with --rubric", list);
}

static const char *no_rubric(const batch_work *work, size_t i, const detail_source *source)
{
    const size_t area_slot = work->plan->slots[FIELD_PRACTICE_AREA];
    const size_t date_slot = work->plan->slots[FIELD_AUDIT_DATE];
    const uint8_t date = work->common[FIELD_AUDIT_DATE].status[i];

    static const char add_column[] =
        "add the column, map it with --columns, or name the rubric with --rubric";

    if (work->plan->columns[area_slot] == COLUMN_NONE)
        return detail_of_cell(source, "practice_area", area_slot, work->rows[i], "", add_column);
    if (work->area.status[i] != COLUMN_VALUE)
        return detail_of_cell(source, "practice_area", area_slot, work->rows[i],
                              "is no practice area with a rubric",
                              known_areas(work->plan, source->memory));
    if (work->plan->columns[date_slot] == COLUMN_NONE)
        return detail_of_cell(source, "audit_date", date_slot, work->rows[i], "", add_column);
    if (date != COLUMN_VALUE)
        return detail_of_cell(source, "audit_date", date_slot, work->rows[i],
                              date == COLUMN_INVALID ? "is not a date" : "says no date",
                              date_remedy(text_of(chunk_cell_text(source->chunk, date_slot,
                                                              work->rows[i], source->memory))));
    return detail_of_cell(source, "audit_date", date_slot, work->rows[i],
                          detail_text(source->memory, "is before the first rubric of %s",
                                      work->plan->areas[work->area.bytes[i]].name),
                          "correct the date, or add a rubric that was in force then");
}

static const char *unreadable(const chunk *from, uint32_t row, arena *memory)
{
    const char *why = record_fault_text((record_fault)from->fault[row]);
    const unsigned at = from->fault_cell[row];

    return at ? detail_text(memory, "column %u: the record %s", at, why)
              : detail_text(memory, "the record %s", why);
}

/* grading.md 8: which rubric grades each record. */
static void route(batch_work *work, const detail_source *source)
{
    const chunk *from = work->chunk;

    for (size_t i = 0; i < work->count; i++) {
        const uint32_t row = work->rows[i];
        size_t chosen = 0;

        if (from->fault[row] != RECORD_WHOLE) {
            reject(work, i, unreadable(from, row, source->memory));
            continue;
        }
        if (!work->plan->options->rubric)
            chosen = work->area.status[i] == COLUMN_VALUE && work->audit_date[i] != DATE_NONE
                         ? plan_choose(work->plan, work->area.bytes[i], work->audit_date[i])
                         : RUBRIC_NONE;
        if (chosen == RUBRIC_NONE)
            reject(work, i, no_rubric(work, i, source));
        else
            work->rubric[i] = (uint16_t)chosen;
    }
}

static void name_practice_areas(batch_work *work)
{
    const text *written = work->common[FIELD_PRACTICE_AREA].texts;
    const bool routed = !work->plan->options->rubric;

    for (size_t i = 0; i < work->count; i++) {
        const bool of_rubric =
            work->rubric[i] != RUBRIC_NONE && (routed || written[i].size == 0);
        work->practice_area[i] =
            of_rubric ? text_of(work->plan->rubrics[work->rubric[i]].rubric->practice_area)
                      : written[i];
    }
}

/* The results of one group, at their records' places in the batch. */
static void spread(batch_work *work, const group_work *graded, size_t group,
                   const detail_source *source)
{
    const column *auditor = &graded->columns[graded->bound->auditor_grade];

    for (size_t k = 0; k < graded->count; k++) {
        const size_t i = graded->records[k];
        const uint8_t judged = graded->judged.judgement[k];

        work->group[i] = (uint16_t)group;
        work->place[i] = (uint32_t)k;
        work->auditor_grade[i] =
            auditor->status[k] == COLUMN_VALUE ? auditor->bytes[k] : (uint8_t)LEVEL_NONE;
        work->judgement[i] = judged;
        work->coverage[i] = graded->judged.coverage[k];
        work->status[i] = judged == JUDGEMENT_NOT_GRADED ? STATUS_INSUFFICIENT : STATUS_GRADED;
        work->detail[i] = judged == JUDGEMENT_NOT_GRADED ? "insufficient evidence" : "";
        if (graded->invalid[k]) {
            work->status[i] = STATUS_REJECTED;
            work->judgement[i] = JUDGEMENT_NOT_GRADED;
            work->coverage[i] = 0;
            work->detail[i] =
                work->plan->options->no_details ? "" : detail_of_values(graded, k, source);
        }
    }
}

static void reject_group(batch_work *work, const group_work *graded, const char *why,
                         size_t group)
{
    for (size_t k = 0; k < graded->count; k++) {
        reject(work, graded->records[k], why);
        work->group[graded->records[k]] = (uint16_t)group;
    }
}

static size_t count_of(const batch_work *work, size_t r)
{
    size_t count = 0;
    for (size_t i = 0; i < work->count; i++)
        count += work->rubric[i] == r;
    return count;
}

static void gather(const batch_work *work, size_t r, group_work *out)
{
    out->count = 0;
    for (size_t i = 0; i < work->count; i++)
        if (work->rubric[i] == r) {
            out->records[out->count] = (uint32_t)i;
            out->rows[out->count++] = work->rows[i];
        }
}

/* The records of one rubric of the plan, as a group of the batch where there are any. */
static bool grade_rubric(batch_work *work, size_t r, size_t *groups, const detail_source *source)
{
    rubric_plan *bound = &work->plan->rubrics[r];
    group_work *graded = &work->groups[r];

    if (!graded->bound && !group_init(graded, bound, work->plan->records, &work->runners))
        return false;
    if (!group_reserve(graded, count_of(work, r)))
        return false;
    gather(work, r, graded);

    const char *failure = NULL;
    if (!plan_open(work->plan, bound))
        failure = bound->refusal;
    else if (!group_grade(graded, work->chunk))
        return false;
    else
        failure = graded->failure;
    if (failure && graded->stopped)
        plan_refuse(work->plan, bound, failure,
                    graded->no_system ? FAULT_OUTPUT : FAULT_PLUGIN);

    if (failure)
        reject_group(work, graded, detail_text(source->memory, "not graded: %s", failure),
                     *groups);
    else
        spread(work, graded, *groups, source);
    work->results[*groups] = group_results(graded);
    work->results[(*groups)++].failed = failure != NULL;
    return true;
}

bool batch_grade(batch_work *work, graded_batch *out)
{
    size_t groups = 0;

    arena_free(&work->details);
    if (!chunk_cut(work->chunk) || !reserve(work, work->chunk->count) || !keep_rows(work) ||
        !decode_common(work))
        return false;

    const detail_source source = {work->plan, work->chunk, &work->details};
    route(work, &source);
    name_practice_areas(work);
    for (size_t r = 0; r < work->plan->rubric_count; r++)
        if (count_of(work, r) > 0 && !grade_rubric(work, r, &groups, &source))
            return false;

    *out = (graded_batch){
        .input = records_name(work->plan->records),
        .count = work->count,
        .line = work->line,
        .audit_id = work->common[FIELD_AUDIT_ID].texts,
        .practice_area = work->practice_area,
        .team = work->common[FIELD_TEAM].texts,
        .auditor = work->common[FIELD_AUDITOR].texts,
        .auditor_grade_text = work->common[FIELD_AUDITOR_GRADE].texts,
        .auditor_grade = work->auditor_grade,
        .audit_date = work->audit_date,
        .status = work->status,
        .judgement = work->judgement,
        .coverage = work->coverage,
        .group = work->group,
        .place = work->place,
        .blank = work->blank,
        .detail = work->detail,
        .groups = work->results,
        .group_count = groups,
        .kept = work->kept,
        .kept_count = work->plan->kept_count,
    };
    return true;
}
