/* fuzz_store.c - a store damaged byte by byte: it is refused with what is wrong, or verify finds it, or
 * what it says is what it said. The input is a list of damages to a good store, four bytes each: place
 * (three bytes, behind the end: cut off there, counted back), and what is laid over the byte there. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/inner.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* ---- A good store ------------------------------------------------------------------------ */

static uint8_t *good;
static size_t   good_size;
static char     good_text[1 << 15]; /* what it exports */
static size_t   good_text_size;

static bool keep_text(void *user, const char *bytes, size_t size)
{
    buffer_bytes(user, bytes, size);
    return true;
}

static void fill(store *held, error_list *errors)
{
    const store_pair  fields[] = {{"child_seen", "yes"}};
    const char *const limits[] = {"child_seen"};

    for (int a = 0; a < 6; a++) {
        char id[16];
        snprintf(id, sizeof id, "A-%d", a);
        require(store_put_audit(held,
                                &(store_audit){.audit_id = id,
                                               .audit_date = "2026-03-31",
                                               .team = "North",
                                               .child_ref = "C-1",
                                               .fields = {fields, 1}},
                                NULL, errors));
        require(store_put_grade(held,
                                &(store_grade){.audit_id = id,
                                               .rubric = "plans",
                                               .levels = "bad|good",
                                               .judgement = "good",
                                               .limited_by = {limits, 1},
                                               .ratings = {fields, 1}},
                                NULL, errors));
    }
    int64_t count;
    require(store_redact(held, &(store_redaction){.audit_id = "A-5", .reason = "test"}, &count,
                         errors));
}

static void make_good(void)
{
    char       folder[] = "/tmp/assay-fuzz-XXXXXX", path[64];
    error_list errors = {0};

    require(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/good.db", folder);
    const store_settings settings = {.path = path, .who = "fuzzer"};
    require(store_create(&settings, &errors));
    store *held = store_open(&settings, &errors);
    require(held != NULL);
    fill(held, &errors);
    buffer said = {0};
    require(store_export(held, keep_text, &said, &errors) && said.size <= sizeof good_text);
    memcpy(good_text, said.bytes, said.size);
    good_text_size = said.size;
    buffer_free(&said);
    store_close(held);

    struct stat status;
    FILE       *file = fopen(path, "rb");
    require(file && fstat(fileno(file), &status) == 0);
    good_size = (size_t)status.st_size;
    good = malloc(good_size);
    require(good && fread(good, 1, good_size, file) == good_size);
    fclose(file);
    /* a database in memory has no write-ahead log: as the file says that it has none */
    good[18] = good[19] = 1;
    unlink(path);
    rmdir(folder);
}

/* ---- A damaged one -------------------------------------------------------------------------- */

static void count_fault(void *user, const char *what)
{
    require(*what != '\0');
    ++*(size_t *)user;
}

/* Reads everything there is, by every way there is. */
static void read_all(const uint8_t *bytes, size_t size, buffer *exported)
{
    static const char *const lists[] = {"audits", "grades", "moderations", "events"};
    error_list               errors = {0};
    sql                     *db = sql_open_bytes("damaged", bytes, size, &errors);
    const store_settings     settings = {.path = "damaged", .read_only = true};
    store                   *held = db ? store_open_database(db, &settings, &errors) : NULL;
    buffer                   ignored = {0};

    require(held || error_count(&errors) > 0);
    for (size_t l = 0; held && l < sizeof lists / sizeof lists[0]; l++) {
        const size_t before = error_count(&errors);
        if (!store_list_entries(held, lists[l], &(store_filter){.history = true}, "json", keep_text,
                                &ignored, &errors))
            require(error_count(&errors) > before);
    }
    if (held && !store_export(held, keep_text, exported, &errors))
        require(error_count(&errors) > 0);
    buffer_free(&ignored);
    store_close(held);
    error_clear(&errors);
}

/* True where nothing is found. */
static bool is_whole(const uint8_t *bytes, size_t size)
{
    error_list    errors = {0};
    sql          *db = sql_open_bytes("damaged", bytes, size, &errors);
    store_verdict verdict = {0};
    size_t        faults = 0;

    const bool looked = db && verify_database(db, NULL, count_fault, &faults, &verdict, &errors);
    require(looked || error_count(&errors) > 0);
    require(!looked || faults == verdict.faults);
    sql_close(db);
    error_clear(&errors);
    return looked && faults == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    buffer exported = {0};

    require(sodium_init() >= 0);
    if (!good)
        make_good();
    size_t   damaged_size = good_size;
    uint8_t *damaged = malloc(good_size);
    require(damaged != NULL);
    memcpy(damaged, good, good_size);
    for (size_t i = 0; i + 4 <= size; i += 4) {
        const size_t place = ((size_t)bytes[i] << 16 | (size_t)bytes[i + 1] << 8 | bytes[i + 2]) %
                             (good_size * 9 / 8);
        if (place < damaged_size)
            damaged[place] ^= bytes[i + 3];
        else if (place >= good_size && place - good_size < damaged_size)
            damaged_size -= place - good_size;
    }
    read_all(damaged, damaged_size, &exported);
    if (is_whole(damaged, damaged_size))
        require(exported.size == good_text_size &&
                memcmp(exported.bytes, good_text, good_text_size) == 0);
    buffer_free(&exported);
    free(damaged);
    return 0;
}
