// SPDX-License-Identifier: EUPL-1.2
// A house for one plugin's tests: the real store (SQLite in memory, through SOCI), the real checks and routes, no socket,
// and a clock that stands still until told otherwise. Link KoggeSDK::testing.
#pragma once

#include <kogge/abi.h>
#include <kogge/change.hpp>
#include <kogge/fetch.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kogge::testing {

struct Answer {
    int status = 0;
    std::string body;
    json::value json() const { return json::parse(body); }
};

#define KOGGE_TESTING_API __attribute__((visibility("default")))

class KOGGE_TESTING_API TestHost {
  public:
    /// Loads the plugin given by its entry and the text of its kogge-plugin.json beside the core nouns; throws with the
    /// reason when it does not start.
    /// `settings`: a JSON object, what stands in its [plugin.NAME].
    TestHost(std::string_view manifest, kg_entry const& entry, std::string_view settings = "{}");
    /// Loads every plugin of a folder, as the daemon does.
    explicit TestHost(std::string const& plugin_folder);
    ~TestHost();
    TestHost(TestHost const&) = delete;

    /// One request as a caller with every right: the way everything else here is done, too.
    Answer request(std::string_view method, std::string_view target, std::string_view body = {});
    /// A change set; the outcome document of the API. `confirm` answers every block_release.
    json::value apply(ChangeSet const& changes, bool dry_run = false, bool confirm = false);
    /// Imports a document (a scenario, an export) from text.
    json::value import(std::string_view document);
    json::array findings(std::string_view visit = {}, std::string_view language = "en");

    /// Runs the jobs that are due by the clock or were woken, and those they wake, until none is; how many that were. Jobs
    /// run nowhere else: a test decides when.
    std::size_t run_jobs();
    /// Answers what the plugin fetches, during run_jobs(); without it every fetch fails. Nothing reaches the network.
    void answer_fetches(std::function<Result<Fetched>(json::object const& request)> answer);

    /// The clock: 2027-01-01T00:00:00Z until moved.
    void set_now(Instant now);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace kogge::testing
