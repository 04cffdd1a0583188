// SPDX-License-Identifier: EUPL-1.2
#include "picture.hpp"

#include "pool.hpp"

#include <algorithm>
#include <tuple>
#include <type_traits>

namespace kogge::translation {

namespace {

/// Calls `see(name, Text const&)` for each text a value carries.
template <class T>
void each_text(T const& value, auto&& see) {
    kogge::detail::each_member<T>([&](char const* name, auto pointer) {
        using Member = std::remove_cvref_t<decltype(value.*pointer)>;
        if constexpr (std::is_same_v<Member, Text>)
            see(std::string_view(name), value.*pointer);
        else if constexpr (std::is_same_v<Member, std::optional<Text>>)
            if (value.*pointer) see(std::string_view(name), *(value.*pointer));
    });
}

/// Keeps `index[key]` equal to the ids of the rows with that key.
template <class Index, class KeyOf>
auto indexed(Index& index, KeyOf key_of) {
    return [&index, key_of](auto const* before, auto const* after) {
        if (before)
            if (auto const found = index.find(key_of(before->value)); found != index.end()) {
                found->second.erase(before->value.id);
                if (found->second.empty()) index.erase(found);
            }
        if (after) index[key_of(after->value)].insert(after->value.id);
    };
}

template <class Index, class Key>
auto const& found_in(Index const& index, Key const& key) {
    static typename Index::mapped_type const none;
    auto const found = index.find(key);
    return found == index.end() ? none : found->second;
}

} // namespace

Picture::Picture() {
    auto const visit = [](auto const& value) { return value.visit; };
    auto const person = [](auto const& value) { return value.person; };
    items.on_change = [this, keep = indexed(items_of_, visit)](auto const* before, auto const* after) {
        keep(before, after);
        if (before) needs.erase(before->value.id);
        if (after)
            if (auto need = need_of(profile, after->value)) needs.put(std::move(*need));
    };
    tracks.on_change = indexed(tracks_of_, visit);
    outcomes.on_change = indexed(outcomes_of_, visit);
    interpreters.on_change = indexed(by_person_, person);
    assignments.on_change = [by_item = indexed(assignments_of_item_, [](auto const& a) { return a.item; }),
                             by_person = indexed(assignments_of_person_, person)](auto const* before, auto const* after) {
        by_item(before, after);
        by_person(before, after);
    };
    translations.on_change = [this](auto const* before, auto const* after) {
        if (before)
            if (auto const found = by_text_.find(key_of(before->value)); found != by_text_.end()) {
                if (auto const one = found->second.find(before->value.language);
                    one != found->second.end() && one->second == before->value.id)
                    found->second.erase(one);
                if (found->second.empty()) by_text_.erase(found);
            }
        if (after) by_text_[key_of(after->value)].insert_or_assign(after->value.language, after->value.id);
    };
}

/// What `see` says of the entity, if it is one that carries texts.
template <class See>
auto Picture::with_entity(std::string const& entity, std::string const& id, See see) const {
    decltype(see(Visit())) out{};
    std::apply(
        [&](auto const&... mirror) {
        auto const look = [&](auto const& one) {
            if (one.kind() == entity)
                if (auto const* value = one.find(std::remove_cvref_t<decltype(one.rows().begin()->first)>(id)))
                    out = see(*value);
        };
        (look(mirror), ...);
        },
        std::tie(visits, tracks, items, outcomes, cities, themes, agreements));
    return out;
}

Text const* Picture::source(TextKey const& key) const {
    return with_entity(key.entity, key.id, [&](auto const& value) {
        Text const* out = nullptr;
        each_text(value, [&](std::string_view name, Text const& text) {
            if (name == key.field) out = &text;
        });
        return out;
    });
}

Id<Visit> Picture::visit_of(TextKey const& key) const {
    return with_entity(key.entity, key.id, []<class T>(T const& value) {
        if constexpr (std::is_same_v<T, Visit>)
            return value.id;
        else if constexpr (requires { Id<Visit>(value.visit); })
            return value.visit;
        else
            return Id<Visit>();
    });
}

std::vector<TextKey> Picture::texts_of(std::string const& entity, std::string const& id) const {
    return with_entity(entity, id, [&](auto const& value) {
        std::vector<TextKey> out;
        each_text(value, [&](std::string_view name, Text const& text) {
            if (!text.empty()) out.push_back({entity, id, std::string(name)});
        });
        return out;
    });
}

Translation const* Picture::translation(TextKey const& key, std::string const& language) const {
    auto const& languages = found_in(by_text_, key);
    auto const found = languages.find(language);
    return found == languages.end() ? nullptr : translations.find(found->second);
}

std::vector<Translation const*> Picture::translations_of(TextKey const& key) const {
    std::vector<Translation const*> out;
    for (auto const& [language, id] : found_in(by_text_, key)) out.push_back(translations.find(id));
    return out;
}

std::vector<TextKey> Picture::translated(std::string const& entity, std::string const& id) const {
    std::vector<TextKey> out;
    for (auto i = by_text_.lower_bound({entity, id, {}}); i != by_text_.end() && i->first.entity == entity && i->first.id == id;
         ++i)
        out.push_back(i->first);
    return out;
}

std::vector<TextKey> Picture::translated() const {
    std::vector<TextKey> out;
    for (auto const& [key, languages] : by_text_) out.push_back(key);
    return out;
}

std::vector<ProgrammeItem const*> Picture::items_of(Id<Visit> const& visit) const {
    std::vector<std::pair<Instant, ProgrammeItem const*>> order;
    for (auto const& id : found_in(items_of_, visit)) order.emplace_back(span_of(*items.find(id)).begin, items.find(id));
    std::ranges::stable_sort(order, {}, [](auto const& one) { return one.first; });
    std::vector<ProgrammeItem const*> out;
    for (auto const& [begin, item] : order) out.push_back(item);
    return out;
}

std::vector<std::pair<std::string, std::string>> Picture::subjects_of(Id<Visit> const& visit) const {
    std::vector<std::pair<std::string, std::string>> out{{kind_of<Visit>(), visit.str()}};
    std::vector<Track const*> by_code;
    for (auto const& id : found_in(tracks_of_, visit)) by_code.push_back(tracks.find(id));
    std::ranges::stable_sort(by_code, {}, [](auto const* track) { return track->code; });
    for (auto const* track : by_code) out.emplace_back(kind_of<Track>(), track->id.str());
    for (auto const* item : items_of(visit)) out.emplace_back(kind_of<ProgrammeItem>(), item->id.str());
    for (auto const& id : found_in(outcomes_of_, visit)) out.emplace_back(kind_of<Outcome>(), id.str());
    return out;
}

std::set<Id<InterpreterAssignment>> const& Picture::assignments_of(Id<ProgrammeItem> const& item) const {
    return found_in(assignments_of_item_, item);
}

std::set<Id<InterpreterAssignment>> const& Picture::assignments_of(Id<Person> const& person) const {
    return found_in(assignments_of_person_, person);
}

Interpreter const* Picture::interpreter(Id<Person> const& person) const {
    auto const& ids = found_in(by_person_, person);
    return ids.empty() ? nullptr : interpreters.find(*ids.begin());
}

std::vector<Interpreter const*> Picture::pool(Id<Visit> const& visit) const {
    std::vector<Interpreter const*> out;
    for (auto const& [person, ids] : by_person_)
        if (auto const* one = interpreters.find(*ids.begin()); booked_for(*one, visit)) out.push_back(one);
    return out;
}

std::string Picture::name_of(Id<Person> const& person) const {
    auto const* found = persons.find(person);
    auto name = found ? full_name(*found) : std::string();
    return name.empty() ? person.str() : name;
}

std::string Picture::title_of(Id<ProgrammeItem> const& item) const {
    auto const* found = items.find(item);
    return found && !found->title.empty() ? found->title.text : item.str();
}

} // namespace kogge::translation
