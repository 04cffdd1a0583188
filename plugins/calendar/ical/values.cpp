// SPDX-License-Identifier: EUPL-1.2
#include "ical/values.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace kogge::calendar::ical {

namespace {

using kogge::detail::take;
using kogge::detail::take_number;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Error wrong(std::string_view text, char const* is) {
    std::string shown(text.substr(0, 60));
    return invalid("'" + shown + "' is " + is);
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<Wall> take_date(std::string_view& text) {
    int const y = take_number(text, 4), m = take_number(text, 2), d = take_number(text, 2);
    if (y < 1 || m < 0 || d < 0)
        return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year(y), std::chrono::month(unsigned(m)), std::chrono::day(unsigned(d))};
    if (!date.ok())
        return std::nullopt;
    return Wall(Day(date));
}

/// Digits of any number up to nine: more is no length of time that fits the calendar.
std::optional<long> take_digits(std::string_view& text) {
    long value = 0;
    std::size_t n = 0;
    for (; n < text.size() && text[n] >= '0' && text[n] <= '9'; ++n)
        if (n < 9)
            value = value * 10 + (text[n] - '0');
    if (n == 0 || n > 9)
        return std::nullopt;
    text.remove_prefix(n);
    return value;
}

std::optional<Duration> take_duration(std::string_view text) {
    int const sign = take(text, '-') ? -1 : 1;
    if (sign == 1)
        take(text, '+');
    if (!take(text, 'P') || text.empty())
        return std::nullopt;
    Duration out;
    bool clock = false;
    while (!text.empty()) {
        if (!clock && take(text, 'T')) {
            clock = true;
            if (text.empty())
                return std::nullopt;
        }
        auto const n = take_digits(text);
        if (!n || text.empty())
            return std::nullopt;
        char const unit = text.front();
        text.remove_prefix(1);
        if (unit == 'W' && !clock)
            out.days += days(*n * 7 * sign);
        else if (unit == 'D' && !clock)
            out.days += days(*n * sign);
        else if (unit == 'H' && clock)
            out.time += hours(*n * sign);
        else if (unit == 'M' && clock)
            out.time += minutes(*n * sign);
        else if (unit == 'S' && clock)
            out.time += seconds(*n * sign);
        else
            return std::nullopt;
    }
    return out;
}

std::optional<double> take_degrees(std::string_view text, double most) {
    std::string const copy(trimmed(text)); // from_chars takes no sign +
    auto const* begin = copy.c_str() + (copy.starts_with('+') ? 1 : 0);
    double value = 0;
    auto const [end, error] = std::from_chars(begin, copy.c_str() + copy.size(), value);
    if (error != std::errc() || end != copy.c_str() + copy.size() || !(value >= -most && value <= most))
        return std::nullopt;
    return value;
}

} // namespace

Result<Stamp> read_date(std::string_view text) {
    auto rest = trimmed(text);
    auto const wall = take_date(rest);
    if (!wall || !rest.empty())
        return wrong(text, "not a DATE; write it as 20270421");
    return Stamp{*wall, Stamp::Kind::date};
}

Result<Stamp> read_date_time(std::string_view text) {
    auto rest = trimmed(text);
    auto const wall = take_date(rest);
    bool const t = take(rest, 'T') || take(rest, 't');
    int const h = take_number(rest, 2), m = take_number(rest, 2), s = take_number(rest, 2);
    bool const utc = take(rest, 'Z') || take(rest, 'z');
    if (!wall || !t || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60 || !rest.empty())
        return wrong(text, "not a DATE-TIME; write it as 20270421T072400, or 20270421T052400Z in UTC");
    return Stamp{*wall + hours(h) + minutes(m) + seconds(std::min(s, 59)), utc ? Stamp::Kind::utc : Stamp::Kind::local};
}

Result<Stamp> read_stamp(std::string_view text) {
    auto const size = trimmed(text).size();
    return size <= 8 ? read_date(text) : read_date_time(text);
}

Result<Duration> read_duration(std::string_view text) {
    if (auto const out = take_duration(trimmed(text)))
        return *out;
    return wrong(text, "not a DURATION; write it as PT1H30M or P2D");
}

