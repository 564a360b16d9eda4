#!/bin/sh
# Makes .venv, installs a lock into it, then becomes COMMAND: `deploy/bootstrap.sh app|dev [COMMAND …]`.
# Needs a Python from 3.11 on with venv, and coreutils; installs nothing while the lock is unchanged.
set -eu

stop() {
    echo "$1" >&2
    exit 1
}

which_lock=$1
shift
cd "$(dirname "$0")/.."
lock=requirements/$which_lock.txt
[ -f "$lock" ] || stop "There is no $lock."

lock_hash() {
    cat requirements/torch.txt "requirements/$1.txt" deploy/bootstrap.sh | sha256sum | cut -c 1-64
}

next() {
    [ $# -eq 0 ] || exec "$@"
    exit 0
}

# A Python that cannot make a virtual environment (Debian's without python3-venv) is passed over.
python=
lame=
for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
    command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue
    if "$name" -c 'import ensurepip, sqlite3, ssl, venv' >/dev/null 2>&1; then
        python=$name
        break
    fi
    lame=$name
done
if [ -z "$python" ]; then
    [ -z "$lame" ] || stop "$lame lacks venv, ssl or sqlite3 (on Debian: apt-get install python3-venv)."
    stop "Python 3.11 or later is needed, and none was found on PATH."
fi

stamp=.venv/installed-$which_lock
if [ "$(cat "$stamp" 2>/dev/null)" = "$(lock_hash "$which_lock")" ] && .venv/bin/python -c '' 2>/dev/null; then
    next "$@"
fi

# One set-up at a time: two would write into each other's .venv.
turn=.venv-setup
if ! mkdir "$turn" 2>/dev/null; then
    [ -d "$turn" ] || stop "This folder cannot be written, or the disk is full: $(pwd)"
    other=$(cat "$turn/pid" 2>/dev/null || echo none)
    if [ "$other" != none ] && kill -0 "$other" 2>/dev/null; then
        stop "Another set-up (process $other) is at work in this folder; start again when it has ended."
    fi
fi
log=
child=
leave() {
    trap - EXIT INT TERM HUP
    [ -z "$child" ] || kill "$child" 2>/dev/null || true
    rm -rf "$turn" ${log:+"$log"}
    exit "$1"
}
trap 'leave $?' EXIT
trap 'leave 130' INT
trap 'leave 143' TERM HUP
echo $$ 2>/dev/null >"$turn/pid" || stop "The disk is full: nothing can be written in $(pwd)."

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    free=$(df -Pk . | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4)
    [ "$free" -ge 2500000 ] ||
        stop "The disk is full: the first start needs 2.5 GB in $(pwd), $((free / 1000)) MB are free."
    echo "Making .venv with $("$python" -c 'import platform, sys; print("Python", platform.python_version(), "at", sys.executable)')"
    "$python" -m venv --clear .venv || stop "No virtual environment could be made in $(pwd)/.venv."
fi

log=$(mktemp) || stop "No temporary file could be made."
quietly() {
    # In the background, so that a signal is answered at once and not after a download.
    "$@" >"$log" 2>&1 &
    child=$!
    status=0
    wait "$child" || status=$?
    child=
    return "$status"
}
install() {
    what=$1
    shift
    quietly "$@" || {
        cat "$log" >&2
        stop "$what could not be installed; the lines above say why."
    }
}

echo "Installing what the lock names; the first time takes minutes …"
rm -f .venv/installed-*
pip=".venv/bin/python -m pip --disable-pip-version-check --quiet"
# torch comes by pip, which knows local wheels and what CUDA needs; the lock holds down whatever else torch asks for.
install torch $pip install -r requirements/torch.txt -c "$lock"
install uv $pip install uv
# An index that only pip is set up for makes uv fail, and pip take its place.
quietly .venv/bin/uv pip install --python .venv/bin/python --no-deps -r "$lock" ||
    install "$lock" $pip install --no-deps -r "$lock"
{
    lock_hash "$which_lock" >"$stamp"
    [ "$which_lock" = app ] || lock_hash app >.venv/installed-app
} 2>/dev/null || stop "The disk is full: $stamp could not be written."

trap - EXIT INT TERM HUP
rm -rf "$turn" "$log"
next "$@"
