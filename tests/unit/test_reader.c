/* test_reader.c - records/records.h: a file into records and cells. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <unistd.h>

#include "records_case.h"

#define COUNT(array)    (sizeof(array) / sizeof((array)[0]))
#define LITERAL(string) (string), sizeof(string) - 1

/* Reads bytes with chunks of every size that may matter, with both scans; all must read the
 * same, and that is returned. */
static char *read_sized(const char *bytes, size_t size, size_t record, size_t cell_size)
{
    static const size_t chunks[] = {CHUNK_SIZE, 1, 2, 3, 7, 16, 64, 65};
    char               *first = NULL;
    for (size_t i = 0; i < 2 * COUNT(chunks); i++) {
        size_t        wanted = chunks[i / 2];
        record_limits limits = {wanted < record ? wanted : record, record, cell_size};
        error_list    errors = {0};
        records      *opened = open_bytes(bytes, size, NULL, limits,
                                     i % 2 == 0 ? scan_fastest() : scan_plain, &errors);
        assert_non_null(opened);
        assert_int_equal(errors.count, 0);
        char *read = write_records(opened);
        records_close(opened);
        if (first != NULL) {
            assert_string_equal(read, first);
            free(read);
        } else {
            first = read;
        }
    }
    return first;
}

static void check_sized(const char *bytes, size_t size, const char *expected)
{
    char *read = read_sized(bytes, size, RECORD_MAX, CELL_MAX);
    assert_string_equal(read, expected);
    free(read);
}

static void check(const char *bytes, const char *expected)
{
    check_sized(bytes, strlen(bytes), expected);
}

/* ---- Line ends, blank lines, ends of files --------------------------------- */

static void test_line_ends_are_lf_crlf_or_cr(void **state)
{
    (void)state;
    check("a,b\n1,2\n3,4\n", "2 1|2\n3 3|4\n");
    check("a,b\r\n1,2\r\n3,4\r\n", "2 1|2\n3 3|4\n");
    check("a,b\r1,2\r3,4\r", "2 1|2\n3 3|4\n");
    check("a,b\r\n1,2\n3,4\r5,6\r\n", "2 1|2\n3 3|4\n4 5|6\n");
}

static void test_the_last_record_may_have_no_line_end(void **state)
{
    (void)state;
    check("a,b\n1,2", "2 1|2\n");
    check("a,b\n1,", "2 1|\n");
    check("a,b\n1,\"2\"", "2 1|2\n");
    check("a,b", "");
    check("a,b\r\n1,2\r", "2 1|2\n");
}

static void test_blank_lines_are_passed_over_and_counted(void **state)
{
    (void)state;
    /* CR CR LF is two line ends: a lone CR, and CRLF. */
    check("\n  \na,b\n\n1,2\n \t \n3,4\r\r\n5,6\n\n", "5 1|2\n7 3|4\n9 5|6\n");
    check("\xC2\xA0\na,b\n1,2\n", "3 1|2\n");
}

static void test_a_row_of_delimiters_is_a_record(void **state)
{
    (void)state;
    check("a,b,c\n,,\n1,2,3\n", "2 ||\n3 1|2|3\n");
    check("a\n\"\"\n1\n", "2 \n3 1\n");
}

static void test_cells_that_a_record_does_not_have_are_empty(void **state)
{
    (void)state;
    check("a,b,c\n1\n1,2\n1,2,3\n", "2 1||\n3 1|2|\n4 1|2|3\n");
}

static void test_more_cells_than_the_header_are_a_fault_where_not_empty(void **state)
{
    (void)state;
    check("a,b\n1,2,,\n1,2, ,\"\"\n1,2,,x,y\n3,4\n", "2 1|2\n3 1|2\n4 !1 4\n5 3|4\n");
}

/* ---- Quotes ---------------------------------------------------------------- */

