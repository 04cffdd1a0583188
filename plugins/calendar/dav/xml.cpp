// SPDX-License-Identifier: EUPL-1.2
#include "dav/xml.hpp"

#include "dav/answer.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <map>

namespace kogge::calendar::dav {

namespace {

constexpr std::size_t most_attributes = 100;
constexpr char const* xml_space = "http://www.w3.org/XML/1998/namespace";

/// Prefixes in force, innermost last.
class Scopes {
  public:
    struct Mark {
        std::size_t size;
    };
    Mark mark() const { return {declared_.size()}; }
    void back_to(Mark mark) { declared_.resize(mark.size); }
    void declare(std::string prefix, std::string space) { declared_.emplace_back(std::move(prefix), std::move(space)); }
    std::string const* find(std::string_view prefix) const {
        for (auto i = declared_.rbegin(); i != declared_.rend(); ++i)
            if (i->first == prefix)
                return &i->second;
        return nullptr;
    }

  private:
    std::vector<std::pair<std::string, std::string>> declared_{{"", ""}, {"xml", xml_space}};
};

std::pair<std::string_view, std::string_view> split(std::string_view name) {
    auto const colon = name.find(':');
    return colon == name.npos ? std::pair(std::string_view(), name) : std::pair(name.substr(0, colon), name.substr(colon + 1));
}

std::string quoted(std::string_view name) { return "'" + std::string(name.substr(0, 60)) + "'"; }

/// The tree of pugixml as ours. Recursion is bounded: the depth was looked at before.
class Builder {
  public:
    Result<Element> build(pugi::xml_node node) {
        auto const mark = scopes_.mark();
        KOGGE_TRY(declare(node));
        Element out;
        KOGGE_TRY(out.name, name_of(node.name()));
        for (auto const& attribute : node.attributes()) {
            std::string_view const name = attribute.name();
            auto const [prefix, local] = split(name);
            if (prefix == "xmlns" || name == "xmlns")
                continue;
            if (local.empty() || name.front() == ':' || local.find(':') != local.npos)
                return invalid(quoted(name) + " is no name of an attribute: at most one colon, between prefix and name");
            if (!prefix.empty() && !scopes_.find(prefix))
                return invalid("the prefix of the attribute " + quoted(name) + " is not declared");
            if (out.attributes.size() == most_attributes)
                return invalid("the element " + quoted(node.name()) + " has more than " + std::to_string(most_attributes) + " attributes");
            out.attributes.emplace_back(prefix == "xml" ? name : local, attribute.value());
        }
        for (auto const& child : node.children()) {
            if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
                Element text;
                text.piece = child.value();
                out.children.push_back(std::move(text));
            } else if (child.type() == pugi::node_element) {
                KOGGE_TRY(auto element, build(child));
                out.children.push_back(std::move(element));
            }
        }
        scopes_.back_to(mark);
        return out;
    }

  private:
    Result<void> declare(pugi::xml_node node) {
        for (auto const& attribute : node.attributes()) {
            std::string_view const name = attribute.name();
            auto const [prefix, local] = split(name);
            if (name == "xmlns")
                scopes_.declare("", attribute.value());
            else if (prefix == "xmlns") {
                if (local.empty() || *attribute.value() == 0)
                    return invalid("the prefix " + quoted(local) + " is declared as nothing; a prefix stands for a namespace");
                scopes_.declare(std::string(local), attribute.value());
            }
        }
        return boost::outcome_v2::success();
    }
    Result<Name> name_of(std::string_view text) const {
        auto const [prefix, local] = split(text);
        auto const* space = scopes_.find(prefix);
        if (!space || local.empty() || local.find(':') != local.npos)
            return invalid("the prefix of the element " + quoted(text) + " is not declared");
        return Name{*space, std::string(local)};
    }
    Scopes scopes_;
};

/// What XML cannot carry (XML 1.0 §2.2), written as itself or as "&#2;": pugixml lets both through.
bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r'; });
}

struct Measure : pugi::xml_tree_walker {
    explicit Measure(XmlLimits const& given) : limits(given) {}
    bool for_each(pugi::xml_node& node) override {
        if (std::size_t(depth()) > limits.depth)
            wrong = "elements nest deeper than " + std::to_string(limits.depth) + "; nothing here needs that";
        else if (++nodes > limits.nodes)
            wrong = "more than " + std::to_string(limits.nodes) + " elements; ask for less at once";
        else if (node.type() == pugi::node_doctype)
            wrong = "a document type is not read here; leave <!DOCTYPE …> out";
        else if (has_control(node.value()))
            wrong = "the body is not well-formed XML: it has a control character in a text";
        for (auto const& attribute : node.attributes())
            if (has_control(attribute.value()))
                wrong = "the body is not well-formed XML: it has a control character in an attribute";
        return wrong.empty();
    }
    XmlLimits const& limits;
    std::size_t nodes = 0;
    std::string wrong;
};

/// A reader makes spaces of blanks that stand in an attribute as themselves (XML 1.0 §3.3.3).
std::string in_attribute(std::string_view text) {
    auto out = escaped(text);
    for (auto at = out.find_first_of("\t\n"); at != out.npos; at = out.find_first_of("\t\n", at))
        out.replace(at, 1, out[at] == '\t' ? "&#9;" : "&#10;");
    return out;
}

void put(std::string& out, Element const& element, std::map<std::string, std::string> const& outer);

void put_child(std::string& out, Element const& child, std::map<std::string, std::string> const& prefixes) {
    if (child.name.name.empty())
        put_escaped(out, child.piece);
    else
        put(out, child, prefixes);
}

