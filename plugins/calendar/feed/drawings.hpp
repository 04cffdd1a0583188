// SPDX-License-Identifier: EUPL-1.2
// Events drawn, each once for all subscribers of a language: drawn again when the entry, a neighbour or a text of it
// changed, and read back by libical before anybody sees it.
#pragma once

#include "feed/event.hpp"
#include "ical/reader.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::calendar {

/// What a subscriber has seen before makes an event newer than it is for the others; an alarm is their own wish.
struct Personal {
    int bumps = 0;
    std::int64_t since_us = 0;
    std::optional<std::int64_t> alarm;
    bool any() const { return bumps != 0 || since_us != 0 || alarm; }
};

/// An event to be drawn.
struct Order {
    Shown shown;
    std::vector<Text> texts; // as texts_of() names them, the visit's title last
    std::optional<Instant> created;
    Personal personal;
};

/// 128 bits of a hash. Sums of those of parts stand for a whole whose parts have one order: a part that changed is taken off and
/// put on again, and nobody reads the rest.
struct Digest {
    std::array<std::uint64_t, 2> words{};
    Digest& operator+=(Digest const& other) { return words[0] += other.words[0], words[1] += other.words[1], *this; }
    Digest& operator-=(Digest const& other) { return words[0] -= other.words[0], words[1] -= other.words[1], *this; }
    std::string hex() const;
};
Digest digest_of(std::string_view bytes);

struct Drawn {
    std::int64_t rev = 0, revised_us = 0;
    std::optional<Instant> created;
    Neighbours neighbours;
    std::vector<Text> texts;
    std::string bytes; // empty: unreadable
    std::string why;
    Digest digest; // of the bytes
};

/// Who reads events back.
using Reader = std::function<Result<ReadCalendar>(std::string const& text)>;

class Drawings {
  public:
    Drawings(Picture const& picture, std::string link, bool check, std::size_t most_bytes, Reader reader)
        : picture_(picture), link_(std::move(link)), check_(check), most_bytes_(most_bytes), reader_(std::move(reader)) {}

    /// In the order of `orders`.
    std::vector<std::shared_ptr<Drawn const>> draw(std::vector<Order> orders, std::string const& language);

    /// Events drawn since the beginning: what is kept is not drawn again.
    std::size_t drawn() const { return drawn_; }
    /// True once after what was kept has become too much: whoever holds some of it lets go.
    bool overflowed() { return std::exchange(overflowed_, false); }

  private:
    /// An event that was drawn just now, beside what it was to say.
    struct Fresh {
        std::shared_ptr<Drawn> drawn;
        Event event;
    };
    Fresh make(Order order, Neighbours neighbours, std::string const& language);
    void keep(std::pair<EntryId, std::string> key, std::shared_ptr<Drawn const> drawn);
    void check(std::vector<Fresh> const& fresh) const;

    Picture const& picture_;
    std::string link_;
    bool check_;
    std::size_t most_bytes_;
    Reader reader_;
    std::map<std::pair<EntryId, std::string>, std::shared_ptr<Drawn const>> kept_;
    std::size_t kept_bytes_ = 0, drawn_ = 0;
    bool overflowed_ = false;
};

} // namespace kogge::calendar
