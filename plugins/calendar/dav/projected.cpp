// SPDX-License-Identifier: EUPL-1.2
#include "dav/projected.hpp"

#include "dav/projected_collection.hpp"
#include "dav/projected_words.hpp"

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t most_views = 64; // kept between requests

constexpr std::string_view own_slug = "programme";

bool starts_with_of(std::string_view slug, std::string_view prefix, std::string& id) {
    if (!slug.starts_with(prefix) || !is_id(slug.substr(prefix.size())))
        return false;
    id = std::string(slug.substr(prefix.size()));
    return true;
}

/// A user who is somebody in the programme and does not plan it sees their own part of it.
bool sees_everything(Principal const& who) { return who.may("write") || (who.may("read") && !who.person); }

/// What a slug is a view of, for this reader; nothing when there is no such or they must not know.
std::optional<FeedSpec> spec_of(Principal const& who, std::string_view slug) {
    FeedSpec spec;
    spec.language = who.language;
    std::string id;
    if (slug == own_slug && who.person && who.may("read")) {
        spec.scope = FeedScope::person;
        spec.id = who.person->str();
        return spec;
    }
    if (!sees_everything(who))
        return std::nullopt;
    if (starts_with_of(slug, "visit.", id)) {
        spec.scope = FeedScope::visit;
        spec.visit = Id<Visit>(id);
    } else if (starts_with_of(slug, "track.", id)) {
        spec.scope = FeedScope::track;
        spec.id = id;
    } else if (starts_with_of(slug, "person.", id)) {
        spec.scope = FeedScope::person;
        spec.id = id;
    } else
        return std::nullopt;
    return spec;
}

std::string xml_escaped(std::string_view text) {
    std::string out;
    for (char const c : text)
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    return out;
}

std::string text_at(json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Why the checks do not let a change set in: which findings, in a sentence and for programs.
Refusal refused_by_checks(json::object const& outcome, Principal const& who) {
    bool const block = text_at(outcome, "verdict") == "refused";
    std::string said, inside;
    if (auto const* introduced = outcome.if_contains("introduced"); introduced && introduced->is_array())
        for (auto const& one : introduced->get_array()) {
            auto const* finding = one.if_object();
            if (!finding || text_at(*finding, "level") != (block ? "block" : "block_release"))
                continue;
            auto const code = text_at(*finding, "code"), subject = text_at(*finding, "subject");
            said += (said.empty() ? "" : "; ") + code + " " + subject + ": " + text_at(*finding, "text");
            inside += "<finding xmlns=\"" + std::string(ns::kogge) + "\" code=\"" + xml_escaped(code) + "\" subject=\"" + xml_escaped(subject) + "\"/>";
        }
    auto out = condition(403, ns::kogge, block ? "refused-by-check" : "confirmation-needed",
                         (block ? words::refused : words::to_confirm).in(who.language, {{"findings", said}}));
    out.inside = std::move(inside);
    return out;
}

} // namespace

Projections::Projections(Seams seams)
    : seams_(std::move(seams)), view_seams_{seams_.picture, extras_, objects_, seams_.translate, seams_.read_log, seams_.link} {}

/// Kept between requests, so that one that follows redraws only what changed.
std::shared_ptr<View> Projections::view(Principal const& who, FeedSpec const& spec) {
    auto& kept = views_[{who.id, spec}];
    if (!kept.view)
        kept.view = std::make_shared<View>(view_seams_, spec, who.id);
    kept.used = ++uses_;
    auto const out = kept.view;
    if (!out->refresh()) {
        views_.erase({who.id, spec});
        return nullptr;
    }
    if (views_.size() > most_views)
        views_.erase(std::min_element(views_.begin(), views_.end(), [](auto const& a, auto const& b) { return a.second.used < b.second.used; }));
    return out;
}

std::shared_ptr<Collection> Projections::open(Principal const& who, std::string const& slug) {
    auto const spec = spec_of(who, slug);
    auto const opened = spec ? view(who, *spec) : nullptr;
    return opened ? std::make_shared<Projected>(*this, opened, who, slug) : nullptr;
}

std::vector<std::shared_ptr<Collection>> Projections::home(Principal const& who, std::string_view owner) {
    std::vector<std::shared_ptr<Collection>> out;
    if (owner != who.name)
        return out;
    std::vector<std::string> slugs{std::string(own_slug)};
    if (sees_everything(who)) {
        auto const oldest = seams_.now() - std::chrono::days(seams_.past_days);
        std::vector<std::pair<Instant, Id<Visit>>> visits;
        for (auto const& [id, row] : seams_.picture.visits.rows())
            if (seams_.past_days == 0 || instant_of(row.value.ends) >= oldest)
                visits.emplace_back(instant_of(row.value.starts), id);
        std::sort(visits.begin(), visits.end());
        for (auto const& [begin, visit] : visits) {
            slugs.push_back("visit." + visit.str());
            std::vector<std::pair<std::string, std::string>> tracks;
            for (auto const& [id, row] : seams_.picture.tracks.rows())
                if (row.value.visit == visit)
                    tracks.emplace_back(row.value.code, "track." + id.str());
            std::sort(tracks.begin(), tracks.end());
            for (auto& track : tracks)
                slugs.push_back(std::move(track.second));
        }
    }
    for (auto const& slug : slugs)
        if (auto collection = open(who, slug))
            out.push_back(std::move(collection));
    return out;
}

std::shared_ptr<Collection> Projections::find(Principal const& who, std::string_view owner, std::string_view path) {
    return owner == who.name ? open(who, std::string(path)) : nullptr;
}

Answer<void> Projections::commit(ChangeSet const& changes, Principal const& who) const {
    auto const outcome = seams_.apply(changes, who.language);
    if (!outcome)
        switch (outcome.error().code) {
        case ErrorCode::conflict: return refusal(412, words::changed_meanwhile.in(who.language));
        case ErrorCode::denied: return condition(403, ns::dav, "need-privileges", words::read_only.in(who.language));
        case ErrorCode::busy:
        case ErrorCode::timeout: return refusal(503, outcome.error().message);
        default: return condition(403, ns::kogge, "not-possible", outcome.error().message);
        }
    auto const& document = outcome.value().as_object();
    auto const verdict = text_at(document, "verdict");
    if (verdict == "committed" || verdict == "unchanged")
        return boost::outcome_v2::success();
    if (verdict == "conflict")
        return refusal(412, words::changed_meanwhile.in(who.language));
    if (verdict == "refused" || verdict == "needs_confirmation")
        return refused_by_checks(document, who);
    return condition(verdict == "failed" ? 500 : 403, ns::kogge, "not-possible", text_at(document, "detail"));
}

} // namespace kogge::calendar::dav
