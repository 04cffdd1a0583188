// SPDX-License-Identifier: EUPL-1.2
// A store for tests of the core: documents in a map, change sets turned into the batches a plugin's world follows, and
// the check asked exactly as the host asks it.
#pragma once

#include "../rules.hpp"

#include <kogge/change.hpp>

#include <map>
#include <set>
#include <stdexcept>
#include <string>

namespace kogge::relations::test {

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
    std::set<std::string> people() const {
        std::set<std::string> out;
        for (auto const& [person, ref] : told) out.insert(person.str());
        return out;
    }
};

inline std::map<std::string, Finding> by_key(Findings const& findings) {
    std::map<std::string, Finding> out;
    for (auto const& finding : findings.list())
        if (auto const [at, fresh] = out.emplace(finding.key(), finding); !fresh)
            throw std::logic_error("found twice: " + finding.key());
    return out;
}

class House {
  public:
    Picture picture;

    /// A change set as the batch of `changes` it would be: full documents before and after.
    json::array batch(ChangeSet const& changes) const {
        json::array out;
        std::map<Ref, json::value> staged;
        for (auto const& change : changes.changes()) {
            Ref const ref{std::string(change.at("entity").as_string()), std::string(change.at("id").as_string()), {}};
            auto const op = std::string(change.at("op").as_string());
            json::value before;
            if (auto const s = staged.find(ref); s != staged.end())
                before = s->second;
            else if (auto const d = documents_.find(ref); d != documents_.end())
                before = d->second;
            json::value after;
            if (op != "delete") {
                json::object document = before.is_object() ? before.get_object() : json::object{{"id", ref.id}, {"rev", 0}};
                for (auto const& [name, value] : change.at("fields").as_object()) document[name] = value;
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
            touched.insert({std::string(change.at("entity").as_string()), std::string(change.at("id").as_string()), {}});
        Scope const scope({}, std::move(touched), &changes);
        Preview out;
        Findings before, after;
        Told told;
        check(picture, scope, usual_notice, before, told);
        picture.world.apply(changes);
        check(picture, scope, usual_notice, after, told);
        picture.world.revert(changes);
        return {by_key(before), by_key(after), told.list()};
    }

    void commit(ChangeSet const& changes) { commit(batch(changes)); }
    void commit(json::array const& changes) {
        for (auto const& change : changes) {
            Ref const ref{std::string(change.at("entity").as_string()), std::string(change.at("id").as_string()), {}};
            if (change.at("after").is_null())
                documents_.erase(ref);
            else
                documents_[ref] = change.at("after");
        }
        picture.world.apply(changes);
    }

    std::map<std::string, Finding> standing(std::optional<Id<Visit>> visit = {}) const {
        Findings out;
        Told nobody;
        check(picture, Scope(std::move(visit), {}), usual_notice, out, nobody);
        return by_key(out);
    }

    std::int64_t rev(Ref const& ref) const { return documents_.at(ref).at("rev").as_int64(); }

  private:
    std::map<Ref, json::value> documents_;
};

} // namespace kogge::relations::test
