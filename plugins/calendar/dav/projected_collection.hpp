// SPDX-License-Identifier: EUPL-1.2
// One projected calendar in the hands of the protocol: reading is the view's, a PUT or DELETE becomes a change set.
#pragma once

#include "dav/projected.hpp"

namespace kogge::calendar::dav {

class Projected final : public Collection {
  public:
    Projected(Projections& source, std::shared_ptr<View> view, Principal const& who, std::string slug);

    About const& about() const override { return about_; }
    Privileges privileges(Principal const& who) const override;
    std::int64_t revision() const override { return view_->revision(); }
    void each(std::function<void(Member const&)> const& visit) const override;
    std::size_t count() const override { return view_->held().size(); }
    Member const* find(std::string_view name) const override;
    Member const* find_uid(std::string_view uid) const override;
    Bytes bytes(Member const& member) const override;
    std::optional<Changes> changes(std::int64_t token, std::size_t most) const override { return view_->changes(token, most); }
    void overlapping(std::string_view component, Interval range, Zone zone, std::function<void(Member const&, bool exact)> const& visit) const override;
    std::vector<ical::BusyPeriod> busy(Interval range, Zone zone) const override;

    Answer<PutDone> put(Principal const& who, PutRequest const& request) override;
    Answer<void> erase(Principal const& who, std::string_view name, std::optional<std::string> const& based_on) override;
    Answer<void> patch(Principal const& who, PropertyChanges const& changes) override;

  private:
    struct Sent;
    Answer<void> allowed(Principal const& who, std::string_view name, std::optional<std::string> const& based_on, bool must_be_new) const;
    Answer<void> edit(Principal const& who, EntryId const& entry, Sent const& sent);
    Answer<std::string> create(Principal const& who, std::string const& name, Sent const& sent);
    Answer<void> keep_extra(Principal const& who, Given const& given, Id<Visit> const& visit, Sent const& sent);
    Answer<Id<Visit>> visit_for(Principal const& who, Sent const& sent) const;
    /// An item that was here under this id and was deleted: it comes back with all it had.
    std::optional<ProgrammeItem> deleted(Id<ProgrammeItem> const& id, Id<Visit> const& visit) const;
    std::optional<Id<ProgrammeItem>> former_id(std::string_view uid) const;
    void take_out(ChangeSet& changes, ProgrammeItem const& item, std::int64_t rev) const;
    void take_out(ChangeSet& changes, Leg const& leg, std::int64_t rev) const;
    Picture const& picture() const;
    FeedSpec const& spec() const { return view_->spec(); }
    std::string display_name(Principal const& who) const;

    Projections& source_;
    std::shared_ptr<View> view_;
    About about_;
};

} // namespace kogge::calendar::dav
