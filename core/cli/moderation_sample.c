#include "cli/moderation.h"
#include "cli/output.h"

static int draw(assay *session, const call *asked, output *out)
{
    const assay_moderation_options options = moderation_options(asked);
    const uint64_t                 seed = asked_number(asked, OPTION_SEED, 0);
    const unsigned flags = asked_flag(asked, OPTION_DRY_RUN) ? ASSAY_SAMPLE_REHEARSE : 0;
    const char    *format = asked_format(asked, "table");

    if (asked_flag(asked, OPTION_PLAN))
        return assay_moderation_plan(session, &options, format, output_write, out);
    return assay_moderation_sample(session, &options, asked_flag(asked, OPTION_SEED) ? &seed : NULL,
                                   flags, format, output_write, out);
}

static int run(assay *session, const call *asked)
{
    output out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    const int status = draw(session, asked, &out);
    return output_close(&out, status == ASSAY_FINE || status == ASSAY_FOUND) ? status
                                                                             : ASSAY_FAILED;
}

const command moderation_sample_command = {
    .noun = "moderation",
    .verb = "sample",
    .summary = "draw the audits that a second person looks at",
    .help =
        "usage: assay moderation sample [OPTION]...\n\n"
        "Draws from the audits of the store that no draw has had yet, by the policy: a random "
        "sample,\n"
        "and beside it every audit that a rule names. Keeps each with its chance and its reasons.\n"
        "Drawing again adds what is new, and never loses or repeats a pick. It names auditors: it "
        "is\n"
        "for whoever runs the moderation.\n\n"
        "      --seed N             the same number draws the same sample; else one of chance, "
        "shown\n"
        "      --month MONTH        audits of a month, as 2026-06\n"
        "      --from DATE          audits of this day and later\n"
        "      --to DATE            audits up to this day\n"
        "      --dry-run            show what would be drawn; keep nothing\n"
        "      --plan               draw nothing; say how many are needed to know what, and what "
        "the\n"
        "                           policy's number can show\n"
        "  -f, --format FORMAT      table (the default), csv or json\n"
        "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
        "\nExit status: 0 drawn; 1 drawn, and a pick has no moderator who may take it; 2 asked\n"
        "wrongly; 3 not read or written.\n\n"
        "example:\n  assay moderation sample --month 2026-06 --policy our-moderation.ini\n",
    .options = TAKES(OPTION_SEED, OPTION_MONTH, OPTION_FROM, OPTION_TO, OPTION_DRY_RUN, OPTION_PLAN,
                     OPTION_FORMAT, OPTION_OUTPUT, TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = run,
};
