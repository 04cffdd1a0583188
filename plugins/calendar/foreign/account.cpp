// SPDX-License-Identifier: EUPL-1.2
#include "foreign/account.hpp"

#include "foreign/multistatus.hpp"
#include "foreign/pace.hpp"

#include <algorithm>
#include <utility>

namespace kogge::calendar::foreign {

namespace {

constexpr std::size_t at_once = 50; // objects in one calendar-multiget

constexpr char const* head = R"(<?xml version="1.0" encoding="utf-8"?>)";
constexpr char const* spaces = R"( xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/")";

std::string propfind(std::string_view properties) {
    return std::string(head) + "<D:propfind" + spaces + "><D:prop>" + std::string(properties) + "</D:prop></D:propfind>";
}

/// 20270421T052400Z
std::string basic_form(Instant at) {
    auto text = to_text(at);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string objects_in(Interval window) {
    return std::string(head) + "<C:calendar-query" + spaces + "><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name=\"VCALENDAR\">"
           + "<C:comp-filter name=\"VEVENT\"><C:time-range start=\"" + basic_form(window.begin) + "\" end=\"" + basic_form(window.end)
           + "\"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>";
}

std::string changes_since(std::string const& token) {
    return std::string(head) + "<D:sync-collection" + spaces + "><D:sync-token>" + xml_escaped(token)
           + "</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>";
}

template <class Iterator>
std::string objects_of(Iterator begin, Iterator end) {
    auto out = std::string(head) + "<C:calendar-multiget" + spaces + "><D:prop><D:getetag/><C:calendar-data/></D:prop>";
    for (; begin != end; ++begin)
        out += "<D:href>" + xml_escaped(*begin) + "</D:href>";
    return out + "</C:calendar-multiget>";
}

/// One look at an account: a chain of requests, each step named after what it asks. It lives as long as an answer is due.
class AccountLook : public std::enable_shared_from_this<AccountLook> {
  public:
    AccountLook(Ask ask, Target target, Reading reading, LookLimits limits, Account& account, LookDone done)
        : ask_(std::move(ask)), target_(std::move(target)), reading_(std::move(reading)), limits_(limits), account_(account), done_(std::move(done)),
          today_(std::chrono::floor<std::chrono::days>(std::chrono::local_seconds(reading_.now.time_since_epoch()))),
          deadline_(std::chrono::steady_clock::now() + std::chrono::seconds(std::int64_t(limits.timeout_s) * 4)) {}

    void start() {
        if (account_.address == target_.url && !account_.collections.empty())
            return look_into(0);
        account_ = {target_.url, {}};
        discover(target_.url, false);
    }

  private:
    using Then = std::function<void(Fetched const&, Multistatus)>;

    // ---- which calendars there are ---------------------------------------------------------------------------------

    void discover(std::string const& url, bool well_known) {
        static auto const body = propfind("<D:resourcetype/><D:displayname/><D:current-user-principal/><C:calendar-home-set/>");
        request("PROPFIND", url, "0", body, [this, well_known](Fetched const& got, Multistatus found) {
            DavResponse const first = found.responses.empty() ? DavResponse() : std::move(found.responses.front());
            if (first.calendar) {
                account_.collections.push_back({got.url, first.name, {}, {}, {}, {}, 0});
                return look_into(0);
            }
            if (!first.homes.empty())
                return list(resolved(got.url, first.homes.front()));
            if (!first.principal.empty())
                return home_of(resolved(got.url, first.principal));
            otherwise_well_known(well_known, {LookError::no_calendar, {}});
        }, [this, well_known](Trouble const& trouble) {
            // What is no WebDAV there may be at the address that RFC 6764 names. Who is not let in here is not there, either.
            trouble.what == LookError::sign_in ? fail(trouble) : otherwise_well_known(well_known, trouble);
        });
    }
    void otherwise_well_known(bool tried, Trouble const& trouble) {
        if (tried)
            return fail(trouble);
        discover(resolved(target_.url, "/.well-known/caldav"), true);
    }
    void home_of(std::string const& principal) {
        static auto const body = propfind("<C:calendar-home-set/>");
        request("PROPFIND", principal, "0", body, [this](Fetched const& got, Multistatus found) {
            for (auto const& response : found.responses)
                if (!response.homes.empty())
                    return list(resolved(got.url, response.homes.front()));
            fail({LookError::no_calendar, {}});
        });
    }
    void list(std::string const& home) {
        static auto const body = propfind("<D:resourcetype/><D:displayname/><C:supported-calendar-component-set/><C:schedule-calendar-transp/>");
        request("PROPFIND", home, "1", body, [this](Fetched const& got, Multistatus found) {
            for (auto& response : found.responses)
                if (response.calendar && response.events && !response.transparent && account_.collections.size() < limits_.collections)
                    account_.collections.push_back({resolved(got.url, response.href), std::move(response.name), {}, {}, {}, {}, 0});
            if (account_.collections.empty())
                return fail({LookError::no_calendar, {}});
            look_into(0);
        });
    }

    // ---- what changed in each of them ------------------------------------------------------------------------------

    void look_into(std::size_t nth) {
        if (nth == account_.collections.size())
            return finish();
        nth_ = nth;
        static auto const body = propfind("<D:displayname/><D:sync-token/><S:getctag/>");
        request("PROPFIND", here().url, "0", body, [this](Fetched const&, Multistatus found) {
            DavResponse const now = found.responses.empty() ? DavResponse() : std::move(found.responses.front());
            state_ = {now.sync_token, now.ctag};
            if (here().day != today_)
                return everything();
            if ((!now.sync_token.empty() && now.sync_token == here().sync_token) || (!now.ctag.empty() && now.ctag == here().ctag))
                return look_into(nth_ + 1);
            if (!here().sync_token.empty())
                return changes();
            everything();
        }, [this](Trouble const& trouble) {
            if (trouble.what == LookError::not_found || trouble.what == LookError::gone)
                account_ = {}; // the account is gone through anew next time
            fail(trouble);
        });
    }
    void everything() {
        request("REPORT", here().url, "1", objects_in(reading_.window), [this](Fetched const&, Multistatus found) {
            here().objects.clear();
            for (auto const& response : found.responses)
                if (!response.data.empty())
                    take(response);
            settled();
        });
    }
    void changes() {
        request("REPORT", here().url, "", changes_since(here().sync_token), [this](Fetched const&, Multistatus found) {
            wanted_.clear();
            for (auto const& response : found.responses) {
                if (response.status == 507)
                    return everything(); // the server stopped half way
                if (response.status == 404 || response.status == 410)
                    account_.changed |= here().objects.erase(response.href) > 0;
                else if (!response.etag.empty())
                    wanted_.push_back(response.href);
            }
            if (!found.sync_token.empty())
                state_.sync_token = found.sync_token;
            objects(0);
        }, [this](Trouble const& trouble) {
            // A token that the server no longer knows, or a server that never knew any.
            trouble.what == LookError::status || trouble.what == LookError::sign_in || trouble.what == LookError::not_calendar ? everything() : fail(trouble);
        });
    }
    void objects(std::size_t from) {
        if (from >= wanted_.size())
            return settled();
        auto const begin = wanted_.begin() + std::ptrdiff_t(from);
        auto const end = wanted_.begin() + std::ptrdiff_t(std::min(from + at_once, wanted_.size()));
        request("REPORT", here().url, "", objects_of(begin, end), [this, from](Fetched const&, Multistatus found) {
            for (auto const& response : found.responses) {
                account_.changed |= here().objects.erase(response.href) > 0;
                if (!response.data.empty())
                    take(response);
            }
            objects(from + at_once);
        });
    }

    void take(DavResponse const& response) {
        account_.changed = true;
        auto said = digest(response.data, reading_, limits_.digest);
        if (!said) {
            remarks_.push_back(clean(response.href, 200) + ": " + said.error().detail);
            return;
        }
        auto& remarks = said.value().remarks;
        std::move(remarks.begin(), remarks.end(), std::back_inserter(remarks_));
        here().objects[response.href] = std::move(said.value().busy);
    }
    void settled() {
        here().sync_token = state_.sync_token;
        here().ctag = state_.ctag;
        here().day = today_;
        here().events = here().objects.size();
        account_.changed = true;
        look_into(nth_ + 1);
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    void finish() {
        Arrived out;
        out.unchanged = !std::exchange(account_.changed, false);
        for (auto const& collection : account_.collections) {
            out.digest.name += (out.digest.name.empty() ? "" : ", ") + clean(collection.name.empty() ? collection.url : collection.name, 100);
            out.digest.events += collection.events;
            for (auto const& [href, times] : collection.objects)
                for (auto time : times) {
                    if (account_.collections.size() > 1) // a UID may be in two calendars
                        time.key += "\n@" + collection.url;
                    out.digest.busy.push_back(std::move(time));
                }
        }
        std::sort(out.digest.busy.begin(), out.digest.busy.end(), [](auto const& a, auto const& b) { return std::tie(a.when, a.key) < std::tie(b.when, b.key); });
        if (out.digest.busy.size() > limits_.digest.busy) {
            remarks_.push_back("only the first " + std::to_string(limits_.digest.busy) + " of " + std::to_string(out.digest.busy.size()) + " appointments are taken");
            out.digest.busy.resize(limits_.digest.busy);
        }
        out.digest.zone = reading_.zone.value_or(reading_.otherwise).name();
        remarks_.resize(std::min<std::size_t>(remarks_.size(), 20));
        out.digest.remarks = std::move(remarks_);
        done_({std::move(out), {}});
    }
    void fail(Trouble const& trouble, std::optional<std::chrono::seconds> retry = {}) { done_({trouble, retry}); }

    void request(char const* method, std::string const& url, std::string depth, std::string body, Then then,
                 std::function<void(Trouble const&)> otherwise = {}) {
        if (++requests_ > limits_.requests || std::chrono::steady_clock::now() > deadline_)
            return fail({LookError::too_much, std::to_string(requests_)});
        if (target_.url.starts_with("https://") && !url.starts_with("https://"))
            return fail({LookError::invalid_address, clean(url, 60)}); // a password that goes out sealed is not sent in the open
        Fetch wish{url, method};
        wish.headers = {{"Content-Type", "application/xml; charset=utf-8"}};
        if (!depth.empty())
            wish.headers["Depth"] = std::move(depth);
        wish.body = std::move(body);
        wish.user = target_.user.value_or("");
        wish.password = target_.password.value_or("");
        wish.max_bytes = std::int64_t(limits_.digest.bytes);
        wish.timeout_s = limits_.timeout_s;
        ask_(std::move(wish), [self = shared_from_this(), then = std::move(then), otherwise = std::move(otherwise)](Result<Fetched> answer) {
            auto const refuse = [&](Trouble const& trouble) {
                if (otherwise)
                    return otherwise(trouble);
                auto const wait = answer ? answer.value().header("retry-after") : std::nullopt;
                self->fail(trouble, wait ? retry_after(*wait) : std::nullopt);
            };
            if (auto const trouble = trouble_of(answer))
                return refuse(*trouble);
            if (answer.value().status != 207)
                return refuse({LookError::not_calendar, std::to_string(answer.value().status)});
            auto found = read_multistatus(answer.value().body);
            if (!found)
                return refuse({LookError::not_calendar, found.error().message});
            then(answer.value(), std::move(found).value());
        });
    }

    Collection& here() { return account_.collections[nth_]; }

    struct State {
        std::string sync_token, ctag;
    };
    Ask ask_;
    Target target_;
    Reading reading_;
    LookLimits limits_;
    Account& account_;
    LookDone done_;
    Day today_;
    std::chrono::steady_clock::time_point deadline_;
    std::size_t nth_ = 0;
    State state_; // of the collection looked into, before what it holds was asked for
    std::vector<std::string> wanted_, remarks_;
    int requests_ = 0;
};

} // namespace

void look_at_account(Ask ask, Target target, Reading reading, LookLimits limits, Account& account, LookDone done) {
    std::make_shared<AccountLook>(std::move(ask), std::move(target), std::move(reading), limits, account, std::move(done))->start();
}

} // namespace kogge::calendar::foreign
