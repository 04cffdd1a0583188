// SPDX-License-Identifier: EUPL-1.2
// /api/v1/calendars/foreign and /api/v1/people/{person}/busy (README). Who may: everybody for themselves, when their user is
// linked to a person; a planner for anybody, saying who consented. Titles come in only at the wish of the person.
#pragma once

#include "foreign/looker.hpp"

namespace kogge::calendar::foreign {

void add_foreign_routes(Host& host, Book& book, Looker& looker);

} // namespace kogge::calendar::foreign
