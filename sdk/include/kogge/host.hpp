// SPDX-License-Identifier: EUPL-1.2
// The daemon as a plugin sees it. Everything here is inline over abi.h and compiled into the plugin: statuses become
// Results on this side, and nothing thrown here crosses to the other. All calls are made on the plugin's strand [S].
#pragma once

#include <kogge/abi.h>
#include <kogge/change.hpp>
#include <kogge/fetch.hpp>
#include <kogge/findings.hpp>
#include <kogge/world.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kogge {

/// What a route is asked. Views into the host's memory: valid until the handler returns.
class Request {
  public:
    explicit Request(kg_http_request const& raw) : raw_(raw) {}
    std::string_view method() const { return text(raw_.method); }
    std::string_view target() const { return text(raw_.target); }
    std::string_view body() const { return text(raw_.body); }
    std::string language() const { return std::string(text(raw_.language)); }
    std::string param(std::string_view name) const { return member(raw_.params, name).value_or(""); }
    std::optional<std::string> query(std::string_view name) const { return member(raw_.query, name); }
    /// A header; values of a repeated one joined with ", ". Authorization and Cookie are the host's business.
    std::optional<std::string> header(std::string_view name) const {
        if (raw_.size < offsetof(kg_http_request, headers) + sizeof raw_.headers)
            return std::nullopt; // a daemon from before there were headers
        std::string key(name);
        for (auto& c : key)
            c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
        return member(raw_.headers, key);
    }
    std::string user() const { return member(raw_.user, "id").value_or(""); }
    /// Who asks, as the host knows them: {"id","name","roles":[…]}, with {"feed":{"scope","visit","id","language"}} on a
    /// route that needs "feed". Null on a public route.
    json::value caller() const { return raw_.user.n ? json::parse(text(raw_.user)) : json::value(); }
    /// The parameter as an id; an error names it when it cannot be one.
    template <class T>
    Result<Id<T>> id(std::string_view name) const {
        auto value = param(name);
        if (!is_id(value))
            return invalid("'" + value.substr(0, 80) + "' is not an id", "/" + std::string(name));
        return Id<T>(std::move(value));
    }
    /// The body as a described struct; a member it does not have is refused.
    template <class T>
    Result<T> read() const {
        KOGGE_TRY(auto const value, parse_json(body()));
        if (auto const* object = value.if_object())
            if (auto const name = unknown_member<T>(*object))
                return invalid("'" + name->substr(0, 80) + "' is not a member of this request", "/" + *name);
        return from_json<T>(value);
    }

  private:
    static std::string_view text(kg_str s) { return {s.p ? s.p : "", s.n}; }
    static std::optional<std::string> member(kg_str object, std::string_view name) {
        if (object.n == 0)
            return std::nullopt;
        auto const value = json::parse(text(object));
        auto const* found = value.as_object().if_contains(name);
        if (!found || !found->is_string())
            return std::nullopt;
        return std::string(found->get_string());
    }
    kg_http_request const& raw_;
};

struct Response {
    int status = 200;
    std::string body;
    std::string type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<std::string> depends; // "visit:42": the host keeps the bytes until a change touches one of these
    bool care = false; // it shows fields marked sensitive: the host writes the read to the access log

    static Response json(json::value const& value, int status = 200) { return {status, json::serialize(value), "application/json", {}, {}, false}; }
    static Response text(std::string body, std::string type) { return {200, std::move(body), std::move(type), {}, {}, false}; }
};

/// A route for clients that are no browser: several methods, any size of body up to the server's, HTTP Basic.
struct Serving {
    std::vector<std::string> methods; // "PROPFIND", "PUT" …: the handler asks request.method()
    std::string pattern;              // "/dav/{path*}"
    std::string needs;                // the right a caller must hold
    bool basic = false;               // callers may sign in by HTTP Basic: name and password, or an API token as password
    std::optional<std::int64_t> max_body = {}; // bytes; without it 1 MiB, and never above the server's own limit
};

