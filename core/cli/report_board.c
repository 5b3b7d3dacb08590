#include "cli/command.h"
#include "cli/output.h"

static int run(assay *session, const call *asked)
{
    const assay_board_options options = {
        .struct_size = sizeof options,
        .audience = asked_text(asked, OPTION_AUDIENCE),
        .policy = asked_text(asked, OPTION_POLICY),
        .workforce = asked_text(asked, OPTION_WORKFORCE),
        .from = asked_text(asked, OPTION_FROM),
        .to = asked_text(asked, OPTION_TO),
        .since = asked_text(asked, OPTION_SINCE),
        .today = asked_text(asked, OPTION_TODAY),
        .target = asked_text(asked, OPTION_TARGET),
    };
    output out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    status = assay_report_board(session, &options, output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}

const command report_board_command = {
    .noun = "report",
    .verb = "board",
    .summary = "the page for an improvement board, or for councillors",
    .help =
        "usage: assay report board [OPTION]... -o FILE.html\n\n"
        "Writes two printed pages of what the audits in the store say: missed inadequates first; "
        "the\n"
        "share good or better, corrected by moderation, with its interval; the change since the "
        "last\n"
        "meeting; judgement areas; what holds work down; how far the grades can be relied on; "
        "actions\n"
        "overdue; planned against done; and the workforce beside it. One HTML file that needs no\n"
        "network. Nobody is named on it.\n\n"
        "      --audience WHO       board (the default); or scrutiny, for councillors, in plain "
        "words\n"
        "      --since DATE         the day of the last meeting (else six weeks before --to)\n"
        "      --from DATE          audits of this day and later (else of the last twelve months)\n"
        "      --to DATE            audits up to this day (else today)\n"
        "      --today DATE         as if it were that day\n"
        "      --target TARGET      a local target, as \"good or better >= 70%\"\n"
        "      --workforce FILE     what figures of the workforce are called, and their bands\n"
        "      --policy FILE        the policy of moderation (else the one that came with assay)\n"
        "      --store FILE         the store (else ASSAY_STORE, else assay/assay.db in the data "
        "folder)\n"
        "      --rubric-path DIR    look for rubrics in DIR too; may be given again\n"
        "      --plugin-path DIR    look for plugins in DIR too; may be given again\n"
        "  -o, --output FILE        write to FILE instead of standard output\n"
        "\nExit status: 0 written; 2 asked wrongly; 3 not read or written.\n\n"
        "example:\n  assay report board --since 09/10/2026 --target \"good or better >= 70%\" -o "
        "board.html\n",
    .options = TAKES(OPTION_AUDIENCE, OPTION_SINCE, OPTION_FROM, OPTION_TO, OPTION_TODAY,
                     OPTION_TARGET, OPTION_WORKFORCE, OPTION_POLICY, OPTION_STORE,
                     OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH, OPTION_OUTPUT),
    .least = 0,
    .most = 0,
    .run = run,
};