void put(std::string& out, Element const& element, std::map<std::string, std::string> const& outer) {
    auto prefixes = outer;
    std::string declared;
    std::string tag = element.name.name;
    if (!element.name.space.empty()) {
        auto const [entry, fresh] = prefixes.try_emplace(element.name.space, "n" + std::to_string(prefixes.size()));
        if (fresh)
            declared = " xmlns:" + entry->second + "=\"" + in_attribute(element.name.space) + "\"";
        tag = entry->second + ":" + tag;
    } else
        declared = " xmlns=\"\"";
    out += "<" + tag + declared;
    for (auto const& [name, value] : element.attributes)
        out += " " + name + "=\"" + in_attribute(value) + "\"";
    if (element.children.empty()) {
        out += "/>";
        return;
    }
    out += '>';
    for (auto const& child : element.children)
        put_child(out, child, prefixes);
    out += "</" + tag + ">";
}

struct Prefix {
    std::string_view space, prefix;
};
constexpr Prefix known[] = {{ns::dav, "D:"}, {ns::caldav, "C:"}, {ns::server, "CS:"}, {ns::apple, "A:"}, {ns::kogge, "K:"}};

/// "&#0;", "&#x00;" …: no XML may name the character NUL (XML 1.0 §2.2), and pugixml would end the text there. The NULs between the
/// letters of UTF-16 are passed over.
bool names_nul(std::string_view text) {
    constexpr std::string_view opening = "&#";
    std::size_t met = 0; // of "&#", then 2: digits, 3: at least one zero, nothing else
    for (char const c : text) {
        if (c == '\0')
            continue;
        if (met == 3 && c == ';')
            return true;
        if (met >= 2)
            met = c == '0' ? 3 : (met == 2 && c == 'x') ? 2 : 0;
        if (met < 2)
            met = c == opening[met] ? met + 1 : c == '&' ? 1 : 0;
    }
    return false;
}

} // namespace

Element const* Element::child(std::string_view space, std::string_view local) const {
    for (auto const& child : children)
        if (child.is(space, local))
            return &child;
    return nullptr;
}

std::vector<Element const*> Element::elements() const {
    std::vector<Element const*> out;
    for (auto const& child : children)
        if (!child.name.name.empty())
            out.push_back(&child);
    return out;
}

std::string Element::text() const {
    std::string out;
    for (auto const& child : children)
        out += child.piece;
    return out;
}

std::string_view Element::attribute(std::string_view local) const {
    for (auto const& attribute : attributes)
        if (attribute.first == local)
            return attribute.second;
    return {};
}

Result<Element> read_xml(std::string_view text, XmlLimits const& limits) {
    if (text.size() > limits.bytes)
        return invalid("an XML body of more than " + std::to_string(limits.bytes >> 20U) + " MiB is not read; ask for less at once");
    if (names_nul(text))
        return invalid("the body is not well-formed XML: it names the character NUL");
    pugi::xml_document document;
    auto const flags = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype;
    auto const parsed = document.load_buffer(text.data(), text.size(), flags);
    if (!parsed)
        return invalid("the body is not well-formed XML, at byte " + std::to_string(parsed.offset) + ": " + parsed.description());
    Measure measure(limits);
    document.traverse(measure);
    if (!measure.wrong.empty())
        return invalid(measure.wrong);
    pugi::xml_node root;
    for (auto const& child : document.children())
        if (child.type() == pugi::node_element) {
            if (root)
                return invalid("the body has two root elements");
            root = child;
        }
    if (!root)
        return invalid("the body has no XML element");
    return Builder().build(root);
}

void put_escaped(std::string& out, std::string_view text) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        char const* instead = c == '&'   ? "&amp;"
                              : c == '<' ? "&lt;"
                              : c == '>' ? "&gt;"
                              : c == '"' ? "&quot;"
                              : c == '\r' ? "&#13;"
                              : c < 0x20 && c != '\n' && c != '\t' ? "" // no XML can carry it
                                                                   : nullptr;
        if (!instead)
            continue;
        out.append(text.substr(from, i - from));
        out += instead;
        from = i + 1;
    }
    out.append(text.substr(from));
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    put_escaped(out, text);
    return out;
}

std::string to_xml(Element const& element) {
    std::string out;
    put(out, element, {});
    return out;
}

std::string_view prefix_of(std::string_view space) {
    for (auto const& entry : known)
        if (entry.space == space)
            return entry.prefix;
    return {};
}

std::string_view declarations() {
    static std::string const all = [] {
        std::string out;
        for (auto const& entry : known) {
            out += " xmlns:";
            out += entry.prefix.substr(0, entry.prefix.size() - 1);
            out += "=\"";
            out += entry.space;
            out += "\"";
        }
        return out;
    }();
    return all;
}

namespace {

void put_tag(std::string& out, Name const& name, char const* begin, char const* end, bool declare) {
    out += begin;
    auto const prefix = prefix_of(name.space);
    if (prefix.empty() && !name.space.empty())
        out += "x:";
    out += prefix;
    out += name.name;
    if (declare && prefix.empty())
        out += name.space.empty() ? std::string(" xmlns=\"\"") : " xmlns:x=\"" + in_attribute(name.space) + "\"";
    out += end;
}

} // namespace

void put_open(std::string& out, Name const& name) { put_tag(out, name, "<", ">", true); }
void put_close(std::string& out, Name const& name) { put_tag(out, name, "</", ">", false); }
void put_empty(std::string& out, Name const& name) { put_tag(out, name, "<", "/>", true); }

} // namespace kogge::calendar::dav
