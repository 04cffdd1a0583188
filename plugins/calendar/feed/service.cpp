// SPDX-License-Identifier: EUPL-1.2
#include "feed/service.hpp"

#include "feed/page.hpp"
#include "feed/words.hpp"
#include "ical/lines.hpp"

namespace kogge::calendar {

namespace {

constexpr char const* text_service = "translation.text/1";
constexpr char const* history_job = "feeds.history";

int at_least(Host const& host, char const* name, int otherwise, int least) {
    int const value = host.setting<int>(name, otherwise);
    if (value < least)
        throw std::runtime_error("setting " + std::string(name) + ": give a number from " + std::to_string(least) + ", not " + std::to_string(value));
    return value;
}

Settings settings_of(Host const& host) {
    Settings out;
    out.refresh_minutes = at_least(host, "refresh_minutes", out.refresh_minutes, 1);
    out.past_days = at_least(host, "past_days", out.past_days, 0);
    out.cancelled_days = at_least(host, "cancelled_days", out.cancelled_days, 0);
    out.cache_mb = at_least(host, "cache_mb", out.cache_mb, 1);
    out.link = host.setting<std::string>("link", out.link);
    out.self_check = host.setting<bool>("self_check", out.self_check);
    return out;
}

Result<FeedSpec> spec_of(Request const& request) {
    auto const caller = request.caller();
    auto const* who = caller.if_object();
    auto const* link = who ? who->if_contains("feed") : nullptr;
    if (!link)
        return Error{ErrorCode::denied, "this address is for calendar links only; make one with: kogge feed"};
    return from_json<FeedSpec>(*link, "/feed");
}

// GET /feeds/{token}.ics
struct GetFeed {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const spec, spec_of(request));
        KOGGE_TRY(auto feed, feeds.render(spec, host.now()));
        for (auto const& why : feed.unreadable)
            host.log("left out of a feed, because libical misreads it: " + why, KG_LOG_ERROR);
        auto response = Response::text(std::move(feed.bytes), "text/calendar; charset=utf-8");
        response.headers.emplace_back("ETag", std::move(feed.etag)); // the host would read all of it for one
        response.headers.emplace_back("Content-Disposition", "inline; filename=\"kogge.ics\"");
        if (is_language(spec.language))
            response.headers.emplace_back("Content-Language", spec.language);
        response.depends = std::move(feed.tags);
        return response;
    }
    Host& host;
    Feeds& feeds;
};

/// Where subscribers reach us: as configured, else as this request came in.
std::string public_address(Host const& host, Request const& request) {
    auto out = host.setting<std::string>("public_url", {});
    if (out.empty())
        out = request.header("x-forwarded-proto").value_or("http") + "://" + request.header("host").value_or("localhost");
    while (out.ends_with('/'))
        out.pop_back();
    return out;
}

// GET /calendar/{token}  GET /calendar/{token}/{language}
struct GetLinkPage {
    Result<Response> operator()(Request const& request) const {
        KOGGE_TRY(auto const spec, spec_of(request));
        auto const asked = request.param("language");
        if (!asked.empty() && asked != language_of_words(asked))
            return Error{ErrorCode::not_found, "there is no page in '" + asked.substr(0, 40) + "'; it is there in nl, de and en"};
        KOGGE_TRY(auto const feed, feeds.render(spec, host.now()));
        auto const language = asked.empty() ? language_of_words(spec.language) : asked;
        KOGGE_TRY(auto page, link_page({feed.name, public_address(host, request), request.param("token"), language, refresh_minutes}));
        auto response = Response::text(std::move(page), "text/html; charset=utf-8");
        response.headers = {{"Cache-Control", "no-store"},
                            {"Referrer-Policy", "no-referrer"},
                            {"X-Robots-Tag", "noindex"},
                            {"Content-Language", language},
                            {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}};
        return response;
    }
    Host& host;
    Feeds& feeds;
    int refresh_minutes;
};

} // namespace

Translate translation_of(Host& host) {
    return [&host](std::string const& language, std::vector<TextKey> const& keys) {
        json::array wanted;
        std::vector<Text> out;
        for (auto const& key : keys) {
            wanted.push_back({{"entity", key.entity}, {"id", key.id}, {"field", key.field}});
            out.push_back(*key.source);
        }
        auto const answer = host.call(text_service, {{"language", language}, {"keys", std::move(wanted)}});
        if (!answer) {
            if (answer.error().code != ErrorCode::unsupported)
                host.log("texts stay untranslated: " + answer.error().message, KG_LOG_WARN);
            return out;
        }
        auto const* object = answer.value().if_object();
        auto const* texts = object ? object->if_contains("texts") : nullptr;
        auto const* list = texts ? texts->if_array() : nullptr;
        for (std::size_t i = 0; list && i < std::min(out.size(), list->size()); ++i)
            if (auto text = from_json<Text>((*list)[i]); text && !text.value().empty())
                out[i] = std::move(text).value();
        return out;
    };
}

void FeedService::add_routes() {
    auto const settings = settings_of(host_);
    feeds_.emplace(picture_, chronicle_, translation_of(host_), settings);
    host_.route("GET", "/feeds/{token}.ics", "feed", GetFeed{host_, *feeds_});
    for (auto const* pattern : {"/calendar/{token}", "/calendar/{token}/{language}"})
        host_.route("GET", pattern, "feed", GetLinkPage{host_, *feeds_, settings.refresh_minutes});
    host_.job(history_job, std::chrono::hours(1), [this] { read_history(); });
}

/// A long log is read before anybody asks for a feed, and in portions, so that nobody waits for more than one of them.
void FeedService::read_history() {
    auto const end = chronicle_.read_on();
    if (!end)
        host_.log("the history of the programme cannot be read: " + end.error().message, KG_LOG_WARN);
    else if (!end.value())
        host_.wake(history_job);
}

} // namespace kogge::calendar
