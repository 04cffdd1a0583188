// SPDX-License-Identifier: EUPL-1.2
// Indexes that follow a mirror, so that a check finds the neighbours of what changed without looking at the rest.
#pragma once

#include <kogge/time.hpp>

#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace kogge::logistics {

/// The values that belong to a key, in order.
template <class Key, class Value>
class Index {
  public:
    using Values = std::set<Value>;
    void add(Key const& key, Value const& value) { values_[key].insert(value); }
    void remove(Key const& key, Value const& value) {
        if (auto const found = values_.find(key); found != values_.end() && found->second.erase(value) && found->second.empty())
            values_.erase(found);
    }
    Values const& of(Key const& key) const {
        static Values const none;
        auto const found = values_.find(key);
        return found == values_.end() ? none : found->second;
    }

  private:
    std::unordered_map<Key, Values> values_;
};

/// The values that hold a key for a stretch of time, filed by day. A stretch longer than `longest` is filed apart, so
/// that a slip of the pen in a year costs nothing.
template <class Key, class Value>
class Spans {
  public:
    void add(Key const& key, Interval const& span, Value const& value) {
        each_day(span, [&](Days day) { filed_[{key, day}].insert(value); });
    }
    void remove(Key const& key, Interval const& span, Value const& value) {
        each_day(span, [&](Days day) {
            if (auto const found = filed_.find({key, day});
                found != filed_.end() && found->second.erase(value) && found->second.empty())
                filed_.erase(found);
        });
    }
    /// Everything that may overlap `span`, and little else.
    std::set<Value> near(Key const& key, Interval const& span) const {
        std::set<Value> out;
        auto const take = [&](Days day) {
            if (auto const found = filed_.find({key, day}); found != filed_.end())
                out.insert(found->second.begin(), found->second.end());
        };
        if (is_long(span)) {
            for (auto i = filed_.lower_bound({key, apart}); i != filed_.end() && i->first.first == key; ++i)
                out.insert(i->second.begin(), i->second.end());
            return out;
        }
        each_day(span, take);
        take(apart);
        return out;
    }

  private:
    using Days = std::chrono::sys_days;
    static constexpr std::chrono::days longest{32};
    static constexpr Days apart = Days::min();

    static bool is_long(Interval const& span) { return span.length() > longest; }
    static void each_day(Interval const& span, auto&& visit) {
        if (is_long(span)) return visit(apart);
        auto day = std::chrono::floor<std::chrono::days>(span.begin);
        do visit(day);
        while ((day += std::chrono::days(1)) < span.end);
    }

    std::map<std::pair<Key, Days>, std::set<Value>> filed_;
};

} // namespace kogge::logistics
