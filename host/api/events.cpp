// SPDX-License-Identifier: EUPL-1.2
// GET /api/v1/events: commits as they happen, and what was missed since Last-Event-ID.
#include "api/route.hpp"
#include "api/routes.hpp"
#include "daemon/house.hpp"

#include <charconv>

namespace kogge::host::api {

namespace {

/// Last-Event-ID (what a browser sends when it comes back), else ?since=.
Result<std::optional<std::int64_t>> resume_from(http::Request const& request) {
    auto const header = request.header("Last-Event-ID");
    if (!header) {
        if (!request.query("since"))
            return std::optional<std::int64_t>();
        KOGGE_TRY(auto const since, query_number(request, "since", 0, 0, std::numeric_limits<std::int64_t>::max()));
        return std::optional(since);
    }
    std::int64_t seq = 0;
    auto const [end, error] = std::from_chars(header->data(), header->data() + header->size(), seq);
    if (error != std::errc() || end != header->data() + header->size() || seq < 0)
        return invalid("Last-Event-ID wants the id of an event, a whole number, not '" + std::string(header->substr(0, 40)) + "'", "Last-Event-ID");
    return std::optional(seq);
}

Result<http::Response> get_events(House& house, http::Request const& request) {
    auto const visit = std::string(request.query("visit").value_or(""));
    if (!visit.empty() && !house.store().get("visit", visit))
        return Error{ErrorCode::not_found, "there is no visit '" + visit.substr(0, 80) + "'", "visit"};
    KOGGE_TRY(auto const since, resume_from(request));
    KOGGE_TRY(auto subscription, house.listen(visit, since));
    return http::Response::events(std::move(subscription));
}

} // namespace

void add_event_routes(House& house) { adder(house)("GET", "/api/v1/events?visit&since", "read", get_events); }

} // namespace kogge::host::api
