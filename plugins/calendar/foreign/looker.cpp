// SPDX-License-Identifier: EUPL-1.2
#include "foreign/looker.hpp"

#include "foreign/words.hpp"

#include <utility>

namespace kogge::calendar::foreign {

namespace {

constexpr std::size_t at_once = 4;
constexpr std::chrono::hours noted_at_least{6}; // the time of a look that brought nothing is written down no more often
constexpr char const* job = "foreign calendars";

LocalTime utc_time(Instant at) { return local_of(at, {}); }

/// The fields of `after` that differ.
json::object changed_fields(ForeignCalendar const& before, ForeignCalendar const& after) {
    json::value const old_value = to_json(before), new_value = to_json(after);
    auto const& old = old_value.get_object();
    json::object out;
    for (auto const& [name, value] : new_value.get_object())
        if (old.at(name) != value)
            out[name] = value;
    return out;
}

} // namespace

std::vector<std::string> pieces_of(std::string_view text) {
    constexpr std::size_t longest = 90'000;
    std::vector<std::string> out;
    while (!text.empty()) {
        auto cut = std::min(longest, text.size());
        while (cut < text.size() && cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0u) == 0x80u)
            --cut;
        out.emplace_back(text.substr(0, cut));
        text.remove_prefix(cut);
    }
    return out;
}

std::string joined(std::vector<std::string> const& pieces) {
    std::string out;
    for (auto const& piece : pieces)
        out += piece;
    return out;
}

Result<void> committed(json::value const& outcome) {
    auto const text = [&](char const* name) {
        auto const* member = outcome.is_object() ? outcome.get_object().if_contains(name) : nullptr;
        return member && member->is_string() ? std::string(member->get_string()) : std::string();
    };
    auto const verdict = text("verdict");
    if (verdict == "committed" || verdict == "unchanged")
        return boost::outcome_v2::success();
    auto const detail = text("detail");
    return Error{ErrorCode::conflict, detail.empty() ? "this calendar was changed at the same moment; try again" : detail, {}};
}

Looker::Looker(Host& host, Book& book, ForeignSettings settings) : host_(host), book_(book), settings_(std::move(settings)) {}

Day Looker::today() const { return std::chrono::floor<std::chrono::days>(std::chrono::local_seconds(host_.now().time_since_epoch())); }
double Looker::chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }

std::optional<Instant> Looker::next(Id<ForeignCalendar> const& id) const {
    auto const found = pulses_.find(id);
    return found == pulses_.end() ? std::nullopt : std::optional(found->second.next);
}
std::int64_t Looker::looks(Id<ForeignCalendar> const& id) const {
    auto const found = pulses_.find(id);
    return found == pulses_.end() ? 0 : found->second.looks;
}
std::optional<Instant> Looker::last_ok(Id<ForeignCalendar> const& id) const {
    auto const found = pulses_.find(id);
    return found == pulses_.end() ? std::nullopt : found->second.last_ok;
}

Reading Looker::reading_for(Id<Person> const& person, std::optional<std::string> const& zone) const {
    Reading out;
    out.now = host_.now();
    auto const midnight = std::chrono::floor<std::chrono::days>(out.now);
    out.window = {midnight - std::chrono::days(settings_.past_days), midnight + std::chrono::days(settings_.ahead_days)};
    if (zone)
        if (auto known = Zone::parse(*zone))
            out.zone = known.value();
    out.otherwise = settings_.zone;
    out.owner = book_.address_of(person);
    return out;
}

bool Looker::due(Row<ForeignCalendar> const& row, Instant now) const {
    auto const& calendar = row.value;
    if (under_way_.contains(calendar.id))
        return false;
    auto const pulse = pulses_.find(calendar.id);
    if (pulse == pulses_.end() || pulse->second.next <= now)
        return true;
    return calendar.error == LookError::none && calendar.window_day != today(); // a new day has other busy times
}

void Looker::round() {
    std::erase_if(pulses_, [&](auto const& entry) { return !book_.calendars.row(entry.first) && !under_way_.contains(entry.first); });
    auto const now = host_.now();
    std::vector<Id<ForeignCalendar>> list;
    for (auto const& [id, row] : book_.calendars.rows())
        if (due(row, now))
            list.push_back(id);
    for (auto const& id : list) {
        auto const* row = book_.calendars.row(id); // while one is written, others come and go
        if (!row)
            continue;
        if (row->value.kind == ForeignKind::file)
            rework_file(*row);
        else if (under_way_.size() < at_once)
            start(*row);
    }
}

