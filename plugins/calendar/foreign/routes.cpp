// SPDX-License-Identifier: EUPL-1.2
#include "foreign/routes.hpp"

#include "foreign/preview.hpp"
#include "foreign/words.hpp"

#include <algorithm>

namespace kogge::calendar::foreign {

namespace {

constexpr std::size_t longest_name = 120;

/// Who asks, and for whom they may act.
struct Caller {
    std::string id;
    std::optional<Id<Person>> person;
    bool planner = false;

    bool is(Id<Person> const& other) const { return person && *person == other; }
    bool may_see(Id<Person> const& other) const { return planner || is(other); }
};

Caller caller_of(Request const& request) {
    Caller out;
    auto const document = request.caller();
    auto const* who = document.if_object();
    if (!who)
        return out;
    out.id = request.user();
    if (auto const* person = who->if_contains("person"); person && person->is_string() && is_id(std::string_view(person->get_string())))
        out.person = Id<Person>(std::string(person->get_string()));
    for (auto const* list : {"rights", "roles"})
        if (auto const* words = who->if_contains(list); words && words->is_array())
            for (auto const& word : words->get_array())
                out.planner = out.planner || word == "write" || word == "planner" || word == "admin";
    return out;
}

Error unknown(Request const& request) { return {ErrorCode::not_found, "there is no calendar '" + request.param("id").substr(0, 80) + "' here", "/id"}; }

/// What a caller who may not see it is told is the same as for one that is not there.
Result<Row<ForeignCalendar> const*> visible(Book const& book, Request const& request) {
    auto const id = request.id<ForeignCalendar>("id");
    auto const* row = id ? book.calendars.row(id.value()) : nullptr;
    if (!row || !caller_of(request).may_see(row->value.person))
        return unknown(request);
    return row;
}

Result<std::string> checked_zone(std::string const& zone) {
    KOGGE_TRY(auto const known, Zone::parse(zone));
    return known.name();
}

Result<std::string> checked_address(std::string const& url, std::string const& language) {
    auto address = address_of(url);
    if (!address)
        return invalid(look_text(address.error().what, address.error().detail, language), "/url");
    return std::move(address).value();
}

std::string_view state_of(ForeignCalendar const& calendar) {
    if (calendar.error == LookError::none)
        return calendar.last_ok ? "ok" : "new";
    return calendar.last_ok ? "stale" : "failed";
}

json::object document_of(Row<ForeignCalendar> const& row, Book const& book, Looker const& looker, std::string const& language) {
    auto const& calendar = row.value;
    json::object out{{"id", calendar.id.str()}, {"rev", row.rev}, {"person", calendar.person.str()}, {"person_name", book.name_of(calendar.person)},
                     {"name", calendar.name}, {"kind", to_json(calendar.kind)}, {"host", calendar.host}, {"show_details", calendar.show_details},
                     {"colour", calendar.colour}, {"zone", to_json(calendar.zone)}, {"consent", to_json(calendar.consent)}, {"added_by", calendar.added_by},
                     {"state", state_of(calendar)}, {"looking", looker.looking(calendar.id)}, {"looks", looker.looks(calendar.id)}, {"events", calendar.events},
                     {"busy", book.times_of(calendar.id).size()}};
    auto const seen = calendar.error == LookError::none ? looker.last_ok(calendar.id) : std::nullopt;
    out["last_ok"] = seen ? json::value(to_text(*seen)) : calendar.last_ok ? json::value(to_text(instant_of(*calendar.last_ok))) : json::value();
    if (auto const next = looker.next(calendar.id); next && calendar.kind != ForeignKind::file)
        out["next_look"] = to_text(std::max(*next, looker.host().now()));
    if (calendar.error != LookError::none) {
        out["error"] = {{"code", to_json(calendar.error)}, {"text", look_text(calendar.error, calendar.error_detail, language)}, {"times", calendar.failures}};
        if (calendar.failing_since)
            out["stale_since"] = to_text(instant_of(*calendar.failing_since));
    }
    return out;
}

struct Shared {
    Host& host;
    Book& book;
    Looker& looker;
    Previews& previews;

