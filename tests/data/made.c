/* made.c - draws, and cells as people write them. */
#include "made.h"

#include <assay/plugin.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* splitmix64 (S. Vigna, public domain). */
static uint64_t draw_bits(draws *from)
{
    uint64_t bits = from->state += 0x9E3779B97F4A7C15u;

    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
    return bits ^ (bits >> 31);
}

draws draws_start(uint64_t seed, uint64_t number)
{
    draws start = {seed * 0xD1342543DE82EF95u + number};

    start.state = draw_bits(&start);
    return start;
}

int32_t draw_between(draws *from, int32_t lowest, int32_t highest)
{
    const uint64_t choices = (uint64_t)(highest - lowest) + 1;

    return lowest + (int32_t)(((draw_bits(from) >> 32) * choices) >> 32);
}

bool draw_chance(draws *from, int32_t in_a_thousand)
{
    return draw_between(from, 0, 999) < in_a_thousand;
}

int32_t draw_bell(draws *from, int32_t spread)
{
    int32_t sum = 0;

    for (int i = 0; i < 4; i++)
        sum += draw_between(from, -spread, spread);
    return sum / 4;
}

int32_t draw_delay(record *of, int32_t best, int32_t worst)
{
    const int32_t usual = best + (worst - best) * (1000 - of->quality) / 1000;
    const int32_t drawn = usual + draw_bell(&of->draws, (worst - best) / 2 + 1);

    return drawn < best ? best : drawn;
}

bool draw_done(record *of)
{
    return draw_chance(&of->draws, 450 + of->quality / 2);
}

int32_t work_day(int32_t day)
{
    const int32_t weekday = (day % 7 + 7 + 3) % 7; /* 0 Monday; 1 January 1970 was a Thursday */

    return weekday < 5 ? day : day + 7 - weekday;
}

void put(record *into, const char *name, const char *format, ...)
{
    va_list arguments;

    if (into->count == CELLS_MAX)
        return;
    va_start(arguments, format);
    vsnprintf(into->cells[into->count].text, CELL_SIZE, format, arguments);
    va_end(arguments);
    into->cells[into->count++].name = name;
}

void put_blank(record *into, const char *name)
{
    static const char *const ways[] = {
        "", "", "", "", "not recorded", "Missing", "-", "Not evidenced"};

    put(into, name, "%s", into->manner.mess ? ways[draw_between(&into->draws, 0, 7)] : "");
}

void put_not_applicable(record *into, const char *name)
{
    static const char *const ways[] = {"n/a", "N/A", "Not applicable", "NA"};

    put(into, name, "%s", into->manner.mess ? ways[draw_between(&into->draws, 0, 3)] : "n/a");
}

/* Writes a day the British way, or in one of the forms that a messy export mixes. */
static void write_day(record *of, int32_t day, char *out, size_t size)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int32_t                  y, m, d;
    const int                form = of->manner.mess ? draw_between(&of->draws, 0, 11) : 11;

    assay_date_parts(day, &y, &m, &d);
    if (form == 0)
        snprintf(out, size, "%02d %s %04d", d, months[m - 1], y);
    else if (form == 1)
        snprintf(out, size, "%02d-%.3s-%04d", d, months[m - 1], y);
    else if (form == 2)
        snprintf(out, size, "%04d-%02d-%02d", y, m, d);
    else if (form == 3)
        snprintf(out, size, "%02d/%02d/%02d", d, m, y % 100);
    else
        snprintf(out, size, of->manner.with_time ? "%02d/%02d/%04d 00:00" : "%02d/%02d/%04d", d, m,
                 y);
}

void put_day(record *into, const char *name, int32_t day, int32_t blank)
{
    char written[64];

    if (day == DAY_NONE || draw_chance(&into->draws, blank)) {
        put_blank(into, name);
        return;
    }
    write_day(into, day, written, sizeof written);
    put(into, name, "%s", written);
}

void put_days(record *into, const char *name, const int32_t *days, size_t count)
{
    char   list[CELL_SIZE] = "";
    size_t length = 0;

    for (size_t i = 0; i < count; i++) {
        char written[64];

        if (days[i] > into->audit_date)
            continue;
        write_day(into, days[i], written, sizeof written);
        if (length + strlen(written) + 3 > sizeof list)
            break;
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", length ? "; " : "",
                                   written);
    }
    put(into, name, "%s", list);
}

void put_rating(record *into, const char *name, int32_t blank)
{
    static const char *const words[] = {"Inadequate", "Requires improvement", "Good",
                                        "Outstanding"};
    static const char *const messy[][4] = {
        {"inadequate", "requires_improvement", "good", "outstanding"},
        {"I", "RI", "G", "O"},
        {"Inadequate ", "Requires improvement to be good", "GOOD", " Outstanding"},
    };
    const int32_t drawn = into->quality + draw_bell(&into->draws, 330);
    const int     level = drawn < 190 ? 0 : drawn < 450 ? 1 : drawn < 800 ? 2 : 3;

    if (draw_chance(&into->draws, blank))
        put_blank(into, name);
    else if (draw_chance(&into->draws, 8))
        put_not_applicable(into, name);
    else if (into->manner.mess && draw_chance(&into->draws, 250))
        put(into, name, "%s", messy[draw_between(&into->draws, 0, 2)][level]);
    else
        put(into, name, "%s", words[level]);
}

void put_flag(record *into, const char *name, bool yes)
{
    if (into->manner.mess && draw_chance(&into->draws, 150))
        put(into, name, "%s", yes ? "Y" : "N");
    else
        put(into, name, "%s", yes ? "Yes" : "No");
}

void put_number(record *into, const char *name, int32_t number, int32_t blank)
{
    if (draw_chance(&into->draws, blank))
        put_blank(into, name);
    else
        put(into, name, "%d", number);
}
