// SPDX-License-Identifier: EUPL-1.2
#include "api/doubled_member.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <deque>
#include <unordered_set>
#include <vector>

namespace kogge::host::api {

namespace {

/// An object or a list that is not closed yet.
struct Open {
    bool object = false;
    std::size_t index = 0;                        // of a list
    std::string_view name = {};                   // of an object: the member being read
    std::unordered_set<std::string_view> names = {};
};

class Scan {
  public:
    explicit Scan(std::string_view text) : text_(text) {}

    std::optional<std::string> run() {
        while (at_ < text_.size())
            switch (text_[at_++]) {
            case '{': open_.push_back({.object = true}); break;
            case '[': open_.push_back({}); break;
            case '}':
            case ']':
                if (!open_.empty())
                    open_.pop_back();
                break;
            case ',':
                if (!open_.empty())
                    ++open_.back().index;
                break;
            case '"':
                if (auto const name = string(); is_name() && !add(name))
                    return pointer();
                break;
            default: break;
            }
        return std::nullopt;
    }

  private:
    /// The inside of the string that has just begun, as it is written.
    std::string_view string() {
        auto const begin = at_;
        while (at_ < text_.size() && text_[at_] != '"')
            at_ += text_[at_] == '\\' ? 2 : 1;
        auto const end = std::min(at_, text_.size());
        at_ = end + 1;
        return text_.substr(begin, end - begin);
    }
    bool is_name() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r' || text_[at_] == '\n'))
            ++at_;
        return at_ < text_.size() && text_[at_] == ':' && !open_.empty() && open_.back().object;
    }
    /// False when the object has it already.
    bool add(std::string_view written) {
        open_.back().name = plain(written);
        return open_.back().names.insert(open_.back().name).second;
    }
    /// Without escapes: "na\u006de" is "name".
    std::string_view plain(std::string_view written) {
        if (written.find('\\') == written.npos)
            return written;
        boost::system::error_code ec;
        auto const value = boost::json::parse("\"" + std::string(written) + "\"", ec);
        return ec ? written : unescaped_.emplace_back(value.get_string());
    }
    std::string pointer() const {
        std::string out;
        for (auto const& one : open_) {
            out += '/';
            if (!one.object)
                out += std::to_string(one.index);
            for (char const c : one.name.substr(0, 80))
                out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        }
        return out;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Open> open_;
    std::deque<std::string> unescaped_;
};

} // namespace

std::optional<std::string> doubled_member(std::string_view text) { return Scan(text).run(); }

} // namespace kogge::host::api
