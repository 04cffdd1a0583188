// SPDX-License-Identifier: EUPL-1.2
#include "http/events.hpp"

#include <algorithm>
#include <utility>

namespace kogge::host::http {
namespace {

std::string one_line(std::string_view text) {
    std::string out(text);
    std::erase_if(out, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    return out;
}

}  // namespace

std::string to_text(Event const& event) {
    std::string out;
    if (!event.id.empty()) out += "id: " + one_line(event.id) + '\n';
    if (!event.name.empty()) out += "event: " + one_line(event.name) + '\n';
    out += "data: ";
    for (std::size_t i = 0; i < event.data.size(); ++i) {
        auto const c = event.data[i];
        bool const pair = c == '\r' && i + 1 < event.data.size() && event.data[i + 1] == '\n';
        if (pair) continue;
        if (c == '\n' || c == '\r') out += "\ndata: ";
        else out += c;
    }
    return out += "\n\n";
}

Subscription::Subscription(std::size_t max_events, std::size_t max_bytes) : max_events_(max_events), max_bytes_(max_bytes) {}

void Subscription::push(Event const& event) { push_text(std::make_shared<std::string const>(to_text(event))); }

void Subscription::push_text(std::shared_ptr<std::string const> text) {
    std::lock_guard const lock(mutex_);
    if (closed_) return;
    if (queue_.size() >= max_events_ || bytes_ + text->size() > max_bytes_) {
        lagged_ = closed_ = true;
        queue_.clear();
        queue_.push_back(std::make_shared<std::string const>(to_text({"", "lagged", "too slow: reload"})));
        return wake();
    }
    bytes_ += text->size();
    queue_.push_back(std::move(text));
    if (queue_.size() == 1) wake();
}

void Subscription::close() {
    std::lock_guard const lock(mutex_);
    if (std::exchange(closed_, true)) return;
    wake();
}

bool Subscription::lagged() const {
    std::lock_guard const lock(mutex_);
    return lagged_;
}

bool Subscription::closed() const {
    std::lock_guard const lock(mutex_);
    return closed_;
}

Subscription::Taken Subscription::take() {
    std::lock_guard const lock(mutex_);
    Taken taken{{}, closed_};
    for (auto const& text : queue_) taken.text += *text;
    queue_.clear();
    bytes_ = 0;
    return taken;
}

void Subscription::on_ready(std::function<void()> ready) {
    std::lock_guard const lock(mutex_);
    ready_ = std::move(ready);
}

void Subscription::wake() {
    if (ready_) ready_();
}

EventHub::EventHub(std::size_t max_events, std::size_t max_bytes) : max_events_(max_events), max_bytes_(max_bytes) {}

std::shared_ptr<Subscription> EventHub::subscribe(std::vector<std::string> topics) {
    auto subscription = std::make_shared<Subscription>(max_events_, max_bytes_);
    std::lock_guard const lock(mutex_);
    std::erase_if(listeners_, [](auto const& listener) { return listener.subscription.expired(); });
    listeners_.push_back({subscription, std::move(topics)});
    return subscription;
}

void EventHub::publish(std::string_view topic, Event const& event) {
    std::shared_ptr<std::string const> text;
    std::lock_guard const lock(mutex_);
    for (auto const& [weak, topics] : listeners_) {
        if (!topics.empty() && std::find(topics.begin(), topics.end(), topic) == topics.end()) continue;
        auto const subscription = weak.lock();
        if (!subscription) continue;
        if (!text) text = std::make_shared<std::string const>(to_text(event));
        subscription->push_text(text);
    }
}

void EventHub::close() {
    std::lock_guard const lock(mutex_);
    for (auto const& listener : listeners_)
        if (auto const subscription = listener.subscription.lock()) subscription->close();
}

std::size_t EventHub::listeners() const {
    std::lock_guard const lock(mutex_);
    return static_cast<std::size_t>(std::count_if(listeners_.begin(), listeners_.end(), [](auto const& listener) {
        auto const subscription = listener.subscription.lock();
        return subscription && !subscription->closed();
    }));
}

}  // namespace kogge::host::http
