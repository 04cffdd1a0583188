// SPDX-License-Identifier: EUPL-1.2
#include "api/answer.hpp"

#include "api/doubled_member.hpp"

#include <kogge/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace kogge::host::api {

Caller const& caller_of(http::Request const& request) {
    static Caller const nobody;
    auto const* caller = std::any_cast<Caller>(&request.identity);
    return caller ? *caller : nobody;
}

bool is_spoken(std::string_view language) {
    static constexpr std::array<std::string_view, 3> spoken{"nl", "de", "en"};
    return std::find(spoken.begin(), spoken.end(), language) != spoken.end();
}

std::string language_of(http::Request const& request) {
    if (auto const asked = request.query("lang"); asked && is_spoken(*asked))
        return std::string(*asked);
    if (auto const& caller = caller_of(request); is_spoken(caller.language))
        return caller.language;
    auto accepted = request.header("Accept-Language").value_or("");
    while (!accepted.empty()) {
        auto const comma = std::min(accepted.find(','), accepted.size());
        auto entry = accepted.substr(0, comma);
        entry.remove_prefix(std::min(entry.find_first_not_of(' '), entry.size()));
        if (is_spoken(entry.substr(0, 2)))
            return std::string(entry.substr(0, 2));
        accepted.remove_prefix(std::min(comma + 1, accepted.size()));
    }
    return "en";
}

http::Response answer(json::value const& document, int status) {
    auto response = http::Response::json(status, json::serialize(document));
    response.set("Cache-Control", "no-store");
    return response;
}

int http_status(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid: return 400;
        case ErrorCode::not_found: return 404;
        case ErrorCode::denied: return 403;
        case ErrorCode::conflict: return 409;
        case ErrorCode::refused: return 422;
        case ErrorCode::unsupported: return 501;
        case ErrorCode::timeout: return 504;
        case ErrorCode::busy: return 503;
        case ErrorCode::failed: return 500;
    }
    return 500;
}

http::Response problem(Error const& error) {
    static constexpr std::array titles{"the request is wrong", "not found", "not allowed", "somebody else changed it", "refused",
                                       "not offered here", "took too long", "busy", "failed"};
    return http::problem(http_status(error.code), titles[std::size_t(error.code)], error.message,
                         error.field.empty() ? std::string() : "\"field\":" + http::json_quote(error.field));
}

Result<json::object> body_object(http::Request const& request) {
    auto const type = request.header("Content-Type").value_or("application/json");
    if (type.find("json") == type.npos)
        return invalid("the body must be application/json, not " + std::string(type.substr(0, 80)));
    if (auto const coding = request.header("Content-Encoding"); coding && !http::same_name(*coding, "identity"))
        return invalid("the body must come as it is, not with Content-Encoding " + std::string(coding->substr(0, 40)));
    KOGGE_TRY(auto value, parse_json(request.body));
    auto* object = value.if_object();
    if (!object)
        return invalid("the body must be a JSON object");
    if (auto const twice = doubled_member(request.body))
        return invalid("a member stands twice in one object; leave one of them out", *twice);
    return std::move(*object);
}

Result<std::int64_t> query_number(http::Request const& request, std::string_view name, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    auto const text = request.query(name);
    if (!text)
        return otherwise;
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < least || number > most)
        return invalid("?" + std::string(name) + "= wants a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ", not '" +
                           std::string(text->substr(0, 40)) + "'", std::string(name));
    return number;
}

Result<void> known_query(http::Request const& request, std::span<std::string const> names) {
    for (auto const& [name, value] : request.query_fields)
        if (name != "lang" && std::find(names.begin(), names.end(), name) == names.end()) {
            std::string known;
            for (auto const& one : names)
                known += (known.empty() ? "" : ", ") + one;
            auto const instead = known.empty() ? std::string("; it takes none") : "; use " + known;
            return invalid("there is no ?" + name.substr(0, 80) + "= here" + instead, name.substr(0, 80));
        }
    return boost::outcome_v2::success();
}

Result<void> spoken_query(http::Request const& request) {
    auto const asked = request.query("lang");
    if (!asked || is_spoken(*asked))
        return boost::outcome_v2::success();
    return invalid("?lang=" + std::string(asked->substr(0, 40)) + " is no language spoken here; use nl, de or en", "lang");
}

bool query_flag(http::Request const& request, std::string_view name) {
    auto const text = request.query(name);
    return text && (*text == "1" || *text == "true" || text->empty());
}

} // namespace kogge::host::api
