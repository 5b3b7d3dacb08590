/* plan.h - what an input must give to the rubrics that may grade it. Private to this room. */
#pragma once

#include <pthread.h>

#include "grading/grading.h"

/* One field read as one type: several criteria may share it. */
typedef struct {
    const char           *field;
    value_type            type;
    const spelling_table *spellings;
    size_t                slot; /* of every chunk */
} field_use;

enum { USE_NONE = 0xFFFFFF, PLUGIN_NONE = 0xFFFFFF };

/* A rubric bound to an input. Read-only once made, but for what `opening` guards. */
typedef struct {
    const rubric *rubric;
    field_use    *uses;
    size_t        use_count;
    size_t      **inputs;       /* [criterion][input]: index into uses */
    size_t       *applies;      /* [criterion]: index into uses, or USE_NONE */
    size_t        auditor_grade; /* index into uses */
    plugin      **plugins;      /* those that its criteria need; set by plan_open() */
    size_t        plugin_count;
    size_t       *plugin_of;    /* [criterion]: index into plugins; PLUGIN_NONE: built in */
    const char   *refusal;      /* why it grades nothing: set by plan_open(); NULL: it does */
    bool          opened;
    bool         *reads; /* [kept]: its cells belong to this rubric's records */
} rubric_plan;

/* A field whose cells the batches give. */
typedef struct {
    const char *field;
    size_t      slot;
} kept_plan;

/* The fields that every input is asked for, whatever the rubric. */
typedef enum {
    FIELD_AUDIT_ID,
    FIELD_PRACTICE_AREA,
    FIELD_AUDIT_DATE,
    FIELD_TEAM,
    FIELD_AUDITOR,
    FIELD_AUDITOR_GRADE,
    FIELD_COUNT
} common_field;

/* The rubrics of one practice area, by effective_from. */
typedef struct {
    const char *name;
    size_t     *rubrics; /* of the plan */
    size_t      count;
} practice_area;

enum { AREAS_MAX = 250, RUBRIC_NONE = 0xFFFF };

typedef struct {
    const grade_options *options;
    records             *records;
    rubric_plan         *rubrics;
    size_t               rubric_count;
    practice_area       *areas;      /* without --rubric */
    size_t               area_count;
    spelling_table      *area_names; /* of areas */
    size_t               slots[FIELD_COUNT];
    size_t              *columns; /* [slot]: the input's column */
    size_t               slot_count;
    kept_plan           *kept;
    size_t               kept_count;
    const char          *lacks; /* a wanted field that the input has not, but needs; NULL: none */
    pthread_mutex_t      opening;
    error_list           errors; /* of opening plugins; guarded by `opening` */
    arena                memory; /* guarded by `opening` once the plan is made */
} grade_plan;

/* Binds an input to the rubric of `options`, or to every rubric of its library, and selects
 * the columns. False and `errors` filled where memory is out. */
bool plan_make(grade_plan *plan, records *records, const grade_options *options,
               error_list *errors);
void plan_free(grade_plan *plan);

/* Opens the plugins that a rubric's criteria need, once. False where it cannot grade; its
 * refusal says why. Thread-safe. */
bool plan_open(grade_plan *plan, rubric_plan *bound);

/* A plugin of the rubric was stopped: from now on it grades nothing. Thread-safe. */
void plan_refuse(grade_plan *plan, rubric_plan *bound, const char *why, fault_kind kind);

/* grading.md 8: of the area's rubrics, the one with the latest effective_from on or before
 * the audit date; RUBRIC_NONE: there is none. */
size_t plan_choose(const grade_plan *plan, size_t area, int32_t audit_date);
