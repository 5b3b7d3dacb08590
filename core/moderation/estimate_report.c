#include "moderation/estimate_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "moderation/scales.h"
#include "writing/json_text.h"
#include "writing/terminal_text.h"

/* ---- Reckoning ---------------------------------------------------------------------- */

static level level_of(const moderation_case *one, const char *grade)
{
    const int found = *grade ? store_level(one->levels, grade) : -1;
    return found < 0 ? LEVEL_NONE : (level)found;
}

/* Strata by number; they repeat from one audit to the next. */
typedef struct {
    const char **names;
    int64_t     *draws;
    size_t       count;
} stratum_list;

static unsigned stratum_of(stratum_list *strata, const moderation_case *one)
{
    for (size_t s = strata->count; s-- > 0;)
        if (strata->draws[s] == one->draw && strcmp(strata->names[s], one->stratum) == 0)
            return (unsigned)s;
    strata->names[strata->count] = one->stratum;
    strata->draws[strata->count] = one->draw;
    return (unsigned)strata->count++;
}

/* A final grade stands for the moderator's. */
static level moderated_level(const moderation_case *one)
{
    return one->moderated_revision > 0
               ? level_of(one, *one->final_grade ? one->final_grade : one->practice_grade)
               : LEVEL_NONE;
}

/* What a rule names was certain to be picked and stands for itself, whether chance picked it too. */
static estimate_audit audit_of(const moderation_case *one, stratum_list *strata)
{
    return (estimate_audit){
        .auditor = level_of(one, one->auditor_grade),
        .tool = level_of(one, one->tool_grade),
        .moderator = moderated_level(one),
        .triggered = one->picked && *one->triggers,
        .inclusion = one->draw > 0 ? one->inclusion : 0,
        .stratum = stratum_of(strata, one),
        .undrawn = moderation_estimate_is_undrawn(one),
    };
}

bool moderation_estimate_over(const moderation_cases *cases, const char *levels, level good,
                              bool (*belongs)(const moderation_case *one, const void *user),
                              const void *user, estimate_result *out, error_list *errors)
{
    estimate_audit *audits = calloc(cases->count + 1, sizeof *audits);
    stratum_list    strata = {calloc(cases->count + 1, sizeof *strata.names),
                              calloc(cases->count + 1, sizeof *strata.draws), 0};
    size_t          count = 0;
    bool            fine = audits && strata.names && strata.draws;

    for (size_t c = 0; fine && c < cases->count; c++)
        if (strcmp(cases->items[c].levels, levels) == 0 &&
            (!belongs || belongs(&cases->items[c], user)))
            audits[count++] = audit_of(&cases->items[c], &strata);
    fine = fine
               ? estimate_shares(audits, count,
                                 &(estimate_question){scale_count(levels), good, 0.95}, out, errors)
               : error_memory(errors);
    free(audits);
    free(strata.names);
    free(strata.draws);
    return fine;
}

level moderation_estimate_usual_good(size_t levels)
{
    return (level)(levels > 2 ? levels - 2 : 1);
}

static void count_picks(const moderation_cases *cases, moderation_estimate *out)
{
    for (size_t c = 0; c < cases->count; c++) {
        const moderation_case *one = &cases->items[c];
        const bool             usual = strcmp(one->levels, out->levels) == 0;
        out->other_scale += !usual;
        if (!usual || moderated_level(one) == LEVEL_NONE)
            continue;
        out->at_random += one->picked_at_random;
        out->also_triggered += moderation_also_triggered(one);
        out->triggered_only += !one->picked_at_random;
    }
}

bool moderation_estimate_read(store *from, const store_filter *filter, level good,
                              moderation_estimate *out, error_list *errors)
{
    moderation_cases cases;

    *out = (moderation_estimate){0};
    bool fine = moderation_cases_read(from, filter, &cases, errors);
    if (fine) {
        const char *usual = scale_usual(&cases, false);
        out->levels = arena_text(&out->memory, usual, strlen(usual));
        out->level_count = scale_count(usual);
        fine = out->levels || error_memory(errors);
    }
    out->good = good != LEVEL_NONE ? good : moderation_estimate_usual_good(out->level_count);
    if (fine)
        count_picks(&cases, out);
    if (fine && out->level_count >= 2)
        fine = moderation_estimate_over(&cases, out->levels, out->good, NULL, NULL, &out->result,
                                        errors) &&
               (moderation_estimate_find_undrawn(&cases, out) || error_memory(errors));
    else
        out->result.corrected.reason = out->result.auditors.reason =
            out->result.auditors_covered.reason = out->result.moderated.reason = ESTIMATE_NO_AUDITS;
    moderation_cases_free(&cases);
    return fine;
}

void moderation_estimate_free(moderation_estimate *estimate)
{
    arena_free(&estimate->memory);
    *estimate = (moderation_estimate){0};
}

/* ---- For programs --------------------------------------------------------------------- */

