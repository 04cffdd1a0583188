// SPDX-License-Identifier: EUPL-1.2
#include "ical/foreign_zone.hpp"

#include "ical/zone_changes.hpp"

#include <unicode/ucal.h>

#include <algorithm>
#include <set>

namespace kogge::calendar::ical {

namespace {

using std::chrono::seconds;

constexpr std::size_t most_vtimezones = 200, most_remarks = 100;

std::string trimmed(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\"");
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\"") - begin + 1));
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return out;
}

/// Names of the tz database by their lower case, and those of places by their last part ("amsterdam").
struct Names {
    std::map<std::string, std::string, std::less<>> all, places;
    Names() {
        for (auto const& zone : date::get_tzdb().zones) {
            all.try_emplace(lower(zone.name()), zone.name());
            if (auto const slash = zone.name().rfind('/'); slash != std::string::npos && !zone.name().starts_with("Etc/"))
                places.try_emplace(lower(std::string_view(zone.name()).substr(slash + 1)), zone.name());
        }
    }
    static Names const& get() {
        static Names const names;
        return names;
    }
};

std::optional<Zone> exact_zone(std::string_view name) {
    auto const& names = Names::get().all;
    auto const at = names.find(lower(name));
    if (at == names.end())
        return std::nullopt;
    auto zone = Zone::parse(at->second);
    return zone ? std::optional(zone.value()) : std::nullopt;
}

std::optional<Zone> place(std::string_view name) {
    auto key = lower(trimmed(name));
    std::replace(key.begin(), key.end(), ' ', '_');
    auto const& places = Names::get().places;
    auto const at = places.find(key);
    return at == places.end() ? std::nullopt : exact_zone(at->second);
}

seconds winter_offset(Zone zone, int year) {
    auto const at = [&](unsigned month) { return zone.rules().get_info(date::sys_days(date::year(year) / month / 15)); };
    auto const january = at(1), july = at(7);
    return january.save == std::chrono::minutes(0) ? january.offset : july.offset;
}

/// "+01:00", "-5", "+0530", "+01.00" at the beginning of `text`, stepped over.
std::optional<seconds> take_offset(std::string_view& text) {
    if (text.empty() || (text.front() != '+' && text.front() != '-'))
        return std::nullopt;
    int const sign = text.front() == '-' ? -1 : 1;
    auto rest = text.substr(1);
    auto const digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits == 0 || digits > 4 || digits == 3)
        return std::nullopt;
    int const number = std::stoi(std::string(rest.substr(0, digits)));
    rest.remove_prefix(digits);
    int hours = digits == 4 ? number / 100 : number, minutes = digits == 4 ? number % 100 : 0;
    if (digits <= 2 && rest.size() >= 3 && (rest[0] == ':' || rest[0] == '.')) {
        rest.remove_prefix(1);
        minutes = kogge::detail::take_number(rest, 2);
    }
    if (hours > 14 || minutes < 0 || minutes > 59)
        return std::nullopt;
    text = rest;
    return seconds(sign * (hours * 3600 + minutes * 60));
}

Clock fixed(std::string const& name, seconds offset) {
    return Clock(std::make_shared<ZoneChanges const>(ZoneChanges{name, offset, {}}));
}

/// Rule 5.
std::optional<Clock> spelled_zone(std::string const& tzid, int year) {
    std::string_view text = tzid;
    bool const bracket = text.starts_with('(');
    if (bracket)
        text.remove_prefix(1);
    if (!text.starts_with("UTC") && !text.starts_with("GMT"))
        return std::nullopt;
    text.remove_prefix(3);
    while (text.starts_with(' ')) text.remove_prefix(1);
    auto const offset = bracket && text.starts_with(')') ? seconds(0) : take_offset(text);
    if (!offset || (bracket ? !text.starts_with(')') : !text.empty()))
        return std::nullopt;
    while (!text.empty()) {
        text.remove_prefix(1);
        auto const name = text.substr(0, text.find_first_of(",/;"));
        text.remove_prefix(name.size());
        if (auto const zone = place(name); zone && winter_offset(*zone, year) == *offset)
            return Clock(*zone);
    }
    return fixed(tzid, *offset);
}

std::string without_suffix(std::string name) {
    auto const end = name.find_last_not_of("0123456789");
    if (end != std::string::npos && end + 1 < name.size() && name[end] == ' ')
        name.erase(end);
    return name;
}

bool same_in(int year, Clock const& a, Clock const& b) {
    for (unsigned month = 1; month <= 12; ++month)
        for (unsigned const day : {1u, 15u}) {
            Instant const at = std::chrono::sys_days(std::chrono::year(year) / month / day) + std::chrono::hours(12);
            if (a.wall(at) != b.wall(at))
                return false;
        }
    return true;
}

/// The TZIDs that properties name, and the year of the last DTSTART.
struct Uses {
    std::set<std::string, std::less<>> tzids;
    int year = 1;

    void look(Component const& top) {
        std::vector<Component const*> open{&top};
        while (!open.empty()) {
            auto const* component = open.back();
            open.pop_back();
            for (auto const& part : component->components)
                if (!part.is("VTIMEZONE"))
                    open.push_back(&part);
            for (auto const& property : component->properties)
                look(property);
        }
        if (year == 1) // nothing happens: any year will do
            year = 2027;
    }

