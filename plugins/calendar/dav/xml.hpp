// SPDX-License-Identifier: EUPL-1.2
// XML of requests and answers. Reading knows no DTD, so there is nothing to expand; depth and number of elements are bounded,
// every prefix must be declared (RFC 4918 §8.1). Writing is by hand: names are ours, text is escaped here.
#pragma once

#include <kogge/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::calendar::dav {

struct Name {
    std::string space, name;
    friend auto operator<=>(Name const&, Name const&) = default;
};

/// An element, or a piece of text (then its name is empty).
struct Element {
    Name name;
    std::vector<std::pair<std::string, std::string>> attributes; // local names; "xml:lang" keeps its prefix
    std::vector<Element> children;
    std::string piece; // of a text

    bool is(std::string_view space, std::string_view local) const { return name.name == local && name.space == space; }
    Element const* child(std::string_view space, std::string_view local) const;
    /// Children that are elements.
    std::vector<Element const*> elements() const;
    /// All text directly inside.
    std::string text() const;
    /// "" when it is not there.
    std::string_view attribute(std::string_view local) const;
};

struct XmlLimits {
    std::size_t bytes = std::size_t(4) << 20;
    std::size_t depth = 40;
    std::size_t nodes = 200'000;
};

/// The root element. An error says where and why.
Result<Element> read_xml(std::string_view text, XmlLimits const& limits = {});

/// Text between tags and in attributes.
void put_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);
/// An element whole, with its namespaces declared where they are used.
std::string to_xml(Element const& element);

/// "D:", "C:" … for a namespace that every answer's root declares; "" for others.
std::string_view prefix_of(std::string_view space);
/// xmlns attributes of those.
std::string_view declarations();
/// `<D:name>` … and for a foreign namespace `<x:name xmlns:x="…">`.
void put_open(std::string& out, Name const& name);
void put_close(std::string& out, Name const& name);
void put_empty(std::string& out, Name const& name);

} // namespace kogge::calendar::dav