static void test_quoted_cells_hold_delimiters_line_ends_and_quotes(void **state)
{
    (void)state;
    check("a,b\n\"x,y\",\"p\nq\"\n\"say \"\"no\"\"\",\"\"\"\"\n1,2\n",
          "2 x,y|p\nq\n4 say \"no\"|\"\n5 1|2\n");
    check("a,b\r\n\"p\r\nq\rr\ns\",2\r\n3,4\r\n", "2 p\r\nq\rr\ns|2\n6 3|4\n");
    check("a,b\n\"\",\"\"\"a\"\"\"\n", "2 |\"a\"\n");
}

static void test_a_quote_inside_a_bare_cell_is_kept(void **state)
{
    (void)state;
    check("a,b\n6\" pipe,x\"y\"z\n \"s\",2\n", "2 6\" pipe|x\"y\"z\n3  \"s\"|2\n");
}

static void test_text_behind_a_closing_quote_is_kept_as_written(void **state)
{
    (void)state;
    check("a,b\n\"abc\"def,2\n\"abc\" ,2\n\"a\"\"b\"c\"d\"\"e,2\n",
          "2 abcdef|2\n3 abc |2\n4 a\"bc\"d\"\"e|2\n");
    check("a,b\n\"x\"y", "2 xy|\n");
}

static void test_an_unclosed_quote_rejects_its_own_line_alone(void **state)
{
    (void)state;
    /* To the end of the file. */
    check("a,b,c\n1,\"x,3\n4,5,6\n7,8,9\n", "2 !3 2\n3 4|5|6\n4 7|8|9\n");
    /* To a quote that opens another cell. */
    check("a,b,c\n1,\"x,3\n4,\"5\",6\n7,8,9\n", "2 !3 2\n3 4|5|6\n4 7|8|9\n");
    check("a,b\n\"x\n\"y\n\"z\n1,2\n", "2 !3 1\n3 !3 1\n4 !3 1\n5 1|2\n");
    check("a,b\r\n1,\"x\r\n3,4", "2 !3 2\n3 3|4\n");
    check("a,b\n1,\"x", "2 !3 2\n");
    check("a,b\n1,\"x\"\"", "2 !3 2\n");
    check("a,b\n1,\"", "2 !3 2\n");
}

/* ---- Faults and limits ------------------------------------------------------- */

static void test_a_nul_byte_rejects_its_record(void **state)
{
    (void)state;
    check_sized(LITERAL("a,b\n1,x\0y\n2,\"\0\"\n3,4\n"), "2 !2 2\n3 !2 2\n4 3|4\n");
}

static void test_the_first_fault_of_a_record_is_told(void **state)
{
    (void)state;
    check_sized(LITERAL("a,b\n\0,2,3\n1,2,3,\0\n"), "2 !2 1\n3 !1 3\n");
}

static void test_a_cell_over_1_mib_rejects_its_record(void **state)
{
    (void)state;
    size_t size = CELL_MAX + 64;
    char  *bytes = malloc(size);
    assert_non_null(bytes);
    for (size_t over = 0; over < 2; over++) {
        size_t cell_size = CELL_MAX + over;
        memcpy(bytes, "a,b\n1,", 6);
        memset(bytes + 6, 'x', cell_size);
        memcpy(bytes + 6 + cell_size, "\n3,4\n", 5);
        char *read = read_sized(bytes, 6 + cell_size + 5, RECORD_MAX, CELL_MAX);
        if (over == 0) {
            assert_int_equal(strlen(read), strlen("2 1|\n3 3|4\n") + CELL_MAX);
        } else {
            assert_string_equal(read, "2 !4 2\n3 3|4\n");
        }
        free(read);
    }
    free(bytes);
}

/* The limits made small: records of 20 bytes, cells of 10. */
static void check_small(const char *bytes, const char *expected)
{
    char *read = read_sized(bytes, strlen(bytes), 20, 10);
    assert_string_equal(read, expected);
    free(read);
}

