// SPDX-License-Identifier: EUPL-1.2
#include "ical/busy.hpp"

#include "ical/series_walk.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace kogge::calendar::ical {

namespace {

constexpr std::ptrdiff_t most_layers = 100;
constexpr std::size_t most_sentences = 100;

/// What kind of busy an event is; nothing when it blocks no time. Outlook says more than STATUS and TRANSP in a property of its own.
std::optional<Busy> kind_of(Component const& event) {
    if (same_name(event.value("TRANSP"), "TRANSPARENT") || same_name(event.value("STATUS"), "CANCELLED"))
        return std::nullopt;
    auto const outlook = event.value("X-MICROSOFT-CDO-BUSYSTATUS");
    if (same_name(outlook, "FREE"))
        return std::nullopt;
    if (same_name(event.value("STATUS"), "TENTATIVE") || same_name(outlook, "TENTATIVE"))
        return Busy::tentative;
    return same_name(outlook, "OOF") ? Busy::unavailable : Busy::busy;
}

std::optional<Busy> kind_named(std::string_view name) {
    if (same_name(name, "FREE"))
        return std::nullopt;
    if (same_name(name, "BUSY-TENTATIVE"))
        return Busy::tentative;
    return same_name(name, "BUSY-UNAVAILABLE") ? Busy::unavailable : Busy::busy; // RFC 5545 §3.2.9: what is not known is BUSY
}

Interval clipped(Interval const& when, Interval const& range) { return when.intersect(range); }

/// What of `span` the open periods leave; they are in order and apart.
std::vector<Interval> left_of(Interval const& span, std::vector<BusyPeriod> const& open) {
    std::vector<Interval> out;
    auto from = span.begin;
    for (auto const& period : open) {
        out.push_back({from, period.when.begin});
        from = period.when.end;
    }
    out.push_back({from, span.end});
    std::erase_if(out, [](Interval const& i) { return i.empty(); });
    return out;
}

/// Layers of VAVAILABILITY: each covers those below, where it is open as well (RFC 7953 §4).
class Layers {
  public:
    void cover(Interval const& span, Busy type, std::vector<BusyPeriod> const& open) {
        std::vector<BusyPeriod> next;
        for (auto const& period : list_) {
            next.push_back({{period.when.begin, std::min(period.when.end, span.begin)}, period.type});
            next.push_back({{std::max(period.when.begin, span.end), period.when.end}, period.type});
        }
        for (auto const& closed : left_of(span, open))
            next.push_back({closed, type});
        std::erase_if(next, [](BusyPeriod const& p) { return p.when.empty(); });
        list_ = std::move(next);
    }
    std::vector<BusyPeriod> const& list() const { return list_; }

  private:
    std::vector<BusyPeriod> list_;
};

class Collecting {
  public:
    Collecting(Interval range, ZoneBook const& zones, RecurLimits const& limits)
        : range_(range), zones_(zones), limits_(limits), left_(limits.steps * 10) {}

    void events(Component const& calendar) {
        for (auto const& series : series_of(calendar, "VEVENT")) {
            std::map<Component const*, std::optional<Busy>> kinds; // looked up once, not for each occurrence
            each(series, [&](Occurrence const& o) {
                auto const [at, fresh] = kinds.try_emplace(o.component);
                if (fresh)
                    at->second = kind_of(*o.component);
                if (at->second)
                    add({clipped(o.when, range_), *at->second, o.component});
            });
        }
    }

    void published(Component const& part) {
        for (auto const* property : part.all("FREEBUSY")) {
            auto const kind = kind_named(property->parameter("FBTYPE").value_or("BUSY"));
            for (auto const text : split_list(property->value()))
                if (auto const period = read_period(text); !period)
                    unreadable(about(*property, period.error()));
                else if (kind)
                    add({clipped(interval_of(period.value(), zones_.clock(period.value().begin, *property)), range_), *kind, &part});
        }
    }

    /// PRIORITY 1 is painted last; 0, which is none, first.
    void availability(Component const& calendar) {
        std::vector<std::pair<long, Component const*>> parts;
        for (auto const& part : calendar.components)
            if (part.is("VAVAILABILITY")) {
                auto const priority = read_integer(part.value("PRIORITY"));
                parts.emplace_back(priority && priority.value() > 0 ? priority.value() : 10, &part);
            }
        std::stable_sort(parts.begin(), parts.end(), [](auto const& a, auto const& b) { return a.first > b.first; });
        if (std::ssize(parts) > most_layers) {
            out_.cut = "more than " + std::to_string(most_layers) + " VAVAILABILITY; those of the lowest priority are left out";
            parts.erase(parts.begin(), parts.end() - most_layers);
        }
        Layers layers;
        for (auto const& [priority, part] : parts)
            cover(*part, layers);
        for (auto const& period : layers.list())
            add(period);
    }

