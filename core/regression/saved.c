#include "regression/saved.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- Yardsticks ----------------------------------------------------------------------- */

/* The levels of a rubric that is at hand: of that version, else of any that has the id. */
static const rubric *rubric_named(const rubric_library *library, const char *id,
                                  const char *version)
{
    for (size_t r = 0; library && r < library->rubric_count; r++)
        if (strcmp(library->rubrics[r]->id, id) == 0 &&
            strcmp(library->rubrics[r]->version, version) == 0)
            return library->rubrics[r];
    return library ? library_find(library, text_of(id)) : NULL;
}

static level level_named(const yardstick *by, const char *word)
{
    for (size_t l = 0; l < by->level_count; l++)
        if (strcmp(by->levels[l], word) == 0)
            return (level)l;
    return LEVEL_NONE;
}

/* A rubric that is not at hand is taken to have the Ofsted levels, which most have; a word that is none
 * of them takes the order away again. */
static void take_levels(yardstick *out, const rubric *known)
{
    static const char *const ids[] = {"inadequate", "requires_improvement", "good", "outstanding"};
    static const char *const labels[] = {"Inadequate", "Requires improvement", "Good",
                                         "Outstanding"};

    out->level_count = known ? known->scale.count : 4;
    for (size_t l = 0; l < out->level_count; l++) {
        out->levels[l] = known ? known->scale.ids[l] : ids[l];
        out->labels[l] = known ? known->scale.labels[l] : labels[l];
    }
}

static const char *kept(saved_maker *maker, const char *word)
{
    return arena_text(&maker->out->memory, word, strlen(word));
}

static yardstick *new_yardstick(saved_maker *maker, const saved_row *row)
{
    yardstick **more =
        realloc(maker->yardsticks, (maker->yardstick_count + 1) * sizeof *more);
    yardstick *made = arena_array(&maker->out->memory, 1, sizeof *made);

    if (more)
        maker->yardsticks = more;
    if (!more || !made)
        return NULL;
    made->id = kept(maker, row->rubric);
    made->version = kept(maker, row->version);
    take_levels(made, rubric_named(maker->library, row->rubric, row->version));
    for (size_t l = 0; l < made->level_count; l++) {
        made->levels[l] = kept(maker, made->levels[l]);
        made->labels[l] = kept(maker, made->labels[l]);
        if (!made->levels[l] || !made->labels[l])
            return NULL;
    }
    return yardstick_fold(made, &maker->out->memory) && made->id && made->version ? maker->yardsticks[maker->yardstick_count++] = made : NULL;
}

static yardstick *yardstick_for(saved_maker *maker, const saved_row *row)
{
    for (size_t y = 0; y < maker->yardstick_count; y++)
        if (strcmp(maker->yardsticks[y]->id, row->rubric) == 0 &&
            strcmp(maker->yardsticks[y]->version, row->version) == 0)
            return maker->yardsticks[y];
    return new_yardstick(maker, row);
}

/* ---- Verdicts --------------------------------------------------------------------------- */

bool saved_begin(saved_maker *maker, verdict_list *out, const rubric_library *library)
{
    *maker = (saved_maker){.out = out, .library = library};
    maker->block = calloc(1, sizeof *maker->block);
    return maker->block != NULL;
}

bool saved_end(saved_maker *maker, bool keep)
{
    free(maker->yardsticks);
    maker->yardsticks = NULL;
    if (!keep || !maker->block) {
        verdict_block_free(maker->block);
        return !keep;
    }
    verdict_block_look(maker->block);
    return verdicts_add(maker->out, maker->block);
}

/* The list of verdicts grows in the block's memory: what is left behind is freed with it. */
static verdict *next_verdict(saved_maker *maker)
{
    verdict_block *block = maker->block;

    if (block->count == maker->room) {
        const size_t room = maker->room * 2 + 256;
        verdict     *more = arena_array(&block->memory, room, sizeof *more);
        if (!more)
            return NULL;
        if (block->count > 0)
            memcpy(more, block->items, block->count * sizeof *more);
        block->items = more;
        maker->room = room;
    }
    return &block->items[block->count++];
}

static uint8_t rating_named(const yardstick *by, const char *word)
{
    const level found = level_named(by, word);

    if (found != LEVEL_NONE)
        return found;
    return strcmp(word, "missing") == 0 ? RATING_MISSING : RATING_NOT_APPLICABLE;
}

/* The criteria of a rubric are those of its first row that has any. */
static bool take_ratings(saved_maker *maker, yardstick *by, const saved_row *row, verdict *out)
{
    if (!row->criteria || row->criterion_count == 0)
        return true;
    if (!by->criteria) {
        const char **ids = arena_array(&maker->out->memory, row->criterion_count, sizeof *ids);
        if (!ids)
            return false;
        for (size_t c = 0; c < row->criterion_count; c++)
            if (!(ids[c] = kept(maker, row->criteria[c])))
                return false;
        by->criteria = ids;
        by->criterion_count = row->criterion_count;
    }
    uint8_t *ratings = arena_array(&maker->block->memory, by->criterion_count, 1);
    if (!ratings)
        return false;
    memset(ratings, RATING_NOT_APPLICABLE, by->criterion_count);
    for (size_t c = 0; c < row->criterion_count; c++)
        for (size_t at = c < by->criterion_count ? c : 0, tried = 0; tried < by->criterion_count;
             at = (at + 1) % by->criterion_count, tried++)
            if (strcmp(by->criteria[at], row->criteria[c]) == 0) {
                ratings[at] = rating_named(by, row->ratings[c]);
                break;
            }
    out->ratings = ratings;
    return true;
}

