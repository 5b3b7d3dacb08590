#include "regression/verdict.h"

#include <endian.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- Lists ------------------------------------------------------------------------ */

void verdict_block_free(verdict_block *block)
{
    if (!block)
        return;
    arena_free(&block->memory);
    free(block);
}

void verdicts_free(verdict_list *list)
{
    for (size_t b = 0; b < list->block_count; b++)
        verdict_block_free(list->blocks[b]);
    free(list->blocks);
    arena_free(&list->memory);
    *list = (verdict_list){0};
}

bool verdicts_add(verdict_list *list, verdict_block *block)
{
    if (list->block_count == list->capacity) {
        const size_t    capacity = list->capacity * 2 + 16;
        verdict_block **more = realloc(list->blocks, capacity * sizeof *more);
        if (!more) {
            verdict_block_free(block);
            return false;
        }
        list->blocks = more;
        list->capacity = capacity;
    }
    block->first = list->count;
    list->blocks[list->block_count++] = block;
    list->count += block->count;
    return true;
}

const verdict *verdict_at(const verdict_list *list, size_t index, size_t *hint)
{
    while (index < list->blocks[*hint]->first)
        --*hint;
    while (index >= list->blocks[*hint]->first + list->blocks[*hint]->count)
        ++*hint;
    return &list->blocks[*hint]->items[index - list->blocks[*hint]->first];
}

/* ---- Order --------------------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b)
{
    const verdict *const *one = a, *const *other = b;
    return strcmp((*one)->audit_id, (*other)->audit_id);
}

/* Merges two sorted halves; records of one id keep their order. */
static void merge(const verdict **from, size_t middle, size_t count, const verdict **space)
{
    size_t i = 0, j = middle;

    memcpy(space, from, count * sizeof *space);
    for (size_t at = 0; at < count; at++)
        from[at] = j == count || (i < middle && compare_ids(&space[i], &space[j]) <= 0) ? space[i++]
                                                                                       : space[j++];
}

static void sort_verdicts(const verdict **from, size_t count, const verdict **space)
{
    if (count < 2)
        return;
    sort_verdicts(from, count / 2, space);
    sort_verdicts(from + count / 2, count - count / 2, space);
    if (compare_ids(&from[count / 2 - 1], &from[count / 2]) > 0)
        merge(from, count / 2, count, space);
}

const verdict **verdicts_order(const verdict_list *list)
{
    const verdict **made = calloc(list->count + 1, sizeof *made);
    const verdict **space = calloc(list->count + 1, sizeof *space);
    size_t          hint = 0;

    for (size_t i = 0; made && i < list->count; i++)
        made[i] = verdict_at(list, i, &hint);
    if (made && space) {
        sort_verdicts(made, list->count, space);
    } else {
        free(made);
        made = NULL;
    }
    free(space);
    return made;
}

/* ---- Yardsticks -------------------------------------------------------------------- */

bool yardstick_fold(yardstick *out, arena *memory)
{
    for (size_t l = 0; l < out->level_count; l++) {
        char         folded[256];
        const size_t size = text_fold_name(text_of(out->labels[l]), folded, sizeof folded);
        out->folded[l] = size == SIZE_MAX ? out->labels[l] : arena_text(memory, folded, size);
        if (!out->folded[l])
            return false;
    }
    return true;
}

bool yardstick_make(yardstick *out, const rubric *of, arena *memory)
{
    const char **criteria = arena_array(memory, of->criterion_count + 1, sizeof *criteria);

    if (!criteria)
        return false;
    *out = (yardstick){
        .id = of->id,
        .version = of->version,
        .rubric = of,
        .level_count = of->scale.count,
        .criteria = criteria,
        .criterion_count = of->criterion_count,
    };
    for (size_t l = 0; l < of->scale.count; l++) {
        out->levels[l] = of->scale.ids[l];
        out->labels[l] = of->scale.labels[l];
    }
    for (size_t c = 0; c < of->criterion_count; c++)
        criteria[c] = of->criteria[c].id;
    return yardstick_fold(out, memory);
}

yardstick *yardsticks_of(const grading_side *side, size_t *count, arena *memory)
{
    *count = side->rubric ? 1 : side->library->rubric_count;
    yardstick *made = arena_array(memory, *count + 1, sizeof *made);

    for (size_t r = 0; made && r < *count; r++)
        if (!yardstick_make(&made[r], side->rubric ? side->rubric : side->library->rubrics[r],
                            memory))
            return NULL;
    return made;
}

const char *outcome_word(const yardstick *by, uint8_t outcome)
{
    if (outcome < LEVELS_MAX)
        return by->levels[outcome];
    return outcome == OUTCOME_NONE           ? "none"
           : outcome == OUTCOME_INSUFFICIENT ? "insufficient_evidence"
                                             : "rejected";
}

/* ---- From batches ------------------------------------------------------------------ */

/* Names that most records of a batch share are kept once. */
enum { SHARED_WORDS = 64 };

typedef struct {
    verdict_block *block;
    const char    *words[SHARED_WORDS];
} word_keeper;

