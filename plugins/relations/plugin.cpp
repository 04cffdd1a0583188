// SPDX-License-Identifier: EUPL-1.2
// Where relations meets the host: its entities and its rules.
#include "importer.hpp"
#include "rules.hpp"

#include <kogge/plugin.hpp>
#include <kogge/scenario.hpp>

namespace kogge::relations {

class Relations {
  public:
    explicit Relations(Host& host) : host_(host) {}

    void start() {
        std::chrono::days const notice(host_.setting<int>("agreement_notice_days", static_cast<int>(usual_notice.count())));
        if (notice < std::chrono::days(0))
            throw std::runtime_error("setting agreement_notice_days: give a number of days from 0");
        host_.entity<Agreement>({.cascade = {"city"}, .title = "title"});
        host_.entity<Outcome>({.per_visit = true, .cascade = {"visit"}, .title = "title"});
        host_.follow(picture_.world);
        host_.rules("agreements and reciprocity", picture_.world,
                    [this, notice](Scope const& scope, Findings& out, Told& told) {
            check(picture_, scope, notice, out, told);
        });
        host_.importer(scenario_format, [](json::object const& document) { return import_relations(document); });
    }

  private:
    Host& host_;
    Picture picture_;
};

} // namespace kogge::relations

KOGGE_PLUGIN(kogge::relations::Relations);
