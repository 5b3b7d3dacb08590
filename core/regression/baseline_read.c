/* baseline_read.c - a baseline's file, taken apart: every line holds what its checksum says. */
#include <ctype.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "regression/baseline.h"
#include "regression/saved.h"

uint32_t baseline_checksum(const char *line, size_t size)
{
    static const unsigned char key[crypto_shorthash_KEYBYTES] = "assay baseline 1";
    unsigned char              hash[crypto_shorthash_BYTES];

    crypto_shorthash(hash, (const unsigned char *)line, size, key);
    return (uint32_t)hash[0] | (uint32_t)hash[1] << 8 | (uint32_t)hash[2] << 16 |
           (uint32_t)hash[3] << 24;
}

char baseline_rating_mark(uint8_t rating)
{
    if (rating < LEVELS_MAX)
        return (char)('1' + rating);
    return rating == RATING_MISSING          ? '-'
           : rating == RATING_NOT_APPLICABLE ? 'n'
           : rating == RATING_NOT_DUE        ? 'd'
                                             : '!';
}

uint8_t baseline_rating_of(char mark)
{
    if (mark >= '1' && mark < '1' + LEVELS_MAX)
        return (uint8_t)(mark - '1');
    return mark == '-'   ? RATING_MISSING
           : mark == 'n' ? RATING_NOT_APPLICABLE
           : mark == 'd' ? RATING_NOT_DUE
                         : RATING_INVALID;
}

/* ---- Lines --------------------------------------------------------------------------------- */

enum { CHECKSUM_DIGITS = 8, CHECKSUMS_WAITING = 512 };

typedef struct baseline_rest {
    baseline                *out;
    const char              *name;
    FILE                    *file; /* where the rest comes from; NULL: all was read */
    char                    *at;
    char                    *end;  /* of what was read */
    size_t                   left; /* what `file` has still to give */
    bool                     nul;  /* there is a NUL byte in what was read last */
    uint64_t                 line;
    uint64_t                 expected; /* records that the header counts */
    crypto_generichash_state sums;     /* of every line's checksum, but for those that wait */
    char                     waiting[CHECKSUMS_WAITING][CHECKSUM_DIGITS];
    size_t                   waiting_count;
    verdict_block           *block;
    bool                     ended;
    error_list              *errors; /* of the call under way */
} parse;

static bool refuse(const parse *at, const char *what)
{
    error_add(at->errors, FAULT_INPUT, at->name, at->line, 0, "%s", what);
    return false;
}