static uint8_t outcome_of(yardstick *by, const saved_row *row)
{
    if (strcmp(row->status, "rejected") == 0)
        return OUTCOME_REJECTED;
    if (strcmp(row->judgement, "none") == 0)
        return OUTCOME_NONE;
    if (strcmp(row->judgement, "not_graded") == 0)
        return OUTCOME_INSUFFICIENT;
    const level found = level_named(by, row->judgement);
    if (found != LEVEL_NONE)
        return found;
    by->level_count = 0; /* levels that nobody here knows the order of */
    return 0;
}

bool saved_is_result(const char *judged, const char *status)
{
    const bool not_graded = strcmp(judged, "not_graded") == 0;

    if (strcmp(status, "graded") == 0)
        return *judged && !not_graded;
    return not_graded &&
           (strcmp(status, "insufficient_evidence") == 0 || strcmp(status, "rejected") == 0);
}

bool saved_add(saved_maker *maker, const saved_row *row)
{
    yardstick *by = yardstick_for(maker, row);
    verdict   *out = by ? next_verdict(maker) : NULL;
    arena     *memory = &maker->block->memory;

    if (!out)
        return false;
    *out = (verdict){
        .audit_id = arena_text(memory, row->audit_id, strlen(row->audit_id)),
        .input = arena_text(memory, row->input, strlen(row->input)),
        .area = arena_text(memory, row->area, strlen(row->area)),
        .team = arena_text(memory, row->team, strlen(row->team)),
        .auditor = "",
        .limited_by = arena_text(memory, row->limited_by, strlen(row->limited_by)),
        .by = *row->rubric ? by : NULL,
        .line = row->line,
        .audit_date = DATE_NONE,
        .score = row->score,
        .margin = row->margin,
        .outcome = outcome_of(by, row),
        .coverage = row->coverage,
    };
    out->word = out->outcome < LEVELS_MAX
                    ? arena_text(memory, row->judgement, strlen(row->judgement))
                    : outcome_word(by, out->outcome);
    return out->audit_id && out->input && out->area && out->team && out->limited_by && out->word &&
           (out->outcome == OUTCOME_REJECTED || take_ratings(maker, by, row, out));
}

uint32_t saved_score(const char *written)
{
    uint32_t whole = 0, places = 0;
    int      digits = 0;

    if (!isdigit((unsigned char)*written))
        return SCORE_NONE;
    for (; isdigit((unsigned char)*written); written++) {
        if (whole > 99999)
            return SCORE_NONE;
        whole = whole * 10 + (uint32_t)(*written - '0');
    }
    if (*written == '.')
        for (written++; digits < 3 && isdigit((unsigned char)*written); written++, digits++)
            places = places * 10 + (uint32_t)(*written - '0');
    for (; digits < 3; digits++)
        places *= 10;
    return whole * 1000 + places;
}

/* ---- Files -------------------------------------------------------------------------------- */

/* What is to be asked for at first: all of a file, where it says its size. */
static size_t first_room(FILE *file)
{
    struct stat status;

    return fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
                   (uintmax_t)status.st_size < SIZE_MAX / 4
               ? (size_t)status.st_size + 2
               : 1 << 16;
}

char *regression_read_file(const char *path, size_t *size, error_list *errors)
{
    FILE  *file = fopen(path, "re");
    char  *bytes = NULL;
    size_t room = 0;

    *size = 0;
    while (file) {
        if (room - *size < 2) {
            room = room > 0 ? room * 2 : first_room(file);
            char *more = realloc(bytes, room);
            if (!more) {
                free(bytes);
                fclose(file);
                error_memory(errors);
                return NULL;
            }
            bytes = more;
        }
        const size_t got = fread(bytes + *size, 1, room - *size - 1, file);
        *size += got;
        if (got == 0)
            break;
    }
    if (!file || ferror(file)) {
        error_add(errors, FAULT_INPUT, path, 0, 0, "could not be read: %s; give the file of a result",
                  strerror(errno));
        free(bytes);
        bytes = NULL;
    } else {
        bytes[*size] = '\0';
    }
    if (file)
        fclose(file);
    return bytes;
}

static bool ends_with(const char *name, const char *ending)
{
    const size_t size = strlen(name), length = strlen(ending);
    return size > length && strcmp(name + size - length, ending) == 0;
}

bool verdicts_read_bytes(verdict_list *out, const char *name, const char *bytes, size_t size,
                         const rubric_library *library, error_list *errors)
{
    saved_maker maker;

    if (!saved_begin(&maker, out, library))
        return error_memory(errors);
    const bool read = ends_with(name, ".csv") ? saved_read_csv(&maker, name, bytes, size, errors)
                                              : saved_read_json(&maker, name, bytes, size, errors);
    return saved_end(&maker, read) && read;
}

bool verdicts_read(verdict_list *out, const char *path, const rubric_library *library,
                   error_list *errors)
{
    size_t     size;
    char      *bytes = regression_read_file(path, &size, errors);
    const bool read = bytes && verdicts_read_bytes(out, path, bytes, size, library, errors);

    free(bytes);
    return read;
}
