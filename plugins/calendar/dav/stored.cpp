// SPDX-License-Identifier: EUPL-1.2
#include "dav/stored.hpp"

#include "dav/path.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr int most_tries = 4;         // when others write the same object and the client does not care what it replaces
constexpr char const* shared_prefix = "shared-"; // of a collection that stands in somebody else's home
constexpr std::size_t most_collections = 1'000;  // of one user


/// As text in a column: PostgreSQL takes no NUL.
bool storable(std::string_view bytes) { return is_utf8(bytes) && bytes.find(char(0)) == bytes.npos; }

std::string verdict_of(json::value const& outcome) {
    auto const* object = outcome.if_object();
    auto const* verdict = object ? object->if_contains("verdict") : nullptr;
    return verdict && verdict->is_string() ? std::string(verdict->get_string()) : std::string("failed");
}

std::string detail_of(json::value const& outcome) {
    auto const* object = outcome.if_object();
    auto const* detail = object ? object->if_contains("detail") : nullptr;
    return detail && detail->is_string() ? std::string(detail->get_string()) : std::string("nothing was changed");
}

std::vector<StoredProperty> stored(std::vector<Property> const& properties) {
    std::vector<StoredProperty> out;
    for (auto const& property : properties)
        out.push_back({property.space, property.name, property.xml});
    return out;
}

void change_dead(std::vector<StoredProperty>& properties, PropertyChanges const& changes) {
    auto const drop = [&](Property const& gone) { std::erase_if(properties, [&](auto const& p) { return p.space == gone.space && p.name == gone.name; }); };
    for (auto const& property : changes.remove_dead)
        drop(property);
    for (auto const& property : changes.set_dead) {
        drop(property);
        properties.push_back({property.space, property.name, property.xml});
    }
}

/// Where an object of that UID is already, as the precondition names it. `href` is filled in by the protocol.
Refusal uid_conflict(std::string const& name) {
    auto out = condition(409, ns::caldav, "no-uid-conflict", "this calendar has an object of that UID already, " + name + "; change that one");
    out.inside = name;
    return out;
}

/// The bytes as texts that the store takes, each shorter than its limit and none ending within a character.
void set_data(CalendarObject& row, std::string_view bytes) {
    constexpr std::size_t longest = 90'000;
    row.base64 = !storable(bytes);
    auto const encoded = row.base64 ? to_base64(bytes) : std::string();
    auto rest = row.base64 ? std::string_view(encoded) : bytes;
    auto const piece = [&] {
        auto size = std::min(rest.size(), longest);
        while (size < rest.size() && (static_cast<unsigned char>(rest[size]) & 0xc0U) == 0x80)
            --size;
        std::string out(rest.substr(0, size));
        rest.remove_prefix(size);
        return out;
    };
    row.data = piece();
    row.more.clear();
    while (!rest.empty())
        row.more.push_back(piece());
}

CalendarObject row_of(KeptObject const& object) {
    CalendarObject row;
    row.id = object.id;
    row.collection = object.collection;
    row.name = object.member.name;
    row.uid = object.member.uid;
    row.component = object.member.type;
    set_data(row, *object.bytes);
    row.content_type = object.member.content_type;
    row.schedule_tag = object.member.schedule_tag.empty() ? std::string() : object.member.schedule_tag.substr(1, object.member.schedule_tag.size() - 2);
    row.properties = stored(object.dead);
    row.created = object.member.created.time_since_epoch().count();
    return row;
}

/// Others take part in it, so that a change of it concerns them (RFC 6638 §3.1).
bool is_scheduling_object(ical::Component const& calendar) {
    return std::any_of(calendar.components.begin(), calendar.components.end(), [](auto const& component) { return component.find("ORGANIZER") && component.find("ATTENDEE"); });
}

} // namespace

