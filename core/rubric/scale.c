/* scale.c - the levels, and every way in which a record may write them (grading.md 2). */
#include <string.h>

#include "rubric/reading.h"

static const char *const ofsted_levels[] = {"inadequate", "requires_improvement", "good",
                                            "outstanding"};
enum { OFSTED_COUNT = sizeof ofsted_levels / sizeof ofsted_levels[0] };

/* grading.md 2: read besides the names of the four. */
static const struct {
    const char *spelling;
    level       stands_for;
} ofsted_spellings[] = {
    {"Requires improvement to be good", 1}, {"RI", 1}, {"RI2BG", 1}, {"O", 3}, {"G", 2}, {"I", 0},
};

/* grading.md 3: words that are read before any level is looked for. */
static const struct {
    const char *word;
    const char *meaning;
} taken_words[] = {
    {"missing", "missing"},
    {"not recorded", "missing"},
    {"not evidenced", "missing"},
    {"null", "missing"},
    {"-", "missing"},
    {"n/a", "not applicable"},
    {"na", "not applicable"},
    {"not applicable", "not applicable"},
};

/* Words that have a meaning of their own where a level may stand: keys of [judgement], and
 * `missing = ignore`. */
static const char *const reserved_names[] = {"overall", "min_coverage", "monotone", "ignore"};

static bool add_spelling(reading *from, text spelling, level stands_for, uint64_t line)
{
    const scale *levels = &from->out->scale;
    const char  *name = levels->ids[stands_for];

    if (spelling.size == 0) {
        RUBRIC_FAULT(from, line,
                     "a spelling of \"%s\" is empty; write a word on both sides of each |", name);
        return true;
    }
    for (size_t i = 0; i < sizeof taken_words / sizeof taken_words[0]; i++) {
        if (text_same_name(spelling, text_of(taken_words[i].word))) {
            RUBRIC_FAULT(
                from, line,
                "\"%.*s\" cannot stand for the level \"%s\": a record that says so is read "
                "as %s; use another word",
                SHOWN(spelling), name, taken_words[i].meaning);
            return true;
        }
    }
    switch (spelling_add(levels->spellings, spelling, stands_for)) {
    case SPELLING_ADDED:
        return true;
    case SPELLING_TAKEN: {
        const int other = spelling_find(levels->spellings, spelling);
        RUBRIC_FAULT(from, line,
                     "\"%.*s\" stands for \"%s\" and for \"%s\"; keep it for one of them",
                     SHOWN(spelling), other == SPELLING_NONE ? "?" : levels->ids[other], name);
        return true;
    }
    case SPELLING_UNREADABLE:
        RUBRIC_FAULT(from, line,
                     "\"%.*s\" is too long for a spelling of \"%s\"; write a shorter one",
                     SHOWN(spelling), name);
        return true;
    case SPELLING_NO_MEMORY:
        break;
    }
    return error_memory(from->errors);
}

static void use_ofsted(scale *out)
{
    out->count = OFSTED_COUNT;
    for (size_t i = 0; i < OFSTED_COUNT; i++)
        out->ids[i] = ofsted_levels[i];
}

static bool is_ofsted(const scale *levels)
{
    if (levels->count != OFSTED_COUNT)
        return false;
    for (size_t i = 0; i < OFSTED_COUNT; i++)
        if (strcmp(levels->ids[i], ofsted_levels[i]) != 0)
            return false;
    return true;
}

/* True where `name` can be a level's name beside those that are there. */
static bool level_name_is_right(reading *from, text name, uint64_t line)
{
    if (!text_is_id(name)) {
        RUBRIC_FAULT(
            from, line,
            "\"%.*s\" cannot be a level's name; use small letters, digits and underscores, "
            "a letter first, at most 40 characters",
            SHOWN(name));
        return false;
    }
    for (size_t i = 0; i < sizeof reserved_names / sizeof reserved_names[0]; i++) {
        if (text_same_name(name, text_of(reserved_names[i]))) {
            RUBRIC_FAULT(from, line,
                         "\"%.*s\" cannot be a level's name: it means something else in a rubric; "
                         "choose another",
                         SHOWN(name));
            return false;
        }
    }
    for (size_t i = 0; i < from->out->scale.count; i++) {
        if (text_same_name(name, text_of(from->out->scale.ids[i]))) {
            RUBRIC_FAULT(from, line, "the level \"%.*s\" is named twice; remove one", SHOWN(name));
            return false;
        }
    }
    return true;
}

/* levels = not_met, partly_met, met */
static bool read_levels(reading *from, const ini_key *key)
{
    scale *out = &from->out->scale;
    text   rest = text_of(key->value);
    text   name;
    bool   ended = false;
    bool   right = true;
    size_t named = 0;

    while (reading_piece(&rest, &ended, ',', &name)) {
        named++;
        if (named > LEVELS_MAX)
            continue;
        if (!level_name_is_right(from, name, key->line)) {
            right = false;
            continue;
        }
        out->ids[out->count] = arena_text(&from->out->memory, name.at, name.size);
        if (out->ids[out->count] == NULL)
            return error_memory(from->errors);
        out->count++;
    }
    if (named < 2 || named > LEVELS_MAX) {
        RUBRIC_FAULT(from, key->line, "levels names %zu level%s; name 2 to 9, the lowest first",
                     named, named == 1 ? "" : "s");
        right = false;
    }
    if (!right) {
        from->scale_known = false;
        use_ofsted(out);
    }
    return true;
}

