// SPDX-License-Identifier: EUPL-1.2
#include "http/cache.hpp"

#include "http/negotiate.hpp"
#include "http/wire.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace kogge::host::http {
namespace {

constexpr std::size_t packed_at_once = 256U << 10U;   // bytes; a few milliseconds

/// Half of SHA-256 is plenty to tell two versions of one resource apart.
std::string digest(std::string_view body) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    EVP_Digest(body.data(), body.size(), sum.data(), nullptr, EVP_sha256(), nullptr);
    std::string out;
    for (std::size_t i = 0; i < 16; ++i) out.append(1, digits[sum[i] >> 4U]).append(1, digits[sum[i] & 15U]);
    return out;
}

/// "abc" -> "abc-gz": the compressed bytes are another representation and need another strong tag (RFC 9110 §8.8.3.3).
std::string gzip_tag(std::string etag) {
    if (etag.ends_with('"')) etag.insert(etag.size() - 1, "-gz");
    return etag;
}

Response without_body(Response const& response) {
    Response head;
    head.status = response.status;
    head.headers = response.headers;
    return head;
}

CachedBody::Variant make_variant(Response head, std::string etag, std::string body) {
    head.set("ETag", etag);
    auto ok = serialize_head(head, body.size());
    head.status = 304;
    return {std::move(etag), std::move(ok), serialize_head(head, std::nullopt), std::move(body)};
}

}  // namespace

/// As if packed to a fifth from the beginning: what was added to the cache's sum is what is taken away.
std::size_t CachedBody::bytes() const {
    return sizeof(CachedBody) + 2 * (plain.ok_head.size() + plain.not_modified_head.size()) + plain.body.size() + (packed_head_ ? plain.body.size() / 5 : 0);
}

void CachedBody::pack() const {
    if (!packed_head_) return;
    std::call_once(once_, [this] {
        auto body = gzip(plain.body, Effort::kept);
        if (body.size() < plain.body.size()) gzip_ = make_variant(*packed_head_, gzip_tag(plain.etag), std::move(body));
        done_ = true;
    });
}

std::shared_ptr<CachedBody const> make_cached(Response response, std::time_t now) {
    auto head = without_body(response);
    if (!head.header("Cache-Control")) head.set("Cache-Control", "private, no-cache");
    auto const own = head.header("ETag");

    auto made = std::make_shared<CachedBody>();
    auto const given = parse_http_date(head.header("Last-Modified").value_or(""));
    made->last_modified = given.value_or(now);
    if (!given) made->last_modified_line.append("Last-Modified: ").append(http_date(now)).append("\r\n");
    made->plain.etag = own ? std::string(*own) : '"' + digest(response.body) + '"';
    made->plain.body = std::move(response.body);
    if (made->plain.body.size() > gzip_threshold && !head.header("Content-Encoding") && compressible(head.header("Content-Type").value_or(""))) {
        auto const vary = head.header("Vary") ? std::string(*head.header("Vary")) + ", Accept-Encoding" : "Accept-Encoding";
        made->packed_head_ = head;
        made->packed_head_->set("Vary", vary).set("Content-Encoding", "gzip");
        if (made->plain.body.size() <= packed_at_once) made->pack();
        if (made->unpacked() || made->packed()) head.set("Vary", vary);
    }
    made->plain = make_variant(std::move(head), made->plain.etag, std::move(made->plain.body));
    return made;
}

Cache::Cache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

std::shared_ptr<CachedBody const> Cache::find(std::string_view key) {
    std::shared_lock const lock(mutex_);
    auto const at = by_key_.find(key);
    if (at == by_key_.end()) {
        misses_.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    hits_.fetch_add(1, std::memory_order_relaxed);
    auto& entry = *at->second;
    if (!entry.used.load(std::memory_order_relaxed)) entry.used.store(true, std::memory_order_relaxed);
    return entry.body;
}

Ticket Cache::ticket() const { return Ticket{now_.load()}; }

bool Cache::outdated(std::vector<std::string> const& tags, std::uint64_t since) const {
    if (since < floor_) return true;
    return std::any_of(tags.begin(), tags.end(), [&](auto const& tag) {
        auto const at = invalidated_.find(tag);
        return at != invalidated_.end() && at->second > since;
    });
}

bool Cache::insert(std::string key, std::shared_ptr<CachedBody const> body, std::vector<std::string> tags, Ticket ticket) {
    if (body->bytes() > max_bytes_ / 4) return false;
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());

    std::unique_lock const lock(mutex_);
    if (outdated(tags, static_cast<std::uint64_t>(ticket))) {
        ++stale_refused_;
        return false;
    }
    if (auto const old = by_key_.find(key); old != by_key_.end()) drop(old->second);
    auto& entry = entries_.emplace_back();
    entry.key = std::move(key);
    entry.body = std::move(body);
    entry.tags = std::move(tags);
    by_key_.emplace(entry.key, std::prev(entries_.end()));
    for (auto const& tag : entry.tags) by_tag_[tag].insert(&entry);
    bytes_ += entry.body->bytes() + entry.key.size();
    make_room();
    return true;
}

void Cache::invalidate(std::span<std::string const> tags) {
    static constexpr std::size_t most_remembered = 65536;
    std::unique_lock const lock(mutex_);
    auto const now = ++now_;
    if (invalidated_.size() + tags.size() > most_remembered) {
        invalidated_.clear();
        floor_ = now;
    }
    for (auto const& tag : tags) {
        invalidated_[tag] = now;
        auto const at = by_tag_.find(tag);
        if (at == by_tag_.end()) continue;
        auto const hit = at->second;   // a copy: drop() edits the index
        for (auto* entry : hit) drop(by_key_.at(entry->key));
    }
}

void Cache::clear() {
    std::unique_lock const lock(mutex_);
    floor_ = ++now_;
    by_key_.clear();
    by_tag_.clear();
    invalidated_.clear();
    entries_.clear();
    bytes_ = 0;
}

void Cache::drop(Place place) {
    for (auto const& tag : place->tags) {
        auto const at = by_tag_.find(tag);
        at->second.erase(&*place);
        if (at->second.empty()) by_tag_.erase(at);
    }
    bytes_ -= place->body->bytes() + place->key.size();
    by_key_.erase(place->key);
    entries_.erase(place);
}

/// Second chance: an entry used since the last look goes to the back of the queue instead of out.
void Cache::make_room() {
    while (bytes_ > max_bytes_) {
        auto const first = entries_.begin();
        if (first->used.exchange(false, std::memory_order_relaxed)) {
            entries_.splice(entries_.end(), entries_, first);
        } else {
            drop(first);
            ++evicted_;
        }
    }
}

CacheStats Cache::stats() const {
    std::shared_lock const lock(mutex_);
    return {entries_.size(), bytes_, hits_.load(), misses_.load(), stale_refused_, evicted_};
}

}  // namespace kogge::host::http
