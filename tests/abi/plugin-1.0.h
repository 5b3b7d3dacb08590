/* assay/plugin.h - all that the author of a plugin includes.
 *
 * A plugin turns the evidence in audit records into measures: how many working
 * days, how long the plan drifted, whether the pathway plan was current on the day
 * of the audit. It knows law and practice. It holds no threshold, no weight and no
 * judgement: those are in the rubric, where a QA officer can read and change them.
 *
 * A plugin is two files that stand side by side:
 *
 *     AREA.so     exports one symbol, assay_plugin_entry
 *     AREA.ini    its manifest: the same declarations as data, so that plugins can be
 *                 listed and rubrics checked without running a stranger's code
 *
 * The rules, for every function that a plugin hands over:
 *   - Thread: any thread, several at once. No globals that change.
 *   - Pure: no input or output, no clock, no locale, no environment, no allocation.
 *     The day of the audit is an input like any other. Same batch, same answer.
 *   - Memory: the host owns every array it passes; they are valid during the call only.
 *     Inputs are read-only, possibly in write-protected pages. Structures that the
 *     plugin returns are const and stay valid until the plugin is closed.
 *   - Strings: UTF-8, NUL-ended, in static storage of whoever made them.
 *
 * Growth: each table starts with its size. A later minor version adds members at
 * the end only; a reader looks at a member only where struct_size reaches that far.
 * What breaks that raises ASSAY_ABI, and the host says which range it takes.
 *
 * Plain C99, and C++: this header includes nothing of ours. It is under the MIT No
 * Attribution licence (LICENSES/MIT-0.txt), so a plugin may have any licence.
 */
#ifndef ASSAY_PLUGIN_H
#define ASSAY_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this interface. In decimal, everywhere it is shown. */
#define ASSAY_ABI 1u

/* Put before the definition of assay_plugin_entry. */
#if defined(__GNUC__) || defined(__clang__)
#define ASSAY_PLUGIN_EXPORT __attribute__((visibility("default")))
#else
#define ASSAY_PLUGIN_EXPORT
#endif

/* ---- Values ------------------------------------------------------------- */

/* What a column or a result holds, and the C type of one entry of `values`. */
enum assay_type {
    ASSAY_FLAG = 1,   /* uint8_t: 0 no, 1 yes */
    ASSAY_NUMBER = 2, /* double, finite */
    ASSAY_DATE = 3,   /* int32_t: days since 1 January 1970 */
    ASSAY_DATES = 4,  /* int32_t, a list for each record, ascending; see offsets. Inputs only */
    ASSAY_CHOICE = 5  /* uint8_t: index into the input's choices. Inputs only */
};

/* How things stand with one record's value. One byte for each record. */
enum assay_status {
    ASSAY_VALUE = 0,          /* there is a value */
    ASSAY_MISSING = 1,        /* not recorded */
    ASSAY_NOT_APPLICABLE = 2, /* the question does not arise for this child */
    ASSAY_NOT_DUE = 3,        /* results only: still to be done, and in time, on the audit day */
    ASSAY_FAULT = 16          /* results only: ASSAY_FAULT + k rejects the record with the text
                                 faults[k] of the measure; k < fault_count */
};

/* One input of a batch: `count` records (of struct assay_batch), side by side.
 * Where status[i] is not ASSAY_VALUE, values[i] is there but means nothing.
 * A record may be in a batch although its criterion does not apply to it: its
 * status is then ASSAY_NOT_APPLICABLE and the answer for it is not used. */
struct assay_column {
    const uint8_t *status;   /* ASSAY_VALUE, ASSAY_MISSING or ASSAY_NOT_APPLICABLE */
    const void *values;      /* array of the C type given at enum assay_type */
    const uint32_t *offsets; /* ASSAY_DATES: record i has the dates values[offsets[i]] up to, not
                                with, values[offsets[i + 1]]; count + 1 entries. NULL otherwise */
};

/* A calendar of working days: Monday to Friday without the listed holidays.
 * Read it with assay_working_days() below. */
struct assay_calendar {
    uint32_t struct_size;
    int32_t first;                 /* the first day it covers */
    int32_t last;                  /* the last day it covers */
    const int32_t *working_days;   /* [d - first]: how many working days in first..d, both ends in */
};

/* What a measure works on. */
struct assay_batch {
    uint32_t struct_size;
    uint32_t count;                        /* records; may be 0 */
    const struct assay_column *inputs;     /* in the order in which the measure declares them */
    const double *parameters;              /* likewise; within the declared range; flags are 0, 1 */
    const struct assay_calendar *calendar; /* NULL unless the measure sets uses_calendar */
};

/* Where a measure writes: `count` entries each, all of them to be filled in. */
struct assay_results {
    uint32_t struct_size;
    uint8_t *status; /* one of enum assay_status */
    void *values;    /* double or uint8_t by the measure's result type; need not be set where
                        the status is not ASSAY_VALUE */
};

/* ---- Declarations ------------------------------------------------------- */

/* One input of a measure. The rubric may read it from another field of the record
 * with `input.NAME = FIELD`. This structure never grows within an ABI version. */
struct assay_input {
    const char *name;            /* [a-z][a-z0-9_]*, up to 40 characters */
    const char *help;            /* one line */
    uint32_t type;               /* enum assay_type */
    uint32_t required;           /* 1: where it is missing or not applicable so is the result, and
                                    the host sees to that; 0: the measure does */
    const char *const *choices;  /* ASSAY_CHOICE: ended by NULL; at most 250. Each entry may give
                                    several spellings, "cp|child protection"; letter case does not
                                    matter, and spaces, hyphens and underscores are alike */
};

