// SPDX-License-Identifier: EUPL-1.2
#include "plugins/plugin.hpp"

#include <kogge/json.hpp>

namespace kogge::host::plugins {

namespace {
thread_local Strand* held_strand = nullptr;
}

Strand::Hold::Hold(Strand& strand) : strand_(strand), outer_(held_strand) {
    strand_.mutex_.lock();
    held_strand = &strand_;
}
Strand::Hold::~Hold() {
    held_strand = outer_;
    strand_.mutex_.unlock();
}
Strand::Pause::Pause() : held_(held_strand) {
    held_strand = nullptr;
    if (held_)
        held_->mutex_.unlock();
}
Strand::Pause::~Pause() {
    if (held_)
        held_->mutex_.lock();
    held_strand = held_;
}

Plugin::Plugin(Manifest m, PluginHost& h, Ground& g) : manifest(std::move(m)), host(h), ground(g) {
    table.size = sizeof table;
    table.abi_minor = KG_ABI_MINOR;
    table.host_data = this;
    table.service = [](kg_host const* self, char const* id) -> void const* {
        auto const& plugin = *static_cast<Plugin*>(self->host_data);
        return plugin.manifest.services.contains(id) ? service_table(id) : nullptr;
    };
    table.set_error = [](kg_host const*, kg_str text) { thread_error().assign(text.p ? text.p : "", text.n); };
    table.last_error = [](kg_host const*) -> kg_str { return {thread_error().data(), thread_error().size()}; };
}

Plugin::~Plugin() { end(); }

Result<void> Plugin::begin(kg_entry const* entry) {
    if (entry->size < sizeof(kg_entry) || entry->abi_major != KG_ABI_MAJOR)
        return Error{ErrorCode::unsupported, "was built for SDK " + std::to_string(entry->abi_major) + ", this daemon speaks SDK " +
                                                 std::to_string(KG_ABI_MAJOR) + "; ask its maker for a newer build"};
    Strand::Firm const inside(strand);
    thread_error().clear();
    instance = entry->create(&table);
    if (!instance)
        return Error{ErrorCode::failed, "could not be created: " + thread_error()};
    starting = true;
    auto const status = instance->start(instance);
    starting = false;
    if (status != KG_OK)
        return Error{ErrorCode::failed, "did not start: " + thread_error()};
    running = true;
    return boost::outcome_v2::success();
}

void Plugin::end() {
    Strand::Firm const inside(strand);
    if (!instance)
        return;
    if (running)
        instance->stop(instance);
    running = false;
    instance->destroy(instance);
    instance = nullptr;
}

} // namespace kogge::host::plugins
