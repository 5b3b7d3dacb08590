/* Records into the store: each graded, and kept with its grade; a file at a time, or nothing of it. */
#include <search.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/page.h"
#include "api/store_add.h"
#include "base/date.h"
#include "report/row.h"
#include "writing/buffer.h"

enum { REJECTED_TOLD = 200 }; /* of one file, one by one */

/* ---- One batch, as it is to be put --------------------------------------------------- */

typedef struct {
    uint64_t      line;
    const char   *rejected; /* why; NULL: it is kept */
    const rubric *rubric;
    store_audit   audit;
    store_grade   grade; /* without what the rubric has for all its grades */
} row;

typedef struct {
    row               *rows;
    size_t             count;
    const kept_field **fields; /* by name */
    size_t             field_count;
    const kept_field  *child; /* the child's pseudonym; NULL: the file has none */
    arena              memory;
} row_list;

static const char *copy(row_list *list, text value)
{
    return arena_text(&list->memory, value.size > 0 ? value.at : "", value.size);
}

static void hash_part(crypto_generichash_state *state, text value)
{
    uint8_t size[8];

    for (size_t b = 0; b < sizeof size; b++)
        size[b] = (uint8_t)((uint64_t)value.size >> (8 * b));
    crypto_generichash_update(state, size, sizeof size);
    crypto_generichash_update(state, (const unsigned char *)value.at, value.size);
}