Answer<void> apply_properties(CalendarCollection& row, PropertyChanges const& changes) {
    auto const set = [](auto& to, auto const& from) {
        if (from)
            to = *from;
    };
    set(row.displayname, changes.displayname);
    set(row.description, changes.description);
    set(row.colour, changes.colour);
    set(row.timezone, changes.timezone);
    if (changes.zone)
        row.zone = changes.zone->name();
    if (changes.order) {
        row.order.reset();
        if (*changes.order)
            row.order = **changes.order;
    }
    set(row.components, changes.components);
    set(row.transparent, changes.transparent);
    if (changes.shares) {
        row.shares.clear();
        for (auto const& share : *changes.shares)
            row.shares.push_back({share.principal, share.write});
    }
    change_dead(row.properties, changes);
    return boost::outcome_v2::success();
}

// ---- one collection as somebody sees it ----------------------------------------------------------------------------

class Stored : public Collection {
  public:
    Stored(Calendars& house, Drawer& drawer, About about, Privileges privileges)
        : house_(house), id_(drawer.id), about_(std::move(about)), privileges_(privileges) {}

    About const& about() const override { return about_; }
    Privileges privileges(Principal const&) const override { return privileges_; }
    std::int64_t revision() const override { return drawer().revision; }
    std::size_t count() const override { return drawer().objects.size(); }
    Id<CalendarCollection> const& id() const { return id_; }
    Drawer& drawer() const {
        auto* found = house_.shelf_.drawer(id_);
        if (!found)
            throw std::runtime_error("the collection " + about_.slug + " went while it was asked about");
        return *found;
    }

    void each(std::function<void(Member const&)> const& visit) const override {
        for (auto const& [name, object] : drawer().objects)
            visit(object->member);
    }
    Member const* find(std::string_view name) const override {
        auto const* found = object(name);
        return found ? &found->member : nullptr;
    }
    Member const* find_uid(std::string_view uid) const override {
        auto const found = drawer().by_uid.find(std::string(uid));
        return found == drawer().by_uid.end() ? nullptr : &found->second->member;
    }
    Bytes bytes(Member const& member) const override {
        auto const* found = object(member.name);
        return found ? found->bytes : std::make_shared<std::string const>();
    }
    std::optional<Changes> changes(std::int64_t token, std::size_t most) const override { return house_.shelf_.changes(drawer(), token, most); }

    void overlapping(std::string_view component, Interval range, Zone zone, std::function<void(Member const&, bool)> const& visit) const override {
        house_.shelf_.index(drawer(), house_.now_()).overlapping(range, zone, [&](TimeIndex::Key key, TimeIndex::Certainty certainty) {
            auto const& member = static_cast<KeptObject const*>(key)->member;
            if (component.empty() || member.type == component)
                visit(member, certainty == TimeIndex::Certainty::happens);
        });
    }
    std::vector<ical::BusyPeriod> busy(Interval range, Zone zone) const override {
        std::vector<ical::BusyPeriod> out;
        house_.shelf_.index(drawer(), house_.now_()).busy(range, zone, out, [&](TimeIndex::Key key) {
            auto const& object = *static_cast<KeptObject const*>(key);
            if (object.member.type != "VEVENT" && object.member.type != "VFREEBUSY")
                return;
            auto const parsed = ical::parse_object(*object.bytes);
            if (!parsed)
                return;
            for (auto& period : ical::busy(parsed.value(), range, ical::ZoneBook(parsed.value(), zone)).list)
                out.push_back({period.when, period.type, nullptr});
        });
        return out;
    }

    Answer<PutDone> put(Principal const& who, PutRequest const& request) override;
    Answer<void> erase(Principal const& who, std::string_view name, std::optional<std::string> const& based_on) override;
    Answer<void> patch(Principal const& who, PropertyChanges const& changes) override;
    std::vector<Property> dead_properties(Member const& member) const override {
        auto const* found = object(member.name);
        return found ? found->dead : std::vector<Property>();
    }
    Answer<void> patch_member(Principal const& who, std::string_view name, PropertyChanges const& changes) override;

