// SPDX-License-Identifier: EUPL-1.2
#include "foreign/look.hpp"

#include "foreign/account.hpp"
#include "foreign/pace.hpp"
#include "ical/parse.hpp"

namespace kogge::calendar::foreign {

namespace {

constexpr std::size_t longest_address = 4000;

void look_at_feed(Ask const& ask, Target const& target, Reading reading, LookLimits limits, LookDone done) {
    Fetch wish{target.url};
    wish.headers["Accept"] = "text/calendar, */*;q=0.1";
    if (target.etag)
        wish.headers["If-None-Match"] = *target.etag;
    if (target.last_modified)
        wish.headers["If-Modified-Since"] = *target.last_modified;
    wish.user = target.user.value_or("");
    wish.password = target.password.value_or("");
    wish.max_bytes = std::int64_t(limits.digest.bytes);
    wish.timeout_s = limits.timeout_s;
    ask(std::move(wish), [reading = std::move(reading), limits, done = std::move(done)](Result<Fetched> answer) {
        if (auto trouble = trouble_of(answer)) {
            auto const wait = answer ? answer.value().header("retry-after") : std::nullopt;
            return done({std::move(*trouble), wait ? retry_after(*wait) : std::nullopt});
        }
        auto& got = answer.value();
        Arrived out;
        out.etag = got.header("etag");
        out.last_modified = got.header("last-modified");
        out.moved = got.moved;
        if (got.status == 304)
            out.unchanged = true;
        else if (auto said = digest(got.body, reading, limits.digest))
            out.digest = std::move(said).value();
        else
            return done({said.error(), {}});
        done({std::move(out), {}});
    });
}

} // namespace

void look_at(Ask ask, Target target, Reading reading, LookLimits limits, Account* account, LookDone done) {
    if (target.kind == ForeignKind::caldav)
        look_at_account(std::move(ask), std::move(target), std::move(reading), limits, *account, std::move(done));
    else
        look_at_feed(ask, target, std::move(reading), limits, std::move(done));
}

std::optional<Trouble> trouble_of(Result<Fetched> const& answer) {
    if (!answer) {
        auto const& error = answer.error();
        switch (error.code) {
        case ErrorCode::denied: return Trouble{LookError::refused, error.message};
        case ErrorCode::refused: return Trouble{LookError::too_large, error.message};
        case ErrorCode::timeout: return Trouble{LookError::timeout, error.message};
        case ErrorCode::invalid: return Trouble{LookError::invalid_address, error.message};
        default: return Trouble{LookError::unreachable, error.message};
        }
    }
    auto const status = answer.value().status;
    if ((status >= 200 && status < 300) || status == 304)
        return std::nullopt;
    auto const number = std::to_string(status);
    switch (status) {
    case 401:
    case 403: return Trouble{LookError::sign_in, number};
    case 404: return Trouble{LookError::not_found, number};
    case 410: return Trouble{LookError::gone, number};
    default: return Trouble{LookError::status, number};
    }
}

Looked<std::string> address_of(std::string_view text) {
    auto const blank = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    auto const scheme_end = text.find("://");
    auto const scheme = text.substr(0, scheme_end);
    bool const secure = ical::same_name(scheme, "https") || ical::same_name(scheme, "webcal") || ical::same_name(scheme, "webcals");
    if (scheme_end == text.npos || (!secure && !ical::same_name(scheme, "http")))
        return Trouble{LookError::invalid_address, clean(text.substr(0, std::min<std::size_t>(scheme_end, 60)), 60)};
    auto const rest = text.substr(scheme_end + 3);
    auto const authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.empty() || authority.find('@') != authority.npos || text.size() > longest_address || std::any_of(rest.begin(), rest.end(), blank))
        return Trouble{LookError::invalid_address, clean(authority.substr(authority.find('@') == authority.npos ? 0 : authority.find('@')), 60)};
    return (secure ? "https://" : "http://") + std::string(rest.substr(0, rest.find('#')));
}

std::string host_of(std::string_view url) {
    auto const begin = url.find("://");
    auto const rest = begin == url.npos ? url : url.substr(begin + 3);
    return std::string(rest.substr(0, rest.find_first_of("/?#")));
}

std::string resolved(std::string_view base, std::string_view href) {
    if (href.find("://") != href.npos && href.find("://") < href.find_first_of("/?#"))
        return std::string(href);
    auto const authority = base.find("://");
    auto const path = authority == base.npos ? base.npos : base.find('/', authority + 3);
    auto const origin = base.substr(0, path);
    if (href.starts_with("//"))
        return std::string(base.substr(0, authority + 1)) + std::string(href);
    if (href.starts_with("/"))
        return std::string(origin) + std::string(href);
    auto const clean_path = path == base.npos ? std::string_view("/") : base.substr(path, base.find_first_of("?#", path) - path);
    return std::string(origin) + std::string(clean_path.substr(0, clean_path.rfind('/') + 1)) + std::string(href);
}

} // namespace kogge::calendar::foreign
