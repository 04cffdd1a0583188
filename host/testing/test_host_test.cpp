// SPDX-License-Identifier: EUPL-1.2
#include <kogge/plugin.hpp>
#include <kogge/testing.hpp>

#include <boost/test/unit_test.hpp>

using namespace kogge;

namespace {

struct Flag {
    Id<Flag> id;
    std::string country;
    std::int64_t height_cm = 0;
};
BOOST_DESCRIBE_STRUCT(Flag, (), (id, country, height_cm))

/// A plugin of a few lines, as an author would test it: linked in, not loaded.
class Flags {
  public:
    explicit Flags(Host& host) : host_(host) {}
    void start() {
        host_.entity<Flag>({.title = "country"});
        host_.follow(world_);
        host_.rules("flags", world_, [this](Scope const&, Findings& out, Told&) {
            for (auto const& [id, row] : flags_.rows())
                if (row.value.height_cm > 200)
                    out.add({"FLAG_TOO_HIGH", FindingLevel::block_release, id.str(), {}, {ref(id)}, {{"height", std::to_string(row.value.height_cm)}}});
        });
        host_.route("GET", "/api/v1/flags", "read", [this](Request const& request) -> Result<Response> {
            return Response::json({{"flags", flags_.rows().size()}, {"now", to_text(host_.now())}, {"language", request.language()}});
        });
    }

  private:
    Host& host_;
    Mirror<Flag> flags_;
    World world_{&flags_};
};

constexpr char const* manifest = R"({"name":"flags","version":"1.0","sdk":1,
    "services":["kogge.store/1","kogge.checks/1","kogge.http/1","kogge.clock/1"],
    "i18n":{"en":{"finding.FLAG_TOO_HIGH":"a flag of {height} cm does not fit"},"nl":{"finding.FLAG_TOO_HIGH":"een vlag van {height} cm past niet"}}})";

/// Looks at a calendar elsewhere when a flag has changed, and every hour; keeps what it saw as a flag's country.
class Watcher {
  public:
    explicit Watcher(Host& host) : host_(host) {}
    void start() {
        host_.entity<Flag>();
        host_.follow(world_);
        flags_.on_change = [this](auto const*, auto const*) { host_.wake("look"); };
        host_.job("look", std::chrono::hours(1), [this] { look(); });
        host_.serve({.methods = {"PROPFIND", "PUT"}, .pattern = "/flags/{path*}", .needs = "read", .max_body = 10}, [](Request const& request) -> Result<Response> {
            return Response::text(std::string(request.method()) + " " + request.param("path") + " " + request.header("Depth").value_or("-"), "text/plain");
        });
    }

  private:
    void look() {
        auto const started = host_.fetch({.url = "https://example.org/flag"}, [this](Result<Fetched> answer) {
            ChangeSet changes("seen elsewhere");
            for (auto const& [id, row] : flags_.rows())
                if (auto const seen = answer ? answer.value().body : answer.error().message; row.value.country != seen)
                    changes.update(id, row.rev, {{"country", seen}});
            if (!changes.empty())
                (void)host_.apply(changes);
        });
        if (!started)
            throw std::runtime_error(started.error().message);
    }

    Host& host_;
    Mirror<Flag> flags_;
    World world_{&flags_};
};
constexpr char const* watchful = R"({"name":"watcher","version":"1.0","sdk":1,
    "services":["kogge.store/1","kogge.http/1","kogge.jobs/1","kogge.fetch/1"]})";

struct Failing {
    explicit Failing(Host&) {}
    void start() { throw std::runtime_error("no pole"); }
};

kg_entry entry_of(kg_plugin* (*create)(kg_host const*)) { return {sizeof(kg_entry), KG_ABI_MAJOR, KG_ABI_MINOR, 0, create}; }
kg_entry const flags = entry_of(detail::Instance<Flags>::create);
kg_entry const watcher = entry_of(detail::Instance<Watcher>::create);
kg_entry const failing = entry_of(detail::Instance<Failing>::create);

ChangeSet flag(std::string const& id, std::int64_t height) {
    ChangeSet changes("a flag");
    changes.create(Flag{Id<Flag>(id), "NL", height});
    return changes;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plugin_under_test_sees_what_is_committed_and_its_checks_are_asked) {
    testing::TestHost host(manifest, flags);
    BOOST_TEST(host.apply(flag("f-1", 150)).at("verdict").as_string() == "committed");
    BOOST_TEST(host.request("GET", "/api/v1/flags").json().at("flags").to_number<int>() == 1);

    auto const outcome = host.apply(flag("f-2", 300));
    BOOST_TEST(outcome.at("verdict").as_string() == "needs_confirmation");
    BOOST_TEST(outcome.at("introduced").at(0).at("text").as_string() == "a flag of 300 cm does not fit");
    BOOST_TEST(host.request("GET", "/api/v1/entities/flag/f-2").status == 404);

    BOOST_TEST(host.apply(flag("f-2", 300), false, true).at("verdict").as_string() == "committed");
    auto const findings = host.findings("", "nl");
    BOOST_REQUIRE(findings.size() == 1u);
    BOOST_TEST(findings[0].at("text").as_string() == "een vlag van 300 cm past niet");
}

