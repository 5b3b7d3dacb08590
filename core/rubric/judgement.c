/* judgement.c - [judgement] and [judgement.LEVEL]: from a score to a level (grading.md 6). */
#include <string.h>

#include "rubric/reading.h"

enum { STANDARD_MIN_COVERAGE = 60 };

/* Halfway between the points of the level and of the one under it. */
static unsigned standard_threshold(size_t of)
{
    return (unsigned)(of + 1) * 1000 - 500;
}

static void read_threshold(reading *from, const ini_key *key, size_t of)
{
    const scale *levels = &from->out->scale;
    const text   value = text_of(key->value);
    unsigned     thousandths;

    if (of == 0) {
        RUBRIC_FAULT(from, key->line,
                     "\"%s\" is the lowest level and takes no threshold; remove the line",
                     key->name);
        return;
    }
    if (!number_thousandths(value, &thousandths) || thousandths < 1000 ||
        thousandths > levels->count * 1000) {
        RUBRIC_FAULT(from, key->line,
                     "the threshold \"%.*s\" of \"%s\" is not a number from 1 to %zu with at most "
                     "three decimal places; write it like 2.5",
                     SHOWN(value), key->name, levels->count);
        return;
    }
    from->out->thousandths[of] = thousandths;
}

/* grading.md 6.3: thresholds rise strictly with the levels. */
static void check_rising(reading *from, const uint64_t line[LEVELS_MAX])
{
    const rubric *held = from->out;

    for (size_t i = 2; i < held->scale.count; i++) {
        if (held->thousandths[i] > held->thousandths[i - 1])
            continue;
        char upper[THOUSANDTHS_TEXT_SIZE], lower[THOUSANDTHS_TEXT_SIZE];
        number_write_thousandths(held->thousandths[i], upper);
        number_write_thousandths(held->thousandths[i - 1], lower);
        RUBRIC_FAULT(from, line[i] != 0 ? line[i] : line[i - 1],
                     "the threshold of \"%s\" (%s%s) is not above that of \"%s\" (%s%s); make "
                     "thresholds rise with the levels",
                     held->scale.ids[i], upper, line[i] != 0 ? "" : ", the default",
                     held->scale.ids[i - 1], lower, line[i - 1] != 0 ? "" : ", the default");
    }
}

static void read_thresholds(reading *from, ini_section *section)
{
    rubric  *out = from->out;
    uint64_t line[LEVELS_MAX] = {0};

    for (size_t i = 1; i < out->scale.count; i++)
        out->thousandths[i] = standard_threshold(i);
    if (!from->scale_known)
        return;
    const size_t faults = error_count(from->errors);
    for (size_t i = 0; i < out->scale.count; i++) {
        const ini_key *key = ini_key_of(section, out->scale.ids[i]);
        if (key == NULL)
            continue;
        line[i] = key->line;
        out->threshold_line[i] = key->line;
        read_threshold(from, key, i);
    }
    if (error_count(from->errors) == faults)
        check_rising(from, line);
}

static void read_coverage(reading *from, ini_section *section)
{
    const ini_key *key = ini_key_of(section, "min_coverage");

    from->out->min_coverage = STANDARD_MIN_COVERAGE;
    if (key != NULL && !number_whole(text_of(key->value), 100, &from->out->min_coverage))
        RUBRIC_FAULT(from, key->line,
                     "min_coverage \"%.*s\" is not a whole number from 0 to 100; write percent "
                     "without a sign, like 60",
                     SHOWN(text_of(key->value)));
}

/* max_inadequate = 0 */
static void read_requirement(reading *from, const ini_key *key, level of, level counted)
{
    requirement *list = (requirement *)from->out->requirements;
    unsigned     most = 0;

    if (!number_whole(text_of(key->value), 999999999, &most)) {
        RUBRIC_FAULT(from, key->line,
                     "%s \"%.*s\" is not a whole number of criteria; write it like 0 or 2",
                     key->name, SHOWN(text_of(key->value)));
        return;
    }
    list[from->out->requirement_count++] =
        (requirement){.of = of, .counted = counted, .most = most, .line = key->line};
}

