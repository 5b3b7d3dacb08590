/* agree.c - whether a binary is what its manifest says. */
#include "loader/agree.h"

#include <stdio.h>
#include <string.h>

enum {
    FAULT_TEXT_MAX = 200, /* struct assay_measure */
    PLACE_SIZE = 160,
    NUMBER_SIZE = 40
};

/* What is being compared, for messages. */
typedef struct {
    const manifest *manifest;
    error_list     *errors;
    char            place[PLACE_SIZE]; /* "measure "delay": input "sent": " or "" */
} comparison;

static void differ(const comparison *at, const char *what, const char *declared, const char *built)
{
    error_add(at->errors, FAULT_PLUGIN, at->manifest->binary, 0, 0,
              "%s%s is \"%s\" in the manifest and \"%s\" in the binary; install both files of "
              "one build",
              at->place, what, declared, built);
}

static void invalid(const comparison *at, const char *what)
{
    error_add(at->errors, FAULT_PLUGIN, at->manifest->binary, 0, 0, "%s%s; rebuild the plugin",
              at->place, what);
}

static void compare_texts(const comparison *at, const char *what, const char *declared,
                          const char *built)
{
    if (built == NULL)
        differ(at, what, declared, "(NULL)");
    else if (strcmp(declared, built) != 0)
        differ(at, what, declared, built);
}

static void compare_numbers(const comparison *at, const char *what, double declared, double built)
{
    char declared_text[NUMBER_SIZE];
    char built_text[NUMBER_SIZE];
    if (declared >= built && declared <= built)
        return;
    snprintf(declared_text, sizeof declared_text, "%.15g", declared);
    snprintf(built_text, sizeof built_text, "%.15g", built);
    differ(at, what, declared_text, built_text);
}

static void compare_flags(const comparison *at, const char *what, bool declared, uint32_t built)
{
    if ((uint32_t)declared != built)
        differ(at, what, declared ? "yes" : "no",
               built > 1    ? "neither 0 nor 1"
               : built == 1 ? "yes"
                            : "no");
}

static void compare_types(const comparison *at, const char *what, enum assay_type declared,
                          uint32_t built)
{
    static const char *const names[] = {"unknown", "flag", "number", "date", "dates", "choice"};
    if ((uint32_t)declared != built)
        differ(at, what, names[declared], names[built <= ASSAY_CHOICE ? built : 0]);
}

/* Counts have to be equal before the entries can be compared. */
static bool compare_counts(const comparison *at, const char *what, size_t declared, size_t built,
                           const void *entries)
{
    char declared_text[NUMBER_SIZE];
    char built_text[NUMBER_SIZE];
    if (declared == built && (built == 0 || entries != NULL))
        return true;
    snprintf(declared_text, sizeof declared_text, "%zu", declared);
    snprintf(built_text, sizeof built_text, "%zu", entries != NULL ? built : 0);
    differ(at, what, declared_text, built_text);
    return false;
}

/* ---- Inputs and parameters -------------------------------------------------- */

/* Takes the next spelling off "cp | child protection". */
static text next_spelling(text *rest)
{
    const char  *mark = rest->size > 0 ? memchr(rest->at, '|', rest->size) : NULL;
    const text   part = {rest->at, mark != NULL ? (size_t)(mark - rest->at) : rest->size};
    const size_t gone = part.size + (mark != NULL ? 1 : 0);
    rest->at += gone;
    rest->size -= gone;
    return text_trim(part);
}

static bool same_choice(const char *declared, const char *built)
{
    text left = text_of(declared);
    text right = text_of(built);
    while (left.size > 0 && right.size > 0) {
        const text a = next_spelling(&left);
        const text b = next_spelling(&right);
        if (a.size != b.size || memcmp(a.at, b.at, a.size) != 0)
            return false;
    }
    return left.size == right.size;
}

static void compare_choices(const comparison *at, const char *const *declared,
                            const char *const *built)
{
    size_t c = 0;
    if (declared == NULL)
        return;
    if (built == NULL) {
        differ(at, "the first choice", declared[0], "(none)");
        return;
    }
    while (declared[c] != NULL && built[c] != NULL && same_choice(declared[c], built[c]))
        ++c;
    if (declared[c] != NULL || built[c] != NULL) {
        char what[NUMBER_SIZE];
        snprintf(what, sizeof what, "choice %zu", c + 1);
        differ(at, what, declared[c] != NULL ? declared[c] : "(none)",
               built[c] != NULL ? built[c] : "(none)");
    }
}

static void compare_input(comparison *at, const manifest_input *declared,
                          const struct assay_input *built)
{
    compare_texts(at, "the help", declared->help, built->help);
    compare_types(at, "the type", declared->type, built->type);
    compare_flags(at, "required", declared->required, built->required);
    if (built->type == ASSAY_CHOICE)
        compare_choices(at, declared->choices, built->choices);
}

