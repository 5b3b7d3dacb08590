// disabled_children.cpp - short breaks and reviews of disabled children. A plugin in C++17.
//
// SPDX-License-Identifier: MIT-0
//
// What a plugin in C++ has to see to: the tables are plain structures in static storage, constant
// from the start; run() throws nothing, for there is nobody to catch it; and nothing is allocated.
#include <assay/plugin.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace
{

// Dates of the years 1 to 9999 lie at most this far apart.
constexpr double longest_days = 3652058;

// One input as the C type of its declaration.
template <typename Value> struct input {
    const assay_column &column;

    input(const assay_batch &batch, std::uint32_t number) : column(batch.inputs[number])
    {
    }
    bool has(std::uint32_t record) const
    {
        return column.status[record] == ASSAY_VALUE;
    }
    std::uint8_t status(std::uint32_t record) const
    {
        return column.status[record];
    }
    Value operator[](std::uint32_t record) const
    {
        return static_cast<const Value *>(column.values)[record];
    }
};

// The dates of one record, in order. None where the status is not ASSAY_VALUE.
struct dates {
    const std::int32_t *first;
    const std::int32_t *last;

    dates(const assay_column &column, std::uint32_t record)
    {
        const auto *values = static_cast<const std::int32_t *>(column.values);
        const bool  listed = column.status[record] == ASSAY_VALUE;

        first = values + column.offsets[record];
        last = listed ? values + column.offsets[record + 1] : first;
    }
    const std::int32_t *begin() const
    {
        return first;
    }
    const std::int32_t *end() const
    {
        return last;
    }
};

// ---- within_short_break_limits ---------------------------------------------------------------
// Care Planning, Placement and Case Review (England) Regulations 2010, reg 48: short breaks have
// rules of their own where no placement is longer than 17 days and they come to 75 days at most in
// 12 months.

std::int32_t run_limits(const assay_batch *batch, const assay_results *results) noexcept
{
    const input<double> longest(*batch, 0), total(*batch, 1);
    const double        most_at_once = batch->parameters[0], most_in_year = batch->parameters[1];
    auto               *values = static_cast<std::uint8_t *>(results->values);

    for (std::uint32_t i = 0; i < batch->count; ++i) {
        values[i] = 0;
        if (!longest.has(i) || !total.has(i)) {
            results->status[i] = ASSAY_MISSING; // both are required: the host sees to it
        } else if (longest[i] < 0 || total[i] < longest[i]) {
            results->status[i] = ASSAY_FAULT;
        } else {
            values[i] = longest[i] <= most_at_once && total[i] <= most_in_year;
            results->status[i] = ASSAY_VALUE;
        }
    }
    return 0;
}

constexpr std::array<assay_input, 2>     limits_inputs{{
        {"longest_break_days", "how many days the longest short break lasted", ASSAY_NUMBER, 1,
         nullptr},
        {"break_days_12_months", "how many days of short breaks there were in twelve months",
         ASSAY_NUMBER, 1, nullptr},
}};
constexpr std::array<assay_parameter, 2> limits_parameters{{
    {"most_at_once", "the most days that one break may last", "days", ASSAY_NUMBER, 0, 17, 0, 366},
    {"most_in_year", "the most days that all may come to in twelve months", "days", ASSAY_NUMBER, 0,
     75, 0, 366},
}};
constexpr std::array<const char *, 1>    limits_faults{
    "the short breaks come to less than the longest of them, or to less than nothing"};

// ---- longest_unseen --------------------------------------------------------------------------

std::int32_t run_unseen(const assay_batch *batch, const assay_results *results) noexcept
{
    const input<std::int32_t> audit(*batch, 0), start(*batch, 1);
    const assay_column       &visits = batch->inputs[2];
    auto                     *values = static_cast<double *>(results->values);

    for (std::uint32_t i = 0; i < batch->count; ++i) {
        values[i] = 0;
        if (!audit.has(i) || !start.has(i)) {
            results->status[i] = ASSAY_MISSING;
            continue;
        }
        if (visits.status[i] == ASSAY_NOT_APPLICABLE) {
            results->status[i] = ASSAY_NOT_APPLICABLE;
            continue;
        }
        if (start[i] > audit[i]) {
            results->status[i] = ASSAY_FAULT;
            continue;
        }

        // Visits before the plan began and after the audit are no part of the time looked at.
        std::int32_t seen = start[i], longest = 0;
        for (const std::int32_t visit : dates(visits, i)) {
            if (visit < start[i] || visit > audit[i])
                continue;
            longest = std::max(longest, visit - seen);
            seen = visit;
        }
        values[i] = std::max(longest, audit[i] - seen);
        results->status[i] = ASSAY_VALUE;
    }
    return 0;
}

constexpr std::array<assay_input, 3>  unseen_inputs{{
     {"audit_date", "the day on which the file was audited", ASSAY_DATE, 1, nullptr},
     {"plan_start_date", "the day on which the plan began", ASSAY_DATE, 1, nullptr},
     {"visit_dates", "the days on which the child was visited and seen", ASSAY_DATES, 0, nullptr},
}};
constexpr std::array<const char *, 1> unseen_faults{"the plan began after the audit"};

// ---- The plugin ------------------------------------------------------------------------------
// The members in the order of assay/plugin.h: C++17 has no names for them in an initializer.

constexpr assay_measure limits{
    sizeof(assay_measure),
    ASSAY_FLAG,
    "within_short_break_limits",
    "Whether short breaks keep to the limits under which they have rules of their own",
    "",
    0,
    1,
    limits_inputs.data(),
    limits_parameters.data(),
    limits_faults.data(),
    limits_inputs.size(),
    limits_parameters.size(),
    limits_faults.size(),
    0,
    run_limits,
};
constexpr assay_measure unseen{
    sizeof(assay_measure),
    ASSAY_NUMBER,
    "longest_unseen",
    "The longest time in days for which the child was not seen; 0 is every day",
    "days",
    0,
    longest_days,
    unseen_inputs.data(),
    nullptr,
    unseen_faults.data(),
    unseen_inputs.size(),
    0,
    unseen_faults.size(),
    0,
    run_unseen,
};
constexpr std::array<const assay_measure *, 2> measures{&limits, &unseen};

constexpr assay_plugin plugin{
    sizeof(assay_plugin),
    ASSAY_ABI,
    "disabled_children",
    "1.0.0",
    "disabled_children",
    "Disabled children: short breaks, and how long the child was not seen",
    measures.data(),
    measures.size(),
    0,
};

} // namespace

// The header declares it extern "C".
ASSAY_PLUGIN_EXPORT const assay_plugin *assay_plugin_entry(const assay_host *host)
{
    return host->oldest_abi <= ASSAY_ABI && ASSAY_ABI <= host->newest_abi ? &plugin : nullptr;
}
