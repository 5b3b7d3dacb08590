/* baseline.c - a baseline saved, checked and accepted. */
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "regression/baseline_page.h"
#include "regression/lists.h"

/* ---- What made it ------------------------------------------------------------------------- */

/* The rubrics that verdicts are by, in the order met. */
typedef struct {
    const yardstick **by;
    const rubric    **rubrics;
    size_t            count;
    size_t            room;
} used_rubrics;

static bool use(used_rubrics *all, const yardstick *by)
{
    if (!by)
        return true;
    for (size_t u = all->count; u-- > 0;)
        if (all->by[u] == by)
            return true;
    if (all->count == all->room) {
        const size_t      room = all->room * 2 + 16;
        const yardstick **more = realloc(all->by, room * sizeof *more);
        if (more)
            all->by = more;
        const rubric **others = realloc(all->rubrics, room * sizeof *others);
        if (others)
            all->rubrics = others;
        if (!more || !others)
            return false;
        all->room = room;
    }
    all->by[all->count] = by;
    all->rubrics[all->count++] = by->rubric;
    return true;
}

static bool use_all(used_rubrics *all, const verdict *const *verdicts, size_t count)
{
    for (size_t r = 0; r < count; r++)
        if (!use(all, verdicts[r]->by))
            return false;
    return true;
}

static void used_free(used_rubrics *all)
{
    free(all->by);
    free(all->rubrics);
}

/* ---- Keys ------------------------------------------------------------------------------------ */

/* What shows that a key is the one that was used, and gives nothing of it away. */
static void check_of_key(const uint8_t key[BASELINE_KEY_SIZE], uint8_t out[BASELINE_KEY_SIZE])
{
    static const unsigned char words[] = "assay baseline key";
    crypto_generichash(out, BASELINE_KEY_SIZE, words, sizeof words, key, BASELINE_KEY_SIZE);
}

static bool right_key(const baseline *of, const uint8_t *own, const uint8_t **key,
                      error_list *errors)
{
    uint8_t check[BASELINE_KEY_SIZE];

    *key = of->key;
    if (!of->key_elsewhere)
        return true;
    if (own)
        check_of_key(own, check);
    if (!own || sodium_memcmp(check, of->key, sizeof check) != 0) {
        error_add(errors, FAULT_USAGE, of->path, 0, 0,
                  own ? "was made with another key; name that one with --key"
                      : "was made with a key of its own; name its file with --key");
        return false;
    }
    *key = own;
    return true;
}

/* ---- Saving ----------------------------------------------------------------------------------- */

static bool write_records(const baseline_grading *by, const verdict *const *verdicts, size_t count,
                          const uint8_t *key, bool key_elsewhere, const char *const *fields,
                          size_t field_count, const baseline *before, const char *const *history,
                          size_t history_count, report_write write, void *user, error_list *errors)
{
    used_rubrics  used = {0};
    origin_list   made_by = {0};
    uint8_t       check[BASELINE_KEY_SIZE];
    bool          fine = use_all(&used, verdicts, count) || error_memory(errors);
    baseline_head *heads = calloc(used.count + 1, sizeof *heads);
    char(*hashes)[ORIGIN_HASH_TEXT_SIZE] = calloc(used.count + 1, sizeof *hashes);
    const rubric **live = calloc(used.count + 1, sizeof *live);
    size_t         live_count = 0;

    if (fine && (!heads || !hashes || !live))
        fine = error_memory(errors);
    for (size_t u = 0; fine && u < used.count; u++) {
        heads[u] = (baseline_head){.by = used.by[u], .hash = hashes[u]};
        if (used.rubrics[u]) {
            live[live_count++] = used.rubrics[u];
            heads[u].area = used.rubrics[u]->practice_area;
            sodium_bin2hex(hashes[u], sizeof hashes[u], used.rubrics[u]->hash,
                           sizeof used.rubrics[u]->hash);
        }
        for (size_t r = 0; before && r < before->rubric_count; r++)
            if (&before->rubrics[r].by == used.by[u]) {
                heads[u].area = before->rubrics[r].area;
                memcpy(hashes[u], before->rubrics[r].hash, sizeof hashes[u]);
            }
    }
    fine = fine && origin_add_rubrics(&made_by, live, live_count, errors);
    for (size_t i = 0; fine && i < by->inputs->count; i++) {
        const record_source *source = &by->inputs->sources[i];
        fine = origin_add_input(&made_by, source->name ? source->name : source->path, source->path,
                                source->bytes, source->size, errors);
    }
    if (fine) {
        check_of_key(key, check);
        fine = baseline_write(&(baseline_contents){.version = by->version,
                                                   .rubrics = heads,
                                                   .rubric_count = used.count,
                                                   .made_by = &made_by,
                                                   .key = key,
                                                   .key_check = key_elsewhere ? check : NULL,
                                                   .fields = fields,
                                                   .field_count = field_count,
                                                   .records = verdicts,
                                                   .record_count = count,
                                                   .history = history,
                                                   .history_count = history_count},
                              write, user);
    }
    origin_free(&made_by);
    used_free(&used);
    free(heads);
    free(hashes);
    free(live);
    return fine;
}

