#include "cli/options.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What getopt_long() gives for an option: no letter that it may give is one of these. */
enum { FIRST_RESULT = 256 };

typedef struct {
    const char *name;
    char        letter;
    option_kind kind;
    uint64_t    least;
    uint64_t    most;
} option_row;

static const option_row table[OPTION_COUNT] = {
#define X(name, written, letter, kind, least, most) {written, letter, OPTION_##kind, least, most},
    COMMAND_OPTIONS(X)
#undef X
};

/* The table as getopt_long() wants it. The colon first: a missing value is told apart from an
 * unknown option. */
typedef struct {
    struct option names[OPTION_COUNT + 1];
    char          letters[2 + 2 * OPTION_COUNT];
} option_forms;

static option_forms forms_of_table(void)
{
    option_forms forms = {.letters = ":"};
    char        *end = forms.letters + 1;

    for (int i = 0; i < OPTION_COUNT; i++) {
        const bool valued = table[i].kind != OPTION_FLAG;
        forms.names[i] = (struct option){table[i].name, valued ? required_argument : no_argument,
                                         NULL, FIRST_RESULT + i};
        if (table[i].letter) {
            *end++ = table[i].letter;
            if (valued)
                *end++ = ':';
        }
    }
    return forms;
}

/* The option that getopt_long() gave; OPTION_COUNT where it is none. */
static command_option option_of(int result)
{
    if (result >= FIRST_RESULT && result < FIRST_RESULT + OPTION_COUNT)
        return (command_option)(result - FIRST_RESULT);
    for (int i = 0; i < OPTION_COUNT; i++)
        if (table[i].letter && table[i].letter == result)
            return (command_option)i;
    return OPTION_COUNT;
}

static bool is_format(command_option option)
{
    return option == OPTION_FORMAT || option == OPTION_JSON || option == OPTION_JUNIT;
}

const char *asked_format(const call *asked, const char *otherwise)
{
    if (asked_flag(asked, OPTION_JSON))
        return "json";
    if (asked_flag(asked, OPTION_JUNIT))
        return "junit";
    return asked_flag(asked, OPTION_FORMAT) ? asked_text(asked, OPTION_FORMAT) : otherwise;
}

/* ---- Refusals --------------------------------------------------------------------- */

static int refuse(const command *asked, const char *what)
{
    fprintf(stderr, "assay: %s; see assay %s%s%s --help\n", what, asked->noun,
            asked->verb ? " " : "", asked->verb ? asked->verb : "");
    return ASSAY_REFUSED;
}

/* An option that is known: by its name, however it was written. */
static int refuse_option(const command *asked, command_option option, const char *what)
{
    char line[200];

    snprintf(line, sizeof line, "--%s %s", table[option].name, what);
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
    const command_option option = option_of(optopt);
    const char           letter[] = {'-', (char)optopt, '\0'};

    if (result == ':')
        return refuse_option(asked, option, "needs a value");
    if (optopt && option != OPTION_COUNT)
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

static int take_number(const command *asked, command_option option, uint64_t *number)
{
    const option_row *row = &table[option];
    char              what[100];

    if (read_number(optarg, row->least, row->most, number))
        return ASSAY_FINE;
    if (row->most == UINT64_MAX)
        return refuse_option(asked, option, "takes a whole number");
    snprintf(what, sizeof what, "takes a whole number from %" PRIu64 " to %" PRIu64, row->least,
             row->most);
    return refuse_option(asked, option, what);
}

/* What concerns the session is told to it as it is read. */
static int tell_session(assay *session, command_option option, const option_value *value)
{
    switch (option) {
    case OPTION_PLUGIN_PATH:
        return assay_add_plugin_folder(session, value->text);
    case OPTION_RUBRIC_PATH:
        return assay_add_rubric_folder(session, value->text);
    case OPTION_LOCK:
        return assay_use_lock(session, value->text);
    case OPTION_ISOLATE:
        return assay_use_isolation(session, value->text);
    case OPTION_TIME_LIMIT:
        return assay_use_time_limit(session, (unsigned)value->number * 1000);
    case OPTION_STORE:
        return assay_use_store(session, value->text);
    case OPTION_KEEP:
        return assay_keep_field(session, value->text);
    case OPTION_WHO:
        return assay_use_who(session, value->text);
    default:
        return ASSAY_FINE;
    }
}

static int take_option(assay *session, command_option option, call *asked)
{
    option_value *value = &asked->options[option];

    value->given = true;
    value->text = table[option].kind == OPTION_FLAG ? NULL : optarg;
    if (table[option].kind == OPTION_WHOLE) {
        const int status = take_number(asked->command, option, &value->number);
        if (status != ASSAY_FINE)
            return status;
    }
    return tell_session(session, option, value);
}

/* ---- All of them ------------------------------------------------------------------ */

static bool takes(const command *asked, command_option option)
{
    const command_option *taken = asked->options;

    while (taken && *taken != OPTION_COUNT && *taken != option)
        taken++;
    return taken && *taken == option;
}

static bool names_format(const call *asked)
{
    return asked_flag(asked, OPTION_FORMAT) || asked_flag(asked, OPTION_JSON) ||
           asked_flag(asked, OPTION_JUNIT);
}

/* Whether the option may be given here, after those before it. */
static int may_be_given(const call *asked, command_option option)
{
    if (!takes(asked->command, option))
        return refuse_option(asked->command, option, "is not an option of this command");
    if (optarg && !*optarg)
        return refuse_option(asked->command, option, "needs a value");
    if (asked->options[option].given && table[option].kind != OPTION_REPEATED)
        return refuse_option(asked->command, option, "is given twice, and may be given once");
    if (is_format(option) && names_format(asked))
        return refuse_option(asked->command, option,
                             "names a format, and another option named one");
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
    const option_forms forms = forms_of_table();
    int                result;

    opterr = 0;
    while ((result = getopt_long(count, arguments, forms.letters, forms.names, NULL)) != -1) {
        const command_option option = option_of(result);
        if (option == OPTION_HELP) {
            asked->options[OPTION_HELP].given = true;
            return ASSAY_FINE;
        }
        if (option == OPTION_COUNT)
            return refuse_result(asked->command, result, arguments);
        int status = may_be_given(asked, option);
        if (status == ASSAY_FINE)
            status = take_option(session, option, asked);
        if (status != ASSAY_FINE)
            return status;
    }
    return take_operands(asked, count, arguments);
}
