// SPDX-License-Identifier: EUPL-1.2
// Change sets: the one way anything gets into Kogge. Several creations, updates and deletions, all or none.
#pragma once

#include <kogge/json.hpp>

#include <optional>
#include <string>
#include <utility>

namespace kogge {

/// Builds the document that `POST /changes` and the store take.
class ChangeSet {
  public:
    explicit ChangeSet(std::string reason = {}) : reason_(std::move(reason)) {}

    template <class T>
    ChangeSet& create(T const& value) {
        auto fields = to_json(value).as_object();
        fields.erase("id");
        changes_.push_back({{"op", "create"}, {"entity", kind_of<T>()}, {"id", value.id.str()}, {"fields", std::move(fields)}});
        return *this;
    }
    /// Only the fields named change; `rev` is the revision the caller looked at.
    template <class T>
    ChangeSet& update(Id<T> const& id, std::int64_t rev, json::object fields) {
        changes_.push_back({{"op", "update"}, {"entity", kind_of<T>()}, {"id", id.str()}, {"rev", rev}, {"fields", std::move(fields)}});
        return *this;
    }
    template <class T>
    ChangeSet& erase(Id<T> const& id, std::int64_t rev) {
        changes_.push_back({{"op", "delete"}, {"entity", kind_of<T>()}, {"id", id.str()}, {"rev", rev}});
        return *this;
    }

    /// Who the change log will name: the id of the caller it is done for. Without it the plugin is named.
    ChangeSet& by(std::string actor) {
        actor_ = std::move(actor);
        return *this;
    }

    /// Nothing is written: the outcome says what would come of it.
    ChangeSet& dry_run() {
        dry_run_ = true;
        return *this;
    }

    /// The language of the sentences in its outcome; English otherwise.
    ChangeSet& in(std::string language) {
        language_ = std::move(language);
        return *this;
    }

    bool empty() const { return changes_.empty(); }
    std::string const& reason() const { return reason_; }
    json::array const& changes() const { return changes_; }
    json::value document() const {
        json::object out{{"reason", reason_}, {"changes", changes_}};
        if (!actor_.empty())
            out["actor"] = actor_;
        if (!language_.empty())
            out["language"] = language_;
        if (dry_run_)
            out["dry_run"] = true;
        return out;
    }

  private:
    std::string reason_, actor_, language_;
    bool dry_run_ = false;
    json::array changes_;
};

} // namespace kogge
