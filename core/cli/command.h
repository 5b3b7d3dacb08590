/* command.h - what every command of `assay` is made of. Uses the public library alone. */
#pragma once

#include <assay/assay.h>
#include <stdbool.h>
#include <stdio.h>

/* What may follow an option. */
typedef enum {
    OPTION_FLAG,     /* nothing */
    OPTION_TEXT,     /* a word, a name, a file */
    OPTION_REPEATED, /* likewise, and it may be given again; taken into the session at once */
    OPTION_WHOLE     /* a whole number */
} option_kind;

/* The options there are; each command takes some of them: name, how it is written, letter or 0,
 * kind, and the least and greatest number of one that takes a whole number. */
#define COMMAND_OPTIONS(X)                                                                         \
    X(HELP, "help", 'h', FLAG, 0, 0)                                                               \
    X(PLUGIN_PATH, "plugin-path", 0, REPEATED, 0, 0)                                               \
    X(PLUGIN_PATH_B, "plugin-path-b", 0, TEXT, 0, 0)                                               \
    X(EDITION, "edition", 0, TEXT, 0, 0)                                                           \
    X(BY, "by", 0, TEXT, 0, 0)                                                                     \
    X(REASON, "reason", 0, TEXT, 0, 0)                                                             \
    X(ONLY, "only", 0, TEXT, 0, 0)                                                                 \
    X(RUBRIC_PATH, "rubric-path", 0, REPEATED, 0, 0)                                               \
    X(RUBRIC, "rubric", 'r', TEXT, 0, 0)                                                           \
    X(COLUMNS, "columns", 'c', TEXT, 0, 0)                                                         \
    X(THREADS, "threads", 0, WHOLE, 1, 256)                                                        \
    X(FORMAT, "format", 'f', TEXT, 0, 0)                                                           \
    X(OUTPUT, "output", 'o', TEXT, 0, 0)                                                           \
    X(RATINGS, "ratings", 0, FLAG, 0, 0)                                                           \
    X(AREA, "area", 0, TEXT, 0, 0)                                                                 \
    X(LOCK, "lock", 0, TEXT, 0, 0)                                                                 \
    X(KEY, "key", 0, TEXT, 0, 0)                                                                   \
    X(RUBRICS, "rubrics", 0, FLAG, 0, 0)                                                           \
    X(ISOLATE, "isolate", 0, TEXT, 0, 0)                                                           \
    X(TIME_LIMIT, "plugin-time-limit", 0, WHOLE, 1, 3600)                                          \
    X(SEED, "seed", 0, WHOLE, 0, UINT64_MAX)                                                       \
    X(SECONDS, "seconds", 0, WHOLE, 0, 86400)                                                      \
    X(MIN, "min", 0, WHOLE, 0, 100)                                                                \
    X(JSON, "json", 0, FLAG, 0, 0)                                                                 \
    X(JUNIT, "junit", 0, FLAG, 0, 0)                                                               \
    X(EXAMPLES, "examples", 0, TEXT, 0, 0)                                                         \
    X(STORE, "store", 0, TEXT, 0, 0)                                                               \
    X(WHO, "who", 0, TEXT, 0, 0)                                                                   \
    X(POLICY, "policy", 0, TEXT, 0, 0)                                                             \
    X(MODERATOR, "moderator", 0, TEXT, 0, 0)                                                       \
    X(PACK, "pack", 0, TEXT, 0, 0)                                                                 \
    X(TAKE_OVER, "take-over", 0, TEXT, 0, 0)                                                       \
    X(MOST, "most", 0, WHOLE, 1, 100000)                                                           \
    X(REJECTED, "rejected", 0, TEXT, 0, 0)                                                         \
    X(TODAY, "today", 0, TEXT, 0, 0)                                                               \
    X(FROM, "from", 0, TEXT, 0, 0)                                                                 \
    X(TO, "to", 0, TEXT, 0, 0)                                                                     \
    X(TEAM, "team", 0, TEXT, 0, 0)                                                                 \
    X(AUDITOR, "auditor", 0, TEXT, 0, 0)                                                           \
    X(KIND, "kind", 0, TEXT, 0, 0)                                                                 \
    X(KEEP, "keep", 0, REPEATED, 0, 0)                                                             \
    X(MONTH, "month", 0, TEXT, 0, 0)                                                               \
    X(PLAN, "plan", 0, FLAG, 0, 0)                                                                 \
    X(DRY_RUN, "dry-run", 0, FLAG, 0, 0)                                                           \
    X(MORE, "more", 0, FLAG, 0, 0)                                                                 \
    X(AUDIENCE, "audience", 0, TEXT, 0, 0)                                                         \
    X(SINCE, "since", 0, TEXT, 0, 0)                                                               \
    X(WORKFORCE, "workforce", 0, TEXT, 0, 0)                                                       \
    X(HISTORY, "history", 0, FLAG, 0, 0)                                                           \
    X(CHECKPOINT, "checkpoint", 0, TEXT, 0, 0)                                                     \
    X(REPLACE, "replace", 0, FLAG, 0, 0)                                                           \
    X(AUDIT, "audit", 0, TEXT, 0, 0)                                                               \
    X(CHILD, "child", 0, TEXT, 0, 0)                                                               \
    X(BEFORE, "before", 0, TEXT, 0, 0)                                                             \
    X(TARGET, "target", 0, TEXT, 0, 0)

