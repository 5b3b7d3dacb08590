#include "cli/command.h"
#include "cli/output.h"

enum { INPUTS_MAX = 1024 };

static int coverage(assay *session, const call *asked)
{
    const size_t count = (size_t)asked->operand_count - 1;
    assay_input  inputs[INPUTS_MAX];
    output       out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    for (size_t i = 0; i < count; i++)
        inputs[i] = (assay_input){.path = asked->operands[i + 1]};
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    status = assay_cover_rubric(session, asked->operands[0], inputs, count,
                                (unsigned)asked_number(asked, OPTION_MIN, 0),
                                asked_format(asked, "table"), output_write, &out);
    if (!output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND))
        return ASSAY_FAILED;
    return status;
}

const command rubric_coverage_command = {
    .noun = "rubric",
    .verb = "coverage",
    .summary = "what of a rubric some records exercise",
    .help = "usage: assay rubric coverage [OPTION]... RUBRIC FILE...\n\n"
            "Grades the records by RUBRIC (a file, or the id of an installed one) and counts, for "
            "each\n"
            "band, answer, limit, requirement and threshold of it, how many records show what it "
            "does,\n"
            "and which none does.\n\n"
            "      --min N            fail where under N percent of the items are exercised\n"
            "  -f, --format FORMAT    table, json or csv\n"
            "  -o, --output FILE      write to FILE instead of standard output\n"
            "  -c, --columns MAP.ini  how the file's questions and answers are read\n"
            "      --threads N        use N threads, not one a processor\n"
            "      --rubric-path DIR  look for rubrics and calendars in DIR too\n"
            "      --plugin-path DIR  look for plugins in DIR too\n\n"
            "Exit status: 0 fine; 1 under --min; 2 a rubric cannot be used; 3 a file could not be "
            "read\n"
            "or written.\n\n"
            "example:\n  assay rubric coverage assessments --min 80 audits.csv\n",
    .options = TAKES(OPTION_MIN, OPTION_FORMAT, OPTION_JSON, OPTION_OUTPUT, OPTION_COLUMNS,
                     OPTION_THREADS, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .least = 2,
    .most = INPUTS_MAX,
    .run = coverage,
};
