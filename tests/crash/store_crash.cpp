// SPDX-License-Identifier: EUPL-1.2
// store_crash write URL   eight threads apply change sets as fast as they can; each acknowledged one is a line
//                         "reason change_set seq entries" on standard output, written before the next one begins
// store_crash check URL   reads such lines from standard input and says whether log, tables and lines agree
#include "model/core.hpp"
#include "store/store.hpp"

#include <kogge/json.hpp>

#include <unistd.h>

#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace {

using namespace kogge::host;
namespace json = boost::json;

constexpr int writers = 8;

std::unique_ptr<store::Store> open(std::string const& url) {
    store::Options options;
    options.url = url;
    options.key.fill(1);
    options.descriptions = core_descriptions();
    auto opened = store::Store::open(std::move(options));
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(opened).value();
}

json::object creation(char const* kind, std::string const& id, json::object fields) {
    return {{"op", "create"}, {"entity", kind}, {"id", id}, {"fields", std::move(fields)}};
}

/// Makes a theme and a city, changes a person that every change set of this writer changes, and deletes the theme before.
json::object next_change_set(std::string const& writer, int n) {
    auto const id = writer + "-" + std::to_string(n);
    json::array changes{creation("theme", id, {{"name", {{"text", id}, {"language", "nl"}}}}),
                        creation("city", id, {{"country", "DE"}})};
    if (n == 0)
        changes.push_back(creation("person", writer, {{"family_name", id}}));
    else {
        changes.push_back(
            {{"op", "update"}, {"entity", "person"}, {"id", writer}, {"rev", n}, {"fields", {{"family_name", id}}}});
        changes.push_back({{"op", "delete"}, {"entity", "theme"}, {"id", writer + "-" + std::to_string(n - 1)}});
    }
    return {{"reason", id}, {"changes", std::move(changes)}};
}

void write_for_ever(store::Store& store, std::string const& writer) {
    for (int n = 0;; ++n) {
        auto const out = store.apply(next_change_set(writer, n), writer);
        if (out.verdict != store::Verdict::committed) {
            std::cerr << writer << ": " << out.error.message << std::endl;
            return;
        }
        auto const line = writer + "-" + std::to_string(n) + " " + out.change_set + " " + std::to_string(out.seq) + " "
                          + std::to_string(out.changes.size()) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) != ssize_t(line.size())) // one write, so that lines stay whole
            return;
    }
}

int write(std::string const& url) {
    auto const store = open(url);
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i)
        threads.emplace_back([&, i] { write_for_ever(*store, "w" + std::to_string(::getpid()) + "." + std::to_string(i)); });
    for (auto& thread : threads) thread.join();
    return 0;
}

struct Seen {
    std::string reason;
    std::int64_t last_seq = 0;
    std::size_t entries = 0;
};

void require(bool good, std::string const& what) {
    if (!good) throw std::runtime_error(what);
}

int check(std::string const& url) {
    auto const store = open(url);
    std::map<std::string, json::object> world;
    std::map<std::string, Seen> change_sets;
    std::set<std::string> reasons;
    std::int64_t seq = 0;
    for (;;) {
        auto const entries = store->log({.since = seq, .limit = 10'000}).value();
        if (entries.empty()) break;
        for (auto const& value : entries) {
            auto const& entry = value.as_object();
            ++seq;
            require(entry.at("seq").as_int64() == seq, "seq " + std::to_string(seq) + " is missing in the log");
            auto& seen = change_sets[std::string(entry.at("change_set").as_string())];
            if (seen.entries == 0)
                require(reasons.emplace(entry.at("reason").as_string()).second,
                        "a change set was written twice: " + std::string(entry.at("reason").as_string()));
            seen = {std::string(entry.at("reason").as_string()), seq, seen.entries + 1};
            auto const key = std::string(entry.at("entity").as_string()) + "/" + std::string(entry.at("id").as_string());
            if (entry.at("after").is_null()) {
                require(world.erase(key) == 1, "the log deletes what is not there: " + key);
                continue;
            }
            for (auto const& [name, field] : entry.at("after").as_object()) world[key][name] = field;
            world[key]["rev"] = entry.at("rev");
        }
    }
    require(seq == store->seq(),
            "the counter says " + std::to_string(store->seq()) + ", the log ends at " + std::to_string(seq));
    for (auto const& [id, seen] : change_sets)
        require(seen.entries == (seen.reason.ends_with("-0") ? 3U : 4U), "half a change set: " + seen.reason);

    std::size_t stored = 0;
    for (auto const* kind : {"theme", "city", "person"})
        for (store::ListQuery query{.limit = 10'000};;) {
            auto const page = store->list(kind, query).value();
            for (auto const& document : page.items) {
                auto const found = world.find(kind + ("/" + std::string(document.at("id").as_string())));
                require(found != world.end(), "a row the log knows nothing of");
                for (auto const& [name, field] : found->second)
                    require(document.at(name) == field, "row and log differ: " + found->first);
                ++stored;
            }
            query.after = page.next;
            if (page.next.empty()) break;
        }
    require(stored == world.size(),
            "the log knows " + std::to_string(world.size()) + " entities, the tables " + std::to_string(stored));

    std::size_t acknowledged = 0;
    for (std::string line; std::getline(std::cin, line); ++acknowledged) {
        std::istringstream words(line);
        std::string reason, id;
        Seen told;
        words >> told.reason >> id >> told.last_seq >> told.entries;
        auto const found = change_sets.find(id);
        require(found != change_sets.end(), "acknowledged and lost: " + line);
        require(found->second.reason == told.reason && found->second.last_seq == told.last_seq
                    && found->second.entries == told.entries,
                "acknowledged otherwise than it is: " + line);
    }
    std::cout << acknowledged << " acknowledged, " << change_sets.size() << " there, seq " << seq << "\n";
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    try {
        std::string const mode = argc == 3 ? argv[1] : "";
        if (mode == "write") return write(argv[2]);
        if (mode == "check") return check(argv[2]);
        std::cerr << "store_crash write|check URL\n";
        return 2;
    } catch (std::exception const& e) {
        std::cerr << e.what() << "\n";
        return 1;
    }
}
