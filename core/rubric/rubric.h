/* rubric.h - a rubric, read from INI, checked, and ready to grade with.
 *
 * What a rubric means is docs/grading.md; its section numbers are named here. */
#pragma once

#include "base/arena.h"
#include "base/calendar.h"
#include "base/spelling.h"
#include "loader/loader.h"

/* ---- Scale (2) ------------------------------------------------------------ */

enum { LEVELS_MAX = 9, LEVEL_NONE = 0xFF };

/* 0 is the lowest level; its points are level + 1. LEVEL_NONE: no level. */
typedef uint8_t level;

/* How a record's number stands for a level: `numbers` of [scale]. */
typedef enum { NUMBERS_NONE, NUMBERS_BEST_IS_1, NUMBERS_WORST_IS_1 } scale_numbers;

typedef struct {
    size_t          count;              /* 2 to LEVELS_MAX */
    const char     *ids[LEVELS_MAX];    /* "requires_improvement" */
    const char     *labels[LEVELS_MAX]; /* "Requires improvement": as shown to people */
    scale_numbers   numbers;
    spelling_table *spellings;          /* every way in which a record may write a level */
} scale;

/* ---- Criteria (4, 5) ------------------------------------------------------ */

typedef enum {
    MEASURE_RATING,
    MEASURE_YES_NO,
    MEASURE_NUMBER,
    MEASURE_DAYS,
    MEASURE_WORKING_DAYS,
    MEASURE_PLUGIN
} measure_kind;

/* A field that a criterion reads. */
typedef struct {
    const char           *name;  /* "field", "from", "to", or the plugin's name of the input */
    const char           *field; /* the record's field */
    enum input_type {
        INPUT_LEVEL,
        INPUT_FLAG,
        INPUT_NUMBER,
        INPUT_DATE,
        INPUT_DATES,
        INPUT_CHOICE
    } type;
    const spelling_table *spellings; /* INPUT_LEVEL, INPUT_CHOICE */
} criterion_input;

typedef enum { BAND_AT_MOST, BAND_UNDER, BAND_AT_LEAST, BAND_OVER, BAND_ALWAYS } band_condition;

/* One band: the first whose condition a value meets gives its level. */
typedef struct {
    band_condition condition;
    double         bound; /* means nothing for BAND_ALWAYS */
    level          gives;
} band;

/* Rated `at` or lower, the criterion holds the judgement to at most `most`. */
typedef struct {
    level    at;
    level    most;
    uint64_t line; /* of the file; so wherever a thing has a line */
} limit;

/* One question of a rubric. Strings and tables live as long as the rubric. */
typedef struct {
    const char            *id;       /* [a-z][a-z0-9_]*, at most 40 characters */
    const char            *question; /* "" where the rubric gives none; so guidance, source */
    const char            *guidance;
    const char            *source;
    uint64_t               line;     /* of its section */
    unsigned               weight;   /* 0..1000; 0 is reported, never scored */
    measure_kind           kind;
    const char            *measure_name; /* as written: "days", "plans.overdue_actions" */
    const criterion_input *inputs;
    size_t                 input_count;
    const manifest        *plugin;         /* MEASURE_PLUGIN, else NULL */
    size_t                 plugin_measure; /* its index there */
    const double          *parameters;     /* as the plugin declares them */
    const calendar        *calendar;       /* NULL where the measure uses none */
    const char            *unit;           /* of a number: "days", "working days", ...; "" */
    bool                   gives_flag;     /* the measure's value is a flag (yes, no) */
    level                  yes, no;
    const band            *bands; /* a number's; empty for ratings and flags */
    size_t                 band_count;
    uint64_t               values_line; /* of `bands`, or of `yes` or `no`; else of the section */
    level                  if_missing; /* LEVEL_NONE: missing leaves it out of the score */
    const limit           *limits;     /* `critical` is one of them */
    size_t                 limit_count;
    bool                   critical;   /* as written, for showing */
    const char            *applies_field; /* NULL: always applies */
    bool                   applies_not;   /* `is not` */
    const spelling_table  *applies_values;
    const char            *applies_text;  /* the values as written: "yes | in part" */
    level                  cap[LEVELS_MAX]; /* [rating]: the most that its limits allow then */
} criterion;

/* ---- Judgement (6) -------------------------------------------------------- */

/* A judgement of `of` allows at most `most` weighted criteria rated exactly `counted`. */
typedef struct {
    level    of;
    level    counted;
    unsigned most;
    uint64_t line;
} requirement;

