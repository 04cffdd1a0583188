// SPDX-License-Identifier: EUPL-1.2
// Runs LLVMFuzzerTestOneInput on a corpus and on what is made of it, and watches time and memory. What kills it, or takes
// longer or more than allowed, is written to a file that can be given back to it alone.
//
//   fuzz_x [--runs N] [--seconds N] [--seed N] [--limit-ms N] [--longest BYTES] [--dictionary FILE] FILE-OR-FOLDER …
#include "mutate.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <utility>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

std::atomic<std::size_t> allocated; // since the input began, given back or not
std::string const* current = nullptr;
char out_name[64];

/// Called from a signal: open, write, close and nothing else.
void keep_current(char const* why) {
    if (!current)
        return;
    auto const* input = std::exchange(current, nullptr);
    if (auto* file = std::fopen(out_name, "wb")) {
        std::fwrite(input->data(), 1, input->size(), file);
        std::fclose(file);
    }
    std::fprintf(stderr, "fuzz: %s; the input (%zu octets) is in %s\n", why, input->size(), out_name);
}

void on_signal(int number) {
    keep_current(number == SIGALRM ? "it takes too long" : strsignal(number));
    std::signal(number, SIG_DFL);
    std::raise(number == SIGALRM ? SIGABRT : number);
}

struct Options {
    std::size_t runs = 100'000'000, longest = 20'000;
    long seconds = 10, limit_ms = 20'000;
    std::uint64_t seed = 1;
    kogge::fuzz::Material material;
};

void add_corpus(Options& options, std::filesystem::path const& path) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(path))
        for (auto const& entry : std::filesystem::recursive_directory_iterator(path)) {
            if (entry.is_regular_file())
                files.push_back(entry.path());
        }
    else
        files.push_back(path);
    std::sort(files.begin(), files.end()); // the same seed gives the same inputs
    for (auto const& file : files) {
        std::ifstream in(file, std::ios::binary);
        options.material.corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
}

Options read_options(int count, char** arguments) {
    Options out;
    for (int i = 1; i < count; ++i) {
        std::string_view const name = arguments[i];
        if (!name.starts_with("--")) {
            add_corpus(out, arguments[i]);
            continue;
        }
        if (++i == count)
            throw std::invalid_argument(std::string(name) + " needs a value");
        std::string const value = arguments[i];
        if (name == "--runs") out.runs = std::stoull(value);
        else if (name == "--seconds") out.seconds = std::stol(value);
        else if (name == "--seed") out.seed = std::stoull(value);
        else if (name == "--limit-ms") out.limit_ms = std::stol(value);
        else if (name == "--longest") out.longest = std::stoull(value);
        else if (name == "--dictionary") out.material.words = kogge::fuzz::read_dictionary(value);
        else throw std::invalid_argument(std::string(name) + " is unknown");
    }
    if (out.material.corpus.empty())
        throw std::invalid_argument("no corpus: name a file or a folder with files in it");
    return out;
}

using Clock = std::chrono::steady_clock;

class Watch {
  public:
    explicit Watch(long limit_ms) : limit_ms_(limit_ms) {}

    void run(std::string const& input) {
        current = &input;
        allocated = 0;
        alarm(unsigned(limit_ms_ / 1000 + 5));
        auto const begin = Clock::now();
        // A copy of exactly this size, so that a step beyond it is seen.
        std::vector<std::uint8_t> const bytes(input.begin(), input.end());
        LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
        auto const ms = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count();
        alarm(0);
        slowest = std::max<long>(slowest, ms);
        largest = std::max(largest, allocated.load());
        if (ms > limit_ms_)
            fail("it takes too long");
        // What is allowed grows with the input: everything that is read of it is kept once or twice, and what it yields is bounded.
        if (allocated > (std::size_t(256) << 20) + 4'000 * input.size())
            fail("it takes too much memory");
        current = nullptr;
    }

    long slowest = 0;
    std::size_t largest = 0;

  private:
    [[noreturn]] static void fail(char const* why) {
        keep_current(why);
        std::_Exit(1);
    }
    long limit_ms_;
};

int drive(Options const& options) {
    std::snprintf(out_name, sizeof out_name, "fuzz-%llu-%d.bin", static_cast<unsigned long long>(options.seed), int(getpid()));
    for (int const number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGALRM})
        std::signal(number, on_signal);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback([] { keep_current("a sanitizer stops it"); });
    Watch watch(options.limit_ms);
    for (auto const& input : options.material.corpus)
        watch.run(input);
    std::mt19937_64 random(options.seed);
    std::size_t runs = 0;
    auto const begin = Clock::now();
    for (; runs < options.runs && Clock::now() - begin < std::chrono::seconds(options.seconds); ++runs)
        watch.run(kogge::fuzz::mutated(options.material, random, options.longest));
    std::printf("%zu of the corpus, %zu made of it, seed %llu, slowest %ld ms, at most %zu KB allocated\n", options.material.corpus.size(), runs,
                static_cast<unsigned long long>(options.seed), watch.slowest, watch.largest / 1024);
    return 0;
}

} // namespace

void* operator new(std::size_t size) {
    allocated += size;
    if (void* out = std::malloc(size ? size : 1))
        return out;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    allocated += size;
    return std::malloc(size ? size : 1);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

int main(int count, char** arguments) {
    try {
        return drive(read_options(count, arguments));
    } catch (std::exception const& e) {
        keep_current(e.what());
        std::fprintf(stderr, "fuzz: %s\n", e.what());
        return 1;
    }
}
