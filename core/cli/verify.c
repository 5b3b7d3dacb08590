#include "cli/command.h"
#include "cli/output.h"

enum { INPUTS_MAX = 1024 };

static int run(assay *session, const call *asked)
{
    assay_input inputs[INPUTS_MAX];
    output      out;
    int         status = command_open(session, asked);

    if (status != ASSAY_FINE)
        return status;
    for (int i = 1; i < asked->operand_count; i++)
        inputs[i - 1] = (assay_input){.path = asked->operands[i]};
    if (!output_open(&out, NULL))
        return ASSAY_FAILED;
    status = assay_verify(session, asked->operands[0], inputs, (size_t)asked->operand_count - 1,
                          output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

const command verify_command = {
    .noun = "verify",
    .summary = "grade again what a saved result was made of, and compare",
    .help = "usage: assay verify [OPTION]... RESULT [FILE]...\n\n"
            "Grades again and holds the two against each other byte for byte. Says what differs: the\n"
            "rubric, plugin, calendar or input, with both hashes, and each record. RESULT was written\n"
            "by assay grade as .json, .ndjson or .csv; without a file those that a .json names are\n"
            "read. Give the same --rubric and --columns as then.\n\n"
            "  -r, --rubric RUBRIC    the rubric that was given then\n"
            "  -c, --columns MAP.ini  the column map that was given then\n"
            "      --threads N        use N threads, not one a processor\n"
            "      --rubric-path DIR  look for rubrics in DIR too\n"
            "      --plugin-path DIR  look for plugins in DIR too\n"
            "      --lock FILE        the plugins and rubrics that may be used\n"
            "      --isolate MODE     plugins run in processes of their own: on (the default),\n"
            "                         require or off\n"
            "      --plugin-time-limit SECONDS\n"
            "                         how long a plugin may take over a batch (10)\n\n"
            "Exit status: 0 the same; 1 it differs; 2 asked wrongly, or a rubric or plugin cannot be\n"
            "used; 3 a file could not be read.\n\n"
            "example:\n  assay verify results.json\n",
    .options = TAKES(OPTION_THREADS, TAKES_TO_GRADE),
    .least = 1,
    .most = INPUTS_MAX,
    .run = run,
};
