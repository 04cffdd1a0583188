// SPDX-License-Identifier: EUPL-1.2
// Import and export.
#include "api/transfer.hpp"

#include "api/outcome.hpp"
#include "api/route.hpp"
#include "api/routes.hpp"
#include "daemon/house.hpp"

#include <kogge/model/mail.hpp>
#include <kogge/scenario.hpp>

#include <algorithm>

namespace kogge::host::api {

namespace {

std::string text(json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// Mail was sent from here and stays here: brought into another house, what is queued would go out again, and without its text.
bool travels(store::EntityType const& type) {
    return !type.internal && type.kind != kind_of<OutgoingMail>() && type.kind != kind_of<IncomingMail>();
}

// ---- reading -------------------------------------------------------------------------------------------------------

constexpr std::array core_sections{"visit", "programme_item", "person", "venue", "organisation", "city", "theme", "delegate", "task"};

bool looks_like_a_scenario(json::object const& document) {
    return std::any_of(core_sections.begin(), core_sections.end(), [&](char const* section) {
        auto const* rows = document.if_contains(section);
        return rows && rows->is_array();
    });
}

/// A list of a scenario is a list of rows, and what we read ourselves is a list.
Result<void> check_sections(json::object const& document) {
    for (auto const& [name, section] : document) {
        auto const at = "/" + std::string(name.substr(0, 80));
        auto const* rows = section.if_array();
        if (!rows && std::find(core_sections.begin(), core_sections.end(), std::string_view(name)) != core_sections.end())
            return invalid("'" + std::string(name) + "' is a list of objects", at);
        for (std::size_t i = 0; rows && i < rows->size(); ++i)
            if (!(*rows)[i].is_object())
                return invalid("a row of '" + std::string(name.substr(0, 80)) + "' is an object", at + "/" + std::to_string(i));
    }
    return boost::outcome_v2::success();
}

Result<Draft> read_scenario(House& house, json::object const& document, std::string const& body) {
    KOGGE_TRY(check_sections(document));
    KOGGE_TRY(auto core, import_core(document));
    KOGGE_TRY(auto parts, house.plugins().import(scenario_format, body));
    Draft draft{std::move(core.changes), {}, {}};
    for (auto& change : parts.changes)
        draft.changes.push_back(std::move(change));
    parts.claims.merge(core.claims);
    draft.skipped = unclaimed(document, parts.claims);
    draft.origins.resize(draft.changes.size());
    return draft;
}

Result<json::object> creation(std::string const& kind, json::value const& entity, std::string const& path) {
    auto const* object = entity.if_object();
    if (!object)
        return invalid("expected the document of a " + kind, path);
    auto const id = text(*object, "id");
    if (!is_id(id))
        return invalid("a " + kind + " without an id cannot be imported", path + "/id");
    auto fields = *object;
    for (auto const* own : {"id", "rev", "updated", "updated_us"})
        fields.erase(own);
    return json::object{{"op", "create"}, {"entity", kind}, {"id", id}, {"fields", std::move(fields)}};
}

Result<Draft> read_export(House& house, json::object const& document) {
    auto const* kinds = document.if_contains("entities");
    if (!kinds || !kinds->is_object())
        return invalid("an export has \"entities\": {kind: [document…]}", "/entities");
    Draft draft;
    for (auto const& [name, list] : kinds->get_object()) {
        std::string const kind(name);
        auto const* type = house.store().catalogue().find(kind);
        if (!type || !travels(*type)) {
            draft.skipped.push_back(kind);
            continue;
        }
        if (!list.is_array())
            return invalid("expected a list of documents", "/entities/" + kind);
        for (std::size_t i = 0; i < list.get_array().size(); ++i) {
            auto path = "/entities/" + kind + "/" + std::to_string(i);
            KOGGE_TRY(auto change, creation(kind, list.get_array()[i], path));
            draft.changes.push_back(std::move(change));
            draft.origins.push_back(std::move(path));
        }
    }
    return draft;
}

// ---- what is there already -----------------------------------------------------------------------------------------

/// What to do with an entity that is there and differs: leave it as people have made it since, or write it over.
enum class Existing { keep, update };

Result<Existing> existing_of(http::Request const& request) {
    auto const asked = request.query("existing").value_or("keep");
    if (asked != "keep" && asked != "update")
        return invalid("?existing= wants keep or update, not '" + std::string(asked.substr(0, 40)) + "'", "existing");
    return asked == "keep" ? Existing::keep : Existing::update;
}

class Sieve {
  public:
    Sieve(House& house, store::Access access, Existing existing) : house_(house), access_(std::move(access)), existing_(existing) {}

    /// Takes out what is stored with the same content already; the rest stays a creation, becomes an update, or is kept.
    Result<void> sift(Draft& draft) {
        json::array changes;
        std::vector<std::string> origins;
        for (std::size_t i = 0; i < draft.changes.size(); ++i) {
            KOGGE_TRY(auto change, settle(std::move(draft.changes[i].as_object())));
            if (change.empty())
                continue;
            changes.push_back(std::move(change));
            origins.push_back(std::move(draft.origins[i]));
        }
        draft.changes = std::move(changes);
        draft.origins = std::move(origins);
        return boost::outcome_v2::success();
    }
    json::array const& kept() const { return kept_; }

  private:
    /// The change that remains to be made; empty when none does.
    Result<json::object> settle(json::object change) {
        auto const kind = text(change, "entity");
        auto const id = text(change, "id");
        if (id.empty() || is_new_kind(kind))
            return change;
        auto const stored = house_.store().get(kind, id, access_);
        if (!stored)
            return stored.error().code == ErrorCode::not_found ? Result<json::object>(std::move(change)) : stored.error();
        json::object differing;
        for (auto const& [name, value] : change.at("fields").as_object())
            if (auto const* now = stored.value().if_contains(name); now ? !already_so(value, *now) : !value.is_null())
                differing[name] = value;
        if (differing.empty())
            return json::object();
        if (existing_ == Existing::keep) {
            kept_.push_back({{"entity", kind}, {"id", id}});
            return json::object();
        }
        return json::object{{"op", "update"}, {"entity", kind}, {"id", id}, {"rev", stored.value().at("rev")}, {"fields", std::move(differing)}};
    }
    /// Nothing of this kind is stored yet: then a large import need not look for each of its ids.
    bool is_new_kind(std::string const& kind) {
        auto const known = is_new_.find(kind);
        if (known != is_new_.end())
            return known->second;
        auto const page = house_.store().list(kind, {.limit = 1});
        return is_new_[kind] = page && page.value().items.empty();
    }

    House& house_;
    store::Access access_;
    Existing existing_;
    std::map<std::string, bool> is_new_;
    json::array kept_;
};

// ---- the route -----------------------------------------------------------------------------------------------------

/// "/changes/7/fields/starts" speaks of a change set the caller never saw: say it of the document instead.
Error in_document(Error error, Draft const& draft) {
    constexpr std::string_view prefix = "/changes/";
    if (!error.field.starts_with(prefix))
        return error;
    auto const slash = std::min(error.field.find('/', prefix.size()), error.field.size());
    auto const index = std::size_t(std::strtoull(error.field.c_str() + prefix.size(), nullptr, 10));
    if (index >= draft.changes.size())
        return error;
    auto const& change = draft.changes[index].as_object();
    auto rest = error.field.substr(slash);
    if (rest.starts_with("/fields"))
        rest.erase(0, std::string_view("/fields").size());
    error.message = text(change, "entity") + " " + text(change, "id") + ": " + error.message;
    error.field = draft.origins[index].empty() ? rest : draft.origins[index] + rest;
    return error;
}

json::object counted(Draft const& draft) {
    std::map<std::string, std::int64_t> kinds;
    for (auto const& change : draft.changes)
        ++kinds[text(change.as_object(), "entity")];
    json::object out;
    for (auto const& [kind, count] : kinds)
        out[kind] = count;
    return out;
}

json::array listed(std::vector<std::string> const& names) {
    json::array out;
    for (auto const& name : names)
        out.emplace_back(name);
    return out;
}

Result<http::Response> post_import(House& house, http::Request const& request) {
    KOGGE_TRY(auto const existing, existing_of(request));
    KOGGE_TRY(auto const document, body_object(request));
    KOGGE_TRY(auto draft, read_document(house, document, request.body));
    auto const& caller = caller_of(request);
    Sieve sieve(house, {.care = true, .actor = caller.id + " importing"}, existing); // compared here, shown to nobody
    KOGGE_TRY(sieve.sift(draft));

    bool const dry_run = query_flag(request, "dry_run");
    store::Outcome outcome{.verdict = store::Verdict::unchanged, .seq = house.store().seq()};
    if (!draft.changes.empty()) {
        // What a document brings, it brings with its conflicts: they are findings afterwards. Moved, because it may be large.
        json::object change_set{{"reason", "import"}, {"confirm", json::array{"*"}}};
        change_set["changes"] = std::move(draft.changes);
        outcome = house.apply(change_set, caller.id, dry_run);
        draft.changes = std::move(change_set["changes"].as_array());
    }
    outcome.error = in_document(std::move(outcome.error), draft);
    auto const language = language_of(request);
    if (error_of(outcome) && !(dry_run && outcome.verdict == store::Verdict::refused))
        return outcome_answer(house, outcome, language);
    return answer({{"outcome", outcome_document(house, outcome, language)},
                   {"imported", counted(draft)},
                   {"kept", sieve.kept()},
                   {"skipped", listed(draft.skipped)}});
}

// ---- writing -------------------------------------------------------------------------------------------------------

class Gatherer {
  public:
    Gatherer(House& house, store::Access access) : house_(house), access_(std::move(access)) {}

    Result<void> everything() {
        for (auto const& type : house_.store().catalogue().types())
            if (travels(type)) {
                KOGGE_TRY(all_of(type, {}));
            }
        return boost::outcome_v2::success();
    }
    /// The visit, what belongs to it, and whatever those refer to.
    Result<void> one(std::string const& visit) {
        KOGGE_TRY(add("visit", visit));
        for (auto const& type : house_.store().catalogue().types())
            if (travels(type) && type.per_visit) {
                KOGGE_TRY(all_of(type, {{"visit", store::Compare::equal, visit}}));
            }
        while (!wanted_.empty()) {
            auto const [kind, id] = std::move(*wanted_.begin());
            wanted_.erase(wanted_.begin());
            KOGGE_TRY(add(kind, id));
        }
        return boost::outcome_v2::success();
    }
    json::object entities() {
        json::object out;
        for (auto& [kind, documents] : documents_) {
            json::array list;
            for (auto& [id, document] : documents)
                list.push_back(std::move(document));
            out[kind] = std::move(list);
        }
        return out;
    }

  private:
    Result<void> all_of(store::EntityType const& type, std::vector<store::Condition> conditions) {
        bool const one_by_one = access_.care && std::any_of(type.fields.begin(), type.fields.end(), [](auto const& field) { return field.sensitive; });
        store::ListQuery query{.conditions = std::move(conditions), .limit = 1000};
        do {
            KOGGE_TRY(auto page, house_.store().list(type.kind, query));
            for (auto& document : page.items) {
                if (one_by_one) {
                    KOGGE_TRY(add(type.kind, text(document, "id")));
                } else
                    keep(type, std::move(document));
            }
            query.after = page.next;
        } while (!query.after.empty());
        return boost::outcome_v2::success();
    }
    Result<void> add(std::string const& kind, std::string const& id) {
        auto const* type = house_.store().catalogue().find(kind);
        if (!type || !travels(*type) || documents_[kind].contains(id))
            return boost::outcome_v2::success();
        KOGGE_TRY(auto document, house_.store().get(kind, id, access_));
        keep(*type, std::move(document));
        return boost::outcome_v2::success();
    }
    void keep(store::EntityType const& type, json::object document) {
        for (auto const& field : type.fields)
            if (auto const* value = document.if_contains(field.name))
                want(field, *value);
        auto id = text(document, "id");
        wanted_.erase({type.kind, id});
        documents_[type.kind].insert_or_assign(std::move(id), std::move(document));
    }
    /// Remembers what `value` refers to.
    void want(store::Field const& field, json::value const& value) {
        if (value.is_string() && !field.ref.empty()) {
            std::string id(value.get_string());
            if (!id.empty() && !documents_[field.ref].contains(id))
                wanted_.emplace(field.ref, std::move(id));
        } else if (auto const* list = value.if_array(); list && !field.items.empty()) {
            for (auto const& item : *list)
                want(field.items.front(), item);
        } else if (auto const* object = value.if_object()) {
            for (auto const& inner : field.fields)
                if (auto const* member = object->if_contains(inner.name))
                    want(inner, *member);
        }
    }

    House& house_;
    store::Access access_;
    std::map<std::string, std::map<std::string, json::object>> documents_;
    std::set<std::pair<std::string, std::string>> wanted_;
};

Result<http::Response> get_export(House& house, http::Request const& request) {
    auto const visit = std::string(request.query("visit").value_or(""));
    auto const& caller = caller_of(request);
    KOGGE_TRY(auto const document, gather_export(house, visit, {.care = caller.may("care"), .actor = caller.id}));
    auto response = answer(document);
    response.set("Content-Disposition", "attachment; filename=\"" + (visit.empty() ? std::string("kogge") : visit) + ".json\"");
    return response;
}

} // namespace

bool already_so(json::value const& wanted, json::value const& stored) {
    if (wanted.is_number() && stored.is_number())
        return wanted.to_number<double>() == stored.to_number<double>();
    if (wanted.kind() != stored.kind())
        return false;
    if (auto const* object = wanted.if_object())
        return std::all_of(object->begin(), object->end(), [&](auto const& member) {
            auto const* now = stored.get_object().if_contains(member.key());
            return now ? already_so(member.value(), *now) : member.value().is_null();
        });
    if (auto const* list = wanted.if_array())
        return std::equal(list->begin(), list->end(), stored.get_array().begin(), stored.get_array().end(), already_so);
    return wanted == stored;
}

Result<Draft> read_document(House& house, json::object const& document, std::string const& body) {
    if (auto const* format = document.if_contains("format")) {
        if (format->is_string() && format->get_string() == export_format)
            return read_export(house, document);
        if (!format->is_string() || format->get_string() != scenario_format)
            return invalid("cannot read the format " + json::serialize(*format).substr(0, 80) + "; known are \"" + std::string(export_format) + "\" and \"" +
                               scenario_format + "\"",
                           "/format");
    } else if (!looks_like_a_scenario(document))
        return invalid("this is neither a scenario (lists such as \"visit\", \"person\", \"programme_item\") nor an export of Kogge (\"format\": \"" +
                           std::string(export_format) + "\")",
                       "/format");
    return read_scenario(house, document, body);
}

Result<json::object> gather_export(House& house, std::string const& visit, store::Access const& access) {
    constexpr int tries = 3; // others go on writing: what was gathered over a commit is gathered again
    json::object out;
    for (int i = 0; i < tries; ++i) {
        auto const seq = house.store().seq();
        Gatherer gatherer(house, access);
        KOGGE_TRY(visit.empty() ? gatherer.everything() : gatherer.one(visit));
        out = {{"format", export_format}, {"seq", seq}, {"visit", visit.empty() ? json::value() : json::value(visit)}, {"entities", gatherer.entities()}};
        if (house.store().seq() == seq)
            break;
    }
    return out;
}

void add_transfer_routes(House& house) {
    auto const add = adder(house);
    add("POST", "/api/v1/import?dry_run&existing", "write", post_import, std::size_t(house.config().max_body_mb) << 20U);
    add("GET", "/api/v1/export?visit", "read", get_export);
}

} // namespace kogge::host::api
