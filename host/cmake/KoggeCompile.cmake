# SPDX-License-Identifier: EUPL-1.2
# How every file of the house is compiled and linked. What a preset may choose is an option here; nothing else is.
option(KOGGE_WERROR "a warning fails the build" ON)
option(KOGGE_PCH "precompile <boost/test/unit_test.hpp> for the tests (clang-tidy cannot read it)" ON)
option(KOGGE_CCACHE "compile through ccache when it is installed" ON)
option(KOGGE_MOLD "link with mold when it is installed" ON)
option(KOGGE_COVERAGE "count executed lines for gcov" OFF)
set(KOGGE_SANITIZE "" CACHE STRING "sanitizers, as -fsanitize= takes them: 'address,undefined' or 'thread'")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# One level of debug information: backtraces name files and lines, objects stay a third of the size.
set(CMAKE_CXX_FLAGS_DEBUG "-g1")
set(CMAKE_C_FLAGS_DEBUG "-g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

# Warnings. -Wsign-conversion is left out: it fires on every container index and hides what matters.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wundef -Wcast-qual -Wconversion -Wno-sign-conversion)
add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor;-Woverloaded-virtual;-Wextra-semi>")
# Aggregates with default member initialisers and designated initialisers are our style.
add_compile_options(-Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wduplicated-cond -Wlogical-op)
    # g++ 12 is wrong about std::string (PR 105329, 105651) and std::optional (PR 80635) once it optimises.
    add_compile_options(-Wno-restrict -Wno-maybe-uninitialized)
endif()
if(KOGGE_WERROR)
    add_compile_options(-Werror)
endif()

# What is served to strangers is hardened; a broken container contract stops the program in every build.
add_compile_definitions("$<$<COMPILE_LANGUAGE:CXX>:_GLIBCXX_ASSERTIONS>")
add_compile_options(-fstack-protector-strong)
add_compile_options("$<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
add_link_options(-Wl,-z,relro,-z,now)

if(KOGGE_SANITIZE)
    add_compile_options(-fsanitize=${KOGGE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${KOGGE_SANITIZE})
    if(KOGGE_SANITIZE MATCHES "undefined")
        # libsoci is built without the type information that the vptr check asks for.
        add_compile_options(-fno-sanitize=vptr)
        add_link_options(-fno-sanitize=vptr)
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # g++ 12 warns falsely about instrumented code; Asio's fences are what -Wtsan is about.
        add_compile_options(-Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
        if(KOGGE_SANITIZE MATCHES "thread")
            add_compile_options(-Wno-tsan)
        endif()
    endif()
endif()

if(KOGGE_COVERAGE)
    add_compile_options(--coverage -fprofile-update=atomic)
    add_link_options(--coverage)
endif()

if(KOGGE_MOLD)
    find_program(KOGGE_MOLD_PROGRAM mold)
    if(KOGGE_MOLD_PROGRAM)
        add_link_options(-fuse-ld=mold)
    endif()
endif()

if(KOGGE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    find_program(KOGGE_CCACHE_PROGRAM ccache)
    if(KOGGE_CCACHE_PROGRAM)
        # GCC's precompiled headers are refused without this sloppiness; with the base folder a second clone finds
        # what the first compiled.
        set(launcher env
            CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
            CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 "${KOGGE_CCACHE_PROGRAM}")
        set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
        set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
        unset(launcher)
    endif()
endif()
