// SPDX-License-Identifier: EUPL-1.2
// The small values of the field: text in a language, money, a level of a language, a place on the map.
#pragma once

#include <boost/describe.hpp>

#include <compare>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace kogge {

/// Text in the language it was written in (BCP 47: "nl", "de", "en"). Translations are the translation plugin's.
struct Text {
    std::string text;
    std::string language = "nl";
    bool empty() const { return text.empty(); }
    friend bool operator==(Text const&, Text const&) = default;
    friend std::ostream& operator<<(std::ostream& out, Text const& t) { return out << t.text << " [" << t.language << "]"; }
};
BOOST_DESCRIBE_STRUCT(Text, (), (text, language))

/// An amount in the smallest unit of its currency (ISO 4217): 50 euro are 5000 EUR.
struct Money {
    std::int64_t minor = 0;
    std::string currency = "EUR";
    friend bool operator==(Money const&, Money const&) = default;
    /// Amounts of different currencies do not compare: neither is less nor greater.
    friend std::partial_ordering operator<=>(Money const& a, Money const& b) {
        return a.currency == b.currency ? std::partial_ordering(a.minor <=> b.minor) : std::partial_ordering::unordered;
    }
};
BOOST_DESCRIBE_STRUCT(Money, (), (minor, currency))
constexpr std::int64_t minor_units_per_euro = 100;
inline Money euros(std::int64_t amount) { return {amount * minor_units_per_euro, "EUR"}; }

/// Common European Framework of Reference for languages; C2 is a native or equal command.
enum class Cefr { A1, A2, B1, B2, C1, C2 };
BOOST_DESCRIBE_ENUM(Cefr, A1, A2, B1, B2, C1, C2)

struct LanguageSkill {
    std::string language;
    Cefr level = Cefr::A1;
    friend bool operator==(LanguageSkill const&, LanguageSkill const&) = default;
};
BOOST_DESCRIBE_STRUCT(LanguageSkill, (), (language, level))

/// WGS 84, degrees.
struct GeoPoint {
    double latitude = 0;
    double longitude = 0;
    friend bool operator==(GeoPoint const&, GeoPoint const&) = default;
};
BOOST_DESCRIBE_STRUCT(GeoPoint, (), (latitude, longitude))

} // namespace kogge