    KeptObject const* object(std::string_view name) const {
        auto const& objects = drawer().objects;
        auto const found = objects.find(name);
        return found == objects.end() ? nullptr : found->second.get();
    }

  private:
    Answer<std::string> put_once(Principal const& who, PutRequest const& request, bool& created);

    Calendars& house_;
    Id<CalendarCollection> id_;
    About about_;
    Privileges privileges_;
};

/// The verdict of one attempt.
Answer<std::string> Stored::put_once(Principal const& who, PutRequest const& request, bool& created) {
    auto const* old = object(request.name);
    created = !old;
    if (old && request.must_be_new)
        return refusal(412, "there is a resource of that name already");
    if (request.based_on && (!old || old->member.etag != *request.based_on))
        return refusal(412, "the resource has changed since: fetch it again");
    if (auto const* other = request.uid.empty() ? nullptr : find_uid(request.uid); other && other->name != request.name)
        return uid_conflict(other->name);
    if (old && !old->member.uid.empty() && old->member.uid != request.uid)
        return uid_conflict(old->member.name);
    CalendarObject row = old ? row_of(*old) : CalendarObject{};
    row.uid = request.uid;
    row.component = request.component;
    set_data(row, request.bytes);
    row.content_type = request.content_type;
    if (!request.keep_schedule_tag)
        row.schedule_tag = request.parsed && is_scheduling_object(*request.parsed) ? make_uuid() : std::string();
    ChangeSet changes("calendar object " + row.name.substr(0, 200) + " put");
    if (!old) {
        row.id = Id<CalendarObject>::make();
        row.collection = id_;
        row.name = request.name;
        row.created = house_.now_().time_since_epoch().count();
        changes.create(row);
    } else if (*old->bytes == request.bytes && old->member.content_type == request.content_type)
        return std::string("unchanged");
    else
        changes.update(row.id, old->rev, {{"uid", row.uid}, {"component", row.component}, {"data", row.data}, {"more", to_json(row.more)}, {"base64", row.base64}, {"content_type", row.content_type}, {"schedule_tag", row.schedule_tag}});
    auto const outcome = house_.commit_(changes.by(who.actor.empty() ? who.id : who.actor));
    if (!outcome)
        return outcome.error().code == ErrorCode::conflict ? Answer<std::string>(std::string("conflict")) : Answer<std::string>(refusal(503, outcome.error().message));
    auto const verdict = verdict_of(outcome.value());
    if (verdict == "committed" || verdict == "unchanged" || verdict == "conflict")
        return verdict;
    return refusal(verdict == "failed" ? 503 : 409, detail_of(outcome.value()));
}

Answer<PutDone> Stored::put(Principal const& who, PutRequest const& request) {
    if (!privileges_.write)
        return condition(403, ns::dav, "need-privileges", "you may not write here");
    std::pair const arrival(id_.str(), request.uid.empty() ? "/" + request.name : request.uid);
    if (!house_.arriving_.insert(arrival).second)
        return request.must_be_new || request.based_on ? refusal(412, "somebody else is putting that object just now: fetch it and try again")
                                                       : refusal(503, "somebody else is putting that object just now: try again");
    struct Arrived {
        std::set<std::pair<std::string, std::string>>& set;
        std::pair<std::string, std::string> const& entry;
        ~Arrived() { set.erase(entry); }
    } const arrived{house_.arriving_, arrival};
    for (int tries = 0; tries < most_tries; ++tries) {
        bool created = false;
        KOGGE_TRY(auto const verdict, put_once(who, request, created));
        if (verdict == "conflict")
            continue;
        auto const* now = object(request.name);
        if (!now)
            return refusal(409, "the resource was removed at the same moment");
        return PutDone{created, *now->bytes == request.bytes ? now->member.etag : std::string(), now->member.schedule_tag, request.name};
    }
    return refusal(503, "others keep changing this object: try again");
}