    /// After a change was made: the followers may not have been told yet, the store has.
    Result<Response> answer(Id<ForeignCalendar> const& id, Request const& request, int status, json::object more = {}) const {
        KOGGE_TRY(auto const row, looker.whole(id));
        auto document = document_of(row, book, looker, request.language());
        for (auto& [name, value] : more)
            document[name] = std::move(value);
        auto response = Response::json(document, status);
        if (status == 201)
            response.headers.emplace_back("Location", "/api/v1/calendars/foreign/" + id.str());
        return response;
    }
    Result<void> commit(ChangeSet& changes, Request const& request) const {
        changes.by(request.user());
        KOGGE_TRY(auto const outcome, host.apply(changes));
        return committed(outcome);
    }
};

// GET /api/v1/calendars/foreign?person=
struct ListForeign {
    Result<Response> operator()(Request const& request) const {
        auto const caller = caller_of(request);
        auto const wanted = request.query("person");
        std::vector<Row<ForeignCalendar> const*> rows;
        for (auto const& [id, row] : shared.book.calendars.rows())
            if (caller.may_see(row.value.person) && (!wanted || *wanted == row.value.person.str()))
                rows.push_back(&row);
        std::sort(rows.begin(), rows.end(), [](auto const* a, auto const* b) { return std::tie(a->value.person, a->value.name, a->value.id) < std::tie(b->value.person, b->value.name, b->value.id); });
        json::array list;
        for (auto const* row : rows)
            list.push_back(document_of(*row, shared.book, shared.looker, request.language()));
        return Response::json({{"calendars", std::move(list)}, {"person", caller.person ? json::value(caller.person->str()) : json::value()}});
    }
    Shared shared;
};

// GET /api/v1/calendars/foreign/{id}
struct GetForeign {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* row, visible(shared.book, request));
        auto document = document_of(*row, shared.book, shared.looker, request.language());
        if (caller_of(request).is(row->value.person)) { // whose address it is may read it
            KOGGE_TRY(auto const whole, shared.looker.whole(row->value.id));
            document["url"] = to_json(whole.value.url);
            document["user"] = to_json(whole.value.user);
        }
        return Response::json(document);
    }
    Shared shared;
};

struct NewCalendar {
    std::optional<Id<Person>> person;
    std::string name;
    ForeignKind kind = ForeignKind::ics;
    std::optional<std::string> url, user, password;
    bool show_details = false;
    std::optional<std::string> consent;
    std::string colour;
    std::optional<std::string> zone;
    std::optional<std::string> text; // of a file
};
BOOST_DESCRIBE_STRUCT(NewCalendar, (), (person, name, kind, url, user, password, show_details, consent, colour, zone, text))

Result<Id<Person>> owner_of(NewCalendar const& wish, Caller const& caller, Book const& book) {
    auto const person = wish.person ? wish.person : caller.person;
    if (!person)
        return invalid("say whose calendar it is; your user is not linked to a person", "/person");
    if (!caller.may_see(*person))
        return Error{ErrorCode::denied, "only planners put in calendars of other people", "/person"};
    if (!book.people.find(*person))
        return Error{ErrorCode::not_found, "there is no person " + person->str(), "/person"};
    if (!caller.is(*person) && (!wish.consent || wish.consent->empty()))
        return invalid("say in 'consent' who agreed to it and when: it is somebody else's calendar", "/consent");
    if (!caller.is(*person) && wish.show_details)
        return Error{ErrorCode::denied, "only the person whose calendar it is lets its titles be seen", "/show_details"};
    return *person;
}

Result<ForeignCalendar> described(NewCalendar const& wish, Request const& request, Book const& book) {
    auto const caller = caller_of(request);
    ForeignCalendar out;
    out.id = Id<ForeignCalendar>::make();
    KOGGE_TRY(out.person, owner_of(wish, caller, book));
    out.kind = wish.kind;
    out.name = clean(wish.name, longest_name);
    out.show_details = wish.show_details;
    out.colour = clean(wish.colour, 20);
    out.added_by = request.user();
    if (!caller.is(out.person))
        out.consent = clean(*wish.consent, 300);
    if (wish.zone) {
        KOGGE_TRY(out.zone, checked_zone(*wish.zone));
    }
    if (wish.kind == ForeignKind::file) {
        if (!wish.text || wish.url)
            return invalid("an uploaded calendar has a 'text' and no 'url'", wish.url ? "/url" : "/text");
        return out;
    }
    if (!wish.url || wish.text)
        return invalid("a calendar to subscribe to has a 'url' and no 'text'", wish.text ? "/text" : "/url");
    KOGGE_TRY(out.url, checked_address(*wish.url, request.language()));
    out.host = host_of(*out.url);
    out.user = wish.user;
    out.password = wish.password;
    if (out.name.empty())
        out.name = out.host;
    return out;
}

