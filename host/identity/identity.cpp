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

Result<void> good_password(std::string_view password) {
    if (password.size() < shortest_password)
        return invalid("a password has at least 8 characters", "/password");
    if (password.size() > 1024)
        return invalid("a password has at most 1024 characters", "/password");
    return boost::outcome_v2::success();
}

} // namespace

std::set<std::string> rights_of(Role role) {
    switch (role) {
        case Role::reader: return {"read"};
        case Role::planner: return {"read", "write", "care"};
        case Role::admin: return {"read", "write", "care", "admin"};
    }
    return {};
}

Identity::Identity(Apply apply, Now now)
    : apply_(std::move(apply)), now_(std::move(now)), world_{&users_, &sessions_, &api_tokens_, &feed_tokens_}, dummy_hash_(hash_password(make_secret())) {
    users_.on_change = [this](auto const* before, auto const* after) {
        if (before)
            user_by_name_.erase(before->value.name);
        if (after)
            user_by_name_[after->value.name] = after->value.id;
    };
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
            feed_by_hash_[after->value.hash] = std::make_shared<FeedToken const>(after->value);
    };
}

Identity::~Identity() = default;

std::vector<json::object> Identity::descriptions() {
    return {describe<User>("user", {.sensitive = {"password_hash"}, .unique = {"name"}, .title = "name", .internal = true}),
            describe<Session>("session", {.cascade = {"user"}, .internal = true}),
            describe<ApiToken>("api_token", {.cascade = {"user"}, .title = "name", .internal = true}),
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
    auto const found = user_by_name_.find(name);
    auto const* row = found == user_by_name_.end() ? nullptr : users_.row(found->second);
    return row ? std::optional(*row) : std::nullopt;
}

Result<std::string> Identity::create_user(std::string name, std::string_view password, Role role, std::string language, std::string const& actor,
                                          std::optional<Id<Person>> person) {
    if (name.empty() || name.size() > 200)
        return invalid("a user's name has 1 to 200 characters", "/name");
    if (name.find_first_of("/:") != name.npos) // HTTP Basic ends the name at a colon, an address at a slash
        return invalid("a user's name has no ':' and no '/'", "/name");
    if (user_named(name))
        return Error{ErrorCode::conflict, "there is already a user '" + name + "'", "/name"};
    KOGGE_TRY(good_password(password));
    User user{Id<User>::make(), std::move(name), hash_password(password), role, std::move(language), true, std::move(person)};
    KOGGE_TRY(apply_(ChangeSet("user " + user.name + " made").create(user), actor));
    return user.id.str();
}

Result<void> Identity::set_password(std::string_view name, std::string_view password, std::string const& actor) {
    auto const user = user_named(name);
    if (!user)
        return Error{ErrorCode::not_found, "there is no user '" + std::string(name) + "'"};
    KOGGE_TRY(good_password(password));
    auto const hash = hash_password(password);
    auto const attempt = [&]() -> Result<void> {
        ChangeSet changes("new password for " + user->value.name);
        changes.update(user->value.id, user->rev, {{"password_hash", hash}});
        {
            std::shared_lock const lock(mutex_);
            for (auto const& [id, row] : sessions_.rows())
                if (row.value.user == user->value.id)
                    changes.erase(id, row.rev);
        }
        return apply_(changes, actor);
    };
    auto done = attempt();
    // A session that ended meanwhile stands in the way once; somebody else's change of the user does so again.
    return done || done.error().code != ErrorCode::conflict ? done : attempt();
}

Result<void> Identity::set_person(std::string_view name, std::optional<Id<Person>> person, std::string const& actor) {
    auto const user = user_named(name);
    if (!user)
        return Error{ErrorCode::not_found, "there is no user '" + std::string(name) + "'"};
    return apply_(ChangeSet("who the user " + user->value.name + " is").update(user->value.id, user->rev, {{"person", to_json(person)}}), actor);
}

Result<void> Identity::remove_user(std::string_view name, std::string const& actor) {
    auto const user = user_named(name);
    if (!user)
        return Error{ErrorCode::not_found, "there is no user '" + std::string(name) + "'"};
    return apply_(ChangeSet("user " + user->value.name + " removed").erase(user->value.id, user->rev), actor);
}

Caller Identity::caller_of(User const& user) const {
    Caller out{"user:" + user.id.str(), user.name, user.language, user.role, rights_of(user.role), {}, false, {}};
    out.person = user.person;
    return out;
}

void Identity::count_failure(std::string const& name) {
    std::unique_lock const lock(mutex_);
    if (tries_.size() > 10'000)
        tries_.clear(); // names are the caller's to choose: bound what they can make us remember
    auto& tries = tries_[name];
    if (++tries.failed >= tries_before_waiting)
        tries.until = now_() + wait_after_tries, tries.failed = 0;
}

/// Whether it is their password; an error when the name has to wait.
Result<bool> Identity::try_password(std::string const& name, std::optional<Row<User>> const& user, std::string_view password) {
    {
        std::shared_lock const lock(mutex_);
        if (auto const tries = tries_.find(name); tries != tries_.end() && now_() < tries->second.until)
            return Error{ErrorCode::busy, "too many tries with this name; wait a minute"};
    }
    bool const good = verify_password(user ? user->value.password_hash : dummy_hash_, password) && user;
    if (!good) {
        count_failure(name);
        return false;
    }
    std::unique_lock const lock(mutex_);
    tries_.erase(name);
    return true;
}

/// The user, when the password is theirs. Verdicts are remembered where a client sends its password again and again.
Result<User> Identity::verified(std::string_view name, std::string_view password, bool remember) {
    std::string const short_name(name.substr(0, 200));
    password = password.substr(0, 1024);
    auto const user = user_named(name);
    auto const key = user && remember ? known_.key(user->value.id.str(), user->value.password_hash, password) : std::string();
    auto const known = [&] { return key.empty() ? std::nullopt : known_.verdict(key, now_()); };
    auto good = known();
    if (!good) {
        // A client opens several connections at once: the first one verifies for all.
        std::lock_guard const one_at_a_time(verifying_[std::hash<std::string>()(short_name) % verifying_.size()]);
        good = known();
        if (!good) {
            KOGGE_TRY(good, try_password(short_name, user, password));
            if (!key.empty())
                known_.keep(key, *good, now_());
        }
    }
    if (!*good || !user->value.active)
        return Error{ErrorCode::denied, "name or password is wrong"};
    return user->value;
}

Result<Caller> Identity::by_password(std::string_view name, std::string_view password) {
    if (auto caller = by_api_token(password)) {
        if (caller->id.starts_with("user:") && caller->name != name)
            return Error{ErrorCode::denied, "name or password is wrong"};
        return std::move(*caller);
    }
    KOGGE_TRY(auto const user, verified(name, password, true));
    return caller_of(user);
}

Result<SignedIn> Identity::sign_in(std::string_view name, std::string_view password) {
    KOGGE_TRY(auto const user, verified(name, password, false));
    SignedIn out{make_secret(), caller_of(user)};
    auto const expires = now_() + std::chrono::hours(session_hours);
    Session session{Id<Session>(hash_secret(out.cookie)), user.id, expires.time_since_epoch().count()};
    purge_sessions();
    KOGGE_TRY(apply_(ChangeSet("signed in").create(session), out.caller.id));
    out.caller.by_cookie = true;
    out.caller.csrf = csrf_of(out.cookie);
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

std::optional<Caller> Identity::by_cookie(std::string_view cookie) const {
    if (cookie.size() != Identity::secret_size)
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

} // namespace kogge::host
