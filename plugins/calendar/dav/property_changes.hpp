// SPDX-License-Identifier: EUPL-1.2
// What PROPPATCH, MKCALENDAR, extended MKCOL and ACL ask to be set, read and judged as a whole before anything is changed.
#pragma once

#include "dav/properties.hpp"
#include "dav/tree.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kogge::calendar::dav {

struct Instruction {
    Name name;
    bool set = true;
    Element value; // of a set
};
/// D:set and D:remove in their order.
Answer<std::vector<Instruction>> read_instructions(Element const& update);

struct ReadChanges {
    PropertyChanges changes;
    std::optional<std::string> availability, default_calendar_href; // of an inbox
    std::map<Name, Refusal> failed;
    bool for_inbox() const { return availability || default_calendar_href; }
};
/// `making`: the collection is new, what is fixed later may be said now.
ReadChanges read_changes(std::vector<Instruction> const& wishes, bool making);

/// Of a DAV:resourcetype among them; nothing when there is none.
std::optional<Answer<About::Kind>> wanted_kind(std::vector<Instruction>& wishes);

/// The multistatus (or mkcol-response) that says what became of each; 424 for what fell with others.
void put_outcome(std::string& out, std::vector<Instruction> const& wishes, ReadChanges const& read, Name const& root, std::string_view href);

/// Shares of a DAV:acl. Refusals as RFC 3744 §8.1.1 names them.
Answer<std::vector<Share>> read_shares(Element const& acl, Tree const& tree, Principal const& owner);

/// The slug a schedule-default-calendar-URL names; nothing when it was not set.
Answer<std::optional<std::string>> default_calendar_of(ReadChanges const& read, Tree const& tree, Principal const& who);

} // namespace kogge::calendar::dav