static void note_ids(const verdict *const *verdicts, size_t count, error_list *errors)
{
    size_t repeated = 0, empty = 0;

    for (size_t r = 0; r < count; r++) {
        empty += !*verdicts[r]->audit_id;
        repeated += r > 0 && *verdicts[r]->audit_id &&
                    strcmp(verdicts[r - 1]->audit_id, verdicts[r]->audit_id) == 0;
    }
    if (repeated > 0)
        error_add(errors, FAULT_NOTICE, NULL, 0, 0,
                  "%zu record%s an audit_id that stands before; they are told apart by the order in "
                  "which they stand: give each audit an id of its own",
                  repeated, repeated == 1 ? " has" : "s have");
    if (empty > 0)
        error_add(errors, FAULT_NOTICE, NULL, 0, 0,
                  "%zu record%s no audit_id; they are told apart by the order in which they stand: "
                  "give each audit an id",
                  empty, empty == 1 ? " has" : "s have");
}

/* The fields whose cells are hashed: what the rubrics read that may grade. */
static const char **fields_of(const grading_side *side, size_t *count)
{
    return side->rubric
               ? origin_fields(&side->rubric, 1, count)
               : origin_fields((const rubric *const *)side->library->rubrics,
                               side->library->rubric_count, count);
}

bool baseline_save(const baseline_grading *by, grade_totals *totals, report_write write, void *user,
                   error_list *errors)
{
    verdict_list list = {0};
    uint8_t      key[BASELINE_KEY_SIZE];
    size_t       field_count;
    const char **fields = fields_of(by->side, &field_count);

    randombytes_buf(key, sizeof key);
    if (by->key)
        memcpy(key, by->key, sizeof key);
    bool fine = (fields || error_memory(errors)) &&
                verdicts_grade(&list, by->side, by->inputs,
                               &(row_hashing){key, fields, field_count}, totals, errors);
    const verdict **verdicts = fine ? verdicts_order(&list) : NULL;
    if (fine && !verdicts)
        fine = error_memory(errors);
    if (fine)
        note_ids(verdicts, list.count, errors);
    fine = fine && write_records(by, verdicts, list.count, key, by->key != NULL, fields, field_count,
                                 NULL, NULL, 0, write, user, errors);
    free(verdicts);
    free(fields);
    verdicts_free(&list);
    return fine;
}

/* ---- Checking ------------------------------------------------------------------------------------ */

/* A line "plugin ID VERSION HASH" of the head, as it stands in the file, held against what is now. */
static void note_other(const baseline *of, const char *line, const origin_list *now,
                       error_list *errors)
{
    const char *cells[4] = {line, "", "", ""};
    size_t      count = 1;

    for (const char *at = line; *at && count < 4; at++)
        if (*at == '\t')
            cells[count++] = at + 1;
    for (origin_kind kind = ORIGIN_PLUGIN; kind <= ORIGIN_CALENDAR; kind++) {
        const char  *name = origin_kind_name(kind);
        const size_t size = strcspn(cells[1], "\t");
        char         hash[ORIGIN_HASH_TEXT_SIZE];
        if (strncmp(line, name, strlen(name)) != 0 || count < 4)
            continue;
        for (size_t i = 0; i < now->count; i++) {
            const origin_item *item = &now->items[i];
            if (item->kind != kind || strlen(item->id) != size ||
                memcmp(item->id, cells[1], size) != 0)
                continue;
            sodium_bin2hex(hash, sizeof hash, item->hash, sizeof item->hash);
            if (strcmp(hash, cells[3]) != 0)
                error_add(errors, FAULT_NOTICE, of->path, 0, 0,
                          "the %s %s is another than then: sha256 %.12s then, %.12s now", name,
                          item->id, cells[3], hash);
        }
    }
}

/* Of a list that was graded. */
static bool use_list(used_rubrics *all, const verdict_list *list)
{
    for (size_t b = 0; b < list->block_count; b++)
        for (size_t u = 0; u < list->blocks[b]->by_count; u++)
            if (!use(all, list->blocks[b]->by[u]))
                return false;
    return true;
}

