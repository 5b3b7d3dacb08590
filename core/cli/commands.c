#include "cli/commands.h"

#include <string.h>

static const command *const commands[] = {
    &grade_command,
    &explain_command,
    &diff_command,
    &regrade_command,
    &baseline_save_command,
    &baseline_check_command,
    &baseline_accept_command,
    &verify_command,
    &records_check_command,
    &rubric_lint_command,
    &rubric_show_command,
    &rubric_list_command,
    &rubric_test_command,
    &rubric_coverage_command,
    &rubric_mutate_command,
    &moderation_sample_command,
    &moderation_pack_command,
    &moderation_import_command,
    &moderation_compare_command,
    &moderation_actions_command,
    &moderation_status_command,
    &moderation_agreement_command,
    &moderation_severity_command,
    &moderation_estimate_command,
    &forecast_command,
    &report_board_command,
    &plugin_list_command,
    &plugin_info_command,
    &plugin_check_command,
    &plugin_new_command,
    &plugin_trust_add_command,
    &plugin_trust_list_command,
    &plugin_trust_remove_command,
    &plugin_verify_command,
    &store_init_command,
    &store_add_command,
    &store_list_command,
    &store_export_command,
    &store_verify_command,
    &store_backup_command,
    &store_restore_command,
    &store_redact_command,
    &store_migrate_command,
    &statistics_command,
};

enum { COMMANDS = sizeof commands / sizeof commands[0], NAME_ROOM = 64 };

/* How many of the command's words the given ones begin with; *rest is its name from there on: ""
 * where they name all of it. `name` has NAME_ROOM. */
static int words_matched(const command *known, int count, char **words, char *name,
                         const char **rest)
{
    int matched = 0;

    snprintf(name, NAME_ROOM, "%s%s%s", known->noun, known->verb ? " " : "",
             known->verb ? known->verb : "");
    for (*rest = name; **rest && matched < count; matched++) {
        const size_t size = strcspn(*rest, " ");
        if (strlen(words[matched]) != size || memcmp(words[matched], *rest, size) != 0)
            break;
        *rest += size + strspn(*rest + size, " ");
    }
    return matched;
}

const command *commands_find(int count, char **words, int *used)
{
    char        name[NAME_ROOM];
    const char *rest;

    for (size_t i = 0; i < COMMANDS; i++) {
        *used = words_matched(commands[i], count, words, name, &rest);
        if (!*rest)
            return commands[i];
    }
    return NULL;
}

static void show_line(FILE *out, const command *known)
{
    fprintf(out, "  assay %-8s %-12s  %s\n", known->noun, known->verb ? known->verb : "",
            known->summary);
}

void commands_show(FILE *out)
{
    fputs("assay grades audits of case files against a rubric.\n\nusage: assay COMMAND ...\n\n",
          out);
    for (size_t i = 0; i < COMMANDS; i++)
        show_line(out, commands[i]);
    fputs("\nassay COMMAND --help shows a command's options and an example.\n"
          "assay --version shows the version.\n\n"
          "example:\n  assay grade audits.csv\n",
          out);
}

bool commands_show_group(FILE *out, int count, char **words)
{
    char        name[NAME_ROOM];
    const char *rest;
    bool        shown = false;

    for (size_t i = 0; i < COMMANDS; i++) {
        if (count == 0 || words_matched(commands[i], count, words, name, &rest) < count)
            continue;
        if (!shown)
            fprintf(out, "usage: assay %.*sCOMMAND ...\n\n", (int)(rest - name), name);
        show_line(out, commands[i]);
        shown = true;
    }
    if (shown)
        fputs("\nWith --help each shows its options and an example.\n", out);
    return shown;
}

/* ---- Words that name no command ----------------------------------------------------- */

/* Whether one may be meant by the other: its beginning, or all but two letters that stand together
 * are the same, and those that are the same are more. */
static bool is_near(const char *given, const char *word, size_t word_size)
{
    const size_t given_size = strlen(given);
    const size_t shorter = given_size < word_size ? given_size : word_size;
    const size_t longer = given_size < word_size ? word_size : given_size;
    size_t       head = 0, tail = 0;

    while (head < shorter && given[head] == word[head])
        head++;
    while (head + tail < shorter && given[given_size - 1 - tail] == word[word_size - 1 - tail])
        tail++;
    const size_t different = longer - head - tail;
    return (given_size > 0 && head == given_size) || (different <= 2 && head + tail > different);
}

int commands_refuse(int count, char **words)
{
    char        name[NAME_ROOM], near[NAME_ROOM] = "";
    const char *rest;
    int         most = 0;

    for (size_t i = 0; i < COMMANDS; i++) {
        const int    matched = words_matched(commands[i], count, words, name, &rest);
        const size_t size = strcspn(rest, " ");
        if (matched > most) {
            most = matched;
            *near = '\0';
        }
        if (matched == most && matched < count && !*near && is_near(words[matched], rest, size))
            snprintf(near, sizeof near, "%.*s", (int)((size_t)(rest - name) + size), name);
    }
    fputs("assay: \"", stderr);
    for (int i = 0; i <= most && i < count; i++)
        fprintf(stderr, "%s%s", i > 0 ? " " : "", words[i]);
    fputs("\" is not a command; ", stderr);
    if (*near)
        fprintf(stderr, "did you mean assay %s? Else ", near);
    fputs("assay --help lists those there are\n", stderr);
    return ASSAY_REFUSED;
}
