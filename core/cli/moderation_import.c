#include <inttypes.h>
#include <string.h>

#include "cli/moderation.h"
#include "cli/output.h"

static void show_totals(const char *file, const assay_import_totals *of)
{
    printf("%s: audits %" PRIu64 " = recorded %" PRIu64 " + the same as before %" PRIu64
           " + handed back %" PRIu64 " + not filled in %" PRIu64 "\n",
           file, of->audits, of->recorded, of->same, of->handed_back, of->open);
    if (of->agreed + of->differ > 0)
        printf("the moderator agrees with the auditor on %" PRIu64 ", and differs on %" PRIu64
               "%s\n",
               of->agreed, of->differ, of->differ > 0 ? ": see assay moderation compare" : "");
}

/* One file: what is wrong with it goes into `rejected`, behind that of the files before. */
static int take(assay *session, const char *file, const assay_moderation_options *options,
                output *rejected)
{
    const assay_input   input = {.path = file};
    assay_import_totals totals = {0};
    const int           status = assay_moderation_import(session, &input, options,
                                               rejected ? output_write : NULL, rejected, &totals);

    if (status == ASSAY_FINE || status == ASSAY_FOUND)
        show_totals(file, &totals);
    return status;
}

static int run(assay *session, const call *asked)
{
    const assay_moderation_options options = moderation_options(asked);
    const char                    *named = asked_text(asked, OPTION_REJECTED);
    output                         rejected;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (named && strcmp(named, asked->operands[0]) == 0) {
        fputs("assay: --rejected would replace the file that is read; name another\n", stderr);
        return ASSAY_REFUSED;
    }
    if (named && !output_open(&rejected, named))
        return ASSAY_FAILED;
    if (named)
        rejected.alone = true;
    status = take(session, asked->operands[0], &options, named ? &rejected : NULL);
    if (named && !output_close(&rejected, status == ASSAY_FOUND))
        return ASSAY_FAILED;
    return status;
}

const command moderation_import_command = {
    .noun = "moderation",
    .verb = "import",
    .summary = "take what moderators and auditors filled in",
    .help =
        "usage: assay moderation import [OPTION]... FILE\n\n"
        "Takes a pack, a comparison or a sheet of actions that was filled in; which one, its "
        "columns\n"
        "say. Every cell is checked. What is right is recorded; an audit with anything wrong is\n"
        "handed back whole, with reasons. Taking the same file twice changes nothing.\n\n"
        "      --rejected FILE      write what is handed back to FILE, with a column "
        "reason\n" HELP_TO_MODERATE "      --rubric-path DIR    look for rubrics in DIR too\n"
        "      --plugin-path DIR    look for plugins in DIR too\n\n"
        "Exit status: 0 all was taken; 1 some was handed back; 2 asked wrongly; 3 not read or\n"
        "written.\n\n"
        "example:\n  assay moderation import --rejected again.csv pack-001.csv\n",
    .options = TAKES(OPTION_REJECTED, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH, TAKES_TO_MODERATE),
    .least = 1,
    .most = 1,
    .run = run,
};