/// Which part of the world a check looks at.
class Scope {
  public:
    Scope() = default;
    /// `changes` as in kg_check_fn; must outlive the scope.
    Scope(std::optional<Id<Visit>> visit, std::set<Ref> touched, json::array const* changes = nullptr)
        : visit_(std::move(visit)), touched_(std::move(touched)), changes_(changes) {}
    /// True: standing findings are asked for, of `visit()` or of everything.
    bool standing() const { return touched_.empty(); }
    std::optional<Id<Visit>> const& visit() const { return visit_; }
    bool covers(Id<Visit> const& visit) const { return !visit_ || *visit_ == visit; }
    /// The entities a change touches, in either world.
    std::set<Ref> const& touched() const { return touched_; }
    template <class T>
    bool touches(Id<T> const& id) const {
        return touched_.contains(ref(id));
    }
    /// The touched entities of one kind.
    template <class T>
    std::vector<Id<T>> ids() const {
        std::vector<Id<T>> out;
        for (auto i = touched_.lower_bound({kind_of<T>(), {}, {}}); i != touched_.end() && i->entity == kind_of<T>(); ++i)
            out.emplace_back(i->id);
        return out;
    }
    /// What the touched entities of one kind are and would be: the stored and the proposed value of each. A rule about
    /// neighbours looks around both, in both worlds, so that the two answers speak of the same places.
    template <class T>
    std::vector<T> versions() const {
        std::vector<T> out;
        if (!changes_)
            return out;
        for (auto const& change : *changes_) {
            if (std::string_view(change.at("entity").as_string()) != kind_of<T>())
                continue;
            for (auto const* side : {"before", "after"})
                if (auto const* document = change.as_object().if_contains(side); document && !document->is_null())
                    if (auto value = from_json<T>(*document)) {
                        out.push_back(std::move(value).value());
                        out.back().id = decltype(out.back().id)(std::string(change.at("id").as_string()));
                    }
        }
        return out;
    }

  private:
    std::optional<Id<Visit>> visit_;
    std::set<Ref> touched_;
    json::array const* changes_ = nullptr;
};

/// Who has to be told of a change, and of which entity.
class Told {
  public:
    void add(Id<Person> const& person, Ref because) { list_.emplace(person, std::move(because)); }
    std::set<std::pair<Id<Person>, Ref>> const& list() const { return list_; }

  private:
    std::set<std::pair<Id<Person>, Ref>> list_;
};

struct Imported {
    std::set<std::string> sections; // of the document that this importer took
    ChangeSet changes;
};

class Host {
  public:
    using Handler = std::function<Result<Response>(Request const&)>;
    using Rules = std::function<void(Scope const&, Findings&, Told&)>;
    using Importer = std::function<Result<Imported>(json::object const& document)>;
    using Provider = std::function<Result<json::value>(json::value const& request)>;

    explicit Host(kg_host const* raw) : raw_(raw) {}
    Host(Host const&) = delete;

    // ---- entities and checks -------------------------------------------------------------------------------------
    /// Describes T to the host, which keeps it, serves it, logs it and lets staff edit it.
    template <class T>
    void entity(EntityOptions const& options = {}) {
        auto const text = json::serialize(describe<T>(kind_of<T>(), options));
        must(store().entity(raw_, str(text)), "entity");
    }

    /// A rule about one entity by itself.
    template <class T>
    void check(std::function<void(T const&, Findings&)> rule) {
        auto mirror = std::make_shared<Mirror<T>>();
        auto world = std::make_shared<World>(World{mirror.get()});
        follow(*world);
        rules("check of " + kind_of<T>(), *world, [rule = std::move(rule), mirror, world](Scope const& scope, Findings& out, Told&) {
            auto const look = [&](T const& value) {
                Findings found;
                rule(value, found);
                for (auto& finding : found.list()) {
                    blame(finding, kind_of<T>(), value.id.str());
                    if constexpr (requires { Id<Visit>(value.visit); })
                        finding.visit = value.visit;
                    out.add(std::move(finding));
                }
            };
            if (scope.standing())
                for (auto const& entry : mirror->rows()) {
                    T const& value = entry.second.value;
                    if constexpr (requires { Id<Visit>(value.visit); }) {
                        if (scope.covers(value.visit))
                            look(value);
                    } else
                        look(value);
                }
            else
                for (auto const& id : scope.ids<T>())
                    if (auto const* value = mirror->find(id))
                        look(*value);
        });
    }

    /// Fills `world` with what is stored and keeps it in step with every commit. `world` must outlive the plugin.
    void follow(World& world) {
        json::array kinds;
        for (auto* mirror : world.mirrors())
            kinds.emplace_back(mirror->kind());
        auto const text = json::serialize(kinds);
        must(store().follow(raw_, str(text), &Host::on_batch, keep(Follower{this, &world})), "follow");
    }

