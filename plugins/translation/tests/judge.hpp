// SPDX-License-Identifier: EUPL-1.2
// The independent judge of the rules: the same findings, read off the entities by brute force, quarter of an hour by
// quarter of an hour. Shares no code with the index, the sweep, the matching, the focus or the rules.
#pragma once

#include "../assign.hpp"
#include "../picture.hpp"

#include <map>
#include <string>

namespace kogge::translation::test {

/// Every standing finding of the whole world: its key, and the figures in it. All times must be whole quarters of an hour.
std::map<std::string, std::string> judge_everything(Picture const& picture);

/// What is wrong with a plan; empty when nothing is.
std::string faults(Plan const& plan, std::vector<Job> const& jobs, std::vector<Hand> const& hands);
/// The most places any plan fills, by trying everybody everywhere. For small questions.
int most_places(std::vector<Job> const& jobs, std::vector<Hand> const& hands);

} // namespace kogge::translation::test
