// SPDX-License-Identifier: EUPL-1.2
// Crowded worlds nobody would plan, and edits of them, for the property test. The same seed gives the same world.
#pragma once

#include "house.hpp"

#include <random>
#include <string>
#include <vector>

namespace kogge::translation::test {

class RandomWorld {
  public:
    explicit RandomWorld(std::uint64_t seed) : random_(seed) {}

    ChangeSet everything();
    /// What hangs together as one edit at a desk would.
    ChangeSet edit(Picture const& picture);

  private:
    static constexpr int visits = 3, people = 5, items = 7;

    int below(int n) { return n < 1 ? 0 : static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
    bool chance(int percent) { return below(100) < percent; }
    template <class T>
    T const* any(Mirror<T> const& mirror);
    std::string fresh(char const* prefix) { return prefix + std::to_string(next_id_++); }
    Id<Visit> visit() { return Id<Visit>("v" + std::to_string(below(visits))); }
    Id<Person> person() { return Id<Person>("p" + std::to_string(below(people))); }

    LocalTime moment();
    std::optional<Interpretation> interpretation();
    ProgrammeItem random_item();
    Interpreter random_interpreter(int p);
    void item_edit(ChangeSet& out, Picture const& picture);
    void remove(ChangeSet& out, Picture const& picture, ProgrammeItem const& item);
    void assignment_edit(ChangeSet& out, Picture const& picture);
    void interpreter_edit(ChangeSet& out, Picture const& picture);
    void text_edit(ChangeSet& out, Picture const& picture);

    std::mt19937_64 random_;
    int next_id_ = 0;
};

} // namespace kogge::translation::test
