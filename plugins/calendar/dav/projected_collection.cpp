// SPDX-License-Identifier: EUPL-1.2
#include "dav/projected_collection.hpp"

#include "dav/projected_extra.hpp"
#include "dav/projected_words.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t most_extra = 100'000; // bytes; what the store holds in one text
constexpr char const* reason = "CalDAV";
constexpr std::string_view of_item = "@item.kogge", of_leg = "@leg.kogge"; // ends of our own UIDs (feed/event)

Refusal refusal_of(Error const& error) {
    if (error.field == "VEVENT")
        return condition(403, ns::caldav, "supported-calendar-component", error.message);
    return condition(403, ns::kogge, "not-in-the-programme", error.message);
}

ical::Component const* event_in(ical::Component const& calendar) {
    for (auto const& component : calendar.components)
        if (component.is("VEVENT"))
            return &component;
    return nullptr;
}

std::string with_alpha(std::string_view color) { return std::string(hex_of(color)) + "ff"; }

std::string base_of(std::string const& language) { return language.substr(0, language.find('-')); }

template <class T>
std::vector<Id<T>> without(std::vector<Id<T>> list, std::string const& id) {
    std::erase_if(list, [&](auto const& one) { return one.str() == id; });
    return list;
}

} // namespace

struct Projected::Sent {
    ical::Component const* calendar;
    ical::Component const* event;
    std::string uid;
};

Projected::Projected(Projections& source, std::shared_ptr<View> view, Principal const& who, std::string slug) : source_(source), view_(std::move(view)) {
    about_.id = "projected/" + slug;
    about_.slug = std::move(slug);
    about_.owner = spec().scope == FeedScope::person ? who.name : std::string();
    about_.displayname = display_name(who);
    about_.description = words::about_view.in(who.language);
    about_.components = {"VEVENT"};
    auto const* track = spec().scope == FeedScope::track ? picture().tracks.find(Id<Track>(spec().id)) : nullptr;
    auto const* visit = track ? picture().visits.find(track->visit) : spec().visit ? picture().visits.find(*spec().visit) : nullptr;
    if (track)
        about_.colour = with_alpha(color_of(*track));
    else if (visit)
        about_.colour = with_alpha(color_of(*visit));
    about_.zone = visit ? visit->starts.zone : Zone::parse("Europe/Amsterdam").value();
    about_.transparent = spec().scope != FeedScope::person; // a visit is nobody's own time
}

Picture const& Projected::picture() const { return source_.seams_.picture; }

std::string Projected::display_name(Principal const& who) const {
    auto const title_of = [&](Id<Visit> const& id) {
        auto const* visit = picture().visits.find(id);
        if (!visit)
            return id.str();
        return base_of(visit->title.language) == base_of(who.language) ? visit->title.text
                                                                       : source_.seams_.translate(who.language, {{kind_of<Visit>(), id.str(), "title", &visit->title}}).front().text;
    };
    switch (spec().scope) {
    case FeedScope::track: {
        auto const* track = picture().tracks.find(Id<Track>(spec().id));
        return title_of(track->visit) + " · " + track->code;
    }
    case FeedScope::person: {
        if (who.person && who.person->str() == spec().id)
            return words::own_programme.in(who.language);
        auto const* person = picture().people.find(Id<PersonName>(spec().id));
        return person->given_name.empty() ? person->family_name : person->given_name + " " + person->family_name;
    }
    default: return title_of(*spec().visit);
    }
}

Privileges Projected::privileges(Principal const& who) const {
    Privileges out;
    out.read = out.free_busy = true; // who must not was not given it
    out.write = who.may("write");
    return out;
}

// ---- reading -------------------------------------------------------------------------------------------------------

void Projected::each(std::function<void(Member const&)> const& visit) const {
    for (auto const& [entry, held] : view_->held())
        visit(held.member);
}
Member const* Projected::find(std::string_view name) const {
    auto const* held = view_->by_name(name);
    return held ? &held->member : nullptr;
}
Member const* Projected::find_uid(std::string_view uid) const {
    auto const* held = view_->by_uid(uid);
    return held ? &held->member : nullptr;
}
Bytes Projected::bytes(Member const& member) const {
    auto const* held = view_->by_name(member.name);
    return held ? held->bytes : std::make_shared<std::string const>();
}

