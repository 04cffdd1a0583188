// SPDX-License-Identifier: EUPL-1.2
#pragma once
// Server-sent events: publishers on any thread, one bounded queue for each listening client.

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kogge::host::http {

struct Event {
    std::string id;     // empty: no id line
    std::string name;   // empty: a plain "message"
    std::string data;   // several lines allowed
};

/// `id:`, `event:`, `data:` lines and the blank line. Line breaks inside id and name are dropped.
[[nodiscard]] std::string to_text(Event const&);

/// The queue of one client. Any thread may push; the server takes. A client that lets the queue overflow is dropped: what
/// was queued is discarded, it gets a last `event: lagged` and must reload.
class Subscription {
public:
    explicit Subscription(std::size_t max_events = 256, std::size_t max_bytes = 1U << 20U);

    void push(Event const&);
    void push_text(std::shared_ptr<std::string const> text);   // from to_text, shared between clients
    /// What is queued is still delivered, then the stream ends.
    void close();
    [[nodiscard]] bool lagged() const;
    /// The client has gone, or will be told so: nothing pushed from now on arrives.
    [[nodiscard]] bool closed() const;

    struct Taken {
        std::string text;
        bool        last = false;
    };
    [[nodiscard]] Taken take();
    /// Called, from the pushing thread and under the lock, when the queue stops being empty or closes. Must not call back.
    void on_ready(std::function<void()>);

private:
    void wake();

    mutable std::mutex                              mutex_;
    std::size_t const                               max_events_, max_bytes_;
    std::vector<std::shared_ptr<std::string const>> queue_;
    std::size_t                                     bytes_ = 0;
    bool                                            lagged_ = false, closed_ = false;
    std::function<void()>                           ready_;
};

/// Hands each event to the subscriptions of its topic. Any thread. Keeps no history: a handler that honours
/// Last-Event-ID subscribes first, then pushes what was missed into the subscription itself.
class EventHub {
public:
    explicit EventHub(std::size_t max_events = 256, std::size_t max_bytes = 1U << 20U);

    /// No topics: every event. The hub does not keep the subscription alive.
    [[nodiscard]] std::shared_ptr<Subscription> subscribe(std::vector<std::string> topics = {});
    void publish(std::string_view topic, Event const&);
    void close();
    [[nodiscard]] std::size_t listeners() const;

private:
    struct Listener {
        std::weak_ptr<Subscription> subscription;
        std::vector<std::string>    topics;
    };
    std::size_t const     max_events_, max_bytes_;
    mutable std::mutex    mutex_;
    std::vector<Listener> listeners_;
};

}  // namespace kogge::host::http