static const char *keep_word(word_keeper *keeper, text word)
{
    if (word.size == 0)
        return "";
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < word.size; i++)
        hash = (hash ^ (unsigned char)word.at[i]) * 16777619u;

    const char **kept = &keeper->words[hash % SHARED_WORDS];
    if (!*kept || strlen(*kept) != word.size || memcmp(*kept, word.at, word.size) != 0)
        *kept = arena_text(&keeper->block->memory, word.at, word.size);
    return *kept;
}

/* The criteria whose limit lowered record k. */
static const char *limits_of(word_keeper *keeper, const graded_group *group, size_t k)
{
    char   joined[2048];
    size_t size = 0;

    if (!graded_limited(group, k))
        return "";
    for (size_t c = 0; c < group->rubric->criterion_count; c++) {
        if (!graded_limits(group, k, c))
            continue;
        const size_t length = strlen(group->rubric->criteria[c].id);
        if (size + length + 2 > sizeof joined)
            break;
        if (size > 0)
            joined[size++] = ';';
        memcpy(joined + size, group->rubric->criteria[c].id, length);
        size += length;
    }
    return keep_word(keeper, (text){joined, size});
}

static const yardstick *yardstick_of(const verdict_maker *maker, const rubric *of)
{
    for (size_t y = 0; y < maker->yardstick_count; y++)
        if (maker->yardsticks[y].rubric == of)
            return &maker->yardsticks[y];
    return NULL;
}

/* The cells of a field; NULL where the input has none. */
static const text *cells_of(const graded_batch *batch, const char *field)
{
    for (size_t k = 0; k < batch->kept_count; k++)
        if (strcmp(batch->kept[k].field, field) == 0)
            return batch->kept[k].cells;
    for (size_t k = 0; k < batch->kept_count; k++)
        if (text_same_name(text_of(batch->kept[k].field), text_of(field)))
            return batch->kept[k].cells;
    return NULL;
}

enum { ROW_BYTES = 2048 };

/* What a record says, one value after another, each with its length before it so that two never run
 * into one. What does not fit is folded into what comes first. */
typedef struct {
    const uint8_t *key;
    size_t         size;
    uint8_t        bytes[ROW_BYTES];
} row_text;

static uint64_t sip(const uint8_t *bytes, size_t size, const uint8_t *key)
{
    uint8_t  out[crypto_shorthash_BYTES];
    uint64_t hash;

    crypto_shorthash(out, bytes, size, key);
    memcpy(&hash, out, sizeof hash);
    return le64toh(hash);
}

static void add_bytes(row_text *row, const void *from, size_t size)
{
    if (size > ROW_BYTES - row->size) {
        const uint64_t so_far[2] = {htole64(sip(row->bytes, row->size, row->key)),
                                    htole64(size > ROW_BYTES - 16 ? sip(from, size, row->key) : 0)};
        memcpy(row->bytes, so_far, sizeof so_far);
        row->size = sizeof so_far;
        size = size > ROW_BYTES - 16 ? 0 : size;
    }
    if (size > 0)
        memcpy(row->bytes + row->size, from, size);
    row->size += size;
}

static void add_value(row_text *row, text value)
{
    const uint8_t size[4] = {(uint8_t)value.size, (uint8_t)(value.size >> 8),
                             (uint8_t)(value.size >> 16), (uint8_t)(value.size >> 24)};

    add_bytes(row, size, sizeof size);
    add_bytes(row, value.at, value.size);
}

/* SipHash-2-4 of the audit date and the fields, under the key's first 16 bytes. Never 0. */
static uint64_t hash_row(const verdict_maker *maker, const graded_batch *batch,
                         const text *const *columns, size_t record)
{
    const uint32_t day = htole32((uint32_t)batch->audit_date[record]);
    row_text       row;

    row.key = maker->key;
    row.size = 0;
    add_bytes(&row, &day, sizeof day);
    for (size_t f = 0; f < maker->field_count; f++)
        add_value(&row, columns[f] ? columns[f][record] : (text){"", 0});
    const uint64_t hash = sip(row.bytes, row.size, maker->key);
    return hash ? hash : 1;
}

/* What the rubric gave. */
static bool add_grade(word_keeper *keeper, const graded_batch *batch, size_t i, verdict *out)
{
    const graded_group *group = &batch->groups[batch->group[i]];
    const size_t        k = batch->place[i], count = group->rubric->criterion_count;
    uint8_t            *ratings = arena_array(&keeper->block->memory, count, 1);

    if (!ratings)
        return false;
    for (size_t c = 0; c < count; c++)
        ratings[c] = group->ratings[c][k];
    out->ratings = ratings;
    out->coverage = batch->coverage[i];
    if (batch->status[i] == STATUS_INSUFFICIENT)
        out->outcome = OUTCOME_INSUFFICIENT;
    else if (batch->judgement[i] == JUDGEMENT_NONE)
        out->outcome = OUTCOME_NONE;
    else {
        out->outcome = batch->judgement[i];
        out->score = graded_score(group, k);
        out->margin = graded_margin(group, k);
        out->limited_by = limits_of(keeper, group, k);
    }
    return out->limited_by != NULL;
}

