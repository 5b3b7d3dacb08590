#include "cli/moderation.h"
#include "cli/output.h"

static int run(assay *session, const call *asked)
{
    const assay_moderation_options options = moderation_options(asked);
    uint64_t                       audits = 0;
    output                         out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    out.alone = true; /* it has the references of children */
    status = assay_moderation_take_over(session, &options, asked_text(asked, OPTION_TAKE_OVER),
                                        asked_format(asked, "csv"), output_write, &out, &audits);
    if (!output_close(&out, status == ASSAY_FINE && audits > 0))
        return ASSAY_FAILED;
    return status == ASSAY_FINE && audits == 0 ? ASSAY_FOUND : status;
}

const command moderation_pack_command = {
    .noun = "moderation",
    .verb = "pack",
    .summary = "give a moderator the audits that wait, as a blind form",
    .help =
        "usage: assay moderation pack --moderator NAME [OPTION]...\n\n"
        "Gives the moderator the picked audits that wait, those that were triggered first, and "
        "writes\n"
        "a form to fill in: the facts and the rubric's questions, without the grades of auditor "
        "and\n"
        "rubric and without the auditor's name. Nobody gets an audit of their own, or of their\n"
        "team. The form holds the case references: keep it as you keep the case files; it is "
        "written for\n"
        "you alone to read.\n\n"
        "      --moderator NAME     who moderates\n"
        "      --most N             so many audits at most\n"
        "      --take-over NAME     the audits that NAME was given and has not moderated\n"
        "      --pack NAME          write this pack again, as far as it has not come back\n"
        "  -f, --format FORMAT      csv (the default), or html: one page that works offline\n"
        "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
        "      --rubric-path DIR    look for rubrics in DIR too\n"
        "      --plugin-path DIR    look for plugins in DIR too\n\n"
        "Exit status: 0 written; 1 nothing waits that the moderator may take; 2 asked wrongly; 3 "
        "not\n"
        "read or written.\n\n"
        "example:\n  assay moderation pack --moderator \"M. Osei\" --format html --output "
        "pack.html\n",
    .options = TAKES(OPTION_MODERATOR, OPTION_MOST, OPTION_TAKE_OVER, OPTION_PACK, OPTION_FORMAT,
                     OPTION_OUTPUT, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH, TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = run,
};
