// SPDX-License-Identifier: EUPL-1.2
// What the house lends the mail: its store, clock and log. Any thread.
#pragma once

#include <kogge/change.hpp>
#include <kogge/result.hpp>
#include <kogge/time.hpp>

#include <boost/json/object.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::mail {

namespace json = boost::json;

struct Ground {
    /// The whole document, what is encrypted included.
    std::function<Result<json::object>(std::string_view kind, std::string_view id)> get;
    /// The documents of `kind` whose `field` is `value`, without what is encrypted.
    std::function<Result<std::vector<json::object>>(std::string_view kind, std::string_view field, std::string_view value)> find;
    /// Error conflict: somebody changed it since.
    std::function<Result<void>(ChangeSet const& changes)> commit;
    std::function<Instant()> now;
    std::function<void(int level, std::string_view message)> log;
    std::function<bool()> stopping;
    std::string node;   // this process, for claims
    bool alone = false; // no other daemon shares the store: what is claimed was claimed by one that is gone
};

} // namespace kogge::host::mail
