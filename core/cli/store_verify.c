#include "cli/command.h"
#include "cli/output.h"

static int verify(assay *session, const call *asked)
{
    output out;

    if (!output_open(&out, NULL))
        return ASSAY_FAILED;
    const int status =
        assay_verify_store(session, asked_text(asked, OPTION_CHECKPOINT), output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

const command store_verify_command = {
    .noun = "store",
    .verb = "verify",
    .summary = "whether anything was changed behind the store's back",
    .help =
        "usage: assay store verify [OPTION]...\n\n"
        "Looks at the file, at every event and its hash, and whether the tables hold what the\n"
        "events say. Names what was changed, removed or moved, and where. Ends with a checkpoint: "
        "a\n"
        "line to print and keep elsewhere. Given back later, it finds events that were cut off at\n"
        "the end, or a chain that was made anew, which nothing in the file itself can.\n\n"
        "      --checkpoint SEQUENCE:HASH\n"
        "                         a checkpoint that was printed earlier\n"
        "      --store FILE       the store, or a backup\n\n"
        "Exit status: 0 whole; 1 something is amiss; 2 no checkpoint; 3 it cannot be read.\n\n"
        "example:\n  assay store verify\n",
    .options = TAKES(OPTION_CHECKPOINT, OPTION_STORE),
    .run = verify,
};