json::object came_in(Settled const& settled) {
    json::array remarks;
    for (auto const& remark : settled.remarks)
        remarks.push_back(json::string(remark));
    return {{"came_in", {{"new", settled.difference.fresh}, {"changed", settled.difference.changed}, {"gone", settled.difference.gone}}},
            {"remarks", std::move(remarks)}};
}

// POST /api/v1/calendars/foreign
struct PostForeign {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const wish, request.read<NewCalendar>());
        KOGGE_TRY(auto calendar, described(wish, request, shared.book));
        auto const id = calendar.id;
        auto const most = shared.looker.settings().calendars_of_a_person;
        if (shared.book.calendars_of(calendar.person) >= most)
            return Error{ErrorCode::conflict, "this person has " + std::to_string(most) + " calendars already; take one out first", {}};
        if (calendar.kind == ForeignKind::file) {
            KOGGE_TRY(auto const settled, shared.looker.take_file(std::move(calendar), {}, *wish.text, {}, request.user(), request.language()));
            return shared.answer(id, request, 201, came_in(settled));
        }
        ChangeSet changes("a calendar elsewhere");
        changes.create(calendar);
        KOGGE_TRY(shared.commit(changes, request));
        shared.looker.look_soon(id, true);
        return shared.answer(id, request, 201);
    }
    Shared shared;
};

struct CalendarEdit {
    std::optional<std::string> name, url, user, password, colour, zone, consent;
    std::optional<bool> show_details;
};
BOOST_DESCRIBE_STRUCT(CalendarEdit, (), (name, url, user, password, colour, zone, consent, show_details))

// PATCH /api/v1/calendars/foreign/{id}
struct PatchForeign {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* row, visible(shared.book, request));
        KOGGE_TRY(auto const edit, request.read<CalendarEdit>());
        auto const id = row->value.id;
        KOGGE_TRY(auto const whole, shared.looker.whole(id));
        KOGGE_TRY(auto fields, fields_of(edit, whole.value, request));
        bool const anew = edit.url || edit.user || edit.password || edit.zone || edit.show_details;
        if (anew) // what was remembered of the last answer no longer holds
            fields["etag"] = nullptr, fields["last_modified"] = nullptr, fields["window_day"] = nullptr;
        if (fields.empty())
            return shared.answer(id, request, 200);
        ChangeSet changes("a calendar elsewhere");
        changes.update(id, whole.rev, std::move(fields));
        KOGGE_TRY(shared.commit(changes, request));
        if (anew)
            shared.looker.look_soon(id, true);
        return shared.answer(id, request, 200);
    }
    static Result<json::object> fields_of(CalendarEdit const& edit, ForeignCalendar const& calendar, Request const& request) {
        json::object out;
        if (calendar.kind == ForeignKind::file && (edit.url || edit.user || edit.password))
            return invalid("an uploaded calendar has no address; upload the new file instead", "/url");
        if (edit.show_details && *edit.show_details && !caller_of(request).is(calendar.person))
            return Error{ErrorCode::denied, "only the person whose calendar it is lets its titles be seen", "/show_details"};
        if (edit.show_details)
            out["show_details"] = *edit.show_details;
        if (edit.name)
            out["name"] = clean(*edit.name, longest_name);
        if (edit.colour)
            out["colour"] = clean(*edit.colour, 20);
        if (edit.consent)
            out["consent"] = clean(*edit.consent, 300);
        if (edit.zone) {
            KOGGE_TRY(auto const zone, checked_zone(*edit.zone));
            out["zone"] = zone;
        }
        if (edit.url) {
            KOGGE_TRY(auto const url, checked_address(*edit.url, request.language()));
            out["url"] = url;
            out["host"] = host_of(url);
            if (host_of(url) != calendar.host && !edit.password) // a password is for the server it was given for
                out["user"] = nullptr, out["password"] = nullptr;
        }
        if (edit.user)
            out["user"] = *edit.user;
        if (edit.password)
            out["password"] = *edit.password;
        return out;
    }
    Shared shared;
};

