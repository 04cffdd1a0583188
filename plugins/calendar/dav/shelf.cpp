// SPDX-License-Identifier: EUPL-1.2
#include "dav/shelf.hpp"

#include <boost/uuid/name_generator_sha1.hpp>

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t most_read_back = 20'000; // log entries; a token that is older is answered as dead
constexpr std::size_t longest_journal = 50'000;

std::vector<Property> properties_of(std::vector<StoredProperty> const& stored) {
    std::vector<Property> out;
    for (auto const& property : stored)
        out.push_back({property.space, property.name, property.xml});
    return out;
}

Instant at(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }
Instant at_us(std::int64_t us) { return at(us / 1'000'000); }

/// Without the name of its owner: principals are loaded later.
About about_of(CalendarCollection const& row, std::int64_t updated_us) {
    About out;
    out.kind = row.type == CollectionKind::inbox ? About::Kind::inbox : row.type == CollectionKind::plain ? About::Kind::plain : About::Kind::calendar;
    out.id = row.id.str();
    out.slug = row.slug;
    out.displayname = row.displayname;
    out.description = row.description;
    out.colour = row.colour;
    if (row.order)
        out.order = int(*row.order);
    out.timezone = row.timezone;
    if (auto zone = Zone::parse(row.zone); !row.zone.empty() && zone)
        out.zone = zone.value();
    if (!row.components.empty())
        out.components = row.components;
    out.transparent = row.transparent;
    out.dead = properties_of(row.properties);
    for (auto const& share : row.shares)
        out.shares.push_back({share.principal, share.write});
    out.created = at(row.created);
    out.modified = at_us(updated_us);
    return out;
}

std::unique_ptr<KeptObject> object_of(std::string const& id, json::value const& document) {
    auto read = from_json<CalendarObject>(document, "/" + id);
    if (!read)
        throw std::runtime_error("calendar_object " + id + read.error().field + ": " + read.error().message);
    auto row = std::move(read).value();
    auto const number = [&](char const* name) {
        auto const* value = document.as_object().if_contains(name);
        return value && value->is_int64() ? value->get_int64() : 0;
    };
    for (auto const& piece : row.more)
        row.data += piece;
    auto out = std::make_unique<KeptObject>();
    out->id = Id<CalendarObject>(id);
    out->rev = number("rev");
    out->collection = row.collection;
    out->bytes = std::make_shared<std::string const>(row.base64 ? from_base64(row.data) : std::move(row.data));
    out->dead = properties_of(row.properties);
    auto& member = out->member;
    member.etag = etag_of(*out->bytes);
    member.name = std::move(row.name);
    member.type = std::move(row.component);
    member.uid = std::move(row.uid);
    member.content_type = std::move(row.content_type);
    if (!row.schedule_tag.empty())
        member.schedule_tag = "\"" + row.schedule_tag + "\"";
    member.size = out->bytes->size();
    member.created = at(row.created);
    member.modified = at_us(number("updated_us"));
    return out;
}

std::string text(json::value const& object, char const* name) {
    auto const* fields = object.if_object();
    auto const* value = fields ? fields->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

} // namespace

std::string etag_of(std::string_view bytes) {
    static boost::uuids::name_generator_sha1 const generate(boost::uuids::uuid{});
    auto const hash = generate(bytes.data(), bytes.size());
    std::string out = "\"";
    for (auto const byte : hash) {
        out += "0123456789abcdef"[byte >> 4U];
        out += "0123456789abcdef"[byte & 15U];
    }
    return out + "\"";
}

Shelf::Shelf(ReadLog log) : world{&principals_, &collections_, &objects_}, log_(std::move(log)) {
    collections_.on_change = [this](auto const* before, auto const* after) { on_collection(before, after); };
}

Drawer& Shelf::drawer_of(Id<CalendarCollection> const& id) {
    auto& drawer = drawers_[id];
    if (!drawer) {
        drawer = std::make_unique<Drawer>();
        drawer->id = id;
        drawer->journal_from = drawer->revision = world.seq();
    }
    return *drawer;
}

