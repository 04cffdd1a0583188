// SPDX-License-Identifier: EUPL-1.2
#include "http/cache.hpp"
#include "http/dispatch.hpp"
#include "http/negotiate.hpp"
#include "http/wire.hpp"

#include <boost/test/unit_test.hpp>
#include <zlib.h>

using namespace kogge::host::http;

namespace {

std::shared_ptr<CachedBody const> body_of(std::size_t size) { return make_cached(Response::text(200, std::string(size, 'x'), "image/png"), 1000); }

std::string gunzip(std::string_view packed, std::size_t room = 1U << 20U) {
    std::string out(room, '\0');
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    auto const result = inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return result == Z_STREAM_END ? out : "not gzip";
}

Request with(Fields headers) {
    Request request;
    request.method = "GET";
    request.headers = std::move(headers);
    return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cache)

BOOST_AUTO_TEST_CASE(an_answer_stays_until_its_tag_is_touched) {
    Cache cache;
    BOOST_TEST(cache.insert("/a", body_of(10), {"visit:1", "people"}, cache.ticket()));
    BOOST_TEST(cache.insert("/b", body_of(10), {"visit:2", "people"}, cache.ticket()));
    cache.invalidate(std::vector<std::string>{"visit:1"});
    BOOST_TEST(!cache.find("/a"));
    BOOST_TEST(cache.find("/b").get());
    cache.invalidate(std::vector<std::string>{"people", "visit:2", "never seen"});
    BOOST_TEST(!cache.find("/b"));
    BOOST_TEST(cache.stats().bytes == 0U);
}

BOOST_AUTO_TEST_CASE(an_answer_computed_before_an_invalidation_is_not_kept_after_it) {
    Cache cache;
    auto const before = cache.ticket();
    cache.invalidate(std::vector<std::string>{"visit:1"});
    BOOST_TEST(!cache.insert("/a", body_of(10), {"visit:1"}, before));
    BOOST_TEST(!cache.find("/a"));
    BOOST_TEST(cache.insert("/b", body_of(10), {"visit:2"}, before));       // another tag: untouched
    BOOST_TEST(cache.insert("/a", body_of(10), {"visit:1"}, cache.ticket()));   // computed after: kept
    BOOST_TEST(cache.stats().stale_refused == 1U);
}

BOOST_AUTO_TEST_CASE(clearing_makes_every_older_ticket_stale) {
    Cache cache;
    auto const before = cache.ticket();
    cache.clear();
    BOOST_TEST(!cache.insert("/a", body_of(10), {}, before));
    BOOST_TEST(cache.insert("/a", body_of(10), {}, cache.ticket()));
}

BOOST_AUTO_TEST_CASE(forgetting_old_invalidations_errs_on_the_safe_side) {
    Cache cache;
    auto const before = cache.ticket();
    cache.invalidate(std::vector<std::string>{"visit:1"});
    for (int i = 0; i < 70; ++i) {
        std::vector<std::string> many;
        for (int j = 0; j < 1000; ++j) many.push_back(std::to_string(i * 1000 + j));
        cache.invalidate(many);
    }
    BOOST_TEST(!cache.insert("/a", body_of(10), {"visit:1"}, before));
}

BOOST_AUTO_TEST_CASE(the_bound_holds_and_what_is_used_stays) {
    Cache cache(40'000);
    auto const key = [](int i) { return "/" + std::to_string(i); };
    for (int i = 0; i < 100; ++i) {
        BOOST_TEST(cache.insert(key(i), body_of(4000), {"all"}, cache.ticket()));
        BOOST_TEST(cache.stats().bytes <= 40'000U);
        if (i > 0) BOOST_TEST(cache.find(key(0)).get());
    }
    BOOST_TEST(!cache.find(key(50)));
    BOOST_TEST(!cache.insert("/huge", body_of(20'000), {}, cache.ticket()));
    cache.invalidate(std::vector<std::string>{"all"});
    BOOST_TEST(cache.stats().entries == 0U);
}

BOOST_AUTO_TEST_CASE(both_variants_carry_their_own_tag_and_length) {
    std::string const text(5000, 'k');
    auto const made = make_cached(Response::json(200, text), 1000);
    auto const* packed = made->packed();
    BOOST_REQUIRE(packed);
    BOOST_TEST(gunzip(packed->body) == text);
    BOOST_TEST(packed->etag == made->plain.etag.substr(0, 33) + "-gz\"");
    BOOST_TEST(packed->ok_head.find("Content-Encoding: gzip\r\n") != std::string::npos);
    BOOST_TEST(made->plain.ok_head.find("Content-Length: 5000\r\n") != std::string::npos);
    for (auto const* variant : {&made->plain, packed})
        for (auto const& head : {variant->ok_head, variant->not_modified_head}) {
            BOOST_TEST(head.find("ETag: " + variant->etag + "\r\n") != std::string::npos);
            BOOST_TEST(head.find("Vary: Accept-Encoding\r\n") != std::string::npos);
            BOOST_TEST(head.find("Cache-Control: private, no-cache\r\n") != std::string::npos);
        }
    BOOST_TEST(make_cached(Response::json(200, text))->plain.etag == made->plain.etag);
    BOOST_TEST(make_cached(Response::json(200, text + "."))->plain.etag != made->plain.etag);
}

BOOST_AUTO_TEST_CASE(a_large_body_is_packed_when_somebody_asks_for_it) {
    std::string text;
    for (int i = 0; text.size() < 400'000; ++i) text += "line " + std::to_string(i) + "\n";
    auto const made = make_cached(Response::json(200, text), 1000);
    auto const size = made->bytes();
    BOOST_TEST(made->unpacked());
    BOOST_TEST(!made->packed());
    BOOST_TEST(made->plain.ok_head.find("Vary: Accept-Encoding\r\n") != std::string::npos);
    made->pack();
    made->pack();
    BOOST_REQUIRE(made->packed());
    BOOST_TEST(!made->unpacked());
    BOOST_TEST(gunzip(made->packed()->body) == text);
    BOOST_TEST(made->packed()->ok_head.find("Content-Length: " + std::to_string(made->packed()->body.size()) + "\r\n") != std::string::npos);
    BOOST_TEST(made->bytes() == size);
    BOOST_TEST(!make_cached(Response::text(200, std::string(400'000, 'x'), "image/png"))->unpacked());
}

BOOST_AUTO_TEST_CASE(if_none_match_knows_lists_weak_tags_and_star) {
    auto const matches = [](char const* value) { return not_modified(with({{"If-None-Match", value}}), "\"a\"", 1000); };
    for (auto const* value : {"\"a\"", "W/\"a\"", "\"x\", \"a\"", "\"x,y\" ,W/\"a\"", "*", " * "}) BOOST_TEST(matches(value), value);
    for (auto const* value : {"\"b\"", "a", "\"x, \"a", "", "\"A\""}) BOOST_TEST(!matches(value), value);
    BOOST_TEST(not_modified(with({{"If-None-Match", "\"x\""}, {"if-none-match", "\"a\""}}), "\"a\"", {}));
}

BOOST_AUTO_TEST_CASE(if_none_match_goes_before_if_modified_since) {
    auto const later = http_date(2000), earlier = http_date(500);
    BOOST_TEST(not_modified(with({{"If-Modified-Since", later}}), "\"a\"", 1000));
    BOOST_TEST(not_modified(with({{"If-Modified-Since", http_date(1000)}}), "\"a\"", 1000));
    BOOST_TEST(!not_modified(with({{"If-Modified-Since", earlier}}), "\"a\"", 1000));
    BOOST_TEST(!not_modified(with({{"If-Modified-Since", later}, {"If-None-Match", "\"b\""}}), "\"a\"", 1000));
    BOOST_TEST(!not_modified(with({{"If-Modified-Since", "soon"}}), "\"a\"", 1000));
}

BOOST_AUTO_TEST_CASE(gzip_is_a_matter_of_quality) {
    for (auto const* value : {"gzip", "br, gzip;q=0.5", "GZIP", "*", "deflate;q=0, *;q=0.1"}) BOOST_TEST(accepts_gzip(with({{"Accept-Encoding", value}})), value);
    for (auto const* value : {"", "br", "gzip;q=0", "gzip; q=0.000, *", "identity", "*;q=0"}) BOOST_TEST(!accepts_gzip(with({{"Accept-Encoding", value}})), value);
}

BOOST_AUTO_TEST_CASE(the_date_is_told_only_when_its_second_is_over) {
    Answer const answer(with({}), body_of(10));
    BOOST_TEST(answer.last_modified_line(1000).empty());
    BOOST_TEST(answer.last_modified_line(1001) == "Last-Modified: Thu, 01 Jan 1970 00:16:40 GMT\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
