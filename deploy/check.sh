#!/bin/sh
# What must hold before a commit; every part runs, the failed ones are named at the end.
set -u

cd "$(dirname "$0")/.."
# Settings of their own: a check must not depend on the .env or the database of this machine.
var=$(mktemp -d)
trap 'rm -rf "$var"' EXIT
export VAR_DIR="$var" SECRET_KEY="${SECRET_KEY:-only-for-checks-0123456789abcdef0123456789abcdef0123456789abcdef}"
bin=.venv/bin
failed=

part() {
    name=$1
    shift
    if "$@" >"$var/out" 2>&1; then
        echo "ok      $name"
    else
        cat "$var/out"
        echo "FAILED  $name"
        failed="$failed, $name"
    fi
}

deployed() {
    USE_HTTPS=yes ALLOWED_HOSTS=diary.example.org DEBUG=no DATABASE_URL="sqlite:///$var/check.sqlite3" \
        $bin/python manage.py check --deploy --fail-level WARNING
}

migrations() {
    DATABASE_URL="sqlite:///$var/check.sqlite3" $bin/python manage.py makemigrations --check --dry-run
}

templates() {
    find templates diaries illustration -name '*.html' -path '*templates*' -exec $bin/djade --check --target-version 5.2 {} +
}

part 'ruff check' $bin/ruff check --quiet .
part 'ruff format' $bin/ruff format --check --quiet .
part 'import contracts' $bin/lint-imports
part 'types' $bin/mypy
part 'templates' templates
part 'migrations' migrations
part 'catalogues' $bin/python -m deploy.messages check
part 'deployment check' deployed

[ -z "$failed" ] || {
    echo "Failed: ${failed#, }" >&2
    exit 1
}
