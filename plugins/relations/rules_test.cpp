// SPDX-License-Identifier: EUPL-1.2
#include "tests/demo_world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

using namespace kogge;
using namespace kogge::relations;
using namespace kogge::relations::test;

namespace {

Id<Visit> const hamburg{"visit-hh-2027"};

std::string lines(std::vector<Finding> const& findings) {
    std::string out;
    for (auto const& finding : findings)
        out += std::string(boost::describe::enum_to_string(finding.level, "?")) + " " + finding.code + " " + finding.subject
               + "\n";
    return out;
}
std::string lines(std::map<std::string, Finding> const& findings) {
    std::vector<Finding> list;
    for (auto const& [key, finding] : findings) list.push_back(finding);
    return lines(list);
}

template <class T>
ChangeSet change(char const* id, json::object fields) {
    ChangeSet out;
    out.update(Id<T>(id), 1, std::move(fields));
    return out;
}
ChangeSet expires(char const* day) { return change<Agreement>("agr-hh-demo", {{"expires", day}}); }

/// The rules read off the entities by brute force: keys and, of the balance, its counts.
std::map<std::string, std::string> sweep(Picture const& picture) {
    std::map<std::string, std::string> out;
    std::map<std::string, std::pair<int, int>> balance;
    for (auto const& [vid, v] : picture.visits.rows()) {
        auto const& visit = v.value;
        if (!visit.partner_city) continue;
        std::set<VisitStatus> const counted{VisitStatus::proposed, VisitStatus::confirmed, VisitStatus::running,
                                            VisitStatus::closed};
        if (counted.contains(visit.status))
            ++(visit.direction == Direction::incoming ? balance[visit.partner_city->str()].first
                                                      : balance[visit.partner_city->str()].second);
        std::set<VisitStatus> const ahead{VisitStatus::requested, VisitStatus::proposed, VisitStatus::confirmed,
                                          VisitStatus::running};
        for (auto const& [aid, a] : picture.agreements.rows()) {
            auto const& agreement = a.value;
            if (agreement.city != *visit.partner_city || !agreement.expires || !ahead.contains(visit.status)) continue;
            bool const renewed = std::ranges::any_of(picture.agreements.rows(), [&](auto const& entry) {
                auto const& other = entry.second.value;
                return other.city == agreement.city && other.agreement_kind == agreement.agreement_kind && other.signed_on
                       && agreement.signed_on && *other.signed_on > *agreement.signed_on
                       && (!other.expires || *other.expires > *agreement.expires);
            });
            auto const days = (*agreement.expires - day_of(visit.starts)).count();
            if (!renewed && days >= -180 && days <= 180)
                out["AGREEMENT_EXPIRES|agreement/" + aid.str() + "|visit/" + vid.str()] = std::to_string(days);
        }
    }
    for (auto const& [city, counts] : balance)
        if (counts.first - counts.second > 1 || counts.second - counts.first > 1)
            out["RECIPROCITY|city/" + city] = std::to_string(counts.first) + ":" + std::to_string(counts.second);
    for (auto const& [id, row] : picture.agreements.rows())
        if (row.value.signed_on && row.value.expires && *row.value.expires < *row.value.signed_on)
            out["EXPIRES_BEFORE_SIGNED|agreement/" + id.str()] = "";
    return out;
}

std::map<std::string, std::string> words(std::map<std::string, Finding> const& findings) {
    std::map<std::string, std::string> out;
    for (auto const& [key, finding] : findings) {
        auto const arg = [&](char const* name) { return finding.args.contains(name) ? finding.args.at(name) : ""; };
        out[key] = finding.code == "RECIPROCITY" ? arg("incoming") + ":" + arg("outgoing") : arg("days");
    }
    return out;
}

std::map<std::string, std::string> beyond(std::map<std::string, std::string> const& a,
                                          std::map<std::string, std::string> const& b) {
    std::map<std::string, std::string> out;
    for (auto const& [key, word] : a)
        if (auto const found = b.find(key); found == b.end() || found->second != word) out[key] = word;
    return out;
}

/// Some visits and agreements of three cities, changed at random.
class Edits {
  public:
    explicit Edits(std::uint64_t seed) : random_(seed) {}
    ChangeSet operator()(Picture const& picture) {
        ChangeSet out("edit");
        auto const id = std::to_string(below(8));
        if (below(2) == 0)
            put(out, picture.visits, visit(Id<Visit>("v" + id)));
        else
            put(out, picture.agreements, agreement(Id<Agreement>("a" + id)));
        return out;
    }

