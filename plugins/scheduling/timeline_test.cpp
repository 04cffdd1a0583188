// SPDX-License-Identifier: EUPL-1.2
#include "tests/judge.hpp"
#include "tests/random_world.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace kogge;
using namespace kogge::scheduling;
using namespace kogge::scheduling::test;

namespace {

using Found = std::map<std::string, std::string>; // key → whom

Found found(std::map<std::string, Finding> const& findings) {
    Found out;
    for (auto const& [key, finding] : findings) {
        bool const of_people = finding.code == "OVERLAP" || finding.code == "NO_TRANSPORT";
        if (finding.subject != "v0" && finding.subject != "v1" && finding.subject != "v2") // the visits' own spans are not the judge's
            out[key] = of_people ? finding.args.at("who") : "";
    }
    return out;
}

bool same(Found const& got, Found const& wanted, std::string const& when) {
    for (auto const& [key, who] : wanted)
        if (auto const at = got.find(key); at == got.end() || at->second != who)
            BOOST_ERROR(when << ": the judge finds " << key << " for '" << who << "', the index " << (at == got.end() ? "nothing" : "'" + at->second + "'"));
    for (auto const& [key, who] : got)
        if (!wanted.contains(key))
            BOOST_ERROR(when << ": only the index finds " << key << " for '" << who << "'");
    return got == wanted;
}

std::uint64_t setting(char const* name, std::uint64_t otherwise) {
    auto const* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::uint64_t seed() { return setting("KOGGE_TEST_SEED", 20270421); }

#ifdef NDEBUG
constexpr std::uint64_t usual_edits = 16000;
#else
constexpr std::uint64_t usual_edits = 2000;
#endif

} // namespace

BOOST_AUTO_TEST_SUITE(timeline)

// What stands is known by heart from then on: each preview may only add what is new and take what is gone, and in the
// end that must be what the judge finds by going through everything.
BOOST_AUTO_TEST_CASE(thousands_of_edits_agree_with_the_judge) {
    constexpr int worlds = 8;
    int const edits = static_cast<int>(setting("KOGGE_TEST_EDITS", usual_edits) / worlds);
    BOOST_TEST_MESSAGE(worlds * edits << " edits, seed " << seed() << " (KOGGE_TEST_EDITS and KOGGE_TEST_SEED set others)");
    std::size_t changed = 0;
    for (int w = 0; w < worlds; ++w) {
        RandomWorld random({}, seed() + static_cast<std::uint64_t>(w));
        House house;
        house.commit(random.everything());
        auto standing = judge_everything(house.picture);
        same(found(house.standing()), standing, "at the start of world " + std::to_string(w));
        for (int e = 0; e < edits; ++e) {
            auto const when = "world " + std::to_string(w) + ", edit " + std::to_string(e);
            auto const batch = house.batch(random.edit(house.picture));
            auto const preview = house.preview(batch);
            for (auto const& [key, who] : found(preview.before))
                if (auto const at = standing.find(key); at == standing.end() || at->second != who)
                    BOOST_ERROR(when << ": before it, " << key << " did not stand so");
            if (e % 3 == 0)
                continue; // only looked at: the world must be as it was
            house.commit(batch);
            auto expected = standing;
            for (auto const& [key, who] : found(preview.before))
                expected.erase(key);
            for (auto const& [key, who] : found(preview.after))
                expected[key] = who;
            auto const judged = judge_everything(house.picture);
            if (!same(expected, judged, when))
                return; // one disagreement explains itself; all that follow come from it
            changed += judged != standing;
            standing = judged;
            if (e % 50 == 1 && !same(found(house.standing()), standing, when + ", standing"))
                return;
        }
    }
    BOOST_TEST_MESSAGE(changed << " of " << worlds * edits * 2 / 3 << " edits changed what stands");
    BOOST_TEST(changed > static_cast<std::size_t>(worlds * edits / 5)); // else the worlds are too empty to prove anything
}

// Nothing is introduced that stood before, at a place the edit has nothing to do with or at one it only comes near.
BOOST_AUTO_TEST_CASE(an_item_put_into_a_gap_does_not_bring_the_gap) {
    House house;
    RandomWorld random({.visits = 1, .people = 4, .items = 0, .legs = 0, .named = 0}, 1);
    house.commit(random.everything());
    auto const zone = Zone::parse("Europe/Amsterdam").value();
    auto const item = [&](char const* id, char const* from, char const* to, char const* venue, std::vector<Id<Track>> tracks) {
        ProgrammeItem out;
        out.id = Id<ProgrammeItem>(id);
        out.visit = Id<Visit>("v0");
        out.starts = parse_local_time(std::string("2027-03-27T") + from, zone).value();
        out.ends = parse_local_time(std::string("2027-03-27T") + to, zone).value();
        out.venue = Id<Venue>(venue);
        out.tracks = std::move(tracks);
        return out;
    };
    std::vector<Id<Track>> const a{Id<Track>("v0.A")}, ab{Id<Track>("v0.A"), Id<Track>("v0.B")};
    ChangeSet setup;
    setup.create(Delegate{Id<Delegate>("d1"), Id<Visit>("v0"), {}, Id<Person>("x1"), {}, {}, a[0], DelegateStatus::confirmed});
    setup.create(Delegate{Id<Delegate>("d2"), Id<Visit>("v0"), {}, Id<Person>("x2"), {}, {}, ab[1], DelegateStatus::confirmed});
    setup.create(item("one", "09:00", "10:00", "place1", ab));
    setup.create(item("two", "12:00", "13:00", "place2", ab));
    house.commit(setup);
    BOOST_TEST(house.standing().contains("NO_TRANSPORT|programme_item/one|programme_item/two"));

    ChangeSet between;
    between.create(item("mid", "10:30", "11:00", "place1", a));
    auto const preview = house.preview(between);
    BOOST_REQUIRE(preview.introduced().size() == 1u); // track B's gap stood before, track A's has moved
    BOOST_TEST(preview.introduced()[0].subject == "mid>two");
}

BOOST_AUTO_TEST_SUITE_END()
