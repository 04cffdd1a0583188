// SPDX-License-Identifier: EUPL-1.2
// A subscriber who knows RFC 5545 and RFC 5546 and nothing else: an event is its UID, and of two versions the newer is the
// one with the higher SEQUENCE, or with the later DTSTAMP when that is equal (RFC 5546 §2.1.5).
#pragma once

#include <map>
#include <string>

namespace kogge::calendar::test {

struct Held {
    int sequence = 0;
    std::string stamp, status, starts, summary;
    std::string bytes; // the whole component
    bool operator==(Held const&) const = default;
};
using Calendar = std::map<std::string, Held>; // by UID

/// The events of a feed, unfolded; throws on what breaks the format.
Calendar take_apart(std::string const& feed);

/// What to do with an event that is no longer in the feed: Google and Outlook throw the old calendar away, others leave an
/// entry alone until they are told of its end.
enum class Habit { replacing, cautious };

class Subscriber {
  public:
    explicit Subscriber(Habit habit) : habit_(habit) {}
    /// Throws when a version goes backwards, or when one version has two contents.
    void poll(std::string const& feed);
    /// What they would show: UID to start and summary.
    std::map<std::string, std::string> agenda() const;

  private:
    Habit habit_;
    Calendar held_;
};

} // namespace kogge::calendar::test
