#include "cli/command.h"
#include "cli/output.h"

static int back_up(assay *session, const call *asked)
{
    output out;

    if (!output_open(&out, NULL))
        return ASSAY_FAILED;
    const int status = assay_back_up_store(session, asked->operands[0], output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

static int restore(assay *session, const call *asked)
{
    output out;

    if (!output_open(&out, NULL))
        return ASSAY_FAILED;
    const int status = assay_restore_store(
        session, asked->operands[0], asked_flag(asked, OPTION_REPLACE) ? ASSAY_REPLACE_STORE : 0,
        output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

static int migrate(assay *session, const call *asked)
{
    output out;

    (void)asked;
    if (!output_open(&out, NULL))
        return ASSAY_FAILED;
    const int status = assay_migrate_store(session, output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

const command store_backup_command = {
    .noun = "store",
    .verb = "backup",
    .summary = "a copy of the store, checked, while work goes on",
    .help =
        "usage: assay store backup [OPTION]... FILE\n\n"
        "Writes the store as it is at one moment to a file, for its owner alone, while others go "
        "on\n"
        "writing; looks at all of the copy, and only then gives it its name. An earlier backup of "
        "the\n"
        "same store is replaced; no other file is.\n\n"
        "      --store FILE       the store\n\n"
        "Exit status: 0 written and whole; 2 there is another file; 3 not read or written.\n\n"
        "example:\n  assay store backup assay-backup.db\n",
    .options = TAKES(OPTION_STORE),
    .least = 1,
    .most = 1,
    .run = back_up,
};

const command store_restore_command = {
    .noun = "store",
    .verb = "restore",
    .summary = "make the store what a backup has",
    .help =
        "usage: assay store restore [OPTION]... FILE\n\n"
        "Looks at all of a backup, and makes the store what it has. What the store was is kept\n"
        "beside it. A store with events that the backup has not is left alone, unless "
        "--replace.\n\n"
        "      --replace          even so, or where the store cannot be read\n"
        "      --store FILE       the store\n\n"
        "Exit status: 0 restored; 2 the store has events that would be lost; 3 the backup is not\n"
        "whole, or nothing could be written.\n\n"
        "example:\n  assay store restore assay-backup.db\n",
    .options = TAKES(OPTION_REPLACE, OPTION_STORE, OPTION_WHO),
    .least = 1,
    .most = 1,
    .run = restore,
};

const command store_migrate_command = {
    .noun = "store",
    .verb = "migrate",
    .summary = "a store of an earlier version becomes one of this",
    .help = "usage: assay store migrate [OPTION]...\n\n"
            "Makes a store that an earlier assay made one that this assay works with. No event is\n"
            "changed; what the store was is kept beside it. It happens whole or not at all.\n\n"
            "      --store FILE       the store\n"
            "      --who NAME         who you are, as the store will have it\n\n"
            "Exit status: 0 it is of this version now; 3 it cannot be read or written.\n\n"
            "example:\n  assay store migrate\n",
    .options = TAKES(OPTION_STORE, OPTION_WHO),
    .run = migrate,
};