typedef enum {
#define X(name, written, letter, kind, least, most) OPTION_##name,
    COMMAND_OPTIONS(X)
#undef X
        OPTION_COUNT
} command_option;

/* The options that a command takes beside --help. */
#define TAKES(...) ((const command_option[]){__VA_ARGS__, OPTION_COUNT})

/* Those of every command that grades. */
#define TAKES_TO_GRADE                                                                             \
    OPTION_RUBRIC, OPTION_COLUMNS, OPTION_RUBRIC_PATH, OPTION_PLUGIN_PATH, OPTION_LOCK,            \
        OPTION_ISOLATE, OPTION_TIME_LIMIT

typedef struct command command;

typedef struct {
    bool        given;
    const char *text;   /* NULL: not given, or a flag */
    uint64_t    number; /* of an OPTION_WHOLE */
} option_value;

/* What the user asked for. */
typedef struct {
    const command *command;
    option_value   options[OPTION_COUNT];
    char         **operands;
    int            operand_count;
} call;

/* The value of an option; NULL where it is not given. */
static inline const char *asked_text(const call *asked, command_option option)
{
    return asked->options[option].text;
}

static inline bool asked_flag(const call *asked, command_option option)
{
    return asked->options[option].given;
}

/* The number of an option; `otherwise` where it is not given. */
static inline uint64_t asked_number(const call *asked, command_option option, uint64_t otherwise)
{
    return asked->options[option].given ? asked->options[option].number : otherwise;
}

/* The format that --format, --json or --junit names; `otherwise` where none does. */
const char *asked_format(const call *asked, const char *otherwise);

/* One command. The first line of `help` is its usage. */
struct command {
    const char           *noun; /* "rubric", or the only word */
    const char           *verb; /* "lint", "trust add", or NULL */
    const char           *summary;
    const char           *help;
    const command_option *options; /* TAKES(...); NULL: none but --help */
    int                   least;   /* operands */
    int                   most;
    int (*run)(assay *session, const call *asked); /* gives the exit status */
};

extern const command forecast_command;
extern const command moderation_estimate_command, moderation_severity_command;
extern const command moderation_agreement_command, moderation_sample_command;
extern const command moderation_pack_command, moderation_import_command, moderation_compare_command,
    moderation_actions_command, moderation_status_command;
extern const command diff_command, regrade_command, baseline_save_command, baseline_check_command,
    baseline_accept_command, verify_command;
extern const command grade_command, explain_command, records_check_command, rubric_lint_command,
    rubric_show_command, rubric_list_command, rubric_test_command, plugin_list_command,
    plugin_info_command, plugin_check_command, plugin_new_command, plugin_trust_add_command,
    plugin_trust_list_command, plugin_trust_remove_command, plugin_verify_command,
    store_init_command, store_add_command;
extern const command store_list_command, store_export_command, store_verify_command,
    store_backup_command, store_restore_command, store_redact_command, store_migrate_command;

extern const command report_board_command;
extern const command statistics_command;
extern const command rubric_coverage_command, rubric_mutate_command;

/* Writes the session's messages to standard error, and forgets them. */
void command_print_messages(assay *session);

/* Opens the session and takes --rubric, --columns and --threads into use. ASSAY_FINE, or the
 * status to end with. */
int command_open(assay *session, const call *asked);

/* Whether --output leaves alone what is to be read: operands, the files that options name, and what
 * stands beside them. Before anything is opened for writing. ASSAY_FINE; or ASSAY_REFUSED, and
 * said. */
int command_spare_inputs(assay *session, const call *asked);