    BusyTimes done() {
        std::stable_sort(out_.list.begin(), out_.list.end(), [](auto const& a, auto const& b) { return a.when < b.when; });
        return std::move(out_);
    }

  private:
    void cover(Component const& part, Layers& layers) {
        auto const whole = availability_span(part, zones_);
        if (!whole)
            return unreadable(whole.error());
        auto const span = clipped(whole.value(), range_);
        if (span.empty())
            return;
        std::vector<BusyPeriod> open;
        for (auto const& series : series_of(part, "AVAILABLE"))
            each(series, [&](Occurrence const& o) { open.push_back({clipped(o.when, span)}); });
        auto const type = part.value("BUSYTYPE");
        layers.cover(span, kind_named(type.empty() ? "BUSY-UNAVAILABLE" : type).value_or(Busy::unavailable), joined(std::move(open)));
    }

    /// Every occurrence of the range that lasts.
    template <class F>
    void each(Series const& series, F const& take) {
        auto limits = limits_;
        limits.steps = std::min(limits.steps, left_);
        auto walk = SeriesWalk::of(series, zones_, limits.steps);
        if (!walk)
            return unreadable(walk.error());
        auto const cut = walk.value().each(range_, [&](Occurrence const& o) {
            if (o.when.empty() || !o.when.overlaps(range_))
                return true;
            if (++taken_ > limits_.occurrences)
                return false;
            take(o);
            return true;
        });
        left_ -= walk.value().steps_taken();
        if (!cut.empty())
            out_.cut = cut;
        if (taken_ > limits_.occurrences)
            out_.cut = "more than " + std::to_string(limits_.occurrences) + " occurrences";
    }

    void add(BusyPeriod const& period) {
        if (!period.when.empty())
            out_.list.push_back(period);
    }
    void unreadable(Error const& error) {
        if (out_.unreadable.size() < most_sentences)
            out_.unreadable.push_back(error.message);
    }

    Interval range_;
    ZoneBook const& zones_;
    RecurLimits const& limits_;
    std::int64_t left_;
    std::size_t taken_ = 0;
    BusyTimes out_;
};

} // namespace

std::string_view to_text(Busy type) {
    switch (type) {
    case Busy::tentative: return "BUSY-TENTATIVE";
    case Busy::unavailable: return "BUSY-UNAVAILABLE";
    case Busy::busy: break;
    }
    return "BUSY";
}

BusyTimes busy(Component const& calendar, Interval range, ZoneBook const& zones, RecurLimits const& limits) {
    Collecting out(range, zones, limits);
    out.events(calendar);
    out.availability(calendar);
    for (auto const& part : calendar.components)
        if (part.is("VFREEBUSY"))
            out.published(part);
    return out.done();
}

/// Along the ends of all periods: between two of them, the strongest kind that is open.
std::vector<BusyPeriod> joined(std::vector<BusyPeriod> periods) {
    struct End {
        Instant at;
        Busy type;
        int by;
    };
    std::vector<End> ends;
    for (auto const& period : periods)
        if (!period.when.empty()) {
            ends.push_back({period.when.begin, period.type, 1});
            ends.push_back({period.when.end, period.type, -1});
        }
    std::sort(ends.begin(), ends.end(), [](End const& a, End const& b) { return a.at < b.at; });
    std::vector<BusyPeriod> out;
    std::array<int, 3> open{};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        open.at(std::size_t(ends[i].type)) += ends[i].by;
        if (i + 1 == ends.size() || ends[i + 1].at == ends[i].at)
            continue;
        auto const strongest = std::find_if(open.rbegin(), open.rend(), [](int n) { return n > 0; });
        if (strongest == open.rend())
            continue;
        BusyPeriod const next{{ends[i].at, ends[i + 1].at}, Busy(open.rend() - strongest - 1)};
        if (!out.empty() && out.back().when.end == next.when.begin && out.back().type == next.type)
            out.back().when.end = next.when.end;
        else
            out.push_back(next);
    }
    return out;
}

} // namespace kogge::calendar::ical