/* What the record says: docs/store.md. The order of the file's columns makes no difference. */
static const char *hash_row(row_list *list, const store_audit *audit)
{
    const char *const        own[] = {audit->audit_id,     audit->practice_area, audit->audit_date,
                                      audit->team,         audit->auditor,       audit->child_ref,
                                      audit->auditor_grade};
    crypto_generichash_state state;
    uint8_t                  hash[crypto_generichash_BYTES];
    char                    *shown = arena_array(&list->memory, 2 * sizeof hash + 1, 1);

    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        hash_part(&state, text_of(own[i]));
    for (size_t f = 0; f < audit->fields.count; f++) {
        hash_part(&state, text_of(audit->fields.items[f].name));
        hash_part(&state, text_of(audit->fields.items[f].value));
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    return shown ? sodium_bin2hex(shown, 2 * sizeof hash + 1, hash, sizeof hash) : NULL;
}

static int by_field(const void *a, const void *b)
{
    return strcmp((*(const kept_field *const *)a)->field, (*(const kept_field *const *)b)->field);
}

/* The kept fields by name, the child's pseudonym apart: once a batch. */
static bool sort_fields(row_list *list, const graded_batch *batch)
{
    list->fields = arena_array(&list->memory, batch->kept_count + 1, sizeof *list->fields);
    for (size_t k = 0; list->fields && k < batch->kept_count; k++) {
        const kept_field *kept = &batch->kept[k];
        if (text_same_name(text_of(kept->field), text_of("child_ref")))
            list->child = kept;
        else
            list->fields[list->field_count++] = kept;
    }
    if (list->fields)
        qsort(list->fields, list->field_count, sizeof *list->fields, by_field);
    return list->fields != NULL;
}

/* The cells that the record's rubric reads. */
static bool add_cells(row_list *list, const graded_batch *batch, size_t i, store_audit *out)
{
    const bool *reads = row_group(batch, i)->reads;
    store_pair *pairs = arena_array(&list->memory, list->field_count + 1, sizeof *pairs);
    size_t      count = 0;

    out->child_ref = list->child ? copy(list, list->child->cells[i]) : "";
    if (!pairs || !out->child_ref)
        return false;
    for (size_t f = 0; f < list->field_count; f++) {
        const kept_field *kept = list->fields[f];
        if (!reads[kept - batch->kept])
            continue;
        const char *said = copy(list, kept->cells[i]);
        if (!said)
            return false;
        pairs[count++] = (store_pair){kept->field, said};
    }
    out->fields = (store_pairs){pairs, count};
    return true;
}

static const char *write_date(row_list *list, int32_t day)
{
    char *written = arena_array(&list->memory, DATE_TEXT_SIZE, 1);

    if (written && day != DATE_NONE)
        date_write(day, written);
    return written;
}

static bool add_audit(row_list *list, const graded_batch *batch, size_t i, row *out)
{
    const level given = batch->auditor_grade[i];

    out->audit = (store_audit){
        .audit_id = copy(list, batch->audit_id[i]),
        .practice_area = copy(list, batch->practice_area[i]),
        .audit_date = write_date(list, batch->audit_date[i]),
        .team = copy(list, batch->team[i]),
        .auditor = copy(list, batch->auditor[i]),
        .auditor_grade = given < out->rubric->scale.count ? out->rubric->scale.ids[given] : "",
    };
    if (!out->audit.audit_id || !out->audit.practice_area || !out->audit.audit_date ||
        !out->audit.team || !out->audit.auditor || !add_cells(list, batch, i, &out->audit))
        return false;
    return (out->audit.row_hash = hash_row(list, &out->audit)) != NULL;
}

static bool add_grade(row_list *list, const graded_batch *batch, size_t i, row *out)
{
    const graded_group *group = row_group(batch, i);
    const rubric       *held = out->rubric;
    const size_t        k = batch->place[i];
    const bool          judged = row_judged(batch, i);
    store_pair  *ratings = arena_array(&list->memory, held->criterion_count + 1, sizeof *ratings);
    const char **limits = arena_array(&list->memory, held->criterion_count + 1, sizeof *limits);
    size_t       limit_count = 0;

    if (!ratings || !limits)
        return false;
    for (size_t c = 0; c < held->criterion_count; c++) {
        const char *id = held->criteria[c].id;
        ratings[c] = (store_pair){id, row_rating(held, group->ratings[c][k])};
        if (judged && graded_limited(group, k) && graded_limits(group, k, c))
            limits[limit_count++] = id;
    }
    out->grade = (store_grade){
        .audit_id = out->audit.audit_id,
        .row_hash = out->audit.row_hash,
        .program = assay_version(),
        .judgement = row_judgement(batch, i),
        .score = judged ? (int64_t)graded_score(group, k) : -1,
        .margin = judged ? (int64_t)graded_margin(group, k) : -1,
        .coverage = batch->coverage[i],
        .limited_by = {limits, limit_count},
        .ratings = {ratings, held->criterion_count},
    };
    return true;
}

static bool add_row(row_list *list, const graded_batch *batch, size_t i)
{
    row *out = &list->rows[list->count++];

    *out = (row){.line = batch->line[i]};
    if (batch->status[i] == STATUS_REJECTED)
        return (out->rejected = copy(list, text_of(row_detail(batch, i)))) != NULL;
    if (batch->audit_id[i].size == 0) {
        out->rejected = "audit_id is empty; give each audit an id, so that it can be found again";
        return true;
    }
    out->rubric = row_group(batch, i)->rubric;
    return add_audit(list, batch, i, out) && add_grade(list, batch, i, out);
}

static void list_free(row_list *list)
{
    if (list)
        arena_free(&list->memory);
    free(list);
}

static void *render_rows(void *user, const graded_batch *batch)
{
    row_list *list = calloc(1, sizeof *list);
    (void)user;

    if (!list)
        return NULL;
    list->rows = arena_array(&list->memory, batch->count + 1, sizeof *list->rows);
    bool fine = list->rows && sort_fields(list, batch);
    for (size_t i = 0; fine && i < batch->count; i++)
        fine = add_row(list, batch, i);
    if (fine)
        return list;
    list_free(list);
    return NULL;
}

/* ---- Ids that the file has had ----------------------------------------------------------- */

typedef struct {
    const char *audit_id;
    const char *row_hash;
    uint64_t    line;
} met_id;

static int by_id(const void *a, const void *b)
{
    return strcmp(((const met_id *)a)->audit_id, ((const met_id *)b)->audit_id);
}

static void keep_node(void *node)
{
    (void)node; /* it is in an arena */
}

/* ---- What a rubric has for all its grades --------------------------------------------------- */

typedef struct {
    const rubric *rubric;
    const char   *levels;
    char          hash[TRUST_HASH_TEXT_SIZE];
    const char   *plugin;
    const char   *plugin_hash;
} rubric_facts;

typedef struct {
    assay            *session;
    const char       *file;
    store            *kept;
    bool              begun;
    rubric_facts     *facts;
    size_t            fact_count;
    void             *ids; /* tsearch(3) */
    arena             memory;
    assay_add_totals *totals;
    uint64_t          told;
} addition;

/* One plugin of the rubric's criteria, and the hash of its file. */
static bool add_plugin(addition *to, const manifest *used, buffer *names, buffer *hashes)
{
    uint8_t   hash[TRUST_HASH_SIZE];
    char      shown[TRUST_HASH_TEXT_SIZE];
    const int sealed = loader_seal(used, hash, &to->session->errors);

    if (sealed < 0)
        return false;
    close(sealed);
    trust_hash_to_text(hash, shown);
    buffer_format(names, "%s%s %s", names->size > 0 ? ", " : "", used->id, used->version);
    buffer_format(hashes, "%s%s", hashes->size > 0 ? ", " : "", shown);
    return true;
}

static bool find_plugins(addition *to, rubric_facts *facts)
{
    const rubric *held = facts->rubric;
    buffer        names = {0}, hashes = {0};
    bool          fine = true;

    for (size_t c = 0; fine && c < held->criterion_count; c++) {
        const manifest *used = held->criteria[c].plugin;
        bool            known = used == NULL;
        for (size_t before = 0; before < c; before++)
            known |= held->criteria[before].plugin == used;
        fine = known || add_plugin(to, used, &names, &hashes);
    }
    if (fine && buffer_end(&names) && buffer_end(&hashes)) {
        facts->plugin = arena_text(&to->memory, names.bytes, names.size);
        facts->plugin_hash = arena_text(&to->memory, hashes.bytes, hashes.size);
    }
    buffer_free(&names);
    buffer_free(&hashes);
    return (facts->plugin && facts->plugin_hash) || !fine || error_memory(&to->session->errors);
}

static const rubric_facts *facts_of(addition *to, const rubric *held)
{
    buffer levels = {0};

    for (size_t f = 0; f < to->fact_count; f++)
        if (to->facts[f].rubric == held)
            return &to->facts[f];

    rubric_facts *more = realloc(to->facts, (to->fact_count + 1) * sizeof *more);
    if (!more) {
        error_memory(&to->session->errors);
        return NULL;
    }
    to->facts = more;
    rubric_facts *out = &more[to->fact_count];
    *out = (rubric_facts){.rubric = held};
    trust_hash_to_text(held->hash, out->hash);
    for (size_t l = 0; l < held->scale.count; l++)
        buffer_format(&levels, "%s%s", l > 0 ? "|" : "", held->scale.ids[l]);
    if (buffer_end(&levels))
        out->levels = arena_text(&to->memory, levels.bytes, levels.size);
    buffer_free(&levels);
    if (!out->levels)
        error_memory(&to->session->errors);
    if (!out->levels || !find_plugins(to, out) || !out->plugin)
        return NULL;
    to->fact_count++;
    return out;
}

/* ---- Keeping ---------------------------------------------------------------------------------- */

static void tell_rejected(addition *to, uint64_t line, const char *why)
{
    to->totals->rejected++;
    if (to->told++ < REJECTED_TOLD)
        error_add(&to->session->errors, FAULT_NOTICE, to->file, line, 0, "%s", why);
}

/* Whether the file had the id before: the same row again is passed on, another one is rejected, so that
 * the same file added twice changes nothing. */
static bool meet_id(addition *to, const row *given, bool *rejected)
{
    char    why[120];
    met_id *node = arena_array(&to->memory, 1, sizeof *node);
    char   *id = arena_text(&to->memory, given->audit.audit_id, strlen(given->audit.audit_id));
    char   *hash = arena_text(&to->memory, given->audit.row_hash, strlen(given->audit.row_hash));

    *rejected = false;
    if (!node || !id || !hash)
        return error_memory(&to->session->errors);
    *node = (met_id){id, hash, given->line};
    met_id *const *found = tsearch(node, &to->ids, by_id);
    if (!found)
        return error_memory(&to->session->errors);
    *rejected = *found != node && strcmp((*found)->row_hash, hash) != 0;
    if (*rejected) {
        snprintf(
            why, sizeof why,
            "another audit of this file, on line %llu, has the same audit_id; give each its own",
            (unsigned long long)(*found)->line);
        tell_rejected(to, given->line, why);
    }
    return true;
}

static bool keep_grade(addition *to, row *given)
{
    const rubric_facts *facts = facts_of(to, given->rubric);

    if (!facts)
        return false;
    given->grade.rubric = given->rubric->id;
    given->grade.version = given->rubric->version;
    given->grade.rubric_hash = facts->hash;
    given->grade.plugin = facts->plugin;
    given->grade.plugin_hash = facts->plugin_hash;
    given->grade.levels = facts->levels;
    return store_put_grade(to->kept, &given->grade, NULL, &to->session->errors);
}

static bool keep_row(addition *to, row *given)
{
    store_outcome outcome;
    bool          rejected;

    to->totals->rows++;
    if (given->rejected) {
        tell_rejected(to, given->line, given->rejected);
        return true;
    }
    if (!meet_id(to, given, &rejected))
        return false;
    if (rejected)
        return true;
    if (!store_put_audit(to->kept, &given->audit, &outcome, &to->session->errors))
        return false;
    switch (outcome) {
    case STORE_REDACTED:
        tell_rejected(to, given->line,
                      "this audit was redacted, and is not added again; take it out of the file");
        return true;
    case STORE_ADDED:
        to->totals->added++;
        break;
    case STORE_REVISED:
        to->totals->revised++;
        break;
    case STORE_SAME:
        to->totals->same++;
        break;
    }
    return keep_grade(to, given);
}

static bool deliver_rows(void *user, void *rendered, error_list *errors)
{
    addition *to = user;
    row_list *list = rendered;
    (void)errors; /* those of the session, which only this thread uses now, say it all */

    bool fine = to->begun || (to->begun = store_begin(to->kept, &to->session->errors));
    for (size_t i = 0; fine && i < list->count; i++)
        fine = keep_row(to, &list->rows[i]);
    list_free(list);
    return fine;
}

static void discard_rows(void *user, void *rendered)
{
    (void)user;
    list_free(rendered);
}

/* ---- A file -------------------------------------------------------------------------------------- */

int store_add_audits(assay *session, const assay_input *input, const kept_cells *keep, page *out,
                     assay_add_totals *totals)
{
    assay_add_totals counted = {0};
    grade_totals     graded = {0};
    addition         to = {
                .session = session,
                .file = input->name   ? input->name
                        : input->path ? input->path
                                      : "input",
                .kept = session_store(session, true),
                .totals = &counted,
    };
    const grade_sink sink = {&to, render_rows, deliver_rows, discard_rows};

    if (!to.kept)
        return session_status(session);
    bool ran = session_grade_kept(session, input, 1, NULL, keep, &sink, &graded);
    if (to.begun && ran)
        ran = store_commit(to.kept, &session->errors);
    else
        store_rollback(to.kept);
    if (to.told > REJECTED_TOLD)
        error_add(&session->errors, FAULT_NOTICE, to.file, 0, 0,
                  "%llu more rows were rejected; assay records check shows what is wrong with a "
                  "file",
                  (unsigned long long)(to.told - REJECTED_TOLD));
    tdestroy(to.ids, keep_node);
    free(to.facts);
    arena_free(&to.memory);
    const int status = session_outcome(session, ran, &graded);
    if (!ran)
        return status;
    say_totals(out, to.file, &counted);
    if (graded.insufficient > 0)
        page_say(out, "%s: with insufficient evidence for a judgement %llu\n", to.file,
                 (unsigned long long)graded.insufficient);
    add_totals(totals, &counted);
    return out->failed                                    ? ASSAY_FAILED
           : status == ASSAY_FINE && counted.rejected > 0 ? ASSAY_FOUND
                                                          : status;
}
