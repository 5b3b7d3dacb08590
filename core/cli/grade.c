#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/output.h"

enum { INPUTS_MAX = 1024 };

/* A table for a person at a terminal, rows for a program behind a pipe. */
static const char *format_for(const call *asked)
{
    if (asked_text(asked, OPTION_FORMAT))
        return asked_text(asked, OPTION_FORMAT);
    return !asked_text(asked, OPTION_OUTPUT) && isatty(STDOUT_FILENO) ? "table" : "csv";
}

static int write_error(void *user, const char *bytes, size_t size)
{
    return fwrite(bytes, 1, size, user) == size ? 0 : -1;
}

static int run(assay *session, const call *asked)
{
    const char *format = format_for(asked);
    assay_input inputs[INPUTS_MAX];
    output      out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE)
        return status;
    for (int i = 0; i < asked->operand_count; i++)
        inputs[i] = (assay_input){.path = asked->operands[i]};
    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;

    status = assay_grade(session, inputs, (size_t)asked->operand_count, format,
                         asked_flag(asked, OPTION_RATINGS) ? ASSAY_WITH_RATINGS : 0, output_write,
                         &out, NULL);
    if (!output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND))
        return ASSAY_FAILED;
    command_print_messages(session); /* the line that adds up comes last */
    if (strcmp(format, "table") != 0)
        assay_write_summary(session, write_error, stderr);
    return status;
}

const command grade_command = {
    .noun = "grade",
    .summary = "grade records: table, csv, json, ndjson or html",
    .help =
        "usage: assay grade [OPTION]... FILE...\n\n"
        "Grades every record of the files (CSV or TSV; - is standard input) by the rubric of its\n"
        "practice area that was in force on its audit date.\n\n"
        "  -f, --format FORMAT    table (the default on a terminal), csv, ndjson, json or html\n"
        "  -o, --output FILE      write to FILE instead of standard output\n"
        "  -r, --rubric RUBRIC    grade every record by this rubric: a file, or an id\n"
        "  -c, --columns MAP.ini  how the file's questions and answers are read\n"
        "      --ratings          csv: add a column rating.ID for each criterion\n"
        "      --threads N        use N threads, not one a processor\n"
        "      --rubric-path DIR  look for rubrics in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n"
        "      --lock FILE        the plugins and rubrics that may be used\n"
        "      --isolate MODE     plugins run in processes of their own: on (the default);\n"
        "                         require, and not without full protection; or off\n"
        "      --plugin-time-limit SECONDS\n"
        "                         how long a plugin may take over a batch (10)\n\n"
        "Exit status: 0 every record was read; 1 some were rejected; 2 nothing was graded, "
        "because\n"
        "of an option, a rubric or a plugin; 3 a file could not be read or written.\n\n"
        "example:\n  assay grade --format html --output report.html audits.csv\n",
    .options = TAKES(OPTION_FORMAT, OPTION_OUTPUT, OPTION_RATINGS, OPTION_THREADS, TAKES_TO_GRADE),
    .least = 1,
    .most = INPUTS_MAX,
    .run = run,
};
