// SPDX-License-Identifier: EUPL-1.2
// The part of Identity about tokens: made, revoked, listed, recognised.
#include "identity/identity.hpp"
#include "identity/secret.hpp"

#include <algorithm>
#include <array>

namespace kogge::host {

namespace {

constexpr std::array<std::string_view, 8> feed_scopes{"visit", "track", "person", "vehicle", "driver", "interpreter", "venue", "office"};
constexpr std::int64_t longest_alarm = 7 * 24 * 60; // minutes

/// A feed of an office shows every visit; one of a visit names that, and all others name their subject.
Result<void> whole(FeedToken const& token) {
    if (std::find(feed_scopes.begin(), feed_scopes.end(), token.scope) == feed_scopes.end())
        return invalid("'" + token.scope.substr(0, 40) + "' is not a feed; use visit, track, person, vehicle, driver, interpreter, venue or office", "/scope");
    if (token.scope == "visit" && !token.visit)
        return invalid("say which visit's calendar it is", "/visit");
    if (token.scope != "visit" && token.scope != "office" && token.subject.empty())
        return invalid("say whose calendar it is", "/id");
    if (token.alarms_minutes && (*token.alarms_minutes < 0 || *token.alarms_minutes > longest_alarm))
        return invalid("an alarm comes 0 to " + std::to_string(longest_alarm) + " minutes before, not " + std::to_string(*token.alarms_minutes), "/alarms_minutes");
    return boost::outcome_v2::success();
}

} // namespace

Result<Minted> Identity::mint_api_token(std::string name, std::vector<std::string> scopes, std::string const& actor, std::string_view user) {
    for (auto const& scope : scopes)
        if (!rights_of(Role::admin).contains(scope))
            return invalid("'" + scope + "' is not a scope; use read, write, care or admin", "/scopes");
    auto const owner = user_named(user);
    if (!user.empty() && !owner)
        return Error{ErrorCode::not_found, "there is no user '" + std::string(user.substr(0, 80)) + "'", "/user"};
    Minted out{make_uuid(), make_secret()};
    ApiToken token{Id<ApiToken>(out.id), std::move(name), hash_secret(out.secret), std::move(scopes), {}, {}};
    if (owner)
        token.user = owner->value.id;
    KOGGE_TRY(apply_(ChangeSet("token " + token.name + " made").create(token), actor));
    return out;
}

Result<Minted> Identity::mint_feed_token(FeedToken token, std::string const& actor) {
    KOGGE_TRY(whole(token));
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

bool Identity::owns_token(Caller const& caller, std::string_view id) const {
    std::shared_lock const lock(mutex_);
    auto const* token = api_tokens_.find(Id<ApiToken>(std::string(id)));
    return token && token->user && caller.id == "user:" + token->user->str();
}

json::array Identity::tokens() const {
    std::shared_lock const lock(mutex_);
    json::array out;
    for (auto const& [id, row] : api_tokens_.rows()) {
        json::object token{{"id", id.str()}, {"kind", "api"}, {"name", row.value.name}, {"scopes", to_json(row.value.scopes)}};
        if (auto const* user = row.value.user ? users_.find(*row.value.user) : nullptr)
            token["user"] = user->name;
        out.push_back(std::move(token));
    }
    for (auto const& [id, row] : feed_tokens_.rows())
        out.push_back({{"id", id.str()}, {"kind", "feed"}, {"scope", row.value.scope}, {"visit", to_json(row.value.visit)}, {"subject", row.value.subject},
                       {"language", row.value.language}, {"note", row.value.note}, {"detail", to_json(row.value.detail)},
                       {"alarms_minutes", to_json(row.value.alarms_minutes)}});
    return out;
}

/// An app password is its user, as far as it reaches; any other token is itself.
Caller Identity::caller_of(ApiToken const& token, User const* user) const {
    std::set<std::string> const scopes(token.scopes.begin(), token.scopes.end());
    if (!user) {
        Caller out{"token:" + token.id.str(), token.name, {}, Role::reader, scopes, {}, false, {}};
        out.token = token.id.str();
        return out;
    }
    auto out = caller_of(*user);
    std::erase_if(out.rights, [&](auto const& right) { return !scopes.contains(right); });
    out.token = token.id.str();
    return out;
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
    auto const* user = token->user ? users_.find(*token->user) : nullptr;
    if (token->user && (!user || !user->active))
        return std::nullopt;
    return caller_of(*token, user);
}

std::optional<Caller> Identity::by_feed_token(std::string_view secret) const {
    if (secret.size() != secret_size)
        return std::nullopt;
    auto const hash = hash_secret(secret);
    std::shared_lock const lock(mutex_);
    auto const found = feed_by_hash_.find(hash);
    if (found == feed_by_hash_.end())
        return std::nullopt;
    auto const& token = found->second;
    Caller out{"feed:" + token->id.str(), "calendar link", token->language, Role::reader, {"feed"}, token, false, {}};
    out.token = token->id.str();
    return out;
}

} // namespace kogge::host
