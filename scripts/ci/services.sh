# What the tests use besides Node, for run.sh. With REQUIRE_SERVICES=1 a missing service is started or installed (Debian, as
# root). Without it, a missing service is reported, and its tests are skipped.

fail() {
  echo "$*" >&2
  return 1
}

# wait_for <command…>: up to 20 seconds, until it succeeds.
wait_for() {
  for _ in $(seq 100); do
    if "$@"; then return 0; fi
    sleep 0.2
  done
  return 1
}

is_required() {
  [ "${REQUIRE_SERVICES:-}" = 1 ]
}

# left_out <name> <why>
left_out() {
  echo "$1: $2. The tests that need it are skipped."
}

install_debian() {
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

# ensure_program <name>: the package has the same name.
ensure_program() {
  if ! command -v "$1" >/dev/null; then
    is_required || { left_out "$1" 'is not installed'; return; }
    install_debian "$1" || return 1
  fi
  echo "$1 is at $(command -v "$1")"
}

redis_answers() {
  local answer
  answer=$({ exec 3<>/dev/tcp/127.0.0.1/6379 && printf 'PING\r\n' >&3 && head -c 5 <&3; } 2>/dev/null) || return 1
  [ "$answer" = '+PONG' ]
}

ensure_redis() {
  if ! redis_answers; then
    is_required || { left_out Redis 'does not answer on 127.0.0.1:6379'; return; }
    command -v redis-server >/dev/null || install_debian redis-server || return 1
    # The package may have started it.
    redis_answers || redis-server --daemonize yes --bind 127.0.0.1 -::1 --port 6379 --save '' --appendonly no \
      --dir /var/lib/redis --logfile /var/log/redis/ci.log
    wait_for redis_answers || fail 'Redis does not answer on 127.0.0.1:6379.' || return 1
  fi
  echo 'Redis answers on 127.0.0.1:6379'
}

postgres_answers() {
  command -v psql >/dev/null && psql -h 127.0.0.1 -U postgres -d test -qtAc 'select 1' >/dev/null 2>&1
}

# Local connections need no password, and there is a database for tests.
prepare_postgres() {
  local version=$1
  printf '%s\n' 'local all all trust' 'host all all 127.0.0.1/32 trust' 'host all all ::1/128 trust' \
    >"/etc/postgresql/$version/main/pg_hba.conf"
  pg_ctlcluster --skip-systemctl-redirect "$version" main restart
  wait_for pg_isready -q -h 127.0.0.1 && createdb -h 127.0.0.1 -U postgres test
}

ensure_postgres() {
  if ! postgres_answers; then
    is_required || { left_out PostgreSQL 'has no database "test" on 127.0.0.1:5432 for the user postgres'; return; }
    local version
    if compgen -G '/etc/postgresql/*' >/dev/null; then
      version=$(ls /etc/postgresql)
      # It may be running already, and only now have become ready.
      pg_ctlcluster --skip-systemctl-redirect "$version" main start || true
    else
      install_debian postgresql || return 1
      version=$(ls /etc/postgresql)
      prepare_postgres "$version" || return 1
    fi
    wait_for postgres_answers || fail 'PostgreSQL does not answer on 127.0.0.1:5432.' || return 1
  fi
  echo 'PostgreSQL answers on 127.0.0.1:5432'
}

# For the test of the PostgreSQL store behind a pooler, which starts its own.
ensure_pgbouncer() {
  # Debian keeps it in /usr/sbin, which not every shell looks into.
  PATH=$PATH:/usr/sbin
  ensure_program pgbouncer
}

# For the browser tests of the Express example.
ensure_chromium() {
  ensure_program chromium
}

# Payloads and specifications of the real services.
ensure_conformance_dir() {
  local folder=${CONFORMANCE_DIR:-$(dirname "$PWD")/shared}
  if [ -d "$folder" ]; then
    export CONFORMANCE_DIR=$folder
    echo "Recorded payloads are in $folder"
  elif is_required; then
    fail "$folder is missing: payloads and specifications of the real services, without which the conformance tests" \
      'cannot run. Set CONFORMANCE_DIR to where they are.'
  else
    unset CONFORMANCE_DIR
    left_out 'Recorded payloads' 'CONFORMANCE_DIR names no folder'
  fi
}
