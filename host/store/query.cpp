// SPDX-License-Identifier: EUPL-1.2
#include "store/query.hpp"

#include <kogge/id.hpp>
#include <kogge/time.hpp>

#include <boost/json/serialize.hpp>

#include <charconv>

namespace kogge::host::store {

namespace {

std::string_view operator_of(Compare compare) {
    return compare == Compare::equal ? " = ?" : compare == Compare::from ? " >= ?" : " < ?";
}

Error no_value(Field const& field, Condition const& condition, std::string_view wanted) {
    return invalid("'" + condition.value.substr(0, 60) + "' is no value of " + field.name + "; write " + std::string(wanted),
                   "/" + condition.field);
}

/// With the zone in brackets, or with only an offset ("Z", "+02:00"): then it is the instant that counts.
std::optional<Instant> instant_in(std::string_view text) {
    if (auto const local = parse_local_time(text)) return instant_of(local.value());
    auto const day = kogge::detail::take_day(text);
    auto const clock = day ? kogge::detail::take_clock(text) : std::nullopt;
    auto const offset = clock ? kogge::detail::take_offset(text) : std::nullopt;
    if (!offset || !*offset || !text.empty()) return std::nullopt;
    return Instant(Instant(day->time_since_epoch()) + *clock - **offset);
}

Result<void> compare_local_time(Field const& field, Condition const& condition, Where& where) {
    auto const column = sql_name(field.name);
    if (auto const day = parse_day(condition.value)) {
        // The text begins with the wall clock's day and compares byte by byte.
        auto const first = to_text(day.value()), next = to_text(day.value() + std::chrono::days(1));
        if (condition.compare == Compare::equal)
            where.add(column + " >= ? AND " + column + " < ?", {first, next});
        else
            where.add(column + std::string(operator_of(condition.compare)), {first});
        return boost::outcome_v2::success();
    }
    auto const instant = instant_in(condition.value);
    if (!instant)
        return no_value(field, condition, "2027-04-21, 2027-04-21T05:24:00Z or 2027-04-21T07:24:00+02:00[Europe/Amsterdam]");
    where.add(sql_name(field.name + "_utc") + std::string(operator_of(condition.compare)),
              {static_cast<long long>(instant->time_since_epoch().count())});
    return boost::outcome_v2::success();
}

template <class Number>
Result<void> compare_number(Field const& field, Condition const& condition, Where& where) {
    Number number{};
    auto const* end = condition.value.data() + condition.value.size();
    if (auto const [stopped, ec] = std::from_chars(condition.value.data(), end, number); ec != std::errc() || stopped != end)
        return no_value(field, condition, "a number");
    where.add(sql_name(field.name) + std::string(operator_of(condition.compare)), {Cell(number)});
    return boost::outcome_v2::success();
}

Result<void> holds(Dialect const& dialect, Field const& field, Condition const& condition, std::string const& needle,
                   Where& where) {
    if (condition.compare != Compare::equal)
        return invalid(field.name + " has no order; ask for " + field.name + "=value", "/" + condition.field);
    where.add(dialect.find + "(" + sql_name(field.name) + ", ?) > 0", {needle});
    return boost::outcome_v2::success();
}

Result<void> compare_field(Dialect const& dialect, Field const& field, Condition const& condition, Where& where) {
    auto const text = json::serialize(json::value(condition.value));
    switch (field.type) {
    case FieldType::local_time: return compare_local_time(field, condition, where);
    case FieldType::integer: return compare_number<std::int64_t>(field, condition, where);
    case FieldType::number: return compare_number<double>(field, condition, where);
    case FieldType::boolean:
        if (condition.value != "true" && condition.value != "false") return no_value(field, condition, "true or false");
        where.add(sql_name(field.name) + " = ?", {condition.value == "true" ? 1 : 0});
        return boost::outcome_v2::success();
    case FieldType::day:
        if (auto const day = parse_day(condition.value); !day) return no_value(field, condition, "2027-04-21");
        break;
    case FieldType::text: return holds(dialect, field, condition, "\"text\":" + text, where);
    case FieldType::list: {
        auto const inner = field.items.front().type;
        if (inner == FieldType::string || inner == FieldType::id || inner == FieldType::enumeration)
            return holds(dialect, field, condition, text, where);
        return invalid(field.name + " cannot be filtered by", "/" + condition.field);
    }
    case FieldType::money:
    case FieldType::map:
    case FieldType::object: return invalid(field.name + " cannot be filtered by", "/" + condition.field);
    default: break;
    }
    where.add(sql_name(field.name) + std::string(operator_of(condition.compare)), {condition.value});
    return boost::outcome_v2::success();
}

} // namespace

Result<Where> where_of(Dialect const& dialect, EntityType const& type, std::vector<Condition> const& conditions) {
    Where where;
    for (auto const& condition : conditions) {
        if (condition.value.find('\0') != std::string::npos)
            return invalid("a value must not contain the character U+0000", "/" + condition.field);
        if (condition.field == "id") {
            where.add("id" + std::string(operator_of(condition.compare)), {condition.value});
            continue;
        }
        auto const* field = type.field(condition.field);
        if (!field || field->sensitive)
            return invalid(type.a() + (field ? " cannot be filtered by '" : " has no field '") + condition.field.substr(0, 60)
                               + "'",
                           "/" + condition.field);
        if (condition.value.empty() && field->optional && condition.compare == Compare::equal) {
            where.add(sql_name(field->name) + " IS NULL", {});
            continue;
        }
        KOGGE_TRY(compare_field(dialect, *field, condition, where));
    }
    return where;
}

} // namespace kogge::host::store
