// SPDX-License-Identifier: EUPL-1.2
#include "feed/words.hpp"

#include <array>
#include <utility>

namespace kogge::calendar {

namespace {

struct Said {
    char const *en, *nl, *de;
};

char const* in(Said const& said, std::string_view language) {
    std::string_view const base = language.substr(0, language.find('-'));
    return base == "nl" ? said.nl : base == "de" ? said.de : said.en;
}

constexpr std::array<Said, 16> words{{
    {"Programme", "Programma", "Programm"},
    {"Track", "Deelprogramma", "Teilgruppe"},
    {"Vehicle", "Voertuig", "Fahrzeug"},
    {"Interpreter", "Tolk", "Dolmetschen"},
    {"Tracks", "Groepen", "Gruppen"},
    {"Dress code", "Kleding", "Kleidung"},
    {"Interpretation", "Vertolking", "Verdolmetschung"},
    {"Service", "Dienst", "Verbindung"},
    {"Travel", "Vervoer", "Fahrt"},
    {"Delayed", "Vertraagd", "Verspätet"},
    {"Driver", "Chauffeur", "Fahrdienst"},
    {"All visits", "Alle bezoeken", "Alle Besuche"},
    {"Task", "Taak", "Aufgabe"},
    {"Visit", "Bezoek", "Besuch"},
    {"seats", "plaatsen", "Plätze"},
    {"Kept up to date by the protocol office; changes made here are not seen there.",
     "Bijgehouden door de afdeling protocol; wat u hier wijzigt, komt daar niet aan.",
     "Wird vom Protokoll gepflegt; was Sie hier ändern, kommt dort nicht an."},
}};

constexpr std::array<Said, 16> kinds{{
    {"Logistics", "Logistiek", "Logistik"},
    {"Meal", "Maaltijd", "Essen"},
    {"Plenary", "Plenair", "Plenum"},
    {"Ceremony", "Ceremonie", "Zeremonie"},
    {"Bilateral", "Bilateraal gesprek", "Bilaterales Gespräch"},
    {"Meeting", "Bijeenkomst", "Besprechung"},
    {"Tour", "Rondleiding", "Rundgang"},
    {"Workshop", "Workshop", "Workshop"},
    {"Briefing", "Briefing", "Einweisung"},
    {"Matchmaking", "Matchmaking", "Kontaktbörse"},
    {"Site visit", "Werkbezoek", "Besichtigung"},
    {"Rehearsal", "Generale repetitie", "Probe"},
    {"Press", "Pers", "Presse"},
    {"Reception", "Receptie", "Empfang"},
    {"Culture", "Cultuur", "Kultur"},
    {"Other", "Overig", "Sonstiges"},
}};

constexpr std::array<Said, 4> interpretation_modes{{
    {"simultaneous", "simultaan", "simultan"},
    {"consecutive", "consecutief", "konsekutiv"},
    {"whispered", "fluistertolk", "geflüstert"},
    {"liaison", "gesprekstolk", "Gesprächsdolmetschen"},
}};

constexpr std::array<std::pair<std::string_view, Said>, 11> transports{{
    {"rail", {"Train", "Trein", "Zug"}},
    {"bus", {"Bus", "Bus", "Bus"}},
    {"coach", {"Coach", "Touringcar", "Reisebus"}},
    {"minibus", {"Minibus", "Minibus", "Kleinbus"}},
    {"car", {"Car", "Auto", "Auto"}},
    {"motorcade", {"Motorcade", "Colonne", "Kolonne"}},
    {"boat", {"Boat", "Boot", "Schiff"}},
    {"bike", {"Bicycle", "Fiets", "Fahrrad"}},
    {"walk", {"On foot", "Te voet", "Zu Fuß"}},
    {"flight", {"Flight", "Vlucht", "Flug"}},
    {"taxi", {"Taxi", "Taxi", "Taxi"}},
}};

} // namespace

char const* word(Word word, std::string_view language) { return in(words.at(static_cast<std::size_t>(word)), language); }
char const* kind_word(ItemKind kind, std::string_view language) { return in(kinds.at(static_cast<std::size_t>(kind)), language); }
char const* mode_word(InterpretationMode mode, std::string_view language) {
    return in(interpretation_modes.at(static_cast<std::size_t>(mode)), language);
}

std::string transport_word(std::string_view mode, std::string_view language) {
    for (auto const& [name, said] : transports)
        if (name == mode)
            return in(said, language);
    return std::string(mode);
}

char const* language_of_words(std::string_view language) { return in({"en", "nl", "de"}, language); }

} // namespace kogge::calendar
