// SPDX-License-Identifier: EUPL-1.2
#pragma once
// Answers kept as bytes until something they depend on changes.

#include "http/message.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace kogge::host::http {

/// A 200 ready to be written, plain and (when that is smaller) gzipped. Immutable but for the packing of a large one, shared
/// between threads.
struct CachedBody {
    struct Variant {
        std::string etag;
        std::string ok_head;              // as serialize_head makes them: no Date, Connection, final blank line
        std::string not_modified_head;
        std::string body;
    };
    Variant     plain;
    std::time_t last_modified = 0;
    std::string last_modified_line;   // "Last-Modified: …\r\n"; empty when the handler's own is in the heads

    [[nodiscard]] std::size_t bytes() const;
    /// For a client that takes gzip. Null when plain is smaller, or when nobody has packed it yet.
    [[nodiscard]] Variant const* packed() const { return done_ && gzip_ ? &*gzip_ : nullptr; }
    [[nodiscard]] bool unpacked() const { return packed_head_ && !done_; }
    /// Compresses, once; of a large body that is left to the first who asks for it: on a worker thread, please.
    void pack() const;

private:
    friend std::shared_ptr<CachedBody const> make_cached(Response, std::time_t);
    std::optional<Response>        packed_head_;   // without ETag; none: not worth trying
    mutable std::optional<Variant> gzip_;          // read once done_ is seen, written before
    mutable std::once_flag         once_;
    mutable std::atomic<bool>      done_ = false;
};

/// Adds ETag (SHA-256 of the body unless the response has its own), Vary and `Cache-Control: private, no-cache` where
/// missing, and compresses what is not large: on a worker thread, please. Throws std::invalid_argument on a malformed header.
[[nodiscard]] std::shared_ptr<CachedBody const> make_cached(Response, std::time_t now = std::time(nullptr));

/// Taken before the handler reads anything; says which invalidations its answer may have missed.
enum class Ticket : std::uint64_t {};

struct CacheStats {
    std::size_t   entries = 0, bytes = 0;
    std::uint64_t hits = 0, misses = 0, stale_refused = 0, evicted = 0;
};

/// Any thread. Bounded by bytes; evicts by second chance. Rule that keeps it fresh: whoever changes data calls
/// `invalidate` after the commit; an answer whose ticket is older than that is served once but not kept.
class Cache {
public:
    explicit Cache(std::size_t max_bytes = 64U << 20U);

    [[nodiscard]] std::shared_ptr<CachedBody const> find(std::string_view key);
    [[nodiscard]] Ticket ticket() const;
    /// False when one of the tags was invalidated since the ticket, or the body is above a quarter of the bound.
    bool insert(std::string key, std::shared_ptr<CachedBody const>, std::vector<std::string> tags, Ticket);
    void invalidate(std::span<std::string const> tags);
    void clear();
    [[nodiscard]] CacheStats stats() const;

private:
    struct Entry {
        std::string                       key;
        std::shared_ptr<CachedBody const> body;
        std::vector<std::string>          tags;
        std::atomic<bool>                 used = false;
    };
    using Place = std::list<Entry>::iterator;
    struct Hash : std::hash<std::string_view> { using is_transparent = void; };

    void drop(Place);
    void make_room();
    [[nodiscard]] bool outdated(std::vector<std::string> const& tags, std::uint64_t since) const;

    std::size_t const                                                        max_bytes_;
    mutable std::shared_mutex                                                mutex_;
    std::list<Entry>                                                         entries_;   // next to be looked at for eviction first
    std::unordered_map<std::string_view, Place>                              by_key_;
    std::unordered_map<std::string, std::unordered_set<Entry*>, Hash, std::equal_to<>> by_tag_;
    std::unordered_map<std::string, std::uint64_t, Hash, std::equal_to<>>    invalidated_;   // tag -> when last
    std::atomic<std::uint64_t>                                               now_ = 1;
    std::uint64_t                                                            floor_ = 0;     // older tickets are refused whatever their tags
    std::size_t                                                              bytes_ = 0;
    std::uint64_t                                                            stale_refused_ = 0, evicted_ = 0;
    std::atomic<std::uint64_t>                                               hits_ = 0, misses_ = 0;
};

}  // namespace kogge::host::http
