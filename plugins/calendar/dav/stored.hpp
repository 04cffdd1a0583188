// SPDX-License-Identifier: EUPL-1.2
// Users' own collections: any VEVENT, VTODO, VJOURNAL, VFREEBUSY as it was put, byte for byte, and plain collections for
// anything else. Owner: everything. Others: what is shared with them, and of the rest they learn nothing.
#pragma once

#include "dav/collection.hpp"
#include "dav/shelf.hpp"

#include <kogge/change.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace kogge::calendar::dav {

/// Applies a change set; the outcome document of the API. Others may come in before it returns.
using Commit = std::function<Result<json::value>(ChangeSet const&)>;

class Calendars : public Source {
  public:
    Calendars(Shelf& shelf, Commit commit, std::function<Instant()> now) : shelf_(shelf), commit_(std::move(commit)), now_(std::move(now)) {}

    std::vector<std::shared_ptr<Collection>> home(Principal const& who, std::string_view owner) override;
    std::shared_ptr<Collection> find(Principal const& who, std::string_view owner, std::string_view path) override;

    /// Collections that lie in a plain one.
    std::vector<std::shared_ptr<Collection>> below(Principal const& who, std::string_view owner, std::string_view path);
    /// Whether somebody shares anything of theirs with `who`, so that their home is there at all.
    bool knows_home(Principal const& who, std::string_view owner);
    /// On first contact: the principal, their inbox and a calendar to begin with.
    Answer<void> welcome(Principal const& who);

    /// Where invitations go, and when one can be invited at all; nothing: as it was.
    Answer<void> set_scheduling(Principal const& who, std::optional<std::string> const& default_calendar, std::optional<std::string> const& availability);

    /// A new collection of `who`'s own at `path` below their home.
    Answer<void> make(Principal const& who, std::string_view path, About::Kind kind, PropertyChanges const& properties);
    /// With all that lies in it.
    Answer<void> remove(Principal const& who, std::string_view owner, std::string_view path);
    /// A collection to another path of the same owner; with `copy` the old one stays. Members only with `deep`. What stands
    /// at `to` is replaced in the same change set.
    Answer<void> transfer_collection(Principal const& who, std::string_view path, std::string_view to, bool copy, bool deep);
    /// A member to another collection or name. Whoever calls has looked at privileges and overwriting; UIDs are looked at here.
    Answer<void> transfer_member(Principal const& who, Collection& from, std::string_view name, Collection& to, std::string_view new_name, bool copy);

    Shelf& shelf() { return shelf_; }

  private:
    friend class Stored;
    Drawer* walk(std::string const& owner, std::string_view path);
    Privileges privileges(Principal const& who, Drawer const& drawer) const;
    std::shared_ptr<Collection> show(Principal const& who, Drawer& drawer, std::string_view home);
    void erase_tree(ChangeSet& changes, Drawer& drawer);
    void copy_tree(ChangeSet& changes, Drawer& drawer, std::string const& parent, std::string const& slug, bool deep);
    /// Why it did not happen, if it did not.
    Answer<void> commit(ChangeSet& changes, Principal const& who);

    Shelf& shelf_;
    Commit commit_;
    std::function<Instant()> now_;
    std::set<std::pair<std::string, std::string>> arriving_; // (collection, UID) of PUTs under way
};

/// Properties as a row keeps them; the refusal names one that cannot be set.
Answer<void> apply_properties(CalendarCollection& row, PropertyChanges const& changes);

} // namespace kogge::calendar::dav
