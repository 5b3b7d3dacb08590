/* What is kept, as lists for people and programs. */
#include <string.h>

#include "store/inner.h"
#include "store/list_rows.h"
#include "writing/json_text.h"

/* ---- Entries ----------------------------------------------------------------------------- */

/* Where the piece of `row` that begins at `from` is; `row` may move until the row is done. */
static void end_piece(listing *to, size_t column, size_t from)
{
    to->cells[column].value = (text){NULL, from};
    buffer_byte(&to->row, '\0');
}

/* The pieces, once `row` is where it stays. */
static void settle_pieces(listing *to)
{
    for (size_t c = 0; c < to->count && !to->row.failed; c++)
        if (!to->cells[c].value.at)
            to->cells[c].value = text_of(to->row.bytes + to->cells[c].value.size);
}

static void write_list(listing *to, const store_list *list)
{
    const bool json = to->format == LIST_JSON;

    if (json)
        buffer_byte(&to->row, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i > 0)
            buffer_byte(&to->row, json ? ',' : '|');
        if (json)
            json_string(&to->row, text_of(list->items[i]));
        else
            buffer_string(&to->row, list->items[i]);
    }
    if (json)
        buffer_byte(&to->row, ']');
}

static void write_pairs(listing *to, const store_pairs *pairs)
{
    buffer_byte(&to->row, '{');
    for (size_t i = 0; i < pairs->count; i++) {
        if (i > 0)
            buffer_byte(&to->row, ',');
        json_string(&to->row, text_of(pairs->items[i].name));
        buffer_byte(&to->row, ':');
        json_string(&to->row, text_of(pairs->items[i].value));
    }
    buffer_byte(&to->row, '}');
}

static void write_field(listing *to, size_t column, const field *at, const void *member)
{
    const size_t from = to->row.size;

    to->cells[column].bare = at->type != FIELD_LIST || to->format == LIST_JSON;
    switch (at->type) {
    case FIELD_WHOLE:
        buffer_signed(&to->row, *(const int64_t *)member);
        break;
    case FIELD_REAL:
        buffer_number(&to->row, *(const double *)member);
        break;
    case FIELD_FLAG:
        buffer_string(&to->row, *(const bool *)member     ? to->format == LIST_JSON ? "true" : "yes"
                                : to->format == LIST_JSON ? "false"
                                                          : "no");
        break;
    case FIELD_LIST:
        write_list(to, member);
        break;
    default:
        write_pairs(to, member);
    }
    end_piece(to, column, from);
}

/* Pairs are for JSON alone. */
static bool is_listed(const field *at, list_format format)
{
    return !(at->marks & FIELD_UNLISTED) && (at->type != FIELD_PAIRS || format == LIST_JSON) &&
           !((at->marks & FIELD_FOR_PROGRAMS) && format == LIST_TABLE);
}

static bool list_entry(void *user, const store_stamp *stamp, const void *entry)
{
    listing *to = user;
    size_t   column = 0;

    to->row.size = 0;
    for (size_t f = 0; f < to->of->count; f++) {
        const field *at = &to->of->fields[f];
        if (!is_listed(at, to->format))
            continue;
        if (at->type <= FIELD_MONTH)
            to->cells[column] = (list_cell){text_of(entry_text(entry, at)), false};
        else
            write_field(to, column, at, (const char *)entry + at->at);
        column++;
    }
    if (to->history) {
        const bool json = to->format == LIST_JSON;
        to->cells[column++] = (list_cell){text_of(stamp->latest ? json ? "true" : "yes"
                                                  : json        ? "false"
                                                                : "no"),
                                          json};
    }
    to->cells[column++] = (list_cell){text_of(stamp->at), false};
    to->cells[column++] = (list_cell){text_of(stamp->who), false};
    settle_pieces(to);
    list_add_row(to);
    return !to->failed;
}

static bool list_entries(store *held, listing *to, entity_number number, const store_filter *filter,
                         error_list *errors)
{
    store_filter whole = *filter;

    to->of = &entities[number];
    to->history = filter->history;
    for (size_t f = 0; f < to->of->count; f++)
        if (is_listed(&to->of->fields[f], to->format)) {
            to->names[to->count++] = to->of->fields[f].name;
            whole.whole |= to->of->fields[f].type == FIELD_PAIRS;
        }
    if (to->history)
        to->names[to->count++] = "latest";
    to->names[to->count++] = "recorded_at";
    to->names[to->count++] = "recorded_by";
    list_begin(to);
    return entry_each(held, number, &whole,
                      FIELD_UNLISTED | (to->format == LIST_TABLE ? FIELD_FOR_PROGRAMS : 0),
                      list_entry, to, errors);
}