Answer<void> Stored::erase(Principal const& who, std::string_view name, std::optional<std::string> const& based_on) {
    if (!privileges_.write)
        return condition(403, ns::dav, "need-privileges", "you may not delete here");
    auto const* old = object(name);
    if (!old)
        return nothing_here();
    if (based_on && old->member.etag != *based_on)
        return refusal(412, "the resource has changed since: fetch it again");
    ChangeSet changes("calendar object " + old->member.name.substr(0, 200) + " deleted");
    changes.erase(old->id, old->rev);
    return house_.commit(changes, who);
}

Answer<void> Stored::patch(Principal const& who, PropertyChanges const& changes) {
    if (!(changes.shares ? privileges_.share : privileges_.properties))
        return condition(403, ns::dav, "need-privileges", "you may not change properties here");
    auto const& now = drawer();
    auto row = now.row;
    KOGGE_TRY(apply_properties(row, changes));
    auto fields = to_json(row).as_object();
    fields.erase("id");
    ChangeSet change_set("properties of the calendar " + row.slug.substr(0, 200));
    change_set.update(id_, now.rev, std::move(fields));
    KOGGE_TRY(house_.commit(change_set, who));
    auto slug = std::move(about_.slug);
    auto owner = std::move(about_.owner);
    about_ = drawer().about;
    about_.slug = std::move(slug);
    about_.owner = std::move(owner);
    return boost::outcome_v2::success();
}

Answer<void> Stored::patch_member(Principal const& who, std::string_view name, PropertyChanges const& changes) {
    if (!privileges_.write)
        return condition(403, ns::dav, "need-privileges", "you may not change properties here");
    auto const* now = object(name);
    if (!now)
        return nothing_here();
    auto row = row_of(*now);
    change_dead(row.properties, changes);
    ChangeSet change_set("properties of " + row.name.substr(0, 200));
    change_set.update(row.id, now->rev, {{"properties", to_json(row.properties)}});
    return house_.commit(change_set, who);
}

// ---- all of them ---------------------------------------------------------------------------------------------------

Answer<void> Calendars::commit(ChangeSet& changes, Principal const& who) {
    if (changes.empty())
        return boost::outcome_v2::success();
    auto const outcome = commit_(changes.by(who.actor.empty() ? who.id : who.actor));
    if (!outcome)
        return refusal(outcome.error().code == ErrorCode::conflict ? 412 : 503, outcome.error().message);
    auto const verdict = verdict_of(outcome.value());
    if (verdict == "committed" || verdict == "unchanged")
        return boost::outcome_v2::success();
    return refusal(verdict == "conflict" ? 412 : verdict == "failed" ? 503 : 409, detail_of(outcome.value()));
}

Privileges Calendars::privileges(Principal const& who, Drawer const& drawer) const {
    if (drawer.row.owner == who.id)
        return {.read = true, .write = who.writes_own, .properties = who.writes_own, .share = who.writes_own, .free_busy = true};
    Privileges out;
    for (auto const& share : drawer.row.shares)
        if (share.principal == who.id || share.principal == "all") {
            out.free_busy = true;
            out.read = true;
            out.write |= share.write && who.writes_own;
        }
    return out;
}

Drawer* Calendars::walk(std::string const& owner, std::string_view path) {
    Drawer* at = nullptr;
    while (!path.empty()) {
        auto const slash = path.find('/');
        at = shelf_.find(owner, at ? at->id.str() : std::string(), path.substr(0, slash));
        if (!at)
            return nullptr;
        path = slash == path.npos ? std::string_view() : path.substr(slash + 1);
    }
    return at;
}

std::shared_ptr<Collection> Calendars::show(Principal const& who, Drawer& drawer, std::string_view home) {
    auto const may = privileges(who, drawer);
    if (!may.read)
        return nullptr;
    auto about = drawer.about;
    auto const* owner = shelf_.principal(drawer.row.owner);
    about.owner = owner ? owner->name : std::string();
    if (about.owner != home) {
        about.slug = shared_prefix + drawer.id.str();
        about.displayname += about.owner.empty() ? std::string() : " (" + about.owner + ")";
    }
    return std::make_shared<Stored>(*this, drawer, std::move(about), may);
}