/* One [judgement.LEVEL]. */
static bool read_requirements(reading *from, ini_section *section, level of)
{
    const scale *levels = &from->out->scale;
    const char  *known[LEVELS_MAX];

    for (size_t i = 0; i < levels->count; i++) {
        const size_t size = strlen(levels->ids[i]);
        char        *name = arena_array(&from->out->memory, size + 5, 1);
        if (name == NULL)
            return error_memory(from->errors);
        memcpy(name, "max_", 4);
        memcpy(name + 4, levels->ids[i], size);
        known[i] = name;
    }
    for (size_t k = 0; k < section->key_count; k++) {
        ini_key *key = &section->keys[k];
        for (size_t i = 0; i < levels->count; i++) {
            if (strcmp(key->name, known[i]) == 0) {
                key->used = true;
                read_requirement(from, key, of, (level)i);
            }
        }
    }
    char what[64 + sizeof "[judgement.]"];
    snprintf(what, sizeof what, "[judgement.%s]", levels->ids[of]);
    ini_refuse_unused(&from->file, section, what, known, levels->count, FAULT_RUBRIC, from->errors);
    return true;
}

/* The level of a section [judgement.LEVEL]; LEVEL_NONE where the section is something else, or
 * where the level is at fault. */
static level section_level(reading *from, const ini_section *section)
{
    static const char prefix[] = "judgement.";
    const size_t      size = sizeof prefix - 1;

    if (strncmp(section->name, prefix, size) != 0 || !from->scale_known)
        return LEVEL_NONE;
    const text  name = text_of(section->name + size);
    const level of = reading_level_id(from, name);
    if (of == 0) {
        RUBRIC_FAULT(from, section->line,
                     "\"%s\" is the lowest level and has no requirements; remove the section [%s]",
                     section->name + size, section->name);
        return LEVEL_NONE;
    }
    if (of != LEVEL_NONE)
        return of;
    const scale *levels = &from->out->scale;
    const char  *nearest = text_nearest(name, levels->ids + 1, levels->count - 1);
    if (nearest != NULL)
        RUBRIC_FAULT(from, section->line, "[%s] names no level; did you mean [judgement.%s]?",
                     section->name, nearest);
    else
        RUBRIC_FAULT(from, section->line,
                     "[%s] names no level; name one of the rubric's own, such as [judgement.%s]",
                     section->name, levels->ids[levels->count - 1]);
    return LEVEL_NONE;
}

/* Requirements of the highest level first, as they are tried (grading.md 6.4). */
static bool read_all_requirements(reading *from)
{
    ini_section *of_level[LEVELS_MAX] = {0};
    size_t       count = 0;

    for (size_t i = 0; i < from->file.section_count; i++) {
        ini_section *section = &from->file.sections[i];
        const level  of = section_level(from, section);
        if (of == LEVEL_NONE)
            continue;
        of_level[of] = section;
        count += section->key_count;
    }
    if (count > 0) {
        from->out->requirements =
            arena_array(&from->out->memory, count, sizeof *from->out->requirements);
        if (from->out->requirements == NULL)
            return error_memory(from->errors);
    }
    for (size_t i = LEVELS_MAX; i-- > 0;)
        if (of_level[i] != NULL && !read_requirements(from, of_level[i], (level)i))
            return false;
    return true;
}

bool judgement_read(reading *from)
{
    rubric      *out = from->out;
    ini_section *section = ini_find(&from->file, "judgement");
    const char  *known[LEVELS_MAX + 3] = {"min_coverage", "overall", "monotone"};

    out->judgement_line = section != NULL ? section->line : 0;
    out->overall = reading_yes_no(from, section, "overall", true);
    out->monotone = reading_yes_no(from, section, "monotone", true);
    read_coverage(from, section);
    read_thresholds(from, section);
    for (size_t i = 1; i < out->scale.count; i++)
        known[i + 2] = out->scale.ids[i];
    if (section != NULL && from->scale_known)
        ini_refuse_unused(&from->file, section, "[judgement]", known, out->scale.count + 2,
                          FAULT_RUBRIC, from->errors);
    return read_all_requirements(from);
}
