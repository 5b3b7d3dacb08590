#include "cli/command.h"
#include "cli/output.h"

static int lint(assay *session, const call *asked)
{
    int status = command_open(session, asked);
    int gravest = status;

    for (int i = 0; status == ASSAY_FINE && i < asked->operand_count; i++) {
        const int found = assay_lint_rubric(session, asked->operands[i]);
        if (found == ASSAY_FINE)
            printf("%s: no faults\n", asked->operands[i]);
        if (found > gravest)
            gravest = found;
    }
    return gravest;
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
    .summary = "check rubrics: every fault, with its line and remedy",
    .help = "usage: assay rubric lint [OPTION]... FILE...\n\n"
            "Checks rubric files and reports every fault at once.\n\n"
            "      --rubric-path DIR  look for calendars in DIR too\n"
            "      --plugin-path DIR  look for plugins in DIR too\n\n"
            "Exit status: 0 no faults; 1 faults, or a file that cannot be read.\n\n"
            "example:\n  assay rubric lint our-assessments.ini\n",
    .options = TAKES(OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
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
