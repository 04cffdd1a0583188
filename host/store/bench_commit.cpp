// SPDX-License-Identifier: EUPL-1.2
// What the store adds to a commit: one change set of 20 programme items on SQLite with synchronous=FULL, against the same
// rows (entities, links, log, counter) written through the raw C API in one transaction. Interleaved, so that the disk's
// moods hit both. The bar is a ratio of 2.
#include "model/core.hpp"
#include "store/bench_raw.hpp"
#include "store/store.hpp"

#include <kogge/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <unistd.h>

namespace {

using namespace kogge::host;
namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 200, items = 20;
constexpr double bar = 2.0;

json::object change_set(int round) {
    json::array changes;
    for (int i = 0; i < items; ++i) {
        auto const id = "it-" + std::to_string(round) + "-" + std::to_string(i);
        changes.push_back({{"op", "create"},
                           {"entity", "programme_item"},
                           {"id", id},
                           {"fields",
                            {{"visit", "v-1"},
                             {"title", {{"text", "Bezoek aan de haven " + id}, {"language", "nl"}}},
                             {"item_kind", "tour"},
                             {"starts", "2027-04-21T10:00:00+02:00[Europe/Berlin]"},
                             {"ends", "2027-04-21T11:00:00+02:00[Europe/Berlin]"},
                             {"venue", "ve-1"},
                             {"tracks", {"t-1"}},
                             {"working_languages", {"nl", "de"}}}}});
    }
    return {{"reason", "bench"}, {"changes", std::move(changes)}};
}

void must(store::Outcome const& out) {
    if (out.verdict != store::Verdict::committed) {
        std::cerr << out.error << "\n";
        std::exit(1);
    }
}

std::unique_ptr<store::Store> open(std::filesystem::path const& file) {
    store::Options options;
    options.url = "sqlite://" + file.string();
    options.descriptions = core_descriptions();
    auto store = store::Store::open(std::move(options)).value();
    must(store->apply(json::parse(R"({"changes":[
        {"op":"create","entity":"venue","id":"ve-1","fields":{"name":"Haven"}},
        {"op":"create","entity":"visit","id":"v-1","fields":{"starts":"2027-04-21T10:00:00[Europe/Berlin]","ends":"2027-04-22T10:00:00[Europe/Berlin]"}},
        {"op":"create","entity":"track","id":"t-1","fields":{"visit":"v-1","code":"A"}}]})")
                          .as_object(),
                      "bench"));
    return store;
}

template <class F>
double milliseconds(F const& work) {
    auto const begin = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    auto const on = std::filesystem::absolute(argc > 1 ? argv[1] : "."); // a store's address names a whole path
    std::error_code none;
    if (argc > 2 || !std::filesystem::is_directory(on, none)) {
        std::cerr << "usage: bench_commit [FOLDER]   measures on the disk that FOLDER is on; usually the current folder\n";
        return 2;
    }
    auto const folder = on / ("bench_commit." + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    auto store = open(folder / "store.db");
    // The rows a commit of the store makes, as the raw side is to write them: taken from a store of its own, whose tables
    // and indexes are then used by the raw side, too.
    auto raw = [&] {
        open(folder / "raw.db")->stop();
        return bench::RawWriter((folder / "raw.db").string());
    }();
    std::vector<double> ours, theirs;
    for (int round = 0; round < rounds; ++round) {
        auto const changes = change_set(round);
        ours.push_back(milliseconds([&] { must(store->apply(changes, "bench")); }));
        auto const rows = raw.rows_of((folder / "store.db").string(), "it-" + std::to_string(round) + "-");
        theirs.push_back(milliseconds([&] { raw.write(rows); }));
    }
    store.reset();
    auto const ratio = median(ours) / median(theirs);
    std::cout << "commit of " << items << " programme items, median of " << rounds << ": store " << median(ours)
              << " ms, raw sqlite3 " << median(theirs) << " ms, ratio " << ratio << " (bar " << bar << ")\n";
    std::filesystem::remove_all(folder);
    return ratio <= bar ? 0 : 1;
}
