// SPDX-License-Identifier: EUPL-1.2
// What a check has to say. A finding names its rule (code), how much it weighs (level), what it is about (subject) and
// the entities that cause it (refs). Its sentence is a template by code and language in the plugin's manifest.
#pragma once

#include <kogge/id.hpp>
#include <kogge/time.hpp>

#include <boost/describe.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace kogge {

struct Visit;
struct Person;

/// note: good to know. warn: look at it. block_release: refused until somebody confirms. block: refused.
enum class FindingLevel { note, warn, block_release, block };
BOOST_DESCRIBE_ENUM(FindingLevel, note, warn, block_release, block)

/// Points at one entity, and at a field of it where a check knows which.
struct Ref {
    std::string entity;
    std::string id;
    std::string field = {};
    friend auto operator<=>(Ref const&, Ref const&) = default;
};
BOOST_DESCRIBE_STRUCT(Ref, (), (entity, id, field))

template <class T>
Ref ref(Id<T> const& id) {
    return {kind_of<T>(), id.str()};
}

struct Finding {
    std::string code;                        // OVERLAP
    FindingLevel level = FindingLevel::note;
    std::string subject;                     // what the list shows: "lg-01>lg-02", "22 09:15-10:45"
    Id<Visit> visit = {};
    std::vector<Ref> refs = {};              // the causes; the first one is where the desk jumps to
    std::map<std::string, std::string> args = {}; // fill the {names} of the template
    std::string scope = {};                  // tells findings of the same causes apart: "p-g08", "track A"

    /// Same key, same problem: a change that only shifts it has not brought it.
    std::string key() const {
        auto sorted = refs;
        std::sort(sorted.begin(), sorted.end());
        std::string out = code;
        for (auto const& r : sorted)
            out += "|" + r.entity + "/" + r.id;
        return scope.empty() ? out : out + "|" + scope;
    }
};
BOOST_DESCRIBE_STRUCT(Finding, (), (code, level, subject, visit, refs, args, scope))

/// Where checks put their findings.
class Findings {
  public:
    void add(Finding finding) { list_.push_back(std::move(finding)); }
    /// One entity's own rule: subject and cause are that entity, filled in by the caller of the rule.
    void add(FindingLevel level, std::string code, std::string field = {}, std::map<std::string, std::string> args = {}) {
        auto& finding = list_.emplace_back();
        finding.code = std::move(code);
        finding.level = level;
        finding.args = std::move(args);
        finding.refs.emplace_back().field = std::move(field);
    }
    void note(std::string code, std::string field = {}) { add(FindingLevel::note, std::move(code), std::move(field)); }
    void warn(std::string code, std::string field = {}) { add(FindingLevel::warn, std::move(code), std::move(field)); }
    void block_release(std::string code, std::string field = {}) { add(FindingLevel::block_release, std::move(code), std::move(field)); }
    void block(std::string code, std::string field = {}) { add(FindingLevel::block, std::move(code), std::move(field)); }

    std::vector<Finding> const& list() const { return list_; }
    std::vector<Finding>& list() { return list_; }

  private:
    std::vector<Finding> list_;
};

} // namespace kogge
