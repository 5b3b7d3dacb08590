#include "cli/command.h"

static int make(assay *session, const call *asked)
{
    const char *id = asked->operands[0];
    const char *folder = asked_text(asked, OPTION_OUTPUT) ? asked_text(asked, OPTION_OUTPUT) : id;

    const int status = assay_new_plugin(session, id, asked_text(asked, OPTION_AREA), folder);
    if (status != ASSAY_FINE)
        return status;
    printf("%s holds a plugin that measures one thing. To build it and run its tests:\n\n"
           "    cd %s\n"
           "    cmake -B build && cmake --build build && ctest --test-dir build\n\n"
           "README.md there says how to make it your own.\n",
           folder, folder);
    return ASSAY_FINE;
}

const command plugin_new_command = {
    .noun = "plugin",
    .verb = "new",
    .summary = "the folder of a new plugin, to start from",
    .help =
        "usage: assay plugin new [OPTION]... NAME\n\n"
        "Makes a folder with a plugin that builds and passes its own tests: source, manifest,\n"
        "rubric, cases with expected judgements, CMakeLists.txt and README.md.\n\n"
        "      --area AREA        the practice area it is for; NAME where not given\n"
        "  -o, --output DIR       the folder to make; NAME where not given\n\n"
        "Exit status: 0 made; 2 NAME or AREA is no id, or the folder is there; 3 not written.\n\n"
        "example:\n  assay plugin new early_help\n",
    .options = TAKES(OPTION_AREA, OPTION_OUTPUT),
    .least = 1,
    .most = 1,
    .run = make,
};
