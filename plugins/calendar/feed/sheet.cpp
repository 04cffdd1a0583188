// SPDX-License-Identifier: EUPL-1.2
#include "feed/sheet.hpp"

#include <algorithm>
#include <iterator>

namespace kogge::calendar {

namespace {

using std::chrono::days;

constexpr std::size_t joined_from = 256 << 10; // bytes of a feed whose days are kept joined
constexpr std::size_t piece_cost = 400;        // of an event in a sheet, beside its bytes

std::string_view base_of(std::string_view language) { return language.substr(0, language.find('-')); }

Instant day_begin(Instant at) { return std::chrono::floor<days>(at); }

Instant second_of(std::int64_t us) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::sys_time<std::chrono::microseconds>(std::chrono::microseconds(us)));
}

std::optional<Shown> shown_of(Version const& version, Picture const& picture, Trace const& trace) {
    return std::visit(
        [&](auto const& value) -> std::optional<Shown> {
            if constexpr (std::is_same_v<decltype(value), Task const&>)
                return shown(value, picture, trace.rev, trace.since_us);
            else
                return shown(value, trace.rev, trace.since_us);
        },
        version);
}

} // namespace

void Sheet::forget() {
    days_.clear(), where_.clear(), tags_.clear(), zone_years_.clear(), unreadable_.clear(), gone_.clear(), titles_.clear();
    begun_ = false;
    bytes_ = 0;
    digest_ = {};
}

std::size_t Sheet::cost() const { return where_.size() * piece_cost + (bytes_ > joined_from ? bytes_ : 0); }

std::set<EntryId> Sheet::all() const {
    std::set<EntryId> out;
    for (auto const& one : audience_.entries())
        out.insert(one.entry);
    for (auto const& [index, trace] : attendance_->traces())
        if (!trace.seen)
            out.insert(shop_.chronicle.entry(index));
    return out;
}

std::set<EntryId> Sheet::touched(Instant now) {
    auto const& steps = shop_.chronicle.steps();
    std::set<EntryId> out;
    bool known = begun_ && now >= last_ && now < until_;
    auto const& visit = audience_.visit();
    known = known && shop_.picture.journal().since(journal_, [&](Journal::Mark const& mark) {
        if (!mark.neighbour.empty())
            std::copy_if(gone_.begin(), gone_.end(), std::inserter(out, out.end()), [&](auto const& entry) { return speaks_of(entry, mark.neighbour); });
        else if (!mark.whole_visit)
            out.insert(mark.entry);
        else if (!visit || visit->str() == mark.entry.id)
            known = false;
    }) && known;
    for (; known && step_ < steps.size(); ++step_)
        if (steps[step_].entry != Step::no_entry)
            out.insert(shop_.chronicle.entry(steps[step_].entry));
        else if (!visit || *visit == steps[step_].place->visit)
            known = false;
    step_ = steps.size();
    journal_ = shop_.picture.journal().end();
    if (known)
        return out;
    forget();
    return all();
}

Result<Sheet::Draft> Sheet::draft(EntryId const& entry, Instant now) {
    Draft out;
    out.entry = entry;
    auto const index = shop_.chronicle.find(entry);
    auto const* trace = index ? attendance_->trace(*index) : nullptr;
    out.personal.alarm = audience_.spec().alarms_minutes;
    if (trace) {
        out.personal.bumps = trace->bumps;
        out.personal.since_us = trace->since_us;
    }
    out.shown = audience_.entry(entry);
    if (!out.shown && trace && !trace->seen && shows(audience_.spec(), entry.kind)) {
        KOGGE_TRY(draft_gone(out, *trace, now));
    }
    if (!out.shown || audience_.visit() || shop_.settings.past_days == 0)
        return out;
    // What is long past is left out where the feed would otherwise grow for ever.
    out.until = std::min(out.until, day_begin(instant_of(out.shown->ends()) + days(shop_.settings.past_days)) + days(1));
    if (out.until <= now)
        out.shown.reset();
    return out;
}

Result<void> Sheet::draft_gone(Draft& draft, Trace const& trace, Instant now) {
    auto const until = second_of(trace.since_us) + days(shop_.settings.cancelled_days) + std::chrono::seconds(1);
    if (now >= until)
        return boost::outcome_v2::success();
    KOGGE_TRY(draft.version, shop_.chronicle.version(draft.entry, trace.shown_rev));
    if (!draft.version)
        return boost::outcome_v2::success();
    draft.shown = shown_of(*draft.version, shop_.picture, trace);
    if (draft.shown)
        draft.shown->gone = true;
    draft.until = until;
    return boost::outcome_v2::success();
}