void Projected::overlapping(std::string_view component, Interval range, Zone, std::function<void(Member const&, bool exact)> const& visit) const {
    if (component.empty() || ical::same_name(component, "VEVENT"))
        view_->overlapping(range, [&](View::Held const& held) { visit(held.member, true); });
}

std::vector<ical::BusyPeriod> Projected::busy(Interval range, Zone) const {
    std::vector<ical::BusyPeriod> out;
    view_->overlapping(range, [&](View::Held const& held) {
        if (!held.transparent && !held.when().empty())
            out.push_back({held.when().intersect(range), held.object->status == EventStatus::tentative ? ical::Busy::tentative : ical::Busy::busy, nullptr});
    });
    return out;
}

// ---- writing -------------------------------------------------------------------------------------------------------

Answer<void> Projected::allowed(Principal const& who, std::string_view name, std::optional<std::string> const& based_on, bool must_be_new) const {
    if (!who.may("write"))
        return condition(403, ns::dav, "need-privileges", words::read_only.in(who.language));
    auto const* there = view_->by_name(name);
    if ((must_be_new && there) || (based_on && (!there || there->member.etag != *based_on)))
        return refusal(412, words::changed_meanwhile.in(who.language));
    return boost::outcome_v2::success();
}

Answer<PutDone> Projected::put(Principal const& who, PutRequest const& request) {
    KOGGE_TRY(allowed(who, request.name, request.based_on, request.must_be_new));
    auto parsed = request.parsed ? Result<ical::Component>(ical::Component()) : ical::parse_object(request.bytes);
    if (!parsed)
        return condition(403, ns::caldav, "valid-calendar-data", parsed.error().message);
    Sent sent{request.parsed ? request.parsed : &parsed.value(), nullptr, {}};
    auto const event = one_event(*sent.calendar, who.language);
    if (!event)
        return refusal_of(event.error());
    sent.event = event.value();
    sent.uid = std::string(sent.event->value("UID"));
    auto const entry = view_->entry(request.name);
    auto name = request.name;
    if (entry) {
        KOGGE_TRY(edit(who, *entry, sent));
    } else {
        KOGGE_TRY(name, create(who, request.name, sent));
    }
    if (!view_->refresh())
        return refusal(404, words::changed_meanwhile.in(who.language));
    PutDone done{.created = !entry, .etag = {}, .schedule_tag = {}, .name = std::move(name)};
    if (auto const* held = view_->by_name(done.name); held && *held->bytes == request.bytes)
        done.etag = held->member.etag;
    return done;
}

Answer<void> Projected::edit(Principal const& who, EntryId const& entry, Sent const& sent) {
    auto const given = view_->given(entry);
    if (!given)
        return nothing_here();
    if (sent.uid != given->event.uid)
        return condition(403, ns::caldav, "no-uid-conflict", words::other_uid.in(who.language, {{"uid", given->event.uid}}));
    auto edited = edit_of(picture(), *given, *sent.calendar, who.language);
    if (!edited)
        return refusal_of(edited.error());
    ChangeSet changes(reason);
    changes.by(who.id);
    auto& edit = edited.value();
    if (!edit.fields.empty()) {
        if (given->shown.item)
            changes.update(given->shown.item->id, given->shown.rev, std::move(edit.fields));
        else
            changes.update(given->shown.leg->id, given->shown.rev, std::move(edit.fields));
    }
    for (auto& one : edit.translations) {
        Row<EditableTranslation> const* known = nullptr;
        for (auto const& [id, row] : source_.translations_.rows())
            if (row.value.entity == entity_of(entry) && row.value.subject == entry.id && row.value.field == one.field && row.value.language == one.text.language)
                known = &row;
        if (known)
            changes.update(known->value.id, known->rev, {{"text", one.text.text}, {"source_text", one.source.text}, {"origin", "human"}});
        else
            changes.create(EditableTranslation{Id<EditableTranslation>::make(), entity_of(entry), entry.id, one.field, one.text.language, one.text.text,
                                               one.source.text, "human", given->shown.visit()});
    }
    auto const visit = given->shown.visit(); // the commit moves what `shown` points at
    if (!changes.empty()) {
        KOGGE_TRY(source_.commit(changes, who));
    }
    return keep_extra(who, *given, visit, sent);
}

