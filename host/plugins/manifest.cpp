// SPDX-License-Identifier: EUPL-1.2
#include "plugins/manifest.hpp"

#include <kogge/abi.h>
#include <kogge/json.hpp>

#include <elf.h>

#include <cstring>
#include <fstream>
#include <sstream>

namespace kogge::host::plugins {

namespace {

/// A T at `offset`, or nothing when the file ends before it does.
template <class T>
bool read_at(std::string_view bytes, std::uint64_t offset, T& out) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T))
        return false;
    std::memcpy(&out, bytes.data() + offset, sizeof(T));
    return true;
}

Result<std::string> string_member(boost::json::object const& object, std::string_view name) {
    auto const* value = object.if_contains(name);
    if (!value || !value->is_string() || value->get_string().empty())
        return invalid("the manifest lacks \"" + std::string(name) + "\"", "/" + std::string(name));
    return std::string(value->get_string());
}

Result<std::set<std::string>> string_set(boost::json::object const& object, std::string_view name) {
    std::set<std::string> out;
    if (auto const* value = object.if_contains(name)) {
        KOGGE_TRY(auto list, from_json<std::vector<std::string>>(*value, "/" + std::string(name)));
        out.insert(list.begin(), list.end());
    }
    return out;
}

} // namespace

Result<std::string> elf_section(std::filesystem::path const& file, std::string_view section) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return Error{ErrorCode::not_found, "cannot read " + file.string()};
    std::ostringstream buffer;
    buffer << in.rdbuf();
    auto const bytes = std::move(buffer).str();

    Elf64_Ehdr header;
    if (!read_at(bytes, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
        header.e_shentsize != sizeof(Elf64_Shdr))
        return invalid(file.filename().string() + " is not a 64-bit ELF shared library");
    auto const section_header = [&](std::uint64_t index, Elf64_Shdr& out) {
        return read_at(bytes, header.e_shoff + index * sizeof(Elf64_Shdr), out);
    };
    Elf64_Shdr names;
    if (!section_header(header.e_shstrndx, names))
        return invalid(file.filename().string() + " has a broken section table");
    for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
        Elf64_Shdr candidate;
        if (!section_header(i, candidate))
            break;
        std::string name(section.size() + 1, '?');
        auto const at = names.sh_offset + candidate.sh_name;
        if (at > bytes.size() || bytes.size() - at < name.size())
            continue;
        std::memcpy(name.data(), bytes.data() + at, name.size());
        if (name.back() != '\0' || std::string_view(name).substr(0, section.size()) != section)
            continue;
        if (candidate.sh_offset > bytes.size() || bytes.size() - candidate.sh_offset < candidate.sh_size)
            break;
        return bytes.substr(candidate.sh_offset, candidate.sh_size);
    }
    return Error{ErrorCode::not_found, file.filename().string() + " carries no " + std::string(section) + " section: it is no Kogge plugin"};
}

Result<Manifest> parse_manifest(std::string_view text) {
    KOGGE_TRY(auto const value, parse_json(text));
    auto const* object = value.if_object();
    if (!object)
        return invalid("the manifest is not a JSON object");
    Manifest manifest;
    KOGGE_TRY(manifest.name, string_member(*object, "name"));
    if (!is_id(manifest.name))
        return invalid("'" + manifest.name + "' cannot name a plugin; use letters, digits, '-' and '_'", "/name");
    KOGGE_TRY(manifest.version, string_member(*object, "version"));
    auto const* sdk = object->if_contains("sdk");
    if (!sdk)
        return invalid("the manifest lacks \"sdk\", the major version it was built for", "/sdk");
    KOGGE_TRY(manifest.sdk, from_json<int>(*sdk, "/sdk"));
    KOGGE_TRY(manifest.services, string_set(*object, "services"));
    KOGGE_TRY(manifest.needs, string_set(*object, "needs"));
    KOGGE_TRY(manifest.provides, string_set(*object, "provides"));
    if (auto const* title = object->if_contains("title"); title && title->is_object())
        manifest.title = title->get_object();
    if (auto const* i18n = object->if_contains("i18n"); i18n && i18n->is_object())
        manifest.i18n = i18n->get_object();
    return manifest;
}

Result<Manifest> read_manifest(std::filesystem::path const& plugin) {
    KOGGE_TRY(auto const text, elf_section(plugin, KG_MANIFEST_SECTION));
    return parse_manifest(text);
}

} // namespace kogge::host::plugins