/* "requires_improvement": "Requires improvement" */
static char *label_of(arena *memory, const char *id)
{
    char *label = arena_text(memory, id, strlen(id));

    if (label == NULL)
        return NULL;
    label[0] = (char)(label[0] - 'a' + 'A');
    for (char *at = label; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
    return label;
}

/* [scale.labels]: shown to people, and read from records as well. */
static bool read_labels(reading *from, ini_section *section)
{
    scale *out = &from->out->scale;

    for (size_t i = 0; i < out->count; i++) {
        out->labels[i] = label_of(&from->out->memory, out->ids[i]);
        if (out->labels[i] == NULL)
            return error_memory(from->errors);
    }
    for (size_t k = 0; section != NULL && k < section->key_count; k++) {
        ini_key    *key = &section->keys[k];
        const level of = reading_level(from, text_of(key->name), key->line);
        if (of == LEVEL_NONE)
            continue;
        if (*key->value == '\0') {
            RUBRIC_FAULT(from, key->line,
                         "the label of \"%s\" is empty; write it behind the =", key->name);
            continue;
        }
        out->labels[of] = key->value;
        if (!add_spelling(from, text_of(key->value), of, key->line))
            return false;
    }
    return true;
}

/* numbers = best_is_1 | worst_is_1 */
static bool read_numbers(reading *from, const ini_key *key)
{
    static const char *const ways[] = {"best_is_1", "worst_is_1"};
    const text               value = text_of(key->value);
    const bool               best = text_same_name(value, text_of(ways[0]));

    if (!best && !text_same_name(value, text_of(ways[1]))) {
        const char *nearest = text_nearest(value, ways, 2);
        if (nearest != NULL)
            RUBRIC_FAULT(
                from, key->line,
                "numbers \"%.*s\" is neither best_is_1 nor worst_is_1; did you mean \"%s\"?",
                SHOWN(value), nearest);
        else
            RUBRIC_FAULT(from, key->line,
                         "numbers \"%.*s\" is neither best_is_1 nor worst_is_1; write one of them",
                         SHOWN(value));
        return true;
    }
    const size_t count = from->out->scale.count;
    from->out->scale.numbers = best ? NUMBERS_BEST_IS_1 : NUMBERS_WORST_IS_1;
    for (size_t i = 0; i < count; i++) {
        const char digit = (char)('1' + (best ? count - 1 - i : i));
        if (!add_spelling(from, (text){&digit, 1}, (level)i, key->line))
            return false;
    }
    return true;
}

/* [scale.aliases]: LEVEL = spelling | spelling */
static bool read_aliases(reading *from, ini_section *section)
{
    for (size_t k = 0; section != NULL && k < section->key_count; k++) {
        const ini_key *key = &section->keys[k];
        const level    of = reading_level(from, text_of(key->name), key->line);
        text           rest = text_of(key->value);
        text           spelling;
        bool           ended = of == LEVEL_NONE;
        while (reading_piece(&rest, &ended, '|', &spelling))
            if (!add_spelling(from, spelling, of, key->line))
                return false;
    }
    return true;
}

bool scale_read(reading *from)
{
    static const char *const keys[] = {"levels", "numbers"};
    scale                   *out = &from->out->scale;
    ini_section             *section = ini_find(&from->file, "scale");
    const ini_key           *levels = ini_key_of(section, "levels");
    const ini_key           *numbers = ini_key_of(section, "numbers");

    from->scale_known = true;
    if (levels == NULL)
        use_ofsted(out);
    else if (!read_levels(from, levels))
        return false;

    out->spellings = spelling_new(SPELLING_NAME);
    if (out->spellings == NULL)
        return error_memory(from->errors);
    const uint64_t line = levels != NULL ? levels->line : 0;
    for (size_t i = 0; i < out->count; i++)
        if (!add_spelling(from, text_of(out->ids[i]), (level)i, line))
            return false;
    for (size_t i = 0; is_ofsted(out) && i < sizeof ofsted_spellings / sizeof ofsted_spellings[0];
         i++)
        if (!add_spelling(from, text_of(ofsted_spellings[i].spelling),
                          ofsted_spellings[i].stands_for, line))
            return false;
    if (!read_labels(from, ini_find(&from->file, "scale.labels")))
        return false;
    if (numbers != NULL && !read_numbers(from, numbers))
        return false;
    if (!read_aliases(from, ini_find(&from->file, "scale.aliases")))
        return false;
    if (section != NULL)
        ini_refuse_unused(&from->file, section, "[scale]", keys, 2, FAULT_RUBRIC, from->errors);
    return true;
}
