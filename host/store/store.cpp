// SPDX-License-Identifier: EUPL-1.2
#include "store/store.hpp"

#include "store/backup.hpp"
#include "store/findings.hpp"
#include "store/lane.hpp"
#include "store/lease.hpp"
#include "store/log.hpp"
#include "store/query.hpp"
#include "store/schema.hpp"
#include "store/undo.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace kogge::host::store {

namespace {

constexpr int load_batch = 1'000;
constexpr int most_listed = 10'000;

std::int64_t system_now_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Error error_of(DatabaseError const& e) {
    return {e.trouble == Trouble::busy || e.trouble == Trouble::lost ? ErrorCode::busy : ErrorCode::failed, e.what()};
}

json::object entry_document(Rows const& rows, Entry const& entry) {
    json::object out{{"seq", entry.seq},
                     {"change_set", entry.change_set},
                     {"at", instant_text(entry.at_us)},
                     {"actor", entry.actor},
                     {"reason", entry.reason},
                     {"entity", entry.entity},
                     {"id", entry.id},
                     {"visit", entry.visit.empty() ? json::value() : json::value(entry.visit)},
                     {"rev", entry.rev},
                     {"op", entry.op}};
    auto const* type = rows.catalogue().find(entry.entity);
    auto const side = [&](std::string const& text) -> json::value {
        auto fields = type ? log_fields(rows.cipher(), *type, entry.id, text, false) : std::optional<json::object>();
        return fields ? json::value(std::move(*fields)) : json::value();
    };
    out["before"] = side(entry.before);
    out["after"] = side(entry.after);
    return out;
}

} // namespace

struct Store::Impl {
    Impl(Options o, Dialect d, Catalogue c)
        : options(std::move(o)),
          dialect(std::move(d)),
          catalogue(std::move(c)),
          cipher(options.key),
          rows(catalogue, cipher),
          publisher([this](int level, std::string_view message) { options.log(level, message); }) {}

    Options options;
    Dialect dialect;
    Catalogue catalogue;
    Cipher cipher;
    Rows rows;
    Publisher publisher;
    std::unique_ptr<Pool> pool;
    std::unique_ptr<Lane> lane;

    Result<Table const*> table(std::string_view kind) const {
        if (auto const* found = rows.table(kind)) return found;
        return Error{ErrorCode::not_found,
                     "there is no entity '" + std::string(kind.substr(0, 60)) + "'; GET /api/v1/entities lists them", "/kind"};
    }
    /// A query whose failure is an answer.
    template <class F>
    auto read(F const& work) const -> decltype(work(std::declval<Session&>())) {
        try {
            return pool->read(work);
        } catch (DatabaseError const& e) {
            return error_of(e);
        }
    }
};

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::~Store() {
    if (impl_) stop();
}

Result<std::unique_ptr<Store>> Store::open(Options options) {
    if (!options.now_us) options.now_us = system_now_us;
    if (!options.log) options.log = [](int, std::string_view) {};
    KOGGE_TRY(auto dialect, Dialect::of(options.url));
    KOGGE_TRY(auto catalogue, Catalogue::read(options.descriptions));
    auto impl = std::make_unique<Impl>(std::move(options), std::move(dialect), std::move(catalogue));
    try {
        auto session = std::make_unique<Session>(impl->dialect);
        KOGGE_TRY(migrate(*session, impl->options, impl->rows));
        auto const seq = session->value("SELECT seq FROM kogge_counter WHERE id = 1", {}, Storage::integer).integer;
        impl->pool = std::make_unique<Pool>(impl->dialect, impl->options.readers);
        impl->lane = std::make_unique<Lane>(impl->options, impl->rows, impl->publisher, std::move(session), seq);
    } catch (DatabaseError const& e) {
        return Error{ErrorCode::failed,
                     "cannot open the store: " + std::string(e.what()) + "; look whether it exists, is ours and has room"};
    }
    return std::unique_ptr<Store>(new Store(std::move(impl)));
}

Catalogue const& Store::catalogue() const { return impl_->catalogue; }
std::int64_t Store::seq() const { return impl_->lane->seq(); }
std::size_t Store::waiting() const { return impl_->lane->waiting(); }
void Store::stop() { impl_->lane->stop(); }

Outcome Store::apply(json::object const& change_set, std::string const& actor, bool dry_run) {
    return impl_->lane->apply(change_set, actor, dry_run);
}

Result<json::object> Store::undo_of(std::int64_t seq) const {
    return impl_->read([&](Session& session) { return undo(session, impl_->rows, seq); });
}

