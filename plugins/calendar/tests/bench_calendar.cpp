// SPDX-License-Identifier: EUPL-1.2
// What a feed costs the plugin: drawn for the first time, with and without libical reading it back, joined again after one
// edit, and joined again unchanged; beside copying the finished bytes, which nobody does faster.
//   bench_calendar [events …]        (200 10000)
#include "demo_world.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

using namespace kogge;
using namespace kogge::calendar;
using namespace kogge::calendar::test;

namespace {

/// What this thread has computed, whoever else wanted the core meanwhile.
double computed_milliseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <class Work>
double best_of(int times, Work work) {
    double best = 1e300;
    for (int i = 0; i < times; ++i) {
        auto const start = computed_milliseconds();
        work();
        best = std::min(best, computed_milliseconds() - start);
    }
    return best;
}

/// The demo with one visit filled up by copies of an item, ten minutes apart.
struct Full : Demo {
    Full(int events, bool self_check) : Demo({.self_check = self_check}) {
        ChangeSet changes("more");
        auto item = *picture.items.find(Id<ProgrammeItem>("it-20"));
        for (int i = 0; i < events; ++i) {
            item.id = Id<ProgrammeItem>("more-" + std::to_string(i));
            item.starts = item.starts + Minutes(10);
            item.ends = item.ends + Minutes(10);
            changes.create(item);
        }
        commit(changes);
    }
};

void run(int events) {
    FeedSpec const spec = visit_feed(hamburg);
    auto const first = [&](bool self_check) {
        Full house(events, self_check);
        return best_of(1, [&] { house.render(spec); });
    };
    auto const unchecked = first(false), checked = first(true);
    Full house(events, true);
    auto const bytes = house.bytes(spec);
    auto const again = best_of(20, [&] { house.render(spec); });
    double edited = 1e300;
    for (int i = 0; i < 20; ++i) {
        house.move("more-7", Minutes(5));
        edited = std::min(edited, best_of(1, [&] { house.render(spec); }));
    }
    std::string copy;
    auto const copied = best_of(20, [&] {
        copy.clear();
        copy.shrink_to_fit();
        copy.append(bytes);
    });
    std::printf("%6d events, %5zu KiB: first %.2f ms, with libical %.2f ms; again %.2f ms, after an edit %.2f ms (%.0f times a copy of the bytes)\n", events,
                bytes.size() >> 10, unchecked, checked, again, edited, edited / copied);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2)
        run(200), run(10'000);
    for (int i = 1; i < argc; ++i)
        run(std::atoi(argv[i]));
}
