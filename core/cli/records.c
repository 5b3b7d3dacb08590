#include "cli/command.h"
#include "cli/output.h"

static int run(assay *session, const call *asked)
{
    const assay_input input = {.path = asked->operands[0]};
    output            out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    status = assay_check_records(session, &input, output_write, &out);
    if (!output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND))
        return ASSAY_FAILED;
    return status;
}

const command records_check_command = {
    .noun = "records",
    .verb = "check",
    .summary = "what is in a file, before grading",
    .help =
        "usage: assay records check [OPTION]... FILE\n\n"
        "Says what each column of the file holds, what no rubric uses, what a rubric asks for and\n"
        "the file has not, with the nearest name, and every value that cannot be read.\n\n"
        "  -o, --output FILE      write to FILE instead of standard output\n"
        "  -r, --rubric RUBRIC    check against this rubric: a file, or an id\n"
        "  -c, --columns MAP.ini  how the file's questions and answers are read\n"
        "      --rubric-path DIR  look for rubrics in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n\n"
        "Exit status: 0 nothing was found; 1 something was; 2 and 3 as of assay grade.\n\n"
        "example:\n  assay records check audits.csv\n",
    .options =
        TAKES(OPTION_OUTPUT, OPTION_RUBRIC, OPTION_COLUMNS, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .least = 1,
    .most = 1,
    .run = run,
};
