// SPDX-License-Identifier: EUPL-1.2
#include <kogge/change.hpp>
#include <kogge/json.hpp>
#include <kogge/model/people.hpp>
#include <kogge/model/programme.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace kogge;

namespace {

struct Inner {
    int n = 0;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (n))

struct Everything {
    Id<Everything> id;
    Id<Person> person;
    std::optional<Id<Person>> other;
    bool flag = true;
    int number = 4;
    std::int64_t big = 0;
    double real = 0.5;
    std::string text = "default";
    Cefr level = Cefr::B1;
    Day day{};
    LocalTime starts;
    Text title;
    Money value;
    std::vector<Inner> list;
    std::map<std::string, std::string> map;
    friend bool operator==(Everything const& a, Everything const& b) { return to_json(a) == to_json(b); }
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (id, person, other, flag, number, big, real, text, level, day, starts, title, value, list, map))

struct Request {
    std::optional<json::value> fields;
};
BOOST_DESCRIBE_STRUCT(Request, (), (fields))

Everything sample() {
    Everything e;
    e.id = Id<Everything>("e-1");
    e.person = Id<Person>("p-1");
    e.other = Id<Person>("p-2");
    e.flag = false;
    e.number = -7;
    e.big = std::numeric_limits<std::int64_t>::min();
    e.real = 53.219;
    e.text = "Größe \"x\"\n\u0001";
    e.level = Cefr::C2;
    e.day = parse_day("2027-10-31").value();
    e.starts = parse_local_time("2027-10-31T02:30:00+01:00[Europe/Berlin]").value();
    e.title = {"Stadtführung", "de"};
    e.value = euros(50);
    e.list = {{1}, {2}};
    e.map = {{"a", "b"}, {"", "empty"}};
    return e;
}

std::string error_of(std::string_view text) {
    auto const read = from_json<Everything>(json::parse(text));
    if (read) return "";
    return read.error().field + ": " + read.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_test)

BOOST_AUTO_TEST_CASE(everything_goes_out_and_comes_back) {
    auto const text = json::serialize(to_json(sample()));
    auto const read = from_json<Everything>(parse_json(text).value());
    BOOST_REQUIRE_MESSAGE(read, (read ? std::string() : read.error().message));
    BOOST_TEST((read.value() == sample()));
    BOOST_TEST(read.value().starts.second);
}

BOOST_AUTO_TEST_CASE(json_itself_passes_through) {
    auto const read = from_json<Request>(json::parse(R"({"fields":{"deep":[1,null]}})")).value();
    BOOST_TEST(json::serialize(to_json(read)) == R"({"fields":{"deep":[1,null]}})");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_keeps_its_default_and_what_is_unknown_is_passed_over) {
    auto const read = from_json<Everything>(json::parse(R"({"unknown":[1,2,3],"other":null,"person":"","id":null})")).value();
    BOOST_TEST(read.text == "default");
    BOOST_TEST(read.flag);
    BOOST_TEST(!read.other);
    BOOST_TEST(read.person.empty());
}

BOOST_AUTO_TEST_CASE(a_wrong_type_names_the_field_and_what_is_there) {
    BOOST_TEST(error_of(R"({"flag":"yes"})") == "/flag: expected true or false, got \"yes\"");
    BOOST_TEST(error_of(R"({"number":1.5})") == "/number: expected a whole number, got 1.5E0");
    BOOST_TEST(error_of(R"({"number":3000000000})") == "/number: expected a whole number, got 3000000000");
    BOOST_TEST(error_of(R"({"big":1e30})") == "/big: expected a whole number, got 1E30");
    BOOST_TEST(error_of(R"({"text":null})") == "/text: expected a string, got null");
    BOOST_TEST(error_of(R"({"person":"a b"})") == "/person: expected an id, got \"a b\"");
    BOOST_TEST(error_of(R"({"other":""})") == "/other: expected an id, got \"\"");
    BOOST_TEST(error_of(R"({"level":"D1"})") == "/level: expected one of A1, A2, B1, B2, C1, C2, got \"D1\"");
    BOOST_TEST(error_of(R"({"level":"A1\u0000"})") == "/level: expected one of A1, A2, B1, B2, C1, C2, got \"A1\\u0000\"");
    BOOST_TEST(error_of(R"({"day":"2027-02-30"})") == "/day: '2027-02-30' is not a day; write it as 2027-04-21");
    BOOST_TEST(error_of(R"({"list":{"n":1}})") == "/list: expected a list, got {\"n\":1}");
    BOOST_TEST(error_of(R"({"list":[{"n":1},{"n":"2"}]})") == "/list/1/n: expected a whole number, got \"2\"");
    BOOST_TEST(error_of(R"({"map":{"a/b~c":1}})") == "/map/a~1b~0c: expected a string, got 1");
    BOOST_TEST(error_of(R"({"title":"text"})") == "/title: expected an object, got \"text\"");
    BOOST_TEST(error_of("[]") == ": expected an object, got []");
}

BOOST_AUTO_TEST_CASE(the_place_is_told_from_where_the_document_stands) {
    auto const read = from_json<Everything>(json::parse(R"({"number":[]})"), "/changes/3/fields");
    BOOST_TEST(read.error().field == "/changes/3/fields/number");
}

BOOST_AUTO_TEST_CASE(a_long_wrong_value_is_quoted_in_part_and_in_whole_characters) {
    std::string text;
    for (int i = 0; i < 5'000'000; ++i) text += "ü";
    auto const read = from_json<int>(json::value(json::string(text)));
    auto const& message = read.error().message;
    BOOST_TEST(message.size() < 120U);
    BOOST_TEST(message.ends_with("ü…"));
}

BOOST_AUTO_TEST_CASE(hostile_text_is_refused_and_the_error_says_where) {
    BOOST_TEST(parse_json("").error().message.starts_with("not JSON"));
    BOOST_TEST(parse_json("{\"a\":1").error().message.starts_with("not JSON"));
    BOOST_TEST(parse_json("{\"a\":1}x").error().message.starts_with("not JSON at byte 7"));
    BOOST_TEST(parse_json("{\"a\":01}").error().message.starts_with("not JSON at byte"));
    for (std::string_view bad :
         {"nul", "NaN", "'a'", "[1,]", "{\"a\" 1}", "\"\\ud800\"", "\"\x01\"", "[1] // comment", "\xff\xfe"})
        BOOST_TEST(!parse_json(bad), bad);
}

BOOST_AUTO_TEST_CASE(nesting_is_bounded) {
    auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    BOOST_TEST(bool(parse_json(nested(60))));
    BOOST_TEST(!parse_json(nested(100)));
    BOOST_TEST(!parse_json(nested(100'000)));
}

BOOST_AUTO_TEST_CASE(every_cut_of_a_document_is_an_error_and_no_crash) {
    auto const text = json::serialize(to_json(sample()));
    for (std::size_t n = 0; n < text.size(); ++n) BOOST_REQUIRE(!parse_json(std::string_view(text).substr(0, n)));
}

BOOST_AUTO_TEST_CASE(a_member_that_a_request_does_not_have_is_found) {
    BOOST_TEST(unknown_member<Inner>(json::parse(R"({"n":1,"m":2})").as_object()).value_or("") == "m");
    BOOST_TEST(!unknown_member<Inner>(json::parse(R"({"n":1})").as_object()));
}

BOOST_AUTO_TEST_CASE(a_description_names_types_references_and_defaults) {
    auto const text = json::serialize(describe<Everything>("everything", {.per_visit = true, .sensitive = {"text"}})["fields"]);
    for (std::string_view part :
         {R"({"type":"id","ref":"person","name":"person","default":""})",
          R"({"type":"id","optional":true,"ref":"person","name":"other","default":null})",
          R"({"type":"enum","values":["A1","A2","B1","B2","C1","C2"],"name":"level","default":"B1"})",
          R"("name":"list","default":[])", R"({"type":"local_time","name":"starts")", R"({"type":"money","name":"value")"})
        BOOST_TEST(text.find(part) != std::string::npos, part << " is not in " << text);
    BOOST_TEST(text.find(R"("name":"id")") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_change_set_names_what_it_is_based_on) {
    Person person;
    person.id = Id<Person>("p-1");
    person.family_name = "Brouwer";
    ChangeSet changes("new people");
    BOOST_TEST(changes.empty());
    changes.create(person).update(person.id, 3, {{"given_name", "Anna"}}).erase(person.id, 4);
    auto const document = changes.document();
    BOOST_TEST(document.at("reason").as_string() == "new people");
    auto const& list = document.at("changes").as_array();
    BOOST_REQUIRE(list.size() == 3U);
    BOOST_TEST(list[0].at("entity").as_string() == "person");
    BOOST_TEST(!list[0].at("fields").as_object().contains("id"));
    BOOST_TEST(list[1].at("rev").as_int64() == 3);
    BOOST_TEST(list[2].at("op").as_string() == "delete");
}

BOOST_AUTO_TEST_SUITE_END()
