#include "regression/verdict.h"

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

/* ---- Yardsticks -------------------------------------------------------------------- */

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
    return true;
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
        if (text_same_name(text_of(batch->kept[k].field), text_of(field)))
            return batch->kept[k].cells;
    return NULL;
}

/* A value with its length before it, so that two values never run into one. */
static void hash_value(crypto_generichash_state *state, text value)
{
    const uint8_t size[4] = {(uint8_t)value.size, (uint8_t)(value.size >> 8),
                             (uint8_t)(value.size >> 16), (uint8_t)(value.size >> 24)};

    crypto_generichash_update(state, size, sizeof size);
    if (value.size > 0)
        crypto_generichash_update(state, (const uint8_t *)value.at, value.size);
}

/* A keyed hash of what the record says: its audit date and the fields. Never 0. */
static uint64_t hash_row(const verdict_maker *maker, const graded_batch *batch,
                         const text *const *columns, size_t record)
{
    crypto_generichash_state state;
    uint8_t                  bytes[crypto_generichash_BYTES_MIN];
    uint64_t                 hash = 0;
    const uint32_t           day = (uint32_t)batch->audit_date[record];
    const uint8_t            date[4] = {(uint8_t)day, (uint8_t)(day >> 8), (uint8_t)(day >> 16),
                                        (uint8_t)(day >> 24)};

    crypto_generichash_init(&state, maker->key, 32, sizeof bytes);
    crypto_generichash_update(&state, date, sizeof date);
    for (size_t f = 0; f < maker->field_count; f++)
        hash_value(&state, columns[f] ? columns[f][record] : (text){"", 0});
    crypto_generichash_final(&state, bytes, sizeof bytes);
    for (int i = 0; i < 8; i++)
        hash |= (uint64_t)bytes[i] << (8 * i);
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
