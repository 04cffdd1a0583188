// SPDX-License-Identifier: EUPL-1.2
// The CalDAV server: WebDAV (RFC 4918), access control as far as it is read and shared (3744, 5397), CalDAV (4791), extended
// MKCOL (5689), sync-collection (6578), scheduling (6638), time zones by reference (7809), availability (7953). One request at a
// time, on the plugin's strand; a change set lets others in.
#pragma once

#include "dav/delivery.hpp"
#include "dav/locks.hpp"
#include "dav/properties.hpp"
#include "dav/request.hpp"
#include "dav/tree.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kogge::calendar::dav {

class Server {
  public:
    Server(Tree tree, ServerLimits limits, std::function<Instant()> now) : tree_(std::move(tree)), limits_(limits), now_(std::move(now)) {}

    /// Mails to whoever has no calendar here; false: nobody can be mailed.
    using Mail = std::function<bool(Principal const& who, std::string const& address, Message const& message)>;
    void mail_with(Mail mail) { mail_ = std::move(mail); }

    DavResponse handle(DavRequest const& request);
    /// Every method it answers, for the route.
    static std::vector<std::string> methods();

  private:
    /// One request with its path read.
    struct Call {
        DavRequest const& request;
        Path path;
        Principal const& who;
        std::optional<std::string> header(std::string_view name) const { return request.header ? request.header(name) : std::nullopt; }
    };
    using Reply = Answer<DavResponse>;

    Reply dispatch(Call const& call);
    Reply options(Call const& call);
    Reply get(Call const& call);
    Reply put(Call const& call);
    Reply remove(Call const& call);
    Reply propfind(Call const& call);
    Reply proppatch(Call const& call);
    Reply make(Call const& call);
    Reply transfer(Call const& call);
    Reply transfer_member(Call const& call, Resource& source, Path const& to, bool overwrite, bool copy);
    Reply transfer_collection(Call const& call, Resource const& source, Path const& to, bool overwrite, bool copy);
    Reply lock(Call const& call);
    Reply unlock(Call const& call);
    Reply acl(Call const& call);
    Reply post(Call const& call);
    /// Tells the others of an object that `owner`'s calendar got (null: lost); what cannot be delivered does not undo
    /// it. Those who could not be told, as `whose` names them.
    std::vector<std::string> deliver(Principal const& who, std::string const& owner, ical::Component const* before, ical::Component const* after);
    bool deliver_one(Principal const& who, Message const& message);
    std::string whose(std::string_view address) const;

    Reply report(Call const& call);
    Reply calendar_query(Call const& call, Resource& at, Element const& body);
    Reply calendar_multiget(Call const& call, Element const& body);
    Reply free_busy_query(Call const& call, Resource const& at, Element const& body);
    Reply sync_collection(Call const& call, Resource& at, Element const& body);
    Reply expand_property(Call const& call, Resource const& at, Element const& body);
    Reply principal_search(Call const& call, Element const& body);
    Reply principal_match(Call const& call, Resource const& at, Element const& body);

    /// If, If-Match, If-None-Match, If-Schedule-Tag-Match and locks, for a write to `path`.
    struct Allowed {
        std::optional<std::string> based_on;
        bool must_be_new = false;
        bool schedule_tag_matched = false;
    };
    Answer<Allowed> may_write(Call const& call, Path const& path, Member const* member, bool tree, bool membership);
    Answer<void> if_header(Call const& call, std::set<std::string>& tokens);
    State state_at(Call const& call, std::string_view href);

    Answer<Selection> selection(Call const& call, Element const& body) const;
    Sight sight(Call const& call) const;
    Answer<Element> body(Call const& call) const;

    Tree tree_;
    ServerLimits limits_;
    std::function<Instant()> now_;
    Locks locks_;
    Mail mail_;
};

/// An answer that says what stood in the way.
DavResponse answer_of(Refusal const& refusal);
/// As Prefer and Depth have them.
bool prefers(std::optional<std::string> const& header, std::string_view what);

} // namespace kogge::calendar::dav
