// SPDX-License-Identifier: EUPL-1.2
#include "foreign/foreign.hpp"

#include "foreign/looker.hpp"
#include "foreign/routes.hpp"

namespace kogge::calendar::foreign {

namespace {

int number(Host const& host, char const* name, int otherwise, int least, int most) {
    int const value = host.setting<int>(name, otherwise);
    if (value < least || value > most)
        throw std::runtime_error("setting " + std::string(name) + ": give a number from " + std::to_string(least) + " to " + std::to_string(most)
                                 + ", not " + std::to_string(value));
    return value;
}

ForeignSettings settings_of(Host const& host) {
    ForeignSettings out;
    out.pace.usual = Minutes(number(host, "foreign_refresh_minutes", 60, 1, 24 * 60));
    out.pace.least = std::min(out.pace.usual, out.pace.least);
    out.limits.digest.bytes = std::size_t(number(host, "foreign_max_mb", 16, 1, 256)) << 20;
    out.limits.digest.time = std::chrono::seconds(number(host, "foreign_work_seconds", 10, 1, 3600));
    out.limits.timeout_s = number(host, "foreign_timeout_seconds", 30, 1, 600);
    out.past_days = number(host, "foreign_past_days", 7, 0, 400);
    out.ahead_days = number(host, "foreign_ahead_days", 400, 1, 1500);
    out.calendars_of_a_person = std::size_t(number(host, "foreign_calendars", 20, 1, 1000));
    auto const zone = Zone::parse(host.setting<std::string>("foreign_zone", "Europe/Berlin"));
    if (!zone)
        throw std::runtime_error("setting foreign_zone: " + zone.error().message);
    out.zone = zone.value();
    return out;
}

} // namespace

struct Foreign::Inside {
    explicit Inside(Host& host) : looker(host, book, settings_of(host)) {}
    Book book;
    Looker looker;
};

Foreign::Foreign(Host& host) : host_(host) {}
Foreign::~Foreign() = default;

void Foreign::start() {
    inside_ = std::make_unique<Inside>(host_);
    host_.entity<ForeignCalendar>({.sensitive = {"url", "user", "password", "etag", "content", "previous"}, .cascade = {"person"}, .title = "name", .own = true});
    host_.entity<BusyTime>({.cascade = {"person", "source"}, .title = "title"});
    host_.follow(inside_->book.world);
    add_foreign_routes(host_, inside_->book, inside_->looker);
    host_.job("foreign calendars", std::chrono::seconds(30), [this] { inside_->looker.round(); });
}

} // namespace kogge::calendar::foreign
