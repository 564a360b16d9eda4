#!/bin/sh
# Every check and every test on a private PostgreSQL and Redis: `deploy/test.sh [--soak] [PYTEST ARGUMENTS]`.
set -eu

cd "$(dirname "$0")/.."
if [ "${1:-}" = --inside ]; then
    shift
    .venv/bin/python -m deploy.messages compile
    if [ "${1:-}" = --soak ]; then
        shift
        exec .venv/bin/python -m pytest -m soak -s tests/faults tests/api "$@"
    fi
    checked=0
    [ $# -gt 0 ] || deploy/check.sh || checked=1
    tested=0
    # Everything at once: a process a core, whole files each; for some tests one process starts sooner.
    [ $# -gt 0 ] || set -- -n auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder
    .venv/bin/python -m pytest "$@" || tested=$?
    [ "$checked" -eq 0 ] || echo "A check failed; it is named above the tests." >&2
    [ "$tested" -eq 0 ] || exit "$tested"
    exit "$checked"
fi
deploy/test-packages.sh
exec deploy/bootstrap.sh dev .venv/bin/python -m deploy.services deploy/test.sh --inside "$@"
