/* Rubrics proved, and the records that show it. */
#include <string.h>

#include "api/session.h"
#include "proof/proof.h"
#include "writing/json_text.h"

static assay_proof_options options_of(const assay_proof_options *given)
{
    assay_proof_options options = {.milliseconds = PROOF_MILLISECONDS};

    if (given && given->struct_size >= sizeof *given) {
        options.examples = given->examples;
        options.examples_user = given->examples_user;
        if (given->milliseconds > 0)
            options.milliseconds = given->milliseconds;
    }
    return options;
}

/* ---- Examples ----------------------------------------------------------------------------------- */

/* Makes the record of one example and adds its row, and before the first one the heading; says so where
 * it cannot be made. False where memory is out or grading failed. */
static bool add_example(assay *session, record_maker *maker, const proof *proved, size_t index,
                        made_want *wanted, buffer *csv)
{
    const rubric *held = proved->rubric;
    made_record   made;
    char          id[EXAMPLE_ID_SIZE];

    for (size_t c = 0; c < held->criterion_count; c++)
        wanted[c] = (made_want){.rating = proved->examples[index].ratings[c]};
    if (!record_make(maker, wanted, &made, &session->errors))
        return false;
    proof_example_id(index, id);
    if (made.made) {
        if (csv->size == 0)
            made_record_write_heading(&made, csv);
        made_record_write_row(&made, id, csv);
    } else {
        const criterion *asked = &held->criteria[made.unmade];
        error_add(&session->errors, FAULT_NOTICE, held->file, asked->line, 0,
                  "%s could not be made: no evidence was found that %s gives this rating together "
                  "with the others; write such a record by hand, or take it that there is none",
                  id, asked->measure_name);
    }
    made_record_free(&made);
    return !csv->failed || error_memory(&session->errors);
}

static bool write_examples(assay *session, const proof *proved, const assay_proof_options *options)
{
    const size_t  count = proved->rubric->criterion_count;
    arena         memory = {0};
    buffer        csv = {0};
    caller_write  caller = {options->examples, options->examples_user};
    record_maker *maker = record_maker_new(proved->rubric, session->plugins, session->threads, &session->errors);
    made_want    *wanted = arena_array(&memory, count, sizeof *wanted);
    bool          made = maker && wanted;

    for (size_t e = 0; made && e < proved->example_count; e++)
        made = add_example(session, maker, proved, e, wanted, &csv);
    if (made && csv.size > 0)
        made = caller_writes(&caller, csv.bytes, csv.size);
    else if (!wanted)
        error_memory(&session->errors);
    buffer_free(&csv);
    record_maker_free(maker);
    arena_free(&memory);
    return made;
}

/* ---- One rubric ----------------------------------------------------------------------------------- */

static size_t fault_count(const proof *proved)
{
    size_t count = 0;
    for (size_t i = 0; i < proved->finding_count; i++)
        count += proved->findings[i].gravity == FINDING_FAULT;
    return count;
}

/* Faults are messages: what; what to do (proof-01, proof-02). */
static bool tell_faults(assay *session, const proof *proved)
{
    for (size_t i = 0; i < proved->finding_count; i++) {
        const finding *found = &proved->findings[i];
        buffer         shown = {0};
        if (found->gravity != FINDING_FAULT)
            continue;
        proof_write_examples(found, &shown);
        const bool whole = buffer_end(&shown);
        if (whole)
            error_add(&session->errors, FAULT_RUBRIC, proved->rubric->file, found->line, 0, "%s%s",
                      found->text, shown.bytes);
        buffer_free(&shown);
        if (!whole)
            return error_memory(&session->errors);
    }
    return true;
}

static void write_page(const char *file, const proof *proved, bool json, buffer *page)
{
    const size_t faults = fault_count(proved);

    if (json) {
        buffer_string(page, "{\"file\":");
        json_string(page, text_of(file));
        buffer_string(page, ",\"usable\":true,");
        proof_write_json(proved, page);
        buffer_byte(page, '}');
        return;
    }
    if (faults == 0)
        buffer_format(page, "%s: no faults\n", file);
    else
        buffer_format(page, "%s: %zu %s\n", file, faults, faults == 1 ? "fault" : "faults");
    proof_write_text(proved, page);
}

/* False where memory is out, or the examples could not be made or written. */
static bool prove_read(assay *session, const char *file, const rubric *held,
                       const assay_proof_options *options, bool json, buffer *page)
{
    proof proved;

    if (!proof_make(&proved, held, session->library, options->examples ? session->plugins : NULL,
                    options->milliseconds, &session->errors))
        return false;
    write_page(file, &proved, json, page);
    const bool done = tell_faults(session, &proved) &&
                      (!options->examples || write_examples(session, &proved, options));
    proof_free(&proved);
    return done;
}

/* A rubric that cannot be read, or whose plugin is not there to say what it gives, proves nothing. */
static bool prove_one(assay *session, const char *file, const assay_proof_options *options,
                      bool json, buffer *page)
{
    const rubric_context context = library_context(session->library, session->plugins);
    rubric              *held = rubric_read(file, &context, &session->errors);
    bool                 done = true;

    if (held && held->unusable)
        error_add(&session->errors, FAULT_PLUGIN, held->file, 0, 0, "%s", held->unusable);
    if (held && !held->unusable) {
        done = prove_read(session, file, held, options, json, page);
    } else if (json) {
        buffer_string(page, "{\"file\":");
        json_string(page, text_of(file));
        buffer_string(page, ",\"usable\":false}");
    }
    rubric_free(held);
    return done;
}

static bool may_prove(assay *session, size_t count, const assay_proof_options *options,
                      const char *format)
{
    if (!session_is_open(session))
        return false;
    if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "\"%s\" is not a format of lint; take text or json", format);
        return false;
    }
    if (options->examples && count != 1) {
        error_add(&session->errors, FAULT_USAGE, NULL, 0, 0,
                  "examples are made for one rubric at a time; name one");
        return false;
    }
    return true;
}

int assay_prove_rubrics(assay *session, const char *const *files, size_t count,
                        const assay_proof_options *options, const char *format, assay_write write,
                        void *user)
{
    const assay_proof_options chosen = options_of(options);
    caller_write              caller = {write, user};
    buffer                    page = {0};

    if (!may_prove(session, count, &chosen, format))
        return ASSAY_REFUSED;
    const bool json = strcmp(format, "json") == 0;
    bool       proved = true;
    buffer_string(&page, json ? "[" : "");
    for (size_t i = 0; proved && i < count; i++) {
        buffer_string(&page, json && i > 0 ? "," : "");
        proved = prove_one(session, files[i], &chosen, json, &page);
    }
    buffer_string(&page, json ? "]\n" : "");
    if (page.failed)
        error_memory(&session->errors);
    const bool written =
        !page.failed && (page.size == 0 || caller_writes(&caller, page.bytes, page.size));
    buffer_free(&page);
    const int status = session_status(session);
    if (!written || !proved)
        return status == ASSAY_REFUSED ? status : ASSAY_FAILED;
    return status == ASSAY_REFUSED ? ASSAY_FOUND : status;
}