Result<json::object> Store::get(std::string_view kind, std::string_view id, Access const& access) const {
    KOGGE_TRY(auto const* table, impl_->table(kind));
    auto document = impl_->read([&](Session& session) -> Result<json::object> {
        auto found = impl_->rows.load(session, *table, id, access.care);
        if (!found)
            return Error{ErrorCode::not_found, "there is no " + std::string(kind) + " " + std::string(id.substr(0, 80)), "/id"};
        return std::move(*found);
    });
    if (!document) return document;
    if (access.care && table->type->has_sensitive())
        impl_->lane->note({impl_->options.now_us(), access.actor, std::string(kind), std::string(id)});
    document.value()["updated"] = instant_text(number_of(document.value(), "updated_us"));
    return document;
}

Result<Page> Store::list(std::string_view kind, ListQuery const& query) const {
    KOGGE_TRY(auto const* table, impl_->table(kind));
    KOGGE_TRY(auto where, where_of(impl_->dialect, *table->type, query.conditions));
    auto const limit = std::clamp(query.limit, 1, most_listed);
    where.add("id > ?", {query.after});
    where.values.emplace_back(limit + 1);
    return impl_->read([&](Session& session) -> Result<Page> {
        Page page;
        // Read first: whoever asks for everything after it may see a change twice, never miss one.
        page.seq = session.value("SELECT seq FROM kogge_counter WHERE id = 1", {}, Storage::integer).integer;
        session.query(table->select + " WHERE " + where.sql + " ORDER BY id LIMIT ?", where.values, table->shape,
                      [&](Cells row) {
            auto document = impl_->rows.document(*table, row, false);
            document["updated"] = instant_text(number_of(document, "updated_us"));
            page.items.push_back(std::move(document));
        });
        if (page.items.size() > std::size_t(limit)) {
            page.items.pop_back();
            page.next = text_of(page.items.back(), "id");
        }
        return page;
    });
}

Result<json::array> Store::log(LogQuery const& query) const {
    Where where;
    where.add("seq > ?", {query.since});
    for (auto const& [column, value] : {std::pair{"entity = ?", &query.entity}, std::pair{"id = ?", &query.id},
                                        std::pair{"visit = ?", &query.visit}, std::pair{"change_set = ?", &query.change_set}})
        if (!value->empty()) where.add(column, {*value});
    for (auto const& type : impl_->catalogue.types())
        if (type.internal && !(query.internal && type.kind == query.entity)) where.add("entity <> ?", {type.kind});
    return impl_->read([&](Session& session) -> Result<json::array> {
        json::array out;
        for (auto const& entry : read_entries(session, where.sql, where.values, std::clamp(query.limit, 1, 100'000)))
            out.push_back(entry_document(impl_->rows, entry));
        return out;
    });
}

json::array Store::findings(std::string_view visit) const {
    json::array out;
    auto const request = json::serialize(
        json::object{{"visit", visit.empty() ? json::value() : json::value(visit)}, {"changes", json::array()}});
    impl_->lane->run([&](Session&) {
        auto checked = impl_->lane->check(request);
        out = keyed(std::move(checked.after), checked.failed);
    });
    return out;
}

void Store::follow(std::vector<std::string> kinds, std::function<void(std::string_view batch)> tell) {
    Follower follower{{kinds.begin(), kinds.end()}, std::move(tell)};
    impl_->lane->run([&](Session& session) {
        for (auto const& kind : follower.kinds)
            if (auto const* table = impl_->rows.table(kind))
                impl_->rows.each(session, *table, load_batch, [&](std::vector<json::object>&& documents) {
                    std::vector<std::string> creations;
                    for (auto& document : documents) {
                        Change change{
                            .table = table, .id = std::string(text_of(document, "id")), .rev = number_of(document, "rev")};
                        auto const at = number_of(document, "updated_us");
                        change.after = std::move(document);
                        creations.push_back(told(change, at).text);
                    }
                    impl_->publisher.load(follower, impl_->lane->seq(), creations);
                });
        impl_->publisher.add(std::move(follower));
    });
}

void Store::on_commit(std::function<void(Commit const&)> tell) {
    impl_->lane->run([&](Session&) { impl_->publisher.add(std::move(tell)); });
}

void Store::note_read(std::string actor, std::string entity, std::string id) const {
    impl_->lane->note({impl_->options.now_us(), std::move(actor), std::move(entity), std::move(id)});
}

Result<void> Store::add_uses(std::span<Use const> uses, std::int64_t oldest_day) try {
    impl_->lane->run([&](Session& session) { store::add_uses(session, uses, oldest_day); }, Lane::Task::writes);
    return boost::outcome_v2::success();
} catch (std::runtime_error const& e) {
    return Error{ErrorCode::failed, e.what()};
}

Result<std::vector<Use>> Store::uses() const {
    return impl_->read([](Session& session) -> Result<std::vector<Use>> { return read_uses(session); });
}

Result<void> Store::backup(std::filesystem::path const& to) const {
    if (impl_->dialect.postgres)
        return Error{ErrorCode::unsupported, "the data is in PostgreSQL; copy it with pg_dump --format=custom"};
    return impl_->read([&](Session& session) { return copy_sqlite(session, to); });
}

} // namespace kogge::host::store
