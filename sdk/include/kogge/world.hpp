// SPDX-License-Identifier: EUPL-1.2
// A plugin's picture of the entities it needs, kept in step with the store. A World is a few Mirrors, one per kind; the
// host fills them when the plugin starts and tells them every commit. For a check the same World is moved to the proposed
// state, looked at, and moved back.
#pragma once

#include <kogge/json.hpp>

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace kogge {

/// One entity as stored: the value, its revision, and when that revision was committed (microseconds since 1970 UTC).
template <class T>
struct Row {
    T value;
    std::int64_t rev = 0;
    std::int64_t updated_us = 0;
};

class MirrorBase {
  public:
    explicit MirrorBase(std::string kind) : kind_(std::move(kind)) {}
    MirrorBase(MirrorBase const&) = delete;
    virtual ~MirrorBase() = default;
    std::string const& kind() const { return kind_; }
    /// Sets the entity to `document`, or removes it when that is null. Throws when the document does not fit.
    virtual void put(std::string const& id, json::value const& document) = 0;

  protected:
    [[noreturn, gnu::cold, gnu::noinline]] void refuse(std::string const& id, Error const& error) const {
        throw std::runtime_error("/" + kind_ + "/" + id + error.field + ": " + error.message);
    }
    static std::int64_t number(json::value const& document, std::string_view name) {
        auto const* value = document.get_object().if_contains(name);
        return value && value->is_int64() ? value->get_int64() : 0;
    }

  private:
    std::string kind_;
};

/// All entities of one kind, by id. T may be a view: a struct with only the fields its reader needs.
template <class T>
class Mirror : public MirrorBase {
  public:
    using Rows = std::unordered_map<Id<T>, Row<T>>;
    /// Told of each change after it was made; a null pointer stands for "was not there" or "is gone". The row `before`
    /// points to dies when the call returns.
    std::function<void(Row<T> const* before, Row<T> const* after)> on_change;

    Mirror() : MirrorBase(kind_of<T>()) {}

    Row<T> const* row(Id<T> const& id) const {
        auto const found = rows_.find(id);
        return found == rows_.end() ? nullptr : &found->second;
    }
    T const* find(Id<T> const& id) const {
        auto const* found = row(id);
        return found ? &found->value : nullptr;
    }
    /// Views of one kind refer to each other by the id of the noun itself.
    template <class U>
    T const* find(Id<U> const& id) const {
        return find(Id<T>(id.str()));
    }
    Rows const& rows() const { return rows_; }

    void put(std::string const& text, json::value const& document) override {
        Id<T> const id(text);
        Row<T> row;
        if (!document.is_null())
            row = read(document, id); // throws before anything has changed
        auto const before = rows_.extract(id);
        auto const* after = document.is_null() ? nullptr : &rows_.emplace(id, std::move(row)).first->second;
        if (on_change && (before || after))
            on_change(before ? &before.mapped() : nullptr, after);
    }

  private:
    Row<T> read(json::value const& document, Id<T> const& id) const {
        Row<T> row;
        if (Error error; !detail::read(document, row.value, detail::Place{}, error))
            refuse(id.str(), error);
        row.value.id = id;
        row.rev = number(document, "rev");
        row.updated_us = number(document, "updated_us");
        return row;
    }
    Rows rows_;
};

class World {
  public:
    World() = default;
    explicit World(std::initializer_list<MirrorBase*> mirrors) : mirrors_(mirrors) {}
    explicit World(std::vector<MirrorBase*> mirrors) : mirrors_(std::move(mirrors)) {}
    std::vector<MirrorBase*> const& mirrors() const { return mirrors_; }

    /// Change-log number of the newest batch, for mirrors while they are told of it and for whoever reads them afterwards.
    std::int64_t seq() const { return seq_; }

    /// A batch of the store's, `seq` and all.
    void tell(std::int64_t seq, json::array const& changes) {
        seq_ = seq;
        apply(changes);
    }
    /// Moves forward over the `changes` of a batch; kinds nobody mirrors here are passed over.
    void apply(json::array const& changes) {
        for (auto const& change : changes)
            put(change, "after");
    }
    /// Takes them back, newest first.
    void revert(json::array const& changes) {
        for (auto i = changes.rbegin(); i != changes.rend(); ++i)
            put(*i, "before");
    }

  private:
    void put(json::value const& change, char const* side) {
        auto const& object = change.as_object();
        auto const kind = std::string_view(object.at("entity").as_string());
        for (auto* mirror : mirrors_)
            if (mirror->kind() == kind)
                mirror->put(std::string(object.at("id").as_string()), object.at(side));
    }
    std::vector<MirrorBase*> mirrors_;
    std::int64_t seq_ = 0;
};

} // namespace kogge
