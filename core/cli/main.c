/* assay - grades audits of case files. See docs/assay.1. */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"

static const command *const commands[] = {
    &grade_command,       &explain_command,     &records_check_command, &rubric_lint_command,
    &rubric_show_command, &rubric_list_command, &rubric_test_command,   &plugin_list_command,
    &plugin_info_command, &plugin_check_command, &plugin_new_command, &plugin_trust_add_command,
    &plugin_trust_list_command, &plugin_trust_remove_command, &plugin_verify_command,
};

enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const struct option long_options[] = {
    {"help", no_argument, NULL, 'h'},
    {"plugin-path", required_argument, NULL, 'P'},
    {"rubric-path", required_argument, NULL, 'R'},
    {"rubric", required_argument, NULL, 'r'},
    {"columns", required_argument, NULL, 'c'},
    {"threads", required_argument, NULL, 't'},
    {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {"ratings", no_argument, NULL, 'a'},
    {"area", required_argument, NULL, 'A'},
    {"lock", required_argument, NULL, 'L'},
    {"key", required_argument, NULL, 'K'},
    {"rubrics", no_argument, NULL, 'U'},
    {"isolate", required_argument, NULL, 'I'},
    {"plugin-time-limit", required_argument, NULL, 'T'},
    {"seed", required_argument, NULL, 'S'},
    {"seconds", required_argument, NULL, 's'},
    {"json", no_argument, NULL, 'j'},
    {"junit", no_argument, NULL, 'J'},
    {NULL, 0, NULL, 0},
};

/* The colon first: a missing value is told apart from an unknown option. */
static const char short_options[] = ":hr:c:f:o:";

static unsigned option_of(int letter)
{
    switch (letter) {
    case 'h':
        return OPTION_HELP;
    case 'P':
        return OPTION_PLUGIN_PATH;
    case 'R':
        return OPTION_RUBRIC_PATH;
    case 'r':
        return OPTION_RUBRIC;
    case 'c':
        return OPTION_COLUMNS;
    case 't':
        return OPTION_THREADS;
    case 'f':
        return OPTION_FORMAT;
    case 'o':
        return OPTION_OUTPUT;
    case 'a':
        return OPTION_RATINGS;
    case 'A':
        return OPTION_AREA;
    case 'L':
        return OPTION_LOCK;
    case 'K':
        return OPTION_KEY;
    case 'U':
        return OPTION_RUBRICS;
    case 'I':
        return OPTION_ISOLATE;
    case 'T':
        return OPTION_TIME_LIMIT;
    case 'S':
        return OPTION_SEED;
    case 's':
        return OPTION_SECONDS;
    case 'j':
        return OPTION_JSON;
    case 'J':
        return OPTION_JUNIT;
    default:
        return 0;
    }
}

static int help(FILE *out)
{
    fputs("assay grades audits of case files against a rubric.\n\nusage: assay COMMAND ...\n\n",
          out);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  assay %-8s %-12s  %s\n", commands[i]->noun,
                commands[i]->verb ? commands[i]->verb : "", commands[i]->summary);
    fputs("\nassay COMMAND --help shows a command's options and an example.\n"
          "assay --version shows the version.\n\n"
          "example:\n  assay grade audits.csv\n",
          out);
    return out == stdout ? ASSAY_FINE : ASSAY_REFUSED;
}

static int refuse(const command *asked, const char *what)
{
    fprintf(stderr, "assay: %s; see assay %s%s%s --help\n", what, asked->noun,
            asked->verb ? " " : "", asked->verb ? asked->verb : "");
    return ASSAY_REFUSED;
}

/* A whole number in a range, both ends in. */
static bool read_number(const char *value, uint64_t least, uint64_t greatest, uint64_t *number)
{
    char *end = NULL;

    errno = 0;
    *number = strtoull(value, &end, 10);
    return !errno && isdigit((unsigned char)*value) && !*end && *number >= least &&
           *number <= greatest;
}

/* A whole number of threads, 1 to 256. */
static bool read_threads(const char *value, unsigned *threads)
{
    uint64_t number;

    if (!read_number(value, 1, 256, &number))
        return false;
    *threads = (unsigned)number;
    return true;
}

/* A whole number of seconds, at most a day. */
static bool read_seconds(const char *value, unsigned *seconds)
{
    uint64_t number;

    if (!read_number(value, 0, 86400, &number))
        return false;
    *seconds = (unsigned)number;
    return true;
}

