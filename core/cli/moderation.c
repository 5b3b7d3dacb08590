#include "cli/moderation.h"

#include "cli/output.h"

assay_moderation_options moderation_options(const call *asked)
{
    return (assay_moderation_options){
        .struct_size = sizeof(assay_moderation_options),
        .policy = asked_text(asked, OPTION_POLICY),
        .moderator = asked_text(asked, OPTION_MODERATOR),
        .pack = asked_text(asked, OPTION_PACK),
        .most = (size_t)asked_number(asked, OPTION_MOST, 0),
        .today = asked_text(asked, OPTION_TODAY),
        .from = asked_text(asked, OPTION_FROM),
        .to = asked_text(asked, OPTION_TO),
        .team = asked_text(asked, OPTION_TEAM),
        .auditor = asked_text(asked, OPTION_AUDITOR),
        .area = asked_text(asked, OPTION_AREA),
        .month = asked_text(asked, OPTION_MONTH),
        .seed = asked_number(asked, OPTION_SEED, 1),
        .flags = asked_flag(asked, OPTION_MORE) ? ASSAY_MORE_COEFFICIENTS : 0,
    };
}

int moderation_show(assay *session, const call *asked, moderation_writer writer, const char *usual)
{
    const assay_moderation_options options = moderation_options(asked);
    output                         out;

    if (!output_open(&out, asked_text(asked, OPTION_OUTPUT)))
        return ASSAY_FAILED;
    const int status = writer(session, &options, asked_format(asked, usual), output_write, &out);
    return output_close(&out, status == ASSAY_FINE) ? status : ASSAY_FAILED;
}
