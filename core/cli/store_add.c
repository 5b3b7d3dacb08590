#include "cli/command.h"
#include "cli/output.h"

enum { INPUTS_MAX = 1024 };

static int add(assay *session, const call *asked)
{
    assay_input inputs[INPUTS_MAX];
    output      out;

    int status = command_open(session, asked);
    if (status != ASSAY_FINE || !output_open(&out, NULL))
        return status;
    for (int i = 0; i < asked->operand_count; i++)
        inputs[i] = (assay_input){.path = asked->operands[i]};
    status = assay_add_to_store(session, inputs, (size_t)asked->operand_count,
                                asked_text(asked, OPTION_KIND), output_write, &out, NULL);
    return output_close(&out, true) ? status : ASSAY_FAILED;
}

const command store_add_command = {
    .noun = "store",
    .verb = "add",
    .summary = "grade records and keep them; or plans, figures, actions",
    .help =
        "usage: assay store add [OPTION]... FILE...\n\n"
        "Grades audit records, as assay grade does, and keeps them with their grades. Only the\n"
        "fields that rubrics read are kept. The same file again adds nothing; a record that has\n"
        "changed is a new revision, and the old one stays. A file is added whole, but for records\n"
        "that are rejected, or not at all.\n\n"
        "A file with the headings month,planned is of planned audits; month,indicator,value of\n"
        "figures of the workforce; audit_id,what,owner_role,due of actions. Of these a file with "
        "a\n"
        "row that is wrong is not kept.\n\n"
        "      --kind KIND        audits, planned, indicators or actions, whatever the headings\n"
        "      --keep FIELD       keep this field of each record too; may be given again\n"
        "      --store FILE       the store\n"
        "      --who NAME         who you are, as the store will have it\n"
        "  -r, --rubric RUBRIC    grade every record by this rubric: a file, or an id\n"
        "  -c, --columns MAP.ini  how the file's questions and answers are read\n"
        "      --threads N        use N threads, not one a processor\n"
        "      --rubric-path DIR  look for rubrics in DIR too\n"
        "      --plugin-path DIR  look for plugins in DIR too\n"
        "      --lock FILE        the plugins and rubrics that may be used\n"
        "      --isolate MODE     on, require or off, as of assay grade\n"
        "      --plugin-time-limit SECONDS\n"
        "                         how long a plugin may take over a batch (10)\n\n"
        "Exit status: 0 all was kept; 1 something was rejected; 2 nothing was graded, or asked\n"
        "wrongly; 3 a file could not be read, or the store not written.\n\n"
        "example:\n  assay store add audits.csv planned.csv\n",
    .options =
        TAKES(OPTION_STORE, OPTION_WHO, OPTION_KIND, OPTION_KEEP, OPTION_THREADS, TAKES_TO_GRADE),
    .least = 1,
    .most = INPUTS_MAX,
    .run = add,
};
