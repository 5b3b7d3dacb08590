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
    OPTION_RATINGS = 1 << 8,
    OPTION_AREA = 1 << 9,
    OPTION_LOCK = 1 << 10,
    OPTION_KEY = 1 << 11,
    OPTION_RUBRICS = 1 << 12,
    OPTION_ISOLATE = 1 << 13,
    OPTION_TIME_LIMIT = 1 << 14,
    OPTION_SEED = 1 << 15,
    OPTION_SECONDS = 1 << 16,
    OPTION_JSON = 1 << 17,
    OPTION_JUNIT = 1 << 18
} command_option;

typedef struct command command;

/* What the user asked for. */
typedef struct {
    const command *command;
    const char    *format; /* NULL: not given; so the next six */
    const char    *output;
    const char    *columns;
    const char    *rubric;
    const char    *area;
    const char    *key;
    const char    *lock;
    unsigned       threads;
    uint64_t       seed;    /* 1 where it is not given */
    unsigned       seconds; /* 2 where it is not given */
    bool           ratings;
    bool           rubrics;
    bool           help;
    char         **operands;
    int            operand_count;
} call;

/* One command. The first line of `help` is its usage. */
struct command {
    const char *noun; /* "rubric", or the only word */
    const char *verb; /* "lint", "trust add", or NULL */
    const char *summary;
    const char *help;
    unsigned    options; /* those it takes */
    int         least;   /* operands */
    int         most;
    int (*run)(assay *session, const call *asked); /* gives the exit status */
};

extern const command grade_command, explain_command, records_check_command, rubric_lint_command,
    rubric_show_command, rubric_list_command, rubric_test_command, plugin_list_command,
    plugin_info_command, plugin_check_command, plugin_new_command, plugin_trust_add_command,
    plugin_trust_list_command, plugin_trust_remove_command, plugin_verify_command;

/* Writes the session's messages to standard error, and forgets them. */
void command_print_messages(assay *session);

/* Opens the session and takes --rubric, --columns and --threads into use. ASSAY_FINE, or the
 * status to end with. */
int command_open(assay *session, const call *asked);

/* Whether --output leaves alone what is to be read: operands, the files that options name, and what
 * stands beside them. Before anything is opened for writing. ASSAY_FINE; or ASSAY_REFUSED, and
 * said. */
int command_spare_inputs(const call *asked);
