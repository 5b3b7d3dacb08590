/* fuzz_column_map.c - any bytes as a column map: no crash, no leak, every fault with a remedy;
 * and a file opened with what could be read. */
#include <stdint.h>

#include "../unit/records_case.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void check_faults(error_list *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        char shown[512];
        error_format(&errors->items[i], shown, sizeof shown);
        require(strchr(errors->items[i].text, ';') != NULL);
        require(errors->items[i].line > 0);
    }
    error_clear(errors);
}

/* Every cell is read, as the map has it. */
static void decode(records *opened)
{
    error_list     errors = {0};
    const uint32_t rows[] = {0, 1};
    select_every_column(opened);
    chunk *piece = chunk_new(opened, &errors);
    require(piece != NULL);
    require(records_next(opened, piece, &errors) == RECORDS_MORE);
    require(chunk_cut(piece) && piece->count == 2);
    for (size_t i = 0; i < records_column_count(opened); i++) {
        column made;
        require(column_init(&made, opened, i, i % 2 == 0 ? VALUE_FLAG : VALUE_TEXT, NULL));
        require(column_decode(&made, piece, rows, 2));
        column_free(&made);
    }
    chunk_free(piece);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char file[] = "Team,Was the child seen?,grade,a,b\nNorth,Yes,Good,x,1\nS,-,G,,\n";
    error_list        errors = {0};
    column_map *map = column_map_read_bytes("columns.ini", (const char *)bytes, size, &errors);
    require((map != NULL) == (error_count(&errors) == 0));
    check_faults(&errors);
    if (map != NULL) {
        records *opened =
            open_bytes(file, sizeof file - 1, map, real_limits, scan_fastest(), &errors);
        require((opened != NULL) == (error_count(&errors) == 0));
        check_faults(&errors);
        if (opened != NULL) {
            decode(opened);
        }
        records_close(opened);
    }
    column_map_free(map);
    return 0;
}
