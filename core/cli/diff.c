#include <string.h>

#include "cli/command.h"
#include "cli/output.h"

enum { INPUTS_MAX = 1024 };

/* `sides` operands are what is compared, the others its records; without sides an edition is. */
static int compare(assay *session, const call *asked, int sides)
{
    const char              *by = asked_text(asked, OPTION_BY);
    const char              *format = asked_format(asked, "table");
    const size_t             count = (size_t)(asked->operand_count - sides);
    const assay_diff_options options = {
        .struct_size = sizeof options,
        .plugin_folder_b = asked_text(asked, OPTION_PLUGIN_PATH_B),
        .by_auditor = by != NULL,
    };
    assay_input inputs[INPUTS_MAX];
    output      out;

    if (by && strcmp(by, "auditor") != 0) {
        fprintf(
            stderr,
            "assay: --by \"%s\" is no way to group; take auditor. Team, practice area and month "
            "are always shown\n",
            by);
        return ASSAY_REFUSED;
    }
    for (size_t i = 0; i < count; i++)
        inputs[i] = (assay_input){.path = asked->operands[(size_t)sides + i]};
    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    status = sides > 0 ? assay_diff(session, asked->operands[0], asked->operands[1], inputs, count,
                                    &options, format, output_write, &out)
                       : assay_regrade(session, asked_text(asked, OPTION_EDITION), inputs, count,
                                       &options, format, output_write, &out);
    return output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND) ? status
                                                                             : ASSAY_FAILED;
}

static int run_diff(assay *session, const call *asked)
{
    return compare(session, asked, 2);
}

static int run_regrade(assay *session, const call *asked)
{
    if (asked_text(asked, OPTION_EDITION))
        return compare(session, asked, 0);
    fputs("assay: --edition EDITION is missing; see assay regrade --help\n", stderr);
    return ASSAY_REFUSED;
}

/* What both take. */
#define TO_COMPARE                                                                                 \
    OPTION_FORMAT, OPTION_OUTPUT, OPTION_COLUMNS, OPTION_BY, OPTION_THREADS, OPTION_RUBRIC_PATH,   \
        OPTION_PLUGIN_PATH, OPTION_LOCK, OPTION_ISOLATE, OPTION_TIME_LIMIT

#define SHARED_HELP                                                                                \
    "  -f, --format FORMAT    table (the default), csv, json, html, junit or sarif\n"              \
    "  -o, --output FILE      write to FILE instead of standard output\n"                          \
    "  -c, --columns MAP.ini  how the file's questions and answers are read\n"                     \
    "      --by auditor       say too whose audits moved: personal data\n"                         \
    "      --threads N        use N threads, not one a processor\n"                                \
    "      --rubric-path DIR  look for rubrics in DIR too\n"                                       \
    "      --plugin-path DIR  look for plugins in DIR too\n"                                       \
    "      --lock FILE        the plugins that may be used\n"                                      \
    "      --isolate MODE     plugins run in processes of their own: on (the default),\n"          \
    "                         require or off\n"                                                    \
    "      --plugin-time-limit SECONDS\n"                                                          \
    "                         how long a plugin may take over a batch (10)\n\n"                    \
    "Exit status: 0 nothing moved; 1 something did; 2 asked wrongly, or a rubric or plugin "       \
    "cannot\n"                                                                                     \
    "be used; 3 a file could not be read or written.\n\n"

const command diff_command = {
    .noun = "diff",
    .summary = "what moves between two rubrics, editions, plugins or results",
    .help =
        "usage: assay diff [OPTION]... A B [FILE]...\n\n"
        "Grades the records of the files by A and by B and shows what moves: first what enters or\n"
        "leaves the lowest level and which limits stopped holding, then every record that moved "
        "and\n"
        "the smallest sets of rubric changes that, undone, put it back. A and B are each a rubric "
        "(a\n"
        "file, or the id of an installed one), a folder of rubrics, a framework edition such as\n"
        "ilacs-2026, a saved result of assay grade (.csv, .json, .ndjson) or a .baseline; two of "
        "the\n"
        "last two need no file.\n\n"
        "      --plugin-path-b DIR\n"
        "                         B looks for its plugins in DIR first\n" SHARED_HELP
        "example:\n  assay diff assessments draft/assessments.ini audits.csv\n",
    .options = TAKES(OPTION_PLUGIN_PATH_B, TO_COMPARE),
    .least = 2,
    .most = INPUTS_MAX,
    .run = run_diff,
};

const command regrade_command = {
    .noun = "regrade",
    .summary = "last year under another framework edition, as a diff",
    .help = "usage: assay regrade --edition EDITION [OPTION]... FILE...\n\n"
            "Shows what moves from the rubrics in force on each audit date to those of a framework "
            "edition,\n"
            "whatever the date, as assay diff does.\n\n"
            "      --edition EDITION  the edition: ilacs-2026, or another that rubrics "
            "name\n" SHARED_HELP "example:\n  assay regrade --edition ilacs-2026 audits-2025.csv\n",
    .options = TAKES(OPTION_EDITION, TO_COMPARE),
    .least = 1,
    .most = INPUTS_MAX,
    .run = run_regrade,
};
