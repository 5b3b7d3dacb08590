#include "report/rubric_words.h"

#include <math.h>

#include "report/names.h"

/* ---- How it is measured --------------------------------------------------------- */

static const char *input_field(const criterion *asked, const char *name)
{
    for (size_t i = 0; i < asked->input_count; i++) {
        if (strcmp(asked->inputs[i].name, name) == 0) {
            return asked->inputs[i].field;
        }
    }
    return asked->id;
}

static void words_span(buffer *out, const criterion *asked, const char *days)
{
    buffer_string(out, "It counts the ");
    buffer_string(out, days);
    buffer_string(out, " from ");
    buffer_string(out, input_field(asked, "from"));
    buffer_string(out, " to ");
    buffer_string(out, input_field(asked, "to"));
    if (asked->kind == MEASURE_WORKING_DAYS && asked->calendar != NULL) {
        buffer_string(out, " (calendar ");
        buffer_string(out, asked->calendar->id);
        buffer_string(out, ")");
    }
    buffer_string(out, ".");
}

static void words_parameters(buffer *out, const criterion *asked, const manifest_measure *measure)
{
    for (size_t i = 0; asked->parameters != NULL && i < measure->parameter_count; i++) {
        buffer_string(out, i == 0 ? " With " : ", ");
        buffer_string(out, measure->parameters[i].name);
        buffer_string(out, " = ");
        buffer_number(out, asked->parameters[i]);
    }
    if (asked->parameters != NULL && measure->parameter_count > 0) {
        buffer_string(out, ".");
    }
}

static void words_plugin(buffer *out, const criterion *asked)
{
    const manifest_measure *measure =
        asked->plugin != NULL ? &asked->plugin->measures[asked->plugin_measure] : NULL;
    buffer_string(out, "It is worked out by the plugin as ");
    buffer_string(out, asked->measure_name);
    if (measure != NULL && measure->help != NULL && measure->help[0] != '\0') {
        buffer_string(out, ": ");
        size_t size = strlen(measure->help);
        buffer_bytes(out, measure->help, measure->help[size - 1] == '.' ? size - 1 : size);
    }
    buffer_string(out, ".");
    for (size_t i = 0; i < asked->input_count; i++) {
        buffer_string(out, i == 0 ? " It reads " : i + 1 == asked->input_count ? " and " : ", ");
        buffer_string(out, asked->inputs[i].field);
    }
    buffer_string(out, asked->input_count > 0 ? "." : "");
    if (measure != NULL) {
        words_parameters(out, asked, measure);
    }
}

void words_measure(buffer *out, const criterion *asked)
{
    switch (asked->kind) {
    case MEASURE_RATING:
        buffer_string(out, "The auditor writes a level in ");
        buffer_string(out, input_field(asked, "field"));
        buffer_string(out, ".");
        break;
    case MEASURE_YES_NO:
        buffer_string(out, "The auditor writes yes or no in ");
        buffer_string(out, input_field(asked, "field"));
        buffer_string(out, ".");
        break;
    case MEASURE_NUMBER:
        buffer_string(out, "The auditor writes a number in ");
        buffer_string(out, input_field(asked, "field"));
        buffer_string(out, ".");
        break;
    case MEASURE_DAYS:
        words_span(out, asked, "days");
        break;
    case MEASURE_WORKING_DAYS:
        words_span(out, asked, "working days");
        break;
    case MEASURE_PLUGIN:
        words_plugin(out, asked);
        break;
    }
}

/* ---- How it is rated --------------------------------------------------------------- */

static void words_band(buffer *out, const rubric *held, const criterion *asked, const band *one,
                       bool first)
{
    static const char *const before[] = {" up to ", " under ", " from ", " over "};
    const char              *label = held->scale.labels[one->gives];
    if (one->condition == BAND_ALWAYS) {
        buffer_string(out, first ? "always " : "otherwise ");
        buffer_string(out, label);
        return;
    }
    buffer_string(out, label);
    buffer_string(out, before[one->condition]);
    if (first) {
        words_number(out, asked, one->bound);
    } else {
        buffer_number(out, one->bound);
    }
}

void words_rating(buffer *out, const rubric *held, const criterion *asked)
{
    if (asked->gives_flag) {
        buffer_string(out, "Yes is rated ");
        buffer_string(out, held->scale.labels[asked->yes]);
        buffer_string(out, ", no ");
        buffer_string(out, held->scale.labels[asked->no]);
    } else if (asked->band_count == 0) {
        buffer_string(out, "The level written is the rating");
    }
    for (size_t i = 0; i < asked->band_count; i++) {
        buffer_string(out, i == 0 ? "" : "; ");
        words_band(out, held, asked, &asked->bands[i], i == 0);
    }
    buffer_string(out, ".");
}

