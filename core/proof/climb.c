/* The way to wanted ratings where cells hang together too much for a table: change a few, see what
 * they give, keep what is nearest. */
#include <stdlib.h>
#include <string.h>

#include "proof/trial.h"

enum {
    ROUNDS_MAX = 12,
    ROUNDS_IDLE = 3,  /* without getting nearer */
    BY_CHANCE = 2000, /* rows of a round in which two or three cells are changed */
    ROUND_ROWS = 4000 /* of a round */
};

typedef struct {
    const trial      *held;
    const trial_part *part;
    const made_want  *wanted;
    plugin_set       *plugins;
    size_t           *fields; /* of the part */
    size_t            field_count;
    size_t   *near; /* those that criteria read that are not yet as wanted; of the part at first */
    size_t    near_count;
    uint16_t *rows; /* [row * field_count of the trial + field] */
    size_t    row_count;
    uint8_t **ratings;
    double  **numbers;
    uint64_t  chance;
    arena     memory;
} climbing;

bool rated_as(uint8_t rating, double number, const made_want *want)
{
    const bool alike = rating == want->rating ||
                       (rating == RATING_NOT_DUE && want->rating == RATING_NOT_APPLICABLE) ||
                       (want->rating == MADE_ANY && rating != RATING_INVALID);
    return alike && (!want->exact || number == want->number);
}

static size_t chance(climbing *at, size_t below)
{
    at->chance = at->chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(at->chance >> 33) % below;
}

static bool reserve(climbing *at, size_t part)
{
    const trial *held = at->held;
    const size_t criteria = held->rubric->criterion_count;

    at->fields = arena_array(&at->memory, held->field_count, sizeof *at->fields);
    at->near = arena_array(&at->memory, held->field_count, sizeof *at->near);
    at->rows = arena_array(&at->memory, ROUND_ROWS * held->field_count, sizeof *at->rows);
    at->ratings = arena_array(&at->memory, criteria, sizeof *at->ratings);
    at->numbers = arena_array(&at->memory, criteria, sizeof *at->numbers);
    if (at->fields == NULL || at->near == NULL || at->rows == NULL || at->ratings == NULL ||
        at->numbers == NULL)
        return false;
    for (size_t c = 0; c < criteria; c++) {
        at->ratings[c] = arena_array(&at->memory, ROUND_ROWS, 1);
        at->numbers[c] = arena_array(&at->memory, ROUND_ROWS, sizeof(double));
        if (at->ratings[c] == NULL || at->numbers[c] == NULL)
            return false;
    }
    for (size_t f = 0; f < held->field_count; f++)
        if (held->fields[f].part == part)
            at->fields[at->field_count++] = f;
    memcpy(at->near, at->fields, at->field_count * sizeof *at->near);
    at->near_count = at->field_count;
    return true;
}

static uint16_t *add_row(climbing *at, const uint16_t *pick)
{
    const size_t size = at->held->field_count;
    uint16_t    *row = at->rows + at->row_count++ * size;

    memcpy(row, pick, size * sizeof *row);
    return row;
}

/* The cells as they are; each cell of each field in the place of its own; two or three by chance. */
static void lay_out_round(climbing *at, const uint16_t *pick)
{
    at->row_count = 0;
    add_row(at, pick);
    for (size_t i = 0; i < at->field_count; i++)
        for (size_t k = 0; k < at->held->fields[at->fields[i]].cell_count &&
                           at->row_count < ROUND_ROWS - BY_CHANCE;
             k++)
            add_row(at, pick)[at->fields[i]] = (uint16_t)k;
    for (size_t n = 0; at->near_count > 0 && n < BY_CHANCE; n++) {
        uint16_t *row = add_row(at, pick);
        for (size_t changes = 2 + chance(at, 2); changes > 0; changes--) {
            const size_t f = at->near[chance(at, at->near_count)];
            row[f] = (uint16_t)chance(at, at->held->fields[f].cell_count);
        }
    }
}

static bool grade_round(climbing *at, error_list *errors)
{
    buffer csv = {0};

    trial_write_heading(at->held, &csv);
    for (size_t n = 0; n < at->row_count; n++)
        trial_write_row(at->held, at->rows + n * at->held->field_count, &csv);
    const bool graded = csv.failed ? error_memory(errors)
                                   : trial_grade(at->held->rubric, at->plugins, at->held->threads,
                                                 &csv, at->ratings, at->numbers, errors);
    buffer_free(&csv);
    return graded;
}

static size_t fitting(const climbing *at, size_t row)
{
    size_t count = 0;
    for (size_t i = 0; i < at->part->criterion_count; i++) {
        const size_t c = at->part->criteria[i];
        count += rated_as(at->ratings[c][row], at->numbers[c][row], &at->wanted[c]);
    }
    return count;
}

/* What the criteria read that a row does not rate as wanted. */
static void note_near(climbing *at, size_t row)
{
    at->near_count = 0;
    for (size_t i = 0; i < at->field_count; i++) {
        bool read = false;
        for (size_t k = 0; k < at->part->criterion_count; k++) {
            const size_t c = at->part->criteria[k];
            read |= !rated_as(at->ratings[c][row], at->numbers[c][row], &at->wanted[c]) &&
                    trial_reads(at->held, c, at->fields[i]);
        }
        if (read)
            at->near[at->near_count++] = at->fields[i];
    }
}

static bool go_up(climbing *at, uint16_t *pick, bool *found, error_list *errors)
{
    size_t best = 0, idle = 0;

    for (size_t round = 0; round < ROUNDS_MAX && idle < ROUNDS_IDLE && !*found; round++) {
        size_t top = 0, most = 0;
        lay_out_round(at, pick);
        if (!grade_round(at, errors))
            return false;
        for (size_t n = 0; n < at->row_count; n++)
            if (fitting(at, n) > most) {
                most = fitting(at, n);
                top = n;
            }
        idle = most > best ? 0 : idle + 1;
        best = most;
        memcpy(pick, at->rows + top * at->held->field_count, at->held->field_count * sizeof *pick);
        *found = most == at->part->criterion_count;
        if (!*found)
            note_near(at, top);
    }
    return true;
}

bool climb(const trial *held, size_t part, const made_want *wanted, plugin_set *plugins,
           uint16_t *pick, bool *found, error_list *errors)
{
    climbing at = {.held = held,
                   .part = &held->parts[part],
                   .wanted = wanted,
                   .plugins = plugins,
                   .chance = part + 1};

    *found = false;
    const bool climbed =
        reserve(&at, part) ? go_up(&at, pick, found, errors) : error_memory(errors);
    arena_free(&at.memory);
    return climbed;
}
