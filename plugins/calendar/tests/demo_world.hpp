// SPDX-License-Identifier: EUPL-1.2
// The sample scenario as the daemon keeps it, in a house.
#pragma once

#include "house.hpp"

#include <string>

namespace kogge::calendar::test {

/// A house with the demo in it, its translations included.
struct Demo : House {
    explicit Demo(Settings settings = {});
    json::object scenario;

    /// As `kogge item move it-20 +30`; the change set's id.
    std::string move(std::string const& item, Minutes by);
    std::string erase(Ref const& ref);
    /// One field of one entity.
    template <class T>
    std::string set(std::string const& id, char const* field, json::value value) {
        return commit(ChangeSet("set").update(Id<T>(id), rev(ref(Id<T>(id))), {{field, std::move(value)}}));
    }
    std::vector<std::string> people() const;
};

inline FeedSpec visit_feed(std::string visit, std::string language = "nl") { return {FeedScope::visit, Id<Visit>(std::move(visit)), {}, std::move(language)}; }
inline FeedSpec person_feed(std::string person, std::string language = "nl") { return {FeedScope::person, {}, std::move(person), std::move(language)}; }
inline constexpr char const* hamburg = "visit-hh-2027";

} // namespace kogge::calendar::test
