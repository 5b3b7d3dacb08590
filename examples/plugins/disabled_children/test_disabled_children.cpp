// test_disabled_children.cpp - each rule at its edges. SPDX-License-Identifier: MIT-0
#include <assay/plugin.h>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace
{

int failed = 0;

void check(bool holds, const char *what)
{
    if (holds)
        return;
    std::printf("not so: %s\n", what);
    failed = 1;
}

// One record of short breaks; its status and answer.
std::uint8_t limits(const assay_plugin &plugin, double longest, double total, bool &within)
{
    const std::uint8_t  there[] = {ASSAY_VALUE};
    const assay_column  columns[] = {{there, &longest, nullptr}, {there, &total, nullptr}};
    const double        parameters[] = {17, 75};
    const assay_batch   batch{sizeof batch, 1, columns, parameters, nullptr};
    std::uint8_t        status = 255, value = 255;
    const assay_results results{sizeof results, &status, &value};

    check(plugin.measures[0]->run(&batch, &results) == 0, "it runs");
    within = value == 1;
    return status;
}

// One record: a plan from day 100, audited on day 200.
std::uint8_t unseen(const assay_plugin &plugin, const std::vector<std::int32_t> &visits,
                    std::uint8_t listed, double &days)
{
    const std::int32_t  audit = 200, start = 100, rubbish = 0;
    const std::uint8_t  there[] = {ASSAY_VALUE};
    const std::uint32_t offsets[] = {0, static_cast<std::uint32_t>(visits.size())};
    const assay_column  columns[] = {{there, &audit, nullptr},
                                     {there, &start, nullptr},
                                     {&listed, visits.empty() ? &rubbish : visits.data(), offsets}};
    const assay_batch   batch{sizeof batch, 1, columns, nullptr, nullptr};
    std::uint8_t        status = 255;
    const assay_results results{sizeof results, &status, &days};

    check(plugin.measures[1]->run(&batch, &results) == 0, "it runs");
    return status;
}

} // namespace

int main()
{
    assay_host          host{sizeof host, ASSAY_ABI, ASSAY_ABI, 0, "test", nullptr};
    const assay_plugin *plugin = assay_plugin_entry(&host);
    bool                within = false;
    double              days = -1;

    check(plugin != nullptr && plugin->measure_count == 2, "there are two measures");
    if (failed)
        return failed;
    check(limits(*plugin, 17, 75, within) == ASSAY_VALUE && within, "17 days and 75 are within");
    check(limits(*plugin, 18, 75, within) == ASSAY_VALUE && !within, "18 at once are not");
    check(limits(*plugin, 17, 76, within) == ASSAY_VALUE && !within, "76 in a year are not");
    check(limits(*plugin, 17, 16, within) == ASSAY_FAULT, "all are no less than the longest");

    check(unseen(*plugin, {130, 150}, ASSAY_VALUE, days) == ASSAY_VALUE && days == 50,
          "from the last visit to the audit is 50 days");
    check(unseen(*plugin, {160, 199}, ASSAY_VALUE, days) == ASSAY_VALUE && days == 60,
          "from the start to the first visit is 60 days");
    check(unseen(*plugin, {90, 210}, ASSAY_VALUE, days) == ASSAY_VALUE && days == 100,
          "visits outside the time looked at do not count");
    check(unseen(*plugin, {}, ASSAY_MISSING, days) == ASSAY_VALUE && days == 100,
          "no visits recorded: never seen");
    check(unseen(*plugin, {}, ASSAY_NOT_APPLICABLE, days) == ASSAY_NOT_APPLICABLE, "n/a stays so");

    host.oldest_abi = host.newest_abi = ASSAY_ABI + 1;
    check(assay_plugin_entry(&host) == nullptr, "a host of another ABI is refused");
    return failed;
}