// DELETE /api/v1/calendars/foreign/{id}: with all busy times of it
struct DeleteForeign {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* row, visible(shared.book, request));
        KOGGE_TRY(remove(shared, row->value.id, request));
        return Response{204, {}, "application/json", {}, {}};
    }
    static Result<void> remove(Shared const& shared, Id<ForeignCalendar> const& id, Request const& request) {
        KOGGE_TRY(auto const whole, shared.looker.whole(id));
        ChangeSet changes("a calendar elsewhere was taken out");
        for (auto const& [time, stored] : shared.book.times_of(id))
            changes.erase(time, stored->rev);
        changes.erase(id, whole.rev);
        return shared.commit(changes, request);
    }
    Shared shared;
};

// POST /api/v1/calendars/foreign/{id}/refresh
struct RefreshForeign {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* row, visible(shared.book, request));
        auto const id = row->value.id;
        shared.looker.look_soon(id, false);
        return shared.answer(id, request, 202);
    }
    Shared shared;
};

struct Upload {
    std::string text;
};
BOOST_DESCRIBE_STRUCT(Upload, (), (text))

// PUT /api/v1/calendars/foreign/{id}/file
struct PutFile {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* row, visible(shared.book, request));
        KOGGE_TRY(auto const upload, request.read<Upload>());
        if (row->value.kind != ForeignKind::file)
            return invalid("this calendar is read from " + row->value.host + "; only uploaded ones are uploaded again", "/id");
        auto const id = row->value.id;
        KOGGE_TRY(auto const whole, shared.looker.whole(id));
        KOGGE_TRY(auto const settled, shared.looker.take_file(whole.value, whole.rev, upload.text, whole.value.content, request.user(), request.language()));
        return shared.answer(id, request, 200, came_in(settled));
    }
    Shared shared;
};

// POST /api/v1/calendars/foreign/{id}/undo: the last upload is taken back; when it was the first, the calendar with it
struct UndoFile {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const* row, visible(shared.book, request));
        auto const id = row->value.id;
        if (row->value.kind != ForeignKind::file)
            return invalid("only uploads are undone; take the subscription out instead", "/id");
        KOGGE_TRY(auto const whole, shared.looker.whole(id));
        if (whole.value.previous.empty()) {
            KOGGE_TRY(DeleteForeign::remove(shared, id, request));
            return Response{204, {}, "application/json", {}, {}};
        }
        KOGGE_TRY(auto const settled, shared.looker.take_file(whole.value, whole.rev, joined(whole.value.previous), {}, request.user(), request.language()));
        return shared.answer(id, request, 200, came_in(settled));
    }
    Shared shared;
};

// POST /api/v1/calendars/foreign/preview, GET /api/v1/calendars/foreign/preview/{id}
struct PostPreview {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto wish, request.read<NewCalendar>());
        auto const caller = caller_of(request);
        if (!wish.consent)
            wish.consent = "preview"; // nothing is kept
        KOGGE_TRY(auto const calendar, described(wish, request, shared.book));
        bool const titles = caller.is(calendar.person) || calendar.kind == ForeignKind::file; // whoever has the file has read it
        auto const reading = shared.looker.reading_for(calendar.person, calendar.zone);
        if (calendar.kind == ForeignKind::file) {
            auto const said = digest(*wish.text, reading, shared.looker.settings().limits.digest);
            if (!said)
                return invalid(look_text(said.error().what, said.error().detail, request.language()), "/text");
            return Response::json(preview_document(said.value(), reading, titles, shared.looker.clashes(calendar, said.value(), request.language())));
        }
        KOGGE_TRY(auto const id, shared.previews.open(request.user(), shared.host.now()));
        shared.looker.try_out({calendar.kind, *calendar.url, calendar.user, calendar.password, {}, {}}, reading,
                              [shared = shared, id, calendar, reading, titles, language = request.language()](LookResult result) {
                                  if (!result.arrived)
                                      return shared.previews.close(id, result.arrived.error());
                                  auto const& said = result.arrived.value().digest;
                                  shared.previews.close(id, preview_document(said, reading, titles, shared.looker.clashes(calendar, said, language)));
                              });
        KOGGE_TRY(auto const document, shared.previews.find(id, request.user(), request.language(), shared.host.now()));
        auto response = Response::json(document, 202);
        response.headers.emplace_back("Location", "/api/v1/calendars/foreign/preview/" + id);
        return response;
    }
    Shared shared;
};
struct GetPreview {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const document, shared.previews.find(request.param("id"), request.user(), request.language(), shared.host.now()));
        return Response::json(document);
    }
    Shared shared;
};

