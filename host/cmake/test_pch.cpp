// SPDX-License-Identifier: EUPL-1.2
// For this file CMake makes the precompiled header that every test executable reuses.
