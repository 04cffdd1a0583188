// SPDX-License-Identifier: EUPL-1.2
// One feed, kept: its events in order, by days. After a change only the entries that the picture and the chronicle name are
// looked at again, and only the days they stand in are put together again.
#pragma once

#include "feed/attendance.hpp"
#include "feed/drawings.hpp"
#include "ical/zones.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace kogge::calendar {

/// The operator's settings; the README explains them.
struct Settings {
    int refresh_minutes = 60;
    int past_days = 365;
    int cancelled_days = 30;
    std::string link;
    bool self_check = true;
    int cache_mb = 64;
};

struct Feed {
    std::string bytes;
    std::string name;                    // of the calendar
    std::string etag;                    // strong, with its quotes: the same exactly when the bytes are
    std::vector<std::string> tags;       // what they depend on: `<kind>:<id>`, `kind:<kind>`
    std::vector<std::string> unreadable; // events left out because libical did not read them as they were meant, and why
};

/// Texts in a language, in the order of the keys; what is not translated comes back as it is.
using Translate = std::function<std::vector<Text>(std::string const& language, std::vector<TextKey> const& keys)>;

/// What all feeds are made with.
struct Workshop {
    Picture const& picture;
    Chronicle& chronicle;
    Drawings& drawings;
    Translate const& translate;
    Settings const& settings;
};

class Sheet {
  public:
    Sheet(Workshop shop, Audience audience, std::shared_ptr<Attendance> attendance)
        : shop_(shop), audience_(std::move(audience)), attendance_(std::move(attendance)) {}

    /// The chronicle and the attendance have caught up.
    Result<Feed> render(Instant now);

    /// Lets go of all bytes; the next rendering begins anew.
    void forget();
    /// What it holds by itself, about: the events' bytes are the drawings', of which a large feed has a copy.
    std::size_t cost() const;

  private:
    using Counted = std::map<std::string, std::size_t>;
    using ZoneYears = std::pair<std::string, std::pair<int, int>>;
    struct Piece {
        std::shared_ptr<Drawn const> drawn;
        std::vector<Counted::iterator> tags;
        std::vector<std::map<ZoneYears, std::size_t>::iterator> zones;
        Instant until = Instant::max(); // then it leaves the feed by itself
    };
    using Key = std::pair<Instant, EntryId>; // when it begins
    struct DayOf {
        std::map<Key, Piece> pieces;
        std::string joined; // empty: to be put together again
    };
    /// An entry and what is to be said of it, if anything.
    struct Draft {
        EntryId entry;
        std::optional<Shown> shown;
        std::shared_ptr<Version const> version; // what `shown` points into, when it has gone
        Personal personal;
        Instant until = Instant::max();
    };

    std::set<EntryId> all() const;
    /// What to look at again; all() when that is not known.
    std::set<EntryId> touched(Instant now);
    Result<Draft> draft(EntryId const& entry, Instant now);
    Result<void> draft_gone(Draft& draft, Trace const& trace, Instant now);
    std::vector<Order> orders(std::vector<Draft> const& drafts);
    Piece const& piece(EntryId const& entry) const;
    bool speaks_of(EntryId const& entry, std::string const& tag) const;
    void take_out(EntryId const& entry);
    void put_in(Draft const& draft, std::shared_ptr<Drawn const> drawn);

    std::string head(Instant now) const;
    std::string name() const;
    std::string own_name() const;
    std::string color() const;
    std::string person() const;
    Zone zone() const;
    std::string zones(Instant now) const;

    Workshop shop_;
    Audience audience_;
    std::shared_ptr<Attendance> attendance_;
    bool begun_ = false;
    std::int64_t journal_ = 0;  // looked at up to here
    std::size_t step_ = 0;      // of the chronicle
    Instant last_{};            // rendered last
    Instant until_ = Instant::max(); // then something leaves the feed by itself
    std::map<Instant, DayOf> days_;
    std::unordered_map<EntryId, Instant> where_; // begins
    Counted tags_;
    std::map<ZoneYears, std::size_t> zone_years_;
    std::set<EntryId> unreadable_, gone_;
    std::map<Id<Visit>, Text> titles_;
    Text track_name_;
    std::size_t bytes_ = 0;
    Digest digest_; // of all events
};

} // namespace kogge::calendar
