/* command.h - what every command of `assay` is made of. Uses the public library alone. */
#pragma once

#include <assay/assay.h>
#include <stdbool.h>
#include <stdio.h>

/* The options there are; each command takes some of them. */
typedef enum {
    OPTION_HELP = 1 << 0,
    OPTION_PLUGIN_PATH = 1 << 1,
    OPTION_RUBRIC_PATH = 1 << 2,
    OPTION_RUBRIC = 1 << 3,
    OPTION_COLUMNS = 1 << 4,
    OPTION_THREADS = 1 << 5,
    OPTION_FORMAT = 1 << 6,
    OPTION_OUTPUT = 1 << 7,
    OPTION_RATINGS = 1 << 8
} command_option;

typedef struct command command;

/* What the user asked for. */
typedef struct {
    const command *command;
    const char    *format; /* NULL: not given; so the next three */
    const char    *output;
    const char    *columns;
    const char    *rubric;
    unsigned       threads;
    bool           ratings;
    bool           help;
    char         **operands;
    int            operand_count;
} call;

/* One command. The first line of `help` is its usage. */
struct command {
    const char *noun; /* "rubric", or the only word */
    const char *verb; /* "lint", or NULL */
    const char *summary;
    const char *help;
    unsigned    options; /* those it takes */
    int         least;   /* operands */
    int         most;
    int (*run)(assay *session, const call *asked); /* gives the exit status */
};

extern const command grade_command, explain_command, records_check_command, rubric_lint_command,
    rubric_show_command, rubric_list_command, plugin_list_command, plugin_info_command;

/* Opens the session and takes --rubric, --columns and --threads into use. ASSAY_FINE, or the
 * status to end with. */
int command_open(assay *session, const call *asked);
