// SPDX-License-Identifier: EUPL-1.2
// The page of one calendar link: what it is, one way in for each of the usual programs, and how soon each of them notices a
// change. HTML and CSS by themselves: no script, nothing from elsewhere, so that the address is told to nobody.
#pragma once

#include <kogge/result.hpp>

#include <string>

namespace kogge::calendar {

struct LinkPage {
    std::string name;          // of the calendar
    std::string address;       // "https://kogge.example.org", without a slash at the end
    std::string token;
    std::string language;      // nl, de or en
    int refresh_minutes = 60;  // what we ask programs to wait
};

Result<std::string> link_page(LinkPage const& page);

} // namespace kogge::calendar
