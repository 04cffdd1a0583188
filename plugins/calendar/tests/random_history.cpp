// SPDX-License-Identifier: EUPL-1.2
#include "random_history.hpp"

#include "ical/zones.hpp"

#include <algorithm>
#include <set>

namespace kogge::calendar::test {

namespace {

std::vector<std::string> const visit_ids{"v1", "v2"}, letters{"A", "B", "C"}, person_ids{"p1", "p2", "p3", "p4", "p5", "p6"}, venue_ids{"hall", "port", "town"},
    vehicle_ids{"coach", "van"}, words{"Ontvangst", "Overleg, lang", "Diner", "Ondertekening → slot", "Rondleiding"};

template <class T>
T value_of(json::value const& value) {
    return from_json<T>(value).value();
}

} // namespace

History::History(unsigned seed) : House({.self_check = false}), random_(seed) {
    ChangeSet changes("begin");
    auto const zone = Zone::parse("Europe/Berlin").value();
    for (auto const& id : venue_ids) {
        Venue venue;
        venue.id = Id<Venue>(id), venue.name = "Haus " + id, venue.zone = zone.name();
        changes.create(venue);
    }
    for (auto const& id : vehicle_ids)
        changes.create(Vehicle{Id<Vehicle>(id), id, "coach", 20});
    for (auto const& id : person_ids)
        changes.create(PersonName{Id<PersonName>(id), "Ada", id});
    for (auto const& id : visit_ids) {
        Visit visit;
        visit.id = Id<Visit>(id), visit.title = {"Bezoek " + id, "nl"}, visit.status = VisitStatus::confirmed;
        visit.starts = {std::chrono::local_days(std::chrono::year(2027) / 4 / 20), zone, false};
        visit.ends = {std::chrono::local_days(std::chrono::year(2027) / 4 / 24), zone, false};
        changes.create(visit);
        for (auto const& letter : letters)
            changes.create(Track{Id<Track>(id + "." + letter), visit.id, letter, {"Groep " + letter, "nl"}});
        for (std::size_t i = 0; i + 1 < person_ids.size(); ++i) {
            Delegate delegate;
            delegate.id = Id<Delegate>(id + "." + person_ids[i]), delegate.visit = visit.id, delegate.person = Id<Person>(person_ids[i]);
            delegate.status = DelegateStatus::confirmed, delegate.track = Id<Track>(id + "." + letters[i % letters.size()]);
            changes.create(delegate);
        }
    }
    commit(changes);
    ChangeSet programme("programme");
    for (int i = 0; i < 12; ++i)
        programme.create(some_item());
    for (int i = 0; i < 6; ++i)
        programme.create(some_leg());
    commit(programme);
}

template <class T>
std::vector<Id<T>> History::ids(Mirror<T> const& mirror) const {
    std::vector<Id<T>> out;
    for (auto const& row : mirror.rows())
        out.push_back(row.first);
    std::sort(out.begin(), out.end()); // the same seed, the same history, whatever the hash
    return out;
}

template <class T>
void History::update(ChangeSet& changes, Id<T> const& id, json::object fields) {
    changes.update(id, rev(ref(id)), std::move(fields));
}

LocalTime History::some_time() {
    auto const day = std::chrono::local_days(std::chrono::year(2027) / 4 / 20) + std::chrono::days(pick(4));
    return {day + std::chrono::hours(8 + pick(10)) + std::chrono::minutes(5 * pick(12)), Zone::parse("Europe/Berlin").value(), false};
}

std::vector<Id<Track>> History::some_tracks(Id<Visit> const& visit) {
    std::vector<Id<Track>> out;
    for (auto const& letter : letters)
        if (chance(45))
            out.emplace_back(visit.str() + "." + letter);
    return out;
}

ProgrammeItem History::some_item() {
    ProgrammeItem item;
    item.id = Id<ProgrammeItem>("i" + std::to_string(++made_));
    item.visit = Id<Visit>(pick(visit_ids));
    item.title = {pick(words), "nl"};
    item.status = ItemStatus::confirmed;
    item.starts = some_time();
    item.ends = item.starts + Minutes(45);
    item.venue = Id<Venue>(pick(venue_ids));
    item.tracks = some_tracks(item.visit);
    return item;
}

Leg History::some_leg() {
    Leg leg;
    leg.id = Id<Leg>("l" + std::to_string(++made_));
    leg.visit = Id<Visit>(pick(visit_ids));
    leg.mode = "coach";
    leg.status = chance(25) ? "fallback" : "planned";
    leg.departs = some_time();
    leg.arrives = leg.departs + Minutes(30);
    leg.from = Id<Venue>(pick(venue_ids)), leg.to = Id<Venue>(pick(venue_ids));
    leg.vehicle = Id<Vehicle>(pick(vehicle_ids));
    leg.tracks = some_tracks(leg.visit);
    return leg;
}

void History::item(ChangeSet& changes) {
    auto const all = ids(picture.items);
    if (all.empty() || chance(20))
        return void(changes.create(some_item()));
    auto const id = pick(all);
    auto const& now = *picture.items.find(id);
    switch (pick(7)) {
    case 0: return update(changes, id, {{"starts", to_text(now.starts + Minutes(15))}, {"ends", to_text(now.ends + Minutes(15))}});
    case 1: return update(changes, id, {{"title", {{"text", pick(words)}, {"language", "nl"}}}});
    case 2: return update(changes, id, {{"status", now.status == ItemStatus::cancelled ? "confirmed" : "cancelled"}});
    case 3: return update(changes, id, {{"tracks", to_json(some_tracks(now.visit))}});
    case 4: return update(changes, id, {{"venue", pick(venue_ids)}});
    case 5: return update(changes, id, {{"tracks", to_json(some_tracks(now.visit))}, {"title", {{"text", pick(words)}, {"language", "nl"}}}, {"starts", to_text(now.starts + Minutes(-15))}});
    default: break;
    }
    for (auto const& participation : ids(picture.roster.participations)) // goes along with its item, as the host has it
        if (picture.roster.participations.find(participation)->item == id)
            changes.erase(participation, rev(ref(participation)));
    for (auto const& assignment : ids(picture.assignments))
        if (picture.assignments.find(assignment)->item == id)
            changes.erase(assignment, rev(ref(assignment)));
    changes.erase(id, rev(ref(id)));
}

void History::leg(ChangeSet& changes) {
    auto const all = ids(picture.legs);
    if (all.empty() || chance(15))
        return void(changes.create(some_leg()));
    auto const id = pick(all);
    auto const& now = *picture.legs.find(id);
    auto const somebody = [&] { return chance(50) ? json::array{pick(person_ids)} : json::array{}; };
    switch (pick(8)) {
    case 0: return update(changes, id, {{"departs", to_text(now.departs + Minutes(10))}, {"arrives", to_text(now.arrives + Minutes(10))}});
    case 1: return update(changes, id, {{"status", now.status == "fallback" ? "active" : "fallback"}});
    case 2: return update(changes, id, {{"status", now.status == "cancelled" ? "planned" : "cancelled"}});
    case 3: return update(changes, id, {{"tracks", to_json(some_tracks(now.visit))}});
    case 4: return update(changes, id, {{"vehicle", chance(20) ? json::value() : json::value(pick(vehicle_ids))}});
    case 5: return update(changes, id, {{"extra_passengers", somebody()}, {"without", somebody()}});
    case 6: return update(changes, id, {{"driver", chance(30) ? json::value() : json::value(pick(person_ids))}});
    default: changes.erase(id, rev(ref(id)));
    }
}

/// Who takes part, with or without their track.
void History::people(ChangeSet& changes) {
    auto const delegates = ids(picture.roster.delegates);
    auto const participations = ids(picture.roster.participations);
    auto const assignments = ids(picture.assignments);
    auto const items = ids(picture.items);
    auto const somewhere = [&] { return *picture.items.find(pick(items)); };
    switch (pick(6)) {
    case 0: {
        auto const id = pick(delegates);
        return update(changes, id, {{"track", picture.roster.delegates.find(id)->visit.str() + "." + pick(letters)}});
    }
    case 1: {
        auto const id = pick(delegates);
        return update(changes, id, {{"status", Roster::goes(*picture.roster.delegates.find(id)) ? "declined" : "confirmed"}});
    }
    case 2:
        if (!participations.empty()) {
            auto const id = pick(participations);
            return void(changes.erase(id, rev(ref(id))));
        }
        break;
    case 3:
        if (!assignments.empty()) {
            auto const id = pick(assignments);
            return void(changes.erase(id, rev(ref(id))));
        }
        break;
    case 4:
        if (!items.empty()) {
            auto const item = somewhere();
            return void(changes.create(Assignment{Id<Assignment>("a" + std::to_string(++made_)), item.visit, item.id, Id<Person>(pick(person_ids))}));
        }
        break;
    default: break;
    }
    if (items.empty())
        return;
    auto const item = somewhere();
    Id<Person> const person(pick(person_ids));
    for (auto const& id : participations)
        if (auto const& old = *picture.roster.participations.find(id); old.item == item.id && old.person == person)
            return update(changes, id, {{"presence", old.presence == Presence::included ? "excluded" : "included"}});
    changes.create(Participation{Id<Participation>("t" + std::to_string(++made_)), item.visit, item.id, person,
                                 chance(60) ? Presence::included : Presence::excluded, "guest", {}});
}

void History::neighbours(ChangeSet& changes) {
    auto const said = std::to_string(++made_);
    switch (pick(4)) {
    case 0: return update(changes, Id<Venue>(pick(venue_ids)), {{"name", "Haus " + said}});
    case 1: return update(changes, Id<Vehicle>(pick(vehicle_ids)), {{"name", "Bus " + said}});
    case 2: return update(changes, Id<Visit>(pick(visit_ids)), {{"title", {{"text", "Bezoek " + said}, {"language", "nl"}}}});
    default: break;
    }
    Id<Visit> const id(pick(visit_ids));
    update(changes, id, {{"status", off(id) ? "confirmed" : "cancelled"}});
}

void History::change() {
    if (!sets_.empty() && chance(15)) { // the newest: an older one may be in the way of what came after
        last_ = "undo " + sets_.back();
        auto const undone = undo(sets_.back());
        sets_.pop_back();
        if (chance(30))
            sets_.push_back(undone);
        return;
    }
    ChangeSet changes("change");
    auto const kind = pick(100);
    if (kind < 45)
        item(changes);
    else if (kind < 70)
        leg(changes);
    else if (kind < 94)
        people(changes);
    else
        neighbours(changes);
    if (changes.empty())
        return;
    last_ = json::serialize(changes.document());
    sets_.push_back(commit(changes));
}

std::vector<FeedSpec> History::specs() const {
    std::vector<FeedSpec> out{{FeedScope::visit, Id<Visit>("v1"), {}, "nl"},   {FeedScope::track, {}, "v1.A", "nl"},          {FeedScope::person, {}, "p1", "nl"},
                              {FeedScope::person, Id<Visit>("v1"), "p2", "nl"}, {FeedScope::person, {}, "p6", "nl"},           {FeedScope::vehicle, {}, "coach", "nl"},
                              {FeedScope::driver, {}, "p3", "nl"},              {FeedScope::interpreter, {}, "p4", "nl"},      {FeedScope::venue, {}, "hall", "nl"},
                              {FeedScope::office, {}, {}, "nl"}};
    out.push_back({FeedScope::person, {}, "p1", "de", FeedDetail::items, 15});
    return out;
}

bool History::off(Id<Visit> const& visit) const { return picture.visits.find(visit)->status == VisitStatus::cancelled; }

bool History::concerned(FeedSpec const& spec, ProgrammeItem const& item) const {
    switch (spec.scope) {
    case FeedScope::track: return std::count(item.tracks.begin(), item.tracks.end(), Id<Track>(spec.id)) > 0;
    case FeedScope::person: {
        auto const people = picture.roster.people_of(item);
        return std::count(people.begin(), people.end(), Id<Person>(spec.id)) > 0;
    }
    case FeedScope::interpreter:
        for (auto const& row : picture.assignments.rows())
            if (row.second.value.item == item.id && row.second.value.person.str() == spec.id)
                return true;
        return false;
    case FeedScope::venue: return item.venue && item.venue->str() == spec.id;
    case FeedScope::vehicle:
    case FeedScope::driver: return false;
    default: return true;
    }
}

bool History::concerned(FeedSpec const& spec, Leg const& leg) const {
    if (spec.detail == FeedDetail::items || spec.scope == FeedScope::interpreter)
        return false;
    switch (spec.scope) {
    case FeedScope::track: return std::count(leg.tracks.begin(), leg.tracks.end(), Id<Track>(spec.id)) > 0;
    case FeedScope::person: {
        auto people = picture.roster.people_of(leg.tracks);
        people.insert(people.end(), leg.extra_passengers.begin(), leg.extra_passengers.end());
        return std::count(people.begin(), people.end(), Id<Person>(spec.id)) > 0 && std::count(leg.without.begin(), leg.without.end(), Id<Person>(spec.id)) == 0;
    }
    case FeedScope::venue: return leg.from.str() == spec.id || leg.to.str() == spec.id;
    case FeedScope::vehicle: return leg.vehicle && leg.vehicle->str() == spec.id;
    case FeedScope::driver: return leg.driver && leg.driver->str() == spec.id;
    default: return true;
    }
}

std::map<std::string, std::string> History::programme(FeedSpec const& spec) const {
    std::map<std::string, std::string> out;
    auto const starts = [](LocalTime const& time) { return ";TZID=Europe/Berlin:" + utc(Instant(time.wall.time_since_epoch())).substr(0, 15); };
    auto const escaped = [](std::string text) {
        if (auto const comma = text.find(','); comma != text.npos)
            text.insert(comma, "\\");
        return text;
    };
    for (auto const& [id, row] : picture.items.rows()) {
        auto const& item = row.value;
        if ((!spec.visit || *spec.visit == item.visit) && !off(item.visit) && item.status != ItemStatus::cancelled && concerned(spec, item))
            out[id.str() + "@item.kogge"] = starts(item.starts) + " " + escaped(item.title.text);
    }
    for (auto const& [id, row] : picture.legs.rows()) {
        auto const& leg = row.value;
        if ((!spec.visit || *spec.visit == leg.visit) && !off(leg.visit) && leg.status != "cancelled" && leg.status != "fallback" && concerned(spec, leg))
            out[id.str() + "@leg.kogge"] = starts(leg.departs) + (spec.language == "de" ? " Reisebus: " : " Touringcar: ") + picture.venues.find(leg.from)->name + " → " + picture.venues.find(leg.to)->name;
    }
    return out;
}

} // namespace kogge::calendar::test
