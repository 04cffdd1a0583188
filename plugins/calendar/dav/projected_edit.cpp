// SPDX-License-Identifier: EUPL-1.2
#include "dav/projected_edit.hpp"

#include "dav/projected_words.hpp"
#include "ical/foreign_zone.hpp"
#include "ical/values.hpp"

#include <algorithm>
#include <array>

namespace kogge::calendar::dav {

namespace {

using ical::Component;
using ical::Property;

Error refused(std::string message, char const* field) { return {ErrorCode::refused, std::move(message), field}; }

std::string_view base_of(std::string_view language) { return language.substr(0, language.find('-')); }

std::string trimmed(std::string_view text) {
    auto const blank = " \t\r\n";
    auto const first = text.find_first_not_of(blank);
    return first == text.npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

std::string text_of(Component const& event, std::string_view name) {
    auto const* property = event.find(name);
    return property ? trimmed(ical::read_text(property->value())) : std::string();
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        if (auto line = trimmed(text.substr(at, end - at)); !line.empty())
            out.push_back(std::move(line));
        at = end + 1;
    }
    return out;
}

std::string joined(std::vector<std::string> const& lines) {
    std::string out;
    for (auto const& line : lines)
        out += (out.empty() ? "" : "\n") + line;
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return out;
}

// ---- times ---------------------------------------------------------------------------------------------------------

constexpr std::chrono::seconds unsaid_length = std::chrono::hours(1); // of a new event that names only its beginning

struct Span {
    Instant begin{}, end{};
    std::optional<Zone> zone; // the client's, where the tz database has it
};

class Times {
  public:
    Times(Component const& calendar, Component const& event, Zone floating, std::string const& language)
        : event_(event), language_(language), zones_(calendar, floating) {}

    /// `length` is what the event had before: it keeps it when it says neither DTEND nor DURATION, and only a moment stays one.
    Result<Span> read(std::chrono::seconds length) const {
        auto const* start = event_.find("DTSTART");
        if (!start)
            return refused(words::no_start.in(language_), "DTSTART");
        KOGGE_TRY(auto const begin, moment(*start));
        Span out{begin, begin + length, clock(*start).zone()};
        if (auto const* end = event_.find("DTEND")) {
            KOGGE_TRY(out.end, moment(*end));
        } else if (auto const* duration = event_.find("DURATION")) {
            auto const read = ical::read_duration(duration->value());
            if (!read)
                return refused(read.error().message, "DURATION");
            auto const there = clock(*start); // days follow the calendar, the rest is elapsed time
            out.end = there.at(there.wall(begin) + read.value().days) + read.value().time;
        }
        if (out.end < out.begin || (out.end == out.begin && length.count() != 0))
            return refused(words::ends_early.in(language_, {{"starts", to_text(out.begin)}, {"ends", to_text(out.end)}}), "DTEND");
        return out;
    }

  private:
    ical::Clock clock(Property const& property) const {
        auto const stamp = ical::read_stamp(property.value());
        return stamp ? zones_.clock(stamp.value(), property) : zones_.floating();
    }
    Result<Instant> moment(Property const& property) const {
        auto const stamp = ical::read_stamp(property.value());
        if (!stamp)
            return refused(std::string(property.name()) + ": " + stamp.error().message, "DTSTART");
        if (stamp.value().kind == ical::Stamp::Kind::date)
            return refused(words::needs_clock.in(language_, {{"value", std::string(property.value())}}), "DTSTART");
        return zones_.clock(stamp.value(), property).at(stamp.value().wall);
    }

    Component const& event_;
    std::string const& language_;
    ical::ZoneBook zones_;
};

// ---- places --------------------------------------------------------------------------------------------------------

std::string name_and_address(Venue const& venue) {
    return venue.address && !venue.address->empty() ? venue.name + ", " + *venue.address : venue.name;
}

/// The venue a LOCATION names: by name and address, by its first line (Apple writes the address below), or by what stands
/// before the first comma.
class Places {
  public:
    Places(Picture const& picture, std::string const& language) : picture_(picture), language_(language) {}

    Result<Id<Venue>> find(std::string const& said) const {
        auto const lines = lines_of(said);
        auto const first = lines.empty() ? said : lines.front();
        for (auto const& key : {said, first, trimmed(first.substr(0, first.find(',')))}) {
            auto const found = called(key);
            if (found.size() == 1)
                return found.front()->id;
            if (found.size() > 1)
                return refused(words::two_venues.in(language_, {{"name", key}, {"list", list(found)}}), "LOCATION");
        }
        auto const near = alike(first);
        auto const hint = near.empty() ? std::string() : words::near_ones.in(language_, {{"list", list(near)}});
        return refused(words::unknown_venue.in(language_, {{"name", first}, {"near", hint}}), "LOCATION");
    }

