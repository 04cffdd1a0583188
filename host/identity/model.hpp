// SPDX-License-Identifier: EUPL-1.2
// Who may do what: entities like any other, so that the change log is also the record of who was let in when. Secrets
// are stored as hashes only.
#pragma once

#include <kogge/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace kogge {
struct Person;
struct Visit;
}

namespace kogge::host {

enum class Role { reader, planner, admin };
BOOST_DESCRIBE_ENUM(Role, reader, planner, admin)

struct User {
    Id<User> id;
    std::string name;          // what they sign in with
    std::string password_hash; // argon2id, libsodium's text form
    Role role = Role::reader;
    std::string language = "nl";
    bool active = true;
    std::optional<Id<Person>> person; // who they are in the programme
};
BOOST_DESCRIBE_STRUCT(User, (), (id, name, password_hash, role, language, active, person))

/// A browser's session. Its id is the hash of the cookie.
struct Session {
    Id<Session> id;
    Id<User> user;
    std::int64_t expires = 0; // seconds since 1970 UTC
};
BOOST_DESCRIBE_STRUCT(Session, (), (id, user, expires))

/// For programs: the rights of `scopes` and no more. With `user` it is an app password: whoever sends it is that user, with
/// those of the user's rights that are in `scopes`.
struct ApiToken {
    Id<ApiToken> id;
    std::string name;
    std::string hash;
    std::vector<std::string> scopes; // read, write, care, admin
    std::optional<std::int64_t> expires;
    std::optional<Id<User>> user;
};
BOOST_DESCRIBE_STRUCT(ApiToken, (), (id, name, hash, scopes, expires, user))

/// How much of each entry a calendar link shows; what each level leaves out is the calendar plugin's to say.
enum class FeedDetail { banner, items, full, tasks };
BOOST_DESCRIBE_ENUM(FeedDetail, banner, items, full, tasks)

/// For one subscriber's calendar: what it shows is fixed when the token is made.
struct FeedToken {
    Id<FeedToken> id;
    std::string hash;
    std::string scope = "visit"; // visit, track, person, vehicle, driver, interpreter, venue, office
    std::optional<Id<Visit>> visit;
    std::string subject;         // the track's, person's … id
    std::string language = "nl";
    std::string note;            // whom it was given to
    FeedDetail detail = FeedDetail::full;
    std::optional<std::int64_t> alarms_minutes; // an alarm this long before each entry
};
BOOST_DESCRIBE_STRUCT(FeedToken, (), (id, hash, scope, visit, subject, language, note, detail, alarms_minutes))

} // namespace kogge::host
