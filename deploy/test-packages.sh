#!/bin/sh
# Sees to what the tests need from the system: Redis, PostgreSQL, Chromium and a Korean font.
# Installs Debian's packages as root or by sudo; anybody else is told what to install.
set -eu

missing=
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ||
    missing="$missing postgresql"
[ -n "$(fc-list :lang=ko family 2>/dev/null)" ] || missing="$missing fontconfig fonts-nanum"
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    if ! command -v sudo >/dev/null 2>&1 || ! sudo -n true 2>/dev/null; then
        as_root=
        missing_for_you=yes
    fi
fi
if [ -n "${missing_for_you:-}" ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need these Debian packages, or what your system calls them; please install:$missing" >&2
    exit 1
fi
echo "Installing from Debian:$missing …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# No service is started by the installation: the tests start their own.
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
if ! { $as_root apt-get update -q && $as_root apt-get install -q -y --no-install-recommends $missing; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "apt-get could not install:$missing" >&2
    exit 1
fi