void Shelf::on_collection(Row<CalendarCollection> const* before, Row<CalendarCollection> const* after) {
    if (before)
        by_owner_[before->value.owner].erase(before->value.id);
    if (!after) {
        if (auto const gone = drawers_.find(before->value.id); gone != drawers_.end()) {
            for (auto const& [name, object] : gone->second->objects)
                by_id_.erase(object->id.str());
            drawers_.erase(gone);
        }
        return;
    }
    auto& drawer = drawer_of(after->value.id);
    bool const zone_changed = drawer.row.zone != after->value.zone;
    drawer.row = after->value;
    drawer.rev = after->rev;
    drawer.about = about_of(drawer.row, after->updated_us);
    drawer.revision = world.seq();
    if (zone_changed)
        drawer.index.reset();
    by_owner_[drawer.row.owner].insert(drawer.id);
}

void Shelf::note(Drawer& drawer, std::string const& name) {
    drawer.revision = world.seq();
    drawer.journal.push_back({world.seq(), name});
    if (drawer.journal.size() < longest_journal + drawer.objects.size())
        return;
    auto const half = drawer.journal.begin() + std::ptrdiff_t(drawer.journal.size() / 2);
    drawer.journal_from = (half - 1)->seq;
    drawer.journal.erase(drawer.journal.begin(), std::find_if(half, drawer.journal.end(), [&](auto const& entry) { return entry.seq > drawer.journal_from; }));
}

void Shelf::take_out(std::string const& id) {
    auto const found = by_id_.find(id);
    if (found == by_id_.end())
        return;
    auto const* object = found->second;
    by_id_.erase(found);
    auto const place = drawers_.find(object->collection);
    if (place == drawers_.end())
        return;
    auto& drawer = *place->second;
    if (drawer.index)
        drawer.index->remove(object);
    if (auto const uid = drawer.by_uid.find(object->member.uid); uid != drawer.by_uid.end() && uid->second == object)
        drawer.by_uid.erase(uid);
    drawer.objects.erase(object->member.name);
}

void Shelf::Objects::put(std::string const& id, json::value const& document) {
    auto fresh = document.is_null() ? nullptr : object_of(id, document);
    auto const old = shelf_.by_id_.find(id);
    if (old != shelf_.by_id_.end()) {
        auto const& object = *old->second;
        bool const leaves = !fresh || fresh->collection != object.collection || fresh->member.name != object.member.name;
        if (auto const place = shelf_.drawers_.find(object.collection); leaves && place != shelf_.drawers_.end())
            shelf_.note(*place->second, object.member.name);
        shelf_.take_out(id);
    }
    if (!fresh)
        return;
    auto& drawer = shelf_.drawer_of(fresh->collection);
    auto* object = fresh.get();
    drawer.objects[object->member.name] = std::move(fresh);
    shelf_.by_id_[id] = object;
    if (!object->member.uid.empty())
        drawer.by_uid[object->member.uid] = object;
    if (shelf_.world.seq() > drawer.journal_from)
        shelf_.note(drawer, object->member.name);
    if (drawer.index)
        if (auto const parsed = ical::parse_object(*object->bytes))
            drawer.index->add(object, parsed.value(), object->member.type);
}

TimeIndex& Shelf::index(Drawer& drawer, Instant now) {
    auto const stale = [&] { return now + std::chrono::days(3 * 366) > drawer.index->horizon().end || now < drawer.index->horizon().begin; };
    if (drawer.index && !stale())
        return *drawer.index;
    drawer.index.emplace(now, drawer.about.zone);
    for (auto const& [name, object] : drawer.objects)
        if (auto const parsed = ical::parse_object(*object->bytes))
            drawer.index->add(object.get(), parsed.value(), object->member.type);
    return *drawer.index;
}

Drawer* Shelf::drawer(Id<CalendarCollection> const& id) {
    auto const found = drawers_.find(id);
    return found == drawers_.end() || !collections_.row(id) ? nullptr : found->second.get();
}

std::vector<Drawer*> Shelf::inside(std::string const& owner, std::string const& parent) {
    std::vector<Drawer*> out;
    if (auto const found = by_owner_.find(owner); found != by_owner_.end())
        for (auto const& id : found->second)
            if (auto* one = drawer(id); one && one->row.parent == parent)
                out.push_back(one);
    return out;
}

Drawer* Shelf::find(std::string const& owner, std::string const& parent, std::string_view slug) {
    for (auto* one : inside(owner, parent))
        if (one->row.slug == slug)
            return one;
    return nullptr;
}

std::vector<Drawer*> Shelf::shared_with(std::string const& principal) {
    std::vector<Drawer*> out;
    for (auto const& [id, one] : drawers_)
        if (collections_.row(id) && one->row.owner != principal &&
            std::any_of(one->row.shares.begin(), one->row.shares.end(), [&](auto const& share) { return share.principal == principal || share.principal == "all"; }))
            out.push_back(one.get());
    return out;
}