    /// Rules over a followed world. For a change the host wants the findings around what it touches in the world as it
    /// is and as it would be: `rules` is called once in each, with the same scope; findings in only one of the two were
    /// brought or cured by the change. Without a change it is called once for the standing findings.
    void rules(std::string_view name, World& world, Rules rules) {
        must(checks().add(raw_, str(name), &Host::on_check, keep(Checker{this, &world, std::move(rules)})), "checks");
    }

    // ---- reading and changing ------------------------------------------------------------------------------------
    /// Applies a change set; the outcome document of the API. Not from inside a check or a follower.
    Result<json::value> apply(ChangeSet const& changes) {
        auto const text = json::serialize(changes.document());
        std::string out;
        auto const status = store().apply(raw_, str(text), sink(out));
        if (out.empty() && status != KG_OK)
            return error(status);
        return parse_json(out);
    }

    /// One entity as it is stored, with the sensitive fields that no mirror has: each such read is written to the access log.
    template <class T>
    Result<Row<T>> get(Id<T> const& id) const {
        std::string out;
        if (auto const status = store().get(raw_, str(kind_of<T>()), str(id.str()), sink(out)); status != KG_OK)
            return error(status);
        KOGGE_TRY(auto const document, parse_json(out));
        KOGGE_TRY(auto value, from_json<T>(document));
        value.id = id;
        return Row<T>{std::move(value), document.at("rev").to_number<std::int64_t>(), 0};
    }

    /// Entries of the change log, oldest first; `query` and entry as in abi.h's kg_store.log. Not from start().
    Result<std::vector<json::object>> log_entries(json::object const& query) const {
        auto const text = json::serialize(query);
        std::vector<std::string> entries; // parsed later: nothing may be thrown while the host is on the stack
        kg_sink const out{&entries, [](void* ctx, char const* p, std::size_t n) { static_cast<std::vector<std::string>*>(ctx)->emplace_back(p, n); }};
        if (auto const status = store().log(raw_, str(text), out); status != KG_OK)
            return error(status);
        std::vector<json::object> parsed;
        for (auto const& entry : entries)
            parsed.push_back(json::parse(entry).as_object());
        return parsed;
    }

    // ---- the web -------------------------------------------------------------------------------------------------
    /// Serves `pattern` ("/api/v1/visits/{visit}/manifest?vehicle&format") to callers that hold the right `needs`. What stands
    /// after a '?' are the query fields the handler reads: OpenAPI tells them, and others are refused. A '?' alone: it reads none.
    /// ?lang= is everybody's, and one of nl, de, en unless the handler names it. Without a '?' nothing is refused.
    void route(std::string_view method, std::string_view pattern, std::string_view needs, Handler handler) {
        auto const* http = service<kg_http>(KG_HTTP, offsetof(kg_http, serve)); // also of a daemon that knows no serve()
        must(http->route(raw_, str(method), str(pattern), str(needs), &Host::on_request, keep(Route{this, std::move(handler)})), pattern);
    }

    /// As route(), with what clients other than browsers need.
    void serve(Serving const& wish, Handler handler) {
        json::array methods(wish.methods.begin(), wish.methods.end());
        json::object document{{"methods", std::move(methods)}, {"pattern", wish.pattern}, {"needs", wish.needs}, {"basic", wish.basic}};
        if (wish.max_body)
            document["max_body"] = *wish.max_body;
        auto const text = json::serialize(document);
        must(service<kg_http>(KG_HTTP)->serve(raw_, str(text), &Host::on_request, keep(Route{this, std::move(handler)})), wish.pattern);
    }

    // ---- work that no request asks for ---------------------------------------------------------------------------
    /// From start(): calls `run` soon after the daemon serves and then `every` after it last returned; 0: only when woken.
    /// What it throws is logged. Changes are applied here, never in a follower: a follower wakes a job.
    void job(std::string_view name, std::chrono::seconds every, std::function<void()> run) {
        auto const* table = service<kg_jobs>(KG_JOBS);
        must(table->every(raw_, str(name), std::uint32_t(every.count()), &Host::on_job, keep(Job{this, std::string(name), std::move(run)})), name);
    }
    /// Any thread: that job runs as soon as the strand is free; once, however often it was woken before.
    void wake(std::string_view name) const { must(service<kg_jobs>(KG_JOBS)->wake(raw_, str(name)), name); }