void Looker::look_soon(Id<ForeignCalendar> const& id, bool anew) {
    auto& pulse = pulses_[id];
    pulse.next = Instant();
    if (anew) {
        pulse.anew = true;
        pulse.account = std::make_shared<Account>(); // a look under way goes on with the old one
    }
    host_.wake(job);
}

void Looker::try_out(Target target, Reading reading, LookDone done) {
    auto const account = std::make_shared<Account>();
    look_at([this](Fetch wish, auto then) {
        if (auto const asked = host_.fetch(wish, then); !asked)
            then(asked.error());
    }, std::move(target), std::move(reading), settings_.limits, account.get(), [account, done = std::move(done)](LookResult result) { done(std::move(result)); });
}

void Looker::start(Row<ForeignCalendar> const& row) {
    auto const id = row.value.id;
    auto const calendar = whole(id);
    if (!calendar || !calendar.value().value.url) {
        pulses_[id].next = host_.now() + settings_.pace.usual;
        return host_.log("a calendar elsewhere cannot be looked at: " + (calendar ? "it has no address" : calendar.error().message), KG_LOG_WARN);
    }
    auto const& known = calendar.value().value;
    auto& pulse = pulses_[id];
    Target target{known.kind, *known.url, known.user, known.password, {}, {}};
    if (!std::exchange(pulse.anew, false) && known.window_day == today()) {
        target.etag = known.etag;
        target.last_modified = known.last_modified;
    }
    under_way_.insert(id);
    look_at([this](Fetch wish, auto then) {
        if (auto const asked = host_.fetch(wish, then); !asked)
            then(asked.error());
    }, std::move(target), reading_for(known.person, known.zone), settings_.limits, pulse.account.get(),
            [this, id, account = pulse.account](LookResult result) { arrived(id, std::move(result)); });
}

void Looker::arrived(Id<ForeignCalendar> const& id, LookResult result) {
    under_way_.erase(id);
    if (auto const known = whole(id)) { // else it was taken out meanwhile
        if (result.arrived)
            came(known.value().value, known.value().rev, std::move(result.arrived).value());
        else
            failed(known.value().value, known.value().rev, result.arrived.error(), result.retry_after);
    }
    ++pulses_[id].looks;
    host_.wake(job); // somebody may be waiting for the place
}

void Looker::came(ForeignCalendar const& calendar, std::int64_t rev, Arrived arrived) {
    auto const now = host_.now();
    auto after = calendar;
    after.error = LookError::none;
    after.error_detail.clear();
    after.failing_since.reset();
    after.failures = 0;
    after.window_day = today();
    ChangeSet changes("busy times from a calendar elsewhere");
    if (!arrived.unchanged) {
        after.etag = arrived.etag;
        after.last_modified = arrived.last_modified;
        after.events = std::int64_t(arrived.digest.events);
        after.refresh_minutes = arrived.digest.refresh.value_or(Minutes(0)).count();
        add_difference(calendar, arrived.digest.busy, book_.times_of(calendar.id), changes);
    }
    if (arrived.moved) {
        after.url = arrived.moved;
        after.host = host_of(*arrived.moved);
    }
    bool const noteworthy = !changes.empty() || !changed_fields(calendar, after).empty();
    if (noteworthy || !calendar.last_ok || instant_of(*calendar.last_ok) + noted_at_least <= now)
        after.last_ok = utc_time(now);
    auto& pulse = pulses_[calendar.id];
    pulse.last_ok = now;
    auto const wish = after.refresh_minutes > 0 ? std::optional(Minutes(after.refresh_minutes)) : std::nullopt;
    pulse.next = next_look(now, settings_.pace, wish, 0, LookError::none, {}, chance());
    if (auto fields = changed_fields(calendar, after); !fields.empty())
        changes.update(calendar.id, rev, std::move(fields));
    if (!changes.empty() && !write(changes)) { // somebody changed the calendar meanwhile
        auto& again = pulses_[calendar.id];
        again.next = now + std::chrono::minutes(1);
        again.anew = true;
        again.account = std::make_shared<Account>();
    }
}

