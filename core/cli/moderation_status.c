#include "cli/moderation.h"

static int run(assay *session, const call *asked)
{
    return moderation_show(session, asked, assay_moderation_status, "table");
}

const command moderation_status_command = {
    .noun = "moderation",
    .verb = "status",
    .summary = "planned against done, what waits for whom, what is late",
    .help =
        "usage: assay moderation status [OPTION]...\n\n"
        "Counts what was planned, audited, picked and moderated, by auditor, team, month and "
        "practice\n"
        "area; what waits for whom; how long moderation takes; and what of actions and re-audits is\n"
        "missing or overdue.\n"
        "It names auditors: it is for whoever is responsible for the moderation.\n\n"
        "      --from DATE          audits of this day and later\n"
        "      --to DATE            audits up to this day\n"
        "      --team NAME          audits of one team\n"
        "      --auditor NAME       audits of one auditor\n"
        "      --area ID            audits of one practice area\n"
        "  -f, --format FORMAT      table (the default), csv or json\n"
        "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
        "\nExit status: 0 written; 2 asked wrongly; 3 not read or written.\n\n"
        "example:\n  assay moderation status --from 01/06/2026 --to 30/06/2026\n",
    .options = TAKES(OPTION_FROM, OPTION_TO, OPTION_TEAM, OPTION_AUDITOR, OPTION_AREA,
                     OPTION_FORMAT, OPTION_OUTPUT, TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = run,
};
