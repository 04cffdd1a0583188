// SPDX-License-Identifier: EUPL-1.2
#include "proposal.hpp"

#include "tests/demo_world.hpp"
#include "timeline_view.hpp"

#include <boost/test/unit_test.hpp>

using namespace kogge;
using namespace kogge::scheduling;
using namespace kogge::scheduling::test;

namespace {

Id<Visit> const hamburg{"visit-hh-2027"};

std::string text(json::value const& value, char const* name) { return std::string(value.at(name).as_string()); }

/// The proposal's change set as a caller would post it.
ChangeSet posted(json::value const& proposal, Picture const& picture) {
    ChangeSet out;
    for (auto const& change : proposal.at("change_set").at("changes").as_array()) {
        auto const id = text(change, "id");
        auto const fields = change.as_object().contains("fields") ? change.at("fields").as_object() : json::object();
        if (text(change, "op") == "create") {
            auto item = from_json<ProgrammeItem>(fields).value();
            item.id = Id<ProgrammeItem>(id);
            out.create(item);
        } else if (text(change, "entity") == "transport_leg") {
            BOOST_TEST(change.at("rev").as_int64() == picture.legs.row(Id<Leg>(id))->rev);
            out.update(Id<Leg>(id), change.at("rev").as_int64(), fields);
        } else {
            BOOST_TEST(change.at("rev").as_int64() == picture.items.row(Id<ProgrammeItem>(id))->rev);
            out.update(Id<ProgrammeItem>(id), change.at("rev").as_int64(), fields);
        }
    }
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(proposals, Demo)

BOOST_AUTO_TEST_CASE(the_late_train_of_the_golden_case) {
    ChangeSet interpreters;
    for (auto const* person : {"p-i01", "p-i02"})
        interpreters.create(Assignment{Id<Assignment>(std::string("a-") + person), hamburg, Id<ProgrammeItem>("it-03"), Id<Person>(person)});
    commit(interpreters);

    auto const proposal = delay(picture, hamburg, {Id<Leg>("lg-02"), 30}, "en").value();

    json::array got;
    for (auto const& entry : proposal.at("entries").as_array())
        got.push_back({{"id", entry.at("id")}, {"new_start", text(entry, "new_starts").substr(11, 5)}, {"new_end", text(entry, "new_ends").substr(11, 5)}});
    BOOST_TEST(json::serialize(got) == json::serialize(expected().at("delay_lg02_plus30")));
    BOOST_TEST(proposal.at("findings").as_array().empty());
    auto const late = proposal.at("change_set").at("changes").at(0).at("fields").as_object();
    BOOST_TEST(json::serialize(late) == R"({"arrives":"2027-04-21T10:31:00+02:00[Europe/Berlin]","status":"delayed"})");
    BOOST_TEST(text(proposal.at("entries").at(5), "why") == "begins late, ends as planned");

    auto const preview = this->preview(posted(proposal, picture));
    BOOST_TEST(preview.introduced().empty());
    BOOST_TEST(preview.people().size() == 27u); // 25 delegates and the two interpreters of it-03
}

BOOST_AUTO_TEST_CASE(a_proposal_is_sound_for_every_late_leg) {
    std::vector<std::pair<Id<Visit>, Id<Leg>>> running; // a preview moves the rows about: not while walking through them
    for (auto const& [id, row] : picture.legs.rows())
        if (runs(row.value))
            running.emplace_back(row.value.visit, id);
    for (auto const& [visit, id] : running)
        for (int const minutes : {5, 30, 90}) {
            auto const proposal = delay(picture, visit, {id, minutes}, "nl");
            BOOST_REQUIRE(proposal.has_value());
            for (auto const& entry : proposal.value().at("entries").as_array()) {
                auto const begin = parse_local_time(text(entry, "new_starts")).value(), end = parse_local_time(text(entry, "new_ends")).value();
                BOOST_TEST((instant_of(begin) < instant_of(end)));
            }
            if (!proposal.value().at("findings").as_array().empty())
                continue; // somebody comes late to what does not move: the clash is said so
            for (auto const& finding : preview(posted(proposal.value(), picture)).introduced())
                BOOST_TEST(finding.code != "OVERLAP", id << " +" << minutes << ": " << finding.subject);
        }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_is_refused_with_its_field) {
    auto const field = [&](Id<Visit> const& visit, DelayRequest const& request) { return delay(picture, visit, request, "en").error().field; };
    BOOST_TEST(field(hamburg, {Id<Leg>("lg-02"), 0}) == "/minutes");
    BOOST_TEST(field(hamburg, {Id<Leg>("lg-02"), 1441}) == "/minutes");
    BOOST_TEST(field(hamburg, {Id<Leg>("lg-99"), 30}) == "/leg");
    BOOST_TEST(field(hamburg, {Id<Leg>("it-02"), 30}) == "/leg");
    BOOST_TEST(field(hamburg, {Id<Leg>("lg-01f"), 30}) == "/leg");                   // a fallback does not run
    BOOST_TEST(field(Id<Visit>("visit-hbol-2027"), {Id<Leg>("lg-02"), 30}) == "/leg"); // another visit's
    BOOST_TEST(insert(picture, hamburg, {"nothing", 30, {}}, "en").error().field == "/after");
    BOOST_TEST(insert(picture, hamburg, {"it-14", 30, json::value("text")}, "en").error().field == "/fields");
    auto const inserting = [&](json::value const& fields) { return insert(picture, hamburg, {"it-14", 30, fields}, "en").error().field; };
    BOOST_TEST(inserting(json::value{{"item_kind", "party"}}) == "/fields/item_kind");
    BOOST_TEST(inserting(json::value{{"titel", "Foto"}}) == "/fields/titel");
    BOOST_TEST(inserting(json::value{{"starts", "2027-04-22T10:00:00[Europe/Berlin]"}}) == "/fields/starts");
    BOOST_TEST(inserting(json::value{{"tracks", {"visit-hh-2027.A", "visit-hbol-2027.A"}}}) == "/fields/tracks/1"); // another visit's
}

BOOST_AUTO_TEST_CASE(an_item_put_in_shifts_what_follows) {
    auto const proposal = insert(picture, hamburg, {"it-14", 10, json::value{{"title", {{"text", "Foto", }, {"language", "nl"}}}, {"item_kind", "press"}}}, "en").value();
    std::string got;
    for (auto const& entry : proposal.at("entries").as_array())
        got += (text(entry, "id").size() > 10 ? "new" : text(entry, "id")) + " " + text(entry, "new_starts").substr(11, 5) + "-" + text(entry, "new_ends").substr(11, 5) + "\n";
    BOOST_TEST(got == "new 10:45-10:55\nlg-12 10:55-11:10\nit-15 11:10-12:05\n");
    BOOST_TEST(preview(posted(proposal, picture)).introduced().empty());
    auto const created = proposal.at("change_set").at("changes").at(0).at("fields");
    BOOST_TEST(text(created, "venue") == "v-hh-landung");
    BOOST_TEST(json::serialize(created.at("tracks")) == R"(["visit-hh-2027.A"])");
}

BOOST_AUTO_TEST_CASE(an_item_put_in_without_words_has_a_name_and_its_people) {
    auto const proposal = insert(picture, hamburg, {"lg-12", 5, {}}, "nl").value(); // after a leg: where it arrives
    auto const created = proposal.at("change_set").at("changes").at(0).at("fields");
    BOOST_TEST(json::serialize(created.at("title")) == R"({"text":"Nieuw onderdeel","language":"nl"})");
    BOOST_TEST(text(created, "venue") == picture.legs.find(Id<Leg>("lg-12"))->to.str());
    BOOST_TEST(text(proposal.at("entries").at(0), "why") == "nieuw, 5 min");
    BOOST_TEST(preview(posted(proposal, picture)).introduced().empty());
}

BOOST_AUTO_TEST_CASE(the_timeline_shows_everything_the_desk_draws) {
    commit(move("it-15", Minutes(30)));
    auto const view = timeline_view(picture, hamburg);
    std::size_t fallbacks = 0, entries = view.at("entries").as_array().size();
    for (auto const& entry : view.at("entries").as_array()) {
        fallbacks += text(entry, "status") == "fallback";
        if (text(entry, "id") == "it-15" || text(entry, "id") == "lg-15")
            BOOST_TEST(json::serialize(entry.at("findings")) == R"(["OVERLAP|programme_item/it-15|transport_leg/lg-15"])");
        else
            BOOST_TEST(entry.at("findings").as_array().empty());
    }
    BOOST_TEST(fallbacks == 2u);
    BOOST_TEST(entries == picture.timeline.entries_of(hamburg).size());
    auto const& rows = view.at("rows");
    BOOST_TEST(rows.at("tracks").as_array().size() == 4u);
    BOOST_TEST(rows.at("people").as_array().size() == 32u); // 25 travellers and the 7 hosts who come to a dinner
    BOOST_TEST(rows.at("vehicles").as_array().size() == 3u);
    BOOST_TEST(text(rows.at("people").at(0), "track") == "visit-hh-2027.A");
}

BOOST_AUTO_TEST_SUITE_END()
