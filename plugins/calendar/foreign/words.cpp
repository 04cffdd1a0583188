// SPDX-License-Identifier: EUPL-1.2
#include "foreign/words.hpp"

#include <array>

namespace kogge::calendar::foreign {

namespace {

struct Sentences {
    LookError error;
    char const *en, *nl, *de; // {} is the detail
};

constexpr std::array<Sentences, 16> sentences{{
    {LookError::none, "", "", ""},
    {LookError::invalid_address, "This is no address of a calendar: {}. It begins with https:// or webcal://, without a name or password in it.",
     "Dit is geen agenda-adres: {}. Het begint met https:// of webcal://, zonder naam of wachtwoord erin.",
     "Das ist keine Kalenderadresse: {}. Sie beginnt mit https:// oder webcal://, ohne Name oder Passwort darin."},
    {LookError::refused, "Kogge does not ask this address: {}.", "Kogge bevraagt dit adres niet: {}.", "Kogge fragt diese Adresse nicht ab: {}."},
    {LookError::unreachable, "The server cannot be reached: {}. Kogge tries again by itself.", "De server is niet bereikbaar: {}. Kogge probeert het vanzelf opnieuw.",
     "Der Server ist nicht erreichbar: {}. Kogge versucht es von selbst wieder."},
    {LookError::timeout, "The server did not answer in time: {}. Kogge tries again by itself.", "De server antwoordde niet op tijd: {}. Kogge probeert het vanzelf opnieuw.",
     "Der Server hat nicht rechtzeitig geantwortet: {}. Kogge versucht es von selbst wieder."},
    {LookError::sign_in, "The server refuses to show the calendar ({}). Enter name and password anew, or copy the calendar's address again.",
     "De server toont de agenda niet ({}). Voer naam en wachtwoord opnieuw in, of kopieer het adres van de agenda opnieuw.",
     "Der Server zeigt den Kalender nicht ({}). Bitte Name und Passwort neu eingeben oder die Adresse des Kalenders neu kopieren."},
    {LookError::not_found, "There is no calendar at this address ({}). Copy the address again where the calendar is kept.",
     "Op dit adres staat geen agenda ({}). Kopieer het adres opnieuw waar de agenda wordt bijgehouden.",
     "Unter dieser Adresse gibt es keinen Kalender ({}). Bitte die Adresse dort neu kopieren, wo der Kalender geführt wird."},
    {LookError::gone, "The calendar was removed for good ({}). Take it out here, or enter its new address.",
     "De agenda is definitief verwijderd ({}). Haal hem hier weg, of voer het nieuwe adres in.",
     "Der Kalender wurde endgültig entfernt ({}). Bitte hier herausnehmen oder seine neue Adresse eingeben."},
    {LookError::status, "The server answers with an error ({}). Kogge tries again by itself.", "De server antwoordt met een fout ({}). Kogge probeert het vanzelf opnieuw.",
     "Der Server antwortet mit einem Fehler ({}). Kogge versucht es von selbst wieder."},
    {LookError::too_large, "The calendar is too large: {}. Share a smaller one, without past years.", "De agenda is te groot: {}. Deel een kleinere, zonder voorbije jaren.",
     "Der Kalender ist zu groß: {}. Bitte einen kleineren freigeben, ohne vergangene Jahre."},
    {LookError::web_page, "There is a web page at this address, not a calendar: usually one to sign in. Use the calendar's own address (iCal, ICS).",
     "Op dit adres staat een webpagina en geen agenda: meestal een aanmeldpagina. Gebruik het adres van de agenda zelf (iCal, ICS).",
     "Unter dieser Adresse steht eine Webseite und kein Kalender: meist eine Anmeldeseite. Bitte die Adresse des Kalenders selbst verwenden (iCal, ICS)."},
    {LookError::encoding, "The calendar is not written in UTF-8 ({}). Save it as UTF-8.", "De agenda is niet in UTF-8 geschreven ({}). Sla hem op als UTF-8.",
     "Der Kalender ist nicht in UTF-8 geschrieben ({}). Bitte als UTF-8 speichern."},
    {LookError::not_calendar, "This is no calendar: {}. A calendar begins with BEGIN:VCALENDAR.", "Dit is geen agenda: {}. Een agenda begint met BEGIN:VCALENDAR.",
     "Das ist kein Kalender: {}. Ein Kalender beginnt mit BEGIN:VCALENDAR."},
    {LookError::truncated, "Only part of the calendar arrived: it ends with '{}' instead of END:VCALENDAR. Try again.",
     "De agenda is maar gedeeltelijk aangekomen: hij eindigt op '{}' in plaats van END:VCALENDAR. Probeer het opnieuw.",
     "Der Kalender ist nur zum Teil angekommen: er endet mit '{}' statt mit END:VCALENDAR. Bitte noch einmal versuchen."},
    {LookError::too_much, "Working out the calendar would take too long (given up after {}). Share a smaller one, without endless repetitions.",
     "Het uitwerken van de agenda zou te lang duren (gestopt na {}). Deel een kleinere, zonder eindeloze herhalingen.",
     "Den Kalender auszurechnen würde zu lange dauern (abgebrochen nach {}). Bitte einen kleineren freigeben, ohne endlose Wiederholungen."},
    {LookError::no_calendar, "No calendar was found in this account. Use the address that the calendar's settings call CalDAV.",
     "In dit account is geen agenda gevonden. Gebruik het adres dat de agenda-instellingen CalDAV noemen.",
     "In diesem Konto wurde kein Kalender gefunden. Bitte die Adresse verwenden, die in den Kalendereinstellungen CalDAV heißt."},
}};

} // namespace

std::string look_text(LookError error, std::string_view detail, std::string_view language) {
    for (auto const& sentence : sentences)
        if (sentence.error == error) {
            std::string out(language == "nl" ? sentence.nl : language == "de" ? sentence.de : sentence.en);
            if (auto const gap = out.find("{}"); gap != out.npos)
                out.replace(gap, 2, detail.empty() ? "-" : detail);
            return out;
        }
    return {};
}

} // namespace kogge::calendar::foreign
