// SPDX-License-Identifier: EUPL-1.2
#include "importer.hpp"

#include "entities.hpp"

#include <kogge/scenario.hpp>

#include <algorithm>
#include <utility>

namespace kogge::logistics {

namespace {

/// One row of a section: what is read of it is claimed, what is wrong is told with its place in the document.
class Reader {
  public:
    Reader(std::string_view section, std::size_t number, json::object const& row, std::set<std::string>& claims)
        : section_(section), path_("/" + section_ + "/" + std::to_string(number)), row_(row), claims_(claims) {}

    json::value const* value(std::string_view name) const {
        claims_.insert(section_ + "." + std::string(name));
        auto const* found = row_.if_contains(name);
        return found && !found->is_null() && !(found->is_string() && found->get_string().empty()) ? found : nullptr;
    }
    /// `into` keeps what it holds when the row says nothing.
    template <class T>
    Result<void> read(std::string_view name, T& into) const {
        if (auto const* found = value(name)) {
            KOGGE_TRY(into, from_json<T>(*found, path(name)));
        }
        return boost::outcome_v2::success();
    }
    Result<LocalTime> time(std::string_view name, Zone zone) const {
        value(name);
        auto parsed = Scenario::time(row_, name, zone);
        return parsed ? parsed : invalid(parsed.error().message, path(name));
    }
    std::string path(std::string_view name) const { return path_ + "/" + std::string(name); }
    json::object const& row() const { return row_; }

  private:
    std::string section_, path_;
    json::object const& row_;
    std::set<std::string>& claims_;
};

/// A word of the document, or several ("halal, nut_allergy", ["halal","nut_allergy"]); "none" is no word.
Result<std::vector<std::string>> words(json::value const* value, std::string const& path) {
    std::vector<std::string> list;
    if (value && value->is_array()) {
        KOGGE_TRY(list, from_json<std::vector<std::string>>(*value, path));
    } else if (value) {
        KOGGE_TRY(auto const text, from_json<std::string>(*value, path));
        std::string word;
        for (char const c : text + ",")
            if (c == ',' || c == ';' || c == ' ')
                list.push_back(std::exchange(word, {}));
            else
                word += c;
    }
    std::erase_if(list, [](auto const& word) { return word.empty() || word == "none"; });
    return list;
}

/// Words this house knows; the others become `other`, and are kept in the note so that nothing is lost.
template <class E>
std::vector<E> understood(std::vector<std::string> const& list, std::string& note) {
    std::vector<E> out;
    for (auto const& word : list) {
        E known = E::other;
        if (!boost::describe::enum_from_string(word.c_str(), known)) {
            known = E::other;
            note += (note.empty() ? "" : ", ") + word;
        }
        if (std::ranges::find(out, known) == out.end()) out.push_back(known);
    }
    std::sort(out.begin(), out.end());
    return out;
}

class Import {
  public:
    explicit Import(json::object const& document) : scenario_(document) {}

    Result<Imported> run() {
        KOGGE_TRY(each("vehicle", [this](Reader const& row) { return vehicle(row); }));
        KOGGE_TRY(each("transport_leg", [this](Reader const& row) { return leg(row); }));
        KOGGE_TRY(each("accommodation", [this](Reader const& row) { return accommodation(row); }));
        KOGGE_TRY(each("person", [this](Reader const& row) { return care(row); }));
        KOGGE_TRY(each("delegate", [this](Reader const& row) { return room(row); }));
        return Imported{std::move(claims_), std::move(changes_)};
    }

  private:
    Result<void> each(std::string_view section, auto take) {
        std::size_t number = 0;
        for (auto const* row : scenario_.rows(section)) {
            KOGGE_TRY(take(Reader(section, number++, *row, claims_)));
        }
        return boost::outcome_v2::success();
    }

    Result<void> vehicle(Reader const& row) {
        Vehicle out;
        KOGGE_TRY(row.read("id", out.id));
        KOGGE_TRY(row.read("name", out.name));
        KOGGE_TRY(row.read("kind", out.vehicle_kind));
        KOGGE_TRY(row.read("seats", out.seats));
        KOGGE_TRY(row.read("wheelchair_places", out.wheelchair_places));
        KOGGE_TRY(row.read("operator", out.operated_by));
        return create(row, out);
    }