std::vector<std::shared_ptr<Collection>> Calendars::home(Principal const& who, std::string_view owner) {
    std::vector<std::shared_ptr<Collection>> out;
    auto const* principal = shelf_.principal_named(owner);
    if (!principal)
        return out;
    auto const add = [&](Drawer& drawer) {
        if (auto shown = show(who, drawer, owner))
            out.push_back(std::move(shown));
    };
    for (auto* drawer : shelf_.inside(principal->user, {}))
        add(*drawer);
    if (principal->user == who.id)
        for (auto* drawer : shelf_.shared_with(who.id))
            add(*drawer);
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a->about().slug < b->about().slug; });
    return out;
}

std::shared_ptr<Collection> Calendars::find(Principal const& who, std::string_view owner, std::string_view path) {
    auto const* principal = shelf_.principal_named(owner);
    if (!principal)
        return nullptr;
    Drawer* found = nullptr;
    if (path.starts_with(shared_prefix) && principal->user == who.id) {
        found = shelf_.drawer(Id<CalendarCollection>(std::string(path.substr(std::string_view(shared_prefix).size()))));
        if (found && found->row.owner == who.id)
            found = nullptr;
    }
    if (!found)
        found = walk(principal->user, path);
    return found ? show(who, *found, owner) : nullptr;
}

std::vector<std::shared_ptr<Collection>> Calendars::below(Principal const& who, std::string_view owner, std::string_view path) {
    std::vector<std::shared_ptr<Collection>> out;
    auto const* principal = shelf_.principal_named(owner);
    if (auto const* above = principal ? walk(principal->user, path) : nullptr)
        for (auto* drawer : shelf_.inside(principal->user, above->id.str()))
            if (auto shown = show(who, *drawer, owner))
                out.push_back(std::move(shown));
    return out;
}

bool Calendars::knows_home(Principal const& who, std::string_view owner) {
    auto const* principal = shelf_.principal_named(owner);
    return principal && (principal->user == who.id || !home(who, owner).empty());
}

Answer<void> Calendars::welcome(Principal const& who) {
    auto const* known = shelf_.principal(who.id);
    auto const person = who.person ? std::optional(who.person->str()) : std::nullopt;
    if (known && known->name == who.name && known->person == person)
        return boost::outcome_v2::success();
    ChangeSet changes("first look at the calendars");
    if (auto const* former = shelf_.principal_named(who.name); former && former != known) // somebody of that name who is gone keeps what is theirs
        changes.update(former->id, shelf_.principal_rev(*former), {{"name", former->name + "~" + former->id.str()}});
    if (known)
        changes.update(known->id, shelf_.principal_rev(*known), {{"name", who.name}, {"person", to_json(person)}});
    else {
        CalendarPrincipal fresh{Id<CalendarPrincipal>::make(), who.id, who.name, person, "calendar", {}};
        changes.create(fresh);
        CalendarCollection first;
        first.id = Id<CalendarCollection>::make();
        first.owner = who.id;
        first.slug = "calendar";
        first.displayname = who.language == "nl" ? "Agenda" : who.language == "de" ? "Kalender" : "Calendar";
        first.created = now_().time_since_epoch().count();
        changes.create(first);
        CalendarCollection inbox;
        inbox.id = Id<CalendarCollection>::make();
        inbox.owner = who.id;
        inbox.slug = "inbox";
        inbox.type = CollectionKind::inbox;
        inbox.created = first.created;
        changes.create(inbox);
    }
    if (auto const done = commit(changes, who); !done && !shelf_.principal(who.id)) // else another request of theirs was faster
        return done.error();
    return boost::outcome_v2::success();
}

