/* The two sheets that people fill in once moderations are there. */
#include "cli/moderation.h"
#include "cli/output.h"

/* Both sheets are for those alone whom they are given to. */
static int compare(assay *session, const call *asked)
{
    const assay_moderation_options options = moderation_options(asked);
    output                         out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    out.alone = true;
    const int status =
        assay_moderation_compare(session, &options, asked_format(asked, "csv"), output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}

const command moderation_compare_command = {
    .noun = "moderation",
    .verb = "compare",
    .summary = "both grades side by side, with what is to be said about them",
    .help =
        "usage: assay moderation compare [OPTION]...\n\n"
        "Writes every moderated audit that waits for somebody: the grades of auditor, rubric and\n"
        "moderator, and in next_step who has to fill in what. As CSV it is filled in and taken by\n"
        "assay moderation import, again and again until each has a final grade; as HTML it is a\n"
        "page to talk over. From then on those moderations are not blind, which is recorded.\n\n"
        "      --moderator NAME     this moderator's alone\n"
        "  -f, --format FORMAT      csv (the default) or html\n"
        "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
        "\nExit status: 0 written; 2 asked wrongly; 3 not read or written.\n\n"
        "example:\n  assay moderation compare --output both-grades.csv\n",
    .options = TAKES(OPTION_MODERATOR, OPTION_FORMAT, OPTION_OUTPUT, TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = compare,
};

static int actions(assay *session, const call *asked)
{
    const assay_moderation_options options = moderation_options(asked);
    output                         out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    out.alone = true;
    const int status = assay_moderation_actions(session, &options, output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}

const command moderation_actions_command = {
    .noun = "moderation",
    .verb = "actions",
    .summary = "the sheet of what has to be put right",
    .help = "usage: assay moderation actions [OPTION]...\n\n"
            "Writes the open actions, and an empty one for each final grade that asks for an "
            "action by\n"
            "the policy, with its due day; a closed one where the file waits to be audited again.\n"
            "Fill in what, owner_role and due; later closed and "
            "evidence;\n"
            "and give the file to assay moderation import.\n\n"
            "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
            "\nExit status: 0 written; 2 asked wrongly; 3 not read or written.\n\n"
            "example:\n  assay moderation actions --output actions.csv\n",
    .options = TAKES(OPTION_OUTPUT, TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = actions,
};
