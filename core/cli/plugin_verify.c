#include "cli/command.h"
#include "cli/output.h"

static int run(assay *session, const call *asked)
{
    output out;

    if (!asked_text(asked, OPTION_KEY)) {
        fputs("assay: --key KEY.pub is missing; see assay plugin verify --help\n", stderr);
        return ASSAY_REFUSED;
    }
    if (!output_open(&out, NULL))
        return ASSAY_FAILED;
    const int status = assay_verify_plugin(session, asked->operands[0],
                                           asked_text(asked, OPTION_KEY), output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

const command plugin_verify_command = {
    .noun = "plugin",
    .verb = "verify",
    .summary = "check who signed a plugin",
    .help =
        "usage: assay plugin verify --key KEY.pub FILE.so\n\n"
        "Checks a plugin against its signature, FILE.so.minisig, and the public key of whoever\n"
        "should have signed it, both as minisign makes them. Runs nothing of the plugin.\n\n"
        "      --key KEY.pub      the public key\n\n"
        "Exit status: 0 signed with that key; 2 not so; 3 the plugin cannot be read.\n\n"
        "example:\n  assay plugin verify --key supplier.pub early_help.so\n",
    .options = TAKES(OPTION_KEY),
    .least = 1,
    .most = 1,
    .run = run,
};