typedef struct {
    const char        *file;
    const char        *id;
    const char        *version;
    const char        *title;
    const char        *practice_area;
    int32_t            effective_from;
    const char        *plugin;         /* "" where not given; so the next four */
    const char        *framework;
    const char        *judgement_area;
    const char        *source;
    const char        *note;
    uint64_t           framework_line; /* 0 where not given; so judgement_area_line */
    uint64_t           judgement_area_line;
    scale              scale;
    uint64_t           judgement_line; /* of [judgement]; 0: there is none */
    bool               overall;
    bool               monotone; /* false: it says itself that a better rating may judge lower */
    unsigned           thousandths[LEVELS_MAX]; /* [level]: its threshold; [0] is 0 */
    uint64_t           threshold_line[LEVELS_MAX]; /* 0: the default */
    unsigned           min_coverage;            /* percent */
    const requirement *requirements; /* highest level first, each level's in file order */
    size_t             requirement_count;
    const criterion   *criteria; /* in file order */
    size_t             criterion_count;
    const char        *unusable; /* why it cannot grade although its text is right: a plugin that
                                    is not there or was refused; NULL: it can */
    uint8_t            hash[32]; /* SHA-256 of the file's bytes */
    arena              memory;
} rubric;

/* ---- Reading -------------------------------------------------------------- */

/* What rubrics refer to: plugins, and calendars by id. */
typedef struct {
    const plugin_set      *plugins; /* may be NULL */
    const calendar *const *calendars;
    size_t                 calendar_count;
} rubric_context;

/* Reads and checks the rubric in `path`. Returns NULL and fills `errors` (every fault found, not
 * the first alone, each with its line and remedy) if it cannot be used. A plugin that is not
 * there makes it `unusable`, not wrong, and its criteria are checked as far as that goes. What
 * `context` names must outlive the rubric. Free with rubric_free(). Thread-safe. */
rubric *rubric_read(const char *path, const rubric_context *context, error_list *errors);
rubric *rubric_read_bytes(const char *name, const char *bytes, size_t size,
                          const rubric_context *context, error_list *errors);
void    rubric_free(rubric *rubric); /* takes NULL */

/* The criterion's index, or SIZE_MAX. */
size_t rubric_find_criterion(const rubric *rubric, text id);

/* Fills in `cap`: for each rating the lowest of what the limits at it or above allow. Reading does; so
 * must whoever edits the limits of a copy. */
void criterion_set_caps(const scale *scale, criterion *criterion);

/* ---- Framework editions ---------------------------------------------------- */

typedef struct {
    const char *id;
    const char *title; /* in full, as the reports have it */
    const char *shown; /* short: what a rubric's judgement_area says */
} framework_area;

/* One edition of the inspection framework (rubrics/frameworks). */
typedef struct {
    const char           *file;
    const char           *id; /* "ilacs-2026" */
    const char           *title;
    const char           *publisher;
    const char           *source;
    const char           *note;
    int32_t               effective_from;
    int32_t               effective_to; /* INT32_MAX: the edition in force */
    bool                  overall;      /* it has an overall judgement */
    const framework_area *areas;        /* in report order */
    size_t                area_count;
    arena                 memory;
} framework;

framework *framework_read(const char *path, error_list *errors);
void       framework_free(framework *framework); /* takes NULL */

/* ---- The rubrics at hand (8) ----------------------------------------------- */

/* Every rubric, calendar and framework of the rubric folders. */
typedef struct {
    rubric    **rubrics; /* by id, then effective_from */
    size_t      rubric_count;
    calendar  **calendars;
    size_t      calendar_count;
    framework **frameworks; /* by effective_from */
    size_t      framework_count;
    struct library_index *index; /* for library_choose() */
} rubric_library;

/* Reads *.ini of each folder but for *.gates.ini, and of its `calendars` and `frameworks`. Folders that are not there
 * are passed over; a later folder's rubric of the same id and version, and its calendar of the same
 * id, takes the place of an earlier one's. NULL and `errors` filled where any file cannot be used:
 * nothing is graded by half a library. `plugins` must outlive it. Free with library_free(). */
rubric_library *library_read(const char *const *folders, size_t count, const plugin_set *plugins,
                             error_list *errors);
void            library_free(rubric_library *library); /* takes NULL */

/* Reads the rubrics of one folder alone, to be held against others; calendars and frameworks that it
 * has not are those of `base`, which must outlive it. Otherwise as library_read(). */
rubric_library *library_read_folder(const char *folder, const rubric_library *base,
                                    const plugin_set *plugins, error_list *errors);

/* The context for reading one more rubric. */
rubric_context library_context(const rubric_library *library, const plugin_set *plugins);

/* The rubric for a record: of its practice area, the one with the latest effective_from on or
 * before its audit date (8). NULL: none. `area_known` says whether any rubric has that area. */
const rubric *library_choose(const rubric_library *library, text practice_area, int32_t audit_date,
                             bool *area_known);

/* The rubric of that id (the latest version of it), or NULL. */
const rubric *library_find(const rubric_library *library, text id);

/* The framework of that id, or NULL. */
const framework *library_framework(const rubric_library *library, text id);
