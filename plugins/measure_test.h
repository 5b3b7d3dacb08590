/* measure_test.h - says in one line what a measure must make of a record.
 *
 *     expect("timeliness", "audit_date=2026-03-31 referral_date=2026-01-05", "not due");
 *
 * The record is `name=value` by name of input or parameter, in any order: a date, a list of dates
 * joined by `;`, a number, yes or no, a choice in its first spelling with underscores, n/a. An
 * input that is not named is missing. Expected is a number, yes, no, missing, n/a, not due, or
 * the text of a fault.
 *
 * The record stands between two that are missing throughout and hold rubbish, so that a measure
 * that reads what it should not is found out. For the tests of the plugins, which include it once.
 */
#pragma once

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <assay/plugin.h>

enum { MOST_COLUMNS = 12, MOST_DATES = 16, RECORDS = 3 };

union cells {
    uint8_t bytes[RECORDS];
    double  numbers[RECORDS];
    int32_t days[MOST_DATES];
};

/* A batch of three records; the middle one is the one under test. */
struct trial {
    uint8_t             status[MOST_COLUMNS][RECORDS];
    union cells         cells[MOST_COLUMNS];
    uint32_t            offsets[MOST_COLUMNS][RECORDS + 1];
    struct assay_column columns[MOST_COLUMNS];
    double              parameters[MOST_COLUMNS];
};

static const struct assay_plugin *plugin_under_test(void)
{
    static const struct assay_host host = {
        .struct_size = sizeof(struct assay_host),
        .oldest_abi = ASSAY_ABI,
        .newest_abi = ASSAY_ABI,
        .version = "test",
    };
    return assay_plugin_entry(&host);
}

static int32_t date(const char *text)
{
    int year = 0, month = 0, day = 0;

    if (sscanf(text, "%d-%d-%d", &year, &month, &day) != 3)
        fail_msg("%s is not a date", text);
    return assay_date_from_parts(year, month, day);
}

/* England 2024 to 2027, from the published list of bank holidays. */
static const struct assay_calendar *england(void)
{
    static const char *const holidays[] = {
        "2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26",
        "2024-12-25", "2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05",
        "2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03",
        "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
        "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30",
        "2027-12-27", "2027-12-28",
    };
    static int32_t               working[1461];
    static struct assay_calendar calendar = {.struct_size = sizeof(struct assay_calendar)};
    int32_t                      count = 0;
    size_t                       next = 0;

    if (calendar.working_days != NULL)
        return &calendar;
    calendar.first = date("2024-01-01");
    calendar.last = date("2027-12-31");
    calendar.working_days = working;
    for (int32_t day = calendar.first; day <= calendar.last; ++day) {
        const int weekday = (day + 3) % 7; /* 1 January 1970 was a Thursday; 0 is Monday */
        const int holiday =
            next < sizeof(holidays) / sizeof(holidays[0]) && day == date(holidays[next]);

        next += holiday ? 1u : 0u;
        count += weekday < 5 && !holiday;
        working[day - calendar.first] = count;
    }
    return &calendar;
}

static const struct assay_measure *measure_named(const char *name)
{
    const struct assay_plugin *plugin = plugin_under_test();

    for (uint32_t i = 0; i < plugin->measure_count; ++i)
        if (strcmp(plugin->measures[i]->name, name) == 0)
            return plugin->measures[i];
    fail_msg("there is no measure %s", name);
    return NULL;
}

/* Everything missing, over rubbish; parameters at their standard. */
static void trial_reset(struct trial *trial, const struct assay_measure *measure)
{
    assert_true(measure->input_count <= MOST_COLUMNS && measure->parameter_count <= MOST_COLUMNS);
    memset(trial, 0, sizeof(*trial));
    memset(trial->status, ASSAY_MISSING, sizeof(trial->status));
    for (uint32_t k = 0; k < measure->input_count; ++k) {
        const uint32_t type = measure->inputs[k].type;

        memset(&trial->cells[k], type == ASSAY_NUMBER ? 0x7f : 0x80, sizeof(trial->cells[k]));
        trial->columns[k].status = trial->status[k];
        trial->columns[k].values = &trial->cells[k];
        trial->columns[k].offsets = type == ASSAY_DATES ? trial->offsets[k] : NULL;
        for (int record = 1; record <= RECORDS; ++record)
            trial->offsets[k][record] = 1; /* one date of rubbish before the list under test */
    }
    for (uint32_t k = 0; k < measure->parameter_count; ++k)
        trial->parameters[k] = measure->parameters[k].standard;
}

