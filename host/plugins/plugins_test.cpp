// SPDX-License-Identifier: EUPL-1.2
#include "plugins/host.hpp"

#include <kogge/json.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>

using namespace kogge;
using namespace kogge::host::plugins;

namespace {

/// A ground that remembers what it was asked for.
struct Notebook : Ground {
    std::vector<std::string> kinds, logged;
    std::vector<std::function<void(std::string_view)>> followers;
    Result<void> entity(std::string const&, json::object const& description) override {
        kinds.emplace_back(description.at("kind").as_string());
        return boost::outcome_v2::success();
    }
    Result<void> route(std::string const&, RouteSpec) override { return boost::outcome_v2::success(); }
    void follow(std::string const&, std::vector<std::string> const&, std::function<void(std::string_view)> tell) override { followers.push_back(std::move(tell)); }
    Result<std::string> get(std::string const&, std::string_view, std::string_view) override { return Error{ErrorCode::not_found, "nothing here"}; }
    Result<void> list(std::string const&, std::string_view, json::object const&, std::function<void(std::string_view)> const&) override { return boost::outcome_v2::success(); }
    Result<void> log_entries(std::string const&, boost::json::object const&, std::function<void(std::string_view)> const&) override { return boost::outcome_v2::success(); }
    Applied apply(std::string const&, std::string_view) override { return {}; }
    Result<void> job(std::string const&, JobSpec) override { return boost::outcome_v2::success(); }
    Result<void> wake(std::string const&, std::string_view) override { return boost::outcome_v2::success(); }
    Result<void> fetch(std::string const&, boost::json::object const&, FetchDone) override { return boost::outcome_v2::success(); }
    std::optional<std::string> setting(std::string const&, std::string_view) override { return std::nullopt; }
    std::int64_t now_us() override { return 0; }
    void log(std::string const&, int, std::string_view message, std::string_view) override { logged.emplace_back(message); }
};

struct Fixtures {
    Notebook ground;
    PluginHost host{ground};
    Fixtures() { host.load(KOGGE_FIXTURE_PLUGINS); }
    Status status(std::string const& name) {
        for (auto const& s : host.list())
            if (s.name == name)
                return s;
        return {name, "", State::disabled, "not listed"};
    }
};

std::string const gift = R"({"entity":"gift","id":"gf-1","op":"create","rev":1,"before":null,"after":
    {"id":"gf-1","visit":"v","giver":"p","receiver":"q","description":{"text":"kogge","language":"nl"},"value":{"minor":12000,"currency":"EUR"},"destination":null}})";

} // namespace

BOOST_FIXTURE_TEST_CASE(a_plugin_for_another_sdk_is_refused_before_its_code_runs, Fixtures) {
    BOOST_TEST(status("old_major").reason == "was built for SDK 0, this daemon speaks SDK 1; ask its maker for a newer build");
}

BOOST_FIXTURE_TEST_CASE(a_plugin_whose_service_nobody_provides_is_refused_before_its_code_runs, Fixtures) {
    BOOST_TEST(status("wants_more").reason == "needs the service weather.forecast/1, which no plugin here provides; install one that does");
}

BOOST_FIXTURE_TEST_CASE(a_plugin_that_fails_to_start_is_refused_with_its_reason_and_the_others_run, Fixtures) {
    BOOST_TEST(status("fails_to_start").reason == "did not start: no table to lay the cloth on");
    BOOST_TEST(int(status("gifts").state) == int(State::running));
    BOOST_TEST(ground.kinds == std::vector<std::string>{"gift"}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_disabled_plugin_is_listed_as_such, Fixtures) {
    Notebook other;
    PluginHost quiet(other);
    quiet.load(KOGGE_FIXTURE_PLUGINS, {"gifts"});
    BOOST_TEST(other.kinds.empty());
}

BOOST_FIXTURE_TEST_CASE(a_check_sees_the_world_before_and_after_and_leaves_it_as_it_was, Fixtures) {
    auto const request = R"({"visit":null,"changes":[)" + gift + "]}";
    auto const report = host.check(request);
    BOOST_TEST(report.before.empty());
    BOOST_REQUIRE(report.after.size() == 1u);
    auto const& finding = report.after.front().as_object();
    BOOST_TEST(finding.at("code").as_string() == "GIFT_DESTINATION");
    BOOST_TEST(finding.at("level").as_string() == "block");
    BOOST_TEST(finding.at("subject").as_string() == "gf-1");
    BOOST_TEST(finding.at("refs").at(0).at("field").as_string() == "destination");
    BOOST_TEST(host.check(R"({"visit":null,"changes":[]})").after.empty());

    for (auto const& tell : ground.followers)
        tell(R"({"seq":1,"load":false,"changes":[)" + gift + "]}");
    BOOST_TEST(host.check(R"({"visit":"v","changes":[]})").after.size() == 1u);
    BOOST_TEST(host.check(R"({"visit":"other","changes":[]})").after.empty());
}

BOOST_FIXTURE_TEST_CASE(a_finding_is_a_sentence_in_the_asked_language, Fixtures) {
    BOOST_TEST(host.sentence("GIFT_DESTINATION", {}, "nl") == "een geschenk boven 50 euro heeft een bestemming nodig");
    BOOST_TEST(host.sentence("GIFT_DESTINATION", {}, "fr") == "a gift above 50 euro needs a destination");
    BOOST_TEST(host.sentence("NEVER_HEARD_OF", {}, "nl") == "NEVER_HEARD_OF");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_no_plugin_is_said_to_be_none) {
    auto const folder = std::filesystem::temp_directory_path() / ("kogge-plugins-" + make_uuid());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "text.so") << "this is not an ELF file";
    std::ofstream(folder / "short.so") << "\x7f" "ELF\x02";
    std::filesystem::copy_file("/proc/self/exe", folder / "program.so");
    Notebook ground;
    PluginHost host(ground);
    host.load(folder);
    auto const list = host.list();
    BOOST_REQUIRE(list.size() == 3u);
    BOOST_TEST(list[0].reason == "program.so carries no .kogge.manifest section: it is no Kogge plugin");
    BOOST_TEST(list[1].reason == "short.so is not a 64-bit ELF shared library");
    BOOST_TEST(list[2].reason == "text.so is not a 64-bit ELF shared library");
    std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(a_manifest_cut_or_flipped_anywhere_is_refused_or_read_but_never_breaks_the_daemon) {
    auto const good = std::filesystem::path(KOGGE_FIXTURE_PLUGINS) / "gifts.so";
    std::ifstream in(good, std::ios::binary);
    std::string const bytes((std::istreambuf_iterator<char>(in)), {});
    auto const file = std::filesystem::temp_directory_path() / ("kogge-elf-" + make_uuid() + ".so");
    auto const try_it = [&](std::string const& mutant) {
        std::ofstream(file, std::ios::binary) << mutant;
        (void)read_manifest(file);
    };
    for (std::size_t cut = 0; cut < 200; ++cut)
        try_it(bytes.substr(0, bytes.size() * cut / 200));
    for (std::size_t at = 0; at < 64; ++at) {
        auto mutant = bytes;
        mutant[at] = char(~mutant[at]);
        try_it(mutant);
    }
    std::filesystem::remove(file);
    BOOST_TEST(read_manifest(good).value().name == "gifts");
}