void Looker::failed(ForeignCalendar const& calendar, std::int64_t rev, Trouble const& trouble, std::optional<std::chrono::seconds> retry) {
    auto const now = host_.now();
    auto after = calendar;
    after.error = trouble.what;
    after.error_detail = clean(trouble.detail, 300);
    after.failures = calendar.failures + 1;
    if (!after.failing_since)
        after.failing_since = utc_time(now);
    if (auto const seen = last_ok(calendar.id))
        after.last_ok = utc_time(*seen);
    pulses_[calendar.id].next = next_look(now, settings_.pace, {}, after.failures, trouble.what, retry, chance());
    ChangeSet changes("a calendar elsewhere could not be read");
    changes.update(calendar.id, rev, changed_fields(calendar, after));
    write(changes);
}

void Looker::rework_file(Row<ForeignCalendar> const& row) {
    auto const known = whole(row.value.id);
    auto& pulse = pulses_[row.value.id];
    pulse.next = host_.now() + std::chrono::hours(24);
    ++pulse.looks;
    if (!known || known.value().value.content.empty() || (known.value().value.window_day == today() && !std::exchange(pulse.anew, false)))
        return;
    auto const& calendar = known.value().value;
    auto said = digest(joined(calendar.content), reading_for(calendar.person, calendar.zone), settings_.limits.digest);
    if (!said)
        return failed(calendar, known.value().rev, said.error(), {});
    Arrived arrived;
    arrived.digest = std::move(said).value();
    arrived.digest.events = std::size_t(calendar.events); // of the file as it was uploaded
    came(calendar, known.value().rev, std::move(arrived));
}

Result<Settled> Looker::take_file(ForeignCalendar calendar, std::optional<std::int64_t> rev, std::string_view text, std::vector<std::string> before,
                                  std::string const& actor, std::string const& language) {
    auto const refuse = [&](Trouble const& trouble) { return invalid(look_text(trouble.what, trouble.detail, language), "/text"); };
    auto reading = reading_for(calendar.person, calendar.zone);
    auto said = digest(text, reading, settings_.limits.digest);
    if (!said)
        return refuse(said.error());
    auto kept = reduced(text, reading.window.begin, reading.owner, settings_.limits.digest);
    if (!kept)
        return refuse(kept.error());
    auto const stored = calendar;
    calendar.content = pieces_of(kept.value());
    calendar.previous = std::move(before);
    calendar.events = std::int64_t(said.value().events);
    calendar.window_day = today();
    calendar.last_ok = utc_time(host_.now());
    calendar.error = LookError::none;
    calendar.failures = 0;
    calendar.failing_since.reset();
    if (calendar.name.empty())
        calendar.name = said.value().name;
    ChangeSet changes("busy times from an uploaded calendar");
    changes.by(actor);
    if (rev)
        changes.update(calendar.id, *rev, changed_fields(stored, calendar));
    else
        changes.create(calendar);
    Settled out{add_difference(calendar, said.value().busy, book_.times_of(calendar.id), changes), std::move(said.value().remarks)};
    KOGGE_TRY(auto const outcome, host_.apply(changes));
    KOGGE_TRY(committed(outcome));
    pulses_[calendar.id].next = host_.now() + std::chrono::hours(24);
    return out;
}

json::array Looker::clashes(ForeignCalendar const& calendar, Digest const& digest, std::string const& language) {
    constexpr std::size_t most = 50;
    ChangeSet changes("a preview");
    changes.dry_run().in(language).create(calendar);
    add_difference(calendar, digest.busy, {}, changes);
    json::array out;
    auto const outcome = host_.apply(changes);
    auto const* object = outcome ? outcome.value().if_object() : nullptr;
    auto const* introduced = object ? object->if_contains("introduced") : nullptr;
    if (!introduced || !introduced->is_array())
        return out;
    for (auto const& finding : introduced->get_array()) {
        if (out.size() == most)
            break;
        json::object row;
        for (auto const* name : {"code", "level", "subject", "visit", "text"})
            if (auto const* value = finding.as_object().if_contains(name))
                row[name] = *value;
        out.push_back(std::move(row));
    }
    return out;
}

bool Looker::write(ChangeSet const& changes) {
    auto const outcome = host_.apply(changes);
    auto const done = outcome ? committed(outcome.value()) : Result<void>(outcome.error());
    if (!done)
        host_.log("busy times were not written: " + done.error().message, KG_LOG_WARN);
    return done.has_value();
}

} // namespace kogge::calendar::foreign
