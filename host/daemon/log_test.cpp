// SPDX-License-Identifier: EUPL-1.2
#include "daemon/log.hpp"

#include <kogge/abi.h>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

using namespace kogge::host;

namespace {

/// What arrives on standard error while `work` runs.
std::string told(auto&& work) {
    auto* const file = std::tmpfile();
    int const before = ::dup(STDERR_FILENO);
    ::dup2(fileno(file), STDERR_FILENO);
    work();
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    std::string out(std::size_t(::lseek(fileno(file), 0, SEEK_END)), '\0');
    auto const n = ::pread(fileno(file), out.data(), out.size(), 0);
    out.resize(std::size_t(std::max<ssize_t>(n, 0)));
    std::fclose(file);
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_event_is_one_line_whatever_is_in_it) {
    auto const log = standard_error_log("info", "text");
    auto const text = told([&] {
        log(KG_LOG_INFO, "store", "a line\nand what looks\r\nlike more");
        log(KG_LOG_DEBUG, "store", "too quiet");
    });
    BOOST_TEST(std::count(text.begin(), text.end(), '\n') == 1);
    BOOST_TEST(text.substr(text.find('Z')) == "Z info store: a line and what looks  like more\n");
}

BOOST_AUTO_TEST_CASE(json_lines_are_json_whatever_is_in_them) {
    auto const log = standard_error_log("debug", "json");
    auto const text = told([&] { log(KG_LOG_WARN, "http", "a \"quote\", a {brace} and a\nbreak"); });
    BOOST_TEST(std::count(text.begin(), text.end(), '\n') == 1);
    auto const line = boost::json::parse(text);
    BOOST_TEST(line.at("level").as_string() == "warning");
    BOOST_TEST(line.at("part").as_string() == "http");
    BOOST_TEST(line.at("message").as_string() == "a \"quote\", a {brace} and a\nbreak");
    BOOST_TEST(line.at("at").as_string().ends_with("Z"));
}
