// SPDX-License-Identifier: EUPL-1.2
// The sample mission seen and edited through its projected calendars, as a calendar program would.
#include "dav/projected.hpp"
#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

namespace kogge::calendar::dav {

namespace {

using test::Demo;

/// Replaces one text by another, which must be there.
std::string with(std::string text, std::string_view from, std::string_view to) {
    auto const at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != text.npos, "no " << from << " in\n" << text);
    return text.replace(at, from.size(), to);
}

struct Office {
    Demo demo;
    std::string verdict; // what the checks will say; empty: nothing
    ChangeSet last;
    Projections calendars{{demo.picture,
                           [this](std::string const& language, std::vector<TextKey> const& keys) {
                               std::vector<Text> out;
                               for (auto const& key : keys) {
                                   auto const found = demo.translations.find({key.entity, key.id, key.field, language});
                                   out.push_back(found == demo.translations.end() ? *key.source : Text{found->second, language});
                               }
                               return out;
                           },
                           [this](json::object const& query) {
                               auto whole = query;
                               whole.emplace("since", 0), whole.emplace("limit", 1000);
                               return demo.read_log(whole);
                           },
                           [this](ChangeSet const& changes, std::string const&) { return apply(changes); }, [this] { return demo.now(); }, {}, 0}};
    Principal planner{.id = "user:1", .name = "vera", .rights = {"read", "write"}, .person = std::nullopt, .language = "nl"};
    Principal reader{.id = "user:2", .name = "rik", .rights = {"read"}, .person = std::nullopt, .language = "de"};
    Principal mayor{.id = "user:3", .name = "wiebke", .rights = {"read"}, .person = Id<Person>("p-g01"), .language = "nl"};

    Office() { demo.others = calendars.worlds(); }

    Result<json::value> apply(ChangeSet const& changes) {
        last = changes;
        if (!verdict.empty())
            return json::value{{"verdict", verdict},
                               {"introduced", json::array{{{"code", "OVERLAP"}, {"level", verdict == "refused" ? "block" : "block_release"}, {"subject", "it-15>lg-15"},
                                                            {"text", "spoor A is op twee plaatsen"}}}}};
        demo.commit(changes);
        return json::value{{"verdict", "committed"}};
    }

