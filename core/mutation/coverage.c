/* What of a rubric some records show. */
#include "mutation/mutation.h"

#include <stdlib.h>
#include <string.h>

#include "held/held.h"

enum { NEAR = 100 }; /* thousandths from a threshold */

/* A list of items being made, of the records of one group. */
typedef struct {
    rubric_coverage    *out;
    const held_records *held;
    const graded_group *group;
    coverage_item      *items;
    size_t              capacity;
    const char         *section;
    uint64_t            line;
    bool                failed;
} counting;

/* ---- Adding ------------------------------------------------------------------------------ */

static const char *keep(counting *at, buffer *words)
{
    const char *kept =
        buffer_end(words) ? arena_text(&at->out->memory, words->bytes, words->size) : NULL;
    buffer_free(words);
    at->failed |= !kept;
    return kept;
}

static void add(counting *at, buffer *item, uint64_t count, bool counts)
{
    rubric_coverage *out = at->out;
    const char      *kept = keep(at, item);

    if (out->item_count == at->capacity) {
        const size_t   capacity = at->capacity * 2 + 64;
        coverage_item *more = arena_array(&out->memory, capacity, sizeof *more);
        if (!more) {
            at->failed = true;
            return;
        }
        if (out->item_count > 0)
            memcpy(more, at->items, out->item_count * sizeof *more);
        at->items = more;
        at->capacity = capacity;
    }
    out->asked += counts;
    out->exercised += counts && count > 0;
    at->items[out->item_count++] = (coverage_item){at->section, kept, at->line, count, counts};
    out->items = at->items;
}

static void add_words(counting *at, const char *words, uint64_t count, bool counts)
{
    buffer item = {0};
    buffer_string(&item, words);
    add(at, &item, count, counts);
}

static void begin_section(counting *at, const char *family, const char *member, uint64_t line)
{
    buffer words = {0};
    buffer_format(&words, "%s%s%s", family, member ? "." : "", member ? member : "");
    at->section = keep(at, &words);
    at->line = line;
}

/* ---- Judgement ----------------------------------------------------------------------------- */

static uint8_t status_at(const counting *at, size_t k)
{
    return at->held->batch.status[at->group->rows[k]];
}

static bool is_judged(const counting *at, size_t k)
{
    return status_at(at, k) == STATUS_GRADED && at->group->stepped[k] != LEVEL_NONE;
}

/* The records to either side of a threshold, up to the next, and those near it. */
static void count_threshold(counting *at, level l)
{
    const rubric *held = at->group->rubric;
    uint64_t      over = 0, under = 0, near = 0;
    buffer        above = {0}, below = {0}, around = {0};

    for (size_t k = 0; k < at->group->count; k++) {
        if (!is_judged(at, k))
            continue;
        const int64_t apart = (int64_t)graded_score(at->group, k) - held->thousandths[l];
        over += at->group->base[k] == l;
        under += at->group->base[k] + 1u == l;
        near += apart >= -NEAR && apart <= NEAR;
    }
    buffer_format(&above, "%s: score at or over ", held->scale.ids[l]);
    buffer_thousandths(&above, held->thousandths[l]);
    buffer_format(&below, "%s: score under ", held->scale.ids[l]);
    buffer_thousandths(&below, held->thousandths[l]);
    buffer_format(&around, "%s: score within 0.1 of ", held->scale.ids[l]);
    buffer_thousandths(&around, held->thousandths[l]);
    add(at, &above, over, true);
    add(at, &below, under, true);
    add(at, &around, near, false);
}

static void count_coverage(counting *at)
{
    const unsigned least = at->group->rubric->min_coverage;
    uint64_t       enough = 0, short_of = 0;
    buffer         met = {0}, lacked = {0};

    for (size_t k = 0; k < at->group->count; k++) {
        const uint8_t coverage = at->held->batch.coverage[at->group->rows[k]];
        enough += status_at(at, k) == STATUS_GRADED && coverage < 100;
        short_of += status_at(at, k) == STATUS_INSUFFICIENT;
    }
    buffer_format(&met, "min_coverage %u: something missing, and enough", least);
    buffer_format(&lacked, "min_coverage %u: not enough", least);
    add(at, &met, enough, true);
    add(at, &lacked, short_of, true);
}

