// SPDX-License-Identifier: EUPL-1.2
#include "foreign/multistatus.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace kogge::calendar::foreign {

namespace {

constexpr std::size_t most_responses = 100'000;

/// Servers name the namespaces as they like; the local names that we ask for are unambiguous.
std::string_view local(pugi::xml_node node) {
    std::string_view const name = node.name();
    auto const colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

std::string text_of(pugi::xml_node node) {
    std::string out;
    for (auto const child : node.children())
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
            out += child.value();
    return out;
}

std::string trimmed(std::string text) {
    auto const blanks = " \t\r\n";
    text.erase(0, std::min(text.find_first_not_of(blanks), text.size()));
    text.erase(text.find_last_not_of(blanks) + 1);
    return text;
}

std::vector<std::string> hrefs_of(pugi::xml_node node) {
    std::vector<std::string> out;
    for (auto const child : node.children())
        if (local(child) == "href")
            out.push_back(trimmed(text_of(child)));
    return out;
}

/// "HTTP/1.1 200 OK"
int status_of(pugi::xml_node node) {
    auto const line = trimmed(text_of(node));
    auto const blank = line.find(' ');
    return blank == line.npos ? 0 : std::atoi(line.c_str() + blank + 1);
}

void take_property(pugi::xml_node property, DavResponse& out) {
    auto const name = local(property);
    if (name == "resourcetype") {
        for (auto const type : property.children())
            out.calendar = out.calendar || local(type) == "calendar";
    } else if (name == "supported-calendar-component-set") {
        out.events = property.first_child().empty();
        for (auto const component : property.children())
            out.events = out.events || std::strcmp(component.attribute("name").value(), "VEVENT") == 0;
    } else if (name == "schedule-calendar-transp") {
        for (auto const value : property.children())
            out.transparent = out.transparent || local(value) == "transparent";
    } else if (name == "displayname")
        out.name = trimmed(text_of(property));
    else if (name == "getetag")
        out.etag = trimmed(text_of(property));
    else if (name == "getctag")
        out.ctag = trimmed(text_of(property));
    else if (name == "sync-token")
        out.sync_token = trimmed(text_of(property));
    else if (name == "calendar-data")
        out.data = text_of(property);
    else if (name == "current-user-principal") {
        auto const hrefs = hrefs_of(property);
        out.principal = hrefs.empty() ? "" : hrefs.front();
    } else if (name == "calendar-home-set")
        out.homes = hrefs_of(property);
}

DavResponse response_of(pugi::xml_node node) {
    DavResponse out;
    for (auto const child : node.children()) {
        auto const name = local(child);
        if (name == "href" && out.href.empty())
            out.href = trimmed(text_of(child));
        else if (name == "status")
            out.status = status_of(child);
        else if (name == "propstat") {
            int status = 200;
            for (auto const part : child.children())
                if (local(part) == "status")
                    status = status_of(part);
            if (status < 200 || status >= 300)
                continue;
            for (auto const part : child.children())
                if (local(part) == "prop")
                    for (auto const property : part.children())
                        take_property(property, out);
        }
    }
    return out;
}

/// pugixml itself neither reads entities of a document type nor recurses; what is too deep is only not for us.
bool deeper_than(pugi::xml_node root, int most) {
    int depth = 0;
    for (auto node = root; node;) {
        if (node.first_child()) {
            node = node.first_child();
            if (++depth > most)
                return true;
            continue;
        }
        while (node && node != root && !node.next_sibling()) {
            node = node.parent();
            --depth;
        }
        if (!node || node == root)
            return false;
        node = node.next_sibling();
    }
    return false;
}

} // namespace

Result<Multistatus> read_multistatus(std::string const& xml) {
    pugi::xml_document document;
    auto const read = document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_doctype);
    if (!read)
        return invalid(std::string("the server's answer is no XML: ") + read.description());
    for (auto const node : document.children())
        if (node.type() == pugi::node_doctype)
            return invalid("the server's answer has a document type");
    auto const root = document.document_element();
    if (local(root) != "multistatus")
        return invalid("the server's answer is <" + std::string(root.name()).substr(0, 60) + ">, not a multistatus");
    if (deeper_than(root, 32))
        return invalid("the server's answer is nested too deep");
    Multistatus out;
    for (auto const child : root.children()) {
        if (local(child) == "sync-token")
            out.sync_token = trimmed(text_of(child));
        else if (local(child) == "response") {
            if (out.responses.size() == most_responses)
                return invalid("the server's answer has more than " + std::to_string(most_responses) + " responses");
            out.responses.push_back(response_of(child));
        }
    }
    return out;
}

std::string xml_escaped(std::string_view text) {
    std::string out;
    for (char const c : text)
        c == '&' ? out += "&amp;" : c == '<' ? out += "&lt;" : c == '>' ? out += "&gt;" : out += c;
    return out;
}

} // namespace kogge::calendar::foreign
