# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh disable=SC2154
# Shell functions shared by host/up and tests/run. Sourced, with $root set to the top of the checkout.

say() { printf '%s\n' "kogge: $*" >&2; }
fail() { say "$*"; exit 1; }

# packages_missing SECTION…: names of Debian packages that are asked for and not there, one a line.
packages_missing() {
    for section in "$@"; do
        sed -n "/^\[$section\]/,/^\[/p" "$root/host/debian-packages" | grep -v '^\[' | grep -v '^#' | awk 'NF { print $1 }'
    done | while read -r entry; do
        package=${entry%%/*}
        command=${entry#"$package"}
        if [ -n "$command" ] && command -v "${command#/}" >/dev/null 2>&1; then continue; fi
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true) in
            "install ok installed") ;;
            *) printf '%s\n' "$package" ;;
        esac
    done
}

# need_packages SECTION…: installs what is missing when root, else says what to install and exits 2.
need_packages() {
    missing=$(packages_missing "$@" | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        say "these Debian packages are missing; install them and run this again:"
        printf '%s\n' "sudo apt-get install --no-install-recommends ${missing% }" >&2
        exit 2
    fi
    say "installing ${missing% }"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o DPkg::Lock::Timeout=300 update >&2
    # shellcheck disable=SC2086  # one word per package
    apt-get -qq -y -o DPkg::Lock::Timeout=300 --no-install-recommends install $missing >&2 ||
        fail "apt-get could not install them; its message is above"
}

# build_desk: npm only when the lock file changed, Vite only when a source did.
build_desk() {
    desk=$root/host/desk
    [ -f "$desk/package.json" ] || return 0
    if ! cmp -s "$desk/package-lock.json" "$desk/node_modules/.kogge-lock"; then
        say "fetching what the desk is made of"
        (cd "$desk" && npm ci --no-audit --no-fund --loglevel=error) >&2 || fail "npm ci failed in host/desk; its message is above"
        cp "$desk/package-lock.json" "$desk/node_modules/.kogge-lock"
    fi
    if [ -f "$desk/dist/index.html" ] && [ -z "$(find "$desk" -path "$desk/node_modules" -prune -o -path "$desk/dist" -prune \
            -o -newer "$desk/dist/index.html" -type f -print | head -n 1)" ]; then
        return 0
    fi
    say "building the desk"
    (cd "$desk" && npm run --silent build) >&2 || fail "the desk did not build; the message is above"
    touch "$desk/dist/index.html"
}

# build_preset PRESET [TARGET]: configure and build.
build_preset() {
    (cd "$root" && cmake --preset "$1" >"$root/build/$1.configure.log" 2>&1) || {
        cat "$root/build/$1.configure.log" >&2
        return 1
    }
    (cd "$root" && cmake --build --preset "$1" ${2:+--target "$2"}) >&2
}
