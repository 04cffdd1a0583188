# SPDX-License-Identifier: EUPL-1.2
# Every library Kogge stands on, found once. Their Debian packages: host/debian-packages. Their reasons: README.
#
#   Boost::headers Boost::json Boost::unit_test_framework
#   SOCI::core SOCI::sqlite3 SOCI::postgresql      SQLite::SQLite3 and PkgConfig::libpq for what is measured against them
#   date::date date::date-tz   LibIcal::ical   PkgConfig::sodium PkgConfig::curl PkgConfig::gmime   OpenSSL::SSL OpenSSL::Crypto
#   ZLIB::ZLIB PkgConfig::brotlienc   pugixml::pugixml   tomlplusplus::tomlplusplus   spdlog::spdlog fmt::fmt
#   ICU::uc ICU::i18n   Threads::Threads
#
# The libraries' own folders are SYSTEM: their warnings are not ours.
set(kogge_boost json)
if(BUILD_TESTING)
    list(APPEND kogge_boost unit_test_framework)
endif()
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS ${kogge_boost})
unset(kogge_boost)

find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(SOCI 4.0 REQUIRED COMPONENTS sqlite3 postgresql)
find_package(date CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(tomlplusplus CONFIG REQUIRED)
find_package(pugixml 1.12 CONFIG REQUIRED)
find_package(LibIcal 3.0 CONFIG REQUIRED)
if(NOT TARGET LibIcal::ical)
    add_library(LibIcal::ical INTERFACE IMPORTED GLOBAL)  # libical 3 exports the bare name `ical`
    target_link_libraries(LibIcal::ical INTERFACE ical)
endif()

find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET GLOBAL libsodium)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET GLOBAL libpq)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET GLOBAL libcurl)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET GLOBAL gmime-3.0)
pkg_check_modules(brotlienc REQUIRED IMPORTED_TARGET GLOBAL libbrotlienc)

# Boost.DLL on the standard file system; Asio and Beast without what was deprecated.
add_compile_definitions("$<$<COMPILE_LANGUAGE:CXX>:BOOST_DLL_USE_STD_FS;BOOST_ASIO_NO_DEPRECATED>")