Result<Period> read_period(std::string_view text) {
    auto const slash = text.find('/');
    if (slash == std::string_view::npos)
        return wrong(text, "not a PERIOD; write it as 20270421T070000Z/PT1H");
    Period out;
    KOGGE_TRY(out.begin, read_date_time(text.substr(0, slash)));
    auto const rest = trimmed(text.substr(slash + 1));
    if (rest.starts_with('P') || rest.starts_with("+P")) {
        KOGGE_TRY(out.length, read_duration(rest));
        return out;
    }
    KOGGE_TRY(auto const end, read_date_time(rest));
    if (end.kind != out.begin.kind || end.wall < out.begin.wall)
        return wrong(text, "not a PERIOD; its end has to follow its beginning, both in UTC or neither");
    out.end = end;
    return out;
}

Result<seconds> read_utc_offset(std::string_view text) {
    auto rest = trimmed(text);
    int const sign = take(rest, '-') ? -1 : take(rest, '+') ? 1 : 0;
    int const h = take_number(rest, 2), m = take_number(rest, 2), s = rest.empty() ? 0 : take_number(rest, 2);
    if (!sign || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59 || !rest.empty())
        return wrong(text, "not a UTC-OFFSET; write it as +0200");
    return sign * (hours(h) + minutes(m) + seconds(s));
}

Result<long> read_integer(std::string_view text) {
    auto rest = trimmed(text);
    int const sign = take(rest, '-') ? -1 : 1;
    if (sign == 1)
        take(rest, '+');
    auto const digits = take_digits(rest);
    if (!digits || !rest.empty())
        return wrong(text, "not an INTEGER of at most nine digits");
    return sign * *digits;
}

std::string read_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        ++i;
        out += text[i] == 'n' || text[i] == 'N' ? '\n' : text[i];
    }
    return out;
}

std::vector<std::string_view> split_list(std::string_view text) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == ',') {
            out.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    out.push_back(text.substr(begin));
    return out;
}

std::string read_address(std::string_view text) {
    std::string out(trimmed(text));
    if (out.size() >= 7 && same_name(std::string_view(out).substr(0, 7), "mailto:")) {
        std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
        out.erase(7, std::min(out.find_first_not_of(' ', 7), out.size()) - 7);
    }
    return out;
}

Result<std::pair<double, double>> read_geo(std::string_view text) {
    // RFC 5545 separates by a semicolon; some escape it, some write a comma.
    auto const at = text.find_first_of(";,");
    auto const latitude = take_degrees(text.substr(0, text.find_first_of("\\;,")), 90);
    auto const longitude = at == std::string_view::npos ? std::nullopt : take_degrees(text.substr(at + 1), 180);
    if (!latitude || !longitude)
        return wrong(text, "not a GEO; write latitude and longitude as 53.55;9.99");
    return std::pair(*latitude, *longitude);
}

std::string to_text(Stamp const& stamp) {
    auto const day = std::chrono::floor<days>(stamp.wall);
    std::chrono::year_month_day const date(day);
    char out[32];
    int const n = std::snprintf(out, sizeof out, "%04d%02u%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
    if (stamp.kind == Stamp::Kind::date)
        return {out, std::size_t(n)};
    auto const clock = (stamp.wall - day).count();
    int const more = std::snprintf(out + n, sizeof out - std::size_t(n), "T%02d%02d%02d%s", int(clock / 3600), int(clock / 60 % 60),
                                   int(clock % 60), stamp.kind == Stamp::Kind::utc ? "Z" : "");
    return {out, std::size_t(n + more)};
}

std::string to_text(Duration const& duration) {
    auto const day_count = std::abs(duration.days.count());
    auto const clock = std::abs(duration.time.count());
    std::string out = duration.negative() ? "-P" : "P";
    if (day_count)
        out += std::to_string(day_count) + "D";
    if (clock || !day_count) {
        out += 'T';
        if (clock / 3600)
            out += std::to_string(clock / 3600) + "H";
        if (clock / 60 % 60)
            out += std::to_string(clock / 60 % 60) + "M";
        if (clock % 60 || !clock)
            out += std::to_string(clock % 60) + "S";
    }
    return out;
}

} // namespace kogge::calendar::ical
