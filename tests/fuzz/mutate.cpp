// SPDX-License-Identifier: EUPL-1.2
#include "mutate.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace kogge::fuzz {

namespace {

using Random = std::mt19937_64;

std::size_t below(Random& random, std::size_t n) { return n ? random() % n : 0; }
template <class List>
auto const& any_of(Random& random, List const& list) { return list[below(random, list.size())]; }

/// Begin and end of a line, its end included.
std::pair<std::size_t, std::size_t> any_line(std::string const& text, Random& random) {
    auto const at = below(random, text.size());
    auto const before = text.rfind('\n', at ? at - 1 : 0);
    auto const begin = before == std::string::npos || !at ? 0 : before + 1;
    auto const end = text.find('\n', at);
    return {begin, end == std::string::npos ? text.size() : end + 1};
}

void change_byte(std::string& text, Random& random) {
    if (!text.empty())
        text[below(random, text.size())] = char(random());
}
void flip_bit(std::string& text, Random& random) {
    if (!text.empty()) {
        auto& c = text[below(random, text.size())];
        c = char(static_cast<unsigned char>(c) ^ (1u << below(random, 8)));
    }
}
void remove_part(std::string& text, Random& random) { text.erase(below(random, text.size()), 1 + below(random, 40)); }
void repeat_part(std::string& text, Random& random) {
    auto const part = text.substr(below(random, text.size()), 1 + below(random, 100));
    auto const at = below(random, text.size() + 1);
    for (auto n = 1 + below(random, 20); n > 0; --n)
        text.insert(at, part);
}
void cut_off(std::string& text, Random& random) { text.resize(below(random, text.size() + 1)); }
void remove_line(std::string& text, Random& random) {
    auto const [begin, end] = any_line(text, random);
    text.erase(begin, end - begin);
}
void repeat_line(std::string& text, Random& random) {
    auto const [begin, end] = any_line(text, random);
    auto const line = text.substr(begin, end - begin);
    for (auto n = 1 + below(random, 3); n > 0; --n)
        text.insert(begin, line);
}
void move_line(std::string& text, Random& random) {
    auto const [begin, end] = any_line(text, random);
    auto const line = text.substr(begin, end - begin);
    text.erase(begin, end - begin);
    text.insert(any_line(text, random).first, line);
}
void change_number(std::string& text, Random& random) {
    static std::array<std::string, 12> const numbers{"0", "1", "-1", "53", "366", "2147483647", "-2147483648", "99999999999999999999", "9999", "0001", "60", "00000000"};
    auto const at = text.find_first_of("0123456789", below(random, text.size()));
    if (at == std::string::npos)
        return;
    auto const end = std::min(text.find_first_not_of("0123456789", at), text.size());
    if (random() % 2)
        text.replace(at, end - at, any_of(random, numbers));
    else
        text[at + below(random, end - at)] = char('0' + below(random, 10));
}

} // namespace

std::string mutated(Material const& material, Random& random, std::size_t longest) {
    auto text = any_of(random, material.corpus);
    for (auto n = 1 + below(random, 8); n > 0; --n) {
        switch (below(random, 13)) {
        case 0: change_byte(text, random); break;
        case 1: flip_bit(text, random); break;
        case 2: remove_part(text, random); break;
        case 3: repeat_part(text, random); break;
        case 4: random() % 8 ? remove_line(text, random) : cut_off(text, random); break;
        case 5: remove_line(text, random); break;
        case 6: repeat_line(text, random); break;
        case 7: move_line(text, random); break;
        case 8:
        case 9: change_number(text, random); break;
        case 10:
        case 11:
            if (!material.words.empty())
                text.insert(random() % 2 ? any_line(text, random).first : below(random, text.size() + 1), any_of(random, material.words));
            break;
        default: {
            auto const& other = any_of(random, material.corpus);
            auto const [begin, end] = any_line(other, random);
            text.insert(any_line(text, random).first, other.substr(begin, random() % 2 ? end - begin : 20 * (end - begin)));
        }
        }
        if (text.size() > longest)
            text.resize(longest);
    }
    return text;
}

std::vector<std::string> read_dictionary(std::string const& path) {
    std::vector<std::string> out;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        auto const begin = line.find('"'), end = line.rfind('"');
        if (line.starts_with('#') || begin == std::string::npos || end <= begin)
            continue;
        std::string word;
        for (auto i = begin + 1; i < end; ++i) {
            if (line[i] == '\\' && i + 3 < line.size() && line[i + 1] == 'x') {
                word += char(std::stoi(line.substr(i + 2, 2), nullptr, 16));
                i += 3;
            } else
                word += line[line[i] == '\\' ? ++i : i];
        }
        out.push_back(word);
    }
    return out;
}

} // namespace kogge::fuzz
