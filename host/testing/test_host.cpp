// SPDX-License-Identifier: EUPL-1.2
#include <kogge/testing.hpp>

#include "daemon/house.hpp"

#include <atomic>
#include <stdexcept>

namespace kogge::testing {

namespace {

constexpr Instant first_moment{std::chrono::seconds(1'798'761'600)}; // 2027-01-01T00:00:00Z

} // namespace

struct TestHost::Impl {
    using AddPlugins = std::function<void(host::plugins::PluginHost&)>;

    explicit Impl(AddPlugins add, std::map<std::string, json::object> settings = {}) {
        host::HouseOptions options;
        options.config.plugin = std::move(settings);
        options.in_memory = true;
        options.now_us = [this] { return now_us.load(); };
        options.add_plugins = std::move(add);
        options.answer_fetch = [this](json::object const& request) { return answered(request); };
        options.log = [](int, std::string_view, std::string_view) {}; // what goes wrong is thrown, or answered
        auto opened = host::House::open(std::move(options));
        if (!opened)
            throw std::runtime_error(opened.error().message);
        house = std::move(opened).value();
        for (auto const& status : house->plugins().list())
            if (status.state != host::plugins::State::running)
                throw std::runtime_error("the plugin " + status.name + " " + status.reason);
    }

    /// As abi.h's kg_fetched_fn spells it.
    std::pair<std::string, std::string> answered(json::object const& request) {
        auto const result = answer ? answer(request) : Error{ErrorCode::failed, "the test host reaches nothing; see answer_fetches()", {}};
        if (!result)
            return {json::serialize(json::value{{"error", result.error().message}, {"code", code_of(result.error().code)}}), {}};
        auto const& fetched = result.value();
        json::object headers;
        for (auto const& [name, value] : fetched.headers)
            headers[name] = value;
        return {json::serialize(json::value{{"status", fetched.status}, {"url", fetched.url}, {"headers", std::move(headers)}}), fetched.body};
    }
    static char const* code_of(ErrorCode code) { return code == ErrorCode::denied ? "denied" : code == ErrorCode::refused ? "too_large" : code == ErrorCode::timeout ? "timeout" : "failed"; }

    std::function<Result<Fetched>(json::object const&)> answer;
    std::atomic<std::int64_t> now_us{std::chrono::microseconds(first_moment.time_since_epoch()).count()};
    std::unique_ptr<host::House> house;
};

TestHost::TestHost(std::string_view manifest, kg_entry const& entry, std::string_view settings) {
    auto read = host::plugins::parse_manifest(manifest);
    if (!read)
        throw std::runtime_error("kogge-plugin.json: " + read.error().message);
    std::map<std::string, json::object> config{{read.value().name, json::parse(settings).as_object()}};
    impl_ = std::make_unique<Impl>([&](host::plugins::PluginHost& plugins) { plugins.add(std::move(read).value(), entry); }, std::move(config));
}

TestHost::TestHost(std::string const& plugin_folder)
    : impl_(std::make_unique<Impl>([&](host::plugins::PluginHost& plugins) { plugins.load(plugin_folder); })) {}

TestHost::~TestHost() = default;

Answer TestHost::request(std::string_view method, std::string_view target, std::string_view body) {
    auto response = impl_->house->request(method, target, std::string(body), "test");
    return {response.status, std::move(response.body)};
}

json::value TestHost::apply(ChangeSet const& changes, bool dry_run, bool confirm) {
    auto document = changes.document().as_object();
    if (confirm)
        document["confirm"] = json::array{"*"};
    return request("POST", dry_run ? "/api/v1/changes?dry_run=1" : "/api/v1/changes", json::serialize(document)).json();
}

json::value TestHost::import(std::string_view document) { return request("POST", "/api/v1/import", document).json(); }

json::array TestHost::findings(std::string_view visit, std::string_view language) {
    std::string target = "/api/v1/findings?lang=" + std::string(language);
    if (!visit.empty())
        target += "&visit=" + std::string(visit);
    return request("GET", target).json().at("findings").as_array();
}

std::size_t TestHost::run_jobs() { return impl_->house->run_jobs(); }

void TestHost::answer_fetches(std::function<Result<Fetched>(json::object const& request)> answer) { impl_->answer = std::move(answer); }

void TestHost::set_now(Instant now) { impl_->now_us = std::chrono::microseconds(now.time_since_epoch()).count(); }

} // namespace kogge::testing