void words_missing(buffer *out, const rubric *held, const criterion *asked)
{
    if (asked->if_missing == LEVEL_NONE) {
        buffer_string(out, "Where it is not recorded, it is left out of the score and counts "
                           "against coverage.");
        return;
    }
    buffer_string(out, "Where it is not recorded, it is rated ");
    buffer_string(out, held->scale.labels[asked->if_missing]);
    buffer_string(out, ": not recorded, not done.");
}

void words_applies(buffer *out, const criterion *asked)
{
    if (asked->applies_field == NULL) {
        return;
    }
    buffer_string(out, "It is asked only where ");
    buffer_string(out, asked->applies_field);
    buffer_string(out, asked->applies_not ? " is not " : " is ");
    for (const char *at = asked->applies_text; *at != '\0'; at++) {
        if (strncmp(at, " | ", 3) == 0) {
            buffer_string(out, " or ");
            at += 2;
        } else {
            buffer_byte(out, *at);
        }
    }
    buffer_string(out, ".");
}

/* ---- How the judgement is made ------------------------------------------------------- */

void words_limit(buffer *out, const rubric *held, const limit *held_by)
{
    buffer_string(out, "Rated ");
    buffer_string(out, held->scale.labels[held_by->at]);
    buffer_string(out, held_by->at > 0 ? " or lower" : "");
    buffer_string(out, held_by->most > 0 ? ", it holds the judgement to at most "
                                         : ", it makes the judgement ");
    buffer_string(out, held->scale.labels[held_by->most]);
    buffer_string(out, ", whatever the score.");
}

void words_requirement(buffer *out, const rubric *held, const requirement *asked)
{
    buffer_string(out, "A judgement of ");
    buffer_string(out, held->scale.labels[asked->of]);
    if (asked->most == 0) {
        buffer_string(out, " allows no criterion rated ");
    } else {
        buffer_format(out, " allows at most %u %s rated ", asked->most,
                      asked->most == 1 ? "criterion" : "criteria");
    }
    buffer_string(out, held->scale.labels[asked->counted]);
    buffer_string(out, ".");
}

void words_thousandths(buffer *out, unsigned thousandths)
{
    size_t start = out->size;
    buffer_thousandths(out, thousandths);
    if (out->failed) {
        return;
    }
    while (out->size > start && out->bytes[out->size - 1] == '0') {
        out->size--;
    }
    if (out->bytes[out->size - 1] == '.') {
        out->size--;
    }
}

void words_thresholds(buffer *out, const rubric *held)
{
    for (size_t i = held->scale.count - 1; i > 0; i--) {
        buffer_string(out, held->scale.labels[i]);
        buffer_string(out, i == held->scale.count - 1 ? " from a score of " : " from ");
        words_thousandths(out, held->thousandths[i]);
        buffer_string(out, ", ");
    }
    buffer_string(out, "otherwise ");
    buffer_string(out, held->scale.labels[0]);
    buffer_string(out, ".");
}

void words_number(buffer *out, const criterion *asked, double value)
{
    buffer_number(out, round(value * 1000) / 1000); /* a share need not show its every digit */
    const char *unit = asked->unit != NULL ? asked->unit : "";
    if (strcmp(unit, "%") == 0 || strcmp(unit, "percent") == 0) {
        buffer_string(out, "%");
        return;
    }
    if (unit[0] != '\0') {
        size_t size = strlen(unit);
        bool   one = value == 1 && unit[size - 1] == 's'; /* "1 day" */
        buffer_byte(out, ' ');
        buffer_bytes(out, unit, one ? size - 1 : size);
    }
}

void words_numbers(buffer *out, const rubric *held)
{
    const scale *levels = &held->scale;
    bool         best = levels->numbers == NUMBERS_BEST_IS_1;
    if (levels->numbers == NUMBERS_NONE) {
        return;
    }
    buffer_string(out, best ? "1 is the best: " : "1 is the worst: ");
    for (size_t i = 0; i < levels->count; i++) {
        buffer_format(out, "%s%zu %s", i > 0 ? ", " : "", i + 1,
                      levels->labels[best ? levels->count - 1 - i : i]);
    }
    buffer_byte(out, '.');
}
