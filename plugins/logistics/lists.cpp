// SPDX-License-Identifier: EUPL-1.2
#include "lists.hpp"

#include "csv.hpp"
#include "names.hpp"
#include "rules.hpp"
#include "words.hpp"

#include <algorithm>

namespace kogge::logistics {

namespace {

std::vector<Word> const manifest_columns{Word::leg,  Word::date,         Word::departs,   Word::arrives,
                                         Word::from, Word::to,           Word::vehicle,   Word::service,
                                         Word::name, Word::organisation, Word::wheelchair};
std::vector<Word> const rooming_columns{Word::hotel,        Word::check_in,  Word::check_out,  Word::name,
                                        Word::organisation, Word::room_type, Word::room_number};
std::vector<Word> const dietary_columns{Word::meal, Word::date, Word::time, Word::diet, Word::count};

json::value or_null(std::string text) { return text.empty() ? json::value() : json::value(std::move(text)); }

std::string sort_key_of(Picture const& picture, Id<Person> const& person) {
    auto const* found = picture.persons.find(person);
    return found ? sort_key(*found) : person.str();
}

People by_name(Picture const& picture, People people) {
    std::ranges::sort(people, {}, [&](auto const& person) { return sort_key_of(picture, person); });
    return people;
}

std::vector<TransportLeg const*> legs_of(Picture const& picture, ManifestQuery const& query) {
    std::vector<TransportLeg const*> out;
    for (auto const& id : picture.legs_of_visit.of(query.visit))
        if (auto const* leg = picture.legs.find(id); runs(*leg) && (!query.vehicle || leg->vehicle == query.vehicle))
            out.push_back(leg);
    std::ranges::sort(out, {},
                      [](auto const* leg) { return std::tuple(instant_of(leg->departs), instant_of(leg->arrives), leg->id); });
    return out;
}

std::vector<Accommodation const*> stays_of(Picture const& picture, Id<Visit> const& visit) {
    std::vector<Accommodation const*> out;
    for (auto const& id : picture.stays_of_visit.of(visit)) out.push_back(picture.accommodations.find(id));
    std::ranges::sort(out, {}, [](auto const* stay) { return std::tuple(stay->check_in, stay->id); });
    return out;
}

/// Those who sleep there, by name.
std::vector<std::pair<Id<Person>, RoomRequest const*>> guests_of(Picture const& picture, Accommodation const& stay) {
    std::vector<std::pair<Id<Person>, RoomRequest const*>> out;
    for (auto const* request : requests_in(picture, stay))
        out.emplace_back(picture.roster.delegates.find(request->delegate)->person, request);
    std::ranges::sort(out, {},
                      [&](auto const& guest) { return std::pair(sort_key_of(picture, guest.first), guest.second->id); });
    return out;
}

/// The meals of a visit in order of time.
std::vector<ProgrammeItem const*> meals_of(Picture const& picture, Id<Visit> const& visit) {
    std::vector<ProgrammeItem const*> out;
    for (auto const& id : picture.items_of_visit.of(visit))
        if (auto const* item = picture.items.find(id);
            item->meal && !item->meal->empty() && item->status != ItemStatus::cancelled)
            out.push_back(item);
    std::ranges::sort(out, {}, [](auto const* item) { return std::pair(instant_of(item->starts), item->id); });
    return out;
}

std::string diet_of(Picture const& picture, Id<Person> const& person) {
    std::set<Diet> needs;
    for (auto const& id : picture.cares_of_person.of(person)) {
        auto const& dietary = picture.cares.find(id)->dietary;
        needs.insert(dietary.begin(), dietary.end());
    }
    std::string out;
    for (auto const need : needs) out += (out.empty() ? "" : "+") + std::string(boost::describe::enum_to_string(need, "other"));
    return out.empty() ? "none" : out;
}

DietCounts count_diets(Picture const& picture, ProgrammeItem const& meal) {
    DietCounts out;
    for (auto const& person : picture.roster.people_of(meal)) ++out[diet_of(picture, person)];
    return out;
}

std::string room_word(RoomType type, std::string_view language) {
    switch (type) {
    case RoomType::single: return say(Word::single, language);
    case RoomType::twin: return say(Word::twin, language);
    case RoomType::accessible: return say(Word::accessible, language);
    case RoomType::none: break;
    }
    return {};
}

} // namespace

json::value manifest(Picture const& picture, ManifestQuery const& query) {
    json::array legs;
    for (auto const* leg : legs_of(picture, query)) {
        auto const people = picture.people_of(*leg);
        auto const wheelchairs = picture.with(Access::wheelchair, people);
        json::array passengers;
        for (auto const& person : by_name(picture, people))
            passengers.push_back(
                {{"person", person.str()},
                 {"name", picture.name_of(person)},
                 {"organisation", or_null(picture.organisation_of(query.visit, person))},
                 {"wheelchair", query.care ? json::value(std::ranges::binary_search(wheelchairs, person)) : json::value()}});
        auto const* found = leg->vehicle ? picture.vehicles.find(*leg->vehicle) : nullptr;
        legs.push_back({{"leg", leg->id.str()},
                        {"vehicle", to_json(leg->vehicle)},
                        {"vehicle_name", found ? json::value(picture.name_of(found->id)) : json::value()},
                        {"mode", to_json(leg->mode)},
                        {"service", to_json(leg->service)},
                        {"departs", to_text(leg->departs)},
                        {"arrives", to_text(leg->arrives)},
                        {"from", leg->from.str()},
                        {"to", leg->to.str()},
                        {"from_name", picture.name_of(leg->from)},
                        {"to_name", picture.name_of(leg->to)},
                        {"seats", found ? to_json(found->seats) : json::value()},
                        {"passengers", std::move(passengers)}});
    }
    return {{"legs", std::move(legs)}};
}

std::string manifest_csv(Picture const& picture, ManifestQuery const& query, std::string_view language) {
    auto out = csv_row(say(manifest_columns, language));
    for (auto const* leg : legs_of(picture, query)) {
        auto const people = picture.people_of(*leg);
        auto const wheelchairs = picture.with(Access::wheelchair, people);
        for (auto const& person : by_name(picture, people))
            out += csv_row({leg->id.str(), to_text(day_of(leg->departs)), clock_text(leg->departs), clock_text(leg->arrives),
                            picture.name_of(leg->from), picture.name_of(leg->to),
                            leg->vehicle ? picture.name_of(*leg->vehicle) : "", leg->service.value_or(""),
                            picture.name_of(person), picture.organisation_of(query.visit, person),
                            query.care && std::ranges::binary_search(wheelchairs, person) ? say(Word::yes, language) : ""});
    }
    return out;
}

json::value rooming(Picture const& picture, Id<Visit> const& visit) {
    json::array stays;
    for (auto const* stay : stays_of(picture, visit)) {
        json::array people, findings;
        for (auto const& [person, request] : guests_of(picture, *stay))
            people.push_back({{"person", person.str()},
                              {"name", picture.name_of(person)},
                              {"organisation", or_null(picture.organisation_of(visit, person))},
                              {"room", to_json(request->room_type)},
                              {"number", to_json(request->room)}});
        Findings found;
        check_rooms(picture, stay->id, found);
        for (auto const& finding : found.list()) {
            auto document = to_json(finding).as_object();
            document["key"] = finding.key();
            findings.push_back(std::move(document));
        }
        stays.push_back({{"id", stay->id.str()},
                         {"venue", picture.name_of(stay->venue)},
                         {"check_in", to_text(stay->check_in)},
                         {"check_out", to_text(stay->check_out)},
                         {"rooms", to_json(stay->rooms)},
                         {"people", std::move(people)},
                         {"findings", std::move(findings)}});
    }
    return {{"accommodations", std::move(stays)}};
}

std::string rooming_csv(Picture const& picture, Id<Visit> const& visit, std::string_view language) {
    auto out = csv_row(say(rooming_columns, language));
    for (auto const* stay : stays_of(picture, visit))
        for (auto const& [person, request] : guests_of(picture, *stay))
            out += csv_row({picture.name_of(stay->venue), to_text(stay->check_in), to_text(stay->check_out),
                            picture.name_of(person), picture.organisation_of(visit, person),
                            room_word(request->room_type, language), request->room.value_or("")});
    return out;
}

std::map<Id<ProgrammeItem>, DietCounts> diets(Picture const& picture, Id<Visit> const& visit) {
    std::map<Id<ProgrammeItem>, DietCounts> out;
    for (auto const* meal : meals_of(picture, visit)) out[meal->id] = count_diets(picture, *meal);
    return out;
}

json::value dietary(Picture const& picture, Id<Visit> const& visit) {
    json::object meals;
    for (auto const* meal : meals_of(picture, visit)) {
        json::object counts;
        for (auto const& [diet, count] : count_diets(picture, *meal)) counts[diet] = count;
        meals[meal->id.str()] = std::move(counts);
    }
    return {{"meals", std::move(meals)}};
}

std::string dietary_csv(Picture const& picture, Id<Visit> const& visit, std::string_view language) {
    auto out = csv_row(say(dietary_columns, language));
    for (auto const* item : meals_of(picture, visit))
        for (auto const& [diet, count] : count_diets(picture, *item))
            out += csv_row({item->title.text, to_text(day_of(item->starts)), clock_text(item->starts), say_diet(diet, language),
                            std::to_string(count)});
    return out;
}

} // namespace kogge::logistics
