// SPDX-License-Identifier: EUPL-1.2
// C:calendar-data of a report (RFC 4791 §9.6): the bytes as they were put, or the part of them a client asked for.
#pragma once

#include "dav/answer.hpp"
#include "dav/xml.hpp"
#include "ical/recur.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::calendar::dav {

struct ComponentWanted {
    std::string name; // upper case
    bool all_properties = true, all_components = true;
    struct PropertyWanted {
        std::string name;
        bool no_value = false;
    };
    std::vector<PropertyWanted> properties;
    std::vector<ComponentWanted> components;
};

struct DataWanted {
    std::optional<ComponentWanted> shape;
    std::optional<Interval> expand, limit_recurrences, limit_free_busy;
    bool without_zones = false; // CalDAV-Timezones: F (RFC 7809 §3.1.1)
    bool whole() const { return !shape && !expand && !limit_recurrences && !limit_free_busy && !without_zones; }
};

/// `element` is C:calendar-data; the refusal names supported-calendar-data or valid-filter.
Answer<DataWanted> read_data_wanted(Element const& element);

/// What of `bytes` is wanted. Bytes that cannot be read are handed out as they are. The refusal: an expansion that is too much.
Answer<std::string> part_of(std::string_view bytes, DataWanted const& wanted, Zone floating);

} // namespace kogge::calendar::dav
