// SPDX-License-Identifier: EUPL-1.2
#include "proposal.hpp"

#include "words.hpp"

namespace kogge::scheduling {

namespace {

constexpr int minutes_per_day = 1440;

Manner manner_of(ProgrammeItem const& item) {
    switch (timing_of(item)) {
    case Timing::flexible: return Manner::when_free;
    case Timing::fixed_end: return Manner::fixed_end;
    case Timing::fixed_start:
    case Timing::fixed_both: return Manner::fixed_start;
    }
    return Manner::when_free;
}

/// A flight that is missed is missed: whoever plans it has to decide what now.
Manner manner_of(Leg const& leg) {
    if (leg.mode == "rail")
        return Manner::timetabled;
    return leg.mode == "flight" ? Manner::fixed_start : Manner::when_free;
}

Result<void> check_minutes(int minutes) {
    if (minutes < 1 || minutes > minutes_per_day)
        return invalid(std::to_string(minutes) + " is not a number of minutes from 1 to " + std::to_string(minutes_per_day), "/minutes");
    return boost::outcome_v2::success();
}

/// Where two times of a stop are written, and what they say now.
struct Clocks {
    char const *begin_field, *end_field;
    LocalTime begin, end;
    std::int64_t rev = 0;
};

class Draft {
  public:
    Draft(Picture const& picture, Id<Visit> visit, std::string_view language, Minutes by, std::string reason)
        : picture_(picture), visit_(std::move(visit)), language_(language), by_(by), changes_(std::move(reason)) {}

    void add(Move const& move) {
        auto const clocks = clocks_of(move.id);
        auto const begin = local_of(move.becomes.begin, clocks.begin.zone);
        auto const end = local_of(move.becomes.end, clocks.end.zone);
        entries_.push_back({{"entity", ref_of(move.id).entity}, {"id", move.id.id}, {"starts", to_text(clocks.begin)}, {"ends", to_text(clocks.end)},
                            {"new_starts", to_text(begin)}, {"new_ends", to_text(end)}, {"why", why_text(move.why, by_, language_)}});
        json::object fields;
        if (move.becomes.begin != move.was.begin)
            fields[clocks.begin_field] = to_text(begin);
        if (move.becomes.end != move.was.end)
            fields[clocks.end_field] = to_text(end);
        if (move.why == Why::late)
            fields["status"] = "delayed";
        if (move.id.kind == EntryKind::item)
            changes_.update(Id<ProgrammeItem>(move.id.id), clocks.rev, std::move(fields));
        else
            changes_.update(Id<Leg>(move.id.id), clocks.rev, std::move(fields));
    }

    void add_new(ProgrammeItem const& item) {
        entries_.push_back({{"entity", "programme_item"}, {"id", item.id.str()}, {"starts", nullptr}, {"ends", nullptr},
                            {"new_starts", to_text(item.starts)}, {"new_ends", to_text(item.ends)}, {"why", why_text(Why::inserted, by_, language_)}});
        changes_.create(item);
    }
    void add_new(ProgrammeItem const& item, Id<Person> const& person, Presence presence) {
        Participation participation;
        participation.id = Id<Participation>::make();
        participation.visit = item.visit;
        participation.item = item.id;
        participation.person = person;
        participation.presence = presence;
        changes_.create(participation);
    }

    void add(LateFor const& late) {
        Finding finding{"LATE_FOR", FindingLevel::warn, late.id.id, visit_, {ref_of(late.id)},
                        {{"id", late.id.id}, {"title", picture_.title_of(late.id)}, {"who", picture_.company(visit_, late.people).in(language_)},
                         {"minutes", std::to_string(late.by.count())}}};
        auto document = to_json(finding).as_object();
        document["key"] = finding.key();
        document["text"] = late_for_text(finding.args, language_);
        findings_.push_back(std::move(document));
    }

    void add(Shifted const& shifted) {
        for (auto const& move : shifted.moves)
            add(move);
        for (auto const& late : shifted.late_for)
            add(late);
    }

    json::value document() const { return {{"entries", entries_}, {"findings", findings_}, {"change_set", changes_.document()}}; }

  private:
    Clocks clocks_of(EntryId const& id) const {
        if (id.kind == EntryKind::item) {
            auto const& row = *picture_.items.row(Id<ProgrammeItem>(id.id));
            return {"starts", "ends", row.value.starts, row.value.ends, row.rev};
        }
        auto const& row = *picture_.legs.row(Id<Leg>(id.id));
        return {"departs", "arrives", row.value.departs, row.value.arrives, row.rev};
    }

