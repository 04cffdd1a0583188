// SPDX-License-Identifier: EUPL-1.2
// A house without a daemon, for tests of rules: documents in a map, change sets turned into the batches a plugin's world follows,
// and the rules asked exactly as the host asks them. TestHost (kogge/testing.hpp) is the real thing and takes a second to build;
// this takes milliseconds, and shows what is found before and after a change.
#pragma once

#include <kogge/change.hpp>
#include <kogge/findings.hpp>
#include <kogge/host.hpp>

#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace kogge::testing {

inline std::string read_text(std::string const& path) {
    std::ifstream file(path);
    if (!file)
        throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}
inline json::value read_json(std::string const& path) { return json::parse(read_text(path)); }

/// A finding that comes up twice under one key is a fault of the rules: it throws.
inline std::map<std::string, Finding> by_key(Findings const& findings) {
    std::map<std::string, Finding> out;
    for (auto const& finding : findings.list())
        if (auto const [at, fresh] = out.emplace(finding.key(), finding); !fresh)
            throw std::logic_error("found twice: " + finding.key());
    return out;
}

/// What a change brings and cures, by key, and who is told.
struct Preview {
    std::map<std::string, Finding> before, after;
    std::set<std::pair<Id<Person>, Ref>> told;

    /// As the host has it: what was not there, or weighs more than before.
    std::vector<Finding> introduced() const {
        std::vector<Finding> out;
        for (auto const& [key, finding] : after)
            if (auto const old = before.find(key); old == before.end() || old->second.level < finding.level)
                out.push_back(finding);
        return out;
    }
    std::vector<Finding> resolved() const {
        std::vector<Finding> out;
        for (auto const& [key, finding] : before)
            if (!after.contains(key))
                out.push_back(finding);
        return out;
    }
    /// There before and after, but not in the same words.
    std::vector<Finding> shifted() const {
        std::vector<Finding> out;
        for (auto const& [key, finding] : after)
            if (auto const was = before.find(key);
                was != before.end() && (was->second.args != finding.args || was->second.subject != finding.subject))
                out.push_back(finding);
        return out;
    }
    std::set<std::string> people() const {
        std::set<std::string> out;
        for (auto const& [person, ref] : told)
            out.insert(person.str());
        return out;
    }
};

/// `Picture` has a `World world`; `rules(picture, scope, findings, told)` is what the plugin gives to Host::rules().
template <class Picture, auto rules>
class House {
  public:
    Picture picture;

    /// A change set as the batch of `changes` it would be: full documents before and after.
    json::array batch(ChangeSet const& changes) const {
        json::array out;
        std::map<Ref, json::value> staged;
        for (auto const& change : changes.changes()) {
            auto const ref = ref_of(change);
            auto const op = std::string(change.at("op").as_string());
            json::value before;
            if (auto const s = staged.find(ref); s != staged.end())
                before = s->second;
            else if (auto const d = documents_.find(ref); d != documents_.end())
                before = d->second;
            json::value after;
            if (op != "delete") {
                json::object document = before.is_object() ? before.get_object() : json::object{{"id", ref.id}, {"rev", 0}};
                for (auto const& [name, value] : change.at("fields").as_object())
                    document[name] = value;
                document["rev"] = document["rev"].as_int64() + 1;
                after = std::move(document);
            }
            staged[ref] = after;
            out.push_back({{"entity", ref.entity}, {"id", ref.id}, {"op", op}, {"before", before}, {"after", after}});
        }
        return out;
    }

    Preview preview(ChangeSet const& changes) { return preview(batch(changes)); }
    Preview preview(json::array const& changes) {
        std::set<Ref> touched;
        for (auto const& change : changes)
            touched.insert(ref_of(change));
        Scope const scope({}, std::move(touched), &changes);
        Findings before, after;
        Told told;
        rules(picture, scope, before, told);
        picture.world.apply(changes);
        rules(picture, scope, after, told);
        picture.world.revert(changes);
        return {by_key(before), by_key(after), told.list()};
    }

    void commit(ChangeSet const& changes) { commit(batch(changes)); }
    void commit(json::array const& changes) {
        for (auto const& change : changes)
            if (change.at("after").is_null())
                documents_.erase(ref_of(change));
            else
                documents_[ref_of(change)] = change.at("after");
        picture.world.apply(changes);
    }
    /// Everything in an export (GET /api/v1/export), each at revision 1.
    void commit_export(json::value const& document) {
        json::array changes;
        for (auto const& [kind, list] : document.at("entities").as_object())
            for (auto const& entity : list.as_array()) {
                auto after = entity.as_object();
                after["rev"] = 1;
                changes.push_back({{"entity", kind}, {"id", after.at("id")}, {"op", "create"}, {"before", nullptr}, {"after", after}});
            }
        commit(changes);
    }

    std::map<std::string, Finding> standing(std::optional<Id<Visit>> visit = {}) const {
        Findings out;
        Told nobody;
        rules(picture, Scope(std::move(visit), {}), out, nobody);
        return by_key(out);
    }

    std::int64_t rev(Ref const& ref) const { return documents_.at(ref).at("rev").as_int64(); }

  private:
    static Ref ref_of(json::value const& change) {
        return {std::string(change.at("entity").as_string()), std::string(change.at("id").as_string()), {}};
    }
    std::map<Ref, json::value> documents_;
};

} // namespace kogge::testing
