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

void verdict_block_look(verdict_block *block)
{
    for (size_t i = 1; i < block->count && !block->disordered; i++) {
        const int order = strcmp(block->items[i - 1].audit_id, block->items[i].audit_id);
        block->disordered = order > 0;
        block->repeated += order == 0;
    }
}

static void note_order(verdict_list *list, const verdict_block *block)
{
    const verdict_block *before = list->block_count > 0 ? list->blocks[list->block_count - 1] : NULL;
    const bool           joins = before && before->count > 0 && block->count > 0;
    const int            order = joins ? strcmp(before->items[before->count - 1].audit_id,
                                                block->items[0].audit_id)
                                       : -1;

    list->disordered |= block->disordered || order > 0 || (before && before->count == 0);
    list->repeated += block->repeated + (order == 0);
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
    note_order(list, block);
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

/* A verdict, and the first eight bytes in which the ids of its list may differ, as a number: most ids
 * are told apart without looking at them. */
typedef struct {
    uint64_t       key;
    const verdict *of;
} keyed_verdict;

static uint64_t key_of(const char *id, size_t shared)
{
    uint64_t key = 0;

    id += shared;
    for (int i = 0; i < 8; i++) {
        key = key << 8 | (unsigned char)*id;
        id += *id != '\0';
    }
    return key;
}

static bool goes_behind(const keyed_verdict *a, const keyed_verdict *b)
{
    return a->key != b->key ? a->key > b->key : strcmp(a->of->audit_id, b->of->audit_id) > 0;
}

/* Merges two sorted halves; records of one id keep their order. */
static void merge(keyed_verdict *from, size_t middle, size_t count, keyed_verdict *space)
{
    size_t i = 0, j = middle;

    memcpy(space, from, count * sizeof *space);
    for (size_t at = 0; at < count; at++)
        from[at] = j == count || (i < middle && !goes_behind(&space[i], &space[j])) ? space[i++]
                                                                                   : space[j++];
}

static void sort_verdicts(keyed_verdict *from, size_t count, keyed_verdict *space)
{
    if (count < 2)
        return;
    sort_verdicts(from, count / 2, space);
    sort_verdicts(from + count / 2, count - count / 2, space);
    if (goes_behind(&from[count / 2 - 1], &from[count / 2]))
        merge(from, count / 2, count, space);
}

/* How many bytes all ids begin with. */
static size_t shared_bytes(const verdict_list *list)
{
    size_t      hint = 0;
    const char *first = list->count > 0 ? verdict_at(list, 0, &hint)->audit_id : "";
    size_t      shared = strlen(first);

    for (size_t i = 1; shared > 0 && i < list->count; i++)
        while (strncmp(first, verdict_at(list, i, &hint)->audit_id, shared) != 0)
            shared--;
    return shared;
}

const verdict **verdicts_order(const verdict_list *list)
{
    const verdict **made = calloc(list->count + 1, sizeof *made);
    keyed_verdict  *keyed = calloc(list->count + 1, sizeof *keyed);
    keyed_verdict  *space = calloc(list->count + 1, sizeof *space);
    const size_t    shared = shared_bytes(list);
    size_t          hint = 0;

    if (made && keyed && space) {
        for (size_t i = 0; i < list->count; i++) {
            keyed[i].of = verdict_at(list, i, &hint);
            keyed[i].key = key_of(keyed[i].of->audit_id, shared);
        }
        sort_verdicts(keyed, list->count, space);
        for (size_t i = 0; i < list->count; i++)
            made[i] = keyed[i].of;
    } else {
        free(made);
        made = NULL;
    }
    free(keyed);
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

const char *verdict_shown(const verdict *of)
{
    if (of->outcome < LEVELS_MAX)
        return of->by && of->outcome < of->by->level_count ? of->by->labels[of->outcome] : of->word;
    return of->outcome == OUTCOME_NONE           ? "None"
           : of->outcome == OUTCOME_INSUFFICIENT ? "Insufficient evidence"
                                                 : "Rejected";
}

/* ---- From batches ------------------------------------------------------------------ */

/* Names that most records of a batch share are kept once. */
enum { SHARED_WORDS = 64 };

typedef struct {
    const char *at;
    size_t      size;
} shared_word;

/* A batch on its way into a block. */
typedef struct {
    const verdict_maker *maker;
    const graded_batch  *batch;
    verdict_block       *block;
    const char          *input;
    const yardstick    **by;      /* [group] */
    uint8_t            **ratings; /* [group]: [k][criterion] */
    const text         **columns; /* [field]: its cells; NULL: the input has none */
    origin_rows          rows;
    text                 area;      /* of the record before, and */
    const char          *kept_area; /* where it is kept */
    shared_word          words[SHARED_WORDS];
} batch_maker;

/* Of the size and the last bytes, in which the names of teams and auditors differ most. */
static size_t place_of(text word)
{
    uint64_t     last = 0;
    const size_t taken = word.size < sizeof last ? word.size : sizeof last;

    for (size_t i = 0; i < taken; i++)
        last = last << 8 | (unsigned char)word.at[word.size - taken + i];
    return (size_t)((last + word.size) * UINT64_C(0x9E3779B97F4A7C15) >> 58); /* below SHARED_WORDS */
}

static const char *keep_word(batch_maker *at, text word)
{
    if (word.size == 0)
        return "";
    shared_word *kept = &at->words[place_of(word)];
    if (!kept->at || kept->size != word.size || memcmp(kept->at, word.at, word.size) != 0)
        *kept = (shared_word){arena_text(&at->block->memory, word.at, word.size), word.size};
    return kept->at;
}

/* Most records of a batch have the area of their rubric: the very same text. */
static const char *keep_area(batch_maker *at, text area)
{
    if (!at->kept_area || area.at != at->area.at || area.size != at->area.size) {
        at->area = area;
        at->kept_area = keep_word(at, area);
    }
    return at->kept_area;
}

/* The criteria whose limit lowered record k. */
static const char *limits_of(batch_maker *at, const graded_group *group, size_t k)
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
    return keep_word(at, (text){joined, size});
}

static const yardstick *yardstick_of(const verdict_maker *maker, const rubric *of)
{
    for (size_t y = 0; y < maker->yardstick_count; y++)
        if (maker->yardsticks[y].rubric == of)
            return &maker->yardsticks[y];
    return NULL;
}

/* SipHash-2-4 of what each record says, under the key's first 16 bytes. Never 0. */
static bool hash_rows(batch_maker *at)
{
    const graded_batch *batch = at->batch;
    uint8_t             bytes[crypto_shorthash_BYTES];
    uint64_t            hash;

    for (size_t first = 0; first < batch->count; first += ORIGIN_ROWS) {
        const size_t left = batch->count - first, count = left < ORIGIN_ROWS ? left : ORIGIN_ROWS;
        if (!origin_rows_write(&at->rows, batch->audit_date, at->columns, at->maker->field_count,
                               first, count))
            return false;
        for (size_t k = 0; k < count; k++) {
            crypto_shorthash(bytes, at->rows.at[k], at->rows.size[k], at->maker->key);
            memcpy(&hash, bytes, sizeof hash);
            hash = le64toh(hash);
            at->block->items[first + k].row = hash ? hash : 1;
        }
    }
    return true;
}

/* What the rubric gave. */
static bool add_grade(batch_maker *at, size_t i, verdict *out)
{
    const graded_batch *batch = at->batch;
    const graded_group *group = &batch->groups[batch->group[i]];
    const size_t        k = batch->place[i];

    out->ratings = at->ratings[batch->group[i]] + k * group->rubric->criterion_count;
    out->coverage = batch->coverage[i];
    if (batch->status[i] == STATUS_INSUFFICIENT)
        out->outcome = OUTCOME_INSUFFICIENT;
    else if (batch->judgement[i] == JUDGEMENT_NONE)
        out->outcome = OUTCOME_NONE;
    else {
        out->outcome = batch->judgement[i];
        out->score = graded_score(group, k);
        out->margin = graded_margin(group, k);
        out->limited_by = limits_of(at, group, k);
    }
    return out->limited_by != NULL;
}

static bool make_verdict(batch_maker *at, size_t i, verdict *out)
{
    const graded_batch *batch = at->batch;

    *out = (verdict){
        .audit_id = arena_text(&at->block->memory, batch->audit_id[i].at, batch->audit_id[i].size),
        .input = at->input,
        .area = keep_area(at, batch->practice_area[i]),
        .team = keep_word(at, batch->team[i]),
        .auditor = keep_word(at, batch->auditor[i]),
        .limited_by = "",
        .by = batch->group[i] == GROUP_NONE ? NULL : at->by[batch->group[i]],
        .line = batch->line[i],
        .audit_date = batch->audit_date[i],
        .score = SCORE_NONE,
        .margin = SCORE_NONE,
        .outcome = OUTCOME_REJECTED,
    };
    if (batch->status[i] != STATUS_REJECTED && !add_grade(at, i, out))
        return false;
    out->word = outcome_word(out->by, out->outcome);
    return out->audit_id && out->area && out->team && out->auditor;
}

/* The ratings of a group, record by record. */
static uint8_t *ratings_of(batch_maker *at, const graded_group *group)
{
    const size_t width = group->rubric->criterion_count;
    uint8_t     *made = width <= SIZE_MAX / (group->count + 1)
                            ? arena_array(&at->block->memory, group->count + 1, width)
                            : NULL;

    for (size_t c = 0; made && !group->failed && c < width; c++)
        for (size_t k = 0; k < group->count; k++)
            made[k * width + c] = group->ratings[c][k];
    return made;
}

static void note_by(verdict_block *block, const yardstick *by)
{
    for (size_t b = block->by_count; b-- > 0;)
        if (block->by[b] == by)
            return;
    block->by[block->by_count++] = by;
}

static bool fill_block(batch_maker *at)
{
    const graded_batch *batch = at->batch;
    verdict_block      *block = at->block;

    for (size_t f = 0; f < at->maker->field_count; f++)
        at->columns[f] = graded_cells(batch, at->maker->fields[f]);
    for (size_t g = 0; g < batch->group_count; g++) {
        at->by[g] = yardstick_of(at->maker, batch->groups[g].rubric);
        at->ratings[g] = ratings_of(at, &batch->groups[g]);
        if (!at->ratings[g])
            return false;
    }
    at->input = arena_text(&block->memory, batch->input, strlen(batch->input));
    block->items = arena_array(&block->memory, batch->count + 1, sizeof *block->items);
    block->by = arena_array(&block->memory, batch->group_count + 1, sizeof *block->by);
    if (!at->input || !block->items || !block->by)
        return false;
    for (; block->count < batch->count; block->count++) {
        verdict *made = &block->items[block->count];
        if (!make_verdict(at, block->count, made))
            return false;
        if (made->by)
            note_by(block, made->by);
    }
    verdict_block_look(block);
    return !at->maker->key || hash_rows(at);
}

verdict_block *verdict_block_of(const verdict_maker *maker, const graded_batch *batch)
{
    batch_maker at = {
        .maker = maker,
        .batch = batch,
        .block = calloc(1, sizeof *at.block),
        .by = calloc(batch->group_count + 1, sizeof *at.by),
        .ratings = calloc(batch->group_count + 1, sizeof *at.ratings),
        .columns = calloc(maker->field_count + 1, sizeof *at.columns),
    };
    const bool fine = at.block && at.by && at.ratings && at.columns && fill_block(&at);

    free(at.by);
    free(at.ratings);
    free(at.columns);
    origin_rows_free(&at.rows);
    if (!fine) {
        verdict_block_free(at.block);
        return NULL;
    }
    return at.block;
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
        .no_details = true,
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
    verdict_maker     maker;
    verdict_list     *list;
    const list_watch *watch;
} list_sink;

static void *render_block(void *user, const graded_batch *batch)
{
    const list_sink *sink = user;
    return verdict_block_of(&sink->maker, batch);
}

static bool deliver_block(void *user, void *rendered, error_list *errors)
{
    const list_sink *sink = user;

    if (!verdicts_add(sink->list, rendered))
        return error_memory(errors);
    if (sink->watch->grown)
        sink->watch->grown(sink->watch->user);
    return true;
}

static void discard_block(void *user, void *rendered)
{
    (void)user;
    verdict_block_free(rendered);
}

bool verdicts_grade(verdict_list *out, const grading_side *side, const diff_inputs *inputs,
                    const row_hashing *hashing, grade_totals *totals, error_list *errors)
{
    return verdicts_grade_watched(out, side, inputs, hashing, &(list_watch){0}, totals, errors);
}

bool verdicts_grade_watched(verdict_list *out, const grading_side *side, const diff_inputs *inputs,
                            const row_hashing *hashing, const list_watch *watch,
                            grade_totals *totals, error_list *errors)
{
    list_sink        into = {.list = out, .watch = watch};
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
