// SPDX-License-Identifier: EUPL-1.2
#include "cli/context.hpp"

#include "cli/text.hpp"

namespace kogge::host::cli {

Context::Context(Config config, std::string config_file, Arguments arguments, Terminal const& terminal, std::string language)
    : config_(std::move(config)),
      config_file_(std::move(config_file)),
      arguments_(std::move(arguments)),
      terminal_(terminal),
      language_(std::move(language)) {}

Result<Client*> Context::client() {
    if (!client_) {
        KOGGE_TRY(client_, connect(config_));
    }
    return client_.get();
}

Result<Reply> Context::request(std::string_view method, std::string target, json::value const& body) {
    KOGGE_TRY(auto* const api, client());
    target += (target.find('?') == target.npos ? "?lang=" : "&lang=") + language_;
    return api->request(method, target, body.is_null() ? std::string() : json::serialize(body));
}

Result<json::value> Context::ask(std::string_view method, std::string target, json::value const& body) {
    KOGGE_TRY(auto const reply, request(method, std::move(target), body));
    if (!reply.ok()) return error_of(reply);
    return reply.document();
}

void Context::print_json(json::value const& document) const { terminal_.out(json::serialize(document) + "\n"); }
void Context::print(Table const& table) const {
    terminal_.out(table.text(terminal_.width(), terminal_.bold_on(), terminal_.plain()));
}
void Context::print(std::string_view line) const { terminal_.out(printable(line) + "\n"); }
void Context::remark(std::string_view line) const {
    if (!wants_json()) terminal_.say(printable(line) + "\n");
}

Error error_of(Reply const& reply) {
    auto const code = [&] {
        switch (reply.status) {
        case 400:
        case 405:
        case 413:
        case 415:
        case 428: return ErrorCode::invalid;
        case 401:
        case 403: return ErrorCode::denied;
        case 404: return ErrorCode::not_found;
        case 409:
        case 412: return ErrorCode::conflict;
        case 422: return ErrorCode::refused;
        case 429:
        case 503: return ErrorCode::busy;
        case 504: return ErrorCode::timeout;
        default: return ErrorCode::failed;
        }
    }();
    return {code, reply.problem()};
}

std::string escaped(std::string_view text) {
    std::string out;
    for (char const c : text)
        if (is_id(std::string_view(&c, 1)))
            out += c;
        else {
            constexpr std::string_view digits = "0123456789ABCDEF";
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4U];
            out += digits[static_cast<unsigned char>(c) & 15U];
        }
    return out;
}

std::string text_at(json::value const& object, std::string_view name) {
    auto const* members = object.if_object();
    auto const* value = members ? members->if_contains(name) : nullptr;
    if (!value) return {};
    if (auto const* text = value->if_string()) return std::string(*text);
    return value->is_number() || value->is_bool() ? json::serialize(*value) : std::string();
}

json::array const& list_at(json::value const& object, std::string_view name) {
    static json::array const none;
    auto const* members = object.if_object();
    auto const* value = members ? members->if_contains(name) : nullptr;
    return value && value->is_array() ? value->get_array() : none;
}

} // namespace kogge::host::cli
