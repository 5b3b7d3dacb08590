/* moderation.h - what the commands of moderation have in common. */
#pragma once

#include "cli/command.h"

/* The options that every one of them takes, and their part of its help. */
#define TAKES_TO_MODERATE OPTION_STORE, OPTION_WHO, OPTION_POLICY, OPTION_TODAY
#define HELP_TO_MODERATE                                                                           \
    "      --store FILE         the store (else ASSAY_STORE, else assay/assay.db in the data "     \
    "folder)\n"                                                                                    \
    "      --who NAME           who does this (else ASSAY_WHO, else the login name)\n"             \
    "      --policy FILE        the policy (else ASSAY_POLICY, else the one that came with "       \
    "assay)\n"                                                                                     \
    "      --today DATE         as if it were that day\n"

assay_moderation_options moderation_options(const call *asked);

/* One of the library's calls that write what they found. */
typedef int (*moderation_writer)(assay *session, const assay_moderation_options *options,
                                 const char *format, assay_write write, void *user);

/* Has `writer` write, in the format that was asked for or `usual`, to where --output says; gives the
 * status to end with. */
int moderation_show(assay *session, const call *asked, moderation_writer writer, const char *usual);
