// SPDX-License-Identifier: EUPL-1.2
// Signing in, tokens, and what a caller may do. Default deny: a caller has the rights listed here and no others.
#pragma once

#include "identity/known_passwords.hpp"
#include "identity/model.hpp"

#include <kogge/change.hpp>
#include <kogge/world.hpp>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace kogge::host {

/// Whoever sent a request.
struct Caller {
    std::string id;   // "user:<id>", also by an app password; "token:<id>", "feed:<id>"
    std::string name; // for the log and the desk
    std::string language;
    Role role = Role::reader;
    std::set<std::string> rights; // read, write, care, admin, feed
    std::shared_ptr<FeedToken const> feed; // what a calendar link shows
    bool by_cookie = false; // then a change needs the CSRF token
    std::string csrf;
    bool by_basic = false;  // a browser may have sent it without being asked
    std::string token = {}; // id of the token it came with, if any
    std::optional<Id<Person>> person = {};

    bool may(std::string_view right) const { return rights.contains(std::string(right)); }
};

std::set<std::string> rights_of(Role role);

struct SignedIn {
    std::string cookie; // the secret itself
    Caller caller;
};

/// A made token: the secret is shown once and kept nowhere.
struct Minted {
    std::string id;
    std::string secret;
};

/// Any thread, except tell(): the writer lane's.
class Identity {
  public:
    using Apply = std::function<Result<void>(ChangeSet const&, std::string const& actor)>;
    using Now = std::function<Instant()>;

    Identity(Apply apply, Now now);
    ~Identity();

    /// The entities it keeps: user, session, api_token, feed_token.
    static std::vector<json::object> descriptions();
    static std::vector<std::string> kinds();
    /// Batches of the store; until the first ones have come nobody is known.
    void tell(std::string_view batch);

    bool has_users() const;
    Result<std::string> create_user(std::string name, std::string_view password, Role role, std::string language, std::string const& actor,
                                    std::optional<Id<Person>> person = {});
    /// Ends the user's sessions, too; app passwords are revoked one by one.
    Result<void> set_password(std::string_view name, std::string_view password, std::string const& actor);
    Result<void> set_person(std::string_view name, std::optional<Id<Person>> person, std::string const& actor);
    Result<void> remove_user(std::string_view name, std::string const& actor);
    std::vector<User> users() const;

    /// Error denied for a wrong name or password, busy after too many tries with one name.
    Result<SignedIn> sign_in(std::string_view name, std::string_view password);
    Result<void> sign_out(std::string_view cookie);

    /// With the name of a `user`, an app password of theirs.
    Result<Minted> mint_api_token(std::string name, std::vector<std::string> scopes, std::string const& actor, std::string_view user = {});
    Result<Minted> mint_feed_token(FeedToken token, std::string const& actor);
    Result<void> revoke(std::string_view token_id, std::string const& actor);
    json::array tokens() const; // without secrets
    bool is_feed_token(std::string_view id) const;
    /// Whether it is an app password of `caller`.
    bool owns_token(Caller const& caller, std::string_view id) const;

    /// Lets `secret` in with every right until this process ends; it is kept in memory only. Before anybody asks.
    void admit(std::string_view secret, std::string name);

    std::optional<Caller> by_cookie(std::string_view cookie) const;
    std::optional<Caller> by_api_token(std::string_view secret) const;
    std::optional<Caller> by_feed_token(std::string_view secret) const;
    /// HTTP Basic: a user's name and password, or an API token as the password; an app password goes with its user's name
    /// only. Errors as sign_in(). What was verified in the last minutes is not verified again, and a stale password that a
    /// client keeps sending counts as one try.
    Result<Caller> by_password(std::string_view name, std::string_view password);

    int session_hours = 12;
    static constexpr std::size_t secret_size = 43; // make_secret()'s: anything else is no token and is not even hashed

  private:
    struct Tries {
        int failed = 0;
        Instant until{};
    };
    Caller caller_of(User const& user) const;
    std::optional<Row<User>> user_named(std::string_view name) const;
    Result<bool> try_password(std::string const& name, std::optional<Row<User>> const& user, std::string_view password);
    Result<User> verified(std::string_view name, std::string_view password, bool remember);
    Caller caller_of(ApiToken const& token, User const* user) const;
    void count_failure(std::string const& name);
    void purge_sessions();

    Apply apply_;
    Now now_;
    mutable std::shared_mutex mutex_;
    Mirror<User> users_;
    Mirror<Session> sessions_;
    Mirror<ApiToken> api_tokens_;
    Mirror<FeedToken> feed_tokens_;
    World world_;
    std::map<std::string, Id<User>, std::less<>> user_by_name_;
    std::map<std::string, Id<ApiToken>, std::less<>> api_by_hash_;
    std::unordered_map<std::string, std::shared_ptr<FeedToken const>> feed_by_hash_; // asked for every 304
    std::map<std::string, Tries> tries_;
    KnownPasswords known_;
    std::array<std::mutex, 16> verifying_; // by name
    std::string admitted_hash_, admitted_name_;
    std::string dummy_hash_; // verified against when there is no such user, so that both answers take as long
};

} // namespace kogge::host
