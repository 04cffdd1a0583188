// SPDX-License-Identifier: EUPL-1.2
// `kogge calendar doctor`: what keeps calendars from their readers.
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/text.hpp"
#include "cli/words.hpp"

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>

namespace kogge::host::cli {

namespace {

// clang-format off
namespace said {
constexpr Sentence check{"controle", "Prüfung", "check"};
constexpr Sentence result{"uitkomst", "Ergebnis", "result"};
constexpr Sentence good{"in orde", "in Ordnung", "fine"};
constexpr Sentence look_at{"let op", "beachten", "look at it"};
constexpr Sentence broken{"kapot", "defekt", "broken"};
} // namespace said
// clang-format on

enum class Health { good, look, broken };
struct Diagnosis {
    std::string check;
    Health health = Health::good;
    std::string text;
};

/// An address as its readers reach it: through the proxy, with its certificate.
Result<std::string> fetched(std::string const& url) {
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> const curl(curl_easy_init(), &curl_easy_cleanup);
    std::string body;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(
        curl.get(), CURLOPT_WRITEFUNCTION, +[](char* p, std::size_t size, std::size_t n, void* to) {
            static_cast<std::string*>(to)->append(p, size * n);
            return size * n;
        });
    if (auto const code = curl_easy_perform(curl.get()); code != CURLE_OK) return Error{ErrorCode::failed, curl_easy_strerror(code)};
    return body;
}

/// Why a program would not take a feed; empty when it would (RFC 5545 §3.1, §3.4).
std::string fault_of(std::string_view feed) {
    if (!feed.starts_with("BEGIN:VCALENDAR\r\n") || !feed.ends_with("END:VCALENDAR\r\n")) return "it is no whole VCALENDAR";
    std::size_t line = 0, begins = 0, ends = 0;
    for (std::size_t at = 0; at < feed.size(); ++line) {
        auto const end = feed.find("\r\n", at);
        if (end == feed.npos || feed.substr(at, end - at).find_first_of("\r\n") != feed.npos) return "line " + std::to_string(line + 1) + " does not end in CRLF";
        if (end - at > 75) return "line " + std::to_string(line + 1) + " is not folded";
        begins += feed.substr(at, end - at) == "BEGIN:VEVENT";
        ends += feed.substr(at, end - at) == "END:VEVENT";
        at = end + 2;
    }
    return begins == ends ? std::string() : "an entry in it has no end";
}

/// The moment in a UUIDv7 (RFC 9562 §5.7).
std::optional<Instant> moment_of(std::string const& id) {
    if (id.size() != 36 || id[14] != '7') return std::nullopt;
    std::uint64_t ms = 0;
    for (char const c : id.substr(0, 8) + id.substr(9, 4)) {
        auto const digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        ms = ms << 4U | digit;
    }
    return Instant(std::chrono::seconds(ms / 1000));
}

class Doctor {
  public:
    explicit Doctor(Context& context) : context_(context), now_(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) {}

    Result<std::vector<Diagnosis>> examine() {
        KOGGE_TRY(auto* const api, context_.client());
        running_ = api->running();
        address();
        KOGGE_TRY(feeds(*api));
        KOGGE_TRY(links());
        KOGGE_TRY(mail());
        KOGGE_TRY(elsewhere());
        return std::move(found_);
    }

  private:
    void say(std::string what, Health health, std::string text) { found_.push_back({std::move(what), health, std::move(text)}); }

    void address() {
        auto const& url = context_.config().public_url;
        if (url.empty())
            say("public_url", Health::look, "not set: links name " + context_.config().listen + ", which no other machine reaches; set [server] public_url");
        else if (!url.starts_with("https://"))
            say("public_url", Health::look, url + ": passwords and programmes travel in the clear; put TLS in front and say https://");
        else
            say("public_url", Health::good, url);
    }

    /// A link to everything, made for the look and ended after it: what it says, and whether its address leads here.
    Result<void> feeds(Client& api) {
        KOGGE_TRY(auto const made, context_.ask("POST", "/api/v1/feeds", {{"scope", "office"}, {"lang", context_.language()}, {"note", "kogge calendar doctor"}}));
        auto const url = text_at(made, "url");
        auto const reply = api.request("GET", url.substr(std::min(url.find("/feeds/"), url.size())));
        auto const outside = running_ ? fetched(url) : Result<std::string>(std::string());
        KOGGE_TRY(context_.ask("DELETE", "/api/v1/tokens/" + escaped(text_at(made, "token_id"))));
        auto const fault = reply.ok() ? fault_of(reply.body) : "the daemon answered " + std::to_string(reply.status);
        say("feeds", fault.empty() ? Health::good : Health::broken, fault.empty() ? std::to_string(reply.body.size()) + " bytes, well-formed" : fault);
        if (!running_)
            say("links", Health::look, "no daemon runs: nobody reads anything; start it with: kogge serve");
        else if (!outside)
            say("links", Health::broken, url.substr(0, url.find("/feeds/")) + " cannot be read: " + outside.error().message + "; check the proxy and public_url");
        else if (!outside.value().starts_with("BEGIN:VCALENDAR"))
            say("links", Health::broken, url.substr(0, url.find("/feeds/")) + " answers with something else than the calendar; check the proxy");
        else
            say("links", Health::good, "read through " + url.substr(0, url.find("/feeds/")));
        return boost::outcome_v2::success();
    }

