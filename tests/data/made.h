/* made.h - made audit records: plausible, seeded, about nobody.
 *
 * Everything is whole numbers from one generator, so the same seed gives the same bytes on
 * every machine. A record draws from the seed and its own number alone. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- Draws ---------------------------------------------------------------- */

typedef struct {
    uint64_t state;
} draws;

draws   draws_start(uint64_t seed, uint64_t number);
bool    draw_chance(draws *from, int32_t in_a_thousand);
int32_t draw_between(draws *from, int32_t lowest, int32_t highest); /* both may be drawn */
int32_t draw_bell(draws *from, int32_t spread); /* -spread to spread, mostly near 0 */

/* ---- Records -------------------------------------------------------------- */

enum { CELLS_MAX = 48, CELL_SIZE = 512, DAY_NONE = INT32_MIN };

/* How an export writes. */
typedef struct {
    bool mess;      /* mixed forms of dates, ways of writing a level, wrong cells */
    bool with_time; /* dates have a time of day behind them, as forms export them */
} manner;

/* One audit. Cells stand in the order in which they were put; every record of an area puts the
 * same names in the same order. */
typedef struct {
    draws   draws;
    manner  manner;
    int32_t number;     /* 1, 2, 3, ... */
    int32_t quality;    /* of the work, 0 to 1000: what the ratings and delays are drawn around */
    int32_t audit_date; /* days since 1 January 1970 */
    size_t  count;
    struct {
        const char *name;
        char        text[CELL_SIZE];
    } cells[CELLS_MAX];
} record;

/* Puts a cell; `format` as printf. */
void put(record *into, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts a day, or a blank for DAY_NONE and for one in `blank` of a thousand. */
void put_day(record *into, const char *name, int32_t day, int32_t blank);

/* Puts up to `count` days as one list; those after the audit are left out. */
void put_days(record *into, const char *name, const int32_t *days, size_t count);

/* Puts a rating drawn around the record's quality, blank for `blank` of a thousand and not
 * applicable for a few. */
void put_rating(record *into, const char *name, int32_t blank);

/* Puts yes or no. */
void put_flag(record *into, const char *name, bool yes);

/* Puts a number. */
void put_number(record *into, const char *name, int32_t number, int32_t blank);

/* Puts one of the ways of saying that something was not recorded; or does not apply. */
void put_blank(record *into, const char *name);
void put_not_applicable(record *into, const char *name);

/* Longer the worse the work: `best` for the best, `worst` for the worst, drawn around that. */
int32_t draw_delay(record *of, int32_t best, int32_t worst);

/* Yes more often the better the work. */
bool draw_done(record *of);

/* The same day, or the Monday after it where it is a Saturday or Sunday. */
int32_t work_day(int32_t day);

/* ---- Areas ---------------------------------------------------------------- */

typedef struct {
    const char *name; /* as a record's practice_area */
    void (*put_fields)(record *into);
} area;

/* NULL where there is no such area. */
const area *area_find(const char *name);

/* The fields of an assessment that the benchmark reads, in its order. */
void put_bench_fields(record *into);
