// SPDX-License-Identifier: EUPL-1.2
#include "feed/qr.hpp"

#include "feed/html.hpp"

#include <qrencode.h>

#include <memory>

namespace kogge::calendar {

namespace {

constexpr int quiet = 4; // modules on each side

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

} // namespace

Result<std::string> qr_svg(std::string const& text, std::string const& title) {
    // Level M: a creased print is still read.
    std::unique_ptr<QRcode, Free> const code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code)
        return invalid("an address of " + std::to_string(text.size()) + " characters does not fit into a QR code");
    std::string path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width;) {
            int length = 0;
            while (x + length < code->width && (code->data[y * code->width + x + length] & 1))
                ++length;
            if (length > 0) {
                path.append("M").append(std::to_string(x + quiet)).append(" ").append(std::to_string(y + quiet));
                path.append("h").append(std::to_string(length)).append("v1h-").append(std::to_string(length)).append("z");
            }
            x += std::max(length, 1);
        }
    auto const side = std::to_string(code->width + 2 * quiet);
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"";
    out.append(html(title)).append("\" viewBox=\"0 0 ").append(side).append(" ").append(side).append("\" shape-rendering=\"crispEdges\">");
    out.append("<rect width=\"").append(side).append("\" height=\"").append(side).append("\" fill=\"#fff\"/><path d=\"").append(path).append("\"/></svg>");
    return out;
}

} // namespace kogge::calendar