static bool note_changes(const baseline *of, const verdict_list *list, error_list *errors)
{
    used_rubrics used = {0};
    origin_list  now = {0};
    bool         fine = use_list(&used, list) || error_memory(errors);

    fine = fine && origin_add_rubrics(&now, used.rubrics, used.count, errors);
    for (size_t u = 0; fine && u < used.count; u++) {
        const rubric *is = used.rubrics[u];
        const baseline_rubric *was = NULL;
        char                   hash[ORIGIN_HASH_TEXT_SIZE];
        bool                   same = false;
        sodium_bin2hex(hash, sizeof hash, is->hash, sizeof is->hash);
        for (size_t r = 0; r < of->rubric_count; r++)
            if (strcmp(of->rubrics[r].by.id, is->id) == 0) {
                was = &of->rubrics[r];
                same |= strcmp(was->hash, hash) == 0;
            }
        if (!was)
            error_add(errors, FAULT_NOTICE, is->file, 0, 0,
                      "this rubric, %s, graded nothing of the baseline", is->id);
        else if (!same)
            error_add(errors, FAULT_NOTICE, is->file, 0, 0,
                      "the rubric %s is another than then: version %s, sha256 %.12s then, version %s, "
                      "sha256 %.12s now",
                      is->id, was->by.version, was->hash, is->version, hash);
    }
    for (size_t o = 0; fine && o < of->other_count; o++)
        note_other(of, of->others[o], &now, errors);
    origin_free(&now);
    used_free(&used);
    return fine;
}

/* The rest of a baseline is read while its records are graded; once it is read, the two are paired while
 * the rest of the records is graded. */
typedef struct {
    baseline    *of;
    error_list   errors;
    bool         read;
    atomic_bool  ready; /* all of it was read, and is as it was written */
    bool         begun;
    list_pairing pairing;
    diff        *out;
    const char  *name; /* of what grades now */
    verdict_list *list;
} checking;

static void *read_rest(void *user)
{
    checking *at = user;

    at->read = baseline_finish(at->of, &at->errors);
    atomic_store(&at->ready, at->read);
    return NULL;
}

static void pair_graded(void *user)
{
    checking *at = user;

    if (!atomic_load(&at->ready))
        return;
    if (!at->begun)
        pairing_begin(&at->pairing, at->out, at->of->path, &at->of->list, at->name, at->list,
                      &(diff_options){0});
    at->begun = true;
    pairing_go_on(&at->pairing);
}

/* Where the baseline is not as it was written that is all there is to say. */
static bool read_and_grade(checking *at, const baseline_grading *by, const uint8_t *key,
                           grade_totals *totals, error_list *errors)
{
    error_list grading = {0};
    pthread_t  thread;
    const bool beside = pthread_create(&thread, NULL, read_rest, at) == 0;

    if (!beside)
        read_rest(at);
    const bool graded = verdicts_grade_watched(
        at->list, by->side, by->inputs, &(row_hashing){key, at->of->fields, at->of->field_count},
        &(list_watch){pair_graded, at}, totals, &grading);
    if (beside)
        pthread_join(thread, NULL);
    error_append(errors, at->read ? &grading : &at->errors);
    error_clear(&grading);
    error_clear(&at->errors);
    return at->read && graded;
}

bool baseline_compare(baseline *of, const baseline_grading *by, verdict_list *list, diff *out,
                      grade_totals *totals, error_list *errors)
{
    checking       at = {.of = of, .out = out, .name = by->side->name, .list = list};
    const uint8_t *key;

    if (!right_key(of, by->key, &key, errors))
        return false;
    const bool graded = read_and_grade(&at, by, key, totals, errors);
    if (graded)
        pair_graded(&at);
    const bool paired = at.begun && (pairing_end(&at.pairing) || error_memory(errors));
    return graded && paired && note_changes(of, list, errors);
}

/* ---- Accepting ------------------------------------------------------------------------------------ */

/* Whether an id is one of "A-1,A-2". */
static bool is_listed(const char *list, const char *id)
{
    const size_t size = strlen(id);

    for (; *list; list += strcspn(list, ","), list += *list == ',')
        if (strcspn(list, ",") == size && memcmp(list, id, size) == 0)
            return true;
    return false;
}

static bool has_id(const verdict_list *list, const char *id, size_t size)
{
    size_t hint = 0;

    for (size_t i = 0; i < list->count; i++) {
        const verdict *of = verdict_at(list, i, &hint);
        if (strlen(of->audit_id) == size && memcmp(of->audit_id, id, size) == 0)
            return true;
    }
    return false;
}

static bool know_ids(const char *only, const verdict_list *before, const verdict_list *now,
                     error_list *errors)
{
    for (; only && *only; only += strcspn(only, ","), only += *only == ',') {
        const size_t size = strcspn(only, ",");
        if (size > 0 && !has_id(now, only, size) && !has_id(before, only, size)) {
            error_add(errors, FAULT_USAGE, NULL, 0, 0,
                      "no record has the audit_id \"%.*s\"; assay baseline check lists what moved",
                      (int)size, only);
            return false;
        }
    }
    return true;
}

