// SPDX-License-Identifier: EUPL-1.2
#include "store/findings.hpp"

#include "store/rows.hpp"

#include <kogge/findings.hpp>
#include <kogge/json.hpp>

#include <map>

namespace kogge::host::store {

namespace {

/// CHECK_FAILED: a check that is silent because it broke must not look like one that has nothing to say.
json::object check_failed(std::string const& what) {
    Finding finding{.code = "CHECK_FAILED",
                    .level = FindingLevel::warn,
                    .subject = what.substr(0, what.find(':')),
                    .args = {{"check", what}}};
    finding.scope = finding.subject;
    auto out = to_json(finding).as_object();
    out["key"] = finding.key();
    return out;
}

FindingLevel level_of(json::object const& finding) {
    auto const* level = finding.if_contains("level");
    auto const read = level ? from_json<FindingLevel>(*level) : Result<FindingLevel>(FindingLevel::note);
    return read ? read.value() : FindingLevel::note;
}

std::map<std::string_view, json::object const*> by_key(json::array const& findings) {
    std::map<std::string_view, json::object const*> out;
    for (auto const& finding : findings) out.emplace(text_of(finding.get_object(), "key"), &finding.get_object());
    return out;
}

/// {"person","entity","id"} to one per person.
json::array by_person(json::array const& affected) {
    json::array out;
    std::map<std::string, std::size_t> places;
    for (auto const& one : affected) {
        auto const* object = one.if_object();
        auto const person = object ? std::string(text_of(*object, "person")) : std::string();
        if (person.empty()) continue;
        auto const [place, fresh] = places.emplace(person, out.size());
        if (fresh) out.push_back({{"person", person}, {"because", json::array()}});
        json::object const because{{"entity", text_of(*object, "entity")}, {"id", text_of(*object, "id")}};
        auto& list = out[place->second].get_object().at("because").get_array();
        if (std::find(list.begin(), list.end(), json::value(because)) == list.end()) list.push_back(because);
    }
    return out;
}

} // namespace

json::array keyed(json::array&& findings, std::vector<std::string> const& failed) {
    json::array out;
    std::set<std::string> seen;
    for (auto& value : findings) {
        auto const finding = from_json<Finding>(value);
        auto document =
            finding ? std::move(value.get_object()) : check_failed("a finding that cannot be read: " + finding.error().message);
        auto const key = finding ? finding.value().key() : std::string(text_of(document, "key"));
        document["key"] = key;
        if (seen.insert(key).second) out.push_back(std::move(document));
    }
    for (auto const& what : failed) {
        auto document = check_failed(what);
        if (seen.insert(std::string(text_of(document, "key"))).second) out.push_back(std::move(document));
    }
    return out;
}

void weigh(Checked&& checked, ChangeSetRequest const& request, Outcome& outcome) {
    auto const before = keyed(std::move(checked.before), {});
    auto const after = keyed(std::move(checked.after), checked.failed);
    auto const was = by_key(before);
    auto const is = by_key(after);
    bool blocked = false, unconfirmed = false;
    for (auto const& value : after) {
        auto const& finding = value.get_object();
        auto const key = text_of(finding, "key");
        auto const old = was.find(key);
        auto const level = level_of(finding);
        if (old != was.end() && level <= level_of(*old->second)) {
            if (*old->second != finding) outcome.shifted.push_back(finding);
            continue; // it was there already: this change has not brought it
        }
        outcome.introduced.push_back(finding);
        blocked = blocked || level == FindingLevel::block;
        unconfirmed = unconfirmed || (level == FindingLevel::block_release && !request.confirms(std::string(key)));
    }
    for (auto const& value : before)
        if (!is.contains(text_of(value.get_object(), "key"))) outcome.resolved.push_back(value);
    outcome.affected = by_person(checked.affected);
    outcome.verdict = blocked ? Verdict::refused : unconfirmed ? Verdict::needs_confirmation : Verdict::would_commit;
}

} // namespace kogge::host::store