static const struct {
    const char *id;
    size_t      at; /* in estimate_result */
    const char *words;
} figures[] = {
    {"corrected", offsetof(estimate_result, corrected), "Corrected for who graded"},
    {"auditors_covered", offsetof(estimate_result, auditors_covered),
     "As auditors graded the same audits"},
    {"auditors", offsetof(estimate_result, auditors), "As auditors graded"},
    {"moderated", offsetof(estimate_result, moderated), "Moderated audits alone"},
};

enum { FIGURES = sizeof figures / sizeof *figures };

static bool is_of_all(size_t number)
{
    return figures[number].at == offsetof(estimate_result, auditors);
}

static const estimate_figure *figure_at(const moderation_estimate *of, size_t number)
{
    return (const estimate_figure *)((const char *)&of->result + figures[number].at);
}

static void write_share(text name, const estimate_share *of, buffer *out)
{
    const struct {
        const char *id;
        double      value;
    } members[] = {{"share", of->share},
                   {"low", of->low},
                   {"high", of->high},
                   {"standard_error", of->standard_error},
                   {"effective_number", of->effective}};

    json_string(out, name);
    for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
        buffer_string(out, m == 0 ? ":{" : "");
        json_name(out, members[m].id, m == 0);
        json_number(out, members[m].value);
    }
    buffer_byte(out, '}');
}

static void write_months(const moderation_estimate *of, buffer *out)
{
    buffer_string(out, ",\"months_not_drawn\":[");
    for (size_t m = 0; m < of->undrawn_count; m++) {
        buffer_string(out, m > 0 ? "," : "");
        json_string(out, text_of(of->undrawn[m]));
    }
    buffer_byte(out, ']');
}

static void write_json(const moderation_estimate *of, buffer *out)
{
    const estimate_result *result = &of->result;

    buffer_string(out, "{\"levels\":");
    json_string(out, text_of(of->levels));
    json_count_member(out, "audits", result->audits);
    json_count_member(out, "covered", result->covered);
    json_count_member(out, "not_covered", result->not_covered);
    json_count_member(out, "not_drawn", result->undrawn);
    json_count_member(out, "excluded", result->excluded);
    write_months(of, out);
    buffer_string(out, estimate_decides(result) ? ",\"decides_a_target\":true"
                                                : ",\"decides_a_target\":false");
    json_count_member(out, "moderated_at_random", of->at_random);
    json_count_member(out, "also_triggered", of->also_triggered);
    json_count_member(out, "triggered_only", of->triggered_only);
    json_count_member(out, "stand_for_others", result->picked);
    json_count_member(out, "stand_for_themselves", result->settled);
    json_count_member(out, "waiting", result->waiting);
    json_count_member(out, "on_another_scale", of->other_scale);
    for (size_t f = 0; f < FIGURES; f++) {
        const estimate_figure *figure = figure_at(of, f);
        json_name(out, figures[f].id, false);
        if (figure->reason != ESTIMATE_GIVEN) {
            buffer_string(out, "{\"reason\":");
            json_string(out, text_of(estimate_reason_text(figure->reason)));
            buffer_byte(out, '}');
            continue;
        }
        buffer_byte(out, '{');
        write_share(text_of("good_or_better"), &figure->good, out);
        for (size_t l = 0; l < of->level_count; l++) {
            buffer_byte(out, ',');
            write_share(scale_level(of->levels, l), &figure->levels[l], out);
        }
        buffer_byte(out, '}');
    }
    buffer_string(out, "}\n");
}

static void write_csv_row(const moderation_estimate *estimate, size_t number, const char *what,
                          const estimate_share *of, buffer *out)
{
    const estimate_result *result = &estimate->result;
    const double values[] = {of->share, of->low, of->high, of->standard_error, of->effective};

    buffer_string(out, figures[number].id);
    buffer_byte(out, ',');
    buffer_string(out, what);
    for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
        buffer_byte(out, ',');
        json_number(out, values[v]);
    }
    buffer_format(out, ",%zu,%zu\r\n", is_of_all(number) ? result->audits : result->covered,
                  is_of_all(number) ? 0 : result->not_covered);
}

static void write_csv(const moderation_estimate *of, buffer *out)
{
    buffer_string(out,
                  "figure,what,share,low,high,standard_error,effective_number,audits,outside\r\n");
    for (size_t f = 0; f < FIGURES; f++) {
        const estimate_figure *figure = figure_at(of, f);
        if (figure->reason != ESTIMATE_GIVEN)
            continue;
        write_csv_row(of, f, "good or better", &figure->good, out);
        for (size_t l = 0; l < of->level_count; l++) {
            buffer words = {0};
            scale_level_words(of->levels, l, &words);
            if (buffer_end(&words))
                write_csv_row(of, f, words.bytes, &figure->levels[l], out);
            out->failed |= words.failed;
            buffer_free(&words);
        }
    }
}

/* ---- For people ------------------------------------------------------------------------ */

enum { NAME_WIDTH = 28 };

/* The number that a figure is of where it is small: then counts say more than shares. Such a figure
 * is counted, not estimated. 0: it is not small. */
