// SPDX-License-Identifier: EUPL-1.2
// A store for tests of the core: documents in a map, change sets turned into the batches a plugin's world follows and into
// entries of a change log, a clock that moves a minute per commit, and undo as the host does it.
#pragma once

#include "feed/feed.hpp"
#include "ical/reader.hpp"

#include <kogge/change.hpp>
#include <kogge/findings.hpp>

#include <map>
#include <string>
#include <vector>

namespace kogge::calendar::test {

class House {
  public:
    Picture picture;
    Chronicle chronicle{[this](json::object const& query) { return read_log(query); }};
    Settings settings;
    std::optional<Feeds> feeds;
    /// (kind, id, field, language) -> text
    std::map<std::array<std::string, 4>, std::string> translations;
    int questions = 0; // asked of the translator

    explicit House(Settings settings = {});

    /// The change set's id.
    std::string commit(ChangeSet const& changes);
    std::string commit(json::array const& changes, std::string const& reason);
    std::string undo(std::string const& change_set);

    Feed render(FeedSpec const& spec);
    std::string bytes(FeedSpec const& spec) { return render(spec).bytes; }
    /// As libical reads it; an error fails the test.
    ReadCalendar read(FeedSpec const& spec);

    std::int64_t rev(Ref const& ref) const { return documents_.at(ref).at("rev").as_int64(); }
    Instant now() const { return now_; }
    void set_now(Instant now) { now_ = now; }
    int log_reads = 0; // that brought anything
    bool log_lags = false; // what was told last is not committed yet

    Result<std::vector<json::object>> read_log(json::object const& query);
    std::vector<World*> others; // told besides the picture's

  private:
    void write(std::string const& change_set, std::string const& op, Ref const& ref, json::object const& fields);

    std::map<Ref, json::value> documents_;
    std::map<Ref, std::int64_t> revisions_; // of what is gone, too
    std::vector<json::object> log_;
    Instant now_ = Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24)) + std::chrono::hours(12);
    std::string reason_;
    int sets_ = 0;
};

/// A feed without the three properties that say when and how often: what an undo restores.
std::string without_revisions(std::string const& feed);

/// SEQUENCE by UID.
std::map<std::string, int> sequences(ReadCalendar const& calendar);
ReadEvent const& event(ReadCalendar const& calendar, std::string const& uid);

} // namespace kogge::calendar::test