Answer<void> Calendars::set_scheduling(Principal const& who, std::optional<std::string> const& default_calendar, std::optional<std::string> const& availability) {
    auto const* self = shelf_.principal(who.id);
    json::object fields;
    if (default_calendar)
        fields["default_calendar"] = *default_calendar;
    if (availability)
        fields["availability"] = *availability;
    if (!self || fields.empty())
        return boost::outcome_v2::success();
    ChangeSet changes("where and when invitations go");
    changes.update(self->id, shelf_.principal_rev(*self), std::move(fields));
    return commit(changes, who);
}

Answer<void> Calendars::make(Principal const& who, std::string_view path, About::Kind kind, PropertyChanges const& properties) {
    auto const slash = path.rfind('/');
    auto const above = slash == path.npos ? std::string_view() : path.substr(0, slash);
    auto const slug = std::string(slash == path.npos ? path : path.substr(slash + 1));
    auto const* parent = above.empty() ? nullptr : walk(who.id, above);
    if (!who.writes_own)
        return condition(403, ns::dav, "need-privileges", "you may not write here");
    if (!above.empty() && !parent)
        return refusal(409, "the collection it would lie in is not there; make that first");
    if (parent && parent->row.type != CollectionKind::plain)
        return kind == About::Kind::plain ? condition(403, ns::dav, "valid-resourcetype", "a calendar holds no collections")
                                          : condition(403, ns::caldav, "calendar-collection-location-ok", "a calendar lies in the home or in a plain collection");
    if (slug.starts_with(shared_prefix))
        return refusal(403, "names that begin with " + std::string(shared_prefix) + " are those of shared calendars; take another");
    if (shelf_.find(who.id, parent ? parent->id.str() : std::string(), slug))
        return condition(405, ns::dav, "resource-must-be-null", "there is a collection of that name already");
    if (parent && parent->objects.contains(slug))
        return condition(405, ns::dav, "resource-must-be-null", "there is a resource of that name already");
    if (shelf_.inside(who.id, parent ? parent->id.str() : std::string()).size() >= most_collections)
        return refusal(507, "no more than " + std::to_string(most_collections) + " collections stand side by side");
    CalendarCollection row;
    row.id = Id<CalendarCollection>::make();
    row.owner = who.id;
    row.parent = parent ? parent->id.str() : std::string();
    row.slug = slug;
    row.type = kind == About::Kind::plain ? CollectionKind::plain : CollectionKind::calendar;
    row.created = now_().time_since_epoch().count();
    KOGGE_TRY(apply_properties(row, properties));
    ChangeSet changes("calendar " + slug.substr(0, 200) + " made");
    changes.create(row);
    return commit(changes, who);
}

void Calendars::erase_tree(ChangeSet& changes, Drawer& drawer) {
    for (auto* inner : shelf_.inside(drawer.row.owner, drawer.id.str()))
        erase_tree(changes, *inner);
    changes.erase(drawer.id, drawer.rev); // its objects go with it
}

Answer<void> Calendars::remove(Principal const& who, std::string_view owner, std::string_view path) {
    auto const* principal = shelf_.principal_named(owner);
    auto* drawer = principal ? walk(principal->user, path) : nullptr;
    if (!drawer || !privileges(who, *drawer).read)
        return nothing_here();
    if (!privileges(who, *drawer).share)
        return condition(403, ns::dav, "need-privileges", "only its owner deletes a calendar");
    if (drawer->row.type == CollectionKind::inbox)
        return refusal(403, "the inbox stays");
    if (principal->default_calendar == drawer->row.slug && drawer->row.parent.empty() && shelf_.inside(who.id, {}).size() > 2)
        for (auto const* other : shelf_.inside(who.id, {}))
            if (other != drawer && other->row.type == CollectionKind::calendar) {
                ChangeSet changes("calendar " + drawer->row.slug.substr(0, 200) + " deleted");
                changes.update(principal->id, shelf_.principal_rev(*principal), {{"default_calendar", other->row.slug}});
                erase_tree(changes, *drawer);
                return commit(changes, who);
            }
    ChangeSet changes("calendar " + drawer->row.slug.substr(0, 200) + " deleted");
    erase_tree(changes, *drawer);
    return commit(changes, who);
}