  private:
    using Venues = std::vector<Venue const*>;
    template <class Take>
    Venues where(Take take) const {
        Venues out;
        for (auto const& row : picture_.venues.rows())
            if (take(row.second.value))
                out.push_back(&row.second.value);
        std::sort(out.begin(), out.end(), [](auto const* a, auto const* b) { return a->name < b->name; });
        return out;
    }
    Venues called(std::string const& said) const {
        auto const key = lower(said);
        return where([&](Venue const& venue) { return lower(venue.name) == key || lower(name_and_address(venue)) == key; });
    }
    Venues alike(std::string const& said) const {
        auto const key = lower(said);
        auto out = where([&](Venue const& venue) {
            auto const name = lower(venue.name);
            return !key.empty() && (name.find(key) != name.npos || key.find(name) != key.npos);
        });
        out.resize(std::min<std::size_t>(out.size(), 3));
        return out;
    }
    static std::string list(Venues const& venues) {
        std::string out;
        for (auto const* venue : venues)
            out += (out.empty() ? "" : "; ") + name_and_address(*venue);
        return out;
    }

    Picture const& picture_;
    std::string const& language_;
};

// ---- texts ---------------------------------------------------------------------------------------------------------

/// What stands in a DESCRIPTION besides the lines that we wrote there ourselves: as they are now, or as they were in an older
/// copy, which their label tells.
std::string own_words(std::string_view description, std::vector<std::string> const& ours) {
    auto lines = lines_of(description);
    for (auto const& line : lines_of(joined(ours))) {
        auto const label = line.find(": ");
        std::erase_if(lines, [&](auto const& said) { return said == line || (label != line.npos && said.starts_with(line.substr(0, label + 2))); });
    }
    return joined(lines);
}

std::optional<ItemStatus> status_of(std::string_view value) {
    if (ical::same_name(value, "TENTATIVE"))
        return ItemStatus::proposed;
    if (ical::same_name(value, "CONFIRMED"))
        return ItemStatus::confirmed;
    if (ical::same_name(value, "CANCELLED"))
        return ItemStatus::cancelled;
    return std::nullopt;
}

ItemStatus shown_status(EventStatus status) {
    return status == EventStatus::tentative ? ItemStatus::proposed : status == EventStatus::cancelled ? ItemStatus::cancelled : ItemStatus::confirmed;
}

// ---- the difference ------------------------------------------------------------------------------------------------

class Difference {
  public:
    Difference(Picture const& picture, Given const& given, Component const& calendar, Component const& event, std::string const& language)
        : picture_(picture), given_(given), calendar_(calendar), event_(event), language_(language) {}

    Result<Edit> of_item() {
        auto const& item = *given_.shown.item;
        KOGGE_TRY(place(item));
        KOGGE_TRY(times("starts", "ends", zone_.value_or(item.starts.zone), zone_.value_or(item.ends.zone)));
        KOGGE_TRY(title(item));
        note(item);
        KOGGE_TRY(auto const status, new_status());
        if (status)
            edit_.fields["status"] = to_json(*status);
        return std::move(edit_);
    }

    Result<Edit> of_leg() {
        auto const& leg = *given_.shown.leg;
        KOGGE_TRY(times("departs", "arrives", leg.departs.zone, leg.arrives.zone));
        if (text_of(event_, "SUMMARY") != trimmed(given_.event.summary.text))
            return refused(words::leg_title.in(language_), "SUMMARY");
        if (text_of(event_, "LOCATION") != trimmed(given_.event.location))
            return refused(words::leg_place.in(language_), "LOCATION");
        if (!own_words(text_of(event_, "DESCRIPTION"), given_.event.description).empty())
            return refused(words::leg_note.in(language_), "DESCRIPTION");
        KOGGE_TRY(auto const status, new_status());
        if (status == ItemStatus::proposed)
            return refused(words::leg_state.in(language_), "STATUS");
        if (status)
            edit_.fields["status"] = *status == ItemStatus::cancelled ? "cancelled" : "planned";
        return std::move(edit_);
    }

  private:
    /// The moment is the client's, the zone stays: an item in Hamburg does not move to UTC because a phone says so.
    Result<void> times(char const* starts, char const* ends, Zone starts_zone, Zone ends_zone) {
        auto const& shown = given_.shown;
        auto const begin = instant_of(shown.starts()), end = instant_of(shown.ends());
        KOGGE_TRY(auto const span, Times(calendar_, event_, shown.starts().zone, language_).read(end - begin));
        auto const put = [&](char const* name, Instant at, LocalTime const& was, Zone zone) {
            if (at != instant_of(was) || !(zone == was.zone))
                edit_.fields[name] = to_json(local_of(at, zone));
        };
        put(starts, span.begin, shown.starts(), starts_zone);
        put(ends, span.end, shown.ends(), ends_zone);
        return boost::outcome_v2::success();
    }

