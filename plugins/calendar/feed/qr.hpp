// SPDX-License-Identifier: EUPL-1.2
// A text as a QR code, drawn by the server: no picture, no script, sharp on any paper.
#pragma once

#include <kogge/result.hpp>

#include <string>

namespace kogge::calendar {

/// <svg …> of dark squares on white with the quiet zone that readers need (four modules, ISO/IEC 18004). `title` is what a
/// screen reader says. An error when the text is longer than a code can hold (about 2 kB).
Result<std::string> qr_svg(std::string const& text, std::string const& title);

} // namespace kogge::calendar
