// SPDX-License-Identifier: EUPL-1.2
// The programme as CalDAV collections: of each visit and its tracks, of a person, and of the user themselves. A view, not a
// copy: who edits here edits the programme, by the same change sets under the same checks.
//
//   slug              who sees it                                          listed in the home
//   programme         a user who is somebody in the programme              yes
//   visit.<id>        who may read, and is nobody in it or may write       while it is not long over
//   track.<id>        the same                                             with its visit
//   person.<id>       the same                                             no: by its address
#pragma once

#include "dav/projected_view.hpp"

#include <kogge/change.hpp>

#include <memory>

namespace kogge::calendar::dav {

class Projections final : public Source {
  public:
    struct Seams {
        Picture const& picture;
        decltype(View::Seams::translate) translate;
        decltype(View::Seams::read_log) read_log;
        /// The outcome document of the API, its findings said in `language`.
        std::function<Result<json::value>(ChangeSet const& changes, std::string const& language)> apply;
        std::function<Instant()> now;
        std::string link;    // of the desk, with {visit} and {id}
        int past_days = 365; // a visit that ended longer ago is listed no more
    };
    explicit Projections(Seams seams);

    /// To be followed beside the picture's.
    std::vector<World*> worlds() { return {&extras_.world, &translations_world_}; }

    std::vector<std::shared_ptr<Collection>> home(Principal const& who, std::string_view owner) override;
    std::shared_ptr<Collection> find(Principal const& who, std::string_view owner, std::string_view path) override;

  private:
    friend class Projected;
    std::shared_ptr<Collection> open(Principal const& who, std::string const& slug);
    std::shared_ptr<View> view(Principal const& who, FeedSpec const& spec);
    Answer<void> commit(ChangeSet const& changes, Principal const& who) const;

    Seams seams_;
    Extras extras_;
    Objects objects_;
    Mirror<EditableTranslation> translations_;
    World translations_world_{&translations_};
    View::Seams view_seams_;
    struct Kept {
        std::shared_ptr<View> view;
        std::uint64_t used = 0;
    };
    std::map<std::pair<std::string, FeedSpec>, Kept> views_;
    std::uint64_t uses_ = 0;
};

} // namespace kogge::calendar::dav
