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
    status = assay_explain(session, &input, 1, asked->operands[1], asked_format(asked, "text"),
                           output_write, &out);
    if (!output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND))
        return ASSAY_FAILED;
    return status;
}

const command explain_command = {
    .noun = "explain",
    .summary = "one record's judgement in plain words",
    .help =
        "usage: assay explain [OPTION]... FILE ID\n\n"
        "Says how the record with the audit_id ID was judged: each criterion's value, rating and\n"
        "rule, what held the judgement down, and the smallest changes that would raise or lose "
        "it.\n\n"
        "  -f, --format FORMAT    text or json\n"
        "  -o, --output FILE      write to FILE instead of standard output\n"
        "  -r, --rubric RUBRIC    grade by this rubric: a file, or an id\n"
        "  -c, --columns MAP.ini  how the file's questions and answers are read\n"
        "      --rubric-path DIR  look for rubrics in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n"
        "      --lock FILE        the plugins and rubrics that may be used\n"
        "      --isolate MODE     plugins run in processes of their own: on (the default);\n"
        "                         require, and not without full protection; or off\n"
        "      --plugin-time-limit SECONDS\n"
        "                         how long a plugin may take over a batch (10)\n\n"
        "Exit status: 0 explained; 1 the record was rejected; 2 there is no such record, or a\n"
        "rubric or plugin cannot be used; 3 a file could not be read or written.\n\n"
        "example:\n  assay explain audits.csv AU-000017\n",
    .options = TAKES(OPTION_FORMAT, OPTION_OUTPUT, TAKES_TO_GRADE),
    .least = 2,
    .most = 2,
    .run = run,
};
