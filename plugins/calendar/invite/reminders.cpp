// SPDX-License-Identifier: EUPL-1.2
#include "invite/reminders.hpp"

namespace kogge::calendar {

namespace {

std::string day_and_time(LocalTime const& time) { return to_text(day_of(time)) + " " + clock_text(time); }

} // namespace

void remind(Invitation const& invitation, std::string const& name, Findings& out) {
    if (invitation.withdrawn)
        return;
    std::map<std::string, std::string> args{{"name", name}, {"title", invitation.said.read_title}, {"when", day_and_time(invitation.said.starts)}};
    if (invitation.answer == Answer::declined)
        out.add(FindingLevel::note, "INVITATION_DECLINED", "answer", args);
    if (invitation.counter && invitation.counter->state == Wish::open) {
        args["proposed"] = day_and_time(invitation.counter->starts);
        out.add(FindingLevel::warn, "INVITATION_COUNTER", "counter", args);
    }
    if (invitation.substitute && invitation.substitute->state == Wish::open) {
        args["substitute"] = invitation.substitute->name;
        out.add(FindingLevel::warn, "INVITATION_SUBSTITUTE", "substitute", std::move(args));
    }
}

} // namespace kogge::calendar
