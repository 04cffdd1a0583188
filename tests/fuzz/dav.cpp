// SPDX-License-Identifier: EUPL-1.2
// A WebDAV request as bytes: the first line is "METHOD target If-header", what follows the body. Asked of a small office in memory.
// Whatever comes, the answer is below 500 or says that it is busy; XML that is read is written and read again as the same.
#include "dav/xml.hpp"
#include "tests/office.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

using namespace kogge::calendar;

namespace {

[[noreturn]] void fail(char const* what, std::string_view input) {
    std::fprintf(stderr, "%s:\n%.*s\n", what, int(input.size()), input.data());
    std::abort();
}

bool same(dav::Element const& a, dav::Element const& b) {
    if (a.name != b.name || a.attributes != b.attributes || a.text() != b.text())
        return false;
    auto const left = a.elements(), right = b.elements();
    if (left.size() != right.size())
        return false;
    for (std::size_t i = 0; i < left.size(); ++i)
        if (!same(*left[i], *right[i]))
            return false;
    return true;
}

void check_xml(std::string_view text) {
    auto const read = dav::read_xml(text);
    if (!read)
        return;
    auto const again = dav::read_xml(dav::to_xml(read.value()));
    if (!again || !same(read.value(), again.value()))
        fail("XML is not what was written", text);
}

std::string take_word(std::string_view& line) {
    auto const blank = line.find(' ');
    std::string out(line.substr(0, blank));
    line.remove_prefix(blank == line.npos ? line.size() : blank + 1);
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const end = input.find('\n');
    auto line = input.substr(0, end);
    auto const body = end == input.npos ? std::string_view() : input.substr(end + 1);
    check_xml(body);

    static std::optional<test::Office> fresh;
    static int asked = 0;
    if (asked++ % 200 == 0) { // what one input leaves behind, few others meet
        auto& office = fresh.emplace();
        office.put("ada", "/dav/calendars/ada/calendar/a.ics", test::event("a", "20270421T080000Z", "20270421T090000Z", "RRULE:FREQ=DAILY\n"));
        office.put("bob", "/dav/calendars/bob/calendar/b.ics", test::event("b", "20270421T080000Z", "20270421T090000Z"));
    }
    auto& office = *fresh;
    auto const method = take_word(line);
    auto const target = take_word(line);
    test::Office::Headers headers{{"depth", "1"}, {"content-type", method == "PUT" || method == "POST" ? "text/calendar" : "application/xml"}, {"destination", "/dav/calendars/ada/calendar/c.ics"}};
    if (!line.empty())
        headers["if"] = std::string(line);
    auto const answer = office.ask("ada", method, target, std::string(body), headers);
    if (answer.status < 200 || (answer.status >= 500 && answer.status != 503 && answer.status != 507 && answer.status != 502))
        fail("an answer that is none", input);
    if (answer.body.find("/dav/calendars/bob/calendar") != std::string::npos && input.find("bob") == input.npos)
        fail("somebody else's calendar is shown", input);
    return 0;
}