/* One parameter: a number or a flag that the rubric may set, under this name, in the
 * criterion. This structure never grows within an ABI version. */
struct assay_parameter {
    const char *name;
    const char *help;
    const char *unit; /* "" for none */
    uint32_t type;    /* ASSAY_NUMBER or ASSAY_FLAG */
    uint32_t reserved;
    double standard;  /* the value where the rubric sets none */
    double minimum;
    double maximum;
};

/* One measure. */
struct assay_measure {
    uint32_t struct_size;
    uint32_t result;        /* ASSAY_NUMBER or ASSAY_FLAG */
    const char *name;       /* the rubric says `measure = PLUGIN.name` */
    const char *help;       /* one line: what it measures, and what 0 means */
    const char *unit;       /* "working days", "days", "%"; "" for none or for a flag */
    double minimum;         /* every value is in minimum..maximum: the host rejects others */
    double maximum;
    const struct assay_input *inputs;
    const struct assay_parameter *parameters;
    const char *const *faults; /* what can be wrong with a record, in words that complete "the
                                  record says that": "the plan ends before it starts" */
    uint32_t input_count;
    uint32_t parameter_count;
    uint32_t fault_count;      /* at most 200 */
    uint32_t uses_calendar;    /* 1: the criterion may name a `calendar`; england by default */

    /* Fills in `results` for `batch`. Called by the host on any thread, several at
     * once. Returns 0; anything else says that the measure failed as a whole, and no
     * record is graded with it. */
    int32_t (*run)(const struct assay_batch *batch, const struct assay_results *results);
};

/* The plugin. */
struct assay_plugin {
    uint32_t struct_size;
    uint32_t abi;              /* ASSAY_ABI as compiled */
    const char *id;            /* [a-z][a-z0-9_]*: the name of the file without .so */
    const char *version;       /* "1.2.0" */
    const char *practice_area; /* "assessments", "plans", ... */
    const char *summary;       /* one line */
    const struct assay_measure *const *measures;
    uint32_t measure_count;
    uint32_t reserved;
};

/* What the host offers. */
struct assay_host {
    uint32_t struct_size;
    uint32_t oldest_abi; /* the range of ABI versions that this host takes */
    uint32_t newest_abi;
    uint32_t reserved;
    const char *version; /* of assay, for messages */

    /* Optional services by name, such as "assay.example/1". NULL where the host does
     * not have it: a plugin must work, or refuse to load, without. Called only within
     * assay_plugin_entry. Version 1 of the ABI defines none. */
    const void *(*service)(const char *name);
};

/* The one symbol that a plugin exports. The host calls it once, before anything
 * else, on one thread. Returns the plugin's table, or NULL to refuse this host (for
 * example because newest_abi is too old). The host stays valid until the plugin is closed. */
ASSAY_PLUGIN_EXPORT const struct assay_plugin *assay_plugin_entry(const struct assay_host *host);

/* ---- Arithmetic that every plugin needs ---------------------------------- */

/* A date of the Gregorian calendar from days since 1 January 1970, and back.
 * For years 1 to 9999. After H. Hinnant, "chrono-compatible low-level date algorithms"
 * (2013): years begin in March, so that the leap day is a year's last. */
static inline void assay_date_parts(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month)
{
    const int32_t shifted = day + 719468; /* days since 1 March of the year 0 */
    const int32_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int32_t of_era = shifted - era * 146097;
    const int32_t year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t march_month = (5 * of_year + 2) / 153;

    *day_of_month = of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static inline int32_t assay_date_from_parts(int32_t year, int32_t month, int32_t day_of_month)
{
    const int32_t y = month <= 2 ? year - 1 : year;
    const int32_t era = (y >= 0 ? y : y - 399) / 400;
    const int32_t year_of_era = y - era * 400;
    const int32_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
    const int32_t of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;

    return era * 146097 + of_era - 719468;
}

/* The last day of a month, 28 to 31. month is 1 to 12. */
static inline int32_t assay_days_in_month(int32_t year, int32_t month)
{
    static const int8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return month == 2 && leap ? 29 : days[month - 1];
}

/* The day `months` calendar months after `day` (before it, where negative), held
 * to the month's end: 30 November and three months is 28 or 29 February. */
static inline int32_t assay_add_months(int32_t day, int32_t months)
{
    int32_t year, month, day_of_month;
    assay_date_parts(day, &year, &month, &day_of_month);

    const int32_t total = year * 12 + (month - 1) + months;
    const int32_t last = assay_days_in_month(total / 12, total % 12 + 1);

    return assay_date_from_parts(total / 12, total % 12 + 1,
                                 day_of_month < last ? day_of_month : last);
}

/* The number of working days d with from < d <= to, or -1 where `to` is before
 * `from` or either is outside the years that the calendar covers. */
static inline int32_t assay_working_days(const struct assay_calendar *calendar, int32_t from,
                                         int32_t to)
{
    if (from > to || from < calendar->first || to > calendar->last)
        return -1;
    return calendar->working_days[to - calendar->first] -
           calendar->working_days[from - calendar->first];
}

#ifdef __cplusplus
}
#endif
#endif