    Result<void> links() {
        constexpr std::chrono::days unused(14), stale(60);
        KOGGE_TRY(auto const document, context_.ask("GET", "/api/v1/tokens"));
        std::size_t all = 0;
        std::string never, old;
        for (auto const& token : list_at(document, "tokens")) {
            if (text_at(token, "kind") != "feed") continue;
            ++all;
            auto const* used = token.as_object().if_contains("used");
            auto const last = used && used->is_object() ? parse_local_time(text_at(*used, "at"), Zone()) : Result<LocalTime>(invalid(""));
            auto const made = moment_of(text_at(token, "id"));
            auto const name = text_at(token, "id") + (text_at(token, "note").empty() ? "" : " (" + printable(text_at(token, "note")) + ")");
            if (!last && made && now_ - *made > unused)
                never += (never.empty() ? "" : ", ") + name;
            else if (last && now_ - instant_of(last.value()) > stale)
                old += (old.empty() ? "" : ", ") + name;
        }
        if (!never.empty()) say("tokens", Health::look, "never used since they were made two weeks ago or more: " + never);
        if (!old.empty()) say("tokens", Health::look, "not used for two months: " + old + "; end them with: kogge feed revoke");
        if (never.empty() && old.empty()) say("tokens", Health::good, std::to_string(all) + " links given out");
        return boost::outcome_v2::success();
    }

    Result<void> mail() {
        auto const waiting = count("queued"), failed = count("failed");
        if (!waiting) return waiting.error();
        if (!failed) return failed.error();
        if (context_.config().mail.smtp.url.empty())
            say("mail", waiting.value() > 0 ? Health::broken : Health::look,
                std::to_string(waiting.value()) + " mails wait, and no server is configured to send them; set [mail] smtp");
        else if (failed.value() > 0)
            say("mail", Health::broken, std::to_string(failed.value()) + " mails failed; see why with: kogge mail list --state failed");
        else
            say("mail", Health::good, std::to_string(waiting.value()) + " mails wait, none failed");
        return boost::outcome_v2::success();
    }
    Result<std::size_t> count(char const* state) {
        KOGGE_TRY(auto const page, context_.ask("GET", "/api/v1/entities/outgoing_mail?limit=1000&state=" + std::string(state)));
        return list_at(page, "items").size();
    }

    Result<void> elsewhere() {
        auto const document = context_.ask("GET", "/api/v1/calendars/foreign");
        if (!document && document.error().code == ErrorCode::not_found) {
            say("plugin", Health::broken, "the plugin calendar does not run; see why with: kogge plugin list");
            return boost::outcome_v2::success();
        }
        if (!document) return document.error();
        std::size_t all = 0, failing = 0;
        for (auto const& calendar : list_at(document.value(), "calendars")) {
            ++all;
            if (!calendar.as_object().contains("error")) continue;
            ++failing;
            say("elsewhere", text_at(calendar, "state") == "stale" ? Health::look : Health::broken,
                printable(text_at(calendar, "name")) + " (" + printable(text_at(calendar, "person_name")) + "): " + text_at(calendar.at("error"), "text"));
        }
        if (failing == 0) say("elsewhere", Health::good, std::to_string(all) + " calendars are looked at");
        return boost::outcome_v2::success();
    }

    Context& context_;
    Instant now_;
    bool running_ = false;
    std::vector<Diagnosis> found_;
};

std::string_view name_of(Health health) { return health == Health::good ? "good" : health == Health::look ? "look" : "broken"; }

} // namespace

Result<void> calendar_doctor(Context& context) {
    KOGGE_TRY(auto const found, Doctor(context).examine());
    auto const& language = context.language();
    json::array checks;
    Table table({said::check.in(language), words::state.in(language), said::result.in(language)});
    std::size_t ill = 0;
    for (auto const& one : found) {
        checks.push_back({{"check", one.check}, {"state", name_of(one.health)}, {"text", one.text}});
        table.row({one.check, (one.health == Health::good ? said::good : one.health == Health::look ? said::look_at : said::broken).in(language), one.text});
        ill += one.health == Health::broken;
    }
    if (context.wants_json())
        context.print_json({{"checks", std::move(checks)}});
    else
        context.print(table);
    if (ill > 0) return Error{ErrorCode::failed, std::to_string(ill) + (ill == 1 ? " check" : " checks") + " of the calendars failed"};
    return boost::outcome_v2::success();
}

} // namespace kogge::host::cli
