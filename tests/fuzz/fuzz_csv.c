/* fuzz_csv.c - any bytes as an input: no crash, no leak; and whatever the size of the chunks and
 * the kind of scan, the same records, cells and values. The first byte chooses the limits. */
#include <stdint.h>

#include "../unit/records_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void write_number(written *out, long number)
{
    char shown[32];
    int  length = snprintf(shown, sizeof shown, "%ld ", number);
    write_bytes(out, shown, (size_t)length);
}

/* The values of a column that was decoded, as text. */
static void write_column(written *out, const column *made, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        write_number(out, made->status[i]);
        if (made->type == VALUE_TEXT) {
            require(text_is_utf8(made->texts[i].at, made->texts[i].size));
            write_bytes(out, made->texts[i].at, made->texts[i].size);
        } else if (made->type == VALUE_DATES) {
            for (uint32_t at = made->offsets[i]; at < made->offsets[i + 1]; at++) {
                require(at == made->offsets[i] || made->dates[at - 1] <= made->dates[at]);
                write_number(out, made->dates[at]);
            }
            require(made->status[i] == COLUMN_VALUE || made->offsets[i] == made->offsets[i + 1]);
        } else if (made->status[i] == COLUMN_VALUE) {
            write_number(out, made->type == VALUE_NUMBER ? (long)made->numbers[i]
                              : made->type == VALUE_DATE ? made->dates[i]
                                                         : made->bytes[i]);
        }
    }
}

/* Each slot has been read as one type; the values of all, a line a column. */
enum { SLOTS = VALUE_TEXT + 1 };

static void decode_all(written out[SLOTS], column made[SLOTS], const chunk *piece)
{
    uint32_t *rows = calloc(piece->count + 1, sizeof *rows);
    require(rows != NULL);
    size_t whole = 0;
    for (size_t i = 0; i < piece->count; i++) {
        rows[whole] = (uint32_t)i;
        whole += piece->fault[i] == RECORD_WHOLE;
    }
    for (size_t slot = 0; slot < SLOTS; slot++) {
        require(column_decode(&made[slot], piece, rows, whole));
        write_column(&out[slot], &made[slot], whole);
    }
    free(rows);
}

static spelling_table *some_spellings(void)
{
    spelling_table *table = spelling_new(SPELLING_NAME);
    require(table != NULL);
    require(spelling_add(table, text_of("good"), 1) == SPELLING_ADDED);
    require(spelling_add(table, text_of("requires improvement"), 2) == SPELLING_ADDED);
    return table;
}

/* All records of an open input: where they are and why not, and the values of the first columns,
 * each as another type. */
static char *read_all(records *opened)
{
    error_list      errors = {0};
    spelling_table *spellings = some_spellings();
    written         records_out = {0};
    written         out[SLOTS] = {{0}};
    column          made[SLOTS] = {{0}};
    size_t          columns[SLOTS];
    for (size_t i = 0; i < SLOTS; i++) {
        columns[i] = i % records_column_count(opened);
    }
    require(records_select(opened, columns, SLOTS));
    for (size_t i = 0; i < SLOTS; i++) {
        require(column_init(&made[i], opened, i, (value_type)i, spellings));
    }
    chunk *piece = chunk_new(opened, &errors);
    require(piece != NULL);
    while (records_next(opened, piece, &errors) == RECORDS_MORE) {
        require(chunk_cut(piece));
        write_chunk(&records_out, piece, SLOTS);
        decode_all(out, made, piece);
    }
    require(errors.count == 0);
    chunk_free(piece);
    for (size_t i = 0; i < SLOTS; i++) {
        write_bytes(&records_out, "\n", 1);
        write_bytes(&records_out, out[i].at, out[i].size);
        free(out[i].at);
        column_free(&made[i]);
    }
    spelling_free(spellings);
    return records_out.at;
}

/* What is read, or what is said where it cannot be opened. */
static char *read_bytes(const char *bytes, size_t size, record_limits limits, scan_function *scan)
{
    error_list errors = {0};
    written    said = {0};
    records   *opened = open_bytes(bytes, size, NULL, limits, scan, &errors);
    if (opened != NULL) {
        require(errors.count == 0);
        said.at = read_all(opened);
        records_close(opened);
        return said.at;
    }
    require(errors.count > 0);
    for (size_t i = 0; i < errors.count; i++) {
        write_bytes(&said, errors.items[i].text, strlen(errors.items[i].text));
        require(strchr(errors.items[i].text, ';') != NULL); /* a remedy follows */
    }
    error_clear(&errors);
    return said.at;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const size_t chunks[] = {1, 5, 24, 64};
    if (size == 0) {
        return 0;
    }
    bool          small = bytes[0] & 1;
    record_limits whole = {small ? 64 : CHUNK_SIZE, small ? 64 : RECORD_MAX, small ? 16 : CELL_MAX};
    record_limits tiny = whole;
    tiny.chunk = chunks[bytes[0] >> 1 & 3];

    const char *file = (const char *)bytes + 1;
    char       *first = read_bytes(file, size - 1, whole, scan_fastest());
    char       *second = read_bytes(file, size - 1, tiny, scan_plain);
    require(strcmp(first, second) == 0);
    free(first);
    free(second);
    return 0;
}
