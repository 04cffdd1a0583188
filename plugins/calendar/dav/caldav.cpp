// SPDX-License-Identifier: EUPL-1.2
#include "dav/caldav.hpp"

#include <kogge/model/mail.hpp>

#include <algorithm>

namespace kogge::calendar::dav {

namespace {

constexpr std::int64_t largest_body = std::int64_t(16) << 20;

std::vector<std::string> texts(json::object const& caller, char const* name) {
    auto const* list = caller.if_contains(name);
    auto read = list ? from_json<std::vector<std::string>>(*list) : Result<std::vector<std::string>>(std::vector<std::string>());
    return read ? std::move(read).value() : std::vector<std::string>();
}

std::string text(json::object const& caller, char const* name) {
    auto const* value = caller.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// A user by the name they sign in with, a program by the id of its token: a token's name is no user's.
Principal principal_of(Request const& request) {
    Principal out;
    auto const caller = request.caller();
    auto const* who = caller.if_object();
    if (!who)
        return out;
    out.id = text(*who, "id");
    out.name = out.id.starts_with("token:") ? out.id : text(*who, "name");
    out.language = request.language();
    for (auto& right : texts(*who, "rights"))
        out.rights.insert(std::move(right));
    if (auto person = text(*who, "person"); !person.empty())
        out.person = Id<Person>(std::move(person));
    // A reader cannot change the programme, and yet has calendars of their own; whoever may write and whose token may not, only reads.
    auto const roles = texts(*who, "roles");
    bool const reader = std::find(roles.begin(), roles.end(), "reader") != roles.end();
    out.writes_own = out.may("write") || (reader && !out.id.starts_with("token:"));
    return out;
}

} // namespace

void CalDav::start() {
    host_.entity<CalendarPrincipal>({.unique = {"user"}, .own = true});
    host_.entity<CalendarCollection>({.unique = {"owner", "parent", "slug"}, .own = true});
    host_.entity<CalendarObject>({.cascade = {"collection"}, .unique = {"collection", "name"}, .own = true});
    host_.entity<CalendarName>({.per_visit = true, .unique = {"uid"}, .title = "uid"});
    host_.entity<CalendarExtra>({.per_visit = true, .cascade = {"visit"}, .unique = {"user", "entity", "entry"}, .own = true});
    host_.follow(shelf_.world);
    ServerLimits limits;
    auto const megabytes = host_.setting<int>("object_mb", 4);
    if (megabytes < 1 || megabytes > 16)
        throw std::runtime_error("setting object_mb: give a number from 1 to 16, not " + std::to_string(megabytes));
    limits.resource_bytes = std::size_t(megabytes) << 20U;
    projections_.emplace(Projections::Seams{picture_, translate_, [this](json::object const& query) { return host_.log_entries(query); },
                                            [this](ChangeSet const& changes, std::string const& language) { return host_.apply(ChangeSet(changes).in(language)); },
                                            [this] { return host_.now(); }, host_.setting<std::string>("link", ""), host_.setting<int>("past_days", 365)});
    for (auto* world : projections_->worlds())
        host_.follow(*world);
    auto people = [this](std::string const& person) -> std::optional<PersonCard> {
        auto const* known = picture_.people.find(Id<PersonName>(person));
        if (!known)
            return std::nullopt;
        return PersonCard{known->given_name.empty() ? known->family_name : known->given_name + " " + known->family_name, {}};
    };
    server_.emplace(Tree(calendars_, {&*projections_}, std::move(people)), limits, [this] { return host_.now(); });
    server_->mail_with([this](Principal const& who, std::string const& address, Message const& message) { return mail(who, address, message); });
    host_.serve({.methods = Server::methods(), .pattern = std::string(dav_root) + "{path*}", .needs = "read", .basic = true, .max_body = largest_body},
                [this](Request const& request) { return handle(request); });
}

/// In the organiser's name, from the office's address: where answers go, the calendar part says.
bool CalDav::mail(Principal const& who, std::string const& address, Message const& message) {
    if (host_.setting<std::string>("mail_from", "").empty())
        return false;
    auto const letter = letter_of(message, who.language);
    OutgoingMail mail;
    mail.id = Id<OutgoingMail>::make();
    mail.to = address;
    mail.subject = letter.subject;
    mail.text = letter.text;
    mail.language = who.language;
    mail.parts.push_back({"text/calendar; method=" + message.method + "; charset=utf-8", "", ical::to_text(message.calendar)});
    ChangeSet changes("mail about a calendar entry");
    changes.create(mail).by(who.id);
    auto const outcome = host_.apply(changes);
    auto const* document = outcome ? outcome.value().if_object() : nullptr;
    auto const* verdict = document ? document->if_contains("verdict") : nullptr;
    return verdict && verdict->is_string() && verdict->get_string() == "committed";
}

Result<Response> CalDav::handle(Request const& request) {
    DavRequest const asked{request.method(), request.target(), request.body(), [&request](std::string_view name) { return request.header(name); }, principal_of(request)};
    auto answer = server_->handle(asked);
    Response out;
    out.status = answer.status;
    out.body = std::move(answer.body);
    out.type = std::move(answer.type);
    out.headers = std::move(answer.headers);
    return out;
}

} // namespace kogge::calendar::dav
