// SPDX-License-Identifier: EUPL-1.2
// Where invitations meet the host: the job that tells people what is new and reads what they answer, the routes for staff, and
// the page behind the link of a mail.
#pragma once

#include "invite/letter.hpp"

#include <kogge/host.hpp>

namespace kogge::calendar {

class Invitations {
  public:
    Invitations(Host& host, Picture& picture, Translate translate);
    /// From start(), after `picture` is followed.
    void start();

  private:
    void work();
    void read_mail();
    void tell(Id<Visit> const& visit);
    void edited(std::string const& visit);
    /// Whether it was committed; what stands in the way is logged.
    bool commit(ChangeSet const& changes, std::string const& what);

    Result<Visit const*> visit_of(Request const& request) const;
    Result<Response> get(Request const& request) const;
    Result<Response> post(Request const& request);
    Result<Response> post_decision(Request const& request) const;
    Result<Response> get_page(Request const& request) const;
    Result<Response> post_page(Request const& request);
    struct Opened;
    std::optional<Opened> open(Request const& request) const;
    json::array previews(Id<Visit> const& visit) const;

    Host& host_;
    Picture& picture_;
    Translate translate_;
    InviteSettings settings_;
    Writer writer_;
    Ledger ledger_;
    Quiet quiet_;
};

} // namespace kogge::calendar
