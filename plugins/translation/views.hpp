// SPDX-License-Identifier: EUPL-1.2
// What translation reads of other plugins' entities: agreed names, no shared header. Agreements and outcomes are
// relations'; a house without them simply has none.
#pragma once

#include <kogge/id.hpp>
#include <kogge/model/visit.hpp>
#include <kogge/values.hpp>

#include <boost/describe.hpp>

#include <string_view>

namespace kogge::translation {

struct Agreement {
    static constexpr std::string_view kind = "agreement";
    Id<Agreement> id;
    Text title;
};
BOOST_DESCRIBE_STRUCT(Agreement, (), (id, title))

struct Outcome {
    static constexpr std::string_view kind = "outcome";
    Id<Outcome> id;
    Id<Visit> visit;
    Text title;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (id, visit, title))

} // namespace kogge::translation