    std::shared_ptr<Collection> open(Principal const& who, std::string_view slug) {
        auto out = calendars.find(who, who.name, slug);
        BOOST_REQUIRE_MESSAGE(out, who.name << " does not see " << slug);
        return out;
    }
    std::string get(Principal const& who, std::string_view slug, std::string_view name) {
        auto const collection = open(who, slug);
        auto const* member = collection->find(name);
        BOOST_REQUIRE_MESSAGE(member, "no " << name << " in " << slug);
        return *collection->bytes(*member);
    }
    Answer<PutDone> put(Principal const& who, std::string_view slug, std::string name, std::string const& bytes) {
        PutRequest request;
        request.name = std::move(name);
        request.bytes = bytes;
        return open(who, slug)->put(who, request);
    }
    ProgrammeItem const& item(char const* id) const { return *demo.picture.items.find(Id<ProgrammeItem>(id)); }
    Leg const& leg(char const* id) const { return *demo.picture.legs.find(Id<Leg>(id)); }
};

constexpr char const* hamburg = "visit.visit-hh-2027";

std::set<std::string> slugs(std::vector<std::shared_ptr<Collection>> const& collections) {
    std::set<std::string> out;
    for (auto const& one : collections)
        out.insert(one->about().slug);
    return out;
}

std::set<std::string> names(Collection const& collection) {
    std::set<std::string> out;
    collection.each([&](Member const& member) { out.insert(member.name); });
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(projected, Office)

BOOST_AUTO_TEST_CASE(a_planner_sees_visits_and_tracks_a_guest_their_own_programme) {
    auto const all = slugs(calendars.home(planner, "vera"));
    BOOST_TEST(all.contains(hamburg));
    BOOST_TEST(all.contains("track.visit-hh-2027.A"));
    BOOST_TEST(!all.contains("programme"));
    BOOST_TEST(slugs(calendars.home(mayor, "wiebke")) == std::set<std::string>{"programme"}, boost::test_tools::per_element());
    BOOST_TEST(!calendars.find(mayor, "wiebke", hamburg));
    BOOST_TEST(!calendars.find(mayor, "wiebke", "person.p-g02"));
    BOOST_TEST(calendars.home(planner, "wiebke").empty());
    BOOST_TEST(!open(reader, hamburg)->privileges(reader).write);
    BOOST_TEST(names(*open(mayor, "programme")).contains("it-20.ics"));
    BOOST_TEST(!names(*open(mayor, "programme")).contains("it-21.ics")); // of track B
}

BOOST_AUTO_TEST_CASE(an_item_given_back_as_it_was_changes_nothing) {
    for (auto const& name : names(*open(planner, hamburg))) {
        auto const bytes = get(planner, hamburg, name);
        last = ChangeSet();
        auto const done = put(planner, hamburg, name, bytes);
        BOOST_TEST_REQUIRE(done.has_value(), name << ": " << (done ? "" : done.error().message));
        BOOST_TEST(last.empty(), name << " was changed: " << json::serialize(last.document()));
        BOOST_TEST(!done.value().created);
        BOOST_TEST(done.value().etag == open(planner, hamburg)->find(name)->etag);
    }
}

BOOST_AUTO_TEST_CASE(a_moved_event_moves_the_item_and_keeps_its_zone) {
    auto const bytes = get(planner, hamburg, "it-20.ics");
    auto const etag = open(planner, hamburg)->find("it-20.ics")->etag;
    auto moved = with(bytes, "DTSTART;TZID=Europe/Berlin:20270422T140000", "DTSTART:20270422T123000Z");
    moved = with(moved, "DTEND;TZID=Europe/Berlin:20270422T151500", "DTEND;TZID=\"W. Europe Standard Time\":20270422T154500");
    auto const done = put(planner, hamburg, "it-20.ics", moved);
    BOOST_TEST_REQUIRE(done.has_value(), (done ? std::string() : done.error().message));
    BOOST_TEST(done.value().etag.empty());
    BOOST_TEST(to_text(item("it-20").starts) == "2027-04-22T14:30:00+02:00[Europe/Berlin]");
    BOOST_TEST(to_text(item("it-20").ends) == "2027-04-22T15:45:00+02:00[Europe/Berlin]");
    BOOST_TEST(last.changes().front().at("fields").as_object().size() == 2);
    BOOST_TEST(std::string(last.document().at("actor").as_string()) == "user:1");
    BOOST_TEST(open(planner, hamburg)->find("it-20.ics")->etag != etag);
    BOOST_TEST(get(planner, hamburg, "it-20.ics").find("SEQUENCE:1\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_seen_before_somebody_else_changed_it_is_not_written) {
    auto const collection = open(planner, hamburg);
    auto const etag = collection->find("it-20.ics")->etag;
    auto const bytes = get(planner, hamburg, "it-20.ics");
    demo.move("it-20", Minutes(15));
    PutRequest request;
    request.name = "it-20.ics", request.bytes = bytes, request.based_on = etag;
    auto const done = open(planner, hamburg)->put(planner, request);
    BOOST_TEST_REQUIRE(!done.has_value());
    BOOST_TEST(done.error().status == 412);
}

BOOST_AUTO_TEST_CASE(texts_are_edited_in_the_language_they_are_shown_in) {
    auto const title = item("it-20").title;
    BOOST_TEST_REQUIRE(title.language == "nl");
    auto german = planner;
    german.id = "user:9", german.language = "de";
    auto bytes = with(get(german, hamburg, "it-20.ics"), "Runder Tisch Bahn und Erreichbarkeit", "Runder Tisch Schiene");
    BOOST_TEST_REQUIRE(put(german, hamburg, "it-20.ics", bytes).has_value());
    BOOST_TEST(item("it-20").title == title);
    auto const& change = last.changes().front();
    BOOST_TEST(std::string(change.at("entity").as_string()) == "translation");
    BOOST_TEST(std::string(change.at("fields").at("text").as_string()) == "Runder Tisch Schiene");
    BOOST_TEST(std::string(change.at("fields").at("language").as_string()) == "de");
    BOOST_TEST(std::string(change.at("fields").at("source_text").as_string()) == title.text);

    bytes = with(get(planner, hamburg, "it-20.ics"), title.text, "Rondetafel spoor");
    BOOST_TEST_REQUIRE(put(planner, hamburg, "it-20.ics", bytes).has_value());
    BOOST_TEST(item("it-20").title == (Text{"Rondetafel spoor", "nl"}));
}

BOOST_AUTO_TEST_CASE(the_note_is_what_stands_in_the_description_besides_our_own_lines) {
    auto bytes = with(get(planner, hamburg, "it-20.ics"), "DESCRIPTION", "DESCRIPTION:Graag op tijd\\nzaal 1\r\nX-OLD");
    auto const old = get(planner, hamburg, "it-20.ics");
    BOOST_TEST_REQUIRE(put(planner, hamburg, "it-20.ics", bytes).has_value());
    BOOST_TEST_REQUIRE(item("it-20").note.has_value());
    BOOST_TEST(item("it-20").note->text == "Graag op tijd\nzaal 1");
    auto const now = get(planner, hamburg, "it-20.ics");
    last = ChangeSet();
    BOOST_TEST_REQUIRE(put(planner, hamburg, "it-20.ics", now).has_value());
    BOOST_TEST(last.empty());
    BOOST_TEST_REQUIRE(put(planner, hamburg, "it-20.ics", old).has_value());
    BOOST_TEST(!item("it-20").note.has_value());
}

BOOST_AUTO_TEST_CASE(a_place_is_a_venue_or_the_answer_says_so) {
    auto const bytes = get(planner, hamburg, "it-20.ics");
    auto const line = [&](std::string const& text) {
        auto out = bytes;
        auto const at = out.find("\r\nLOCATION") + 2;
        auto end = out.find("\r\n", at);
        while (out[end + 2] == ' ')
            end = out.find("\r\n", end + 2);
        return out.replace(at, end - at, "LOCATION:" + text);
    };
    auto const& station = *demo.picture.venues.find(Id<Venue>("v-gro-hs"));
    BOOST_TEST_REQUIRE(put(planner, hamburg, "it-20.ics", line(station.name)).has_value());
    BOOST_TEST(item("it-20").venue->str() == "v-gro-hs");
    BOOST_TEST(item("it-20").starts.zone.name() == "Europe/Amsterdam");
    auto const unknown = put(planner, hamburg, "it-20.ics", line("Hoofdstation Groningen"));
    BOOST_TEST_REQUIRE(!unknown.has_value());
    BOOST_TEST(unknown.error().message.find("Hoofdstation Groningen") != std::string::npos);
    BOOST_TEST(item("it-20").venue->str() == "v-gro-hs");
}

BOOST_AUTO_TEST_CASE(what_the_programme_cannot_be_is_refused_with_a_sentence) {
    auto const bytes = get(planner, hamburg, "it-20.ics");
    auto const refused = [&](std::string const& text, std::string_view word) {
        last = ChangeSet();
        auto const done = put(planner, hamburg, "it-20.ics", text);
        BOOST_TEST_REQUIRE(!done.has_value(), text);
        BOOST_TEST(done.error().status == 403);
        BOOST_TEST(done.error().message.find(word) != std::string::npos, done.error().message);
        BOOST_TEST(last.empty());
    };
    refused(with(bytes, "STATUS:", "RRULE:FREQ=DAILY;COUNT=3\r\nSTATUS:"), "RRULE");
    refused(with(bytes, "DTSTART;TZID=Europe/Berlin:20270422T140000", "DTSTART;VALUE=DATE:20270422"), "20270422");
    refused(with(bytes, "DTEND;TZID=Europe/Berlin:20270422T151500", "DTEND;TZID=Europe/Berlin:20270422T131500"), "einde");
    refused(with(bytes, "UID:it-20@item.kogge", "UID:another"), "it-20@item.kogge");
    refused(with(with(bytes, "BEGIN:VEVENT", "BEGIN:VTODO"), "END:VEVENT", "END:VTODO"), "VTODO");
    auto const denied = put(reader, hamburg, "it-20.ics", bytes);
    BOOST_TEST_REQUIRE(!denied.has_value());
    BOOST_TEST(denied.error().condition == "need-privileges");
}

BOOST_AUTO_TEST_CASE(a_finding_is_named_in_the_refusal) {
    verdict = "needs_confirmation";
    auto const bytes = with(get(planner, hamburg, "it-15.ics"), "DTEND;TZID=Europe/Berlin:20270422T120500", "DTEND;TZID=Europe/Berlin:20270422T123500");
    auto const done = put(planner, hamburg, "it-15.ics", bytes);
    BOOST_TEST_REQUIRE(!done.has_value());
    BOOST_TEST(done.error().status == 403);
    BOOST_TEST(done.error().condition == "confirmation-needed");
    BOOST_TEST(done.error().message.find("OVERLAP it-15>lg-15: spoor A is op twee plaatsen") != std::string::npos);
    BOOST_TEST(done.error().inside.find("subject=\"it-15&gt;lg-15\"") != std::string::npos);
    BOOST_TEST(to_text(item("it-15").ends) == "2027-04-22T12:05:00+02:00[Europe/Berlin]");
}

BOOST_AUTO_TEST_CASE(a_leg_moves_but_its_title_and_places_are_the_desks) {
    auto const bytes = get(planner, hamburg, "lg-15.ics");
    auto const moved = with(bytes, "DTSTART;TZID=Europe/Berlin:20270422T120800", "DTSTART;TZID=Europe/Berlin:20270422T121000");
    BOOST_TEST_REQUIRE(put(planner, hamburg, "lg-15.ics", moved).has_value());
    BOOST_TEST(to_text(leg("lg-15").departs) == "2027-04-22T12:10:00+02:00[Europe/Berlin]");
    BOOST_TEST(!put(planner, hamburg, "lg-15.ics", with(get(planner, hamburg, "lg-15.ics"), "SUMMARY;LANGUAGE=nl:", "SUMMARY;LANGUAGE=nl:O")).has_value());
}

BOOST_AUTO_TEST_CASE(what_a_program_carries_besides_is_its_users_own) {
    auto const extra = std::string("X-MOZ-LASTACK:20270401T000000Z\r\nCATEGORIES:Rood,Druk\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Nu\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n");
    auto const before = get(reader, hamburg, "it-20.ics");
    auto const token = open(planner, hamburg)->revision();
    BOOST_TEST_REQUIRE(put(planner, hamburg, "it-20.ics", with(get(planner, hamburg, "it-20.ics"), "END:VEVENT", extra + "END:VEVENT")).has_value());
    auto const mine = get(planner, hamburg, "it-20.ics");
    BOOST_TEST(mine.find("X-MOZ-LASTACK:20270401T000000Z\r\n") != std::string::npos);
    BOOST_TEST(mine.find("CATEGORIES:Rood,Druk\r\n") != std::string::npos);
    BOOST_TEST(mine.find("TRIGGER:-PT15M") != std::string::npos);
    BOOST_TEST(get(reader, hamburg, "it-20.ics") == before);
    BOOST_TEST(mine.find("SEQUENCE:0\r\n") != std::string::npos); // nothing of the programme changed
    BOOST_TEST(open(planner, hamburg)->changes(token, 100)->changed == std::vector<std::string>{"it-20.ics"}, boost::test_tools::per_element());
    demo.move("it-20", Minutes(5));
    BOOST_TEST(get(planner, hamburg, "it-20.ics").find("TRIGGER:-PT15M") != std::string::npos);
    auto without = get(planner, hamburg, "it-20.ics");
    for (auto const& line : {std::string("X-MOZ-LASTACK:20270401T000000Z\r\n"), std::string("BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Nu\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"), std::string("CATEGORIES:Rood,Druk\r\n")})
        without = with(without, line, "");
    BOOST_TEST_REQUIRE(put(planner, hamburg, "it-20.ics", without).has_value());
    BOOST_TEST(get(planner, hamburg, "it-20.ics").find("VALARM") == std::string::npos);
    BOOST_TEST(get(planner, hamburg, "it-20.ics").find("CATEGORIES") != std::string::npos); // ours again
}

BOOST_AUTO_TEST_CASE(a_new_event_becomes_an_item_under_the_name_its_program_gave_it) {
    auto const made = std::string("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:040000008200E00074C5@outlook.example\r\nDTSTAMP:20270101T000000Z\r\n"
                                  "DTSTART:20270422T060000Z\r\nDURATION:PT30M\r\nSUMMARY:Kort overleg\r\nLOCATION:Groningen Hoofdstation\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    auto const done = put(planner, "track.visit-hh-2027.A", "A1B2-C3.ics", made);
    BOOST_TEST_REQUIRE(done.has_value(), (done ? std::string() : done.error().message));
    BOOST_TEST(done.value().created);
    BOOST_TEST(done.value().name == "A1B2-C3.ics");
    auto const& item = this->item("A1B2-C3");
    BOOST_TEST(item.title == (Text{"Kort overleg", "nl"}));
    BOOST_TEST((item.status == ItemStatus::proposed));
    BOOST_TEST(to_text(item.starts) == "2027-04-22T08:00:00+02:00[Europe/Amsterdam]");
    BOOST_TEST(item.tracks.front().str() == "visit-hh-2027.A");
    BOOST_TEST(get(mayor, "programme", "A1B2-C3.ics").find("UID:040000008200E00074C5@outlook.example\r\n") != std::string::npos);
    BOOST_TEST(demo.bytes(test::person_feed("p-g01")).find("UID:040000008200E00074C5@outlook.example\r\n") != std::string::npos);
    auto const twice = put(planner, hamburg, "other.ics", made);
    BOOST_TEST_REQUIRE(!twice.has_value());
    BOOST_TEST(twice.error().condition == "no-uid-conflict");
}

BOOST_AUTO_TEST_CASE(deleting_takes_an_item_out_of_the_view_it_was_seen_in) {
    auto const whole = get(planner, hamburg, "it-01.ics"); // of tracks A, B, C and S
    BOOST_TEST_REQUIRE(open(planner, "track.visit-hh-2027.A")->erase(planner, "it-01.ics", std::nullopt).has_value());
    BOOST_TEST(item("it-01").tracks.size() == 3);
    BOOST_TEST(!names(*open(planner, "track.visit-hh-2027.A")).contains("it-01.ics"));
    BOOST_TEST(names(*open(planner, hamburg)).contains("it-01.ics"));

    BOOST_TEST_REQUIRE(open(planner, "person.p-g01")->erase(planner, "it-20.ics", std::nullopt).has_value());
    BOOST_TEST(!names(*open(mayor, "programme")).contains("it-20.ics"));
    BOOST_TEST(names(*open(planner, "track.visit-hh-2027.A")).contains("it-20.ics"));

    auto const token = open(planner, hamburg)->revision();
    BOOST_TEST_REQUIRE(open(planner, hamburg)->erase(planner, "it-01.ics", std::nullopt).has_value());
    BOOST_TEST(!demo.picture.items.find(Id<ProgrammeItem>("it-01")));
    auto const changes = open(planner, hamburg)->changes(token, 100);
    BOOST_TEST_REQUIRE(changes.has_value());
    BOOST_TEST(changes->removed == std::vector<std::string>{"it-01.ics"}, boost::test_tools::per_element());

    // The program takes its deletion back: the item has its kind and its tracks again, and a higher SEQUENCE.
    BOOST_TEST_REQUIRE(put(planner, hamburg, "it-01.ics", whole).has_value());
    BOOST_TEST((item("it-01").item_kind == ItemKind::logistics));
    BOOST_TEST(item("it-01").tracks.size() == 3);
}

BOOST_AUTO_TEST_CASE(a_sync_tells_what_changed_since_the_token_and_no_more) {
    auto const token = open(planner, hamburg)->revision();
    demo.move("it-20", Minutes(10));
    demo.erase({kind_of<ProgrammeItem>(), "it-21", {}});
    auto const changes = open(planner, hamburg)->changes(token, 100);
    BOOST_TEST_REQUIRE(changes.has_value());
    BOOST_TEST(changes->changed == std::vector<std::string>{"it-20.ics"}, boost::test_tools::per_element());
    BOOST_TEST(changes->removed == std::vector<std::string>{"it-21.ics"}, boost::test_tools::per_element());
    BOOST_TEST(changes->until == open(planner, hamburg)->revision());
    BOOST_TEST(open(planner, hamburg)->changes(changes->until, 100)->changed.empty());
    BOOST_TEST(!open(planner, hamburg)->changes(changes->until + 1000, 100).has_value());

    // A client that was away while the daemon started anew is answered from the log.
    Office other;
    auto const since = other.demo.picture.world.seq();
    other.demo.move("it-22", Minutes(10));
    other.demo.erase({kind_of<ProgrammeItem>(), "it-21", {}});
    auto const late = other.open(other.planner, hamburg)->changes(since, 100);
    BOOST_TEST_REQUIRE(late.has_value());
    BOOST_TEST(late->changed == std::vector<std::string>{"it-22.ics"}, boost::test_tools::per_element());
    BOOST_TEST(late->removed == std::vector<std::string>{"it-21.ics"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_guest_hears_nothing_of_what_was_never_theirs) {
    auto const since = demo.picture.world.seq();
    demo.move("it-20", Minutes(10));
    BOOST_TEST(open(mayor, "programme")->changes(since, 100)->changed == std::vector<std::string>{"it-20.ics"}, boost::test_tools::per_element());
    Office other;
    auto const token = other.demo.picture.world.seq();
    other.demo.move("it-21", Minutes(10)); // of track B
    BOOST_TEST(!other.open(other.mayor, "programme")->changes(token, 100).has_value());
    auto const now = other.open(other.mayor, "programme")->revision();
    other.demo.move("it-21", Minutes(10));
    BOOST_TEST(other.open(other.mayor, "programme")->revision() == now);
    BOOST_TEST(other.open(other.mayor, "programme")->changes(now, 100)->removed.empty());
}

BOOST_AUTO_TEST_CASE(a_long_answer_is_cut_and_goes_on_where_it_was_cut) {
    auto token = open(planner, hamburg)->revision();
    for (auto const* id : {"it-18", "it-20", "it-22", "it-24"}) {
        demo.move(id, Minutes(5));
        open(planner, hamburg);
    }
    std::set<std::string> seen;
    for (int round = 0; round < 10; ++round) {
        auto const changes = open(planner, hamburg)->changes(token, 3);
        BOOST_TEST_REQUIRE(changes.has_value());
        BOOST_TEST(changes->changed.size() <= 3);
        seen.insert(changes->changed.begin(), changes->changed.end());
        token = changes->until;
        if (!changes->cut)
            break;
    }
    BOOST_TEST(seen == (std::set<std::string>{"it-18.ics", "it-20.ics", "it-22.ics", "it-24.ics"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_time_range_finds_what_overlaps_it) {
    auto const noon = Instant(std::chrono::sys_days(std::chrono::year(2027) / 4 / 22)) + std::chrono::hours(12); // 14:00 in Hamburg
    std::set<std::string> found;
    auto const collection = open(planner, "track.visit-hh-2027.A");
    collection->overlapping("VEVENT", {noon, noon + Minutes(1)}, Zone(), [&](Member const& member, bool exact) {
        BOOST_TEST(exact);
        found.insert(member.name);
    });
    BOOST_TEST(found == std::set<std::string>{"it-20.ics"}, boost::test_tools::per_element());
    BOOST_TEST(collection->busy({noon, noon + Minutes(30)}, Zone()).size() == 1);
    BOOST_TEST(collection->about().transparent);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::calendar::dav
