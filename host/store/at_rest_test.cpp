// SPDX-License-Identifier: EUPL-1.2
// What is sensitive: encrypted where it lies, kept out of lists and logs, and whoever reads it is written down.
#include "store/cipher.hpp"
#include "store/test_store.hpp"

#include <fstream>
#include <iterator>

namespace kogge::host::store::test {

BOOST_FIXTURE_TEST_SUITE(at_rest, Fixture)

BOOST_AUTO_TEST_CASE(the_bytes_of_the_database_do_not_hold_a_sensitive_text) {
    small_world();
    std::string const secret = "coeliac-and-kosher-4711";
    must(change(create("care", "ca-1", R"({"person":"p-1","diet":")" + secret + R"(","remark":"visible-remark"})")));
    must(change(R"({"op":"update","entity":"care","id":"ca-1","fields":{"steps":271828}})"));
    must(change(R"({"op":"delete","entity":"care","id":"ca-1"})"));
    std::string bytes;
    if (backend() == "file") {
        store.reset();
        for (auto const& file : std::filesystem::directory_iterator(database.folder))
            if (file.is_regular_file()) {
                std::ifstream in(file.path(), std::ios::binary);
                bytes.append(std::istreambuf_iterator<char>(in), {});
            }
    } else {
        auto const session = this->session();
        session->query("SELECT before_fields, after_fields FROM kogge_log", {}, "tt",
                       [&](Cells row) { bytes += row[0].text + row[1].text; });
    }
    BOOST_TEST(bytes.find("visible-remark") != bytes.npos); // we do look in the right place
    BOOST_TEST(bytes.find(secret) == bytes.npos);
    BOOST_TEST(bytes.find("271828") == bytes.npos);
}

BOOST_AUTO_TEST_CASE(sensitive_fields_are_in_no_list_and_no_log) {
    small_world();
    std::vector<std::string> told;
    store->follow({"care"}, [&](std::string_view batch) { told.emplace_back(batch); });
    must(change(create("care", "ca-1", R"({"person":"p-1","diet":"halal"})")));
    BOOST_TEST(!store->list("care", {}).value().items.at(0).contains("diet"));
    BOOST_TEST(!get("care", "ca-1").contains("diet"));
    BOOST_TEST(json::serialize(log()).find("halal") == std::string::npos);
    BOOST_TEST(told.back().find("halal") != std::string::npos); // read models need it
    auto const conflict = apply(change(R"({"op":"update","entity":"care","id":"ca-1","rev":9,"fields":{"diet":"x"}})"));
    BOOST_TEST(!conflict.current.contains("diet"));
    auto const wrong = apply(change(R"({"op":"update","entity":"care","id":"ca-1","fields":{"steps":"secret-value"}})"));
    BOOST_TEST(wrong.error.message.find("secret-value") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_reads_it_is_written_down) {
    small_world();
    must(change(create("care", "ca-1", R"({"person":"p-1","diet":"halal"})")));
    BOOST_TEST(store->get("care", "ca-1", {.care = true, .actor = "user:u-1"}).value().at("diet").as_string() == "halal");
    store->stop();
    auto const session = this->session();
    std::string noted;
    session->query("SELECT actor, entity, id FROM kogge_access", {}, "ttt",
                   [&](Cells row) { noted += row[0].text + " " + row[1].text + " " + row[2].text + ";"; });
    BOOST_TEST(noted == "user:u-1 care ca-1;");
}

BOOST_AUTO_TEST_CASE(another_key_is_refused_when_opening) {
    small_world();
    store.reset();
    auto other = options();
    other.key.fill(8);
    auto const opened = Store::open(std::move(other));
    BOOST_TEST_REQUIRE(!opened.has_value());
    BOOST_TEST(opened.error().message == "the database was written with another key; put back the key file that belongs to it");
}

BOOST_AUTO_TEST_CASE(a_sealed_value_opens_only_in_its_place) {
    std::array<unsigned char, 32> key{};
    Cipher const cipher(key);
    auto const sealed = cipher.seal("text", "care/a/diet");
    BOOST_TEST(cipher.open(sealed, "care/a/diet").value() == "text");
    BOOST_TEST(cipher.seal("text", "care/a/diet") != sealed); // a nonce of its own each time
    BOOST_TEST(!cipher.open(sealed, "care/b/diet").has_value());
    BOOST_TEST(!cipher.open(sealed.substr(0, sealed.size() - 2), "care/a/diet").has_value());
    BOOST_TEST(!cipher.open("", "care/a/diet").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace kogge::host::store::test