static void test_a_record_over_the_limit_is_passed_over_to_its_line_end(void **state)
{
    (void)state;
    /* 20 bytes are read, 21 are not. */
    check_small("a,b,c\n12345678,2345678,123\n3\n", "2 12345678|2345678|123\n3 3||\n");
    check_small("a,b,c\n12345678,23456789,123\n3\n", "2 !5 0\n3 3||\n");
    check_small("a,b\n1,2345678901234567890123456789\r\n3,4\r\n", "2 !5 0\n3 3|4\n");
    check_small("a,b\n1,2345678901234567890123456789\r3,4\r", "2 !5 0\n3 3|4\n");
    check_small("a,b\n1,2345678901234567890123456789", "2 !5 0\n");
    check_small("a,b\n1,\"345678901234567890123456789\n3,4\n", "2 !5 0\n3 3|4\n");
    check_small("a,b\n1,234567890123456789\r\n3,4\n", "2 !4 2\n3 3|4\n");
    check_small("a,b\n1,2345678901234567890\r\n3,4\n", "2 !5 0\n3 3|4\n");
    check_small("a,b\n1,23456789012345678901\r\n3,4\n", "2 !5 0\n3 3|4\n");
}

static void test_a_quote_not_closed_within_a_record_is_unclosed(void **state)
{
    (void)state;
    check_small("a,b\n1,\"x\n345678901234567\n45678901234\n3,\"y\"\n",
                "2 !3 2\n3 !4 1\n4 !4 1\n5 3|y\n");
}

/* ---- Dialects --------------------------------------------------------------- */

static records *open_text(const char *bytes, error_list *errors)
{
    return open_bytes(bytes, strlen(bytes), NULL, real_limits, scan_fastest(), errors);
}

static void check_delimiter(const char *bytes, char delimiter)
{
    error_list errors = {0};
    records   *opened = open_text(bytes, &errors);
    assert_non_null(opened);
    assert_int_equal(records_delimiter(opened), delimiter);
    records_close(opened);
}

static void test_the_delimiter_is_found_in_the_header(void **state)
{
    (void)state;
    check_delimiter("a,b;c,d\n", ',');
    check_delimiter("a;b,c;d\n", ';');
    check_delimiter("a\tb\tc,d\n", '\t');
    check_delimiter("a,b;c\n", ',');
    check_delimiter("a\n", ',');
    check_delimiter("\n\n\"a,b,c,d\";e;f\n", ';');
    check_delimiter("\"a\"\"b,c,d\";e\n", ';');
    check_delimiter("a;b\nc,d,e,f\n", ';');
}

static void test_sep_line_names_the_delimiter_and_counts_as_a_line(void **state)
{
    (void)state;
    check_delimiter("sep=;\na,b,c;d\n", ';');
    check("sep=;\r\na;b\r\n1,5;2\r\n", "3 1,5|2\n");
    check("\xEF\xBB\xBF\"sep=,\"\na,b\n1,2\n", "3 1|2\n");
    check("sep=\t\na\tb\n1\t2\n", "3 1|2\n");
    check("sep=x,b\n1,2\n", "2 1|2\n"); /* a heading like any other */
}

static void test_byte_order_mark_is_no_part_of_the_first_heading(void **state)
{
    (void)state;
    error_list errors = {0};
    records   *opened = open_text("\xEF\xBB\xBF"
                                    "audit_id,b\n1,2\n",
                                  &errors);
    assert_non_null(opened);
    assert_string_equal(records_heading(opened, 0), "audit_id");
    records_close(opened);
    check("\xEF\xBB\xBF\"a\",b\n1,2\n", "2 1|2\n");
}

/* Opening fails, with this text of the one fault. */
static void check_refused(const char *bytes, size_t size, const char *expected)
{
    error_list errors = {0};
    assert_null(open_bytes(bytes, size, NULL, real_limits, scan_fastest(), &errors));
    assert_int_equal(errors.count, 1);
    char said[512];
    error_format(&errors.items[0], said, sizeof said);
    assert_string_equal(said, expected);
    assert_int_equal(errors.items[0].kind, FAULT_INPUT);
    error_clear(&errors);
}

