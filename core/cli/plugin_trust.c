#include "cli/command.h"
#include "cli/output.h"

static unsigned flags_of(const call *asked)
{
    return asked_flag(asked, OPTION_RUBRICS) ? ASSAY_TRUST_RUBRICS : 0;
}

/* Names, or --rubrics, or both. */
static bool names_something(const call *asked)
{
    if (asked->operand_count > 0 || asked_flag(asked, OPTION_RUBRICS))
        return true;
    fprintf(stderr, "assay: name a plugin, or give --rubrics; see assay %s %s --help\n",
            asked->command->noun, asked->command->verb);
    return false;
}

static int add(assay *session, const call *asked)
{
    output out;

    int status = names_something(asked) ? command_open(session, asked) : ASSAY_REFUSED;
    if (status != ASSAY_FINE || !output_open(&out, NULL))
        return status;
    status =
        assay_trust_add(session, (const char *const *)asked->operands, (size_t)asked->operand_count,
                        asked_text(asked, OPTION_KEY), flags_of(asked), output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

static int list(assay *session, const call *asked)
{
    output out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE || !output_open(&out, NULL))
        return status;
    status = assay_trust_list(session, output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

static int take_away(assay *session, const call *asked)
{
    output out;

    int status = names_something(asked) ? command_open(session, asked) : ASSAY_REFUSED;
    if (status != ASSAY_FINE || !output_open(&out, NULL))
        return status;
    status = assay_trust_remove(session, (const char *const *)asked->operands,
                                (size_t)asked->operand_count, flags_of(asked), output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

const command plugin_trust_add_command = {
    .noun = "plugin",
    .verb = "trust add",
    .summary = "pin plugins and rubrics as they are now",
    .help =
        "usage: assay plugin trust add [OPTION]... ID|FILE...\n\n"
        "Writes into the lock what plugins (ids, or files NAME.so) and rubrics (files NAME.ini)\n"
        "are now: version and SHA-256. With a lock, Assay refuses what is not pinned and what has\n"
        "changed. Runs no plugin.\n\n"
        "      --rubrics          pin every rubric at hand too\n"
        "      --key KEY.pub      pin the plugins to this key of minisign, which has to have\n"
        "                         signed them: any version that it signs may then be used\n"
        "      --lock FILE        the lock, not ASSAY_LOCK or assay.lock\n"
        "      --rubric-path DIR  look for rubrics in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n\n"
        "Exit status: 0 pinned; 2 one is refused, and nothing was pinned; 3 not written.\n\n"
        "example:\n  assay plugin trust add --rubrics assessments plans care_leavers\n",
    .options =
        TAKES(OPTION_RUBRICS, OPTION_KEY, OPTION_LOCK, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .most = 1024,
    .run = add,
};

const command plugin_trust_list_command = {
    .noun = "plugin",
    .verb = "trust list",
    .summary = "what is pinned, and whether it has changed",
    .help =
        "usage: assay plugin trust list [OPTION]...\n\n"
        "Lists what the lock pins and whether that is what is at hand, then what is at hand and\n"
        "not pinned. Runs no plugin.\n\n"
        "      --lock FILE        the lock, not ASSAY_LOCK or assay.lock\n"
        "      --rubric-path DIR  look for rubrics in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n\n"
        "Exit status: 0 all is as it was pinned; 1 something would be refused; 2 the lock cannot\n"
        "be used.\n\n"
        "example:\n  assay plugin trust list\n",
    .options = TAKES(OPTION_LOCK, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .run = list,
};

const command plugin_trust_remove_command = {
    .noun = "plugin",
    .verb = "trust remove",
    .summary = "take pins out of the lock",
    .help =
        "usage: assay plugin trust remove [OPTION]... ID...\n\n"
        "Takes plugins out of the lock, so that they are refused; and rubrics, named as trust "
        "list\n"
        "shows them: rubric.plans@1.0.\n\n"
        "      --rubrics          every rubric of the lock too\n"
        "      --lock FILE        the lock, not ASSAY_LOCK or assay.lock\n\n"
        "Exit status: 0 removed; 2 one is not pinned, and nothing was removed; 3 not written.\n\n"
        "example:\n  assay plugin trust remove plans\n",
    .options = TAKES(OPTION_RUBRICS, OPTION_LOCK, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .most = 1024,
    .run = take_away,
};
