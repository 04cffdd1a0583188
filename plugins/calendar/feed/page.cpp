// SPDX-License-Identifier: EUPL-1.2
#include "feed/page.hpp"

#include "feed/html.hpp"
#include "feed/page_words.hpp"
#include "feed/qr.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kogge::calendar {

namespace {

constexpr char const* style = R"(
:root{color-scheme:light dark;--ink:#1b1f23;--paper:#fff;--line:#c9ced6;--act:#0b57a4}
@media(prefers-color-scheme:dark){:root{--ink:#eceff3;--paper:#15181c;--line:#444b55;--act:#8ec3ff}}
body{font:1.05rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:46rem;margin:0 auto;padding:1rem}
h1{line-height:1.2;margin:.2rem 0}h2{font-size:1.1rem;margin:0 0 .3rem}
section{border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem;margin:.8rem 0;break-inside:avoid}
p{margin:.3rem 0}a{color:var(--act)}
a.do{display:inline-block;border:2px solid var(--act);border-radius:.4rem;padding:.45rem .9rem;font-weight:600;text-decoration:none;margin:.2rem 0}
a:focus-visible{outline:3px solid var(--act);outline-offset:2px}
code{display:block;overflow-wrap:anywhere;user-select:all;border:1px solid var(--line);padding:.5rem;border-radius:.3rem}
svg{width:11rem;max-width:100%;border:1px solid var(--line)}
nav a{margin-right:.8rem}nav a[aria-current]{color:inherit;font-weight:600;text-decoration:none}
@media print{nav,a.do{display:none}body{max-width:none;font-size:10pt}}
)";

std::string element(std::string_view name, std::string_view text) {
    std::string out = "<";
    return out.append(name).append(">").append(html(text)).append("</").append(name).append(">\n");
}

std::string button(std::string const& address, std::string_view text) {
    return "<p><a class=\"do\" rel=\"noreferrer\" href=\"" + html(address) + "\">" + html(text) + "</a></p>\n";
}

std::string way(Guide::Way how, std::string const& https, std::string const& webcal, std::string const& name) {
    switch (how) {
    case Guide::Way::webcal: return webcal;
    case Guide::Way::google: return "https://calendar.google.com/calendar/r?cid=" + percent(webcal);
    case Guide::Way::outlook_web: return "https://outlook.office.com/calendar/0/addfromweb?url=" + percent(https) + "&name=" + percent(name);
    case Guide::Way::copy: break;
    }
    return {};
}

std::string soon(Guide const& guide, LinkPage const& page) {
    std::string text = guide.soon.in(page.language);
    if (auto const at = text.find('%'); at != text.npos)
        text.replace(at, 1, std::to_string(page.refresh_minutes));
    return text;
}

std::string languages(LinkPage const& page) {
    static constexpr std::array<std::pair<char const*, char const*>, 3> spoken{{{"nl", "Nederlands"}, {"de", "Deutsch"}, {"en", "English"}}};
    auto out = "<nav aria-label=\"" + html(page_words.language.in(page.language)) + "\">";
    for (auto const& [code, name] : spoken) {
        out.append("<a lang=\"").append(code).append("\" hreflang=\"").append(code).append("\" href=\"/calendar/");
        out.append(html(page.token)).append("/").append(code).append(page.language == code ? "\" aria-current=\"page\">" : "\">").append(name).append("</a>");
    }
    return out + "</nav>\n";
}

} // namespace

Result<std::string> link_page(LinkPage const& page) {
    auto const say = [&](Phrase3 const& phrase) { return std::string(phrase.in(page.language)); };
    auto const https = page.address + "/feeds/" + page.token + ".ics";
    std::string_view const address = page.address;
    std::string webcal = "webcal";
    webcal.append(address.substr(std::min(address.find(':'), address.size()))).append("/feeds/").append(page.token).append(".ics");
    KOGGE_TRY(auto const code, qr_svg(page.address + "/calendar/" + page.token, say(page_words.qr)));

    std::string out = "<!doctype html>\n<html lang=\"" + html(page.language) + "\"><head><meta charset=\"utf-8\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\"><meta name=\"robots\" content=\"noindex\">\n";
    out += element("title", page.name + " · " + say(page_words.title)) + "<style>" + style + "</style></head><body>\n" + languages(page) + "<main>\n";
    out += element("h1", page.name) + element("p", say(page_words.intro)) + element("p", say(page_words.today));
    for (auto const& guide : guides) {
        out += "<section>" + element("h2", guide.name.in(page.language)) + element("p", guide.how.in(page.language));
        if (auto const target = way(guide.way, https, webcal, page.name); !target.empty())
            out += button(target, guide.button.in(page.language));
        out += "<p><strong>" + html(say(page_words.how_soon)) + "</strong> " + html(soon(guide, page)) + "</p></section>\n";
    }
    out += "<section>" + element("h2", say(page_words.address)) + element("p", say(page_words.copy)) + element("code", https) + element("p", say(page_words.secret)) + "</section>\n";
    out += "<section>" + element("h2", say(page_words.qr)) + code + "</section>\n</main></body></html>\n";
    return out;
}

} // namespace kogge::calendar
