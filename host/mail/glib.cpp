// SPDX-License-Identifier: EUPL-1.2
#include "mail/glib.hpp"

#include <algorithm>

namespace kogge::host::mail {

void prepare_gmime() {
    static bool const done = [] {
        g_mime_init();
        return true;
    }();
    (void)done;
}

std::string clean_utf8(std::string_view bytes) {
    std::string out(bytes);
    std::erase(out, '\0');
    if (g_utf8_validate(out.data(), static_cast<gssize>(out.size()), nullptr))
        return out;
    Chars const valid(g_utf8_make_valid(out.data(), static_cast<gssize>(out.size())));
    return text_of(valid.get());
}

} // namespace kogge::host::mail
