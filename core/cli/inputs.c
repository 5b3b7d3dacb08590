/* An output that is also an input: what was to be read must never be replaced. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"

/* What is read beside a file that is named: a plugin's manifest and signature, a rubric's cases. */
static const char *const endings[] = {".so.minisig", ".cases.csv", ".ini", ".so"};

enum { ENDINGS = sizeof endings / sizeof endings[0] };

static bool is_file(const struct stat *output, const char *input)
{
    struct stat status;

    const int found = strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &status) : stat(input, &status);
    return found == 0 && status.st_dev == output->st_dev && status.st_ino == output->st_ino;
}

/* The length of the name without its ending; 0 where that is none of those above. */
static size_t stem_of(const char *name)
{
    const size_t size = strlen(name);

    for (size_t e = 0; e < ENDINGS; e++) {
        const size_t ending = strlen(endings[e]);
        if (size > ending && strcmp(name + size - ending, endings[e]) == 0)
            return size - ending;
    }
    return 0;
}

static bool is_beside(const struct stat *output, const char *input)
{
    const size_t stem = stem_of(input);
    bool         same = false;

    for (size_t e = 0; stem > 0 && !same && e < ENDINGS; e++) {
        char *name = NULL;
        if (asprintf(&name, "%.*s%s", (int)stem, input, endings[e]) < 0)
            return true; /* no memory: nothing is replaced that was not looked at */
        same = is_file(output, name);
        free(name);
    }
    return same;
}

static bool is_input(const struct stat *output, const char *input)
{
    return input && (is_file(output, input) || is_beside(output, input));
}

/* The lock that is read where --lock names none. */
static const char *usual_lock(void)
{
    const char *named = getenv("ASSAY_LOCK");
    return named && *named ? named : "assay.lock";
}

/* The store that the command works with; NULL: none. */
static const char *usual_store(assay *session, const call *asked)
{
    const command_option *taken = asked->command->options;

    while (taken && *taken != OPTION_COUNT && *taken != OPTION_STORE)
        taken++;
    return taken && *taken == OPTION_STORE ? assay_store_path(session) : NULL;
}

static int spare_inputs(assay *session, const call *asked, command_option option, const char *name)
{
    const char *output = asked_text(asked, option);
    struct stat status;

    /* Only a file that is there can be replaced: not a pipe, a device or a folder. */
    if (!output || strcmp(output, "-") == 0 || stat(output, &status) != 0 ||
        !S_ISREG(status.st_mode))
        return ASSAY_FINE;

    bool same = is_input(&status, asked_text(asked, OPTION_RUBRIC)) ||
                is_input(&status, asked_text(asked, OPTION_COLUMNS)) ||
                is_input(&status, asked_text(asked, OPTION_KEY)) ||
                is_input(&status, usual_store(session, asked)) ||
                is_input(&status, asked_text(asked, OPTION_POLICY)) ||
                is_input(&status, asked_text(asked, OPTION_WORKFORCE)) ||
                is_input(&status, asked_text(asked, OPTION_LOCK) ? asked_text(asked, OPTION_LOCK)
                                                                 : usual_lock());
    for (int i = 0; !same && i < asked->operand_count; i++)
        same = is_input(&status, asked->operands[i]);
    if (!same)
        return ASSAY_FINE;
    fprintf(stderr,
            "assay: %s: is one of the files to read, and --%s would replace it; "
            "name another file to write\n",
            output, name);
    return ASSAY_REFUSED;
}

int command_spare_inputs(assay *session, const call *asked)
{
    const int status = spare_inputs(session, asked, OPTION_OUTPUT, "output");
    return status == ASSAY_FINE ? spare_inputs(session, asked, OPTION_EXAMPLES, "examples") : status;
}