    /// Asks another server; `done` is called later, once, on the strand. The error is about the wish itself (an address that
    /// is none): then `done` is never called. Refused, too large, failed and late are errors `done` gets:
    /// denied, refused, failed, timeout.
    Result<void> fetch(Fetch const& wish, std::function<void(Result<Fetched>)> done) {
        auto const text = json::serialize(detail::fetch_document(wish));
        auto waiting = std::make_unique<Waiting>(Waiting{this, std::move(done)});
        auto const status = service<kg_fetch>(KG_FETCH)->start(raw_, str(text), &Host::on_fetched, waiting.get());
        if (status != KG_OK)
            return error(status);
        waiting_.push_back(std::move(waiting));
        return boost::outcome_v2::success();
    }

    // ---- other plugins -------------------------------------------------------------------------------------------
    void provide(std::string_view id, Provider provider) {
        auto const* table = service<kg_provide>(KG_PROVIDE);
        must(table->provide(raw_, str(id), &Host::on_call, keep(Provided{this, std::move(provider)})), id);
    }
    /// ErrorCode::unsupported when nobody provides `id`: an ordinary answer.
    Result<json::value> call(std::string_view id, json::value const& request) {
        auto const text = json::serialize(request);
        std::string out;
        if (auto const status = service<kg_provide>(KG_PROVIDE)->call(raw_, str(id), str(text), sink(out)); status != KG_OK)
            return error(status);
        return parse_json(out);
    }

    /// Takes part in importing documents of `format` ("kogge-demo-1"): returns what to create from the sections it knows.
    void importer(std::string_view format, Importer importer) {
        auto const* table = service<kg_import>(KG_IMPORT);
        must(table->add(raw_, str(format), &Host::on_import, keep(Import{this, std::move(importer)})), format);
    }

    // ---- small things --------------------------------------------------------------------------------------------
    Instant now() const {
        auto const* clock = service<kg_clock>(KG_CLOCK);
        return Instant(std::chrono::seconds(clock->now_us(raw_) / 1'000'000));
    }
    /// The operator's setting [plugin.<name>] key, or `otherwise`.
    template <class T>
    T setting(std::string_view key, T otherwise) const {
        std::string out;
        if (service<kg_config>(KG_CONFIG)->get(raw_, str(key), sink(out)) != KG_OK)
            return otherwise;
        auto read = from_json<T>(json::parse(out), "/" + std::string(key));
        if (!read)
            throw std::runtime_error("setting " + std::string(key) + ": " + read.error().message);
        return std::move(read).value();
    }
    void log(std::string_view message, int level = KG_LOG_INFO) const {
        service<kg_log>(KG_LOG)->write(raw_, level, str(message), {});
    }
    kg_host const* raw() const { return raw_; }

    /// Runs `body`; what it throws becomes a status with a text. The seam every callback goes through.
    template <class Body>
    kg_status guarded(Body&& body) const noexcept {
        try {
            return body();
        } catch (std::exception const& e) {
            set_error(e.what());
        } catch (...) {
            set_error("an exception that is no std::exception");
        }
        return KG_E_EXCEPTION;
    }

  private:
    /// A finding of a rule about one entity is about that entity unless the rule said otherwise.
    [[gnu::noinline]] static void blame(Finding& finding, std::string const& kind, std::string const& id) {
        if (finding.subject.empty())
            finding.subject = id;
        if (finding.refs.empty())
            finding.refs.emplace_back();
        auto& first = finding.refs.front();
        if (first.entity.empty())
            first.entity = kind, first.id = id;
    }

    struct Follower { Host* host; World* world; };
    struct Checker { Host* host; World* world; Rules rules; };
    struct Route { Host* host; Handler handler; };
    struct Job { Host* host; std::string name; std::function<void()> run; };
    struct Waiting { Host* host; std::function<void(Result<Fetched>)> done; };
    struct Provided { Host* host; Provider provider; };
    struct Import { Host* host; Importer importer; };

