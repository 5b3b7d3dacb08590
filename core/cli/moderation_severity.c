#include "cli/moderation.h"

static int run(assay *session, const call *asked)
{
    const int status = command_open(session, asked);
    return status == ASSAY_FINE
               ? moderation_show(session, asked, assay_moderation_severity, "table")
               : status;
}

const command moderation_severity_command = {
    .noun = "moderation",
    .verb = "severity",
    .summary = "who grades generously or harshly, beyond chance",
    .help =
        "usage: assay moderation severity [OPTION]...\n\n"
        "Fits a many-facet Rasch model to what auditors and moderators rated, and says how "
        "generous or harsh\n"
        "each is once the audits they had are allowed for, how sure that is, and who is so beyond\n"
        "chance. It names auditors. docs/severity.md says when to trust it.\n\n"
        "      --from DATE          audits of this day and later\n"
        "      --to DATE            audits up to this day\n"
        "      --team NAME          audits of one team\n"
        "      --area ID            audits of one practice area\n"
        "  -f, --format FORMAT      table (the default), csv or json\n"
        "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
        "      --rubric-path DIR    look for rubrics in DIR too\n"
        "      --plugin-path DIR    look for plugins in DIR too\n"
        "\nExit status: 0 written; 2 asked wrongly; 3 not read or written.\n\n"
        "example:\n  assay moderation severity --from 01/04/2026\n",
    .options = TAKES(OPTION_FROM, OPTION_TO, OPTION_TEAM, OPTION_AREA, OPTION_FORMAT, OPTION_OUTPUT,
                     OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH, TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = run,
};
