/* All proofs of a rubric, one after the other, and what they found. */
#include "proof/proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proof/prove.h"

const char *finding_kind_name(finding_kind kind)
{
    static const char *const names[] = {
#define X(name, written) [KIND_##name] = written,
        FINDING_KINDS(X)
#undef X
    };
    return names[kind];
}

/* ---- Findings ------------------------------------------------------------------------------------ */

static bool grow(arena *memory, void **items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return true;
    const size_t more = *room == 0 ? 16 : *room * 2;
    void        *larger = arena_array(memory, more, size);
    if (larger == NULL)
        return false;
    if (count > 0)
        memcpy(larger, *items, count * size);
    *items = larger;
    *room = more;
    return true;
}

bool prove_find(proving *at, finding_kind kind, finding_gravity gravity, uint64_t line,
                const char *format, ...)
{
    proof  *out = at->out;
    va_list values;

    va_start(values, format);
    const int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length < 0)
        return false;
    char *written = arena_array(&out->memory, (size_t)length + 1, 1);
    if (written == NULL || !grow(&out->memory, (void **)&out->findings, out->finding_count,
                                 &at->finding_room, sizeof *out->findings))
        return false;
    va_start(values, format);
    vsnprintf(written, (size_t)length + 1, format, values);
    va_end(values);
    out->findings[out->finding_count++] =
        (finding){.kind = kind, .gravity = gravity, .line = line, .text = written};
    return true;
}

bool prove_show(proving *at, const uint8_t *ratings)
{
    proof   *out = at->out;
    uint8_t *copy = arena_array(&out->memory, at->rubric->criterion_count, 1);

    if (copy == NULL || !grow(&out->memory, (void **)&out->examples, out->example_count,
                              &at->example_room, sizeof *out->examples))
        return false;
    memcpy(copy, ratings, at->rubric->criterion_count);
    out->examples[out->example_count++] = (proof_example){
        .finding = out->finding_count - 1,
        .ratings = copy,
        .judged = judge_record(at->rubric, copy),
    };
    out->findings[out->finding_count - 1].example_count++;
    return true;
}

bool prove_yes(proving *at, proof_topic topic, search_answer answer)
{
    at->undecided[topic] |= answer == SEARCH_UNDECIDED || answer == SEARCH_NO_MEMORY;
    at->no_memory |= answer == SEARCH_NO_MEMORY;
    return answer == SEARCH_YES;
}

/* ---- Order ------------------------------------------------------------------------------------------ */

static bool comes_before(const finding *a, const finding *b)
{
    if (a->gravity != b->gravity)
        return a->gravity < b->gravity;
    return a->line < b->line;
}

/* Examples take their numbers from the order of the findings. */
static bool sort(proof *out)
{
    size_t        *was = arena_array(&out->memory, out->finding_count + 1, sizeof *was);
    proof_example *examples = arena_array(&out->memory, out->example_count + 1, sizeof *examples);
    size_t         count = 0;

    if (was == NULL || examples == NULL)
        return false;
    for (size_t i = 0; i < out->finding_count; i++) {
        const finding moved = out->findings[i];
        size_t        at = i;
        for (; at > 0 && comes_before(&moved, &out->findings[at - 1]); at--) {
            out->findings[at] = out->findings[at - 1];
            was[at] = was[at - 1];
        }
        out->findings[at] = moved;
        was[at] = i;
    }
    for (size_t i = 0; i < out->finding_count; i++) {
        out->findings[i].example_first = count;
        for (size_t e = 0; e < out->example_count; e++)
            if (out->examples[e].finding == was[i]) {
                examples[count] = out->examples[e];
                examples[count++].finding = i;
            }
    }
    out->examples = examples;
    return true;
}

/* ---- All of them --------------------------------------------------------------------------------------- */

static bool find_undecided(proving *at, unsigned milliseconds)
{
    static const char *const topics[] = {
#define X(name, words) [TOPIC_##name] = words,
        PROOF_TOPICS(X)
#undef X
    };
    buffer list = {0};

    for (size_t t = 0; t < TOPIC_COUNT; t++)
        if (at->undecided[t])
            buffer_format(&list, "%s%s", list.size > 0 ? ", " : "", topics[t]);
    bool found = true;
    if (list.size > 0)
        found =
            buffer_end(&list) &&
            prove_find(at, KIND_UNDECIDED, FINDING_UNDECIDED, 0,
                       "not decided within %u.%u s: whether %s; what is said of these holds, and "
                       "may not be all",
                       milliseconds / 1000, milliseconds % 1000 / 100, list.bytes);
    buffer_free(&list);
    return found;
}

