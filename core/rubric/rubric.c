/* rubric.c - a rubric file as a whole (grading.md 7). */
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "rubric/reading.h"

/* As for every INI file of ours (base/ini_file.c): bounds what a wrong path can make us read. */
enum { FILE_MAX_SIZE = 1 << 20 };

static const char *const rubric_keys[] = {
    "id",     "version",   "title",          "practice_area", "effective_from",
    "plugin", "framework", "judgement_area", "source",        "note"};
enum { RUBRIC_KEY_COUNT = sizeof rubric_keys / sizeof rubric_keys[0] };

/* ---- [rubric] ---------------------------------------------------------------- */

static void read_effective_from(reading *from, ini_section *section)
{
    const char *written = reading_required(from, section, "[rubric]", "effective_from");

    if (written != NULL && !date_read(written, strlen(written), &from->out->effective_from))
        RUBRIC_FAULT(from, ini_key_of(section, "effective_from")->line,
                     "effective_from \"%.*s\" is not a date; write it like 2026-04-01",
                     SHOWN(text_of(written)));
}

/* Practice areas compare as names, and that has to fit where records are compared. */
static void check_practice_area(reading *from, ini_section *section)
{
    char folded[NAME_BYTES];

    if (from->out->practice_area != NULL &&
        text_fold_name(text_of(from->out->practice_area), folded, sizeof folded) == SIZE_MAX)
        RUBRIC_FAULT(from, ini_key_of(section, "practice_area")->line,
                     "practice_area is over %d bytes long; write a shorter one", NAME_BYTES);
}

static uint64_t line_of(ini_section *section, const char *name)
{
    const ini_key *key = ini_key_of(section, name);
    return key != NULL ? key->line : 0;
}

static bool read_head(reading *from)
{
    rubric      *out = from->out;
    ini_section *section = ini_find(&from->file, "rubric");

    if (section == NULL) {
        if (from->whole)
            RUBRIC_FAULT(from, 0,
                         "there is no [rubric] section; begin the file with [rubric] and its id, "
                         "version, title, practice_area and effective_from");
        return true;
    }
    out->id = reading_required(from, section, "[rubric]", "id");
    out->version = reading_required(from, section, "[rubric]", "version");
    out->title = reading_required(from, section, "[rubric]", "title");
    out->practice_area = reading_required(from, section, "[rubric]", "practice_area");
    check_practice_area(from, section);
    read_effective_from(from, section);
    out->plugin = reading_optional(section, "plugin");
    out->framework = reading_optional(section, "framework");
    out->judgement_area = reading_optional(section, "judgement_area");
    out->framework_line = line_of(section, "framework");
    out->judgement_area_line = line_of(section, "judgement_area");
    out->source = reading_optional(section, "source");
    out->note = reading_optional(section, "note");
    ini_refuse_unused(&from->file, section, "[rubric]", rubric_keys, RUBRIC_KEY_COUNT, FAULT_RUBRIC,
                      from->errors);
    const manifest *unused;
    return *out->plugin == '\0' || measure_plugin(from, text_of(out->plugin), &unused);
}

/* ---- Sections ----------------------------------------------------------------- */

