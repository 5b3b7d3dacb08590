#include "cli/command.h"
#include "cli/output.h"

static int run(assay *session, const call *asked)
{
    const assay_input input = {.path = asked->operand_count > 0 ? asked->operands[0] : "-"};
    output            out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    const int status = assay_statistics(session, &input, output_write, &out);
    if (!output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND))
        return ASSAY_FAILED;
    return status;
}

const command statistics_command = {
    .noun = "statistics",
    .summary = "one statistic of given numbers, to check ours by",
    .help =
        "usage: assay statistics [OPTION]... [FILE]\n\n"
        "Reads a case, or an array of cases, as JSON from FILE or standard input, and writes\n"
        "what comes of each as JSON: value, se, ci, lower, upper, statistic, df, p and more,\n"
        "to the last digit. docs/statistics.md has every statistic with its formula and source.\n\n"
        "  -o, --output FILE      write to FILE instead of standard output\n\n"
        "Exit status: 0 every case is answered; 1 one cannot be: its answer has a reason;\n"
        "2 the input is no JSON; 3 a file could not be read or written.\n\n"
        "example:\n"
        "  echo '{\"statistic\": \"wilson\", \"data\": {\"x\": 14, \"n\": 20}}' | assay "
        "statistics\n",
    .options = TAKES(OPTION_OUTPUT),
    .least = 0,
    .most = 1,
    .run = run,
};
