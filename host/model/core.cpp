// SPDX-License-Identifier: EUPL-1.2
#include "model/core.hpp"

#include <kogge/json.hpp>
#include <kogge/model/mail.hpp>
#include <kogge/model/people.hpp>
#include <kogge/model/place.hpp>
#include <kogge/model/programme.hpp>
#include <kogge/model/visit.hpp>
#include <kogge/scenario.hpp>

#include <map>

namespace kogge::host {

std::vector<json::object> core_descriptions() {
    auto const retain_name = 3650;
    auto const retain_mail = 365;
    return {
        describe<Theme>("theme", {.title = "name"}),
        describe<City>("city", {.title = "name"}),
        describe<Venue>("venue", {.title = "name"}),
        describe<Organisation>("organisation", {.title = "name"}),
        describe<Person>("person", {.retain_days = retain_name, .title = "family_name"}),
        describe<Affiliation>("affiliation", {.cascade = {"person"}, .title = "function_title"}),
        describe<Visit>("visit", {.title = "title"}),
        describe<Track>("track", {.per_visit = true, .cascade = {"visit"}, .unique = {"visit", "code"}, .title = "name"}),
        describe<Delegation>("delegation", {.per_visit = true, .cascade = {"visit"}, .unique = {"visit", "side", "organisation"}}),
        describe<Delegate>("delegate", {.per_visit = true, .retain_days = retain_name, .cascade = {"visit", "delegation"}, .unique = {"visit", "person"}}),
        describe<ProgrammeItem>("programme_item", {.per_visit = true, .cascade = {"visit"}, .title = "title"}),
        describe<Participation>("participation", {.per_visit = true, .cascade = {"visit", "item"}, .unique = {"item", "person"}}),
        describe<Task>("task", {.per_visit = true, .cascade = {"visit"}, .title = "title"}),
        describe<Document>("document", {.per_visit = true, .cascade = {"visit"}, .title = "title"}),
        describe<OutgoingMail>("outgoing_mail", {.per_visit = true, .retain_days = retain_mail, .sensitive = {"text", "parts"}, .cascade = {"visit", "person"}, .title = "subject"}),
        describe<IncomingMail>("incoming_mail", {.retain_days = retain_mail, .sensitive = {"parts"}, .title = "subject"}),
    };
}

namespace {

/// A row of the document on its way to becoming the fields of an entity.
class Draft {
  public:
    Draft(std::string_view section, json::object const& row, std::set<std::string>& claims)
        : section_(section), row_(row), claims_(claims) {
        claim("id"), claim("fictional");
    }
    std::string text(std::string_view name) const {
        claim(name);
        return Scenario::text(row_, name);
    }
    json::value const* value(std::string_view name) const {
        claim(name);
        auto const* found = row_.if_contains(name);
        return found && !found->is_null() ? found : nullptr;
    }
    /// Field `to` is the row's `from` as it stands; absent, null and "" set nothing.
    Draft& copy(std::string_view from, std::string_view to) {
        if (auto const* found = value(from); found && !(found->is_string() && found->get_string().empty()))
            fields[to] = *found;
        return *this;
    }
    /// {"nl":…,"de":…}: the Dutch text is the source; the other languages are the translation plugin's to take.
    Draft& copy_text(std::string_view from, std::string_view to) {
        auto const* found = value(from);
        auto const* texts = found ? found->if_object() : nullptr;
        if (!texts || texts->empty())
            return *this;
        auto const* dutch = texts->if_contains("nl");
        auto const& chosen = dutch ? *dutch : texts->begin()->value();
        fields[to] = {{"text", chosen}, {"language", dutch ? "nl" : std::string_view(texts->begin()->key())}};
        return *this;
    }
    Result<void> copy_time(std::string_view from, std::string_view to, Zone zone) {
        claim(from);
        KOGGE_TRY(auto const time, Scenario::time(row_, from, zone));
        fields[to] = to_text(time);
        return boost::outcome_v2::success();
    }
    Draft& copy_location() {
        auto const* latitude = value("lat");
        auto const* longitude = value("lon");
        if (latitude && longitude)
            fields["location"] = {{"latitude", *latitude}, {"longitude", *longitude}};
        return *this;
    }
    json::object const& row() const { return row_; }

    json::object fields;

  private:
    void claim(std::string_view name) const { claims_.insert(std::string(section_) + "." + std::string(name)); }
    std::string_view section_;
    json::object const& row_;
    std::set<std::string>& claims_;
};

class CoreImport {
  public:
    explicit CoreImport(json::object const& document) : scenario_(document) {}

