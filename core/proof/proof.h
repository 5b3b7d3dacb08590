/* proof.h - what holds of a rubric whatever the record, and records made to show it. */
#pragma once

#include "grading/grading.h"
#include "writing/buffer.h"

/* ---- Made records ----------------------------------------------------------------------------- */

/* What a made record is to be rated in one criterion. RATING_NOT_APPLICABLE is met by "not due" as
 * well: both are left out. */
enum { MADE_ANY = 0xFE }; /* whatever it comes to */
typedef struct {
    uint8_t rating; /* a level, RATING_MISSING, RATING_NOT_APPLICABLE or MADE_ANY */
    bool    exact;  /* and the number behind it is `number`: for the edges of bands */
    double  number;
} made_want;

typedef struct {
    const char *field;
    const char *value;
} made_cell;

/* One record, with the ratings that the grader gave it. Free with made_record_free(). */
typedef struct {
    bool       made;     /* false: it could not be; `unmade` says where */
    size_t     unmade;   /* the first criterion that cannot be rated so together with those before
                            it; SIZE_MAX where it was made */
    made_cell *cells;    /* each field that the rubric reads, then practice_area and audit_date
                            where it does not read them; without an audit_id */
    size_t     cell_count;
    uint8_t   *ratings;  /* [criterion] */
    judgement  judged;
    arena      memory;
} made_record;

/* Makes records for one rubric: it tries cells for every field that the rubric reads, and has them
 * graded, so that what it gives is what grading gives. */
typedef struct record_maker record_maker;

/* `plugins` as for grading; their measures are run, as its isolation says. NULL: none is run, and a
 * record in which a plugin's criterion is rated cannot be made. NULL and `errors` filled where the
 * rubric cannot grade or memory is out. The rubric and the plugins must outlive it. Free with
 * record_maker_free(). Belongs to one thread at a time. */
record_maker *record_maker_new(const rubric *rubric, plugin_set *plugins, error_list *errors);
void          record_maker_free(record_maker *maker); /* takes NULL */

/* A record that is rated as `wanted` says, one entry a criterion, and graded to make sure. A plugin's
 * measure cannot be turned round: where none of the cells tried gives what is wanted, the record is not
 * made, and says so. False where memory is out. */
bool record_make(record_maker *maker, const made_want *wanted, made_record *out,
                 error_list *errors);
void made_record_free(made_record *record);

/* Made records as CSV: a heading with audit_id, then the fields of `first` in their order; every
 * record of one rubric has the same. */
void made_record_write_heading(const made_record *first, buffer *out);
void made_record_write_row(const made_record *record, const char *audit_id, buffer *out);
