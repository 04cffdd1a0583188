// SPDX-License-Identifier: EUPL-1.2
#include "daemon/log.hpp"

#include <kogge/abi.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>

namespace kogge::host {

namespace {

spdlog::level::level_enum level_of(int level) {
    switch (level) {
    case KG_LOG_DEBUG: return spdlog::level::debug;
    case KG_LOG_INFO: return spdlog::level::info;
    case KG_LOG_WARN: return spdlog::level::warn;
    default: return spdlog::level::err;
    }
}

/// One event is one line: what came from outside cannot start another.
std::string one_line(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    return out;
}

/// The members after "at" and "level" of a JSON line, without the braces around.
std::string json_members(std::string_view part, std::string_view message) {
    auto const object = boost::json::serialize(boost::json::object{{"part", part}, {"message", message}});
    return object.substr(1, object.size() - 2);
}

} // namespace

LogSink standard_error_log(std::string const& level, std::string const& format) {
    bool const as_json = format == "json";
    auto logger = std::make_shared<spdlog::logger>("kogge", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    auto const* pattern = as_json ? R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc));
    logger->set_level(spdlog::level::from_str(level));
    logger->flush_on(spdlog::level::debug);
    return [logger, as_json](int of, std::string_view part, std::string_view message) {
        auto const weight = level_of(of);
        if (!logger->should_log(weight))
            return;
        logger->log(weight, as_json ? json_members(part, message) : std::string(part) + ": " + one_line(message));
    };
}

} // namespace kogge::host
