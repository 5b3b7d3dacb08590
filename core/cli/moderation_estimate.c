#include "cli/moderation.h"

static int run(assay *session, const call *asked)
{
    return moderation_show(session, asked, assay_moderation_estimate, "table");
}

const command moderation_estimate_command = {
    .noun = "moderation",
    .verb = "estimate",
    .summary = "the share that is really good or better",
    .help = "usage: assay moderation estimate [OPTION]...\n\n"
            "Corrects the auditors' own figure for who graded: takes the grades of all audits, and "
            "those of the\n"
            "moderated ones with the chances they were picked by, and says the share that is "
            "really good\n"
            "or better, and each level's, with 95% intervals. docs/estimate.md says when to trust "
            "it.\n\n"
            "      --from DATE          audits of this day and later\n"
            "      --to DATE            audits up to this day\n"
            "      --team NAME          audits of one team\n"
            "      --area ID            audits of one practice area\n"
            "  -f, --format FORMAT      table (the default), csv or json\n"
            "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
            "\nExit status: 0 written; 2 asked wrongly; 3 not read or written.\n\n"
            "example:\n  assay moderation estimate --from 01/07/2026 --to 30/09/2026\n",
    .options = TAKES(OPTION_FROM, OPTION_TO, OPTION_TEAM, OPTION_AREA, OPTION_FORMAT, OPTION_OUTPUT,
                     TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = run,
};