    Picture const& picture_;
    Id<Visit> visit_;
    std::string_view language_;
    Minutes by_;
    ChangeSet changes_;
    json::array entries_, findings_;
};

/// The entry of a visit that goes by this id, item or leg.
Result<Entry const*> entry_in(Picture const& picture, Id<Visit> const& visit, std::string const& id, std::string const& field) {
    for (auto const kind : {EntryKind::item, EntryKind::leg})
        if (auto const* entry = picture.timeline.find({kind, id}); entry && entry->visit == visit) {
            if (!entry->active)
                return invalid("'" + id + "' takes no part in the programme: it is cancelled or only a fallback", field);
            return entry;
        }
    return invalid("'" + id.substr(0, 80) + "' is no programme item or leg of visit " + visit.str(), field);
}

/// What the caller says of the new item. Where and when it is follows from what it is put after.
Result<json::object> fields_of(InsertRequest const& request) {
    if (!request.fields || request.fields->is_null())
        return json::object();
    auto const* fields = request.fields->if_object();
    if (!fields)
        return invalid("expected an object with fields of the new item", "/fields");
    for (auto const* name : {"id", "visit", "starts", "ends"})
        if (fields->contains(name))
            return invalid(std::string("'") + name + "' follows from 'after' and 'minutes': leave it out", std::string("/fields/") + name);
    if (auto const name = unknown_member<ProgrammeItem>(*fields))
        return invalid("a programme item has no field '" + name->substr(0, 80) + "'", "/fields/" + *name);
    return *fields;
}

/// The clock on which an entry ends.
Zone end_zone(Picture const& picture, EntryId const& id) {
    if (id.kind == EntryKind::item)
        return picture.items.find(Id<ProgrammeItem>(id.id))->ends.zone;
    return picture.legs.find(Id<Leg>(id.id))->arrives.zone;
}

Result<void> tracks_exist(Picture const& picture, ProgrammeItem const& item) {
    for (std::size_t i = 0; i < item.tracks.size(); ++i)
        if (auto const* track = picture.tracks.find(item.tracks[i]); !track || track->visit != item.visit)
            return invalid("'" + item.tracks[i].str() + "' is no track of visit " + item.visit.str(), "/fields/tracks/" + std::to_string(i));
    return boost::outcome_v2::success();
}

/// The new item: after `entry`, where that ends, for the same people, unless the caller says otherwise.
Result<ProgrammeItem> new_item(Picture const& picture, Entry const& entry, InsertRequest const& request, std::string_view language) {
    KOGGE_TRY(auto const fields, fields_of(request));
    KOGGE_TRY(auto item, from_json<ProgrammeItem>(fields, "/fields"));
    item.id = Id<ProgrammeItem>::make();
    item.visit = entry.visit;
    item.starts = local_of(entry.span.end, end_zone(picture, entry.id));
    item.ends = item.starts + Minutes(request.minutes);
    if (item.title.empty())
        item.title = {new_item_title(language), std::string(language)};
    if (!item.venue && !entry.to.empty())
        item.venue = entry.to;
    if (!fields.contains("tracks"))
        item.tracks = entry.tracks;
    KOGGE_TRY(tracks_exist(picture, item));
    return item;
}

} // namespace

std::vector<Stop> stops_of(Picture const& picture, Id<Visit> const& visit, Minutes headway) {
    std::vector<Stop> out;
    for (auto const& id : picture.timeline.entries_of(visit)) {
        auto const& entry = *picture.timeline.find(id);
        if (!entry.active)
            continue;
        Stop stop{id, entry.span, Manner::when_free, picture.timeline.people_of(entry), usual_min_change, headway};
        if (id.kind == EntryKind::item)
            stop.manner = manner_of(*picture.items.find(Id<ProgrammeItem>(id.id)));
        else {
            auto const& leg = *picture.legs.find(Id<Leg>(id.id));
            stop.manner = manner_of(leg);
            stop.min_change = leg.min_change_minutes ? Minutes(*leg.min_change_minutes) : usual_min_change;
        }
        out.push_back(std::move(stop));
    }
    return out;
}

Result<json::value> delay(Picture const& picture, Id<Visit> const& visit, DelayRequest const& request, std::string_view language, Minutes headway) {
    KOGGE_TRY(check_minutes(request.minutes));
    EntryId const late{EntryKind::leg, request.leg.str()};
    KOGGE_TRY(auto const* leg, entry_in(picture, visit, request.leg.str(), "/leg"));
    if (leg->id != late)
        return invalid("'" + request.leg.str() + "' is a programme item; only a leg can be late", "/leg");
    Minutes const by(request.minutes);
    Draft draft(picture, visit, language, by, request.leg.str() + " +" + std::to_string(request.minutes) + " min");
    draft.add(propagate(stops_of(picture, visit, headway), late, by));
    return draft.document();
}

Result<json::value> insert(Picture const& picture, Id<Visit> const& visit, InsertRequest const& request, std::string_view language, Minutes headway) {
    KOGGE_TRY(check_minutes(request.minutes));
    KOGGE_TRY(auto const* after, entry_in(picture, visit, request.after, "/after"));
    KOGGE_TRY(auto const item, new_item(picture, *after, request, language));
    Minutes const length(request.minutes);
    Draft draft(picture, visit, language, length, "insert " + std::to_string(request.minutes) + " min after " + request.after);
    draft.add_new(item);
    auto people = picture.roster.people_of(item.tracks);
    if (item.tracks == after->tracks) { // who is there by name comes along, who stays away by name stays away
        people = picture.timeline.people_of(*after);
        for (auto const& person : after->included)
            draft.add_new(item, person, Presence::included);
        for (auto const& person : after->excluded)
            draft.add_new(item, person, Presence::excluded);
    }
    draft.add(insert_after(stops_of(picture, visit, headway), after->id, people, length));
    return draft.document();
}

} // namespace kogge::scheduling
