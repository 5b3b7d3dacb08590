#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/output.h"

enum { INPUTS_MAX = 1024 };

static size_t read_inputs(const call *asked, assay_input *inputs, int first)
{
    for (int i = first; i < asked->operand_count; i++)
        inputs[i - first] = (assay_input){.path = asked->operands[i]};
    return (size_t)(asked->operand_count - first);
}

/* A job of CI is nobody who could accept anything; a new baseline accepts nothing before it is committed. */
static bool may_write(const char *path)
{
    const char *ci = getenv("CI");
    struct stat there;

    if (!ci || strcmp(ci, "true") != 0 || stat(path, &there) != 0 || !S_ISREG(there.st_mode))
        return true;
    fprintf(stderr,
            "assay: %s: CI=true: no baseline is changed in CI; accept the moves where a person can "
            "give the reason, and commit the file\n",
            path);
    return false;
}

static int save(assay *session, const call *asked)
{
    const char *target = asked_text(asked, OPTION_OUTPUT);
    assay_input inputs[INPUTS_MAX];
    output      out;

    if (!target) {
        fputs("assay: -o NAME.baseline is missing; see assay baseline save --help\n", stderr);
        return ASSAY_REFUSED;
    }
    if (!may_write(target))
        return ASSAY_REFUSED;
    const size_t count = read_inputs(asked, inputs, 0);
    int          status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, target))
        return ASSAY_FAILED;
    status = assay_baseline_save(session, inputs, count, asked_text(asked, OPTION_KEY),
                                 output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}

static int check(assay *session, const call *asked)
{
    assay_input  inputs[INPUTS_MAX];
    output       out;
    const size_t count = read_inputs(asked, inputs, 1);
    int          status = command_open(session, asked);

    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    status = assay_baseline_check(session, asked->operands[0], inputs, count,
                                  asked_text(asked, OPTION_KEY), asked_format(asked, "table"),
                                  output_write, &out);
    return output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND) ? status : ASSAY_FAILED;
}

static int accept_moves(assay *session, const call *asked)
{
    assay_input                inputs[INPUTS_MAX];
    output                     out;
    const size_t               count = read_inputs(asked, inputs, 1);
    const char                *who = asked_text(asked, OPTION_WHO);
    const assay_accept_options options = {
        .struct_size = sizeof options,
        .reason = asked_text(asked, OPTION_REASON),
        .only = asked_text(asked, OPTION_ONLY),
        .who = who ? who : getenv("ASSAY_WHO"),
        .key_file = asked_text(asked, OPTION_KEY),
    };

    if (!may_write(asked->operands[0]))
        return ASSAY_REFUSED;
    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    if (!output_open(&out, asked->operands[0]))
        return ASSAY_FAILED;
    status = assay_baseline_accept(session, asked->operands[0], inputs, count, &options,
                                   output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}

#define GRADING_HELP                                                                               \
    "  -r, --rubric RUBRIC    grade every record by this rubric: a file, or an id\n"               \
    "  -c, --columns MAP.ini  how the file's questions and answers are read\n"                     \
    "      --key FILE         the key of the row hashes, where the baseline does not hold it\n"    \
    "      --threads N        use N threads, not one a processor\n"                                \
    "      --rubric-path DIR  look for rubrics in DIR too\n"                                       \
    "      --plugin-path DIR  look for plugins in DIR too\n"                                       \
    "      --lock FILE        the plugins and rubrics that may be used\n"                          \
    "      --isolate MODE     plugins run in processes of their own: on (the default),\n"          \
    "                         require or off\n"                                                    \
    "      --plugin-time-limit SECONDS\n"                                                          \
    "                         how long a plugin may take over a batch (10)\n\n"

const command baseline_save_command = {
    .noun = "baseline",
    .verb = "save",
    .summary = "keep a grading as a file made for review",
    .help = "usage: assay baseline save -o NAME.baseline [OPTION]... FILE...\n\n"
            "Grades the records and keeps each one's judgement, score, limits and ratings, a line a\n"
            "record, sorted by id: nothing of the evidence, and nothing that names a child. To be\n"
            "committed and compared with assay baseline check.\n\n"
            "  -o, --output FILE      the baseline\n" GRADING_HELP
            "Exit status: 0 saved; 2 asked wrongly, or the file is there and CI=true; 3 a file could\n"
            "not be read or written.\n\n"
            "example:\n  assay baseline save -o audits.baseline audits.csv\n",
    .options = TAKES(OPTION_OUTPUT, OPTION_KEY, OPTION_THREADS, TAKES_TO_GRADE),
    .least = 1,
    .most = INPUTS_MAX,
    .run = save,
};

const command baseline_check_command = {
    .noun = "baseline",
    .verb = "check",
    .summary = "what moved since a baseline was saved",
    .help = "usage: assay baseline check [OPTION]... NAME.baseline FILE...\n\n"
            "Grades the records and shows what is not as the baseline has it: grades that moved,\n"
            "records that changed, came or went. Gates in NAME.gates.ini beside it say how much may\n"
            "move.\n\n"
            "  -f, --format FORMAT    table (the default), csv, json, html, junit or sarif\n"
            "  -o, --output FILE      write to FILE instead of standard output\n" GRADING_HELP
            "Exit status: 0 nothing moved; 1 something did, or a gate is broken; 2 asked wrongly, or a\n"
            "rubric or plugin cannot be used; 3 a file could not be read or written, or the\n"
            "baseline is not as it was written.\n\n"
            "example:\n  assay baseline check audits.baseline audits.csv\n",
    .options = TAKES(OPTION_FORMAT, OPTION_JSON, OPTION_JUNIT, OPTION_OUTPUT, OPTION_KEY,
                     OPTION_THREADS, TAKES_TO_GRADE),
    .least = 2,
    .most = INPUTS_MAX,
    .run = check,
};

const command baseline_accept_command = {
    .noun = "baseline",
    .verb = "accept",
    .summary = "take what moved into the baseline, with who, when and why",
    .help = "usage: assay baseline accept --reason TEXT [OPTION]... NAME.baseline FILE...\n\n"
            "Grades the records, puts what moved in place of what the baseline held, and keeps who\n"
            "accepted it, when, why, and each grade before and after in the file's history.\n\n"
            "      --reason TEXT      why the moves are meant\n"
            "      --only ID,...      accept these records alone\n"
            "      --who NAME         who accepts; else ASSAY_WHO, else the user's name\n" GRADING_HELP
            "Exit status: 0 accepted; 2 asked wrongly, or CI=true; 3 a file could not be read or\n"
            "written.\n\n"
            "example:\n"
            "  assay baseline accept --reason \"Panel of 4 May: a plan is late after 40 days\" \\\n"
            "      audits.baseline audits.csv\n",
    .options = TAKES(OPTION_REASON, OPTION_ONLY, OPTION_WHO, OPTION_KEY, OPTION_THREADS,
                     TAKES_TO_GRADE),
    .least = 2,
    .most = INPUTS_MAX,
    .run = accept_moves,
};
