#include "cli/moderation.h"
#include "cli/output.h"

static int run(assay *session, const call *asked)
{
    const assay_moderation_options options = moderation_options(asked);
    output                         out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    const int status = assay_forecast(session, &options, asked_text(asked, OPTION_TARGET),
                                      asked_text(asked, OPTION_BY), asked_format(asked, "table"),
                                      output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}

const command forecast_command = {
    .noun = "forecast",
    .summary = "when the target will be reached, and how sure",
    .help = "usage: assay forecast --target TARGET [OPTION]...\n\n"
            "Follows the share of good or better by month, corrected by moderation, and says how "
            "likely it is\n"
            "to be at the target by each board's date, and what gain a month it would take. A "
            "target is a\n"
            "local one: Ofsted has no rule about a share of good audits. With too few months it "
            "says so.\n"
            "docs/forecast.md says when to trust it.\n\n"
            "      --target TARGET      such as \"good or better >= 70%\"\n"
            "      --by DATES           the boards, several with a comma (the next three, six "
            "weeks apart)\n"
            "      --from DATE          audits of this day and later\n"
            "      --to DATE            audits up to this day\n"
            "      --team NAME          audits of one team\n"
            "      --area ID            audits of one practice area\n"
            "  -f, --format FORMAT      table (the default), csv or json\n"
            "  -o, --output FILE        write to FILE instead of standard output\n" HELP_TO_MODERATE
            "\nExit status: 0 written; 2 asked wrongly; 3 not read or written.\n\n"
            "example:\n  assay forecast --target \"good or better >= 70%\" --by 31/03/2027\n",
    .options = TAKES(OPTION_TARGET, OPTION_BY, OPTION_FROM, OPTION_TO, OPTION_TEAM, OPTION_AREA,
                     OPTION_FORMAT, OPTION_OUTPUT, TAKES_TO_MODERATE),
    .least = 0,
    .most = 0,
    .run = run,
};