CalendarPrincipal const* Shelf::principal(std::string_view user) const {
    for (auto const& [id, row] : principals_.rows())
        if (row.value.user == user)
            return &row.value;
    return nullptr;
}

CalendarPrincipal const* Shelf::principal_named(std::string_view name) const {
    for (auto const& [id, row] : principals_.rows())
        if (row.value.name == name)
            return &row.value;
    return nullptr;
}

std::vector<CalendarPrincipal const*> Shelf::principals() const {
    std::vector<CalendarPrincipal const*> out;
    for (auto const& [id, row] : principals_.rows())
        out.push_back(&row.value);
    std::sort(out.begin(), out.end(), [](auto const* a, auto const* b) { return a->name < b->name; });
    return out;
}

/// Puts what the log says happened in (token, journal_from] before the journal. Entries of an update carry only what it
/// changed, so each object is followed backwards from where it is now, or from its deletion.
bool Shelf::read_back(Drawer& drawer, std::int64_t token) {
    auto const entries = log_({{"since", token}, {"entity", kind_of<CalendarObject>()}, {"limit", std::int64_t(most_read_back + 1)}});
    if (!entries || entries.value().size() > most_read_back)
        return false;
    struct Place {
        std::string collection, name;
    };
    std::unordered_map<std::string, Place> places;
    std::vector<Drawer::Entry> found;
    for (auto entry = entries.value().rbegin(); entry != entries.value().rend(); ++entry) {
        auto const id = text(*entry, "id");
        auto const seq = entry->at("seq").as_int64();
        auto const now = by_id_.find(id);
        auto& place = places.try_emplace(id, now == by_id_.end() ? Place{} : Place{now->second->collection.str(), now->second->member.name}).first->second;
        auto const after = place;
        auto const& before = entry->at("before");
        if (auto const collection = text(before, "collection"); !collection.empty())
            place.collection = collection;
        if (auto const name = text(before, "name"); !name.empty())
            place.name = name;
        if (seq > drawer.journal_from)
            continue;
        bool const moved = after.name != place.name || after.collection != place.collection;
        if (after.collection == drawer.id.str())
            found.push_back({seq, after.name});
        if (moved && place.collection == drawer.id.str())
            found.push_back({seq, place.name});
    }
    std::reverse(found.begin(), found.end());
    drawer.journal.insert(drawer.journal.begin(), found.begin(), found.end());
    drawer.journal_from = token;
    return true;
}

std::optional<Changes> Shelf::changes(Drawer& drawer, std::int64_t token, std::size_t most) {
    if (token < 0 || token > world.seq() || (token < drawer.journal_from && !read_back(drawer, token)))
        return std::nullopt;
    Changes out;
    out.until = std::max(token, drawer.revision);
    std::set<std::string_view> seen;
    auto entry = std::upper_bound(drawer.journal.begin(), drawer.journal.end(), token, [](std::int64_t seq, auto const& e) { return seq < e.seq; });
    for (; entry != drawer.journal.end(); ++entry) {
        if (seen.size() >= most && !seen.contains(entry->name) && entry->seq != (entry - 1)->seq) { // a change set is never cut in two
            out.cut = true;
            out.until = (entry - 1)->seq;
            break;
        }
        if (seen.insert(entry->name).second)
            (drawer.objects.contains(entry->name) ? out.changed : out.removed).push_back(entry->name);
    }
    return out;
}

std::string to_base64(std::string_view bytes) {
    constexpr char const* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned word = 0;
        for (std::size_t k = 0; k < 3; ++k)
            word = word << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (unsigned k = 0; k < 4; ++k)
            out += i + k > bytes.size() ? '=' : digits[word >> (18U - 6U * k) & 63U];
    }
    return out;
}

std::string from_base64(std::string_view text) {
    auto const value = [](char c) {
        return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52 : c == '+' ? 62 : c == '/' ? 63 : -1;
    };
    std::string out;
    unsigned word = 0, bits = 0;
    for (char const c : text) {
        auto const digit = value(c);
        if (digit < 0)
            continue;
        word = word << 6U | unsigned(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += char(word >> bits & 255U);
        }
    }
    return out;
}

} // namespace kogge::calendar::dav