static bool read_hex(const char *from, size_t digits, uint64_t *out)
{
    /* the digit and 1; 0: none */
    static const uint8_t value[256] = {
        ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,
        ['6'] = 7,  ['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12,
        ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16};
    bool fine = true;

    *out = 0;
    for (size_t i = 0; i < digits; i++) {
        const unsigned digit = value[(unsigned char)from[i]];
        fine &= digit > 0;
        *out = *out << 4 | ((digit - 1) & 15);
    }
    return fine;
}

static bool is_merge_marker(const char *line)
{
    return (*line == '<' || *line == '=' || *line == '>' || *line == '|') &&
           (strncmp(line, "<<<<<<<", 7) == 0 || strncmp(line, "=======", 7) == 0 ||
            strncmp(line, ">>>>>>>", 7) == 0 || strncmp(line, "|||||||", 7) == 0);
}

static void add_waiting(parse *at)
{
    crypto_generichash_update(&at->sums, (const unsigned char *)at->waiting,
                              at->waiting_count * CHECKSUM_DIGITS);
    at->waiting_count = 0;
}

static void add_checksum(parse *at, const char digits[CHECKSUM_DIGITS])
{
    if (at->waiting_count == CHECKSUMS_WAITING)
        add_waiting(at);
    memcpy(at->waiting[at->waiting_count++], digits, CHECKSUM_DIGITS);
}

static void close_file(parse *at)
{
    if (at->file)
        fclose(at->file);
    at->file = NULL;
    at->left = 0;
}

/* Reads on. False where there is no more, or a fault. */
static bool read_on(parse *at)
{
    enum { READ_SIZE = 1 << 18 };
    const size_t wanted = at->left < READ_SIZE ? at->left : READ_SIZE;
    const size_t got = wanted > 0 ? fread(at->end, 1, wanted, at->file) : 0;

    if (got < wanted && ferror(at->file))
        error_add(at->errors, FAULT_INPUT, at->name, 0, 0, "could not be read: %s",
                  strerror(errno));
    at->nul |= memchr(at->end, '\0', got) != NULL;
    at->end += got;
    *at->end = '\0';
    at->left -= got;
    if (got < wanted)
        close_file(at);
    return got > 0;
}

/* Whether there are bytes that were not taken. */
static bool has_more(parse *at)
{
    return at->at < at->end || read_on(at);
}

/* The next line, its checksum held against it and cut off. NULL at the end or where it is wrong. */
static char *next_line(parse *at)
{
    uint64_t sum;

    if (!has_more(at))
        return NULL;
    char *line = at->at, *stop = memchr(line, '\n', (size_t)(at->end - line));
    while (!stop) {
        const size_t seen = (size_t)(at->end - line);
        if (!read_on(at))
            break;
        stop = memchr(line + seen, '\n', (size_t)(at->end - line) - seen);
    }
    if (error_count(at->errors) > 0)
        return NULL;
    at->line++;
    if (!stop) {
        refuse(at, "the file is cut off here; take it again from where it is kept");
        return NULL;
    }
    at->at = stop + 1;
    if (stop > line && stop[-1] == '\r')
        stop--;
    *stop = '\0';
    if (is_merge_marker(line)) {
        refuse(at,
               "a merge left its marks here; take one of the two files, and accept again what the "
               "other held");
        return NULL;
    }
    const size_t size = (size_t)(stop - line);
    if ((at->nul && memchr(line, '\0', size)) || size < 9 || line[size - 9] != '\t' ||
        !read_hex(line + size - 8, 8, &sum) || sum != baseline_checksum(line, size - 9)) {
        refuse(at, "this line is not as it was written; a baseline is not edited by hand: take it "
                   "again from where it is kept, or assay baseline accept what moved");
        return NULL;
    }
    add_checksum(at, line + size - CHECKSUM_DIGITS);
    line[size - 9] = '\0';
    return line;
}

/* Cuts the next cell off a line; "" behind the last. */
static char *next_cell(char **line)
{
    char *cut = *line, *stop = strchr(cut, '\t');

    if (stop) {
        *stop = '\0';
        *line = stop + 1;
    } else {
        *line = cut + strlen(cut);
    }
    return cut;
}

/* ---- The head -------------------------------------------------------------------------------- */

static bool add_rubric(parse *at, char *line)
{
    baseline *out = at->out;

    if (out->rubric_count % 16 == 0) {
        baseline_rubric *more = arena_array(&out->memory, out->rubric_count + 16, sizeof *more);
        if (!more)
            return error_memory(at->errors);
        if (out->rubric_count > 0)
            memcpy(more, out->rubrics, out->rubric_count * sizeof *more);
        out->rubrics = more;
    }
    baseline_rubric *made = &out->rubrics[out->rubric_count++];
    *made = (baseline_rubric){0};
    made->by.id = next_cell(&line);
    made->by.version = next_cell(&line);
    made->area = next_cell(&line);
    const char *hash = next_cell(&line);
    if (strlen(hash) != ORIGIN_HASH_TEXT_SIZE - 1 || !*made->by.id)
        return refuse(at, "this is no line of a rubric; take the file again from where it is kept");
    memcpy(made->hash, hash, ORIGIN_HASH_TEXT_SIZE);
    return true;
}

static bool add_levels(parse *at, char *line)
{
    baseline_rubric *of =
        at->out->rubric_count ? &at->out->rubrics[at->out->rubric_count - 1] : NULL;

    while (of && *line && of->by.level_count < LEVELS_MAX) {
        char *id = next_cell(&line), *label = strchr(id, '=');
        if (!label)
            break;
        *label = '\0';
        of->by.levels[of->by.level_count] = id;
        of->by.labels[of->by.level_count++] = label + 1;
    }
    if (of && !yardstick_fold(&of->by, &at->out->memory))
        return error_memory(at->errors);
    return (of && of->by.level_count >= 2 && !*line) ||
           refuse(at, "this is no line of levels; take the file again from where it is kept");
}

static size_t count_cells(const char *line)
{
    size_t count = 1;
    for (; *line; line++)
        count += *line == '\t';
    return count;
}

static const char **cells_of(parse *at, char *line, size_t *count)
{
    const char **made = arena_array(&at->out->memory, count_cells(line) + 1, sizeof *made);

    *count = 0;
    while (made && *line)
        made[(*count)++] = next_cell(&line);
    if (!made)
        error_memory(at->errors);
    return made;
}

static bool add_criteria(parse *at, char *line)
{
    baseline_rubric *of =
        at->out->rubric_count ? &at->out->rubrics[at->out->rubric_count - 1] : NULL;

    if (!of)
        return refuse(at, "criteria come before their rubric; take the file again");
    of->by.criteria = cells_of(at, line, &of->by.criterion_count);
    return of->by.criteria != NULL;
}

static bool read_key(parse *at, char *line)
{
    const char *where = next_cell(&line);
    uint64_t    byte;

    at->out->key_elsewhere = strcmp(where, "elsewhere") == 0;
    const char *hex = next_cell(&line);
    if (strlen(hex) != 2 * BASELINE_KEY_SIZE)
        return refuse(at, "this is no key; take the file again from where it is kept");
    for (size_t i = 0; i < BASELINE_KEY_SIZE; i++) {
        if (!read_hex(hex + 2 * i, 2, &byte))
            return refuse(at, "this is no key; take the file again from where it is kept");
        at->out->key[i] = (uint8_t)byte;
    }
    return true;
}

static bool keep_line(parse *at, const char ***list, size_t *count, char *line)
{
    if (*count % 64 == 0) {
        const char **more = arena_array(&at->out->memory, *count + 64, sizeof *more);
        if (!more)
            return error_memory(at->errors);
        if (*count > 0)
            memcpy(more, *list, *count * sizeof *more);
        *list = more;
    }
    (*list)[(*count)++] = line;
    return true;
}

/* One line of the head. *last is set at the one behind which records come. */
static bool read_head_line(parse *at, char *line, bool *last)
{
    char *rest = line;
    char *what = strchr(line, '\t') ? NULL : line;
    char  name[16] = "";

    if (!what && (size_t)(strchr(line, '\t') - line) < sizeof name) {
        memcpy(name, line, (size_t)(strchr(line, '\t') - line));
        rest = strchr(line, '\t') + 1;
    }
    if (strcmp(name, "rubric") == 0)
        return add_rubric(at, rest);
    if (strcmp(name, "levels") == 0)
        return add_levels(at, rest);
    if (strcmp(name, "criteria") == 0)
        return add_criteria(at, rest);
    if (strcmp(name, "key") == 0)
        return read_key(at, rest);
    if (strcmp(name, "fields") == 0)
        return (at->out->fields = cells_of(at, rest, &at->out->field_count)) != NULL;
    if (strcmp(name, "records") == 0) {
        *last = true;
        at->expected = strtoull(rest, NULL, 10);
        return true;
    }
    if (strcmp(name, "program") == 0)
        return true;
    if (strcmp(name, "plugin") == 0 || strcmp(name, "calendar") == 0 || strcmp(name, "input") == 0)
        return keep_line(at, &at->out->others, &at->out->other_count, line);
    return refuse(at, "this line is not known; the file may be of a later assay: update it");
}

/* ---- Records ------------------------------------------------------------------------------------ */

/* "a\x09b" as it was. */
static void unescape(char *value)
{
    char    *out = value;
    uint64_t byte;

    if (!strchr(value, '\\'))
        return;
    for (; *value; value++)
        if (value[0] == '\\' && value[1] == 'x' && read_hex(value + 2, 2, &byte) && byte) {
            *out++ = (char)byte;
            value += 3;
        } else {
            *out++ = *value;
        }
    *out = '\0';
}

static bool read_outcome(const baseline_rubric *of, verdict *out)
{
    static const struct {
        const char *word;
        uint8_t     outcome;
    } others[] = {{"rejected", OUTCOME_REJECTED},
                  {"none", OUTCOME_NONE},
                  {"insufficient_evidence", OUTCOME_INSUFFICIENT}};

    for (size_t l = 0; of && l < of->by.level_count; l++)
        if (strcmp(of->by.levels[l], out->word) == 0) {
            out->outcome = (uint8_t)l;
            return true;
        }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (strcmp(others[i].word, out->word) == 0) {
            out->outcome = others[i].outcome;
            return of || out->outcome == OUTCOME_REJECTED;
        }
    return false;
}

/* The rubric of that number; NULL: 0, or none there is. */
static const baseline_rubric *numbered(const baseline *in, const char *number)
{
    size_t which = 0;

    for (; isdigit((unsigned char)*number) && which <= in->rubric_count; number++)
        which = which * 10 + (size_t)(*number - '0');
    return which > 0 && which <= in->rubric_count ? &in->rubrics[which - 1] : NULL;
}

static bool read_record(parse *at, char *line)
{
    char                  *id = next_cell(&line), *word = next_cell(&line);
    const char            *score = next_cell(&line), *limits = next_cell(&line);
    const baseline_rubric *of = numbered(at->out, next_cell(&line));
    char                  *ratings = next_cell(&line);
    const char            *row = next_cell(&line);
    const size_t           rated = strlen(ratings);
    verdict               *out = &at->block->items[at->block->count];

    unescape(id);
    *out = (verdict){
        .audit_id = id,
        .input = at->name,
        .line = at->line,
        .area = of ? of->area : "",
        .team = "",
        .auditor = "",
        .limited_by = limits,
        .word = word,
        .by = of ? &of->by : NULL,
        .audit_date = DATE_NONE,
        .score = saved_score(score),
        .margin = SCORE_NONE,
    };
    if (!read_outcome(of, out) || (rated > 0 && (!of || rated != of->by.criterion_count)) ||
        strlen(row) != 16 || !read_hex(row, 16, &out->row))
        return refuse(
            at,
            "this is no line of a record: lines were taken out or put in; take the file again from "
            "where it is kept");
    for (size_t c = 0; c < rated; c++)
        ratings[c] = (char)baseline_rating_of(ratings[c]);
    out->ratings = rated > 0 ? (const uint8_t *)ratings : NULL;
    at->block->count++;
    return true;
}

static bool read_records(parse *at)
{
    /* a record takes 40 bytes at the least: no count can ask for more than the file could hold */
    if (at->expected > ((uint64_t)(at->end - at->at) + at->left) / 30)
        return refuse(at, "the file is cut off: it holds fewer records than it says here; take it "
                          "again from where it is kept");
    at->block->items =
        arena_array(&at->block->memory, (size_t)at->expected + 1, sizeof *at->block->items);
    if (!at->block->items)
        return error_memory(at->errors);
    for (uint64_t r = 0; r < at->expected; r++) {
        char *line = next_line(at);
        if (!line)
            return error_count(at->errors) > 0
                       ? false
                       : refuse(at, "the file is cut off: records are missing; take it again from "
                                    "where it is kept");
        if (!read_record(at, line))
            return false;
        const int order =
            r == 0 ? -1 : strcmp(at->block->items[r - 1].audit_id, at->block->items[r].audit_id);
        at->block->repeated += order == 0;
        if (order > 0)
            return refuse(at, "records do not stand in the order of their ids; take the file again "
                              "from where it is kept");
    }
    return true;
}

/* ---- The end --------------------------------------------------------------------------------------- */

static bool read_end(parse *at, char *line, const char sums[33])
{
    next_cell(&line);
    if (strcmp(next_cell(&line), sums) != 0)
        return refuse(at,
                      "lines were taken out, put in or moved; take the file again from where it is "
                      "kept");
    at->ended = true;
    if (has_more(at))
        return refuse(at, "there are lines behind the end; take the file again");
    return error_count(at->errors) == 0;
}

/* What the end line says of all lines before it. */
static void sums_so_far(parse *at, char out[33])
{
    crypto_generichash_state state;
    unsigned char            hash[16];

    add_waiting(at);
    state = at->sums;
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(out, 33, hash, sizeof hash);
}

static bool read_history(parse *at)
{
    char sums[33];

    for (;;) {
        sums_so_far(at, sums);
        char *line = next_line(at);
        if (!line)
            break;
        if (strncmp(line, "end\t", 4) == 0)
            return read_end(at, line, sums);
        if (!keep_line(at, &at->out->history, &at->out->history_count, line))
            return false;
    }
    return error_count(at->errors) > 0
               ? false
               : refuse(at,
                        "the file is cut off: its end is missing; take it again from where it is "
                        "kept");
}

static bool read_head(parse *at)
{
    char *line = next_line(at);
    bool  last = false;

    if (!line || strcmp(line, "assay baseline 1") != 0) {
        if (error_count(at->errors) == 0)
            refuse(at,
                   "is no baseline, or one of a later assay; make one with assay baseline save");
        return false;
    }
    while (!last) {
        line = next_line(at);
        if (!line)
            return error_count(at->errors) > 0
                       ? false
                       : refuse(at,
                                "the file is cut off in its head; take it again from where it is "
                                "kept");
        if (!read_head_line(at, line, &last))
            return false;
    }
    return true;
}

/* ---- All of it ------------------------------------------------------------------------------------- */

/* Does `read` with errors of its own, for those before may be of anything. */
static bool read_part(parse *at, bool (*read)(parse *), error_list *errors)
{
    error_list own = {0};

    at->errors = &own;
    const bool fine = read(at);
    at->errors = NULL;
    error_append(errors, &own);
    error_clear(&own);
    return fine;
}

/* Reads the head; `size` of the bytes are there, and what is left comes from `file`, which may be NULL. */
static bool open_bytes(baseline **out, const char *name, char *bytes, size_t size, FILE *file,
                       size_t left, error_list *errors)
{
    baseline *made = calloc(1, sizeof *made);
    parse    *rest = calloc(1, sizeof *rest);

    *out = made;
    if (!made || !rest) {
        free(bytes);
        free(rest);
        if (file)
            fclose(file);
        return error_memory(errors);
    }
    made->bytes = bytes;
    made->path = arena_text(&made->memory, name, strlen(name));
    made->rest = rest;
    *rest = (parse){.out = made,
                    .name = made->path,
                    .file = file,
                    .at = bytes,
                    .end = bytes + size,
                    .left = left,
                    .nul = memchr(bytes, '\0', size) != NULL};
    crypto_generichash_init(&rest->sums, NULL, 0, 16);
    return made->path ? read_part(rest, read_head, errors) : error_memory(errors);
}

/* A file whose size is known; NULL: it is none, or cannot be opened. */
static FILE *open_sized(const char *path, size_t *size)
{
    FILE       *file = fopen(path, "re");
    struct stat status;

    if (file && fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode) &&
        status.st_size > 0 && (uintmax_t)status.st_size < SIZE_MAX / 4) {
        *size = (size_t)status.st_size;
        return file;
    }
    if (file)
        fclose(file);
    return NULL;
}

