// SPDX-License-Identifier: EUPL-1.2
// Keeps calendars elsewhere and the busy times in step: looks when it is time, writes what changed and nothing else, and
// leaves the last good state standing when a look brings none. On the plugin's strand [S].
#pragma once

#include "foreign/book.hpp"
#include "foreign/look.hpp"
#include "foreign/pace.hpp"

#include <kogge/host.hpp>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace kogge::calendar::foreign {

struct ForeignSettings {
    Pace pace;
    LookLimits limits;
    int past_days = 7, ahead_days = 400;
    std::size_t calendars_of_a_person = 20;
    Zone zone; // of floating times, where neither owner nor calendar names one
};

/// What came of taking something in.
struct Settled {
    Difference difference;
    std::vector<std::string> remarks;
};

/// A text in pieces that the store takes, cut between characters; and together again.
std::vector<std::string> pieces_of(std::string_view text);
std::string joined(std::vector<std::string> const& pieces);

/// Of an outcome document: an error says why it was not.
Result<void> committed(json::value const& outcome);

class Looker {
  public:
    Looker(Host& host, Book& book, ForeignSettings settings);

    /// The job: everything that is due.
    void round();
    /// At the next round, whatever the pace; `anew`: as if for the first time.
    void look_soon(Id<ForeignCalendar> const& id, bool anew);
    /// What a look would bring, by itself: nothing is stored. `done` gets it.
    void try_out(Target target, Reading reading, LookDone done);

    /// What it would clash with: {"code","level","subject","visit","text"} of each finding, at most 50. Nothing is written.
    json::array clashes(ForeignCalendar const& calendar, Digest const& digest, std::string const& language);

    /// An uploaded file: taken in at once. `before` is kept for undo.
    Result<Settled> take_file(ForeignCalendar calendar, std::optional<std::int64_t> rev, std::string_view text, std::vector<std::string> before,
                              std::string const& actor, std::string const& language);

    bool looking(Id<ForeignCalendar> const& id) const { return under_way_.contains(id); }
    std::optional<Instant> next(Id<ForeignCalendar> const& id) const;
    /// Looks brought to an end since the daemon started: whoever waits for one compares.
    std::int64_t looks(Id<ForeignCalendar> const& id) const;
    /// Newer than what is stored, when nothing but the time has changed since.
    std::optional<Instant> last_ok(Id<ForeignCalendar> const& id) const;
    /// With address, name and password.
    Result<Row<ForeignCalendar>> whole(Id<ForeignCalendar> const& id) const { return host_.get(id); }
    Reading reading_for(Id<Person> const& person, std::optional<std::string> const& zone) const;
    ForeignSettings const& settings() const { return settings_; }
    Host& host() const { return host_; }

  private:
    struct Pulse { // what need not be written down
        Instant next{};
        std::optional<Instant> last_ok;
        bool anew = true; // not "unless it changed"
        std::int64_t looks = 0; // brought to an end
        std::shared_ptr<Account> account = std::make_shared<Account>();
    };
    bool due(Row<ForeignCalendar> const& row, Instant now) const;
    void start(Row<ForeignCalendar> const& row);
    void arrived(Id<ForeignCalendar> const& id, LookResult result);
    void came(ForeignCalendar const& calendar, std::int64_t rev, Arrived arrived);
    void failed(ForeignCalendar const& calendar, std::int64_t rev, Trouble const& trouble, std::optional<std::chrono::seconds> retry);
    void rework_file(Row<ForeignCalendar> const& row);
    bool write(ChangeSet const& changes);
    Day today() const;
    double chance();

    Host& host_;
    Book& book_;
    ForeignSettings settings_;
    std::map<Id<ForeignCalendar>, Pulse> pulses_;
    std::set<Id<ForeignCalendar>> under_way_;
    std::mt19937 random_{std::random_device{}()};
};

} // namespace kogge::calendar::foreign