static bool begins(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool is_known_section(const char *name)
{
    return strcmp(name, "rubric") == 0 || strcmp(name, "scale") == 0 ||
           strcmp(name, "scale.labels") == 0 || strcmp(name, "scale.aliases") == 0 ||
           strcmp(name, "judgement") == 0 || begins(name, "judgement.") ||
           begins(name, "criterion.");
}

static void refuse_section(reading *from, const ini_section *section)
{
    static const char *const names[] = {"rubric", "scale", "scale.labels", "scale.aliases",
                                        "judgement"};
    static const char *const families[] = {"judgement", "criterion"};
    text                     family, member;
    const char              *nearest =
        text_nearest(text_of(section->name), names, sizeof names / sizeof names[0]);

    if (nearest == NULL && reading_split(text_of(section->name), ".", &family, &member))
        nearest = text_nearest(family, families, 2);
    else
        member = text_of("");
    if (nearest != NULL)
        RUBRIC_FAULT(from, section->line,
                     "[%s] is not a section of a rubric; did you mean [%s%s%.*s]?", section->name,
                     nearest, member.size > 0 ? "." : "", SHOWN(member));
    else
        RUBRIC_FAULT(
            from, section->line,
            "[%s] is not a section of a rubric; there are [rubric], [scale], [scale.labels], "
            "[scale.aliases], [judgement], [judgement.LEVEL] and [criterion.ID]",
            section->name);
}

static bool read_criteria(reading *from)
{
    rubric *out = from->out;
    size_t  count = 0;

    for (size_t i = 0; i < from->file.section_count; i++)
        count += begins(from->file.sections[i].name, "criterion.");
    if (count == 0) {
        if (from->whole)
            RUBRIC_FAULT(from, 0,
                         "there is no criterion; add a section such as [criterion.timeliness]");
        return true;
    }
    criterion *criteria = arena_array(&out->memory, count, sizeof *criteria);
    if (criteria == NULL)
        return error_memory(from->errors);
    out->criteria = criteria;
    for (size_t i = 0; i < from->file.section_count; i++) {
        ini_section *section = &from->file.sections[i];
        if (begins(section->name, "criterion.") &&
            !criterion_read(from, section, &criteria[out->criterion_count++]))
            return false;
    }
    return true;
}

static bool read_parts(reading *from)
{
    for (size_t i = 0; i < from->file.section_count; i++)
        if (!is_known_section(from->file.sections[i].name))
            refuse_section(from, &from->file.sections[i]);
    return read_head(from) && scale_read(from) && judgement_read(from) && read_criteria(from);
}

/* ---- The file ------------------------------------------------------------------ */

rubric *rubric_read_bytes(const char *name, const char *bytes, size_t size,
                          const rubric_context *context, error_list *errors)
{
    const size_t faults = error_count(errors);
    const size_t first = errors->count;
    rubric      *made = calloc(1, sizeof *made);
    if (made == NULL) {
        error_memory(errors);
        return NULL;
    }
    reading from = {.context = context, .out = made, .errors = errors};
    from.whole = ini_read_bytes(&from.file, name, bytes, size, FAULT_RUBRIC, &made->memory, errors);
    made->file = from.file.file;
    crypto_hash_sha256(made->hash, (const unsigned char *)bytes, size);
    const bool read = read_parts(&from);
    error_sort_lines(errors, first);
    if (!read || error_count(errors) > faults || errors->out_of_memory) {
        rubric_free(made);
        return NULL;
    }
    return made;
}

rubric *rubric_read(const char *path, const rubric_context *context, error_list *errors)
{
    rubric *made = NULL;
    char   *bytes = malloc(FILE_MAX_SIZE + 1);
    if (bytes == NULL) {
        error_memory(errors);
        return NULL;
    }
    errno = 0;
    FILE        *file = fopen(path, "rb");
    const size_t size = file == NULL ? 0 : fread(bytes, 1, FILE_MAX_SIZE + 1, file);
    if (file == NULL || ferror(file))
        error_add(errors, FAULT_RUBRIC, path, 0, 0,
                  "cannot be read: %s; check the path and who may read it", strerror(errno));
    else if (size > FILE_MAX_SIZE)
        error_add(errors, FAULT_RUBRIC, path, 0, 0,
                  "is over 1 MiB, longer than any rubric; check that it is the right file");
    else
        made = rubric_read_bytes(path, bytes, size, context, errors);
    if (file != NULL)
        fclose(file);
    free(bytes);
    return made;
}

void rubric_free(rubric *unwanted)
{
    if (unwanted == NULL)
        return;
    for (size_t i = 0; i < unwanted->criterion_count; i++)
        spelling_free((spelling_table *)unwanted->criteria[i].applies_values);
    spelling_free(unwanted->scale.spellings);
    arena_free(&unwanted->memory);
    free(unwanted);
}

size_t rubric_find_criterion(const rubric *held, text id)
{
    for (size_t i = 0; i < held->criterion_count; i++)
        if (strlen(held->criteria[i].id) == id.size &&
            memcmp(held->criteria[i].id, id.at, id.size) == 0)
            return i;
    return SIZE_MAX;
}
