// SPDX-License-Identifier: EUPL-1.2
// Time as a programme means it: a wall clock somewhere. The UTC instant is derived from it, never the other way round,
// so that a programme printed as "09:00 in Hamburg" is still that after the next change of the tz database.
#pragma once

#include <kogge/result.hpp>

#include <date/tz.h>

#include <chrono>
#include <compare>
#include <cstdio>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace kogge {

using Instant = std::chrono::sys_seconds;
using Minutes = std::chrono::minutes;
using Day = std::chrono::local_days;

/// An IANA zone, by name. Interned: copying and comparing cost a pointer. Thread-safe.
class Zone {
  public:
    Zone() {
        static Zone const utc("UTC", Known{});
        entry_ = utc.entry_;
    }
    /// An error names the zone when the tz database does not know it.
    static Result<Zone> parse(std::string_view name) {
        try {
            date::locate_zone(std::string(name));
        } catch (std::exception const&) {
            return invalid("'" + std::string(name) + "' is not a time zone; use an IANA name such as Europe/Berlin");
        }
        return Zone(name, Known{});
    }
    std::string const& name() const { return entry_->first; }
    date::time_zone const& rules() const { return *entry_->second; }
    friend bool operator==(Zone a, Zone b) { return a.entry_ == b.entry_; }
    friend std::ostream& operator<<(std::ostream& out, Zone zone) { return out << zone.name(); }

  private:
    struct Known {};
    using Entry = std::pair<std::string, date::time_zone const*>;
    Zone(std::string_view name, Known) {
        static std::mutex mutex;
        static std::set<Entry> entries;
        std::lock_guard const lock(mutex);
        std::string key(name);
        auto const* rules = date::locate_zone(key);
        entry_ = &*entries.emplace(std::move(key), rules).first;
    }
    Entry const* entry_ = nullptr;
};

/// A wall-clock time at a place. `second` picks the later of the two moments that carry the same wall-clock time when
/// clocks go back (30/31 October 2027: 02:30 comes twice).
struct LocalTime {
    std::chrono::local_seconds wall{};
    Zone zone;
    bool second = false;

    friend bool operator==(LocalTime const&, LocalTime const&) = default;
};

/// The moment a local time means. A wall-clock time that the clocks skip is read with the offset before the gap (RFC 5545).
inline Instant instant_of(LocalTime const& time) {
    auto const wall = date::local_seconds(time.wall.time_since_epoch());
    auto const info = time.zone.rules().get_info(wall);
    auto const& valid = time.second && info.result == date::local_info::ambiguous ? info.second : info.first;
    return Instant((wall.time_since_epoch() - valid.offset));
}

/// UTC offset in force at `time`.
inline std::chrono::seconds offset_of(LocalTime const& time) {
    return time.wall.time_since_epoch() - instant_of(time).time_since_epoch();
}

inline LocalTime local_of(Instant instant, Zone zone) {
    auto const info = zone.rules().get_info(date::sys_seconds(instant.time_since_epoch()));
    LocalTime time{std::chrono::local_seconds(instant.time_since_epoch() + info.offset), zone, false};
    if (instant_of(time) != instant)
        time.second = true;
    return time;
}

/// Later by elapsed time: 30 minutes are 30 minutes also across a clock change.
inline LocalTime operator+(LocalTime const& time, std::chrono::seconds by) {
    return local_of(instant_of(time) + by, time.zone);
}

inline Day day_of(LocalTime const& time) { return std::chrono::floor<std::chrono::days>(time.wall); }

/// A stretch of time, half-open: what ends at 09:00 does not clash with what begins at 09:00.
struct Interval {
    Instant begin{};
    Instant end{};

    bool empty() const { return end <= begin; }
    std::chrono::seconds length() const { return end - begin; }
    bool contains(Instant at) const { return begin <= at && at < end; }
    bool overlaps(Interval const& other) const { return begin < other.end && other.begin < end; }
    Interval intersect(Interval const& other) const { return {std::max(begin, other.begin), std::min(end, other.end)}; }
    friend auto operator<=>(Interval const&, Interval const&) = default;
};

// ---- text ----------------------------------------------------------------------------------------------------------

/// "2027-04-21"
inline std::string to_text(Day day) {
    std::chrono::year_month_day const date(day);
    char out[16];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
    return out;
}

/// "2027-04-21T07:24:00"
inline std::string to_text(std::chrono::local_seconds wall) {
    auto const day = std::chrono::floor<std::chrono::days>(wall);
    auto const time = (wall - day).count();
    char out[16];
    std::snprintf(out, sizeof out, "T%02d:%02d:%02d", int(time / 3600), int(time / 60 % 60), int(time % 60));
    return to_text(day) + out;
}

