// SPDX-License-Identifier: EUPL-1.2
#include "feed/audience.hpp"

#include <algorithm>

namespace kogge::calendar {

namespace {

Error nobody(FeedSpec const& spec) {
    return {ErrorCode::not_found, "there is no " + std::string(boost::describe::enum_to_string(spec.scope, "?")) + " '" + spec.id +
                                      "' any more; ask the protocol office for a new calendar link"};
}

/// Where the person of a feed stands now.
struct Now {
    Picture const& picture;
    Id<Person> person;
    bool brought_by(std::vector<Id<Track>> const& tracks) const { return picture.roster.brings(tracks, person); }
    std::optional<Presence> presence(EntryId const& item) const { return picture.roster.presence(Id<ProgrammeItem>(item.id), person); }
    bool interprets(EntryId const& item) const { return picture.interprets(Id<ProgrammeItem>(item.id), person); }
    bool travels(Id<Visit> const& visit) const {
        auto const* delegate = picture.roster.delegate(visit, person);
        return delegate && Roster::goes(*delegate);
    }
};

template <class T>
bool there(Mirror<T> const& mirror, std::string const& id) {
    return mirror.find(Id<T>(id)) != nullptr;
}

bool has_days(FeedScope scope) {
    return scope == FeedScope::visit || scope == FeedScope::track || scope == FeedScope::person || scope == FeedScope::office;
}

} // namespace

bool shows(FeedSpec const& spec, EntryId::Kind kind) {
    bool const banner = spec.detail == FeedDetail::banner && has_days(spec.scope);
    switch (kind) {
    case EntryId::Kind::visit: return banner;
    case EntryId::Kind::item: return !banner;
    case EntryId::Kind::leg: return spec.detail >= FeedDetail::full || spec.scope == FeedScope::vehicle || spec.scope == FeedScope::driver;
    case EntryId::Kind::task: break;
    }
    return spec.detail == FeedDetail::tasks;
}

Concern concern_of(ProgrammeItem const& item) {
    Concern out;
    out.entry = entry_of(item.id), out.visit = item.visit, out.tracks = item.tracks;
    if (item.venue)
        out.venues = {*item.venue};
    return out;
}
Concern concern_of(Leg const& leg) {
    Concern out;
    out.entry = entry_of(leg.id), out.visit = leg.visit, out.tracks = leg.tracks;
    out.extra = leg.extra_passengers, out.without = leg.without, out.driver = leg.driver, out.vehicle = leg.vehicle;
    out.venues = {leg.from, leg.to};
    out.waits = !shown(leg);
    return out;
}
Concern concern_of(Task const& task) {
    Concern out;
    out.entry = entry_of(task.id), out.visit = task.visit, out.owner = task.owner;
    out.due = task.due.has_value(), out.counted = task.offset_days.has_value();
    out.waits = !out.due && !out.counted;
    return out;
}
Concern concern_of(Visit const& visit) {
    Concern out;
    out.entry = entry_of(visit.id), out.visit = visit.id;
    return out;
}

Result<Audience> Audience::of(Picture const& picture, FeedSpec spec) {
    if (spec.visit && !picture.visits.find(*spec.visit))
        return Error{ErrorCode::not_found, "there is no visit '" + spec.visit->str() + "' any more"};
    bool known = false;
    switch (spec.scope) {
    case FeedScope::visit: known = spec.visit.has_value(); break;
    case FeedScope::office: known = true; break;
    case FeedScope::track:
        if (auto const* track = picture.tracks.find(Id<Track>(spec.id))) {
            known = !spec.visit || *spec.visit == track->visit;
            spec.visit = track->visit;
        }
        break;
    case FeedScope::vehicle: known = there(picture.vehicles, spec.id); break;
    case FeedScope::venue: known = there(picture.venues, spec.id); break;
    case FeedScope::person:
    case FeedScope::driver:
    case FeedScope::interpreter: known = there(picture.people, spec.id);
    }
    if (!known)
        return nobody(spec);
    return Audience(picture, std::move(spec));
}

std::optional<Shown> Audience::entry(EntryId const& entry) const {
    auto const seen = [&](auto const* row) -> std::optional<Shown> {
        if (!row || !shows(spec_, entry.kind) || !concerns(spec_, concern_of(row->value), Now{*picture_, Id<Person>(spec_.id)}))
            return std::nullopt;
        if constexpr (std::is_same_v<decltype(row), Row<Task> const*>)
            return shown(row->value, *picture_, row->rev, row->updated_us);
        else
            return shown(row->value, row->rev, row->updated_us);
    };
    switch (entry.kind) {
    case EntryId::Kind::item: return seen(picture_->items.row(Id<ProgrammeItem>(entry.id)));
    case EntryId::Kind::leg: return seen(picture_->legs.row(Id<Leg>(entry.id)));
    case EntryId::Kind::task: return seen(picture_->tasks.row(Id<Task>(entry.id)));
    case EntryId::Kind::visit: break;
    }
    return seen(picture_->visits.row(Id<Visit>(entry.id)));
}

template <class Look>
void Audience::each_of(Id<Visit> const& visit, Look look) const {
    if (shows(spec_, EntryId::Kind::visit))
        return look(entry_of(visit));
    for (auto const& entry : picture_->entries_of(visit))
        look(entry);
    if (shows(spec_, EntryId::Kind::task))
        for (auto const& entry : picture_->tasks_of(visit))
            look(entry);
}

/// More than what it shows, but nothing that it shows is left out.
template <class Look>
void Audience::each(Look look) const {
    switch (spec_.scope) {
    case FeedScope::vehicle:
        for (auto const& leg : picture_->legs_of(Id<Vehicle>(spec_.id)))
            look(entry_of(leg));
        return;
    case FeedScope::driver:
        for (auto const& leg : picture_->legs_driven_by(Id<Person>(spec_.id)))
            look(entry_of(leg));
        return;
    case FeedScope::interpreter:
        for (auto const& item : picture_->items_of(Id<Person>(spec_.id)))
            look(entry_of(item));
        return;
    case FeedScope::venue:
        for (auto const& entry : picture_->entries_at(Id<Venue>(spec_.id)))
            look(entry);
        return;
    default: break;
    }
    if (spec_.visit)
        return each_of(*spec_.visit, look);
    for (auto const& row : picture_->visits.rows())
        each_of(row.first, look);
}

std::vector<Shown> Audience::entries() const {
    std::vector<Shown> out;
    each([&](EntryId const& id) {
        if (auto one = entry(id))
            out.push_back(std::move(*one));
    });
    return out;
}

std::set<Id<Visit>> Audience::visits() const {
    if (spec_.visit)
        return {*spec_.visit};
    std::set<Id<Visit>> out;
    if (spec_.scope == FeedScope::person)
        for (auto const& [id, row] : picture_->visits.rows())
            if (picture_->roster.delegate(id, Id<Person>(spec_.id)))
                out.insert(id);
    return out;
}

std::set<std::string> Audience::tags() const {
    std::set<std::string> out;
    for (auto const& visit : visits()) // whatever belongs to a visit: items, legs, tracks, participations, translations
        out.insert("visit:" + visit.str());
    switch (spec_.scope) {
    case FeedScope::person:
    case FeedScope::driver:
    case FeedScope::interpreter: out.insert("person:" + spec_.id); break;
    case FeedScope::vehicle: out.insert("vehicle:" + spec_.id); break;
    case FeedScope::venue: out.insert("venue:" + spec_.id); break;
    default: break;
    }
    if (spec_.visit)
        return out;
    // Without a visit, another one may begin to concern them: by the rows that say who takes part. Whom its places and
    // days concern, each new entry may.
    auto const add = [&](std::initializer_list<char const*> kinds) { out.insert(kinds.begin(), kinds.end()); };
    switch (spec_.scope) {
    case FeedScope::person: add({"kind:delegate", "kind:participation", "kind:transport_leg"}); break;
    case FeedScope::vehicle:
    case FeedScope::driver: add({"kind:transport_leg"}); break;
    case FeedScope::interpreter: add({"kind:interpreter_assignment"}); break;
    case FeedScope::venue: add({"kind:programme_item", "kind:transport_leg"}); break;
    case FeedScope::office: add({"kind:visit", "kind:programme_item", "kind:transport_leg"}); break;
    default: break;
    }
    if (shows(spec_, EntryId::Kind::task))
        add({"kind:task"});
    return out;
}

std::vector<std::string> tags_of(Shown const& shown) {
    std::vector<std::string> out{"visit:" + shown.visit().str()};
    for (auto const& venue : shown.venues())
        out.push_back("venue:" + venue.str());
    if (shown.leg && shown.leg->vehicle)
        out.push_back("vehicle:" + shown.leg->vehicle->str());
    return out;
}

} // namespace kogge::calendar