BOOST_AUTO_TEST_CASE(a_dry_run_writes_nothing) {
    testing::TestHost host(manifest, flags);
    BOOST_TEST(host.apply(flag("f-1", 150), true).at("verdict").as_string() == "would_commit");
    BOOST_TEST(host.request("GET", "/api/v1/flags").json().at("flags").to_number<int>() == 0);
}

BOOST_AUTO_TEST_CASE(the_clock_stands_still_until_it_is_moved) {
    testing::TestHost host(manifest, flags);
    auto const now = [&] { return std::string(host.request("GET", "/api/v1/flags").json().at("now").as_string()); };
    BOOST_TEST(now() == "2027-01-01T00:00:00Z");
    host.set_now(Instant(std::chrono::sys_days(std::chrono::year(2027) / 4 / 21)));
    BOOST_TEST(now() == "2027-04-21T00:00:00Z");
    host.apply(flag("f-1", 150));
    BOOST_TEST(host.request("GET", "/api/v1/entities/flag/f-1").json().at("updated").as_string().starts_with("2027-04-21T00:00:00"));
}

BOOST_AUTO_TEST_CASE(a_job_runs_when_the_test_says_so_and_asks_whom_the_test_plays) {
    testing::TestHost host(watchful, watcher);
    auto const country = [&] { return std::string(host.request("GET", "/api/v1/entities/flag/f-1").json().at("country").as_string()); };
    int asked = 0;
    host.answer_fetches([&](json::object const& request) -> Result<Fetched> {
        BOOST_TEST(request.at("url").as_string() == "https://example.org/flag");
        ++asked;
        return Fetched{200, "https://example.org/flag", {}, "DE"};
    });
    host.apply(flag("f-1", 150));
    BOOST_TEST(country() == "NL"); // nothing runs by itself
    host.run_jobs(); // the job, its answer, and the look that its own change woke
    BOOST_TEST(asked == 2);
    BOOST_TEST(country() == "DE");
}

BOOST_AUTO_TEST_CASE(without_a_network_a_fetch_fails_and_says_so) {
    testing::TestHost host(watchful, watcher);
    host.apply(flag("f-1", 150));
    BOOST_TEST(host.run_jobs() > 0u);
    BOOST_TEST(host.request("GET", "/api/v1/entities/flag/f-1").json().at("country").as_string() == "the test host reaches nothing; see answer_fetches()");
}

BOOST_AUTO_TEST_CASE(an_hour_later_the_job_comes_round) {
    testing::TestHost host(watchful, watcher);
    int asked = 0;
    host.answer_fetches([&](json::object const&) -> Result<Fetched> { return ++asked, Fetched{200, "", {}, ""}; });
    host.run_jobs();
    host.run_jobs();
    BOOST_TEST(asked == 1);
    host.set_now(Instant(std::chrono::sys_days(std::chrono::year(2027) / 1 / 1) + std::chrono::hours(1)));
    host.run_jobs();
    BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_CASE(a_route_takes_several_methods) {
    testing::TestHost host(watchful, watcher);
    BOOST_TEST(host.request("PROPFIND", "/flags/a/b").body == "PROPFIND a/b -");
    BOOST_TEST(host.request("PUT", "/flags/").body == "PUT  -");
    BOOST_TEST(host.request("DELETE", "/flags/").status == 405);
}

BOOST_AUTO_TEST_CASE(a_plugin_that_does_not_start_is_reported_with_its_reason) {
    auto const reason = [](auto&& make) {
        try {
            make();
        } catch (std::runtime_error const& e) {
            return std::string(e.what());
        }
        return std::string("it started");
    };
    BOOST_TEST(reason([] { testing::TestHost host(R"({"name":"failing","version":"1","sdk":1,"services":[]})", failing); }) ==
               "the plugin failing did not start: no pole");
    BOOST_TEST(reason([] { testing::TestHost host("{", flags); }).starts_with("kogge-plugin.json: not JSON"));
    BOOST_TEST(reason([] { testing::TestHost host(KOGGE_FIXTURE_PLUGINS); }).find("the plugin fails_to_start") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(several_houses_stand_beside_each_other) {
    testing::TestHost one(manifest, flags), other(manifest, flags);
    one.apply(flag("f-1", 150));
    BOOST_TEST(other.request("GET", "/api/v1/entities/flag/f-1").status == 404);
}
