/* limits.c - what a criterion's rating does to the judgement, whatever the score (grading.md 6.5):
 * limit = inadequate -> requires_improvement, good -> good; critical = yes. */
#include "rubric/reading.h"

static void read_limit(reading *from, text piece, uint64_t line, limit *out)
{
    const scale *levels = &from->out->scale;
    text         at, most;

    if (!reading_split(piece, "->", &at, &most)) {
        RUBRIC_FAULT(from, line,
                     "limit \"%.*s\" does not say LEVEL -> LEVEL; write it like \"%s -> %s\"",
                     SHOWN(piece), levels->ids[0], levels->ids[1]);
        return;
    }
    out->line = line;
    out->at = reading_level(from, at, line);
    out->most = reading_level(from, most, line);
}

void criterion_set_caps(const scale *levels, criterion *out)
{
    for (size_t rated = 0; rated < LEVELS_MAX; rated++) {
        out->cap[rated] = (level)(levels->count - 1);
        for (size_t i = 0; i < out->limit_count; i++)
            if (rated <= out->limits[i].at && out->limits[i].most < out->cap[rated])
                out->cap[rated] = out->limits[i].most;
    }
}

bool limits_read(reading *from, const ini_key *key, const ini_key *critical, criterion *out)
{
    const text value = text_of(key != NULL ? key->value : "");
    size_t     count = key != NULL ? 1 : 0;
    for (size_t i = 0; i < value.size; i++)
        count += value.at[i] == ',';

    /* One more for `critical`. */
    limit *limits = arena_array(&from->out->memory, count + 1, sizeof *limits);
    if (limits == NULL)
        return error_memory(from->errors);
    text   rest = value;
    text   piece;
    bool   ended = key == NULL;
    size_t at = 0;
    while (reading_piece(&rest, &ended, ',', &piece))
        read_limit(from, piece, key->line, &limits[at++]);
    if (out->critical)
        limits[at++] = (limit){.at = 0, .most = 0, .line = critical->line};
    out->limits = limits;
    out->limit_count = at;
    criterion_set_caps(&from->out->scale, out);
    return true;
}
