// SPDX-License-Identifier: EUPL-1.2
#include "rules.hpp"

#include <cstdlib>

namespace kogge::relations {

namespace {

using enum FindingLevel;

/// Still to come, or going on: worth preparing.
bool ahead(Visit const& visit) {
    return visit.status == VisitStatus::requested || visit.status == VisitStatus::proposed
           || visit.status == VisitStatus::confirmed || visit.status == VisitStatus::running;
}
bool counts(Visit const& visit) {
    return visit.status != VisitStatus::requested && visit.status != VisitStatus::declined
           && visit.status != VisitStatus::cancelled;
}

class Judge {
  public:
    Judge(Picture const& picture, std::chrono::days notice, Findings& out) : picture_(picture), notice_(notice), out_(out) {}

    /// A matter of the city, told once: with its last visit.
    void reciprocity(Id<City> const& city, std::optional<Id<Visit>> const& only = {}) {
        auto const balance = balance_of(picture_, city);
        if (std::abs(balance.incoming - balance.outgoing) > 1 && (!only || *only == balance.last->id))
            out_.add({"RECIPROCITY",
                      note,
                      city.str(),
                      balance.last->id,
                      {ref(city)},
                      {{"city", picture_.name_of(city)},
                       {"incoming", std::to_string(balance.incoming)},
                       {"outgoing", std::to_string(balance.outgoing)}}});
    }

    /// All agreements of a city against all its visits, or against `only`.
    void agreements(Id<City> const& city, std::optional<Id<Visit>> const& only = {}) {
        for (auto const& id : picture_.agreements_of.of(city)) {
            auto const& agreement = *picture_.agreements.find(id);
            if (agreement.expires && !renewed(agreement))
                for (auto const& visit : picture_.visits_of.of(city))
                    if (!only || *only == visit) expires(agreement, *picture_.visits.find(visit));
        }
    }

    void own_rules(Agreement const& agreement) {
        if (agreement.signed_on && agreement.expires && *agreement.expires < *agreement.signed_on)
            out_.add({"EXPIRES_BEFORE_SIGNED",
                      block,
                      agreement.id.str(),
                      {},
                      {{"agreement", agreement.id.str(), "expires"}},
                      {{"id", agreement.id.str()},
                       {"signed", to_text(*agreement.signed_on)},
                       {"expires", to_text(*agreement.expires)}}});
    }

  private:
    /// Another agreement of the same kind goes on after this one.
    bool renewed(Agreement const& agreement) const {
        for (auto const& id : picture_.agreements_of.of(agreement.city)) {
            auto const& other = *picture_.agreements.find(id);
            if (id != agreement.id && other.agreement_kind == agreement.agreement_kind && other.signed_on && agreement.signed_on
                && *other.signed_on > *agreement.signed_on && (!other.expires || *other.expires > *agreement.expires))
                return true;
        }
        return false;
    }
    void expires(Agreement const& agreement, Visit const& visit) {
        auto const day = day_of(visit.starts);
        auto const days = *agreement.expires - day;
        if (!ahead(visit) || days > notice_ || days < -notice_) return;
        out_.add({"AGREEMENT_EXPIRES",
                  note,
                  agreement.id.str(),
                  visit.id,
                  {ref(agreement.id), ref(visit.id)},
                  {{"title", agreement.title.text},
                   {"city", picture_.name_of(agreement.city)},
                   {"expires", to_text(*agreement.expires)},
                   {"starts", to_text(day)},
                   {"days", std::to_string(days.count())}}});
    }

    Picture const& picture_;
    std::chrono::days notice_;
    Findings& out_;
};

/// The cities a change or a question is about, from both versions of what is touched.
std::set<Id<City>> cities_of(Picture const& picture, Scope const& scope) {
    std::set<Id<City>> out;
    auto const add = [&](std::optional<Id<City>> const& city) {
        if (city && !city->empty()) out.insert(*city);
    };
    if (!scope.standing()) {
        for (auto const& visit : scope.versions<Visit>()) add(visit.partner_city);
        for (auto const& agreement : scope.versions<Agreement>()) add(agreement.city);
    } else if (scope.visit()) {
        if (auto const* visit = picture.visits.find(*scope.visit())) add(visit->partner_city);
    } else {
        for (auto const& [id, row] : picture.visits.rows()) add(row.value.partner_city);
        for (auto const& [id, row] : picture.agreements.rows()) add(row.value.city);
    }
    return out;
}

/// Who owns an outcome hears of it. check() runs in both worlds: so who owned it, too.
void tell(Picture const& picture, Scope const& scope, Told& told) {
    for (auto const& id : scope.ids<Outcome>())
        if (auto const* outcome = picture.outcomes.find(id); outcome && outcome->owner) told.add(*outcome->owner, ref(id));
}

} // namespace

Balance balance_of(Picture const& picture, Id<City> const& city) {
    Balance out;
    for (auto const& id : picture.visits_of.of(city))
        if (auto const* visit = picture.visits.find(id); counts(*visit)) {
            ++(visit->direction == Direction::incoming ? out.incoming : out.outgoing);
            if (!out.last || instant_of(out.last->starts) <= instant_of(visit->starts)) out.last = visit;
        }
    return out;
}

void check(Picture const& picture, Scope const& scope, std::chrono::days notice, Findings& out, Told& told) {
    Judge judge(picture, notice, out);
    for (auto const& city : cities_of(picture, scope)) {
        auto const only = scope.standing() ? scope.visit() : std::nullopt;
        judge.reciprocity(city, only);
        judge.agreements(city, only);
    }
    if (!scope.standing()) {
        for (auto const& id : scope.ids<Agreement>())
            if (auto const* agreement = picture.agreements.find(id)) judge.own_rules(*agreement);
        tell(picture, scope, told);
    } else if (!scope.visit())
        for (auto const& [id, row] : picture.agreements.rows()) judge.own_rules(row.value);
}

} // namespace kogge::relations
