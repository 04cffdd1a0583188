// SPDX-License-Identifier: EUPL-1.2
// How long the check of one moved item takes with many items loaded, beside going through everything. What is timed is
// what the plugin does for one preview: the change set as parsed JSON, the rules before, the world moved, the rules
// after, the world moved back.
//   bench_scheduling [items …]        (1000 10000 100000)
#include "judge.hpp"
#include "random_world.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>

using namespace kogge;
using namespace kogge::scheduling;
using namespace kogge::scheduling::test;

namespace {

using Clock = std::chrono::steady_clock;

double microseconds_since(Clock::time_point start) { return std::chrono::duration<double, std::micro>(Clock::now() - start).count(); }

/// What this thread has computed, whoever else wanted the core meanwhile.
double computed_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double percentile(std::vector<double> const& sorted, double p) { return sorted[static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1))]; }

long resident_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmRSS:")
            return status >> word, std::atol(word.c_str());
    return 0;
}

void run(int items) {
    constexpr int items_of_a_visit = 100, edits = 2000;
    Size const size{.visits = std::max(1, items / items_of_a_visit), .tracks = 4, .people = 25, .items = items_of_a_visit, .legs = 10, .named = 20, .venues = 50, .crowded = false};
    House house;
    auto const loading = Clock::now();
    {
        RandomWorld random(size, 7);
        json::array changes;
        for (auto& change : house.batch(random.everything()))
            changes.push_back(std::move(change));
        house.picture.world.apply(changes);
    }
    auto const loaded = microseconds_since(loading);

    std::mt19937_64 random(11);
    std::vector<Id<ProgrammeItem>> list;
    for (auto const& [id, row] : house.picture.items.rows())
        list.push_back(id);
    std::ranges::sort(list);
    std::vector<double> times, computed;
    std::size_t introduced = 0;
    for (int e = 0; e < edits; ++e) {
        auto const& item = *house.picture.items.find(list[random() % list.size()]);
        auto before = to_json(item).as_object();
        auto after = before;
        after["starts"] = to_text(item.starts + Minutes(30));
        after["ends"] = to_text(item.ends + Minutes(30));
        json::array const changes{{{"entity", "programme_item"}, {"id", item.id.str()}, {"op", "update"}, {"before", before}, {"after", after}}};
        auto const start = Clock::now();
        auto const start_computed = computed_microseconds();
        auto const preview = house.preview(changes);
        times.push_back(microseconds_since(start));
        computed.push_back(computed_microseconds() - start_computed);
        introduced += preview.introduced().size();
    }
    std::ranges::sort(times);
    std::ranges::sort(computed);
    auto const sweeping = Clock::now();
    auto const all = judge_everything(house.picture);
    auto const sweep = microseconds_since(sweeping);
    std::printf("%d items (loaded in %.2f s, %ld MiB): one edit p50 %.0f us, p99 %.0f us, of which computing p99 %.0f us (bar: under 1000); full sweep %.0f ms, ratio to p50 %.0f; %.1f findings an edit, %zu standing\n",
                items, loaded / 1e6, resident_kib() / 1024, percentile(times, 0.5), percentile(times, 0.99), percentile(computed, 0.99), sweep / 1000,
                sweep / percentile(times, 0.5), static_cast<double>(introduced) / edits, all.size());
    std::fflush(stdout);
}

} // namespace

int main(int argc, char** argv) {
    if (argc > 1)
        for (int i = 1; i < argc; ++i)
            run(std::atoi(argv[i]));
    else
        for (int const items : {1000, 10000, 100000})
            run(items);
}
