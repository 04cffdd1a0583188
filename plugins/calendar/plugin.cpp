// SPDX-License-Identifier: EUPL-1.2
// Where calendar meets the host: what it follows, and the parts that serve.
#include "dav/caldav.hpp"
#include "feed/service.hpp"
#include "foreign/foreign.hpp"
#include "ical/reader.hpp"
#include "invite/invitations.hpp"

#include <kogge/plugin.hpp>

namespace kogge::calendar {

class Calendar {
  public:
    explicit Calendar(Host& host) : host_(host) {}

    void start() {
        prepare_reader();
        host_.follow(picture_.world);
        feeds_.add_routes();
        invitations_.start();
        foreign_.start();
        caldav_.start();
    }

  private:
    Host& host_;
    Picture picture_;
    FeedService feeds_{host_, picture_};
    foreign::Foreign foreign_{host_};
    dav::CalDav caldav_{host_, picture_, translation_of(host_)};
    Invitations invitations_{host_, picture_, translation_of(host_)};
};

} // namespace kogge::calendar

KOGGE_PLUGIN(kogge::calendar::Calendar);
