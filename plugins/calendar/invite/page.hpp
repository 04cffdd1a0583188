// SPDX-License-Identifier: EUPL-1.2
// The page behind the link of a mail: what one is invited to, and the answer to it, without an account and without script.
// Looking at it changes nothing, for mail programs and scanners follow links by themselves.
#pragma once

#include "invite/letter.hpp"

#include <kogge/host.hpp>

#include <string>
#include <vector>

namespace kogge::calendar {

/// One form field after another: application/x-www-form-urlencoded.
using Form = std::vector<std::pair<std::string, std::string>>;
Form read_form(std::string_view body);

struct PageEntry {
    std::size_t number = 0; // of its form fields
    Invitation const* invitation = nullptr;
    bool over = false;
};

struct ReplyPage {
    std::string name;     // whose page it is
    std::string language; // nl, de, en
    std::string visit_title;
    std::string office;
    std::vector<PageEntry> entries;
    bool thanks = false;
    std::string wrong; // a sentence, when what was sent cannot be taken
};

Response show(ReplyPage const& page);
Response show_no_such_link(std::string const& language);

/// What was sent for one entry of the page; nothing when it was left alone. An error is a sentence in `language`.
struct Sent {
    Answer answer = Answer::none;
    std::optional<Substitute> substitute;
    std::string comment;
};
Result<std::optional<Sent>> sent_for(Form const& form, PageEntry const& entry, std::string const& language);

} // namespace kogge::calendar
