/* commands.h - the commands there are, and how words name them. */
#pragma once

#include "cli/command.h"

/* The command that the first words name, and in *used how many they are; or NULL. */
const command *commands_find(int count, char **words, int *used);

/* Shows all commands and how to learn more. */
void commands_show(FILE *out);

/* Shows the commands that begin with these words, as `plugin` or `plugin trust`. False, and nothing
 * shown, where there are none. */
bool commands_show_group(FILE *out, int count, char **words);

/* Says on standard error that the words name no command, and which one is near. ASSAY_REFUSED. */
int commands_refuse(int count, char **words);