static uint8_t choice_named(const struct assay_input *input, const char *name)
{
    for (uint8_t k = 0; input->choices[k] != NULL; ++k) {
        const size_t length = strcspn(input->choices[k], "|");

        if (strlen(name) == length && strncmp(input->choices[k], name, length) == 0)
            return k;
    }
    fail_msg("%s has no choice %s", input->name, name);
    return 0;
}

static void trial_set_input(struct trial *trial, uint32_t column, const struct assay_input *input,
                            const char *value)
{
    union cells *cells = &trial->cells[column];
    uint32_t    *offsets = trial->offsets[column];

    trial->status[column][1] = ASSAY_VALUE;
    if (strcmp(value, "n/a") == 0) {
        trial->status[column][1] = ASSAY_NOT_APPLICABLE;
    } else if (input->type == ASSAY_FLAG) {
        cells->bytes[1] = strcmp(value, "yes") == 0;
    } else if (input->type == ASSAY_NUMBER) {
        cells->numbers[1] = strtod(value, NULL);
    } else if (input->type == ASSAY_DATE) {
        cells->days[1] = date(value);
    } else if (input->type == ASSAY_CHOICE) {
        cells->bytes[1] = choice_named(input, value);
    } else {
        uint32_t end = offsets[1];

        for (const char *at = value; at != NULL; at = strchr(at, ';')) {
            at += *at == ';';
            cells->days[end++] = date(at);
        }
        offsets[2] = offsets[3] = end;
    }
}

static void trial_set(struct trial *trial, const struct assay_measure *measure, const char *name,
                      const char *value)
{
    for (uint32_t k = 0; k < measure->input_count; ++k) {
        if (strcmp(measure->inputs[k].name, name) == 0) {
            trial_set_input(trial, k, &measure->inputs[k], value);
            return;
        }
    }
    for (uint32_t k = 0; k < measure->parameter_count; ++k) {
        if (strcmp(measure->parameters[k].name, name) == 0) {
            trial->parameters[k] = strcmp(value, "yes") == 0 ? 1 : strtod(value, NULL);
            return;
        }
    }
    fail_msg("%s has no input or parameter %s", measure->name, name);
}

/* Runs the trial and returns the status of the middle record; its value, if any, in `value`. */
static uint8_t trial_run(const struct trial *trial, const struct assay_measure *measure,
                         double *value)
{
    const struct assay_batch batch = {
        .struct_size = sizeof(batch),
        .count = RECORDS,
        .inputs = trial->columns,
        .parameters = trial->parameters,
        .calendar = measure->uses_calendar ? england() : NULL,
    };
    uint8_t                    status[RECORDS] = {255, 255, 255};
    union cells                values = {{0}};
    const struct assay_results results = {sizeof(results), status, &values};

    assert_int_equal(measure->run(&batch, &results), 0);
    assert_int_equal(status[0], ASSAY_MISSING);
    assert_int_equal(status[2], ASSAY_MISSING);
    *value = measure->result == ASSAY_FLAG ? values.bytes[1] : values.numbers[1];
    return status[1];
}

static void expect(const char *measure_name, const char *record, const char *expected)
{
    const struct assay_measure *measure = measure_named(measure_name);
    struct trial                trial;
    char                        copy[512], found[160];
    double                      value;
    uint8_t                     status;

    assert_true(strlen(record) < sizeof(copy));
    strcpy(copy, record);
    trial_reset(&trial, measure);
    for (char *pair = strtok(copy, " "); pair != NULL; pair = strtok(NULL, " ")) {
        char *equals = strchr(pair, '=');

        assert_non_null(equals);
        *equals = '\0';
        trial_set(&trial, measure, pair, equals + 1);
    }
    status = trial_run(&trial, measure, &value);

    if (status >= ASSAY_FAULT && status - ASSAY_FAULT < (int)measure->fault_count)
        snprintf(found, sizeof(found), "%s", measure->faults[status - ASSAY_FAULT]);
    else if (status == ASSAY_MISSING || status == ASSAY_NOT_APPLICABLE || status == ASSAY_NOT_DUE)
        snprintf(found, sizeof(found), "%s",
                 status == ASSAY_MISSING   ? "missing"
                 : status == ASSAY_NOT_DUE ? "not due"
                                           : "n/a");
    else if (status != ASSAY_VALUE)
        snprintf(found, sizeof(found), "status %d", status);
    else if (measure->result == ASSAY_FLAG)
        snprintf(found, sizeof(found), "%s", value > 0 ? "yes" : "no");
    else
        snprintf(found, sizeof(found), "%.10g", value);
    if (strcmp(found, expected) != 0)
        fail_msg("%s of %s is %s, not %s", measure_name, record, found, expected);
}