    static kg_str str(std::string_view text) { return {text.data(), text.size()}; }
    static std::string_view view(kg_str s) { return {s.p ? s.p : "", s.n}; }
    static kg_sink sink(std::string& out) {
        return {&out, [](void* ctx, char const* p, std::size_t n) { static_cast<std::string*>(ctx)->append(p, n); }};
    }
    static void put(kg_sink out, std::string_view text) { out.put(out.ctx, text.data(), text.size()); }
    void set_error(std::string_view text) const noexcept { raw_->set_error(raw_, str(text)); }
    Error error(kg_status status) const {
        auto const text = std::string(view(raw_->last_error(raw_)));
        switch (status) {
            case KG_E_ARG: return {ErrorCode::invalid, text};
            case KG_E_NOTFOUND: return {ErrorCode::not_found, text};
            case KG_E_DENIED: return {ErrorCode::denied, text};
            case KG_E_CONFLICT: return {ErrorCode::conflict, text};
            case KG_E_REFUSED: return {ErrorCode::refused, text};
            case KG_E_UNSUPPORTED: return {ErrorCode::unsupported, text};
            case KG_E_TIMEOUT: return {ErrorCode::timeout, text};
            case KG_E_BUSY: return {ErrorCode::busy, text};
            default: return {ErrorCode::failed, text};
        }
    }
    void must(kg_status status, std::string_view what) const {
        if (status != KG_OK)
            throw std::runtime_error(std::string(what) + ": " + error(status).message);
    }
    template <class Table>
    Table const* service(char const* id, std::size_t needed = sizeof(Table)) const {
        auto const* table = static_cast<Table const*>(raw_->service(raw_, id));
        if (!table)
            throw std::runtime_error(std::string("the service ") + id + " is not granted; ask for it in kogge-plugin.json");
        if (table->size < needed)
            throw std::runtime_error(std::string("this daemon's ") + id + " is older than this plugin needs; install a newer Kogge");
        return table;
    }
    kg_store const& store() const { return *service<kg_store>(KG_STORE); }
    kg_checks const& checks() const { return *service<kg_checks>(KG_CHECKS); }

    /// Contexts live as long as the plugin: the host may call until destroy().
    template <class T>
    void* keep(T value) {
        auto owned = std::make_shared<T>(std::move(value));
        kept_.push_back(owned);
        return owned.get();
    }

    static void on_batch(void* ctx, kg_str text) {
        auto const& follower = *static_cast<Follower*>(ctx);
        follower.host->guarded([&]() -> kg_status {
            auto const batch = json::parse(view(text));
            follower.world->tell(batch.as_object().at("seq").as_int64(), batch.as_object().at("changes").as_array());
            return KG_OK;
        });
    }

    static json::array documents(Findings const& findings) {
        json::array out;
        for (auto const& finding : findings.list())
            out.push_back(to_json(finding));
        return out;
    }

    static kg_status on_check(void* ctx, kg_str text, kg_sink response) {
        auto const& checker = *static_cast<Checker*>(ctx);
        return checker.host->guarded([&]() -> kg_status {
            auto const request = json::parse(view(text));
            auto const& changes = request.as_object().at("changes").as_array();
            std::optional<Id<Visit>> visit;
            if (auto const* wanted = request.as_object().if_contains("visit"); wanted && wanted->is_string())
                visit = Id<Visit>(std::string(wanted->get_string()));
            std::set<Ref> touched;
            for (auto const& change : changes)
                touched.insert({std::string(change.at("entity").as_string()), std::string(change.at("id").as_string()), {}});
            Scope const scope(std::move(visit), std::move(touched), &changes);
            Findings before, after;
            Told told;
            if (!scope.standing()) {
                checker.rules(scope, before, told);
                checker.world->apply(changes);
            }
            struct Back { // the world is moved back also when a rule throws
                World* world;
                json::array const& changes;
                ~Back() { world->revert(changes); }
            };
            {
                Back const back{checker.world, changes};
                checker.rules(scope, after, told);
            }
            json::array affected;
            for (auto const& [person, because] : told.list())
                affected.push_back({{"person", person.str()}, {"entity", because.entity}, {"id", because.id}});
            put(response, json::serialize(json::value{{"before", documents(before)}, {"after", documents(after)}, {"affected", std::move(affected)}}));
            return KG_OK;
        });
    }

