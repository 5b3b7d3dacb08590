/* assay - grades audits of case files. See docs/assay.1. */
#include <string.h>

#include "cli/commands.h"
#include "cli/options.h"

void command_print_messages(assay *session)
{
    for (size_t i = 0; i < assay_message_count(session); i++) {
        char line[2048];
        assay_message_format(session, i, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    assay_clear_messages(session);
}

int command_open(assay *session, const call *asked)
{
    int status = assay_open(session);

    if (status == ASSAY_FINE && asked_text(asked, OPTION_RUBRIC))
        status = assay_use_rubric(session, asked_text(asked, OPTION_RUBRIC));
    if (status == ASSAY_FINE && asked_text(asked, OPTION_COLUMNS))
        status = assay_use_columns(session, asked_text(asked, OPTION_COLUMNS));
    assay_use_threads(session, (unsigned)asked_number(asked, OPTION_THREADS, 0));
    return status;
}

static int run_command(const command *known, int count, char **arguments)
{
    call   asked = {.command = known};
    assay *session = assay_new();

    if (!session) {
        fputs("assay: no memory left; close other programs\n", stderr);
        return ASSAY_FAILED;
    }
    int status = options_read(session, &asked, count, arguments);
    if (asked_flag(&asked, OPTION_HELP))
        fputs(known->help, stdout);
    else if (status == ASSAY_FINE && (status = command_spare_inputs(session, &asked)) == ASSAY_FINE)
        status = known->run(session, &asked);
    command_print_messages(session);
    assay_free(session);
    return status;
}

static bool asks_for_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* `assay help`, and the words after it. */
static int show_help(int count, char **words)
{
    int used;

    if (count == 0) {
        commands_show(stdout);
        return ASSAY_FINE;
    }
    const command *known = commands_find(count, words, &used);
    if (known) {
        fputs(known->help, stdout);
        return ASSAY_FINE;
    }
    return commands_show_group(stdout, count, words) ? ASSAY_FINE : commands_refuse(count, words);
}

/* No command is named: some words of one, or none. */
static int show_what_there_is(int count, char **words)
{
    if (count == 0)
        commands_show(stderr);
    else if (asks_for_help(words[count - 1]))
        return show_help(count - 1, words);
    else if (!commands_show_group(stderr, count, words))
        return commands_refuse(count, words);
    return ASSAY_REFUSED;
}

int main(int count, char **arguments)
{
    char    **words = arguments + 1;
    const int given = count - 1;
    int       used = 0;

    if (given > 0 && strcmp(words[0], "--version") == 0) {
        printf("assay %s\n", assay_version());
        return ASSAY_FINE;
    }
    if (given > 0 && (asks_for_help(words[0]) || strcmp(words[0], "help") == 0))
        return show_help(given - 1, words + 1);

    const command *known = commands_find(given, words, &used);
    return known ? run_command(known, count - used, arguments + used)
                 : show_what_there_is(given, words);
}