#define SAVE_AS " in Excel, save it as \"CSV UTF-8 (Comma delimited)\""

static void test_files_that_are_not_csv_are_refused_with_a_remedy(void **state)
{
    (void)state;
    check_refused(LITERAL(""), "assay: audits.csv: is empty; its first line must name the columns");
    check_refused(LITERAL("\n \r\n"),
                  "assay: audits.csv: is empty; its first line must name the columns");
    check_refused(LITERAL("PK\3\4xxxx"), "assay: audits.csv: is an Excel workbook or another zip "
                                         "file, not CSV;" SAVE_AS);
    check_refused(LITERAL("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xx"),
                  "assay: audits.csv: is an old Excel workbook or Word document, not CSV;" SAVE_AS);
    check_refused(LITERAL("\xFF\xFE"
                          "a\0,\0"),
                  "assay: audits.csv: is UTF-16 (\"Unicode text\"), not UTF-8;" SAVE_AS);
    check_refused(LITERAL("\xFE\xFF\0a\0,"),
                  "assay: audits.csv: is UTF-16 (\"Unicode text\"), not UTF-8;" SAVE_AS);
    check_refused(LITERAL("a\0,\0b\0"), "assay: audits.csv: is UTF-16, not UTF-8;" SAVE_AS);
    check_refused(LITERAL("sep=|\na|b\n"),
                  "assay: audits.csv: separates cells by something other than comma, semicolon or "
                  "tab (its first line says so); save it with one of these");
}

static void test_a_header_at_fault_is_refused_with_its_line(void **state)
{
    (void)state;
    check_refused(LITERAL("\na,\"b\n1,2\n"),
                  "assay: audits.csv:2:2: the header has a cell that begins with a quote and does "
                  "not end with one; close it or take it away");
    check_refused(LITERAL("a,b,A\n1,2,3\n"),
                  "assay: audits.csv:1:3: columns 1 and 3 are both called \"a\"; rename one of "
                  "them, or say in a column map which one is meant");
}

static void test_files_that_cannot_be_opened_are_told(void **state)
{
    (void)state;
    error_list    errors = {0};
    record_source missing = {.path = "/nowhere/audits.csv"};
    assert_null(records_open(&missing, NULL, &errors));
    record_source folder = {.path = "/"};
    assert_null(records_open(&folder, NULL, &errors));
    assert_int_equal(errors.count, 2);
    assert_string_equal(errors.items[0].text, "cannot be opened: No such file or directory; check "
                                              "the name and that you may read the file");
    assert_string_equal(errors.items[1].text, "is a folder; name the CSV file in it");
    error_clear(&errors);
}

/* ---- Headings ---------------------------------------------------------------- */

static void test_headings_are_trimmed_and_found_as_names(void **state)
{
    (void)state;
    error_list errors = {0};
    records   *opened = open_text("\"Audit, ID\", Audit date ,,Qualit\xE9,\n1,2,3,4,5\n", &errors);
    assert_non_null(opened);
    assert_int_equal(records_column_count(opened), 5);
    assert_string_equal(records_heading(opened, 0), "Audit, ID");
    assert_string_equal(records_heading(opened, 1), "Audit date");
    assert_string_equal(records_heading(opened, 2), "");
    assert_string_equal(records_heading(opened, 3), "Qualit\xC3\xA9");
    assert_int_equal(records_find(opened, text_of("AUDIT_DATE")), 1);
    assert_int_equal(records_find(opened, text_of("audit-date")), 1);
    assert_int_equal(records_find(opened, text_of("audit")), COLUMN_NONE);
    assert_int_equal(records_find(opened, text_of("")), COLUMN_NONE);
    assert_int_equal(records_windows_1252_line(opened), 1);
    assert_string_equal(records_name(opened), "audits.csv");
    records_close(opened);
}