  private:
    void look(Property const& property) {
        if (auto tzid = property.parameter("TZID"))
            tzids.insert(std::move(*tzid));
        if (property.is("DTSTART"))
            if (auto const stamp = read_stamp(property.value()))
                year = std::max(year, int(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(stamp.value().wall)).year()));
    }
};

} // namespace

Instant Clock::at(Wall wall) const {
    if (changes_)
        return Instant(wall.time_since_epoch() - changes_->offset_at(wall));
    return instant_of({wall, zone_, false});
}

Wall Clock::wall(Instant at) const {
    auto const offset = changes_ ? changes_->offset_at(at) : zone_.rules().get_info(date::sys_seconds(at.time_since_epoch())).offset;
    return Wall(at.time_since_epoch() + offset);
}

std::string const& Clock::name() const { return changes_ ? changes_->name : zone_.name(); }

std::optional<Zone> windows_zone(std::string_view name) {
    if (name.empty() || name.size() > 100)
        return std::nullopt;
    std::u16string const wide(name.begin(), name.end()); // ASCII; anything else is not found
    UChar id[128];
    UErrorCode status = U_ZERO_ERROR;
    auto const length = ucal_getTimeZoneIDForWindowsID(wide.data(), int(wide.size()), nullptr, id, 128, &status);
    if (U_FAILURE(status) || length <= 0 || length >= 128)
        return std::nullopt;
    return exact_zone(std::string(id, id + length));
}

std::optional<Zone> database_zone(std::string_view tzid) {
    auto const name = trimmed(tzid);
    if (name.size() > 200)
        return std::nullopt;
    if (same_name(name, "tzone://Microsoft/Utc"))
        return Zone();
    for (std::string_view rest = name; !rest.empty();) {
        if (auto const zone = exact_zone(rest))
            return zone;
        auto const slash = rest.find('/');
        rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    }
    return std::nullopt;
}

Result<Clock> read_vtimezone(Component const& vtimezone) {
    KOGGE_TRY(auto changes, read_changes(vtimezone));
    return Clock(std::make_shared<ZoneChanges const>(std::move(changes)));
}

ZoneBook::ZoneBook(Component const& calendar, Zone floating) : days_(floating), floating_(floating) {
    if (auto const zone = database_zone(calendar.value("X-WR-TIMEZONE")))
        floating_ = Clock(*zone);
    Uses uses;
    uses.look(calendar);
    std::map<std::string, Component const*, std::less<>> written;
    for (auto const& part : calendar.components)
        if (part.is("VTIMEZONE"))
            written.try_emplace(trimmed(part.value("TZID")), &part);
    for (auto const& tzid : uses.tzids) {
        auto const at = written.find(trimmed(tzid));
        clocks_.emplace(tzid, resolve(tzid, at == written.end() ? nullptr : at->second, uses.year));
    }
}

Clock ZoneBook::resolve(std::string const& tzid, Component const* vtimezone, int year) {
    auto const name = trimmed(tzid);
    if (auto const zone = database_zone(name))
        return Clock(*zone);
    std::optional<Clock> written;
    if (vtimezone && ++worked_out_ > most_vtimezones)
        remark("TZID=" + name + ": more than " + std::to_string(most_vtimezones) + " VTIMEZONEs of foreign names in one calendar; this one is not read");
    else if (vtimezone) {
        if (auto clock = read_vtimezone(*vtimezone))
            written = clock.value();
        else
            remark("the VTIMEZONE of TZID=" + name + " cannot be used: " + clock.error().message);
    }
    auto windows = windows_zone(name);
    if (!windows)
        windows = windows_zone(without_suffix(name));
    if (windows && (!written || same_in(year, Clock(*windows), *written)))
        return Clock(*windows);
    if (windows)
        remark("TZID=" + name + " is not " + windows->name() + " by its own VTIMEZONE, which is followed");
    if (vtimezone && !windows)
        if (auto const zone = database_zone(vtimezone->value("X-LIC-LOCATION")))
            return Clock(*zone);
    if (written)
        return *written;
    if (auto const clock = spelled_zone(name, year))
        return *clock;
    remark("TZID=" + name + " is unknown and has no VTIMEZONE; its times are read as local ones (" + floating_.name() + ")");
    return floating_;
}

void ZoneBook::remark(std::string sentence) {
    if (remarks_.size() < most_remarks)
        remarks_.push_back(std::move(sentence));
}

Clock ZoneBook::clock(std::string_view tzid) const {
    if (tzid.empty())
        return floating_;
    if (auto const at = clocks_.find(tzid); at != clocks_.end())
        return at->second;
    return ZoneBook(*this).resolve(std::string(tzid), nullptr, 2027);
}

Clock ZoneBook::clock(Stamp const& stamp, Property const& property) const {
    switch (stamp.kind) {
    case Stamp::Kind::utc: return Clock();
    case Stamp::Kind::date: return days_;
    case Stamp::Kind::local: break;
    }
    return clock(property.parameter("TZID").value_or(""));
}

std::optional<Instant> moment_of(Component const& component, std::string_view property, ZoneBook const& zones) {
    auto const* found = component.find(property);
    auto const stamp = found ? read_stamp(found->value()) : Result<Stamp>(Stamp{});
    if (!found || !stamp || stamp.value().kind == Stamp::Kind::date)
        return std::nullopt;
    return zones.clock(stamp.value(), *found).at(stamp.value().wall);
}

} // namespace kogge::calendar::ical
