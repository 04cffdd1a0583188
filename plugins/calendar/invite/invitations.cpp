// SPDX-License-Identifier: EUPL-1.2
#include "invite/invitations.hpp"

#include "invite/decide.hpp"
#include "invite/page.hpp"
#include "invite/phrases.hpp"
#include "invite/post.hpp"
#include "invite/reminders.hpp"
#include "invite/token.hpp"
#include "invite/views.hpp"

namespace kogge::calendar {

namespace {

constexpr char const* job_name = "invitations";
constexpr int slowest_look = 15; // seconds between two looks whether it has been quiet for long enough

int at_least(Host const& host, char const* name, int otherwise, int least) {
    int const value = host.setting<int>(name, otherwise);
    if (value < least)
        throw std::runtime_error("setting " + std::string(name) + ": give a number from " + std::to_string(least) + ", not " + std::to_string(value));
    return value;
}

InviteSettings settings_of(Host const& host) {
    InviteSettings out;
    out.tell_after_seconds = at_least(host, "tell_after_seconds", out.tell_after_seconds, 0);
    out.digest_from = at_least(host, "digest_from", out.digest_from, 1);
    out.office_address = host.setting<std::string>("office_address", host.setting<std::string>("mail_from", ""));
    out.office_name = host.setting<std::string>("office_name", host.setting<std::string>("mail_from_name", ""));
    out.plus_address = host.setting<bool>("plus_address", out.plus_address);
    out.public_url = host.setting<std::string>("public_url", out.public_url);
    while (out.public_url.ends_with('/'))
        out.public_url.pop_back();
    if (!out.office_address.empty() && !is_address(out.office_address))
        throw std::runtime_error("setting office_address: '" + out.office_address + "' is no mail address; write it as protocol@example.org");
    return out;
}

/// What POST …/invitations takes.
struct Switch {
    bool on = true;
    bool dry_run = false;
};
BOOST_DESCRIBE_STRUCT(Switch, (), (on, dry_run))

bool settled(json::value const& outcome) {
    auto const* object = outcome.if_object();
    auto const* verdict = object ? object->if_contains("verdict") : nullptr;
    return verdict && (*verdict == "committed" || *verdict == "unchanged");
}

std::string_view base_of(std::string_view language) { return language.substr(0, language.find('-')); }

} // namespace

Invitations::Invitations(Host& host, Picture& picture, Translate translate)
    : host_(host), picture_(picture), translate_(std::move(translate)), writer_(picture_, translate_, settings_),
      ledger_([this](std::string const& visit) { edited(visit); }), quiet_(std::chrono::seconds(0)) {}

void Invitations::start() {
    settings_ = settings_of(host_);
    quiet_ = Quiet(std::chrono::seconds(settings_.tell_after_seconds));
    constexpr int kept_days = 365; // after the visit: who was told what, when somebody asks
    std::vector<std::string> const owners{"visit", "person"};
    // Unique: of several daemons that find the same thing due, one writes.
    host_.entity<Invitation>({.per_visit = true, .retain_days = kept_days, .cascade = owners, .unique = {"person", "entity", "entry"}});
    host_.entity<ReplyLink>({.per_visit = true, .retain_days = kept_days, .cascade = owners});
    host_.entity<Inviting>({.per_visit = true, .cascade = {"visit"}, .unique = {"visit"}});
    host_.check<Invitation>([this](Invitation const& invitation, Findings& out) {
        auto const* guest = ledger_.guests.find(invitation.person);
        if (instant_of(invitation.said.ends) > host_.now())
            remind(invitation, guest ? name_of(*guest) : invitation.person.str(), out);
    });
    ledger_.inbox.on_mail = [this] { host_.wake(job_name); };
    host_.follow(ledger_.world);
    host_.job(job_name, std::chrono::seconds(std::clamp(settings_.tell_after_seconds / 4, 1, slowest_look)), [this] { work(); });
    std::string const base = "/api/v1/visits/{visit}/invitations";
    host_.route("GET", base + "?entity&id", "read", [this](Request const& request) { return get(request); });
    host_.route("POST", base, "write", [this](Request const& request) { return post(request); });
    host_.route("POST", base + "/{invitation}/decision", "write", [this](Request const& request) { return post_decision(request); });
    host_.route("GET", "/reply/{token}", "public", [this](Request const& request) { return get_page(request); });
    host_.route("POST", "/reply/{token}", "public", [this](Request const& request) { return post_page(request); });
}

void Invitations::edited(std::string const& visit) {
    auto const now = host_.now();
    if (!visit.empty())
        return quiet_.touched(Id<Visit>(visit), now);
    for (auto const& [id, row] : ledger_.inviting.rows())
        quiet_.touched(row.value.visit, now);
}

bool Invitations::commit(ChangeSet const& changes, std::string const& what) {
    auto const outcome = host_.apply(changes);
    if (outcome && settled(outcome.value()))
        return true;
    host_.log(what + " was not possible: " + (outcome ? json::serialize(outcome.value()).substr(0, 500) : outcome.error().message), KG_LOG_WARN);
    return false;
}

void Invitations::work() {
    read_mail();
    for (auto const& visit : quiet_.take(host_.now()))
        if (ledger_.is_on(visit))
            tell(visit);
}

void Invitations::read_mail() {
    std::vector<Id<IncomingMail>> waiting; // the inbox changes with every commit
    for (auto const& [id, row] : ledger_.inbox.mails())
        waiting.push_back(row.value.id);
    for (auto const& id : waiting) {
        auto const mail = host_.get(id);
        if (!mail)
            host_.log("mail " + id.str() + " cannot be read: " + mail.error().message, KG_LOG_ERROR);
        else if (mail.value().value.state == IncomingState::fresh)
            commit(take(mail.value(), picture_, ledger_, settings_, host_.now()), "taking the mail " + id.str());
    }
}

/// Person by person: what is due points into mirrors that a commit may move. Whoever still has a mail under way hears the rest
/// when it has gone: what changes while the mail server is down is one mail, too.
void Invitations::tell(Id<Visit> const& visit) {
    for (auto const& person : people_of(picture_, ledger_, visit)) {
        auto const* known = ledger_.guests.find(person);
        if (!hindrance(known).empty())
            continue;
        auto const guest = *known;
        auto const now = host_.now();
        auto dues = due(picture_, ledger_, visit, person, now);
        if (dues.empty())
            continue;
        if (ledger_.is_under_way(visit, person)) {
            quiet_.touched(visit, now);
            continue;
        }
        auto const letters = writer_.write(visit, guest, dues, now);
        if (!commit(told(letters, dues, guest, visit, now), "writing to " + person.str()))
            quiet_.touched(visit, now);
    }
}

Result<Visit const*> Invitations::visit_of(Request const& request) const {
    KOGGE_TRY(auto const id, request.id<Visit>("visit"));
    auto const* visit = picture_.visits.find(id);
    if (!visit)
        return Error{ErrorCode::not_found, "there is no visit " + id.str(), "/visit"};
    return visit;
}

// GET /api/v1/visits/{visit}/invitations?entity=&id=
Result<Response> Invitations::get(Request const& request) const {
    KOGGE_TRY(auto const* visit, visit_of(request));
    std::optional<EntryId> only;
    if (auto const id = request.query("id")) {
        auto const entity = request.query("entity").value_or(kind_of<ProgrammeItem>());
        if (entity != kind_of<ProgrammeItem>() && entity != kind_of<Leg>())
            return invalid("nobody is invited to a '" + entity.substr(0, 80) + "'; give programme_item or transport_leg", "/entity");
        only = EntryId{entity == kind_of<Leg>() ? EntryId::Kind::leg : EntryId::Kind::item, *id};
    }
    return Response::json(overview(picture_, ledger_, visit->id, only, host_.now(), request.language()));
}

json::array Invitations::previews(Id<Visit> const& visit) const {
    json::array out;
    for (auto const& person : people_of(picture_, ledger_, visit)) {
        auto const* guest = ledger_.guests.find(person);
        if (!guest)
            continue;
        auto dues = due(picture_, ledger_, visit, person, host_.now());
        if (dues.empty())
            continue;
        auto const letters = hindrance(guest).empty() ? writer_.write(visit, *guest, dues, host_.now()) : std::vector<Letter>();
        out.push_back(preview(*guest, letters, dues));
    }
    return out;
}

// POST /api/v1/visits/{visit}/invitations
Result<Response> Invitations::post(Request const& request) {
    KOGGE_TRY(auto const* visit, visit_of(request));
    KOGGE_TRY(auto const wanted, request.body().empty() ? Result<Switch>(Switch{}) : request.read<Switch>());
    auto const id = visit->id;
    if (settings_.office_address.empty())
        return Error{ErrorCode::refused, "invitations need a sender; set from in [mail], or office_address in [plugin.calendar], and start again", {}};
    auto people = wanted.on ? previews(id) : json::array();
    std::size_t mails = 0;
    for (auto const& one : people)
        mails += one.at("mails").as_array().size();
    if (wanted.dry_run)
        return Response::json({{"on", ledger_.is_on(id)}, {"mails", mails}, {"people", std::move(people)}});
    ChangeSet changes(wanted.on ? "write to the people of the visit" : "stop writing to the people of the visit");
    changes.by(request.user());
    Id<Inviting> const key(id.str());
    Inviting const next{key, id, wanted.on, local_of(host_.now(), Zone())};
    if (auto const* row = ledger_.inviting.row(key))
        changes.update(key, row->rev, {{"on", next.on}, {"since", to_text(next.since)}});
    else
        changes.create(next);
    KOGGE_TRY(auto const outcome, host_.apply(changes));
    if (!settled(outcome))
        return Error{ErrorCode::conflict, "it could not be written: somebody else switched it just now; look again", {}};
    if (wanted.on) {
        quiet_.hurry(id);
        host_.wake(job_name);
    }
    return Response::json({{"on", wanted.on}, {"mails", mails}, {"people", std::move(people)}});
}

// POST /api/v1/visits/{visit}/invitations/{invitation}/decision
Result<Response> Invitations::post_decision(Request const& request) const {
    KOGGE_TRY(auto const* visit, visit_of(request));
    KOGGE_TRY(auto const id, request.id<Invitation>("invitation"));
    KOGGE_TRY(auto const wanted, request.read<Decision>());
    auto const* row = ledger_.invitations.row(id);
    if (!row || row->value.visit != visit->id)
        return Error{ErrorCode::not_found, "there is no invitation " + id.str() + " in this visit", "/invitation"};
    KOGGE_TRY(auto const changes, decide(*row, wanted, picture_, ledger_, writer_, host_.now()));
    return Response::json({{"change_set", changes.document()}});
}

/// A link that works, and what it shows.
struct Invitations::Opened {
    ReplyLink link;
    std::vector<Row<Invitation>> rows;
    std::vector<std::size_t> numbers;
    ReplyPage page;
};

std::optional<Invitations::Opened> Invitations::open(Request const& request) const {
    auto const* link = ledger_.links.find(Id<ReplyLink>(hash_of(request.param("token"))));
    auto const* guest = link ? ledger_.guests.find(link->person) : nullptr;
    if (!guest)
        return std::nullopt;
    Opened out{*link, {}, {}, {}};
    auto const told = ledger_.of(link->visit, link->person);
    for (std::size_t i = 0; i < link->entries.size(); ++i)
        for (auto const& [entry, row] : told)
            if (link->entries[i] == entity_of(entry) + ":" + entry.id) {
                out.rows.push_back(*row);
                out.numbers.push_back(i);
            }
    auto const asked = std::string(base_of(request.query("lang").value_or(language_of(*guest))));
    out.page.language = asked == "nl" || asked == "de" ? asked : "en";
    out.page.name = name_of(*guest);
    out.page.office = settings_.office_name;
    if (auto const* visit = picture_.visits.find(link->visit))
        out.page.visit_title = translate_(out.page.language, {{kind_of<Visit>(), link->visit.str(), "title", &visit->title}}).front().text;
    return out;
}

// GET /reply/{token}
Result<Response> Invitations::get_page(Request const& request) const {
    auto opened = open(request);
    if (!opened)
        return show_no_such_link(std::string(base_of(request.language())));
    for (std::size_t i = 0; i < opened->rows.size(); ++i)
        opened->page.entries.push_back({opened->numbers[i], &opened->rows[i].value, instant_of(opened->rows[i].value.said.ends) <= host_.now()});
    opened->page.thanks = request.query("done").has_value();
    return show(opened->page);
}

// POST /reply/{token}
Result<Response> Invitations::post_page(Request const& request) {
    auto opened = open(request);
    if (!opened)
        return show_no_such_link(std::string(base_of(request.language())));
    auto& page = opened->page;
    auto const now = host_.now();
    auto const form = read_form(request.body());
    ChangeSet changes("an answer of " + page.name);
    changes.by("person:" + opened->link.person.str());
    for (std::size_t i = 0; i < opened->rows.size(); ++i)
        page.entries.push_back({opened->numbers[i], &opened->rows[i].value, instant_of(opened->rows[i].value.said.ends) <= now});
    for (std::size_t i = 0; i < opened->rows.size() && page.wrong.empty(); ++i) {
        auto const sent = sent_for(form, page.entries[i], page.language);
        if (!sent)
            page.wrong = sent.error().message;
        else if (sent.value()) {
            auto next = opened->rows[i].value;
            answer(next, sent.value()->answer, sent.value()->substitute, sent.value()->comment, "page", now);
            auto fields = to_json(next).as_object();
            fields.erase("id");
            changes.update(next.id, opened->rows[i].rev, std::move(fields));
        }
    }
    if (page.wrong.empty() && changes.empty())
        page.wrong = say(Phrase::nothing_chosen, page.language);
    if (page.wrong.empty() && !commit(changes, "taking an answer from the page"))
        page.wrong = say(Phrase::changed_meanwhile, page.language);
    if (!page.wrong.empty())
        return show(page);
    auto response = Response::text({}, "text/plain; charset=utf-8");
    response.status = 303;
    response.headers = {{"Location", "?done=1"}, {"Cache-Control", "no-store"}, {"Referrer-Policy", "no-referrer"}};
    return response;
}

} // namespace kogge::calendar
