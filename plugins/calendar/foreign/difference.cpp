// SPDX-License-Identifier: EUPL-1.2
#include "foreign/difference.hpp"

#include <cstdint>
#include <set>

namespace kogge::calendar::foreign {

namespace {

/// FNV-1a in the 13 letters of base 32 that 64 bits need.
std::string digest_of(std::string_view text, std::uint64_t hash) {
    for (unsigned char const c : text)
        hash = (hash ^ c) * 0x100000001b3u;
    std::string out;
    for (int i = 0; i < 13; ++i, hash >>= 5u)
        out += "0123456789abcdefghijklmnopqrstuv"[hash & 31u];
    return out;
}

BusyTime stored_form(ForeignCalendar const& source, Taken const& taken) {
    BusyTime out{busy_id(source.id, taken.key), source.person, source.id, local_of(taken.when.begin, {}), local_of(taken.when.end, {}), taken.tentative, {}};
    if (source.show_details && !taken.title.empty())
        out.title = taken.title;
    return out;
}

bool same(BusyTime const& a, BusyTime const& b) {
    return a.person == b.person && a.starts == b.starts && a.ends == b.ends && a.tentative == b.tentative && a.title == b.title;
}

} // namespace

Id<BusyTime> busy_id(Id<ForeignCalendar> const& source, std::string_view key) {
    return Id<BusyTime>(source.str() + "." + digest_of(key, 0xcbf29ce484222325u) + digest_of(key, 0x84222325cbf29ce4u));
}

Difference add_difference(ForeignCalendar const& source, std::vector<Taken> const& taken, StoredTimes const& stored, ChangeSet& out) {
    Difference counts;
    std::set<Id<BusyTime>> wanted;
    for (auto const& one : taken) {
        auto const time = stored_form(source, one);
        if (!wanted.insert(time.id).second)
            continue;
        auto const before = stored.find(time.id);
        if (before == stored.end()) {
            out.create(time);
            ++counts.fresh;
        } else if (!same(before->second->value, time)) {
            auto fields = to_json(time).as_object();
            fields.erase("id"), fields.erase("source");
            out.update(time.id, before->second->rev, std::move(fields));
            ++counts.changed;
        }
    }
    for (auto const& [id, row] : stored)
        if (!wanted.contains(id)) {
            out.erase(id, row->rev);
            ++counts.gone;
        }
    return counts;
}

} // namespace kogge::calendar::foreign
