#!/usr/bin/env bash
# Everything that must hold before a change goes in, from a fresh clone: npm run ci. It leaves out what needs services that
# this machine does not have, and says so; bash .ci/run requires them all.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/ci/services.sh
started=$SECONDS

# Started by `npm run ci`, this would otherwise run on the Node that `npm ci` replaces.
PATH=$(tr ':' '\n' <<<"$PATH" | grep -v 'node_modules/\.bin$' | paste -sd:)

most_megabytes=700

step() {
  local title=$1 start=$SECONDS
  shift
  printf '\n━━ %s\n' "$title"
  if ! "$@"; then
    printf '\nCI failed at "%s" after %d s\n' "$title" $((SECONDS - started))
    exit 1
  fi
  printf '   %s: %d s\n' "$title" $((SECONDS - start))
}

check_lock_file() {
  if grep -n '"resolved": "http' package-lock.json | head -3 | grep .; then
    fail 'package-lock.json holds download addresses; it should hold none.'
  fi
}

check_size() {
  local megabytes
  megabytes=$(du -sm node_modules | cut -f1)
  echo "node_modules: $megabytes MB of at most $most_megabytes"
  [ "$megabytes" -lt "$most_megabytes" ]
}

step 'recorded payloads' ensure_conformance_dir
step 'Redis' ensure_redis
step 'PostgreSQL' ensure_postgres
step 'PgBouncer' ensure_pgbouncer
step 'Chromium' ensure_chromium
step 'lock file' check_lock_file
step 'npm ci' npm ci
step 'size of a fresh clone' check_size
step 'npm test' npm test
step 'compat: cases of others' npm --prefix compat run cases
step 'compat: other languages' npm --prefix compat/languages start
step 'npm run types' npm run types
step 'npm run lint' npm run lint
step 'npm run format' npm run format
step 'npm run api' npm run api
step 'npm run shape' npm run shape
step 'npm run hops' npm run hops
step 'npm run build' npm run build
step 'npm run packages' npm run packages
step 'npm run docs' npm run docs
step 'npm run clocks' npm run clocks
step 'npm run demo' npm run demo

printf '\nCI passed in %d s\n' $((SECONDS - started))