    static int http_status(ErrorCode code) {
        switch (code) {
            case ErrorCode::invalid: return 400;
            case ErrorCode::not_found: return 404;
            case ErrorCode::denied: return 403;
            case ErrorCode::conflict: return 409;
            case ErrorCode::refused: return 422;
            case ErrorCode::unsupported: return 501;
            case ErrorCode::timeout: return 504;
            case ErrorCode::busy: return 503;
            case ErrorCode::failed: return 500;
        }
        return 500;
    }
    static char const* title_of(ErrorCode code) {
        switch (code) {
            case ErrorCode::invalid: return "the request is wrong";
            case ErrorCode::not_found: return "not found";
            case ErrorCode::denied: return "not allowed";
            case ErrorCode::conflict: return "somebody else changed it";
            case ErrorCode::refused: return "refused";
            case ErrorCode::unsupported: return "not offered here";
            case ErrorCode::timeout: return "took too long";
            case ErrorCode::busy: return "busy";
            case ErrorCode::failed: return "failed";
        }
        return "failed";
    }
    static Response problem(Error const& error) {
        json::object document{{"type", "about:blank"}, {"title", title_of(error.code)}, {"status", http_status(error.code)}, {"detail", error.message}};
        if (!error.field.empty())
            document["field"] = error.field;
        auto response = Response::json(document, http_status(error.code));
        response.type = "application/problem+json";
        return response;
    }
    static kg_status on_request(void* ctx, kg_http_request const* raw, kg_http_response const* out) {
        auto const& route = *static_cast<Route*>(ctx);
        return route.host->guarded([&]() -> kg_status {
            auto result = route.handler(Request(*raw));
            auto const response = result ? std::move(result).value() : problem(result.error());
            out->status(out->ctx, response.status);
            out->header(out->ctx, str("Content-Type"), str(response.type));
            for (auto const& [name, value] : response.headers)
                out->header(out->ctx, str(name), str(value));
            if (response.care)
                out->header(out->ctx, str("Kogge-Care"), str("1")); // not sent on
            for (auto const& tag : response.depends)
                out->depends(out->ctx, str(tag));
            out->body(out->ctx, response.body.data(), response.body.size());
            return KG_OK;
        });
    }

    static void on_job(void* ctx) {
        auto const& job = *static_cast<Job*>(ctx);
        job.host->report("the job " + job.name, job.run);
    }
    static void on_fetched(void* ctx, kg_str answer, kg_str body) {
        auto& waiting = static_cast<Waiting*>(ctx)->host->waiting_;
        auto const found = std::find_if(waiting.begin(), waiting.end(), [&](auto const& one) { return one.get() == ctx; });
        auto const taken = std::move(*found);
        waiting.erase(found);
        taken->host->report("an answer to a fetch", [&] {
            auto const document = json::parse(view(answer));
            taken->done(detail::fetched_of(document.as_object(), view(body)));
        });
    }
    /// For callbacks that have nobody to tell a status.
    void report(std::string_view what, std::function<void()> const& body) const noexcept {
        std::string wrong = "an exception that is no std::exception";
        try {
            return body();
        } catch (std::exception const& e) {
            wrong = e.what();
        } catch (...) {
        }
        if (auto const* table = static_cast<kg_log const*>(raw_->service(raw_, KG_LOG)))
            table->write(raw_, KG_LOG_ERROR, str(std::string(what) + " failed: " + wrong), {});
    }

    kg_status fail(Error const& error) const {
        set_error(error.field.empty() ? error.message : error.field + ": " + error.message);
        switch (error.code) {
            case ErrorCode::invalid: return KG_E_ARG;
            case ErrorCode::not_found: return KG_E_NOTFOUND;
            case ErrorCode::denied: return KG_E_DENIED;
            case ErrorCode::conflict: return KG_E_CONFLICT;
            case ErrorCode::refused: return KG_E_REFUSED;
            case ErrorCode::unsupported: return KG_E_UNSUPPORTED;
            case ErrorCode::timeout: return KG_E_TIMEOUT;
            case ErrorCode::busy: return KG_E_BUSY;
            default: return KG_E_FAIL;
        }
    }
    static kg_status on_call(void* ctx, kg_str request, kg_sink response) {
        auto const& provided = *static_cast<Provided*>(ctx);
        return provided.host->guarded([&]() -> kg_status {
            auto result = provided.provider(json::parse(view(request)));
            if (!result)
                return provided.host->fail(result.error());
            put(response, json::serialize(result.value()));
            return KG_OK;
        });
    }
    static kg_status on_import(void* ctx, kg_str document, kg_sink response) {
        auto const& import = *static_cast<Import*>(ctx);
        return import.host->guarded([&]() -> kg_status {
            auto const value = json::parse(view(document));
            auto result = import.importer(value.as_object());
            if (!result)
                return import.host->fail(result.error());
            json::array sections;
            for (auto const& section : result.value().sections)
                sections.emplace_back(section);
            put(response, json::serialize(json::value{{"sections", std::move(sections)}, {"changes", result.value().changes.changes()}}));
            return KG_OK;
        });
    }

    kg_host const* raw_;
    std::vector<std::shared_ptr<void>> kept_;
    std::vector<std::unique_ptr<Waiting>> waiting_; // for the answers of fetches
};

} // namespace kogge
