// SPDX-License-Identifier: EUPL-1.2
// What a plugin says of itself, read from its file before any of its code runs.
#pragma once

#include <kogge/result.hpp>

#include <boost/json/object.hpp>

#include <filesystem>
#include <set>
#include <string>

namespace kogge::host::plugins {

/// kogge-plugin.json.
struct Manifest {
    std::string name;                // the folder-safe name: scheduling
    std::string version;
    int sdk = 0;                     // the KG_ABI_MAJOR it was built for
    std::set<std::string> services;  // "kogge.store/1" …
    std::set<std::string> needs;     // services of other plugins it cannot do without: "logistics.travel_time/1"
    std::set<std::string> provides;  // services it offers to other plugins
    boost::json::object title;       // by language
    boost::json::object i18n;        // language → key → template
};

/// The bytes of an ELF64 section of this machine's byte order, read with every offset checked.
Result<std::string> elf_section(std::filesystem::path const& file, std::string_view section);

Result<Manifest> parse_manifest(std::string_view text);
Result<Manifest> read_manifest(std::filesystem::path const& plugin);

} // namespace kogge::host::plugins
