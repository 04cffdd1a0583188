// SPDX-License-Identifier: EUPL-1.2
// What waits in the lane, and what one transaction of it has done so far.
#pragma once

#include "store/change_set.hpp"
#include "store/lane.hpp"

#include <condition_variable>
#include <exception>

namespace kogge::host::store {

/// Lives on the stack of the thread that waits for it.
struct Lane::Job {
    json::object const* document = nullptr; // of a change set, to read it again when its transaction is repeated
    ChangeSetRequest request;
    bool used = false; // the request's fields were moved into a proposal
    std::string const* actor = nullptr;
    bool dry_run = false;
    std::function<void(Session&)> task; // instead of a change set
    bool writes = false;                // the task does

    Outcome outcome;
    std::exception_ptr error;
    bool finished = false; // under the lane's mutex
    std::condition_variable answered;
};

struct Lane::Group {
    struct Done {
        std::vector<Change> changes;
        Batch batch;
        std::int64_t at_us = 0;
    };
    std::int64_t seq = 0;
    std::vector<Done> done;
    std::size_t told = 0; // of done: how many the followers know
    std::vector<Commit> commits;

    /// Moves the followers back over what they were told of a transaction that came to nothing.
    void take_back(Publisher& publisher, std::int64_t committed) {
        while (told > 0) {
            auto const& last = done[--told];
            Batch back{committed, {}};
            for (auto change = last.changes.rbegin(); change != last.changes.rend(); ++change)
                back.changes.push_back(taken_back(*change, last.at_us));
            publisher.tell(back);
        }
    }
};

} // namespace kogge::host::store