static void compare_parameter(comparison *at, const manifest_parameter *declared,
                              const struct assay_parameter *built)
{
    compare_texts(at, "the help", declared->help, built->help);
    compare_texts(at, "the unit", declared->unit, built->unit);
    compare_types(at, "the type", declared->type, built->type);
    compare_numbers(at, "the default", declared->standard, built->standard);
    if (declared->type == ASSAY_NUMBER) {
        compare_numbers(at, "the least value", declared->minimum, built->minimum);
        compare_numbers(at, "the greatest value", declared->maximum, built->maximum);
    }
}

static void compare_inputs(comparison *at, const manifest_measure *declared,
                           const struct assay_measure *built)
{
    for (size_t i = 0; i < declared->input_count; ++i) {
        const manifest_input *input = &declared->inputs[i];
        snprintf(at->place, sizeof at->place, "measure \"%s\", input %zu: ", declared->name, i + 1);
        compare_texts(at, "the name", input->name, built->inputs[i].name);
        snprintf(at->place, sizeof at->place, "measure \"%s\", input \"%s\": ", declared->name,
                 input->name);
        compare_input(at, input, &built->inputs[i]);
    }
}

static void compare_parameters(comparison *at, const manifest_measure *declared,
                               const struct assay_measure *built)
{
    for (size_t p = 0; p < declared->parameter_count; ++p) {
        const manifest_parameter *parameter = &declared->parameters[p];
        snprintf(at->place, sizeof at->place, "measure \"%s\", parameter %zu: ", declared->name,
                 p + 1);
        compare_texts(at, "the name", parameter->name, built->parameters[p].name);
        snprintf(at->place, sizeof at->place, "measure \"%s\", parameter \"%s\": ", declared->name,
                 parameter->name);
        compare_parameter(at, parameter, &built->parameters[p]);
    }
}

/* ---- Measures --------------------------------------------------------------- */

static void check_faults(const comparison *at, const struct assay_measure *built)
{
    if (built->fault_count > FAULT_TEXT_MAX) {
        invalid(at, "it has more than 200 fault texts");
        return;
    }
    for (uint32_t f = 0; f < built->fault_count; ++f)
        if (built->faults == NULL || built->faults[f] == NULL ||
            !text_is_utf8(built->faults[f], strlen(built->faults[f]))) {
            invalid(at, "a fault text is missing or not UTF-8");
            return;
        }
}

static void compare_measure(comparison *at, const manifest_measure *declared,
                            const struct assay_measure *built)
{
    compare_texts(at, "the help", declared->help, built->help);
    compare_texts(at, "the unit", declared->unit, built->unit);
    compare_types(at, "the result", declared->result, built->result);
    if (declared->result == ASSAY_NUMBER) {
        compare_numbers(at, "the least value", declared->minimum, built->minimum);
        compare_numbers(at, "the greatest value", declared->maximum, built->maximum);
    }
    compare_flags(at, "calendar", declared->uses_calendar, built->uses_calendar);
    check_faults(at, built);
    if (built->run == NULL)
        invalid(at, "it has no function to run");

    const bool inputs = compare_counts(at, "the number of inputs", declared->input_count,
                                       built->input_count, built->inputs);
    const bool parameters =
        compare_counts(at, "the number of parameters", declared->parameter_count,
                       built->parameter_count, built->parameters);
    if (inputs)
        compare_inputs(at, declared, built);
    if (parameters)
        compare_parameters(at, declared, built);
}

static void compare_measures(comparison *at, const struct assay_plugin *table)
{
    for (size_t m = 0; m < at->manifest->measure_count; ++m) {
        const manifest_measure     *declared = &at->manifest->measures[m];
        const struct assay_measure *built = table->measures[m];

        snprintf(at->place, sizeof at->place, "measure \"%s\": ", declared->name);
        if (built == NULL || built->struct_size < AGREE_MEASURE_SIZE) {
            invalid(at, "its table is shorter than the ABI says");
            continue;
        }
        snprintf(at->place, sizeof at->place, "measure %zu: ", m + 1);
        compare_texts(at, "the name", declared->name, built->name);
        snprintf(at->place, sizeof at->place, "measure \"%s\": ", declared->name);
        compare_measure(at, declared, built);
    }
}

bool agree_check(const manifest *declared, const struct assay_plugin *table, error_list *errors)
{
    comparison   at = {declared, errors, ""};
    const size_t before = error_count(errors);

    compare_texts(&at, "the id", declared->id, table->id);
    compare_texts(&at, "the version", declared->version, table->version);
    compare_texts(&at, "the practice area", declared->practice_area, table->practice_area);
    compare_texts(&at, "the summary", declared->summary, table->summary);
    if (compare_counts(&at, "the number of measures", declared->measure_count, table->measure_count,
                       table->measures))
        compare_measures(&at, table);
    return error_count(errors) == before;
}