void Calendars::copy_tree(ChangeSet& changes, Drawer& drawer, std::string const& parent, std::string const& slug, bool deep) {
    auto row = drawer.row;
    row.id = Id<CalendarCollection>::make();
    row.parent = parent;
    row.slug = slug;
    row.shares.clear();
    changes.create(row);
    if (!deep)
        return;
    for (auto const& [name, object] : drawer.objects) {
        auto copy = row_of(*object);
        copy.id = Id<CalendarObject>::make();
        copy.collection = row.id;
        changes.create(copy);
    }
    for (auto* inner : shelf_.inside(drawer.row.owner, drawer.id.str()))
        copy_tree(changes, *inner, row.id.str(), inner->row.slug, true);
}

Answer<void> Calendars::transfer_collection(Principal const& who, std::string_view path, std::string_view to, bool copy, bool deep) {
    auto* drawer = walk(who.id, path);
    if (!drawer)
        return nothing_here();
    auto const slash = to.rfind('/');
    auto const above = slash == to.npos ? std::string_view() : to.substr(0, slash);
    auto const slug = std::string(slash == to.npos ? to : to.substr(slash + 1));
    auto* parent = above.empty() ? nullptr : walk(who.id, above);
    if (!above.empty() && !parent)
        return refusal(409, "the collection it would lie in is not there; make that first");
    if (parent && parent->row.type != CollectionKind::plain)
        return refusal(403, "a calendar holds no collections");
    auto const inside = parent ? parent->id.str() : std::string();
    if (drawer->row.type == CollectionKind::inbox || !who.writes_own || slug.starts_with(shared_prefix))
        return refusal(403, "this cannot be moved or copied there");
    ChangeSet changes("calendar " + drawer->row.slug.substr(0, 200) + (copy ? " copied" : " moved"));
    if (auto* there = shelf_.find(who.id, inside, slug)) {
        if (there == drawer || there->row.type == CollectionKind::inbox)
            return refusal(403, "source and destination are the same, or the inbox");
        erase_tree(changes, *there);
    } else if (parent)
        if (auto const object = parent->objects.find(slug); object != parent->objects.end())
            changes.erase(object->second->id, object->second->rev);
    if (copy)
        copy_tree(changes, *drawer, inside, slug, deep);
    else
        changes.update(drawer->id, drawer->rev, {{"parent", inside}, {"slug", slug}});
    return commit(changes, who);
}

Answer<void> Calendars::transfer_member(Principal const& who, Collection& from, std::string_view name, Collection& to, std::string_view new_name, bool copy) {
    auto const* source = dynamic_cast<Stored*>(&from);
    auto const* target = dynamic_cast<Stored*>(&to);
    if (!source || !target)
        return refusal(403, "an entry of the programme is neither copied nor moved like a file; put it where it belongs");
    auto const* object = source->object(name);
    if (!object)
        return nothing_here();
    auto const& place = target->drawer();
    auto const old = place.objects.find(new_name);
    if (auto const other = place.by_uid.find(object->member.uid); !object->member.uid.empty() && other != place.by_uid.end()) {
        bool const moves_itself = !copy && other->second == object;
        bool const replaced = old != place.objects.end() && old->second.get() == other->second;
        if (!moves_itself && !replaced)
            return uid_conflict(other->second->member.name);
    }
    ChangeSet changes("calendar object " + object->member.name.substr(0, 200) + (copy ? " copied" : " moved"));
    if (old != place.objects.end() && old->second.get() != object)
        changes.erase(old->second->id, old->second->rev);
    if (copy) {
        auto row = row_of(*object);
        row.id = Id<CalendarObject>::make();
        row.collection = place.id;
        row.name = std::string(new_name);
        row.created = now_().time_since_epoch().count();
        changes.create(row);
    } else
        changes.update(object->id, object->rev, {{"collection", place.id.str()}, {"name", std::string(new_name)}});
    return commit(changes, who);
}

} // namespace kogge::calendar::dav
