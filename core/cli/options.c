#include "cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* Each gives its bit of command_option; no letter that getopt_long() may give is one of those. */
static const struct option long_options[] = {
    {"help", no_argument, NULL, OPTION_HELP},
    {"plugin-path", required_argument, NULL, OPTION_PLUGIN_PATH},
    {"rubric-path", required_argument, NULL, OPTION_RUBRIC_PATH},
    {"rubric", required_argument, NULL, OPTION_RUBRIC},
    {"columns", required_argument, NULL, OPTION_COLUMNS},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"ratings", no_argument, NULL, OPTION_RATINGS},
    {"area", required_argument, NULL, OPTION_AREA},
    {"lock", required_argument, NULL, OPTION_LOCK},
    {"key", required_argument, NULL, OPTION_KEY},
    {"rubrics", no_argument, NULL, OPTION_RUBRICS},
    {"isolate", required_argument, NULL, OPTION_ISOLATE},
    {"plugin-time-limit", required_argument, NULL, OPTION_TIME_LIMIT},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"seconds", required_argument, NULL, OPTION_SECONDS},
    {"json", no_argument, NULL, OPTION_JSON},
    {"junit", no_argument, NULL, OPTION_JUNIT},
    {NULL, 0, NULL, 0},
};

/* The colon first: a missing value is told apart from an unknown option. */
static const char short_options[] = ":hr:c:f:o:";

enum {
    FORMATS = OPTION_FORMAT | OPTION_JSON | OPTION_JUNIT,
    MAY_BE_REPEATED = OPTION_PLUGIN_PATH | OPTION_RUBRIC_PATH,
};

/* The bit of what getopt_long() gave; 0 where it is no option. */
static unsigned option_of(int result)
{
    switch (result) {
    case 'h':
        return OPTION_HELP;
    case 'r':
        return OPTION_RUBRIC;
    case 'c':
        return OPTION_COLUMNS;
    case 'f':
        return OPTION_FORMAT;
    case 'o':
        return OPTION_OUTPUT;
    case '?':
    case ':':
        return 0;
    default:
        return (unsigned)result;
    }
}

static const struct option *described(unsigned option)
{
    const struct option *one = long_options;

    while (one->name && (unsigned)one->val != option)
        one++;
    return one->name ? one : NULL;
}

/* ---- Refusals --------------------------------------------------------------------- */

static int refuse(const command *asked, const char *what)
{
    fprintf(stderr, "assay: %s; see assay %s%s%s --help\n", what, asked->noun,
            asked->verb ? " " : "", asked->verb ? asked->verb : "");
    return ASSAY_REFUSED;
}

/* An option that is known: by its name, however it was written. */
static int refuse_option(const command *asked, unsigned option, const char *what)
{
    const struct option *one = described(option);
    char                 line[200];

    snprintf(line, sizeof line, "--%s %s", one ? one->name : "?", what);
    return refuse(asked, line);
}

/* One that is not known: as it was written, without its value. */
static int refuse_unknown(const command *asked, const char *written)
{
    char line[200];

    snprintf(line, sizeof line, "%.*s is not an option of this command", (int)strcspn(written, "="),
             written);
    return refuse(asked, line);
}

/* What getopt_long() could not take: it leaves the option in optopt, or 0 where there is none. */
static int refuse_result(const command *asked, int result, char **arguments)
{
    const unsigned option = option_of(optopt);
    const char     letter[] = {'-', (char)optopt, '\0'};

    if (result == ':')
        return refuse_option(asked, option, "needs a value");
    if (optopt && described(option))
        return refuse_option(asked, option, "takes no value");
    return refuse_unknown(asked, optopt ? letter : arguments[optind - 1]);
}

/* ---- Values ----------------------------------------------------------------------- */

/* A whole number in a range, both ends in. */
static bool read_number(const char *value, uint64_t least, uint64_t greatest, uint64_t *number)
{
    char *end = NULL;

    errno = 0;
    *number = strtoull(value, &end, 10);
    return !errno && isdigit((unsigned char)*value) && !*end && *number >= least &&
           *number <= greatest;
}