    Result<void> leg(Reader const& row) {
        TransportLeg out;
        KOGGE_TRY(row.read("id", out.id));
        KOGGE_TRY(row.read("visit", out.visit));
        KOGGE_TRY(row.read("mode", out.mode));
        KOGGE_TRY(row.read("status", out.status));
        KOGGE_TRY(row.read("from_venue", out.from));
        KOGGE_TRY(row.read("to_venue", out.to));
        KOGGE_TRY(auto const departure_zone, scenario_.zone_of_venue(out.from.str()));
        KOGGE_TRY(auto const arrival_zone, scenario_.zone_of_venue(out.to.str()));
        KOGGE_TRY(out.departs, row.time("depart", departure_zone));
        KOGGE_TRY(out.arrives, row.time("arrive", arrival_zone));
        KOGGE_TRY(row.read("vehicle", out.vehicle));
        KOGGE_TRY(row.read("service_ref", out.service));
        row.value("audience");
        out.tracks = Scenario::audience(row.row());
        KOGGE_TRY(row.read("extra_passengers", out.extra_passengers));
        KOGGE_TRY(row.read("without", out.without));
        KOGGE_TRY(row.read("fallback_of", out.fallback_of));
        KOGGE_TRY(row.read("min_change_minutes", out.min_change_minutes));
        KOGGE_TRY(row.read("note", out.note));
        return create(row, out);
    }

    Result<void> accommodation(Reader const& row) {
        Accommodation out;
        KOGGE_TRY(row.read("id", out.id));
        KOGGE_TRY(row.read("visit", out.visit));
        KOGGE_TRY(row.read("venue", out.venue));
        KOGGE_TRY(row.read("check_in", out.check_in));
        KOGGE_TRY(row.read("check_out", out.check_out));
        KOGGE_TRY(row.read("rooms", out.rooms));
        KOGGE_TRY(row.read("note", out.note));
        auto nights = (out.check_out - out.check_in).count();
        KOGGE_TRY(row.read("nights", nights));
        if (nights != (out.check_out - out.check_in).count())
            return invalid(out.id.str() + ": " + std::to_string(nights) + " nights do not lead from " + to_text(out.check_in)
                               + " to " + to_text(out.check_out) + "; correct one of them or leave nights out",
                           row.path("nights"));
        return create(row, out);
    }

    /// Who needs nothing gets no record: the less of it there is, the less can be lost.
    Result<void> care(Reader const& row) {
        PersonCare out;
        std::string note;
        KOGGE_TRY(auto const dietary, words(row.value("dietary"), row.path("dietary")));
        KOGGE_TRY(auto const accessibility, words(row.value("accessibility"), row.path("accessibility")));
        out.dietary = understood<Diet>(dietary, note);
        out.accessibility = understood<Access>(accessibility, note);
        if (out.dietary.empty() && out.accessibility.empty()) return boost::outcome_v2::success();
        KOGGE_TRY(out.person, from_json<Id<Person>>(json::value(Scenario::text(row.row(), "id")), row.path("id")));
        out.id = Id<PersonCare>(out.person.str());
        if (!note.empty()) out.note = std::move(note);
        changes_.create(out);
        return boost::outcome_v2::success();
    }

    Result<void> room(Reader const& row) {
        if (!row.value("room_type")) return boost::outcome_v2::success();
        RoomRequest out;
        KOGGE_TRY(row.read("room_type", out.room_type));
        out.visit = Id<Visit>(Scenario::text(row.row(), "visit"));
        out.delegate = Id<Delegate>(out.visit.str() + "." + Scenario::text(row.row(), "person"));
        out.id = Id<RoomRequest>(out.delegate.str());
        changes_.create(out);
        return boost::outcome_v2::success();
    }

    template <class T>
    Result<void> create(Reader const& row, T& out) {
        if (out.id.empty()) return invalid("a " + kind_of<T>() + " needs an id of its own", row.path("id"));
        changes_.create(out);
        return boost::outcome_v2::success();
    }

    Scenario scenario_;
    std::set<std::string> claims_;
    ChangeSet changes_;
};

} // namespace

Result<Imported> import_logistics(json::object const& document) { return Import(document).run(); }

} // namespace kogge::logistics
