// SPDX-License-Identifier: EUPL-1.2
// What a client means by the VEVENT it sends: the difference to what it was last given, in the words of the programme. A time
// keeps the zone of its item whatever zone the client writes it in; a text is edited in the language it was shown in. Pure:
// knows no store and no HTTP.
#pragma once

#include "feed/event.hpp"
#include "ical/parse.hpp"

#include <kogge/json.hpp>

#include <string>
#include <vector>

namespace kogge::calendar::dav {

/// An entry as one reader sees it.
struct Given {
    Shown shown;             // an item or a leg
    Event event;             // as it is drawn for them
    std::vector<Text> texts; // title and note (texts_of) as they are shown
};

/// A text that was shown in another language than its source has.
struct TranslatedText {
    std::string field;
    Text text; // the new one, and the language it was shown in
    Text source;
};

struct Edit {
    json::object fields; // of the item or leg, only those that change
    std::vector<TranslatedText> translations;
};

/// The VEVENT of an object, which is all there may be in it besides time zones; without recurrence. The error is the
/// sentence for the client, in `language`.
Result<ical::Component const*> one_event(ical::Component const& calendar, std::string const& language);

/// ErrorCode::refused with the sentence when the client asks for what the programme cannot be.
Result<Edit> edit_of(Picture const& picture, Given const& given, ical::Component const& calendar, std::string const& language);

/// A new item of `visit`: proposed unless the client says more, at the venue its LOCATION names. Title and note are in
/// `language`. Its id is empty.
Result<ProgrammeItem> item_of(Picture const& picture, Visit const& visit, ical::Component const& calendar, std::string const& language);

} // namespace kogge::calendar::dav
