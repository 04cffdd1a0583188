// SPDX-License-Identifier: EUPL-1.2
#include "texts.hpp"

#include <algorithm>

namespace kogge::translation {

namespace {

constexpr std::string_view bridge = "en"; // what foreigners read when their own language is missing

std::string_view primary(std::string_view language) { return language.substr(0, language.find('-')); }

struct TextRequest {
    std::string language;
    std::vector<TextKey> keys;
};
BOOST_DESCRIBE_STRUCT(TextRequest, (), (language, keys))

json::object document(TextKey const& key, Reading const& reading) {
    return {{"entity", key.entity},         {"id", key.id},
            {"field", key.field},           {"text", reading.text},
            {"language", reading.language}, {"state", to_json(reading.state)}};
}

Error no_language(std::string_view text, std::string field) {
    return invalid("'" + std::string(text.substr(0, 40)) + "' is not a language; write it as nl, de or en", std::move(field));
}

/// Collects the texts of a visit, each with its source and the row that would be edited.
class VisitTexts {
  public:
    VisitTexts(Picture const& picture, std::string const& language) : picture_(picture), language_(language) {}

    void add(std::string const& entity, std::string const& id) {
        for (auto const& key : picture_.texts_of(entity, id)) {
            auto const& source = *picture_.source(key);
            auto out = document(key, read(picture_, key, language_));
            out["source"] = to_json(source);
            out["translation"] = nullptr;
            if (auto const* own = picture_.translation(key, language_))
                out["translation"] = {{"id", own->id.str()},
                                      {"rev", picture_.translations.row(own->id)->rev},
                                      {"text", own->text},
                                      {"source_text", own->source_text},
                                      {"origin", to_json(own->origin)}};
            list_.push_back(std::move(out));
        }
    }
    json::array take() { return std::move(list_); }

  private:
    Picture const& picture_;
    std::string const& language_;
    json::array list_;
};

/// ISO 639-1: a code of two letters that is none of these is no language at all.
bool is_assigned(std::string_view code) {
    static constexpr std::string_view codes =
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo "
        "fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
        "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se "
        "sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";
    for (std::size_t at = 0; at < codes.size(); at += 3)
        if (codes.substr(at, 2) == code) return true;
    return false;
}

} // namespace

bool stale(Translation const& translation, Text const& source) { return translation.source_text != source.text; }

bool is_language(std::string_view text) {
    constexpr std::size_t shortest = 2, longest_primary = 3, longest = 35; // RFC 5646 §4.4.1
    auto const first = primary(text);
    auto const letter = [](char c) { return c >= 'a' && c <= 'z'; };
    auto const any = [&](char c) { return letter(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
    return first.size() >= shortest && first.size() <= longest_primary && text.size() <= longest && text.back() != '-'
           && std::ranges::all_of(first, letter) && std::ranges::all_of(text, any) && (first.size() > shortest || is_assigned(first));
}

Reading read(Picture const& picture, TextKey const& key, std::string_view language) {
    auto const* source = picture.source(key);
    if (!source) return {};
    if (source->empty() || language == source->language) return {source->text, source->language, TextState::source};
    auto const translated = [&](std::string_view into) -> Translation const* {
        auto const* found = picture.translation(key, std::string(into));
        return found && !found->text.empty() ? found : nullptr;
    };
    for (auto const asked : {language, primary(language)})
        if (auto const* own = translated(asked))
            return {own->text, own->language, stale(*own, *source) ? TextState::stale : TextState::translated, own};
        else if (asked == primary(source->language))
            return {source->text, source->language, TextState::source};
    if (auto const* english = primary(source->language) == bridge ? nullptr : translated(bridge);
        english && !stale(*english, *source))
        return {english->text, english->language, TextState::missing, english};
    return {source->text, source->language, TextState::missing};
}

Result<json::value> texts_service(Picture const& picture, json::value const& request) {
    KOGGE_TRY(auto const wanted, from_json<TextRequest>(request));
    if (!is_language(wanted.language)) return no_language(wanted.language, "/language");
    json::array texts;
    texts.reserve(wanted.keys.size());
    for (auto const& key : wanted.keys) texts.push_back(document(key, read(picture, key, wanted.language)));
    return json::value{{"texts", std::move(texts)}};
}

json::value texts_view(Picture const& picture, Visit const& visit, std::string const& language) {
    VisitTexts texts(picture, language);
    for (auto const& [entity, id] : picture.subjects_of(visit.id)) texts.add(entity, id);
    if (visit.partner_city) texts.add(kind_of<City>(), visit.partner_city->str());
    for (auto const& theme : visit.themes) texts.add(kind_of<Theme>(), theme.str());
    return {{"visit", visit.id.str()}, {"language", language}, {"texts", texts.take()}};
}

} // namespace kogge::translation
