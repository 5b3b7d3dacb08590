#include <string.h>

#include "cli/command.h"
#include "cli/output.h"

enum { INPUTS_MAX = 1024 };

static bool ends_in(const char *file, const char *ending)
{
    const size_t size = strlen(file), end = strlen(ending);
    return size > end && strcmp(file + size - end, ending) == 0;
}

/* Takes the one file of a kind. */
static bool take(const char **taken, const char *file)
{
    if (*taken)
        fprintf(stderr, "assay: %s: %s is one already; name one of them\n", file, *taken);
    else
        *taken = file;
    return *taken == file;
}

static int mutate(assay *session, const call *asked)
{
    assay_input inputs[INPUTS_MAX];
    const char *cases = NULL, *baseline = NULL;
    size_t      count = 0;
    output      out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    for (int i = 1; i < asked->operand_count; i++) {
        const char *file = asked->operands[i];
        bool        fine = true;
        if (ends_in(file, ".cases.csv"))
            fine = take(&cases, file);
        else if (ends_in(file, ".baseline"))
            fine = take(&baseline, file);
        else
            inputs[count++] = (assay_input){.path = file};
        if (!fine)
            return ASSAY_REFUSED;
    }
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    status = assay_mutate_rubric(session, asked->operands[0], cases, baseline, inputs, count,
                                 (unsigned)asked_number(asked, OPTION_SECONDS, 0),
                                 asked_format(asked, "table"), output_write, &out);
    if (!output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND))
        return ASSAY_FAILED;
    return status;
}

const command rubric_mutate_command = {
    .noun = "rubric",
    .verb = "mutate",
    .summary = "which small wrong edits of a rubric no record would notice",
    .help =
        "usage: assay rubric mutate [OPTION]... RUBRIC [FILE]...\n\n"
        "Makes every small wrong edit of RUBRIC (a file, or the id of an installed one), grades "
        "the\n"
        "records of the files by each, and says which edits none of them notices, with a made\n"
        "record for each that would. NAME.cases.csv notices what its cases expect; other records\n"
        "notice any change of their judgement, score, limits or ratings, and beside NAME.baseline\n"
        "only those that it keeps do. Without a FILE the cases beside the rubric are taken. "
        "docs/mutation.md lists the edits.\n\n"
        "  -f, --format FORMAT    table, json, or csv: the made records alone, ready to be "
        "appended\n"
        "                         to the cases\n"
        "  -o, --output FILE      write to FILE instead of standard output\n"
        "      --seconds N        give proofs and made records N seconds (60)\n"
        "  -c, --columns MAP.ini  how the file's questions and answers are read\n"
        "      --threads N        use N threads, not one a processor\n"
        "      --rubric-path DIR  look for rubrics and calendars in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n\n"
        "Exit status: 0 none survived; 1 some did; 2 the rubric or its cases cannot be used; 3 a\n"
        "file could not be read or written.\n\n"
        "example:\n  assay rubric mutate our-assessments.ini our-assessments.cases.csv\n",
    .options = TAKES(OPTION_FORMAT, OPTION_JSON, OPTION_OUTPUT, OPTION_SECONDS, OPTION_COLUMNS,
                     OPTION_THREADS, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH),
    .least = 1,
    .most = INPUTS_MAX,
    .run = mutate,
};