static int take_option(assay *session, int letter, call *asked)
{
    uint64_t seconds;

    switch (letter) {
    case 'P':
        return assay_add_plugin_folder(session, optarg);
    case 'R':
        return assay_add_rubric_folder(session, optarg);
    case 'r':
        asked->rubric = optarg;
        break;
    case 'c':
        asked->columns = optarg;
        break;
    case 'f':
        asked->format = optarg;
        break;
    case 'o':
        asked->output = optarg;
        break;
    case 'a':
        asked->ratings = true;
        break;
    case 'A':
        asked->area = optarg;
        break;
    case 'L':
        return assay_use_lock(session, optarg);
    case 'K':
        asked->key = optarg;
        break;
    case 'U':
        asked->rubrics = true;
        break;
    case 'I':
        return assay_use_isolation(session, optarg);
    case 'T':
        if (!read_number(optarg, 1, 3600, &seconds))
            return refuse(asked->command, "--plugin-time-limit takes seconds, 1 to 3600");
        return assay_use_time_limit(session, (unsigned)seconds * 1000);
    case 'S':
        if (!read_number(optarg, 0, UINT64_MAX, &asked->seed))
            return refuse(asked->command, "--seed takes a whole number");
        break;
    case 's':
        if (!read_seconds(optarg, &asked->seconds))
            return refuse(asked->command, "--seconds takes a number from 0 to 86400");
        break;
    case 'j':
        asked->format = "json";
        break;
    case 'J':
        asked->format = "junit";
        break;
    case 't':
        if (!read_threads(optarg, &asked->threads))
            return refuse(asked->command, "--threads takes a number from 1 to 256");
        break;
    default:
        break;
    }
    return ASSAY_FINE;
}

static int refuse_option(const command *asked, int result, const char *given)
{
    char what[200];

    snprintf(what, sizeof what,
             result == ':' ? "%s needs a value" : "%s is not an option of this command", given);
    return refuse(asked, what);
}

static int read_arguments(assay *session, call *asked, int count, char **arguments)
{
    const unsigned taken = asked->command->options | OPTION_HELP;
    int letter;

    opterr = 0;
    while ((letter = getopt_long(count, arguments, short_options, long_options, NULL)) != -1) {
        if (!(option_of(letter) & taken))
            return refuse_option(asked->command, letter, arguments[optind - 1]);
        if (letter == 'h') {
            asked->help = true;
            return ASSAY_FINE;
        }
        const int status = take_option(session, letter, asked);
        if (status != ASSAY_FINE)
            return status;
    }
    asked->operands = arguments + optind;
    asked->operand_count = count - optind;
    if (asked->operand_count < asked->command->least)
        return refuse(asked->command, "too few words: a file or a name is missing");
    if (asked->operand_count > asked->command->most)
        return refuse(asked->command, "too many words");
    return ASSAY_FINE;
}

/* How many arguments name the command: its noun and each word of its verb; 0 where they do not. */
static int words_naming(const command *known, int count, char **arguments)
{
    int words = 1;

    if (count < 2 || strcmp(arguments[1], known->noun) != 0)
        return 0;
    for (const char *verb = known->verb; verb && *verb; words++) {
        const size_t size = strcspn(verb, " ");
        if (words + 1 >= count || strlen(arguments[words + 1]) != size ||
            memcmp(arguments[words + 1], verb, size) != 0)
            return 0;
        verb += size + strspn(verb + size, " ");
    }
    return words;
}

/* The command that the first words name; *words says how many they are. */
static const command *find_command(int count, char **arguments, int *words)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if ((*words = words_naming(commands[i], count, arguments)) > 0)
            return commands[i];
    return NULL;
}

static int unknown_command(int count, char **arguments)
{
    if (count == 1)
        return help(stderr);
    fprintf(stderr, "assay: \"%s%s%s\" is not a command; assay --help lists those there are\n",
            arguments[1], count > 2 ? " " : "", count > 2 ? arguments[2] : "");
    return ASSAY_REFUSED;
}

void command_print_messages(assay *session)
{
    for (size_t i = 0; i < assay_message_count(session); i++) {
        char line[2048];
        assay_message_format(session, i, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    assay_clear_messages(session);
}

static int run_command(const command *known, int count, char **arguments)
{
    call asked = {.command = known, .seed = 1, .seconds = 2};
    assay *session = assay_new();

    if (!session) {
        fputs("assay: no memory left; close other programs\n", stderr);
        return ASSAY_FAILED;
    }
    int status = read_arguments(session, &asked, count, arguments);
    if (asked.help)
        fputs(known->help, stdout);
    else if (status == ASSAY_FINE)
        status = known->run(session, &asked);
    command_print_messages(session);
    assay_free(session);
    return status;
}

int main(int count, char **arguments)
{
    int words = 0;

    if (count == 2 && strcmp(arguments[1], "--version") == 0) {
        printf("assay %s\n", assay_version());
        return ASSAY_FINE;
    }
    if (count == 2 && (strcmp(arguments[1], "--help") == 0 || strcmp(arguments[1], "-h") == 0 ||
                       strcmp(arguments[1], "help") == 0))
        return help(stdout);

    const command *known = find_command(count, arguments, &words);
    return known ? run_command(known, count - words, arguments + words)
                 : unknown_command(count, arguments);
}

int command_open(assay *session, const call *asked)
{
    int status = assay_open(session);

    if (status == ASSAY_FINE && asked->rubric)
        status = assay_use_rubric(session, asked->rubric);
    if (status == ASSAY_FINE && asked->columns)
        status = assay_use_columns(session, asked->columns);
    assay_use_threads(session, asked->threads);
    return status;
}