static void count_levels(counting *at)
{
    const rubric *held = at->group->rubric;

    for (level l = 0; l < held->scale.count; l++) {
        uint64_t judged = 0;
        for (size_t k = 0; k < at->group->count; k++)
            judged += status_at(at, k) == STATUS_GRADED &&
                      at->held->batch.judgement[at->group->rows[k]] == l;
        buffer item = {0};
        buffer_format(&item, "judged %s", held->scale.ids[l]);
        add(at, &item, judged, true);
    }
}

static void count_requirement(counting *at, size_t r, size_t *failed)
{
    const rubric      *held = at->group->rubric;
    const requirement *asked = &held->requirements[r];
    uint64_t           fails = 0, met = 0;
    buffer             failing = {0}, meeting = {0};

    for (size_t k = 0; k < at->group->count; k++) {
        if (!is_judged(at, k))
            continue;
        bool         here = false;
        const size_t count = graded_failed_requirements(at->group, k, failed);
        for (size_t f = 0; f < count; f++)
            here |= failed[f] == r;
        fails += here;
        met += at->group->stepped[k] == asked->of;
    }
    buffer_format(&failing, "max_%s = %u: fails", held->scale.ids[asked->counted], asked->most);
    buffer_format(&meeting, "max_%s = %u: holds", held->scale.ids[asked->counted], asked->most);
    begin_section(at, "judgement", held->scale.ids[asked->of], 0);
    add(at, &failing, fails, true);
    add(at, &meeting, met, true);
}

static void count_judgement(counting *at)
{
    const rubric *held = at->group->rubric;
    size_t       *failed = arena_array(&at->out->memory, held->requirement_count, sizeof *failed);

    begin_section(at, "judgement", NULL, 0);
    if (held->overall) {
        count_levels(at);
        for (level l = (level)held->scale.count; --l > 0;)
            count_threshold(at, l);
    }
    count_coverage(at);
    at->failed |= !failed;
    for (size_t r = 0; !at->failed && held->overall && r < held->requirement_count; r++)
        count_requirement(at, r, failed);
}

/* ---- Criteria ------------------------------------------------------------------------------- */

static bool applies(const counting *at, size_t c, size_t k)
{
    return !at->group->applies[c] || at->group->applies[c][k];
}

/* Whether the record has a value there. */
static bool has_value(const counting *at, size_t c, size_t k)
{
    return applies(at, c, k) && at->group->values[c].status[k] == COLUMN_VALUE;
}

static void count_flag(counting *at, size_t c)
{
    const criterion *asked = &at->group->rubric->criteria[c];
    uint64_t         of[2] = {0, 0};

    for (size_t k = 0; k < at->group->count; k++)
        if (has_value(at, c, k))
            of[at->group->values[c].bytes[k] != 0]++;
    for (int yes = 1; yes >= 0; yes--) {
        buffer item = {0};
        buffer_format(&item, "%s: %s", yes ? "yes" : "no",
                      at->group->rubric->scale.ids[yes ? asked->yes : asked->no]);
        add(at, &item, of[yes], true);
    }
}

static void count_ratings(counting *at, size_t c)
{
    for (level l = (level)at->group->rubric->scale.count; l-- > 0;) {
        uint64_t rated = 0;
        for (size_t k = 0; k < at->group->count; k++)
            rated += has_value(at, c, k) && at->group->ratings[c][k] == l;
        add_words(at, at->group->rubric->scale.ids[l], rated, true);
    }
}

/* The first band that takes the number, as a band that stands alone would (grading.md 5). */
static size_t band_of(const criterion *asked, double number)
{
    const uint8_t          status = COLUMN_VALUE;
    const criterion_values value = {.status = &status, .numbers = &number};

    for (size_t b = 0; b < asked->band_count; b++) {
        criterion alone = *asked;
        uint8_t   rating;
        alone.bands = &asked->bands[b];
        alone.band_count = 1;
        rate_values(&alone, &value, NULL, 1, &rating);
        if (rating != RATING_INVALID)
            return b;
    }
    return asked->band_count;
}

static void count_bands(counting *at, size_t c)
{
    static const char *const signs[] = {"<=", "<", ">=", ">"};
    const criterion         *asked = &at->group->rubric->criteria[c];
    uint64_t                *in = arena_array(&at->out->memory, asked->band_count + 1, sizeof *in);

    at->failed |= !in;
    for (size_t k = 0; in && k < at->group->count; k++)
        if (has_value(at, c, k))
            in[band_of(asked, at->group->values[c].numbers[k])]++;
    for (size_t b = 0; in && b < asked->band_count; b++) {
        const band *one = &asked->bands[b];
        buffer      item = {0};
        buffer_string(&item, at->group->rubric->scale.ids[one->gives]);
        if (one->condition != BAND_ALWAYS) {
            buffer_format(&item, " %s ", signs[one->condition]);
            buffer_number(&item, one->bound);
        }
        add(at, &item, in[b], true);
    }
}