static void test_a_header_may_be_long(void **state)
{
    (void)state;
    written bytes = {0};
    for (int i = 0; i < 3000; i++) {
        char heading[32];
        int  length = snprintf(heading, sizeof heading, "%s\"column\n%d\"", i > 0 ? "," : "", i);
        write_bytes(&bytes, heading, (size_t)length);
    }
    write_bytes(&bytes, "\n1,2\n", 5);
    error_list errors = {0};
    records   *opened = open_text(bytes.at, &errors);
    assert_non_null(opened);
    assert_int_equal(records_column_count(opened), 3000);
    assert_string_equal(records_heading(opened, 2999), "column\n2999");
    char *read = write_records(opened);
    /* The header is on 3,001 lines: 3,000 line ends inside, one behind. */
    assert_memory_equal(read, "3002 1|2||", 10);
    free(read);
    records_close(opened);
    free(bytes.at);
}

static void test_too_many_columns_are_refused(void **state)
{
    (void)state;
    char *bytes = malloc(HEADER_COLUMNS_MAX + 2);
    assert_non_null(bytes);
    memset(bytes, ',', HEADER_COLUMNS_MAX + 1);
    bytes[HEADER_COLUMNS_MAX + 1] = '\n';
    error_list errors = {0};
    records   *opened =
        open_bytes(bytes + 2, HEADER_COLUMNS_MAX, NULL, real_limits, scan_plain, &errors);
    assert_non_null(opened);
    assert_int_equal(records_column_count(opened), HEADER_COLUMNS_MAX);
    records_close(opened);
    assert_null(open_bytes(bytes, HEADER_COLUMNS_MAX + 2, NULL, real_limits, scan_plain, &errors));
    assert_int_equal(errors.count, 1);
    error_clear(&errors);
    free(bytes);
}

/* ---- Selection ----------------------------------------------------------------- */

static void test_slots_hold_the_columns_selected(void **state)
{
    (void)state;
    error_list errors = {0};
    records   *opened = open_text("a,b,c\n1,2,3\n4,5,6\n", &errors);
    assert_non_null(opened);
    size_t columns[] = {2, COLUMN_NONE, 0, 2};
    assert_true(records_select(opened, columns, COUNT(columns)));
    chunk *piece = chunk_new(opened, &errors);
    assert_int_equal(records_next(opened, piece, &errors), RECORDS_MORE);
    assert_true(chunk_cut(piece));
    assert_int_equal(piece->count, 2);
    assert_int_equal(piece->bytes[piece->cells[0][1].at], '6');
    assert_int_equal(piece->cells[1][1].size, 0);
    assert_int_equal(piece->bytes[piece->cells[2][1].at], '4');
    assert_int_equal(piece->bytes[piece->cells[3][0].at], '3');
    assert_int_equal(records_next(opened, piece, &errors), RECORDS_END);
    assert_int_equal(records_next(opened, piece, &errors), RECORDS_END);
    chunk_free(piece);
    records_close(opened);
}

/* ---- Pipes and threads ----------------------------------------------------------- */

static void *write_slowly(void *descriptor)
{
    int to = *(int *)descriptor;
    for (int i = 0; i < 2000; i++) {
        char line[64];
        int  length = snprintf(line, sizeof line, "%d,\"two\nlines\"\r\n", i);
        if (write(to, line, (size_t)length) != length) {
            abort();
        }
    }
    close(to);
    return NULL;
}

