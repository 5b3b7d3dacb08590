#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/output.h"

static int list(assay *session, const call *asked)
{
    const assay_store_filter filter = {
        .struct_size = sizeof filter,
        .audit_id = asked_text(asked, OPTION_AUDIT),
        .from = asked_text(asked, OPTION_FROM),
        .to = asked_text(asked, OPTION_TO),
        .team = asked_text(asked, OPTION_TEAM),
        .auditor = asked_text(asked, OPTION_AUDITOR),
        .practice_area = asked_text(asked, OPTION_AREA),
        .history = asked_flag(asked, OPTION_HISTORY),
    };
    const char *usual =
        !asked_text(asked, OPTION_OUTPUT) && isatty(STDOUT_FILENO) ? "table" : "csv";
    output out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    const int status = assay_list_store(session, asked->operands[0], &filter,
                                        asked_format(asked, usual), output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}

static int export(assay *session, const call *asked)
{
    output out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    out.alone = true;
    const int status = assay_export_store(session, output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}

const command store_list_command = {
    .noun = "store",
    .verb = "list",
    .summary = "what the store has: audits, grades, moderations, actions, ...",
    .help =
        "usage: assay store list [OPTION]... LIST\n\n"
        "Lists audits, grades, planned, indicators, draws, members (the audits of draws),\n"
        "assignments, moderations, disclosures, reasons, disputes, resolutions, actions or "
        "events.\n"
        "No list names a child. Auditors are named where the list is about what they have to do\n"
        "or said.\n\n"
        "      --from DATE        of audits of this day and later, or of this month: 2026-03\n"
        "      --to DATE          of audits up to this day or month\n"
        "      --team NAME        of the audits of one team\n"
        "      --auditor NAME     of the audits of one auditor\n"
        "      --area ID          of the audits of one practice area\n"
        "      --audit ID         of one audit\n"
        "      --history          also what was replaced by a later entry\n"
        "  -f, --format FORMAT    table (the default on a terminal), csv or json\n"
        "  -o, --output FILE      write to FILE instead of standard output\n"
        "      --store FILE       the store\n\n"
        "Exit status: 0 listed; 2 asked wrongly; 3 not read or written.\n\n"
        "example:\n  assay store list --team North --from 2026-03 audits\n",
    .options = TAKES(OPTION_FROM, OPTION_TO, OPTION_TEAM, OPTION_AUDITOR, OPTION_AREA, OPTION_AUDIT,
                     OPTION_HISTORY, OPTION_FORMAT, OPTION_JSON, OPTION_OUTPUT, OPTION_STORE),
    .least = 1,
    .most = 1,
    .run = list,
};

const command store_export_command = {
    .noun = "store",
    .verb = "export",
    .summary = "all of the store as text, to keep or to analyse",
    .help = "usage: assay store export [OPTION]...\n\n"
            "Writes every event of the store as a JSON object a line (NDJSON), with what its hash "
            "is\n"
            "made of. It is all there is, children's pseudonyms too: a file is for its owner "
            "alone.\n\n"
            "  -o, --output FILE      write to FILE instead of standard output\n"
            "      --store FILE       the store\n\n"
            "Exit status: 0 exported; 3 not read or written.\n\n"
            "example:\n  assay store export --output events.ndjson\n",
    .options = TAKES(OPTION_OUTPUT, OPTION_STORE),
    .run = export,
};
