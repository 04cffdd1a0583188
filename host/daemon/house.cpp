// SPDX-License-Identifier: EUPL-1.2
#include "daemon/house.hpp"

#include "api/access.hpp"
#include "api/answer.hpp"
#include "api/outcome.hpp"
#include "api/plugin_route.hpp"
#include "api/routes.hpp"
#include "daemon/data_folder.hpp"
#include "model/core.hpp"

#include <kogge/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>
#include <tuple>

namespace kogge::host {

namespace {

std::int64_t system_now_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

store::Checked checked(plugins::CheckReport report) {
    return {std::move(report.before), std::move(report.after), std::move(report.affected), std::move(report.failed)};
}

/// A change set of the host's own business becomes a Result: nothing there needs a person to decide.
Result<void> settled(store::Outcome const& outcome) {
    if (outcome.done())
        return boost::outcome_v2::success();
    return outcome.error.message.empty() ? Error{ErrorCode::refused, "the change was refused"} : outcome.error;
}

constexpr std::int64_t us_of_day = 86'400'000'000;
constexpr std::int64_t days_of_use = 30; // of which it is known how often a token was used

std::string day_text(std::int64_t day) { return to_text(Instant(std::chrono::seconds(day * 86'400))).substr(0, 10); }

} // namespace

namespace {

/// Jobs come round by a clock that no time server moves, unless a test moves it.
Jobs::Now jobs_clock(std::function<std::int64_t()> const& moved) {
    if (moved)
        return moved;
    return [] { return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count(); };
}

} // namespace

House::House(HouseOptions options)
    : options_(std::move(options)),
      jobs_(jobs_clock(options_.now_us), [this](std::string_view owner, std::string_view message) { log(KG_LOG_ERROR, owner, message); }) {
    if (!options_.log)
        options_.log = standard_error_log(options_.config.log_level, options_.config.log_format);
    if (!options_.now_us)
        options_.now_us = system_now_us;
}

House::~House() {
    hub_.close();
    usage_.reset(); // what it knows goes to the store
    if (post_)
        post_->stop();
    jobs_.stop();
    fetcher_.reset();
    if (store_)
        store_->stop();
    if (plugins_)
        plugins_->stop();
}

Result<std::unique_ptr<House>> House::open(HouseOptions options) {
    std::unique_ptr<House> house(new House(std::move(options)));
    KOGGE_TRY(house->start());
    return house;
}

Result<void> House::start() {
    KOGGE_TRY(open_assets());
    KOGGE_TRY(auto rules, outbound::AddressRules::parse(options_.config.allow_private));
    fetch_rules_ = std::move(rules);
    fetch_limits_.max_bytes = std::size_t(options_.config.fetch_max_mb) << 20U;
    fetch_limits_.timeout = std::chrono::seconds(options_.config.fetch_timeout_s);
    add_host_routes(); // first: a plugin cannot take one of them
    descriptions_ = core_descriptions();
    descriptions_.push_back(describe<mail::MailboxMark>("mailbox_mark", {.internal = true}));
    for (auto& description : Identity::descriptions())
        descriptions_.push_back(std::move(description));
    plugins_ = std::make_unique<plugins::PluginHost>(static_cast<plugins::Ground&>(*this));
    if (options_.add_plugins)
        options_.add_plugins(*plugins_);
    else
        plugins_->load(plugin_folder(options_.config), options_.config.disabled_plugins);
    return open_store();
}

/// The mail follows the store from here on: a house that only looks sends nothing.
Result<void> House::open_post() {
    KOGGE_TRY(auto settings, mail::ready(options_.config.mail));
    mail::Ground ground;
    ground.get = [this](std::string_view kind, std::string_view id) { return store_->get(kind, id, {.care = true, .actor = "mail"}); };
    ground.find = [this](std::string_view kind, std::string_view field, std::string_view value) -> Result<std::vector<json::object>> {
        store::ListQuery query;
        query.conditions.push_back({std::string(field), store::Compare::equal, std::string(value)});
        KOGGE_TRY(auto page, store_->list(kind, query));
        return std::move(page.items);
    };
    ground.commit = [this](ChangeSet const& changes) { return settled(commit(changes.document().as_object(), "mail", false)); };
    ground.now = [this] { return Instant(std::chrono::seconds(now_us() / 1'000'000)); };
    ground.log = [this](int level, std::string_view message) { log(level, "mail", message); };
    ground.node = make_uuid();
    ground.alone = store_url(options_.config).starts_with("sqlite:");
    post_ = std::make_unique<mail::Post>(settings, std::move(ground));
    if (post_->sends()) {
        KOGGE_TRY(jobs_.add("mail", "send", std::chrono::seconds(1), [this] { post_->send(); }));
        store_->follow(mail::Post::followed(), [this](std::string_view batch) {
            if (post_->tell(batch))
                (void)jobs_.wake("mail", "send");
        });
    }
    if (post_->collects()) {
        KOGGE_TRY(jobs_.add("mailbox", "collect", settings.poll, [this] { post_->collect(); }));
    }
    return boost::outcome_v2::success();
}

Result<void> House::work() {
    KOGGE_TRY(open_post());
    fetcher_ = std::make_unique<outbound::Fetcher>(fetch_rules_, fetch_limits_);
    jobs_.start();
    return boost::outcome_v2::success();
}

Result<void> House::open_assets() {
    auto const& root = options_.config.web_root;
    if (root.empty()) {
        assets_ = web::Assets::embedded();
        return boost::outcome_v2::success();
    }
    std::error_code none;
    if (!std::filesystem::is_directory(root, none))
        return invalid("server.web_root: there is no folder " + root, "server.web_root");
    assets_ = web::Assets::folder(root);
    return boost::outcome_v2::success();
}

void House::add_host_routes() {
    api::add_session_routes(*this);
    api::add_entity_routes(*this);
    api::add_change_routes(*this);
    api::add_event_routes(*this);
    api::add_transfer_routes(*this);
    api::add_system_routes(*this);
    api::add_upkeep_routes(*this);
    api::add_discovery_routes(*this);
}

Result<void> House::open_store() {
    store::Options options;
    options.descriptions = descriptions_;
    options.now_us = options_.now_us;
    options.check = [this](std::string_view request) { return checked(plugins_->check(request)); };
    options.log = [this](int level, std::string_view message) { log(level, "store", message); };
    options.url = "sqlite::memory:";
    if (!options_.in_memory) {
        options.url = store_url(options_.config);
        options.backup_dir = backup_folder(options_.config);
        KOGGE_TRY(options.key, secret_key(options_.config.data_dir));
    }
    KOGGE_TRY(store_, store::Store::open(std::move(options)));

    identity_ = std::make_unique<Identity>(
        [this](ChangeSet const& changes, std::string const& actor) { return settled(commit(changes.document().as_object(), actor, false)); },
        [this] { return Instant(std::chrono::seconds(now_us() / 1'000'000)); });
    identity_->session_hours = options_.config.session_hours;
    usage_ = std::make_unique<Usage>([this](std::vector<store::Use> const& uses) { return store_->add_uses(uses, now_us() / us_of_day - days_of_use); });
    store_->follow(Identity::kinds(), [this](std::string_view batch) { identity_->tell(batch); });
    for (auto& following : followings_) {
        std::erase_if(following.kinds, [&](auto const& kind) { return !open_to(following.plugin, kind); });
        store_->follow(std::move(following.kinds), std::move(following.tell));
    }
    followings_.clear();
    // Last: whoever asks after a cached answer was dropped meets followers that know of the commit.
    published_ = store_->seq();
    store_->on_commit([this](store::Commit const& commit) { publish(commit); });
    return boost::outcome_v2::success();
}

std::int64_t House::now_us() { return options_.now_us(); }

void House::add_route(http::Route route) {
    auto declared = api::read_declared(route.pattern);
    route.pattern = declared.pattern;
    route_docs_.push_back({route.method, route.pattern, route.needs, route.owner, declared.query.value_or(std::vector<std::string>())});
    if (auto const wrong = router_.add(std::move(route)))
        throw std::logic_error(*wrong);
}

std::vector<std::pair<std::string, std::uint64_t>> House::server_metrics() const {
    return server_metrics_ ? server_metrics_() : std::vector<std::pair<std::string, std::uint64_t>>();
}

// ---- requests ------------------------------------------------------------------------------------------------------

namespace {

std::string what_of(std::exception_ptr error) {
    try {
        std::rethrow_exception(error);
    } catch (std::exception const& e) {
        return e.what();
    } catch (...) {
        return "an exception that is no std::exception";
    }
}

/// What changes something or fails is worth a line; that somebody looked is not.
int weight_of(http::AccessRecord const& record) {
    if (record.status >= 500)
        return KG_LOG_ERROR;
    static constexpr std::array<std::string_view, 5> looks{"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"};
    bool const looked = std::find(looks.begin(), looks.end(), record.method) != looks.end();
    return looked && record.status < 400 ? KG_LOG_DEBUG : KG_LOG_INFO;
}

Caller everybody(std::string const& actor) {
    Caller caller;
    caller.id = caller.name = actor;
    caller.role = Role::admin;
    caller.rights = {"read", "write", "care", "admin"};
    return caller;
}

} // namespace

http::Hooks House::hooks() {
    bool const every = options_.config.log_level == "debug";
    http::Hooks hooks;
    hooks.authorise = [this](http::Request& request, http::Route const& route) {
        auto refusal = api::authorise(*identity_, request, route);
        if (auto const& token = api::caller_of(request).token; !refusal && !token.empty())
            usage_->note(token, request.header("User-Agent").value_or(""), now_us() / 1'000'000);
        return refusal;
    };
    hooks.on_error = [this](std::string_view incident, http::Route const* route, std::exception_ptr error) {
        log(KG_LOG_ERROR, "http", "incident " + std::string(incident) + " in " + (route ? route->method + " " + route->pattern : "a connection") + ": " + what_of(error));
    };
    hooks.access_log = [this, every](http::AccessRecord const& record) {
        auto const weight = weight_of(record);
        if (weight == KG_LOG_DEBUG && !every)
            return;
        log(weight, "http", std::string(record.method) + " " + std::string(record.pattern.empty() ? "(no route)" : record.pattern) + " " +
                                std::to_string(record.status) + " " + std::to_string(record.bytes) + " B " + std::to_string(record.microseconds) + " us");
    };
    return hooks;
}

http::Response House::request(std::string_view method, std::string_view target, std::string body, std::string const& actor) {
    http::Request request;
    request.method = method;
    request.body = std::move(body);
    if (auto const wrong = http::parse_target(target, request))
        return http::problem(400, "the request is wrong", *wrong);
    auto found = router_.find(request.method, request.path);
    if (!found.route)
        return found.allow.empty() ? http::problem(404, "not found", "there is nothing at this address")
                                   : http::problem(405, "not possible here", request.method + " is not possible here, only " + found.allow);
    request.params = std::move(found.params);
    if (found.route->needs != "feed")
        request.identity = everybody(actor);
    if (auto refusal = api::authorise(*identity_, request, *found.route))
        return std::move(*refusal);
    try {
        return found.route->handler(request);
    } catch (...) {
        auto const what = what_of(std::current_exception());
        log(KG_LOG_ERROR, "http", found.route->method + " " + found.route->pattern + ": " + what);
        return http::problem(500, "failed", what);
    }
}

Result<json::object> House::uses() const {
    KOGGE_TRY(auto uses, store_->uses());
    for (auto& use : usage_->pending())
        uses.push_back(std::move(use));
    std::stable_sort(uses.begin(), uses.end(), [](auto const& a, auto const& b) { return std::tie(a.subject, a.day) < std::tie(b.subject, b.day); });
    json::object out;
    for (auto const& use : uses) {
        auto& document = out.emplace(use.subject, json::object()).first->value().as_object();
        document["at"] = to_text(Instant(std::chrono::seconds(use.at))); // the newest comes last
        document["client"] = use.client;
        auto& days = document.emplace("days", json::object()).first->value().as_object();
        auto& times = days.emplace(day_text(use.day), std::int64_t(0)).first->value();
        times = times.as_int64() + use.times;
    }
    return out;
}

// ---- changes -------------------------------------------------------------------------------------------------------

store::Outcome House::apply(json::object const& change_set, std::string const& actor, bool dry_run) {
    return apply_for({}, change_set, actor, dry_run);
}

store::Outcome House::apply_for(std::string const& plugin, json::object const& change_set, std::string const& actor, bool dry_run) {
    auto const* changes = change_set.if_contains("changes");
    if (auto const* list = changes ? changes->if_array() : nullptr)
        for (std::size_t i = 0; i < list->size(); ++i) {
            auto const* change = (*list)[i].if_object();
            auto const* entity = change ? change->if_contains("entity") : nullptr;
            auto const* type = entity && entity->is_string() ? store_->catalogue().find(entity->get_string()) : nullptr;
            if (type && !open_to(plugin, type->kind)) {
                store::Outcome outcome{.verdict = store::Verdict::invalid, .seq = store_->seq()};
                outcome.error = invalid("there is no entity '" + type->kind + "'; GET /api/v1/entities lists them", "/changes/" + std::to_string(i) + "/entity");
                return outcome;
            }
        }
    return commit(change_set, actor, dry_run);
}

store::Outcome House::commit(json::object const& change_set, std::string const& actor, bool dry_run) {
    auto outcome = store_->apply(change_set, actor, dry_run);
    if (outcome.verdict == store::Verdict::failed)
        cache_.clear(); // read models may have been ahead of a commit that then did not come about
    return outcome;
}

void House::publish(store::Commit const& commit) {
    cache_.invalidate(tags_of(commit));
    std::lock_guard const lock(publishing_);
    auto const news = news_of(commit, store_->catalogue());
    published_ = commit.seq;
    if (news.changes.empty())
        return;
    auto const event = event_of(news);
    for (auto const& topic : topics_of(news))
        hub_.publish(topic, event);
}

Result<std::shared_ptr<http::Subscription>> House::listen(std::string const& visit, std::optional<std::int64_t> since) {
    std::lock_guard const lock(publishing_);
    auto subscription = hub_.subscribe(topics_for(visit));
    if (since && *since < published_) {
        KOGGE_TRY(push_missed(*subscription, visit, *since));
    }
    subscription->push({std::to_string(published_), "ready", "{\"seq\":" + std::to_string(published_) + "}"});
    return subscription;
}

Result<void> House::push_missed(http::Subscription& to, std::string const& visit, std::int64_t since) {
    KOGGE_TRY(auto const entries, store_->log({.since = since, .limit = most_missed + 1}));
    if (entries.size() > most_missed) {
        to.push({std::to_string(published_), "lagged", "too much was missed: reload"});
        return boost::outcome_v2::success();
    }
    for (auto const& news : news_of(entries))
        if (news.seq <= published_ && concerns(news, visit))
            to.push(event_of(news));
    return boost::outcome_v2::success();
}

namespace {

/// As abi.h's kg_fetched_fn has it.
std::string fetch_document(Result<outbound::Answer> const& result) {
    if (!result) {
        auto const code = result.error().code;
        return json::serialize(json::value{{"error", result.error().message},
                                           {"code", code == ErrorCode::denied ? "denied" : code == ErrorCode::refused ? "too_large" : code == ErrorCode::timeout ? "timeout" : "failed"}});
    }
    auto const& answer = result.value();
    json::object headers;
    for (auto const& [name, value] : answer.headers)
        headers[name] = http::is_utf8(value) ? value : std::string();
    json::object out{{"status", answer.status}, {"url", answer.url}, {"headers", std::move(headers)}};
    if (answer.moved)
        out["moved"] = *answer.moved;
    return json::serialize(out);
}

} // namespace

// ---- what plugins stand on -----------------------------------------------------------------------------------------

Result<void> House::entity(std::string const& plugin, json::object const& description) {
    KOGGE_TRY(auto const read, store::Catalogue::read({description}));
    auto const& kind = read.types().front().kind;
    for (auto const& other : descriptions_)
        if (std::string_view(other.at("kind").as_string()) == kind)
            return Error{ErrorCode::conflict, "describes the entity '" + kind + "', which exists already; " + plugin + " must name it otherwise"};
    descriptions_.push_back(description);
    if (auto const* own = description.if_contains("own"); own && own->is_bool() && own->get_bool()) {
        descriptions_.back()["internal"] = true;
        own_kinds_.emplace(kind, plugin);
    }
    return boost::outcome_v2::success();
}

bool House::open_to(std::string const& plugin, std::string_view kind) const {
    auto const* type = store_->catalogue().find(kind);
    if (!type || !type->internal)
        return type;
    auto const own = own_kinds_.find(kind);
    return own != own_kinds_.end() && own->second == plugin;
}

Result<void> House::route(std::string const& plugin, plugins::RouteSpec spec) {
    auto const declared = api::read_declared(spec.pattern);
    for (auto const& method : spec.methods) {
        auto handler = [this, route = api::PluginRoute{spec.handler, method, declared, spec.needs, spec.basic}](http::Request const& request) {
            return api::ask_plugin(*this, route, request);
        };
        if (auto const wrong = router_.add({method, declared.pattern, spec.needs, std::move(handler), spec.max_body, plugin, spec.basic}))
            return Error{ErrorCode::conflict, *wrong};
        route_docs_.push_back({method, declared.pattern, spec.needs, plugin, declared.query.value_or(std::vector<std::string>())});
    }
    return boost::outcome_v2::success();
}

void House::follow(std::string const& plugin, std::vector<std::string> const& kinds, std::function<void(std::string_view batch)> tell) {
    followings_.push_back({plugin, kinds, std::move(tell)});
}

Result<void> House::job(std::string const& plugin, plugins::JobSpec spec) {
    return jobs_.add(plugin, std::move(spec.name), spec.every, std::move(spec.run));
}

Result<void> House::wake(std::string const& plugin, std::string_view job) { return jobs_.wake(plugin, job); }

Result<void> House::fetch(std::string const& plugin, json::object const& wish, plugins::FetchDone done) {
    KOGGE_TRY(auto request, outbound::read_request(wish, fetch_limits_));
    if (options_.answer_fetch) {
        jobs_.post(plugin, [this, wish, done = std::move(done)] {
            auto const [answer, body] = options_.answer_fetch(wish);
            done(answer, body);
        });
        return boost::outcome_v2::success();
    }
    if (!fetcher_)
        return Error{ErrorCode::busy, "nothing is fetched before the daemon serves; ask from a job", {}};
    return fetcher_->start(std::move(request), [this, plugin, done = std::move(done)](Result<outbound::Answer> result) {
        jobs_.post(plugin, [done, document = fetch_document(result), body = result ? std::move(result).value().body : std::string()] { done(document, body); });
    });
}

Result<std::string> House::get(std::string const& plugin, std::string_view kind, std::string_view id) {
    if (!open_to(plugin, kind))
        return Error{ErrorCode::not_found, "there is no entity '" + std::string(kind) + "'"};
    KOGGE_TRY(auto const document, store_->get(kind, id, {.care = true, .actor = "plugin"}));
    return json::serialize(document);
}

Result<void> House::list(std::string const& plugin, std::string_view kind, json::object const& filter, std::function<void(std::string_view)> const& each) {
    if (!open_to(plugin, kind))
        return Error{ErrorCode::not_found, "there is no entity '" + std::string(kind) + "'"};
    store::ListQuery query{.limit = 1000};
    for (auto const& [field, value] : filter)
        query.conditions.push_back({std::string(field), store::Compare::equal, value.is_string() ? std::string(value.get_string()) : json::serialize(value)});
    do {
        KOGGE_TRY(auto const page, store_->list(kind, query));
        for (auto const& document : page.items)
            each(json::serialize(document));
        query.after = page.next;
    } while (!query.after.empty());
    return boost::outcome_v2::success();
}

Result<void> House::log_entries(std::string const& plugin, json::object const& query, std::function<void(std::string_view)> const& each) {
    KOGGE_TRY(auto wanted, log_query_of(query));
    wanted.internal = open_to(plugin, wanted.entity);
    bool const all = !query.contains("limit");
    for (;;) {
        KOGGE_TRY(auto const entries, store_->log(wanted));
        for (auto const& entry : entries)
            each(json::serialize(entry));
        if (!all || entries.size() < std::size_t(wanted.limit))
            return boost::outcome_v2::success();
        wanted.since = entries.back().at("seq").as_int64();
    }
}

plugins::Applied House::apply(std::string const& plugin, std::string_view change_set) {
    auto parsed = parse_json(change_set);
    if (!parsed || !parsed.value().is_object())
        return {"{}", parsed ? invalid("a change set is a JSON object") : parsed.error()};
    auto document = std::move(parsed.value().get_object());
    auto const* actor = document.if_contains("actor");
    auto const* dry = document.if_contains("dry_run");
    auto const* asked = document.if_contains("language");
    std::string const language = asked && asked->is_string() ? std::string(asked->get_string()) : "en";
    std::string const name = actor && actor->is_string() ? std::string(actor->get_string()) : "plugin:" + plugin;
    bool const dry_run = dry && dry->is_bool() && dry->get_bool();
    document.erase("actor");
    document.erase("dry_run");
    document.erase("language");
    auto const outcome = apply_for(plugin, document, name, dry_run);
    return {json::serialize(api::outcome_document(*this, outcome, language)), api::error_of(outcome)};
}

std::optional<std::string> House::setting(std::string const& plugin, std::string_view key) {
    auto const section = options_.config.plugin.find(plugin);
    auto const* value = section == options_.config.plugin.end() ? nullptr : section->second.if_contains(key);
    if (!value) // what a plugin that writes to people needs of the daemon's own settings
        for (auto const& [name, shared] : {std::pair<std::string_view, std::string const&>{"public_url", options_.config.public_url},
                                           {"mail_from", options_.config.mail.from}, {"mail_from_name", options_.config.mail.from_name}})
            if (key == name && !shared.empty())
                return json::serialize(json::value(shared));
    return value ? std::optional(json::serialize(*value)) : std::nullopt;
}

void House::log(std::string const& plugin, int level, std::string_view message, std::string_view fields) {
    log(level, plugin, fields.empty() ? std::string(message) : std::string(message) + " " + std::string(fields));
}

void House::log(int level, std::string_view part, std::string_view message) { options_.log(level, part, message); }

} // namespace kogge::host