static void test_a_pipe_is_read_as_it_comes(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "a,b\r\n", 5), 5);
    pthread_t writer;
    assert_int_equal(pthread_create(&writer, NULL, write_slowly, &ends[1]), 0);
    char path[32];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    error_list    errors = {0};
    record_source source = {.path = path};
    records      *opened = records_open(&source, NULL, &errors);
    assert_non_null(opened);
    char *read = write_records(opened);
    pthread_join(writer, NULL);
    /* Two lines a record: record 1999 is on line 2 + 2 * 1999. */
    assert_non_null(strstr(read, "\n4000 1999|two\nlines\n"));
    free(read);
    records_close(opened);
    close(ends[0]);
}

static void test_short_records_do_not_make_great_chunks(void **state)
{
    (void)state;
    enum { RECORDS = 60000, GREATEST = 20000 };
    written bytes = {0};
    write_bytes(&bytes, "a,b\n", 4);
    for (int i = 0; i < RECORDS; i++) {
        write_bytes(&bytes, i % 3 == 0 ? "1\r\n" : "\"1\"\n", i % 3 == 0 ? 3 : 4);
    }
    error_list errors = {0};
    records *opened = open_bytes(bytes.at, bytes.size, NULL, real_limits, scan_fastest(), &errors);
    assert_non_null(opened);
    select_every_column(opened);
    chunk *piece = chunk_new(opened, &errors);
    assert_non_null(piece);
    size_t read = 0;
    while (records_next(opened, piece, &errors) == RECORDS_MORE) {
        assert_true(chunk_cut(piece));
        assert_true(piece->count > 0 && piece->count < GREATEST);
        for (size_t i = 0; i < piece->count; i++) {
            assert_int_equal(chunk_line(piece, i), 2 + read + i);
            assert_int_equal(piece->cells[0][i].size, 1);
        }
        read += piece->count;
    }
    assert_int_equal(read, RECORDS);
    chunk_free(piece);
    records_close(opened);
    free(bytes.at);
}

/* What the threads of a test share. */
typedef struct {
    records        *opened;
    _Atomic size_t  count;
    _Atomic int64_t lines;
} shared_reading;

static void *read_chunks(void *argument)
{
    shared_reading *shared = argument;
    error_list      errors = {0};
    chunk          *piece = chunk_new(shared->opened, &errors);
    while (piece != NULL && records_next(shared->opened, piece, &errors) == RECORDS_MORE) {
        if (!chunk_cut(piece)) {
            abort();
        }
        shared->count += piece->count;
        for (size_t i = 0; i < piece->count; i++) {
            shared->lines += (int64_t)chunk_line(piece, i);
        }
    }
    chunk_free(piece);
    return NULL;
}

static void test_threads_share_an_input(void **state)
{
    (void)state;
    enum { RECORDS = 5000, THREADS = 4 };
    written bytes = {0};
    write_bytes(&bytes, "a,b\n", 4);
    for (int i = 0; i < RECORDS; i++) {
        write_bytes(&bytes, "1,\"x\ny\"\n", 8);
    }
    error_list     errors = {0};
    record_limits  limits = {1024, RECORD_MAX, CELL_MAX};
    shared_reading shared = {0};
    shared.opened = open_bytes(bytes.at, bytes.size, NULL, limits, scan_fastest(), &errors);
    assert_non_null(shared.opened);
    select_every_column(shared.opened);
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, read_chunks, &shared), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(shared.count, RECORDS);
    /* Lines 2, 4, 6, ..., 10000: 5000 * 5001. */
    assert_int_equal(shared.lines, 25005000);
    records_close(shared.opened);
    free(bytes.at);
}

/* ---- The scans ------------------------------------------------------------------- */