/* What the baseline holds from now on: the new verdict of what is accepted, the old one of the rest. */
static const verdict **accepted(const verdict_list *before, const verdict_list *now,
                                const char *only, size_t *count)
{
    const verdict **old = verdicts_order(before), **fresh = verdicts_order(now);
    const verdict **made = calloc(before->count + now->count + 1, sizeof *made);
    size_t          i = 0, j = 0;

    *count = 0;
    while (old && fresh && made && (i < before->count || j < now->count)) {
        const int order = i == before->count ? 1
                          : j == now->count  ? -1
                                             : strcmp(old[i]->audit_id, fresh[j]->audit_id);
        const char *id = order <= 0 ? old[i]->audit_id : fresh[j]->audit_id;
        const bool  taken = !only || is_listed(only, id);
        if (order <= 0 && !taken)
            made[(*count)++] = old[i];
        if (order >= 0 && taken)
            made[(*count)++] = fresh[j];
        i += order <= 0;
        j += order >= 0;
    }
    if (!old || !fresh) {
        free(made);
        made = NULL;
    }
    free(old);
    free(fresh);
    return made;
}

typedef struct {
    const char **lines;
    size_t       count;
    size_t       room;
    arena        memory;
    bool         failed;
} history;

static void add_history(history *to, buffer *line)
{
    if (to->count == to->room) {
        const size_t room = to->room * 2 + 64;
        const char **more = realloc(to->lines, room * sizeof *more);
        if (!more) {
            to->failed = true;
            return;
        }
        to->lines = more;
        to->room = room;
    }
    to->lines[to->count] = arena_text(&to->memory, line->bytes, line->size);
    to->failed |= line->failed || !to->lines[to->count];
    to->count++;
    line->size = 0;
}

static void history_line(history *to, const char *what, const char *id, const char *before,
                         const char *after, buffer *line)
{
    buffer_string(line, what);
    buffer_byte(line, '\t');
    baseline_escaped(line, id);
    buffer_byte(line, '\t');
    buffer_string(line, before);
    buffer_string(line, " -> ");
    buffer_string(line, after);
    add_history(to, line);
}

/* Who, when and why; then each record, before and after. */
static void write_history(history *to, const baseline *of, const diff *found,
                          const baseline_accepting *how)
{
    buffer    line = {0};
    struct tm utc;
    char      when[32] = "";

    for (size_t h = 0; h < of->history_count; h++) {
        buffer_string(&line, of->history[h]);
        add_history(to, &line);
    }
    if (gmtime_r(&how->when, &utc))
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    buffer_string(&line, "accepted\t");
    buffer_string(&line, when);
    buffer_byte(&line, '\t');
    baseline_escaped(&line, how->who);
    buffer_byte(&line, '\t');
    baseline_escaped(&line, how->reason);
    add_history(to, &line);
    for (size_t m = 0; m < found->move_count; m++)
        if (found->moves[m].moved && (!how->only || is_listed(how->only, found->moves[m].to.audit_id)))
            history_line(to, found->moves[m].changed ? "changed" : "moved",
                         found->moves[m].to.audit_id, found->moves[m].from.word,
                         found->moves[m].to.word, &line);
    for (size_t i = 0; i < found->only_a_count; i++)
        if (!how->only || is_listed(how->only, found->only_a[i].audit_id))
            history_line(to, "removed", found->only_a[i].audit_id, found->only_a[i].word, "", &line);
    for (size_t i = 0; i < found->only_b_count; i++)
        if (!how->only || is_listed(how->only, found->only_b[i].audit_id))
            history_line(to, "added", found->only_b[i].audit_id, "", found->only_b[i].word, &line);
    buffer_free(&line);
}

bool baseline_accept(baseline *of, const baseline_grading *by, const baseline_accepting *how,
                     grade_totals *totals, report_write write, void *user, error_list *errors)
{
    verdict_list   list = {0};
    diff           found = {0};
    history        kept = {0};
    size_t         count = 0;
    const verdict **verdicts = NULL;
    const uint8_t  *key;
    bool fine = baseline_compare(of, by, &list, &found, totals, errors) &&
                know_ids(how->only, &of->list, &list, errors) &&
                right_key(of, by->key, &key, errors);

    if (fine) {
        verdicts = accepted(&of->list, &list, how->only, &count);
        write_history(&kept, of, &found, how);
        fine = (verdicts && !kept.failed) || error_memory(errors);
    }
    fine = fine && write_records(by, verdicts, count, key, of->key_elsewhere, of->fields,
                                 of->field_count, of, kept.lines, kept.count, write, user, errors);
    free(verdicts);
    free(kept.lines);
    arena_free(&kept.memory);
    diff_free(&found);
    verdicts_free(&list);
    return fine;
}