/// "07:24"
inline std::string clock_text(LocalTime const& time) { return to_text(time.wall).substr(11, 5); }

/// "2027-04-21T05:24:00Z"
inline std::string to_text(Instant instant) {
    return to_text(std::chrono::local_seconds(instant.time_since_epoch())) + "Z";
}

/// RFC 9557: "2027-04-21T07:24:00+02:00[Europe/Amsterdam]".
inline std::string to_text(LocalTime const& time) {
    auto const offset = std::chrono::duration_cast<Minutes>(offset_of(time)).count();
    char sign[8];
    std::snprintf(sign, sizeof sign, "%c%02d:%02d", offset < 0 ? '-' : '+', int(std::abs(offset) / 60), int(std::abs(offset) % 60));
    return to_text(time.wall) + sign + "[" + time.zone.name() + "]";
}

inline std::ostream& operator<<(std::ostream& out, LocalTime const& time) { return out << to_text(time); }
inline std::ostream& operator<<(std::ostream& out, Interval const& span) {
    return out << to_text(span.begin) << "/" << to_text(span.end);
}

namespace detail {

/// Reads `digits` decimal digits at `text` and steps over them; -1 when there are fewer.
inline int take_number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits)
        return -1;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}
inline bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

inline std::optional<Day> take_day(std::string_view& text) {
    int const y = take_number(text, 4);
    bool const dash1 = take(text, '-');
    int const m = take_number(text, 2);
    bool const dash2 = take(text, '-');
    int const d = take_number(text, 2);
    if (y < 0 || m < 0 || d < 0 || !dash1 || !dash2)
        return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year(y), std::chrono::month(unsigned(m)), std::chrono::day(unsigned(d))};
    if (!date.ok())
        return std::nullopt;
    return Day(date);
}

/// "T07:24" or "T07:24:30"
inline std::optional<std::chrono::seconds> take_clock(std::string_view& text) {
    bool const t = take(text, 'T');
    int const h = take_number(text, 2);
    bool const colon = take(text, ':');
    int const m = take_number(text, 2);
    int const s = take(text, ':') ? take_number(text, 2) : 0;
    if (!t || !colon || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59)
        return std::nullopt;
    return std::chrono::seconds(h * 3600 + m * 60 + s);
}

/// "Z", "+02:00" or nothing; the inner optional is empty when there is none.
inline std::optional<std::optional<std::chrono::seconds>> take_offset(std::string_view& text) {
    using Offset = std::optional<std::chrono::seconds>;
    if (take(text, 'Z'))
        return Offset(std::chrono::seconds(0));
    if (text.empty() || (text.front() != '+' && text.front() != '-'))
        return Offset();
    int const sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    int const h = take_number(text, 2);
    bool const colon = take(text, ':');
    int const m = take_number(text, 2);
    if (h < 0 || h > 14 || m < 0 || m > 59 || !colon)
        return std::nullopt;
    return Offset(std::chrono::seconds(sign * (h * 3600 + m * 60)));
}

} // namespace detail

inline Result<Day> parse_day(std::string_view text) {
    auto rest = text;
    auto const day = detail::take_day(rest);
    if (!day || !rest.empty())
        return invalid("'" + std::string(text) + "' is not a day; write it as 2027-04-21");
    return *day;
}

/// Reads RFC 9557 with the zone in brackets, or with `zone` given from outside. The offset is optional: it only tells
/// the two passes of an hour apart; where it contradicts the zone, the wall clock is the fact and the offset is ignored.
inline Result<LocalTime> parse_local_time(std::string_view text, std::optional<Zone> zone = {}) {
    auto const wrong = [&] {
        return invalid("'" + std::string(text.substr(0, 80)) +
                       "' is not a local time; write it as 2027-04-21T07:24:00+02:00[Europe/Amsterdam]");
    };
    auto rest = text;
    auto const day = detail::take_day(rest);
    if (!day)
        return wrong();
    auto const clock = detail::take_clock(rest);
    if (!clock)
        return wrong();
    auto const offset = detail::take_offset(rest);
    if (!offset)
        return wrong();
    if (detail::take(rest, '[')) {
        if (rest.empty() || rest.back() != ']')
            return wrong();
        rest.remove_suffix(1);
        KOGGE_TRY(zone, Zone::parse(rest));
    } else if (!rest.empty() || !zone)
        return wrong();
    LocalTime time{std::chrono::local_seconds(*day) + *clock, *zone, false};
    if (*offset && offset_of(time) != **offset) {
        time.second = true;
        if (offset_of(time) != **offset)
            time.second = false;
    }
    return time;
}

} // namespace kogge
