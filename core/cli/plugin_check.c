#include "cli/command.h"
#include "cli/output.h"

static int run(assay *session, const call *asked)
{
    const assay_check_options options = {
        .struct_size = sizeof options,
        .seed = asked_number(asked, OPTION_SEED, 1),
        .seconds = (unsigned)asked_number(asked, OPTION_SECONDS, 2),
    };
    output out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    const int status = assay_check_plugin(session, asked->operands[0], &options,
                                          asked_format(asked, "text"), output_write, &out);
    if (!output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND))
        return ASSAY_FAILED;
    return status;
}

const command plugin_check_command = {
    .noun = "plugin",
    .verb = "check",
    .summary = "whether a plugin keeps the rules, test by test",
    .help = "usage: assay plugin check [OPTION]... FILE.so\n\n"
            "Opens the plugin in a process of its own for each test, and tells of each whether it\n"
            "passes, fails or is skipped, and why. A failure names the measure, the record, what\n"
            "was expected, and the seed that repeats it.\n\n"
            "      --seed N         make the records from this number; 1 by default\n"
            "      --seconds S      try random records for so long, 0 to 86400; 2 by default\n"
            "  -f, --format FORMAT  text, json or junit\n"
            "      --json           the same as --format json\n"
            "      --junit          the same as --format junit\n"
            "  -o, --output FILE    write to FILE instead of standard output\n\n"
            "Exit status: 0 nothing failed; 1 something did; 2 asked wrongly; 3 not read or "
            "written.\n\n"
            "example:\n  assay plugin check ./early_help.so\n",
    .options =
        TAKES(OPTION_SEED, OPTION_SECONDS, OPTION_FORMAT, OPTION_JSON, OPTION_JUNIT, OPTION_OUTPUT),
    .least = 1,
    .most = 1,
    .run = run,
};