/* A number below `count`, the same ones on every run. */
static uint32_t chance(uint32_t *seed, uint32_t count)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % count;
}

static void trial_fill_by_chance(struct trial *trial, const struct assay_measure *measure,
                                 uint32_t *seed)
{
    static const char *const dates[] = {"0001-01-01", "2024-01-01", "2024-02-29", "2025-11-30",
                                        "2026-03-31", "2027-12-31", "9999-12-31"};
    static const char *const lists[] = {"0001-01-01;9999-12-31", "2024-02-29;2026-03-31",
                                        "9999-12-31", "2025-11-30;2025-11-30;2026-03-30"};
    static const char *const numbers[] = {"0", "1", "-1", "3.5", "100", "1e300", "-1e300"};

    for (uint32_t k = 0; k < measure->input_count; ++k) {
        const struct assay_input *input = &measure->inputs[k];
        uint8_t                   choices = 0;

        switch (input->type) {
        case ASSAY_DATE:
            trial_set_input(trial, k, input, dates[chance(seed, 7)]);
            break;
        case ASSAY_DATES:
            trial_set_input(trial, k, input, lists[chance(seed, 4)]);
            break;
        case ASSAY_NUMBER:
            trial_set_input(trial, k, input, numbers[chance(seed, 7)]);
            break;
        case ASSAY_FLAG:
            trial_set_input(trial, k, input, chance(seed, 2) ? "yes" : "no");
            break;
        default:
            while (input->choices[choices] != NULL)
                ++choices;
            trial->status[k][1] = ASSAY_VALUE;
            trial->cells[k].bytes[1] = (uint8_t)chance(seed, choices);
        }
        if (chance(seed, 4) == 0)
            trial->status[k][1] = (uint8_t)chance(seed, 3);
    }
    for (uint32_t k = 0; k < measure->parameter_count; ++k) {
        const struct assay_parameter *parameter = &measure->parameters[k];
        const double choice[] = {parameter->minimum, parameter->standard, parameter->maximum};

        trial->parameters[k] = choice[chance(seed, 3)];
    }
}

/* plugin.h: every value is in the declared range, every fault has its text, for any record. */
static void expect_declared_range(void **state)
{
    const struct assay_plugin *plugin = plugin_under_test();
    uint32_t                   seed = 1;

    (void)state;
    for (uint32_t m = 0; m < plugin->measure_count; ++m) {
        const struct assay_measure *measure = plugin->measures[m];

        for (int round = 0; round < 4000; ++round) {
            struct trial trial;
            double       value;
            uint8_t      status;

            trial_reset(&trial, measure);
            trial_fill_by_chance(&trial, measure, &seed);
            status = trial_run(&trial, measure, &value);
            if (status == ASSAY_VALUE)
                assert_true(isfinite(value) && value >= measure->minimum &&
                            value <= measure->maximum);
            else
                assert_true(
                    status <= ASSAY_NOT_DUE ||
                    (status >= ASSAY_FAULT && status - ASSAY_FAULT < (int)measure->fault_count));
        }
    }
}

/* plugin.h: count may be 0. Nothing is read, nothing is written. */
static void expect_empty_batch(void **state)
{
    const struct assay_plugin *plugin = plugin_under_test();

    (void)state;
    for (uint32_t m = 0; m < plugin->measure_count; ++m) {
        const struct assay_measure *measure = plugin->measures[m];
        struct trial                trial;
        struct assay_results        results = {sizeof(results), NULL, NULL};

        trial_reset(&trial, measure);
        const struct assay_batch batch = {
            .struct_size = sizeof(batch),
            .inputs = trial.columns,
            .parameters = trial.parameters,
            .calendar = measure->uses_calendar ? england() : NULL,
        };
        assert_int_equal(measure->run(&batch, &results), 0);
    }
}

/* plugin.h: NULL refuses a host whose range of ABI versions does not hold ours. */
static void expect_refuses_other_abi(void **state)
{
    const struct assay_host older = {.struct_size = sizeof(older)};
    const struct assay_host newer = {
        .struct_size = sizeof(newer), .oldest_abi = ASSAY_ABI + 1, .newest_abi = ASSAY_ABI + 1};

    (void)state;
    assert_null(assay_plugin_entry(&older));
    assert_null(assay_plugin_entry(&newer));
}
