// SPDX-License-Identifier: EUPL-1.2
// The order of names in a list people read.
#pragma once

#include <kogge/model/people.hpp>

#include <string>
#include <string_view>

namespace kogge::logistics {

/// Sorts as Dutch and German lists do: particles do not count ("van Dalfsen" stands under D), nor do case and diacritics
/// (Wöhlers after Wohler), ß is ss. Latin letters; the others keep their place after them.
std::string sort_key(Person const& person);

/// One word without case and diacritics.
std::string folded(std::string_view text);

} // namespace kogge::logistics
