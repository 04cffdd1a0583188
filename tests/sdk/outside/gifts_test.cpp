// SPDX-License-Identifier: EUPL-1.2
// An author's test: the plugin in the real store, without a daemon. The folder it was built into is the argument.
#include <kogge/testing.hpp>

#include <cstdio>
#include <string>

namespace {

int failures = 0;

void expect(bool holds, char const* what, std::string const& got) {
    if (holds)
        return;
    std::fprintf(stderr, "not so: %s; got %s\n", what, got.c_str());
    ++failures;
}

std::string gift(int euros, char const* destination) {
    return R"({"reason":"received","changes":[{"op":"create","entity":"gift","id":"g-1","fields":{"visit":"v-1","giver":"p-1","receiver":"p-2",)"
           R"("description":{"text":"a model of the Elbphilharmonie","language":"en"},"value":{"minor":)" + std::to_string(euros) + R"(00,"currency":"EUR"})" +
           destination + "}}]}";
}

constexpr char const* people_and_visit = R"({"reason":"set up","changes":[
    {"op":"create","entity":"person","id":"p-1","fields":{"family_name":"Brouwer"}},
    {"op":"create","entity":"person","id":"p-2","fields":{"family_name":"Falkenrehder"}},
    {"op":"create","entity":"visit","id":"v-1","fields":{"title":{"text":"Hamburg","language":"nl"},
     "starts":"2027-04-21T07:00:00[Europe/Amsterdam]","ends":"2027-04-23T20:00:00[Europe/Amsterdam]"}}]})";

} // namespace

int main(int, char** argv) {
    kogge::testing::TestHost host{std::string(argv[1])};
    auto const set_up = host.request("POST", "/api/v1/changes", people_and_visit);
    expect(set_up.status == 200, "people and a visit are stored", set_up.body);

    auto const cheap = host.request("POST", "/api/v1/changes?dry_run=1", gift(50, ""));
    expect(cheap.json().at("verdict").as_string() == "would_commit", "50 euro need no destination", cheap.body);

    auto const dear = host.request("POST", "/api/v1/changes", gift(51, ""));
    expect(dear.status == 422, "51 euro are refused without one", dear.body);
    expect(dear.body.find("GIFT_DESTINATION") != std::string::npos, "the finding is named", dear.body);
    expect(dear.body.find("/gift/g-1") == std::string::npos && dear.body.find("\"destination\"") != std::string::npos, "and the field", dear.body);

    auto const placed = host.request("POST", "/api/v1/changes", gift(51, R"(,"destination":"town hall")"));
    expect(placed.status == 200, "with a destination it is stored", placed.body);
    auto const stored = host.request("GET", "/api/v1/entities/gift/g-1");
    expect(stored.status == 200 && stored.json().at("destination").as_string() == "town hall", "and can be read", stored.body);
    return failures == 0 ? 0 : 1;
}
