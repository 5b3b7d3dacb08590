#include "statistics_json/study.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- Reasons ------------------------------------------------------------------------------- */

bool study_refuse(study *asked, const char *format, ...)
{
    va_list arguments;

    if (asked->reason[0])
        return false;
    va_start(arguments, format);
    vsnprintf(asked->reason, sizeof asked->reason, format, arguments);
    va_end(arguments);
    return false;
}

bool study_fine(study *asked, statistics_reason reason)
{
    if (reason == STATISTICS_NO_MEMORY)
        asked->out_of_memory = true;
    return reason == STATISTICS_FINE || study_refuse(asked, "%s", statistics_reason_words(reason));
}

/* ---- What is asked ------------------------------------------------------------------------- */

static const char *place_of(const study *asked, const json_t *of)
{
    return of == asked->params && of ? "params" : "data";
}

bool study_number(study *asked, const json_t *of, const char *name, double least, double most,
                  double *number)
{
    const json_t *found = json_object_get(of, name);

    if (!json_is_number(found))
        return study_refuse(asked, "\"%s\" is missing, or no number", name);
    *number = json_number_value(found);
    if (!(*number >= least && *number <= most))
        return study_refuse(asked, "\"%s\" of %s is out of its range", name, place_of(asked, of));
    return true;
}

bool study_number_or(study *asked, const json_t *of, const char *name, double least, double most,
                     double otherwise, double *number)
{
    const json_t *found = json_object_get(of, name);

    *number = otherwise;
    return !found || json_is_null(found) || study_number(asked, of, name, least, most, number);
}

bool json_count(const json_t *value, uint64_t *count)
{
    const double number = json_number_value(value);

    if (!json_is_number(value) || !(number >= 0 && number <= 0x1p53) || floor(number) != number)
        return false;
    *count = (uint64_t)number;
    return true;
}

bool study_count(study *asked, const json_t *of, const char *name, uint64_t *count)
{
    return json_count(json_object_get(of, name), count) ||
           study_refuse(asked, "\"%s\" is missing, or no whole number of 0 to 2^53", name);
}

bool study_choice(study *asked, const json_t *of, const char *name, const char *words, int *choice)
{
    const json_t *found = json_object_get(of, name);
    const char   *text = json_string_value(found);

    *choice = 0;
    if (!found || json_is_null(found))
        return true;
    for (const char *word = words; text && *word; (*choice)++) {
        const size_t size = strcspn(word, " ");
        if (strlen(text) == size && strncmp(text, word, size) == 0)
            return true;
        word += size + (word[size] == ' ');
    }
    return study_refuse(asked, "\"%s\" is not one of: %s", name, words);
}

/* ---- What is answered ---------------------------------------------------------------------- */

static void set(study *asked, const char *name, json_t *value)
{
    if (json_object_set_new(asked->answer, name, value) != 0)
        asked->out_of_memory = true;
}

void study_say(study *asked, const char *name, double number)
{
    set(asked, name, isfinite(number) ? json_real(number) : json_null());
}

void study_say_count(study *asked, const char *name, uint64_t count)
{
    set(asked, name, json_integer((json_int_t)count));
}

void study_say_interval(study *asked, const char *name, interval found)
{
    set(asked, name, json_pack("[f, f]", found.low, found.high));
}

void study_say_ends(study *asked, interval found)
{
    study_say(asked, "lower", found.low);
    study_say(asked, "upper", found.high);
}

void study_say_test(study *asked, statistics_test found)
{
    if (!study_fine(asked, found.reason))
        return;
    study_say(asked, "statistic", found.statistic);
    study_say_count(asked, "df", found.df);
    study_say(asked, "p", found.p);
}

void study_say_text(study *asked, const char *name, const char *text)
{
    /* Not jansson's json_string(): the room writing has another function of that name. */
    set(asked, name, json_stringn(text, strlen(text)));
}