  private:
    int below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
    Id<City> city() { return Id<City>("c" + std::to_string(below(3))); }
    Day day() { return Day(std::chrono::year(2027) / 1 / 1) + std::chrono::days(below(900)); }
    Visit visit(Id<Visit> id) {
        Visit out;
        out.id = std::move(id);
        if (below(8)) out.partner_city = city();
        out.direction = below(4) ? Direction::incoming : Direction::outgoing;
        out.status = static_cast<VisitStatus>(below(7));
        out.starts = {day(), Zone(), false};
        out.ends = out.starts;
        return out;
    }
    Agreement agreement(Id<Agreement> id) {
        Agreement out{std::move(id), city(), below(2) ? "twinning" : "letter_of_intent", {}, {}, {}};
        if (below(8)) out.signed_on = day();
        if (below(8)) out.expires = day();
        return out;
    }
    template <class T>
    void put(ChangeSet& out, Mirror<T> const& mirror, T const& value) {
        auto fields = to_json(value).as_object();
        fields.erase("id");
        if (!mirror.find(value.id))
            out.create(value);
        else if (below(6) == 0)
            out.erase(value.id, 1);
        else
            out.update(value.id, 1, std::move(fields));
    }
    std::mt19937_64 random_;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(rules, Demo)

BOOST_AUTO_TEST_CASE(the_demo_has_the_golden_findings_and_no_others) {
    std::set<std::string> const ours{"AGREEMENT_EXPIRES", "RECIPROCITY"};
    std::string wanted;
    auto const golden = expected();
    for (auto const& row : golden.at("findings").as_array())
        if (std::string const code(row.at("code").as_string()); ours.contains(code)) {
            BOOST_TEST(row.at("level").as_string() == "info");
            wanted += "note " + code + " " + std::string(row.at("subject").as_string()) + "\n";
        }
    BOOST_TEST(lines(standing()) == wanted);
    auto const letter = standing().at("AGREEMENT_EXPIRES|agreement/agr-hh-demo|visit/visit-hh-2027");
    BOOST_TEST(letter.args.at("days") == "20");
    BOOST_TEST(letter.visit.str() == "visit-hh-2027");
    auto const balance = standing().at("RECIPROCITY|city/city-ol");
    BOOST_TEST(balance.args.at("incoming") + " incoming, " + balance.args.at("outgoing") + " outgoing"
               == "2 incoming, 0 outgoing");
}

BOOST_AUTO_TEST_CASE(a_visit_shows_what_concerns_its_city) {
    BOOST_TEST(lines(standing(hamburg)) == "note AGREEMENT_EXPIRES agr-hh-demo\n");
    BOOST_TEST(lines(standing(Id<Visit>("visit-ol-dst"))) == "note RECIPROCITY city-ol\n");
    BOOST_TEST(lines(standing(Id<Visit>("visit-hbol-2027"))) == ""); // told once, with the last visit of Oldenburg
    BOOST_TEST(lines(standing(Id<Visit>("visit-gro-2026"))) == "");  // closed
    for (auto const& [key, finding] : standing()) BOOST_TEST(standing(finding.visit).contains(key), key);
}

BOOST_AUTO_TEST_CASE(within_180_days) {
    BOOST_TEST(preview(expires("2027-10-18")).after.size() == 1u); // 180 days after 21 April
    BOOST_TEST(preview(expires("2027-10-19")).after.empty());
    BOOST_TEST(preview(expires("2026-10-23")).after.size() == 1u); // ran out 180 days before
    BOOST_TEST(preview(expires("2026-10-22")).after.empty());
    BOOST_TEST(lines(preview(expires("2022-05-11")).introduced()) == "block EXPIRES_BEFORE_SIGNED agr-hh-demo\n");
}

BOOST_AUTO_TEST_CASE(a_new_letter_takes_the_place_of_the_old) {
    Agreement renewal{
        Id<Agreement>("agr-new"),       Id<City>("city-hh"), "letter_of_intent", {}, parse_day("2027-04-22").value(),
        parse_day("2032-04-22").value()};
    ChangeSet signing;
    signing.create(renewal);
    BOOST_TEST(preview(signing).before.size() == 1u);
    BOOST_TEST(preview(signing).after.empty());
    renewal.agreement_kind = "twinning"; // another kind renews nothing
    ChangeSet other;
    other.create(renewal);
    BOOST_TEST(preview(other).after.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_return_visit_restores_the_balance) {
    BOOST_TEST(preview(change<Visit>("visit-ol-dst", {{"status", "cancelled"}})).after.empty());
    BOOST_TEST(preview(change<Visit>("visit-ol-dst", {{"status", "requested"}})).after.empty());
    BOOST_TEST(preview(change<Visit>("visit-ol-dst", {{"direction", "outgoing"}})).after.empty());
    auto const moved = preview(change<Visit>("visit-ol-dst", {{"partner_city", "city-hh"}})); // two to one
    BOOST_TEST(lines(moved.introduced()) == "note AGREEMENT_EXPIRES agr-hh-demo\n"); // which ran out in the half year before
    BOOST_TEST(!moved.after.contains("RECIPROCITY|city/city-hh"));
    BOOST_TEST(!moved.after.contains("RECIPROCITY|city/city-ol"));
    BOOST_TEST(lines(preview(change<Visit>("visit-hh-2027", {{"direction", "incoming"}})).introduced())
               == "note RECIPROCITY city-hh\n");
}

BOOST_AUTO_TEST_CASE(the_owner_of_an_outcome_is_told) {
    auto const handed_on = preview(change<Outcome>("oc-1", {{"owner", "p-g05"}})).people();
    BOOST_TEST((handed_on == std::set<std::string>{"p-g04", "p-g05"}));
}

BOOST_AUTO_TEST_CASE(a_change_shows_exactly_what_it_changes) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        House house;
        Edits edits(seed);
        auto before = sweep(house.picture);
        for (int n = 0; n < 300; ++n) {
            auto const batch = house.batch(edits(house.picture));
            auto const preview = house.preview(batch);
            house.commit(batch);
            auto const after = sweep(house.picture);
            BOOST_REQUIRE_MESSAGE(beyond(words(preview.after), words(preview.before)) == beyond(after, before),
                                  "seed " << seed << ", edit " << n << ": " << json::serialize(batch));
            BOOST_REQUIRE_MESSAGE(beyond(words(preview.before), words(preview.after)) == beyond(before, after),
                                  "seed " << seed << ", edit " << n << ": " << json::serialize(batch));
            BOOST_REQUIRE(words(house.standing()) == after);
            before = after;
        }
    }
}

BOOST_AUTO_TEST_CASE(every_finding_has_a_sentence_in_three_languages) {
    auto const i18n = testing::read_json(std::string(KOGGE_SOURCE_DIR) + "/kogge-plugin.json").at("i18n").as_object();
    for (auto const* language : {"nl", "de"}) {
        BOOST_TEST(i18n.at(language).as_object().size() == i18n.at("en").as_object().size());
        for (auto const& [key, text] : i18n.at("en").as_object())
            BOOST_TEST(i18n.at(language).as_object().contains(key), language << " lacks " << key);
    }
}

BOOST_AUTO_TEST_SUITE_END()
