// SPDX-License-Identifier: EUPL-1.2
#include "outbound/fetcher.hpp"

#include "outbound/transfer.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <deque>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

namespace kogge::host::outbound {

namespace {

constexpr std::size_t most_at_once = 16;
constexpr std::size_t most_waiting = 1000;

} // namespace

void prepare_curl() {
    static bool const done = [] {
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
            throw std::runtime_error("libcurl cannot be set up");
        return true;
    }();
    (void)done;
}

struct Fetcher::Work {
    Work(AddressRules r, int redirects) : rules(std::move(r)), most_redirects(redirects), multi(curl_multi_init()) {
        if (!multi)
            throw std::runtime_error("libcurl cannot be set up");
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, long(most_at_once));
        thread = std::thread([this] { loop(); });
    }
    ~Work() {
        {
            std::lock_guard const lock(mutex);
            stopping = true;
        }
        curl_multi_wakeup(multi);
        thread.join();
        for (auto const& transfer : running)
            curl_multi_remove_handle(multi, transfer->handle());
        running.clear();
        curl_multi_cleanup(multi);
    }
    Work(Work const&) = delete;

    bool add(Request request, Done done) {
        {
            std::lock_guard const lock(mutex);
            if (waiting.size() >= most_waiting)
                return false;
            waiting.emplace_back(std::move(request), std::move(done));
        }
        curl_multi_wakeup(multi);
        return true;
    }

    void loop() {
        while (take_up()) {
            int still = 0;
            curl_multi_perform(multi, &still);
            if (!settle_finished()) // else there is room for what waits
                curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
        }
    }
    /// False when it is time to stop.
    bool take_up() {
        std::vector<std::pair<Request, Done>> next;
        {
            std::lock_guard const lock(mutex);
            if (stopping)
                return false;
            for (; !waiting.empty() && running.size() + next.size() < most_at_once; waiting.pop_front())
                next.push_back(std::move(waiting.front()));
        }
        for (auto& [request, done] : next) {
            running.push_back(std::make_unique<Transfer>(std::move(request), std::move(done), rules, most_redirects));
            begin(std::prev(running.end()));
        }
        return true;
    }
    using Place = std::list<std::unique_ptr<Transfer>>::iterator;
    void begin(Place place) {
        if ((*place)->prepare())
            curl_multi_add_handle(multi, (*place)->handle());
        else
            report(place);
    }
    void report(Place place) {
        auto const transfer = std::move(*place);
        running.erase(place);
        transfer->report();
    }
    bool settle_finished() {
        int left = 0;
        bool some = false;
        while (auto const* message = curl_multi_info_read(multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            auto const code = message->data.result;
            auto* const handle = message->easy_handle;
            curl_multi_remove_handle(multi, handle); // `message` is gone
            auto const place = std::find_if(running.begin(), running.end(), [&](auto const& one) { return one->handle() == handle; });
            some = true;
            if ((*place)->finished(code))
                begin(place);
            else
                report(place);
        }
        return some;
    }

    AddressRules const rules;
    int const most_redirects;
    CURLM* const multi;
    std::mutex mutex;
    std::deque<std::pair<Request, Done>> waiting;
    bool stopping = false;
    std::list<std::unique_ptr<Transfer>> running; // the thread's alone
    std::thread thread;
};

Fetcher::Fetcher(AddressRules rules, Limits limits) : limits_(limits) {
    prepare_curl();
    work_ = std::make_unique<Work>(std::move(rules), limits.redirects);
}
Fetcher::~Fetcher() { stop(); }

Result<void> Fetcher::start(Request request, Done done) {
    if (!work_ || !work_->add(std::move(request), std::move(done)))
        return Error{ErrorCode::busy, "too many answers of other servers are waited for; try again later", {}};
    return boost::outcome_v2::success();
}

void Fetcher::stop() { work_.reset(); }

} // namespace kogge::host::outbound
