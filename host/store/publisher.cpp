// SPDX-License-Identifier: EUPL-1.2
#include "store/publisher.hpp"

#include <boost/json/serialize.hpp>

#include <exception>

namespace kogge::host::store {

namespace {

constexpr int log_error = 3;

/// By hand: ids, kinds and numbers need no escaping, and a DOM around whole documents would be a copy of them.
std::string text_of_change(std::string_view kind, std::string_view id, std::string_view op, std::int64_t rev,
                           std::int64_t at_us, json::object const* before, json::object const* after) {
    std::string out = "{\"entity\":\"" + std::string(kind) + "\",\"id\":\"" + std::string(id) + "\",\"op\":\"" + std::string(op)
                      + "\",\"rev\":" + std::to_string(rev) + ",\"updated_us\":" + std::to_string(at_us) + ",\"before\":";
    out += before ? json::serialize(*before) : "null";
    out += ",\"after\":";
    out += after ? json::serialize(*after) : "null";
    return out += '}';
}

json::object const* pointer(std::optional<json::object> const& document) { return document ? &*document : nullptr; }

std::string head(std::int64_t seq, bool load) {
    return "{\"seq\":" + std::to_string(seq) + ",\"load\":" + (load ? "true" : "false") + ",\"changes\":[";
}

} // namespace

Told told(Change const& change, std::int64_t at_us) {
    return {change.kind(), change.table->type->internal,
            text_of_change(change.kind(), change.id, to_text(change.op), change.rev, at_us, pointer(change.before),
                           pointer(change.after))};
}

Told taken_back(Change const& change, std::int64_t at_us) {
    auto const op = change.op == Op::create ? Op::erase : change.op == Op::erase ? Op::create : Op::update;
    return {change.kind(), change.table->type->internal,
            text_of_change(change.kind(), change.id, to_text(op), change.rev - 1, at_us, pointer(change.after),
                           pointer(change.before))};
}

void Publisher::tell(Batch const& batch) {
    for (auto const& follower : followers_) {
        std::string text;
        for (auto const& change : batch.changes)
            if (follower.kinds.contains(change.kind)) {
                text += text.empty() ? head(batch.seq, false) : ",";
                text += change.text;
            }
        if (!text.empty()) guarded([&] { follower.tell(text += "]}"); });
    }
}

void Publisher::tell(Commit const& commit) {
    for (auto const& listener : listeners_) guarded([&] { listener(commit); });
}

void Publisher::load(Follower const& follower, std::int64_t seq, std::vector<std::string> const& creations) {
    auto text = head(seq, true);
    for (std::size_t i = 0; i < creations.size(); ++i) text += (i ? "," : "") + creations[i];
    guarded([&] { follower.tell(text += "]}"); });
}

/// What is committed stays committed: a reader that throws is told about and left behind.
void Publisher::guarded(std::function<void()> const& work) {
    try {
        work();
    } catch (std::exception const& e) {
        log_(log_error, std::string("a read model did not take a commit: ") + e.what());
    }
}

} // namespace kogge::host::store
