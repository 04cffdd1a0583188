// SPDX-License-Identifier: EUPL-1.2
// What the command line says of results, in the languages of the house. Help is in English only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kogge::host::cli {

struct Sentence {
    std::string_view nl, de, en;
    /// With each {name} replaced.
    std::string in(std::string_view language, std::vector<std::pair<std::string_view, std::string>> const& values = {}) const;
};

// clang-format off
namespace words {

inline constexpr Sentence introduced{"dit levert op:", "das bringt mit sich:", "this brings:"};
inline constexpr Sentence shifted{"dit verschuift:", "das verschiebt:", "this shifts:"};
inline constexpr Sentence resolved{"dit lost op:", "das behebt:", "this resolves:"};
inline constexpr Sentence no_findings{"geen nieuwe bevindingen", "keine neuen Befunde", "no new findings"};
inline constexpr Sentence none_stand{"geen bevindingen", "keine Befunde", "no findings"};
inline constexpr Sentence told{"{n} te berichten: {names}", "{n} zu benachrichtigen: {names}", "{n} to be told: {names}"};
inline constexpr Sentence nobody_told{"niemand te berichten", "niemand zu benachrichtigen", "nobody to be told"};
inline constexpr Sentence and_more{"en nog {n}", "und {n} weitere", "and {n} more"};
inline constexpr Sentence confirm{"toch doen? [j/N] ", "trotzdem ausführen? [j/N] ", "do it all the same? [y/N] "};
inline constexpr Sentence waits{"niets gewijzigd: eerst bevestigen, met --yes", "nichts geändert: erst bestätigen, mit --yes",
                                "nothing was changed: to be confirmed first, with --yes"};
inline constexpr Sentence declined{"niets gewijzigd", "nichts geändert", "nothing was changed"};
inline constexpr Sentence refused{"niets gewijzigd: een controle staat dit niet toe", "nichts geändert: eine Prüfung lässt das nicht zu",
                                  "nothing was changed: a check does not allow it"};
inline constexpr Sentence only_tried{"alleen geprobeerd, niets gewijzigd", "nur geprüft, nichts geändert", "only tried, nothing was changed"};
inline constexpr Sentence unchanged{"alles is al zo", "alles ist schon so", "everything is so already"};
inline constexpr Sentence done{"gedaan; terugdraaien met: kogge undo {seq}", "erledigt; zurücknehmen mit: kogge undo {seq}", "done; take it back with: kogge undo {seq}"};
inline constexpr Sentence nothing_moves{"de speling vangt dit op; niets verschuift", "der Puffer fängt das auf; nichts verschiebt sich",
                                        "the slack absorbs it; nothing moves"};
inline constexpr Sentence imported{"ingelezen: {what}", "eingelesen: {what}", "imported: {what}"};
inline constexpr Sentence would_import{"zou inlezen: {what}", "würde einlesen: {what}", "would import: {what}"};
inline constexpr Sentence kept{"zo gelaten zoals het intussen is: {what}", "so gelassen, wie es inzwischen ist: {what}", "left as it is by now: {what}"};
inline constexpr Sentence skipped{"overgeslagen, want niemand kent het: {what}", "übergangen, weil niemand es kennt: {what}", "skipped, because nobody knows it: {what}"};
inline constexpr Sentence fields_of{"{n} × veld van {kind}", "{n} × Feld von {kind}", "{n} × field of {kind}"};
inline constexpr Sentence already_there{"alles is er al", "alles ist schon da", "everything is there already"};
inline constexpr Sentence importing{"{what} inlezen", "{what} einlesen", "importing {what}"};
inline constexpr Sentence sign_in{"aanmelden als {name} met wachtwoord {password}", "anmelden als {name} mit Passwort {password}", "sign in as {name} with password {password}"};
inline constexpr Sentence own_sign_in{"er zijn al gebruikers; meld u aan met uw eigen naam", "es gibt schon Benutzer; melden Sie sich mit dem eigenen Namen an",
                                      "there are users already; sign in with your own name"};

// heads of columns
inline constexpr Sentence level{"gewicht", "Gewicht", "level"};
inline constexpr Sentence code{"code", "Code", "code"};
inline constexpr Sentence subject{"onderwerp", "Gegenstand", "subject"};
inline constexpr Sentence sentence{"bevinding", "Befund", "finding"};
inline constexpr Sentence entry{"onderdeel", "Eintrag", "entry"};
inline constexpr Sentence old_time{"oud", "alt", "old"};
inline constexpr Sentence new_time{"nieuw", "neu", "new"};
inline constexpr Sentence why{"waarom", "warum", "why"};
inline constexpr Sentence name{"naam", "Name", "name"};
inline constexpr Sentence role{"rol", "Rolle", "role"};
inline constexpr Sentence language{"taal", "Sprache", "language"};
inline constexpr Sentence state{"toestand", "Zustand", "state"};
inline constexpr Sentence version{"versie", "Version", "version"};
inline constexpr Sentence reason{"reden", "Grund", "reason"};
inline constexpr Sentence who{"wie", "wer", "who"};
inline constexpr Sentence when{"wanneer", "wann", "when"};
inline constexpr Sentence change{"wijziging", "Änderung", "change"};
inline constexpr Sentence scope{"bereik", "Umfang", "scope"};
inline constexpr Sentence person{"persoon", "Person", "person"};
inline constexpr Sentence to{"aan", "an", "to"};
inline constexpr Sentence topic{"onderwerp", "Betreff", "subject"};
inline constexpr Sentence tries{"pogingen", "Versuche", "tries"};
inline constexpr Sentence last_used{"laatst gebruikt", "zuletzt benutzt", "last used"};

} // namespace words
// clang-format on

} // namespace kogge::host::cli
