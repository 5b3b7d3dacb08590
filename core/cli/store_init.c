#include "cli/command.h"

static int make(assay *session, const call *asked)
{
    (void)asked;
    const int status = assay_make_store(session);
    if (status == ASSAY_FINE)
        printf("%s is an empty store, for you alone to read and write.\n",
               assay_store_path(session));
    return status;
}

const command store_init_command = {
    .noun = "store",
    .verb = "init",
    .summary = "make a store: a home for audits, grades and decisions",
    .help =
        "usage: assay store init [OPTION]...\n\n"
        "Makes an empty store: one file, for its owner alone. Where --store does not name it, it "
        "is\n"
        "that of ASSAY_STORE, else assay/assay.db in your data folder (~/.local/share).\n\n"
        "      --store FILE       the store\n"
        "      --who NAME         who you are, as the store will have it; else ASSAY_WHO, else "
        "your\n"
        "                         login name\n\n"
        "Exit status: 0 made; 2 there is a file already; 3 it could not be written.\n\n"
        "example:\n  assay store init --store audits.db\n",
    .options = TAKES(OPTION_STORE, OPTION_WHO),
    .run = make,
};
