// SPDX-License-Identifier: EUPL-1.2
#include "api/openapi.hpp"

#include <kogge/json.hpp>

#include <algorithm>
#include <set>

namespace kogge::host::api {

namespace {

json::object type_schema(json::object const& field);

json::object plain(std::string_view type, std::string_view format = {}) {
    json::object out{{"type", type}};
    if (!format.empty())
        out["format"] = format;
    return out;
}

json::object struct_schema(json::array const& fields) {
    json::object properties;
    for (auto const& field : fields)
        properties[field.at("name").as_string()] = type_schema(field.as_object());
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

json::object component(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }

json::object base_schema(json::object const& field) {
    std::string_view const type(field.at("type").as_string());
    if (type == "boolean" || type == "integer" || type == "number" || type == "string")
        return plain(type);
    if (type == "id") {
        auto out = component("Id");
        if (auto const* ref = field.if_contains("ref"))
            out["description"] = "refers to a " + std::string(ref->as_string());
        return out;
    }
    if (type == "day")
        return plain("string", "date");
    if (type == "local_time")
        return component("LocalTime");
    if (type == "text")
        return component("Text");
    if (type == "money")
        return component("Money");
    if (type == "map")
        return {{"type", "object"}, {"additionalProperties", plain("string")}};
    if (type == "enum")
        return {{"type", "string"}, {"enum", field.at("values")}};
    if (type == "list")
        return {{"type", "array"}, {"items", type_schema(field.at("items").as_object())}};
    return struct_schema(field.at("fields").as_array());
}

json::object type_schema(json::object const& field) {
    auto schema = base_schema(field);
    auto const* optional = field.if_contains("optional");
    if (optional && optional->is_bool() && optional->get_bool())
        return {{"anyOf", json::array{std::move(schema), plain("null")}}};
    return schema;
}

bool required(json::object const& field) {
    std::string_view const type(field.at("type").as_string());
    auto const* optional = field.if_contains("optional");
    return !(optional && optional->is_bool() && optional->get_bool()) && (type == "id" || type == "local_time" || type == "day");
}

json::object entity_schema(json::object const& description) {
    auto schema = struct_schema(description.at("fields").as_array());
    auto& properties = schema["properties"].as_object();
    properties["id"] = component("Id");
    properties["rev"] = {{"type", "integer"}, {"readOnly", true}};
    properties["updated"] = {{"type", "string"}, {"format", "date-time"}, {"readOnly", true}};
    json::array must;
    for (auto const& field : description.at("fields").as_array())
        if (required(field.as_object()))
            must.push_back(field.at("name"));
    if (!must.empty())
        schema["required"] = std::move(must);
    return schema;
}

json::object shared_schemas() {
    return {
        {"Id", {{"type", "string"}, {"pattern", "^[A-Za-z0-9._~-]{1,64}$"}, {"description", "UUIDv7 when Kogge makes it"}}},
        {"LocalTime", {{"type", "string"}, {"description", "RFC 9557"}, {"examples", json::array{"2027-04-21T07:24:00+02:00[Europe/Amsterdam]"}}}},
        {"Text", {{"type", "object"}, {"properties", {{"text", plain("string")}, {"language", plain("string")}}}}},
        {"Money", {{"type", "object"}, {"properties", {{"minor", plain("integer")}, {"currency", plain("string")}}}}},
        {"Problem", {{"type", "object"}, {"description", "RFC 9457"}, {"properties", {{"type", plain("string")}, {"title", plain("string")},
                     {"status", plain("integer")}, {"detail", plain("string")}, {"field", plain("string")}}}}},
    };
}

/// Names in braces are path parameters.
json::array parameters_of(std::string const& pattern) {
    json::array out;
    for (auto open = pattern.find('{'); open != pattern.npos; open = pattern.find('{', open + 1)) {
        auto const close = pattern.find('}', open);
        auto name = pattern.substr(open + 1, close - open - 1);
        if (!name.empty() && name.back() == '*')
            name.pop_back();
        out.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", plain("string")}});
    }
    return out;
}

json::object operation(RouteDoc const& route) {
    json::object answers{
        {"200", {{"description", "done"}}},
        {"default", {{"description", "a problem"}, {"content", {{"application/problem+json", {{"schema", component("Problem")}}}}}}},
    };
    json::object out{{"tags", json::array{route.owner}}, {"x-needs", route.needs}, {"responses", std::move(answers)}};
    auto parameters = parameters_of(route.pattern);
    for (auto const& name : route.query)
        parameters.push_back({{"name", name}, {"in", "query"}, {"schema", plain("string")}});
    if (!parameters.empty())
        out["parameters"] = std::move(parameters);
    if (route.needs == "public" || route.needs == "feed")
        out["security"] = json::array{};
    return out;
}

/// The generic routes are written out for each kind, with its schema.
void add_entity_paths(json::object& paths, std::string const& kind) {
    auto const schema = component(kind);
    auto const body = json::object{{"content", {{"application/json", {{"schema", schema}}}}}};
    auto const answer = [&](char const* status) { return json::object{{status, {{"description", kind}, {"content", {{"application/json", {{"schema", schema}}}}}}}}; };
    auto const tag = json::array{kind};
    paths["/api/v1/entities/" + kind] = {
        {"get", {{"tags", tag}, {"summary", "list " + kind}, {"x-needs", "read"}, {"responses", {{"200", {{"description", "a page of them"}}}}}}},
        {"post", {{"tags", tag}, {"summary", "create " + kind}, {"x-needs", "write"}, {"requestBody", body}, {"responses", answer("201")}}}};
    auto const id = parameters_of("{id}");
    paths["/api/v1/entities/" + kind + "/{id}"] = {
        {"get", {{"tags", tag}, {"x-needs", "read"}, {"parameters", id}, {"responses", answer("200")}}},
        {"patch", {{"tags", tag}, {"x-needs", "write"}, {"parameters", id}, {"requestBody", body}, {"responses", answer("200")}}},
        {"delete", {{"tags", tag}, {"x-needs", "write"}, {"parameters", id}, {"responses", {{"204", {{"description", "deleted"}}}}}}}};
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

/// What OpenAPI has a place for; methods of WebDAV it has not.
bool is_described(std::string_view method) {
    static std::set<std::string_view> const methods{"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"};
    return methods.contains(method);
}

void add_webdav(json::object& path, RouteDoc const& route) {
    auto& methods = path["x-webdav"];
    if (!methods.is_array())
        methods = json::array();
    methods.as_array().emplace_back(route.method);
}

} // namespace

bool is_general(json::object const& description) {
    auto const flag = [&](std::string_view name) {
        auto const* value = description.if_contains(name);
        return value && value->is_bool() && value->get_bool();
    };
    return !flag("internal") && !flag("own");
}

DeclaredRoute read_declared(std::string const& text) {
    auto const question = text.find('?');
    if (question == text.npos)
        return {text, std::nullopt};
    std::vector<std::string> names;
    for (auto at = question + 1; at < text.size();) {
        auto const end = std::min(text.find('&', at), text.size());
        names.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return {text.substr(0, question), std::move(names)};
}

json::object openapi(std::vector<json::object> const& descriptions, std::vector<RouteDoc> const& routes, std::string const& server_url) {
    auto schemas = shared_schemas();
    json::object paths;
    for (auto const& description : descriptions) {
        if (!is_general(description))
            continue;
        std::string const kind(description.at("kind").as_string());
        schemas[kind] = entity_schema(description);
        add_entity_paths(paths, kind);
    }
    for (auto const& route : routes) {
        if (route.pattern.find("/entities/{") != std::string::npos)
            continue;
        auto& path = paths[route.pattern];
        if (!path.is_object())
            path = json::object{};
        if (is_described(route.method))
            path.as_object()[lower(route.method)] = operation(route);
        else
            add_webdav(path.as_object(), route);
    }
    return {
        {"openapi", "3.1.0"},
        {"info", {{"title", "Kogge"}, {"version", "1"}, {"description", "Plans delegation visits."}, {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
        {"servers", json::array{json::object{{"url", server_url}}}},
        {"security", json::array{json::object{{"session", json::array{}}}, json::object{{"token", json::array{}}}}},
        {"paths", std::move(paths)},
        {"components", {{"schemas", std::move(schemas)},
                        {"securitySchemes", {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "kogge_session"}}},
                                             {"token", {{"type", "http"}, {"scheme", "bearer"}}}}}}},
    };
}

} // namespace kogge::host::api
