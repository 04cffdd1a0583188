// SPDX-License-Identifier: EUPL-1.2
#include "identity/identity.hpp"

#include "identity/secret.hpp"

#include <algorithm>
#include <mutex>

namespace kogge::host {

namespace {

constexpr int tries_before_waiting = 5;
constexpr std::chrono::seconds wait_after_tries{60};
constexpr std::size_t shortest_password = 8;
constexpr std::size_t secret_size = 43; // make_secret()'s: anything else is no token and is not even hashed

std::set<std::string> rights_of(Role role) {
    switch (role) {
        case Role::reader: return {"read"};
        case Role::planner: return {"read", "write", "care"};
        case Role::admin: return {"read", "write", "care", "admin"};
    }
    return {};
}

Result<void> good_password(std::string_view password) {
    if (password.size() < shortest_password)
        return invalid("a password has at least 8 characters", "/password");
    if (password.size() > 1024)
        return invalid("a password has at most 1024 characters", "/password");
    return boost::outcome_v2::success();
}

} // namespace

Identity::Identity(Apply apply, Now now)
    : apply_(std::move(apply)), now_(std::move(now)), world_{&users_, &sessions_, &api_tokens_, &feed_tokens_}, dummy_hash_(hash_password(make_secret())) {
    api_tokens_.on_change = [this](auto const* before, auto const* after) {
        if (before)
            api_by_hash_.erase(before->value.hash);
        if (after)
            api_by_hash_[after->value.hash] = after->value.id;
    };
    feed_tokens_.on_change = [this](auto const* before, auto const* after) {
        if (before)
            feed_by_hash_.erase(before->value.hash);
        if (after)
            feed_by_hash_[after->value.hash] = after->value.id;
    };
}

Identity::~Identity() = default;

std::vector<json::object> Identity::descriptions() {
    return {describe<User>("user", {.sensitive = {"password_hash"}, .unique = {"name"}, .title = "name", .internal = true}),
            describe<Session>("session", {.cascade = {"user"}, .internal = true}),
            describe<ApiToken>("api_token", {.title = "name", .internal = true}),
            describe<FeedToken>("feed_token", {.cascade = {"visit"}, .title = "note", .internal = true})};
}

std::vector<std::string> Identity::kinds() { return {"user", "session", "api_token", "feed_token"}; }

void Identity::tell(std::string_view batch) {
    auto const document = json::parse(batch);
    std::unique_lock const lock(mutex_);
    world_.apply(document.as_object().at("changes").as_array());
}

bool Identity::has_users() const {
    std::shared_lock const lock(mutex_);
    return !users_.rows().empty();
}

std::vector<User> Identity::users() const {
    std::shared_lock const lock(mutex_);
    std::vector<User> out;
    for (auto const& [id, row] : users_.rows())
        out.push_back(row.value);
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
    return out;
}

std::optional<Row<User>> Identity::user_named(std::string_view name) const {
    std::shared_lock const lock(mutex_);
    for (auto const& [id, row] : users_.rows())
        if (row.value.name == name)
            return row;
    return std::nullopt;
}

Result<std::string> Identity::create_user(std::string name, std::string_view password, Role role, std::string language, std::string const& actor) {
    if (name.empty() || name.size() > 200)
        return invalid("a user's name has 1 to 200 characters", "/name");
    if (user_named(name))
        return Error{ErrorCode::conflict, "there is already a user '" + name + "'", "/name"};
    KOGGE_TRY(good_password(password));
    User user{Id<User>::make(), std::move(name), hash_password(password), role, std::move(language), true};
    KOGGE_TRY(apply_(ChangeSet("user " + user.name + " made").create(user), actor));
    return user.id.str();
}

Result<void> Identity::set_password(std::string_view name, std::string_view password, std::string const& actor) {
    auto const user = user_named(name);
    if (!user)
        return Error{ErrorCode::not_found, "there is no user '" + std::string(name) + "'"};
    KOGGE_TRY(good_password(password));
    return apply_(ChangeSet("new password for " + user->value.name).update(user->value.id, user->rev, {{"password_hash", hash_password(password)}}), actor);
}

Result<void> Identity::remove_user(std::string_view name, std::string const& actor) {
    auto const user = user_named(name);
    if (!user)
        return Error{ErrorCode::not_found, "there is no user '" + std::string(name) + "'"};
    return apply_(ChangeSet("user " + user->value.name + " removed").erase(user->value.id, user->rev), actor);
}

Caller Identity::caller_of(User const& user) const {
    return {"user:" + user.id.str(), user.name, user.language, user.role, rights_of(user.role), {}, false, {}};
}

void Identity::count_failure(std::string const& name) {
    std::unique_lock const lock(mutex_);
    if (tries_.size() > 10'000)
        tries_.clear(); // names are the caller's to choose: bound what they can make us remember
    auto& tries = tries_[name];
    if (++tries.failed >= tries_before_waiting)
        tries.until = now_() + wait_after_tries, tries.failed = 0;
}

Result<SignedIn> Identity::sign_in(std::string_view name, std::string_view password) {
    std::string const key(name.substr(0, 200));
    {
        std::shared_lock const lock(mutex_);
        if (auto const tries = tries_.find(key); tries != tries_.end() && now_() < tries->second.until)
            return Error{ErrorCode::busy, "too many tries with this name; wait a minute"};
    }
    auto const user = user_named(name);
    bool const good = verify_password(user ? user->value.password_hash : dummy_hash_, password.substr(0, 1024));
    if (!user || !good || !user->value.active) {
        count_failure(key);
        return Error{ErrorCode::denied, "name or password is wrong"};
    }
    SignedIn out{make_secret(), caller_of(user->value)};
    auto const expires = now_() + std::chrono::hours(session_hours);
    Session session{Id<Session>(hash_secret(out.cookie)), user->value.id, expires.time_since_epoch().count()};
    purge_sessions();
    KOGGE_TRY(apply_(ChangeSet("signed in").create(session), out.caller.id));
    out.caller.by_cookie = true;
    out.caller.csrf = csrf_of(out.cookie);
    std::unique_lock const lock(mutex_);
    tries_.erase(key);
    return out;
}

/// Sessions that have ended are forgotten. Somebody else may be doing the same: then it is done.
void Identity::purge_sessions() {
    ChangeSet changes("sessions ended");
    {
        std::shared_lock const lock(mutex_);
        for (auto const& [id, row] : sessions_.rows())
            if (row.value.expires < now_().time_since_epoch().count())
                changes.erase(id, row.rev);
    }
    if (!changes.empty())
        (void)apply_(changes, "session");
}

Result<void> Identity::sign_out(std::string_view cookie) {
    Id<Session> const id(hash_secret(cookie));
    std::int64_t rev = 0;
    {
        std::shared_lock const lock(mutex_);
        auto const* row = sessions_.row(id);
        if (!row)
            return boost::outcome_v2::success();
        rev = row->rev;
    }
    return apply_(ChangeSet("signed out").erase(id, rev), "session");
}

Result<Minted> Identity::mint_api_token(std::string name, std::vector<std::string> scopes, std::string const& actor) {
    for (auto const& scope : scopes)
        if (!rights_of(Role::admin).contains(scope))
            return invalid("'" + scope + "' is not a scope; use read, write, care or admin", "/scopes");
    Minted out{make_uuid(), make_secret()};
    KOGGE_TRY(apply_(ChangeSet("token " + name + " made").create(ApiToken{Id<ApiToken>(out.id), std::move(name), hash_secret(out.secret), std::move(scopes), {}}), actor));
    return out;
}

Result<Minted> Identity::mint_feed_token(FeedToken token, std::string const& actor) {
    static std::set<std::string> const scopes{"visit", "track", "person", "vehicle", "interpreter"};
    if (!scopes.contains(token.scope))
        return invalid("'" + token.scope + "' is not a feed; use visit, track, person, vehicle or interpreter", "/scope");
    if (token.scope == "visit" ? !token.visit : token.subject.empty())
        return invalid("say whose calendar it is", token.scope == "visit" ? "/visit" : "/id");
    Minted out{make_uuid(), make_secret()};
    token.id = Id<FeedToken>(out.id);
    token.hash = hash_secret(out.secret);
    KOGGE_TRY(apply_(ChangeSet("calendar link made").create(token), actor));
    return out;
}

Result<void> Identity::revoke(std::string_view token_id, std::string const& actor) {
    ChangeSet changes("token revoked");
    {
        std::shared_lock const lock(mutex_);
        if (auto const* row = api_tokens_.row(Id<ApiToken>(std::string(token_id))))
            changes.erase(row->value.id, row->rev);
        else if (auto const* feed = feed_tokens_.row(Id<FeedToken>(std::string(token_id))))
            changes.erase(feed->value.id, feed->rev);
        else
            return Error{ErrorCode::not_found, "there is no token '" + std::string(token_id.substr(0, 80)) + "'"};
    }
    return apply_(changes, actor);
}

bool Identity::is_feed_token(std::string_view id) const {
    std::shared_lock const lock(mutex_);
    return feed_tokens_.row(Id<FeedToken>(std::string(id))) != nullptr;
}

json::array Identity::tokens() const {
    std::shared_lock const lock(mutex_);
    json::array out;
    for (auto const& [id, row] : api_tokens_.rows())
        out.push_back({{"id", id.str()}, {"kind", "api"}, {"name", row.value.name}, {"scopes", to_json(row.value.scopes)}});
    for (auto const& [id, row] : feed_tokens_.rows())
        out.push_back({{"id", id.str()}, {"kind", "feed"}, {"scope", row.value.scope}, {"visit", to_json(row.value.visit)}, {"subject", row.value.subject},
                       {"language", row.value.language}, {"note", row.value.note}});
    return out;
}

std::optional<Caller> Identity::by_cookie(std::string_view cookie) const {
    if (cookie.size() != secret_size)
        return std::nullopt;
    std::shared_lock const lock(mutex_);
    auto const* session = sessions_.find(Id<Session>(hash_secret(cookie)));
    auto const* user = session ? users_.find(session->user) : nullptr;
    if (!user || !user->active || session->expires < now_().time_since_epoch().count())
        return std::nullopt;
    auto caller = caller_of(*user);
    caller.by_cookie = true;
    caller.csrf = csrf_of(cookie);
    return caller;
}

void Identity::admit(std::string_view secret, std::string name) {
    std::unique_lock const lock(mutex_);
    admitted_hash_ = hash_secret(secret);
    admitted_name_ = std::move(name);
}

std::optional<Caller> Identity::by_api_token(std::string_view secret) const {
    if (secret.size() != secret_size)
        return std::nullopt;
    auto const hash = hash_secret(secret);
    std::shared_lock const lock(mutex_);
    if (hash == admitted_hash_)
        return Caller{admitted_name_, admitted_name_, {}, Role::admin, rights_of(Role::admin), {}, false, {}};
    auto const found = api_by_hash_.find(hash);
    auto const* token = found == api_by_hash_.end() ? nullptr : api_tokens_.find(found->second);
    if (!token || (token->expires && *token->expires < now_().time_since_epoch().count()))
        return std::nullopt;
    return Caller{"token:" + token->id.str(), token->name, {}, Role::reader, {token->scopes.begin(), token->scopes.end()}, {}, false, {}};
}

std::optional<Caller> Identity::by_feed_token(std::string_view secret) const {
    if (secret.size() != secret_size)
        return std::nullopt;
    std::shared_lock const lock(mutex_);
    auto const found = feed_by_hash_.find(hash_secret(secret));
    auto const* token = found == feed_by_hash_.end() ? nullptr : feed_tokens_.find(found->second);
    if (!token)
        return std::nullopt;
    return Caller{"feed:" + token->id.str(), "calendar link", token->language, Role::reader, {"feed"}, *token, false, {}};
}

} // namespace kogge::host