bool baseline_open(baseline **out, const char *path, error_list *errors)
{
    size_t size = 0;
    FILE  *file = open_sized(path, &size);
    char  *bytes = file ? malloc(size + 1) : regression_read_file(path, &size, errors);

    *out = NULL;
    if (file && !bytes) {
        fclose(file);
        return error_memory(errors);
    }
    return bytes && open_bytes(out, path, bytes, file ? 0 : size, file, file ? size : 0, errors);
}

static bool read_rest(parse *at)
{
    at->block = calloc(1, sizeof *at->block);
    const bool read =
        (at->block || error_memory(at->errors)) && read_records(at) && read_history(at);

    if (!read) {
        verdict_block_free(at->block);
        return false;
    }
    return verdicts_add(&at->out->list, at->block) || error_memory(at->errors);
}

bool baseline_finish(baseline *of, error_list *errors)
{
    if (!of->rest)
        return true;
    const bool read = read_part(of->rest, read_rest, errors);
    close_file(of->rest);
    free(of->rest);
    of->rest = NULL;
    return read;
}

bool baseline_read_bytes(baseline **out, const char *name, char *bytes, size_t size,
                         error_list *errors)
{
    return open_bytes(out, name, bytes, size, NULL, 0, errors) && baseline_finish(*out, errors);
}

bool baseline_read(baseline **out, const char *path, error_list *errors)
{
    return baseline_open(out, path, errors) && baseline_finish(*out, errors);
}

void baseline_free(baseline *unwanted)
{
    if (!unwanted)
        return;
    verdicts_free(&unwanted->list);
    arena_free(&unwanted->memory);
    if (unwanted->rest)
        close_file(unwanted->rest);
    free(unwanted->rest);
    free(unwanted->bytes);
    free(unwanted);
}

const verdict_list *baseline_list(const baseline *of)
{
    return &of->list;
}

bool baseline_hashing(const baseline *of, row_hashing *out)
{
    *out = (row_hashing){of->key, of->fields, of->field_count};
    return !of->key_elsewhere;
}

bool baselines_hash_alike(const baseline *a, const baseline *b)
{
    bool alike = a->key_elsewhere == b->key_elsewhere && a->field_count == b->field_count &&
                 sodium_memcmp(a->key, b->key, BASELINE_KEY_SIZE) == 0;

    for (size_t f = 0; alike && f < a->field_count; f++)
        alike = strcmp(a->fields[f], b->fields[f]) == 0;
    return alike;
}
