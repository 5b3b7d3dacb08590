/* write_sarif.c - a diff as SARIF 2.1.0 (OASIS, 27 March 2020): a result for each change of a rubric
 * that moved records, for each gate that is broken, and for each record that came or went, at its line. */
#include <stdlib.h>
#include <string.h>

#include "regression/writing.h"

/* An address relative to where the command ran (RFC 3986); a path as it was given. */
static void uri(buffer *out, const char *path)
{
    static const char kept[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    buffer_string(out, *path == '/' ? "\"file://" : "\"");
    for (; *path; path++)
        if (strchr(kept, *path))
            buffer_byte(out, *path);
        else
            buffer_format(out, "%%%02X", (unsigned)(unsigned char)*path);
    buffer_byte(out, '"');
}

/* Nothing where the file is not known, or is standard input. */
static void location(buffer *out, const char *file, uint64_t line)
{
    if (line == 0 || !*file || strcmp(file, "-") == 0)
        return;
    buffer_string(out, ",\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
    uri(out, file);
    buffer_string(out, "},\"region\":{\"startLine\":");
    buffer_unsigned(out, line);
    buffer_string(out, "}}}]");
}

/* The rules, in the order of the driver's list. */
typedef enum {
    RULE_SAFETY,
    RULE_MOVED,
    RULE_NOT_DECIDED,
    RULE_GATE,
    RULE_REMOVED,
    RULE_ADDED,
    RULES
} rule_index;

static const struct {
    const char *id;
    const char *description;
} rules[RULES] = {
    {"safety", "A change moves records into or out of the lowest level, or frees them of a limit"},
    {"moved", "A change moves records"},
    {"not-decided", "Records moved, and it is not decided by which change"},
    {"gate", "More moved than the gates of the baseline allow"},
    {"removed", "A record is no longer among those graded"},
    {"added", "A record is new among those graded"},
};

static void result(buffer *out, bool first, rule_index rule, const char *gravity,
                   const buffer *words)
{
    buffer_string(out, first ? "\n{\"ruleId\":\"" : ",\n{\"ruleId\":\"");
    buffer_string(out, rules[rule].id);
    buffer_string(out, "\",\"ruleIndex\":");
    buffer_unsigned(out, rule);
    buffer_string(out, ",\"level\":\"");
    buffer_string(out, gravity);
    buffer_string(out, "\",\"message\":{\"text\":");
    json_string(out, (text){words->bytes, words->size});
    buffer_byte(out, '}');
}

static void edit_results(const diff *from, const rubric_edit *edit, buffer *out, bool *first)
{
    change_effect *effects = change_effects(from, edit);
    buffer         words = {0};

    out->failed |= !effects;
    for (size_t c = 0; effects && c < edit->change_count; c++) {
        const rubric_change *change = &edit->changes[c];
        if (effects[c].moved == 0)
            continue;
        words.size = 0;
        buffer_string(&words, change->words);
        buffer_string(&words, ": moves ");
        buffer_grouped(&words, effects[c].moved);
        buffer_string(&words, effects[c].moved == 1 ? " record" : " records");
        if (effects[c].safety > 0) {
            buffer_string(&words, "; ");
            buffer_grouped(&words, effects[c].safety);
            buffer_string(&words, " of them into or out of the lowest level, or free of a limit");
        }
        result(out, *first, effects[c].safety ? RULE_SAFETY : RULE_MOVED,
               effects[c].safety ? "error" : "warning", &words);
        location(out, edit->after->file, change->line_after);
        buffer_byte(out, '}');
        *first = false;
    }
    out->failed |= words.failed;
    buffer_free(&words);
    free(effects);
}

static void undecided_result(const diff *from, buffer *out, bool *first)
{
    uint64_t count = 0;
    buffer   words = {0};

    for (size_t m = 0; m < from->move_count; m++)
        count += from->moves[m].moved && !(from->moves[m].because && from->moves[m].because->size);
    if (count > 0) {
        buffer_grouped(&words, count);
        buffer_string(&words, count == 1 ? " record moved, and which change moved it is not decided"
                                         : " records moved, and which change moved them is not "
                                           "decided");
        result(out, *first, RULE_NOT_DECIDED, "warning", &words);
        buffer_byte(out, '}');
        *first = false;
    }
    out->failed |= words.failed;
    buffer_free(&words);
}

static void gate_results(const diff *from, buffer *out, bool *first)
{
    for (size_t g = 0; g < from->broken.count; g++) {
        const fault *gate = &from->broken.items[g];
        buffer       words = {0};
        buffer_string(&words, gate->text);
        result(out, *first, RULE_GATE, "error", &words);
        location(out, gate->file, gate->line);
        buffer_byte(out, '}');
        *first = false;
        out->failed |= words.failed;
        buffer_free(&words);
    }
}

static void single_results(const diff *from, rule_index rule, diff_page *to, bool *first)
{
    const bool     removed = rule == RULE_REMOVED;
    const verdict *list = removed ? from->only_a : from->only_b;
    const size_t   count = removed ? from->only_a_count : from->only_b_count;

    for (size_t i = 0; i < count; i++) {
        buffer words = {0};
        write_id(&words, &list[i]);
        buffer_string(&words, removed ? " is in " : " is not in ");
        buffer_string(&words, from->a);
        buffer_string(&words, removed ? " alone: " : ": ");
        buffer_string(&words, list[i].word);
        result(&to->text, *first, rule, "warning", &words);
        location(&to->text, list[i].input, list[i].line);
        buffer_byte(&to->text, '}');
        *first = false;
        to->text.failed |= words.failed;
        buffer_free(&words);
        page_turn(to);
    }
}

static void driver_rules(buffer *out)
{
    for (int r = 0; r < RULES; r++) {
        buffer_string(out, r > 0 ? ",{\"id\":\"" : "{\"id\":\"");
        buffer_string(out, rules[r].id);
        buffer_string(out, "\",\"shortDescription\":{\"text\":");
        json_string(out, text_of(rules[r].description));
        buffer_string(out, "}}");
    }
}

void diff_write_sarif(const diff *from, const char *version, diff_page *to)
{
    buffer *out = &to->text;
    bool    first = true;

    buffer_string(out, "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                       "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Assay\","
                       "\"version\":");
    json_string(out, text_of(version));
    buffer_string(out, ",\"rules\":[");
    driver_rules(out);
    buffer_string(out, "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[");
    for (size_t e = 0; e < from->edit_count; e++)
        edit_results(from, from->edits[e], out, &first);
    undecided_result(from, out, &first);
    gate_results(from, out, &first);
    single_results(from, RULE_REMOVED, to, &first);
    single_results(from, RULE_ADDED, to, &first);
    buffer_string(out, "]}]}\n");
}
