// SPDX-License-Identifier: EUPL-1.2
// What an author includes. A plugin is a class with a constructor from Host& and a `void start()`; KOGGE_PLUGIN(Class)
// once in a .cpp makes it loadable. Its manifest, kogge-plugin.json, is embedded by kogge_add_plugin() in CMake.
#pragma once

#include <kogge/host.hpp>

namespace kogge::detail {

template <class Plugin>
struct Instance {
    explicit Instance(kg_host const* raw) : host(raw), plugin(host) {
        table.size = sizeof table;
        table.plugin_data = this;
        table.start = [](kg_plugin* p) {
            auto& self = of(p);
            return self.host.guarded([&]() -> kg_status {
                self.plugin.start();
                return KG_OK;
            });
        };
        table.stop = [](kg_plugin* p) {
            auto& self = of(p);
            return self.host.guarded([&]() -> kg_status {
                if constexpr (requires { self.plugin.stop(); })
                    self.plugin.stop();
                return KG_OK;
            });
        };
        table.destroy = [](kg_plugin* p) { delete &of(p); };
        table.extension = [](kg_plugin*, char const*) -> void const* { return nullptr; };
    }
    static Instance& of(kg_plugin* p) { return *static_cast<Instance*>(p->plugin_data); }
    static kg_plugin* create(kg_host const* raw) {
        try {
            return &(new Instance(raw))->table;
        } catch (std::exception const& e) {
            std::string_view const text(e.what());
            raw->set_error(raw, {text.data(), text.size()});
        } catch (...) {
        }
        return nullptr;
    }

    kg_plugin table{};
    Host host;
    Plugin plugin;
};

} // namespace kogge::detail

#define KOGGE_PLUGIN(Class)                                                                                            \
    extern "C" __attribute__((visibility("default"))) kg_entry const kogge_plugin_entry = {                            \
        sizeof(kg_entry), KG_ABI_MAJOR, KG_ABI_MINOR, 0, &kogge::detail::Instance<Class>::create}
