/* A store as text: every event, a JSON object a line. */
#include "store/inner.h"
#include "writing/json_text.h"

enum { PIECE = 1 << 16 };

static void hex_member(buffer *out, const char *name, sql_statement *row, int column, size_t size)
{
    const uint8_t *bytes = sql_bytes(row, column, size);
    char           shown[2 * HASH_SIZE + 1];

    json_name(out, name, false);
    if (bytes)
        json_string(out, text_of(sodium_bin2hex(shown, sizeof shown, bytes, size)));
    else
        buffer_string(out, "null");
}

static void write_event(sql_statement *row, buffer *out)
{
    buffer_byte(out, '{');
    json_name(out, "sequence", true);
    buffer_unsigned(out, (uint64_t)sql_whole(row, 0));
    json_text_member(out, "at", sql_string(row, 1));
    json_text_member(out, "who", sql_string(row, 2));
    json_text_member(out, "kind", sql_string(row, 3));
    json_text_member(out, "subject", sql_string(row, 4));
    json_name(out, "previous", false);
    buffer_unsigned(out, (uint64_t)sql_whole(row, 5));
    json_name(out, "payload", false);
    if (sql_is_null(row, 6)) /* redacted */
        buffer_string(out, "null");
    else
        buffer_text(out, sql_string(row, 6));
    hex_member(out, "salt", row, 7, SALT_SIZE);
    hex_member(out, "payload_hash", row, 8, HASH_SIZE);
    hex_member(out, "hash", row, 9, HASH_SIZE);
    buffer_string(out, "}\n");
}

bool store_export(store *held, store_write write, void *user, error_list *errors)
{
    sql_statement *rows = sql_prepare(
        held->db,
        "SELECT sequence, at, who, kind, subject, coalesce(previous, 0), payload, salt, "
        "payload_hash, hash FROM event ORDER BY sequence",
        errors);
    sql_state state = rows ? sql_step(rows, errors) : SQL_FAILED;
    buffer    out = {0};
    bool      written = true;

    for (; state == SQL_ROW && written && !out.failed; state = sql_step(rows, errors)) {
        write_event(rows, &out);
        if (out.size > PIECE) {
            written = write(user, out.bytes, out.size);
            out.size = 0;
        }
    }
    sql_finish(rows);
    if (state == SQL_DONE && written && out.size > 0 && !out.failed)
        written = write(user, out.bytes, out.size);
    const bool memory = !out.failed || error_memory(errors);
    buffer_free(&out);
    return state == SQL_DONE && written && memory;
}