static bool prove_judgements(proving *at)
{
    if (!at->rubric->overall)
        return prove_missing(at);
    return prove_levels(at) && prove_monotone(at) && prove_blanks(at) && prove_moves(at) &&
           prove_thresholds(at) && prove_requirements(at) && prove_limits(at) &&
           prove_missing(at) && prove_weights(at);
}

static void leave_undecided(proving *at)
{
    for (size_t t = 0; t < TOPIC_COUNT; t++)
        at->undecided[t] = at->rubric->overall;
}

static bool prove_with(proving *at, search *used, const domain *paired, search *beside)
{
    bool proved = false;

    if (!asker_make(&at->asker, at->domain, used))
        return false;
    if (asker_make(&at->moving, paired, beside)) {
        proved = prove_judgements(at) && !at->no_memory;
        asker_free(&at->moving);
    }
    asker_free(&at->asker);
    return proved;
}

/* The proofs that search; false where memory is out. */
static bool prove_by_search(proving *at, domain *held, unsigned milliseconds)
{
    const struct timespec ends = search_end(milliseconds);
    domain                paired;
    bool                  too_many = false, are_paired, proved = false;

    if (!domain_pair(&paired, held, &are_paired))
        return false;
    at->undecided[TOPIC_MONOTONE] = at->undecided[TOPIC_MOVES] = !are_paired && at->rubric->overall;
    search *used = search_new(held, &ends, &too_many);
    search *beside = used != NULL ? search_new(&paired, &ends, &too_many) : NULL;
    if (used != NULL && beside != NULL)
        proved = prove_with(at, used, &paired, beside);
    else if (too_many)
        leave_undecided(at);
    search_free(used);
    search_free(beside);
    return proved || too_many;
}

/* Likewise, with examples that plugins were seen to give: looking for them takes its own time. False also
 * where a plugin fails. */
static bool prove_with_seen(proving *at, domain *held, plugin_set *plugins, unsigned milliseconds)
{
    domain seen;
    asker  of_seen;
    bool   too_many = false, proved = false;

    if (!domain_make_real(&seen, at->rubric, plugins, at->errors))
        return false;
    const struct timespec ends = search_end(milliseconds);
    search               *beside = search_new(&seen, &ends, &too_many);
    if (beside != NULL && asker_make(&of_seen, &seen, beside)) {
        at->seen = &of_seen;
        proved = prove_by_search(at, held, 2 * milliseconds);
        asker_free(&of_seen);
    } else if (too_many) {
        proved = prove_by_search(at, held, milliseconds);
    }
    search_free(beside);
    domain_free(&seen);
    return proved;
}

static bool prove_all(proving *at, const rubric_library *library, plugin_set *plugins,
                      unsigned milliseconds)
{
    const size_t said = error_count(at->errors);
    domain       held;

    if (!prove_head(at, library) || !prove_bands(at))
        return error_memory(at->errors);
    if (at->out->asked == 0)
        return true;
    if (!domain_make(&held, at->rubric, at->errors))
        return false;
    at->domain = &held;
    at->first = arena_array(&at->out->memory, at->rubric->criterion_count, 1);
    at->second = arena_array(&at->out->memory, at->rubric->criterion_count, 1);
    bool proved =
        at->first != NULL && at->second != NULL &&
        (held.assumed && plugins != NULL ? prove_with_seen(at, &held, plugins, milliseconds)
                                         : prove_by_search(at, &held, milliseconds));
    at->out->assumed = held.assumed;
    at->out->inexact = held.exact ? NULL : at->rubric->criteria[held.inexact].id;
    domain_free(&held);
    proved = proved && find_undecided(at, milliseconds);
    return proved || error_count(at->errors) > said ? proved : error_memory(at->errors);
}

bool proof_make(proof *out, const rubric *held, const rubric_library *library, plugin_set *plugins,
                unsigned milliseconds, error_list *errors)
{
    proving at = {.out = out, .rubric = held, .errors = errors};

    *out = (proof){.rubric = held};
    if (!prove_all(&at, library, plugins, milliseconds)) {
        proof_free(out);
        return false;
    }
    if (!sort(out)) {
        proof_free(out);
        return error_memory(errors);
    }
    return true;
}

void proof_free(proof *unwanted)
{
    arena_free(&unwanted->memory);
    *unwanted = (proof){0};
}