    Result<void> place(ProgrammeItem const& item) {
        auto const said = text_of(event_, "LOCATION");
        if (said == trimmed(given_.event.location))
            return boost::outcome_v2::success();
        if (said.empty()) {
            edit_.fields["venue"] = nullptr;
            return boost::outcome_v2::success();
        }
        KOGGE_TRY(auto const venue, Places(picture_, language_).find(said));
        if (item.venue == venue)
            return boost::outcome_v2::success();
        edit_.fields["venue"] = venue.str();
        if (auto const zone = Zone::parse(picture_.venues.find(venue)->zone)) // its clock is the one people there look at
            zone_ = zone.value();
        return boost::outcome_v2::success();
    }

    /// In the language it was shown in: the source when that is its language, else the translation.
    void put(char const* field, Text const& source, Text const& shown, std::string text) {
        if (base_of(shown.language) == base_of(source.language))
            edit_.fields[field] = to_json(Text{std::move(text), source.language});
        else
            edit_.translations.push_back({field, {std::move(text), shown.language}, source});
    }

    Result<void> title(ProgrammeItem const& item) {
        auto said = text_of(event_, "SUMMARY");
        if (said.empty())
            return refused(words::no_title.in(language_), "SUMMARY");
        if (said != trimmed(given_.event.summary.text))
            put("title", item.title, given_.texts.front(), std::move(said));
        return boost::outcome_v2::success();
    }

    void note(ProgrammeItem const& item) {
        bool const had = given_.texts.size() > 1;
        auto ours = given_.event.description;
        if (had)
            if (auto const found = std::find(ours.begin(), ours.end(), given_.texts[1].text); found != ours.end())
                ours.erase(found);
        auto said = own_words(text_of(event_, "DESCRIPTION"), ours);
        if (said == (had ? joined(lines_of(given_.texts[1].text)) : std::string()))
            return;
        if (said.empty())
            edit_.fields["note"] = nullptr;
        else if (had)
            put("note", *item.note, given_.texts[1], std::move(said));
        else
            edit_.fields["note"] = to_json(Text{std::move(said), item.title.language});
    }

    /// What is not said, or said as it was shown, stays; a visit that is off shows its items as cancelled, and they are not.
    Result<std::optional<ItemStatus>> new_status() const {
        auto const value = event_.value("STATUS");
        if (value.empty())
            return std::optional<ItemStatus>();
        auto const status = status_of(value);
        if (!status)
            return refused(words::unknown_state.in(language_, {{"value", std::string(value)}}), "STATUS");
        return *status == shown_status(given_.event.status) ? std::optional<ItemStatus>() : status;
    }

    Picture const& picture_;
    Given const& given_;
    Component const& calendar_;
    Component const& event_;
    std::string const& language_;
    std::optional<Zone> zone_;
    Edit edit_;
};

} // namespace

Result<ical::Component const*> one_event(Component const& calendar, std::string const& language) {
    Component const* event = nullptr;
    for (auto const& component : calendar.components) {
        if (component.is("VTIMEZONE"))
            continue;
        if (event || !component.is("VEVENT"))
            return refused(words::one_event.in(language, {{"what", event ? "2 × " + component.name : component.name}}), "VEVENT");
        event = &component;
    }
    if (!event)
        return refused(words::one_event.in(language, {{"what", "-"}}), "VEVENT");
    for (auto const* name : {"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})
        if (event->find(name))
            return refused(words::no_recurrence.in(language, {{"property", name}}), name);
    return event;
}

Result<Edit> edit_of(Picture const& picture, Given const& given, Component const& calendar, std::string const& language) {
    KOGGE_TRY(auto const* event, one_event(calendar, language));
    Difference difference(picture, given, calendar, *event, language);
    return given.shown.item ? difference.of_item() : difference.of_leg();
}

Result<ProgrammeItem> item_of(Picture const& picture, Visit const& visit, Component const& calendar, std::string const& language) {
    KOGGE_TRY(auto const* event, one_event(calendar, language));
    ProgrammeItem item;
    item.visit = visit.id;
    item.title = {text_of(*event, "SUMMARY"), language};
    if (item.title.empty())
        return refused(words::no_title.in(language), "SUMMARY");
    auto zone = std::optional<Zone>();
    if (auto const said = text_of(*event, "LOCATION"); !said.empty()) {
        KOGGE_TRY(item.venue, Places(picture, language).find(said));
        if (auto const there = Zone::parse(picture.venues.find(*item.venue)->zone))
            zone = there.value();
    }
    KOGGE_TRY(auto const span, Times(calendar, *event, visit.starts.zone, language).read(unsaid_length));
    auto const utc = Zone();
    if (!zone)
        zone = span.zone && !(*span.zone == utc) ? *span.zone : visit.starts.zone;
    item.starts = local_of(span.begin, *zone);
    item.ends = local_of(span.end, *zone);
    if (auto note = own_words(text_of(*event, "DESCRIPTION"), {}); !note.empty())
        item.note = Text{std::move(note), language};
    if (auto const value = event->value("STATUS"); !value.empty()) {
        auto const status = status_of(value);
        if (!status)
            return refused(words::unknown_state.in(language, {{"value", std::string(value)}}), "STATUS");
        item.status = *status;
    }
    return item;
}

} // namespace kogge::calendar::dav
