// SPDX-License-Identifier: EUPL-1.2
// What invitations and the page of answers say in Dutch, German and English; any other language gets English.
#pragma once

#include <kogge/time.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace kogge::calendar {

enum class Phrase {
    salutation, invited, changed, withdrawn, digest_first, digest_changed,
    subject_invited, subject_changed, subject_withdrawn, subject_digest, subject_declined_counter,
    new_here, now_different, gone, // heads of the parts of a digest
    what_changed, when, where, to, title, status, dress_code, interpretation, connection, note, delayed, tentative, confirmed, on_time, nothing,
    please_answer, answer_in_calendar, answer_here, answered, local_times, counter_declined,
    page_title, page_intro, accept, perhaps, decline, send_substitute, substitute_name, substitute_email, comment, send, thanks,
    no_such_link, no_such_link_why, is_off, is_over, your_answer, no_answer_yet, office_confirms, nothing_chosen, bad_substitute, changed_meanwhile,
};

/// `phrase` with each {name} in it replaced.
std::string say(Phrase phrase, std::string_view language, std::initializer_list<std::pair<std::string_view, std::string_view>> values = {});

/// "Thursday 22 April 2027, 14:00–15:15": wall clocks; the second day only when it is another one.
std::string span_text(LocalTime const& starts, LocalTime const& ends, std::string_view language);
/// "22 April, 14:00"
std::string short_time(LocalTime const& starts, std::string_view language);

} // namespace kogge::calendar
