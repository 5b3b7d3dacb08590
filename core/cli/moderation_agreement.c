#include "cli/moderation.h"

static int run(assay *session, const call *asked)
{
    return moderation_show(session, asked, assay_moderation_agreement, "table");
}

const command moderation_agreement_command = {
    .noun = "moderation",
    .verb = "agreement",
    .summary = "how far auditors, moderators and the rubric agree",
    .help =
        "usage: assay moderation agreement [OPTION]...\n\n"
        "Compares the grades of auditor, moderator and rubric in the moderated audits: first "
        "those\n"
        "that the moderator found inadequate and the auditor did not; then a paragraph to read\n"
        "out, tables, shares with intervals, direction and coefficients. Audits picked at random\n"
        "and those that were triggered stand apart. It names auditors.\n\n"
        "      --more               Cohen's and Fleiss' kappa and more of Krippendorff's alpha\n"
        "      --seed N             of the bootstrap behind the intervals (1)\n"
        "      --from DATE          audits of this day and later\n"
        "      --to DATE            audits up to this day\n"
        "      --team NAME          audits of one team\n"
        "      --auditor NAME       audits of one auditor\n"
        "      --area ID            audits of one practice area\n"
        "  -f, --format FORMAT      table (the default), csv or json\n"
        "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
        "\nExit status: 0 written; 2 asked wrongly; 3 not read or written.\n\n"
        "example:\n  assay moderation agreement --from 01/04/2026\n",
    .options = TAKES(OPTION_MORE, OPTION_SEED, OPTION_FROM, OPTION_TO, OPTION_TEAM, OPTION_AUDITOR,
                     OPTION_AREA, OPTION_FORMAT, OPTION_OUTPUT, TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = run,
};
