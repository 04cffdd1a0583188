// SPDX-License-Identifier: EUPL-1.2
// What a projected calendar says when it does not do what a client asks: a sentence that names the thing and the way out,
// in the languages of the house.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::calendar::dav {

struct Sentence {
    std::string_view nl, de, en;
    /// With each {name} replaced; any other language gets English.
    std::string in(std::string_view language, std::vector<std::pair<std::string_view, std::string>> const& values = {}) const;
};

// clang-format off
namespace words {

inline constexpr Sentence one_event{
    "een programmaonderdeel is één VEVENT; dit object bevat iets anders: {what}",
    "ein Programmpunkt ist ein VEVENT; dieses Objekt enthält etwas anderes: {what}",
    "a programme item is one VEVENT; this object holds something else: {what}"};
inline constexpr Sentence no_recurrence{
    "een programmaonderdeel herhaalt zich niet ({property}): maak voor elke keer een eigen onderdeel, of zet de reeks in een eigen agenda",
    "ein Programmpunkt wiederholt sich nicht ({property}): legen Sie für jedes Mal einen eigenen an, oder setzen Sie die Serie in einen eigenen Kalender",
    "a programme item does not recur ({property}): make one for each time, or put the series into a calendar of your own"};
inline constexpr Sentence needs_clock{
    "een programmaonderdeel heeft een begin- en eindtijd; een hele dag ({value}) kan niet",
    "ein Programmpunkt hat Beginn und Ende nach der Uhr; ganztägig ({value}) geht nicht",
    "a programme item begins and ends by the clock; a whole day ({value}) is not possible"};
inline constexpr Sentence no_start{"DTSTART ontbreekt", "DTSTART fehlt", "DTSTART is missing"};
inline constexpr Sentence ends_early{
    "het einde ({ends}) ligt niet na het begin ({starts})", "das Ende ({ends}) liegt nicht nach dem Beginn ({starts})", "the end ({ends}) is not after the beginning ({starts})"};
inline constexpr Sentence no_title{"een programmaonderdeel heeft een titel nodig (SUMMARY)", "ein Programmpunkt braucht einen Titel (SUMMARY)", "a programme item needs a title (SUMMARY)"};
inline constexpr Sentence unknown_venue{
    "er is geen locatie '{name}'; kies een bekende{near}, of voeg haar toe op de desk",
    "es gibt keinen Ort '{name}'; wählen Sie einen bekannten{near}, oder legen Sie ihn im Desk an",
    "there is no venue '{name}'; choose one that is known{near}, or add it on the desk"};
inline constexpr Sentence two_venues{
    "'{name}' is meer dan één locatie; schrijf haar adres erbij: {list}",
    "'{name}' sind mehrere Orte; schreiben Sie die Adresse dazu: {list}",
    "'{name}' is more than one venue; add its address: {list}"};
inline constexpr Sentence near_ones{" (bijvoorbeeld {list})", " (zum Beispiel {list})", " ({list}, for instance)"};
inline constexpr Sentence leg_title{
    "de titel van een traject volgt uit vervoer, vertrek en aankomst; wijzig die op de desk",
    "der Titel eines Reiseabschnitts folgt aus Verkehrsmittel, Abfahrt und Ankunft; ändern Sie die im Desk",
    "the title of a leg follows from how, whence and whither it goes; change those on the desk"};
inline constexpr Sentence leg_place{
    "waar een traject begint en eindigt, wijzigt u op de desk", "wo ein Reiseabschnitt beginnt und endet, ändern Sie im Desk", "where a leg begins and ends is changed on the desk"};
inline constexpr Sentence leg_note{
    "een traject toont hier geen eigen notitie; schrijf haar op de desk", "ein Reiseabschnitt zeigt hier keine eigene Notiz; schreiben Sie sie im Desk",
    "a leg shows no note of its own here; write it on the desk"};
inline constexpr Sentence leg_new{
    "een traject maakt u op de desk: het heeft een vertrek, een aankomst en een voertuig", "einen Reiseabschnitt legen Sie im Desk an: er hat Abfahrt, Ankunft und Fahrzeug",
    "a leg is made on the desk: it has a from, a to and a vehicle"};
inline constexpr Sentence fixed_properties{
    "naam en kleur volgen uit het programma; wijzig ze in uw eigen agendaprogramma", "Name und Farbe folgen aus dem Programm; ändern Sie sie in Ihrem eigenen Kalenderprogramm",
    "name and colour follow from the programme; change them in your own calendar program"};
inline constexpr Sentence leg_state{
    "een traject is gepland of vervalt; 'voorlopig' kent het niet", "ein Reiseabschnitt ist geplant oder fällt aus; 'vorläufig' kennt er nicht",
    "a leg is planned or cancelled; it is never tentative"};
inline constexpr Sentence unknown_state{
    "STATUS {value} kent een programmaonderdeel niet; TENTATIVE, CONFIRMED of CANCELLED", "STATUS {value} kennt ein Programmpunkt nicht; TENTATIVE, CONFIRMED oder CANCELLED",
    "a programme item has no STATUS {value}; TENTATIVE, CONFIRMED or CANCELLED"};
inline constexpr Sentence read_only{
    "u mag het programma lezen, maar niet wijzigen; vraag het protocolbureau", "Sie dürfen das Programm lesen, aber nicht ändern; fragen Sie das Protokoll",
    "you may read the programme but not change it; ask the protocol office"};
inline constexpr Sentence to_confirm{
    "niets gewijzigd; eerst bevestigen op de desk: {findings}", "nichts geändert; erst im Desk bestätigen: {findings}", "nothing was changed; to be confirmed on the desk first: {findings}"};
inline constexpr Sentence refused{
    "niets gewijzigd; een controle staat dit niet toe: {findings}", "nichts geändert; eine Prüfung lässt das nicht zu: {findings}",
    "nothing was changed; a check does not allow it: {findings}"};
inline constexpr Sentence changed_meanwhile{
    "iemand anders heeft dit intussen gewijzigd; haal het opnieuw op", "jemand anders hat dies inzwischen geändert; laden Sie es neu",
    "somebody else has changed this meanwhile; fetch it again"};
inline constexpr Sentence same_uid{
    "UID {uid} is al een ander onderdeel van het programma; een kopie heeft een eigen UID nodig", "UID {uid} ist schon ein anderer Programmpunkt; eine Kopie braucht eine eigene UID",
    "UID {uid} is another item of the programme already; a copy needs a UID of its own"};
inline constexpr Sentence other_uid{
    "dit onderdeel heeft UID {uid}; een UID verandert niet", "dieser Programmpunkt hat die UID {uid}; eine UID ändert sich nicht", "this item has the UID {uid}; a UID does not change"};
inline constexpr Sentence which_visit{
    "in welk bezoek dit hoort, is hier niet te zien; zet het in de agenda van het bezoek", "zu welchem Besuch dies gehört, ist hier nicht zu sehen; setzen Sie es in den Kalender des Besuchs",
    "which visit this belongs to cannot be told here; put it into the calendar of the visit"};
inline constexpr Sentence too_much{
    "wat uw programma bij dit onderdeel bewaart is te groot: {bytes} bytes, hoogstens {most}", "was Ihr Programm bei diesem Eintrag aufbewahrt, ist zu groß: {bytes} Bytes, höchstens {most}",
    "what your program keeps with this entry is too much: {bytes} bytes, {most} at most"};

// names of collections
inline constexpr Sentence own_programme{"Mijn programma", "Mein Programm", "My programme"};
inline constexpr Sentence about_view{
    "Een blik op het programma: wie hier wijzigt, wijzigt het programma zelf.", "Eine Ansicht des Programms: Wer hier ändert, ändert das Programm selbst.",
    "A view of the programme: whoever edits here edits the programme itself."};

} // namespace words
// clang-format on

} // namespace kogge::calendar::dav
