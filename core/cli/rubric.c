#include "cli/command.h"
#include "cli/output.h"

static int lint_into(assay *session, const call *asked, output *out, output *examples)
{
    const assay_proof_options options = {
        .struct_size = sizeof options,
        .milliseconds = (unsigned)asked_number(asked, OPTION_SECONDS, 1) * 1000,
        .examples = examples ? output_write : NULL,
        .examples_user = examples,
    };
    return assay_prove_rubrics(session, (const char *const *)asked->operands,
                               (size_t)asked->operand_count, &options,
                               asked_format(asked, "text"), output_write, out);
}

static int lint(assay *session, const call *asked)
{
    const char *examples_file = asked_text(asked, OPTION_EXAMPLES);
    output      out, examples;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (examples_file && !output_open(&examples, examples_file))
        return ASSAY_FAILED;
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT))) {
        if (examples_file)
            output_close(&examples, false);
        return ASSAY_FAILED;
    }
    status = lint_into(session, asked, &out, examples_file ? &examples : NULL);
    const bool done = status == ASSAY_FINE || status == ASSAY_FOUND;
    const bool kept = output_close(&out, done);
    if (examples_file && !output_close(&examples, done && examples.begun))
        return ASSAY_FAILED;
    return kept ? status : ASSAY_FAILED;
}

static int show(assay *session, const call *asked)
{
    output out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    status = assay_show_rubric(session, asked->operands[0], asked_format(asked, "text"),
                               output_write, &out);
    if (!output_close(&out, status == ASSAY_FINE))
        return ASSAY_FAILED;
    return status;
}

static int list(assay *session, const call *asked)
{
    output out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE || !output_open(&out, NULL))
        return status;
    status = assay_list_rubrics(session, output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

const command rubric_lint_command = {
    .noun = "rubric",
    .verb = "lint",
    .summary = "check rubrics: every fault, and what holds of any record",
    .help = "usage: assay rubric lint [OPTION]... FILE...\n\n"
            "Checks rubric files and reports every fault at once, with its line and what to do. Proves\n"
            "what holds whatever the record: that each level can be reached, that no better rating\n"
            "judges lower, which thresholds, limits, bands and weights can never matter, and what\n"
            "missing evidence does. What it finds it shows by example records.\n\n"
            "      --examples FILE    write the example records to FILE, as CSV; runs plugins\n"
            "      --seconds N        give up on a rubric after N seconds; 1 by default\n"
            "  -f, --format FORMAT    text or json\n"
            "      --json             short for --format json\n"
            "  -o, --output FILE      write to FILE instead of standard output\n"
            "      --rubric-path DIR  look for calendars and editions in DIR too\n"
            "      --plugin-path DIR  look for plugins in DIR too\n"
            "      --lock FILE        run only the plugins that FILE pins\n"
            "      --isolate MODE     on, require or off\n"
            "      --plugin-time-limit SECONDS\n"
            "                         what a plugin may take over one batch; 10 by default\n\n"
            "Exit status: 0 no faults; 1 faults, or a rubric that cannot be read; 2 asked wrongly; 3\n"
            "not written.\n\n"
            "example:\n  assay rubric lint our-assessments.ini\n"
            "  assay rubric lint --examples proof.csv our-assessments.ini\n"
            "  assay explain --rubric our-assessments.ini proof.csv proof-01\n",
    .options = TAKES(OPTION_EXAMPLES, OPTION_SECONDS, OPTION_FORMAT, OPTION_JSON, OPTION_OUTPUT,
                     OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH, OPTION_LOCK, OPTION_ISOLATE,
                     OPTION_TIME_LIMIT),
    .least = 1,
    .most = 1024,
    .run = lint,
};

const command rubric_show_command = {
    .noun = "rubric",
    .verb = "show",
    .summary = "a rubric as a person reads it",
    .help = "usage: assay rubric show [OPTION]... RUBRIC\n\n"
            "Prints a rubric (a file, or the id of an installed one) in plain words.\n\n"
            "  -f, --format FORMAT    text, markdown or html\n"
            "  -o, --output FILE      write to FILE instead of standard output\n"
            "      --rubric-path DIR  look for rubrics in DIR too\n"
            "      --plugin-path DIR  look for plugins in DIR too\n\n"
            "Exit status: 0 shown; 2 there is no such rubric, or it has faults; 3 not written.\n\n"
            "example:\n  assay rubric show assessments\n",
    .options = TAKES(OPTION_FORMAT, OPTION_OUTPUT, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .least = 1,
    .most = 1,
    .run = show,
};

const command rubric_list_command = {
    .noun = "rubric",
    .verb = "list",
    .summary = "the rubrics at hand",
    .help =
        "usage: assay rubric list [OPTION]...\n\n"
        "Lists the rubrics of the rubric folders: id, version, practice area, from when, title.\n\n"
        "      --rubric-path DIR  look for rubrics in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n\n"
        "example:\n  assay rubric list\n",
    .options = TAKES(OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .run = list,
};
