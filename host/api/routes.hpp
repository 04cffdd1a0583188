// SPDX-License-Identifier: EUPL-1.2
// The routes of host/README.md, by what they are about.
#pragma once

namespace kogge::host {
class House;
}

namespace kogge::host::api {

void add_session_routes(House&);  // session.cpp: signing in and out, users, tokens, calendar links
void add_entity_routes(House&);   // entities.cpp: the generic REST
void add_change_routes(House&);   // changes.cpp: change sets, log, undo, findings
void add_event_routes(House&);    // events.cpp: server-sent events
void add_transfer_routes(House&); // transfer.cpp: import and export
void add_system_routes(House&);   // system.cpp: plugins, OpenAPI, health, metrics, the desk's files
void add_upkeep_routes(House&);   // upkeep.cpp: passwords, backup
void add_discovery_routes(House&); // discovery.cpp: where calendar clients find the calendars

} // namespace kogge::host::api