/* Not evidenced, and not asked. */
static void count_absent(counting *at, size_t c)
{
    const criterion *asked = &at->group->rubric->criteria[c];
    uint64_t         missing = 0, left_out = 0, not_asked = 0, rejected = 0;

    for (size_t k = 0; k < at->group->count; k++) {
        const uint8_t status = at->group->values[c].status[k];
        const bool    here = applies(at, c, k);
        not_asked += !here;
        missing += here && status == COLUMN_MISSING;
        left_out += here && at->group->ratings[c][k] != RATING_INVALID && status != COLUMN_VALUE &&
                    status != COLUMN_MISSING;
        rejected += at->group->ratings[c][k] == RATING_INVALID;
    }
    add_words(at, "missing", missing, true);
    if (asked->applies_field)
        add_words(at, "does not apply", not_asked, true);
    add_words(at, "not applicable or not due", left_out, false);
    add_words(at, "rejected", rejected, false);
}

static void count_limit(counting *at, size_t c, size_t l)
{
    const rubric *held = at->group->rubric;
    const limit   one = held->criteria[c].limits[l];
    uint64_t      holds = 0, met = 0;
    buffer        holding = {0}, meeting = {0};

    for (size_t k = 0; k < at->group->count; k++) {
        const uint8_t rating = at->group->ratings[c][k];
        if (!is_judged(at, k) || rating > one.at)
            continue;
        met++;
        holds += graded_limits(at->group, k, c) && at->group->cap[k] == one.most;
    }
    buffer_format(&holding, "limit %s -> %s: holds the judgement down", held->scale.ids[one.at],
                  held->scale.ids[one.most]);
    buffer_format(&meeting, "limit %s -> %s: rated so", held->scale.ids[one.at],
                  held->scale.ids[one.most]);
    add(at, &holding, holds, true);
    add(at, &meeting, met, false);
}

static void count_criterion(counting *at, size_t c)
{
    const criterion *asked = &at->group->rubric->criteria[c];

    begin_section(at, "criterion", asked->id, asked->line);
    if (asked->gives_flag)
        count_flag(at, c);
    else if (asked->band_count > 0)
        count_bands(at, c);
    else
        count_ratings(at, c);
    count_absent(at, c);
    for (size_t l = 0; at->group->rubric->overall && l < asked->limit_count; l++)
        count_limit(at, c, l);
}

/* ---- All of it -------------------------------------------------------------------------------- */

static bool take_inputs(held_records *held, rubric_coverage *out, const mutation_inputs *inputs,
                        const mutation_grader *grader, error_list *errors)
{
    const grade_options options = {
        .library = grader->library,
        .plugins = grader->plugins,
        .rubric = out->rubric,
        .threads = grader->threads,
    };
    grade_sink sink;

    if (!held_sink(held, &sink))
        return error_memory(errors);
    for (size_t i = 0; i < inputs->count; i++) {
        records   *input = records_open(&inputs->sources[i], inputs->columns, errors);
        const bool graded = input && grade_input(input, &options, &sink, &out->totals, errors);
        records_close(input);
        if (!graded)
            return false;
    }
    return held_join(held) || error_memory(errors);
}

bool coverage_measure(rubric_coverage *out, const rubric *held, const mutation_inputs *inputs,
                      const mutation_grader *grader, error_list *errors)
{
    const graded_group none = {.rubric = held};
    held_records       all = {0};
    counting           at = {.out = out, .held = &all};

    *out = (rubric_coverage){.rubric = held};
    bool fine = take_inputs(&all, out, inputs, grader, errors);
    if (fine) {
        at.group = all.batch.group_count > 0 ? &all.batch.groups[0] : &none;
        count_judgement(&at);
        for (size_t c = 0; !at.failed && c < held->criterion_count; c++)
            count_criterion(&at, c);
        fine = !at.failed || error_memory(errors);
    }
    held_free(&all);
    return fine;
}

void coverage_free(rubric_coverage *unwanted)
{
    arena_free(&unwanted->memory);
    *unwanted = (rubric_coverage){0};
}

unsigned coverage_percent(const rubric_coverage *of)
{
    return of->asked == 0 ? 100 : (unsigned)(100 * of->exercised / of->asked);
}