/// After the programme has taken the change, and by itself: it is the user's own, and an undo of theirs is none of it.
Answer<void> Projected::keep_extra(Principal const& who, Given const& given, Id<Visit> const& visit, Sent const& sent) {
    auto const ours = ical::parse_object(object_of(given.event));
    auto const* drawn = ours ? event_in(ours.value()) : nullptr;
    auto lines = drawn ? extra_of(*sent.event, *drawn) : std::string();
    if (lines.size() > most_extra)
        return condition(403, ns::caldav, "max-resource-size",
                         words::too_much.in(who.language, {{"bytes", std::to_string(lines.size())}, {"most", std::to_string(most_extra)}}));
    auto const* kept = source_.extras_.of(who.id, given.shown.entry);
    if (lines == (kept ? kept->value.lines : std::string()))
        return boost::outcome_v2::success();
    ChangeSet changes(reason);
    changes.by(who.id);
    if (kept)
        changes.update(kept->value.id, kept->rev, {{"lines", std::move(lines)}});
    else
        changes.create(CalendarExtra{Id<CalendarExtra>::make(), visit, who.id, entity_of(given.shown.entry), given.shown.entry.id, std::move(lines)});
    return source_.commit(changes, who);
}

Answer<Id<Visit>> Projected::visit_for(Principal const& who, Sent const& sent) const {
    if (spec().visit)
        return *spec().visit;
    if (auto const* track = spec().scope == FeedScope::track ? picture().tracks.find(Id<Track>(spec().id)) : nullptr)
        return track->visit;
    // A person's calendar: the one visit they are in at that time.
    std::vector<Id<Visit>> out;
    for (auto const& [id, row] : picture().visits.rows()) {
        auto const* delegate = picture().roster.delegate(id, Id<Person>(spec().id));
        if (!delegate || !Roster::goes(*delegate))
            continue;
        auto const item = item_of(picture(), row.value, *sent.calendar, who.language);
        if (!item)
            return refusal_of(item.error());
        Interval const days{instant_of(row.value.starts) - std::chrono::days(1), instant_of(row.value.ends) + std::chrono::days(1)};
        if (days.overlaps(span_of(item.value())))
            out.push_back(id);
    }
    if (out.size() != 1)
        return condition(403, ns::kogge, "not-in-the-programme", words::which_visit.in(who.language));
    return out.front();
}

/// Whose UID it is, or was.
std::optional<Id<ProgrammeItem>> Projected::former_id(std::string_view uid) const {
    for (auto const& [id, row] : picture().names.rows())
        if (row.value.uid == uid)
            return Id<ProgrammeItem>(id.str());
    if (!uid.ends_with(of_item) || !is_id(uid.substr(0, uid.size() - of_item.size())))
        return std::nullopt;
    return Id<ProgrammeItem>(std::string(uid.substr(0, uid.size() - of_item.size())));
}

std::optional<ProgrammeItem> Projected::deleted(Id<ProgrammeItem> const& id, Id<Visit> const& visit) const {
    auto const entries = source_.seams_.read_log({{"entity", kind_of<ProgrammeItem>()}, {"id", id.str()}});
    if (!entries || entries.value().empty())
        return std::nullopt;
    auto const* before = entries.value().back().if_contains("before");
    auto item = before && before->is_object() ? from_json<ProgrammeItem>(*before) : Result<ProgrammeItem>(invalid("not deleted"));
    if (!item || item.value().visit != visit)
        return std::nullopt;
    item.value().id = id;
    return std::move(item).value();
}

