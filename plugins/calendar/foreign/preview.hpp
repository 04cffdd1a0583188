// SPDX-License-Identifier: EUPL-1.2
// What would come in, before it does. A look at an address takes its time: its preview is asked for again until it is there.
#pragma once

#include "foreign/look.hpp"

#include <kogge/json.hpp>

#include <map>
#include <string>

namespace kogge::calendar::foreign {

/// {"state":"ready","name","events","busy","free","cancelled","ours","zone","refresh_minutes","remarks":[…],
///  "first":[{"starts","ends","tentative","title"?}…],"clashes":[…]}; times on the calendar's own clock.
json::object preview_document(Digest const& digest, Reading const& reading, bool titles, json::array clashes);

class Previews {
  public:
    /// An id to ask by; busy when too many are open.
    Result<std::string> open(std::string user, Instant now);
    /// `ready` is what preview_document says, or why there is nothing to say.
    void close(std::string const& id, Looked<json::object> ready);
    /// {"preview":id,"state":"looking"}, what preview_document says, or {"preview","state":"failed","error":{"code","text"}}.
    /// Only whoever opened it finds it, for ten minutes.
    Result<json::object> find(std::string const& id, std::string_view user, std::string_view language, Instant now);

  private:
    struct Open {
        std::string user;
        Instant begun;
        std::optional<json::object> ready;
        Trouble trouble;
    };
    std::map<std::string, Open> open_;
};

} // namespace kogge::calendar::foreign
