#include "cli/command.h"
#include "cli/output.h"

static int test(assay *session, const call *asked)
{
    output out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    status = assay_test_rubric(session, (const char *const *)asked->operands,
                               (size_t)asked->operand_count, asked_format(asked, "text"),
                               output_write, &out);
    if (!output_close(&out, status != ASSAY_FAILED && out.begun))
        return ASSAY_FAILED;
    return status;
}

const command rubric_test_command = {
    .noun = "rubric",
    .verb = "test",
    .summary = "hold rubrics to their own cases",
    .help =
        "usage: assay rubric test [OPTION]... FILE...\n\n"
        "Grades the cases beside each rubric by it, and prints each that is not judged as it\n"
        "expects. FILE is a rubric, NAME.ini, or its cases, NAME.cases.csv: records with the\n"
        "columns case (why), expected_judgement and, as you like, expected_status,\n"
        "expected_limited_by and expected_rating.CRITERION.\n\n"
        "  -f, --format FORMAT    text or junit\n"
        "  -o, --output FILE      write to FILE instead of standard output\n"
        "      --rubric-path DIR  look for calendars in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n\n"
        "Exit status: 0 all passed; 1 some failed; 2 a rubric or its cases cannot be used; 3 a\n"
        "file could not be read or written.\n\n"
        "example:\n  assay rubric test our-assessments.ini\n",
    .options = TAKES(OPTION_FORMAT, OPTION_OUTPUT, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .least = 1,
    .most = 1024,
    .run = test,
};