    Result<ImportPart> run() {
        part_.claims.insert("meta");
        themes();
        cities();
        KOGGE_TRY(venues());
        organisations();
        people();
        KOGGE_TRY(visits());
        tracks();
        delegates("delegate", "guest");
        delegates("counterpart", "host");
        KOGGE_TRY(items());
        tasks();
        return std::move(part_);
    }

  private:
    void create(std::string_view entity, std::string id, json::object fields) {
        part_.changes.push_back({{"op", "create"}, {"entity", entity}, {"id", std::move(id)}, {"fields", std::move(fields)}});
    }
    void create(std::string_view entity, Draft const& draft) { create(entity, draft.text("id"), draft.fields); }
    template <class Make>
    void each(std::string_view section, Make make) {
        for (auto const* row : scenario_.rows(section)) {
            Draft draft(section, *row, part_.claims);
            make(draft);
        }
    }

    void themes() {
        each("theme", [&](Draft& draft) {
            draft.fields["name"] = {{"text", draft.text("nl")}, {"language", "nl"}};
            create("theme", draft);
        });
    }
    void cities() {
        each("city", [&](Draft& draft) {
            draft.copy_text("name", "name").copy("country", "country").copy("region", "region").copy("tz", "zone").copy("relation", "relation").copy_location();
            create("city", draft);
        });
    }
    Result<void> venues() {
        for (auto const* row : scenario_.rows("venue")) {
            Draft draft("venue", *row, part_.claims);
            draft.copy("name", "name").copy("city", "city").copy("kind", "venue_kind").copy("address", "address").copy("capacity", "capacity");
            draft.copy("step_free", "step_free").copy("hearing_loop", "hearing_loop").copy_location();
            KOGGE_TRY(auto const zone, scenario_.zone_of_venue(draft.text("id")));
            draft.fields["zone"] = zone.name();
            create("venue", draft);
        }
        return boost::outcome_v2::success();
    }
    void organisations() {
        each("organisation", [&](Draft& draft) {
            draft.copy("name", "name").copy("kind", "organisation_kind").copy("city", "city").copy("themes", "themes");
            create("organisation", draft);
        });
    }
    void people() {
        each("person", [&](Draft& draft) {
            draft.copy("given", "given_name").copy("family", "family_name").copy("gender", "gender").copy("academic_prefix", "academic_prefix");
            draft.copy("country", "country").copy("email", "email").copy("phone", "phone").copy("note", "note");
            json::array languages;
            if (auto const* skills = draft.value("languages"); skills && skills->is_object())
                for (auto const& [language, level] : skills->get_object())
                    languages.push_back({{"language", language}, {"level", level}});
            draft.fields["languages"] = std::move(languages);
            create("person", draft);
        });
    }
    Result<void> visits() {
        KOGGE_TRY(auto const zone, scenario_.base_zone());
        std::map<std::string, json::object> by_id;
        for (auto const* row : scenario_.rows("visit")) {
            Draft draft("visit", *row, part_.claims);
            draft.copy_text("title", "title").copy("direction", "direction").copy("kind", "kind_of_visit").copy("status", "status");
            draft.copy("partner_city", "partner_city").copy("languages", "languages").copy("themes", "themes").copy("reciprocates", "reciprocates").copy("case_number", "case_number");
            if (auto const* euros = draft.value("budget_eur"); euros && euros->is_number())
                draft.fields["budget"] = {{"minor", std::llround(euros->to_number<double>() * double(minor_units_per_euro))}, {"currency", "EUR"}};
            KOGGE_TRY(draft.copy_time("start", "starts", zone));
            KOGGE_TRY(draft.copy_time("end", "ends", zone));
            create("visit", draft);
        }
        return boost::outcome_v2::success();
    }
    /// Every letter a delegate, an item or a leg of the visit uses is a track.
    void tracks() {
        std::set<std::pair<std::string, char>> letters;
        for (auto const* section : {"programme_item", "transport_leg"})
            for (auto const* row : scenario_.rows(section))
                for (char const letter : Scenario::text(*row, "audience"))
                    letters.emplace(Scenario::text(*row, "visit"), letter);
        for (auto const* row : scenario_.rows("delegate"))
            for (char const letter : Scenario::text(*row, "track"))
                letters.emplace(Scenario::text(*row, "visit"), letter);
        for (auto const& [visit, letter] : letters)
            create("track", Scenario::track_id(Id<Visit>(visit), letter).str(),
                   {{"visit", visit}, {"code", std::string(1, letter)}, {"name", {{"text", std::string("Deelprogramma ") + letter}, {"language", "nl"}}}});
    }
    void delegates(std::string_view section, std::string_view side) {
        each(section, [&](Draft& draft) {
            auto const visit = draft.text("visit");
            auto const person = draft.text("person");
            auto const organisation = draft.text("organisation");
            auto const party = draft.value("party") ? draft.text("party") : organisation;
            auto const delegation = visit + "." + party;
            if (delegations_.insert(delegation).second)
                create("delegation", delegation, {{"visit", visit}, {"side", side}, {"organisation", party}});
            auto const affiliation = person + "." + organisation;
            if (affiliations_.insert(affiliation).second) {
                json::object fields{{"person", person}, {"organisation", organisation}, {"function_title", draft.text("function")}};
                if (draft.value("office"))
                    fields["office"] = draft.text("office");
                if (draft.value("in_office_since"))
                    fields["since"] = draft.text("in_office_since");
                create("affiliation", affiliation, std::move(fields));
            }
            json::object fields{{"visit", visit}, {"delegation", delegation}, {"person", person}, {"affiliation", affiliation}};
            fields["role"] = draft.value("role") ? draft.text("role") : "counterpart";
            fields["status"] = draft.value("status") ? draft.text("status") : "confirmed";
            if (auto const track = draft.text("track"); !track.empty())
                fields["track"] = Scenario::track_id(Id<Visit>(visit), track.front()).str();
            create("delegate", visit + "." + person, std::move(fields));
        });
    }
    Result<void> items() {
        for (auto const* row : scenario_.rows("programme_item")) {
            Draft draft("programme_item", *row, part_.claims);
            draft.copy("visit", "visit").copy_text("title", "title").copy("kind", "item_kind").copy("status", "status").copy("timing", "timing").copy("venue", "venue");
            draft.copy("responsible", "responsible").copy("working_languages", "working_languages").copy("meal", "meal").copy("dress_code", "dress_code");
            draft.text("audience");
            draft.fields["tracks"] = to_json(Scenario::audience(*row));
            KOGGE_TRY(auto const zone, scenario_.zone_of_venue(draft.text("venue")));
            KOGGE_TRY(draft.copy_time("start", "starts", zone));
            KOGGE_TRY(draft.copy_time("end", "ends", zone));
            interpretation(draft);
            create("programme_item", draft);
            outside_guests(draft);
        }
        return boost::outcome_v2::success();
    }
    /// {"mode":"whispered","pair":"nl-de"}
    void interpretation(Draft& draft) {
        auto const* value = draft.value("interpretation");
        if (!value)
            return;
        auto const pair = Scenario::text(*value, "pair");
        auto const dash = std::min(pair.find('-'), pair.size());
        draft.fields["interpretation"] = {{"mode", Scenario::text(*value, "mode")}, {"from", pair.substr(0, dash)}, {"to", pair.substr(std::min(dash + 1, pair.size()))}};
    }
    void outside_guests(Draft const& draft) {
        auto const* guests = draft.value("outside_guests");
        if (!guests || !guests->is_array())
            return;
        for (auto const& guest : guests->get_array())
            if (guest.is_string()) {
                auto const person = std::string(guest.get_string());
                create("participation", draft.text("id") + "." + person,
                       {{"visit", draft.text("visit")}, {"item", draft.text("id")}, {"person", person}, {"presence", "included"}, {"role", "guest"}});
            }
    }
    void tasks() {
        each("task", [&](Draft& draft) {
            draft.copy("visit", "visit").copy("title", "title").copy("owner", "owner").copy("offset_days", "offset_days").copy("due", "due").copy("status", "status");
            create("task", draft);
        });
    }

    Scenario scenario_;
    ImportPart part_;
    std::set<std::string> delegations_, affiliations_;
};

} // namespace

Result<ImportPart> import_core(json::object const& document) { return CoreImport(document).run(); }

std::vector<std::string> unclaimed(json::object const& document, std::set<std::string> const& claims) {
    std::set<std::string> out;
    for (auto const& [section, rows] : document) {
        std::string const name(section);
        if (claims.contains(name))
            continue;
        bool const known = claims.lower_bound(name + ".") != claims.end() && claims.lower_bound(name + ".")->starts_with(name + ".");
        if (!known || !rows.is_array()) {
            out.insert(name);
            continue;
        }
        for (auto const& row : rows.get_array())
            if (auto const* object = row.if_object())
                for (auto const& [field, value] : *object)
                    if (!value.is_null() && !claims.contains(name + "." + std::string(field)))
                        out.insert(name + "." + std::string(field));
    }
    return {out.begin(), out.end()};
}

} // namespace kogge::host
