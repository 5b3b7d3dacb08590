/* trial.h - which ratings may occur together: found by grading cells that are tried. Private to this
 * room.
 *
 * Criteria that read a field in common hang together: they form a part. What the fields they share
 * say is a world of that part; given the world, each criterion is rated by fields that it alone
 * reads, and so independently of the others. Parts are independent of each other. Every world is
 * tried with every row of cells of each criterion's own fields, all parts and criteria at once. */
#pragma once

#include "proof/proof.h"

typedef struct {
    const char  *name;
    size_t       readers; /* criteria that read it, in their measure or applies_if */
    size_t       owner;   /* the criterion that alone reads it; SIZE_MAX: shared */
    size_t       part;
    bool         hidden; /* stands for what a plugin measures: no field of a record */
    const char **cells;  /* tried; the most natural first */
    size_t       cell_count;
} trial_field;

typedef struct {
    size_t   *shared; /* fields */
    size_t    shared_count;
    size_t   *criteria;
    size_t    criterion_count;
    size_t    worlds;      /* combinations of the shared fields' cells that are tried */
    uint16_t *world_cells; /* [world * shared_count + place of the field]: index of its cell */
    size_t    rows;        /* the most rows that a criterion of it has */
    bool whole; /* every way in which its criteria can be rated together is among them, as far as
                       built-in measures go */
} trial_part;

/* RATING_INVALID where the row rejects the criterion. */
typedef struct {
    const rubric *rubric; /* as tried: with stand-ins for plugins' measures, or the real one */
    bool          stand_ins;
    unsigned      threads;   /* that what is tried is graded on */
    unsigned     *given;     /* [criterion]: levels_given() by the real rubric */
    int32_t       audit_day; /* the day round which dates are tried */
    trial_field  *fields;    /* in the order of their first use */
    size_t        field_count;
    trial_part   *parts;
    size_t        part_count;
    size_t       *part_of; /* [criterion] */
    size_t      **own;     /* [criterion]: its own fields */
    size_t       *own_count;
    size_t       *own_rows;  /* [criterion]: combinations of their cells that are tried */
    uint16_t    **own_cells; /* [criterion][row * own_count + place of the field]: likewise */
    size_t        rows;      /* of the whole trial */
    uint8_t     **ratings;   /* [criterion][row] */
    double      **numbers;   /* [criterion][row]; NULL: it gives no number */
    arena         memory;
} trial;

/* Tries. `stand_ins`: what a plugin measures is taken to be any level that its criterion can give,
 * missing or not applicable, whatever other criteria get; nothing of it is run, and `plugins` may be
 * NULL. False and `errors` filled where memory is out or a plugin fails. Free with trial_free(). */
bool trial_run(trial *out, const rubric *rubric, plugin_set *plugins, bool stand_ins,
               unsigned threads, error_list *errors);
void trial_free(trial *trial);

/* The row of the trial in which a part is in `world` and its criteria have their row `row`. */
static inline size_t trial_row(const trial_part *part, size_t world, size_t row)
{
    return world * part->rows + row;
}

/* Which cell of a field: a shared one's in a world of its part, else its owner's in a row. */
size_t trial_cell(const trial *held, size_t field, size_t world, size_t row);

/* Whether a criterion reads a field. */
bool trial_reads(const trial *held, size_t criterion, size_t field);

/* Begins a CSV with every field of the trial; adds a row: pick[field] is the index of its cell. */
void trial_write_heading(const trial *held, buffer *csv);
void trial_write_row(const trial *held, const uint16_t *pick, buffer *csv);

/* Adds a cell of a CSV. */
void trial_write_cell(buffer *out, const char *value);

/* Grades the rows of a CSV by one rubric; ratings[c][row], numbers[c] where they are not NULL.
 * False and `errors` filled where that failed. */
bool trial_grade(const rubric *rubric, plugin_set *plugins, unsigned threads, const buffer *csv,
                 uint8_t *const *ratings, double *const *numbers, error_list *errors);

/* ---- cells.c ------------------------------------------------------------------------------ */

/* Fills in the cells that are tried for each field. False where memory is out. */
bool cells_fill(trial *held);

/* ---- combine.c ------------------------------------------------------------------------------ */

/* The combinations of the cells of `count` fields, at most `most`: all of them; or where they are more,
 * each cell of each field once, and then by chance, always the same. Their indices, [combination * count
 * + place]; *made says how many. NULL where memory is out. */
uint16_t *combine(trial *held, const size_t *fields, size_t count, size_t most, size_t *made,
                  bool *all);

/* ---- climb.c --------------------------------------------------------------------------------- */

/* Changes the cells in `pick` of a part's fields, a few at a time, until its criteria are rated as
 * wanted: for plugins' measures, which no table of rows covers. *found says whether it came to that. False
 * and `errors` filled where grading failed. */
bool climb(const trial *held, size_t part, const made_want *wanted, plugin_set *plugins,
           uint16_t *pick, bool *found, error_list *errors);

/* Whether a rating is what is wanted. */
bool rated_as(uint8_t rating, double number, const made_want *want);

/* ---- stand_in.c ----------------------------------------------------------------------------- */

/* A copy of the rubric in which a rating stands for each measure of a plugin, in a field of its own
 * (stand_in_field()). It shares the rubric's strings. NULL where memory is out. */
rubric *stand_in_for(const rubric *held, arena *memory);

/* ---- number_line.c ---------------------------------------------------------------------------- */

/* The levels that a criterion's numbers can be rated: bit l for level l. A rating gives all, a flag
 * two; a number those of its bands that some number reaches. */
unsigned levels_given(const rubric *held, const criterion *asked);

/* A stretch of the number line on which the same conditions hold: one number (a band's bound), or
 * those between two bounds. Only stretches with numbers that the measure can give. */
typedef struct {
    double sample; /* a number in it; a whole one where there is any */
    bool   whole;  /* it holds a whole number */
    size_t band;   /* the first that takes it; SIZE_MAX: none, and the record is rejected */
} number_piece;

/* The stretches of a criterion with bands, from low to high. `out` has room for 2 * band_count + 1. */
size_t number_pieces(const criterion *asked, number_piece *out);