static size_t small_number(const moderation_estimate *of, size_t number)
{
    const estimate_figure *figure = figure_at(of, number);
    const size_t           audits = figures[number].at == offsetof(estimate_result, corrected) ||
                                  figures[number].at == offsetof(estimate_result, moderated)
                                        ? of->result.covered
                                        : (size_t)lround(figure->good.effective);
    return audits < ESTIMATE_FEWEST ? audits : 0;
}

static void say_share(const char *name, const estimate_share *of, size_t small, buffer *out)
{
    buffer_string(out, "  ");
    terminal_padded(out, text_of(name), NAME_WIDTH);
    if (small > 0) {
        buffer_format(out, "%3ld of %zu\n", lround(of->share * (double)small), small);
        return;
    }
    buffer_format(out, "%3ld%%   %ld%% to %ld%%\n", lround(of->share * 100), lround(of->low * 100),
                  lround(of->high * 100));
}

/* The auditors' figure of the covered audits stands beside that of all only where they differ. */
static bool is_split(const moderation_estimate *of)
{
    return of->result.not_covered > 0 && of->result.auditors_covered.reason == ESTIMATE_GIVEN;
}

static void say_figure(const moderation_estimate *of, size_t number, buffer *out)
{
    const estimate_figure *figure = figure_at(of, number);

    buffer_format(out, "\n%s%s\n", figures[number].words,
                  is_of_all(number) && is_split(of) ? ", all audits" : "");
    if (figure->reason != ESTIMATE_GIVEN) {
        buffer_string(out, "  ");
        buffer_string(out, estimate_reason_text(figure->reason));
        buffer_byte(out, '\n');
        return;
    }
    const size_t small = small_number(of, number);
    say_share("good or better", &figure->good, small, out);
    for (size_t l = of->level_count; l-- > 0;) {
        buffer words = {0};
        scale_level_words(of->levels, l, &words);
        if (buffer_end(&words))
            say_share(words.bytes, &figure->levels[l], small, out);
        out->failed |= words.failed;
        buffer_free(&words);
    }
}

/* What the corrected figure does not speak of, and how sure it is. */
static void say_limits(const moderation_estimate *of, buffer *out)
{
    const estimate_result *result = &of->result;
    const bool             given = result->corrected.reason == ESTIMATE_GIVEN;
    buffer                 words = {0};

    moderation_estimate_outside(of, false, &words);
    if (result->not_covered > 0 && given) {
        buffer_format(&words, ". The corrected figure speaks of the other %zu", result->covered);
        if (!estimate_decides(result))
            buffer_format(
                &words,
                " alone: with over %d%% outside, whether a target is reached is not known "
                "yet",
                (int)ESTIMATE_OUTSIDE_MOST);
    }
    if (buffer_end(&words) && words.size > 0)
        terminal_wrapped(out, text_of(words.bytes), 0, 0);
    out->failed |= words.failed;
    buffer_free(&words);
    if (estimate_is_hint(result))
        buffer_format(out,
                      "Fewer than %d audits that chance picked are moderated: take the corrected "
                      "figure as a hint\n",
                      (int)ESTIMATE_HINT);
}

static void say_all(const moderation_estimate *of, buffer *out)
{
    const estimate_result *result = &of->result;
    /* Of those that wait, the ones like which some are done: the others are outside. */
    const size_t stood_for =
        result->waiting - (result->not_covered - result->undrawn - result->excluded);

    buffer_format(out,
                  "%zu audits; moderated %zu: at random %zu (of them also triggered %zu), triggered "
                  "only %zu\n",
                  result->audits, of->at_random + of->triggered_only, of->at_random,
                  of->also_triggered, of->triggered_only);
    buffer_format(out,
                  "%zu stand for others as well, by their chance; %zu were certain to be picked, and "
                  "stand for themselves\n",
                  result->picked, result->settled);
    if (stood_for > 0)
        buffer_format(out, "%zu picked by a rule %s, and others of %s kind stand for %s\n",
                      stood_for, stood_for == 1 ? "waits" : "wait",
                      stood_for == 1 ? "its" : "their", stood_for == 1 ? "it" : "them");
    say_limits(of, out);
    if (of->other_scale > 0)
        buffer_format(out, "%zu %s on another scale and left out\n", of->other_scale,
                      of->other_scale == 1 ? "is" : "are");
    for (size_t f = 0; f < FIGURES; f++)
        if (figures[f].at != offsetof(estimate_result, auditors_covered) || is_split(of))
            say_figure(of, f, out);
    buffer_string(
        out, "\nShares with 95% intervals. The corrected one is the one to show: the auditors' "
             "own knows nothing of\nleniency, the moderated audits alone throw away what is "
             "known of the others.\n");
}

void moderation_estimate_write(const moderation_estimate *estimate, const char *format, buffer *out)
{
    if (strcmp(format, "csv") == 0)
        write_csv(estimate, out);
    else if (strcmp(format, "json") == 0)
        write_json(estimate, out);
    else
        say_all(estimate, out);
}