// GET /api/v1/people/{person}/busy?from=&to=
struct GetBusy {
    Result<Response> operator()(Request const& request) const {
        constexpr std::chrono::days longest{400}, usual{14};
        KOGGE_TRY(auto const person, request.id<Person>("person"));
        if (!book.people.find(person))
            return Error{ErrorCode::not_found, "there is no person " + person.str(), "/person"};
        KOGGE_TRY(auto const from, moment(request, "from", host.now()));
        KOGGE_TRY(auto const to, moment(request, "to", from + usual));
        if (to <= from || to - from > longest)
            return invalid("'to' lies after 'from', by at most " + std::to_string(longest.count()) + " days", "/to");
        json::array busy;
        for (auto const* time : book.busy(person, {from, to})) {
            json::object one{{"starts", to_text(instant_of(time->starts))}, {"ends", to_text(instant_of(time->ends))}, {"tentative", time->tentative}};
            if (time->title)
                one["title"] = *time->title;
            busy.push_back(std::move(one));
        }
        return Response::json({{"person", person.str()}, {"from", to_text(from)}, {"to", to_text(to)}, {"busy", std::move(busy)}});
    }
    /// A day (its first moment in the house's zone) or an RFC 9557 time; "Z" alone is UTC.
    Result<Instant> moment(Request const& request, char const* name, Instant otherwise) const {
        auto const text = request.query(name);
        if (!text || text->empty())
            return otherwise;
        if (auto const day = parse_day(*text))
            return instant_of({std::chrono::local_seconds(day.value()), zone, false});
        auto const time = parse_local_time(*text, text->ends_with("Z") ? Zone() : zone);
        if (!time)
            return invalid(time.error().message, std::string("/") + name);
        return instant_of(time.value());
    }
    Host& host;
    Book const& book;
    Zone zone;
};

} // namespace

void add_foreign_routes(Host& host, Book& book, Looker& looker) {
    auto const previews = std::make_shared<Previews>();
    Shared const shared{host, book, looker, *previews};
    std::string const at = "/api/v1/calendars/foreign";
    auto const upload = std::int64_t(looker.settings().limits.digest.bytes) * 2; // JSON escapes line ends
    host.route("GET", at + "?person", "read", ListForeign{shared});
    host.serve({.methods = {"POST"}, .pattern = at, .needs = "read", .max_body = upload}, PostForeign{shared});
    host.serve({.methods = {"POST"}, .pattern = at + "/preview", .needs = "read", .max_body = upload}, PostPreview{shared});
    host.route("GET", at + "/preview/{id}", "read", [previews, get = GetPreview{shared}](Request const& request) { return get(request); });
    host.route("GET", at + "/{id}", "read", GetForeign{shared});
    host.route("PATCH", at + "/{id}", "read", PatchForeign{shared});
    host.route("DELETE", at + "/{id}", "read", DeleteForeign{shared});
    host.route("POST", at + "/{id}/refresh", "read", RefreshForeign{shared});
    host.serve({.methods = {"PUT"}, .pattern = at + "/{id}/file", .needs = "read", .max_body = upload}, PutFile{shared});
    host.route("POST", at + "/{id}/undo", "read", UndoFile{shared});
    host.route("GET", "/api/v1/people/{person}/busy?from&to", "read", GetBusy{host, book, looker.settings().zone});
}

} // namespace kogge::calendar::foreign