Answer<std::string> Projected::create(Principal const& who, std::string const& name, Sent const& sent) {
    auto const same_uid = [&] { return condition(403, ns::caldav, "no-uid-conflict", words::same_uid.in(who.language, {{"uid", sent.uid}})); };
    if (view_->by_uid(sent.uid))
        return same_uid();
    KOGGE_TRY(auto const visit, visit_for(who, sent));
    if (sent.uid.ends_with(of_leg))
        return condition(403, ns::kogge, "not-in-the-programme", words::leg_new.in(who.language));
    auto const former = former_id(sent.uid);
    if (former && picture().items.find(*former))
        return same_uid();

    ProgrammeItem item;
    if (auto back = former ? deleted(*former, visit) : std::nullopt) {
        // Their program undoes its own DELETE: all the item had comes back, under what they say now.
        auto const given = view_->drawn(shown(*back, 0, 0));
        auto const edited = edit_of(picture(), given, *sent.calendar, who.language);
        if (!edited)
            return refusal_of(edited.error());
        auto document = to_json(*back).as_object();
        for (auto const& [field, value] : edited.value().fields)
            document[field] = value;
        item = from_json<ProgrammeItem>(document).value();
        item.id = back->id;
    } else {
        auto made = item_of(picture(), *picture().visits.find(visit), *sent.calendar, base_of(who.language));
        if (!made)
            return refusal_of(made.error());
        item = std::move(made).value();
        auto const stem = name.ends_with(".ics") ? name.substr(0, name.size() - 4) : name;
        bool const free = is_id(stem) && !picture().names.find(Id<CalendarName>(stem)) && !picture().items.find(Id<ProgrammeItem>(stem)) && !picture().legs.find(Id<Leg>(stem));
        item.id = free ? Id<ProgrammeItem>(stem) : Id<ProgrammeItem>::make();
        if (spec().scope == FeedScope::track)
            item.tracks = {Id<Track>(spec().id)};
    }
    ChangeSet changes(reason);
    changes.by(who.id).create(item);
    Id<CalendarName> const own(item.id.str());
    if (auto const* known = picture().names.row(own))
        changes.update(own, known->rev, {{"uid", sent.uid}, {"resource", name}});
    else if (sent.uid != item.id.str() + std::string(of_item) || name != item.id.str() + ".ics")
        changes.create(CalendarName{own, visit, sent.uid, name});
    if (spec().scope == FeedScope::person)
        changes.create(Participation{Id<Participation>::make(), visit, item.id, Id<Person>(spec().id), Presence::included, "participant", std::nullopt});
    KOGGE_TRY(source_.commit(changes, who));
    if (auto const given = view_->given(entry_of(item.id))) {
        KOGGE_TRY(keep_extra(who, *given, visit, sent));
    }
    return name;
}

/// Out of this view: a visit's calendar deletes, a track's leaves the item to the other tracks, a person's to the others.
void Projected::take_out(ChangeSet& changes, ProgrammeItem const& item, std::int64_t rev) const {
    if (spec().scope == FeedScope::track && item.tracks.size() > 1) {
        changes.update(item.id, rev, {{"tracks", to_json(without(item.tracks, spec().id))}});
        return;
    }
    if (spec().scope != FeedScope::person) {
        changes.erase(item.id, rev);
        return;
    }
    Id<Person> const person(spec().id);
    Row<Participation> const* own = nullptr;
    for (auto const& [id, row] : picture().roster.participations.rows())
        if (row.value.item == item.id && row.value.person == person)
            own = &row;
    bool const brought = picture().roster.brings(item.tracks, person);
    if (own && brought)
        changes.update(own->value.id, own->rev, {{"presence", "excluded"}});
    else if (own)
        changes.erase(own->value.id, own->rev);
    else
        changes.create(Participation{Id<Participation>::make(), item.visit, item.id, person, Presence::excluded, "participant", std::nullopt});
}

void Projected::take_out(ChangeSet& changes, Leg const& leg, std::int64_t rev) const {
    if (spec().scope == FeedScope::track && leg.tracks.size() > 1)
        changes.update(leg.id, rev, {{"tracks", to_json(without(leg.tracks, spec().id))}});
    else if (spec().scope != FeedScope::person)
        changes.erase(leg.id, rev);
    else {
        Id<Person> const person(spec().id);
        json::object fields{{"extra_passengers", to_json(without(leg.extra_passengers, spec().id))}};
        if (picture().roster.brings(leg.tracks, person)) {
            auto list = leg.without;
            list.push_back(person);
            fields["without"] = to_json(list);
        }
        changes.update(leg.id, rev, std::move(fields));
    }
}

Answer<void> Projected::erase(Principal const& who, std::string_view name, std::optional<std::string> const& based_on) {
    KOGGE_TRY(allowed(who, name, based_on, false));
    auto const entry = view_->entry(name);
    auto const given = entry ? view_->given(*entry) : std::nullopt;
    if (!given)
        return nothing_here();
    ChangeSet changes(reason);
    changes.by(who.id);
    if (given->shown.item)
        take_out(changes, *given->shown.item, given->shown.rev);
    else
        take_out(changes, *given->shown.leg, given->shown.rev);
    KOGGE_TRY(source_.commit(changes, who));
    (void)view_->refresh(); // what is gone with it is gone
    return boost::outcome_v2::success();
}

Answer<void> Projected::patch(Principal const& who, PropertyChanges const&) {
    return condition(403, ns::dav, "cannot-modify-protected-property", words::fixed_properties.in(who.language));
}

} // namespace kogge::calendar::dav
