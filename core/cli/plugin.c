#include "cli/command.h"
#include "cli/output.h"

static int list(assay *session, const call *asked)
{
    output out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE || !output_open(&out, NULL))
        return status;
    status = assay_list_plugins(session, output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

static int info(assay *session, const call *asked)
{
    output out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE || !output_open(&out, NULL))
        return status;
    status = assay_show_plugin(session, asked->operands[0], output_write, &out);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

const command plugin_list_command = {
    .noun = "plugin",
    .verb = "list",
    .summary = "the plugins at hand, and why any is refused",
    .help = "usage: assay plugin list [OPTION]...\n\n"
            "Lists the plugins of the plugin folders by their manifests; opens none.\n\n"
            "      --plugin-path DIR  look for plugins in DIR too\n\n"
            "Exit status: 0 all can be used; 1 some are refused.\n\n"
            "example:\n  assay plugin list\n",
    .options = TAKES(OPTION_PLUGIN_PATH, OPTION_RUBRIC_PATH),
    .run = list,
};

const command plugin_info_command = {
    .noun = "plugin",
    .verb = "info",
    .summary = "what a plugin measures, reads and lets a rubric set",
    .help = "usage: assay plugin info [OPTION]... ID\n\n"
            "Shows what a plugin's manifest declares, and opens it to see that the two agree.\n\n"
            "      --plugin-path DIR  look for plugins in DIR too\n"
            "      --lock FILE        the plugins and rubrics that may be used\n"
            "      --isolate MODE     on, require or off, as of assay grade\n\n"
            "example:\n  assay plugin info plans\n",
    .options = TAKES(OPTION_PLUGIN_PATH, OPTION_RUBRIC_PATH, OPTION_LOCK, OPTION_ISOLATE),
    .least = 1,
    .most = 1,
    .run = info,
};
