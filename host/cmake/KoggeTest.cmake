# SPDX-License-Identifier: EUPL-1.2
# kogge_add_test(NAME SOURCES a_test.cpp … [LIBRARIES …] [DEFINITIONS …] [DEPENDS TARGET …] [LABELS unit] [TIMEOUT 60] [ENVIRONMENT K=V …] [ARGS …] [NO_PCH])
#
# One Boost.Test executable, known to CTest as NAME. main() and the precompiled <boost/test/unit_test.hpp> come from
# kogge_test_main: a test file includes that header and starts with BOOST_AUTO_TEST_SUITE or BOOST_AUTO_TEST_CASE.
# Defined for it: KOGGE_TEST_DATA (tests/data), KOGGE_DEMO (the demo scenario), KOGGE_BUILD (bin/ and plugins/ under it).
# Labels: unit http browser crash bench-smoke sdk. Under a sanitizer a test may take five times its TIMEOUT.
# Which unit tests are built: ON, OFF, or "host", without those of plugins. The release preset builds what is shipped and what crosses
# the walls; the thread sanitizer has nothing to see in a plugin by itself, which never runs on two threads at once.
set(KOGGE_UNIT_TESTS ON CACHE STRING "unit tests: ON, OFF or host")

set(KOGGE_TIMEOUT_FACTOR 1)
if(KOGGE_SANITIZE)
    set(KOGGE_TIMEOUT_FACTOR 5)
endif()

if(BUILD_TESTING)
    add_library(kogge_test_main STATIC
        "${CMAKE_CURRENT_LIST_DIR}/test_main.cpp" "${CMAKE_CURRENT_LIST_DIR}/test_pch.cpp")
    target_link_libraries(kogge_test_main PUBLIC Boost::headers Boost::unit_test_framework)
    target_compile_definitions(kogge_test_main PUBLIC BOOST_TEST_DYN_LINK
        KOGGE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
        KOGGE_DEMO="${PROJECT_SOURCE_DIR}/config/demo/demo.json"
        KOGGE_BUILD="${PROJECT_BINARY_DIR}")
    if(KOGGE_PCH)
        target_precompile_headers(kogge_test_main PRIVATE <boost/test/unit_test.hpp>)
        # BOOST_TEST_MODULE must be seen before the header.
        set_source_files_properties("${CMAKE_CURRENT_LIST_DIR}/test_main.cpp" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
endif()

function(kogge_add_test name)
    if(NOT BUILD_TESTING)
        return()
    endif()
    cmake_parse_arguments(PARSE_ARGV 1 TEST "NO_PCH" "TIMEOUT" "SOURCES;LIBRARIES;DEFINITIONS;DEPENDS;LABELS;ENVIRONMENT;ARGS")
    if(TEST_UNPARSED_ARGUMENTS OR NOT TEST_SOURCES)
        message(FATAL_ERROR "kogge_add_test(${name}): SOURCES missing, or not understood: ${TEST_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 60)
    endif()
    if(NOT TEST_LABELS)
        set(TEST_LABELS unit)
    endif()
    if(TEST_LABELS STREQUAL "unit" AND NOT KOGGE_UNIT_TESTS)
        return()
    endif()
    math(EXPR timeout "${TEST_TIMEOUT} * ${KOGGE_TIMEOUT_FACTOR}")

    add_executable(${name} ${TEST_SOURCES})
    target_link_libraries(${name} PRIVATE kogge_test_main ${TEST_LIBRARIES})
    target_compile_definitions(${name} PRIVATE ${TEST_DEFINITIONS})
    if(TEST_DEPENDS)
        add_dependencies(${name} ${TEST_DEPENDS})
    endif()
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin/tests")
    if(KOGGE_PCH AND NOT TEST_NO_PCH)
        target_precompile_headers(${name} REUSE_FROM kogge_test_main)
    endif()

    add_test(NAME ${name} COMMAND ${name} --color_output=no ${TEST_ARGS})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${timeout} LABELS "${TEST_LABELS}" ENVIRONMENT "${TEST_ENVIRONMENT}")
endfunction()
