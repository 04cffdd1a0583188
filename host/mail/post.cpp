// SPDX-License-Identifier: EUPL-1.2
#include "mail/post.hpp"

#include "mail/glib.hpp"
#include "outbound/fetcher.hpp"

namespace kogge::host::mail {

Post::Post(Settings const& settings, Ground ground) {
    ground.stopping = [this] { return stopping_.load(); };
    if (!settings.smtp.url.empty()) {
        outbound::prepare_curl();
        prepare_gmime();
        smtp_ = std::make_unique<Smtp>(settings.smtp, settings.from, ground.stopping);
        Carrier carrier;
        carrier.deliver = [this](std::string const& from, std::string const& to, std::string const& bytes) { return smtp_->deliver(from, to, bytes); };
        carrier.rest = [this] { smtp_->rest(); };
        outbox_ = std::make_unique<Outbox>(settings, ground, std::move(carrier));
    }
    if (!settings.imap.url.empty()) {
        prepare_gmime();
        inbox_ = std::make_unique<Inbox>(settings, std::move(ground));
    }
}

} // namespace kogge::host::mail
