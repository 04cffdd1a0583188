// SPDX-License-Identifier: EUPL-1.2
// For whoever keeps Kogge running: somebody's new password, a copy of the store.
#include "api/answer.hpp"
#include "api/route.hpp"
#include "api/routes.hpp"
#include "daemon/house.hpp"

#include <kogge/json.hpp>

#include <chrono>

namespace kogge::host::api {

namespace {

struct NewPassword {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(NewPassword, (), (password))

Result<http::Response> set_password(House& house, http::Request const& request) {
    KOGGE_TRY(auto const wanted, read_body<NewPassword>(request));
    KOGGE_TRY(house.identity().set_password(request.param("name"), wanted.password, caller_of(request).id));
    return http::Response{.status = 204};
}

/// "kogge-2027-04-21T052400.123Z.db": no colons, which some file systems refuse, and no two alike.
std::string file_name(std::int64_t now_us) {
    auto moment = to_text(Instant(std::chrono::seconds(now_us / 1'000'000)));
    std::erase(moment, ':');
    auto const thousandths = std::to_string(1000 + now_us / 1000 % 1000).substr(1);
    moment.insert(moment.size() - 1, "." + thousandths);
    return "kogge-" + moment + ".db";
}

Result<http::Response> back_up(House& house) {
    auto const file = backup_folder(house.config()) / file_name(house.now_us());
    KOGGE_TRY(house.store().backup(file));
    return answer({{"file", file.string()}, {"seq", house.store().seq()}}, 201);
}

} // namespace

void add_upkeep_routes(House& house) {
    auto const add = adder(house);
    add("PUT", "/api/v1/users/{name}/password", "admin", set_password);
    add("POST", "/api/v1/backup", "admin", [](House& h, http::Request const&) { return back_up(h); });
}

} // namespace kogge::host::api