static void test_the_scans_agree_on_random_bytes(void **state)
{
    (void)state;
    enum { SIZE = 300, ROUNDS = 20000 };
    static const char letters[] = ",;\"\r\n\t ab\r\n,,\x80\xFF";
    scan_function    *fast = scan_fastest();
    uint64_t          random = 88172645463325252U;
    for (int round = 0; round < ROUNDS; round++) {
        char       bytes[SIZE];
        scan_block plain_blocks[SIZE / 64 + 1];
        scan_block fast_blocks[SIZE / 64 + 1];
        for (size_t i = 0; i < SIZE; i++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            /* sizeof letters counts the NUL: one in each round or so. */
            bytes[i] =
                random >> 40 & 0xFF ? letters[random >> 20 & 15] : letters[sizeof letters - 1];
        }
        size_t       size = (size_t)(random % (SIZE + 1));
        scan_summary plain = scan_plain(bytes, size, ',', plain_blocks);
        scan_summary quick = fast(bytes, size, ',', fast_blocks);
        assert_int_equal(plain.line_ends, quick.line_ends);
        assert_int_equal(plain.nul, quick.nul);
        assert_int_equal(plain.beyond_ascii, quick.beyond_ascii);
        for (size_t i = 0; i < scan_block_count(size); i++) {
            assert_int_equal(plain_blocks[i].delimiters, fast_blocks[i].delimiters);
            assert_int_equal(plain_blocks[i].line_ends, fast_blocks[i].line_ends);
            assert_int_equal(plain_blocks[i].quotes, fast_blocks[i].quotes);
        }
        assert_int_equal(plain.line_ends, scan_count_line_ends(plain_blocks, 0, size));
    }
}

static void test_every_fault_has_a_text_with_a_remedy(void **state)
{
    (void)state;
    for (int i = RECORD_TOO_MANY_CELLS; i <= RECORD_TOO_LONG; i++) {
        assert_non_null(strstr(record_fault_text((record_fault)i), "; "));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_ends_are_lf_crlf_or_cr),
        cmocka_unit_test(test_the_last_record_may_have_no_line_end),
        cmocka_unit_test(test_blank_lines_are_passed_over_and_counted),
        cmocka_unit_test(test_a_row_of_delimiters_is_a_record),
        cmocka_unit_test(test_cells_that_a_record_does_not_have_are_empty),
        cmocka_unit_test(test_more_cells_than_the_header_are_a_fault_where_not_empty),
        cmocka_unit_test(test_quoted_cells_hold_delimiters_line_ends_and_quotes),
        cmocka_unit_test(test_a_quote_inside_a_bare_cell_is_kept),
        cmocka_unit_test(test_text_behind_a_closing_quote_is_kept_as_written),
        cmocka_unit_test(test_an_unclosed_quote_rejects_its_own_line_alone),
        cmocka_unit_test(test_a_nul_byte_rejects_its_record),
        cmocka_unit_test(test_the_first_fault_of_a_record_is_told),
        cmocka_unit_test(test_a_cell_over_1_mib_rejects_its_record),
        cmocka_unit_test(test_a_record_over_the_limit_is_passed_over_to_its_line_end),
        cmocka_unit_test(test_a_quote_not_closed_within_a_record_is_unclosed),
        cmocka_unit_test(test_the_delimiter_is_found_in_the_header),
        cmocka_unit_test(test_sep_line_names_the_delimiter_and_counts_as_a_line),
        cmocka_unit_test(test_byte_order_mark_is_no_part_of_the_first_heading),
        cmocka_unit_test(test_files_that_are_not_csv_are_refused_with_a_remedy),
        cmocka_unit_test(test_a_header_at_fault_is_refused_with_its_line),
        cmocka_unit_test(test_files_that_cannot_be_opened_are_told),
        cmocka_unit_test(test_headings_are_trimmed_and_found_as_names),
        cmocka_unit_test(test_a_header_may_be_long),
        cmocka_unit_test(test_too_many_columns_are_refused),
        cmocka_unit_test(test_slots_hold_the_columns_selected),
        cmocka_unit_test(test_a_pipe_is_read_as_it_comes),
        cmocka_unit_test(test_short_records_do_not_make_great_chunks),
        cmocka_unit_test(test_threads_share_an_input),
        cmocka_unit_test(test_the_scans_agree_on_random_bytes),
        cmocka_unit_test(test_every_fault_has_a_text_with_a_remedy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
