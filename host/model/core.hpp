// SPDX-License-Identifier: EUPL-1.2
// The nouns the host itself owns, and how a scenario document fills them.
#pragma once

#include <kogge/result.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <set>
#include <string>
#include <vector>

namespace kogge::host {

/// Descriptions (kogge::describe) of person, organisation, affiliation, city, venue, theme, visit, delegation, track,
/// delegate, programme_item, participation, task and document, in an order in which references only point backwards.
std::vector<boost::json::object> core_descriptions();

/// What an importer made of a document: creations, and which of its sections ("vehicle") and fields of sections
/// ("person.phone") it took. What nobody takes is told to the user.
struct ImportPart {
    boost::json::array changes;
    std::set<std::string> claims;
};

Result<ImportPart> import_core(boost::json::object const& document);

/// The sections and fields of `document` that no claim covers.
std::vector<std::string> unclaimed(boost::json::object const& document, std::set<std::string> const& claims);

} // namespace kogge::host
