// SPDX-License-Identifier: EUPL-1.2
// Translation's picture of the world: mirrors of what it reads, and the indexes that follow them. The order in which
// entities arrive does not matter.
#pragma once

#include "entities.hpp"
#include "need_index.hpp"
#include "views.hpp"

#include <kogge/model/people.hpp>
#include <kogge/model/place.hpp>
#include <kogge/roster.hpp>
#include <kogge/world.hpp>

#include <map>
#include <set>
#include <string>
#include <unordered_map>

namespace kogge::translation {

/// One text of the house: a field of an entity.
struct TextKey {
    std::string entity, id, field;
    friend auto operator<=>(TextKey const&, TextKey const&) = default;
};
BOOST_DESCRIBE_STRUCT(TextKey, (), (entity, id, field))

class Picture {
  public:
    Profile profile; // set before anything is mirrored

    Mirror<Theme> themes;
    Mirror<City> cities;
    Mirror<Visit> visits;
    Mirror<Track> tracks;
    Mirror<Person> persons;
    Roster roster;
    Mirror<ProgrammeItem> items;
    Mirror<Agreement> agreements;
    Mirror<Outcome> outcomes;
    Mirror<Translation> translations;
    Mirror<Interpreter> interpreters;
    Mirror<InterpreterAssignment> assignments;
    World world{&themes, &cities,     &visits,   &tracks,       &persons,      &roster.delegates, &roster.participations,
                &items,  &agreements, &outcomes, &translations, &interpreters, &assignments};
    NeedIndex needs;

    Picture();
    Picture(Picture const&) = delete;

    /// The text a key stands for; null when there is no such entity, it has no such text, or the text is absent.
    Text const* source(TextKey const& key) const;
    /// The visit the subject belongs to; empty when it belongs to none, or is not there.
    Id<Visit> visit_of(TextKey const& key) const;
    /// Every text there is on an entity, empty ones left out.
    std::vector<TextKey> texts_of(std::string const& entity, std::string const& id) const;
    Translation const* translation(TextKey const& key, std::string const& language) const;
    /// All languages there are of a text.
    std::vector<Translation const*> translations_of(TextKey const& key) const;
    /// The texts that have a translation: of one entity, or of the whole house.
    std::vector<TextKey> translated(std::string const& entity, std::string const& id) const;
    std::vector<TextKey> translated() const;

    /// In order of beginning.
    std::vector<ProgrammeItem const*> items_of(Id<Visit> const& visit) const;
    /// What of a visit carries texts, as entity and id: itself, its tracks by code, its items by time, its outcomes.
    std::vector<std::pair<std::string, std::string>> subjects_of(Id<Visit> const& visit) const;
    std::set<Id<InterpreterAssignment>> const& assignments_of(Id<ProgrammeItem> const& item) const;
    std::set<Id<InterpreterAssignment>> const& assignments_of(Id<Person> const& person) const;
    Interpreter const* interpreter(Id<Person> const& person) const;
    /// Those booked for a visit, by id.
    std::vector<Interpreter const*> pool(Id<Visit> const& visit) const;

    std::string name_of(Id<Person> const& person) const;
    std::string title_of(Id<ProgrammeItem> const& item) const;

  private:
    template <class See>
    auto with_entity(std::string const& entity, std::string const& id, See see) const;

    std::map<TextKey, std::map<std::string, Id<Translation>>> by_text_;
    std::unordered_map<Id<Visit>, std::set<Id<ProgrammeItem>>> items_of_;
    std::unordered_map<Id<Visit>, std::set<Id<Track>>> tracks_of_;
    std::unordered_map<Id<Visit>, std::set<Id<Outcome>>> outcomes_of_;
    std::unordered_map<Id<ProgrammeItem>, std::set<Id<InterpreterAssignment>>> assignments_of_item_;
    std::unordered_map<Id<Person>, std::set<Id<InterpreterAssignment>>> assignments_of_person_;
    std::map<Id<Person>, std::set<Id<Interpreter>>> by_person_;
};

inline TextKey key_of(Translation const& t) { return {t.entity, t.subject, t.field}; }

/// Neither over nor called off: its findings matter.
inline bool open(Visit const& visit) {
    return visit.status != VisitStatus::closed && visit.status != VisitStatus::declined
           && visit.status != VisitStatus::cancelled;
}

} // namespace kogge::translation
