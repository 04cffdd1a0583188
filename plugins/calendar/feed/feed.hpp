// SPDX-License-Identifier: EUPL-1.2
// A feed: which entries it shows, and their bytes joined. Bytes of events are kept; an edit makes only those again that
// show what was edited.
#pragma once

#include "feed/audience.hpp"
#include "ical/reader.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kogge::calendar {

/// The operator's settings; the README explains them.
struct Settings {
    int refresh_minutes = 60;
    int past_days = 365;
    int cancelled_days = 30;
    std::string link;
    bool self_check = true;
    int cache_mb = 64;
};

struct Feed {
    std::string bytes;
    std::vector<std::string> tags;       // what they depend on: `<kind>:<id>`, `kind:<kind>`
    std::vector<std::string> unreadable; // events left out because libical did not read them as they were meant, and why
};

/// Texts in a language, in the order of the keys; what is not translated comes back as it is.
using Translate = std::function<std::vector<Text>(std::string const& language, std::vector<TextKey> const& keys)>;

/// Who reads events back.
using Reader = std::function<Result<ReadCalendar>(std::string const& text)>;

class Feeds {
  public:
    Feeds(Picture& picture, Graves& graves, Translate translate, Settings settings, Reader reader = read_calendar)
        : picture_(picture), graves_(graves), translate_(std::move(translate)), settings_(std::move(settings)), reader_(std::move(reader)) {}

    /// not_found when whoever it is for is not there.
    Result<Feed> render(FeedSpec const& spec, Instant now);

    /// Events drawn since the beginning: what is kept is not drawn again.
    std::size_t drawn() const { return drawn_; }

  private:
    struct Drawn {
        std::int64_t rev = 0, revised_us = 0;
        Neighbours neighbours;
        std::vector<Text> texts; // it was drawn with; the last is the visit's title
        std::string bytes;       // empty: unreadable
        std::string why;
    };
    /// An event that was drawn just now, beside what it was to say.
    struct Fresh {
        Drawn* drawn = nullptr;
        Event event;
    };
    Drawn const& draw(Shown const& shown, std::vector<Text> texts, std::string const& language, std::vector<Fresh>& fresh);
    void check(std::vector<Fresh> const& fresh);

    Picture& picture_;
    Graves& graves_;
    Translate translate_;
    Settings settings_;
    Reader reader_;
    std::map<std::pair<EntryId, std::string>, Drawn> kept_;
    std::size_t kept_bytes_ = 0;
    std::size_t drawn_ = 0;
};

} // namespace kogge::calendar