static bool make_verdict(const verdict_maker *maker, word_keeper *keeper,
                         const graded_batch *batch, size_t i, const yardstick *const *by,
                         const text *const *columns, verdict *out)
{
    *out = (verdict){
        .audit_id =
            arena_text(&keeper->block->memory, batch->audit_id[i].at, batch->audit_id[i].size),
        .input = keep_word(keeper, text_of(batch->input)),
        .area = keep_word(keeper, batch->practice_area[i]),
        .team = keep_word(keeper, batch->team[i]),
        .auditor = keep_word(keeper, batch->auditor[i]),
        .limited_by = "",
        .by = batch->group[i] == GROUP_NONE ? NULL : by[batch->group[i]],
        .line = batch->line[i],
        .row = maker->key ? hash_row(maker, batch, columns, i) : 0,
        .audit_date = batch->audit_date[i],
        .score = SCORE_NONE,
        .margin = SCORE_NONE,
        .outcome = OUTCOME_REJECTED,
    };
    if (batch->status[i] != STATUS_REJECTED && !add_grade(keeper, batch, i, out))
        return false;
    out->word = outcome_word(out->by, out->outcome);
    return out->audit_id && out->input && out->area && out->team && out->auditor;
}

verdict_block *verdict_block_of(const verdict_maker *maker, const graded_batch *batch)
{
    verdict_block    *block = calloc(1, sizeof *block);
    const yardstick **by = calloc(batch->group_count + 1, sizeof *by);
    const text      **columns = calloc(maker->field_count + 1, sizeof *columns);
    word_keeper       keeper = {.block = block};
    bool              fine = block && by && columns;

    for (size_t f = 0; fine && f < maker->field_count; f++)
        columns[f] = cells_of(batch, maker->fields[f]);

    for (size_t g = 0; fine && g < batch->group_count; g++)
        by[g] = yardstick_of(maker, batch->groups[g].rubric);
    if (fine)
        block->items = arena_array(&block->memory, batch->count + 1, sizeof *block->items);
    fine = fine && block->items;
    for (size_t i = 0; fine && i < batch->count; i++) {
        fine = make_verdict(maker, &keeper, batch, i, by, columns, &block->items[i]);
        block->count++;
    }
    free(by);
    free(columns);
    if (!fine) {
        verdict_block_free(block);
        return NULL;
    }
    return block;
}

/* ---- Grading into a list ------------------------------------------------------------ */

bool side_grade(const grading_side *side, const diff_inputs *inputs, size_t i,
                const kept_cells *keep, const grade_sink *sink, grade_totals *totals,
                error_list *errors)
{
    records      *input = records_open(&inputs->sources[i], inputs->columns, errors);
    grade_options options = {
        .library = side->library,
        .plugins = side->plugins,
        .rubric = side->rubric,
        .threads = side->threads,
        .keep = keep,
    };

    if (!input)
        return false;
    /* An edition or a folder of one rubric grades records that do not name their area. */
    if (!side->rubric && side->library->rubric_count == 1 &&
        records_find(input, text_of("practice_area")) == COLUMN_NONE)
        options.rubric = side->library->rubrics[0];
    const bool graded = grade_input(input, &options, sink, totals, errors);
    records_close(input);
    return graded;
}

typedef struct {
    verdict_maker maker;
    verdict_list *list;
} list_sink;

static void *render_block(void *user, const graded_batch *batch)
{
    const list_sink *sink = user;
    return verdict_block_of(&sink->maker, batch);
}

static bool deliver_block(void *user, void *rendered, error_list *errors)
{
    const list_sink *sink = user;
    return verdicts_add(sink->list, rendered) || error_memory(errors);
}

static void discard_block(void *user, void *rendered)
{
    (void)user;
    verdict_block_free(rendered);
}

bool verdicts_grade(verdict_list *out, const grading_side *side, const diff_inputs *inputs,
                    const row_hashing *hashing, grade_totals *totals, error_list *errors)
{
    list_sink        into = {.list = out};
    const grade_sink sink = {&into, render_block, deliver_block, discard_block};
    wanted_field    *wanted = calloc(hashing ? hashing->field_count + 1 : 1, sizeof *wanted);
    bool             fine = wanted != NULL;

    into.maker.yardsticks = yardsticks_of(side, &into.maker.yardstick_count, &out->memory);
    if (hashing && fine) {
        into.maker.key = hashing->key;
        into.maker.fields = hashing->fields;
        into.maker.field_count = hashing->field_count;
        for (size_t f = 0; f < hashing->field_count; f++)
            wanted[f].field = hashing->fields[f];
    }
    const kept_cells keep = {wanted, into.maker.field_count};
    if (!fine || !into.maker.yardsticks)
        fine = error_memory(errors);
    for (size_t i = 0; fine && i < inputs->count; i++)
        fine = side_grade(side, inputs, i, hashing ? &keep : NULL, &sink, totals, errors);
    free(wanted);
    return fine;
}
