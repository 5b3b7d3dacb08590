/* Plugins: listed, and one shown. */
#include "api/page.h"

int assay_list_plugins(assay *session, assay_write write, void *user)
{
    page out = {.to = {write, user}};
    bool refused = false;

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    for (size_t p = 0; p < loader_count(session->plugins); p++) {
        const manifest *found = loader_manifest(session->plugins, p);

        if (found->refusal)
            page_say(&out, "%-18s refused: %s\n", found->id, found->refusal);
        else
            page_say(&out, "%-18s %-8s %zu measures  %s\n%-18s %s\n", found->id, found->version,
                     found->measure_count, found->summary, "", found->binary);
        refused |= found->refusal != NULL;
    }
    if (loader_count(session->plugins) == 0)
        page_say(&out, "no plugins found\n");
    return out.failed ? ASSAY_FAILED : refused ? ASSAY_FOUND : ASSAY_FINE;
}

static const char *type_name(enum assay_type type)
{
    switch (type) {
    case ASSAY_FLAG:
        return "yes or no";
    case ASSAY_NUMBER:
        return "number";
    case ASSAY_DATE:
        return "date";
    case ASSAY_DATES:
        return "list of dates";
    case ASSAY_CHOICE:
        return "choice";
    }
    return "";
}

static void say_input(page *out, const manifest_input *input)
{
    page_say(out, "      %-26s %s%s: %s\n", input->name, type_name(input->type),
             input->required ? "" : ", optional", input->help);
    for (size_t i = 0; input->choices && input->choices[i]; i++)
        page_say(out, "      %-26s   %s\n", "", input->choices[i]);
}

static void say_parameter(page *out, const manifest_parameter *parameter)
{
    if (parameter->type == ASSAY_FLAG)
        page_say(out, "      %-26s yes or no, %s by default: %s\n", parameter->name,
                 parameter->standard != 0 ? "yes" : "no", parameter->help);
    else
        page_say(out, "      %-26s %.15g by default, %.15g to %.15g%s%s: %s\n", parameter->name,
                 parameter->standard, parameter->minimum, parameter->maximum,
                 *parameter->unit ? " " : "", parameter->unit, parameter->help);
}

static void say_measure(page *out, const manifest *found, const manifest_measure *measure)
{
    page_say(out, "\n  %s.%s\n      %s\n", found->id, measure->name, measure->help);
    if (measure->result == ASSAY_FLAG)
        page_say(out, "      gives yes or no\n");
    else
        page_say(out, "      gives a number%s%s, %.15g to %.15g\n", *measure->unit ? " of " : "",
                 measure->unit, measure->minimum, measure->maximum);
    if (measure->uses_calendar)
        page_say(out, "      counts by a calendar of working days\n");
    page_say(out, "    reads\n");
    for (size_t i = 0; i < measure->input_count; i++)
        say_input(out, &measure->inputs[i]);
    if (measure->parameter_count)
        page_say(out, "    the rubric may set\n");
    for (size_t i = 0; i < measure->parameter_count; i++)
        say_parameter(out, &measure->parameters[i]);
}

const manifest *session_plugin(assay *session, const char *id)
{
    const manifest *found = loader_find(session->plugins, text_of(id));

    if (!found)
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "there is no plugin \"%s\" in the plugin folders; assay plugin list shows those "
                  "there are",
                  id);
    return found;
}

int assay_show_plugin(assay *session, const char *id, assay_write write, void *user)
{
    page out = {.to = {write, user}};

    if (!session_is_open(session))
        return ASSAY_REFUSED;
    const manifest *found = session_plugin(session, id);
    if (!found)
        return ASSAY_REFUSED;

    page_say(&out, "%s %s: %s\n", found->id, found->version, found->summary);
    page_say(&out,
             "  practice area  %s\n  plugin ABI     %u\n  manifest       %s\n  binary         %s\n",
             found->practice_area, found->abi, found->path, found->binary);
    const plugin *opened = loader_open(session->plugins, found, &session->errors);
    page_say(&out, "  opens          %s\n",
             opened ? "yes, and agrees with its manifest" : "no; the reason is among the errors");
    if (opened) {
        char isolation[400];
        plugin_isolation(opened, isolation, sizeof isolation);
        page_say(&out, "  isolation      %s\n", isolation);
    }
    for (size_t m = 0; m < found->measure_count; m++)
        say_measure(&out, found, &found->measures[m]);
    return out.failed ? ASSAY_FAILED : opened ? ASSAY_FINE : ASSAY_REFUSED;
}
