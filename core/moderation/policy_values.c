/* policy_values.c - the values of a policy. */
#include <string.h>

#include "moderation/policy.h"

enum { SHOWN_BYTES = 80 };

/* What a message shows of a value. */
static int shown(const char *value)
{
    size_t size = strlen(value);

    if (size > SHOWN_BYTES) {
        size = SHOWN_BYTES;
        /* Not within a character: continuation bytes are 10xxxxxx. */
        while (size > 0 && ((unsigned char)value[size] & 0xC0) == 0x80)
            size--;
    }
    return (int)size;
}

/* Takes the digits at the start of `rest`, as many as `most` places hold; how many there were. */
static size_t take_digits(text *rest, size_t most, unsigned *value)
{
    size_t taken = 0;

    while (taken < rest->size && rest->at[taken] >= '0' && rest->at[taken] <= '9') {
        if (taken < most)
            *value = *value * 10 + (unsigned)(rest->at[taken] - '0');
        taken++;
    }
    rest->at += taken;
    rest->size -= taken;
    return taken;
}

/* "12.5" as 1250 where `places` is 2. At most `whole` digits before the point. */
static bool take_decimal(text *rest, size_t whole, size_t places, unsigned *out)
{
    unsigned     value = 0;
    const size_t before = take_digits(rest, whole, &value);
    size_t       behind = 0;

    if (before == 0 || before > whole)
        return false;
    if (rest->size > 0 && *rest->at == '.') {
        rest->at++;
        rest->size--;
        behind = take_digits(rest, places, &value);
        if (behind == 0 || behind > places)
            return false;
    }
    for (; behind < places; behind++)
        value *= 10;
    *out = value;
    return true;
}

void policy_share(policy_reading *from, const ini_key *key, unsigned *out)
{
    text     rest = text_of(key->value);
    unsigned value;

    if (take_decimal(&rest, 3, 2, &value) && text_same(text_trim(rest), text_of("%")) &&
        value <= MODERATION_SHARE_WHOLE)
        *out = value;
    else
        POLICY_FAULT(from, key->line,
                     "%s \"%.*s\" is not a share from 0%% to 100%%; write it like 10%% or 12.5%%",
                     key->name, shown(key->value), key->value);
}

void policy_whole(policy_reading *from, const ini_key *key, const char *unit, unsigned least,
                  unsigned most, unsigned *out)
{
    text         rest = text_of(key->value);
    unsigned     value = 0;
    const size_t digits = take_digits(&rest, 6, &value);

    rest = text_trim(rest);
    if (digits > 0 && digits <= 6 && value >= least && value <= most &&
        (rest.size == 0 || (*unit && text_same(rest, text_of(unit)))))
        *out = value;
    else
        POLICY_FAULT(from, key->line,
                     "%s \"%.*s\" is not a whole number%s%s from %u to %u; write "
                     "it like %u%s%s",
                     key->name, shown(key->value), key->value, *unit ? " of " : "", unit, least,
                     most, *out, *unit ? " " : "", unit);
}

void policy_thousandths(policy_reading *from, const ini_key *key, unsigned *out)
{
    text     rest = text_of(key->value);
    unsigned value;

    if (take_decimal(&rest, 1, 3, &value) && rest.size == 0)
        *out = value;
    else
        POLICY_FAULT(from, key->line,
                     "%s \"%.*s\" is not a number from 0 to 9 with at most three decimal places; "
                     "write it like 0.100",
                     key->name, shown(key->value), key->value);
}

void policy_yes_no(policy_reading *from, const ini_key *key, bool *out)
{
    const text value = text_of(key->value);

    if (text_same(value, text_of("yes")))
        *out = true;
    else if (text_same(value, text_of("no")))
        *out = false;
    else
        POLICY_FAULT(from, key->line, "%s \"%.*s\" is neither yes nor no; write one of them",
                     key->name, shown(key->value), key->value);
}

/* Takes the next piece up to `mark` from `rest`, trimmed. */
static text next_piece(text *rest, char mark)
{
    const char  *found = memchr(rest->at, mark, rest->size);
    const size_t size = found ? (size_t)(found - rest->at) : rest->size;
    const text   piece = {rest->at, size};

    rest->at += size + (found ? 1 : 0);
    rest->size -= size + (found ? 1 : 0);
    return text_trim(piece);
}

bool policy_names(policy_reading *from, const ini_key *key, moderation_names *out)
{
    text   rest = text_of(key->value);
    size_t count = 1;

    *out = (moderation_names){0};
    if (rest.size == 0)
        return true;
    for (size_t i = 0; i < rest.size; i++)
        count += rest.at[i] == '|';
    const char **items = arena_array(&from->out->memory, count, sizeof *items);
    if (!items)
        return error_memory(from->errors);
    for (size_t i = 0; i < count; i++) {
        const text piece = next_piece(&rest, '|');
        if (piece.size == 0) {
            POLICY_FAULT(from, key->line,
                         "a name of %s is empty; write a name on both sides of each |", key->name);
            return true;
        }
        items[i] = arena_text(&from->out->memory, piece.at, piece.size);
        if (!items[i])
            return error_memory(from->errors);
    }
    *out = (moderation_names){items, count};
    return true;
}

const char *policy_level(policy_reading *from, const char *name, uint64_t line)
{
    const moderation_policy *policy = from->out;

    for (size_t i = 0; i < policy->level_count; i++)
        if (text_same_name(text_of(policy->levels[i]), text_of(name)))
            return policy->levels[i];
    const char *nearest = text_nearest(text_of(name), policy->levels, policy->level_count);
    POLICY_FAULT(from, line, "\"%.*s\" is not a level; %s \"%s\"%s", shown(name), name,
                 nearest ? "did you mean" : "the levels are those of [scale], from",
                 nearest ? nearest : policy->levels[0], nearest ? "?" : " up");
    return NULL;
}

bool policy_levels(policy_reading *from, const ini_key *key, moderation_names *out)
{
    if (!policy_names(from, key, out))
        return false;
    const char **items = arena_array(&from->out->memory, out->count, sizeof *items);
    if (!items)
        return error_memory(from->errors);
    size_t known = 0;
    for (size_t i = 0; i < out->count; i++) {
        items[known] = policy_level(from, out->items[i], key->line);
        known += items[known] != NULL;
    }
    *out = (moderation_names){items, known};
    return true;
}
