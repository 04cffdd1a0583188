// SPDX-License-Identifier: EUPL-1.2
// Inputs made from others: bytes and lines changed, words of the format put in, two inputs crossed.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace kogge::fuzz {

struct Material {
    std::vector<std::string> corpus; // at least one
    std::vector<std::string> words; // of the dictionary
};

/// One of the corpus with one to eight changes, at most `longest` bytes.
std::string mutated(Material const& material, std::mt19937_64& random, std::size_t longest);

/// A libFuzzer dictionary: lines of "word" with \xAB, \\ and \" in it, # comments.
std::vector<std::string> read_dictionary(std::string const& path);

} // namespace kogge::fuzz
