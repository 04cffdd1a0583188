// SPDX-License-Identifier: EUPL-1.2
// The difference between what people were told and what is: pure, from the picture and the ledger to a list.
#pragma once

#include "feed/event.hpp"
#include "invite/ledger.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kogge::calendar {

enum class News { invite, update, withdraw };
BOOST_DESCRIBE_ENUM(News, invite, update, withdraw)

/// One thing one person must be told.
struct Due {
    News news = News::invite;
    EntryId entry;
    std::optional<Shown> shown;                // as it stands; nothing when it is withdrawn. Points into the picture
    Row<Invitation> const* told = nullptr;     // what they were told before
    Said now;                                  // what they will have been told; its read_title is the letter's to fill in
    std::int64_t sequence = 0;                 // higher than any they had about it, and never lower than the feed's
    bool moved = false;                        // other times than they answered to: the answer is asked again
};

/// What an entry says to those who are in it.
Said said_of(Picture const& picture, Shown const& shown);
/// Whether somebody who knows `before` has to hear of `now`.
bool differs(Said const& before, Said const& now);

/// Everybody who may have to be told something of a visit.
std::set<Id<Person>> people_of(Picture const& picture, Ledger const& ledger, Id<Visit> const& visit);

/// What a person must be told of a visit now, in order of time. Nothing of what is over, nor of what is only proposed and was
/// never told.
std::vector<Due> due(Picture const& picture, Ledger const& ledger, Id<Visit> const& visit, Id<Person> const& person, Instant now);

} // namespace kogge::calendar
