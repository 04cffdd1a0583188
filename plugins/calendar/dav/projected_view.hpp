// SPDX-License-Identifier: EUPL-1.2
// One projected calendar as one reader sees it: its resources, drawn by the code that draws feeds, kept, and drawn again only
// where something happened. Follows the journal of the picture, so a change made on the desk is in the next answer.
#pragma once

#include "dav/collection.hpp"
#include "dav/projected_edit.hpp"
#include "dav/projected_entities.hpp"
#include "feed/audience.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace kogge::calendar::dav {

/// Extras by user and entry, in step with the store.
class Extras {
  public:
    Extras();
    Mirror<CalendarExtra> mirror;
    World world{&mirror};
    Row<CalendarExtra> const* of(std::string const& user, EntryId const& entry) const;
    /// Entries of a user whose extra has changed since `position`; what `end` said then.
    std::int64_t end() const { return std::int64_t(changed_.size()); }
    template <class Look>
    void since(std::int64_t position, std::string const& user, Look look) const {
        for (auto i = std::size_t(position); i < changed_.size(); ++i)
            if (changed_[i].first == user)
                look(changed_[i].second);
    }
    std::vector<EntryId> all_of(std::string const& user) const;

  private:
    std::map<std::pair<std::string, EntryId>, Id<CalendarExtra>> by_entry_;
    std::vector<std::pair<std::string, EntryId>> changed_; // grows with edits made by calendar programs alone
};

/// The resource of an entry as everybody with one language is given it.
struct Object {
    Bytes bytes;
    std::string uid, etag;
    Interval when;
    EventStatus status = EventStatus::confirmed;
    Instant revised{};
};

/// Objects that some view holds, each once for all users of a language.
class Objects {
  public:
    /// `texts` as texts_of() names them, the visit's title last: those it is drawn with.
    std::shared_ptr<Object const> of(Picture const& picture, Shown const& shown, std::vector<Text> const& texts, std::string const& language, std::string const& link);

  private:
    struct Kept {
        std::int64_t rev = 0, revised_us = 0;
        Neighbours neighbours;
        std::vector<Text> texts;
        std::weak_ptr<Object const> object;
    };
    std::map<std::pair<EntryId, std::string>, Kept> kept_;
};

class View {
  public:
    struct Seams {
        Picture const& picture;
        Extras const& extras;
        Objects& objects;
        /// Texts in a language, in the order of the keys; what is not translated comes back as it is.
        std::function<std::vector<Text>(std::string const& language, std::vector<TextKey> const& keys)> translate;
        /// Entries of the change log, as Host::log_entries gives them.
        std::function<Result<std::vector<json::object>>(json::object const& query)> read_log;
        std::string link; // of the desk, with {visit} and {id}
    };
    View(Seams const& seams, FeedSpec spec, std::string user) : seams_(seams), spec_(std::move(spec)), user_(std::move(user)) {}

    struct Held {
        Member member;
        Bytes bytes; // the object's, or with what this user's program keeps with it
        std::shared_ptr<Object const> object;
        bool transparent = false;
        Interval const& when() const { return object->when; }
    };

    /// Catches up with the journal. not_found when whatever it is a view of is gone.
    Result<void> refresh();

    FeedSpec const& spec() const { return spec_; }
    std::int64_t revision() const { return revision_; }
    std::map<EntryId, Held> const& held() const { return held_; }
    Held const* by_name(std::string_view name) const;
    Held const* by_uid(std::string_view uid) const;
    std::optional<EntryId> entry(std::string_view name) const;
    /// Those that begin before `range` ends and end after it begins.
    void overlapping(Interval range, std::function<void(Held const&)> const& look) const;
    std::optional<Changes> changes(std::int64_t token, std::size_t most) const;

    /// The entry as it is shown, without the user's extra: what a PUT is compared with.
    std::optional<Given> given(EntryId const& entry) const;
    Given drawn(Shown const& shown) const;

  private:
    struct Happened {
        std::int64_t seq;
        std::string name;
    };
    /// Change-log number of the newest commit we were told of.
    std::int64_t seq() const { return std::max(seams_.picture.world.seq(), seams_.extras.world.seq()); }
    std::optional<std::set<EntryId>> touched() const;
    void redraw(Audience const& audience, std::set<EntryId> const& entries);
    std::vector<std::vector<Text>> texts(std::vector<Shown> const& shown, std::vector<Text>& titles) const;
    Held hold(Shown const& shown, std::vector<Text> const& texts) const;
    void put(EntryId const& entry, Held held);
    void drop(EntryId const& entry);
    std::optional<std::set<std::string>> changed_by_log(std::int64_t token) const;

    Seams const& seams_;
    FeedSpec spec_;
    std::string user_;
    std::int64_t position_ = -1, extras_position_ = 0; // -1: never looked
    std::int64_t revision_ = 0;
    std::int64_t begin_ = 0; // of history_: who asks from before it is answered from the log
    std::map<EntryId, Held> held_;
    std::map<std::string, EntryId, std::less<>> by_name_, by_uid_;
    std::set<std::pair<Instant, EntryId>> by_begin_;
    std::chrono::seconds longest_{};
    std::deque<Happened> history_;
};

/// "lg-15.ics"; a leg whose id is an item's, too, says so.
std::string resource_name(Picture const& picture, EntryId const& entry);

/// The VCALENDAR around one event, with the zones it speaks of.
std::string object_of(Event const& event);

} // namespace kogge::calendar::dav
