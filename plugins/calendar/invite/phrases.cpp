// SPDX-License-Identifier: EUPL-1.2
#include "invite/phrases.hpp"

#include <array>

namespace kogge::calendar {

namespace {

struct Said3 {
    char const *en, *nl, *de;
};

char const* in(Said3 const& said, std::string_view language) {
    auto const base = language.substr(0, language.find('-'));
    return base == "nl" ? said.nl : base == "de" ? said.de : said.en;
}

constexpr std::array<Said3, 56> phrases{{
    {"Dear {name},", "Geachte {name},", "Guten Tag {name},"},
    {"you are invited to:", "u bent uitgenodigd voor:", "Sie sind eingeladen zu:"},
    {"something has changed in what you are invited to:", "er is iets gewijzigd in uw uitnodiging voor:", "an Ihrer Einladung hat sich etwas geändert:"},
    {"this will not take place, or takes place without you:", "dit gaat niet door, of gaat zonder u door:", "dies entfällt, oder findet ohne Sie statt:"},
    {"this is your programme:", "dit is uw programma:", "dies ist Ihr Programm:"},
    {"your programme has changed. All {count} changes in one mail:", "uw programma is gewijzigd. Alle {count} wijzigingen in één bericht:",
     "Ihr Programm hat sich geändert. Alle {count} Änderungen in einer Nachricht:"},
    {"Invitation: {title}, {when}", "Uitnodiging: {title}, {when}", "Einladung: {title}, {when}"},
    {"Changed: {title}, {when}", "Gewijzigd: {title}, {when}", "Geändert: {title}, {when}"},
    {"Cancelled: {title}, {when}", "Vervallen: {title}, {when}", "Abgesagt: {title}, {when}"},
    {"Your programme: {visit} ({count})", "Uw programma: {visit} ({count})", "Ihr Programm: {visit} ({count})"},
    {"It stays as planned: {title}, {when}", "Het blijft zoals gepland: {title}, {when}", "Es bleibt wie geplant: {title}, {when}"},
    {"New", "Nieuw", "Neu"},
    {"Changed", "Gewijzigd", "Geändert"},
    {"Cancelled", "Vervallen", "Abgesagt"},
    {"What has changed:", "Wat er is gewijzigd:", "Was sich geändert hat:"},
    {"Time", "Tijd", "Zeit"},
    {"Place", "Plaats", "Ort"},
    {"To", "Naar", "Nach"},
    {"Title", "Titel", "Titel"},
    {"Status", "Status", "Status"},
    {"Dress code", "Kleding", "Kleidung"},
    {"Interpretation", "Vertolking", "Verdolmetschung"},
    {"Connection", "Verbinding", "Verbindung"},
    {"Note", "Opmerking", "Hinweis"},
    {"delayed", "vertraagd", "verspätet"},
    {"provisional", "voorlopig", "vorläufig"},
    {"confirmed", "bevestigd", "bestätigt"},
    {"on time", "op tijd", "pünktlich"},
    {"none", "geen", "keine"},
    {"Please let us know whether you will come.", "Laat ons weten of u komt.", "Bitte teilen Sie uns mit, ob Sie kommen."},
    {"You can answer in your calendar program.", "U kunt in uw agendaprogramma antwoorden.", "Sie können in Ihrem Kalenderprogramm antworten."},
    {"Accept, decline or send a substitute, without an account: {url}", "Accepteren, afwijzen of een vervanger sturen, zonder account: {url}",
     "Zusagen, absagen oder eine Vertretung schicken, ohne Konto: {url}"},
    {"Your answer, as we have it: {answer}", "Uw antwoord, zoals wij het kennen: {answer}", "Ihre Antwort, wie wir sie haben: {answer}"},
    {"All times are local times of the place.", "Alle tijden zijn plaatselijke tijden.", "Alle Zeiten sind Ortszeiten."},
    {"you proposed another time for this. It cannot be moved and stays as it is:", "u stelde hiervoor een andere tijd voor. Verplaatsen kan niet; het blijft zoals het is:",
     "Sie haben dafür eine andere Zeit vorgeschlagen. Eine Verlegung ist nicht möglich; es bleibt dabei:"},
    {"Your answer", "Uw antwoord", "Ihre Antwort"},
    {"{name}: please answer for each part.", "{name}: geef per onderdeel uw antwoord.", "{name}: bitte antworten Sie zu jedem Teil."},
    {"I will come", "Ik kom", "Ich komme"},
    {"I may come", "Ik kom misschien", "Ich komme vielleicht"},
    {"I cannot come", "Ik kom niet", "Ich komme nicht"},
    {"Somebody comes in my place", "Er komt iemand in mijn plaats", "Jemand kommt an meiner Stelle"},
    {"Name of the substitute", "Naam van de vervanger", "Name der Vertretung"},
    {"Mail address of the substitute", "E-mailadres van de vervanger", "E-Mail-Adresse der Vertretung"},
    {"Comment", "Opmerking", "Bemerkung"},
    {"Send the answer", "Antwoord versturen", "Antwort senden"},
    {"Thank you. Your answer has arrived; you can still change it here.", "Dank u. Uw antwoord is aangekomen; u kunt het hier nog wijzigen.",
     "Danke. Ihre Antwort ist angekommen; Sie können sie hier noch ändern."},
    {"This link does not work", "Deze link werkt niet", "Dieser Link funktioniert nicht"},
    {"It is incomplete or was withdrawn. Please answer the mail instead, or ask the protocol office.", "Hij is onvolledig of ingetrokken. Beantwoord het bericht, of vraag het bureau protocol.",
     "Er ist unvollständig oder wurde zurückgezogen. Bitte antworten Sie auf die E-Mail oder fragen Sie das Protokoll."},
    {"This does not take place for you any more.", "Dit gaat voor u niet meer door.", "Dies findet für Sie nicht mehr statt."},
    {"This is over.", "Dit is voorbij.", "Dies ist vorbei."},
    {"Your answer so far", "Uw antwoord tot nu toe", "Ihre bisherige Antwort"},
    {"none yet", "nog geen", "noch keine"},
    {"The protocol office confirms a substitute.", "Het bureau protocol bevestigt een vervanger.", "Das Protokoll bestätigt eine Vertretung."},
    {"Please choose an answer first.", "Kies eerst een antwoord.", "Bitte wählen Sie zuerst eine Antwort."},
    {"A substitute needs a name and a mail address such as name@example.org.", "Een vervanger heeft een naam en een e-mailadres zoals naam@example.org nodig.",
     "Eine Vertretung braucht einen Namen und eine E-Mail-Adresse wie name@example.org."},
    {"This has changed meanwhile; please look at it again.", "Dit is intussen gewijzigd; bekijk het nog eens.", "Dies hat sich inzwischen geändert; bitte sehen Sie es noch einmal an."},
}};

constexpr std::array<Said3, 7> weekdays{{
    {"Sunday", "zondag", "Sonntag"}, {"Monday", "maandag", "Montag"}, {"Tuesday", "dinsdag", "Dienstag"}, {"Wednesday", "woensdag", "Mittwoch"},
    {"Thursday", "donderdag", "Donnerstag"}, {"Friday", "vrijdag", "Freitag"}, {"Saturday", "zaterdag", "Samstag"},
}};
constexpr std::array<Said3, 12> months{{
    {"January", "januari", "Januar"}, {"February", "februari", "Februar"}, {"March", "maart", "März"}, {"April", "april", "April"},
    {"May", "mei", "Mai"}, {"June", "juni", "Juni"}, {"July", "juli", "Juli"}, {"August", "augustus", "August"},
    {"September", "september", "September"}, {"October", "oktober", "Oktober"}, {"November", "november", "November"}, {"December", "december", "Dezember"},
}};

std::string date_text(Day day, std::string_view language) {
    std::chrono::year_month_day const date(day);
    auto const number = std::to_string(unsigned(date.day()));
    auto out = number;
    if (language.starts_with("de"))
        out += ".";
    out += " ";
    return out += in(months.at(unsigned(date.month()) - 1), language);
}

std::string long_date(Day day, std::string_view language) {
    std::string out = in(weekdays.at(std::chrono::weekday(day).c_encoding()), language);
    out += language.starts_with("de") ? ", " : " ";
    out += date_text(day, language);
    out += " ";
    return out += std::to_string(int(std::chrono::year_month_day(day).year()));
}

} // namespace

std::string say(Phrase phrase, std::string_view language, std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    std::string_view rest = in(phrases.at(static_cast<std::size_t>(phrase)), language);
    std::string out;
    while (!rest.empty()) { // in one pass: a value may have braces in it
        auto const open = std::min(rest.find('{'), rest.size());
        out += rest.substr(0, open);
        rest.remove_prefix(open);
        auto const close = rest.find('}');
        if (rest.empty() || close == rest.npos)
            break;
        for (auto const& [name, value] : values)
            if (rest.substr(1, close - 1) == name)
                out += value;
        rest.remove_prefix(close + 1);
    }
    return out;
}

std::string span_text(LocalTime const& starts, LocalTime const& ends, std::string_view language) {
    auto out = long_date(day_of(starts), language);
    out += ", ";
    out += clock_text(starts);
    if (starts == ends)
        return out;
    out += "–";
    if (day_of(starts) != day_of(ends)) {
        out += long_date(day_of(ends), language);
        out += ", ";
    }
    return out += clock_text(ends);
}

std::string short_time(LocalTime const& starts, std::string_view language) {
    auto out = date_text(day_of(starts), language);
    out += ", ";
    return out += clock_text(starts);
}

} // namespace kogge::calendar