static int take_number(assay *session, unsigned option, call *asked)
{
    uint64_t number;

    switch (option) {
    case OPTION_THREADS:
        if (!read_number(optarg, 1, 256, &number))
            return refuse_option(asked->command, option, "takes a number from 1 to 256");
        asked->threads = (unsigned)number;
        return ASSAY_FINE;
    case OPTION_SECONDS:
        if (!read_number(optarg, 0, 86400, &number))
            return refuse_option(asked->command, option, "takes a number from 0 to 86400");
        asked->seconds = (unsigned)number;
        return ASSAY_FINE;
    case OPTION_SEED:
        if (!read_number(optarg, 0, UINT64_MAX, &asked->seed))
            return refuse_option(asked->command, option, "takes a whole number");
        return ASSAY_FINE;
    default:
        if (!read_number(optarg, 1, 3600, &number))
            return refuse_option(asked->command, option, "takes seconds, 1 to 3600");
        return assay_use_time_limit(session, (unsigned)number * 1000);
    }
}

static int take_option(assay *session, unsigned option, call *asked)
{
    switch (option) {
    case OPTION_PLUGIN_PATH:
        return assay_add_plugin_folder(session, optarg);
    case OPTION_RUBRIC_PATH:
        return assay_add_rubric_folder(session, optarg);
    case OPTION_RUBRIC:
        asked->rubric = optarg;
        break;
    case OPTION_COLUMNS:
        asked->columns = optarg;
        break;
    case OPTION_FORMAT:
        asked->format = optarg;
        break;
    case OPTION_JSON:
        asked->format = "json";
        break;
    case OPTION_JUNIT:
        asked->format = "junit";
        break;
    case OPTION_OUTPUT:
        asked->output = optarg;
        break;
    case OPTION_RATINGS:
        asked->ratings = true;
        break;
    case OPTION_AREA:
        asked->area = optarg;
        break;
    case OPTION_LOCK:
        asked->lock = optarg;
        return assay_use_lock(session, optarg);
    case OPTION_KEY:
        asked->key = optarg;
        break;
    case OPTION_RUBRICS:
        asked->rubrics = true;
        break;
    case OPTION_ISOLATE:
        return assay_use_isolation(session, optarg);
    default:
        return take_number(session, option, asked);
    }
    return ASSAY_FINE;
}

/* ---- All of them ------------------------------------------------------------------ */

/* Whether the option may be given here. `given` are those before it. */
static int may_be_given(const command *asked, unsigned option, unsigned given)
{
    if (!(option & asked->options))
        return refuse_option(asked, option, "is not an option of this command");
    if (optarg && !*optarg)
        return refuse_option(asked, option, "needs a value");
    if (given & option & ~(unsigned)MAY_BE_REPEATED)
        return refuse_option(asked, option, "is given twice, and may be given once");
    if (given & FORMATS && option & FORMATS)
        return refuse_option(asked, option, "names a format, and another option named one");
    return ASSAY_FINE;
}

static int take_operands(call *asked, int count, char **arguments)
{
    asked->operands = arguments + optind;
    asked->operand_count = count - optind;
    if (asked->operand_count < asked->command->least)
        return refuse(asked->command, "too few words: a file or a name is missing");
    if (asked->operand_count > asked->command->most)
        return refuse(asked->command, "too many words");
    return ASSAY_FINE;
}

int options_read(assay *session, call *asked, int count, char **arguments)
{
    unsigned given = 0;
    int      result;

    opterr = 0;
    while ((result = getopt_long(count, arguments, short_options, long_options, NULL)) != -1) {
        const unsigned option = option_of(result);
        if (option == OPTION_HELP) {
            asked->help = true;
            return ASSAY_FINE;
        }
        if (!option)
            return refuse_result(asked->command, result, arguments);
        int status = may_be_given(asked->command, option, given);
        if (status == ASSAY_FINE)
            status = take_option(session, option, asked);
        if (status != ASSAY_FINE)
            return status;
        given |= option;
    }
    return take_operands(asked, count, arguments);
}
