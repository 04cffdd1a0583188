// SPDX-License-Identifier: EUPL-1.2
#include "feed/drawings.hpp"

#include "ical/zones.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdio>

namespace kogge::calendar {

namespace {

constexpr std::size_t longest_checked = 64 << 10; // octets of an event: libical takes seconds over one very long line
constexpr std::size_t most_checked = 500;         // events at once: each is 9 KiB of libical's tree

Instant second_of(std::int64_t us) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(us)));
}

/// What the reader makes of events, one by one; an error when it does not read them at all.
Result<std::vector<ReadEvent>> read_back(Reader const& reader, std::vector<Event const*> const& events, std::string const& bytes) {
    ZonesUsed used;
    for (auto const* event : events) {
        if (event->days)
            continue;
        auto const years = years_of(event->starts, event->ends);
        used.use(event->starts, years);
        used.use(event->ends, years);
    }
    std::string text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kogge//Check//EN\r\n";
    for (auto const& [id, zone] : used.list())
        text += vtimezone(zone.first, zone.second);
    KOGGE_TRY(auto calendar, reader(text + bytes + "END:VCALENDAR\r\n"));
    if (calendar.events.size() != events.size())
        return invalid("read as " + std::to_string(calendar.events.size()) + " events");
    return std::move(calendar.events);
}

/// How `seen` differs from what was meant; empty when it does not.
std::string difference(Event const& event, ReadEvent const& seen) {
    auto const begins = instant_of(event.starts), ends = std::max(begins, instant_of(event.ends));
    if (seen.uid != event.uid || seen.sequence != event.sequence)
        return "read as " + seen.uid + ", sequence " + std::to_string(seen.sequence);
    if (seen.begins != begins || seen.ends != ends)
        return to_text(begins) + "/" + to_text(ends) + " is read as " + to_text(seen.begins) + "/" + to_text(seen.ends);
    return {};
}

} // namespace

Digest digest_of(std::string_view bytes) {
    Digest out;
    static_assert(sizeof out.words >= crypto_generichash_BYTES_MIN);
    crypto_generichash(reinterpret_cast<unsigned char*>(out.words.data()), sizeof out.words, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), nullptr, 0);
    return out;
}

std::string Digest::hex() const {
    char out[33];
    std::snprintf(out, sizeof out, "%016llx%016llx", static_cast<unsigned long long>(words[0]), static_cast<unsigned long long>(words[1]));
    return out;
}

Drawings::Fresh Drawings::make(Order order, Neighbours neighbours, std::string const& language) {
    auto const own = std::vector<Text>(order.texts.begin(), order.texts.end() - 1);
    Fresh out{std::make_shared<Drawn>(), event_of(picture_, order.shown, own, order.texts.back(), language, link_)};
    out.event.created = order.created;
    out.event.sequence += order.personal.bumps;
    out.event.revised = std::max(out.event.revised, second_of(order.personal.since_us));
    out.event.alarm = order.personal.alarm;
    *out.drawn = {order.shown.rev, order.shown.revised_us, order.created, neighbours, std::move(order.texts), to_ical(out.event), {}, {}};
    out.drawn->digest = digest_of(out.drawn->bytes);
    ++drawn_;
    return out;
}

std::vector<std::shared_ptr<Drawn const>> Drawings::draw(std::vector<Order> orders, std::string const& language) {
    std::vector<std::shared_ptr<Drawn const>> out;
    std::vector<Fresh> fresh;
    std::vector<std::pair<std::pair<EntryId, std::string>, std::shared_ptr<Drawn const>>> shared_ones;
    for (auto& order : orders) {
        auto const neighbours = neighbours_of(picture_, order.shown);
        bool const shared = !order.personal.any() && !order.shown.gone;
        std::pair key(order.shown.entry, language);
        auto const found = shared ? kept_.find(key) : kept_.end();
        // The moment counts, too: a commit that fails is taken back, and the next one has its revision again.
        if (found != kept_.end() && found->second->rev == order.shown.rev && found->second->revised_us == order.shown.revised_us
            && found->second->created == order.created && found->second->neighbours == neighbours && found->second->texts == order.texts) {
            out.push_back(found->second);
            continue;
        }
        fresh.push_back(make(std::move(order), neighbours, language));
        out.push_back(fresh.back().drawn);
        if (shared)
            shared_ones.emplace_back(std::move(key), fresh.back().drawn);
    }
    if (check_) {
        std::erase_if(fresh, [](Fresh const& one) { return one.drawn->bytes.size() > longest_checked; });
        check(fresh);
    }
    for (auto& [key, drawn] : shared_ones)
        keep(std::move(key), std::move(drawn));
    return out;
}

void Drawings::keep(std::pair<EntryId, std::string> key, std::shared_ptr<Drawn const> drawn) {
    if (kept_bytes_ > most_bytes_) {
        kept_.clear();
        kept_bytes_ = 0;
        overflowed_ = true;
    }
    auto& place = kept_[std::move(key)];
    kept_bytes_ += drawn->bytes.size() - (place ? place->bytes.size() : 0);
    place = std::move(drawn);
}

/// Many at once, because the zones cost libical ten times what an event does; one by one where that does not go well.
void Drawings::check(std::vector<Fresh> const& fresh) const {
    if (fresh.empty())
        return;
    if (fresh.size() > most_checked) {
        auto const middle = fresh.begin() + std::ptrdiff_t(fresh.size() / 2);
        check({fresh.begin(), middle});
        return check({middle, fresh.end()});
    }
    std::vector<Event const*> events;
    std::string bytes;
    for (auto const& one : fresh) {
        events.push_back(&one.event);
        bytes += one.drawn->bytes;
    }
    auto const seen = read_back(reader_, events, bytes);
    if (!seen && fresh.size() > 1) {
        for (auto const& one : fresh)
            check({one});
        return;
    }
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        auto& drawn = *fresh[i].drawn;
        auto const why = seen ? difference(fresh[i].event, seen.value()[i]) : seen.error().message;
        if (why.empty())
            continue;
        drawn.why = fresh[i].event.uid + ": " + why;
        drawn.bytes.clear();
        drawn.digest = {};
    }
}

} // namespace kogge::calendar