/// With all their texts, asked for in one question to whoever translates.
std::vector<Order> Sheet::orders(std::vector<Draft> const& drafts) {
    std::vector<TextKey> keys;
    std::vector<Text*> places;
    auto const& spec = audience_.spec();
    auto const want = [&](TextKey const& key, Text& place) {
        place = *key.source;
        if (base_of(key.source->language) != base_of(spec.language) && !key.source->empty()) {
            keys.push_back(key);
            places.push_back(&place);
        }
    };
    auto const title = [&](Id<Visit> const& id) {
        if (auto const* visit = shop_.picture.visits.find(id); visit && !titles_.contains(id))
            want({kind_of<Visit>(), id.str(), "title", &visit->title}, titles_[id]);
    };
    if (audience_.visit())
        title(*audience_.visit());
    if (auto const* track = spec.scope == FeedScope::track && !begun_ ? shop_.picture.tracks.find(Id<Track>(spec.id)) : nullptr)
        want({kind_of<Track>(), spec.id, "name", &track->name}, track_name_);
    std::vector<Order> out;
    out.reserve(drafts.size());
    for (auto const& draft : drafts) {
        if (!draft.shown)
            continue;
        title(draft.shown->visit());
        auto const own = texts_of(*draft.shown);
        auto& order = out.emplace_back(Order{*draft.shown, std::vector<Text>(own.size()), shop_.chronicle.created(draft.entry), draft.personal});
        for (std::size_t i = 0; i < own.size(); ++i)
            want(own[i], order.texts[i]);
    }
    if (!keys.empty()) {
        auto found = shop_.translate(spec.language, keys);
        for (std::size_t i = 0; i < std::min(found.size(), places.size()); ++i)
            *places[i] = std::move(found[i]);
    }
    for (auto& order : out) {
        auto const found = titles_.find(order.shown.visit());
        order.texts.push_back(found == titles_.end() ? Text() : found->second);
    }
    return out;
}

Sheet::Piece const& Sheet::piece(EntryId const& entry) const {
    auto const begins = where_.at(entry);
    return days_.at(day_begin(begins)).pieces.at({begins, entry});
}

bool Sheet::speaks_of(EntryId const& entry, std::string const& tag) const {
    auto const& tags = piece(entry).tags;
    return std::any_of(tags.begin(), tags.end(), [&](auto const& one) { return one->first == tag; });
}

void Sheet::take_out(EntryId const& entry) {
    auto const where = where_.find(entry);
    if (where == where_.end())
        return;
    auto const day = days_.find(day_begin(where->second));
    auto const at = day->second.pieces.find({where->second, entry});
    for (auto const tag : at->second.tags)
        if (--tag->second == 0)
            tags_.erase(tag);
    for (auto const zone : at->second.zones)
        if (--zone->second == 0)
            zone_years_.erase(zone);
    bytes_ -= at->second.drawn->bytes.size();
    digest_ -= at->second.drawn->digest;
    unreadable_.erase(entry);
    gone_.erase(entry);
    day->second.pieces.erase(at);
    day->second.joined.clear();
    if (day->second.pieces.empty())
        days_.erase(day);
    where_.erase(where);
}

void Sheet::put_in(Draft const& draft, std::shared_ptr<Drawn const> drawn) {
    auto const& shown = *draft.shown;
    Piece piece;
    piece.until = draft.until;
    until_ = std::min(until_, draft.until);
    for (auto& tag : tags_of(shown)) {
        auto const at = tags_.try_emplace(std::move(tag), 0).first;
        ++at->second;
        piece.tags.push_back(at);
    }
    if (!shown.days) {
        auto const years = years_of(shown.starts(), shown.ends());
        for (auto const& time : {shown.starts(), shown.ends()})
            if (!is_utc(time.zone) && names_one_moment(time)) {
                auto const at = zone_years_.try_emplace({time.zone.name(), {years.first, years.last}}, 0).first;
                ++at->second;
                piece.zones.push_back(at);
            }
    }
    if (shown.gone)
        gone_.insert(draft.entry);
    if (!drawn->why.empty())
        unreadable_.insert(draft.entry);
    bytes_ += drawn->bytes.size();
    digest_ += drawn->digest;
    piece.drawn = std::move(drawn);
    auto const begins = instant_of(shown.starts());
    auto& day = days_[day_begin(begins)];
    day.joined.clear();
    day.pieces.emplace(Key(begins, draft.entry), std::move(piece));
    where_[draft.entry] = begins;
}

Result<Feed> Sheet::render(Instant now) {
    auto const entries = touched(now);
    if (!begun_)
        until_ = Instant::max();
    std::vector<Draft> drafts;
    for (auto const& entry : entries) {
        take_out(entry);
        auto one = draft(entry, now);
        if (!one) {
            forget(); // half of it has been taken out
            return one.error();
        }
        drafts.push_back(std::move(one).value());
    }
    auto drawn = shop_.drawings.draw(orders(drafts), audience_.spec().language);
    auto next = drawn.begin();
    for (auto const& draft : drafts)
        if (draft.shown)
            put_in(draft, std::move(*next++));
    begun_ = true;
    last_ = now;

    Feed out;
    out.bytes.reserve(bytes_ + (16 << 10));
    out.bytes += head(now);
    out.name = name();
    auto digest = digest_of(out.bytes);
    out.etag = "\"" + (digest += digest_).hex() + "\"";
    bool const large = bytes_ > joined_from; // else putting it together is as quick as copying it
    for (auto& [begin, day] : days_) {
        auto& to = large ? day.joined : out.bytes;
        if (!large || day.joined.empty())
            for (auto const& [key, piece] : day.pieces)
                to += piece.drawn->bytes;
        if (large)
            out.bytes += day.joined;
    }
    out.bytes += "END:VCALENDAR\r\n";
    for (auto const& entry : unreadable_)
        out.unreadable.push_back(piece(entry).drawn->why);
    auto tags = audience_.tags();
    for (auto const& tag : tags_)
        tags.insert(tag.first);
    out.tags.assign(tags.begin(), tags.end());
    return out;
}

} // namespace kogge::calendar