/* ---- Events -------------------------------------------------------------------------------- */

static bool list_event(void *user, const store_event *event)
{
    listing      *to = user;
    const int64_t numbers[] = {event->sequence, event->previous};

    to->row.size = 0;
    for (size_t n = 0; n < 2; n++) {
        const size_t column = n == 0 ? 0 : 5, from = to->row.size;
        to->cells[column].bare = true;
        buffer_signed(&to->row, numbers[n]);
        end_piece(to, column, from);
    }
    to->cells[1] = (list_cell){text_of(event->at), false};
    to->cells[2] = (list_cell){text_of(event->who), false};
    to->cells[3] = (list_cell){text_of(event->kind), false};
    to->cells[4] = (list_cell){text_of(event->subject), false};
    to->cells[6] = (list_cell){text_of(event->payload ? "" : "redacted"), false};
    settle_pieces(to);
    list_add_row(to);
    return !to->failed;
}

static bool list_events(store *held, listing *to, error_list *errors)
{
    static const char *const names[] = {"sequence", "at",       "who",  "kind",
                                        "subject",  "previous", "state"};

    for (size_t c = 0; c < sizeof names / sizeof names[0]; c++)
        to->names[to->count++] = names[c];
    list_begin(to);
    return event_each(held, 1, false, list_event, to, errors);
}

/* ---- All lists ------------------------------------------------------------------------------- */

/* Lists by name; those of entries. */
static const struct {
    const char   *name;
    entity_number of;
} lists[] = {
    {"audits", ENTITY_audit},
    {"grades", ENTITY_grade},
    {"planned", ENTITY_planned},
    {"indicators", ENTITY_indicator},
    {"draws", ENTITY_draw},
    {"members", ENTITY_draw_member},
    {"assignments", ENTITY_assignment},
    {"moderations", ENTITY_moderation},
    {"disclosures", ENTITY_disclosure},
    {"reasons", ENTITY_reason},
    {"disputes", ENTITY_dispute},
    {"resolutions", ENTITY_resolution},
    {"actions", ENTITY_action},
    {"events", ENTITY_COUNT},
};

enum { LISTS = sizeof lists / sizeof lists[0] };

static bool find_list(const char *name, size_t *place, error_list *errors)
{
    buffer known = {0};

    for (*place = 0; *place < LISTS; ++*place)
        if (strcmp(lists[*place].name, name) == 0)
            return true;
    for (size_t l = 0; l < LISTS; l++)
        buffer_format(&known, "%s%s", l == 0 ? "" : l + 1 < LISTS ? ", " : " or ", lists[l].name);
    error_add(errors, FAULT_USAGE, NULL, 0, 0, "\"%s\" is no list of a store; take %s", name,
              buffer_end(&known) ? known.bytes : "another");
    buffer_free(&known);
    return false;
}

static bool find_format(const char *name, list_format *out, error_list *errors)
{
    static const char *const names[] = {
        [LIST_TABLE] = "table", [LIST_CSV] = "csv", [LIST_JSON] = "json"};

    for (size_t f = 0; f < sizeof names / sizeof names[0]; f++)
        if (strcmp(names[f], name) == 0) {
            *out = (list_format)f;
            return true;
        }
    error_add(errors, FAULT_USAGE, NULL, 0, 0,
              "\"%s\" is no format of a list; take table, csv or json", name);
    return false;
}

bool store_list_entries(store *held, const char *name, const store_filter *filter,
                        const char *format, store_write write, void *user, error_list *errors)
{
    listing to = {.write = write, .user = user};
    size_t  place;

    if (!find_list(name, &place, errors) || !find_format(format, &to.format, errors))
        return false;
    const bool read = lists[place].of == ENTITY_COUNT
                          ? list_events(held, &to, errors)
                          : list_entries(held, &to, lists[place].of, filter, errors);
    return list_end(&to, read, errors);
}
