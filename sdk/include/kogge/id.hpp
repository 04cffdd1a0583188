// SPDX-License-Identifier: EUPL-1.2
// Ids: one type per noun, so that a visit is never mistaken for a person.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <unistd.h>

namespace kogge {

/// The name of T as documents and tables spell it: ProgrammeItem -> programme_item. A view of somebody else's entity
/// (a struct with some of its fields) names it itself: `static constexpr std::string_view kind = "transport_leg";`
template <class T>
std::string const& kind_of();

/// 1 to 64 of A-Z a-z 0-9 . _ ~ - : goes unescaped into an URL, a UID and a file name.
constexpr bool is_id(std::string_view text) {
    auto const good = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.' || c == '~';
    };
    if (text.empty() || text.size() > 64)
        return false;
    for (char const c : text)
        if (!good(c))
            return false;
    return true;
}

/// A UUIDv7 (RFC 9562): sorts by the moment it was made.
inline std::string make_uuid() {
    std::uint64_t random[2];
    if (::getentropy(random, sizeof random) != 0)
        throw std::runtime_error("no source of randomness for an id");
    auto const now = std::chrono::duration_cast<std::chrono::milliseconds>(
                         std::chrono::system_clock::now().time_since_epoch()).count();
    std::uint64_t const high = (static_cast<std::uint64_t>(now) << 16) | 0x7000u | (random[0] & 0x0fffu);
    std::uint64_t const low = (random[1] & 0x3fffffffffffffffu) | 0x8000000000000000u;
    std::string out;
    out.reserve(36);
    auto const put = [&](std::uint64_t word, int from, int to) {
        for (int shift = from; shift >= to; shift -= 4)
            out += "0123456789abcdef"[(word >> shift) & 15u];
    };
    put(high, 60, 32), out += '-', put(high, 28, 16), out += '-', put(high, 12, 0), out += '-';
    put(low, 60, 48), out += '-', put(low, 44, 0);
    return out;
}

/// The id of a T. Made by whoever creates the thing (make()), or kept as an imported document spells it; the same in
/// SQLite, in PostgreSQL, in the iCalendar UID and at the partner office. A default-constructed id is empty.
template <class T>
class Id {
  public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}
    static Id make() { return Id(make_uuid()); }

    std::string const& str() const { return text_; }
    bool empty() const { return text_.empty(); }
    explicit operator bool() const { return !text_.empty(); }
    friend auto operator<=>(Id const&, Id const&) = default;
    friend std::ostream& operator<<(std::ostream& out, Id const& id) { return out << id.text_; }

  private:
    std::string text_;
};

namespace detail {

template <class T>
constexpr std::string_view type_name() {
    std::string_view name = __PRETTY_FUNCTION__; // "… type_name() [with T = kogge::Visit; …" or clang's "[T = kogge::Visit]"
    name.remove_prefix(name.find("T = ") + 4);
    name = name.substr(0, name.find_first_of(";]"));
    auto const scope = name.rfind(':');
    return scope == name.npos ? name : name.substr(scope + 1);
}

inline std::string snake_case(std::string_view camel) {
    std::string out;
    for (char const c : camel) {
        bool const upper = c >= 'A' && c <= 'Z';
        if (upper && !out.empty())
            out += '_';
        out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

} // namespace detail

template <class T>
std::string const& kind_of() {
    static std::string const name = [] {
        if constexpr (requires { std::string_view{T::kind}; })
            return std::string(T::kind);
        else
            return detail::snake_case(detail::type_name<T>());
    }();
    return name;
}

} // namespace kogge

template <class T>
struct std::hash<kogge::Id<T>> {
    std::size_t operator()(kogge::Id<T> const& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
