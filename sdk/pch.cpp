// SPDX-License-Identifier: EUPL-1.2
// A target must have a source; what counts is its precompiled <kogge/plugin.hpp>.
